"""`disclosure-checker test`: the examples inside rule files, told like a compiler's errors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from checker.engine.examples import Tried


@click.command()
@click.argument("packs", nargs=-1, metavar="[PACK...]", type=click.Path(exists=True, file_okay=False, path_type=Path))
def test(packs: tuple[Path, ...]) -> int:
    """Run the examples inside rule files.

    PACK is a folder with rules of your own; without one, the built-in rules are tested. Each example that does not come out as it says is
    printed with its file and line.

    \b
    Examples:
      disclosure-checker test
      disclosure-checker test house-rules/

    Exit codes: 0 every example holds, 1 one does not, 2 a rule file is wrong, 4 no examples.
    """
    from checker.cli.signals import Signals
    from checker.scale.examples import examples_of

    failed = done = 0
    rules: set[str] = set()
    with Signals().caught():
        for tried in examples_of(packs):
            done += 1
            rules.add(tried.rule.id)
            if tried.fault is not None:
                failed += 1
                click.echo(_told(tried))
    code, word = (4, "no inputs") if not done else (1, "findings") if failed else (0, "ok")
    counts = f"{failed} of {done} example{'s' * (done != 1)} of {len(rules)} rule{'s' * (len(rules) != 1)} failed" if done else "no examples"
    click.echo(f"disclosure-checker: exit {code} ({word}): {counts}", err=True)
    return code


def _told(tried: Tried) -> str:
    from checker.engine.lines import line_of
    from checker.report.paint import one_line

    place = next((number for number, example in enumerate(tried.rule.examples) if example is tried.example), 0)
    line = line_of(tried.rule.path.read_text("utf-8"), ("example", place))
    return f"{tried.rule.path}:{line}: error: {tried.rule.id} “{one_line(tried.example.title)}”: {one_line(tried.fault or '')}"
