"""The elements of a page whose names or role say what they are: comments, sidebar, credit, author box …"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import cached_property

from checker.lexicon.markup import Markup
from checker.page.document import Document

_NO_KIND: frozenset[str] = frozenset()


class NamedBoxes:
    """Answers for one page; only elements that have names are ever looked at."""

    def __init__(self, document: Document, markup: Markup) -> None:
        self._document = document
        self._markup = markup

    def kinds(self, node: int) -> frozenset[str]:
        """What the element's own names and role say that it is."""
        return self.by_node.get(node, _NO_KIND)

    def of_kind(self, *kinds: str) -> list[int]:
        """The boxes of any of these kinds, in document order."""
        if len(kinds) == 1:
            return self._by_kind.get(kinds[0], [])
        return sorted({node for kind in kinds for node in self._by_kind.get(kind, ())})

    def inside(self, outer: int, kind: str) -> list[int]:
        """The boxes of this kind inside the element (itself excluded), in document order."""
        boxes = self.of_kind(kind)
        return boxes[bisect_right(boxes, outer) : bisect_left(boxes, self._document.ends[outer])]

    @cached_property
    def by_node(self) -> dict[int, frozenset[str]]:
        """The elements whose names or role say anything, in document order, and what."""
        found: dict[int, frozenset[str]] = {}
        document, markup = self._document, self._markup
        attrs_of, by_class = document.attrs, document.by_class
        ids = [(node, attrs_of[node]["id"]) for node in document.having("id")]
        telling = markup.kinds_of_each({*by_class, *[name for _, name in ids]})
        for names, kinds in telling.items():
            found.update(dict.fromkeys(by_class.get(names, ()), kinds))
        for node, name in ids:
            if name in telling:
                found[node] = found.get(node, _NO_KIND) | telling[name]
        for node in document.having("role"):
            if kinds := markup.kinds("", attrs_of[node]["role"]):
                found[node] = found.get(node, _NO_KIND) | kinds
        for tag, nodes in document.by_tag.items():
            if "-" in tag and (kinds := markup.kinds(tag)):  # the name of a custom element is a name like the others
                found.update((node, found.get(node, _NO_KIND) | kinds) for node in nodes)
        return dict(sorted(found.items()))

    @cached_property
    def _by_kind(self) -> dict[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for node, kinds in self.by_node.items():
            for kind in kinds:
                found[kind].append(node)
        found.default_factory = None
        return found
