"""The examples of packs, each tried: those of rules as pages of a run would be judged, those of words and networks as they would be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.engine.examples import all_examples, try_example
from checker.engine.rule import Rule
from checker.facts import Page
from checker.lexicon.examples import try_bylines, try_credits, try_networks, try_notices
from checker.lines import line_of
from checker.model import Source
from checker.packs import built_in
from checker.scale.rulebook import Rulebook, load


@dataclass(frozen=True, slots=True)
class Tried:
    """An example that was run. `kind`: rule, notice, byline, credit or network; `of`: the rule's id, the language, the network.

    `fault` is None where the example holds.
    """

    kind: str
    of: str
    title: str
    path: Path
    place: tuple[str | int, ...]
    fault: str | None

    @property
    def line(self) -> int:
        """Where the example stands in its file."""
        return line_of(self.path.read_text("utf-8-sig", "replace"), self.place)


def examples_of(packs: Sequence[Path] = ()) -> Iterator[Tried]:
    """Runs the examples of these packs, or of the built-in one. Raises BadRule for a faulty pack."""
    rulebook = load([pack for pack in packs if pack.resolve() != built_in().resolve()])
    tested = tuple(packs) or (built_in(),)
    yield from _rules(tested, rulebook)
    words = rulebook.lexicon
    for tried in (
        *try_notices(tested, words.notices),
        *try_bylines(tested, words.names),
        *try_credits(tested, words.credits),
        *try_networks(tested, words.networks),
    ):
        yield Tried(tried.kind, tried.of, tried.text, tried.table.path, tried.place, tried.fault)


def _rules(packs: Sequence[Path], rulebook: Rulebook) -> Iterator[Tried]:
    from checker.page.reader import read

    roots = [pack.resolve() for pack in packs]

    def page(source: Source) -> Page:
        return read(source, rulebook.lexicon).with_passages()

    for rule, example in all_examples(rulebook.rules):
        if not _is_in(rule, roots):
            continue
        try:
            fault = try_example(rule, example, rulebook.rules, page).fault
        except Exception as crash:  # noqa: BLE001 - an example that cannot be read has failed; the others go on
            fault = f"it cannot be read: {type(crash).__name__}: {crash}"
        number = next((number for number, each in enumerate(rule.examples) if each is example), 0)
        yield Tried("rule", rule.id, example.title, rule.path, ("example", number), fault)


def _is_in(rule: Rule, roots: Sequence[Path]) -> bool:
    path = rule.path.resolve()
    return any(path.is_relative_to(root) for root in roots)
