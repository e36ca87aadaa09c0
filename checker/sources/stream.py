"""Pages that come one after another, from an archive or from the web: never all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from checker.model import Source
from checker.sources.files import judged
from checker.sources.inputs import Item

if TYPE_CHECKING:
    from checker.sources.page_links import PageLinks


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


@dataclass(frozen=True, slots=True)
class HostState:
    """A server that is asked: how often it was, its last status, and how many seconds it is waited for, and `why`."""

    host: str
    asked: int = 0
    status: int | None = None
    waits: float = 0.0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of asking for a page. `links`: where it leads, as far as that was looked at. `recalled`: by an earlier run, so without its bytes."""

    source: Source
    links: PageLinks | None = None
    recalled: bool = False


class Memory(Protocol):
    """What a run that was cut had fetched."""

    def recall(self, url: str) -> Fetched | None:
        """The next page that it had, if it is this one and needs not be fetched again; once it is not, nothing more is remembered."""
        ...

    def keep(self, url: str, fetched: Fetched, *, is_item: bool) -> None:
        """Write down what came of an address. `is_item`: it is a page, or told as one that could not be checked."""
        ...


def fetched(urls: Sequence[str], fetcher: Fetcher, memory: Memory | None) -> Iterator[tuple[str, Fetched]]:
    """Pages in the order of their addresses: first those that an earlier run had, then the others."""
    at = 0
    while memory is not None and at < len(urls) and (known := memory.recall(urls[at])) is not None:
        yield urls[at], known
        at += 1
    rest = urls[at:]
    for url, source in zip(rest, fetcher.fetch_all(rest) if rest else (), strict=True):
        yield url, Fetched(judged(source) if source.body is not None and source.reason is None else source)
