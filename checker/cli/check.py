"""`disclosure-checker check`: judge pages, report, and say with the exit code whether the gate holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from checker.cli.fixes import Wish, fix_options
from checker.cli.keeping import EvidenceWish, evidence_options
from checker.cli.options import changed_since_option, gathered, input_options, journal_options
from checker.cli.settings_options import judging_options, report_options
from checker.cli.signals import Signals
from checker.cli.web_options import web_options


class JudgingCommand(click.Command):
    """`--allow-incomplete` may stand alone or with =N; what follows it is an input, never its value."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Give the bare option its value."""
        end = args.index("--") if "--" in args else len(args)
        filled = ["--allow-incomplete=all" if arg == "--allow-incomplete" else arg for arg in args[:end]]
        return super().parse_args(ctx, filled + args[end:])


@click.command(cls=JudgingCommand)
@input_options
@web_options
@changed_since_option
@journal_options
@evidence_options
@report_options
@judging_options
@fix_options
def check(
    inputs: tuple[str, ...],
    files_from: str | None,
    stdin_url: str | None,
    changed_since: str | None,
    journal: Path | None,
    evidence: Path | None,
    timestamp_url: str | None,
    *,
    resume: bool,
    fix: bool,
    unsafe: bool,
    diff: bool,
    **_settings: Any,
) -> int:
    """Judge pages and report what is wrong with them.

    INPUT is a file, a folder (searched for .html, .htm and .xhtml), a glob, an archive (WARC, WACZ, zip, MHTML, .html.gz), a feed, the address of
    a page, or - for standard input. Every input is accounted for: it is checked, not checked (and the report says why), or skipped. With --output
    only what is named is printed or written.

    Most options can stand in a settings file or in the environment: see `disclosure-checker config show`.

    \b
    Examples:
      disclosure-checker check public/
      disclosure-checker check story.html --fail-on error
      disclosure-checker check public/ --output text --output json=report.json
      disclosure-checker check public/ --fix --diff
      disclosure-checker check public/ --changed-since origin/main
      disclosure-checker check https://example.com/story
      disclosure-checker check --sitemap https://example.com/ --since 2026-11-01 --output jsonl=report.jsonl
      disclosure-checker check crawl.warc.gz --output json=report.json
      disclosure-checker check archive/ --journal run.journal --resume
      git diff --name-only main -- '*.html' | disclosure-checker check --files-from -
      curl -s https://example.com/story | disclosure-checker check - --stdin-url https://example.com/story

    Exit codes: 0 ok, 1 findings, 2 error, 3 something was not checked, 4 no inputs.
    """
    if resume and journal is None:
        raise click.UsageError("--resume needs --journal FILE", click.get_current_context())
    wish = Wish.of(fix=fix, unsafe=unsafe, diff=diff)
    keeps = EvidenceWish.of(evidence, timestamp_url, fix=fix, journal=journal)
    with Signals().caught() as signals:
        named = gathered(inputs, files_from, stdin_url)
        from checker.cli.audit import carried_out, prepared  # the engine is loaded only when there is something to judge

        _, code = carried_out(prepared(named, files_from, changed_since, journal, resume=resume, evidence=keeps), signals, wish)
    return code
