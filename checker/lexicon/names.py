"""Names of authors: cleaned, split and told apart (person, organisation, generic). The words are data in `rules/words/byline.*.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from checker.lexicon import wordlists
from checker.lexicon.agencies import Agencies
from checker.lexicon.name_frames import HOST, TRIM, abbreviated, cut, halved, is_date, unglued, without_frame
from checker.lexicon.name_parts import Part, Vocabulary, blanked, has_cjk, words_of
from checker.lexicon.wordlists import Lists
from checker.text import fold, tidy

# The longest author list on the labelled pages has 18 names in 360 characters; more than this is prose.
_LONGEST = 2_000
# A line beside a headline; prose that merely begins with "by" is longer.
_BYLINE = 200
_SIGN_OFF = 60
# The longest names on the labelled pages: an office with six words, a mail-order company with 42 characters.
_NAME_WORDS = 8
_NAME_LENGTH = 90

_ADDRESS_ALONE = re.compile(r"\s*(?:https?:/|www\.|//|/|(?:[\w-]{1,63}\.){1,4}[a-z]{2,12}/\S)\S*\s*", re.IGNORECASE)
_LAST_FIRST = re.compile(r"\s*(?P<last>[^\W\d_][\w'’-]{1,40}),\s{1,3}(?P<first>[^\W\d_][\w'’-]{1,40}\.?(?:\s[^\W\d_]\.?){0,2})\s*")
_IN_BRACKETS = re.compile(r"[(\[（][ ]?([^()\[\]（）]{2,60})[ ]?[)\]）][\s.]{0,3}\Z")
_SIGN_SPLIT = re.compile(r"\s*[/,;&+]\s*|\s+(?:und|and|et|y|e)\s+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the page writes it, and where it stands in the text. `kind`: person, organisation, generic."""

    name: str
    kind: str
    start: int
    end: int


class NameWords:
    """Reads names out of texts that are, or may be, bylines."""

    __slots__ = ("_agencies", "_compiled", "_lists")

    def __init__(self, lists: Mapping[str, Lists], agencies: Agencies) -> None:
        self._lists = lists
        self._agencies = agencies
        self._compiled: dict[str | None, Vocabulary] = {}

    @property
    def languages(self) -> frozenset[str]:
        """The languages that have a list of their own."""
        return frozenset(self._lists) - {"any"}

    @classmethod
    def load(cls, folders: Sequence[Path]) -> NameWords:
        """The words of all packs, joined. Raises BadRule with all faults."""
        return cls(wordlists.read(folders, "byline", wordlists.BYLINE_LISTS), Agencies.load(folders))

    def names(self, text: str, language: str | None) -> list[Name]:
        """The authors in a text that is known to name authors: a byline, an author element, a structured name."""
        if len(text) > _LONGEST or _ADDRESS_ALONE.fullmatch(text):
            return []
        words = self._vocabulary(language)
        if fold(tidy(text)) in words.generic:
            return [self._whole(text, "generic")]
        if self._agencies.is_agency(tidy(text)):
            return [self._whole(text, "organisation")]
        work = blanked(text)
        folded = fold(work)
        if turned := self._last_first(work, words):
            return [turned]
        found: list[Name] = []
        for start, end in words.runs(work, folded):
            found += self._run(work, words, words.parts(work, folded, start, end), strict=False)
        return _distinct(found)

    def byline(self, text: str, language: str | None) -> list[Name]:
        """The authors in a line that is a byline only if a marker says so: "By Jane Doe", "Text: Max Muster", "홍길동 기자"; else nothing."""
        if len(text) > _BYLINE or text.rstrip().endswith(("?", "!")):
            return []
        words = self._vocabulary(language)
        work = blanked(text)
        folded = fold(work)
        marks = list(words.marks(work, folded, strict=True))
        if not marks:
            return self._by_suffix(work, words)
        start, end, authors = marks[0]
        lead = [word for word in folded[:start].split() if word.strip(TRIM)]
        if not authors or not all(is_date(word, words) or word.strip(TRIM) in words.stops for word in lead):
            return []
        if (lead and not any(c.isdigit() for c in folded[:start])) or folded[end:].lstrip()[:1].isdigit():
            return []
        stop = marks[1][0] if len(marks) > 1 else len(work)
        marker = folded[start:end].rstrip(": ")
        found = self._run(work, words, words.parts(work, folded, end, stop), strict=True)
        if not found or (
            marker in words.particles
            and not work[start:end].rstrip().endswith(":")
            and " " not in found[0].name
            and found[0].kind == "person"
            and not work[start].islower()
        ):
            return []
        return _distinct(found)

    def sign_off(self, text: str, language: str | None) -> list[Name]:
        """The agencies that sign an article at its end: "(dpa)", "ats/nxp"; bare initials name nobody to a reader."""
        words = self._vocabulary(language)
        base = max(0, len(text) - 200)
        tail = text[base:]
        if match := _IN_BRACKETS.search(tail):
            start, end = match.span(1)
        elif len(text) <= _SIGN_OFF:
            start, end = 0, len(tail)
        else:
            return []
        while start < end and tail[start] in TRIM + "([":
            start += 1
        while start < end and tail[end - 1] in TRIM + ")]":
            end -= 1
        folded = fold(tail[start:end])
        for lead in sorted(words.sign_offs, key=len, reverse=True):
            if folded.startswith((lead + " ", lead + ":")):
                rest = folded[len(lead) :].lstrip(" :")
                start = end - len(rest)
                break
        return self._signed(tail[start:end], base + start)

    def _signed(self, inner: str, offset: int) -> list[Name]:
        pieces: list[tuple[int, int]] = []
        at = 0
        for match in _SIGN_SPLIT.finditer(inner):
            pieces.append((at, match.start()))
            at = match.end()
        pieces.append((at, len(inner)))
        signed = [(a, b) for a, b in pieces if self._agencies.signs_texts(inner[a:b])]
        others = [inner[a:b] for a, b in pieces if (a, b) not in signed]
        if not signed or any(len(word) > 5 or not word.isalnum() for word in others):
            return []
        if others and len(signed) == 1:
            signed = [(pieces[0][0], pieces[-1][1])]
        return [Name(tidy(inner[a:b]), "organisation", offset + a, offset + b) for a, b in signed]

    # How a run of names is read ---------------------------------------------------------------------------------------------------------
    def _vocabulary(self, language: str | None) -> Vocabulary:
        code = language.lower().replace("_", "-").split("-")[0] if language else None
        code = code if code in self._lists else ("no" if code in ("nb", "nn") else None if code is None else "en")
        if code not in self._compiled:
            self._compiled[code] = Vocabulary(self._lists, code)
        return self._compiled[code]

    def _whole(self, text: str, kind: str) -> Name:
        return Name(tidy(text), kind, len(text) - len(text.lstrip()), len(text.rstrip()))

    def _last_first(self, text: str, words: Vocabulary) -> Name | None:
        match = _LAST_FIRST.fullmatch(text)
        if not match:
            return None
        last, first = match["last"], match["first"]
        known = words.organisations | words.credentials | words.generations | words.roles | words.days | words.months | words.generic
        if not (last[0].isupper() and first[0].isupper()) or (last.isupper() != first.replace(".", "").isupper() and len(first) > 2):
            return None
        if {fold(last), *fold(first).split()} & known or self._agencies.is_agency(first) or self._agencies.is_agency(last):
            return None
        return Name(f"{first} {last}", "person", match.start("last"), match.end("first"))

    def _run(self, text: str, words: Vocabulary, parts: list[Part], *, strict: bool) -> list[Name]:
        found: list[Name] = []
        in_role = False
        for part in parts:
            name = self._name(text, words, part, strict=strict)
            if name is None:
                bare = fold(text[part.start : part.end]).split()
                if bare and strict and not found:
                    return []
                if bare and len(found) == 1 and " " not in found[0].name and found[0].kind == "person" and all(is_date(word, words) for word in bare):
                    found = []  # a place and a date before the names
                continue
            if in_role and part.before == "and":
                continue
            rest = fold(text[name.end : part.end]).split()
            in_role = any(word in words.roles for word in rest) and any(word in words.role_words for word in rest[1:])
            small = (
                text[name.start].islower() and text[found[0].start].isupper() and fold(name.name).split()[0] not in words.particles | words.articles
                if found
                else False
            )
            if found and (
                small or (rest and rest[0] in words.stops and " " not in name.name) or not self._belongs(name, part.before, found[-1], words)
            ):
                if fold(name.name) in words.generations and part.before == "comma":
                    found[-1] = replace(found[-1], name=f"{found[-1].name}, {name.name}", end=name.end)
                continue
            found.append(name)
            ended = rest and (rest[0] in words.stops or not any(word.strip(TRIM) in words.roles for word in rest))
            if ended and any(c.isalnum() for c in text[name.end : part.end]):
                break  # a date, a verb or another word ended the name, and with it the list
        return found

    def _belongs(self, name: Name, before: str, previous: Name, words: Vocabulary) -> bool:
        """Whether what follows a name is another author, and not a degree, a role, a place or an employer."""
        plain = [word.rstrip(".") for word in fold(name.name).split()]
        if fold(name.name) in words.credentials or fold(name.name) in words.generations or all(word in words.credentials for word in plain):
            return False
        if before == "and" or has_cjk(name.name):
            return not (has_cjk(name.name) and plain and plain[0] in words.roles)
        if any(word in words.roles for word in plain) or fold(name.name) in words.role_words:
            return False
        if name.kind == "organisation":
            return self._agencies.is_agency(name.name) or previous.kind == "organisation" or (before == "comma" and bool(set(plain) & words.teams))
        if name.kind == "generic":
            return previous.kind == "organisation"
        return len(plain) > 1 or len(previous.name.split()) == 1

    def _name(self, text: str, words: Vocabulary, part: Part, *, strict: bool) -> Name | None:
        after_number = bool(re.search(r"\d[\s:.,]{0,3}\Z", text[max(0, part.start - 8) : part.start]))
        spans = cut(text, words, unglued(text, words, words_of(text, part.start, part.end)), after_number=after_number)
        spans = without_frame(text, words, spans)
        if not spans:
            return None
        while len(spans) > 1 and text[spans[-1][0] : spans[-1][1]] in words.particles:
            spans = spans[:-1]
        start, end = spans[0][0], spans[-1][1]
        while start < end and text[start] in TRIM:
            start += 1
        while end > start and text[end - 1] in TRIM and not abbreviated(text[start:end], words):
            end -= 1
        start, end = halved(text, start, end)
        name = tidy(text[start:end])
        if not self._plausible(name, words, strict=strict):
            return None
        return Name(name, self._kind(name, words), start, end)

    def _plausible(self, name: str, words: Vocabulary, *, strict: bool) -> bool:
        parts = name.split()
        if not name or len(name) > _NAME_LENGTH or len(parts) > _NAME_WORDS or not any(c.isalpha() for c in name):
            return False
        if any(c in name for c in "?!{}[]<>\\^%$#=") or "://" in name:
            return False
        folded = [fold(word) for word in parts]
        if len(name) == 1 or (len(parts) == 1 and folded[0] in words.joiners | words.weak_joiners | words.stops | words.particles - {"al", "ben"}):
            return False
        lower = [
            word
            for word, plain in zip(parts, folded, strict=True)
            if word[0].islower() and plain not in words.particles and plain not in words.articles and len(word) > 1
        ]
        known = self._agencies.is_agency(name) or " ".join(folded) in words.generic
        if strict:
            if '"' in fold(name):
                return False
            if folded[0] in words.not_names and not (folded[0] in words.articles and set(folded) & words.organisations):
                return False
            return known or (not lower and len(parts) <= 6 and not any(word.isdigit() for word in parts))
        return known or len(lower) <= 2 or len(lower) * 2 < len(parts)

    def _kind(self, name: str, words: Vocabulary) -> str:
        folded = fold(name)
        if folded in words.generic or folded.rstrip(".") in words.generic:
            return "generic"
        plain = [word.strip(",.()\"'") for word in folded.split()]
        if (
            self._agencies.is_agency(name)
            or HOST.fullmatch(name)
            or any(
                HOST.fullmatch(word) and not word.endswith(".") and len(word.rsplit(".", 1)[-1]) < 7 and len(plain) > 1 and "." in word[2:-1]
                for word in plain
            )
        ):
            return "organisation"
        if any(word in words.organisations for word in (*plain, *folded.split())) or (len(plain) > 1 and plain[0] in words.articles):
            return "organisation"
        if has_cjk(name) and any(word in folded for word in words.organisations if has_cjk(word)):
            return "organisation"
        hyphened = {piece for word in plain for piece in word.split("-")}
        if hyphened & words.organisations or any(sign in name for sign in ("&", " + ", "®", "™", "*")):
            return "organisation"
        return "person"

    def _by_suffix(self, text: str, words: Vocabulary) -> list[Name]:
        """ "홍길동 기자", "山田太郎 記者": the marker stands behind the name."""
        folded = fold(text)
        if len(text.strip()) > 40 or not has_cjk(text):
            return []
        if not any(
            word.strip(TRIM) in words.suffixes or any(len(word) > len(end) + 1 and word.endswith(end) for end in words.suffixes)
            for word in folded.split()
        ):
            return []
        found = self._run(text, words, words.parts(text, folded, 0, len(text)), strict=True)
        return _distinct([name for name in found if name.kind == "person" and len(name.name) <= 12])


def _distinct(names: list[Name]) -> list[Name]:
    seen: dict[str, Name] = {}
    for name in names:
        seen.setdefault(fold(name.name), name)
    return list(seen.values())
