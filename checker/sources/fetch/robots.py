"""What a host's robots.txt allows (RFC 9309): it is asked for once, kept while the run lasts, and what it does not say is allowed."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import anyio

from checker.model import NotCheckedReason, Source

if TYPE_CHECKING:
    from protego import Protego

# As a crawler is called in the file, without a version.
AGENT = "disclosure-checker"
# RFC 9309, 2.5: at least so much of the file is read.
MOST_BYTES = 512_000
_MOST_HOSTS = 2_000


@dataclass(frozen=True, slots=True)
class Rules:
    """`refused`: why nothing at all is allowed. `delay`: seconds between two requests, as the host wishes. `source`: the file as it came."""

    source: Source
    parsed: Protego | None = None
    refused: str | None = None
    delay: float | None = None

    def why_not(self, url: str) -> str | None:
        """Why an address must not be asked for, or None."""
        if self.refused is not None:
            return self.refused
        if self.parsed is not None and not self.parsed.can_fetch(url, AGENT):
            return "the host's robots.txt does not allow it"
        return None


class Robots:
    """The rules of all hosts that were asked. `fetch` brings a robots.txt by its address."""

    def __init__(self, fetch: Callable[[str], Awaitable[Source]]) -> None:
        self._fetch = fetch
        self._known: OrderedDict[str, Rules] = OrderedDict()
        self._locks: dict[str, anyio.Lock] = {}

    async def rules(self, origin: str) -> Rules:
        """Those of an origin (`https://example.org`)."""
        # Many pages of a host come at once, and one of them asks.
        lock = self._locks.setdefault(origin, anyio.Lock())
        async with lock:
            known = self._known.get(origin)
            if known is None:
                known = read(await self._fetch(f"{origin}/robots.txt"))
                self._known[origin] = known
                if len(self._known) > _MOST_HOSTS:
                    oldest, _ = self._known.popitem(last=False)
                    if not self._locks[oldest].locked():
                        del self._locks[oldest]
            return known


def read(source: Source) -> Rules:
    """The rules in a robots.txt; a host that has none allows everything, and one that fails to say allows nothing."""
    if source.body is None:
        status = source.http.status if source.http is not None else None
        if source.reason is NotCheckedReason.FORBIDDEN_ADDRESS or (status is not None and 300 <= status < 500):
            return Rules(source)  # a page behind a forbidden address says so itself
        return Rules(source, refused=f"the host's robots.txt cannot be read, so nothing is allowed: {source.detail}")
    from protego import Protego

    try:
        parsed = Protego.parse(source.body.decode("utf-8", "replace").removeprefix("\ufeff"))
        delay = parsed.crawl_delay(AGENT)
    except (ValueError, RecursionError, OverflowError) as fault:
        return Rules(source, refused=f"the host's robots.txt cannot be understood ({type(fault).__name__})")
    return Rules(source, parsed, delay=delay if delay is not None and math.isfinite(delay) and delay > 0 else None)
