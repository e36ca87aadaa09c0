"""Which language a text is in, by its function words and its script. Deterministic, and honest: None where it cannot be told.

Function words are enough for the question that this program asks (does the declared language hold for the text?), and need no model.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from checker import packs
from checker.expressions import late

_WORDS = re.compile(r"[^\W\d_]+")
_ASCII_WORDS = re.compile(r"[a-z]+")  # the same for lower-case ASCII, at a third of the cost
# So much text is looked at; more changes no answer on the labelled pages.
_SAMPLE = 4_000
# A language must account for this share of the words, and for so much more than the second.
_ENOUGH = 0.08
_CLEARLY = 1.3
# So large a share of its letters tells a script.
_FEWEST = 0.1


class Languages:
    """Function words and scripts of the known languages."""

    __slots__ = ("_any_script", "_by_word", "_lowest", "_scripts")

    def __init__(self, words: dict[str, list[str]], scripts: dict[str, list[list[str]]]) -> None:
        self._by_word: dict[str, list[str]] = {}
        for language, entries in words.items():
            for word in entries:
                self._by_word.setdefault(word, []).append(language)
        classes = {language: "".join(f"{re.escape(first)}-{re.escape(last)}" for first, last in ranges) for language, ranges in scripts.items()}
        self._scripts = {language: late(f"[{letters}]") for language, letters in classes.items()}
        self._any_script = late(f"[{''.join(classes.values())}]" if classes else r"(?!)")
        self._lowest = min((first for ranges in scripts.values() for first, _ in ranges), default="")

    @classmethod
    def load(cls, folders: Sequence[Path]) -> Languages:
        """The function words of all packs, joined."""
        words: dict[str, list[str]] = {}
        scripts: dict[str, list[list[str]]] = {}
        for folder in folders:
            for table in packs.tables(folder, "words", "languages.toml"):
                for language, entries in table.data.get("function_words", {}).items():
                    words.setdefault(language, []).extend(entries)
                scripts.update(table.data.get("scripts", {}))
        return cls(words, scripts)

    def guess(self, text: str) -> str | None:
        """The language of a text as an ISO 639-1 code, or None where the text is too short or too mixed to tell."""
        text = text[:_SAMPLE].lower()
        words = (_ASCII_WORDS if text.isascii() else _WORDS).findall(text)
        letters = sum(map(len, words))
        if letters < 20:
            return None
        if self._has_letters_of_scripts(text, letters * _FEWEST):
            for language, pattern in self._scripts.items():
                # Kana decide for Japanese among Han characters, hence their order in the list and their low share.
                if len(pattern.findall(text)) > letters * (_FEWEST if language in ("ja", "ko") else 0.4):
                    return language
        if len(words) < 12:
            return None
        counts: Counter[str] = Counter()
        for word, times in Counter(words).items():
            for language in self._by_word.get(word, ()):
                counts[language] += times
        ranked = counts.most_common(2)
        if not ranked or ranked[0][1] < len(words) * _ENOUGH:
            return None
        if len(ranked) > 1 and ranked[0][1] < ranked[1][1] * _CLEARLY:
            return None
        return ranked[0][0]

    def _has_letters_of_scripts(self, text: str, fewest: float) -> bool:
        """Whether more letters than these are of one of the scripts; most texts have not even so many characters beyond ASCII."""
        if text.isascii() or (not self._lowest.isascii() and len(text) - len(text.encode("ascii", "ignore")) <= fewest):
            return False
        return len(self._any_script.findall(text)) > fewest
