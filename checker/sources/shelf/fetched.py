"""What a page is drawn with, fetched from the network: once a run, and never more for a page than is allowed."""

from __future__ import annotations

import time
from typing import Protocol

from checker.model import Source
from checker.sources.shelf.held import Held, LastUsed, Refused, ShelfLimits

_ABSENT = (404, 410)


class PartFetcher(Protocol):
    """Whoever asks servers, as `checker.sources.fetch.client`. Whatever a server does becomes a source with its reason, never an exception."""

    def part(self, url: str, within: float) -> Source:
        """What is at an address, whatever its type; `within`: seconds."""
        ...


class Network:
    """The network for all pages of a run, with its last answers, refusals among them: a site has one style sheet for all of its pages."""

    def __init__(self, fetcher: PartFetcher, limits: ShelfLimits | None = None) -> None:
        self.limits = limits or ShelfLimits()
        self._fetcher = fetcher
        self._kept: LastUsed[Held | Refused | None] = LastUsed(self.limits.kept_bytes)

    def has(self, url: str) -> bool:
        """Whether an address needs not be asked for again."""
        return url in self._kept

    def ask(self, url: str, within: float) -> Held | Refused | None:
        """What is at an address."""
        if (kept := self._kept.get(url)) is not None:
            return kept[0]
        began = time.monotonic()
        found = _told(self._fetcher.part(url, within))
        # That one page had little time left says nothing for the next page.
        if not isinstance(found, Refused) or time.monotonic() - began < within:
            self._kept.keep(url, found, len(found.body) if isinstance(found, Held) else 0)
        return found


class Fetched:
    """What one page asks for. What it was given counts, not what had to be fetched, so that its turn in a run changes nothing but the time."""

    def __init__(self, network: Network) -> None:
        self._network, self._limits = network, network.limits
        self._counted: set[str] = set()
        self._bytes = 0
        self._seconds = 0.0

    def look(self, url: str) -> Held | Refused | None:
        """What is at an address, as far as the page may still ask."""
        if not url.startswith(("http://", "https://")):
            return None
        limits = self._limits
        again = url in self._counted
        if not again and len(self._counted) >= limits.requests:
            return Refused(f"the page asks for more than {limits.requests} things")
        if not again and self._bytes >= limits.bytes:
            return Refused(f"what the page asks for is larger than {limits.bytes >> 20} MB")
        left = limits.seconds - self._seconds
        if left <= 0 and not self._network.has(url):
            return Refused(f"what the page asks for took longer than {limits.seconds:g} s")
        began = time.monotonic()
        found = self._network.ask(url, left)
        self._seconds += time.monotonic() - began
        if not again:
            self._counted.add(url)
            self._bytes += len(found.body) if isinstance(found, Held) else 0
        return found


def _told(source: Source) -> Held | Refused | None:
    status = source.http.status if source.http is not None else 200
    if source.body is not None and source.reason is None:
        return Held(source.body, source.http.content_type if source.http is not None else None, status)
    return None if status in _ABSENT else Refused(source.detail or "it could not be fetched")
