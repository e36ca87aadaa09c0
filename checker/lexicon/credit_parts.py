"""A credit taken apart: maker, agency, licence, and where the picture was found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from checker.lexicon.agencies import Agencies
from checker.lexicon.name_parts import has_cjk
from checker.lexicon.word_finder import WordFinder
from checker.lexicon.wordlists import Lists, alternation, union
from checker.text import fold, tidy

TRIM = " \t\n\r.,:;|/\\-–—−~*•·\"'“”„‘’«»<>=+＝／：…()[]（）【】{}▲△▼"
_PIECES = re.compile(r"\s*[/／|;；＝=]\s*|\s\+\s|(?<=[^\W\d_]{3})\.\s+(?=[A-ZÀ-Þ])|,\s+|、|\s[-–—]\s|\s?[()\[\]（）]\s?")
_YEARS = re.compile(r"(?:\s*(?:©|ⓒ|\(c\)|copyright\b|\d{4}(?:\s?[-–,]\s?\d{2,4})?\b|by\b|:)[\s,:.]*){1,5}", re.IGNORECASE)
_INITIAL_AT_END = re.compile(r"(?:^|[\s.])[^\W\d_]\Z")
_AFTER_MARKER = re.compile(r"\s?[:：=＝]\s*|\s+")
_WORD = re.compile(r"\S+")
_LATER = re.compile(r"[a-zà-öø-ÿа-яё]")


@dataclass(frozen=True, slots=True)
class CreditText:
    """A credit as the page writes it, where it stands in the text, and what it says. `placeholder`: it names nobody."""

    text: str
    start: int
    end: int
    maker: str | None = None
    agency: str | None = None
    licence: str | None = None
    via: str | None = None
    placeholder: bool = False


class CreditParts:
    """Reads what stands behind a credit's marker."""

    def __init__(self, lists: Mapping[str, Lists], agencies: Agencies) -> None:
        self.agencies = agencies
        self.placeholders = frozenset(union(lists, "placeholders"))
        self.connectors = frozenset(union(lists, "connectors"))
        self._lead = WordFinder((*union(lists, "labels"), *union(lists, "signs"), *union(lists, "phrases")))
        self._phrases, self._labels = frozenset(union(lists, "phrases")), frozenset(union(lists, "labels"))
        self._licence = re.compile(
            rf"(?<!\w)(?:{alternation(union(lists, 'licences'))})(?:[\s-](?:licen[sc]e|lizenz|sa|nd|nc|by|zero|attribution|sharealike)){{0,4}}"
            r"(?:[\s-]?\d\.\d)?(?:\s(?:international|unported|generic|[a-z]{2}))?(?!\w)"
        )
        self._rights = re.compile(alternation(union(lists, "rights")))
        self._via = re.compile(rf"(?:^|(?<=[\s/,(|]))(?P<word>{alternation(union(lists, 'vias'))})\s+")
        self.suffixes = tuple(sorted((word for word in union(lists, "suffixes") if has_cjk(word)), key=len, reverse=True))
        self.makers_end = union(lists, "makers_end")

    def lower_words(self, body: str) -> tuple[int, int]:
        """(words, words that start small and are no connectors, addresses, agencies or placeholders): prose has many of them."""
        words = [match.group().strip(TRIM) for match in _WORD.finditer(body)]
        words = [word for word in words if word]
        small = [
            word
            for word in words
            if _LATER.match(word)
            and fold(word) not in self.connectors
            and not any(c in ".@_/" or c.isdigit() for c in word)
            and not self.agencies.is_agency(word)
            and fold(word) not in self.placeholders
        ]
        return len(words), len(small)

    def is_placeholder(self, text: str) -> bool:
        """Whether the text, as a whole, names nobody."""
        folded = fold(text).strip()
        return folded in self.placeholders or folded.strip(TRIM) in self.placeholders or folded.rstrip(".") in self.placeholders

    def has_licence(self, folded: str) -> bool:
        """Whether a licence is named."""
        return self._licence.search(folded) is not None

    def read(self, text: str, start: int, body: int, end: int) -> CreditText | None:
        """The credit that stands from `start` to `end` with its marker before `body`; None if nothing is left of it."""
        inner = text[body:end]
        if match := _YEARS.match(inner):
            inner = inner[match.end() :]
        folded = fold(inner)
        licence = None
        if match := self._licence.search(folded):
            licence = tidy(inner[match.start() : match.end()])
            inner = inner[: match.start()] + " | " + inner[match.end() :]
            folded = fold(inner)
        if match := self._rights.search(folded):
            inner = inner[: match.start()] + " | " + inner[match.end() :]
        if self.is_placeholder(inner):
            return CreditText(tidy(text[start:end]), start, end, licence=licence, placeholder=True)
        inner, via = self._found_at(inner)
        makers: list[str] = []
        agencies: list[str] = []
        vague = False
        for piece in _PIECES.split(inner):
            maker, agency, nobody = self._piece(piece)
            makers += [maker] if maker else []
            agencies += [agency] if agency else []
            vague = vague or nobody
        if via and self.agencies.is_agency(via):
            agencies.append(via)
        if not (makers or agencies or via or licence or vague):
            return None
        return CreditText(
            text=tidy(text[start:end]),
            start=start,
            end=end,
            maker=", ".join(dict.fromkeys(makers)) or None,
            agency="/".join(dict.fromkeys(agencies)) or None,
            licence=licence,
            via=via,
            placeholder=vague and not (makers or agencies or via),
        )

    def _found_at(self, inner: str) -> tuple[str, str | None]:
        """The credit without "via X", and X."""
        for match in self._via.finditer(fold(inner)):
            rest = re.split(r"[|;/()\[\],]", inner[match.end() :], maxsplit=1)[0].strip(TRIM)
            always = match["word"] in ("via", "vía")
            if rest and (always or self.agencies.is_agency(rest)) and not rest.startswith("via "):
                return inner[: match.start()] + " | " + inner[match.end() + len(rest) :], tidy(rest)
        return inner, None

    def _piece(self, piece: str) -> tuple[str | None, str | None, bool]:
        written, piece = tidy(piece), tidy(piece).strip(TRIM)
        if f"{piece}." in written and _INITIAL_AT_END.search(piece):
            piece += "."
        if not self.agencies.is_agency(piece) and not self.is_placeholder(piece):
            piece = self._bare(piece)
        if not piece or not any(c.isalnum() for c in piece) or fold(piece) in self._labels - self.placeholders:
            return None, None, False
        if self.agencies.is_agency(piece):
            return None, piece, False
        if self.is_placeholder(piece):
            return None, None, True
        if lead := self.agencies.lead(piece):
            return piece[len(lead) :].strip(TRIM) or None, lead, False
        if at := self.agencies.at_end(piece):
            return piece[:at].strip(TRIM) or None, piece[at:].strip(TRIM), False
        if piece.isdigit():
            return None, None, False
        return piece, None, False

    def _bare(self, piece: str) -> str:
        """Without a marker before it or a word of making behind it."""
        folded = fold(piece)
        if (
            (word := self._lead.at(folded, 0))
            and (mark := _AFTER_MARKER.match(folded, len(word)))
            and (word in self._phrases or mark.group().strip())
        ):
            piece = piece[mark.end() :].strip(TRIM)
        return next((piece[: -len(suffix)].strip(TRIM) for suffix in self.suffixes if piece.endswith(suffix) and len(piece) > len(suffix)), piece)
