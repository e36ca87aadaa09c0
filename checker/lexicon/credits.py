"""Credits of images: found in captions, credit elements and lines of their own. The words are data in `rules/words/credit.*.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from checker.lexicon import wordlists
from checker.lexicon.agencies import Agencies
from checker.lexicon.credit_ends import CreditEnds
from checker.lexicon.credit_marks import CJK_COLON, LONGEST, SENTENCE_END, CreditMarks
from checker.lexicon.credit_parts import TRIM, CreditParts, CreditText
from checker.lexicon.name_parts import NUMERIC, has_cjk
from checker.lexicon.word_finder import WordFinder
from checker.lexicon.wordlists import Lists, union
from checker.text import clip, fold, tidy

__all__ = ["CreditText", "CreditWords"]

# Of a longer text only the end is looked at: captions on the labelled pages have at most 800 characters, and their credit stands at an end.
_TOO_LONG = 2_000
_TAIL = 600
# A credit element with more than this tells a story; the longest maker with agency and place on the labelled pages has 14 words.
_ALONE = 160
_ALONE_WORDS = 14
_ALONE_CJK = 40
_PAGE_WORDS = 25
_SPACE = re.compile(r"[\s:]{1,3}|(?<=©)")


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
        found = words.marks.find(text) or words.ends.find(text) or (words.whole(text) if labelled else None)
        return replace(found, start=found.start + base, end=found.end + base) if found and base else found

    def page_level(self, text: str, language: str | None) -> list[CreditText]:  # noqa: ARG002
        """The credits in a line of its own that credits the page's pictures: "(featured image: X)", "Images: X | Y"; else nothing."""
        return self._words.page_level(text) if len(text) <= 2 * LONGEST else []


class _Compiled:
    """The words made ready when the first credit is looked for."""

    def __init__(self, lists: Mapping[str, Lists], agencies: Agencies) -> None:
        self._parts = CreditParts(lists, agencies)
        self.marks = CreditMarks(lists, self._parts)
        self.ends = CreditEnds(self._parts)
        self._page_label = WordFinder(union(lists, "page_labels"))
        self._page_phrase = WordFinder(union(lists, "page_phrases"))
        self._owned = WordFinder(union(lists, "owned"))

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
        if any(NUMERIC.fullmatch(word) for word in plain) and not self._parts.has_licence(folded):
            return None  # a date, a counter
        words, small = self._parts.lower_words(inner)
        prose = (small * 3 > words and small > 1) or (small * 2 > words and 1 < words <= 3)
        if words > _ALONE_WORDS or prose or (len(plain) > 1 and plain[-1] in self._parts.connectors):
            return None
        return self._parts.read(text, start, start, end)

    def page_level(self, text: str) -> list[CreditText]:
        """See `CreditWords.page_level`."""
        start, end = 0, len(text)
        while start < end and text[start] in " \t\n\r([（【*•-–—|":
            start += 1
        while end > start and text[end - 1] in " \t\n\r)]）】.*|":
            end -= 1
        folded = fold(text)
        how = "label"
        word = self._page_label.at(folded, start, end)
        mark = CJK_COLON.match(folded, start + len(word)) if word else None
        if mark is None:
            how = "phrase"
            word = self._page_phrase.at(folded, start, end)
            mark = _SPACE.match(folded, start + len(word)) if word else None
        if mark is None or mark.end() >= end:
            return self._owner(text, folded, start, end)
        body = text[mark.end() : end]
        words, small = self._parts.lower_words(body)
        if (
            words > _PAGE_WORDS
            or small * 4 > words
            or SENTENCE_END.search(body)
            or not self.marks.names_somebody(body.strip(TRIM) or " ", how, bracketed=False)
        ):
            return []
        pieces = re.split(r"\s*[|;；]\s*", body)
        if len(pieces) == 1 and not self._parts.agencies.inside(body):
            pieces = re.split(r",\s+|、", body)
        found: list[CreditText] = []
        at = mark.end()
        for piece in pieces:
            at = text.index(piece, at)
            credit = self._parts.read(text, at, at, at + len(piece)) if piece.strip() else None
            found += [credit] if credit else []
            at += len(piece)
        return found

    def _owner(self, text: str, folded: str, start: int, end: int) -> list[CreditText]:
        """ "X owns the copyright on all images": one credit, which holds the whole line."""
        at, phrase = next(self._owned.scan(text, folded, start), (-1, ""))
        if at < 0:
            return []
        body = text.find("©", start, end) + 1 or (start if at > start else at + len(phrase))
        stop = at if body < at else self.marks.names_end(text, body, end)
        while stop > body and (last := text[body:stop].split()) and last[-1][0].islower() and "." not in last[-1]:
            stop = text.rindex(last[-1], body, stop)
        if sentence := SENTENCE_END.search(text, body, stop):
            stop = sentence.start()
        maker = tidy(text[body:stop]).strip(TRIM) or None
        return [CreditText(clip(tidy(text[start:end]), _ALONE), start, end, maker=maker)]
