"""`check --evidence`: what a run keeps of its pages, from its options to its manifest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

import click

from checker.errors import BadConfig, BadOutput

if TYPE_CHECKING:
    from checker.cli.audit import Audit
    from checker.evidence.bundle import Bundle
    from checker.evidence.chosen import Chosen
    from checker.report.outputs import Target
    from checker.report.run import Look, Report
    from checker.scale.task import CheckJob, Choice

F = TypeVar("F", bound=Callable[..., Any])


def evidence_options(command: F) -> F:
    """Where evidence is kept, and who says when."""
    options = (
        click.option(
            "--evidence",
            type=click.Path(path_type=Path),
            metavar="PLACE",
            help="Keep what pages were judged by in a new folder, or in a new archive that ends with .zip (needs the extra evidence).",
        ),
        click.option(
            "--timestamp-url",
            metavar="URL",
            help="With --evidence: have it stamped by the time-stamp authority at this address (RFC 3161); it sees a sum, no page.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class EvidenceWish:
    """What was asked for; nothing where no `path` is given."""

    path: Path | None = None
    timestamp_url: str | None = None

    @classmethod
    def of(cls, evidence: Path | None, timestamp_url: str | None, *, fix: bool, journal: Path | None) -> Self:
        """Raises BadConfig for what does not go together, and where an extra that it needs is not installed."""
        if evidence is None:
            if timestamp_url is not None:
                raise BadConfig("--timestamp-url says who stamps evidence: it needs --evidence PLACE")
            return cls()
        if fix:
            raise BadConfig("--evidence keeps pages as they were judged, and --fix changes them; repair them first")
        if journal is not None:
            raise BadConfig("--evidence keeps what a run judges itself, and --journal has pages that another run judged; leave one of them out")
        from checker.sources.archives.records import ask_for_warcio

        try:
            ask_for_warcio()
        except BadConfig:
            raise BadConfig("keeping evidence needs the extra evidence: pip install 'disclosure-checker[evidence]'") from None
        if timestamp_url is not None:
            if not timestamp_url.lower().startswith(("http://", "https://")):
                raise BadConfig(f"--timestamp-url is an address with http:// or https://, not {timestamp_url!r}")
            from checker.evidence.timestamp import ask_for_client

            ask_for_client()
        return cls(evidence, timestamp_url)

    def __bool__(self) -> bool:
        return self.path is not None

    def fitted(self, choice: Choice) -> Choice:
        """The choices of the run, with what a browser was given kept. Raises BadConfig for what could not be judged again."""
        if self.path is None:
            return choice
        if choice.read_image_files:
            raise BadConfig(
                "--evidence does not keep the files of pictures, so that --read-image-files could not be judged again; leave one of them out"
            )
        return replace(choice, render=replace(choice.render, keeps=True)) if choice.render is not None else choice


class Keeping:
    """The bundle of a run, if it has one. Use as a context: a run that does not end well leaves none, or one without a manifest."""

    def __init__(self, audit: Audit, targets: Sequence[Target]) -> None:
        """Begin it. Raises BadOutput where it cannot be written, or lies where it would do harm."""
        self._audit, self._wish = audit, audit.evidence
        self._bundle: Bundle | None = None
        self._targets = targets

    def __enter__(self) -> Self:
        path = self._wish.path
        if path is None:
            return self
        from checker.evidence.bundle import Bundle, spare

        if self._wish.timestamp_url is not None:
            self._ask_fetcher()
        spare(path, [each.path for each in self._targets if each.path], [Path(name) for name in self._audit.inputs.arguments if Path(name).is_dir()])
        self._bundle = Bundle(path)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bundle is not None:
            self._bundle.drop()

    def job(self, job: CheckJob) -> CheckJob:
        """The job with whoever keeps its pages."""
        if self._bundle is None:
            return job
        return replace(job, keeper=self._bundle.keeper(job.choice.site, self._audit.run.version, dated=not self._audit.clock.blank))

    def outputs(self, look: Look) -> list[tuple[Target, Report]]:
        """The report that lies in the bundle."""
        if self._bundle is None:
            return []
        from checker.evidence.report import NotedReport
        from checker.report.outputs import Target

        return [(Target("json", self._bundle.report), NotedReport(look, self._bundle.note))]

    def finish(self) -> None:
        """Write the manifest, have it stamped. Raises BadOutput; where only the stamp is not to be had, the bundle is whole all the same."""
        if self._bundle is None:
            return
        from checker.evidence.bundle import Made
        from checker.scale.rulebook import digest
        from checker.sources.secrets import masked

        audit, url = self._audit, self._wish.timestamp_url
        began = audit.run.volatile.get("started_at")
        made = Made(
            audit.run.version,
            audit.run.rules_digest,
            chosen_of(audit.job.choice),
            tuple((pack.resolve().name, digest([pack])) for pack in audit.job.packs),
            (str(began), datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")) if began else (None, None),
            masked(url) if url is not None else None,
        )
        self._bundle.finish(made, self._stamp if url is not None else None)

    def _stamp(self, body: bytes) -> bytes:
        from checker.evidence.timestamp import stamp
        from checker.sources.secrets import masked

        url = self._wish.timestamp_url or ""
        try:
            return stamp(body, self._send, masked(url))
        except BadOutput as fault:
            raise BadOutput(f"the evidence {self._wish.path} is whole, and has no timestamp: {fault}") from None

    def _send(self, question: bytes) -> bytes:
        from checker.sources.fetch.fault import Fault
        from checker.sources.fetch.post import posted
        from checker.sources.secrets import masked

        url = self._wish.timestamp_url or ""
        errand = self._audit.errand
        if errand is None:
            raise BadOutput("nobody can be asked")
        try:
            return posted(errand.fetching(self._audit.settings), url, question, "application/timestamp-query", "application/timestamp-reply")
        except Fault as fault:
            raise BadOutput(f"{masked(url)} gave none: {fault.detail}") from None

    def _ask_fetcher(self) -> None:
        """Raises BadConfig where what fetches is not installed: before the first page, not after the last."""
        from checker.sources.fetch import opened

        if self._audit.errand is not None:
            opened(self._audit.errand.fetching(self._audit.settings)).close()


def chosen_of(choice: Choice) -> Chosen:
    """What reaches what is said of pages."""
    from checker.evidence.chosen import Chosen

    sizes = choice.render.sizes if choice.render is not None else None
    return Chosen(choice.selection, choice.overrides, choice.site, choice.language, choice.directives, choice.reason_needed, sizes)


def choice_of(chosen: Chosen) -> Choice:
    """The way back: choices by which pages are judged again."""
    from checker.render.wish import RenderWish
    from checker.scale.task import Choice

    return Choice(
        chosen.selection,
        chosen.overrides,
        chosen.site,
        language=chosen.language,
        directives=chosen.directives,
        reason_needed=chosen.reason_needed,
        render=RenderWish(chosen.sizes) if chosen.sizes is not None else None,
    )
