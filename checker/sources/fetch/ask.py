"""One page, from its address to a source: its hops, each checked, paced and allowed anew; its attempts; its reason where there is no page."""

from __future__ import annotations

import ssl
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from http.cookiejar import CookieJar
from itertools import pairwise
from typing import Literal

import ada_url
import anyio
import httpcore2
import httpx2

from checker.model import Http, NotCheckedReason, Source
from checker.sources.fetch import answer, body, conditional, environment, faults, guard, identity
from checker.sources.fetch.backend import GuardedBackend, Resolving
from checker.sources.fetch.fault import Fault
from checker.sources.fetch.pace import Pace, seconds_of
from checker.sources.fetch.robots import MOST_BYTES, Robots
from checker.sources.fetch.settings import Fetching
from checker.sources.fetch.transport import Transport
from checker.sources.files import judged
from checker.sources.secrets import masked
from checker.sources.stream import HostState

Accept = Literal["page", "xml", "text", "part"]
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))
_PORTS = {"http:": 80, "https:": 443}
_MOST_ADDRESS = 8_192
# The body of a redirect that is short is read, so that the connection can be used again.
_SHORT = 16_384


@dataclass(slots=True)
class _Walk:
    """One attempt: where it began and is now. `scope` is its time, which stands still while others are waited for."""

    first: str
    accept: Accept
    caps: body.Caps
    scope: anyio.CancelScope
    jar: CookieJar
    robots: bool
    redirects: int
    url: str = ""
    # The last answer's.
    status: int = 0
    passed: list[str] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)

    def http(self, status: int, content_type: str | None) -> Http:
        return Http(status, content_type[:200] if content_type else None, tuple(masked(url) for url in self.passed), masked(self.url))

    def told(self) -> str | None:
        """What a reader of the report should know of the way."""
        steps = pairwise((*self.passed, self.url))
        led = any(before.startswith("https:") and after.startswith("http:") for before, after in steps)
        return "a redirect led from https to http" if led else None

    @contextmanager
    def paused(self) -> Iterator[None]:
        left = self.scope.deadline - anyio.current_time()
        self.scope.deadline = float("inf")
        try:
            yield
        finally:
            self.scope.deadline = anyio.current_time() + left


class Asker:
    """Asks servers in one event loop. `dialler` connects to addresses that were checked; `resolving` finds and checks them."""

    def __init__(self, settings: Fetching, resolving: Resolving, dialler: httpcore2.AsyncNetworkBackend, secure: ssl.SSLContext) -> None:
        self._settings = settings
        self._limits = settings.limits
        self._resolving = resolving
        self._dialler = dialler
        self._secure = secure
        self._direct = Transport(GuardedBackend(resolving, dialler), secure, 2 * settings.total)
        self._proxied: dict[str, Transport] = {}
        self._pace = Pace(settings.concurrency, settings.delay, settings.longest_wait)
        self._all = anyio.Semaphore(settings.total)
        self._robots = Robots(self._robots_file)
        self._store = conditional.Store(settings.cache, self._limits.body_bytes) if settings.cache is not None else None

    async def aclose(self) -> None:
        """Close all connections."""
        for transport in (self._direct, *self._proxied.values()):
            await transport.aclose()

    def hosts(self) -> list[HostState]:
        """See `Client`."""
        return self._pace.hosts()

    async def source(self, url: str, accept: Accept) -> Source:
        """What is at an address, or the reason why there is nothing."""
        plain = _plain(url)
        if accept == "text" and plain is not None and plain.endswith("/robots.txt") and plain.count("/") == 3:
            return replace((await self._robots.rules(plain.removesuffix("/robots.txt"))).source, name=masked(url))
        # What a page is drawn with is asked for as its readers' browsers do, who do not read robots.txt: the page itself was allowed. The pace that
        # the host wishes is kept all the same.
        return await self._attempts(url, accept, self._caps(accept), robots=accept == "page" and self._settings.robots)

    async def _robots_file(self, url: str) -> Source:
        limits = self._limits
        caps = body.Caps(min(limits.wire_bytes, 2 * MOST_BYTES), min(limits.body_bytes, MOST_BYTES), limits.archive_ratio, cut=True)
        return await self._attempts(url, "text", caps, robots=False, redirects=5)

    def _caps(self, accept: Accept) -> body.Caps:
        limits = self._limits
        if accept == "part":
            return body.Caps(limits.part_bytes, limits.part_bytes, limits.archive_ratio)
        most = limits.sitemap_bytes if accept == "xml" else limits.body_bytes
        return body.Caps(max(limits.wire_bytes, most) if accept == "xml" else limits.wire_bytes, most, limits.archive_ratio)

    async def _attempts(self, url: str, accept: Accept, caps: body.Caps, *, robots: bool, redirects: int | None = None) -> Source:
        import stamina

        name = masked(url)
        most = self._limits.redirects if redirects is None else redirects
        plain = _plain(url)
        if plain is None:
            return _without(name, Fault(NotCheckedReason.FORBIDDEN_ADDRESS, "only addresses that begin with http:// or https:// are fetched"))
        retries = stamina.retry_context(
            on=self._again,
            attempts=self._settings.attempts,
            timeout=None,
            wait_initial=self._settings.wait,
            wait_max=self._settings.longest_wait,
            wait_jitter=self._settings.wait / 2,
        )
        try:
            async for attempt in retries:
                with attempt:
                    return replace(await self._attempt(plain, accept, caps, robots=robots, redirects=most), name=name)
        except Fault as fault:
            return _without(name, fault)
        raise AssertionError("there is at least one attempt")

    async def _attempt(self, url: str, accept: Accept, caps: body.Caps, *, robots: bool, redirects: int) -> Source:
        """All hops within the time for a page. Raises Fault."""
        with anyio.move_on_after(self._limits.page) as scope:
            return await self._walked(_Walk(url, accept, caps, scope, identity.jar(self._settings), robots, redirects, url))
        raise Fault(NotCheckedReason.FETCH_FAILED, f"it took longer than {self._limits.page:g} s")

    def _again(self, error: Exception) -> bool | float:
        """Whether another attempt is due: True after the usual wait, or the seconds that the server asked for."""
        if not isinstance(error, Fault) or not error.again:
            return False
        if error.after is None:
            return True
        return error.after if error.after <= self._settings.longest_wait else False

    async def _walked(self, walk: _Walk) -> Source:
        """Follow the redirects to an answer. Raises Fault."""
        while True:
            here = ada_url.URL(walk.url)
            try:
                target = await self._hop(walk, here)
            except Fault:
                raise
            except Exception as error:  # whatever a server does is told, never raised
                raise faults.of(error, self._limits) from error
            if isinstance(target, Source):
                return target
            if len(walk.passed) >= walk.redirects:
                raise Fault(NotCheckedReason.CAPPED, f"more than {walk.redirects} redirects", http=walk.http(walk.status, None))
            walk.passed.append(walk.url)
            walk.url = target

    async def _hop(self, walk: _Walk, here: ada_url.URL) -> Source | str:
        """One request: a source, or the address that it leads to."""
        guard.check_port(int(here.port or _PORTS[here.protocol]))
        origin = f"{here.protocol}//{here.host}"
        with walk.paused():
            if walk.robots:
                rules = await self._robots.rules(origin)
                if (why := rules.why_not(walk.url)) is not None:
                    raise Fault(NotCheckedReason.ROBOTS, why)
                if rules.delay is not None:
                    self._pace.slow(here.hostname, rules.delay)
        sent = identity.headers_for(self._settings, origin, walk.accept)
        async with self._turn(walk, here.hostname):
            request = httpx2.Request("GET", walk.url, headers=sent, extensions={"timeout": self._timeouts()})
            cookies = httpx2.Cookies(walk.jar)
            cookies.set_cookie_header(request)
            cookie = request.headers.get("cookie", "")
            if (walk.url, cookie) in walk.seen:
                raise Fault(NotCheckedReason.FETCH_FAILED, "its redirects lead in a circle", http=walk.http(walk.status, None))
            walk.seen.add((walk.url, cookie))
            key = identity.key(walk.url, walk.accept, {**sent, "cookie": cookie})
            kept = self._store.find(key) if self._store is not None else None
            request.headers.update(kept.asks() if kept is not None else {})
            async with self._answered(request, here) as response:
                cookies.extract_cookies(response)
                return await self._taken(walk, here, response, key, kept)

    async def _taken(self, walk: _Walk, here: ada_url.URL, response: httpx2.Response, key: str, kept: conditional.Kept | None) -> Source | str:
        walk.status = response.status_code
        self._pace.answered(here.hostname, walk.status)
        status, headers = response.status_code, {name.lower(): value for name, value in response.headers.items()}
        location = headers.get("location", "").strip()
        if status in _REDIRECTS and location:
            return await self._next(walk, response, location, headers.get("content-length"))
        if status == 304 and kept is not None:
            return self._source(walk, 200, kept.content_type, kept.body)
        told = answer.by_status(status, headers)
        content_type = headers.get("content-type")
        http = walk.http(status, content_type)
        if told is not None:
            after = seconds_of(headers.get("retry-after"), time.time()) if status in _AGAIN else None
            if after is not None:
                self._pace.hold(here.hostname, after)
            raise Fault(*told, again=status in _AGAIN, after=after, http=http)
        if walk.accept == "page" and (told := answer.by_type(content_type)) is not None:
            raise Fault(*told, http=http)
        try:
            found = await body.read(response.aiter_raw(), headers.get("content-length"), headers.get("content-encoding"), walk.caps)
        except Exception as error:
            fault = faults.of(error, self._limits, in_body=True)
            fault.http = http
            raise fault from error
        source = replace(self._source(walk, status, content_type, found), robots=answer.robots(response.headers.get_list("x-robots-tag")))
        if self._store is not None and source.reason is None and status == 200 and conditional.keepable(headers):
            self._store.keep(key, conditional.Kept(headers.get("etag"), headers.get("last-modified"), content_type, found))
        return source

    def _source(self, walk: _Walk, status: int, content_type: str | None, found: bytes) -> Source:
        """The page, or what it is instead."""
        http = walk.http(status, content_type)
        source = Source(http.url, found, url=http.url, charset=answer.charset(content_type), detail=walk.told(), fetched=True, http=http)
        if walk.accept != "page":
            return source
        if (told := answer.by_content(walk.first, walk.url, found, content_type)) is not None:
            raise Fault(*told, http=http)
        no_page = judged(source, self._limits.body_bytes)
        if no_page.reason is not None:
            return replace(source, body=None, reason=no_page.reason, detail=no_page.detail)
        return source

    async def _next(self, walk: _Walk, response: httpx2.Response, location: str, length: str | None) -> str:
        target = _plain(location, walk.url)
        if target is None:
            raise Fault(
                NotCheckedReason.FORBIDDEN_ADDRESS, "it leads to an address that is not of the web", http=walk.http(response.status_code, None)
            )
        if length is not None and length.isdecimal() and int(length) <= _SHORT:
            async for _ in response.aiter_raw():
                pass
        return target

    @asynccontextmanager
    async def _turn(self, walk: _Walk, host: str) -> AsyncIterator[None]:
        """One's turn at the host, and among all."""
        turn = self._pace.turn(host)
        with walk.paused():
            await turn.__aenter__()
        try:
            with walk.paused():
                await self._all.acquire()
            try:
                yield
            finally:
                self._all.release()
        finally:
            await turn.__aexit__(None, None, None)

    @asynccontextmanager
    async def _answered(self, request: httpx2.Request, here: ada_url.URL) -> AsyncIterator[httpx2.Response]:
        """Send, and leave the connection as it must be left."""
        transport = await self._way(here)
        response = await transport.handle_async_request(request)
        try:
            yield response
        finally:
            whole = response.is_stream_consumed
            with anyio.CancelScope(shield=True):
                await response.aclose()
                if not whole and response.extensions.get("http_version") == b"HTTP/2":
                    # What still comes of it would fill the window that its neighbours share.
                    await response.extensions["network_stream"].aclose()

    async def _way(self, here: ada_url.URL) -> Transport:
        """To the host itself, or to a proxy: there the name is checked before it is handed on, and no connection of ours can be."""
        scheme, port = here.protocol.rstrip(":"), int(here.port or _PORTS[here.protocol])
        proxy = environment.goes_through(self._settings.proxies, scheme, here.hostname)
        if proxy is None:
            return self._direct
        if not self._settings.allow_private:
            await self._resolving.addresses(here.hostname, port, self._limits.connect)
        if proxy not in self._proxied:
            own = GuardedBackend(self._resolving.unguarded(), self._dialler)
            self._proxied[proxy] = Transport(own, self._secure, 2 * self._settings.total, proxy)
        return self._proxied[proxy]

    def _timeouts(self) -> dict[str, float | None]:
        limits = self._limits
        return {"connect": limits.connect, "read": limits.read, "write": limits.read, "pool": None}


def _without(name: str, fault: Fault) -> Source:
    return Source(name, url=fault.http.url if fault.http else name, reason=fault.reason, detail=fault.detail, fetched=True, http=fault.http)


def _plain(url: str, base: str | None = None) -> str | None:
    """A web address as browsers read it, without user, password and fragment; None for any other."""
    try:
        found = ada_url.URL(url.strip(), base=base) if len(url) <= _MOST_ADDRESS else None
    except ValueError:
        return None
    if found is None or found.protocol not in _PORTS or not found.hostname:
        return None
    found.username = found.password = ""
    return str(found.href).partition("#")[0]
