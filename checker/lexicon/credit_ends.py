"""Credits without a marker that the end of a caption proves: an agency, a slash, a bracket, "＝ＡＰ", "张三 摄"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from checker.lexicon.credit_marks import PERSON, SENTENCE_END
from checker.lexicon.credit_parts import CreditParts, CreditText
from checker.lexicon.name_parts import CJK, has_cjk
from checker.lexicon.wordlists import Lists, alternation, union
from checker.text import fold

# So far from the end a credit is looked for.
_REACH = 160
# So many words of prose must stand before a name that only a slash parts from them.
_PROSE = 3
# What stands behind a licence at a caption's end is no longer ("via Wikimedia Commons").
_BEHIND_LICENCE = 40
# A caption that is only a title and its maker is no longer.
_TITLE = 80

_BRACKET = re.compile(r"[(\[（【]\s?([^()\[\]（）【】]{2,120})\s?[)\]）】][\s.。]{0,3}\Z")
_EQUALS = re.compile(rf"[＝=]\s?([A-Za-zＡ-Ｚａ-ｚ{CJK}・ ]{{2,30}})\s*\Z")
_DASH = re.compile(r"(?:\s[-–—|]\s?|\|)\s?([^-–—|]{2,60})\Z")
_CAPITAL = r"[^\W\d_a-zà-öø-ÿ][\w.'’&-]{0,40}"
_CAPITALS = re.compile(rf"(?<!\S)(?:{_CAPITAL}\s){{0,3}}{_CAPITAL}\Z")
_HANDLE = re.compile(r"(?<!\S)@?[\w.-]{2,40}\Z")
_HOST = re.compile(r"(?:[\w-]{1,63}\.){1,3}[a-z]{2,12}")


class CreditEnds:
    """Finds the credit at the end of a caption."""

    def __init__(self, lists: Mapping[str, Lists], parts: CreditParts) -> None:
        self._parts = parts
        self._agencies = parts.agencies
        through = alternation(union(lists, "through"))
        self._through = re.compile(rf"\s(?:{through})\s\Z", re.IGNORECASE)
        self._handle_through = re.compile(rf"(?<!\S)@?[\w.]{{1,40}}\s(?:{through})\s\Z", re.IGNORECASE)
        self._starts_through = re.compile(rf"(?:{through})\s", re.IGNORECASE)

    def find(self, text: str) -> CreditText | None:
        """The credit that the text ends with, or None."""
        stripped = text.rstrip()
        base = max(0, len(stripped) - _REACH)
        tail = stripped[base:]
        if match := _BRACKET.search(tail):
            return self._bracketed(text, base + match.start(), base + match.start(1), base + match.end(1))
        if match := _EQUALS.search(tail):
            inner = match.group(1)
            if self._agencies.is_agency(inner) or self._made(inner):
                return self._parts.read(text, base + match.start(), base + match.start(1), base + match.end(1))
        end = len(stripped.rstrip(" .;,"))
        tail = text[base:end]
        sentence = max((match.end() for match in SENTENCE_END.finditer(tail)), default=0)
        if sentence and self._stands_alone(tail[sentence:].strip()):
            return self._from(text, base + sentence, end)
        return (
            self._licensed(text, base, end)
            or self._slashed(text, base, end)
            or self._agency(text, base, end)
            or self._painted(stripped)
            or self._clause(text, end)
        )

    def _licensed(self, text: str, base: int, end: int) -> CreditText | None:
        """ "… at dawn. Jane Doe, CC BY 4.0, via X": the name that stands before a licence at the end."""
        at = self._parts.licence_at(fold(text[base:end]))
        if at is None or base + at[1] < end - _BEHIND_LICENCE or self._parts.lower_words(text[base + at[1] : end])[1]:
            return None
        before = text[base : base + at[0]].rstrip(" ,;/|–—-([")
        maker = _CAPITALS.search(before) or _HANDLE.search(before)
        return self._from(text, base + (maker.start() + _given(before, maker) if maker else at[0]), end)

    def _painted(self, text: str) -> CreditText | None:
        """ "The Milkmaid by Johannes Vermeer": a short caption that is the title of a work of art and its known maker."""
        if len(text) > _TITLE:
            return None
        folded = fold(text)
        for word in self._parts.made_by:
            title, found, maker = folded.rpartition(f" {word} ")
            name = maker.split(",")[0].split("(")[0].strip(" .")
            if found and title and (name in self._parts.painters or " ".join(name.split()[-1:]) in self._parts.painters) and len(name.split()) <= 4:
                start = len(title) + len(found)
                return self._from(text, start, start + len(maker.split(",")[0].split("(")[0].rstrip(" .")))
        return None

    def _from(self, text: str, start: int, end: int) -> CreditText | None:
        while start < end and text[start].isspace():
            start += 1
        return self._parts.read(text, start, start, end)

    def _bracketed(self, text: str, opening: int, start: int, end: int) -> CreditText | None:
        inner = text[start:end].strip()
        words, small = self._parts.lower_words(inner)
        before = text[:opening].rstrip()
        if not inner or "://" in inner or small * 2 > words or (self._parts.is_placeholder(inner) and not self._made(inner)):
            return None
        host = words <= 6 and any(_HOST.fullmatch(fold(word)) for word in re.split(r"[\s/]+", inner))
        listed = "/" in inner and words <= 8 and not any(c.isdigit() for c in inner)
        # Behind the full stop a bracket holds no remark on the last word: "… in the stadium. (Jane Doe)", "… (NPA)".
        apart = before.endswith((".", "!", "?", "”", '"')) and (PERSON.fullmatch(inner) or re.fullmatch(r"[A-Z]{2,6}", inner))
        if not (host or listed or apart or self._made(inner) or (words <= 8 and self._agencies.at_end(inner) is not None)):
            return None
        # "… 1 de agosto. Ana Ejemplo (Reuters)": the name stands before the bracket.
        if self._agencies.at_end(inner) is not None and (maker := _CAPITALS.search(before[-80:])):
            at = max(0, len(before) - 80) + maker.start()
            if PERSON.fullmatch(maker.group()) and text[:at].rstrip()[-1:] in ("", ".", "!", "?", ":", "|"):
                return self._parts.read(text, at, at, end + 1)
            # "… en el puerto.Ana Ejemplo (Reuters)", "… de Madrid. Ana Ejemplo (Reuters)": a capital stands before the full stop too.
            glued = maker.group().rfind(".") + 1
            glued += len(maker.group()[glued:]) - len(maker.group()[glued:].lstrip())
            if glued and PERSON.fullmatch(maker.group()[glued:]):
                return self._parts.read(text, at + glued, at + glued, end + 1)
        return self._parts.read(text, start, start, end)

    def _made(self, inner: str) -> bool:
        return len(inner) <= 30 and inner.endswith(self._parts.suffixes)

    def _stands_alone(self, rest: str) -> bool:
        """Whether a last sentence without a verb names a maker: "Jane Doe/AFP", "Jane Doe for The Herald"."""
        for lead in self._parts.makers_end:
            maker, found, publisher = rest.partition(f" {lead} ")
            if found and PERSON.fullmatch(maker) and self._parts.lower_words(publisher)[1] == 0 and len(publisher.split()) <= 5:
                return True
        words, small = self._parts.lower_words(rest)
        if not rest or small or words > 10:
            return False
        listed = "/" in rest.strip("/") and not any(c.isdigit() for c in rest)
        return listed or self._agencies.at_end(rest) is not None

    def _slashed(self, text: str, base: int, end: int) -> CreditText | None:
        """ "… in Washington Jane Doe/AFP", "… am Abend / Jane Doe": what stands around the last slash."""
        slash = text.rfind("/", max(base, end - 60), end)
        if slash < 0:
            return None
        last, before = text[slash + 1 : end].strip(), text[base:slash].rstrip()
        if self._parts.lower_words(last)[1] or not last:
            return None
        start = self._names_before(text, base, slash)
        if self._agencies.at_end(last) is not None or self._starts_through.match(last):
            return self._from(text, slash + 1 if start is None else start, end)
        if (at := self._agencies.at_end(before)) is not None:
            return self._from(text, base + at, end)
        prose = sum(word[0].islower() for word in before.split())
        if not PERSON.fullmatch(last) or prose < _PROSE:
            return None
        if text[slash - 1].isspace():
            return self._from(text, slash + 1, end)
        return self._from(text, start, end) if start is not None else None

    def _names_before(self, text: str, base: int, slash: int) -> int | None:
        """Where the names start that stand before a slash, over all slashes before it; None if no name does."""
        start: int | None = None
        while slash > base:
            before = text[base:slash].rstrip()
            piece = before[before.rfind("/") + 1 :]
            found = self._agencies.at_end(piece)
            if found is None and (capitals := _CAPITALS.search(piece)):
                found = capitals.start() + _given(piece, capitals)
            if found is None:
                break
            start = base + len(before) - len(piece) + found
            if through := self._handle_through.search(text[base:start]):
                return base + through.start()
            if piece[:found].strip():
                break
            slash = base + len(before) - len(piece) - 1
        return start

    def _agency(self, text: str, base: int, end: int) -> CreditText | None:
        """ "… – imago images", "….Getty Images", "… Jane Doe via Getty Images"."""
        tail = text[base:end]
        if match := _DASH.search(tail):
            last = match.group(1).strip()
            if self._agencies.is_agency(last) or ("/" in last and self._agencies.at_end(last) is not None and not self._parts.lower_words(last)[1]):
                return self._from(text, base + match.start(1), end)
        at = self._agencies.at_end(tail)
        if at is None:
            return None
        if through := self._through.search(tail[:at]):
            maker = _CAPITALS.search(tail[: through.start()])
            return self._from(text, base + (maker.start() if maker else at), end)
        if (at == 0 and base == 0) or tail[at - 1] in '.)"”':
            return self._from(text, base + at, end)
        return None

    def _clause(self, text: str, end: int) -> CreditText | None:
        """ "… 新华社记者 张三 摄": the last clause ends with a word that says who made it."""
        tail = text[max(0, end - 40) : end]
        if not has_cjk(tail):
            return None
        at = max(tail.rfind(mark) for mark in "。．！？」）)／/、，")
        clause = tail[at + 1 :].strip()
        if (at >= 0 or end <= 20) and 3 <= len(clause) <= 24 and clause.endswith(self._parts.suffixes):
            return self._from(text, end - len(tail) + at + 1, end)
        return None


def _given(before: str, capitals: re.Match[str]) -> int:
    """How far into a row of capitalised words the maker's name begins: two words, three with an initial, all of them behind a full stop."""
    words = list(re.finditer(r"\S+", capitals.group()))
    lead = before[: capitals.start()].rstrip()
    if len(words) <= 2 or not lead or lead[-1] in ".!?:|":
        return 0
    return words[-3 if len(words[-2].group()) <= 2 else -2].start()
