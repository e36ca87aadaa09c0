"""How fast a host is asked: so many requests at a time, so long between two, and not at all while it wants to be left alone."""

from __future__ import annotations

import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import anyio

from checker.sources.stream import HostState


class Closed(Exception):
    """A host that asked to be left alone for longer than we wait; `seconds` are left."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"the host asks to be left alone for another {math.ceil(seconds)} s")


@dataclass(slots=True)
class _Host:
    slots: anyio.Semaphore
    delay: float
    next: float = -math.inf
    held: float = -math.inf
    closed: float = -math.inf
    asked: int = 0
    status: int | None = None


class Pace:
    """The hosts of a run. `delay` seconds lie between the starts of two requests; a host's own wish for more is heard up to `longest`."""

    def __init__(self, concurrency: int, delay: float, longest: float) -> None:
        self._concurrency = concurrency
        self._delay = delay
        self._longest = longest
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for one's turn, and have it. Raises Closed instead of waiting too long."""
        state = self._of(host)
        self._ask_open(state)
        async with state.slots:
            while (wait := max(state.next, state.held) - anyio.current_time()) > 0:
                self._ask_open(state)
                await anyio.sleep(wait)
            self._ask_open(state)
            state.next = anyio.current_time() + state.delay
            state.asked += 1
            yield

    def answered(self, host: str, status: int) -> None:
        """What the host said last."""
        self._of(host).status = status

    def hosts(self) -> list[HostState]:
        """How the hosts are. The clock of the event loop is the monotonic one, so that any thread may ask."""
        return [_state(host, state, time.monotonic()) for host, state in list(self._hosts.items())]

    def slow(self, host: str, delay: float) -> None:
        """The host asks for so many seconds between two requests."""
        state = self._of(host)
        state.delay = min(max(self._delay, delay), max(self._delay, self._longest))

    def hold(self, host: str, seconds: float) -> None:
        """The host asks not to be asked for so long; what is longer than we wait closes it."""
        now = anyio.current_time()
        state = self._of(host)
        if seconds > self._longest:
            state.closed = max(state.closed, now + seconds)
        else:
            state.held = max(state.held, now + seconds)

    def _of(self, host: str) -> _Host:
        state = self._hosts.get(host)
        if state is None:
            state = self._hosts[host] = _Host(anyio.Semaphore(self._concurrency), self._delay)
        return state

    @staticmethod
    def _ask_open(state: _Host) -> None:
        left = state.closed - anyio.current_time()
        if left > 0:
            raise Closed(left)


def _state(host: str, state: _Host, now: float) -> HostState:
    if state.closed > now:
        return HostState(host, state.asked, state.status, state.closed - now, "not asked again before it allows")
    if state.held > now:
        return HostState(host, state.asked, state.status, state.held - now, "waiting as it asked for")
    # Shorter delays than this would only flicker.
    if state.next - now > 0.5:
        return HostState(host, state.asked, state.status, state.next - now, "waiting between two requests")
    return HostState(host, state.asked, state.status)


def seconds_of(retry_after: str | None, now: float) -> float | None:
    """A Retry-After header in seconds from `now` (a time of the clock): a number, or a date; None for neither.

    >>> seconds_of("120", 0.0), seconds_of("Thu, 01 Jan 1970 00:01:00 GMT", 0.0), seconds_of("soon", 0.0)
    (120.0, 60.0, None)
    """
    text = (retry_after or "").strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(text[:60]).timestamp() - now)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
