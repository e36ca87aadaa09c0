"""Notices as language: which sentences say, or hint, that a page earns its publisher money, in any language that has a word list."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from checker.lexicon.notice_lists import Example, WordLists, load_lists
from checker.lexicon.notice_sense import Sense, read
from checker.lexicon.notice_stems import Stems, stem_for
from checker.lexicon.notice_text import Plain, without_accents
from checker.text import INVISIBLE, clip, fold, tidy

_SHOWN = 220
_LEAD = 60
_SAMPLE, _ENOUGH = 500, 2
_MOST_SEARCHES = 64
# A statement cannot be made without one of these; their words are what a page's text is searched for. (*earns* needs a named link beside it, or is
# in the `search` list.)
_CANDIDATES = (
    "pays", "alone", "jargon", "ad_link", "sponsored", "thanks", "denial", "ad_free", "incentive", "tested", "ranking", "policy", "label",
    "weak_label", "prescribed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statement:
    """What a stretch of a block says: offsets into the block, the sentence as a reader reads it, and how plain it is.

    `kind`, `clarity` and `signals` as in `model.Notice`; a denial is `weak` with the signal `denial`, a sentence
    for `Page.claims` has the kind `claim`. `bare`: it does not say of what it speaks ("Sponsored by …"), so its place tells.
    """

    start: int
    end: int
    text: str
    kind: str
    clarity: str
    signals: tuple[str, ...]
    language: str
    bare: bool = False


class NoticeWords:
    """The word lists of all languages. Lists become phrases when a block in their language is judged for the first time."""

    def __init__(self, lists: dict[str, WordLists]) -> None:
        self._lists = lists
        self.languages = frozenset(lists)
        self._searches: dict[frozenset[str], Stems] = {}
        self._usual: dict[str, list[str]] = {}
        for language, words in lists.items():
            for word in {fold(word) for _, word in words.written["usual"]}:
                self._usual.setdefault(word, []).append(language)
        # Where words are not parted, the usual ones are single signs.
        self._usual_signs = [word for word in self._usual if len(word) == 1]

    @classmethod
    def load(cls, packs: Sequence[Path]) -> NoticeWords:
        """The lists of `words/notice.<language>.toml` of all packs; later packs add words. Raises BadRule."""
        return cls(load_lists(packs))

    def examples(self, language: str) -> Sequence[Example]:
        """The sentences that the language's file promises to read rightly."""
        return tuple(self._lists[language].examples)

    def unsearched(self, language: str) -> list[str]:
        """What the language's `search` list lacks: one entry for each phrase that holds none of its letters."""
        known = self._lists[language].written["search"]
        listed = {form for _, entry in known for form in (fold(entry), without_accents(fold(entry)))}
        return [entry for entry in _searched(self._lists[language]) if entry not in listed]

    def _stems(self, languages: frozenset[str]) -> Stems:
        """The search for these languages' words. A site has few such sets; who feeds us many gets the search for all languages."""
        if len(self._searches) >= _MOST_SEARCHES:
            languages = self.languages
        found = self._searches.get(languages)
        if found is None:
            found = self._searches[languages] = Stems(entry for language in languages for entry in _searched(self._lists[language]))
        return found

    def _spoken(self, folded: str) -> set[str]:
        """The languages of which the text holds some of the usual words: cheaper by far than to search it for every language's notices."""
        heard = {*(self._usual.keys() & folded.split()), *(sign for sign in self._usual_signs if sign in folded)}
        times = Counter(language for word in heard for language in self._usual[word])
        return {language for language, often in times.items() if often >= _ENOUGH}

    def scan(self, folded_text: str, languages: Sequence[str] = ()) -> list[int]:
        """Offsets of words that a notice may be made of; ascending. `folded_text` is what `text.fold` gives.

        `languages`: those that it is in if its words do not tell; any language if there are none.
        """
        half = len(folded_text) // 2
        sample = folded_text if half < _SAMPLE else f"{folded_text[:_SAMPLE]} {folded_text[half : half + _SAMPLE]} {folded_text[-_SAMPLE:]}"
        spoken = self._spoken(sample)
        stems = self._stems(self.languages.intersection((*(spoken or languages), "en")) if spoken or languages else self.languages)
        gaps = [gap for sign in INVISIBLE if sign in folded_text for gap in _everywhere(sign, folded_text)]
        if not gaps:
            return stems.places(folded_text)
        gaps.sort()
        cuts = [gap - number for number, gap in enumerate(gaps)]
        for sign in INVISIBLE:
            folded_text = folded_text.replace(sign, "")
        return [at + bisect_right(cuts, at) for at in stems.places(folded_text)]

    def judge(self, block: str, languages: Sequence[str], own_names: frozenset[str] = frozenset()) -> list[Statement]:
        """What the block says, in order, without overlap. `languages`: those of the page, [] if unknown; others are tried as well, with more doubt.

        `own_names`: the publisher's names, which may stand where others write "we".
        """
        given = [language for language in languages if language in self._lists] or ([] if languages else list(self._lists))
        plain = {False: Plain(block)}
        found: list[_Reading] = []
        for language in dict.fromkeys([*given, "en", *sorted(self._spoken(plain[False].folded))]):
            if language not in self._lists or not (places := self._stems(frozenset((language,))).places(plain[False].text)):
                continue
            lists = self._lists[language]
            packed = not lists.spaces
            if packed not in plain:
                plain[packed] = Plain(block, packed)
            at = places if not packed else [plain[True].place(plain[False].origin(place)) for place in places]
            for sense in read(lists, plain[packed], at, own_names, given=language in given or language == "en"):
                _keep(found, _Reading(*_span(sense, plain[packed]), sense, plain[packed], language))
        return [_statement(one) for one in found]


def _everywhere(sign: str, text: str) -> Iterator[int]:
    at = text.find(sign)
    while at >= 0:
        yield at
        at = text.find(sign, at + 1)


def _searched(lists: WordLists) -> list[str]:
    """The language's `search` list, and an entry for each phrase that it does not cover; all with and without accents."""
    entries = [fold(entry) for _, entry in lists.written["search"]]
    covered = [entry.strip(" ") for entry in entries]
    for name in _CANDIDATES:
        for _, phrase in lists.written[name]:
            folded = fold(phrase)
            if not any(letters in folded for letters in covered) and (extra := stem_for(folded)):
                entries.append(extra)
                covered.append(extra.strip(" "))
    return list(dict.fromkeys([*entries, *(entry if entry.isascii() else without_accents(entry) for entry in entries)]))


def _span(sense: Sense, plain: Plain) -> tuple[int, int]:
    return plain.origin(sense.low), plain.origin(sense.high - 1) + 1


class _Reading(NamedTuple):
    """A sense in one language and where it stands in the block."""

    start: int
    end: int
    sense: Sense
    plain: Plain
    language: str


def _keep(found: list[_Reading], new: _Reading) -> None:
    """Adds a reading in order, unless another language has read the same words as plainly; a plainer one replaces it."""
    first = bisect_right(found, new.start, key=lambda one: one.end)
    last = bisect_left(found, new.end, key=lambda one: one.start)
    rivals = found[first:last]
    if rivals and (new.sense.clarity == "weak" or any(one.sense.clarity == "clear" for one in rivals)):
        return
    found[first:last] = [new]


def _statement(one: _Reading) -> Statement:
    start, end, sense, plain, language = one
    block = plain.block
    while start < end and block[start].isspace():
        start += 1
    while end > start and block[end - 1].isspace():
        end -= 1
    text = tidy(block[start:end])
    if len(text) > _SHOWN:
        first = max(start, plain.origin(sense.focus[0]) - _LEAD)
        if first > start:
            space = block.find(" ", first, first + _LEAD)
            first = space + 1 if space >= 0 else first
        text = clip(tidy(block[first : min(end, first + 8 * _SHOWN)]), _SHOWN)
    return Statement(start, end, text, sense.kind, sense.clarity, sense.signals, language, sense.bare)
