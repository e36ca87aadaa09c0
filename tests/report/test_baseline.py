"""What is known is let be, what comes on top is not, and nothing is taken for fixed that was not looked at."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from checker.model import Finding, Outcome, PageReport
from checker.report.baseline import Baseline, Entry, Tally

Finds = Callable[..., Finding]
Reports = Callable[..., PageReport]

ONE, OTHER = (f"v1:{digit * 64}" for digit in "1f")
VIOLATION = {"AFF001": Outcome.VIOLATION, "IMG401": Outcome.VIOLATION}
CLEAN = {"AFF001": Outcome.PASS, "IMG401": Outcome.PASS}


def entry(page: str = "a.html", rule: str = "AFF001", fingerprint: str = ONE, outcome: str = "violation", count: int = 1, **told: Any) -> Entry:
    return Entry(page, rule, fingerprint, outcome, count, **told)


def states(report: PageReport) -> list[str]:
    return [each.state for each in report.findings]


def test_the_file_is_sorted_and_holds_no_lines_and_no_times() -> None:
    baseline = Baseline.of([entry("b.html"), entry("a.html", "IMG401", OTHER, count=2, reason="old", owner="pictures"), entry("a.html")])
    first, *lines = [json.loads(line) for line in baseline.text().splitlines()]
    assert first == {"baseline_version": 1}
    assert [(line["page"], line["rule"]) for line in lines] == [("a.html", "AFF001"), ("a.html", "IMG401"), ("b.html", "AFF001")]
    assert [sorted(line) for line in lines][1] == ["count", "fingerprint", "outcome", "owner", "page", "reason", "rule"]
    assert lines == sorted(lines, key=lambda line: (line["page"], line["rule"]))
    assert baseline.findings == 4


def test_of_two_lines_on_one_finding_the_larger_count_holds_and_words_are_kept() -> None:
    """Two branches that both wrote the same finding down must not let a second one through."""
    for lines in ([entry(count=2), entry(count=1, reason="b"), entry(count=2, reason="a", owner="x")],):
        for ordered in (lines, lines[::-1]):
            assert Baseline.of(ordered).entries == (entry(count=2, reason="a", owner="x"),)


def test_known_findings_are_let_be_up_to_their_count(finding: Finds, report: Reports) -> None:
    known = finding(fingerprint=ONE)
    tally = Tally(Baseline((entry(count=2, reason="old stock", owner="desk"),), "known.jsonl"))
    told = tally.apply(report(known, known, known))
    assert states(told) == ["baselined", "baselined", "new"]
    waiver = told.findings[0].waiver
    assert waiver is not None
    assert (waiver.kind, waiver.reason, waiver.owner, waiver.where, waiver.expires_on) == ("baseline", "old stock", "desk", "known.jsonl", None)
    assert tally.stale() == ()
    assert tally.added == 1


@pytest.mark.parametrize("change", [{"page": "b.html"}, {"rule": "AFF002"}, {"fingerprint": OTHER}])
def test_page_rule_and_fingerprint_must_all_fit(finding: Finds, report: Reports, change: dict[str, Any]) -> None:
    assert states(Tally(Baseline((entry(**change),))).apply(report(finding(fingerprint=ONE)))) == ["new"]


def test_a_known_question_does_not_excuse_a_violation(finding: Finds, report: Reports) -> None:
    question = finding(fingerprint=ONE, outcome=Outcome.NEEDS_REVIEW)
    violation = finding(fingerprint=ONE)
    assert states(Tally(Baseline((entry(outcome="needs_review"),))).apply(report(violation))) == ["new"]
    assert states(Tally(Baseline((entry(outcome="needs_review"),))).apply(report(question))) == ["baselined"]
    assert states(Tally(Baseline((entry(),))).apply(report(question))) == ["baselined"]
    # The violation takes what is its own, wherever the question stands.
    assert states(Tally(Baseline((entry(),))).apply(report(question, violation))) == ["new", "baselined"]


def test_mandatory_rules_are_never_let_be(finding: Finds, report: Reports) -> None:
    tally = Tally(Baseline((entry(),)), mandatory=lambda rule: rule == "AFF001")
    assert states(tally.apply(report(finding(fingerprint=ONE)))) == ["new"]
    assert tally.mandatory == 1
    assert [each.status for each in tally.waivers()] == ["refused"]
    assert tally.updated().entries == ()


def test_a_suppressed_finding_stays_as_it_is_and_is_not_taken_for_fixed(finding: Finds, report: Reports) -> None:
    suppressed, fresh = finding(fingerprint=ONE, state="suppressed"), finding(fingerprint=ONE)
    tally = Tally(Baseline((entry(),)))
    assert states(tally.apply(report(suppressed))) == ["suppressed"]
    assert tally.stale() == ()
    assert Tally(Baseline()).apply(report(suppressed)).findings == (suppressed,)
    assert states(Tally(Baseline((entry(),))).apply(report(suppressed, fresh))) == ["suppressed", "baselined"]
    nothing = Tally(Baseline())
    nothing.apply(report(suppressed))
    assert nothing.updated().entries == ()


def test_what_is_gone_from_a_judged_page_is_stale(finding: Finds, report: Reports) -> None:
    tally = Tally(Baseline((entry(count=3, reason="r"), entry(rule="IMG401")), "k.jsonl"))
    tally.apply(report(finding(fingerprint=ONE), outcomes=VIOLATION))
    assert tally.stale() == (entry(count=2, reason="r"), entry(rule="IMG401"))
    assert [(each.rules, each.target, each.status, each.detail) for each in tally.waivers()] == [
        (("AFF001",), "a.html", "unused", f"2 of 3 fixed: {ONE}"),
        (("IMG401",), "a.html", "unused", f"fixed: {ONE}"),
    ]
    assert tally.pruned().entries == (entry(count=1, reason="r"),)


@pytest.mark.parametrize(
    "changes",
    [
        {"page_key": "b.html"},
        {"status": "not_checked", "outcomes": {}},
        {"status": "skipped", "outcomes": {}},
        {"outcomes": {"IMG401": Outcome.PASS}},
        {"outcomes": {"AFF001": Outcome.NOT_CHECKED}},
    ],
)
def test_what_was_not_looked_at_is_never_stale(report: Reports, changes: dict[str, Any]) -> None:
    tally = Tally(Baseline((entry(),)))
    tally.apply(report(**changes))
    assert tally.stale() == ()
    assert tally.updated().entries == tally.pruned().entries == (entry(),)


def test_a_rule_that_crashed_on_one_of_two_inputs_with_one_key_keeps_its_entries(report: Reports) -> None:
    tally = Tally(Baseline((entry(),)))
    tally.apply(report(outcomes=CLEAN))
    tally.apply(report(source="copy.html", outcomes={"AFF001": Outcome.NOT_CHECKED}))
    assert tally.stale() == ()


def test_updating_adds_what_is_new_drops_what_is_fixed_and_keeps_the_rest(finding: Finds, report: Reports) -> None:
    elsewhere, kept, fixed = entry("z.html", owner="z"), entry(reason="known since spring"), entry(rule="IMG401", fingerprint=OTHER)
    tally = Tally(Baseline((kept, fixed, elsewhere), "k.jsonl"))
    tally.apply(report(finding(fingerprint=ONE), finding(fingerprint=ONE), finding(fingerprint=OTHER), outcomes=VIOLATION))
    assert tally.updated() == Baseline((entry(count=2, reason="known since spring"), entry(fingerprint=OTHER), elsewhere), "k.jsonl")
    assert tally.pruned() == Baseline((kept, elsewhere), "k.jsonl")


def test_a_page_that_moved_takes_its_entries_along(finding: Finds, report: Reports) -> None:
    tally = Tally(Baseline((entry("old.html", reason="r"), entry("z.html"))), renamed={"a.html": "old.html"})
    assert states(tally.apply(report(finding(fingerprint=ONE)))) == ["baselined"]
    assert tally.stale() == ()
    assert tally.updated().entries == (entry("a.html", reason="r"), entry("z.html"))
    # What is known under the new name needs no old one.
    both = Tally(Baseline((entry("old.html"), entry(fingerprint=OTHER))), renamed={"a.html": "old.html"})
    assert states(both.apply(report(finding(fingerprint=ONE)))) == ["new"]


def test_creating_and_applying_leaves_nothing_new(finding: Finds, report: Reports) -> None:
    pages = [
        report(finding(fingerprint=ONE), finding(fingerprint=ONE), finding(fingerprint=OTHER, outcome=Outcome.NEEDS_REVIEW)),
        report(finding(fingerprint=ONE), source="b.html", page_key="b.html"),
        report(finding(fingerprint=ONE), source="copy.html"),
    ]
    fresh = Tally(Baseline())
    assert [fresh.apply(page) for page in pages] == pages
    again = Tally(fresh.updated())
    assert {state for page in pages for state in states(again.apply(page))} == {"baselined"}
    assert (again.stale(), again.added) == ((), 0)
    assert again.updated() == again.pruned() == fresh.updated()
