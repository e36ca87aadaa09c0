"""What a page costs as it grows, and what a page adds to the memory of the process that reads it."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.pages import HUGE, LARGE, MEDIAN, SMALL, page
from tests.bench.program import Program
from tests.bench.rounds import bare_parse
from tests.bench.worst import WORST

_SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000)
# Of a small page so many are read in a row that all rounds last about as long.
_BYTES_A_ROUND = 2_000_000


def by_size(program: Program, rounds: int, sizes: tuple[int, ...] = _SIZES) -> list[dict[str, float]]:
    """For each size of the same make-up: CPU nanoseconds a byte, of the whole and of the bare parse; sizes in turn."""
    pages = {size: page(size, 4) for size in sizes}
    found: dict[int, list[tuple[float, float]]] = {size: [] for size in sizes}
    for number in range(rounds + 1):
        for size, body in pages.items():
            pair = (_seconds(bare_parse, body) / len(body), _seconds(program.check, body) / len(body))
            if number:
                found[size].append(pair)
    return [
        {
            "bytes": float(len(pages[size])),
            "parse ns a byte": statistics.median(parse for parse, _ in pairs) * 1e9,
            "check ns a byte": statistics.median(check for _, check in pairs) * 1e9,
        }
        for size, pairs in found.items()
    ]


def worst_cases(program: Program, part: float = 1.0, limit: float = 60.0) -> list[dict[str, float | str]]:
    """Each kind of page at a quarter and in full: seconds, times its own parse, and how much dearer a byte has become (1 is linear).

    What takes longer than `limit` at a quarter is not tried in full: its seconds are those of the quarter.
    """
    found: list[dict[str, float | str]] = []
    for kind, (make, most) in WORST.items():
        count = max(8, int(most * part))
        few, many = make(count // 4), make(count)
        quarter = _best(program.check, few)
        whole = _best(program.check, many) if quarter < limit else quarter
        parse = _best(bare_parse, many)
        growth = (whole / len(many)) / (quarter / len(few)) if quarter < limit else float("inf")
        found.append({"page": f"{count:,} {kind}", "bytes": len(many), "seconds": whole, "times its parse": whole / parse, "growth a byte": growth})
    return found


def memory() -> dict[str, float]:
    """MB that pages add to a process that has read others: at their peak, each in a process of its own; and what many leave behind."""
    if not hasattr(os, "fork"):
        return {}
    # A process that has read large pages before has room for others.
    words = [sys.executable, "-c", "import json; from tests.bench import growth; print(json.dumps(growth.added()))"]
    found = json.loads(subprocess.run(words, cwd=Path(__file__).parents[2], check=True, capture_output=True, encoding="utf-8").stdout)
    assert isinstance(found, dict)
    return found


def added() -> dict[str, float]:
    """What `memory` tells, of this process."""
    program = Program()
    for seed in range(100, 120):
        program.check(page(MEDIAN, seed))
    found = {f"a page of {size / 1000:,.0f} KB": _added(program, [page(size, 3)]) for size in (SMALL, MEDIAN, LARGE, HUGE)}
    bodies = [page(MEDIAN, seed) for seed in range(40)]
    return {**found, "40 common pages": _added(program, bodies), "the same 40, five times": _added(program, bodies * 5)}


def _added(program: Program, bodies: list[bytes]) -> float:
    """The rise of the peak of memory in MB while a fork reads these pages."""
    import resource

    reading, writing = os.pipe()
    if not (child := os.fork()):
        code = 1
        try:
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            for body in bodies:
                program.check(body)
            os.write(writing, str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as told:
        answer = told.read()
    os.waitpid(child, 0)
    return int(answer) / 1000


def _seconds(do: Callable[[bytes], object], body: bytes) -> float:
    """CPU seconds of one page, the mean of so many as make a round."""
    times = max(1, _BYTES_A_ROUND // len(body))
    began = time.process_time()
    for _ in range(times):
        do(body)
    return (time.process_time() - began) / times


def _best(do: Callable[[bytes], object], body: bytes) -> float:
    """CPU seconds, the better of two; a page that takes long is read once."""
    first = _seconds_once(do, body)
    return first if first > 5 else min(first, _seconds_once(do, body))


def _seconds_once(do: Callable[[bytes], object], body: bytes) -> float:
    began = time.process_time()
    do(body)
    return time.process_time() - began
