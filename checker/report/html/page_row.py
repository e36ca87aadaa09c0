"""One page as the lists of the report know it: all that it is found, sorted and counted by, and its worst fault in a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from checker.model import Finding, Outcome, PageReport
from checker.report.editor_page import STATES, state_of
from checker.report.html.names import Names
from checker.report.kinds import in_words, worst_first
from checker.report.paint import one_line
from checker.text import clip

# Longer than any real headline or path; what a hostile page makes longer is cut.
MOST = 300
STATUSES = ("checked", "not_checked", "skipped", "settings")
FINDING_STATES = ("new", "suppressed", "baselined")
SEVERITIES = ("error", "warning", "info")
# In this order a row stands in the file; the report's script reads it by these names.
COLUMNS = (
    "source", "title", "url", "status", "state", "authors", "section", "networks", "profiles", "type", "verdicts", "published", "language",
    "sentence", "reason", "findings",
)  # fmt: skip
# And each of its findings.
FINDING_COLUMNS = ("rule", "severity", "asks", "state", "cause")


@dataclass(slots=True)
class Tables:
    """What rows name by number."""

    authors: Names = field(default_factory=Names)
    sections: Names = field(default_factory=Names)
    networks: Names = field(default_factory=Names)
    profiles: Names = field(default_factory=Names)
    types: Names = field(default_factory=Names)
    verdicts: Names = field(default_factory=Names)
    causes: Names = field(default_factory=Names)
    rules: Names = field(default_factory=Names)
    texts: Names = field(default_factory=Names)

    def entry(self) -> dict[str, list[str]]:
        """All of them, as the report holds them."""
        return {name: getattr(self, name).entry() for name in self.__slots__}


def row_of(report: PageReport, tables: Tables) -> list[Any]:
    """The row, in the order of `COLUMNS`."""
    about = report.about
    told = about.verdicts if about else None
    return [
        one_line(report.source),
        shown(about.title) if about else None,
        shown((about.url if about else None) or report.address),
        STATUSES.index(report.status),
        STATES.index(state_of(report)),
        tables.authors.all_of(clip(one_line(name), MOST) for name in about.authors) if about else [],
        tables.sections.of(clip(one_line(about.section), MOST)) if about and about.section else None,
        tables.networks.all_of(map(one_line, about.networks)) if about else [],
        tables.profiles.all_of(report.profiles),
        tables.types.of(about.page_type) if about else None,
        tables.verdicts.all_of((told.affiliate_notice, told.author, told.image_credits)) if told else None,
        shown(about.published if about else None),
        shown(about.language if about else None),
        clip(one_line(_sentence(report)), MOST),
        str(report.reason) if report.reason else None,
        [_finding(each, tables) for each in report.findings],
    ]


def shown(text: str | None) -> str | None:
    """Page text in one line of bounded length."""
    return clip(one_line(text), MOST) if text is not None else None


def _sentence(report: PageReport) -> str:
    """What is wrong with it or what is asked, else why it was not checked."""
    new = worst_first(finding for finding in report.findings if finding.state == "new")
    if new:
        review = new[0].review
        return review.question if review and new[0].outcome is not Outcome.VIOLATION else in_words(new[0])
    return report.detail or ""


def _finding(finding: Finding, tables: Tables) -> list[Any]:
    asks = finding.outcome is not Outcome.VIOLATION
    cause = finding.cause.partition(" ")[2] if finding.cause else ""
    return [
        tables.rules.of(finding.rule),
        SEVERITIES.index(str(finding.severity)),
        int(asks),
        FINDING_STATES.index(finding.state),
        tables.causes.of(one_line(cause)),
    ]
