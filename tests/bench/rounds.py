"""Contenders timed in turn: in every round each makes one pass over all pages, between two passes of the bare parse.

The clock is CPU time of this process, so that other programs on the machine matter little; what still drifts (frequency, caches) is taken out by
the parse beside it: the figure of a pass is its ratio to the mean of the two parses. What a page leaves behind is freed inside its time.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Do = Callable[[bytes], object]
BASE = "bare parse"


def bare_parse(body: bytes) -> object:
    """The yardstick: what lxml needs for a tree of the page, with its own defaults."""
    from lxml import etree

    return etree.fromstring(body, etree.HTMLParser())


@dataclass(frozen=True)
class Timed:
    """A contender over all rounds. `ratios`: for each round its pass to the parses beside it; `pages`: for each page the median seconds.

    `page_ratios`: for each page the median over the rounds of its time to that of its own parse.
    """

    name: str
    ratios: tuple[float, ...]
    pages: tuple[float, ...]
    page_ratios: tuple[float, ...]
    failed: int

    @property
    def ratio(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.ratios)

    def page_ratio(self, share: float) -> float:
        """The ratio that this share of pages stays under, each measured against its own parse."""
        return quantile(self.page_ratios, share)


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of them does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def one_pass(do: Do, pages: Sequence[bytes]) -> tuple[list[float], int]:
    """The CPU seconds of each page, and how many could not be done."""
    clock, seconds, failed = time.process_time, [], 0
    for page in pages:
        began = clock()
        try:
            do(page)
        except Exception:  # noqa: BLE001 - a program that falls over a page is counted, and the others go on
            failed += 1
        seconds.append(clock() - began)
    return seconds, failed


def timed(contenders: dict[str, Do], pages: Sequence[bytes], rounds: int) -> dict[str, Timed]:
    """Every contender, the bare parse included. The first round is for warming up and counts for nothing."""
    passes: dict[str, list[list[float]]] = {name: [] for name in contenders}
    beside: dict[str, list[list[float]]] = {name: [] for name in contenders}
    failures: dict[str, int] = {}
    bases: list[list[float]] = []
    for number in range(rounds + 1):
        before, _ = one_pass(bare_parse, pages)
        for name, do in contenders.items():
            seconds, failures[name] = one_pass(do, pages)
            after, _ = one_pass(bare_parse, pages)
            if number:
                passes[name].append(seconds)
                beside[name].append([(one + two) / 2 for one, two in zip(before, after, strict=True)])
                bases.append(after)
            before = after
    found = {name: _timed(name, passes[name], beside[name], failures[name]) for name in contenders}
    found[BASE] = _timed(BASE, bases, bases, 0)
    return found


def _timed(name: str, passes: list[list[float]], beside: list[list[float]], failed: int) -> Timed:
    ratios = tuple(sum(one) / sum(base) for one, base in zip(passes, beside, strict=True))
    by_page = tuple(statistics.median(each) for each in zip(*passes, strict=True))
    own = [[one / max(base, 1e-9) for one, base in zip(*pair, strict=True)] for pair in zip(passes, beside, strict=True)]
    return Timed(name, ratios, by_page, tuple(statistics.median(each) for each in zip(*own, strict=True)), failed)
