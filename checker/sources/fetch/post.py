"""One question that is posted to a server which the user named, through the same guards and with the same patience as pages are fetched."""

from __future__ import annotations

import ssl

import ada_url
import anyio
import httpcore2
import httpx2
from anyio.from_thread import start_blocking_portal

from checker.model import NotCheckedReason
from checker.sources.fetch import body, faults, guard
from checker.sources.fetch.ask import _PORTS, Asker, _plain
from checker.sources.fetch.backend import Resolver, Resolving, system_resolver
from checker.sources.fetch.fault import Fault
from checker.sources.fetch.settings import Fetching

_MOST = 1 << 20
_OK = 200


class _Poster(Asker):
    async def post(self, url: str, question: bytes, kind: str, accept: str) -> bytes:
        """The answer's body; no redirect is followed. Raises Fault."""
        plain = _plain(url)
        if plain is None:
            raise Fault(NotCheckedReason.FORBIDDEN_ADDRESS, "its address does not begin with http:// or https://")
        here = ada_url.URL(plain)
        headers = {"User-Agent": self._settings.user_agent, "Accept": accept, "Content-Type": kind, "Accept-Encoding": "identity"}
        request = httpx2.Request("POST", plain, content=question, headers=headers, extensions={"timeout": self._timeouts()})
        status, found = 0, b""
        with anyio.move_on_after(self._limits.page):
            try:
                guard.check_port(int(here.port or _PORTS[here.protocol]))
                async with self._answered(request, here) as response:
                    said, caps = response.headers, body.Caps(_MOST, _MOST, self._limits.archive_ratio)
                    found = await body.read(response.aiter_raw(), said.get("content-length"), said.get("content-encoding"), caps)
                    status = response.status_code
            except Exception as error:  # whatever a server does is told
                raise faults.of(error, self._limits) from error
        if status == _OK:
            return found
        raise Fault(NotCheckedReason.FETCH_FAILED, f"it answered with status {status}" if status else f"it took longer than {self._limits.page:g} s")


def posted(
    settings: Fetching,
    url: str,
    question: bytes,
    kind: str,
    accept: str,
    *,
    resolver: Resolver = system_resolver,
    secure: ssl.SSLContext | None = None,
) -> bytes:
    """What a server answers. Raises Fault; nothing is sent twice."""

    async def asked() -> bytes:
        resolving = Resolving(resolver, allow_private=settings.allow_private)
        poster = _Poster(settings, resolving, httpcore2.AnyIOBackend(), secure or httpx2.create_ssl_context())
        try:
            return await poster.post(url, question, kind, accept)
        finally:
            await poster.aclose()

    with start_blocking_portal("asyncio", name="asking") as portal:
        return portal.call(asked)
