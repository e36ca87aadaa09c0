"""The text of a page as its reader meets it: blocks in reading order, and one long text to search in.

A block is what stands between two box boundaries: a paragraph, a heading, a list item, a caption. Inline markup does not split it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from checker.facts import Spot
from checker.page.document import Document
from checker.text import clip, tidy


class Block(NamedTuple):
    """One block: its text as written, the pieces it is made of, the element that owns its first visible character, its place in the page's text."""

    text: str
    first: int
    last: int
    node: int
    place: int


def _ink(text: str) -> int:
    return sum(map(len, text.split()))


class Blocks:
    """The blocks of a page, `text` (all of them, joined by line feeds) and the way back from a place in it to block and spot."""

    def __init__(self, document: Document) -> None:
        prose, tags, parents, owner = document.prose, document.tags, document.parents, document.owner
        items: list[Block] = []
        place = 0
        cuts = [0, *document.breaks, len(prose)]
        visible = [piece for piece, text in enumerate(prose) if text and not text.isspace()]
        at = cut = 0
        while at < len(visible):
            piece = visible[at]
            cut = bisect_right(cuts, piece, cut)
            first, last = cuts[cut - 1], cuts[cut]
            at = bisect_left(visible, last, at)
            text = prose[first] if last - first == 1 else "".join(prose[first:last])
            node = owner(piece)
            if tags[node] == "br":
                node = parents[node]
            items.append(Block(text, first, last, node, place))
            place += len(text) + 1
        self._document = document
        self.items = items
        # The block in which was counted last, up to which piece, and how many characters there were.
        self._counted = (-1, 0, 0)
        self.text = "\n".join([block.text for block in items])
        self._places = [block.place for block in items]

    def index_at(self, place: int) -> int:
        """The index of the block that holds this place of the page's text."""
        return bisect_right(self._places, place) - 1

    def index_after(self, node: int) -> int:
        """The index of the first block whose text starts at or after this element."""
        return bisect_left(self._firsts, self._document.first_piece[node])

    @cached_property
    def _firsts(self) -> list[int]:
        return [block.first for block in self.items]

    def ink_before(self, node: int) -> int:
        """How many visible characters, white space not counted, come before this element."""
        piece = self._document.first_piece[node]
        index = self.index_after(node)
        if index and self.items[index - 1].last > piece:
            return self._ink[index - 1] + self._ink_within(index - 1, piece)
        return self._ink[index]

    def _ink_within(self, index: int, piece: int) -> int:
        """How many visible characters of a block come before a piece of it. Mostly asked in order: 20,000 links in a paragraph are counted once."""
        known, begin, count = self._counted
        if known != index or begin > piece:
            begin, count = self.items[index].first, 0
        count += _ink("".join(self._document.prose[begin:piece]))
        self._counted = (index, piece, count)
        return count

    def ink_at(self, index: int, at: int) -> int:
        """How many visible characters come before the character `at` of the block."""
        return self._ink[index] + _ink(self.items[index].text[:at])

    def ink_of(self, index: int) -> int:
        """How many visible characters the block has."""
        return self._ink[index + 1] - self._ink[index]

    @cached_property
    def _ink(self) -> list[int]:
        """Visible characters before each block, and of all of them."""
        return list(accumulate((_ink(block.text) for block in self.items), initial=0))

    def piece_at(self, block: Block, at: int) -> tuple[int, int]:
        """The piece of text, and the character in it, that stands `at` characters into the block."""
        prose = self._document.prose
        for piece in range(block.first, block.last):
            length = len(prose[piece])
            if at < length:
                return piece, at
            at -= length
        return block.last - 1, max(0, len(prose[block.last - 1]) - 1)

    def spot(self, block: Block, start: int, end: int | None = None) -> Spot:
        """The spot of a stretch of the block's text; it begins at the first visible character."""
        text = block.text[start:end]
        lead = len(text) - len(text.lstrip())
        node, skip = self._document.skip_of(*self.piece_at(block, start + lead))
        return Spot(node, skip, clip(tidy(text), 160))

    def owner_at(self, block: Block, at: int) -> int:
        """The element that directly holds the character `at` of the block."""
        piece, _ = self.piece_at(block, at)
        return self._document.owner(piece)
