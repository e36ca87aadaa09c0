"""The pages of a run as stories: a page beside its AMP twin, and the parts of a piece. Fed with every report, in input order, in one process.

Only pages that name other forms of themselves are kept, and of these as little as another form is held against. Which of two twins comes first makes
no difference to what is found: it is told on the second, under the key that both share.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from checker.checks.twins import lacking
from checker.engine.cause import with_causes
from checker.engine.judge import NO_PAGE, judge_twins
from checker.engine.plan import Plan
from checker.engine.story import host
from checker.model import Finding, Outcome, PageReport, ReviewReason, Shows, Story, Twins, Waiver, WaiverEntry

# The profiles of a page, its path, and its address.
PlanFor = Callable[[tuple[str, ...], str | None, str | None], Plan]
# So many stories are remembered, 600 bytes each, and the oldest forgotten: a page whose twin comes later than that is counted as not compared.
MOST = 50_000
# So many addresses of one page may turn out to be its twin.
_MOST_COPIES = 4


@dataclass(frozen=True, slots=True)
class _Form:
    """What is remembered of a page. `known_by`: the address that settings know it by; `about`: language, type and section, of which profiles ask."""

    name: str
    address: str | None
    source: str
    known_by: str | None
    shows: Shows
    profiles: tuple[str, ...]
    about: tuple[str | None, str, str | None]


@dataclass(slots=True, eq=False)
class _Known:
    """The forms of a story that were read. `amphtml`: where the main page says that its twin is; `counted`: as waiting or compared."""

    key: str
    main: _Form | None = None
    amp: _Form | None = None
    amphtml: str | None = None
    copies: tuple[_Form, ...] = ()
    counted: str = ""


@dataclass(frozen=True, slots=True)
class _First:
    """The first part of a piece, and which rules it passed of those that ask later parts about it."""

    key: str
    passed: frozenset[str]


class Stories:
    """The stories of a run. Every page goes through `apply`; one that comes again has changed.

    `compared` counts the pages that were held against their AMP twins, `waiting` those whose other form was not read.
    """

    def __init__(self, every: Plan, plan_for: PlanFor, path_of: Callable[[str], str | None] = lambda name: name, most: int = MOST) -> None:
        """`every`: all that any page is judged by; `plan_for` gives what holds for one; `path_of` gives the path of an input, as settings know it."""
        self._every, self._plan_for, self._path_of, self._most = every, plan_for, path_of, most
        question = f"question:{ReviewReason.CONTINUES_ANOTHER}"
        self._continuing = frozenset(task.rule.id for task in every.tasks if task.rule.text(question) is not None)
        self._known: dict[str, _Known] = {}
        # Where main pages say that their twins are.
        self._meant: dict[str, str] = {}
        self._firsts: dict[str, _First] = {}
        self._prints: dict[str, str] = {}
        self.compared = self.waiting = 0

    def apply(self, report: PageReport) -> PageReport:
        """The report with what other pages of its story bring to it."""
        story = report.story
        if story is None or report.status != "checked":
            return report
        if story.role == "main" and (prints := story.form("print")):
            self._prints[prints] = story.key
            _forget(self._prints, self._most)
        elif story.role == "copy" and story.address and self._prints.get(story.address) == story.key:
            story = replace(story, role="print")
            report = replace(report, story=story)
        if story.role == "part" or story.form("next"):
            report = self._as_part(report, story)
        if story.shows is not None and self._every.on_twins:
            report = self._as_twin(report, story, story.shows)
        return report

    # Parts -------------------------------------------------------------------------------------------------------------------------------
    def _as_part(self, report: PageReport, story: Story) -> PageReport:
        """What a part asks of the first page of its piece is answered where that one was read before it."""
        own = [report.page_key, *([story.address] if story.address else [])]
        if story.role != "part":
            passed = frozenset(rule for rule in self._continuing if report.outcomes.get(rule) is Outcome.PASS)
            self._remember(own, _First(story.key, passed))
            return report
        before = (self._firsts.get(each) for each in (story.key, story.form("previous")) if each)
        first = next((each for each in before if each is not None), None)
        if first is None:
            return report
        self._remember([each for each in own if each != first.key], first)
        answered = {finding.rule for finding in report.findings if _asks_first(finding)} & first.passed
        return replace(
            report,
            story=replace(story, key=first.key),
            findings=tuple(finding for finding in report.findings if not (finding.rule in answered and _asks_first(finding))),
            outcomes=report.outcomes | dict.fromkeys(answered, Outcome.PASS),
        )

    def _remember(self, addresses: list[str], first: _First) -> None:
        self._firsts.update(dict.fromkeys(addresses, first))
        _forget(self._firsts, self._most)

    # Twins -------------------------------------------------------------------------------------------------------------------------------
    def _as_twin(self, report: PageReport, story: Story, shows: Shows) -> PageReport:
        known, here = self._story(story), _form(report, story, shows)
        role = _placed(known, here, story)
        self._count(known)
        if role != story.role:
            report = replace(report, story=replace(story, role=role))
        if role not in ("main", "amp") or known.main is None or known.amp is None:
            return report
        main, amp = (replace(each.shows, evidence=shows.evidence) if each is here else each.shows for each in (known.main, known.amp))
        twins = Twins(main, amp, role, (known.main.name, known.amp.name))
        other = known.amp if role == "main" else known.main
        report = replace(report, story=replace(story, role=role, compared=(other.name,)))
        return self._judged(report, twins, known.main if lacking(twins) == "main" else known.amp, known.key)

    def _story(self, story: Story) -> _Known:
        """What is known of the story by its key. A twin that names no main page is known by its own address, which the main page may name."""
        key, twin = story.key, story.form("amp") if story.role == "main" else None
        if story.role == "amp" and story.address and not story.form("main"):
            key = self._meant.get(story.address, key)
        known = self._known.setdefault(key, _Known(key))
        if twin is not None:
            self._meant.setdefault(twin, key)
            alone = self._known.get(twin)
            if known.amp is None and alone is not None and alone.main is None and alone.amp is not None:
                known.amp = alone.amp
                self.waiting -= 1
                del self._known[twin]
        _forget(self._known, self._most)
        _forget(self._meant, self._most)
        return known

    def _count(self, known: _Known) -> None:
        state = "compared" if known.main and known.amp else "waiting" if known.main or known.amp else ""
        if state != known.counted:
            self.waiting += (state == "waiting") - (known.counted == "waiting")
            self.compared += (state == "compared") - (known.counted == "compared")
            known.counted = state

    def _judged(self, report: PageReport, twins: Twins, blamed: _Form, key: str) -> PageReport:
        """The report with what is found on the pair, by the rules that hold for the page that lacks something."""
        plan = self._plan_for(blamed.profiles, self._path_of(blamed.source), blamed.known_by)
        language, page_type, section = blamed.about
        page = replace(NO_PAGE, source=report.source, url=blamed.address, language=language, page_type=page_type, section=section)
        judgement = judge_twins(twins, page, plan, key)
        here, there = (twins.main, twins.amp) if twins.here == "main" else (twins.amp, twins.main)
        waivers = {**dict(there.waived), **dict(here.waived)}
        # It is between two pages that something is wrong, not at a place of one.
        found = tuple(_waived(finding, waivers) for finding in with_causes(judgement.findings, lambda _: "page"))
        return replace(
            report,
            findings=tuple(sorted((*report.findings, *found), key=lambda finding: finding.rule)),
            outcomes=dict(sorted((report.outcomes | judgement.outcomes).items())),
            problems=(*report.problems, *judgement.problems),
            waivers=tuple(_used(entry, found) for entry in report.waivers),
            unlocated=report.unlocated + sum(evidence.spot.line is None for finding in found for evidence in finding.evidence),
        )


def _form(report: PageReport, story: Story, shows: Shows) -> _Form:
    about = report.about
    return _Form(
        name=story.address or report.source,
        address=story.address,
        source=report.source,
        known_by=report.address,
        shows=replace(shows, evidence=None),
        profiles=report.profiles,
        about=(about.language, about.page_type, about.section) if about else (None, "", None),
    )


def _placed(known: _Known, here: _Form, story: Story) -> str:
    """Keeps the form, and says which it is: a copy may be the twin that the main page speaks of."""
    if story.role == "main":
        known.key, known.main, known.amphtml = story.key, here, story.form("amp")
        if known.amp is not None and not _is_meant(known.amp, known.amphtml):
            known.amp = None
        known.amp = known.amp or next((each for each in known.copies if each.address == known.amphtml), None)
        known.copies = ()
        return "main"
    if story.role != "amp":
        if here.address != known.amphtml:
            if known.main is None and len(known.copies) < _MOST_COPIES:
                known.copies = (*known.copies, here)
            return story.role
    elif known.main is not None and not _is_meant(here, known.amphtml):
        return "amp"
    known.amp = here
    return "amp"


def _is_meant(twin: _Form, amphtml: str | None) -> bool:
    """Whether the page is the one that the main page names, whose address may redirect: nobody else's page speaks for it."""
    return twin.address is None or (amphtml is not None and host(twin.address) == host(amphtml))


def _asks_first(finding: Finding) -> bool:
    return finding.state == "new" and finding.review is not None and finding.review.reason is ReviewReason.CONTINUES_ANOTHER


def _waived(finding: Finding, waivers: dict[str, Waiver]) -> Finding:
    waiver = waivers.get(finding.rule)
    return replace(finding, state="suppressed", waiver=waiver) if waiver is not None else finding


def _used(entry: WaiverEntry, found: tuple[Finding, ...]) -> WaiverEntry:
    """The directive of the page with what it waived of these findings."""
    count = sum(finding.waiver == entry.waiver and finding.rule in entry.rules for finding in found)
    return replace(entry, status="used", findings=entry.findings + count) if count else entry


def _forget(known: dict[str, Any], most: int) -> None:
    while len(known) > most:
        del known[next(iter(known))]
