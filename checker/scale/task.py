"""What is done with each page of a run, as a small value that any process can be told: packs, profiles and rules, never loaded data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from checker.engine.plan import Plan, plan
from checker.engine.rule import Rules
from checker.errors import BadConfig
from checker.model import PageReport
from checker.report.run import Run
from checker.scale.header import Clock, run_of
from checker.scale.rulebook import Rulebook, lexicon, load, stamp
from checker.sources.files import load as load_source
from checker.sources.inputs import Item


@dataclass(frozen=True, slots=True)
class Choice:
    """Whose rules hold, and which of them are judged; rules are named by id, by family (IMG), or with * for any ending."""

    profiles: tuple[str, ...] = ("us",)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def plan(self, rules: Rules) -> Plan:
        """The plan. Raises BadConfig for a profile or a rule that does not exist, and where nothing is left to judge."""
        if not self.profiles:
            raise BadConfig(f"no profile is named; there are: {', '.join(sorted(rules.profiles))}")
        families = {rule.family for rule in rules.rules.values()}
        select, ignore = ([f"{name}*" if name.upper() in families else name for name in names] for names in (self.select, self.ignore))
        chosen = plan(rules, self.profiles, select=select, ignore=ignore)
        if not chosen.groups and not chosen.not_evaluated:
            # An empty gate lets everything through.
            raise BadConfig("no rule is left to judge: those that are selected are ignored, or no chosen profile holds them")
        return chosen


@dataclass(frozen=True, slots=True)
class CheckJob:
    """Judge each page."""

    packs: tuple[Path, ...] = ()
    choice: Choice = Choice()
    timed: bool = False

    def prepare(self) -> Callable[[Item], PageReport]:
        """The function that judges one item; rules are loaded once in a process."""
        import time

        from checker.scale.page import check_page  # here, because it loads the reader of pages

        rulebook, chosen = _loaded(self.packs, self.choice, stamp(self.packs))
        clock = time.perf_counter if self.timed else None
        return lambda item: check_page(load_source(item), rulebook, chosen, clock)

    def header(self, fail_on: str, clock: Clock) -> Run:
        """What reports are told of the run; any fault in packs or in ourselves shows here, before a page is read. Raises BadRule and BadConfig."""
        self.prepare()
        rulebook, chosen = _loaded(self.packs, self.choice, stamp(self.packs))
        return run_of(rulebook, chosen, fail_on, clock)


@dataclass(frozen=True, slots=True)
class FactsJob:
    """Read each page and judge nothing."""

    packs: tuple[Path, ...] = ()

    def prepare(self) -> Callable[[Item], PageReport]:
        """The function that reads one item."""
        from checker.scale.page import read_page  # as above

        words = lexicon(self.packs)
        return lambda item: read_page(load_source(item), words)


@lru_cache(maxsize=2)
def _loaded(packs: tuple[Path, ...], choice: Choice, _stamp: tuple[tuple[str, int, int], ...]) -> tuple[Rulebook, Plan]:
    rulebook = load(packs)
    return rulebook, choice.plan(rulebook.rules)
