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
    Each example that does not come out as it says is printed with its file and line, and each place that a new rule leaves to be filled in.

    \b
    Examples:
      disclosure-checker test
      disclosure-checker test house/

    Exit codes: 0 every example holds, 1 one does not or something is still to fill in, 2 a file is wrong, 4 no examples.
    """
    from checker.cli.signals import Signals
    from checker.report.paint import one_line
    from checker.scale.examples import examples_of

    done: Counter[str] = Counter()
    failed = 0
    with Signals().caught():
        waiting = _waiting(packs)
        for path, lines in waiting.items():
            for number, words in lines:
                click.echo(f"{path}:{number}: error: {one_line(f'still to fill in: {words}')}")
        for tried in examples_of(packs):
            done[tried.kind] += 1
            # The examples of a rule that is not written yet say nothing.
            if tried.fault is not None and tried.path not in waiting:
                failed += 1
                click.echo(_told(tried))
    places = sum(map(len, waiting.values()))
    left = f"{places} place{'s' * (places != 1)} still to fill in; " if places else ""
    code, word = (1, "findings") if failed or places else (0, "ok") if done else (4, "no inputs")
    click.echo(f"disclosure-checker: exit {code} ({word}): {left}{_counted(failed, done)}", err=True)
    return code


def _waiting(packs: tuple[Path, ...]) -> dict[Path, list[tuple[int, str]]]:
    """What new rules leave to be filled in, by file."""
    from checker.docs.new_rule import unfilled
    from checker.packs import built_in

    found: dict[Path, list[tuple[int, str]]] = {}
    for path, number, words in unfilled(packs or (built_in(),)):
        found.setdefault(path, []).append((number, words))
    return found


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
