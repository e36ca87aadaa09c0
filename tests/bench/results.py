"""All measurements of one run as a value that JSON can hold, one part after the other."""

from __future__ import annotations

import gzip
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench import commands, growth, peers
from tests.bench.machine import machine
from tests.bench.pages import mixed
from tests.bench.program import Program, steps
from tests.bench.rounds import BASE, Timed, timed

Results = dict[str, Any]
# Peers take up to a hundred times the parse; on so many pages they are done in minutes.
_PEER_PAGES = 60
_FORMATS = ("text", "json", "jsonl", "sarif")
PARTS = ("steps", "peers", "start", "memory", "growth", "worst", "runs")


def real(folder: Path) -> list[bytes]:
    """All pages of a folder, in the order of their names; gzip is undone."""
    names = sorted(path for path in folder.rglob("*") if path.name.endswith((".html", ".htm", ".html.gz")))
    if not names:
        raise ValueError(f"{folder} holds no .html, .htm or .html.gz")
    return [gzip.decompress(body) if path.suffix == ".gz" else body for path in names if (body := path.read_bytes()).strip()]


def measured(pages: list[bytes], named: str, rounds: int, parts: tuple[str, ...] = PARTS, count: int = 2_000, worst: float = 1.0) -> Results:
    """Measure these parts, told on standard error as they are done. `worst`: how much of each worst case."""
    program = Program()
    sizes = sorted(map(len, pages))
    found: Results = {
        "machine": machine(),
        "pages": {
            "named": named, "count": len(pages), "bytes": sum(sizes), "median": sizes[len(sizes) // 2], "largest": sizes[-1], "rounds": rounds,
        },
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        makers: dict[str, Callable[[], Any]] = {
            "steps": lambda: _whole(program, pages, rounds),
            "peers": lambda: _peers(program, pages, rounds),
            "start": lambda: commands.start_up(Path(folder), 3 * rounds),
            "memory": growth.memory,
            "growth": lambda: growth.by_size(program, rounds),
            "worst": lambda: growth.worst_cases(program, worst),
            "runs": lambda: commands.scaling(pages, count, Path(folder), max(1, rounds // 2)),
        }
        for part in parts:
            sys.stderr.write(f"measuring: {part} …\n")
            found[part] = makers[part]()
    return found


def _whole(program: Program, pages: list[bytes], rounds: int) -> Results:
    """The whole, its steps, and what reports cost."""
    found = timed({"check": program.check, "facts": program.facts}, pages, rounds)
    shares = steps(program, pages, rounds)
    check, base = found["check"], found[BASE]
    # Milliseconds are those of this run; ratios are what to compare.
    milliseconds = 1000 * sum(check.pages) / len(pages)
    return {
        "check": told(check, pages),
        "facts": told(found["facts"], pages),
        "parse": told(base, pages),
        "shares": shares,
        "milliseconds": {name: share * milliseconds for name, share in shares.items()},
        "ratios": {name: share * check.ratio for name, share in shares.items()},
        "reports": _reports(program, pages),
    }


def _reports(program: Program, pages: list[bytes]) -> dict[str, float]:
    """The share of a run that each format takes."""
    import time

    some = pages[:: max(1, len(pages) // 100)]
    began = time.process_time()
    reports = [program.judged(page) for page in some]
    judged = time.process_time() - began
    found: dict[str, float] = {}
    for format in _FORMATS:  # noqa: A001 - what the program calls it
        began = time.process_time()
        for report in reports:
            program.written(report, format)
        found[format] = (took := time.process_time() - began) / (judged + took)
    return found


def _peers(program: Program, pages: list[bytes], rounds: int) -> Results:
    others, versions = peers.peers()
    some = pages[:: max(1, len(pages) // _PEER_PAGES)]
    found = timed({"disclosure-checker: all facts and rules": program.check, **others}, some, rounds)
    return {
        "pages": len(some),
        "versions": versions,
        "missing": peers.missing(),
        "table": {name: told(one, some) for name, one in sorted(found.items(), key=lambda pair: pair[1].ratio)},
    }


def told(one: Timed, pages: list[bytes]) -> dict[str, float]:
    """A contender as numbers."""
    seconds = sum(one.pages)
    return {
        "ratio": one.ratio,
        "least": min(one.ratios),
        "most": max(one.ratios),
        "median page": one.page_ratio(0.5),
        "p99 page": one.page_ratio(0.99),
        "milliseconds a page": 1000 * seconds / len(pages),
        "pages a second": len(pages) / seconds,
        "MB a second": sum(map(len, pages)) / seconds / 1e6,
        "failed": one.failed,
    }


def generated(count: int = 120) -> list[bytes]:
    """The pages that ship, as a seed."""
    return mixed(count)
