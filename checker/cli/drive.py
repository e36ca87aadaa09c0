"""Runs pages through to the reports: what `check` and `facts` have in common."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from checker.cli.progress import progress
from checker.cli.signals import Signals
from checker.model import NotCheckedReason, PageReport
from checker.report.outputs import Outputs
from checker.report.summary import Summary
from checker.scale.run import PAGE_SECONDS, run
from checker.sources.inputs import Inputs, Item


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
    seconds: float = PAGE_SECONDS,
) -> Summary:
    """Feed every input to the reports, in order, and count it.

    `told` makes of each what is reported; `last` is asked at the end what there is to say about the settings; `known`, `keep`,
    `seconds` and `folder`: see `run`.
    """
    summary = Summary(deduplicated=inputs.duplicates, excluded=inputs.excluded, unchanged=inputs.unchanged)
    # A run that is written down can go on later, so it is worth while to finish what is at work.
    polite = signals.polite() if keep else contextlib.nullcontext()
    done = run(inputs, prepare, jobs, seconds, folder=folder, known=known, keep=keep, stop=lambda: signals.asked)
    with polite, contextlib.closing(done) as reports, progress(inputs, quiet=quiet, prints=outputs.prints) as bar:
        count = 0
        for judged in reports:
            count += 1
            report = told(judged) if told else judged
            summary.add(report)
            with bar.aside(), signals.held():
                outputs.page(report)
            bar.step()
    for stream in inputs.streams:
        summary.deduplicated += stream.duplicates
        summary.leave_out(stream.left_out)
    if (lost := _unaccounted(inputs, count)) is not None:
        summary.add(lost)
        with signals.held():
            outputs.page(lost)
    if (about_settings := last()) is not None:
        summary.add(about_settings)
        with signals.held():
            outputs.page(about_settings)
    return summary


def _unaccounted(inputs: Inputs, reported: int) -> PageReport | None:
    """Where streams found more or less than there are reports of: that is a fault of ours, and no run with it may pass."""
    found = len(inputs.items) + len(inputs.without_page) + sum(stream.discovered for stream in inputs.streams)
    told = reported + sum(stream.duplicates + sum(stream.left_out.values()) for stream in inputs.streams)
    if found == told:
        return None
    detail = f"{found:,} inputs were found and {told:,} are accounted for: a fault of this program, please report it"
    return PageReport(source="(coverage)", status="not_checked", page_key="(coverage)", reason=NotCheckedReason.CRASHED, detail=detail)
