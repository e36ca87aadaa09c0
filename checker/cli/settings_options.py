"""The options of `check` that settings can give as well, and the settings that come of both and of the environment."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from checker.cli import complete
from checker.cli.past_runs import HELP as HISTORY
from checker.report import FORMATS
from checker.scale.gate import FAIL_ON
from checker.text import LANGUAGES

if TYPE_CHECKING:
    from checker.config.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])
# Option by option: the key of the settings, and what the option's value is as a setting.
_KEYS: dict[str, tuple[str, Callable[[Any], Any]]] = {}


def _option(key: str, *names: str, told: Callable[[Any], Any] = lambda value: value, **more: Any) -> Callable[[F], F]:
    """An option whose value is the setting `key`."""
    made = click.option(*names, **more)
    parameter = click.Option(list(names)).name or ""
    _KEYS[parameter] = (key, told)
    return made


def words(text: str) -> list[str]:
    """A list that is separated by commas.

    >>> words("us, amazon,us")
    ['us', 'amazon']
    """
    return list(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))


def _count(ctx: click.Context, param: click.Parameter, value: str | None) -> bool | int:
    """How many inputs may stay unchecked; True for any number."""
    del ctx, param
    if value is None:
        return False
    if value == "all":
        return True
    if not value.isascii() or not value.isdigit():
        raise click.BadParameter(f"{value!r} is not a number; write --allow-incomplete or --allow-incomplete=5")
    return int(value)


_RULES = (
    _option(
        "profiles",
        "--profile",
        "profiles",
        told=words,
        metavar="NAME",
        shell_complete=complete.profiles,
        help="Whose rules hold, separated by commas; auto chooses by each page's host and language.  [default: us]",
    ),
    _option(
        "select",
        "--select",
        told=words,
        metavar="RULES",
        shell_complete=complete.rules,
        help="Judge only these rules: ids, families or globs, such as AFF001,IMG,PRG10*.",
    ),
    _option("ignore", "--ignore", told=words, metavar="RULES", shell_complete=complete.rules, help="Leave out these rules."),
    _option(
        "message-language", "--message-language", type=click.Choice(LANGUAGES), help="The language of messages, advice and questions.  [default: en]"
    ),
)
_READING = (
    _option(
        "packs",
        "--pack",
        "packs",
        told=lambda paths: [str(path) for path in paths],
        multiple=True,
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="FOLDER",
        help="Add a rule pack of your own. May be repeated.",
    ),
    _option(
        "read-image-files",
        "--read-image-files",
        is_flag=True,
        help="Read also what the local files of pictures say of their makers (needs the extra meta).",
    ),
    _option(
        "remap", "--remap", told=list, multiple=True, metavar="A=B", help="Tell addresses that begin with A as if they began with B. May be repeated."
    ),
    _option("cache", "--no-cache", is_flag=True, told=lambda given: not given, help="Do not use the results of earlier runs, and keep none."),
    _option(
        "cache-dir",
        "--cache-dir",
        metavar="DIR",
        help="Keep results in DIR, even those of a few pages.  [default: .disclosure-checker-cache beside the settings, from 50 pages on]",
    ),
    _option("jobs", "--jobs", type=click.IntRange(1, 512), metavar="N", help="How many processes to use. Default: one for each core."),
)
_DRAWING = (
    _option("render", "--render", is_flag=True, help="Draw each page in a browser, and judge what its readers see (needs the extra render)."),
    _option("render-network", "--render-network", is_flag=True, help="Fetch style sheets, fonts and pictures that are not here."),
    _option("render-js", "--render-js", is_flag=True, help="Let the scripts of pages run: nearer to what readers see, and less certain."),
    _option("browser", "--browser", metavar="PATH", help="The Chromium or Chrome to draw with.  [default: the first that is installed]"),
    _option(
        "viewport",
        "--viewport",
        told=list,
        multiple=True,
        metavar="WIDTHxHEIGHT",
        help="Draw at this size of window. May be repeated.  [default: 390x844, 1366x768]",
    ),
    _option("pictures", "--pictures", metavar="DIR", help="Put pictures into DIR: each page from its top to its first paid link, and each finding."),
    _option("mask", "--mask", told=list, multiple=True, metavar="SELECTOR", help="Cover these elements in all pictures. May be repeated."),
)
_WEB = (
    _option(
        "exclude",
        "--exclude",
        told=list,
        multiple=True,
        metavar="GLOB",
        help="Leave out pages like this: paths from the folder of the settings, or addresses. May be repeated.",
    ),
    _option("contact", "--contact", metavar="ADDRESS", help="Tell servers how to reach you: an address or e-mail address."),
    _option("delay", "--delay", type=click.FloatRange(0, 3600), metavar="SECONDS", help="Wait so long between two requests to a host."),
    _option("per-host", "--per-host", type=click.IntRange(1, 64), metavar="N", help="So many requests at a time to a host.  [default: 4]"),
    _option(
        "timeout",
        "--timeout",
        metavar="WHAT=SECONDS,…",
        help="How long to wait: to connect, to read the next bytes, to fetch a page, to judge it, to draw it.  "
        "[default: connect=10,read=20,page=60,judge=60,render=30]",
    ),
    _option("robots", "--no-robots", "no_robots", told=lambda _: False, is_flag=True, help="Do not obey robots.txt: for sites of your own."),
    _option("allow-private", "--allow-private", is_flag=True, help="Ask hosts in private networks, such as a staging server."),
)
_GATE = (
    _option("fail-on", "--fail-on", type=click.Choice(FAIL_ON), help="The least finding that ends the run with exit code 1.  [default: warning]"),
    _option(
        "allow-incomplete", "--allow-incomplete", metavar="[=N]", callback=_count, help="Do not fail because inputs (at most N) could not be checked."
    ),
    _option("allow-empty", "--allow-empty", is_flag=True, help="Do not fail because there is no page at all."),
    _option(
        "baseline",
        "--baseline",
        told=str,
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Findings that are in this baseline do not fail the run.",
    ),
    _option("strict-baseline", "--strict-baseline", is_flag=True, help="Fail if the baseline has entries that no finding needs any more."),
)
_REPORTS = (
    _option(
        "output",
        "--output",
        "targets",
        told=list,
        multiple=True,
        metavar="FORMAT[=PATH]",
        shell_complete=complete.outputs,
        help=f"Print FORMAT, or write it to PATH: {', '.join(FORMATS)}. May be repeated.  [default: text]",
    ),
    _option(
        "history",
        "--history",
        told=list,
        multiple=True,
        metavar="PATH",
        shell_complete=complete.files,
        help=HISTORY,
    ),
    _option(
        "sarif-target",
        "--sarif-target",
        type=click.Choice(("any", "github")),
        help="Keep in sarif what GitHub takes, within its limits.  [default: any]",
    ),
    _option(
        "quiet", "--quiet", is_flag=True, help="Print one line a finding, and what could not be checked; no excerpts, no counts, no progress bar."
    ),
    _option(
        "statistics",
        "--statistics",
        is_flag=True,
        help="Add counts by author, section and network, the most common causes, and what each rule cost.",
    ),
    _option(
        "reproducible",
        "--reproducible",
        is_flag=True,
        help="Leave out of reports what differs between equal runs: times, and how the program was called.",
    ),
)
_WHERE = (
    click.option(
        "--config",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Read the settings from FILE, not from the nearest disclosure-checker.toml or pyproject.toml.",
    ),
    click.option("--no-config", is_flag=True, help="Read no settings file."),
)


def _with(*groups: Iterable[Callable[[F], F]]) -> Callable[[F], F]:
    def decorated(command: F) -> F:
        for option in reversed([option for group in groups for option in group]):
            command = option(command)
        return command

    return decorated


# What a run that judges takes, apart from its inputs and reports; what its reports take; what a run that only reads takes.
judging_options = _with(_RULES, _READING, _DRAWING, _WEB, _GATE, _WHERE)
report_options = _with(_REPORTS)
reading_options = _with(_READING, _WEB, _WHERE)


def settled(names: Iterable[str], given: Mapping[str, Any] | None = None) -> Settings:
    """The settings of the command that runs, for these inputs: what was typed, what the command brings (`given`), the environment, the nearest
    settings file.

    Raises BadSettings and BadConfig.
    """
    from checker.config import environment, file
    from checker.config.layer import Layer
    from checker.config.settings import Settings

    context = click.get_current_context()
    if context.params.get("config") and context.params.get("no_config"):
        raise click.UsageError("--config and --no-config exclude each other", context)
    layers = [Layer({**(given or {}), **_typed(context)}, Path.cwd(), lambda place: _name_of(str(place[0]), context)), environment.load(os.environ)]
    path = context.params.get("config") or (None if context.params.get("no_config") else file.find(file.start(names)))
    if path is not None:
        layers.append(file.load(path))
    return Settings.of(layers)


def places(names: Iterable[str]) -> tuple[Path, ...]:
    """The files that the settings of the command that runs come from, or would come from if they were there."""
    from checker.config import file

    params = click.get_current_context().params
    if params.get("config") or params.get("no_config"):
        return (params["config"],) if params.get("config") else ()
    folder = file.start(names)
    return tuple(here / name for here in (folder, *folder.parents) for name in (file.OWN, file.SHARED))


def _typed(context: click.Context) -> dict[str, Any]:
    """The settings that stand on the command line."""
    given = {name: value for name, value in context.params.items() if context.get_parameter_source(name) is ParameterSource.COMMANDLINE}
    return {_KEYS[name][0]: _KEYS[name][1](value) for name, value in given.items() if name in _KEYS}


def _name_of(key: str, context: click.Context) -> str:
    """The option that gives a setting."""
    return next((param.opts[0] for param in context.command.params if param.name in _KEYS and _KEYS[param.name][0] == key), key)
