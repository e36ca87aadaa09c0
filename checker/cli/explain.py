"""`disclosure-checker explain`: a rule in full."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.options import look, pack_option


@click.command()
@click.argument("rule")
@pack_option
def explain(rule: str, packs: tuple[Path, ...]) -> int:
    """Explain a rule: what it asks, why, what to do.

    RULE is an id or a name, as findings show it.

    \b
    Examples:
      disclosure-checker explain AFF001
      disclosure-checker explain image-without-credit
    """
    from checker.api import load_rule_files
    from checker.docs import explain as explained
    from checker.errors import BadConfig
    from checker.text import nearest

    rules = load_rule_files(packs)
    found = rules.rules.get(rule.upper()) or next((each for each in rules.rules.values() if each.name == rule.lower()), None)
    if found is None:
        words = {each.id.lower(): each.id for each in rules.rules.values()} | {each.name: each.name for each in rules.rules.values()}
        close = words.get(nearest(rule, list(words)) or "")
        raise BadConfig(f"unknown rule {rule!r}; {f'did you mean {close}?' if close else 'disclosure-checker rules lists them'}")
    click.echo(explained(found, rules, look()), nl=False)
    return 0
