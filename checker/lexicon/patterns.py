"""Regular expressions of network files: a small, anchored subset that is proven to match in linear time before it is ever used.

Allowed: literals, `.`, classes, `\\d` and `\\w`, groups `(?:…|…)`, `? * + {n} {n,} {n,m}` and `$` where an alternative ends. Refused: everything else
(look-around, back-references, captures, lazy and possessive repeats), so that RE2, a browser and Python agree on what a pattern means.
"""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 120
_MOST_REPEATS = 100
_MOST_CHOICES = 200  # ways that bounded choices may combine; each costs at most one more walk over the text
_OTHER, _END = 128, 129  # every character outside ASCII; the end of the text
_DIGITS = frozenset(range(48, 58))
_WORD = _DIGITS | frozenset(range(65, 91)) | frozenset(range(97, 123)) | {95, _OTHER}
_EVERY = frozenset(range(128)) | {_OTHER}

Chars = frozenset[int]


class _RefusedError(ValueError):
    """The pattern is outside the subset, or not provably linear; the text says why."""


@dataclass(frozen=True, slots=True)
class _Item:
    """One repeated thing: a set of characters, or alternatives; `chars` holding only the end mark is `$`."""

    chars: Chars
    choices: tuple[tuple[_Item, ...], ...] = ()
    least: int = 1
    most: int | None = 1


def fault(pattern: str) -> str | None:
    """Why the pattern may not stand in a network file, or None.

    >>> fault("^/click-[0-9]+$")
    >>> fault("^/(?:a|ab)*c")
    'a repeated group must not be ambiguous: it can match one text in many ways'
    """
    if len(pattern) > LONGEST:
        return f"longer than {LONGEST} characters"
    if not pattern.startswith("^"):
        return "must start with ^"
    try:
        if _weigh(_Reader(pattern, 1).whole(), frozenset(), tail_open=False).ways > _MOST_CHOICES:
            return "too many ways to match one text"
    except _RefusedError as why:
        return str(why)
    return None


class _Reader:
    """A recursive-descent reader of the subset."""

    def __init__(self, text: str, at: int) -> None:
        self.text = text
        self.at = at

    def peek(self) -> str:
        return self.text[self.at] if self.at < len(self.text) else ""

    def take(self) -> str:
        if self.at >= len(self.text):
            raise _RefusedError("ends too early")
        self.at += 1
        return self.text[self.at - 1]

    def whole(self) -> tuple[_Item, ...]:
        """The sequence up to the end of the pattern."""
        items = self.sequence()
        if self.at < len(self.text):
            raise _RefusedError("put alternatives into (?:…|…)" if self.peek() == "|" else f"unexpected {self.peek()!r}")
        return items

    def sequence(self) -> tuple[_Item, ...]:
        items: list[_Item] = []
        while (c := self.peek()) and c not in "|)":
            if items and items[-1].chars == {_END}:
                raise _RefusedError("$ must stand where the pattern or an alternative ends")
            items.append(self.repeated(self.item()))
        return tuple(items)

    def item(self) -> _Item:
        c = self.take()
        if c == "(":
            return self.group()
        if c == "[":
            return _Item(self.charset())
        if c == "\\":
            return _Item(self.escape())
        if c == ".":
            return _Item(_EVERY - {10})
        if c == "$":
            return _Item(frozenset({_END}))
        if c in "*+?{}^":
            raise _RefusedError(f"{c!r} has nothing to repeat" if c in "*+?{" else f"write \\{c} for the character {c!r}")
        return _Item(_both_cases(ord(c)))

    def group(self) -> _Item:
        if self.text[self.at : self.at + 2] != "?:":
            raise _RefusedError("only (?:…) groups are allowed")
        self.at += 2
        choices = [self.sequence()]
        while self.peek() == "|":
            self.take()
            choices.append(self.sequence())
        if self.take() != ")":
            raise _RefusedError("a group is not closed")
        return _Item(frozenset(), tuple(choices))

    def escape(self) -> Chars:
        c = self.take()
        if c in "dw":
            return _DIGITS if c == "d" else _WORD
        if c.isalnum():
            raise _RefusedError(f"\\{c} is not allowed (only \\d and \\w)")
        return _both_cases(ord(c))

    def charset(self) -> Chars:
        negated = self.peek() == "^"
        if negated:
            self.take()
        found: set[int] = set()
        while (c := self.take()) != "]":
            if c == "[" or (c in "-&|~" and self.peek() == c):
                raise _RefusedError(f"write \\{c} for the character {c!r} inside []")
            low = self.escape() if c == "\\" else _both_cases(ord(c))
            if self.peek() == "-" and self.text[self.at + 1 : self.at + 2] not in ("]", ""):
                self.take()
                end = self.take()
                if end == "\\" or c == "\\" or ord(end) > 127 or ord(c) >= ord(end):
                    raise _RefusedError("a range in [] must go from a lower to a higher plain character")
                found.update(*(_both_cases(k) for k in range(ord(c), ord(end) + 1)))
            else:
                found |= low
        if not found:
            raise _RefusedError("an empty [] matches nothing")
        return _EVERY - found if negated else frozenset(found)

    def repeated(self, item: _Item) -> _Item:
        c = self.peek()
        if c not in ("*", "+", "?", "{"):
            return item
        if item.chars == {_END}:
            raise _RefusedError("$ cannot be repeated")
        self.take()
        least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(c) or self.counts()
        if self.peek() in ("*", "+", "?", "{"):
            raise _RefusedError("lazy, possessive and double repeats are not allowed")
        return _Item(item.chars, item.choices, least, most)

    def counts(self) -> tuple[int, int | None]:
        inner, closed, rest = self.text[self.at :].partition("}")
        low, comma, high = inner.partition(",")
        if not closed or not low.isascii() or not low.isdigit() or (high and not (high.isascii() and high.isdigit())):
            raise _RefusedError("a repeat is {n}, {n,} or {n,m}")
        self.at = len(self.text) - len(rest)
        least, most = int(low), (int(high) if high else None if comma else int(low))
        if least > _MOST_REPEATS or (most is not None and not least <= most <= _MOST_REPEATS):
            raise _RefusedError(f"a repeat goes up to {_MOST_REPEATS}, from less to more")
        return least, most


@dataclass(frozen=True, slots=True)
class _Weight:
    """What a sequence can start with, in how many ways it can match one text, whether its length is unbounded, whether it can be empty."""

    first: Chars
    ways: int
    unbounded: bool
    empty: bool


def _weigh(sequence: tuple[_Item, ...], follow: Chars, *, tail_open: bool) -> _Weight:
    """Walks from the end to the start, knowing what can follow.

    Linear holds because every choice is decided by its next character, but for: bounded choices, whose combinations are counted, and
    one loop over single characters with nothing unbounded after it (each step back then costs a bounded look ahead).
    """
    ways, unbounded, empty = 1, False, True
    for item in reversed(sequence):
        if item.choices:
            body = _weigh_group(item, follow, tail_open=tail_open or unbounded)
            ways, first, open_ended, skippable = ways * body.ways, body.first, body.unbounded, body.empty
        else:
            first, open_ended, skippable = item.chars, item.most is None, item.least == 0 and item.most != 0
            if item.most != item.least and item.chars & follow:
                if item.most is None and (tail_open or unbounded):
                    raise _RefusedError("two open-ended repeats can share one text: end the first with a character that it does not contain")
                ways *= 1 if item.most is None else item.most - item.least + 1
        unbounded |= open_ended
        empty &= skippable
        follow = first | follow if skippable else first
        if ways > _MOST_CHOICES:
            raise _RefusedError("too many ways to match one text")
    return _Weight(follow, ways, unbounded, empty)


def _weigh_group(item: _Item, follow: Chars, *, tail_open: bool) -> _Weight:
    loops = item.most is None
    starts: Chars = frozenset()
    if item.most != 1 or item.least != 1:
        for choice in item.choices:
            starts |= _weigh(choice, frozenset(), tail_open=False).first
    bodies = [_weigh(choice, follow | (starts if item.most != 1 else frozenset()), tail_open=tail_open or loops) for choice in item.choices]
    first: Chars = frozenset().union(*(b.first for b in bodies))
    distinct = sum(len(b.first) for b in bodies) == len(first)
    ways = max(b.ways for b in bodies) * (1 if distinct else len(bodies))
    empty = any(b.empty for b in bodies)
    if item.most != item.least:
        clear = not (starts & follow)
        if item.most != 1 and (ways > 1 or empty or not clear):
            raise _RefusedError("a repeated group must not be ambiguous: it can match one text in many ways")
        ways *= 1 if clear else 2
    elif item.most != 1 and ways > 1:
        raise _RefusedError("a repeated group must not be ambiguous: it can match one text in many ways")
    return _Weight(first, ways, loops or any(b.unbounded for b in bodies), empty or item.least == 0)


def _both_cases(code: int) -> Chars:
    if code > 127:
        return frozenset({_OTHER})
    return frozenset({code, ord(chr(code).swapcase())}) if chr(code).isalpha() else frozenset({code})
