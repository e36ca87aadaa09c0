"""Whether a short text shows a date that a reader can place: numbers alone, or a day or a year beside the name of a month."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from checker.expressions import late
from checker.text import fold

_NUMBERS = late(
    r"(?<![\d.])(?:(?:19|20)\d\d(?P<a>[-/.])\s?\d{1,2}(?P=a)\s?\d{1,2}|\d{1,2}(?P<b>[-/.])\s?\d{1,2}(?P=b)\s?(?:(?:19|20)\d\d|\d\d))(?![\d])"
    r"|\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]|(?:19|20)\d\d\s?[年년]\s?\d{1,2}\s?[月월]"
)
_DIGIT = late(r"\d")
_DAY = late(r"\d{1,2}(?:st|nd|rd|th|er|\.|º|°)?|(?:19|20)\d\d")
_WORDS = late(r"[\w'’-]+\.?")
_MOST_WORDS = 60


def has_date(text: str, months: AbstractSet[str]) -> bool:
    """Whether a date stands in the text, written in numbers or with the name of a month."""
    if not _DIGIT.search(text):
        return False
    if _NUMBERS.search(text):
        return True
    found = [match.group() for match in _WORDS.finditer(fold(text))][:_MOST_WORDS]
    for i, word in enumerate(found):
        if word in months or word.rstrip(".") in months:
            # "3. Mai", "May 3", "3 de mayo", "d. 4. oktober"
            beside = (*found[max(0, i - 2) : i], *found[i + 1 : i + 3])
            if any(_DAY.fullmatch(other) for other in beside):
                return True
    return False
