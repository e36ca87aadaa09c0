"""Names that need no reading: two to four capitalised words that stand in no list. Most texts that name an author are nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from checker.expressions import late
from checker.lexicon.agencies import Agencies
from checker.lexicon.name_parts import Vocabulary
from checker.lexicon.name_runs import Name
from checker.lexicon.wordlists import Lists
from checker.text import fold

_LATIN = [chr(code) for code in range(ord("A"), 0x180)]
_CAPITAL, _SMALL = "".join(filter(str.isupper, _LATIN)), "".join(filter(str.islower, _LATIN))
_WORDS = late(rf"\s*([{_CAPITAL}][{_SMALL}]+(?: [{_CAPITAL}][{_SMALL}]+){{1,3}})\s*")


class PlainNames:
    """Finds the name that reading a text word by word would find, where no word of it means anything."""

    def __init__(self, lists: Mapping[str, Lists], agencies: Agencies) -> None:
        self._lists = lists
        self._agencies = agencies

    @cached_property
    def _known(self) -> frozenset[str]:
        """Every word of every list, in any language."""
        entries = [*self._agencies.forms, *(word for lists in self._lists.values() for words in lists.values() for word in words)]
        return frozenset(" ".join(entries).split())

    def name(self, text: str, words: Vocabulary, start: int = 0, end: int | None = None) -> Name | None:
        """The person whose name is all that stands between the offsets."""
        match = _WORDS.fullmatch(text, start, len(text) if end is None else end)
        if match is None:
            return None
        folded = fold(match[1]).split()
        if not self._known.isdisjoint(folded) or len(set(folded)) < len(folded):
            return None
        if words.organisation_ends and any(word.endswith(words.organisation_ends) for word in folded):
            return None
        return Name(match[1], "person", *match.span(1))
