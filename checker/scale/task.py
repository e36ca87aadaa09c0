"""What is done with each page of a run, as a small value that any process can be told: packs, profiles and rules, never loaded data."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

from checker.engine.overrides import Override, Selection
from checker.engine.plans import Plans
from checker.engine.rule import Rules
from checker.engine.waive import Terms
from checker.errors import BadConfig
from checker.model import PageReport, Source
from checker.packs import built_in
from checker.report.run import Run
from checker.scale.header import Clock, run_of
from checker.scale.lost import unread
from checker.scale.rulebook import Rulebook, digest_with_built_in, lexicon, load, load_rules, stamp
from checker.site import Site
from checker.sources.files import load as load_source
from checker.sources.files import whole_file
from checker.sources.inputs import Item

if TYPE_CHECKING:
    from checker.render.wish import RenderWish
    from checker.scale.cache import Cache
    from checker.scale.draw import Drawer, Keeper, Undrawn
    from checker.scale.freeze import Freezer
    from checker.sources.fetch.settings import Fetching
    from checker.sources.picture_files import MakerWords


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rules are judged on which pages, and what is known of these beside their bytes.

    `read_image_files`: what the files of pictures say is read too, and rules that need it are judged. `render`: a browser draws each page, and
    rules that need that are judged.
    `language` is that of the messages; a text that does not exist in it is given in English. `directives`: for which pages those in them
    count (local, never, always); `reason_needed`: whether a waiver must say why.
    """

    selection: Selection = field(default_factory=Selection)
    overrides: tuple[Override, ...] = ()
    site: Site = field(default_factory=Site)
    read_image_files: bool = False
    language: str = "en"
    directives: str = "local"
    reason_needed: bool = True
    render: RenderWish | None = None

    def terms(self, rules: Rules) -> Terms:
        """What holds for all waivers."""
        return Terms.of(rules, self.selection.mandatory, reason_needed=self.reason_needed)

    def plans(self, rules: Rules) -> Plans:
        """The plans. Raises BadConfig for a profile or a rule that does not exist, and where nothing is left to judge."""
        if not self.selection.profiles:
            raise BadConfig(f"no profile is named; there are: {', '.join(sorted(rules.profiles))}")
        facts = ("static", "site", *(("files",) if self.read_image_files else ()), *(("rendered",) if self.render else ()))
        return Plans(rules, self.selection, self.overrides, facts=facts, language=self.language)


@dataclass(frozen=True, slots=True)
class CheckJob:
    """Judge each page, but for those whose results the cache has. `outline`: reports are told the blocks of each page. `fetching`: how the network is
    asked where pages are drawn with it; `keeper`: who keeps evidence of each page. `copies`: the folder in which copies of pages are kept.
    """

    packs: tuple[Path, ...] = ()
    choice: Choice = Choice()
    timed: bool = False
    cache: Cache | None = None
    outline: bool = False
    fetching: Fetching | None = None
    keeper: Keeper | None = None
    copies: str | None = None

    def with_cache(self, folder: Path) -> Self:
        """The same job with the results in a folder, where these can be trusted: other packages' code and other files must have no say in them."""
        from checker.checks import by_name
        from checker.scale.cache import opened

        if self.timed or self.choice.read_image_files or self.choice.render or self.keeper or self.copies:
            return self
        # Where the folder of the settings lies in the file system says nothing of a page.
        here = replace(self.choice, site=replace(self.choice.site, folder=""))
        cache = opened(folder, (digest_with_built_in(self.packs), here, self.outline), self.choice.site.folder)
        job = replace(self, cache=cache)
        calls = (call for rule in job.rules().rules.values() for call in (*rule.when.calls, *rule.expect.calls))
        return self if any(call.check.name not in by_name() for call in calls) else job

    def identity(self) -> object:
        """All that makes two runs over the same inputs the same, as a value whose `repr` tells it whole."""
        from checker.scale.program import program

        return program(), digest_with_built_in(self.packs), self.choice, self.outline

    def prepare(self) -> Callable[[Item], PageReport]:
        """The function that judges one item; rules are loaded once in a process."""
        cache, judge = self.cache, self._judge()

        def do(item: Item) -> PageReport:
            source = load_source(item)
            if cache is None or not _is_local(item):
                return judge(source)
            found = cache.find(source)
            if found is None:
                found = judge(source)
                cache.keep(source, found)
            return found

        return do

    def known(self, item: Item) -> PageReport | None:
        """What there is to say of an item without any rule: what the cache has, or that it cannot be read."""
        if self.cache is not None and item.path is not None and _is_local(item):
            body = whole_file(item.path)
            # Whether these bytes are a page was asked when they were judged.
            found = self.cache.find(Source(item.name, body, path=item.name)) if body is not None else None
            if found is None and (body is not None or not os.path.lexists(item.path)):  # a pipe can be read only once
                found = unread(load_source(item), self.choice.site.folder)
            if found is not None:
                return found
        # Now the rules are needed; processes that are forked after this have them.
        self._judge()
        return None

    def _judge(self) -> Callable[[Source], PageReport]:
        import time

        from checker.scale.page import Heed, check_page  # here, because it loads the reader of pages

        rulebook = _rulebook(self.packs, stamp(self.packs))
        chosen = _plans(self.packs, self.choice, stamp(self.packs), alone=False)
        clock = time.perf_counter if self.timed else None
        makers = _makers(rulebook.packs) if self.choice.read_image_files else None
        site, heed = self.choice.site, Heed(self.choice.terms(rulebook.rules), self.choice.directives)
        drawer, outline = self._drawer(), self.outline
        freezer = self._freezer(drawer)
        # Facts stay here: reports tell of a page without them, and they are large.
        return lambda source: check_page(
            source, rulebook, chosen, clock, makers, site, heed, drawer, outline=outline, freezer=freezer
        ).without_facts()

    def _drawer(self) -> Drawer | Undrawn | None:
        """The browser of this process, which ends with it, and who keeps evidence."""
        if self.choice.render is None and self.keeper is None:
            return None
        from multiprocessing.util import Finalize

        from checker.scale.draw import Drawer, Undrawn

        if self.choice.render is None:
            return Undrawn(self.keeper) if self.keeper else None
        drawer = Drawer(self.choice.render, self.fetching, self.keeper)
        # Also where a process of the pool ends, which leaves out what `atexit` knows of.
        Finalize(drawer, drawer.close, exitpriority=10)
        return drawer

    def _freezer(self, drawer: Drawer | Undrawn | None) -> Freezer | None:
        """Who keeps copies of pages, with what the pages are drawn with."""
        if self.copies is None:
            return None
        from checker.scale.draw import Drawer
        from checker.scale.freeze import Freezer

        return Freezer(self.copies, drawer.network) if isinstance(drawer, Drawer) else Freezer(self.copies)

    def rules(self) -> Rules:
        """All rules of the packs. Raises BadRule."""
        return _rules(self.packs, stamp(self.packs), alone=self._is_sound)

    def plans(self) -> Plans:
        """Which rules judge which pages. Raises BadRule and BadConfig."""
        return _plans(self.packs, self.choice, stamp(self.packs), alone=self._is_sound)

    def header(self, fail_on: str, clock: Clock) -> Run:
        """What reports are told of the run; any fault in packs or in ourselves shows here, before a page is read. Raises BadRule and BadConfig."""
        if not self._is_sound:
            self._judge()
            if self.cache is not None:
                self.cache.keep_sound()
        return run_of(self.rules(), digest_with_built_in(self.packs), self.plans(), fail_on, clock)

    @property
    def _is_sound(self) -> bool:
        """Whether the words of these very packs are known to be without a fault, so that they need not be loaded to find out."""
        return self.cache is not None and self.cache.sound


@dataclass(frozen=True, slots=True)
class FactsJob:
    """Read each page and judge nothing."""

    packs: tuple[Path, ...] = ()
    read_image_files: bool = False
    site: Site = field(default_factory=Site)

    def prepare(self) -> Callable[[Item], PageReport]:
        """The function that reads one item. Raises BadRule, and BadConfig where image files are asked for and cannot be read here."""
        from checker.scale.page import read_page  # as above

        words = lexicon(self.packs)
        makers = _makers((built_in(), *self.packs)) if self.read_image_files else None
        return lambda item: read_page(load_source(item), words, makers, self.site)


def _makers(packs: tuple[Path, ...]) -> MakerWords:
    """The words for reading picture files. Raises BadConfig where the extra that reads them is not installed: before the first page, not at it."""
    from checker.sources.picture_blocks import ask_for_pillow
    from checker.sources.picture_files import MakerWords

    ask_for_pillow()
    return MakerWords.load(packs)


def _is_local(item: Item) -> bool:
    return item.path is not None and item.given is None and not item.foreign


_Stamp = tuple[tuple[str, int, int], ...]


@lru_cache(maxsize=2)
def _plans(packs: tuple[Path, ...], choice: Choice, stamp: _Stamp, *, alone: bool) -> Plans:
    return choice.plans(_rules(packs, stamp, alone=alone))


def _rules(packs: tuple[Path, ...], stamp: _Stamp, *, alone: bool) -> Rules:
    """`alone`: without the words and networks that reading a page needs; these take five times as long."""
    return _rules_alone(packs, stamp) if alone else _rulebook(packs, stamp).rules


@lru_cache(maxsize=2)
def _rules_alone(packs: tuple[Path, ...], _stamp: _Stamp) -> Rules:
    return load_rules(packs)


@lru_cache(maxsize=2)
def _rulebook(packs: tuple[Path, ...], _stamp: _Stamp) -> Rulebook:
    return load(packs)
