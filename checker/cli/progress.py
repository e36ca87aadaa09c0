"""How far a run has come, told on standard error: lines that are redrawn on a terminal, else a plain line now and then."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Self, TextIO

from checker.report.paint import one_line
from checker.sources.inputs import Inputs
from checker.sources.stream import HostState

# Under this many pages nothing would be seen before it is gone.
_LONG = 50
# Seconds: between two drawings, between two plain lines, and as far back as the rate is counted.
_DRAWN = 0.2
_PLAIN = 60.0
_RECENT = 10.0
_MOST_HOSTS = 3

Hosts = Callable[[], Sequence[HostState]]
Part = Callable[[], float | None]


class Progress:
    """What is told of a run. Use as a context. `live`: on a terminal; `ticks`: also while no page comes, by a thread of its own."""

    def __init__(
        self,
        found: Callable[[], int],
        hosts: Hosts | None,
        stream: TextIO,
        *,
        live: bool,
        growing: bool = False,
        part: Part | None = None,
        shares: bool = False,
    ) -> None:
        """`found`: how many pages there are, as far as is known; with `growing` there may be more. `hosts`: how those are that are asked.

        `part`: how much of an archive was read, of which nobody knows how many pages it holds. `shares`: reports go to the same terminal.
        """
        self._found, self._hosts, self._stream, self._part = found, hosts, stream, part
        self._live, self._growing = live, growing
        self._done = 0
        self._drawn = 0
        self._next = time.monotonic() + (0 if live else _PLAIN)
        self._recent: deque[tuple[float, int]] = deque([(time.monotonic(), 0)])
        self._lock = threading.RLock()
        self._ended = threading.Event()
        self._shares_terminal = shares
        self._lines: list[str] = []
        # Servers may keep silent, and that is to be seen. Where files are read there is no second thread: processes can be forked only without one.
        self._thread = threading.Thread(target=self._tick, name="progress", daemon=True) if hosts is not None else None

    def __enter__(self) -> Self:
        if self._thread is not None:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        self._clear()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Room for something else on the terminal."""
        with self._lock:
            if self._shares_terminal:
                self._clear()
            yield
            if self._shares_terminal and self._lines:
                with suppress(OSError, ValueError):
                    self._draw(self._lines)

    def step(self) -> None:
        """One more page is done."""
        self._done += 1
        now = time.monotonic()
        if now >= self._next:
            self._tell(now)

    def _tick(self) -> None:
        while not self._ended.wait(_DRAWN):
            now = time.monotonic()
            if now >= self._next:
                self._tell(now)

    def _tell(self, now: float) -> None:
        with self._lock:
            if self._ended.is_set():
                return
            self._next = now + (_DRAWN if self._live else _PLAIN)
            self._recent.append((now, self._done))
            while len(self._recent) > 2 and now - self._recent[0][0] > _RECENT:
                self._recent.popleft()
            lines = [self._counts(now)]
            if self._hosts is not None:
                lines += _told_of(self._hosts(), _MOST_HOSTS if self._live else 1)
            with suppress(OSError, ValueError):
                if self._live:
                    self._draw(lines)
                else:
                    self._stream.write("; ".join(line.strip() for line in lines) + "\n")
                    self._stream.flush()

    def _counts(self, now: float) -> str:
        since, before = self._recent[0]
        rate = (self._done - before) / (now - since) if now > since else 0.0
        if self._part is not None:
            return self._through(self._part(), rate)
        total = max(self._found(), self._done)
        parts = [f"checking {self._done:,} of {total:,}{' found so far' if self._growing else ''}", f"{rate:.1f} pages/s"]
        if rate and total > self._done:
            parts.append(f"{'at least ' if self._growing else ''}{_span((total - self._done) / rate)} left")
        return ", ".join(parts)

    def _through(self, part: float | None, rate: float) -> str:
        parts = [f"checking {self._done:,} so far", f"{rate:.1f} pages/s"]
        if part and rate:
            parts[0] += f", {part:.0%} of the archive"
            parts.append(f"about {_span(self._done * (1 - part) / part / rate)} left")
        return ", ".join(parts)

    def _draw(self, lines: list[str]) -> None:
        width = _width()
        shown = "".join(f"\x1b[K{line[: width - 1]}\n" for line in lines)
        up = f"\x1b[{self._drawn}A" if self._drawn else ""
        # Lines of the last time that are not needed any more go too.
        self._stream.write(f"\r{up}{shown}\x1b[J")
        self._stream.flush()
        self._drawn, self._lines = len(lines), lines

    def _clear(self) -> None:
        with self._lock:
            if self._drawn:
                with suppress(OSError, ValueError):
                    self._stream.write(f"\r\x1b[{self._drawn}A\x1b[J")
                    self._stream.flush()
                self._drawn = 0


class Silence(Progress):
    """Nothing is told."""

    def __init__(self) -> None:
        super().__init__(lambda: 0, None, sys.stderr, live=False)

    def step(self) -> None:
        """Nothing."""


def progress(inputs: Inputs, *, quiet: bool, prints: bool = True) -> Progress:
    """What suits the run and where standard error goes: nothing where nobody wants it, plain lines where no person looks.

    `prints`: reports go to standard output meanwhile.
    """
    stream = sys.stderr
    if quiet or stream is None:
        return Silence()
    named = len(inputs.items) + len(inputs.without_page)
    live = stream.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")
    if live and not inputs.streams and named < _LONG:
        return Silence()
    watched = [told for each in inputs.streams if (told := getattr(each, "hosts", None)) is not None]

    def found() -> int:
        return named + sum(each.discovered - each.duplicates for each in inputs.streams)

    def hosts() -> list[HostState]:
        return [state for told in watched for state in told()]

    # Several archives: how large those are that come is not known before they are opened.
    alone = inputs.streams[0] if len(inputs.streams) == 1 and not inputs.items else None

    def part() -> float | None:
        told: float | None = getattr(alone, "part", None)
        return told

    archives = bool(inputs.streams) and not watched
    shares = live and prints and sys.stdout is not None and sys.stdout.isatty()
    return Progress(
        found, hosts if watched else None, stream, live=live, growing=bool(inputs.streams), part=part if archives else None, shares=shares
    )


def _told_of(states: Sequence[HostState], most: int) -> list[str]:
    """A line for each host, those first that are waited for."""
    ordered = sorted(states, key=lambda state: (-state.waits, -state.asked, state.host))
    lines = [f"  {one_line(state.host)}: {_how(state)}" for state in ordered[:most]]
    more = len(ordered) - most
    return [*lines, f"  and {more} more host{'s' * (more > 1)}"] if more > 0 and most > 1 else lines


def _how(state: HostState) -> str:
    parts = [f"{state.asked:,} asked"]
    if state.status:
        parts.append(f"last answer {state.status}")
    if state.waits > 0:
        parts.append(f"{state.why}, {_span(state.waits)}")
    return ", ".join(parts)


def _span(seconds: float) -> str:
    """A time in words.

    >>> _span(0.4), _span(75), _span(4000)
    ('1 s', '1 min 15 s', '1 h 06 min')
    """
    whole = max(1, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"


def _width() -> int:
    import shutil

    return max(20, shutil.get_terminal_size().columns)
