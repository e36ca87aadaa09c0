"""Sentences that say who made all pictures of a page: "All photos in this post are by X unless noted", "Alle Bilder stammen von X"."""

from __future__ import annotations

from collections.abc import Mapping

from checker.expressions import late
from checker.lexicon.credit_marks import SENTENCE_END, CreditMarks
from checker.lexicon.credit_parts import LEAD, TRIM, CreditParts, CreditText
from checker.lexicon.word_finder import WordFinder
from checker.lexicon.wordlists import Lists, union
from checker.text import fold

# Such a sentence stands in a line or a paragraph of its own, which is no longer.
_PARAGRAPH = 600
_GAP = late(r"\s+")
_COLON = late(r"\s*[:：]\s*")
# An exception goes on to the next of these.
_CLAUSE_END = late(r"\s?[,:;.]\s?|\Z")
_AFTER = " \t\n,;.:()"


class PageSentences:
    """A small grammar: which pictures, where, that somebody made or owns them, who; with an exception at any place."""

    __slots__ = ("_alls", "_articles", "_by", "_exceptions", "_first", "_joiner", "_marks", "_parts", "_pictures", "_places", "_texts", "_verbs")

    def __init__(self, lists: Mapping[str, Lists], marks: CreditMarks, parts: CreditParts) -> None:
        self._marks, self._parts, self._joiner = marks, parts, marks.combined
        self._alls, self._articles = WordFinder(union(lists, "page_alls")), WordFinder(union(lists, "page_articles"))
        self._pictures = WordFinder((*union(lists, "many"), *union(lists, "page_pictures")))
        self._places, self._by = WordFinder(union(lists, "page_places")), WordFinder(union(lists, "page_by"))
        self._verbs = WordFinder(union(lists, "page_verbs"))
        # One look tells that most lines are none of these.
        firsts = ("page_alls", "page_articles", "many", "page_pictures", "page_exceptions")
        self._first = WordFinder(phrase for name in firsts for phrase in union(lists, name))
        self._texts, self._exceptions = WordFinder(union(lists, "texts")), WordFinder(union(lists, "page_exceptions"))

    def likely(self, folded: str, at: int) -> bool:
        """Whether a sentence may begin there; `folded`: the line, folded."""
        return self._first.at(folded, at) is not None and (self._picture(folded, at) is not None or self._exceptions.at(folded, at) is not None)

    def find(self, text: str) -> list[CreditText]:
        """The credit in the first sentence of a paragraph; nothing if it credits no pictures of the page."""
        if len(text) > _PARAGRAPH:
            return []
        start = len(text) - len(text.lstrip(LEAD))
        folded = fold(text)
        if not self.likely(folded, start):
            return []
        whole = text
        text, folded = self._without_exceptions(text, folded)
        start += len(text[start:]) - len(text[start:].lstrip(_AFTER))
        # A label and names alone are a list, which is read elsewhere.
        body = self._body(folded, start, labelled=text != whole)
        if body is None:
            return []
        sentence = SENTENCE_END.search(text, body)
        stop = sentence.start() if sentence else len(text)
        named = self._marks.names_end(text, body, stop)
        # "© Jane Doe 2024, ": the year belongs to the sign.
        while named > body and (text[named - 1] in _AFTER or text[named - 1].isdigit()):
            named -= 1
        # The names end where the sentence does, or where something else parts them from the rest.
        rest = text[named:stop].lstrip(" 0123456789")
        maker = text[body:named]
        if (rest.strip(TRIM) and rest[:1] != ";") or not maker.split() or maker.split()[-1][0].islower():
            return []
        if not maker.strip(TRIM) or not self._marks.names_somebody(maker, "phrase", bracketed=False) or self._parts.is_placeholder(maker):
            return []
        found = self._parts.read(text, body, body, named)
        return [found] if found and (found.maker or found.agency) else []

    def _picture(self, folded: str, at: int) -> tuple[int, bool] | None:
        """Where the words for the pictures end, and whether they say that all are meant."""
        word = self._alls.at(folded, at)
        whole = word is not None
        word = word or self._articles.at(folded, at)
        if word:
            gap = _GAP.match(folded, at + len(word))
            if gap is None:
                return None
            at = gap.end()
        word = self._pictures.at(folded, at)
        if word is None or folded[at + len(word) : at + len(word) + 1].isalnum():
            return None
        return at + len(word), whole

    def _body(self, folded: str, start: int, *, labelled: bool) -> int | None:
        """Where the maker begins."""
        begun = self._picture(folded, start)
        if begun is None:
            return None
        at, whole = begun
        if (joined := self._joiner.match(folded, at)) and (second := self._texts.at(folded, joined.end()) or self._pictures.at(folded, joined.end())):
            at = joined.end() + len(second)
        if (gap := _GAP.match(folded, at)) and (place := self._places.at(folded, gap.end())):
            at, whole = gap.end() + len(place), True
        if labelled and (colon := _COLON.match(folded, at)):
            return colon.end()
        gap = _GAP.match(folded, at)
        # A sentence that does not say that it is about all, or where they are, may be one of the story.
        lead = gap and whole and (self._verbs.at(folded, gap.end()) or self._by.at(folded, gap.end()))
        after = _GAP.match(folded, gap.end() + len(lead)) if gap and lead else None
        return after.end() if after else None

    def _without_exceptions(self, text: str, folded: str) -> tuple[str, str]:
        """The text with "unless otherwise noted," as blanks, so that places stay."""
        for at, _ in list(self._exceptions.scan(text, folded))[:3]:
            end = _CLAUSE_END.search(text, at)
            stop = end.start() if end else len(text)
            begin = len(text[:at].rstrip(" ,"))
            text = text[:begin] + " " * (stop - begin) + text[stop:]
        return text, fold(text)
