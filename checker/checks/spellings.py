"""Two ways of writing the same: whether they are the same but for what a house style leaves free, and where they part."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from checker.text import clip, fold, tidy

Freedom = Literal["quotes", "spaces", "case"]

_LONGEST = 60
# A longer text is another text, not another spelling.
_MOST_COMPARED = 1_000
# No word is so long in scripts that set spaces between words, but for German compounds, which lose nothing by it.
_UNSPACED = 16


def plain(text: str, free: Collection[Freedom]) -> str:
    """The text with what is left free made alike."""
    if "quotes" in free or "spaces" in free:
        for character in set(text):
            folded = fold(character)
            if ("quotes" in free and folded in "\"'-") or ("spaces" in free and folded == " "):
                text = text.replace(character, folded)
    if "spaces" in free:
        text = " ".join(part for part in text.split(" ") if part)
    return text.lower() if "case" in free else text


def standing_at(sentence: str, text: str) -> int | None:
    """Where in the text the sentence stands whole, not as the beginning or the end of other words; None where it does not."""
    at = text.find(sentence) if sentence else -1
    while at >= 0:
        end = at + len(sentence)
        if not (text[at - 1 : at].isalnum() and sentence[0].isalnum()) and not (text[end : end + 1].isalnum() and sentence[-1].isalnum()):
            return at
        at = text.find(sentence, at + 1)
    return None


def first_difference(written: str, wanted: str) -> tuple[str | None, str | None]:
    """The first place where `written` parts from `wanted`: what is missing there, and what is there instead; None for nothing."""
    import difflib

    left, right = _pieces(written[:_MOST_COMPARED]), _pieces(wanted[:_MOST_COMPARED])
    for kind, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind != "equal":
            return _shown(right[c:d]), _shown(left[a:b])
    return None, None


def _pieces(text: str) -> list[str]:
    """Words, and each sign and space by itself."""
    pieces: list[str] = []
    for character in text:
        if character.isalnum() and pieces and pieces[-1][-1].isalnum():
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _shown(pieces: list[str]) -> str | None:
    text = "".join(pieces)
    return clip(text.strip() or text, _LONGEST) or None


def nearness(sentence: str, text: str) -> float:
    """The share of the sentence's words that the text holds too, whatever their case."""
    words = set(_words(sentence))
    return len(words.intersection(_words(text))) / len(words) if words else 0.0


def _words(text: str) -> list[str]:
    spaced = "".join(c if c.isalnum() else " " for c in fold(tidy(text))).split()
    # Where words are not spaced, pairs of characters stand for them.
    return [part for word in spaced for part in ((word,) if word.isascii() or len(word) < _UNSPACED else _pairs(word))]


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)]
