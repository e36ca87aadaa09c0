"""`disclosure-checker config`: which settings hold, for which page, and where each comes from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from checker.cli.check import JudgingCommand
from checker.cli.settings_options import judging_options, report_options, settled


class _Config(click.Group):
    """A wrong command is answered with those that there are."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command, or what there is."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            ctx.fail(f"unknown command {args[0]!r}; there are {', '.join(self.list_commands(ctx))}")
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which one meets them."""
        del ctx
        return ["show", "explain", "init"]


@click.group(cls=_Config)
def config() -> None:
    """Show which settings hold, and where each comes from.

    Settings stand in disclosure-checker.toml, or in the table [tool.disclosure-checker] of pyproject.toml, in the folder of the pages or above
    it. The environment (DISCLOSURE_CHECKER_FAIL_ON and so on) comes before them, and the command line before both.

    \b
    Examples:
      disclosure-checker config show public/
      disclosure-checker config explain public/kettles/index.html
      disclosure-checker config init
    """


@config.command(cls=JudgingCommand)
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@report_options
@judging_options
def show(inputs: tuple[str, ...], as_json: bool, **_settings: Any) -> int:
    """Print the settings that hold for these inputs, each with where it comes from.

    Takes the options of `check`, so that one can see what they change.

    \b
    Examples:
      disclosure-checker config show public/
      disclosure-checker config show public/ --fail-on error --json
    """
    from checker.config import told

    settings = _asked(inputs)
    if as_json:
        import json

        click.echo(json.dumps(told.as_json(settings), ensure_ascii=False, indent=2))
    else:
        click.echo(told.shown(settings), nl=False)
    return 0


@config.command(cls=JudgingCommand)
@click.argument("page", metavar="PATH_OR_URL")
@report_options
@judging_options
def explain(page: str, **_settings: Any) -> int:
    """Print what holds for one page: overrides and waivers that reach it, and the rules that judge it.

    \b
    Examples:
      disclosure-checker config explain public/kettles/index.html
      disclosure-checker config explain https://www.example.com/kettles/
    """
    from checker.config import told
    from checker.scopes import is_address

    settings = _asked(() if is_address(page) else (page,))
    from checker.api import load_rule_files

    click.echo(told.explained(settings, load_rule_files(settings.packs), page), nl=False)
    return 0


@config.command()
@click.option("--profile", "profiles", default="us", show_default=True, metavar="NAME", help="Whose rules hold, separated by commas.")
def init(profiles: str) -> int:
    """Write a disclosure-checker.toml to begin with into the current folder; never over one that is there."""
    from checker.api import load_rule_files
    from checker.cli.settings_options import words
    from checker.config.file import OWN
    from checker.config.template import template
    from checker.engine.overrides import why_no_profile
    from checker.engine.rule import AUTO
    from checker.errors import BadConfig, BadOutput

    path = Path(OWN)
    if path.exists():
        raise BadConfig(f"{path} is there already; `disclosure-checker config show` prints what holds")
    rules = load_rule_files()
    chosen = words(profiles)
    for name in chosen:
        if why := why_no_profile(name, {**rules.profiles, AUTO: None}):
            raise BadConfig(why)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(template({"profiles": chosen}))
    except OSError as fault:
        raise BadOutput(f"cannot write {path}: {fault.strerror}") from fault
    click.echo(f"{path} is written; see `disclosure-checker config show`")
    return 0


def _asked(inputs: tuple[str, ...]) -> Any:
    """The settings for these inputs, their names checked."""
    from checker.api import load_rule_files
    from checker.config.names import ask

    settings = settled(inputs)
    ask(settings, load_rule_files(settings.packs))
    return settings
