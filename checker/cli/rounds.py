"""The rounds of `watch`: every page is judged once, and again when it or the settings change; between that its report is kept in memory.

A report takes 30 KB, so that 10,000 pages take 300 MB.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Self

from checker import __version__
from checker.cli.audit import known_of, prepared
from checker.cli.drawing import jobs_for, seconds_for
from checker.cli.excluded import without_excluded
from checker.cli.progress import progress
from checker.cli.settings_options import places
from checker.cli.watching import Signature, beside, signatures
from checker.model import PageReport
from checker.report.run import Closing, Run
from checker.report.summary import Summary
from checker.scale.gate import Gate
from checker.scale.header import Clock
from checker.scale.lasting import Lasting
from checker.scale.run import run
from checker.sources.inputs import Inputs, Item, gather
from checker.sources.limits import Times


@dataclass(frozen=True, slots=True)
class Round:
    """What a round has come to, as reports are told of it and in a few words."""

    closing: Closing
    counts: str


class Rounds:
    """All pages of a watch. Use as a context: at its end no process is left."""

    def __init__(self, arguments: Sequence[str], output: str) -> None:
        """`output`: the format that shows the pages. Raises CheckerError for settings and packs that cannot be used."""
        self._arguments, self._output = tuple(arguments), output
        self._reports: dict[str, PageReport] = {}
        # Those that are to be judged again.
        self._owed: set[str] = set()
        self._judges: Lasting | None = None
        self._identity = ""
        self.renew()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    # Settings ----------------------------------------------------------------------------------------------------------------------------
    def renew(self) -> bool:
        """Take the settings, packs and the baseline as they are now; whether all pages are judged again by them. Raises CheckerError, and then those
        from before hold on.
        """
        audit = prepared(gather(self._arguments), None, given={"output": [self._output]})
        baseline, identity = known_of(audit), repr(audit.job.identity())
        self._end()
        anew = identity != self._identity
        if anew:
            self._owed.update(self._reports)
        self.audit, self._baseline, self._identity, self._clock = audit, baseline, identity, audit.clock
        self._settings = tuple(map(str, (*places(self._arguments), *([audit.baseline] if audit.baseline else []))))
        return anew

    def settings(self) -> dict[str, Signature]:
        """The files that decide how pages are judged, whether they are there or not."""
        packs = (str(path) for pack in self.audit.job.packs for path in pack.glob("*/*.toml"))
        return signatures((*self._settings, *packs))

    # Pages -------------------------------------------------------------------------------------------------------------------------------
    def inputs(self) -> Inputs:
        """The pages that are there now."""
        return without_excluded(gather(self._arguments), self.audit.settings, ())

    def seen(self, inputs: Inputs) -> dict[str, Signature]:
        """The files that reports are made of, as they are now: the pages, and what they are drawn with where that is asked for."""
        found = signatures(map(path_of, inputs.items))
        choice = self.audit.job.choice
        if choice.render is not None or choice.read_image_files:
            found |= signatures(beside(self._arguments, choice.render.pictures if choice.render else None))
        return found

    def judge(self, inputs: Inputs, settled: Collection[str]) -> set[str] | None:
        """Judge what is new and what has `settled` since it was judged. Gives the names of the pages of which something else is to be said now; None
        where all is as before. Raises `Unfit` where no page can be judged.
        """
        there = {path_of(item) for item in inputs.items}
        gone = self._reports.keys() - there
        self._owed = (self._owed | set(settled)) & there
        if any(path not in there and path not in gone for path in settled):
            self._owed |= there  # what pages are drawn with has changed, and nobody knows which of them
        for path in gone:
            del self._reports[path]
        wanted = [item for item in inputs.items if path_of(item) in self._owed or path_of(item) not in self._reports]
        others: set[str] = set()
        with progress(replace(inputs, items=tuple(wanted), without_page=()), quiet=self.audit.settings.values["quiet"], prints=False) as bar:
            for item, report in self._lasting().judged(wanted):
                path = path_of(item)
                if self._reports.get(path) != report:
                    others.add(item.name)
                self._reports[path] = report
                self._owed.discard(path)
                bar.step()
        return others if others or gone else None

    def tell(self, inputs: Inputs, sinks: Sequence[Callable[[PageReport], None]]) -> Round:
        """Feed all pages to these, in order and with all that waivers, the baseline and other pages bring to them."""
        known = tuple(item for item in inputs.items if path_of(item) in self._reports)
        audit = replace(self.audit, inputs=replace(inputs, items=known))
        waivers, stories = audit.waivers(), audit.stories()
        tally = audit.tally(self._baseline) if self._baseline is not None else None
        told = audit.told(waivers, tally, stories)
        summary = Summary(deduplicated=inputs.duplicates, excluded=inputs.excluded)

        def feed(report: PageReport) -> None:
            summary.add(report)
            for sink in sinks:
                sink(report)

        for report in run(audit.inputs, lambda: self._report_of, jobs=1, folder=audit.job.choice.site.folder):
            feed(told(report))
        if (about_settings := waivers.report()) is not None:
            feed(about_settings)
        fixed = tally.waivers() if tally else ()
        summary.stale_baseline = len(fixed)
        summary.twins_compared, summary.twins_waiting = stories.compared, stories.waiting
        code = audit.gate.decide(summary)
        closing = Closing(summary, int(code), code.words, audit.gate.sentence(summary), self._clock.closing(), (*waivers.entries(), *fixed))
        # In the terminal nothing fails, so that it need not be said what would.
        return Round(closing, Gate("info").counts(summary, code))

    def opening(self) -> Run:
        """A round that begins now, as its report is told of it before the first page."""
        self._clock = Clock(__version__, self.audit.clock.jobs, blank=self.audit.clock.blank)
        return replace(self.audit.run, volatile=self._clock.opening())

    def _report_of(self, item: Item) -> PageReport:
        return self._reports[path_of(item)]

    def _lasting(self) -> Lasting:
        if self._judges is None:
            values, choice = self.audit.settings.values, self.audit.job.choice
            seconds = seconds_for(Times.of(values["timeout"]), choice.render)
            self._judges = Lasting(self.audit.job.prepare, jobs_for(values["jobs"], choice.render), seconds, choice.site.folder)
        return self._judges

    def _end(self) -> None:
        if self._judges is not None:
            self._judges.close()
            self._judges = None


def path_of(item: Item) -> str:
    """Where an item lies."""
    return item.path if item.path is not None else item.name
