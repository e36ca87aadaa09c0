"""`disclosure-checker report`: saved reports shown again, in any format, and shards of a run put together."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.bundles import Bundles
from checker.cli.complete import files
from checker.cli.options import look, spare_pages
from checker.cli.past_runs import HELP, past
from checker.cli.settings_options import settled
from checker.cli.signals import Signals
from checker.report import FORMATS
from checker.scale.gate import FAIL_ON, Exit, Gate


@click.command()
@click.argument("saved", nargs=-1, required=True, metavar="SAVED...", type=click.Path(path_type=Path))
@click.option(
    "--output",
    "targets",
    multiple=True,
    metavar="FORMAT[=PATH]",
    help=f"Print FORMAT, or write it to PATH: {', '.join(FORMATS)}. May be repeated.  [default: text]",
)
@click.option(
    "--sarif-target",
    type=click.Choice(("any", "github")),
    default="any",
    show_default=True,
    help="Keep in sarif what GitHub takes, within its limits.",
)
@click.option("--history", multiple=True, metavar="PATH", type=click.Path(path_type=Path), shell_complete=files, help=HELP)
@click.option("--fail-on", type=click.Choice(FAIL_ON), help="End with exit code 1, 3 or 4 as check does, with this least finding.")
@click.option("--quiet", is_flag=True, help="Print one line a finding, and what could not be checked; no excerpts, no counts.")
@click.option("--statistics", is_flag=True, help="Add counts by author, section and network, and the most common causes.")
@click.option("--reproducible", is_flag=True, help="Leave out all that differs between equal runs.")
def report(
    saved: tuple[Path, ...],
    targets: tuple[str, ...],
    sarif_target: str,
    history: tuple[Path, ...],
    fail_on: str | None,
    quiet: bool,
    statistics: bool,
    reproducible: bool,
) -> int:
    """Show saved reports again, and put the parts of a run together.

    SAVED is a report in the format json or jsonl. Several are merged in the order in which they are named: they must come from the same
    program, rules and profiles. A page that stands in two of them is counted once; where it was judged differently, that is an error. A bundle of
    evidence (a folder, or .zip) is shown as the report in it; with --output html=DIR/ copies of its pages are put beside the report.

    \b
    Examples:
      disclosure-checker report report.json
      disclosure-checker report shard-*.jsonl --output json=whole.json --output markdown
      disclosure-checker report shard-*.json --fail-on warning
      disclosure-checker report audits/2026-11-23.json --history audits/ --output html=report.html
      disclosure-checker report evidence.zip --output html=report/

    Exit codes: 0 shown, 2 error; with --fail-on those of check. A report says in itself how its run ended.
    """
    from dataclasses import replace

    from checker.report.merged import merged
    from checker.report.outputs import Outputs, spare, target
    from checker.report.run import Closing

    with Signals().caught() as signals, Bundles() as bundles:
        wanted = [target(text) for text in targets or ("text",)]
        spare(wanted, "it is one of the saved reports", saved)
        spare_pages(wanted)
        bundles.spare(saved, wanted)
        loaded = [bundles.load(path) for path in saved]
        earlier = past(history, wanted, loaded)
        whole = merged(loaded, fail_on)
        gate = Gate(whole.run.fail_on, strict_baseline=whole.run.strict_baseline)
        code = gate.decide(whole.summary) if fail_on else _worst(whole.codes, whole.summary.checked)
        sentence = whole.messages[0] if len(saved) == 1 and not fail_on else gate.sentence(whole.summary, code)
        run = replace(whole.run, volatile={}) if reproducible else whole.run
        # The files behind addresses are those of the site that is checked out here.
        shown = replace(look(quiet=quiet, statistics=statistics, sarif_target=sarif_target, site=settled(()).site), past=earlier)
        with Outputs(wanted, FORMATS, shown) as outputs:
            with signals.held():
                outputs.start(run)
            with_kept = bundles.beside(outputs.folder, next((each.path for each in wanted if each.folder), None))
            for each in whole.reports:
                told = with_kept(each)
                with signals.held():
                    outputs.page(told)
            with signals.held():
                outputs.end(Closing(whole.summary, int(code), code.words, sentence, {}, whole.waivers))
    if fail_on:
        click.echo(sentence, err=True)
        return int(code)
    click.echo(f"disclosure-checker: exit 0 (ok): {_shown(len(saved), len(whole.reports))}; what it says is no verdict without --fail-on", err=True)
    return 0


def _worst(codes: tuple[int, ...], checked: int) -> Exit:
    """How the whole ended: as the part that ended worst, but one without pages says nothing where others have some."""
    order = (Exit.ERROR, Exit.FINDINGS, Exit.INCOMPLETE, Exit.NO_INPUTS, Exit.OK)
    ended = [Exit(code) for code in codes if not (code == Exit.NO_INPUTS and checked)]
    return min(ended, key=lambda code: order.index(code) if code in order else 0, default=Exit.OK)


def _shown(reports: int, pages: int) -> str:
    return f"{'a report' if reports == 1 else f'{reports} reports merged'}, {pages} input{'s' * (pages != 1)}"
