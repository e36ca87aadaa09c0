"""`disclosure-checker rules`: the rules that there are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.options import look, pack_option

if TYPE_CHECKING:
    from checker.engine.rule import Rule, Rules


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@pack_option
def rules(as_json: bool, packs: tuple[Path, ...]) -> int:
    """List the rules.

    \b
    Examples:
      disclosure-checker rules
      disclosure-checker rules --json
    """
    from checker.api import load_rule_files

    loaded = load_rule_files(packs)
    click.echo(_list(loaded) if as_json else _table(loaded), nl=False)
    return 0


def _table(loaded: Rules) -> str:
    from checker.report.paint import Paint

    paint = Paint(look())
    width = max((len(rule.name) for rule in loaded.rules.values()), default=0)
    rows = [(rule.id, str(rule.severity), rule.name.ljust(width), ", ".join(_profiles(rule, loaded)) or "-") for rule in loaded.rules.values()]
    lines = [f"{paint(key, 'bold')}  {severity:<7}  {name}  {profiles}" for key, severity, name, profiles in rows]
    return "\n".join([paint(f"{'rule':<6}  {'weighs':<7}  {'name':<{width}}  profiles", "dim"), *lines, ""])


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
