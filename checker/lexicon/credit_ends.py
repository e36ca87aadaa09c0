"""Credits without a marker that the end of a caption proves: an agency, a slash, a bracket, "＝ＡＰ", "张三 摄"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from checker.expressions import late
from checker.lexicon.credit_marks import PERSON, SENTENCE_END, is_person
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
# In a bracket a slash between two abbreviations is a party's or a team's.
_ABBREVIATION = 4
# A name that nothing marks follows a description with so many words of prose.
_DESCRIPTION = 10
# A caption that is only a title and its maker is no longer.
_TITLE = 80

_BRACKET = late(r"[(\[（【]\s?([^()\[\]（）【】]{2,120})\s?[)\]）】][\s.。]{0,3}\Z")
_CLOSING = frozenset(")]）】")
_EQUALS = late(rf"[＝=]\s?([A-Za-zＡ-Ｚａ-ｚ{CJK}・ ]{{2,30}})\s*\Z")
_DASH = late(r"(?:\s[-–—|•]\s?|[|—])\s?([^-–—|•]{2,60})\Z")
_DASHES = frozenset("-–—|•")
_CAPITAL = r"[^\W\d_a-zà-öø-ÿ][\w.'’&-]{0,40}"
_CAPITALS = late(rf"(?<!\S)(?:{_CAPITAL}\s){{0,3}}{_CAPITAL}\Z")
_HANDLE = late(r"(?<!\S)@?[\w.-]{2,40}\Z")
_HOST = late(r"(?:[\w-]{1,63}\.){1,3}[a-z]{2,12}")


class CreditEnds:
    """Finds the credit at the end of a caption."""

    def __init__(self, lists: Mapping[str, Lists], parts: CreditParts) -> None:
        self._parts = parts
        self._agencies = parts.agencies
        self._made_by = tuple(f" {word} " for word in parts.made_by)
        through = alternation(union(lists, "through"))
        self._through = late(rf"\s(?:{through})\s\Z", re.IGNORECASE)
        self._handle_through = late(rf"(?<!\S)@?[\w.]{{1,40}}\s(?:{through})\s\Z", re.IGNORECASE)
        vias = alternation(union(lists, "vias"))
        self._found_on = late(rf"(?<!\S)(?P<maker>[\w.@'’-]{{2,30}}(?:\s[\w.'’-]{{2,30}}){{0,3}})\s(?:{vias})\s\Z", re.IGNORECASE)
        self._suffix = late(rf"\s(?:{alternation(word for word in union(lists, 'suffixes') if not has_cjk(word))})\Z", re.IGNORECASE)
        self._starts_through = late(rf"(?:{through})\s", re.IGNORECASE)

    def find(self, text: str) -> CreditText | None:
        """The credit that the text ends with, or None."""
        stripped = text.rstrip()
        base = max(0, len(stripped) - _REACH)
        tail = stripped[base:]
        if not _CLOSING.isdisjoint(tail[-4:]) and (match := _BRACKET.search(tail)):
            return self._bracketed(text, base + match.start(), base + match.start(1), base + match.end(1))
        if ("=" in tail or "＝" in tail) and (match := _EQUALS.search(tail)):
            inner = match.group(1)
            if self._agencies.is_agency(inner) or self._made(inner):
                return self._parts.read(text, base + match.start(), base + match.start(1), base + match.end(1))
        end = len(stripped.rstrip(" .;,"))
        tail = text[base:end]
        sentence = max((match.end() for match in SENTENCE_END.finditer(tail)), default=0)
        if sentence and self._stands_alone(tail[sentence:].strip(), tail[:sentence]):
            return self._from(text, base + sentence, end)
        if base == 0 and not sentence and ("/" in tail or ":" in tail) and self._by_origin(tail.strip()):
            return self._from(text, 0, end)
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
        if "/" in before[-_BEHIND_LICENCE:] and (names := self._names_before(text, base, base + len(before))) is not None:
            return self._from(text, names, end)
        maker = _CAPITALS.search(before) or _HANDLE.search(before)
        return self._from(text, base + (maker.start() + _given(before, maker) if maker else at[0]), end)

    def _painted(self, text: str) -> CreditText | None:
        """ "The Milkmaid by Johannes Vermeer": a short caption that is the title of a work of art and its known maker."""
        if len(text) > _TITLE:
            return None
        folded = fold(text)
        for word in self._made_by:
            if word not in folded:
                continue
            title, found, maker = folded.rpartition(word)
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
        listed = listed and (any(len(piece.strip()) > _ABBREVIATION for piece in inner.split("/")) or self._agencies.inside(inner))
        named = self._by_origin(inner) or self._by_desk(inner) or self._signed(inner, before) or self._published(inner)
        if not (host or listed or apart or named or self._made(inner) or (words <= 8 and self._agencies.at_end(inner) is not None)):
            return None
        # "… 1 de agosto. Ana Ejemplo (Reuters)": the name stands before the bracket.
        if self._agencies.at_end(inner) is not None and (maker := _CAPITALS.search(before[-80:])) and maker.group()[0].isupper():
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

    def _by_origin(self, rest: str) -> bool:
        """ "Instagram/jane.doe", "Handout/Ministry of Examples", "REUTERS/Jane Doe/File Photo", "Reuters: Jane Doe"."""
        parts = self._parts
        head, mark, maker = rest.partition("/")
        if not mark:
            head, mark, maker = rest.partition(":")
        head, maker = head.strip(), maker.strip()
        if not maker or len(maker) > _TITLE:
            return False
        if self._agencies.is_agency(head) and mark == ":":
            return is_person(maker)
        if mark == "/" and parts.is_publisher(head):
            return is_person(maker)
        if mark == ":" or not (self._agencies.is_agency(head) or fold(head) in parts.origins):
            return False
        words, small = parts.lower_words(maker)
        others = [piece.strip() for piece in maker.split("/")]
        own = all(fold(piece) in parts.origins for piece in others)  # a row of buttons
        return not own and words <= 8 and (small == 0 or (words == 1 and mark == "/")) and not maker[0].isdigit()

    def _by_desk(self, inner: str) -> bool:
        """ "(Valley News: Jane Doe)"."""
        desk, _, maker = inner.partition(": ")
        return self._parts.is_publisher(desk) and is_person(maker)

    def _signed(self, rest: str, before: str) -> bool:
        """ "Jane Doe photo" in a bracket, or behind a full stop."""
        match = self._suffix.search(rest)
        return match is not None and is_person(rest[: match.start()]) and bool(before.strip())

    def _published(self, rest: str) -> bool:
        """ "Jane Doe, The Herald", "Jane Doe, File"."""
        maker, mark, publisher = rest.partition(",")
        publisher = publisher.strip()
        sure = self._parts.is_publisher(publisher) or fold(publisher) in self._parts.collectives
        return bool(mark) and sure and is_person(maker)

    def unmarked(self, text: str) -> CreditText | None:
        """A person's name that nothing marks behind some sentences of description, without a full stop: "… for the night. Jane Lee Doe"."""
        text = text.rstrip()
        base = max(0, len(text) - _REACH * 2)
        at = max((match.end() for match in SENTENCE_END.finditer(text, base)), default=0)
        rest, before = text[at:].strip(), text[:at]
        if not at or not 2 <= len(rest.split()) <= 3 or not is_person(rest) or fold(rest).split()[0] in self._parts.openers:
            return None
        # Who is spoken of is shown.
        named = set(before.split()).isdisjoint(rest.split()) and text[-1].isalpha()
        return self._from(text, at, len(text)) if named and self._parts.lower_words(before)[1] >= _DESCRIPTION else None

    def _stands_alone(self, rest: str, before: str) -> bool:
        """Whether a last sentence without a verb names a maker: "Jane Doe/AFP", "Jane Doe for The Herald"."""
        if self._by_origin(rest) or self._signed(rest, before) or self._published(rest):
            return True
        for lead in self._parts.makers_end:
            maker, found, publisher = rest.partition(f" {lead} ")
            if found and is_person(maker) and self._parts.lower_words(publisher)[1] == 0 and len(publisher.split()) <= 5:
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
            if start is None and base == 0 and _HANDLE.fullmatch(before):
                start = 0  # "jane.doe / Adobe Stock"
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

    def _starts(self, text: str, at: int) -> bool:
        """Whether a sentence starts at the place."""
        return text[:at].rstrip()[-1:] in ("", ".", "!", "?", "…", '"', "”")

    def _agency(self, text: str, base: int, end: int) -> CreditText | None:
        """ "… – imago images", "….Getty Images", "… Jane Doe via Getty Images"."""
        tail = text[base:end]
        if not _DASHES.isdisjoint(tail) and (match := _DASH.search(tail)):
            last = match.group(1).strip()
            name = tail[: match.start()].rstrip()
            if (
                self._agencies.is_agency(last)
                and (maker := _CAPITALS.search(name))
                and is_person(maker.group())
                and self._starts(name, maker.start())
            ):
                return self._from(text, base + maker.start(), end)
            if self._agencies.is_agency(last) or ("/" in last and self._agencies.at_end(last) is not None and not self._parts.lower_words(last)[1]):
                return self._from(text, base + match.start(1), end)
        at = self._agencies.at_end(tail)
        if at is None:
            return None
        if through := self._through.search(tail[:at]):
            maker = _CAPITALS.search(tail[: through.start()])
            return self._from(text, base + (maker.start() if maker else at), end)
        if (found := self._found_on.search(tail[:at])) and self._agencies.kind(tail[at:]) in ("free", "stock"):
            maker = _CAPITALS.search(found["maker"]) or _HANDLE.search(found["maker"])
            if maker and self._starts(tail, found.start() + maker.start()):
                return self._from(text, base + found.start() + maker.start(), end)
        if (at == 0 and base == 0) or tail[at - 1] in '.)"”':
            return self._from(text, base + at, end)
        return None

    def _clause(self, text: str, end: int) -> CreditText | None:
        """ "… 新华社记者 张三 摄": the last clause ends with a word that says who made it."""
        tail = text[max(0, end - 40) : end]
        if tail.isascii() or not has_cjk(tail):
            return None
        marks = "。．！？」）)／/、，."
        at = max(tail.rfind(mark) for mark in marks)
        if tail[at + 1 :].strip() in self._parts.suffixes and at > 0:
            at = max(tail.rfind(mark, 0, at) for mark in marks)
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
