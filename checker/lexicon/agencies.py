"""Agencies and picture libraries: which words name one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from checker.expressions import late
from checker.lexicon import wordlists
from checker.lexicon.word_finder import WordFinder
from checker.text import fold

# Forms of up to so many letters count only as they are written: "AP", "dpa", "TT"; anything longer counts in any case.
_SHORT = 4
# No agency's name is longer, in words and in characters.
_WORDS, _LENGTH = 6, 60
# By so many characters at its end most text shows that it ends with none.
_ENDING = 3
_WORD_START = late(r"(?<!\w)(?=\w)")


class Agencies:
    """The known agencies by the forms in which they write themselves."""

    __slots__ = ("_any_case", "_as_written", "_endings", "_finder", "_kinds", "_texts", "_unspaced")

    def __init__(self, rows: Sequence[dict[str, Any]]) -> None:
        forms = [form for row in rows for form in row["written"]]
        self._as_written = frozenset(form for form in forms if len(form) <= _SHORT)
        self._any_case = frozenset(fold(form) for form in forms if len(form) > _SHORT)
        self._kinds = {fold(form): str(row["kind"]) for row in rows for form in row["written"]}
        self._texts = frozenset(fold(form) for row in rows if row.get("text") for form in row["written"])
        self._unspaced = tuple(sorted((form for form in forms if _is_unspaced(form[:1])), key=len, reverse=True))
        self._finder = WordFinder(map(fold, forms))
        self._endings = frozenset(fold(form.split()[-1])[-_ENDING:] for form in forms if form.split())

    @property
    def forms(self) -> Iterable[str]:
        """All forms, folded."""
        return self._kinds

    @classmethod
    def load(cls, folders: Sequence[Path]) -> Agencies:
        """The agencies of all packs. Raises BadRule."""
        return cls(wordlists.agencies(folders))

    def is_agency(self, text: str) -> bool:
        """Whether the whole text is an agency's name; full-width letters count as plain ones."""
        if len(text) > _LENGTH:
            return False
        text = " ".join(text.split())
        narrow = text if text.isascii() else "".join(chr(ord(c) - 0xFEE0) if "\uff01" <= c <= "\uff5e" else c for c in text)
        return narrow in self._as_written or fold(text) in self._any_case

    def kind(self, text: str) -> str | None:
        """What kind of agency it is (news, pictures, stock, free); of several behind slashes the first that is known."""
        return next((kind for name in (text, *text.split("/")) if (kind := self._kinds.get(fold(" ".join(name.split()))))), None)

    def signs_texts(self, text: str) -> bool:
        """Whether the text names an agency that writes articles."""
        return self.is_agency(text) and fold(" ".join(text.split())) in self._texts

    def inside(self, text: str) -> bool:
        """Whether an agency is named anywhere in the text."""
        folded = fold(text)
        return any(self.starts(text, folded, at) for at, _ in self._finder.scan(text, folded))

    def starts(self, text: str, folded: str, at: int) -> bool:
        """Whether an agency's name starts at the offset."""
        form = self._finder.at(folded, at)
        return form is not None and not folded[at + len(form) : at + len(form) + 1].isalnum() and self.is_agency(text[at : at + len(form)])

    def at_end(self, text: str) -> int | None:
        """Where the agency starts that the text ends with; None if it ends with none."""
        end = len(text.rstrip(" .)]）】\n"))
        base = max(0, end - _LENGTH)
        last = fold(text[base:end].rstrip()[-_ENDING:])
        if not any(last[at:] in self._endings for at in range(_ENDING)):
            return None
        starts = [base + match.start() for match in _WORD_START.finditer(text[base:end])][-_WORDS:]
        return next((start for start in starts if self.is_agency(text[start:end])), None)

    def lead(self, text: str) -> str | None:
        """The agency that a text without spaces between words starts with: "新华社记者 …"; None if there is none."""
        if text.isascii():
            return None
        return next((form for form in self._unspaced if text.startswith(form) and len(text) > len(form)), None)


def _is_unspaced(letter: str) -> bool:
    """Whether a letter is of a script that puts no spaces between words."""
    return "\u3040" <= letter <= "\u30ff" or "\u3400" <= letter <= "\u9fff"
