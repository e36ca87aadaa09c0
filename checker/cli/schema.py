"""`disclosure-checker schema`: the JSON Schemas that ship with the program."""

from __future__ import annotations

import click


@click.command()
@click.argument("name", required=False)
def schema(name: str | None) -> int:
    """Print a JSON Schema of a report or a file.

    Without NAME, the names are listed.

    \b
    Examples:
      disclosure-checker schema report > report.schema.json
      disclosure-checker schema rule
    """
    from checker.errors import BadConfig
    from checker.schemas import names, path_of
    from checker.text import nearest

    if name is None:
        click.echo("\n".join(names()))
        return 0
    if name not in names():
        close = nearest(name, names())
        raise BadConfig(f"unknown schema {name!r}; {f'did you mean {close}?' if close else 'there are ' + ', '.join(names())}")
    click.echo(path_of(name).read_text("utf-8"), nl=False)
    return 0
