"""The texts of a page's blocks folded for comparison, all of them at once: what is asked before a closer look at any of them."""

from __future__ import annotations

import unicodedata

from checker.text import fold, strip_invisible

# Stands between two blocks; no page has it in its text, for parsers replace it.
_BETWEEN = "\0"


class FoldedBlocks:
    """`texts`, one for each block, hold what `fold(tidy(text))` would but for the length of spaces; `page` is all of them in one."""

    __slots__ = ("page", "texts")

    def __init__(self, written: list[str]) -> None:
        self.page = _folded(_BETWEEN.join(written))
        texts = self.page.split(_BETWEEN)
        self.texts = texts if len(texts) == len(written) else [_folded(text) for text in written]

    def holding(self, words: list[str]) -> list[int]:
        """The blocks that hold all of these words or parts of words."""
        if not all(word in self.page for word in words):
            return []
        longest = max(words, key=len, default="")
        return [index for index, text in enumerate(self.texts) if longest in text and all(word in text for word in words)]


def _folded(text: str) -> str:
    return fold(text if text.isascii() else strip_invisible(unicodedata.normalize("NFC", text)))
