"""A server on loopback that does what it is told, also what no server should, and a client that dials nowhere else."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

pytest.importorskip("httpcore2", reason="httpx2 is not installed")

import httpcore2

from checker.sources.fetch.client import Client
from checker.sources.fetch.settings import Fetching
from checker.sources.limits import Limits

PAGE = b"<!doctype html><html><head><title>A kettle for the lake house</title></head><body><h1>A kettle</h1><p>" + b"It boils water well. " * 90


@dataclass(frozen=True)
class Asked:
    path: str
    headers: dict[str, str]


# Bytes are sent, numbers are seconds of silence, None ends the connection.
Answer = Iterable[bytes | float | None]


def reply(
    body: bytes = PAGE, status: str = "200 OK", kind: str | None = "text/html; charset=utf-8", length: int | None = None, **headers: str
) -> bytes:
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    lines += [f"Content-Type: {kind}"] if kind is not None else []
    lines += [f"Content-Length: {len(body) if length is None else length}"]
    return "\r\n".join((*lines, "", "")).encode("latin-1") + body


@dataclass
class Site:
    url: str
    port: int
    routes: dict[str, Callable[[Asked], Answer]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    most_at_once: int = 0
    at_once: int = 0

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def says(self, path: str, *answers: bytes | float | None) -> str:
        self.routes[path] = lambda _: answers
        return self.url + path

    def says_in_turn(self, path: str, *answers: bytes) -> str:
        left = list(answers)
        self.routes[path] = lambda _: (left.pop(0) if len(left) > 1 else left[0],)
        return self.url + path


def _serve(site: Site, connection: socket.socket) -> None:
    with contextlib.suppress(OSError), connection:
        connection.settimeout(10)
        pending = b""
        while True:
            while b"\r\n\r\n" not in pending:
                piece = connection.recv(65_536)
                if not piece:
                    return
                pending += piece
            head, _, pending = pending.partition(b"\r\n\r\n")
            first, *rest = head.decode("latin-1").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
            asked = Asked(first.split(" ")[1], headers)
            site.asked.append(asked)
            site.at_once += 1
            site.most_at_once = max(site.most_at_once, site.at_once)
            try:
                route = site.routes.get(asked.path.partition("?")[0])
                for step in route(asked) if route else (reply(b"", "404 Not Found"),):
                    if step is None:
                        return
                    if isinstance(step, bytes):
                        connection.sendall(step)
                    else:
                        time.sleep(step)
            finally:
                site.at_once -= 1


@pytest.fixture
def site() -> Iterator[Site]:
    listening = socket.create_server(("127.0.0.1", 0), backlog=64)
    port = listening.getsockname()[1]
    made = Site(f"http://127.0.0.1:{port}", port)
    threads: list[threading.Thread] = []

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listening.accept()
                made.connections += 1
                threads.append(threading.Thread(target=_serve, args=(made, connection), daemon=True))
                threads[-1].start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    yield made
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(5)


class Loopback(httpcore2.AsyncNetworkBackend):
    """Dials addresses of loopback; any other is written down and dialled as the address that stands in for it."""

    def __init__(self, instead: dict[str, str] | None = None) -> None:
        self._real = httpcore2.AnyIOBackend()
        self._instead = instead or {}
        self.dialled: list[str] = []

    async def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None, socket_options: Any = None
    ) -> Any:
        self.dialled.append(host)
        host = self._instead.get(host, host)
        if not host.startswith("127."):
            raise httpcore2.ConnectError(f"a test would have dialled {host}")
        return await self._real.connect_tcp(host, port, timeout, local_address, socket_options)


def names(**known: Sequence[str]) -> Callable[[str, int], Sequence[str]]:
    """A resolver that knows these names (with `_` for a full stop) and addresses as they stand."""

    def resolve(host: str, port: int) -> Sequence[str]:
        found = known.get(host.replace(".", "_"))
        if found is not None:
            return found
        return [entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)]  # type: ignore[misc]

    return resolve


# Reading the certificates of the machine takes longer than most tests.
NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
FAST = Limits(connect=2.0, read=0.4, page=1.2)


@pytest.fixture
def client() -> Iterator[Callable[..., Client]]:
    """Makes clients that are closed in the end: quick, without robots.txt, allowed to ask loopback."""
    made: list[Client] = []

    def make(
        resolver: Callable[[str, int], Sequence[str]] | None = None, dialler: Loopback | None = None, secure: Any = None, **settings: Any
    ) -> Client:
        chosen = {"allow_private": True, "robots": False, "limits": FAST, "wait": 0.01, "attempts": 2, **settings}
        made.append(Client(Fetching(**chosen), resolver=resolver or names(), dialler=dialler or Loopback(), secure=secure or NOBODY))
        return made[-1]

    yield make
    for one in made:
        one.close()
    assert not [thread.name for thread in threading.enumerate() if thread.name == "fetching"]
