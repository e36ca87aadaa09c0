"""`disclosure-checker facts`: what is read from pages, without judging."""

from __future__ import annotations

from typing import Any

import click

from checker import __version__
from checker.cli.drive import drive
from checker.cli.options import gathered, input_options, look, targets_of
from checker.cli.settings_options import reading_options, settled
from checker.cli.signals import Signals
from checker.cli.web_options import Errand, streamed
from checker.report import FACTS
from checker.report.outputs import Outputs
from checker.report.run import Closing
from checker.scale.gate import Gate, facts_sentence
from checker.sources.limits import Times


@click.command()
@input_options
@click.option("--output", "targets", multiple=True, metavar="FORMAT[=PATH]", help="Print FORMAT, or write it to PATH: jsonl, json.  [default: jsonl]")
@reading_options
def facts(inputs: tuple[str, ...], files_from: str | None, stdin_url: str | None, targets: tuple[str, ...], **_settings: Any) -> int:
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

        settings = settled(named.arguments)
        packs, jobs, times = settings.packs, settings.values["jobs"], Times.of(settings.values["timeout"])
        job = FactsJob(packs, settings.values["read-image-files"], settings.site)
        job.prepare()  # a fault in a pack shows here, once
        clock = Clock(__version__, jobs)
        with (
            streamed(named, Errand(named.arguments), settings) as inputs_,
            Outputs(targets_of(targets or ("jsonl",), named, files_from, packs), FACTS, look()) as outputs,
        ):
            outputs.start(facts_run(clock))
            summary = drive(inputs_, job.prepare, outputs, jobs=jobs, signals=signals, quiet=False, folder=str(settings.folder), seconds=times.judge)
            code = Gate("never").decide(summary)
            with signals.held():
                outputs.end(Closing(summary, int(code), code.words, facts_sentence(summary, code), clock.closing()))
    click.echo(facts_sentence(summary, code), err=True)
    return int(code)
