"""A block of text made plain for matching, with the way back to its own offsets, and its sentences.

Plain text is folded, without accents, hyphens and invisible characters, each run of space one space (or one line feed where the block has an
empty line). `packed` plain text has no spaces at all: for scripts that do not part words.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from checker.text import INVISIBLE, fold

# A sentence without a full stop is cut here, so that one endless block costs no more than many short ones.
LONGEST_SENTENCE = 400

_MARKS = "\u0300-\u036f\ufe0e\ufe0f"
_UNEVEN = re.compile(f"[ {INVISIBLE}{_MARKS}]{{2,}}|[{INVISIBLE}{_MARKS}]")
_ALL_SPACE = re.compile(f"[ {INVISIBLE}{_MARKS}]+")
# Not after a single letter ("z. B.", "J. Doe").
_STOP = re.compile(r"(?<![ .(][^\W\d_])[.!?\u2026]+[\"')\]]*(?= |$)|[\u3002\uff01\uff1f][\"')\]\u300d\u300f]*|\n")


def _accents() -> dict[str, str]:
    table = {"\u0131": "i", "\u0142": "l", "\u00f8": "o"}
    for code in (*range(0xDF, 0x180), *range(0x1EA0, 0x1EFA)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            table[chr(code)] = base
    return table


_BASE = _accents()
_LETTERS = frozenset(_BASE)
_ASCII = bytes(range(128))


def without_accents(folded: str) -> str:
    """Folded text in the letters that plain text is written in; as long as before."""
    plain = folded.replace("-", " ").replace("_", " ")
    if not plain.isascii():
        # A text has few letters that its language does not share with English, so it is quicker to look at each once.
        for letter in set(plain.encode("utf-8", "replace").translate(None, _ASCII).decode()) & _LETTERS:
            plain = plain.replace(letter, _BASE[letter])
    return plain


class Plain:
    """Plain text and, for each of its characters, the offset in the block it came from."""

    __slots__ = ("_from", "_origin", "block", "folded", "text")

    def __init__(self, block: str, packed: bool = False) -> None:
        self.block = block
        self.folded = fold(block)
        folded = without_accents(self.folded)
        self._from = [0]
        self._origin = [0]
        parts: list[str] = []
        done = length = 0
        for gap in (_ALL_SPACE if packed else _UNEVEN).finditer(folded):
            start, end = gap.span()
            parts.append(folded[done:start])
            length += start - done
            filler = "" if packed or " " not in gap.group() else " "
            if end - start > 1 and block.count("\n", start, end) > 1:
                filler = "\n"
            if filler:
                parts.append(filler)
                self._from.append(length)
                self._origin.append(start)
                length += 1
            self._from.append(length)
            self._origin.append(end)
            done = end
        parts.append(folded[done:])
        self.text = "".join(parts)

    def origin(self, at: int) -> int:
        """The offset in the block of the plain text's character `at`."""
        k = bisect_right(self._from, at) - 1
        return self._origin[k] + at - self._from[k]

    def place(self, origin: int) -> int:
        """The plain text's character that stands at this offset of the block, or next to it."""
        k = bisect_right(self._origin, origin) - 1
        return min(self._from[k] + origin - self._origin[k], max(0, len(self.text) - 1))

    def capital(self, at: int) -> bool:
        """Whether the block writes the plain text's character `at` with a capital."""
        return self.block[self.origin(at)].isupper()


def plain_words(text: str, packed: bool) -> str:
    """A word or phrase of a list in the form in which plain text holds it."""
    if text.isascii() and not packed and "  " not in text and "-" not in text:  # most are
        return fold(text).replace("_", " ").strip()
    return Plain(text, packed).text.strip()


def sentences(plain: Plain) -> list[tuple[int, int]]:
    """The sentences of a plain text as (start, end); no sentence is longer than LONGEST_SENTENCE."""
    text, block = plain.text, plain.block
    found: list[tuple[int, int]] = []
    start = 0
    for stop in _STOP.finditer(text):
        end = stop.end()
        # "approx. five": an abbreviation, since a small letter follows.
        if text[stop.start()] == "." and end + 1 < len(text) and block[plain.origin(end + 1)].islower():
            continue
        start = _cut(text, start, end, found)
    _cut(text, start, len(text), found)
    return found


def _cut(text: str, start: int, end: int, found: list[tuple[int, int]]) -> int:
    """Adds the sentence, in pieces if it is too long, and says where the next one starts."""
    while end - start > LONGEST_SENTENCE:
        space = text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        middle = space + 1 if space >= 0 else start + LONGEST_SENTENCE
        found.append((start, middle))
        start = middle
    if end > start and not text[start:end].isspace():
        found.append((start, end))
    return end
