"""What is new, changed, fixed, gone; and what is not known any more is never taken for fixed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from checker import schemas
from checker.model import Evidence, Finding, NotCheckedReason, Outcome, PageReport, Severity
from checker.report.difference_formats import FORMATS, counts
from checker.report.differences import Differences, compare
from checker.report.run import Look

Finds = Callable[..., Finding]
Reports = Callable[..., PageReport]
ONE, OTHER = (f"v1:{digit * 64}" for digit in "1f")
ENDING = (1, "findings", "disclosure-checker: exit 1 (findings): x")


def compared(old: list[PageReport], new: list[PageReport], fail_on: str = "warning") -> Differences:
    return compare(old, new, ("old.json", "new.json"), fail_on)


def kinds(found: Differences) -> list[tuple[str, bool]]:
    return [(each.kind, each.gates) for each in found.changes]


def moved_down(finding: Finding) -> Finding:
    spot = finding.evidence[0].spot
    lower = replace(spot, line=(spot.line or 0) + 7, offset=(spot.offset or 0) + 300)
    return replace(finding, message=f"{finding.message} (line 19)", evidence=(Evidence("primary", "x", lower),))


def test_lines_and_words_may_move(finding: Finds, report: Reports) -> None:
    found = compared([report(finding())], [report(moved_down(finding()), sha256="1" * 64)])
    assert (found.changes, found.pages, found.same) == ((), (), 1)


def test_new_and_fixed_by_their_count(finding: Finds, report: Reports) -> None:
    one = finding(fingerprint=ONE)
    assert kinds(compared([report(one)], [report(one, one)])) == [("new", True)]
    assert kinds(compared([report(one, one)], [report(one)])) == [("fixed", False)]
    assert kinds(compared([report(one)], [report(finding(fingerprint=OTHER))])) == [("new", True), ("fixed", False)]
    assert kinds(compared([], [report(one)])) == [("new", True)]
    assert kinds(compared([report()], [report(replace(one, severity=Severity.INFO))])) == [("new", False)]
    assert kinds(compared([report()], [report(replace(one, severity=Severity.INFO))], "info")) == [("new", True)]
    assert kinds(compared([report()], [report(replace(one, state="baselined"))])) == [("new", False)]


@pytest.mark.parametrize(
    ("before", "after", "members", "gates"),
    [
        ({}, {"severity": Severity.INFO}, ("severity",), False),
        ({"severity": Severity.INFO}, {}, ("severity",), True),
        ({"severity": Severity.WARNING}, {}, ("severity",), False),
        ({"outcome": Outcome.NEEDS_REVIEW}, {}, ("outcome",), True),
        ({}, {"outcome": Outcome.NEEDS_REVIEW}, ("outcome",), False),
        ({"state": "suppressed"}, {}, ("state",), True),
        ({}, {"state": "baselined"}, ("state",), False),
        ({"state": "baselined", "severity": Severity.INFO}, {}, ("severity", "state"), True),
    ],
)
def test_what_changed(finding: Finds, report: Reports, before: dict[str, Any], after: dict[str, Any], members: tuple[str, ...], gates: bool) -> None:
    (change,) = compared([report(finding(**before))], [report(finding(**after))]).changes
    assert (change.kind, change.members, change.gates) == ("changed", members, gates)


def test_the_most_alike_are_paired_first(finding: Finds, report: Reports) -> None:
    known, fresh = finding(state="baselined"), finding()
    found = compared([report(known, fresh)], [report(fresh, known, known)])
    assert (kinds(found), found.same) == ([("new", False)], 2)


@pytest.mark.parametrize(
    ("now", "why"),
    [
        ({"outcomes": {}}, "the rule AFF001 was not judged"),
        ({"outcomes": {"AFF001": Outcome.NOT_CHECKED}}, "the rule AFF001 crashed"),
        ({"status": "not_checked", "reason": NotCheckedReason.TIMED_OUT, "outcomes": {}, "page": None}, "the page was not checked (timed_out)"),
        # A page that could not be read does not say its address.
        (
            {"status": "not_checked", "reason": NotCheckedReason.EMPTY, "outcomes": {}, "page": None, "page_key": "elsewhere"},
            "the page was not checked (empty)",
        ),
    ],
)
def test_what_was_not_looked_at_again_is_not_fixed(finding: Finds, report: Reports, now: dict[str, Any], why: str) -> None:
    found = compared([report(finding(), page_key="https://tea.example/a")], [report(**({"page_key": "https://tea.example/a"} | now))])
    assert [(each.kind, each.why) for each in found.changes] == [("unknown", why)]


def test_a_page_without_findings_that_is_not_checked_any_more_is_told(report: Reports, unread: PageReport) -> None:
    found = compared([report(source=unread.source, page_key="b.html")], [unread])
    assert [(each.kind, each.why) for each in found.pages] == [("unknown", "not_html: it is a PNG image")]
    assert compared([unread], [unread]).pages == ()
    back = compared([unread], [report(source=unread.source)])
    assert [(each.kind, each.why) for each in back.pages] == [("added", "it was not checked before")]


def test_a_rule_that_crashes_now_is_told_even_where_it_found_nothing(report: Reports) -> None:
    crashed = report(outcomes={"AFF001": Outcome.NOT_CHECKED})
    assert [(each.kind, each.why) for each in compared([report()], [crashed]).pages] == [("unknown", "the rule AFF001 crashed")]
    assert compared([crashed], [crashed]).pages == ()


def test_pages_that_come_and_go(finding: Finds, report: Reports) -> None:
    gone, come = report(finding(), sha256="1" * 64), report(finding(), source="b.html", page_key="b.html", sha256="2" * 64)
    found = compared([gone], [come])
    assert kinds(found) == [("new", True), ("gone", False)]
    assert [(each.kind, each.page_key) for each in found.pages] == [("added", "b.html"), ("removed", "a.html")]


def test_a_page_that_only_moved_keeps_its_findings(finding: Finds, report: Reports) -> None:
    there, here = report(finding()), report(finding(page_key="b.html"), source="b.html", page_key="b.html")
    found = compared([there], [here])
    assert (found.changes, found.same) == ((), 1)
    assert [(each.kind, each.page_key, each.before) for each in found.pages] == [("moved", "b.html", "a.html")]
    # Of two copies nobody knows which one moved.
    copies = [here, report(finding(), source="c.html", page_key="c.html")]
    assert {each.kind for each in compared([there], copies).pages} == {"added", "removed"}


def test_what_is_said_of_the_settings_is_fixed_where_it_is_not_said_again(finding: Finds, report: Reports) -> None:
    said = report(finding(), source="pyproject.toml", page_key="pyproject.toml", status="settings", outcomes={})
    found = compared([said], [])
    assert (kinds(found), found.pages) == ([("fixed", False)], ())


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_all_of_it(finding: Finds, report: Reports, unread: PageReport, name: str) -> None:
    hostile = finding(rule="IMG401", message="a\x1b[31m <script>x</script> @team\n::error::y", fingerprint=OTHER)
    old = [
        report(finding(outcome=Outcome.NEEDS_REVIEW)),
        report(finding(), source="z.html", page_key="z.html", sha256=None),
        report(source=unread.source),
    ]
    found = compared(old, [report(finding(), hostile), unread])
    assert [each.kind for each in found.changes] == ["new", "changed", "gone"]
    text = FORMATS[name](found, ENDING, Look())
    assert text.endswith("\n")
    assert "\x1b" not in text
    if name == "json":
        data = json.loads(text)
        assert schemas.validate("diff", data) == []
        assert [each["change"] for each in data["findings"]] == ["new", "changed", "gone"]
        assert data["summary"]["findings"] == {"new": 1, "changed": 1, "unknown": 0, "fixed": 0, "gone": 1, "same": 0, "gating": 2}
        assert (data["findings"][1]["before"]["outcome"], data["findings"][1]["after"]["outcome"]) == ("needs_review", "violation")
    elif name == "markdown":
        assert "<script>" not in text
        assert "@team" not in text
        assert text.count("**fails**") == 2
    else:
        assert "review → error" in text
        assert text.splitlines()[-1] == f"Findings: {counts(found)}"


def test_a_comment_stays_short(finding: Finds, report: Reports) -> None:
    for message, left in (("Tea. " * 100, 460), ("<&>*" * 300, None)):
        many = [finding(fingerprint=f"v1:{number:064}", message=message) for number in range(500)]
        text = FORMATS["markdown"](compared([], [report(*many)]), ENDING, Look())
        assert left is None or f"- and {left} more\n" in text
        assert len(text) < 20_000
