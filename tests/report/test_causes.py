"""Findings by their cause: counted once a page, told with an example, and never more than fit."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.model import Finding, PageReport
from checker.report import FORMATS, causes, make
from checker.report.causes import Causes
from checker.report.run import Closing, Look, Run
from checker.report.summary import counted

Finds = Callable[..., Finding]
Reports = Callable[..., PageReport]
Closes = Callable[..., Closing]


def test_findings_of_one_template_have_one_cause(finding: Finds, report: Reports) -> None:
    here, there = finding(cause="AFF001 article>p>a"), finding(cause="AFF001 aside>a")
    summary = counted([report(here, here, there, source="a.html"), report(here, source="b.html"), report(finding(cause=None), source="c.html")])
    told = [(cause, count.findings, count.pages, count.example) for cause, count in summary.causes.rows()]
    assert told == [("AFF001 article>p>a", 3, 2, "a.html"), ("AFF001 aside>a", 1, 1, "a.html")]


def test_what_is_waived_has_no_say(finding: Finds, report: Reports) -> None:
    assert counted([report(finding(cause="AFF001 a", state="suppressed"), finding(cause="AFF001 a", state="baselined"))]).causes.rows() == []


def test_of_many_causes_only_so_many_are_held(finding: Finds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(causes, "_MOST", 30)
    found = Causes()
    for number in range(40):
        found.add([finding(cause=f"AFF001 p.c{number}"), finding(cause=f"AFF001 p.c{number}"), finding(cause="AFF001 p.all")], f"{number}.html")
    assert len(found.found) == 30
    assert found.rows()[0][0] == "AFF001 p.all"
    assert len(found.rows()) == causes.MOST_ROWS
    assert found.rest == "and 10 more causes, 22 findings with others"


@pytest.mark.parametrize("name", ["text", "markdown", "summary"])
def test_they_are_told_with_the_statistics(name: str, run: Run, finding: Finds, report: Reports, closing: Closes) -> None:
    pages = [report(finding(cause="AFF001 article.post>p>a"), source=f"{number}\x1b.html") for number in range(3)]

    def written(look: Look) -> str:
        made = make(name, FORMATS, look)
        return made.start(run) + "".join(map(made.page, pages)) + made.end(closing(*pages))

    whole = written(Look(statistics=True)).replace("&#46;", ".").replace("&#62;", ">")
    assert "AFF001 article.post>p>a" in whole
    assert ("| 3 | 3 |" if name == "markdown" else "3 findings on 3 pages") in whole
    assert "\x1b" not in whole
    assert "article.post" not in written(Look())
