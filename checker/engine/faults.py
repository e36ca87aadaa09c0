"""Collects what is wrong in the files of packs, each with file and line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.packs import Table
from checker.text import nearest


class Faults:
    """The faults so far; the source of a file is read again only when one is found in it."""

    def __init__(self) -> None:
        self._found: list[tuple[str, int, str]] = []
        self._whole: list[str] = []

    def __bool__(self) -> bool:
        return bool(self._found or self._whole)

    def add(self, table: Table, place: Sequence[str | int], text: str) -> None:
        """A fault at a place of a file: the keys and list positions that lead to it."""
        self._found.append((str(table.path), table.line(place), text))

    def add_unknown(self, table: Table, place: Sequence[str | int], what: str, word: str, allowed: Iterable[str]) -> None:
        """A word that names nothing, with those that would."""
        words = sorted(allowed)
        close = nearest(word, words)
        hint = f'; did you mean "{close}"?' if close else ""
        listed = ", ".join(words) if len(words) <= 40 else f"{len(words)} of them, such as {', '.join(words[:5])}"
        self.add(table, place, f'no {what} "{word}"; allowed: {listed or "none here"}{hint}')

    def add_lines(self, lines: Iterable[str]) -> None:
        """Faults that already say where they are."""
        self._whole += lines

    def lines(self) -> list[str]:
        """All of them, by file and line."""
        return [*self._whole, *(f"{path}:{line}: {text}" for path, line, text in sorted(set(self._found)))]
