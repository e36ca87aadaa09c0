"""The server of a report: who may have it, and how browsers learn that there is a newer one."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from checker.cli.live import _MOST_WAITING, Live
from checker.errors import BadConfig

REPORT = "<!doctype html><title>Report</title><p>Käse".encode()


@pytest.fixture
def live() -> Iterator[Live]:
    with Live() as served:
        yield served


def asked(live: Live, path: str = "/", method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", live.port, timeout=20)) as connection:
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer, answer.read()


class Events:
    """A browser that waits for news."""

    def __init__(self, live: Live, path: str = "/changes") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", live.port, timeout=20)
        self.connection.request("GET", path)
        self.answer = self.connection.getresponse()

    def next(self) -> dict[str, str]:
        """The next event; {} at the end."""
        told: dict[str, str] = {}
        while line := self.answer.readline():
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name:
                told[name] = value
            elif "event" in told:
                return told
        return {}

    def close(self) -> None:
        # The answer holds the socket, too.
        self.answer.close()
        self.connection.close()


def test_before_there_is_a_report_a_page_says_so_and_asks_again(live: Live) -> None:
    answer, body = asked(live)
    assert answer.status == 200
    assert answer.headers["Refresh"] == "1"
    assert b"being checked" in body


def test_the_report_and_nothing_else(live: Live) -> None:
    live.put(REPORT)
    answer, body = asked(live)
    assert (answer.status, body) == (200, REPORT)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Refresh"] is None
    assert asked(live, "/?x=1")[1] == REPORT
    for path in ("/x", "/index.html", "/../etc/passwd", "/%2e%2e/etc/passwd", "/changes/", "/favicon.ico", "*"):
        assert asked(live, path)[0].status == 404, path


def test_what_every_answer_says_of_itself(live: Live) -> None:
    live.put(REPORT)
    for path, headers in (("/", {}), ("/x", {}), ("/", {"Host": "evil.example"})):
        told = asked(live, path, **headers)[0].headers
        assert told["Cache-Control"] == "no-store"
        assert told["X-Content-Type-Options"] == "nosniff"
        assert told["Content-Security-Policy"] == "frame-ancestors 'none'"
        assert told["Cross-Origin-Resource-Policy"] == "same-origin"
        assert told["Referrer-Policy"] == "no-referrer"
        assert "Server" not in told
        assert "Access-Control-Allow-Origin" not in told


def test_head_gives_no_body(live: Live) -> None:
    live.put(REPORT)
    answer, body = asked(live, method="HEAD")
    assert (answer.status, answer.headers["Content-Length"], body) == (200, str(len(REPORT)), b"")
    answer, body = asked(live, "/changes", method="HEAD")
    assert (answer.status, answer.headers["Content-Type"], body) == (200, "text/event-stream", b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"])
def test_it_is_read_only(live: Live, method: str) -> None:
    live.put(REPORT)
    answer, body = asked(live, method=method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert REPORT not in body
    assert "Server" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:{port}"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1:1"},
        {"Host": "127.0.0.1:{port}.evil.example"},
        {"Host": ""},
        {"Host": "[::1]:{port}"},
        {"Host": "0.0.0.0:{port}"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "same-origin", "Origin": "https://evil.example"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/", "/changes"])
def test_whoever_else_asks_is_refused(live: Live, headers: dict[str, str], path: str) -> None:
    live.put(REPORT)
    answer, body = asked(live, path, **{name: value.format(port=live.port) for name, value in headers.items()})
    assert answer.status == 403
    assert REPORT not in body


def test_a_request_without_a_host_or_with_two_is_refused(live: Live) -> None:
    live.put(REPORT)
    own = f"Host: 127.0.0.1:{live.port}\r\n"
    for told in ("", own * 2, own + "Host: evil.example\r\n"):
        with socket.create_connection(("127.0.0.1", live.port), timeout=20) as connection:
            connection.sendall(f"GET / HTTP/1.1\r\n{told}\r\n".encode())
            assert connection.recv(65_536).startswith(b"HTTP/1.0 403 ")


@pytest.mark.parametrize(
    "headers", [{"Host": "localhost:{port}"}, {"Sec_Fetch_Site": "none"}, {"Sec_Fetch_Site": "same-origin", "Origin": "http://localhost:{port}"}]
)
def test_the_browser_of_the_user_is_not(live: Live, headers: dict[str, str]) -> None:
    live.put(REPORT)
    assert asked(live, **{name: value.format(port=live.port) for name, value in headers.items()})[0].status == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"\r\n\r\n",
        b"GARBAGE\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 500 + b"\r\n",
        b"\x16\x03\x01\x02",
    ],
    ids=range(6),
)
def test_what_cannot_be_understood_harms_nobody(live: Live, sent: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    live.put(REPORT)
    with socket.create_connection(("127.0.0.1", live.port), timeout=20) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        told = b""
        try:
            while piece := connection.recv(65_536):
                told += piece
        except ConnectionResetError:  # it did not read to the end what it refused
            pass
    assert b"Python" not in told
    assert REPORT not in told
    assert asked(live)[1] == REPORT
    assert capsys.readouterr() == ("", "")


def test_only_this_machine_is_answered(live: Live) -> None:
    assert live._server.socket.getsockname()[0] == "127.0.0.1"
    assert live.url == f"http://127.0.0.1:{live.port}/"


def test_each_report_is_told_to_whoever_waits(live: Live) -> None:
    live.put(REPORT)
    events = Events(live, live.next_changes.replace("-2", "-1"))
    assert events.answer.headers["Content-Type"] == "text/event-stream"
    live.put(REPORT)
    first = events.next()
    live.put(REPORT)
    second = events.next()
    assert (first["event"], second["event"]) == ("report", "report")
    assert first["data"] != second["data"]
    events.close()


def test_a_report_that_came_while_the_page_was_loading_is_told_at_once(live: Live) -> None:
    asks = live.next_changes
    live.put(REPORT)
    live.put(REPORT + b" again")
    events = Events(live, asks)
    assert events.next()["event"] == "report"
    events.close()


def test_the_report_of_an_earlier_watch_is_not_taken_for_this_one(live: Live) -> None:
    with Live() as other:
        asks = other.next_changes
    live.put(REPORT)
    events = Events(live, asks)
    assert events.next()["event"] == "report"
    events.close()


def test_a_sign_of_life_is_sent_while_there_is_no_news(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.cli.live._ALIVE", 0.01)
    events = Events(live)
    lines = [events.answer.readline() for _ in range(6)]
    assert lines.count(b": still here\n") >= 1
    events.close()


def test_the_end_of_the_watch_ends_the_waiting() -> None:
    with Live() as live:
        events = Events(live)
    assert events.next() == {}
    events.close()


def test_so_many_wait_and_no_more(live: Live) -> None:
    waiting = [Events(live) for _ in range(_MOST_WAITING)]
    one_more = Events(live)
    assert one_more.answer.status == 503
    one_more.close()
    # The report itself is still to be had.
    live.put(REPORT)
    assert asked(live)[1] == REPORT
    assert [each.next()["event"] for each in waiting] == ["report"] * _MOST_WAITING
    for each in waiting:
        each.close()


def test_a_browser_that_goes_away_makes_room(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.cli.live._ALIVE", 0.01)
    for _ in range(_MOST_WAITING):
        Events(live).close()
    for _ in range(_MOST_WAITING):
        assert live.waiting.acquire(timeout=20)


def test_a_port_that_is_taken_is_told_in_one_line(live: Live) -> None:
    with pytest.raises(BadConfig, match=rf"^cannot listen on 127\.0\.0\.1:{live.port}: .*; name another port with --port$"):
        Live(live.port)


def test_no_thread_is_left_that_serves() -> None:
    with Live():
        pass
    assert not [thread for thread in threading.enumerate() if thread.name == "live"]
