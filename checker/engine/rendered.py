"""A page that a browser drew: judged by its markup, judged as readers see it at each size of window, and the answers joined. Pure.

A page must be right at every size: for each rule and each finding the worst size counts, the first of them where several are as bad. A size that
was not measurable has the answer of the markup, and there the rules that only a drawn page can answer are questions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from itertools import repeat

from checker.engine.anchor import is_told_once
from checker.engine.judge import Judgement, Places, judge, place_of
from checker.engine.plan import Plan
from checker.facts import Page, Spot, Verdicts
from checker.model import Confidence, Contradiction, Finding, Outcome
from checker.page.framed import SaidIn
from checker.page.moved import moved
from checker.page.seen import seen
from checker.page.written_labels import LabelOf
from checker.sight import Drawn, View

NEEDED = "rendered"


@dataclass(frozen=True, slots=True)
class _At:
    """What the rules say at one size. `name` and `measured` are those of the size."""

    name: str
    measured: bool
    judgement: Judgement
    verdicts: Verdicts | None = None


@dataclass(frozen=True, slots=True)
class _Told:
    """A finding at one size, with the places of all that it stands for."""

    at: _At
    finding: Finding
    places: Places


def judge_drawn(
    page: Page,
    drawn: Drawn,
    plan: Plan,
    page_key: str,
    locate: Callable[[Spot], Spot] | None = None,
    clock: Callable[[], float] | None = None,
    label_of: LabelOf | None = None,
    ran: Sequence[Page | None] = (),
    said_in: SaidIn | None = None,
) -> Judgement:
    """Judges a page that a browser drew by every rule of the plan; `locate` and `clock` as in `judge`.

    `ran`: where scripts ran, the page as they left it at each size; what rests on that is less sure. `label_of` reads what style sheets write beside
    links, `said_in` what frames say. A page of which no size was drawn is judged as one that is not measurable.
    """
    static = judge(replace(page, drawn=drawn), plan, page_key, locate, clock)

    def at(view: View, left: Page | None) -> _At:
        if not view.measurable:
            return _At(view.name, False, static)
        found = seen(page if left is None else moved(left, page), view, drawn, label_of, said_in)
        return _At(view.name, True, judge(found, plan, page_key, locate, clock), found.verdicts)

    sizes = [at(view, left) for view, left in zip(drawn.views, ran or repeat(None), strict=False)] or [_At("", False, static)]
    by_markup = _without(static, {task.rule.id for task in plan.tasks if task.rule.needs == NEEDED})
    measured = [size for size in sizes if size.measured]
    told = _findings(sizes, by_markup)
    if drawn.scripts:
        told = [(_less_sure(finding), places) for finding, places in told]
    # The markup was judged once, however many sizes have its answer.
    judged = [static, *(size.judgement for size in measured)]
    return Judgement(
        findings=tuple(finding for finding, _ in told),
        outcomes={rule: _worst(sizes, rule).judgement.outcomes[rule] for rule in sorted(static.outcomes)},
        seconds={rule: sum(each.seconds[rule] for each in judged) for rule in static.seconds},
        problems=tuple(dict.fromkeys(problem for each in judged for problem in each.problems)),
        places=tuple(places for _, places in told),
        seen=tuple(size.verdicts for size in sizes) if drawn.views else (),
        contradictions=_contradictions(measured, by_markup),
    )


def _without(judgement: Judgement, rules: set[str]) -> Judgement:
    """What the markup alone says: of what only a drawn page can answer it says nothing."""
    return replace(
        judgement,
        findings=tuple(finding for finding in judgement.findings if finding.rule not in rules),
        outcomes={rule: outcome for rule, outcome in judgement.outcomes.items() if rule not in rules},
    )


def _worst(sizes: Sequence[_At], rule: str) -> _At:
    """The first size at which the rule says the worst; one that was measured before one that was not."""
    return max(sizes, key=lambda size: (size.judgement.outcomes[rule].weight, size.measured))


def _findings(sizes: Sequence[_At], by_markup: Judgement) -> list[tuple[Finding, Places]]:
    """The findings of all sizes, each once."""
    groups: dict[Hashable, list[_Told]] = {}
    for size in sizes:
        keys = _keys(size.judgement.findings)
        for key, finding, places in zip(keys, size.judgement.findings, size.judgement.places, strict=True):
            groups.setdefault(key, []).append(_Told(size, finding, places))
    by_key = dict(zip(_keys(by_markup.findings), by_markup.findings, strict=True))
    found = [_joined(told, by_key.get(key), by_markup.outcomes.get(told[0].finding.rule)) for key, told in groups.items()]
    return sorted(found, key=lambda one: place_of(one[0]))


def _keys(findings: Sequence[Finding]) -> list[Hashable]:
    """What is known by the same key is the same at every size: what is told once a page, though it may show other places; else the first, second …
    with its fingerprint, because pictures in two folders may share that.
    """
    met: Counter[tuple[str, str]] = Counter()
    keys: list[Hashable] = []
    for finding in findings:
        known = (finding.rule, finding.fingerprint)
        met[known] += 1
        keys.append(finding.rule if is_told_once(finding.rule) else (*known, met[known]))
    return keys


def _less_sure(finding: Finding) -> Finding:
    """What rests on scripts may look otherwise the next time."""
    sure = finding.basis != NEEDED or finding.confidence is not Confidence.HIGH
    return finding if sure else replace(finding, confidence=Confidence.MEDIUM)


def _joined(told: Sequence[_Told], static: Finding | None, outcome: Outcome | None) -> tuple[Finding, Places]:
    """One finding of those of several sizes. `static`: the one that the markup gives; `outcome`: what the markup says of the rule, if anything."""
    worst = max(told, key=lambda one: (one.finding.outcome.weight, one.at.measured))
    finding = replace(worst.finding, views=tuple(one.at.name for one in told if one.at.name))
    if worst.at.measured:
        finding = replace(finding, basis=NEEDED, view=worst.at.name, static=static.outcome if static else _silent(finding.rule, outcome))
    if static is not None:
        # What a page is known by in baselines does not change because it was drawn.
        finding = replace(finding, anchor=static.anchor, fingerprint=static.fingerprint)
    places = dict.fromkeys(place for one in told if one.finding.outcome is worst.finding.outcome for place in one.places)
    return finding, tuple(places)


def _silent(rule: str, outcome: Outcome | None) -> Outcome | None:
    """What the markup says of something on which it gives no finding, where it may give some on others."""
    return Outcome.PASS if outcome is not None and outcome.fires and not is_told_once(rule) else outcome


def _contradictions(measured: Sequence[_At], by_markup: Judgement) -> tuple[Contradiction, ...]:
    """The rules of which the sizes that were measured say otherwise than the markup, one of the two a fault or a question."""
    found = []
    for rule, static in by_markup.outcomes.items() if measured else ():
        worst = _worst(measured, rule)
        rendered = worst.judgement.outcomes[rule]
        crashed = Outcome.NOT_CHECKED in (static, rendered)
        if static is not rendered and (static.fires or rendered.fires) and not crashed:
            found.append(Contradiction(rule, static, rendered, worst.name))
    return tuple(found)
