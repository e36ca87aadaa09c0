"""Pages that come one after another, from an archive or from the web: never all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, Protocol

from checker.model import Source
from checker.sources.inputs import Item


class Stream(Protocol):
    """Items with their bytes, and the ledger of what was found besides; the ledger is whole once the items are.

    `discovered` counts everything that was found, `skipped` names what is no page or was not wanted, and why, `left_out` counts by the reason what is
    too much to be named, `duplicates` counts pages found again. `notes` say something of single pages.
    """

    discovered: int
    skipped: list[tuple[str, str]]
    left_out: dict[str, int]
    notes: list[tuple[str, str]]
    duplicates: int

    def __iter__(self) -> Iterator[Item]:
        """The pages, each once."""
        ...


class Fetcher(Protocol):
    """Whoever asks servers. Whatever a server does becomes a source with its reason, never an exception."""

    def fetch(self, url: str, accept: Literal["page", "xml", "text"] = "page") -> Source:
        """What is at an address."""
        ...

    def fetch_all(self, urls: Iterable[str]) -> Iterator[Source]:
        """Pages in the order of their addresses; few of them are held at a time."""
        ...
