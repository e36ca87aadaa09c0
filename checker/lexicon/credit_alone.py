"""Credits that are the whole text of an element: a credit element's names, a name in a line of its own, "Instagram/jane.doe"."""

from __future__ import annotations

from collections.abc import Mapping

from checker.expressions import late
from checker.lexicon.credit_marks import SENTENCE_END, CreditMarks, is_person
from checker.lexicon.credit_parts import TRIM, CreditParts, CreditText
from checker.lexicon.name_parts import NUMERIC, has_cjk
from checker.lexicon.wordlists import Lists, alternation, union
from checker.text import fold, tidy

# A credit element with more than this tells a story; the longest maker with agency and place on the labelled pages has 14 words.
_ALONE = 160
_ALONE_WORDS = 14
# Lists of makers and agencies without a word of prose are longer.
_LISTED, _LISTED_WORDS = 240, 26
_ALONE_CJK = 40
_BARE = 80
_BRAND = 4
# "(left)", "(2019)".
_ASIDE = late(r"\([^()]{1,20}\)")
_END = " \t\n\r.,;:|/)]）】-–—"


class CreditAlone:
    """Reads texts that hold nothing but a credit."""

    def __init__(self, lists: Mapping[str, Lists], marks: CreditMarks, parts: CreditParts) -> None:
        self._marks, self._parts = marks, parts
        self._controls = frozenset(union(lists, "controls"))
        spaced = alternation(word for word in union(lists, "joiners") if not has_cjk(word))
        self._between = late(rf"\s?[,•·|]\s|\s[-–—/]\s|\s?&\s|\s(?:{spaced})\s")

    def listed(self, text: str) -> CreditText | None:
        """The whole text of a credit element that holds names, agencies and a licence only: "Jane Doe, Public domain, via X"."""
        licence = self._parts.licence_at(fold(text))
        rest = text[: licence[0]] + text[licence[1] :] if licence else text
        return self.whole(text) if licence and not self._parts.lower_words(rest)[1] and not SENTENCE_END.search(rest) else None

    def bare(self, text: str, own_names: frozenset[str]) -> CreditText | None:
        """A person's name, an agency, a list of both, the publisher; nothing marks them as makers but where they stand."""
        inner = text.strip(TRIM)
        if not inner or len(inner) > _BARE or inner.endswith(("?", "!")) or any(c.isdigit() for c in inner):
            return None
        words, small = self._parts.lower_words(inner)
        listed = "/" in inner and small == 0 and words <= _ALONE_WORDS
        if not (listed or self._names(inner, own_names)):
            return None
        return self.whole(text)

    def brand(self, text: str) -> CreditText | None:
        """A name of one to four words with capitals: "Norvale", "Norvale Kitchen"."""
        inner = text.strip(TRIM)
        words, small = self._parts.lower_words(inner)
        named = 0 < words <= _BRAND and small == 0 and not inner[0].islower() and not any(c.isdigit() for c in inner)
        return self.whole(text) if named and fold(inner).split()[0] not in self._parts.openers else None

    def _names(self, inner: str, own_names: frozenset[str]) -> bool:
        """Whether the line holds makers only, the first of them a person where there are several."""
        parts = self._parts
        folded = fold(inner)
        if folded in own_names or parts.agencies.is_agency(inner) or (len(inner) <= _ALONE_CJK and has_cjk(inner) and inner.endswith(parts.suffixes)):
            return True
        if folded.split()[0] in parts.openers:
            return parts.is_publisher(inner)
        if is_person(inner):
            return True
        maker, *others = self._between.split(inner)
        for lead in parts.makers_end:
            person, found, publisher = inner.partition(f" {lead} ")
            if found and is_person(person):
                return parts.lower_words(publisher)[1] == 0 and len(publisher.split()) <= 5
        return bool(others) and all(
            is_person(name) or parts.agencies.is_agency(name) or parts.is_publisher(name) or fold(name) in own_names for name in (maker, *others)
        )

    def whole(self, text: str) -> CreditText | None:
        """The whole text of an element that says of itself that it is a credit, unless it evidently is something else."""
        start, end = 0, len(text)
        while start < end and text[start] in TRIM:
            start += 1
        while end > start and text[end - 1] in _END:
            end -= 1
        inner = text[start:end]
        folded = fold(tidy(inner))
        if not any(c.isalpha() for c in inner) or inner.endswith(("?", "!")):
            return None
        if folded in self._marks.labels or folded in self._controls or self._marks.false_friends.at(folded, 0):
            return None
        if any(NUMERIC.fullmatch(word) for word in folded.split()) and "©" not in inner and not self._parts.has_licence(folded):
            return None  # a date, a counter
        return None if self._is_prose(inner, folded) else self._parts.read(text, start, start, end)

    def _is_prose(self, inner: str, folded: str) -> bool:
        """Whether the text is too long for a credit, or has as many small words as prose."""
        if has_cjk(inner) and len(inner) > _ALONE_CJK:
            return True
        plain = folded.split()
        if len(plain) > 1 and plain[-1] in self._parts.connectors:
            return True
        if len(inner) > _LISTED:
            return True
        known = self._parts.agencies.at_end(inner)
        words, small = self._parts.lower_words(_ASIDE.sub("", inner[:known] if known else inner))
        if small == 0:
            return words > _LISTED_WORDS
        if words > _ALONE_WORDS or len(inner) > _ALONE:
            return True
        return (small * 3 >= words and small > 1) or (small * 2 > words and 1 < words <= 3)
