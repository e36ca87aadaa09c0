"""Findings that are waived, and what is said about the waivers themselves, in each format."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring

from checker.model import Finding, PageReport, Severity, Waiver, WaiverEntry
from checker.report import FORMATS, make
from checker.report.run import Closing, Look, Run
from checker.report.summary import counted

Finds = Callable[..., Finding]
Reports = Callable[..., PageReport]
Closes = Callable[..., Closing]

INLINE = Waiver("inline", "a drawing of our own", where="a.html:7")
SETTINGS = Waiver("settings", "until the relaunch", "picture desk", "2026-12-31", "disclosure-checker.toml:3")
BASELINE = Waiver("baseline")


def written(name: str, run: Run, closing: Closes, *pages: PageReport, look: Look | None = None) -> str:
    report = make(name, FORMATS, look or Look())
    return report.start(run) + "".join(report.page(page) for page in pages) + report.end(closing(*pages))


@pytest.fixture
def waived(finding: Finds, report: Reports) -> PageReport:
    return report(
        finding(state="suppressed", waiver=INLINE), finding(state="suppressed", waiver=SETTINGS), finding(state="baselined", waiver=BASELINE)
    )


@pytest.fixture
def settings(finding: Finds) -> PageReport:
    """What is said about the settings: a page that none is."""
    told = finding(rule="WVR603", name="expired-waiver", severity=Severity.WARNING, page_key="disclosure-checker.toml")
    return PageReport("disclosure-checker.toml", "settings", "disclosure-checker.toml", findings=(told,))


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"summary"}))
def test_the_reason_is_told(name: str, run: Run, closing: Closes, waived: PageReport) -> None:
    whole = written(name, run, closing, waived)
    for said in ("a drawing of our own", "until the relaunch", "picture desk", "2026-12-31"):
        assert said in whole.replace("&#45;", "-"), said


@pytest.mark.parametrize("name", FORMATS)
def test_the_settings_are_no_page_that_was_not_checked(name: str, run: Run, closing: Closes, settings: PageReport) -> None:
    whole = written(name, run, closing, settings)
    assert "WVR603" in whole
    assert "NOT CHECKED" not in whole


def test_in_text_there_is_a_line_for_each_waiver_of_a_page(run: Run, closing: Closes, finding: Finds, report: Reports) -> None:
    twice = [finding(state="suppressed", waiver=INLINE, anchor=f"{number}") for number in range(2)]
    page = report(*twice, finding(state="suppressed", waiver=SETTINGS), finding(state="suppressed"), finding(state="baselined", waiver=BASELINE))
    text = written("text", run, closing, page)
    assert text.partition("Waived")[2].splitlines()[:5] == [
        ": 4 suppressed, 1 baselined",
        "  a.html: 2 of AFF001: a drawing of our own; said in a.html:7",
        "  a.html: AFF001: until the relaunch; picture desk; until 2026-12-31; said in disclosure-checker.toml:3",
        "  a.html: AFF001: no reason is given",
        "",
    ]


def test_in_text_the_findings_themselves_are_not_told(run: Run, closing: Closes, waived: PageReport) -> None:
    assert "error" not in written("text", run, closing, waived).partition("Waived")[0]
    assert "Waived" not in written("text", run, closing, waived, look=Look(quiet=True))


def test_in_text_many_are_counted(run: Run, closing: Closes, finding: Finds, report: Reports) -> None:
    pages = [report(finding(state="suppressed", waiver=INLINE), source=f"{number}.html") for number in range(250)]
    text = written("text", run, closing, *pages)
    assert text.count("a drawing of our own") == 200
    assert "  and 50 more\n" in text


def test_in_text_nothing_is_said_where_nothing_is_waived(run: Run, closing: Closes, finding: Finds, report: Reports) -> None:
    assert "Waived" not in written("text", run, closing, report(finding()))


def test_in_sarif_it_is_said_where_the_waiver_stands(run: Run, closing: Closes, waived: PageReport) -> None:
    results = json.loads(written("sarif", run, closing, waived))["runs"][0]["results"]
    nothing: dict[str, Any] = {"owner": None, "expires_on": None}
    assert [each.get("suppressions") for each in results] == [
        [{"kind": "inSource", "status": "accepted", "justification": "a drawing of our own", "properties": nothing | {"where": "a.html:7"}}],
        [
            {
                "kind": "external",
                "status": "accepted",
                "justification": "until the relaunch",
                "properties": {"owner": "picture desk", "expires_on": "2026-12-31", "where": "disclosure-checker.toml:3"},
            }
        ],
        None,
    ]


def test_in_csv_each_part_has_a_column(run: Run, closing: Closes, waived: PageReport) -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", run, closing, waived), newline="")))
    columns = ("waived_by", "waived_because", "waived_for", "waived_until")
    assert [tuple(row[column] for column in columns) for row in rows[:3]] == [
        ("inline", "a drawing of our own", "", ""),
        ("settings", "until the relaunch", "picture desk", "2026-12-31"),
        ("baseline", "", "", ""),
    ]


def test_in_junit_what_is_waived_is_skipped(run: Run, closing: Closes, waived: PageReport) -> None:
    root = fromstring(written("junit", run, closing, waived).encode())
    assert (root.get("failures"), root.get("skipped")) == ("0", "1")
    (skipped,) = root.iter("skipped")
    assert skipped.get("message", "").startswith("suppressed: a drawing of our own: ")


def test_in_markdown_the_reason_stands_in_place_of_what_to_do(run: Run, closing: Closes, finding: Finds, report: Reports) -> None:
    text = written("markdown", run, closing, report(finding(state="suppressed", waiver=INLINE)))
    assert "Waived: a drawing of our own" in text
    assert "Add a sentence" not in text


def test_what_is_waived_makes_no_annotation(run: Run, closing: Closes, waived: PageReport) -> None:
    assert "::error " not in written("github", run, closing, waived)


def test_the_waivers_of_a_page_and_of_the_settings_stand_in_json(run: Run, waived: PageReport) -> None:
    from checker import schemas
    from checker.report.entries import waiver_entry

    entries = (
        WaiverEntry(INLINE, ("AFF001",), "ignore", "used", 1),
        WaiverEntry(SETTINGS, ("IMG4O1",), "posts/**", "malformed", 0, "no rule is called so"),
    )
    page = PageReport(waived.source, "checked", waived.page_key, page=waived.page, findings=waived.findings, waivers=entries[:1], sha256="0" * 64)
    report = make("json", FORMATS, Look())
    whole = report.start(run) + report.page(page) + report.end(Closing(counted([page]), 0, "ok", "x", {"duration_seconds": 1}, entries[1:]))
    data = json.loads(whole)
    assert schemas.validate("report", data) == []
    assert data["pages"][0]["waivers"] == [waiver_entry(entries[0])]
    assert data["waivers"] == [waiver_entry(entries[1])]
    assert [(each["state"], each["waiver"]["kind"]) for each in data["findings"]] == [
        ("suppressed", "inline"), ("suppressed", "settings"), ("baselined", "baseline")
    ]  # fmt: skip
