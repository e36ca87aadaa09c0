"""A page as columns: one entry for each element, in document order. The walk fills it; nothing else changes it.

Element `i` spans the elements `i` to `ends[i]` (exclusive) and the text pieces `first_piece[i]` to `last_piece[i]` (exclusive). This is what
all fact builders read: ancestors, subtrees and text are index arithmetic, and no parser object outlives the parse.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import chain

from checker.text import tidy

# Elements whose start and end break the flow of text (the HTML standard's display: block, table and list-item, and replaced boxes).
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "col", "colgroup", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup",
    "hr", "html", "iframe", "legend", "li", "main", "menu", "nav", "noscript", "object", "ol", "optgroup", "option", "p", "pre", "search", "section",
    "select", "summary", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "title", "tr", "ul", "video", "audio",
))  # fmt: skip
# Their text is not prose that a reader of the page sees.
NOT_PROSE = (
    "script", "style", "textarea", "select", "datalist", "iframe", "noframes", "noembed", "noscript", "template", "object", "xmp", "title", "svg",
    "math",
)  # fmt: skip


# Real pages nest at most some 60 deep (530 pages); so far a climb from an element goes.
_DEEPEST = 120

_COLUMNS = ("attrs", "comment_places", "comments", "ends", "first_piece", "last_piece", "parents", "pieces", "tags")


class Document:
    """The columns. `breaks` are the numbers of the pieces before which, or after the last of which, the flow of text breaks."""

    __slots__ = ("__dict__", *_COLUMNS)

    def __init__(self) -> None:
        self.tags: list[str] = []
        self.parents: list[int] = []
        self.attrs: list[dict[str, str]] = []
        self.ends: list[int] = []
        self.first_piece: list[int] = []
        self.last_piece: list[int] = []
        self.pieces: list[str] = []
        self.comments: list[tuple[int, str]] = []
        self.comment_places: list[tuple[int, int]] = []

    def moved(self) -> Document:
        """A document with these columns, which are empty afterwards."""
        document = Document()
        for name in _COLUMNS:
            column = getattr(self, name)
            getattr(document, name).extend(column)
            column.clear()
        return document

    # What fact builders ask -----------------------------------------------------------------------------------------------------------
    def __len__(self) -> int:
        return len(self.tags)

    def get(self, node: int, name: str) -> str | None:
        """The attribute's value, or None."""
        return self.attrs[node].get(name)

    def ancestors(self, node: int, most: int = _DEEPEST) -> Iterator[int]:
        """The parents from the inside out, without the node itself; at most so many, or a hostile page makes every climb as long as the page."""
        parents = self.parents
        node = parents[node]
        while node >= 0 and most > 0:
            yield node
            node = parents[node]
            most -= 1

    def near(self, node: int) -> Iterator[int]:
        """The node and its ancestors from the inside out."""
        yield node
        yield from self.ancestors(node)

    def children(self, node: int) -> Iterator[int]:
        """The child elements in order."""
        ends, child, end = self.ends, node + 1, self.ends[node]
        while child < end:
            yield child
            child = ends[child]

    def within(self, node: int, outer: int) -> bool:
        """Whether `node` is `outer` or stands inside it."""
        return outer <= node < self.ends[outer]

    @cached_property
    def by_tag(self) -> dict[str, list[int]]:
        """Tag name to its elements, in document order."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for node, tag in enumerate(self.tags):
            found[tag].append(node)
        found.default_factory = None
        return found

    def all(self, *tags: str) -> list[int]:
        """The elements with one of these tag names, in document order."""
        if len(tags) == 1:
            return self.by_tag.get(tags[0], [])
        return sorted(node for tag in tags for node in self.by_tag.get(tag, ()))

    @cached_property
    def by_attribute(self) -> dict[str, list[int]]:
        """Attribute name to the elements that have it, in document order."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for node, attrs in enumerate(self.attrs):
            for name in attrs:
                found[name].append(node)
        found.default_factory = None
        return found

    @cached_property
    def by_class(self) -> dict[str, list[int]]:
        """Class attribute, as written, to the elements that have it: a third as many as there are elements."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for node in self.having("class"):
            found[self.attrs[node]["class"]].append(node)
        found.default_factory = None
        return found

    def having(self, *names: str) -> list[int]:
        """The elements that have any of these attributes, in document order."""
        if len(names) == 1:
            return self.by_attribute.get(names[0], [])
        return sorted({node for name in names for node in self.by_attribute.get(name, ())})

    def inside(self, outer: int, *tags: str) -> Iterator[int]:
        """The elements inside `outer` (itself excluded) with one of these tag names, in document order."""
        end, found = self.ends[outer], []
        for tag in tags:
            nodes = self.by_tag.get(tag)
            if nodes and nodes[-1] > outer and nodes[0] < end:
                found.append(nodes[bisect_right(nodes, outer) : bisect_left(nodes, end)])
        return iter(found[0] if len(found) == 1 else sorted(chain.from_iterable(found)))

    def raw_text(self, node: int) -> str:
        """All character data of the subtree, unnormalised; for scripts and structured data."""
        return "".join(self.pieces[self.first_piece[node] : self.last_piece[node]])

    @cached_property
    def breaks(self) -> list[int]:
        """The flow of text breaks before these pieces: where a box begins or ends."""
        begins: set[int] = set()
        for tag, nodes in self.by_tag.items():
            if tag in _BLOCKS or "-" in tag:  # a custom element may be anything; most are boxes
                begins.update(map(self.first_piece.__getitem__, nodes))
                begins.update(map(self.last_piece.__getitem__, nodes))
        return sorted(begins)

    def breaks_before(self, piece: int) -> bool:
        """Whether the flow of text breaks before this piece."""
        at = bisect_left(self.breaks, piece)
        return self.breaks[at : at + 1] == [piece]

    def owner(self, piece: int) -> int:
        """The element that directly holds this text piece; the first of all for what stands behind the end of the page."""
        node, last_piece, parents = self.started_before(piece), self.last_piece, self.parents
        while node > 0 and last_piece[node] <= piece:
            node = parents[node]
        return max(node, 0)

    @cached_property
    def prose(self) -> list[str]:
        """The text pieces with everything blanked that no reader of the page sees as text (scripts, templates, form fields)."""
        prose = self.pieces.copy()
        done = 0  # what stands in such an element may hold others
        for node in self.all(*NOT_PROSE):
            first, last = self.first_piece[node], self.last_piece[node]
            if last > done:
                prose[first:last] = [""] * (last - first)
                done = last
        return prose

    def text(self, node: int, most: int | None = None) -> str:
        """The prose of the subtree as a reader would read it (blocks and line breaks become one space); of at most so many pieces."""
        first, last = self.first_piece[node], self.last_piece[node]
        if most is not None:
            last = min(last, first + most)
        prose, breaks = self.prose, self.breaks
        at = bisect_right(breaks, first)
        end = bisect_right(breaks, last - 1) if last > first else at
        if at == end:
            return tidy("".join(prose[first:last]))
        parts: list[str] = []
        for cut in breaks[at:end]:
            parts.append("".join(prose[first:cut]))
            first = cut
        parts.append("".join(prose[first:last]))
        return tidy(" ".join(parts))

    def started_before(self, piece: int) -> int:
        """The last element that started before this text piece; -1 if none."""
        return bisect_right(self.first_piece, piece) - 1

    def piece_of(self, node: int, skip: int) -> int:
        """The piece of text that holds the character so many visible ones behind the start tag; -1 where the page has no more of them."""
        first = self.first_piece[node] if node >= 0 else 0
        end = self.first_piece[node + 1] if node + 1 < len(self) else len(self.pieces)
        for piece in range(first, end):
            skip -= sum(map(len, self.pieces[piece].split()))
            if skip < 0:
                return piece
        return -1

    def skip_of(self, piece: int, chars: int) -> tuple[int, int]:
        """(node, skip) of the character `chars` into the piece: see `model.Spot`."""
        node = self.started_before(piece)
        first = self.first_piece[node] if node >= 0 else 0
        lead = "".join(self.pieces[first:piece]) + self.pieces[piece][:chars]
        return node, sum(not c.isspace() for c in lead)
