"""One page from source to report. Whatever goes wrong inside ends in a report that says so, never in an exception."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from checker.engine.judge import judge
from checker.engine.plans import Plans
from checker.facts import Page
from checker.lexicon import Lexicon
from checker.model import NotCheckedReason, PageReport, Source
from checker.page.reader import CannotRead, located, read
from checker.scale.key import page_key, path_key
from checker.scale.rulebook import Rulebook

if TYPE_CHECKING:
    from checker.sources.picture_files import MakerWords


def check_page(
    source: Source, rulebook: Rulebook, plans: Plans, clock: Callable[[], float] | None = None, makers: MakerWords | None = None
) -> PageReport:
    """Judge one page. `clock` is read around each rule where their cost is wanted; with `makers` the files of the page's pictures are read."""
    if source.reason is not None:
        return _not_checked(source, source.reason, source.detail)
    try:
        reading = read(source, rulebook.lexicon)
        key = page_key(source.name, reading.page.url or source.url, rulebook.tracking)
        page, pictures = _with_pictures(reading.page, source, makers)
        plan = plans.of(page)
        texts = reading.passages() if "passages" in plan.reads else ()
        judgement = judge(replace(page, passages=texts) if texts else page, plan, key, reading.places.locate, clock)
    except CannotRead as fault:
        return _not_checked(source, fault.reason, fault.detail)
    except Exception as fault:  # noqa: BLE001 - one page must not end the run; it is reported as not checked
        return _not_checked(source, NotCheckedReason.CRASHED, _told(fault))
    return PageReport(
        source=source.name,
        status="checked",
        page_key=key,
        page=page,
        profiles=plan.profiles,
        findings=judgement.findings,
        outcomes=judgement.outcomes,
        problems=judgement.problems,
        picture_files=pictures,
        unlocated=sum(evidence.spot.line is None for finding in judgement.findings for evidence in finding.evidence),
        seconds=judgement.seconds,
        sha256=reading.sha256,
    )


def read_page(source: Source, lexicon: Lexicon, makers: MakerWords | None = None) -> PageReport:
    """The facts of one page, every spot with its line and column; nothing is judged. `makers` as above."""
    if source.reason is not None:
        return _not_checked(source, source.reason, source.detail)
    try:
        reading = read(source, lexicon)
        page, pictures = _with_pictures(located(reading.page, reading.places), source, makers)
    except CannotRead as fault:
        return _not_checked(source, fault.reason, fault.detail)
    except Exception as fault:  # noqa: BLE001 - as above
        return _not_checked(source, NotCheckedReason.CRASHED, _told(fault))
    return PageReport(source=source.name, status="checked", page_key=path_key(source.name), page=page, picture_files=pictures, sha256=reading.sha256)


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


def _not_checked(source: Source, reason: NotCheckedReason, detail: str | None) -> PageReport:
    return PageReport(source=source.name, status="not_checked", page_key=path_key(source.name), reason=reason, detail=detail)


def _told(fault: Exception) -> str:
    """What went wrong and where, in one line; the last place in our own code is what a maintainer needs."""
    trace, place = fault.__traceback__, ""
    while trace:
        module = trace.tb_frame.f_globals.get("__name__", "")
        if module.startswith("checker."):
            place = f" in {module}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return f"reading it failed: {type(fault).__name__}{place}: {' '.join(str(fault).split())[:200]}".rstrip(": ")
