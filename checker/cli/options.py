"""The options that several commands share, and what they mean."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from checker.cli.complete import files
from checker.cli.web_options import is_web
from checker.errors import BadConfig, BadOutput
from checker.report.folder import is_ours
from checker.report.outputs import Target, spare, target
from checker.report.run import Look
from checker.scopes import is_address
from checker.site import Site
from checker.sources.files import holds_page, standard_input
from checker.sources.inputs import STDIN, Inputs, gather, listed
from checker.sources.sniff import PAGE_SUFFIXES
from checker.sources.stream import Stream

F = TypeVar("F", bound=Callable[..., Any])
# The profile that holds where none is chosen.
DEFAULT_PROFILE = "us"
_FEEDS = (".xml", ".rss", ".atom", ".rdf", ".gz")


def input_options(command: F) -> F:
    """What to read: INPUT…, --files-from, --stdin-url."""
    options = (
        click.argument("inputs", nargs=-1, metavar="INPUT...", shell_complete=files),
        click.option("--files-from", metavar="FILE", shell_complete=files, help="Read inputs from FILE, one path a line; - is standard input."),
        click.option("--stdin-url", metavar="URL", help="The address of the page that comes on standard input."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def changed_since_option(command: F) -> F:
    """Only what changed."""
    help_ = "Check only pages that changed since the last commit shared with REF, uncommitted changes included (needs git)."
    return click.option("--changed-since", metavar="REF", help=help_)(command)


def journal_options(command: F) -> F:
    """Where a long run writes down what is done, and whether it goes on from there."""
    options = (
        click.option(
            "--journal",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Write down each page as it is done, so that a run that is cut can be resumed.",
        ),
        click.option("--resume", is_flag=True, help="Go on with the run that the journal is of."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def pack_option(command: F) -> F:
    """Rule packs beside the built-in one."""
    kind = click.Path(exists=True, file_okay=False, path_type=Path)
    return click.option("--pack", "packs", multiple=True, type=kind, metavar="FOLDER", help="Add a rule pack of your own. May be repeated.")(command)


def gathered(inputs: Sequence[str], files_from: str | None, stdin_url: str | None) -> Inputs:
    """Everything that was named, but for what is fetched: see `Errand`."""
    context = click.get_current_context()
    if not inputs and files_from is None and not context.params.get("sitemaps") and not context.params.get("crawls"):
        raise click.UsageError("nothing to read: name files, folders, globs or addresses, or - for standard input", context)
    if files_from == STDIN and STDIN in inputs:
        raise click.UsageError("standard input cannot be both a page and the list of files", click.get_current_context())
    if stdin_url is not None and STDIN not in inputs:
        raise click.UsageError("--stdin-url needs - among the inputs", click.get_current_context())
    if stdin_url is not None and not stdin_url.lower().startswith(("http://", "https://")):
        raise click.UsageError(f"--stdin-url is an address with http:// or https://, not {stdin_url!r}", click.get_current_context())
    stdin = standard_input(stdin_url) if STDIN in inputs else None
    every = [*inputs, *(_from_file(files_from) if files_from is not None else [])]
    local = gather([name for name in every if not is_web(name)], stdin, [_archive, _feed])
    return replace(local, arguments=tuple(every))


def _archive(argument: str) -> Stream | None:
    """The pages in an archive, if a file of that name is one."""
    if is_address(argument) or not os.path.isfile(argument):  # noqa: PTH113 - a name is kept as it is
        return None
    from checker.sources.archives.open import opened

    return opened(argument)


def _feed(argument: str) -> Stream | None:
    """The articles in a feed, if a file of that name is one."""
    if not argument.lower().endswith(_FEEDS):
        return None
    from checker.sources.feeds import open_feed

    return open_feed(argument)


def targets_of(texts: Sequence[str], named: Inputs, files_from: str | None = None, packs: Sequence[Path] = ()) -> list[Target]:
    """Where the reports go: never over what the run reads, and never over a page."""
    targets = [target(text) for text in texts]
    spare_inputs(targets, named, files_from, packs)
    return targets


def spare_inputs(targets: Sequence[Target], named: Inputs, files_from: str | None = None, packs: Sequence[Path] = ()) -> None:
    """Refuse to write over what the run reads, and over a page. Raises BadOutput."""
    spare(targets, "it is one of the inputs", (item.path for item in named.items if item.path is not None))
    spare(targets, "it is one of the inputs", named.arguments if named.streams else ())
    if files_from == STDIN or any(item.name == STDIN for item in named.items):
        spare(targets, "standard input comes from it", [0])
    if files_from is not None:
        spare(targets, "it is the list of files", [files_from])
    spare(targets, "it belongs to a rule pack", (path for pack in packs for path in pack.glob("*/*.toml")))
    spare_pages(targets)
    spare_searched(targets, named.arguments)


def spare_pages(targets: Sequence[Target]) -> None:
    """Refuse to write over a page. Raises BadOutput."""
    for each in targets:
        if each.path is not None and holds_page(each.path) and not (each.format == "html" and is_ours(each.path)):
            raise BadOutput(f"cannot write {each.path}: a page is there; name another file")


def spare_searched(targets: Sequence[Target], arguments: Sequence[str]) -> None:
    """Refuse an HTML report where the next run would take it for a page. Raises BadOutput."""
    for each in targets:
        if each.format != "html" or each.path is None or not (each.folder or each.path.name.lower().endswith(PAGE_SUFFIXES)):
            continue
        for argument in arguments:
            if _searches(argument, each.path.resolve()):
                raise BadOutput(f"cannot write {each.path}: {argument} is searched for pages, and the report would be one; write it elsewhere")


def _searches(argument: str, place: Path) -> bool:
    """Whether a folder or a pattern that a run is given reaches a place."""
    if os.path.isdir(argument):  # noqa: PTH112 - any text, also what is no name
        above = Path(argument).resolve()
        return place.is_relative_to(above) and not any(part.startswith(".") for part in place.relative_to(above).parts)
    if os.path.lexists(argument) or not any(mark in argument for mark in "*?[") or is_web(argument):
        return False
    from fnmatch import fnmatch

    pattern = os.path.abspath(argument)  # noqa: PTH100 - as it is matched
    depth = None if "**" in pattern else len(Path(pattern).parts)
    reached = (each for each in (place, *place.parents) if depth is None or len(each.parts) == depth)
    # What matches is read, or searched where it is a folder.
    return any(fnmatch(str(each), pattern) and not any(part.startswith(".") for part in place.relative_to(each).parts) for each in reached)


def _from_file(name: str) -> list[str]:
    if name == STDIN:
        if sys.stdin is None:
            raise BadConfig("cannot read the list of files: standard input is closed")
        try:
            return listed(sys.stdin.buffer)
        except OSError as fault:
            raise BadConfig(f"cannot read the list of files from standard input: {fault.strerror}") from fault
    try:
        with Path(name).open("rb") as lines:
            return listed(lines)
    except OSError as fault:
        raise BadConfig(f"cannot read the list of files {name}: {fault.strerror}") from fault


def look(*, quiet: bool = False, statistics: bool = False, sarif_target: str = "any", site: Site | None = None) -> Look:
    """How text may look on standard output: colours and links only on a terminal, and only if it is not asked to do without."""
    terminal = sys.stdout is not None and sys.stdout.isatty()
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = 100
    if terminal:
        import shutil

        width = max(60, min(140, shutil.get_terminal_size().columns))
    links = colour and _shows_links()
    return Look(colour=colour, links=links, width=width, quiet=quiet, statistics=statistics, sarif_target=sarif_target, site=site or Site())


def _shows_links() -> bool:
    """Whether the terminal says that it is one of those that know OSC 8; others would print the address raw."""
    told = os.environ
    if told.get("VTE_VERSION", "").isdigit():
        return int(told["VTE_VERSION"]) >= 5000
    return (
        told.get("TERM_PROGRAM", "") in {"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio"}
        or told.get("TERM", "") in {"xterm-kitty", "foot", "alacritty", "xterm-ghostty", "wezterm"}
        or any(name in told for name in ("WT_SESSION", "KITTY_WINDOW_ID", "DOMTERM", "KONSOLE_VERSION"))
    )
