"""The program as a contender: a page's bytes in, its report written; whole, or with a stopwatch at each step."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from checker import __version__
from checker.engine.overrides import Selection
from checker.model import PageReport, Source
from checker.page import reader
from checker.report import FORMATS, make
from checker.report.run import Look
from checker.scale import page as one_page
from checker.scale.header import Clock, run_of
from checker.scale.rulebook import load
from checker.scale.task import Choice
from tests.bench.rounds import bare_parse, one_pass

# Where one step calls the next: the module that calls, the name by which it calls, and the step.
SEAMS = ((reader, "decode", "decode"), (reader, "walk", "walk"), (one_page, "read", "read"))
STEPS = ("decode", "parse", "walk", "facts", "rules", "report")


class Program:
    """All rules of a profile and full facts, in one process, as `check` does a page; the report is kept in memory."""

    def __init__(self, profile: str = "us") -> None:
        self._rulebook = load()
        self._plans = Choice(Selection((profile,))).plans(self._rulebook.rules)
        self._run = run_of(self._rulebook.rules, self._rulebook.digest, self._plans, "warning", Clock(__version__, 1, blank=True))
        self._reports: dict[str, Any] = {}

    def judged(self, body: bytes) -> PageReport:
        """The page's report. A page that crashes is our fault, and no measurement."""
        report = one_page.check_page(Source("page.html", body), self._rulebook, self._plans).without_facts()
        if report.status != "checked":
            raise ValueError(f"{report.reason}: {report.detail}")
        return report

    def written(self, report: PageReport, format: str = "text") -> str:  # noqa: A002 - what the program calls it
        """What the report says of the page."""
        if format not in self._reports:
            self._reports[format] = make(format, FORMATS, Look())
            self._reports[format].start(self._run)
        text: str = self._reports[format].page(report)
        return text

    def check(self, body: bytes) -> str:
        """The whole of it."""
        return self.written(self.judged(body))

    def facts(self, body: bytes) -> object:
        """The facts alone, without lines and columns."""
        return reader.read(Source("page.html", body), self._rulebook.lexicon)


@dataclass
class Steps:
    """Where the time of a page goes. Steps are told apart by a clock around the functions that the program itself calls one after the other."""

    program: Program
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(("decode", "walk", "read", "judged", "report"), 0.0))

    def check(self, body: bytes) -> None:
        """As the program's own, with the clock running."""
        report = self._within("judged", self.program.judged)(body)
        self._within("report", self.program.written)(report)

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """With a clock at each step."""
        kept = [(module, name, getattr(module, name)) for module, name, _ in SEAMS]
        for module, name, step in SEAMS:
            watched = self._within(step, getattr(module, name))
            setattr(module, name, self._with_passages(watched) if step == "read" else watched)
        try:
            yield
        finally:
            for module, name, function in kept:
                setattr(module, name, function)

    def shares(self, parse: float) -> dict[str, float]:
        """Seconds of each step. The program parses and walks at once: `walk` is what this takes beyond `parse`, the bare parse of the same pages."""
        took = self.seconds
        walk = max(0.0, took["walk"] - parse)
        return {
            "decode": took["decode"],
            "parse": took["walk"] - walk,
            "walk": walk,
            "facts": took["read"] - took["decode"] - took["walk"],
            "rules": took["judged"] - took["read"],
            "report": took["report"],
        }

    def _within(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        clock = time.process_time

        def watched(*given: Any) -> Any:
            began = clock()
            try:
                return function(*given)
            finally:
                self.seconds[step] += clock() - began

        return watched

    def _with_passages(self, read: Callable[..., Any]) -> Callable[..., Any]:
        # The texts of a page are facts as well, although a rule must ask for them.
        return lambda *given: replace(found := read(*given), passages=self._within("read", found.passages))


def steps(program: Program, pages: list[bytes], rounds: int) -> dict[str, float]:
    """The share of each step, the median of the rounds; together 1."""
    import statistics

    found: list[dict[str, float]] = []
    for number in range(rounds + 1):
        step = Steps(program)
        before, _ = one_pass(bare_parse, pages)
        with step.watched():
            one_pass(step.check, pages)
        after, _ = one_pass(bare_parse, pages)
        parse = (sum(before) + sum(after)) / 2
        took = step.shares(parse)
        if number:
            found.append({name: seconds / sum(took.values()) for name, seconds in took.items()})
    medians = {name: statistics.median(each[name] for each in found) for name in STEPS}
    return {name: share / sum(medians.values()) for name, share in medians.items()}
