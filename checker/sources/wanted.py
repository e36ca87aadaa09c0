"""Which of the pages that are found are wanted: patterns, hosts, and the time of the last change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from checker.scopes import Scope, is_address
from checker.sources.addresses import LONGEST, not_a_page, path_of
from checker.sources.lastmod import latest


@dataclass(frozen=True, slots=True)
class Wanted:
    """`include` and `exclude` are None where nothing was said. `hosts`: those that sitemaps may name beside their own; `any_host`: all of them.

    `since`: pages whose last change is told and older are not wanted.
    """

    include: Scope | None = None
    exclude: Scope | None = None
    since: datetime | None = None
    hosts: frozenset[str] = frozenset()
    any_host: bool = False

    @staticmethod
    def scope(patterns: Iterable[str]) -> Scope | None:
        """Patterns of addresses, and of their paths with or without the first slash; None for no pattern.

        >>> Wanted.scope(["/reviews/", "https://tea.example/*"])
        Scope(paths=('reviews/',), urls=('https://tea.example/*',))
        """
        told = [each if is_address(each) else each.lstrip("/") for each in patterns]
        return Scope.of(told) if told else None

    def excluded(self, url: str) -> bool:
        """Whether `--exclude` speaks of it."""
        return self.exclude is not None and self.exclude.holds(path_of(url)[1:], url)

    def included(self, url: str) -> bool:
        """Whether `--include` speaks of it, or nothing was said."""
        return self.include is None or self.include.holds(path_of(url)[1:], url)

    def too_old(self, changed: str | None) -> bool | None:
        """Whether it was last changed before `since`; None where nobody knows."""
        if self.since is None:
            return False
        told = latest(changed)
        return None if told is None else told < self.since


def no_page(url: str) -> tuple[str, str] | None:
    """Why an address alone says that there is nothing to read: what to tell, and the kind of reason."""
    if len(url) > LONGEST:
        return f"its address has {len(url):,} characters", f"an address of more than {LONGEST:,} characters"
    kind = not_a_page(url)
    return (f"it is named like {kind}, which is no page",) * 2 if kind else None
