"""What a run counts of its pages: their verdicts, and how many say plainly before the first paid link that they earn."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from checker import schemas
from checker.facts import Page, Verdicts
from checker.model import Finding, PageReport
from checker.report import causes
from checker.report.entries import summary_entry
from checker.report.summary import Summary, counted
from checker.sight import Drawn

Finds = Callable[..., Finding]
Reports = Callable[..., PageReport]


def of(page: Page, notice: str, *seen: str | None, author: str = "person") -> PageReport:
    def told(verdict: str) -> Verdicts:
        return Verdicts(verdict, author, "all")

    at_sizes = tuple(told(each) if each else None for each in seen)
    drawn = Drawn("a browser", ()) if seen else None
    return PageReport("a.html", "checked", "a.html", page=replace(page, verdicts=told(notice)), drawn=drawn, seen=at_sizes)


def test_verdicts_are_those_of_the_pages_that_were_checked(page: Page, unread: PageReport) -> None:
    pages = [of(page, "missing"), of(page, "clear_before", author="none"), of(page, "missing"), unread, PageReport("c", "skipped", "c")]
    assert counted(pages).verdicts == {
        "affiliate_notice": {"missing": 2, "clear_before": 1},
        "author": {"person": 2, "none": 1},
        "image_credits": {"all": 3},
    }


PAID = {"clear_before", "clear_after", "footer_only", "weak_or_link_only", "missing"}
VALUES = schemas.load("report")["$defs"]["summary"]["properties"]["verdicts"]["properties"]["affiliate_notice"]["properties"]


@pytest.mark.parametrize("verdict", VALUES)
def test_a_page_has_paid_links_where_its_verdict_says_so(page: Page, verdict: str) -> None:
    summary = counted([of(page, verdict)])
    assert (summary.paid, summary.plain_first) == (verdict in PAID, verdict == "clear_before")


@pytest.mark.parametrize(
    ("markup", "seen", "told"),
    [
        ("clear_before", ["clear_before", "clear_before"], (1, 1)),
        ("clear_before", ["missing", "clear_before"], (1, 0)),
        ("clear_before", [None, "clear_before"], (1, 1)),
        ("clear_before", [None, None], (1, 1)),
        ("missing", [None, None], (1, 0)),
        ("missing", ["clear_before", "clear_before"], (1, 1)),
        ("not_needed", ["clear_before", "not_needed"], (1, 1)),
        ("missing", ["not_needed", "notice_without_links"], (0, 0)),
    ],
)
def test_of_a_page_that_was_drawn_holds_what_readers_see_at_every_size(
    page: Page, markup: str, seen: list[str | None], told: tuple[int, int]
) -> None:
    summary = counted([of(page, markup, *seen)])
    assert (summary.paid, summary.plain_first) == told
    assert summary.verdicts["affiliate_notice"] == {markup: 1}


def test_values_that_pages_have_are_those_of_the_schema() -> None:
    page = schemas.load("report")["$defs"]["page"]["properties"]["verdicts"]["anyOf"][1]["properties"]
    counts = schemas.load("report")["$defs"]["summary"]["properties"]["verdicts"]["properties"]
    assert {kind: set(each["properties"]) for kind, each in counts.items()} == {kind: set(each["enum"]) for kind, each in page.items()}
    assert set(counts) == set(Summary().verdicts)


def test_causes_stand_in_the_summary(finding: Finds, report: Reports) -> None:
    pages = [
        report(finding(cause="AFF001 article>p>a"), finding(cause="AFF001 aside>a")),
        report(finding(cause="AFF001 article>p>a"), source="b.html"),
    ]
    told = summary_entry(counted(pages))
    assert told["by_cause"] == [
        {"rule": "AFF001", "where": "article>p>a", "findings": 2, "pages": 2, "example": "a.html"},
        {"rule": "AFF001", "where": "aside>a", "findings": 1, "pages": 1, "example": "a.html"},
    ]
    assert told["by_cause_left_out"] == {"causes": 0, "findings": 0}


def test_it_is_told_how_many_causes_are_left_out(finding: Finds, report: Reports, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(causes, "_MOST", 30)
    pages = [report(finding(cause="AFF001 p.all"), *(finding(cause=f"AFF001 p.c{at}") for _ in range(2)), source=f"{at}.html") for at in range(40)]
    told = summary_entry(counted(pages))
    assert len(told["by_cause"]) == causes.MOST_ROWS
    assert sum(row["findings"] for row in told["by_cause"]) + told["by_cause_left_out"]["findings"] == 120
    assert told["by_cause_left_out"]["causes"] == 10
    assert json.loads(json.dumps(told)) == told
