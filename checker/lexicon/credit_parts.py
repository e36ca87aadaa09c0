"""A credit taken apart: maker, agency, licence, and where the picture was found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from checker.expressions import late
from checker.lexicon.agencies import Agencies
from checker.lexicon.name_parts import has_cjk
from checker.lexicon.word_finder import WordFinder
from checker.lexicon.wordlists import Lists, alternation, union
from checker.text import fold, tidy

TRIM = " \t\n\r.,:;|/\\-–—−~*•·\"'“”„‘’«»<>=+＝／：…()[]（）【】{}▲△▼"
# What may stand before the first word of a line.
LEAD = " \t\n\r([（【*•-–—|"
_PIECES = late(r"\s*[/／|;；＝=]\s*|\s\+\s|(?<=[^\W\d_]{3})\.\s+(?=[A-ZÀ-Þ])|,\s+|、|\s[-–—]\s|\s?[()\[\]（）]\s?")
_INITIAL_AT_END = late(r"(?:^|[\s.])[^\W\d_]\Z")
_AFTER_MARKER = late(r"\s?[:：=＝]\s*|\s+")
_VERSION = late(r"\d(?:\.\d)?")
# The name of a publisher has no more words.
_PUBLISHER = 5
# Words of a licence's name up to so many letters are abbreviations.
_SHORT = 4
_WORD = late(r"\S+")
_LATER = late(r"[a-zà-öø-ÿа-яё]")


@dataclass(frozen=True, slots=True)
class CreditText:
    """A credit as the page writes it, where it stands in the text, and what it says. `placeholder`: it names nobody.

    `agency_kind`: news, pictures, stock, free. `collective`: it says why no single maker is named (pool, handout, archive).
    """

    text: str
    start: int
    end: int
    maker: str | None = None
    agency: str | None = None
    licence: str | None = None
    via: str | None = None
    placeholder: bool = False
    agency_kind: str | None = None
    collective: bool = False


class CreditParts:
    """Reads what stands behind a credit's marker."""

    def __init__(self, lists: Mapping[str, Lists], agencies: Agencies) -> None:
        self.agencies = agencies
        self.placeholders = frozenset(union(lists, "placeholders"))
        self.collectives = frozenset(union(lists, "collectives"))
        self.connectors = frozenset(union(lists, "connectors"))
        self._lead = WordFinder((*union(lists, "labels"), *union(lists, "signs"), *union(lists, "phrases")))
        self._phrases, self._labels = frozenset(union(lists, "phrases")), frozenset(union(lists, "labels"))
        signs = alternation(union(lists, "signs"))
        made_by = alternation(union(lists, "made_by"))
        self._years = late(rf"(?:\s*(?:(?:{signs})(?!\w)|\d{{4}}(?:\s?[-–,]\s?\d{{2,4}})?\b|(?:{made_by})\b|:)[\s,:.]*){{1,5}}", re.IGNORECASE)
        words = alternation(union(lists, "licence_words"))
        # One word of each licence: most texts hold none, and need no search.
        self._licence_hints = frozenset(max(name.split(), key=len, default="") for name in union(lists, "licences"))
        self._licence_words = frozenset(union(lists, "licence_words"))
        self._licence = late(
            rf"(?<!\w)(?:(?:{alternation(union(lists, 'licence_leads'))})[\s:]{{1,3}})?"
            rf"(?P<name>(?:{alternation(union(lists, 'licences'))})(?:[\s-](?:{words})){{0,6}}"
            rf"(?:[\s-]?v?\d(?:\.\d)?(?:\s(?:{words})){{0,2}}(?:\s[a-z]{{2}})?)?)(?!\w)"
        )
        self._licence_addresses = [form.split(maxsplit=1) for form in union(lists, "licence_addresses")]
        self._rights = late(alternation(union(lists, "rights")))
        self._through = frozenset(union(lists, "through"))
        self._via = late(rf"(?:^|(?<=[\s/,(|]))(?P<word>{alternation(union(lists, 'vias'))})\s+")
        self.suffixes = tuple(sorted((word for word in union(lists, "suffixes") if has_cjk(word)), key=len, reverse=True))
        self.made_by, self.painters = union(lists, "made_by"), frozenset(union(lists, "painters"))
        self.makers_end = union(lists, "makers_end")
        self.openers, self.placing = frozenset(union(lists, "openers")), frozenset(union(lists, "placing"))
        self.origins, self.outlets = frozenset(union(lists, "origins")), frozenset(union(lists, "outlets"))

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

    def is_publisher(self, text: str) -> bool:
        """Whether a short name says that it is a publisher's or a studio's: "The Valley Herald"."""
        words = fold(text).split()
        return 1 < len(words) <= _PUBLISHER and not text[:1].islower() and self.lower_words(text)[1] == 0 and not self.outlets.isdisjoint(words)

    def without_rights(self, text: str) -> str:
        """The text without a formula about rights: "Jane Doe, used with permission"."""
        match = self._rights.search(fold(text))
        return (text[: match.start()] + text[match.end() :]).strip(TRIM) if match else text

    def describes(self, text: str) -> bool:
        """Whether the text begins as descriptions do: "The last supper of the season"."""
        first, *rest = fold(text).split()
        small = self.lower_words(text)[1]
        if first in self.openers:
            return (small > 0 or not self.placing.isdisjoint(rest)) and self.outlets.isdisjoint(rest)
        return text[0].islower() and small > 1 and (first in self.connectors or not self.connectors.isdisjoint(rest)) and small * 2 >= len(rest)

    def is_placeholder(self, text: str) -> bool:
        """Whether the text, as a whole, names nobody."""
        folded = fold(text).strip()
        return folded in self.placeholders or folded.strip(TRIM) in self.placeholders or folded.rstrip(".") in self.placeholders

    def has_licence(self, folded: str) -> bool:
        """Whether a licence is named."""
        return self._licence_in(folded) is not None

    def licence_at(self, folded: str) -> tuple[int, int] | None:
        """Where a licence is named, with what leads over to it."""
        match = self._licence_in(folded)
        return match.span() if match else None

    def _licence_in(self, folded: str) -> re.Match[str] | None:
        return self._licence.search(folded) if any(map(folded.__contains__, self._licence_hints)) else None

    def licence_of(self, address: str) -> str | None:
        """The licence whose text stands at an address: "CC BY-SA 4.0"; None if none does.

        >>> import checker.lexicon.credits as c; from checker import packs
        >>> c.CreditWords.load([packs.built_in()]).licence_of("https://creativecommons.org/licenses/by-sa/4.0/deed.en")
        'CC BY-SA 4.0'
        """
        bare = address.lower().partition("//")[2].removeprefix("www.")
        for form, name in self._licence_addresses:
            if bare.startswith(form):
                rest = [
                    part for part in bare[len(form) :].split("/")[:3] if _VERSION.fullmatch(part) or self._licence_words.issuperset(part.split("-"))
                ]
                words = name.replace("*", " ".join(rest)).split()
                return " ".join(word.upper() if len(word) <= _SHORT or "-" in word else word.capitalize() for word in words)
        return None

    def through(self, folded: str) -> bool:
        """Whether "via X" is said in the text."""
        return any(f" {word} " in folded for word in self._through)

    def read(self, text: str, start: int, body: int, end: int) -> CreditText | None:
        """The credit that stands from `start` to `end` with its marker before `body`; None if nothing is left of it."""
        inner = text[body:end]
        if match := self._years.match(inner):
            inner = inner[match.end() :]
        folded = fold(inner)
        licence = None
        if match := self._licence_in(folded):
            licence = tidy(inner[match.start("name") : match.end("name")])
            inner = inner[: match.start()] + " | " + inner[match.end() :]
            folded = fold(inner)
        if match := self._rights.search(folded):
            inner = inner[: match.start()] + " | " + inner[match.end() :]
        if self.is_placeholder(inner):
            collective = fold(inner).strip(TRIM) in self.collectives
            return CreditText(tidy(text[start:end]), start, end, licence=licence, placeholder=True, collective=collective)
        inner, via = self._found_at(inner)
        makers: list[str] = []
        agencies: list[str] = []
        vague = False
        collective = False
        for piece in _PIECES.split(inner):
            if fold(piece).strip(TRIM) in self.collectives:
                collective = vague = True
                continue
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
            agency_kind=self.agencies.kind("/".join(agencies)),
            collective=collective,
        )

    def _found_at(self, inner: str) -> tuple[str, str | None]:
        """The credit without "via X", and X."""
        for match in self._via.finditer(fold(inner)):
            rest = re.split(r"[|;/()\[\],]", inner[match.end() :], maxsplit=1)[0].strip(TRIM)
            again = fold(rest).partition(" ")[0] in self._through
            if rest and (match["word"] in self._through or self.agencies.is_agency(rest)) and not again:
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
