"""Credits of images: found in captions, credit elements and lines of their own. The words are data in `rules/words/credit.*.toml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from checker.lexicon import wordlists
from checker.lexicon.agencies import Agencies
from checker.lexicon.credit_ends import CreditEnds
from checker.lexicon.credit_marks import PERSON, SENTENCE_END, CreditMarks
from checker.lexicon.credit_parts import TRIM, CreditParts, CreditText
from checker.lexicon.name_parts import NUMERIC, has_cjk
from checker.lexicon.page_credits import PageCredits
from checker.lexicon.word_finder import WordFinder
from checker.lexicon.wordlists import Lists, union
from checker.text import fold, tidy

__all__ = ["CreditText", "CreditWords"]

# Of a longer text only the end is looked at: captions on the labelled pages have at most 800 characters, and their credit stands at an end.
_TOO_LONG = 2_000
_TAIL = 600
# A credit element with more than this tells a story; the longest maker with agency and place on the labelled pages has 14 words.
_ALONE = 160
_ALONE_WORDS = 14
_ALONE_CJK = 40
_BARE = 80


class CreditWords:
    """Finds and reads credits; the words of all languages count at once, since a marker with a colon is as plain in each."""

    __slots__ = ("_agencies", "_compiled", "_lists")

    def __init__(self, lists: Mapping[str, Lists], agencies: Agencies) -> None:
        self._lists = lists
        self._agencies = agencies
        self._compiled: _Compiled | None = None

    @property
    def languages(self) -> frozenset[str]:
        """The languages that have a list of their own."""
        return frozenset(self._lists) - {"any"}

    @classmethod
    def load(cls, folders: Sequence[Path]) -> CreditWords:
        """The words of all packs, joined. Raises BadRule with all faults."""
        return cls(wordlists.read(folders, "credit", wordlists.CREDIT_LISTS), Agencies.load(folders))

    @property
    def _words(self) -> _Compiled:
        if self._compiled is None:
            self._compiled = _Compiled(self._lists, self._agencies)
        return self._compiled

    def parse(self, text: str, language: str | None, labelled: bool) -> CreditText | None:  # noqa: ARG002
        """The credit in a caption or credit element. `labelled`: the element itself says that it is a credit.

        Without a label a marker, a copyright sign, or an agency at the end must prove it; a description is no credit.
        """
        base = len(text) - _TAIL if len(text) > _TOO_LONG else 0
        text = text[base:]
        words = self._words
        found = (
            words.marks.find(text) or (words.listed(text) if labelled else None) or words.ends.find(text) or (words.whole(text) if labelled else None)
        )
        return replace(found, start=found.start + base, end=found.end + base) if found and base else found

    def page_level(self, text: str, language: str | None) -> list[CreditText]:  # noqa: ARG002
        """The credits in a line of its own that credits the page's pictures: "(featured image: X)", "Images: X | Y"; else nothing."""
        return self._words.page.find(text)

    def speaks_of_many(self, text: str) -> bool:
        """Whether a credit speaks of more than one picture: "Photos: X"."""
        return self._words.many.at(fold(text.lstrip(TRIM)), 0) is not None

    def may_be_of_text(self, text: str) -> bool:
        """Whether a line says by its label only where something comes from, text or picture: "Source: X"."""
        return self._words.sources.at(fold(text.lstrip(TRIM)), 0) is not None

    def says_generated(self, text: str) -> bool:
        """Whether a text at a picture says that software made it."""
        folded = fold(text)
        return next(self._words.generated.scan(text, folded), None) is not None

    def heads_list(self, text: str) -> bool:
        """Whether the line is the heading of a list of credits: "Image credits"."""
        return self._words.page.heads_list(text)

    def fed(self, text: str) -> CreditText | None:
        """The part of a line that says from which shop's feed the pictures of products come."""
        return self._words.page.fed(text)

    def bare(self, text: str, own_names: frozenset[str] = frozenset()) -> CreditText | None:
        """The credit in a line of its own at the end of a caption, which nothing marks: a person's name, an agency, a list of both, the publisher."""
        return self._words.bare(text, own_names)

    def licence_of(self, address: str) -> str | None:
        """The licence whose text stands at an address: "CC BY-SA 4.0"; None if none does."""
        return self._words.parts.licence_of(address)


class _Compiled:
    """The words made ready when the first credit is looked for."""

    def __init__(self, lists: Mapping[str, Lists], agencies: Agencies) -> None:
        self.parts = CreditParts(lists, agencies)
        self.marks = CreditMarks(lists, self.parts)
        self.ends = CreditEnds(lists, self.parts)
        self.generated = WordFinder(union(lists, "generated"))
        self.many = WordFinder(union(lists, "many"))
        self.sources = WordFinder(union(lists, "sources"))
        self.page = PageCredits(lists, self.marks, self.parts)

    def listed(self, text: str) -> CreditText | None:
        """The whole text of a credit element that holds names, agencies and a licence only: "Jane Doe, Public domain, via X"."""
        licence = self.parts.licence_at(fold(text))
        rest = text[: licence[0]] + text[licence[1] :] if licence else text
        return self.whole(text) if licence and not self.parts.lower_words(rest)[1] and not SENTENCE_END.search(rest) else None

    def bare(self, text: str, own_names: frozenset[str]) -> CreditText | None:
        """See `CreditWords.bare`."""
        inner = text.strip(TRIM)
        if not inner or len(inner) > _BARE or inner.endswith(("?", "!")) or any(c.isdigit() for c in inner):
            return None
        words, small = self.parts.lower_words(inner)
        listed = "/" in inner and small == 0 and words <= _ALONE_WORDS
        if not (listed or PERSON.fullmatch(inner) or self.parts.agencies.is_agency(inner) or fold(inner) in own_names):
            return None
        return self.whole(text)

    def whole(self, text: str) -> CreditText | None:
        """The whole text of an element that says of itself that it is a credit, unless it evidently is something else."""
        start, end = 0, len(text)
        while start < end and text[start] in TRIM:
            start += 1
        while end > start and text[end - 1] in " \t\n\r.,;:|/)]）】-–—":
            end -= 1
        inner = text[start:end]
        folded = fold(tidy(inner))
        if (
            not inner
            or len(inner) > (_ALONE_CJK if has_cjk(inner) else _ALONE)
            or folded in self.marks.labels
            or self.marks.false_friends.at(folded, 0)
        ):
            return None
        plain = folded.split()
        if not any(c.isalpha() for c in inner) or inner.endswith(("?", "!")):
            return None
        if any(NUMERIC.fullmatch(word) for word in plain) and not self.parts.has_licence(folded):
            return None  # a date, a counter
        words, small = self.parts.lower_words(inner)
        prose = (small * 3 > words and small > 1) or (small * 2 > words and 1 < words <= 3)
        if words > _ALONE_WORDS or prose or (len(plain) > 1 and plain[-1] in self.parts.connectors):
            return None
        return self.parts.read(text, start, start, end)
