"""One page repaired in memory, step by step; each step is read and judged again, and kept only if nothing but the fault has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from checker.engine.rule import Rules
from checker.facts import Page
from checker.fix.compare import changed_by_marks, changed_by_notice, gone, harm, restated, still
from checker.fix.edits import Refused, rewritten
from checker.fix.links import marking, unmarked
from checker.fix.markup import Markup
from checker.fix.notice import Sentence, paragraph, wanted
from checker.fix.notice_place import places
from checker.fix.targets import repairable
from checker.lexicon import Lexicon
from checker.model import Finding, PageReport

# More places than these are never better: each costs reading and judging the page again.
_MOST_PLACES = 5


@dataclass(frozen=True, slots=True)
class Repair:
    """What became of a page: its bytes and its report afterwards, the findings that are gone, and why others were left."""

    body: bytes
    report: PageReport
    repaired: tuple[Finding, ...] = ()
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workshop:
    """What repairs of a page need beside the page: the rules, the words it is read with, and the way to judge other bytes in its place."""

    rules: Rules
    lexicon: Lexicon
    again: Callable[[bytes], PageReport]


def worth_trying(report: PageReport, rules: Rules, *, unsafe: bool) -> bool:
    """Whether any finding of the page is one that may be repaired; told without its facts."""
    return any(
        (rule := rules.rules.get(finding.rule)) is not None and (rule.select.over == "links" or (unsafe and finding.paste is not None))
        for finding in report.findings
        if repairable(finding)
    )


def repair(body: bytes, report: PageReport, workshop: Workshop, *, unsafe: bool = False) -> Repair:
    """Repair what can be repaired, in memory: nothing is written. `report` is the page's as it stands; with `unsafe` sentences are put in too."""
    state = Repair(body, report)
    # Sentences first, because a page that says what its links are is told less of their marks.
    for sentence in wanted(report, workshop.rules) if unsafe else ():
        try:
            state = _with_sentence(state, sentence, workshop)
        except Refused as fault:
            state = replace(state, refused=(*state.refused, str(fault)))
    try:
        return _with_marks(state, workshop)
    except Refused as fault:
        return replace(state, refused=(*state.refused, str(fault)))


def _with_marks(state: Repair, workshop: Workshop) -> Repair:
    links, findings = unmarked(state.report, workshop.rules)
    if not links:
        return state
    page = _whole(state.report)
    edits, lost = marking(links, Markup(state.body, workshop.lexicon))
    if lost:
        state = replace(state, refused=(*state.refused, f"{len(lost)} of {len(links)} links to mark cannot be found in its source"))
    if not edits:
        return state
    body = rewritten(state.body, edits)
    report = restated(workshop.again(body), state.report)
    marked = {link.spot.node for link in links}.difference(link.spot.node for link in lost)
    why = harm(state.report, report) or changed_by_marks(page, _page(report), marked)
    if why is not None:
        raise Refused(f"its links are left unmarked: {why}")
    return replace(state, body=body, report=report, repaired=(*state.repaired, *gone(findings, report)))


def _with_sentence(state: Repair, sentence: Sentence, workshop: Workshop) -> Repair:
    asking = still(sentence.findings, state.report)
    if not asking:
        return state
    page = _whole(state.report)
    markup = Markup(state.body, workshop.lexicon)
    first_why = None
    for offset in places(page, markup)[:_MOST_PLACES]:
        body = rewritten(state.body, [paragraph(sentence, page.language, offset, markup)])
        report = restated(workshop.again(body), state.report)
        repaired = gone(asking, report)
        why = harm(state.report, report) or changed_by_notice(page, _page(report), sentence.text)
        if why is None and repaired:
            return replace(state, body=body, report=report, repaired=(*state.repaired, *repaired))
        first_why = first_why or f"before line {markup.line(offset)}, {why or 'it would not help'}"
    raise Refused(f"the sentence is not put in: {first_why or 'there is no place for a paragraph before the first paid link'}")


def _whole(report: PageReport) -> Page:
    page = _page(report)
    if page.cut is not None:
        raise Refused("only a part of it could be read")
    return page


def _page(report: PageReport) -> Page:
    if report.page is None:
        raise Refused("it could not be read")
    return report.page
