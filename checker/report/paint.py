"""Colours and links for terminals that show them, and page text made harmless for those that do not expect it."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

from checker.report.run import Look
from checker.text import printable

_STYLES = {"bold": "1", "dim": "2", "red": "31", "yellow": "33", "blue": "34", "magenta": "35", "cyan": "36"}


class Paint:
    """Styles text as the look allows; plain text otherwise."""

    def __init__(self, look: Look) -> None:
        self._look = look

    def __call__(self, text: str, *styles: str) -> str:
        """The text in these styles; it must be harmless already."""
        if not self._look.colour or not text:
            return text
        return f"\x1b[{';'.join(_STYLES[style] for style in styles)}m{text}\x1b[0m"

    def link(self, text: str, url: str | None) -> str:
        """The text as a link (OSC 8)."""
        if not self._look.links or not url:
            return text
        # Only printable ASCII may stand in the sequence; anything else would end it.
        return f"\x1b]8;;{quote(url, safe=_URL_MARKS)}\x1b\\{text}\x1b]8;;\x1b\\"


_URL_MARKS = ":/?#[]@!$&'()*+,;=%-._~"


def one_line(text: str) -> str:
    r"""Page text on one line of a terminal, character for character.

    >>> one_line("a\tb\x1b[31m")
    'a b\ufffd[31m'
    """
    return printable(text.replace("\n", " ").replace("\t", " ").replace("\r", " "))


def cells(text: str) -> int:
    r"""How many columns of a terminal the text takes.

    >>> cells("abc"), cells("\u8a18\u4e8b"), cells("e\u0301")
    (3, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
