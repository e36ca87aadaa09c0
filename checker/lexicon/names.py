"""Names of authors: cleaned, split and told apart (person, organisation, generic). The words are data in `rules/words/byline.*.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from checker.expressions import late
from checker.lexicon import dates, name_surplus, signatures, wordlists
from checker.lexicon.agencies import Agencies
from checker.lexicon.name_frames import TRIM, is_date, may_lead
from checker.lexicon.name_parts import Part, Vocabulary, blanked, has_cjk
from checker.lexicon.name_runs import Name, Run
from checker.lexicon.plain_names import PlainNames
from checker.lexicon.wordlists import Lists
from checker.text import fold, tidy

__all__ = ("Name", "NameWords")

# The longest author list on the labelled pages has 18 names in 360 characters; more than this is prose.
_LONGEST = 2_000
# A line beside a headline; prose that merely begins with "by" is longer.
_BYLINE = 200
# The initials of an office; fewer letters, or small ones, are an editor's.
_INITIALS = late(r"[A-Z]{3,6}")
# A biography in an author's element is a sentence of at least so many words.
_SENTENCE = 9

_ADDRESS_ALONE = late(r"\s*(?:https?:/|www\.|//|/|(?:[\w-]{1,63}\.){1,4}[a-z]{2,12}/\S)\S*\s*", re.IGNORECASE)
_LAST_FIRST = late(r"\s*(?P<last>[^\W\d_][\w'’-]{1,40}),\s{1,3}(?P<first>[^\W\d_][\w'’-]{1,40}\.?(?:\s[^\W\d_]\.?){0,2})\s*")


class NameWords:
    """Reads names out of texts that are, or may be, bylines."""

    __slots__ = ("_agencies", "_compiled", "_lists", "_months", "_plain")

    def __init__(self, lists: Mapping[str, Lists], agencies: Agencies) -> None:
        self._lists = lists
        self._agencies = agencies
        self._plain = PlainNames(lists, agencies)
        self._months = frozenset(wordlists.union(lists, "months"))
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
        if plain := self._plain.name(text, words) or self._plain_byline(text, words):
            return [plain]
        whole = tidy(text)
        if words.is_unfilled(whole):
            return []
        if fold(whole) in words.generic:
            return [self._whole(text, "generic")]
        if self._agencies.is_agency(whole):
            return [self._whole(text, "organisation")]
        if words.says_nothing(fold(text)) and not name_surplus.begins_with_marker(text, words):
            return []
        work = self._bare(blanked(text), words)
        folded = fold(work)
        if turned := self._last_first(work, words):
            return [turned]
        # A sentence in an author's element tells of the author; its other words are no names.
        strict = text.rstrip().endswith(".") and len(text.split()) >= _SENTENCE
        found: list[Name] = []
        for start, end in words.runs(work, folded):
            found += self._run(work, words, words.parts(work, folded, start, end), strict=strict)
        return _distinct([name for name in found if not strict or " " in name.name or has_cjk(name.name)])

    def byline(self, text: str, language: str | None) -> list[Name]:
        """The authors in a line that is a byline only if a marker says so: "By Jane Doe", "Text: Max Muster", "홍길동 기자"; else nothing."""
        if len(text) > _BYLINE or text.rstrip().endswith(("?", "!")) or _is_menu(text):
            return []
        words = self._vocabulary(language)
        work = blanked(text)
        folded = fold(work)
        if not may_lead(work, folded, words) and not has_cjk(work):
            return []
        marks = list(words.marks(work, folded, strict=True))
        if not marks:
            return self._by_suffix(work, words)
        marks = _behind_others(text, marks)
        start, end, authors = marks[0]
        lead = [word for word in folded[:start].split() if word.strip(TRIM)]
        linking = words.linking if any(c.isdigit() for c in folded[:start]) else words.stops
        if not authors or not all(is_date(word, words) or word.strip(TRIM) in linking for word in lead):
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

    def dated(self, text: str, language: str | None) -> list[Name]:
        """The author in a line that is a name, a comma and a date, and nothing else: "Jane Doe, 3 May 2020"."""
        name, comma, date = text.partition(",")
        words = self._vocabulary(language)
        if not comma or len(text) > _BYLINE or len(name.split()) < 2 or fold(tidy(name)) in words.places or not dates.has_date(date, words.months):
            return []
        if not all(is_date(word, words) or word.strip(TRIM) in words.linking for word in fold(date).split() if word.strip(TRIM)):
            return []
        found = self._run(name, words, words.parts(name, fold(name), 0, len(name)), strict=True)
        return found if len(found) == 1 and found[0].kind == "person" and found[0].name == tidy(name) else []

    def about(self, text: str, language: str | None) -> list[Name]:
        """The person whom the heading of an author's box names: "About Jane Doe"."""
        words = self._vocabulary(language)
        folded = fold(text)
        lead = next((word for word in words.abouts if folded.startswith(word + " ")), None)
        if lead is None or len(text) > _BYLINE:
            return []
        found = self._run(text, words, words.parts(text, folded, len(lead), len(text)), strict=True)
        return [name for name in found if name.kind == "person"]

    def editors(self, text: str, language: str | None) -> list[Name]:
        """The editors in charge who are named after a colon: "Redaktion: Max Muster", "责编：张三"."""
        words = self._vocabulary(language)
        return self._behind(text, words, words.editor_labels)

    def reviewers(self, text: str, language: str | None) -> list[tuple[Name, str]]:
        """Who checked the piece, each with the role: reviewer ("Medically reviewed by"), fact_checker."""
        words = self._vocabulary(language)
        checked = self._behind(text, words, words.check_markers | words.check_labels)
        reviewed = self._behind(text, words, words.review_markers | words.review_labels)
        checkers = {name.start for name in checked}
        return [(name, "reviewer") for name in reviewed if name.start not in checkers] + [(name, "fact_checker") for name in checked]

    def may_review(self, text: str, language: str | None) -> bool:
        """Whether a word of those who check a piece stands in the text: quick, to ask every line."""
        return self._vocabulary(language).may_review(fold(text))

    def _behind(self, text: str, words: Vocabulary, marks: frozenset[str]) -> list[Name]:
        """The names behind some of the markers and labels that do not name authors."""
        if len(text) > _BYLINE or not marks:
            return []
        work = blanked(text)
        folded = fold(work)
        found: list[Name] = []
        for start, end in words.stretches(work, folded, marks):
            found += self._run(work, words, words.parts(work, folded, start, end), strict=True)
        return [name for name in _distinct(found) if name.kind != "generic"]

    def sign_off(self, text: str, language: str | None) -> list[Name]:
        """The agencies that sign an article at its end: "(dpa)", "ats/nxp"; bare initials name nobody to a reader."""
        return signatures.sign_off(text, self._vocabulary(language), self._agencies)

    def dateline(self, text: str, language: str | None) -> list[Name]:
        """The agency or the reporters named before the first sentence: "BERLIN (dpa) –", "【ソウル＝山田太郎】"."""
        return signatures.dateline(text, self._vocabulary(language), self._agencies)

    def farewell(self, text: str, language: str | None) -> list[Name]:
        """The first name under a greeting in the last line: "Love, Jane"."""
        return signatures.farewell(text, self._vocabulary(language), self._agencies)

    def note(self, text: str, language: str | None) -> list[Name]:
        """Whom a note about the author speaks of: "Jane Doe is a freelance writer in London."."""
        return signatures.note(text, self._vocabulary(language), self._agencies)

    def office(self, text: str, language: str | None) -> list[Name]:
        """The organisation that is the whole of a line: "Islet Government Press Office", or its initials."""
        found = self.names(text, language) if len(text) <= _BYLINE else []
        whole = [name for name in found if name.name == tidy(text).strip(TRIM + "()")]
        initials = [Name(name.name, "organisation", name.start, name.end) for name in whole if _INITIALS.fullmatch(name.name)]
        return initials or [name for name in whole if name.kind == "organisation"]

    def tells_of(self, text: str, name: str, language: str | None) -> bool:
        """Whether the text begins with the name (folded) and a verb of notes about authors."""
        if not fold(text[: len(name) + 1]).startswith(name):
            return False
        words = self._vocabulary(language)
        rest = [word for word in fold(blanked(text[len(name) : len(name) + _BYLINE])).split() if word.strip(TRIM)]
        return bool(rest) and bool({rest[0], " ".join(rest[:2])} & words.copulas)

    def surplus(self, text: str, names: Sequence[Name], language: str | None) -> tuple[str, ...]:
        """What stands in an author's entry of the data beside the names that were read in it: marker, role, title, date, address, publisher."""
        return name_surplus.surplus(text, names, self._vocabulary(language), self._agencies)

    def has_date(self, text: str) -> bool:
        """Whether a date stands in the text."""
        return dates.has_date(text, self._months)

    def begins_with_marker(self, text: str, language: str | None) -> bool:
        """Whether the text says at its beginning that authors follow."""
        return name_surplus.begins_with_marker(text, self._vocabulary(language))

    def speaks_of_others(self, text: str, language: str | None) -> bool:
        """Whether the text says at its beginning that people follow who are no authors: "Photos:", "Edited by"."""
        work = blanked(text)
        mark = self._vocabulary(language).first_mark(work, fold(work))
        return mark is not None and not mark[1]

    def is_software(self, name: str, language: str | None) -> bool:
        """Whether the whole name is that of a program: "ChatGPT", "Künstliche Intelligenz"."""
        return fold(tidy(name)) in self._vocabulary(language).software

    def is_label(self, text: str, language: str | None) -> bool:
        """Whether the whole text is what stands before an author: "Author", "Written by"."""
        words = self._vocabulary(language)
        plain = fold(tidy(text)).strip(TRIM)
        return (plain in words.labels or plain in words.markers) and plain not in words.organisations

    def titles(self, language: str | None) -> frozenset[str]:
        """Titles and degrees, which tell nothing when two names are compared; folded."""
        return self._vocabulary(language).all_titles

    # How a run of names is read ---------------------------------------------------------------------------------------------------------
    def _vocabulary(self, language: str | None) -> Vocabulary:
        code = language.lower().replace("_", "-").split("-")[0] if language else None
        code = code if code in self._lists else ("no" if code in ("nb", "nn") else None if code is None else "en")
        if code not in self._compiled:
            self._compiled[code] = Vocabulary(self._lists, code)
        return self._compiled[code]

    def _plain_byline(self, text: str, words: Vocabulary) -> Name | None:
        """The plain name behind a marker, and nothing else: "By Ada Quill"."""
        folded = fold(text)
        mark = words.first_mark(text, folded)
        if mark is None or not mark[1] or has_cjk(text) or folded.startswith(words.portrait_leads):
            return None
        return self._plain.name(text, words, mark[0])

    def _bare(self, text: str, words: Vocabulary) -> str:
        """Without the words of a portrait or of a link to other pieces before the name, nor a Korean dateline; as long as before."""
        folded = fold(text)
        lead = max(len(word) for word in words.portraits if folded.startswith(word + " ")) if folded.startswith(words.portrait_leads) else 0
        if has_cjk(text) and "=" in text:
            lead = max(lead, text.rindex("=") + 1)
        return "\t" * lead + text[lead:]

    def _whole(self, text: str, kind: str) -> Name:
        return Name(tidy(text), kind, len(text) - len(text.lstrip()), len(text.rstrip()))

    def _last_first(self, text: str, words: Vocabulary) -> Name | None:
        match = _LAST_FIRST.fullmatch(text)
        if not match:
            return None
        last, first = match["last"], match["first"]
        capitals = last.isupper() and len(last) > 3  # "DOE, Jane"; "CNN, Atlanta" is a station and its town
        if not (last[0].isupper() and first[0].isupper()) or (not capitals and last.isupper() != first.replace(".", "").isupper() and len(first) > 2):
            return None
        if (
            not words.no_last_names.isdisjoint((fold(last), *fold(first).split()))
            or fold(first) in words.places
            or self._agencies.is_agency(first)
            or self._agencies.is_agency(last)
        ):
            return None
        return Name(f"{first} {last}", "person", match.start("last"), match.end("first"))

    def _run(self, text: str, words: Vocabulary, parts: list[Part], *, strict: bool) -> list[Name]:
        if len(parts) == 1 and (plain := self._plain.name(text, words, parts[0].start, parts[0].end)):
            return [plain]
        return [name for name in Run(text, words, self._agencies, strict).names(parts) if not words.is_unfilled(name.name)]

    def _by_suffix(self, text: str, words: Vocabulary) -> list[Name]:
        """ "홍길동 기자", "山田太郎 記者": the marker stands behind the name."""
        text = self._bare(text, words)
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


def _is_menu(text: str) -> bool:
    """Whether it is a row of single words: "About | Media | Search"."""
    pieces = text.split("|")
    return len(pieces) > 2 and all(len(piece.split()) < 2 for piece in pieces)


def _behind_others(text: str, marks: list[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """From the author's label on, if the line begins with other people's: "来源：… 作者：…", "Photo: … Text: …"."""
    first = next((i for i, (_, end, authors) in enumerate(marks) if authors and text[:end].rstrip().endswith((":", "："))), 0)
    others = first and not text[: marks[0][0]].strip() and not any(authors for _, _, authors in marks[:first])
    return [(0, *marks[first][1:]), *marks[first + 1 :]] if others else marks


def _distinct(names: list[Name]) -> list[Name]:
    seen: dict[str, Name] = {}
    for name in names:
        seen.setdefault(fold(name.name), name)
    return list(seen.values())
