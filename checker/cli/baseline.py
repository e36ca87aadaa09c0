"""`disclosure-checker baseline`: write down the findings that are known and let be, so that the gate fails only on new ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from checker.cli.check import JudgingCommand
from checker.cli.options import gathered, input_options, spare_inputs
from checker.cli.settings_options import judging_options
from checker.cli.web_options import Errand, streamed

if TYPE_CHECKING:
    from checker.report.baseline import Baseline, Tally
    from checker.report.summary import Summary

F = TypeVar("F", bound=Callable[..., Any])


@click.group()
def baseline() -> None:
    """Keep the findings that are known, so that only new ones fail.

    The file (disclosure-baseline.jsonl, or --baseline FILE) belongs beside the settings, under version control. It knows a finding by its page,
    rule and fingerprint, never by its line, and two branches that change it can be merged.

    \b
    Examples:
      disclosure-checker baseline create public/
      disclosure-checker check public/ --baseline disclosure-baseline.jsonl
      disclosure-checker baseline prune public/
    """


def _options(command: F) -> F:
    return input_options(judging_options(command))


@baseline.command(cls=JudgingCommand)
@_options
def create(inputs: tuple[str, ...], files_from: str | None, stdin_url: str | None, **_settings: Any) -> int:
    """Write every finding of these pages into a new file.

    Questions are written down too; a question that is known does not excuse a violation that comes later.

    \b
    Examples:
      disclosure-checker baseline create public/
      disclosure-checker baseline create public/ --baseline known.jsonl --profile us,amazon

    Exit codes: 0 written, 2 error, 3 written but something was not checked, 4 no inputs.
    """
    return _made("create", inputs, files_from, stdin_url)


@baseline.command(cls=JudgingCommand)
@_options
def update(inputs: tuple[str, ...], files_from: str | None, stdin_url: str | None, **_settings: Any) -> int:
    """Add the new findings of these pages and drop what is fixed on them.

    Entries of other pages, of pages that could not be checked and of rules that were not judged stay, as do reasons and owners.

    \b
    Example:
      disclosure-checker baseline update public/reviews/

    Exit codes: 0 written, 2 error, 3 written but something was not checked, 4 no inputs.
    """
    return _made("update", inputs, files_from, stdin_url)


@baseline.command(cls=JudgingCommand)
@_options
def prune(inputs: tuple[str, ...], files_from: str | None, stdin_url: str | None, **_settings: Any) -> int:
    """Drop what is fixed on these pages; add nothing.

    \b
    Example:
      disclosure-checker baseline prune public/

    Exit codes: 0 written, 2 error, 3 written but something was not checked, 4 no inputs.
    """
    return _made("prune", inputs, files_from, stdin_url)


def _made(how: str, inputs: tuple[str, ...], files_from: str | None, stdin_url: str | None) -> int:
    from checker.cli.audit import prepared
    from checker.cli.drive import drive
    from checker.cli.signals import Signals
    from checker.report.baseline import DEFAULT
    from checker.report.late import Late
    from checker.report.outputs import Outputs, Target
    from checker.report.run import Closing, Look
    from checker.scale.gate import Exit, Gate
    from checker.sources.limits import Times

    with Signals().caught() as signals:
        audit = prepared(gathered(inputs, files_from, stdin_url), files_from)
        values = audit.settings.values
        path = audit.settings.place("baseline", values["baseline"] or DEFAULT)
        tally = audit.tally(_none_there(path) if how == "create" else _there(path))
        made = tally.pruned if how == "prune" else tally.updated
        target = Target("baseline", path)
        spare_inputs([target], audit.inputs, audit.files_from, audit.job.packs)
        with (
            streamed(audit.inputs, Errand(audit.inputs.arguments), audit.settings) as named,
            Outputs([], {}, Look(), extra=[(target, Late(lambda: made().text()))]) as outputs,
        ):
            folder = audit.job.choice.site.folder
            told = audit.told(audit.waivers(), tally)
            summary = drive(
                named,
                audit.job.prepare,
                outputs,
                jobs=values["jobs"],
                signals=signals,
                quiet=values["quiet"],
                folder=folder,
                seconds=Times.of(values["timeout"]).judge,
                told=told,
                known=audit.job.known if audit.job.cache else None,
            )
            code = Gate("never", audit.gate.allow_incomplete, audit.gate.allow_empty).decide(summary)
            if code is Exit.NO_INPUTS:
                outputs.drop()
            else:
                with signals.held():
                    outputs.end(Closing(summary, int(code), code.words, ""))
    told_so = "no page to check; nothing is written" if code is Exit.NO_INPUTS else _sentence(how, tally, made(), summary)
    click.echo(f"disclosure-checker: exit {int(code)} ({code.words}): {told_so}", err=True)
    return int(code)


def _none_there(path: Path) -> Baseline:
    """An empty baseline for a place that is free. Raises BadOutput."""
    from checker.errors import BadOutput
    from checker.report.baseline import Baseline

    if path.exists() or path.is_symlink():
        raise BadOutput(f"{path} exists already; baseline update adds what is new and drops what is fixed, and --baseline names another file")
    return Baseline((), str(path))


def _there(path: Path) -> Baseline:
    from checker.report.baseline_file import load

    return load(path)


def _sentence(how: str, tally: Tally, after: Baseline, summary: Summary) -> str:
    """What was done, with the counts."""
    fixed = sum(each.count for each in tally.stale())
    clauses = [f"{after.name} holds {_many(after.findings, 'finding')} on {_many(len({each.page for each in after.entries}), 'page')}"]
    if how == "update":
        clauses.append(f"{_many(tally.added, 'finding')} added")
    if how != "create":
        clauses.append(f"{_many(fixed, 'fixed finding')} dropped")
    if how == "prune" and tally.added:
        clauses.append(f"{_many(tally.added, 'new finding')} not added")
    if tally.mandatory:
        clauses.append(f"{_many(tally.mandatory, 'finding')} of mandatory rules left out")
    clauses.append(f"{summary.not_checked} not checked")
    if summary.rule_crashes:
        clauses.append(f"a rule crashed on {_many(summary.rule_crashes, 'page')}")
    return "; ".join(clauses)


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'s' * (count != 1)}"
