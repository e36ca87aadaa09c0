"""One report, served to browsers on this machine: the page itself, and the events that tell when there is a newer one.

Nothing else can be asked for, and nothing but GET and HEAD is understood. Whoever asks by another name than the one that was printed may be a page
of the web whose name was made to lead here, and one that asks from another origin may be any page: both are refused.
"""

from __future__ import annotations

import os
import secrets
import socketserver
import sys
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from checker.errors import BadConfig

_HOST = "127.0.0.1"
# Seconds: between two signs of life to a browser that waits for news, and for a browser to say what it wants or to take what it is given.
_ALIVE = 15.0
_TIMEOUT = 30.0
# Browsers that wait for news, and requests at a time: a person has one or two open.
_MOST_WAITING = 16
_MOST_REQUESTS = 48
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # What the report itself may do, it says itself.
    "Content-Security-Policy": "frame-ancestors 'none'",
}
_HTML = "text/html; charset=utf-8"
_EARLY = b"""<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>disclosure-checker</title>
<style>:root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui,sans-serif;margin:20vh auto;max-width:30rem;padding:1rem}</style>
<p role="status">The pages are being checked. The report comes up by itself.</p></html>"""


class Live:
    """The report on a port of this machine. Use as a context: it is served meanwhile."""

    def __init__(self, port: int | None = None) -> None:
        """Take the port, None for any that is free. Raises BadConfig where that cannot be."""
        self._news = threading.Condition()
        # Not to be mistaken for that of a watch that ran here before.
        self._run = secrets.token_hex(8)
        self._number = 0
        self._body: bytes | None = None
        self._ended = False
        self.waiting = threading.BoundedSemaphore(_MOST_WAITING)
        try:
            self._server = _Server(self, port or 0)
        except OSError as fault:
            why = (fault.strerror or str(fault)).lower()
            raise BadConfig(f"cannot listen on {_HOST}:{port or 0}: {why}; name another port with --port") from None
        self.port: int = self._server.server_address[1]
        self.url = f"http://{_HOST}:{self.port}/"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, name="live", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._news:
            self._ended = True
            self._news.notify_all()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def next_changes(self) -> str:
        """Where the next report asks for news: of what comes after itself, also while it was still on its way."""
        return f"/changes?after={self._run}-{self._number + 1}"

    def put(self, body: bytes) -> None:
        """Serve this report from now on, and tell whoever waits."""
        with self._news:
            self._body = body
            self._number += 1
            self._news.notify_all()

    # For the handlers, each in a thread of its own ---------------------------------------------------------------------------------------
    @property
    def body(self) -> bytes | None:
        """The report; None before there is one."""
        with self._news:
            return self._body

    @property
    def state(self) -> str:
        """The name of what is served now."""
        return f"{self._run}-{self._number}"

    def newer(self, than: str, seconds: float) -> str | None:
        """Wait so long for another state than this; None where none comes. Raises EOFError at the end of the watch."""
        with self._news:
            self._news.wait_for(lambda: self._ended or self.state != than, seconds)
            if self._ended:
                raise EOFError
            return self.state if self.state != than else None


class _Server(ThreadingHTTPServer):
    """Bound to this machine alone."""

    # On Windows this would let another program take the port as well.
    allow_reuse_address = os.name != "nt"

    def __init__(self, live: Live, port: int) -> None:
        self.live = live
        self._free = threading.BoundedSemaphore(_MOST_REQUESTS)
        super().__init__((_HOST, port), _Handler)
        self.names = frozenset(f"{name}{port}" for name in (_HOST, "localhost") for port in _ports(self.server_address[1]))

    def server_bind(self) -> None:
        """Without asking for the name of the machine, which may take long."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = _HOST, self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        """In a thread, unless there are too many."""
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """The thread of a request."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - as the class above has it
        """Browsers go away, which is no news; a fault of ours is."""
        fault = sys.exception()
        if not isinstance(fault, OSError):
            sys.stderr.write(f"disclosure-checker: a request was not answered: {type(fault).__name__}: {fault}\n")


def _ports(port: int) -> tuple[str, ...]:
    """How the port may stand behind the name of the host."""
    return (f":{port}", "") if port == 80 else (f":{port}",)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = _TIMEOUT

    def do_GET(self) -> None:
        """The report or its events, for the browser that was pointed here."""
        if self._is_foreign():
            self._say(HTTPStatus.FORBIDDEN, b"This report is only for the browser that was given its address.\n")
            return
        path = self.path.partition("?")[0]
        if path == "/":
            self._report()
        elif path == "/changes":
            self._changes()
        else:
            self._say(HTTPStatus.NOT_FOUND, b"There is nothing here.\n")

    do_HEAD = do_GET  # noqa: N815 - named so by the class above

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What cannot be understood, in one line; other methods are among it."""
        del message, explain
        status = HTTPStatus.METHOD_NOT_ALLOWED if code == HTTPStatus.NOT_IMPLEMENTED else HTTPStatus(code)
        self._say(status, f"{status.phrase}.\n".encode(), {"Allow": "GET, HEAD"} if status is HTTPStatus.METHOD_NOT_ALLOWED else {})

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - named so by the class above
        """Nothing: the terminal is for what has changed."""

    def _is_foreign(self) -> bool:
        """Whether another page asks, or the name of another host leads here."""
        told = self.headers
        if told.get_all("Host", []) not in [[name] for name in self.server.names]:
            return True
        if told.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            return True
        origin = told.get("Origin")
        return origin is not None and origin not in {f"http://{name}" for name in self.server.names}

    def _report(self) -> None:
        body = self.server.live.body
        if body is None:
            self._say(HTTPStatus.OK, _EARLY, {"Refresh": "1"}, _HTML)
        else:
            self._say(HTTPStatus.OK, body, {}, _HTML)

    def _changes(self) -> None:
        live = self.server.live
        if self.command == "HEAD":
            self._head(HTTPStatus.OK, {"Content-Type": "text/event-stream"})
            return
        if not live.waiting.acquire(blocking=False):
            self._say(HTTPStatus.SERVICE_UNAVAILABLE, b"Too many browsers wait for news already.\n", {"Retry-After": "10"})
            return
        try:
            self._head(HTTPStatus.OK, {"Content-Type": "text/event-stream"})
            seen = self.path.partition("?after=")[2] or live.state
            self._send(b"retry: 2000\n\n")
            while True:
                newer = live.newer(seen, _ALIVE)
                seen = newer or seen
                self._send(f"event: report\ndata: {newer}\n\n".encode() if newer else b": still here\n\n")
        except (OSError, EOFError):
            return  # the browser has gone, or the watch has ended
        finally:
            live.waiting.release()

    def _send(self, text: bytes) -> None:
        self.wfile.write(text)
        self.wfile.flush()

    def _say(self, status: HTTPStatus, body: bytes, more: dict[str, str] | None = None, kind: str = "text/plain; charset=utf-8") -> None:
        self._head(status, {"Content-Type": kind, "Content-Length": str(len(body)), **(more or {})})
        if self.command != "HEAD":
            self.wfile.write(body)

    def _head(self, status: HTTPStatus, more: dict[str, str]) -> None:
        # `send_response` would tell the versions of Python and of its server.
        self.send_response_only(status)
        self.send_header("Date", self.date_time_string())
        for name, value in {**more, **_HEADERS, "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()
