"""One input tried: what went wrong, known by where it did, and whether it took longer than an input of its size may."""

from __future__ import annotations

import cProfile
import pstats
import sys
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from time import process_time
from types import FrameType

# An input that costs more than this many times what ordinary ones of its size cost is a fault like any other.
TIMES = 20.0
# Shorter inputs cost what the fixed work costs.
_SHORT = 2_000
_FLOOR = 0.1


class TooSlow(Exception):
    """The input takes too long for its size."""


@dataclass(frozen=True)
class Fault:
    """`key` is the same for inputs that fail in the same way at the same place."""

    key: str
    told: str


class Judge:
    """Tries inputs; `pace` is what an ordinary byte costs in seconds of this machine, or None where time does not count."""

    def __init__(self, run: Callable[[bytes], None], pace: float | None = None) -> None:
        self._run = run
        self.pace = pace

    def measure(self, seeds: Iterable[bytes]) -> None:
        """Learn the pace from ordinary inputs."""
        costs = []
        for seed in seeds:
            self.fault(seed)
            costs.append(self._seconds(seed) / max(len(seed), _SHORT))
        self.pace = median(costs) if costs else None

    def allowed(self, data: bytes) -> float:
        """So many seconds of the processor an input may take."""
        return _FLOOR + TIMES * (self.pace or 1) * max(len(data), _SHORT)

    def fault(self, data: bytes) -> Fault | None:
        """What goes wrong with an input, if anything does."""
        begin = process_time()
        try:
            self._run(data)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as fault:  # noqa: BLE001 - whatever escapes is what is looked for
            return Fault(_key(fault), "".join(traceback.format_exception(fault, limit=-12)))
        if self.pace is None or process_time() - begin <= self.allowed(data):
            return None
        # A machine that is busy is slow once; a slow input is slow again.
        if min(self._seconds(data), self._seconds(data)) <= self.allowed(data):
            return None
        return self._slow(data)

    def _seconds(self, data: bytes) -> float:
        begin = process_time()
        try:
            self._run(data)
        except Exception:  # noqa: BLE001 - only its time is asked for
            return 0.0
        return process_time() - begin

    def _slow(self, data: bytes) -> Fault:
        profile = cProfile.Profile()
        begin = process_time()
        profile.enable()
        try:
            self._run(data)
        finally:
            profile.disable()
        told = pstats.Stats(profile)
        rows = sorted(told.stats.items(), key=lambda row: row[1][2], reverse=True)  # type: ignore[attr-defined]
        hot = [f"{place[2]} in {place[0].rpartition('/')[2]}:{place[1]}, {row[2]:.2f} s in {row[0]} calls" for place, row in rows[:8]]
        ours = next((f"{place[0].rpartition('/')[2]}:{place[2]}" for place, _ in rows if "/checker/" in place[0]), "?")
        heading = f"{process_time() - begin:.2f} s profiled for {len(data)} bytes; {self.allowed(data):.2f} s are allowed"
        return Fault(f"TooSlow {ours}", "\n".join([heading, *hot]))


def _key(fault: BaseException) -> str:
    places = [frame for frame in traceback.extract_tb(fault.__traceback__) if "/checker/" in frame.filename or "/tests/" in frame.filename]
    place = f"{places[-1].filename.rpartition('/')[2]}:{places[-1].lineno}" if places else "?"
    # What an assertion of a target says begins with what was broken.
    said = str(fault).partition(":")[0][:60] if isinstance(fault, AssertionError) else ""
    return f"{type(fault).__name__} {place} {said}".rstrip()


class TooMuchWork(BaseException):
    """More work than an input of its size may cost; no Exception, so that nothing on the way takes it for one of its own."""


def work(run: Callable[[bytes], None], data: bytes, most: int) -> int:
    """How many calls the input costs: the same on every machine, and however busy that is. Raises TooMuchWork beyond `most` of them."""
    calls = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal calls
        if event in ("call", "c_call"):
            calls += 1
            if calls > most:
                sys.setprofile(None)
                raise TooMuchWork(f"more than {most:,} calls for {len(data):,} bytes")

    sys.setprofile(count)
    try:
        run(data)
    finally:
        sys.setprofile(None)
    return calls


def minimised(data: bytes, still: Callable[[bytes], bool], tries: int = 4_000) -> bytes:
    """A shorter input of which `still` holds: pieces are left out, large ones first."""
    size = max(len(data) // 2, 1)
    while size and tries > 0:
        at, shrunk = 0, False
        while at < len(data) and tries > 0:
            shorter = data[:at] + data[at + size :]
            tries -= 1
            if len(shorter) < len(data) and still(shorter):
                data, shrunk = shorter, True
            else:
                at += size
        if not shrunk or size > len(data):
            size = size // 2 if size > 1 or not shrunk else size
            if size == 0:
                break
    return data


def warn(text: str) -> None:
    """To standard error, at once."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
