"""The directives of a page, and which of its findings they waive. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from checker.engine.judge import Judgement, judge_waivers
from checker.engine.plan import Plan
from checker.engine.waive import Part, Terms, entry_of, parts_of, told_rule
from checker.facts import Directive, Page, Place, Spot, WaiverUse
from checker.model import Finding, Outcome, Waiver, WaiverEntry
from checker.text import fold

# Whose directives count: those of pages that were not fetched, nobody's, everybody's.
POLICIES = ("local", "never", "always")
_WHOLE: Place = (-1, -1)
_NO_PART = Part("", ())


@dataclass(frozen=True, slots=True)
class Waived:
    """What is left to say of a page once its directives were heeded, and what became of each of them."""

    findings: tuple[Finding, ...]
    outcomes: dict[str, Outcome]
    entries: tuple[WaiverEntry, ...]
    problems: tuple[str, ...] = ()


def waive_inline(
    judgement: Judgement, page: Page, plan: Plan, page_key: str, terms: Terms, *, policy: str = "local", fetched: bool = False
) -> Waived:
    """Marks the findings that the page's directives waive, and adds those about the directives.

    A finding is waived where one of them names its rule and holds the place where it points; one that stands for several links or pictures where
    each of them is held; one without a place only by a directive for the page as a whole. `fetched`: the page comes from elsewhere, and does not
    acquit itself under the policy "local".
    """
    findings = judgement.findings
    parts: list[list[Part]] = []
    refused = policy == "never" or (policy == "local" and fetched)
    if refused:
        why = "never" if policy == "never" else "fetched"
        parts = [[Part("refused", each.rules, fault=why)] for each in page.directives]
    elif page.directives:
        known = [_known(each, terms) for each in page.directives]
        counts = _counts(judgement, page.directives, known)
        by = {number: _waiver(page.directives[owners[0]], page.source) for number, owners in counts.owners.items()}
        findings = tuple(
            replace(finding, state="suppressed", waiver=by[number]) if number in by else finding for number, finding in enumerate(findings)
        )
        judged = {rule for rule, outcome in judgement.outcomes.items() if outcome is not Outcome.NOT_CHECKED}
        parts = [_parts(number, each, counts.used, judged) for number, each in enumerate(known)]
    uses = [_use(each, part) for each, own in zip(page.directives, parts, strict=True) for part in own]
    entries = tuple(
        entry_of(part, _waiver(each, page.source), each.verb, plan) for each, own in zip(page.directives, parts, strict=True) for part in own
    )
    told = judge_waivers(uses, plan, page_key)
    return Waived(
        tuple(sorted((*findings, *told.findings), key=lambda finding: finding.rule)) if told.findings else findings,
        dict(sorted({**judgement.outcomes, **told.outcomes}.items())),
        entries,
        told.problems,
    )


def waived_at(
    spot: Spot | None, page: Page, rules: Sequence[str], terms: Terms, *, policy: str = "local", fetched: bool = False
) -> tuple[tuple[str, Waiver], ...]:
    """Which of these rules the page's directives waive for a finding at this place, told before there is one."""
    if policy == "never" or (policy == "local" and fetched):
        return ()
    known = [_known(each, terms) for each in page.directives]
    found: list[tuple[str, Waiver]] = []
    for rule in rules:
        numbers = [number for number, named in enumerate(known) if named.get(rule, _NO_PART) is None]
        owner = _Cover(page.directives, numbers).holding(spot) if numbers else None
        if owner is not None:
            found.append((rule, _waiver(page.directives[owner], page.source)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Counts:
    """Which directives waive which finding, by its number, and how many findings each waives by which rule."""

    owners: dict[int, list[int]]
    used: dict[tuple[int, str], int]


def _known(directive: Directive, terms: Terms) -> dict[str, Part | None]:
    """Each of its rules with what is wrong with it; None where it may waive."""
    fault, hint = directive.fault, directive.hint
    if fault is None and directive.reason is None and terms.reason_needed:
        fault = "no_reason"
    if fault is not None:
        return {"": Part("malformed", directive.rules, fault=fault, hint=hint)}
    found: dict[str, Part | None] = {}
    for written in directive.rules:
        rule = written.upper()
        if rule not in terms.known:
            found[rule] = Part("malformed", (written,), fault="no_rule", hint=told_rule(written, terms.known))
        else:
            why = terms.refused((rule,))
            found[rule] = Part("refused", (written,), fault=why) if why is not None else None
    return found


def _counts(judgement: Judgement, directives: Sequence[Directive], known: Sequence[dict[str, Part | None]]) -> _Counts:
    wanted = {finding.rule for finding in judgement.findings}
    naming: dict[str, list[int]] = {}
    for number, rules in enumerate(known):
        for rule, wrong in rules.items():
            if wrong is None and rule in wanted:
                naming.setdefault(rule, []).append(number)
    covers = {rule: _Cover(directives, numbers) for rule, numbers in naming.items()}
    owners: dict[int, list[int]] = {}
    used: dict[tuple[int, str], int] = {}
    for number, (finding, places) in enumerate(zip(judgement.findings, judgement.places, strict=True)):
        cover = covers.get(finding.rule)
        holding = [cover.holding(place) for place in places or (None,)] if cover else [None]
        if None in holding:
            continue
        owners[number] = list(dict.fromkeys(each for each in holding if each is not None))
        for owner in owners[number]:
            used[owner, finding.rule] = used.get((owner, finding.rule), 0) + 1
    return _Counts(owners, used)


class _Cover:
    """Which directive holds a place: of those that do, the one that begins last. Elements hold one another or nothing of one another."""

    def __init__(self, directives: Sequence[Directive], numbers: Iterable[int]) -> None:
        self._places: list[Place] = []
        self._owners: list[int | None] = []
        whole = [number for number in numbers if directives[number].begin == _WHOLE]
        self._page = whole[-1] if whole and directives[whole[-1]].end != _WHOLE else None
        open_: list[tuple[Place, int]] = []
        ordered = sorted(numbers, key=lambda number: (directives[number].begin, *(-part for part in directives[number].end)))
        for number in ordered:
            begin, end = directives[number].begin, directives[number].end
            while open_ and open_[-1][0] <= begin:
                self._close(open_)
            if begin < end:
                self._add(begin, number)
                open_.append((end, number))
        while open_:
            self._close(open_)

    def holding(self, spot: Spot | None) -> int | None:
        """The number of the directive; of a finding without a place, one for the page as a whole."""
        if spot is None:
            return self._page
        at = bisect_right(self._places, (spot.node, -1 if spot.skip is None else spot.skip))
        return self._owners[at - 1] if at else None

    def _close(self, open_: list[tuple[Place, int]]) -> None:
        end, _ = open_.pop()
        self._add(end, open_[-1][1] if open_ else None)

    def _add(self, place: Place, owner: int | None) -> None:
        self._places.append(place)
        self._owners.append(owner)


def _parts(number: int, known: dict[str, Part | None], used: dict[tuple[int, str], int], judged: set[str]) -> list[Part]:
    fates: list[Part] = []
    for rule, wrong in known.items():
        count = used.get((number, rule), 0)
        fates.append(wrong or Part("used" if count else "unused" if rule in judged else "idle", (rule,), count))
    return parts_of(fates)


def _waiver(directive: Directive, source: str) -> Waiver:
    line = directive.spot.line
    return Waiver("inline", directive.reason, where=f"{source}:{line}" if line is not None else source)


def _use(directive: Directive, part: Part) -> WaiverUse:
    # A page that was fetched is told once, however many directives it holds.
    words = () if part.fault in ("fetched", "never") else (directive.verb, *sorted(directive.rules), directive.reason or "")
    anchor = fold(" ".join(words)).strip() or "page"
    return WaiverUse("inline", part.rules, directive.verb, part.status, directive.spot, anchor, part.fault, part.hint)
