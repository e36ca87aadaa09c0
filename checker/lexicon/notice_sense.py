"""What a block of text says of the publisher's earnings, read from the words of one language.

A plain statement needs somebody who is paid (*pays* or *earns* near *self* or a reference to the page) and what for (a link, a purchase, a named
affiliate link), in one sentence or two adjoining ones. Jargon alone is weak. Words inside a false friend, a denial or a long quotation do not count.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from checker.lexicon.notice_lists import TELLING, Likely, Phrase, Span, WordLists
from checker.lexicon.notice_text import Plain, sentences

# How many characters may stand between a word and the one that it belongs to; measured on real notices, whose words stand closer.
_PAYS_TO_SELF = 120
_CLOSE = 60
_HEDGE_BEFORE, _HEDGE_AFTER = 45, 30
# A block this short is a notice of its own rather than a sentence in a story.
_SHORT, _BRIEF, _LABEL = 200, 90, 40
# The name behind a label has at most so many words, or characters where words are not parted.
_PAYER, _PACKED_PAYER = 3, 16
_LONG_QUOTE, _LONGEST_QUOTE, _OUTSIDE = 40, 600, 25

_EXPLAINED = frozenset(("pays", "earns", "alone", "jargon", "ad_link", "sponsored", "thanks", "incentive", "label", "weak_label"))
_QUOTE = re.compile('"[^"]{%d,%d}"|\u300c[^\u300c\u300d]{%d,%d}\u300d' % (_LONG_QUOTE, _LONGEST_QUOTE, _LONG_QUOTE // 2, _LONGEST_QUOTE))  # noqa: UP031
_FIRST_LETTER = re.compile(r"\b[a-z]")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_PARTED = re.compile(r"[^\w ]+")
_BRACKETED = re.compile(r"[^\w]*[\[(\u3010\u3014<]([^\[\](){}\u3010\u3011\u3014\u3015<>]{1,30})[\])\u3011\u3015>]")


@dataclass(frozen=True, slots=True)
class Sense:
    """One reading of a stretch of plain text; `focus` is where the words that matter stand; `bare`: it does not say of what it speaks."""

    low: int
    high: int
    focus: Span
    kind: str
    clarity: str
    signals: tuple[str, ...]
    bare: bool = False


class Clause:
    """One sentence and the places of each list's words in it, looked up when asked for."""

    def __init__(
        self, lists: WordLists, plain: Plain, span: Span, own: Sequence[Phrase], quotes: Sequence[Span], telling: Likely | None = None
    ) -> None:
        self.lists, self.plain = lists, plain
        self.low, self.high = span
        self._own, self._quotes = own, quotes
        self._telling = telling or lists.likely(plain.text, self.low, self.high, telling=True)
        self._bearing: Likely | None = None
        self._found: dict[str, list[Span]] = {}

    def __getitem__(self, name: str) -> list[Span]:
        found = self._found.get(name)
        if found is None:
            text = self.plain.text
            if name == "own":
                found = [span for phrase in self._own for span in phrase.find(text, self.low, self.high)]
            else:
                found = [span for span, _ in self.found(name)]
                if name == "self":
                    found += self["own"] + (self["third_person"] if self["page"] or self["reader"] else [])
            if name in _EXPLAINED and found:
                other = [*self["false_friends"], *self["denial"], *self["ad_free"], *self._quotes]
                found = [span for span in found if not any(_overlap(span, taken) for taken in other) and not self._institution(name, span)]
            self._found[name] = found
        return found

    @property
    def says_nothing(self) -> bool:
        """Whether no list has an entry here that a statement needs."""
        return not self._telling

    def found(self, name: str) -> list[tuple[Span, str]]:
        """The same with the ids of the entries, before anything is explained away."""
        text, low, high = self.plain.text, self.low, self.high
        if name in TELLING:
            return self.lists.find(name, text, low, high, self._telling)
        if self._bearing is None:
            self._bearing = self.lists.likely(text, low, high, telling=False)
        return self.lists.find(name, text, low, high, self._bearing)

    def _institution(self, name: str, span: Span) -> bool:
        """Whether the word is a proper noun ("the Commission"): a capital inside a sentence that is otherwise in small letters."""
        plain = self.plain
        if name != "pays" or self.lists.capital_nouns or not plain.capital(span[0]) or not plain.text[self.low : span[0]].strip():
            return False
        words = [plain.capital(match.start()) for match in _FIRST_LETTER.finditer(plain.text, self.low, self.high)]
        return sum(words) < 0.6 * len(words)

    def near(self, name: str, other: str, before: int, after: int) -> bool:
        """Whether a word of the list `other` stands at most `before` characters before, or `after` behind, one of the list `name`."""
        return any(start - before <= e and s <= end + after for start, end in self[name] for s, e in self[other])

    def labels(self) -> list[tuple[Span, str]]:
        """The labels with which the sentence opens, and their ids."""
        text = self.plain.text
        return [
            (span, key)
            for span, key in self.found("label")
            if span[1] <= self.low + _LABEL
            and not any(char.isalnum() for char in text[self.low : span[0]])
            and re.match(r" ?[\])\u3011]? ?[:|/,.!*\]\)\u3011]", text[span[1] :])
        ]

    def opens_with(self, name: str) -> bool:
        """Whether nothing but signs stands before a word of the list, or it stands in brackets of its own."""
        text = self.plain.text
        return any(
            (self.high - self.low <= _CLOSE and not any(char.isalnum() for char in text[self.low : start]))
            or (text[start - 1] in "([#" and end < len(text) and text[end] in ")]")
            for start, end in self[name]
        )


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def read(lists: WordLists, plain: Plain, places: Iterable[int], own_names: frozenset[str], given: bool) -> list[Sense]:
    """What the block says, in order; `places`: where it may.

    A language that the page was not `given` as its own is only trusted with whole statements.
    """
    size = len(plain.text.strip())
    if given and (lone := _lone_label(lists, plain, size)):
        return [lone]
    text = plain.text
    telling = lists.likely(text, 0, len(text), telling=True)
    if not telling or (telling.keys() == {"label"} and "page" not in lists.likely(text, 0, len(text), telling=False)):
        return []
    own, spans = lists.own(own_names), sentences(plain)
    starts = [start for start, _ in spans]
    quotes = [match.span() for match in _QUOTE.finditer(text) if size - (match.end() - match.start()) >= _OUTSIDE] if size > _BRIEF else []
    clauses: dict[int, Clause] = {}

    def clause(number: int) -> Clause | None:
        if not 0 <= number < len(spans):
            return None
        if number not in clauses:
            low, high = spans[number]
            near = quotes[bisect_right(quotes, low, key=lambda quote: quote[1]) : bisect_right(quotes, high, key=lambda quote: quote[0])]
            clauses[number] = Clause(lists, plain, spans[number], own, near, telling if spans[number] == (0, len(text)) else None)
        return clauses[number]

    found = _prescribed(lists, plain, telling, spans, starts, quotes)
    prescribed = {number for sense in found for number in range(bisect_right(starts, sense.low) - 1, bisect_right(starts, sense.high - 1))}
    for number in sorted({bisect_right(starts, at) - 1 for at in places}):
        here = clause(number)
        if here is None or number in prescribed or here.says_nothing:
            continue
        sense = _affiliate(here, clause(number - 1), clause(number + 1), size)
        if (here["jargon"] or here["ad_link"]) and not (sense and sense.clarity == "clear"):
            # What the named links earn may be said by words that no page is searched for; the two are one statement.
            for other, last in ((clause(number + 1), clause(number + 2)), (clause(number - 1), clause(number - 2))):
                told = other and _affiliate(other, here, last, size)
                if told and told.clarity == "clear":
                    sense = _sense(other, here, "clear") if other else None
                    break
        sense = sense or _sponsored(here, size) or _denial(here) or _claim(here)
        if sense and (given or (sense.kind == "affiliate" and sense.clarity == "clear" and "pays" in sense.signals)):
            found.append(sense)
    found = _without_answered(_joined(sorted(found, key=lambda sense: (sense.low, sense.high))))
    if given and all(sense.kind == "claim" for sense in found):
        found = _policy(lists, plain, telling, size) or found
    return found


def _prescribed(lists: WordLists, plain: Plain, telling: Likely, spans: Sequence[Span], starts: Sequence[int], quotes: Sequence[Span]) -> list[Sense]:
    """The sentences that programmes prescribe, which may hold full stops."""
    found: list[Sense] = []
    for span, programme in lists.find("prescribed", plain.text, 0, len(plain.text), telling):
        behind = bisect_right(quotes, span[0], key=lambda quote: quote[1])
        if (behind < len(quotes) and _overlap(span, quotes[behind])) or (found and _overlap(span, (found[-1].low, found[-1].high))):
            continue
        first, last = bisect_right(starts, span[0]) - 1, bisect_right(starts, span[1] - 1) - 1
        low, high = spans[first][0], spans[last][1]
        signals = ["pays", "trigger", f"prescribed:{programme}"]
        # "I may earn": the hedge stands inside the sentence that is asked for, or right behind it where the verb comes last.
        signals += ["hedge"] if lists.find("hedge", plain.text, span[0], min(high, span[1] + _HEDGE_AFTER)) else []
        signals += ["incentive"] if lists.find("incentive", plain.text, low, high) else []
        found.append(Sense(low, high, span, "affiliate", "clear", tuple(signals)))
    return found


def _affiliate(here: Clause, before: Clause | None, after: Clause | None, size: int) -> Sense | None:
    """A statement that links or purchases earn money, or the jargon that only hints at it."""
    sense = _earning(here, before, after, size)
    # What is said of this page's own links is said, whatever else the sentence offers. Asked last: few sentences come so far.
    return None if sense and here["offers"] and not here["page"] else sense


def _earning(here: Clause, before: Clause | None, after: Clause | None, size: int) -> Sense | None:
    named = bool(here["jargon"] or here["ad_link"])
    if here["pays"]:
        close, by_us = here.near("pays", "self", _CLOSE, _CLOSE), here.near("pays", "self", _PAYS_TO_SELF, _PAYS_TO_SELF)
        told = by_us or bool(here["page"])
        if (named or here["link"]) and (told or here.lists.leaves_out_person or here["reader"]):
            return _sense(here, here, "clear")
        sold = told and here["purchase"] and (size <= _SHORT or here["reader"] or here["page"] or here["own"])
        if (sold or (close and here["goods"]) or (here["alone"] and size <= _BRIEF)) and not here["elsewhere"]:
            return _sense(here, here, "clear")
        for other in (before, after):
            if other and (told or here.lists.leaves_out_person) and (other["jargon"] or other["ad_link"] or (other["link"] and close)):
                return _sense(here, other, "clear")
    if here["earns"] and here.near("earns", "self", 45, 12):
        if named or (here["link"] and not here["elsewhere"]):
            return _sense(here, here, "clear")
        if here["purchase"] and not here["elsewhere"] and (here["page"] or size <= _SHORT):
            return _sense(here, here, "clear")
        for other in (before, after):
            if other and (other["jargon"] or other["ad_link"]):
                return _sense(here, other, "clear")
    if not named or here["elsewhere"]:
        return None
    if (
        here["page"]
        or here["marker"]
        or (here["holds"] and size <= _SHORT)
        or any(here.near(name, "self", 80, 80) or here.opens_with(name) for name in ("jargon", "ad_link"))
    ):
        sense = _sense(here, here, "clear" if here["ad_link"] and not here["hedge"] else "weak")
        return replace(sense, bare=not (here["page"] or here["self"] or here["holds"]))
    return None


def _sense(here: Clause, other: Clause, clarity: str) -> Sense:
    """The sense of one sentence, or of two adjoining ones, with its signals."""
    both = (here,) if here is other else (here, other)
    signals: list[str] = []
    paid = [name for name in ("pays", "earns") if here[name]] if clarity == "clear" else []
    if paid:
        signals.append("pays")
    if any(clause[name] for clause in both for name in ("link", "purchase", "jargon", "ad_link")):
        signals.append("trigger")
    signals += [f"label:{key}" for clause in both for _, key in clause.labels()]
    if any(clause["ad_link"] for clause in both) and not paid:
        signals.append("label:ad_link")
    if any(clause["jargon"] for clause in both):
        signals.append("jargon")
    if (paid and any(here.near(name, "hedge", _HEDGE_BEFORE, _HEDGE_AFTER) for name in paid)) or (not paid and here["hedge"]):
        signals.append("hedge")
    if any(clause["marker"] for clause in both):
        signals.append("symbol")
    if any(clause["incentive"] for clause in both):
        signals.append("incentive")
    core = [span for name in (paid or ("jargon", "ad_link")) for span in here[name]]
    first, last = core[0][0], core[-1][1]
    near = [span for name in ("self", "link", "purchase") for span in here[name] if first - _CLOSE <= span[0] and span[1] <= last + _CLOSE]
    focus = (min(start for start, _ in (*core, *near)), max(end for _, end in (*core, *near)))
    low, high = min(clause.low for clause in both), max(clause.high for clause in both)
    return Sense(low, high, focus, "affiliate", clarity, tuple(dict.fromkeys(signals)))


def _sponsored(here: Clause, size: int) -> Sense | None:
    """Paid content: said of this piece, or the beginning of a short block. A label that this piece is said to hold counts for its links."""
    labels = here.labels() if here["label"] else []
    signals = tuple(dict.fromkeys(f"label:{key}" for _, key in labels))
    for name, clarity in (("sponsored", "clear"), ("thanks", "weak")):
        if here[name] and not here["elsewhere"] and (here["page"] or (size <= _BRIEF and here.opens_with(name))):
            first, last = here[name][0], here[name][-1]
            return Sense(here.low, here.high, (first[0], last[1]), "sponsored", clarity if not labels else "clear", signals, not here["page"])
    if here["label"] and here["page"] and (labels or here["holds"]) and not here["elsewhere"]:
        held = [(span, key) for span, key in here.found("label") if span in here["label"]]
        if held and (labels or _adjoin(held, here["holds"], here["page"])):
            kind = "sponsored" if labels else "affiliate"
            signals = tuple(dict.fromkeys(f"label:{key}" for _, key in held))
            return Sense(here.low, here.high, held[0][0], kind, "clear", signals)
    return None


def _adjoin(held: Sequence[tuple[Span, str]], holds: Sequence[Span], page: Sequence[Span]) -> bool:
    """Whether "this page" comes first and "contains" and the label follow, as close as in one statement."""
    return any(
        ref[0] < min(span[0], verb[0]) and max(span[1], verb[1]) - ref[0] <= _CLOSE + span[1] - span[0]
        for span, _ in held
        for verb in holds
        for ref in page
    )


def _denial(here: Clause) -> Sense | None:
    if not here["denial"] or not (here["page"] or here["self"] or here["holds"] or here.opens_with("denial")):
        return None
    told = [span for span in here["denial"] if not any(_overlap(span, other) for other in here["false_friends"])]
    if not told:
        return None
    return Sense(here.low, here.high, told[0], "affiliate", "weak", ("denial",))


def _claim(here: Clause) -> Sense | None:
    """A sentence that is no notice but bears on one: the site carries no advertising, buying through it is to support it, its own people
    tested, how it orders products."""
    names = [name for name in ("ad_free", "tested", "ranking") if here[name]]
    if here["incentive"] and (here["purchase"] or here["jargon"] or here["ad_link"]):
        names.append("incentive")
    if not names or here["elsewhere"] or any(_overlap(span, other) for name in names for span in here[name] for other in here["false_friends"]):
        return None
    return Sense(here.low, here.high, here[names[0]][0], "claim", "weak", tuple(names))


def _without_answered(senses: list[Sense]) -> list[Sense]:
    """Without denials and claims that the same block answers: "no sponsored posts, but we earn a commission" hides nothing."""
    if not any(sense.kind in ("affiliate", "sponsored") and "denial" not in sense.signals for sense in senses):
        return senses
    return [sense for sense in senses if "denial" not in sense.signals and "ad_free" not in sense.signals]


def _joined(senses: list[Sense]) -> list[Sense]:
    """Statements of one kind that follow each other are read as one; the clearest gives the words to show."""
    found: list[Sense] = []
    for sense in senses:
        last = found[-1] if found else None
        if last and sense.low - last.high <= 1 and last.kind == sense.kind and ("denial" in last.signals) == ("denial" in sense.signals):
            best = last if last.clarity == "clear" or sense.clarity == "weak" else sense
            # A hedge beside jargon says nothing about whether money is earned.
            weak = {"hedge"} if best.clarity == "clear" else set()
            signals = [*best.signals, *(s for other in (last, sense) for s in other.signals if other.clarity == best.clarity or s not in weak)]
            found[-1] = Sense(
                last.low, max(last.high, sense.high), best.focus, best.kind, best.clarity, tuple(dict.fromkeys(signals)), last.bare and sense.bare
            )
        else:
            found.append(sense)
    return found


def _lone_label(lists: WordLists, plain: Plain, size: int) -> Sense | None:
    """A block that is a label and nothing else, or a headline that begins with one in brackets."""
    labels = lists.lone_labels
    text = plain.text
    if size <= _LABEL:
        names = [name for part in _PARTED.split(text) if (name := part.strip())]
        known = [labels.get(name) or labels.get(f"#{name}") for name in names]
        whole = labels.get(_EDGES.sub("", text))
        hits = [hit for hit in ([whole] if whole else known) if hit]
        if hits and (whole or len(hits) == len(known) or "|" in text):
            return _label_sense(hits, 0, len(text))
    # "Advertisement: Harbour Works" says who pays; more words are a sentence.
    name, colon, payer = text.partition(":")
    few = len(payer.split()) <= _PAYER if lists.spaces else len(payer.strip()) <= _PACKED_PAYER
    if colon and payer.strip() and few and (hit := labels.get(name.strip())) and not lists.find("sponsored", text, 0, len(text)):
        return _label_sense([hit], 0, len(text))
    if size <= _SHORT and (bracket := _BRACKETED.match(text)) and (hit := labels.get(bracket.group(1).strip())):
        return _label_sense([hit], *bracket.span())
    return None


def _label_sense(hits: Sequence[tuple[str, str]], low: int, high: int) -> Sense:
    clarity = "clear" if any(clear == "clear" for _, clear in hits) else "weak"
    return Sense(low, high, (low, high), "ad_label", clarity, tuple(dict.fromkeys(f"label:{key}" for key, _ in hits)))


def _policy(lists: WordLists, plain: Plain, telling: Likely, size: int) -> list[Sense]:
    """A short block that only names a text in which the publisher explains how it earns."""
    text = plain.text
    if size > _BRIEF or not (found := lists.find("policy", text, 0, len(text), telling)) or lists.find("false_friends", text, 0, len(text)):
        return []
    return [Sense(0, len(text), found[0][0], "policy_link", "weak", ())]
