"""What became of everything that was found: discovered = items + skipped + left out + duplicates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from checker.sources.secrets import masked

# Of what was skipped for one reason so many are named; the others are counted.
NAMED = 1_000


@dataclass(eq=False)
class Ledger:
    """The counts of a stream, whole once its items are.

    `skipped` names what is no page or lies elsewhere, and why; `left_out` counts, by the reason, what the options leave out, and what is skipped
    beyond the thousandth for one reason. `notes` say something of pages that are items or duplicates. `undated`: kept although nothing says
    whether they changed since. `outside`: different links that lead out of the crawl, which are no discoveries.
    """

    discovered: int = 0
    duplicates: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)
    undated: int = 0
    outside: int = 0
    _told: Counter[str] = field(default_factory=Counter, repr=False)

    def skip(self, url: str, why: str, kind: str | None = None) -> None:
        """It is no page that we read. `kind`: the reason without what is peculiar to this one."""
        kind = kind or why
        self._told[kind] += 1
        if self._told[kind] <= NAMED:
            self.skipped.append((masked(url), why))
        else:
            self.leave_out(kind)

    def leave_out(self, why: str) -> None:
        """An option leaves it out."""
        self.left_out[why] = self.left_out.get(why, 0) + 1

    def note(self, url: str, what: str) -> None:
        """Something worth to be told of a page; the first thousand times."""
        if len(self.notes) < NAMED:
            self.notes.append((masked(url), what))

    @property
    def passed_over(self) -> int:
        """Everything that was discovered and is neither an item nor a duplicate."""
        return len(self.skipped) + sum(self.left_out.values())
