"""`disclosure-checker watch`: check pages again as they are saved, and keep an open report up to date."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn

import click

from checker.cli.check import JudgingCommand
from checker.cli.complete import files
from checker.cli.settings_options import judging_options
from checker.cli.web_options import is_web
from checker.errors import BadConfig, CheckerError, Faulty
from checker.sources.inputs import STDIN

if TYPE_CHECKING:
    from checker.cli.changes import Changes
    from checker.cli.live import Live
    from checker.cli.rounds import Rounds
    from checker.model import PageReport
    from checker.report.run import Closing, Look, Report
    from checker.sources.inputs import Inputs

_FORMAT = "html"
# Settings that cannot be used are tried again after so many seconds: what is wrong may lie in a file that they name.
_AGAIN = 5.0


@click.command(cls=JudgingCommand)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...", shell_complete=files)
@click.option("--open", "opens", is_flag=True, help="Open the report in the browser.")
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="Serve the report on this port.  [default: one that is free]")
@click.option("--no-serve", is_flag=True, help="Serve no report: only say in the terminal what changes.")
@judging_options
def watch(inputs: tuple[str, ...], port: int | None, *, opens: bool, no_serve: bool, **_settings: Any) -> int:
    """Check pages again as they are saved, and keep an open report up to date.

    INPUT is a file, a folder (searched for .html, .htm and .xhtml) or a glob. Every page is checked once, then each that is saved, added or taken
    away; all of them when the settings, a rule pack or the baseline change. The report (needs the extra report) is served to browsers on this
    machine alone, at the address that is printed first, and refreshes itself in an open one. The terminal says what is new and what is gone. Ctrl-C
    ends it.

    \b
    Examples:
      disclosure-checker watch drafts/
      disclosure-checker watch drafts/ --open
      disclosure-checker watch story.html --no-serve

    Exit codes: 0 ended by Ctrl-C, 2 error, 143 terminated.
    """
    if no_serve and (opens or port is not None):
        raise click.UsageError(f"--no-serve serves no report: leave out {'--open' if opens else '--port'}", click.get_current_context())
    _ask_local(inputs)
    if not no_serve:
        _ask_for_report()
    from checker.cli.signals import Signals, Stopped

    with Signals().caught():
        try:
            if no_serve:
                _Watch(inputs, None).run()
            from checker.cli.live import Live

            with Live(port) as live:
                click.echo(live.url)
                if opens:
                    _open(live.url)
                _Watch(inputs, live).run()
        except Stopped as stop:
            if stop.number != signal.SIGINT:
                raise
    click.echo("disclosure-checker: exit 0 (ok): no longer watching", err=True)
    return 0


class _Watch:
    """The loop: look, judge what has changed, say so, serve it."""

    def __init__(self, arguments: tuple[str, ...], live: Live | None) -> None:
        from checker.cli.changes import Changes
        from checker.cli.options import look
        from checker.cli.rounds import Rounds

        self._live = live
        self._rounds: Rounds = Rounds(arguments, _FORMAT if live else "text")
        self._look = look()
        self._changes: Changes = Changes(self._look)
        self._fault: str | None = None
        self._tried = 0.0

    def run(self) -> NoReturn:
        """Until a signal ends it."""
        from checker.cli.watching import Quiet, pause

        with self._rounds as rounds:
            settings, due = Quiet(rounds.settings()), True
            pages: Quiet | None = None
            while True:
                began = time.monotonic()
                if self._renewed(bool(settings.settled(rounds.settings(), began)), began):
                    settings, due = Quiet(rounds.settings()), True
                inputs = rounds.inputs()
                seen = rounds.seen(inputs)
                pages = pages or Quiet(seen)
                now = time.monotonic()
                settled = pages.settled(seen, now)
                if settled or (due and not pages.waits):
                    self._round(inputs, settled, always=due)
                    due = False
                time.sleep(pause(now - began, waits=pages.waits or settings.waits))

    def _renewed(self, changed: bool, now: float) -> bool:
        """Whether the settings were taken anew; those that cannot be are told once, and the old ones hold on."""
        if not changed and (self._fault is None or now - self._tried < _AGAIN):
            return False
        self._tried = now
        try:
            anew = self._rounds.renew()
        except CheckerError as fault:
            told = _told(fault)
            if told != self._fault:
                self._say(f"{told}; the settings from before hold on")
            self._fault = told
            return False
        self._fault = None
        self._say(f"the settings were read again{', and every page is checked by them' if anew else ''}")
        return True

    def _round(self, inputs: Inputs, settled: frozenset[str], *, always: bool) -> None:
        from checker.scale.pool import Unfit

        try:
            judged = self._rounds.judge(inputs, settled)
        except Unfit as fault:
            self._say(f"no page can be judged: {fault}")
            return
        if judged is None and not always:
            return
        page = _Page(self._live, self._rounds, self._look) if self._live else None
        told = self._rounds.tell(inputs, [self._changes.page, *([page.add] if page else [])])
        # After new settings all pages were judged: of those that are as before nothing is said.
        for line in self._changes.lines(_now(), () if always else judged or (), told.counts):
            click.echo(line)
        if page:
            page.done(told.closing)

    def _say(self, line: str) -> None:
        from checker.report.paint import one_line

        click.echo(f"{_now()}  {one_line(line)}")


class _Page:
    """A report that is made to be served."""

    def __init__(self, live: Live, rounds: Rounds, look: Look) -> None:
        from checker.report import FORMATS, make

        self._live = live
        shown = replace(look, colour=False, links=False, site=rounds.audit.settings.site, refresh=live.next_changes)
        self._report: Report = make(_FORMAT, FORMATS, shown)
        self._texts = [self._report.start(rounds.opening())]

    def add(self, report: PageReport) -> None:
        """The next page."""
        self._texts.append(self._report.page(report))

    def done(self, closing: Closing) -> None:
        """Serve it."""
        from checker.report.rows import InPieces

        self._texts += self._report.pieces(closing) if isinstance(self._report, InPieces) else [self._report.end(closing)]
        self._live.put("".join(self._texts).encode("utf-8", "backslashreplace"))


def _ask_local(inputs: tuple[str, ...]) -> None:
    """Raises BadConfig for what cannot be watched."""
    for name in inputs:
        if name == STDIN:
            raise BadConfig("standard input cannot be watched: it is read once; name files or folders")
        if is_web(name):
            raise BadConfig(f"{name} cannot be watched: nobody tells when a page of the web is saved; name files or folders, or use check")
        if not os.path.lexists(name):
            if any(sign in name for sign in "*?["):
                continue
            raise BadConfig(f"there is no file or folder {name}")
        if not os.path.isdir(name):  # noqa: PTH112 - names that are no UTF-8 must survive
            _ask_page(name)


def _ask_page(name: str) -> None:
    if not os.path.isfile(name):  # noqa: PTH113
        raise BadConfig(f"{name} cannot be watched: it is neither a file nor a folder")
    from checker.sources.archives.open import opened

    if opened(name) is not None:
        raise BadConfig(f"{name} cannot be watched: it is an archive; name the files or folders that it is made of, or use check")


def _ask_for_report() -> None:
    """Raises BadConfig where the report cannot be made: before the first page, not after it."""
    from importlib.util import find_spec

    if find_spec("jinja2") is None:
        raise BadConfig("the report needs the extra report: pip install 'disclosure-checker[report]'; --no-serve watches without it")


def _open(url: str) -> None:
    """In a thread of its own: a browser that runs in the terminal comes back only when it is left."""
    import threading
    import webbrowser

    def opened() -> None:
        if not webbrowser.open(url):
            click.echo(f"no browser could be opened; the report is at {url}", err=True)

    threading.Thread(target=opened, name="browser", daemon=True).start()


def _told(fault: CheckerError) -> str:
    """A fault in one line, however many there are."""
    if isinstance(fault, Faulty) and fault.faults:
        more = len(fault.faults) - 1
        return fault.faults[0] + (f" (and {more} more fault{'s' * (more != 1)} in {fault.what})" if more else "")
    return str(fault)


def _now() -> str:
    return time.strftime("%H:%M:%S")
