"""The command line measured from outside: starting, many pages with one process and two, the second run, and how much memory a run holds."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.bench.pages import SMALL, page

# The peak of a process is never told lower than that of the one which started it, so that a small one stands between.
_LAUNCH = """
import json, os, subprocess, sys, time
began = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, used = os.wait4(child.pid, 0)
child.returncode = os.waitstatus_to_exitcode(status)
print(json.dumps([child.returncode, used.ru_utime + used.ru_stime, time.perf_counter() - began, used.ru_maxrss]))
"""
_CHECK = ("-m", "checker", "check")


@dataclass(frozen=True)
class Spent:
    """What one call took: CPU seconds of it and its children, seconds on the clock, and the peak memory of its largest process in MB."""

    cpu: float
    wall: float
    megabytes: float


def call(*arguments: str, cache: Path) -> Spent:
    """Run Python with these arguments. `cache`: where compiled modules are kept, so that nothing is compiled twice or left in the tree."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH"}}
    done = subprocess.run(
        [sys.executable, "-S", "-E", "-c", _LAUNCH, sys.executable, *arguments],
        capture_output=True, check=True, encoding="utf-8", cwd=Path(__file__).parents[2], env={**kept, "PYTHONPYCACHEPREFIX": str(cache)},
    )  # fmt: skip
    code, cpu, wall, peak = json.loads(done.stdout)
    if code not in {0, 1}:
        raise RuntimeError(f"python {' '.join(arguments)} ended with {code}")
    return Spent(cpu, wall, peak / (1_000_000 if sys.platform == "darwin" else 1_000))


def apart(count: int, *arguments: str, cache: Path) -> float:
    """Seconds on the clock until as many programs with these arguments as `count`, which know nothing of each other, have ended."""
    with ThreadPoolExecutor(count) as together:
        return max(each.wall for each in together.map(lambda _: call(*arguments, cache=cache), range(count)))


def start_up(folder: Path, rounds: int) -> dict[str, float]:
    """What starting costs, each call between two of `python -c pass`: the median ratio of CPU time, and the seconds of the bare start."""
    story = folder / "story.html"
    story.write_bytes(page(SMALL))
    calls = {
        "--version": ("-m", "checker", "--version"),
        "check, one page": (*_CHECK, str(story), "--no-cache"),
        # What no way of writing the program can save.
        "import of click, lxml and dataclasses alone": ("-c", "import click, dataclasses, lxml.etree"),
    }
    ratios: dict[str, list[float]] = {name: [] for name in calls}
    bare: list[float] = []
    cache = folder / "compiled"
    for number in range(rounds + 2):
        before = call("-c", "pass", cache=cache).cpu
        for name, words in calls.items():
            took = call(*words, cache=cache).cpu
            after = call("-c", "pass", cache=cache).cpu
            if number > 1:  # its modules are compiled
                ratios[name].append(2 * took / (before + after))
                bare.append(after)
            before = after
    return {name: statistics.median(each) for name, each in ratios.items()} | {"seconds of python -c pass": statistics.median(bare)}


def laid_out(pages: Sequence[bytes], count: int, folder: Path) -> Path:
    """A folder with so many pages; those that are given are laid out again and again."""
    place = folder / f"pages-{count}"
    for number in range(count):
        path = place / f"{number // 100:02}" / f"page-{number}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        if number < len(pages):
            path.write_bytes(pages[number])
        else:
            os.link(place / f"{number % len(pages) // 100:02}" / f"page-{number % len(pages)}.html", path)
    return place


def scaling(pages: Sequence[bytes], count: int, folder: Path, rounds: int) -> dict[str, float]:
    """So many pages by one process and by two, in turn; then once more out of the cache; and the memory of a quarter of them and of all."""
    place, few = laid_out(pages, count, folder), laid_out(pages, max(1, count // 4), folder)
    one, two, strangers = [], [], []
    out, compiled = ("--output", f"jsonl={folder / 'out.jsonl'}"), folder / "compiled"
    for _ in range(rounds):
        one.append(call(*_CHECK, str(place), "--no-cache", "--jobs", "1", *out, cache=compiled))
        two.append(call(*_CHECK, str(place), "--no-cache", "--jobs", "2", *out, cache=compiled))
        strangers.append(apart(2, *_CHECK, str(place), "--no-cache", "--jobs", "1", cache=compiled))
    quarter = call(*_CHECK, str(few), "--no-cache", "--jobs", "1", *out, cache=compiled)
    kept = ("--cache-dir", str(folder / "run-cache"), "--jobs", "1")
    first = call(*_CHECK, str(place), *kept, *out, cache=compiled)
    second = call(*_CHECK, str(place), *kept, *out, cache=compiled)
    return {
        "pages": float(count),
        "seconds with one process": statistics.median(each.wall for each in one),
        "seconds with two": statistics.median(each.wall for each in two),
        "speed-up of two": statistics.median(single.wall / double.wall for single, double in zip(one, two, strict=True)),
        # As many pages again at the same time: what the machine gives to two programs, whatever they are.
        "speed-up of two programs that know nothing of each other": statistics.median(
            2 * single.wall / both for single, both in zip(one, strangers, strict=True)
        ),
        # What two processes would win on two cores of their own, where the clock is shared with other programs.
        "speed-up by CPU time": statistics.median(2 * single.cpu / double.cpu for single, double in zip(one, two, strict=True)),
        "CPU seconds with one process": statistics.median(each.cpu for each in one),
        "CPU seconds of the first run with a cache": first.cpu,
        "CPU seconds of the second run": second.cpu,
        "MB, a quarter of the pages": quarter.megabytes,
        "MB, all pages": one[0].megabytes,
        "MB, all pages, two processes": two[0].megabytes,
    }
