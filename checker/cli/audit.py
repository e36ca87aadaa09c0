"""A run that judges, from what was typed to its last page: what `check` and `baseline` have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker import __version__
from checker.cli.drawing import jobs_for, render_wish, seconds_for
from checker.cli.drive import drive
from checker.cli.excluded import without_excluded
from checker.cli.fixes import Fixing, Wish
from checker.cli.freezing import ask as ask_of_copies
from checker.cli.freezing import beside, folder_in, without_pictures
from checker.cli.job_summary import with_job_summary
from checker.cli.keeping import EvidenceWish, Keeping
from checker.cli.options import look, targets_of
from checker.cli.past_runs import past_of_settings
from checker.cli.settings_options import settled
from checker.cli.signals import Signals
from checker.cli.web_options import FEW_PAGES, Errand, streamed
from checker.config.settings import Settings
from checker.engine.overrides import fits
from checker.engine.plans import Plans
from checker.engine.rule import Rules
from checker.engine.stories import Stories
from checker.engine.waive import Waivers
from checker.errors import BadConfig
from checker.model import PageReport
from checker.report import DRAWN, FORMATS, OUTLINED
from checker.report.outputs import Outputs, spare, target
from checker.report.run import Closing, Run
from checker.report.summary import Summary
from checker.scale.gate import Gate
from checker.scale.header import Clock
from checker.scale.key import path_key
from checker.scale.task import CheckJob, Choice
from checker.sources.inputs import Inputs
from checker.sources.limits import Times

if TYPE_CHECKING:
    from checker.report.baseline import Baseline, Tally
    from checker.scale.fetched import FetchedPages
    from checker.scale.journal import Journal

_NO_FIX = Wish()
_NO_EVIDENCE = EvidenceWish()


@dataclass(frozen=True, slots=True)
class Audit:
    """Everything that is known before the first page is read: what to read, what to do with it, and what lets it fail."""

    settings: Settings
    inputs: Inputs
    job: CheckJob
    rules: Rules
    plans: Plans
    gate: Gate
    clock: Clock
    run: Run
    files_from: str | None = None
    # The new name of a page, and the one that a baseline may know it by.
    renamed: Mapping[str, str] = field(default_factory=dict)
    journal: Path | None = None
    resume: bool = False
    errand: Errand | None = None
    evidence: EvidenceWish = _NO_EVIDENCE
    # Whether the command is there to draw pages, and tells how they look.
    draws: bool = False

    @property
    def baseline(self) -> Path | None:
        """The file of known findings, where there is to be one."""
        named = self.settings.values["baseline"]
        return self.settings.place("baseline", named) if named else None

    def tally(self, baseline: Baseline) -> Tally:
        """What this run makes of a baseline."""
        from checker.report.baseline import Tally

        mandatory = self.settings.selection.mandatory
        return Tally(baseline, lambda rule: fits(rule, mandatory), self.renamed)

    def waivers(self) -> Waivers:
        """What the settings waive. A run knows only of folders that it searched what it has not seen."""
        choice, source = self.job.choice, str(self.settings.file or "settings")
        searched = [] if self.inputs.unchanged else [choice.site.path(name) for name in self.inputs.arguments if Path(name).is_dir()]
        folders = ["" if path == "." else path for path in searched if path is not None]
        terms = choice.terms(self.rules)
        # The day is that of the machine the program runs on: a waiver ends when its owner's day ends.
        today = date.today()  # noqa: DTZ011
        every, path_of = self.plans.every, choice.site.path
        return Waivers(self.settings.waives, every, terms, today=today, whole=lambda scope: scope.lies_in(folders), source=source, path_of=path_of)

    def written_down(self) -> AbstractContextManager[Journal | None]:
        """Where results are written as they come. Raises BadConfig and BadOutput."""
        if self.journal is None:
            return nullcontext()
        from checker.scale.journal import Journal

        return Journal(self.journal, (self.job.identity(), self.inputs.arguments, self.errand), resume=self.resume)

    @contextmanager
    def remembering(self, journal: Journal | None) -> Iterator[FetchedPages | None]:
        """What was fetched is written down too, for as long as this lasts. Raises BadOutput."""
        if journal is None or not self.errand:
            yield None
            return
        from checker.scale.fetched import FetchedPages
        from checker.sources.web import Web

        with FetchedPages(journal, resume=self.resume) as memory:
            for stream in self.inputs.streams:
                if isinstance(stream, Web):
                    stream.memory = memory
            yield memory

    def stories(self) -> Stories:
        """What pages of one story bring to each other."""
        return Stories(self.plans.every, self.plans.like, self.job.choice.site.path)

    def told(self, waivers: Waivers, tally: Tally | None, stories: Stories | None = None) -> Callable[[PageReport], PageReport]:
        """What becomes of each report before it is counted: what is waived is in no baseline."""
        joined = (stories or self.stories()).apply
        if tally is None:
            return lambda report: waivers.apply(joined(report))
        return lambda report: tally.apply(waivers.apply(joined(report)))


def prepared(
    named: Inputs,
    files_from: str | None,
    changed_since: str | None = None,
    journal: Path | None = None,
    *,
    resume: bool = False,
    evidence: EvidenceWish = _NO_EVIDENCE,
    given: Mapping[str, Any] | None = None,
) -> Audit:
    """The audit of the command that runs. Faults in settings and packs, and unknown rules, show here. Raises CheckerError.

    `given`: settings that the command itself brings; what is typed is stronger.
    """
    settings = settled(named.arguments, given)
    if (left := without_pictures(settings, given)) is not given:
        settings = settled(named.arguments, left)
    values = settings.values
    Times.of(values["timeout"])
    errand = Errand(named.arguments)
    named = without_excluded(named, settings, errand.included)
    choice = Choice(
        settings.selection,
        settings.overrides,
        settings.site,
        values["read-image-files"],
        values["message-language"],
        values["inline-waivers"],
        values["waiver-reason"] == "required",
        render_wish(settings),
    )
    timed, outline = values["statistics"] and not values["reproducible"], any(text.partition("=")[0].strip() in OUTLINED for text in settings.outputs)
    # A report that is kept as evidence tells all that it can.
    job = CheckJob(settings.packs, evidence.fitted(choice), timed=timed, outline=outline or bool(evidence))
    # Of a page that an earlier run judged there is nothing to keep.
    job = job if evidence or folder_in(settings) else _with_cache(job, settings, named)
    if choice.render is not None and choice.render.network:
        job = replace(job, fetching=errand.fetching(settings))
    clock = Clock(__version__, values["jobs"], blank=values["reproducible"])
    from checker.config.names import ask

    ask(settings, job.rules())
    rules, plans = job.rules(), job.plans()
    gate = Gate(values["fail-on"], settings.allow_incomplete, values["allow-empty"], values["strict-baseline"])
    named, renamed = _changed(named, changed_since, settings.site.folder)
    run = replace(job.header(values["fail-on"], clock), strict_baseline=values["strict-baseline"])
    return Audit(settings, named, job, rules, plans, gate, clock, run, files_from, renamed, journal, resume, errand, evidence, draws=bool(given))


def carried_out(audit: Audit, signals: Signals, wish: Wish = _NO_FIX) -> tuple[Summary, int]:
    """Read and judge every page, and write the reports. Gives the counts and the exit code; the sentence goes to standard error last of all.

    Where repairs are wished for, reports tell of the pages as they stand afterwards.
    """
    with streamed(audit.inputs, audit.errand or Errand(()), audit.settings) as inputs:
        return _carried_out(replace(audit, inputs=inputs), signals, wish)


def _carried_out(audit: Audit, signals: Signals, wish: Wish) -> tuple[Summary, int]:
    import click

    values = audit.settings.values
    ask_of_copies(audit.settings, fix=wish.fix, journal=audit.journal)
    waivers, known, stories = audit.waivers(), known_of(audit), audit.stories()
    tally = audit.tally(known) if known is not None else None
    wanted = with_job_summary(
        targets_of(wish.outputs(audit.settings.outputs, typed="output" in audit.settings.layers), audit.inputs, audit.files_from, audit.job.packs)
    )
    if audit.settings.file is not None:
        spare(wanted, "it holds the settings", [audit.settings.file])
    shown = look(quiet=values["quiet"], statistics=values["statistics"], sarif_target=values["sarif-target"], site=audit.settings.site)
    shown = replace(shown, past=past_of_settings(audit.settings, wanted))
    with (
        Fixing(wish, audit.inputs, audit.job, stories.apply) as fixing,
        audit.written_down() as journal,
        audit.remembering(journal) as memory,
        Keeping(audit, wanted) as keeping,
        Outputs(wanted, DRAWN if audit.draws else FORMATS, shown, extra=keeping.outputs(shown)) as outputs,
    ):
        job = beside(keeping.job(audit.job), outputs, audit.settings)
        with signals.held():
            outputs.start(audit.run)
        folder = audit.job.choice.site.folder
        told = fixing.after(audit.told(waivers, tally, stories))
        summary = drive(
            audit.inputs,
            job.prepare,
            outputs,
            jobs=jobs_for(values["jobs"], job.choice.render),
            signals=signals,
            quiet=values["quiet"],
            folder=folder,
            seconds=seconds_for(Times.of(values["timeout"]), job.choice.render),
            told=told,
            last=waivers.report,
            known=journal.find if journal else audit.job.known if audit.job.cache else None,
            keep=journal.keep if journal else None,
        )
        fixed = tally.waivers() if tally else ()
        summary.stale_baseline = len(fixed)
        summary.twins_compared, summary.twins_waiting = stories.compared, stories.waiting
        code = audit.gate.decide(summary)
        sentence = fixing.told(audit.gate.sentence(summary))
        ended = audit.clock.closing(summary.cached if audit.job.cache else None)
        with signals.held():
            # Pages are changed when nothing can fail any more but putting files into place.
            outputs.close(Closing(summary, int(code), code.words, sentence, ended, (*waivers.entries(), *fixed)))
            fixing.finish()
            outputs.finish()
            if journal:
                journal.done()
            if memory:
                memory.done()
        keeping.finish()
    for line in _told_of_samples(audit, summary):
        click.echo(line, err=True)
    click.echo(sentence, err=True)
    return summary, int(code)


def _told_of_samples(audit: Audit, summary: Summary) -> Iterator[str]:
    """What a sample says of all the pages that it was drawn from."""
    populations = [found for stream in audit.inputs.streams if (found := getattr(stream, "population", None)) is not None]
    if len(populations) == 1 and audit.errand and len(audit.inputs.streams) == 1 and not audit.inputs.items:
        from checker.sources.sample import Share

        yield Share(summary.pages_with_findings, summary.checked, max(populations[0], summary.checked)).sentence("have a finding", audit.errand.seed)


def known_of(audit: Audit) -> Baseline | None:
    """The findings that are let be. Raises BadConfig for a baseline that cannot be read, BadOutput where a report would go over it."""
    if audit.baseline is None:
        if audit.gate.strict_baseline:
            raise BadConfig("--strict-baseline needs a baseline: --baseline FILE")
        return None
    from checker.report.baseline_file import load

    spare([target(text) for text in audit.settings.outputs], "it is the baseline", [audit.baseline])
    return load(audit.baseline)


def _with_cache(job: CheckJob, settings: Settings, named: Inputs) -> CheckJob:
    """The job with the results of earlier runs, where there are enough pages for that, or where somebody asks for it."""
    asked = bool({"cache", "cache-dir"} & settings.layers.keys())
    if not settings.values["cache"] or len(named.items) < (1 if asked else FEW_PAGES):
        return job
    return job.with_cache(settings.place("cache-dir", settings.values["cache-dir"]))


def _changed(named: Inputs, ref: str | None, folder: str) -> tuple[Inputs, Mapping[str, str]]:
    """The inputs that changed since a commit, and the keys of those that were renamed, new ones to old ones."""
    if ref is None:
        return named, {}
    from checker.sources.changed import changed

    found = changed(named, ref)
    return found.inputs, {path_key(new, folder): path_key(old, folder) for new, old in found.renamed.items()}
