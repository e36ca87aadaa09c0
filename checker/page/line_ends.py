"""Lines of a long text, counted only as far as somebody asks: CRLF, CR and LF each end one."""

from __future__ import annotations

from bisect import bisect_right


class Lines:
    """Finds lines by counting from the nearest place that was asked for before."""

    __slots__ = ("_begins", "_numbers", "_places", "_returns", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._returns = "\r" in text
        self._places, self._numbers, self._begins = [0], [1], [0]

    def at(self, place: int) -> tuple[int, int]:
        """The number of the line that holds the place, from 1, and where that line begins."""
        text = self._text
        if self._returns and text[place - 1 : place + 1] == "\r\n":
            place -= 1  # both belong to the line that they end
        near = bisect_right(self._places, place) - 1
        known, line, begin = self._places[near], self._numbers[near], self._begins[near]
        if place > known:
            line += self._ends_between(known, place)
            begin = max(begin, text.rfind("\n", known, place) + 1)
            if self._returns:
                begin = max(begin, text.rfind("\r", known, place) + 1)
            self._places.insert(near + 1, place)
            self._numbers.insert(near + 1, line)
            self._begins.insert(near + 1, begin)
        return line, begin

    def _ends_between(self, first: int, last: int) -> int:
        ends = self._text.count("\n", first, last)
        if self._returns:
            ends += self._text.count("\r", first, last) - self._text.count("\r\n", first, last)
        return ends

    def end(self, place: int, most: int) -> int:
        """Where the next line begins, or `most` if it begins behind that."""
        text = self._text
        ends = [at for sign in ("\n", "\r") if (at := text.find(sign, place, most)) >= 0]
        if not ends:
            return min(most, len(text))
        end = min(ends)
        return end + (2 if text.startswith("\r\n", end) else 1)
