"""Whether a reader sees when the piece was published or changed: a date in a line of its own, or behind the text."""

from __future__ import annotations

from checker.facts import Region
from checker.page.author_boxes import AuthorBoxes
from checker.page.blocks import Blocks

_PLACES = (Region.TITLE_AREA, Region.ARTICLE_END, Region.PAGE_HEADER, Region.ARTICLE, Region.SIDEBAR)
# A line with a date is short; so short, it is no sentence of the story.
_LONGEST, _ALONE = 200, 50
_TAIL = 60
_MOST_TIMES = 100


def shows_date(blocks: Blocks, boxes: AuthorBoxes) -> bool:
    """Whether a `time` element or a date in words or numbers stands there, in sight."""
    document, prose = boxes.document, frozenset(boxes.layout.paragraphs)
    for block in blocks.items:
        # A sentence of the story may speak of a date; a paragraph may end with the story's own in brackets.
        size = len(block.text.strip())
        line = size <= _ALONE or (size <= _LONGEST and block.node not in prose)
        text = block.text if line else block.text[-_TAIL:].rpartition("(")[2]
        if boxes.lexicon.names.has_date(text) and boxes.region(block.node) in _PLACES and _is_own(boxes, block.node):
            return True
    times = (node for node in document.all("time")[:_MOST_TIMES] if boxes.region(node) in (Region.TITLE_AREA, Region.ARTICLE_END))
    return any(document.text(node) and _is_own(boxes, node) for node in times)


def _is_own(boxes: AuthorBoxes, node: int) -> bool:
    return boxes.is_in_sight(node) and not boxes.is_other(node)
