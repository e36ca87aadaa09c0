"""Whether a reader sees when the piece was published or changed: a date in a line of its own, or behind the text."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from itertools import chain

from checker.facts import Region
from checker.page.author_boxes import AuthorBoxes
from checker.page.blocks import Block, Blocks

_PLACES = (Region.TITLE_AREA, Region.ARTICLE_END, Region.PAGE_HEADER, Region.ARTICLE, Region.SIDEBAR)
# A line with a date is short; so short, it is no sentence of the story.
_LONGEST, _ALONE = 200, 50
_TAIL = 60
_MOST_TIMES = 100
_DIGIT = re.compile(r"\d")


def shows_date(blocks: Blocks, boxes: AuthorBoxes) -> bool:
    """Whether a `time` element or a date in words or numbers stands there, in sight."""
    names = boxes.lexicon.names
    document, layout, items = boxes.document, boxes.layout, blocks.items
    times = (node for node in document.all("time")[:_MOST_TIMES] if boxes.region(node) in (Region.TITLE_AREA, Region.ARTICLE_END))
    if any(document.text(node) and _is_own(boxes, node) for node in times):
        return True
    # Most dates stand between the headline and the text, so that the rest of the page need not be read.
    behind = blocks.index_after(layout.first_paragraph)
    before = blocks.index_after(layout.headline) if layout.headline is not None else behind
    prose = frozenset(layout.paragraphs)
    for block in chain(items[before:behind], items[:before], items[max(before, behind) :]):
        line = _line(block, prose)
        if _DIGIT.search(line) and names.has_date(line) and boxes.region(block.node) in _PLACES and _is_own(boxes, block.node):
            return True
    return False


def _line(block: Block, prose: AbstractSet[int]) -> str:
    """The block, or what stands in brackets at its end: a sentence of the story may speak of a date, a paragraph end with the story's own."""
    text = block.text
    if len(text) <= _ALONE:
        return text
    size = len(text.strip())
    if size <= _ALONE or (size <= _LONGEST and block.node not in prose):
        return text
    return text[-_TAIL:].rpartition("(")[2]


def _is_own(boxes: AuthorBoxes, node: int) -> bool:
    return boxes.is_in_sight(node) and not boxes.is_other(node)
