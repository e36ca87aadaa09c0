"""Credits of images: found in captions, credit elements and lines of their own. The words are data in `rules/words/credit.*.toml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from checker.lexicon import wordlists
from checker.lexicon.agencies import Agencies
from checker.lexicon.credit_alone import CreditAlone
from checker.lexicon.credit_ends import CreditEnds
from checker.lexicon.credit_marks import CreditMarks
from checker.lexicon.credit_parts import TRIM, CreditParts, CreditText
from checker.lexicon.page_credits import PageCredits
from checker.lexicon.page_sentences import PageSentences
from checker.lexicon.role_lines import RoleLines
from checker.lexicon.word_finder import WordFinder
from checker.lexicon.wordlists import Lists, union
from checker.text import fold

__all__ = ["CreditText", "CreditWords"]

# Of a longer text only the end is looked at: captions on the labelled pages have at most 800 characters, and their credit stands at an end.
_TOO_LONG = 2_000
_TAIL = 600


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
            words.marks.find(text)
            or (words.alone.listed(text) if labelled else None)
            or words.ends.find(text)
            or (words.alone.whole(text) if labelled else None)
        )
        return replace(found, start=found.start + base, end=found.end + base) if found and base else found

    def page_level(self, text: str, language: str | None) -> list[CreditText]:  # noqa: ARG002
        """The credits in a line of its own that credits the page's pictures: "(featured image: X)", "Images: X | Y"; else nothing."""
        return self._words.sentences.find(text) or self._words.page.find(text)

    def may_be_page_level(self, texts: Sequence[str]) -> list[int]:
        """Which of the texts, tidied, may be lines that credit the page's pictures, or heads of a list of credits."""
        return self._words.page.likely(texts, self._words.sentences.likely)

    def beside_writers(self, text: str) -> tuple[list[str], list[CreditText]]:
        """The parts of a line that names who wrote the piece and who made its pictures: what may be a byline, and the credits beside it.

        Both are empty for other lines. The credits count for the page's pictures only where one of the parts is a byline.
        """
        return self._words.roles.find(text)

    def may_name_roles(self, texts: Sequence[str]) -> list[int]:
        """Which of the texts, tidied, may be such lines."""
        return self._words.roles.likely(texts)

    def speaks_of_many(self, text: str) -> bool:
        """Whether a credit speaks of more than one picture: "Photos: X"."""
        return self._words.many.at(fold(text.lstrip(TRIM)), 0) is not None

    def may_be_of_text(self, text: str) -> bool:
        """Whether a line says by its label only where something comes from, text or picture: "Source: X"."""
        return self._words.sources.at(fold(text.lstrip(TRIM)), 0) is not None

    def may_be_byline(self, text: str) -> bool:
        """Whether a line that stands in no caption may as well say who wrote the text: "Autor: X"."""
        return self._words.bylines.at(fold(text.lstrip(TRIM)), 0) is not None

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
        return self._words.alone.bare(text, own_names)

    def brand(self, text: str, own_names: frozenset[str] = frozenset()) -> CreditText | None:
        """The credit in a short line that stands under many pictures: a maker, or a name of one to four words."""
        return self._words.alone.bare(text, own_names) or self._words.alone.brand(text)

    def unmarked(self, text: str) -> CreditText | None:
        """A person's name that nothing marks, behind the sentences of a long caption."""
        return self._words.ends.unmarked(text)

    def licence_of(self, address: str) -> str | None:
        """The licence whose text stands at an address: "CC BY-SA 4.0"; None if none does."""
        return self._words.parts.licence_of(address)


class _Compiled:
    """The words made ready when the first credit is looked for."""

    def __init__(self, lists: Mapping[str, Lists], agencies: Agencies) -> None:
        self.parts = CreditParts(lists, agencies)
        self.marks = CreditMarks(lists, self.parts)
        self.ends = CreditEnds(lists, self.parts)
        self.alone = CreditAlone(lists, self.marks, self.parts)
        self.generated = WordFinder(union(lists, "generated"))
        self.many = WordFinder(union(lists, "many"))
        self.bylines = WordFinder(union(lists, "caption_labels"))
        self.sources = WordFinder(union(lists, "sources"))
        self.page = PageCredits(lists, self.marks, self.parts)
        self.sentences = PageSentences(lists, self.marks, self.parts)
        self.roles = RoleLines(lists, self.marks, self.parts)
