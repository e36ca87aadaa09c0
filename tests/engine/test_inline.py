"""Findings of a page and its directives: which waive which, what becomes of each, and what is told of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from checker import engine
from checker.engine import Plan, Rules
from checker.engine.inline import Waived, waive_inline
from checker.engine.judge import Judgement
from checker.engine.waive import Terms
from checker.facts import Directive, Page, Spot, Verdicts
from checker.model import Confidence, Evidence, Finding, Outcome, Severity
from tests.pace import ends

PAGE = Page("a.html", None, "en", "article", None, None, None, (), (), (), (), (), Verdicts("not_needed", "none", "all"))
WHOLE: dict[str, Any] = {"begin": (-1, -1), "end": (100, 0)}


@pytest.fixture(scope="session")
def plan(rules: Rules) -> Plan:
    return engine.plan(rules)


@pytest.fixture(scope="session")
def terms(rules: Rules) -> Terms:
    return Terms.of(rules, ("AFF001", "PRG"))


def finding(rule: str = "IMG401", node: int | None = 5, skip: int | None = None, **changes: Any) -> Finding:
    evidence = (Evidence("primary", "here", Spot(node, skip)),) if node is not None else ()
    values: dict[str, Any] = {
        "rule": rule, "name": "x", "outcome": Outcome.VIOLATION, "severity": Severity.WARNING, "confidence": Confidence.HIGH, "message": "m",
        "why": "w", "fix": "f", "authorities": (), "evidence": evidence, "anchor": f"{node}", "fingerprint": f"v1:{rule}{node}", "page_key": "a.html",
        "profiles": ("us",),
    }  # fmt: skip
    return Finding(**(values | changes))


def directive(rules: str = "IMG401", first: int = 5, last: int = 6, **changes: Any) -> Directive:
    spot = Spot(first, None, "the directive", line=first)
    values: dict[str, Any] = {
        "verb": "ignore", "rules": tuple(rules.split()), "reason": "known", "kind": "comment", "spot": spot, "begin": (first, -1),
        "end": (last - 1, 10),
    }  # fmt: skip
    return Directive(**(values | changes))


def judged(*findings: Finding, places: tuple[tuple[Spot | None, ...], ...] | None = None, **outcomes: Outcome) -> Judgement:
    found = places if places is not None else tuple(tuple(each.spot for each in one.evidence[:1]) for one in findings)
    return Judgement(findings, {one.rule: one.outcome for one in findings} | outcomes, places=found)


def waived(judgement: Judgement, *directives: Directive, plan: Plan, terms: Terms, **how: Any) -> Waived:
    return waive_inline(judgement, replace(PAGE, directives=directives), plan, "a.html", terms, **how)


def states(found: Waived) -> list[str]:
    return [each.state for each in found.findings if not each.rule.startswith("WVR")]


def told(found: Waived) -> list[str]:
    return [each.rule for each in found.findings if each.rule.startswith("WVR")]


def fates(found: Waived) -> list[tuple[str, tuple[str, ...], int]]:
    return [(each.status, each.rules, each.findings) for each in found.entries]


def test_a_finding_in_reach_is_waived_with_its_reason_and_place(plan: Plan, terms: Terms) -> None:
    found = waived(judged(finding(), finding(node=9)), directive(), plan=plan, terms=terms)
    assert states(found) == ["suppressed", "new"]
    waiver = found.findings[0].waiver
    assert waiver is not None
    assert (waiver.kind, waiver.reason, waiver.where, waiver.owner, waiver.expires_on) == ("inline", "known", "a.html:5", None, None)
    assert fates(found) == [("used", ("IMG401",), 1)]
    assert told(found) == []


def test_another_rule_is_not_waived(plan: Plan, terms: Terms) -> None:
    found = waived(judged(finding("IMG405")), directive("IMG401"), plan=plan, terms=terms)
    assert states(found) == ["new"]


def test_ids_are_read_in_any_case(plan: Plan, terms: Terms) -> None:
    assert states(waived(judged(finding()), directive("img401"), plan=plan, terms=terms)) == ["suppressed"]


@pytest.mark.parametrize(("node", "skip", "state"), [(5, None, "suppressed"), (5, 9, "suppressed"), (5, 10, "new"), (4, 3, "new"), (6, None, "new")])
def test_the_place_decides_to_the_character(node: int, skip: int | None, state: str, plan: Plan, terms: Terms) -> None:
    assert states(waived(judged(finding(node=node, skip=skip)), directive(), plan=plan, terms=terms)) == [state]


def test_a_finding_without_a_place_needs_a_directive_for_the_page(plan: Plan, terms: Terms) -> None:
    nowhere = judged(finding("AUT501", None))
    wide = directive("AUT501", 0, 99)
    assert states(waived(nowhere, wide, plan=plan, terms=terms)) == ["new"]
    assert states(waived(nowhere, directive("AUT501", **WHOLE), plan=plan, terms=terms)) == ["suppressed"]


def test_a_finding_for_several_is_waived_only_where_each_is_held(plan: Plan, terms: Terms) -> None:
    both = judged(finding("LNK201"), places=((Spot(5), Spot(8)),))
    assert states(waived(both, directive("LNK201", 5, 6), plan=plan, terms=terms)) == ["new"]
    assert states(waived(both, directive("LNK201", 5, 9), plan=plan, terms=terms)) == ["suppressed"]
    each = waived(both, directive("LNK201", 5, 6), directive("LNK201", 8, 9), plan=plan, terms=terms)
    assert states(each) == ["suppressed"]
    assert [entry.status for entry in each.entries] == ["used", "used"]
    partly = judged(finding("LNK201"), places=((Spot(5), None),))
    assert states(waived(partly, directive("LNK201", 5, 6), plan=plan, terms=terms)) == ["new"]


def test_the_inner_directive_is_the_one_that_waives(plan: Plan, terms: Terms) -> None:
    found = waived(judged(finding(node=7)), directive("IMG401", 2, 20), directive("IMG401", 7, 8), plan=plan, terms=terms)
    assert [entry.status for entry in found.entries] == ["unused", "used"]
    outer = waived(judged(finding(node=9)), directive("IMG401", 2, 20), directive("IMG401", 7, 8), plan=plan, terms=terms)
    assert [entry.status for entry in outer.entries] == ["used", "unused"]


def test_what_waives_nothing_is_told_rule_by_rule(plan: Plan, terms: Terms) -> None:
    found = waived(judged(finding(), IMG405=Outcome.PASS), directive("IMG401 IMG405"), plan=plan, terms=terms)
    assert fates(found) == [("used", ("IMG401",), 1), ("unused", ("IMG405",), 0)]
    (unused,) = [each for each in found.findings if each.rule == "WVR602"]
    assert unused.severity is Severity.INFO
    assert unused.message == "This waiver of IMG405 waives nothing."
    assert unused.primary == Spot(5, None, "the directive", line=5)
    assert found.outcomes["WVR602"] is Outcome.VIOLATION
    assert found.outcomes["WVR601"] is Outcome.PASS


@pytest.mark.parametrize("outcome", [None, Outcome.NOT_CHECKED])
def test_a_rule_that_was_not_judged_leaves_the_waiver_idle(outcome: Outcome | None, plan: Plan, terms: Terms) -> None:
    found = waived(judged(places=(), **({"IMG401": outcome} if outcome else {})), directive(), plan=plan, terms=terms)
    assert fates(found) == [("idle", ("IMG401",), 0)]
    assert told(found) == []


def test_a_rule_that_does_not_exist_is_told_with_the_nearest(plan: Plan, terms: Terms) -> None:
    found = waived(judged(finding()), directive("IMG401 IMG4O1"), plan=plan, terms=terms)
    assert states(found) == ["suppressed"]
    assert [entry.status for entry in found.entries] == ["used", "malformed"]
    (wrong,) = [each for each in found.findings if each.rule == "WVR601"]
    assert wrong.message.endswith(': "IMG4O1" → "IMG401".')
    assert found.entries[1].detail is not None
    assert found.entries[1].detail.endswith('"IMG4O1" → "IMG401"')


def test_a_waiver_without_a_reason_waives_nothing(plan: Plan, terms: Terms) -> None:
    mute = directive(reason=None)
    found = waived(judged(finding()), mute, plan=plan, terms=terms)
    assert states(found) == ["new"]
    assert told(found) == ["WVR601"]
    assert states(waived(judged(finding()), mute, plan=plan, terms=replace(terms, reason_needed=False))) == ["suppressed"]


def test_a_malformed_one_waives_nothing_even_where_its_rule_is_right(plan: Plan, terms: Terms) -> None:
    found = waived(judged(finding()), directive("IMG401 because", fault="no_rule", hint='"because"'), plan=plan, terms=terms)
    assert states(found) == ["new"]
    assert fates(found) == [("malformed", ("IMG401", "because"), 0)]


@pytest.mark.parametrize("policy", ["local", "never"])
def test_a_page_that_was_fetched_does_not_acquit_itself(policy: str, plan: Plan, terms: Terms) -> None:
    found = waived(judged(finding()), directive(), directive("IMG405"), plan=plan, terms=terms, policy=policy, fetched=True)
    assert states(found) == ["new"]
    assert [entry.status for entry in found.entries] == ["refused", "refused"]
    (once,) = [each for each in found.findings if each.rule.startswith("WVR")]
    assert (once.rule, once.severity, once.values["found"]) == ("WVR604", Severity.INFO, 2)


def test_the_policy_says_whose_directives_count(plan: Plan, terms: Terms) -> None:
    assert states(waived(judged(finding()), directive(), plan=plan, terms=terms, policy="always", fetched=True)) == ["suppressed"]
    never = waived(judged(finding()), directive(), plan=plan, terms=terms, policy="never")
    assert (states(never), told(never)) == (["new"], ["WVR604"])


def test_a_mandatory_rule_is_not_waived(plan: Plan, terms: Terms) -> None:
    found = waived(judged(finding("AFF001"), finding("PRG101"), finding()), directive("AFF001 prg101 IMG401"), plan=plan, terms=terms)
    assert {each.rule: each.state for each in found.findings} == {"AFF001": "new", "PRG101": "new", "IMG401": "suppressed", "WVR605": "new"}
    assert [(entry.status, entry.rules) for entry in found.entries] == [("refused", ("AFF001", "prg101")), ("used", ("IMG401",))]
    assert told(found) == ["WVR605"]


def test_nothing_waives_a_rule_about_waivers(plan: Plan, terms: Terms) -> None:
    found = waived(judged(IMG401=Outcome.PASS), directive("IMG401"), directive("WVR602 WVR605", **WHOLE), plan=plan, terms=terms)
    assert told(found) == ["WVR602", "WVR605"]
    assert {each.state for each in found.findings} == {"new"}


def test_a_rule_about_waivers_can_be_left_out_and_weigh_more(rules: Rules, terms: Terms) -> None:
    unused = judged(IMG401=Outcome.PASS)
    without = waived(unused, directive(), plan=engine.plan(rules, ignore=["WVR602"]), terms=terms)
    assert told(without) == []
    assert [entry.status for entry in without.entries] == ["unused"]
    heavy = waived(unused, directive(), plan=engine.plan(rules, severities={"WVR602": Severity.ERROR}), terms=terms)
    assert [each.severity for each in heavy.findings] == [Severity.ERROR]


def test_they_hold_under_every_profile_whatever_is_selected(rules: Rules) -> None:
    ids = ["WVR601", "WVR602", "WVR603", "WVR604", "WVR605"]
    for profile in rules.profiles:
        assert [task.rule.id for task in engine.plan(rules, [profile], select=["AFF001", "PRG"]).waiver_tasks] == ids
    two = engine.plan(rules, ["us", "de"]).waiver_tasks[0]
    assert [variant.profiles for variant in two.variants] == [("us", "de")]
    assert not {task.rule.id for task in engine.plan(rules).tasks} & set(ids)


def test_messages_are_in_the_language_of_the_run(rules: Rules, terms: Terms) -> None:
    found = waived(judged(), directive(reason=None), plan=engine.plan(rules, language="de"), terms=terms)
    assert found.findings[0].message.startswith("Diese Ausnahme ist nicht zu verstehen")
    assert found.entries[0].detail == "sie nennt keinen Grund; er steht hinter --"


def test_two_alike_are_told_once_and_known_again_wherever_they_stand(plan: Plan, terms: Terms) -> None:
    mute = [directive(reason=None, first=first, last=first + 1) for first in (3, 8)]
    found = waived(judged(), *mute, plan=plan, terms=terms)
    (once,) = found.findings
    assert once.values["found"] == 2
    moved = waived(judged(), directive(reason=None, first=50, last=51), plan=plan, terms=terms)
    assert moved.findings[0].fingerprint == once.fingerprint


def test_a_page_without_directives_is_left_as_it_is(plan: Plan, terms: Terms) -> None:
    before = judged(finding())
    found = waived(before, plan=plan, terms=terms, fetched=True)
    assert found.findings == before.findings
    assert found.entries == ()
    assert {found.outcomes[each] for each in found.outcomes if each.startswith("WVR")} == {Outcome.INAPPLICABLE}


def test_a_thousand_directives_and_ten_thousand_findings_are_quick(plan: Plan, terms: Terms) -> None:
    findings = [finding(node=node) for node in range(10_000)]
    directives = [directive("IMG401", first, 10_001) for first in range(1000)]
    report = judged(*findings)
    found = waived(report, *directives, plan=plan, terms=terms)
    assert set(states(found)) == {"suppressed"}
    # Each directive held against each finding would be ten million times: half a minute.
    assert ends(lambda: waived(report, *directives, plan=plan, terms=terms), within=8)
    assert sum(entry.findings for entry in found.entries) == 10_000
