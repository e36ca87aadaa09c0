"""Runs pages through to the reports: what `check` and `facts` have in common."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

import click

from checker.cli.signals import Signals
from checker.model import PageReport
from checker.report.outputs import Outputs
from checker.report.summary import Summary
from checker.scale.run import run
from checker.sources.inputs import Inputs, Item

# Under this many pages a bar would be gone before it is seen.
_LONG = 50


def drive(
    inputs: Inputs,
    prepare: Callable[[], Callable[[Item], PageReport]],
    outputs: Outputs,
    *,
    jobs: int | None,
    signals: Signals,
    quiet: bool,
    folder: str = "",
    told: Callable[[PageReport], PageReport] | None = None,
    last: Callable[[], PageReport | None] = lambda: None,
    known: Callable[[Item], PageReport | None] | None = None,
    keep: Callable[[PageReport], None] | None = None,
) -> Summary:
    """Feed every input to the reports, in order, and count it.

    `told` makes of each what is reported; `last` is asked at the end what there is to say about the settings; `known`, `keep`
    and `folder`: see `run`.
    """
    summary = Summary(deduplicated=inputs.duplicates, excluded=inputs.excluded, unchanged=inputs.unchanged)
    total = len(inputs.items) + len(inputs.without_page)
    # A run that is written down can go on later, so it is worth while to finish what is at work.
    polite = signals.polite() if keep else contextlib.nullcontext()
    done = run(inputs, prepare, jobs, folder=folder, known=known, keep=keep, stop=lambda: signals.asked)
    with polite, contextlib.closing(done) as reports, _progress(total, quiet=quiet) as bar:
        for judged in reports:
            report = told(judged) if told else judged
            summary.add(report)
            with bar.aside(), signals.held():
                outputs.page(report)
            bar.step()
    for stream in inputs.streams:
        summary.deduplicated += stream.duplicates
        summary.leave_out(stream.left_out)
    if (about_settings := last()) is not None:
        summary.add(about_settings)
        with signals.held():
            outputs.page(about_settings)
    return summary


class _Progress:
    """No bar."""

    @contextlib.contextmanager
    def aside(self) -> Iterator[None]:
        """Room for something else on the terminal."""
        yield

    def step(self) -> None:
        """One more page is done."""


class _Bar(_Progress):
    """A bar on standard error that makes way for what is printed."""

    def __init__(self, total: int) -> None:
        self.bar = click.progressbar(length=total, label="checking", file=sys.stderr, show_pos=True)
        self._shares_terminal = sys.stdout.isatty()

    @contextlib.contextmanager
    def aside(self) -> Iterator[None]:
        if self._shares_terminal:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
        yield

    def step(self) -> None:
        self.bar.update(1)


@contextlib.contextmanager
def _progress(total: int, *, quiet: bool) -> Iterator[_Progress]:
    if quiet or total < _LONG or not sys.stderr.isatty():
        yield _Progress()
        return
    bar = _Bar(total)
    with bar.bar:
        yield bar
