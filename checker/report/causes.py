"""Findings by what they have in common: the rule and where in the markup they stand. Thousands of findings of a site have few causes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from checker.model import Finding

MOST_ROWS = 20
# A run of any length holds no more than these; where every page is built by hand no table of causes says much.
_MOST = 5_000


@dataclass(slots=True)
class CauseCount:
    """How many findings have it, on how many pages, and the first of these."""

    findings: int = 0
    pages: int = 0
    example: str = ""


@dataclass(slots=True)
class Causes:
    """Running counts. `left_out`: findings whose causes were too many to be told apart."""

    found: dict[str, CauseCount] = field(default_factory=dict)
    left_out: int = 0

    def add(self, findings: Iterable[Finding], source: str) -> None:
        """Count the findings of one page."""
        here: dict[str, int] = {}
        for finding in findings:
            if finding.cause is not None:
                here[finding.cause] = here.get(finding.cause, 0) + 1
        for cause, number in here.items():
            count = self.found.get(cause)
            if count is None:
                if len(self.found) >= _MOST:
                    self.left_out += number
                    continue
                count = self.found[cause] = CauseCount(example=source)
            count.findings += number
            count.pages += 1

    def rows(self) -> list[tuple[str, CauseCount]]:
        """The most common, those on most pages first."""
        ordered = sorted(self.found.items(), key=lambda pair: (-pair[1].pages, -pair[1].findings, pair[0]))
        return ordered[:MOST_ROWS]

    @property
    def beyond(self) -> tuple[int, int]:
        """How many causes the rows leave out, and how many findings have these or one of those that were too many."""
        told = sum(count.findings for _, count in self.rows())
        return max(0, len(self.found) - MOST_ROWS), sum(count.findings for count in self.found.values()) - told + self.left_out

    @property
    def rest(self) -> str:
        """What is left out of the rows, in words; "" where nothing is."""
        more = max(0, len(self.found) - MOST_ROWS)
        told = [f"and {more} more cause{'s' * (more != 1)}"] if more else []
        told += [f"{self.left_out} finding{'s' * (self.left_out != 1)} with others"] if self.left_out else []
        return ", ".join(told)
