"""The names in a run of authors: which of its parts name one, and of which kind."""

from __future__ import annotations

from dataclasses import dataclass, replace

from checker.expressions import late
from checker.lexicon.agencies import Agencies
from checker.lexicon.name_frames import HOST, TRIM, abbreviated, cut, halved, is_date, unglued, without_frame
from checker.lexicon.name_parts import Part, Vocabulary, has_cjk, words_of
from checker.text import fold, tidy

# The longest names on the labelled pages: an office with six words, a mail-order company with 42 characters.
_NAME_WORDS = 8
_NAME_LENGTH = 90
# Initials by which an editor signs beside an agency: "Agency, jse".
_INITIALS = 4

# "d'Arcy", "al-Rashid": the capital stands behind the particle.
_INNER = late(r"[-'’][^\W\d_a-z]")
_AFTER_NUMBER = late(r"\d[\s:.,]{0,3}\Z")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the page writes it, and where it stands in the text. `kind`: person, organisation, generic."""

    name: str
    kind: str
    start: int
    end: int


@dataclass(slots=True)
class Run:
    """One text that is read for names, with the words that count in it. `strict` wants capital letters and no prose."""

    text: str
    words: Vocabulary
    agencies: Agencies
    strict: bool

    def names(self, parts: list[Part]) -> list[Name]:
        """The names that the parts hold, in order."""
        found: list[Name] = []
        in_role = after_role = placed = below = False
        nowhere = self._places(parts)
        for index, part in enumerate(parts):
            below = self._is_below(parts, index, below=below, named=bool(found))
            if below or index in nowhere:
                continue
            name = self._name(part)
            bare = fold(self.text[part.start : part.end]).split()
            if name is None:
                if bare and self.strict and not found:
                    return []
                if self._is_dateline(found, bare):
                    found = []
                after_role = after_role or (bool(found) and self._speaks_of_role(part))
                continue
            if (in_role and part.before == "and") or self._is_other_person(part):
                continue
            rest = fold(self.text[name.end : part.end]).split()
            role = any(word.strip(TRIM) in self.words.roles for word in rest)
            in_role = role and any(word in self.words.role_words for word in rest[1:])
            if found and not self._goes_on(name, part, found, rest, role=role):
                if fold(name.name) in self.words.generations and part.before == "comma":
                    found[-1] = replace(found[-1], name=f"{found[-1].name}, {name.name}", end=name.end)
                after_role = after_role or self._speaks_of_role(part)
                continue
            if placed and (part.before not in ("and", "comma") or name.kind != "person" or " " not in name.name):
                continue  # behind a place or a paper stand others of its kind: "for Lake News and Weather"
            if after_role and part.before != "and" and not role and not (index + 1 < len(parts) and self._speaks_of_role(parts[index + 1])):
                continue  # behind a role stands who employs the author
            after_role = False
            found.append(name)
            if rest and rest[0].strip(TRIM) in self.words.employers:
                placed = True  # "Ada Quill in London and Ben Marsh in Paris"
                continue
            last = rest and (rest[0] in self.words.stops or not role)
            if last and any(c.isalnum() for c in self.text[name.end : part.end]):
                break  # a date, a verb or another word ended the name, and with it the list
        return found

    def _is_below(self, parts: list[Part], index: int, *, below: bool, named: bool) -> bool:
        """Whether the part is on a line below a name: a role, a place, a date. But "Ada Quill\\nCorrespondent | Ben Marsh\\nColumnist" names two."""
        before = parts[index].before
        again = before == "break" and index + 1 < len(parts) and parts[index + 1].before == "line"
        return (below or (named and before == "line")) and not again

    def _places(self, parts: list[Part]) -> frozenset[int]:
        """The parts that are a country or a state behind a comma, and the town before it: "Jane Doe, Pleasant Hill, Ohio"."""
        found: set[int] = set()
        if len(parts) > 1 and parts[1].before in ("break", "line") and fold(tidy(self.text[parts[0].start : parts[0].end])) in self.words.places:
            found.add(0)  # "London - Jane Doe"
        for index, part in enumerate(parts[1:], 1):
            if part.before not in ("comma", "break") or fold(tidy(self.text[part.start : part.end])).strip(TRIM) not in self.words.places:
                continue
            found.add(index)
            if index > 1 and part.before == parts[index - 1].before == "comma":
                found.add(index - 1)
        return frozenset(found)

    def _is_dateline(self, found: list[Name], bare: list[str]) -> bool:
        """Whether what was found is a place, because a date follows it: "Berlin, 3. Mai"."""
        return (
            bool(bare)
            and len(found) == 1
            and " " not in found[0].name
            and found[0].kind == "person"
            and all(is_date(word, self.words) for word in bare)
        )

    def _speaks_of_role(self, part: Part) -> bool:
        plain = [word.strip(TRIM) for word in fold(self.text[part.start : part.end]).split()]
        return any(word in self.words.roles for word in plain) and not all(word.rstrip(".") in self.words.credentials for word in plain)

    def _is_other_person(self, part: Part) -> bool:
        """Whether a word behind the name says that it is no author's: "山田太郎 訳"."""
        last = fold(self.text[part.start : part.end]).split()[-1:]
        return bool(last) and last[0].strip(TRIM) in self.words.other_suffixes

    def _goes_on(self, name: Name, part: Part, found: list[Name], rest: list[str], *, role: bool) -> bool:
        """Whether a further name is one more author."""
        words, first = self.words, self.text[found[0].start]
        lower = self.text[name.start].islower()
        if lower and first.isupper() and (part.before == "comma" or fold(name.name).split()[0] not in words.inner):
            return False  # also a place: "Ada Quill, de Pelotas"
        if rest and rest[0] in words.stops and " " not in name.name:
            return False
        lead = {word.strip(TRIM) for word in fold(self.text[part.start : name.start]).split()}
        if part.before == "comma" and lead & words.roles and lead & words.employers:
            return False  # "Ada Quill, CEO of Lake Foods"
        if role and part.before in ("slash", "comma") and name.kind == "organisation":
            return False
        if role and part.before == "slash" and not self._has_role(found[-1], part):
            return False  # "Ada Quill / Lake Post Staff Writer"
        if lower and len(name.name) <= _INITIALS and found[-1].kind == "organisation":
            return False
        return self._belongs(name, part.before, found[-1])

    def _has_role(self, previous: Name, part: Part) -> bool:
        return any(word.strip(TRIM) in self.words.roles for word in fold(self.text[previous.end : part.start]).split())

    def _belongs(self, name: Name, before: str, previous: Name) -> bool:
        """Whether what follows a name is another author, and not a degree, a role, a place or an employer."""
        words = self.words
        plain = [word.rstrip(".") for word in fold(name.name).split()]
        if fold(name.name) in words.credentials or fold(name.name) in words.generations or all(word in words.credentials for word in plain):
            return False
        if before == "and" or has_cjk(name.name):
            return not (has_cjk(name.name) and plain and (plain[0] in words.roles or (name.kind == "organisation" and before != "and")))
        if any(word in words.roles for word in plain) or all(word in words.role_words for word in plain):
            return False
        if name.kind == "organisation":
            return (
                self.agencies.is_agency(name.name)
                or previous.kind == "organisation"
                or (before in ("comma", "break") and bool(set(plain) & words.teams))
            )
        if name.kind == "generic":
            return previous.kind == "organisation"
        return len(plain) > 1 or len(previous.name.split()) == 1

    def _name(self, part: Part) -> Name | None:
        text, words = self.text, self.words
        after_number = bool(_AFTER_NUMBER.search(text[max(0, part.start - 8) : part.start]))
        until = words.aside(text, part.start, part.end) if " " in text[part.start : part.end].strip() else part.end
        spans = cut(text, words, unglued(text, words, words_of(text, part.start, until)), after_number=after_number)
        spans = self._agency(without_frame(text, words, spans))
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
        return Name(name, kind_of(name, words, self.agencies), start, end) if self._plausible(name) else None

    def _agency(self, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Only the agency of "Reuters in Valencia"."""
        for i in range(1, min(len(spans), 6)):
            if self._is_outlet(spans, i):
                return spans[:i]
            if self.text[spans[i][0]].islower() and self.agencies.is_agency(tidy(self.text[spans[0][0] : spans[i - 1][1]])):
                return spans[:i]
        return spans

    def _is_outlet(self, spans: list[tuple[int, int]], i: int) -> bool:
        """Whether an agency or a station runs on from a full name: "Ada Quill The Associated Press", "Ada Quill BBC News"."""
        if i < 2 or any(word in self.words.organisations or word in self.words.articles for word in (fold(self.text[a:b]) for a, b in spans[:i])):
            return False
        word, rest = self.text[spans[i][0] : spans[i][1]], tidy(self.text[spans[i][0] : spans[-1][1]])
        station = word.isupper() and word.isalpha() and i + 2 == len(spans) and not self.text[spans[0][0] : spans[i][0]].isupper()
        return self.agencies.is_agency(rest) or (station and fold(rest.split()[-1]) in self.words.organisations)

    def _plausible(self, name: str) -> bool:
        words = self.words
        parts = name.split()
        if not name or len(name) > _NAME_LENGTH or len(parts) > _NAME_WORDS or not any(c.isalpha() for c in name):
            return False
        if any(c in name for c in "?!{}[]<>\\^%$#=©") or "://" in name:
            return False
        folded = [fold(word) for word in parts]
        known = self.agencies.is_agency(name) or " ".join(folded) in words.generic
        if not known and (words.says_nothing(" ".join(folded)) or (parts[0].islower() and len(parts) > 1 and folded[0] in words.employers)):
            return False
        if len(name) == 1 or (len(parts) == 1 and self._is_no_name(folded[0]) and not known):
            return False
        lower = [
            word
            for word, plain in zip(parts, folded, strict=True)
            if word[0].islower()
            and plain not in words.particles
            and plain not in words.articles
            and len(word) > 1
            and not (word in parts[1:2] and _INNER.search(word))
        ]
        if self.strict:
            if '"' in fold(name):
                return False
            if (
                not (known and len(parts) > 1)
                and (folded[0] in words.not_names or (len(parts) == 3 and folded[0] == folded[2]))
                and not (folded[0] in words.articles and set(folded) & words.organisations)
            ):
                return False
            return known or (not lower and len(parts) <= 6 and not any(word.isdigit() for word in parts))
        return known or len(lower) <= 2 or len(lower) * 2 < len(parts)

    def _is_no_name(self, word: str) -> bool:
        """Whether a word alone names nobody: a joiner, a particle, a part of a role."""
        words = self.words
        if word in words.no_names:
            return True
        return word in words.role_words and word not in words.organisations


def kind_of(name: str, words: Vocabulary, agencies: Agencies) -> str:
    """person, organisation or generic."""
    folded = fold(name)
    if folded in words.generic or folded.rstrip(".") in words.generic:
        return "generic"
    plain = [word.strip(",.()\"'") for word in folded.split()]
    if agencies.is_agency(name) or HOST.fullmatch(name) or (len(plain) > 1 and any(map(_is_host, plain))):
        return "organisation"
    if any(word in words.organisations for word in (*plain, *folded.split())) or (len(plain) > 1 and plain[0] in words.articles):
        return "organisation"
    if words.organisation_ends and any(word.endswith(words.organisation_ends) for word in plain):
        return "organisation"
    if has_cjk(name) and any(word in folded for word in words.cjk_organisations):
        return "organisation"
    hyphened = {piece for word in plain for piece in word.split("-")}
    if hyphened & words.organisations or any(sign in name for sign in ("&", " + ", "®", "™", "*")):
        return "organisation"
    return "organisation" if _is_phrase(name, words) else "person"


def _is_host(word: str) -> bool:
    return bool(HOST.fullmatch(word)) and not word.endswith(".") and len(word.rsplit(".", 1)[-1]) < 7 and "." in word[2:-1]


def _is_phrase(name: str, words: Vocabulary) -> bool:
    """Whether it is written like the title of a site rather than like a name: "Catch more fish"."""
    parts = name.split()
    lower = [word for word in parts[1:] if word[0].islower() and fold(word) not in words.small]
    return len(parts) > 2 and parts[0][0].isupper() and len(lower) > 1 and lower[-1] == parts[-1]
