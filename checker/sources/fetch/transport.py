"""httpx2's requests over pools of our own, because httpx2 itself lets nobody choose what a connection goes through."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator

import httpcore2
import httpx2

# Seconds that an idle connection is kept for the next page of its host.
_IDLE = 15.0


class _Stream(httpx2.AsyncByteStream):
    def __init__(self, response: httpcore2.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._response.aiter_stream():
            yield piece

    async def aclose(self) -> None:
        await self._response.aclose()


class Transport(httpx2.AsyncBaseTransport):
    """Sends requests as they are: no redirects, no cookies, nothing of the environment. Faults are those of httpcore2, and of the backend."""

    def __init__(self, backend: httpcore2.AsyncNetworkBackend, secure: ssl.SSLContext, most: int, proxy: str | None = None) -> None:
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=secure,
            proxy=_proxy(proxy) if proxy is not None else None,
            max_connections=most,
            keepalive_expiry=_IDLE,
            http2=True,
            network_backend=backend,
        )

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer, of which the body is not read yet."""
        response = await self._pool.handle_async_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path),
                headers=request.headers.raw,
                content=request.stream if request.method == "POST" else None,
                extensions=request.extensions,
            )
        )
        return httpx2.Response(response.status, headers=response.headers, stream=_Stream(response), request=request, extensions=response.extensions)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()


def _proxy(address: str) -> httpcore2.Proxy:
    url = httpx2.URL(address)
    auth = (url.username.encode(), url.password.encode()) if url.username else None
    target = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=b"/")
    return httpcore2.Proxy(target, auth=auth)
