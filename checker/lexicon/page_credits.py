"""Lines of their own that credit the pictures of the page: "(featured image: X)", "Text and photos: X | Y", "X owns the copyright on all images"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from checker.expressions import late
from checker.lexicon.credit_marks import CJK_COLON, LONGEST, SENTENCE_END, CreditMarks
from checker.lexicon.credit_parts import LEAD, TRIM, CreditParts, CreditText
from checker.lexicon.word_finder import WordFinder
from checker.lexicon.wordlists import Lists, union
from checker.text import clip, fold, tidy

_MOST_WORDS = 25
# A sentence about who owns the pictures stands in a paragraph about copying; the longest on the labelled pages has 420 characters.
_PARAGRAPH = 1_200
# Parts texts that are looked at together; of a private area, so that pages hold it for drawings only.
_APART = "\uf8f8"
_LINE = 160
# "X owns the": so many words stand between the owner and what is owned.
_VERB = 2
# Behind the Latin, Greek and Cyrillic letters scripts have no capitals.
_LATIN = 0x052F
# What stands between a description and its credit.
_PARTED = frozenset("/|.!?–—-(;,")
_SPACE = late(r"[\s:]{1,3}|(?<=©)")
_HOST = late(r"(?<![\w@])(?:[\w-]{1,63}\.){1,3}[a-z]{2,12}\b")


class PageCredits:
    """Finds credits that speak of all pictures of a page, or of the featured one."""

    __slots__ = (
        "_begins",
        "_feed",
        "_feeding",
        "_heads",
        "_joiner",
        "_label",
        "_marks",
        "_owned",
        "_owning",
        "_owning_by_word",
        "_parts",
        "_phrase",
        "_signs",
        "_texts",
    )

    def __init__(self, lists: Mapping[str, Lists], marks: CreditMarks, parts: CreditParts) -> None:
        self._marks, self._parts = marks, parts
        self._label, self._phrase = WordFinder(union(lists, "page_labels")), WordFinder(union(lists, "page_phrases"))
        self._texts, self._signs = WordFinder(union(lists, "texts")), WordFinder(union(lists, "signs"))
        self._owning, self._feeding = union(lists, "owned"), union(lists, "feeds")
        self._owned, self._feed = WordFinder(union(lists, "owned")), WordFinder(union(lists, "feeds"))
        self._begins = WordFinder((*union(lists, "texts"), *union(lists, "page_labels"), *union(lists, "page_phrases")))
        self._owning_by_word: dict[str, list[str]] = {}
        for phrase in self._owning:
            self._owning_by_word.setdefault(max(phrase.split(), key=len, default=""), []).append(phrase)
        self._heads = frozenset(union(lists, "page_heads"))
        self._joiner = marks.combined

    def likely(self, texts: Sequence[str], begins: Callable[[str, int], bool]) -> list[int]:
        """Which of the texts can credit the pictures of the page or head a list of credits; of most pages none, and all are told at once.

        `begins` tells of a folded text whether another kind of such a line begins at a place.
        """
        joined = tidy(_APART.join(texts))
        lines, folded = joined.split(_APART), fold(joined).split(_APART)
        if len(lines) != len(texts):
            return list(range(len(texts)))  # the page holds the character that parts them
        whole = " ".join(folded)
        owning = [phrase for word, phrases in self._owning_by_word.items() if word in whole for phrase in phrases if phrase in whole]
        return [
            index
            for index, (line, plain) in enumerate(zip(lines, folded, strict=True))
            if self._begins.at(plain, start := len(line) - len(line.lstrip(LEAD)))
            or begins(plain, start)
            or plain.strip(TRIM) in self._heads
            or (owning and any(phrase in plain for phrase in owning))
        ]

    def heads_list(self, text: str) -> bool:
        """Whether the line is the heading of a list of credits: "Image credits"."""
        return len(text) <= _LINE and fold(tidy(text)).strip(TRIM) in self._heads

    def fed(self, text: str) -> CreditText | None:
        """The part of a line that says from which shop's feed pictures of products come: "… / Images from X"."""
        if len(text) > LONGEST * 2:
            return None
        folded = fold(text)
        if not any(phrase in folded for phrase in self._feeding):
            return None
        for match in re.finditer(r"[^/|•·;]+", text):
            part = match.group()
            found = next(self._feed.scan(part, fold(part)), None)
            if found is not None:
                start = match.start() + len(part) - len(part.lstrip())
                maker = tidy(part[found[0] : found[0] + len(found[1])])
                return CreditText(tidy(part), start, start + len(part.strip()), maker=maker)
        return None

    def find(self, text: str) -> list[CreditText]:
        """The credits in the line; nothing if it credits no pictures of the page."""
        if len(text) > _PARAGRAPH:
            return []
        start, end = len(text) - len(text.lstrip(LEAD)), len(text)
        while end > start and text[end - 1] in " \t\n\r)]）】.*|":
            end -= 1
        folded = fold(text)
        body, how = self._body(folded, start, end)
        if body is None or body >= end or len(text) > 2 * LONGEST:
            return self._owner(text, folded, start, end)
        line = text[body:end]
        if not self._names_makers(line, how):
            return self._behind_description(text, body, end) if how == "label" else []
        pieces = re.split(r"\s*[|;；]\s*", line)
        if len(pieces) == 1 and not self._parts.agencies.inside(line):
            pieces = re.split(r",\s+|、", line)
        found: list[CreditText] = []
        at = body
        for piece in pieces:
            at = text.index(piece, at)
            credit = self._parts.read(text, at, at, at + len(piece)) if piece.strip() else None
            found += [credit] if credit else []
            at += len(piece)
        return found

    def _behind_description(self, text: str, body: int, end: int) -> list[CreditText]:
        """ "Picture: The mill at dawn. / Source: X": a caption away from its picture."""
        found = self._marks.find(text[body:end])
        if found is None or body + found.end < end - 1 or text[body : body + found.start].rstrip()[-1:] not in _PARTED:
            return []
        return [replace(found, start=found.start + body, end=found.end + body)]

    def _body(self, folded: str, start: int, end: int) -> tuple[int | None, str]:
        """Where the makers begin behind a label with a colon, or behind a phrase, and which of the two it was."""
        # Text and pictures by the same hand, in either order.
        word = self._texts.at(folded, start, end)
        if word and (joined := self._joiner.match(folded, start + len(word))):
            start = joined.end()
        word = self._label.at(folded, start, end)
        if word:
            at = start + len(word)
            if (joined := self._joiner.match(folded, at)) and (
                second := self._texts.at(folded, joined.end(), end) or self._label.at(folded, joined.end(), end)
            ):
                at = joined.end() + len(second)
            if mark := CJK_COLON.match(folded, at):
                return mark.end(), "label"
        word = self._phrase.at(folded, start, end)
        mark = _SPACE.match(folded, start + len(word)) if word else None
        if word is None or mark is None:
            return None, ""
        return mark.end(), "label" if self._signs.at(word, len(word) - 1) else "phrase"

    def _names_makers(self, line: str, how: str) -> bool:
        """Whether what stands behind the label or phrase is a list of makers, and no prose."""
        folded = fold(line)
        sign = self._signs.at(folded, 0)
        if sign and not folded[len(sign) : len(sign) + 1].isalnum():
            line, how = line[len(sign) :].strip(), "sign"
        elif how == "label" and line[:4].isdigit():
            line = line[4:].strip()
        words, small = self._parts.lower_words(line)
        sure = how == "sign" or bool(_HOST.search(folded)) or self._parts.agencies.inside(line)
        if not words or words > _MOST_WORDS or small * (2 if sure else 4) > words or SENTENCE_END.search(line):
            return False
        return self._marks.names_somebody(line.strip(TRIM) or " ", how, bracketed=False)

    def _owner(self, text: str, folded: str, start: int, end: int) -> list[CreditText]:
        """ "X owns the copyright on all images": one credit, which holds the whole sentence."""
        # Whether any stands in the text is told faster than where.
        if not any(phrase in folded for phrase in self._owning):
            return []
        at, phrase = next(self._owned.scan(text, folded, start), (-1, ""))
        if at < 0:
            return []
        # The sentence that says it.
        for sentence in SENTENCE_END.finditer(text, start, end):
            if sentence.start() <= at:
                start = sentence.end()
            elif self._parts.lower_words(text[at + len(phrase) : sentence.start()])[0]:
                end = sentence.start()
                break
        body = text.find("©", start, end) + 1 or (start if at > start else at + len(phrase))
        stop = at if body < at else self._marks.names_end(text, body, end)
        dropped = 0
        while stop > body and (last := text[body:stop].split()) and last[-1][0].islower() and "." not in last[-1]:
            stop = text.rindex(last[-1], body, stop)
            dropped += 1
        maker = tidy(text[body:stop]).strip(TRIM)
        if (
            dropped > _VERB
            or not maker
            or self._parts.is_placeholder(maker)
            or not any(c.isupper() or ord(c) > _LATIN for c in maker)
            or self._parts.lower_words(maker)[1] * 2 > len(maker.split())
        ):
            return []
        found = CreditText(tidy(text[start:end]), start, end, maker=maker)
        return [replace(found, text=clip(found.text, _LINE))]
