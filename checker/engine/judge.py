"""Page and plan to judgement. Pure: no clock but the one that is handed in, no network, no logging, no globals.

The truth table: `any` passes if one passes, else it is a review if one is, else it fails; `all` fails if one fails, else it is a review if one is,
else it passes; `none` mirrors `any`. A rule's `when` decides first whether the rule applies: where it fails the rule is inapplicable, where it cannot
be told a violation is only a question.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from checker.checks import Value, Verdict
from checker.engine.anchor import anchor_of, group_of
from checker.engine.finding import Fault, finding_of
from checker.engine.plan import Plan, Task, Variant
from checker.engine.rule import Call, Expect, Rule, Select
from checker.facts import Page, Spot, Verdicts, WaiverUse
from checker.model import Confidence, Contradiction, Evidence, Finding, Outcome, ReviewReason, Severity, Twins
from checker.text import fold

# From the best to the worst that a rule can say of a page.
_WORSE = {
    outcome: rank for rank, outcome in enumerate((Outcome.INAPPLICABLE, Outcome.PASS, Outcome.NEEDS_REVIEW, Outcome.VIOLATION, Outcome.NOT_CHECKED))
}
_SURER = {confidence: rank for rank, confidence in enumerate((Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH))}
# What checks over the page have said of this one: rules ask the same again, some of them for each link.
_Asked = dict[Call, Verdict]
_NOTHING_ASKED = Verdict(Outcome.PASS)
_INAPPLICABLE = Verdict(Outcome.INAPPLICABLE)
Places = tuple[Spot | None, ...]
# What stands for the page where waivers are judged: they are no facts of one.
NO_PAGE = Page("", None, None, "", None, None, None, (), (), (), (), (), Verdicts("", "", ""))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say of one page. `problems` are our own failures: rules that crashed.

    `places`: for each finding where all that it stands for begins, as the page has it; None for what has no place. Where a browser drew the page,
    `seen` are its verdicts at each size, None at one that was not measurable, and `contradictions` where these sizes say otherwise than the markup.
    """

    findings: tuple[Finding, ...]
    outcomes: dict[str, Outcome]
    seconds: dict[str, float] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    places: tuple[Places, ...] = ()
    seen: tuple[Verdicts | None, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


@dataclass(frozen=True, slots=True)
class _Result:
    """What one variant of a rule says of one subject."""

    subject: Any
    verdict: Verdict
    variant: Variant


def judge(
    page: Page,
    plan: Plan,
    page_key: str,
    locate: Callable[[Spot], Spot] | None = None,
    clock: Callable[[], float] | None = None,
) -> Judgement:
    """Judges a page by every rule of the plan.

    `locate` finds the line and column of a spot, and is asked only for those of findings; without it the spots stay as the page has them.
    `clock` is read around each rule where the cost of rules is wanted. A rule that crashes is `not_checked` on this page; the others go on.
    """
    return _judged(((tasks, selected(page, select)) for select, tasks in plan.groups), page, plan, page_key, locate, clock)


def judge_waivers(uses: Sequence[WaiverUse], plan: Plan, page_key: str) -> Judgement:
    """Judges waivers by the rules of the plan that are over "waivers"; their spots are located already."""
    groups = ((tasks, _chosen(uses, NO_PAGE, select)) for select, tasks in plan.on_waivers)
    return _judged(groups, NO_PAGE, plan, page_key, None, None)


def judge_twins(twins: Twins, page: Page, plan: Plan, page_key: str) -> Judgement:
    """Judges a page beside its AMP twin by the rules of the plan that are over "twins". `page` has what is known of the one that a finding blames."""
    groups = ((tasks, _chosen((twins,), page, select)) for select, tasks in plan.on_twins)
    return _judged(groups, page, plan, page_key, None, None)


def doubt_of(words: str | None, page: Page) -> ReviewReason | None:
    """Why what is not found on this page may be there all the same. `words`: notice, credit or byline."""
    if words in page.unread:
        return ReviewReason.UNKNOWN_LANGUAGE
    if page.cut is not None:
        return ReviewReason.PARTLY_READ
    return None if page.encoding_certain else ReviewReason.UNCERTAIN_ENCODING


def _judged(
    groups: Iterable[tuple[Sequence[Task], list[Any]]],
    page: Page,
    plan: Plan,
    page_key: str,
    locate: Callable[[Spot], Spot] | None,
    clock: Callable[[], float] | None,
) -> Judgement:
    findings: list[tuple[Finding, Places]] = []
    outcomes: dict[str, Outcome] = {}
    seconds: dict[str, float] = {}
    problems: list[str] = []
    asked: _Asked = {}
    for tasks, subjects in groups:
        for task in tasks:
            started = clock() if clock else 0.0
            try:
                outcomes[task.rule.id], found = _judge_rule(task, subjects, page, plan, page_key, locate, asked)
                findings += found
            except Exception as fault:  # noqa: BLE001 - whatever a rule does to itself, the other rules go on and the page is reported
                outcomes[task.rule.id] = Outcome.NOT_CHECKED
                problems.append(f"{task.rule.id}: the rule crashed: {type(fault).__name__}: {fault}")
            if clock:
                seconds[task.rule.id] = clock() - started
    findings.sort(key=lambda found: place_of(found[0]))
    return Judgement(
        tuple(finding for finding, _ in findings),
        dict(sorted(outcomes.items())),
        dict(sorted(seconds.items())),
        tuple(problems),
        tuple(places for _, places in findings),
    )


def selected(page: Page, select: Select) -> list[Any]:
    """The facts that a rule judges."""
    return _chosen((page,) if select.over == "page" else getattr(page, select.over), page, select)


def _chosen(facts: Iterable[Any], page: Page, select: Select) -> list[Any]:
    return [
        fact
        for fact in facts
        if all(_has(fact, page, name, values) for name, values in select.where)
        and not any(_has(fact, page, name, values) for name, values in select.unless)
    ]


def _has(fact: Any, page: Page, name: str, values: tuple[Any, ...]) -> bool:
    value = getattr(page, name[5:]) if name.startswith("page.") else getattr(fact, name)
    if isinstance(value, tuple):
        return any(each in values for each in value)
    # A section may be written with a capital, or with none.
    return value in values or (isinstance(value, str) and fold(value) in {fold(each) for each in values if isinstance(each, str)})


def place_of(finding: Finding) -> tuple[str, int, int, str]:
    """By which findings of a page are put in order."""
    spot = finding.primary
    return (finding.rule, spot.node if spot else -1, spot.skip or 0 if spot else 0, finding.anchor)


def _judge_rule(
    task: Task, subjects: list[Any], page: Page, plan: Plan, page_key: str, locate: Callable[[Spot], Spot] | None, asked: _Asked
) -> tuple[Outcome, list[tuple[Finding, Places]]]:
    """The rule's outcome on the page, and a finding for each target, image or page on which it fires, with the places of all that it stands for."""
    groups: dict[Hashable, list[_Result]] = {}
    worst = Outcome.INAPPLICABLE
    variants = [variant for variant in task.variants if not any(_has(page, page, name, values) for name, values in variant.unless)]
    for subject in subjects:
        for variant in variants:
            verdict = judge_subject(task.rule, variant, subject, page, asked)
            if _WORSE[verdict.outcome] > _WORSE[worst]:
                worst = verdict.outcome
            if verdict.outcome in (Outcome.VIOLATION, Outcome.NEEDS_REVIEW):
                groups.setdefault(group_of(task.rule, subject), []).append(_Result(subject, verdict, variant))
    return worst, [
        (finding_of(task, _worst_of(task.rule, results, page), page, plan, page_key, locate), _places(results)) for results in groups.values()
    ]


def _places(results: list[_Result]) -> Places:
    """Where each subject is shown: the first place of its evidence."""
    return tuple(dict.fromkeys(result.verdict.evidence[0].spot if result.verdict.evidence else None for result in results))


def judge_subject(rule: Rule, variant: Variant, subject: Any, page: Page, asked: _Asked | None = None) -> Verdict:
    """What one variant of a rule says of one subject; the outcome may be inapplicable. `asked` grows."""
    asked = {} if asked is None else asked
    applies = _holds(variant.when, subject, page, asked)
    if applies.outcome is Outcome.VIOLATION:
        return _INAPPLICABLE
    verdict = _holds(variant.expect, subject, page, asked)
    if verdict.outcome is Outcome.PASS:
        return verdict
    values = {**applies.values, **verdict.values}
    confidence = min(applies.confidence, verdict.confidence, key=_SURER.__getitem__)
    # Whether the rule applies at all is the first question.
    reason = applies.reason or verdict.reason or (doubt_of(_WORDS_OF.get(rule.id[:3]), page) if rule.absence else None)
    if reason is None and not variant.verified:
        reason = ReviewReason.UNVERIFIED
    outcome = Outcome.VIOLATION if reason is None else Outcome.NEEDS_REVIEW
    return Verdict(outcome, verdict.evidence or applies.evidence, values, confidence, reason)


# What the rules of a family look for in the words of a page.
_WORDS_OF = {"AFF": "notice", "PRG": "notice", "LNK": "notice", "SPN": "notice", "IMG": "credit", "AUT": "byline"}


def _holds(expect: Expect, subject: Any, page: Page, asked: _Asked) -> Verdict:
    parts: list[Verdict] = []
    if expect.any:
        parts.append(_any(expect.any, subject, page, asked))
    if expect.all:
        parts.append(_all(expect.all, subject, page, asked))
    if expect.none:
        parts.append(_mirrored(_any(expect.none, subject, page, asked)))
    return _worst(parts) if parts else _NOTHING_ASKED


def _any(calls: tuple[Call, ...], subject: Any, page: Page, asked: _Asked) -> Verdict:
    verdicts = [_ask(call, subject, page, asked) for call in calls]
    return verdicts[0] if len(verdicts) == 1 else _joined(verdicts, min(verdicts, key=_badness).outcome)


def _all(calls: tuple[Call, ...], subject: Any, page: Page, asked: _Asked) -> Verdict:
    verdicts: list[Verdict] = []
    for call in calls:
        verdict = _ask(call, subject, page, asked)
        verdicts.append(verdict)
        if verdict.outcome is Outcome.VIOLATION:
            break
    return _worst(verdicts)


def _worst(verdicts: list[Verdict]) -> Verdict:
    return verdicts[0] if len(verdicts) == 1 else _joined(verdicts, max(verdicts, key=_badness).outcome)


def _badness(verdict: Verdict) -> int:
    return _WORSE[verdict.outcome]


def _mirrored(verdict: Verdict) -> Verdict:
    mirror = {Outcome.PASS: Outcome.VIOLATION, Outcome.VIOLATION: Outcome.PASS}
    return Verdict(mirror.get(verdict.outcome, verdict.outcome), verdict.evidence, verdict.values, verdict.confidence, verdict.reason)


def _ask(call: Call, subject: Any, page: Page, asked: _Asked) -> Verdict:
    if call.check.over != "page":
        return call.check(subject, page, call.given)
    verdict = asked.get(call)
    if verdict is None:
        verdict = asked[call] = call.check(page, page, call.given)
    return verdict


def _joined(verdicts: list[Verdict], outcome: Outcome) -> Verdict:
    """One verdict of several: the evidence of those that decided it, the values of all, the confidence of the least sure that decided."""
    deciding = [verdict for verdict in verdicts if verdict.outcome is outcome]
    values: dict[str, Value] = {}
    for verdict in [*(v for v in verdicts if v.outcome is not outcome), *reversed(deciding)]:
        values.update(verdict.values)
    evidence = tuple(dict.fromkeys(each for verdict in deciding for each in verdict.evidence))
    reason = next((verdict.reason for verdict in deciding if verdict.reason is not None), None)
    return Verdict(outcome, evidence, values, min((verdict.confidence for verdict in deciding), key=_SURER.__getitem__), reason)


def _worst_of(rule: Rule, results: list[_Result], page: Page) -> Fault:
    """The results on one target as one fault: the worst outcome, the profiles that ask for it, and where else it was found."""
    outcome = max((result.verdict.outcome for result in results), key=_WORSE.__getitem__)
    worst = [result for result in results if result.verdict.outcome is outcome]
    first = worst[0].verdict
    severities: dict[str, Severity] = {}
    asking: dict[str, None] = {}
    subjects: dict[int, _Result] = {}
    for result in worst:
        severities.update(result.variant.severities)
        for profile in result.variant.severities:
            asking.update(dict.fromkeys(result.variant.authorities.get(profile, rule.authorities)))
        subjects.setdefault(id(result.subject), result)
    others = [each for result in list(subjects.values())[1:] for each in result.verdict.evidence[:1]]
    return Fault(
        outcome=outcome,
        severity=max(severities.values(), key=lambda severity: severity.weight),
        profiles=tuple(severities),
        authorities=tuple(asking),
        confidence=first.confidence,
        reason=first.reason,
        evidence=(*first.evidence, *(Evidence("related", each.label, each.spot) for each in others)),
        values={**first.values, "found": len(subjects)},
        anchor=min(anchor_of(rule, result.subject, page) for result in worst),
    )
