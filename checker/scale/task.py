"""What is done with each page of a run, as a small value that any process can be told: packs, profiles and rules, never loaded data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from checker.engine.plans import Plans
from checker.engine.rule import Rules
from checker.errors import BadConfig
from checker.model import PageReport
from checker.packs import built_in
from checker.report.run import Run
from checker.scale.header import Clock, run_of
from checker.scale.rulebook import Rulebook, lexicon, load, stamp
from checker.sources.files import load as load_source
from checker.sources.inputs import Item

if TYPE_CHECKING:
    from checker.sources.picture_files import MakerWords


@dataclass(frozen=True, slots=True)
class Choice:
    """Whose rules hold, and which of them are judged; rules are named by id, by family (IMG), or with * for any ending.

    `read_image_files`: what the files of pictures say is read too, and rules that need it are judged.
    `language` is that of the messages; a text that does not exist in it is given in English.
    """

    profiles: tuple[str, ...] = ("us",)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    read_image_files: bool = False
    language: str = "en"

    def plans(self, rules: Rules) -> Plans:
        """The plans. Raises BadConfig for a profile or a rule that does not exist, and where nothing is left to judge."""
        if not self.profiles:
            raise BadConfig(f"no profile is named; there are: {', '.join(sorted(rules.profiles))}")
        families = {rule.family for rule in rules.rules.values()}
        select, ignore = ([f"{name}*" if name.upper() in families else name for name in names] for names in (self.select, self.ignore))
        facts = ("static", "files") if self.read_image_files else ("static",)
        chosen = Plans(rules, self.profiles, select=select, ignore=ignore, facts=facts, language=self.language)
        if not chosen.every.groups and not chosen.every.not_evaluated:
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
        makers = _makers(rulebook.packs) if self.choice.read_image_files else None
        return lambda item: check_page(load_source(item), rulebook, chosen, clock, makers)

    def header(self, fail_on: str, clock: Clock) -> Run:
        """What reports are told of the run; any fault in packs or in ourselves shows here, before a page is read. Raises BadRule and BadConfig."""
        self.prepare()
        rulebook, chosen = _loaded(self.packs, self.choice, stamp(self.packs))
        return run_of(rulebook, chosen, fail_on, clock)


@dataclass(frozen=True, slots=True)
class FactsJob:
    """Read each page and judge nothing."""

    packs: tuple[Path, ...] = ()
    read_image_files: bool = False

    def prepare(self) -> Callable[[Item], PageReport]:
        """The function that reads one item. Raises BadRule, and BadConfig where image files are asked for and cannot be read here."""
        from checker.scale.page import read_page  # as above

        words = lexicon(self.packs)
        makers = _makers((built_in(), *self.packs)) if self.read_image_files else None
        return lambda item: read_page(load_source(item), words, makers)


def _makers(packs: tuple[Path, ...]) -> MakerWords:
    """The words for reading picture files. Raises BadConfig where the extra that reads them is not installed: before the first page, not at it."""
    from checker.sources.picture_blocks import ask_for_pillow
    from checker.sources.picture_files import MakerWords

    ask_for_pillow()
    return MakerWords.load(packs)


@lru_cache(maxsize=2)
def _loaded(packs: tuple[Path, ...], choice: Choice, _stamp: tuple[tuple[str, int, int], ...]) -> tuple[Rulebook, Plans]:
    rulebook = load(packs)
    return rulebook, choice.plans(rulebook.rules)
