"""Which authors, sections and networks the findings are on, and what they have in common, the most first: for people. JSON has them whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checker.report.paint import one_line
from checker.report.summary import Share, Summary

MOST_ROWS = 20
COLUMNS = ("pages", "with findings", "violations", "to review")


@dataclass(frozen=True, slots=True)
class Table:
    """Names of one kind with their pages; `more` are left out. A page with two authors is in the rows of both."""

    kind: str
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    more: int

    @property
    def rest(self) -> str:
        """What is left out, in words; "" where nothing is."""
        return f"and {self.more} more {self.kind}{'s' * (self.more != 1)}" if self.more else ""


def tables(summary: Summary, most: int = MOST_ROWS) -> tuple[Table, ...]:
    """Those of a run; none where no page was checked."""
    kinds = (("author", summary.by_author), ("section", summary.by_section), ("network", summary.by_network))
    return tuple(_table(kind, shares, most) for kind, shares in kinds if shares)


def cause_lines(summary: Summary) -> Iterator[str]:
    """A line for each of the most common causes: counts, the cause, and a page that has it."""
    for cause, count in summary.causes.rows():
        findings = f"{count.findings} finding{'s' * (count.findings != 1)}"
        pages = f"{count.pages} page{'s' * (count.pages != 1)}"
        yield f"{findings} on {pages}: {one_line(cause)} (as in {one_line(count.example)})"
    if summary.causes.rest:
        yield summary.causes.rest


def _table(kind: str, shares: Mapping[str | None, Share], most: int) -> Table:
    ordered = sorted(shares.items(), key=lambda pair: (-_findings(pair[1]), -pair[1].pages, pair[0] is None, pair[0] or ""))
    rows = tuple((f"(no {kind})" if name is None else name, _numbers(share)) for name, share in ordered[:most])
    return Table(kind, rows, max(0, len(ordered) - most))


def _findings(share: Share) -> int:
    return share.violations + share.needs_review


def _numbers(share: Share) -> tuple[int, ...]:
    return share.pages, share.with_findings, share.violations, share.needs_review
