"""`disclosure-checker test`: the examples inside the files of packs, told like a compiler's errors."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from checker.scale.examples import Tried


@click.command()
@click.argument("packs", nargs=-1, metavar="[PACK...]", type=click.Path(exists=True, file_okay=False, path_type=Path))
def test(packs: tuple[Path, ...]) -> int:
    """Run the examples inside rule packs.

    PACK is a folder of your own; without one, the built-in pack is tested: its rules, its words of notices, bylines and credits, its networks.
    Each example that does not come out as it says is printed with its file and line.

    \b
    Examples:
      disclosure-checker test
      disclosure-checker test house/

    Exit codes: 0 every example holds, 1 one does not, 2 a file is wrong, 4 no examples.
    """
    from checker.cli.signals import Signals
    from checker.scale.examples import examples_of

    done: Counter[str] = Counter()
    failed = 0
    with Signals().caught():
        for tried in examples_of(packs):
            done[tried.kind] += 1
            if tried.fault is not None:
                failed += 1
                click.echo(_told(tried))
    code, word = (4, "no inputs") if not done else (1, "findings") if failed else (0, "ok")
    click.echo(f"disclosure-checker: exit {code} ({word}): {_counted(failed, done)}", err=True)
    return code


def _counted(failed: int, done: Counter[str]) -> str:
    """How many of each kind, as in "0 of 12 examples failed (rules 3, networks 9)"."""
    if not done:
        return "no examples"
    total = done.total()
    kinds = ", ".join(f"{kind}s {count}" for kind, count in done.items())
    return f"{failed} of {total} example{'s' * (total != 1)} failed ({kinds})"


def _told(tried: Tried) -> str:
    from checker.report.paint import one_line
    from checker.text import clip

    of = tried.of if tried.kind == "rule" else f"{tried.kind} ({tried.of})"
    return f"{tried.path}:{tried.line}: error: {of} “{one_line(clip(tried.title, 120))}”: {one_line(tried.fault or '')}"
