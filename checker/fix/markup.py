"""The source of a page as repairs need it: its text, its elements, and where each start tag stands in the text."""

from __future__ import annotations

from functools import cached_property

from checker.facts import Spot
from checker.lexicon import Lexicon
from checker.page.blocks import Blocks
from checker.page.decode import decode
from checker.page.document import Document
from checker.page.layout import Layout
from checker.page.positions import Places
from checker.page.tokens import start_tags
from checker.page.walk import walk


class Markup:
    """One page's source. Elements are numbered as in the spots of its facts."""

    def __init__(self, body: bytes, lexicon: Lexicon) -> None:
        decoded = decode(body, None)
        self.text = decoded.text
        self.document: Document = walk(decoded.utf8)[0]
        self._lexicon = lexicon
        self._places = Places(decoded.text, self.document.tags)

    def begin(self, node: int) -> int | None:
        """The offset of the element's start tag, or None where it cannot be joined with the source or the source has none."""
        return self._places.offset(node, None)

    def tag(self, spot: Spot) -> tuple[int, str] | None:
        """The start tag that the spot means, as it is written, and its offset."""
        begin = self.begin(spot.node)
        return (begin, self.text[begin : self._ends[begin]]) if begin is not None and begin in self._ends else None

    def line(self, offset: int) -> int:
        """The line of an offset, from 1."""
        return self._places.line_column(offset)[0]

    @cached_property
    def _ends(self) -> dict[int, int]:
        tags = start_tags(self.text)
        return dict(zip(tags.begins, tags.ends, strict=True))

    @cached_property
    def layout(self) -> Layout:
        """Where the main piece stands."""
        return Layout(self.document, Blocks(self.document), self._lexicon.markup)
