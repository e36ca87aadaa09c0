"""Finds, in a page's whole text, the places that may belong to a notice, in all languages at once.

Each language's `search` list holds a few letters for every phrase. A stem is searched from its rarest letter on, with the letters before it checked
by looking back ("ffilia" preceded by "a"); stems that begin with one letter share one regular expression, whose first letter the engine
finds at memory speed. Measured on 345 real pages as a share of the bare lxml parse: this 0.1, whole words in one trie 0.3, a `str.find` for each 0.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import ClassVar, NamedTuple, cast

# From rare to frequent in running text; the rarest of all (j, q, x), which few words have, only after those that most words need anyway.
_RANK = "zvbfwpkmygcdjqxhulrsotaine"
_LONG_WORD = 5
_LATIN = re.compile("[a-z]+")
# Thai, Japanese, Chinese and Korean letters, few of which are as rare as many of the others.
_DENSE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_IN_WORD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
# Characters to search before the expressions are compiled; each text counts for some.
_WORTH_COMPILING, _LEAST = 15_000, 300
Span = tuple[int, int]
# Letter to the nodes below it; "" to what must stand around a stem that ends there.
_Node = dict[str, object]


class Stem(NamedTuple):
    """What is searched: the letters from the rarest one on, those before it, and whether a word must begin or end there."""

    tail: str
    lead: str
    begins: bool
    ends: bool


def stem(entry: str) -> Stem:
    """One entry of a `search` list; a space at its start or end stands for the edge of a word.

    >>> stem("affilia")
    Stem(tail='ffilia', lead='a', begins=False, ends=False)
    >>> stem(" ad ")
    Stem(tail='d', lead='a', begins=True, ends=True)
    """
    letters = entry.strip(" ")
    at = next((at for letter in _RANK if (at := letters.find(letter)) >= 0), 0)
    return Stem(letters[at:], letters[:at], begins=entry.startswith(" "), ends=entry.endswith(" "))


def stem_for(phrase: str) -> str:
    """An entry for a folded phrase that no entry of a `search` list is part of; "" if it has no letters."""
    dense = _DENSE.findall(phrase)
    if dense:
        return str(max(dense, key=len))
    word = max(_LATIN.findall(phrase), key=len, default="")
    return word if len(word) >= _LONG_WORD or not word else f" {word} "


class Stems:
    """The search for a set of languages' words."""

    # In the whole run, since after the first page more will follow.
    _searched: ClassVar[int] = 0

    def __init__(self, entries: Iterable[str]) -> None:
        """`entries`: those of the `search` lists of one or more languages."""
        self._stems = {stem(entry) for entry in entries}

    def places(self, text: str) -> list[int]:
        """Where a word may stand, ascending."""
        if Stems._searched < _WORTH_COMPILING:
            Stems._searched += len(text) + _LEAST
            return self.places_without_compiling(text)
        found = [match.start() for search in self._searches for match in search.finditer(text)]
        found.sort()
        return found

    @cached_property
    def _searches(self) -> list[re.Pattern[str]]:
        trie: _Node = {}
        dense: _Node = {}
        for each in sorted(self._stems):
            _grow(dense if _DENSE.match(each.tail) else trie, each)
        searches = [re.compile(re.escape(first) + _expression(cast("_Node", trie[first]))) for first in sorted(trie)]
        return [*searches, re.compile(_expression(dense))] if dense else searches

    def places_without_compiling(self, text: str) -> list[int]:
        """The same, stem by stem: ten times as slow as the expressions, but for a single page quicker than to compile them."""
        groups: dict[str, list[Span]] = {}
        for each in self._stems:
            if spans := list(_spans(each, text)):
                groups.setdefault("" if _DENSE.match(each.tail) else each.tail[0], []).extend(spans)
        found: list[int] = []
        for group in groups.values():
            last = 0
            for start, end in sorted(group, key=lambda span: (span[0], -span[1])):
                if start >= last:  # an expression goes on behind what it has found
                    found.append(start)
                    last = end
        found.sort()
        return found


def _spans(stem: Stem, text: str) -> Iterator[Span]:
    """Where the tail of the stem stands with all around it as it must be. Where nothing stands before the tail, its words may stand further apart."""
    tail, lead, begins, ends = stem
    first, *others = [lead + tail] if lead else tail.split(" ")
    at = text.find(first)
    while at >= 0:
        end = at + len(first)
        for word in others:
            after = end
            while text.startswith(" ", after):
                after += 1
            end = after + len(word) if after > end and text.startswith(word, after) else -1
            if end < 0:
                break
        close = end - at == len(lead + tail)
        if end >= 0 and not (begins and close and at and text[at - 1] in _IN_WORD) and not (ends and text[end : end + 1] in _IN_WORD):
            yield at + len(lead), end
        at = text.find(first, at + 1)


def _grow(trie: _Node, stem: Stem) -> None:
    """Adds a stem: its tail letter by letter, then, under "", what must stand around it."""
    node = trie
    for letter in stem.tail:
        node = cast("_Node", node.setdefault(letter, {}))
    around = "(?![a-z0-9])" if stem.ends else ""
    if stem.begins:
        around += f"(?<![a-z0-9]{re.escape(stem.lead + stem.tail)})"
    if stem.lead:
        around += f"(?<={re.escape(stem.lead + stem.tail)})"
    cast("list[str]", node.setdefault("", [])).append(around)


def _expression(node: _Node) -> str:
    """What follows, as a regular expression, longer tails first."""
    branches = [(re.escape(letter) if letter != " " else " +") + _expression(cast("_Node", node[letter])) for letter in sorted(node) if letter]
    branches += sorted(cast("list[str]", node.get("", [])))
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
