"""The examples of rule files, each read and judged as a page of a run would be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from checker.engine.examples import Tried, all_examples, try_example
from checker.engine.rule import Rule
from checker.model import Page, Source
from checker.scale.rulebook import load


def examples_of(packs: Sequence[Path] = ()) -> Iterator[Tried]:
    """Runs the examples of these packs' rules, or of the built-in ones. Raises BadRule for a faulty pack."""
    from checker.page.reader import read

    rulebook = load(packs)
    roots = [pack.resolve() for pack in (packs or rulebook.packs)]

    def page(source: Source) -> Page:
        return read(source, rulebook.lexicon).page

    for rule, example in all_examples(rulebook.rules):
        if not _is_in(rule, roots):
            continue
        try:
            yield try_example(rule, example, rulebook.rules, page)
        except Exception as fault:  # noqa: BLE001 - an example that cannot be read has failed; the others go on
            yield Tried(rule, example, f"it cannot be read: {type(fault).__name__}: {fault}")


def _is_in(rule: Rule, roots: Sequence[Path]) -> bool:
    path = rule.path.resolve()
    return any(path.is_relative_to(root) for root in roots)
