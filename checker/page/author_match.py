"""Whether the authors whom readers see are those of the page's data. Made to accuse nobody wrongly: where it is not sure, it does not say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from checker.facts import Author, AuthorData

_WORD = re.compile(r"\w+")
# Letters that no decomposition takes apart, and the pairs by which umlauts and their like are written without them.
_LETTERS = str.maketrans({"ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "a", "œ": "o"})
_PAIRS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"), ("ck", "k"), ("ph", "f"))
# Names as like as this are one name with a slip, or two ways to write it in Latin letters.
_LIKE = 0.72
# Single words may be nicknames or logins, shorter words are initials.
_LEAST_WORDS = 2
_MOST_NAMES = 60


def agree(authors: Iterable[Author], data: Sequence[AuthorData], titles: AbstractSet[str]) -> bool | None:
    """True: somebody whom readers see is named by the data. False: both name people, in full, in one script, and none is the same.

    None: one of the two names nobody, or it cannot be told. An organisation beside a person is no disagreement: people work for it.
    Meta tags alone can agree but not disagree; they often hold the login of whoever put the page into the system.
    """
    seen = [author for author in authors if author.visible and author.kind != "generic"][:_MOST_NAMES]
    told = [(entry, name, kind) for entry in data for name, kind in zip(entry.names, entry.kinds, strict=True) if kind != "generic"][:_MOST_NAMES]
    if not seen or not told:
        return None
    answers = [same(author.name, name, titles) for author in seen for _, name, _ in told]
    if True in answers:
        return True
    sure = [(name, kind == "person" and entry.type != "Organization") for entry, name, kind in told if entry.source != "meta"]
    if not sure or not all(person for _, person in sure) or any(author.kind != "person" for author in seen):
        return None
    return None if None in answers else False


def same(one: str, other: str, titles: AbstractSet[str] = frozenset()) -> bool | None:
    """Whether two names are those of one person; None where that cannot be told.

    Case, accents, order, middle names, titles and initials make no difference.
    """
    a = _words(one, titles)
    if one == other:
        return True if a else None
    b = _words(other, titles)
    if not a or not b or _script(one) != _script(other):
        return None
    if _script(one) == "cjk":
        return _same_cjk("".join(a), "".join(b))
    if sorted(a) == sorted(b) or "".join(a) == "".join(b):
        return True
    few, many = sorted((a, b), key=len)
    if _fits(few, many):
        return True
    # A word in common may be a nickname's family name, a married name, or a relation.
    if any(len(word) > 2 for word in set(a) & set(b)) or len(few) < _LEAST_WORDS:
        return None
    from difflib import SequenceMatcher

    like = SequenceMatcher(None, " ".join(sorted(a)), " ".join(sorted(b)), autojunk=False).ratio()
    return None if like >= _LIKE or _initials(a) == "".join(b) or _initials(b) == "".join(a) else False


def _words(name: str, titles: AbstractSet[str]) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS)) if not unicodedata.combining(c))
    plain = unicodedata.normalize("NFC", plain)  # Hangul comes apart into letters
    words = [word for word in _WORD.findall(plain) if word not in titles and f"{word}." not in titles] or _WORD.findall(plain)
    for pair, single in _PAIRS:
        words = [word.replace(pair, single) for word in words]
    return words[:12]


def _fits(few: list[str], many: list[str]) -> bool:
    """Whether each word of the shorter name is a word of the other, or its initial; at least one whole word."""
    left = list(many)
    whole = 0
    for word in sorted(few, key=len, reverse=True):
        match = next((other for other in left if other == word), None)
        whole += match is not None and len(word) > 1
        if match is None:
            match = next((other for other in left if other.startswith(word) and len(word) == 1), None)
            match = match or next((other for other in left if len(other) == 1 and word.startswith(other)), None)
        if match is None:
            return False
        left.remove(match)
    return whole > 0


def _same_cjk(a: str, b: str) -> bool | None:
    if sorted(a) == sorted(b) or a in b or b in a:
        return True
    return None if len(set(a) & set(b)) * 2 >= min(len(set(a)), len(set(b))) or min(len(a), len(b)) < _LEAST_WORDS else False


def _initials(words: list[str]) -> str:
    return "".join(word[0] for word in words)


def _script(name: str) -> str:
    letters = [unicodedata.name(c, "").split(" ")[0] for c in name if c.isalpha()][:40]
    first = letters[0] if letters else ""
    return "cjk" if first in ("CJK", "HIRAGANA", "KATAKANA", "HANGUL") else first
