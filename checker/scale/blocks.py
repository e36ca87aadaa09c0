"""The outline of a page in its report, and in which of its blocks the evidence of each finding stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from checker.facts import Page, Spot
from checker.model import Evidence, PageReport

if TYPE_CHECKING:
    from checker.page.outline import Outline


def with_outline(report: PageReport, outline: Callable[[Page, Iterable[Spot]], Outline]) -> PageReport:
    """The report with the outline of its page, whose facts it has. What goes wrong is a problem of the page, and the rest is told."""
    shows = report.story.shows if report.story else None
    first = shows.evidence if shows else None
    evidence = [each for finding in report.findings for each in finding.evidence] + ([first] if first else [])
    if report.page is None:
        return report
    try:
        found = outline(report.page, [each.spot for each in evidence])
    except Exception as fault:  # noqa: BLE001 - findings must not be lost because of how they are shown
        why = f"its outline could not be made: {type(fault).__name__}: {' '.join(str(fault).split())[:200]}"
        return replace(report, problems=(*report.problems, why))

    def placed(each: Evidence) -> Evidence:
        return replace(each, block=found.block(each.spot))

    story = report.story
    if story is not None and shows is not None and first is not None:
        story = replace(story, shows=replace(shows, evidence=placed(first)))
    findings = tuple(replace(finding, evidence=tuple(map(placed, finding.evidence))) for finding in report.findings)
    return replace(report, findings=findings, story=story, outline=found.blocks)
