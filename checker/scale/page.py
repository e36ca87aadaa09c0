"""One page from source to report. Whatever goes wrong inside ends in a report that says so, never in an exception."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from checker.engine.cause import with_causes
from checker.engine.inline import Waived, waive_inline, waived_at
from checker.engine.judge import Judgement, judge
from checker.engine.plan import Plan
from checker.engine.plans import Plans
from checker.engine.rendered import judge_drawn
from checker.engine.story import story_of
from checker.engine.waive import Terms
from checker.facts import Page, Spot
from checker.lexicon import Lexicon
from checker.lexicon.notices import Statement
from checker.model import NotCheckedReason, PageReport, Source, Story, Waiver
from checker.page.reader import CannotRead, Reading, located, read
from checker.page.written_labels import label_reader
from checker.scale.blocks import with_outline
from checker.scale.collector import uncollected
from checker.scale.key import page_key, path_key
from checker.scale.rulebook import Rulebook
from checker.site import Site

if TYPE_CHECKING:
    from checker.render.renderer import Drawing, Markup
    from checker.scale.freeze import Freeze
    from checker.sources.picture_files import MakerWords

_ANYWHERE = Site()


@dataclass(frozen=True, slots=True)
class Heed:
    """How directives in pages count: `terms` hold for all waivers, `policy` says for which pages (local: those that were not fetched)."""

    terms: Terms
    policy: str = "local"


class Draws(Protocol):
    """Whoever has pages drawn."""

    def draw(self, source: Source, markup: Markup, reread: Callable[[Source], Markup | None]) -> Drawing | None:
        """The page as it is drawn, None where it is not. `reread`: what is made of its source as scripts have left it."""
        ...

    def kept(self, report: PageReport, source: Source, page: Page, text: str) -> PageReport:
        """The report of a page that was just drawn and judged, once its pictures are taken and its evidence is kept."""
        ...


class Freezes(Protocol):
    """Whoever keeps copies of pages."""

    def kept(self, report: PageReport, source: Source, page: Page, freeze: Freeze) -> PageReport:
        """The report of a page that was just judged, once its copy is kept. `freeze` makes it."""
        ...


@uncollected
def check_page(
    source: Source,
    rulebook: Rulebook,
    plans: Plans,
    clock: Callable[[], float] | None = None,
    makers: MakerWords | None = None,
    site: Site = _ANYWHERE,
    heed: Heed | None = None,
    drawer: Draws | None = None,
    *,
    outline: bool = False,
    freezer: Freezes | None = None,
) -> PageReport:
    """Judge one page. `clock` is read around each rule where their cost is wanted; with `makers` the files of the page's pictures are read.

    With a `drawer` a browser draws the page, and it is judged as readers see it. Directives in the page count as `heed` says; without it as they do
    by default. With `outline` the report keeps the page's blocks; with a `freezer` a copy of the page is kept beside it.
    """
    if source.reason is not None:
        return _not_checked(source, site, source.reason, source.detail)
    try:
        found = _published(source, site)
        reading = read(found, rulebook.lexicon, site)
        key = page_key(source.name, reading.page.url or site.remapped(found.url), rulebook.tracking, site.folder)
        # What a page says of its own address must not lead it to other rules where somebody knows better.
        address = site.remapped(found.url) or reading.page.url
        page, pictures = _with_pictures(reading.with_directives(), source, makers)
        plan = plans.of(page, site.path(source.name), address)
        texts = reading.passages() if "passages" in plan.reads else ()
        drawing = _drawn(drawer, found, page, reading, rulebook.lexicon, site) if drawer is not None else None
        judgement = _judged(replace(page, passages=texts) if texts else page, plan, key, reading, clock, drawing, rulebook.lexicon)
        if heed is None and page.directives:
            heed = Heed(Terms.of(rulebook.rules))
        left = judgement if heed is None else waive_inline(judgement, page, plan, key, heed.terms, policy=heed.policy, fetched=source.fetched)
        story = _story(page, key, site.remapped(found.url), plan, _Around(rulebook, site, heed, source.fetched), reading.places.locate)
    except CannotRead as fault:
        return _not_checked(source, site, fault.reason, fault.detail)
    except Exception as fault:  # noqa: BLE001 - one page must not end the run; it is reported as not checked
        return _not_checked(source, site, NotCheckedReason.CRASHED, _told(fault))
    report = PageReport(
        source=source.name,
        status="checked",
        page_key=key,
        page=page,
        profiles=plan.profiles,
        waivers=left.entries if isinstance(left, Waived) else (),
        findings=with_causes(left.findings, reading.trail),
        outcomes=left.outcomes,
        problems=(*judgement.problems, *(left.problems if isinstance(left, Waived) else ())),
        picture_files=pictures,
        unlocated=sum(evidence.spot.line is None for finding in judgement.findings for evidence in finding.evidence),
        seconds=judgement.seconds,
        sha256=reading.sha256,
        http=source.http,
        address=address,
        story=story,
        drawn=drawing.drawn if drawing is not None else None,
        seen=judgement.seen,
        contradictions=judgement.contradictions,
    )
    report = with_outline(report, reading.outline) if outline else report
    report = freezer.kept(report, found, page, reading.freeze) if freezer is not None else report
    return drawer.kept(report, found, page, reading.places.text) if drawer is not None else report


def _judged(
    page: Page, plan: Plan, key: str, reading: Reading, clock: Callable[[], float] | None, drawing: Drawing | None, lexicon: Lexicon
) -> Judgement:
    if drawing is None:
        return judge(page, plan, key, reading.places.locate, clock)
    places, language = reading.places, page.language
    label_of = label_reader(lexicon.notices, lexicon.markup, language)

    def said_in(text: str) -> list[Statement]:
        return lexicon.notices.judge(text, [language.split("-")[0]] if language else [])

    return judge_drawn(page, drawing.drawn, plan, key, places.locate, clock, label_of, drawing.ran, said_in)


def _drawn(drawer: Draws, source: Source, page: Page, reading: Reading, lexicon: Lexicon, site: Site) -> Drawing | None:
    """The page as a browser draws it; what scripts have made of it is read again."""
    from checker.render.renderer import Markup

    def reread(ran: Source) -> Markup | None:
        try:
            again = read(ran, lexicon, site)
        except CannotRead:
            return None
        return Markup(again.page, again.places.text, again.places.locate)

    return drawer.draw(source, Markup(page, reading.places.text, reading.places.locate), reread)


@dataclass(frozen=True, slots=True)
class _Around:
    """What there is to know beside a page where its story is told."""

    rulebook: Rulebook
    site: Site
    heed: Heed | None
    fetched: bool


def _story(page: Page, key: str, own: str | None, plan: Plan, around: _Around, locate: Callable[[Spot], Spot]) -> Story | None:
    """The story of a page that names other forms of itself."""
    tracking, site, heed = around.rulebook.tracking, around.site, around.heed

    def known_as(url: str) -> str:
        return tracking.strip(site.remapped(url) or url)

    def waived(spot: Spot | None) -> tuple[tuple[str, Waiver], ...]:
        rules = [task.rule.id for task in plan.twin_tasks]
        return waived_at(spot, page, rules, heed.terms, policy=heed.policy, fetched=around.fetched) if heed and rules else ()

    return story_of(page, key, own, known_as, locate, waived)


@uncollected
def read_page(source: Source, lexicon: Lexicon, makers: MakerWords | None = None, site: Site = _ANYWHERE) -> PageReport:
    """The facts of one page, every spot with its line and column; nothing is judged. `makers` as above."""
    if source.reason is not None:
        return _not_checked(source, site, source.reason, source.detail)
    try:
        reading = read(_published(source, site), lexicon, site)
        page, pictures = _with_pictures(located(reading.page, reading.places), source, makers)
    except CannotRead as fault:
        return _not_checked(source, site, fault.reason, fault.detail)
    except Exception as fault:  # noqa: BLE001 - as above
        return _not_checked(source, site, NotCheckedReason.CRASHED, _told(fault))
    return PageReport(
        source=source.name, status="checked", page_key=path_key(source.name, site.folder), page=page, picture_files=pictures, sha256=reading.sha256
    )


def _with_pictures(page: Page, source: Source, makers: MakerWords | None) -> tuple[Page, dict[str, int]]:
    """The page with what the files of its pictures say, where these are read, and how that went."""
    if makers is None:
        return page, {}
    from checker.sources.picture_files import PictureFault, with_files

    if source.path is None:  # standard input lies in no folder
        content = sum(image.content for image in page.images)
        return page, {PictureFault.ELSEWHERE: content} if content else {}
    found, counts = with_files(page, Path(source.path), words=makers)
    return found, dict(counts)


def _published(source: Source, site: Site) -> Source:
    """The source with the address at which it is published, where only the settings know it."""
    url = site.url(source.name) if source.url is None else None
    return replace(source, url=url) if url is not None else source


def _not_checked(source: Source, site: Site, reason: NotCheckedReason, detail: str | None) -> PageReport:
    return PageReport(
        source=source.name, status="not_checked", page_key=path_key(source.name, site.folder), http=source.http, reason=reason, detail=detail
    )


def _told(fault: Exception) -> str:
    """What went wrong and where, in one line; the last place in our own code is what a maintainer needs."""
    trace, place = fault.__traceback__, ""
    while trace:
        module = trace.tb_frame.f_globals.get("__name__", "")
        if module.startswith("checker."):
            place = f" in {module}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return f"reading it failed: {type(fault).__name__}{place}: {' '.join(str(fault).split())[:200]}".rstrip(": ")
