"""`disclosure-checker facts`: what is read from pages, without judging."""

from __future__ import annotations

from pathlib import Path

import click

from checker import __version__
from checker.cli.drive import drive
from checker.cli.options import gathered, image_files_option, input_options, look, pack_option, targets_of
from checker.cli.signals import Signals
from checker.report import FACTS
from checker.report.outputs import Outputs
from checker.report.run import Closing
from checker.scale.gate import Gate, facts_sentence


@click.command()
@input_options
@click.option("--output", "targets", multiple=True, metavar="FORMAT[=PATH]", help="Print FORMAT, or write it to PATH: jsonl, json.  [default: jsonl]")
@pack_option
@image_files_option
def facts(
    inputs: tuple[str, ...],
    files_from: str | None,
    stdin_url: str | None,
    jobs: int | None,
    targets: tuple[str, ...],
    packs: tuple[Path, ...],
    read_image_files: bool,
) -> int:
    """Print what is read from pages, without judging.

    One object a page: links that earn money, notices, images with credits, authors. The first thing to look at when a finding surprises you.
    A page that cannot be read has `error` set and null for the rest.

    \b
    Examples:
      disclosure-checker facts story.html
      disclosure-checker facts public/ --output json=facts.json

    Exit codes: 0 ok, 2 error, 3 something was not read, 4 no inputs.
    """
    with Signals().caught() as signals:
        named = gathered(inputs, files_from, stdin_url)
        from checker.scale.header import Clock, facts_run
        from checker.scale.task import FactsJob

        job = FactsJob(packs, read_image_files)
        job.prepare()  # a fault in a pack shows here, once
        clock = Clock(__version__, jobs)
        with Outputs(targets_of(targets or ("jsonl",), named, files_from, packs), FACTS, look()) as outputs:
            outputs.start(facts_run(clock))
            summary = drive(named, job.prepare, outputs, jobs=jobs, signals=signals, quiet=False)
            code = Gate("never").decide(summary)
            with signals.held():
                outputs.end(Closing(summary, int(code), code.words, facts_sentence(summary, code), clock.closing()))
    click.echo(facts_sentence(summary, code), err=True)
    return int(code)
