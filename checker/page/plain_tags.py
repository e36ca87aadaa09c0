"""Where start tags stand in a page without surprises: found at a fifth of the cost of the tokenizer, and only where it is certain.

Everything that looks like a start tag outside comments, scripts and other raw text is held against the parser's elements. Where both tell
the same names in the same order, nothing that is no tag can be among them, and the nth is the nth. Otherwise the tokenizer has to read the page.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from checker.page.tokens import RAW_NAMES

# The parser invents these, or drops them.
_FRAME = frozenset(("html", "head", "body"))
_OPAQUE = re.compile(rf"<(?:!--|({RAW_NAMES})(?=[\t\n\f\r />]))")
_OPEN = re.compile(r"<(?!(?:html|head|body)[\t\n\f\r />])([a-zA-Z][^\t\n\f\r />]*+)")


class PlainTags:
    """The start tags of a page that has no surprises, by the numbers of the parser's elements; `plain_tags` makes it."""

    __slots__ = ("_begins", "_count", "_counts", "_frame", "_parts", "_text")

    def __init__(self, text: str, parts: list[tuple[int, int]], counts: list[int], frame: list[int], count: int) -> None:
        self._text = text
        self._parts = parts
        self._counts = counts
        self._frame = frame
        self._count = count
        self._begins: dict[int, list[int]] = {}

    def begin(self, node: int) -> int | None:
        """The offset of the element's `<`, or of the end of the page behind the last one; None for html, head and body."""
        if node == self._count:
            return len(self._text)
        before = bisect_left(self._frame, node)
        if not 0 <= node < self._count or self._frame[before : before + 1] == [node]:
            return None
        part = bisect_right(self._counts, node - before) - 1
        begins = self._begins.get(part)
        if begins is None:
            begins = self._begins[part] = [match.start() for match in _OPEN.finditer(self._text, *self._parts[part])]
        return begins[node - before - self._counts[part]]


def plain_tags(text: str, tags: Sequence[str]) -> PlainTags | None:
    """The start tags of the source, if they are the parser's `tags` one by one."""
    parts = _parts(text)
    if parts is None:
        return None
    names = [_OPEN.findall(text, begin, end) for begin, end in parts]
    found = [name for some in names for name in some]
    frame = [node for node, tag in enumerate(tags) if tag in _FRAME]
    wanted = list(tags)
    for node in reversed(frame):
        del wanted[node]
    if found != wanted and (len(found) != len(wanted) or [name.lower() for name in found] != wanted):
        return None
    counts = [0, *accumulate(map(len, names))][:-1]
    return PlainTags(text, parts, counts, frame, len(tags))


def _parts(text: str) -> list[tuple[int, int]] | None:
    """The stretches between comments and raw text; the name of a tag that raw text follows still belongs to the stretch before it."""
    parts, begin = [], 0
    while opaque := _OPAQUE.search(text, begin):
        parts.append((begin, opaque.end()))
        begin = text.find(f"</{opaque[1]}" if opaque[1] else "-->", opaque.end())
        if begin < 0:
            return None
    return [*parts, (begin, len(text))]
