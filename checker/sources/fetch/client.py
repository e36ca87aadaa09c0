"""Fetching for callers that wait: one thread of its own holds the event loop, and whoever closes ends it and all connections.

An event loop rather than threads, because a request that is no longer wanted can be ended at once, wherever it waits: at the cap for the whole page,
when the caller stops in the middle, on Ctrl-C.
"""

from __future__ import annotations

import ssl
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, suppress
from types import TracebackType
from typing import Self

import httpcore2
import httpx2
from anyio.from_thread import BlockingPortal, start_blocking_portal

from checker.model import NotCheckedReason, Source
from checker.sources.fetch.ask import Accept, Asker
from checker.sources.fetch.backend import Resolver, Resolving, system_resolver
from checker.sources.fetch.settings import Fetching
from checker.sources.secrets import masked
from checker.sources.stream import HostState


class Client:
    """The `Fetcher` of `checker.sources.stream`. Use it in a `with` block, or `close` it.

    `resolver`, `dialler` and `secure` (for certificates) stand in for those of the machine.
    """

    def __init__(
        self,
        settings: Fetching,
        *,
        resolver: Resolver = system_resolver,
        dialler: httpcore2.AsyncNetworkBackend | None = None,
        secure: ssl.SSLContext | None = None,
    ) -> None:
        self._settings = settings
        self._resolving = Resolving(resolver, allow_private=settings.allow_private)
        self._dialler = dialler or httpcore2.AnyIOBackend()
        self._secure = secure
        self._stack = ExitStack()
        self._portal: BlockingPortal | None = None
        self._asker: Asker | None = None
        self._waiting: set[Future[Source]] = set()
        self._closed = False

    def fetch(self, url: str, accept: Accept = "page") -> Source:
        """What is at an address. Never raises for what a server does."""
        future = self._begin(url, accept)
        try:
            return future.result()
        finally:
            self._drop(future)

    def part(self, url: str, within: float) -> Source:
        """A style sheet, a font, or a picture that a page is drawn with, whatever its type; `within`: seconds, with all waiting for the host."""
        future = self._begin(url, "part")
        try:
            return future.result(within)
        except TimeoutError:
            told = masked(url)
            return Source(told, url=told, reason=NotCheckedReason.FETCH_FAILED, detail=f"it took longer than {within:.3g} s", fetched=True)
        finally:
            self._drop(future)

    def fetch_all(self, urls: Iterable[str]) -> Iterator[Source]:
        """Pages in the order of their addresses; so many as are asked for at a time, twice over, are held at most."""
        most = 2 * self._settings.total
        futures: deque[Future[Source]] = deque()
        try:
            for url in urls:
                futures.append(self._begin(url, "page"))
                if len(futures) >= most:
                    yield self._taken(futures)
            while futures:
                yield self._taken(futures)
        finally:
            for future in futures:
                self._drop(future)

    def hosts(self) -> list[HostState]:
        """How the servers are that are asked; from any thread."""
        return self._asker.hosts() if self._asker is not None else []

    def close(self) -> None:
        """End all requests, connections and the thread; more than once is no harm."""
        self._closed = True
        portal, self._portal = self._portal, None
        if portal is None:
            return
        for future in list(self._waiting):
            self._drop(future)
        try:
            if self._asker is not None:
                portal.call(self._asker.aclose)
        finally:
            with suppress(RuntimeError):
                portal.call(portal.stop, True)
            self._stack.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _begin(self, url: str, accept: Accept) -> Future[Source]:
        if self._closed:
            raise RuntimeError("the client is closed")
        if self._portal is None:
            self._portal = self._stack.enter_context(start_blocking_portal("asyncio", name="fetching"))
            self._asker = self._portal.call(self._made)
        assert self._asker is not None  # noqa: S101 - for the types
        future = self._portal.start_task_soon(self._asker.source, url, accept)
        self._waiting.add(future)
        return future

    async def _made(self) -> Asker:
        import stamina.instrumentation

        # It would print a line for each attempt, on whatever standard output or error are for.
        stamina.instrumentation.set_on_retry_hooks(())
        return Asker(self._settings, self._resolving, self._dialler, self._secure or httpx2.create_ssl_context())

    def _taken(self, futures: deque[Future[Source]]) -> Source:
        try:
            found = futures[0].result()
        finally:
            self._drop(futures.popleft())
        return found

    def _drop(self, future: Future[Source]) -> None:
        self._waiting.discard(future)
        future.cancel()
