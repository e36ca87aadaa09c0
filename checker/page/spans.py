"""Parts of a page that some elements make, as stretches of element numbers: a look-up instead of a climb."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator

from checker.page.document import Document

_NOTHING: frozenset[str] = frozenset()


class Spans:
    """All that stands in any of these elements, themselves included. `nodes` in document order."""

    __slots__ = ("_begins", "_ends")

    def __init__(self, document: Document, nodes: Iterable[int]) -> None:
        ends = document.ends
        self._begins: list[int] = []
        self._ends: list[int] = []
        last = 0
        for node in nodes:
            # Elements nest or stand apart, so the outermost ones hold all others.
            if node >= last:
                self._begins.append(node)
                self._ends.append(last := ends[node])

    def around(self, node: int) -> int:
        """The outermost of the elements that hold this one, -1 if none does."""
        begins = self._begins
        if not begins or node < begins[0]:
            return -1
        at = bisect_right(begins, node) - 1
        return begins[at] if node < self._ends[at] else -1

    def __contains__(self, node: int) -> bool:
        return self.around(node) >= 0

    def __iter__(self) -> Iterator[int]:
        """The outermost elements."""
        return iter(self._begins)


class Surroundings:
    """What the boxes around an element say together. `boxes` in document order, each with what it says where the boxes around it have said `said`."""

    __slots__ = ("_begins", "_ends", "_outer", "_said")

    def __init__(self, document: Document, boxes: Iterable[int], says: Callable[[int, frozenset[str]], frozenset[str]]) -> None:
        self._begins: list[int] = []
        self._ends: list[int] = []
        self._outer: list[int] = []
        self._said: list[frozenset[str]] = []
        for box in boxes:
            outer = self._around(box)
            self._begins.append(box)
            self._ends.append(document.ends[box])
            self._outer.append(outer)
            self._said.append(says(box, self._said[outer] if outer >= 0 else _NOTHING))

    def _around(self, node: int) -> int:
        """The number of the innermost box that holds the element, -1 if none."""
        at = bisect_right(self._begins, node) - 1
        while at >= 0 and node >= self._ends[at]:
            at = self._outer[at]
        return at

    def of(self, node: int) -> frozenset[str]:
        """What is said of this element."""
        at = self._around(node)
        return self._said[at] if at >= 0 else _NOTHING
