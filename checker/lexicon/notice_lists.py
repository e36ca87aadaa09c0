"""The word lists of one language, `rules/words/notice.<language>.toml`, and the small notation they are written in.

`commission*` also matches longer words, `*link*` also inside a compound, `earn … purchases` lets up to `GAP` characters stand between.
Everything else is matched as written, whole words only, whatever its case, accents, hyphens, quotes and spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checker.errors import BadRule
from checker.lexicon.notice_text import plain_words
from checker.packs import read_all, worked_out
from checker.text import nearest

GAP = 60
PACKED_GAP = 24
REST_OF_WORD = 16
# Words up to and with the star after which others may follow.
_WORD = re.compile(r"\w+")
_RUN = re.compile(r"\*?[^* ][^*]*\*?")

# Lists of phrases, and tables of phrases under an id.
LISTS = (
    "pays", "earns", "alone", "link", "purchase", "goods", "self", "third_person", "page", "reader", "holds", "hedge", "marker",
    "jargon", "ad_link", "sponsored", "thanks", "denial", "ad_free", "incentive", "tested", "ranking", "false_friends", "offers", "elsewhere",
    "policy", "search", "usual",
)  # fmt: skip
TABLES = ("label", "weak_label", "prescribed")
# Where no entry of these stands nothing is said; the others only bear on them, or say where to look.
TELLING = frozenset((
    "pays", "earns", "jargon", "ad_link", "sponsored", "thanks", "label", "denial", "ad_free", "incentive", "tested", "ranking", "policy",
    "prescribed",
))  # fmt: skip
_BEARING = (*(name for name in LISTS if name not in (*TELLING, "search", "usual")), "weak_label")
_MOST_REMEMBERED = 64
_SWITCHES = ("spaces", "capital_nouns", "leaves_out_person")
_FLAGS = ("language", *_SWITCHES, "example")
_EXAMPLE = ("text", "expect", "signals", "kind")
_EXPECT = ("clear", "weak", "none")

Span = tuple[int, int]
# A place in a file and what is wrong there.
Fault = tuple[tuple[str | int, ...], str]


@dataclass(frozen=True, slots=True)
class Part:
    """A run of words with nothing left out; `open_left` and `open_right`: a word may go on there. `gap`: how far from the part before."""

    text: str
    open_left: bool
    open_right: bool
    gap: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """One entry of a list: parts that follow each other."""

    parts: tuple[Part, ...]
    id: str = ""

    def find(self, text: str, low: int, high: int) -> Iterator[Span]:
        """Where the phrase stands in text[low:high]."""
        first = self.parts[0]
        at = low
        while (span := _next(first, text, at, high)) is not None:
            start, end = span
            for part in self.parts[1:]:
                following = _next(part, text, end, min(high, end + part.gap + len(part.text)))
                if following is None:
                    break
                end = following[1]
            else:
                yield start, end
            at = max(span[1], start + 1)


# The name of a list and one of its entries; the entries by their lists.
_Listed = tuple[str, Phrase]
_Index = tuple[dict[str, list[_Listed]], dict[str, list[_Listed]]]
Likely = dict[str, list[Phrase]]


def _next(part: Part, text: str, low: int, high: int) -> Span | None:
    """The part's next place as a whole word, or as much of one as its stars allow."""
    wanted, size = part.text, len(text)
    at = text.find(wanted, low, high)
    while at >= 0:
        end = at + len(wanted)
        if (part.open_left or at == 0 or not _joins(text[at - 1], wanted[0])) and (
            part.open_right or end == size or not _joins(wanted[-1], text[end])
        ):
            return at, end
        at = text.find(wanted, at + 1, high)
    return None


def _joins(left: str, right: str) -> bool:
    """Whether no word ends between two characters. Scripts without spaces part nowhere, so they are never joined."""
    return left.isalnum() and right.isalnum() and left < "\u0e00" and right < "\u0e00"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of a list's file with what is to be made of it."""

    text: str
    expect: str
    signals: tuple[str, ...] = ()
    kind: str | None = None


@dataclass(slots=True)
class WordLists:
    """All that is known of one language. `spaces`: words are parted; `capital_nouns`: every noun has a capital; `leaves_out_person`: a sentence
    need not say "we"."""

    language: str
    spaces: bool = True
    capital_nouns: bool = False
    leaves_out_person: bool = False
    written: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: {name: [] for name in (*LISTS, *TABLES)})
    examples: list[Example] = field(default_factory=list)
    _indexes: dict[bool, _Index] = field(default_factory=dict)
    _own: dict[frozenset[str], list[Phrase]] = field(default_factory=dict)
    _lone: dict[str, tuple[str, str]] | None = None

    def _phrases(self, name: str) -> Iterator[Phrase]:
        return (self.phrase(entry, key) for key, entry in self.written[name])

    def phrase(self, entry: str, key: str = "") -> Phrase:
        """One entry read as a phrase; a star of its own is meant as written."""
        if not entry.strip("* "):
            return Phrase((Part(entry.strip(), True, True, 0),), key)
        parts: list[Part] = []
        for piece in entry.split("…"):
            gap = GAP if self.spaces else PACKED_GAP
            for run in _RUN.findall(piece):
                text = plain_words(run.strip("* "), packed=not self.spaces)
                if text:
                    parts.append(Part(text, run.startswith("*"), run.endswith("*"), gap))
                    gap = REST_OF_WORD
        return Phrase(tuple(parts), key)

    def likely(self, text: str, low: int, high: int, *, telling: bool) -> Likely:
        """By list, the entries of which the first part stands in text[low:high], whatever it is part of: of the telling lists, or of the others."""
        index = self._indexes.get(telling)
        if index is None:
            index = self._indexes[telling] = self._indexed(telling=telling)
        by_word, by_start = index
        find = text.find
        found = [listed for word in by_word.keys() & _WORD.findall(text, low, high) for listed in by_word[word]]
        found += [listed for start, behind in by_start.items() if find(start, low, high) >= 0 for listed in behind]
        likely: Likely = {}
        for name, phrase in found:
            if find(phrase.parts[0].text, low, high) >= 0:
                likely.setdefault(name, []).append(phrase)
        return likely

    def find(self, name: str, text: str, low: int, high: int, likely: Likely | None = None) -> list[tuple[Span, str]]:
        """Every place of a list's entries in text[low:high] with the id of the entry, ascending. `likely`: those of that stretch, if known."""
        phrases = (self.likely(text, low, high, telling=name in TELLING) if likely is None else likely).get(name)
        return sorted((span, phrase.id) for phrase in phrases for span in phrase.find(text, low, high)) if phrases else []

    def _indexed(self, *, telling: bool) -> _Index:
        """The entries by a whole word of theirs, and those that may begin inside a word, or are but the beginning of one, by how they begin."""
        by_word: dict[str, list[_Listed]] = {}
        by_start: dict[str, list[_Listed]] = {}
        for name in TELLING if telling else _BEARING:
            for phrase in self._phrases(name):
                first = phrase.parts[0]
                # Short words stand in every text. The last one is left out, since letters of a script without spaces may follow it.
                words = _WORD.findall(first.text) if self.spaces and not first.open_left and first.text[0].isalnum() else []
                if words and not (first.open_right and words == [first.text]):
                    by_word.setdefault(max(words[:-1] or words, key=len), []).append((name, phrase))
                else:
                    by_start.setdefault(first.text, []).append((name, phrase))
        return by_word, by_start

    def own(self, names: frozenset[str]) -> list[Phrase]:
        """The publisher's own names as phrases; those of the pages before are remembered."""
        found = self._own.get(names)
        if found is None:
            found = [self.phrase(name) for name in names if any(char.isalnum() for char in name)]
            if len(self._own) >= _MOST_REMEMBERED:
                self._own.clear()
            self._own[names] = found
        return found

    @property
    def lone_labels(self) -> dict[str, tuple[str, str]]:
        """Label as plain text to its id and clarity."""
        if self._lone is None:
            self._lone = {
                phrase.parts[0].text: (phrase.id, clarity)
                for name, clarity in (("weak_label", "weak"), ("label", "clear"))
                for phrase in self._phrases(name)
            }
        return self._lone


def load_lists(packs: Sequence[Path]) -> dict[str, WordLists]:
    """Language to its lists; later packs add to earlier ones. Raises BadRule with all faults at once."""
    return {
        kept["language"]: _unpacked(kept) for kept in worked_out("notice words", packs, lambda: [_packed(lists) for lists in _load(packs).values()])
    }


def _packed(lists: WordLists) -> dict[str, Any]:
    told = {name: getattr(lists, name) for name in ("language", *_SWITCHES, "written")}
    return {**told, "examples": [[one.text, one.expect, one.signals, one.kind] for one in lists.examples]}


def _unpacked(kept: dict[str, Any]) -> WordLists:
    written = {name: [(key, entry) for key, entry in entries] for name, entries in kept["written"].items()}
    examples = [Example(text, expect, tuple(signals), kind) for text, expect, signals, kind in kept["examples"]]
    return WordLists(**{**kept, "written": written, "examples": examples})


def _load(packs: Sequence[Path]) -> dict[str, WordLists]:
    found: dict[str, WordLists] = {}
    tables, faults = read_all(packs, "words", "notice.*toml")
    for table in tables:
        language = table.path.name.split(".")[1]
        lists = found.setdefault(language, WordLists(language))
        faults += [table.fault(place, fault) for place, fault in _read(lists, table.data)]
    if faults:
        raise BadRule(faults)
    return found


def _read(lists: WordLists, data: dict[str, object]) -> Iterator[Fault]:
    """Fills the lists and yields what is wrong with the file."""
    allowed = [*LISTS, *TABLES, *_FLAGS]
    for key, value in data.items():
        if key in LISTS:
            yield from _entries(lists, (key,), value)
        elif key in TABLES and isinstance(value, dict):
            for name, entries in value.items():
                yield from _entries(lists, (key, name), entries)
        elif key == "language":
            if value != lists.language:
                yield (key,), f'language = "{value}" but the file is named for "{lists.language}"'
        elif key in _SWITCHES and isinstance(value, bool):
            setattr(lists, key, value)
        elif key == "example" and isinstance(value, list):
            yield from _examples(lists, value)
        elif key in allowed:
            wanted = "a table of lists" if key in TABLES else "true or false" if key in _SWITCHES else "[[example]]"
            yield (key,), f"{key} must be {wanted}"
        else:
            yield (key,), f'unknown key "{key}"{_instead(key, allowed)}'


def _entries(lists: WordLists, place: tuple[str, ...], value: object) -> Iterator[Fault]:
    key, where = place[0], ".".join(place)
    if not isinstance(value, list):
        yield place, f"{where} must be a list of texts in quotes"
        return
    for number, entry in enumerate(value):
        here: tuple[str | int, ...] = (*place, number)
        if not isinstance(entry, str):
            yield here, f"{where} must be a list of texts in quotes, and {entry!r} is none"
        elif not any(char.isalnum() for char in entry) and key != "marker":
            yield here, f"{where}: {entry!r} has no letter in it"
        elif any(not piece.strip("* ") for piece in entry.split("…")) and key != "marker":
            yield here, f"{where}: {entry!r}: words must stand on both sides of …"
        else:
            lists.written[key].append((place[1] if place[1:] else "", entry))


def _examples(lists: WordLists, value: list[object]) -> Iterator[Fault]:
    for number, example in enumerate(value):
        if not isinstance(example, dict):
            yield ("example", number), "write [[example]]"
            continue
        wrong = list(_wrong_example(number, example))
        yield from wrong
        if not wrong:
            lists.examples.append(Example(example["text"], example["expect"], tuple(example.get("signals", ())), example.get("kind")))


def _wrong_example(number: int, example: Mapping[str, object]) -> Iterator[Fault]:
    for key, given in example.items():
        if key not in _EXAMPLE:
            yield ("example", number, key), f'unknown key "{key}"{_instead(key, list(_EXAMPLE))}'
        elif not isinstance(given, list if key == "signals" else str):
            yield ("example", number, key), f"{key} must be {'a list of texts' if key == 'signals' else 'a text'} in quotes"
    if "text" not in example:
        yield ("example", number), 'an example needs text = "…"'
    if example.get("expect") not in _EXPECT:
        given = str(example.get("expect", ""))
        yield ("example", number, "expect"), f'expect = "{given}" is not right{_instead(given, list(_EXPECT))}'


def _instead(word: str, allowed: list[str]) -> str:
    near = nearest(word, allowed)
    return f"; allowed: {', '.join(allowed)}" + (f'; did you mean "{near}"?' if near else "")
