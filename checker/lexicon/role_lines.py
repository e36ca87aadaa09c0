"""Lines that name who wrote the piece and who made its pictures: "By X | Photos by Y", "Text: X, Fotos: Y", "X (Text), Y (Fotos)"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from checker.expressions import late
from checker.lexicon.credit_marks import CJK_COLON, SENTENCE_END, CreditMarks
from checker.lexicon.credit_parts import TRIM, CreditParts, CreditText
from checker.lexicon.name_parts import has_cjk
from checker.lexicon.word_finder import WordFinder
from checker.lexicon.wordlists import Lists, union
from checker.text import fold

# A line of names is no longer.
_LINE = 160
# No line names so many roles.
_MARKS = 12
# Where the names of a role end, if no other role follows.
_END = late(r"\s*[|｜•·;；/／]\s*|\s[-–—]\s|\s{2,}|\u3000|,?\s\d")
_NAMES = late(r",\s+|、")
_BRACKETED = late(r"[(（]([^()（）]{1,30})[)）]")
# A name in a script without capitals and, mostly, without spaces.
_CJK_NAME = late(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2,6}")
_COLON = late(r"\s{0,2}[:：=＝]\s{0,2}")
_SPACE = late(r"\s{1,3}")


class RoleLines:
    """Finds the makers of a page's pictures beside those who wrote the piece, which is for others to prove."""

    __slots__ = ("_joiner", "_labels", "_marks", "_parts", "_phrases", "_pictures", "_texts", "_writers")

    def __init__(self, lists: Mapping[str, Lists], marks: CreditMarks, parts: CreditParts) -> None:
        self._marks, self._parts, self._joiner = marks, parts, marks.combined
        self._labels = frozenset(union(lists, "page_labels"))
        self._phrases = frozenset((*union(lists, "page_phrases"), *union(lists, "phrases"), *union(lists, "weak_phrases")))
        self._texts = frozenset(union(lists, "texts"))
        self._pictures = WordFinder((*self._labels, *self._phrases))
        self._writers = WordFinder(self._texts)

    def likely(self, lines: Sequence[str]) -> list[int]:
        """Which of the lines, tidied, can be one of these: short ones that speak of pictures. All are looked through at once."""
        short = [index for index, line in enumerate(lines) if len(line) <= _LINE]
        joined = "\n".join([lines[index] for index in short])
        ends = list(accumulate(len(lines[index]) + 1 for index in short))
        found = {bisect_right(ends, at) for at, _ in self._pictures.scan(joined, fold(joined))}
        return [short[place] for place in sorted(found)]

    def find(self, text: str) -> tuple[list[str], list[CreditText]]:
        """What stands beside the pictures' makers, and who they are; both empty where the line has no such roles.

        The credits count only where one of the others is a byline.
        """
        if len(text) > _LINE:
            return [], []
        folded = fold(text)
        marks = list(self._roles(text, folded))
        if not any(picture for _, _, _, picture in marks):
            return self._bracketed(text, folded)
        others = [text[: marks[0][0]]] if marks[0][0] else []
        found: list[CreditText] = []
        for (start, body, how, picture), following in zip(marks, [*(mark[0] for mark in marks[1:]), len(text)], strict=True):
            if not picture:
                others.append(text[start:following])
                continue
            named = self._makers(text, body, following, how)
            if not named:
                return [], []
            found += named
            if start and (word := self._writers.at(folded, 0)) and (both := self._joiner.match(folded, len(word))) and both.end() == start:
                others.append(f"{text[: len(word)]}: {named[0].maker}")  # "Testi e foto di X": one hand for both
        others = [other for other in (each.strip(TRIM) for each in others) if other]
        return (others, found) if others else ([], [])

    def _roles(self, text: str, folded: str) -> Iterator[tuple[int, int, str, bool]]:
        """Where a role begins, where its names do, how it was marked, and whether it is that of the pictures' makers."""
        marks = {at: (word, True) for at, word in self._pictures.scan(text, folded)}
        marks |= {at: (word, False) for at, word in self._writers.scan(text, folded) if at not in marks}
        over = 0
        for at in sorted(marks)[:_MARKS]:
            word, picture = marks[at]
            if at < over or not (at == 0 or text[at - 1].isspace() or text[at - 1] in "|/／,;.、(（•·・"):
                continue
            body, how = self._body(text, folded, at, word, picture=picture)
            if body:
                over = body
                yield at, body, how, picture

    def _body(self, text: str, folded: str, at: int, word: str, *, picture: bool) -> tuple[int, str]:
        end = at + len(word)
        if (joined := self._joiner.match(folded, end)) and (
            second := self._pictures.at(folded, joined.end()) or self._writers.at(folded, joined.end())
        ):
            # "Text und Fotos": one hand for both, which is read elsewhere.
            if picture is not (second in self._labels):
                return 0, ""
            end = joined.end() + len(second)
        # Menus part their entries as Chinese and Japanese lines do a role and a name: "Photos | Videos".
        if colon := (CJK_COLON if has_cjk(word) else _COLON).match(folded, end):
            return colon.end(), "label"
        space = _SPACE.match(text, end)
        if not picture or space is None:
            return 0, ""
        if word in self._phrases:
            return space.end(), "label"
        return space.end(), "bare"

    def _makers(self, text: str, body: int, stop: int, how: str) -> list[CreditText]:
        for pattern in (_END, SENTENCE_END):
            if (match := pattern.search(text, body, stop)) and match.start() > body:
                stop = match.start()
        while stop > body and text[stop - 1] in TRIM and not text[stop - 1].isalnum():
            stop -= 1
        found: list[CreditText] = []
        at = body
        for piece in _NAMES.split(text[body:stop]):
            if not self._names(piece.strip(), how):
                break
            at = text.index(piece, at)
            credit = self._parts.read(text, at, at, at + len(piece))
            found += [credit] if credit and (credit.maker or credit.agency) else []
            at += len(piece)
        return found

    def _names(self, piece: str, how: str) -> bool:
        if has_cjk(piece):
            return bool(_CJK_NAME.match(piece)) and len(piece.split()) <= len(_CJK_NAME.findall(piece))
        if not piece or self._parts.lower_words(piece)[1] or (piece[0].islower() and " " in piece):
            return False
        # "Photos: Readers": one plain word is a menu's or a heading's as well.
        if piece.isalpha() and not self._parts.agencies.is_agency(piece):
            return False
        return self._marks.names_somebody(piece, how, bracketed=False)

    def _bracketed(self, text: str, folded: str) -> tuple[list[str], list[CreditText]]:
        """ "Von X (Text) und Y (Fotos)": the role stands behind the name."""
        others: list[str] = []
        found: list[CreditText] = []
        begin = 0
        for bracket in _BRACKETED.finditer(text):
            role = folded[bracket.start(1) : bracket.end(1)].strip(TRIM)
            name = text[begin : bracket.start()]
            joined = self._joiner.match(fold(name)) if begin else None
            if role in self._texts:
                others += [name.strip(TRIM), f"{bracket[1].strip(TRIM)}: {name.strip(TRIM)}"]
            elif role in self._labels and begin:
                start = begin + (joined.end() if joined else len(name) - len(name.lstrip(TRIM)))
                found += self._makers(text, start, bracket.start(), "label")
            begin = bracket.end()
        return (others, found) if others and found else ([], [])
