"""Pages that were fetched, told by the file that they are made as: a server of annotations takes no address."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.model import Finding, PageReport
from checker.report import FORMATS, make
from checker.report.places import place
from checker.report.run import Closing, Look, Run
from checker.report.summary import Summary
from checker.site import Site
from checker.source_map import SourceMap

MAP = SourceMap((("https://tea.example/*/", "content/*.md"),))


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    (tmp_path / "web").mkdir()
    monkeypatch.chdir(tmp_path)
    return Site(str(tmp_path / "web"), MAP)


def told(name: str, site: Site, run: Run, report: PageReport) -> str:
    made = make(name, FORMATS, Look(sarif_target="github", site=site))
    summary = Summary()
    summary.add(report)
    return made.start(run) + made.page(report) + made.end(Closing(summary, 1, "findings", "exit 1"))


def test_an_address_is_told_as_its_file(site: Site, tmp_path: Path) -> None:
    found = place("https://tea.example/pots/red/", str(tmp_path), site)
    assert (found.path, found.inside, found.mapped, found.uri) == ("web/content/pots/red.md", True, True, "web/content/pots/red.md")
    other = place("https://beans.example/", str(tmp_path), site)
    assert (other.path, other.mapped) == (None, False)
    assert place("a.html", str(tmp_path), site).mapped is False
    assert place("-", str(tmp_path), site).path is None


def test_lines_of_the_page_are_not_those_of_its_file(
    site: Site, run: Run, finding: Callable[..., Finding], report: Callable[..., PageReport]
) -> None:
    page = report(finding(), source="https://tea.example/pots/red/")
    (sarif,) = json.loads(told("sarif", site, run, page))["runs"]
    assert sarif["results"][0]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "web/content/pots/red.md", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 1},
    }
    assert "::error file=web/content/pots/red.md,title=" in told("github", site, run, page)
    (issue,) = json.loads(told("gitlab", site, run, page))
    assert issue["location"] == {"path": "web/content/pots/red.md", "lines": {"begin": 1}}
    assert "https://" not in json.dumps([each["locations"] for each in sarif["results"]])


def test_an_address_without_a_file_is_left_out_for_github(
    site: Site, run: Run, finding: Callable[..., Finding], report: Callable[..., PageReport]
) -> None:
    (sarif,) = json.loads(told("sarif", site, run, report(finding(), source="https://beans.example/")))["runs"]
    assert sarif["results"] == []
    assert "1 in no file of the current folder" in json.dumps(sarif["invocations"])
