"""`disclosure-checker rules`: the rules that there are, and `rules new`: the next one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.options import DEFAULT_PROFILE, look, pack_option
from checker.cli.settings_options import settled

if TYPE_CHECKING:
    from checker.engine.rule import Profile, Rule, Rules
    from checker.model import Severity


class _Rules(click.Group):
    """Lists the rules where no command is named; a wrong one is answered with those that there are."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command, or what there is."""
        if args and self.get_command(ctx, args[0]) is None:
            ctx.fail(f"unknown command {args[0]!r}; there is {', '.join(self.list_commands(ctx))}")
        return super().resolve_command(ctx, args)


@click.group(cls=_Rules, invoke_without_command=True, subcommand_metavar="[new FAMILY]")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@pack_option
@click.pass_context
def rules(context: click.Context, as_json: bool, packs: tuple[Path, ...]) -> int:
    """List the rules.

    With `new`, the next rule of a family is written, to be filled in.

    \b
    Examples:
      disclosure-checker rules
      disclosure-checker rules --json
      disclosure-checker rules new HSE --pack house/
    """
    if context.invoked_subcommand is not None:
        if as_json or packs:
            raise click.UsageError(
                f"write options after {context.invoked_subcommand}, as in: rules {context.invoked_subcommand} HSE --pack house/", context
            )
        return 0
    from checker.api import load_rule_files

    loaded = load_rule_files(settled(()).packs or packs)
    click.echo(_list(loaded) if as_json else _table(loaded), nl=False)
    return 0


@rules.command(short_help="Write the next rule of a family, to be filled in.")
@click.argument("family")
@click.option(
    "--pack", type=click.Path(path_type=Path), metavar="FOLDER", help="The pack of your own that the rule is for; made where there is none."
)
def new(family: str, pack: Path | None) -> int:
    """Write the next rule of a family, with every field and three examples to fill in.

    FAMILY is three letters of your own, such as HSE, for a pack of your own; or a built-in one (AFF, PRG, LNK, SPN, IMG, AUT) in a source tree of
    this program. Nothing is ever written over.

    \b
    Examples:
      disclosure-checker rules new HSE --pack house/
      disclosure-checker rules new AFF

    Exit codes: 0 written, 2 not.
    """
    from checker import __version__
    from checker.cli.new_rule import folder_of, written
    from checker.report.paint import one_line

    folder, name = folder_of(family, pack)
    path = written(folder, family.upper(), name, __version__)
    click.echo(one_line(f"wrote {path}; fill in what is marked there, and see what is left with: disclosure-checker test {name}".rstrip()))
    return 0


def _table(loaded: Rules) -> str:
    from checker.report.paint import Paint

    paint = Paint(look())
    width = max((len(rule.name) for rule in loaded.rules.values()), default=0)
    rows = [(rule.id, str(_weighs(rule, loaded)), rule.name.ljust(width), _held(rule, loaded)) for rule in loaded.rules.values()]
    lines = [f"{paint(key, 'bold')}  {severity:<7}  {name}  {profiles}" for key, severity, name, profiles in rows]
    return "\n".join([paint(f"{'rule':<6}  {'weighs':<7}  {'name':<{width}}  profiles", "dim"), *lines, ""])


def _weighs(rule: Rule, loaded: Rules) -> Severity:
    """As severe as the profile that holds where none is chosen makes it, else as the first that holds it, else as its file says."""
    held = [profile.rules[rule.id].severity for profile in _by_weight(loaded) if rule.id in profile.rules]
    return held[0] if held else rule.severity


def _held(rule: Rule, loaded: Rules) -> str:
    """The profiles that hold a rule, each with its severity where that is another than the one shown; and what the file of the rule says."""
    weighs = _weighs(rule, loaded)
    told = [name if severity == weighs else f"{name} ({severity})" for name, severity in _profiles(rule, loaded).items()]
    default = f" (without a profile: {rule.severity})" if rule.severity is not weighs else ""
    return f"{', '.join(told) or '-'}{default}"


def _by_weight(loaded: Rules) -> list[Profile]:
    return sorted(loaded.profiles.values(), key=lambda profile: profile.id != DEFAULT_PROFILE)


def _list(loaded: Rules) -> str:
    from checker.report.encode import dumps

    rows = [dumps(_entry(rule, loaded)) for rule in loaded.rules.values()]
    body = ",\n".join(rows)
    return f"[\n{body}\n]\n"


def _entry(rule: Rule, loaded: Rules) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "severity": str(rule.severity),
        "over": rule.select.over,
        "needs": rule.needs,
        "since": rule.since,
        "asks": rule.text("asks"),
        "authorities": list(rule.authorities),
        "profiles": _profiles(rule, loaded),
    }


def _profiles(rule: Rule, loaded: Rules) -> dict[str, str]:
    return {profile.id: str(profile.rules[rule.id].severity) for profile in loaded.profiles.values() if rule.id in profile.rules}
