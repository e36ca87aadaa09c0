"""`disclosure-checker check`: judge pages, report, and say with the exit code whether the gate holds."""

from __future__ import annotations

from pathlib import Path

import click

from checker import __version__
from checker.cli.drive import drive
from checker.cli.job_summary import with_job_summary
from checker.cli.options import DEFAULT_PROFILE, gathered, image_files_option, input_options, look, pack_option, targets_of
from checker.cli.signals import Signals
from checker.report import FORMATS
from checker.report.outputs import Outputs
from checker.report.run import Closing
from checker.scale.gate import FAIL_ON, Gate
from checker.text import LANGUAGES


class _Check(click.Command):
    """`--allow-incomplete` may stand alone or with =N; what follows it is an input, never its value."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Give the bare option its value."""
        end = args.index("--") if "--" in args else len(args)
        filled = ["--allow-incomplete=all" if arg == "--allow-incomplete" else arg for arg in args[:end]]
        return super().parse_args(ctx, filled + args[end:])


def _count(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    """How many inputs may stay unchecked; None for any number."""
    del ctx, param
    if value is None:
        return 0
    if value == "all":
        return None
    if not value.isascii() or not value.isdigit():
        raise click.BadParameter(f"{value!r} is not a number; write --allow-incomplete or --allow-incomplete=5")
    return int(value)


@click.command(cls=_Check)
@input_options
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
@click.option(
    "--fail-on", type=click.Choice(FAIL_ON), default="warning", show_default=True, help="The least finding that ends the run with exit code 1."
)
@click.option("--allow-incomplete", metavar="[=N]", callback=_count, help="Do not fail because inputs (at most N) could not be checked.")
@click.option("--allow-empty", is_flag=True, help="Do not fail because there is no page at all.")
@click.option(
    "--profile",
    "profiles",
    default=DEFAULT_PROFILE,
    show_default=True,
    metavar="NAME",
    help="Whose rules hold, separated by commas; auto chooses by each page's host and language.",
)
@click.option("--select", metavar="RULES", help="Judge only these rules: ids or families, such as AFF001,IMG.")
@click.option("--ignore", metavar="RULES", help="Leave out these rules.")
@click.option(
    "--message-language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="The language of messages, advice and questions."
)
@pack_option
@image_files_option
@click.option("--quiet", is_flag=True, help="Print one line a finding, and what could not be checked; no excerpts, no counts, no progress bar.")
@click.option("--statistics", is_flag=True, help="Add what each rule cost.")
def check(
    inputs: tuple[str, ...],
    files_from: str | None,
    stdin_url: str | None,
    jobs: int | None,
    targets: tuple[str, ...],
    sarif_target: str,
    fail_on: str,
    allow_incomplete: int | None,
    allow_empty: bool,
    profiles: str,
    select: str | None,
    ignore: str | None,
    message_language: str,
    packs: tuple[Path, ...],
    read_image_files: bool,
    quiet: bool,
    statistics: bool,
) -> int:
    """Judge pages and report what is wrong with them.

    INPUT is a file, a folder (searched for .html, .htm and .xhtml), a glob, or - for standard input. Every input is accounted for: it is
    checked, not checked (and the report says why), or skipped. With --output only what is named is printed or written.

    \b
    Examples:
      disclosure-checker check public/
      disclosure-checker check story.html --fail-on error
      disclosure-checker check public/ --output text --output json=report.json
      git diff --name-only main -- '*.html' | disclosure-checker check --files-from -
      curl -s https://example.com/story | disclosure-checker check - --stdin-url https://example.com/story

    Exit codes: 0 ok, 1 findings, 2 error, 3 something was not checked, 4 no inputs.
    """
    with Signals().caught() as signals:
        named = gathered(inputs, files_from, stdin_url)
        from checker.scale.header import Clock
        from checker.scale.task import CheckJob, Choice

        choice = Choice(
            profiles=_words(profiles), select=_words(select), ignore=_words(ignore), read_image_files=read_image_files, language=message_language
        )
        job = CheckJob(packs, choice, timed=statistics)
        gate = Gate(fail_on, allow_incomplete, allow_empty)
        clock = Clock(__version__, jobs)
        header = job.header(fail_on, clock)  # faults in packs and unknown rules show here, before any page is read
        wanted = with_job_summary(targets_of(targets or ("text",), named, files_from, packs))
        with Outputs(wanted, FORMATS, look(quiet=quiet, statistics=statistics, sarif_target=sarif_target)) as outputs:
            with signals.held():
                outputs.start(header)
            summary = drive(named, job.prepare, outputs, jobs=jobs, signals=signals, quiet=quiet)
            code = gate.decide(summary)
            sentence = gate.sentence(summary)
            with signals.held():
                outputs.end(Closing(summary, int(code), code.words, sentence, clock.closing()))
    click.echo(sentence, err=True)
    return int(code)


def _words(text: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in (text or "").split(",") if word.strip()))
