"""Outlines and causes in reports: kept only where a report tells them, and the same from a cache, a journal and a saved report."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from checker.model import Outcome, PageReport
from checker.report import FORMATS, OUTLINED
from checker.scale.blocks import with_outline
from checker.scale.record import read_again, recorded
from checker.scale.task import CheckJob
from checker.schemas import validate
from checker.sources.inputs import Item, gather

ROOT = Path(__file__).resolve().parents[2]
Call = Callable[..., Result]
PAGE = """<!doctype html><html lang="en"><head><title>Kettle {n}</title></head><body class="postid-{n}">
<article class="post-{n} post"><h1>Kettle {n}</h1>
<p>By Jane Doe</p><p>After a month of tea, this is the one to have.</p><div class="css-1a{n}b3c body" id="b{n}"><p>Get <b>{more}<a
href="https://www.amazon.com/dp/B{n:09}?tag=teablog-20">it</a></b>.</p></div></article></body></html>"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three pages of one template."""
    monkeypatch.chdir(tmp_path)
    for number in range(3):
        (tmp_path / f"{number}.html").write_text(PAGE.format(n=number, more="<em>Now</em> " * number), "utf-8")
    return tmp_path


@pytest.fixture
def call() -> Call:
    def run(*words: str) -> Result:
        from checker.cli.main import cli

        return CliRunner().invoke(cli, words, catch_exceptions=False)

    return run


@pytest.fixture(scope="module")
def told() -> list[PageReport]:
    """All fixture pages, with their outlines."""
    do = CheckJob(outline=True).prepare()
    items = gather([str(ROOT / "fixtures" / "pages"), str(ROOT / "fixtures" / "hostile")]).items
    return [report for report in map(do, items) if report.status == "checked"]


def test_pages_of_one_template_have_the_same_causes(site: Path) -> None:
    do = CheckJob().prepare()
    first, *others = ([(finding.rule, finding.cause) for finding in do(Item(f"{n}.html", f"{n}.html")).findings] for n in range(3))
    assert ("AFF001", "AFF001 article.post>div.body>p>a") in first
    assert others == [first, first]


def test_causes_and_outlines_change_nothing_else(told: list[PageReport]) -> None:
    do = CheckJob().prepare()
    for report in told:
        plain = do(Item(report.source, report.source))
        assert plain.outline is None
        assert all(each.block is None for finding in plain.findings for each in finding.evidence)
        without = tuple(replace(f, evidence=tuple(replace(each, block=None) for each in f.evidence)) for f in report.findings)
        story = plain.story
        assert replace(report, outline=None, findings=without, story=story) == plain


def test_every_place_of_a_finding_is_in_a_block(told: list[PageReport]) -> None:
    assert sum(len(report.findings) for report in told) > 150
    for report in told:
        for finding in report.findings:
            assert finding.cause is not None
            assert finding.cause.startswith(f"{finding.rule} ")
            assert len(finding.cause) <= 160
            for each in finding.evidence:
                if each.spot.node >= 0 and report.outline and each.block is not None:
                    assert 0 <= each.block < len(report.outline)
    found = [each.block is not None for report in told for finding in report.findings for each in finding.evidence]
    assert sum(found) / len(found) > 0.95


def test_a_record_gives_them_back(told: list[PageReport]) -> None:
    for report in told:
        assert read_again(recorded(report)) == report


def test_a_result_without_outline_is_of_no_use_to_a_report_that_tells_it(site: Path) -> None:
    def judged(*, outline: bool) -> PageReport:
        return CheckJob(outline=outline).with_cache(Path("kept")).prepare()(Item("0.html", "0.html"))

    assert judged(outline=False).outline is None
    first, second = judged(outline=True), judged(outline=True)
    assert first.outline
    assert (first.cached, second.cached) == (False, True)
    assert second.outline == first.outline
    assert judged(outline=False).outline is None


@pytest.mark.parametrize("name", FORMATS)
def test_only_formats_that_tell_it_have_it_made(site: Path, call: Call, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    made: list[str] = []
    real = with_outline

    def counting(report: PageReport, outline: Any) -> PageReport:
        made.append(report.source)
        return real(report, outline)

    monkeypatch.setattr("checker.scale.page.with_outline", counting)
    assert call("check", "0.html", "--jobs", "1", "--output", f"{name}=out", "--output", "text").exit_code == 1
    assert bool(made) is (name in OUTLINED)


@pytest.mark.parametrize("kind", ["json", "jsonl"])
def test_a_saved_report_tells_them_again(site: Path, call: Call, kind: str) -> None:
    call("check", ".", "--reproducible", "--output", f"{kind}=saved", "--output", "editor-json=first", "--output", "json=whole.json")
    whole = json.loads(Path("whole.json").read_text("utf-8"))
    assert validate("report", whole) == []
    assert all(page["outline"] for page in whole["pages"])
    assert whole["regions"]["article"] == "in the text of the piece"
    call("report", "saved", "--reproducible", "--output", "editor-json=second", "--output", "json=again.json")
    assert Path("second").read_bytes() == Path("first").read_bytes()
    assert json.loads(Path("again.json").read_text("utf-8"))["pages"] == whole["pages"]


def test_editors_read_their_own_language(site: Path, call: Call) -> None:
    call("check", "0.html", "--message-language", "de", "--output", "editor-json=out")
    (page,) = json.loads(Path("out").read_text("utf-8"))["pages"]
    assert page["wrong"].startswith("www.amazon.com zahlt für diesen Link")
    assert page["where"]["region_name"] == "am Ende des Beitrags"


def test_a_fault_of_an_outline_costs_no_finding(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from checker.page import outline

    def fails(*_: object) -> None:
        raise ValueError("it \n fails")

    monkeypatch.setattr(outline, "outlined", fails)
    report = CheckJob(outline=True).prepare()(Item("0.html", "0.html"))
    assert report.problems == ("its outline could not be made: ValueError: it fails",)
    assert report.outline is None
    assert Outcome.VIOLATION in report.outcomes.values()
    assert report.findings
