"""Finds which of many words and phrases start at the words of a text; needs no pattern to compile, and one look a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# Where a word starts: behind anything that is no letter or digit, at a sign, and where two words ran together ("vonElisa", "Uhr.Foto").
_STARTS = re.compile(r"(?<![^\W_])(?=\S)|(?<=[^\W\d_A-Z])(?=[A-ZÀ-Þ])|(?<=\d)(?=[A-ZÀ-Þ])|(?<=[^\W_])(?=[^\w\s])")


class WordFinder:
    """A set of folded phrases, looked up by their first two characters."""

    __slots__ = ("_by_start",)

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        for phrase in sorted(set(phrases), key=lambda word: (-len(word), word)):
            self._by_start.setdefault(phrase[:2], []).append(phrase)

    def at(self, folded: str, position: int, end: int | None = None) -> str | None:
        """The longest phrase that stands at the position, or None."""
        stop = len(folded) if end is None else end
        for key in (folded[position : position + 2], folded[position : position + 1]):
            for phrase in self._by_start.get(key, ()):
                if folded.startswith(phrase, position, stop):
                    return phrase
        return None

    def scan(self, text: str, folded: str, start: int = 0) -> Iterator[tuple[int, str]]:
        """(position, longest phrase) at every start of a word."""
        for match in _STARTS.finditer(text, start):
            if phrase := self.at(folded, match.start()):
                yield match.start(), phrase
