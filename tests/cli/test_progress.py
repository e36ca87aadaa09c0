"""What is told of a long run while it goes on."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import pytest

from checker.cli.progress import Progress
from checker.sources.stream import HostState


class Clock:
    """A time that a test sets."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        monkeypatch.setattr("checker.cli.progress.time.monotonic", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def made(stream: io.StringIO, found: Callable[[], int] = lambda: 500, *, live: bool, growing: bool = False) -> Progress:
    return Progress(found, None, stream, live=live, growing=growing)


def test_a_plain_line_a_minute(clock: Clock) -> None:
    stream = io.StringIO()
    with made(stream, live=False) as bar:
        for _ in range(250):
            clock.now += 0.5
            bar.step()
    lines = stream.getvalue().splitlines()
    assert lines == ["checking 120 of 500, 2.0 pages/s, 3 min 10 s left", "checking 240 of 500, 2.0 pages/s, 2 min 10 s left"]


def test_a_short_run_says_nothing_in_a_pipe(clock: Clock) -> None:
    stream = io.StringIO()
    with made(stream, live=False) as bar:
        clock.now += 59
        bar.step()
    assert stream.getvalue() == ""


def test_at_most_five_drawings_a_second(clock: Clock) -> None:
    stream = io.StringIO()
    with made(stream, live=True, growing=True) as bar:
        for _ in range(1000):
            clock.now += 0.001
            bar.step()
    assert 4 <= stream.getvalue().count("checking") <= 6
    assert stream.getvalue().endswith("\r\x1b[1A\x1b[J"), "it is cleared away"
    assert "1000 pages/s" in stream.getvalue().replace(".0 ", " ")


def test_the_rate_is_that_of_the_last_seconds(clock: Clock) -> None:
    stream = io.StringIO()
    with made(stream, lambda: 3000, live=True) as bar:
        for seconds in (0.01,) * 1000 + (1.0,) * 30:
            clock.now += seconds
            bar.step()
    assert "checking 1,030 of 3,000, 1.0 pages/s, 32 min 50 s left" in stream.getvalue()


def test_servers_are_told_while_no_page_comes() -> None:
    stream = io.StringIO()
    states = [
        HostState("quick.example", 90, 200),
        HostState("s\x1b[J.example", 3, 429, 75.0, "waiting as it asked for"),
        HostState("a.example", 1),
    ]
    with Progress(lambda: 10, lambda: [*states, HostState("b.example")], stream, live=True, growing=True):
        until = time.monotonic() + 10
        while "more host" not in stream.getvalue() and time.monotonic() < until:
            time.sleep(0.01)
    first = stream.getvalue().partition("\x1b[J")[0].replace("\r", "").replace("\x1b[K", "").splitlines()
    assert first == [
        "checking 0 of 10 found so far, 0.0 pages/s",
        "  s\ufffd[J.example: 3 asked, last answer 429, waiting as it asked for, 1 min 15 s",
        "  quick.example: 90 asked, last answer 200",
        "  a.example: 1 asked",
        "  and 1 more host",
    ]


def test_a_stream_that_is_gone_does_no_harm(clock: Clock) -> None:
    stream = io.StringIO()
    with made(stream, live=True) as bar:
        stream.close()
        clock.now += 1
        bar.step()


def test_of_an_archive_it_is_told_how_much_was_read(clock: Clock) -> None:
    stream = io.StringIO()
    parts: list[float | None] = [None, 0.25, 1.0]
    with Progress(lambda: 0, None, stream, live=False, growing=True, part=lambda: parts.pop(0)) as bar:
        for _ in range(190):
            clock.now += 1
            bar.step()
    assert stream.getvalue().splitlines() == [
        "checking 60 so far, 1.0 pages/s",
        "checking 120 so far, 25% of the archive, 1.0 pages/s, about 6 min 0 s left",
        "checking 180 so far, 100% of the archive, 1.0 pages/s, about 1 s left",
    ]
