"""Whether a reader sees when the piece was published or changed: a date in the title area or at the end of the piece."""

from __future__ import annotations

from checker.facts import Region
from checker.page.author_boxes import AuthorBoxes
from checker.page.blocks import Blocks

_PLACES = (Region.TITLE_AREA, Region.ARTICLE_END, Region.PAGE_HEADER, Region.ARTICLE)
# A line with a date is short; so many blocks around the headline, at the text's beginning and behind it are looked at.
_LONGEST = 200
_BEFORE, _AROUND, _BEHIND = 6, 30, 12
_TAIL = 60
_MOST_TIMES = 100


def shows_date(blocks: Blocks, boxes: AuthorBoxes) -> bool:
    """Whether a `time` element or a date in words or numbers stands there, in sight."""
    layout, document, items = boxes.layout, boxes.document, blocks.items
    if not items:
        return False
    headline = blocks.index_after(layout.headline if layout.headline is not None else layout.first_paragraph)
    first, last = blocks.index_after(layout.first_paragraph), blocks.index_after(layout.last_paragraph)
    places = dict.fromkeys((*range(max(0, headline - _BEFORE), min(first + 1, headline + _AROUND)), *range(last, last + _BEHIND)))
    for index in places:
        if index >= len(items) or boxes.region(items[index].node) not in _PLACES:
            continue
        block = items[index]
        # A long paragraph may end with the date in brackets.
        text = block.text if len(block.text) <= _LONGEST else block.text[-_TAIL:].rpartition("(")[2]
        if boxes.lexicon.names.has_date(text) and _is_own(boxes, block.node):
            return True
    times = (node for node in document.all("time")[:_MOST_TIMES] if boxes.region(node) in (Region.TITLE_AREA, Region.ARTICLE_END))
    return any(document.text(node) and _is_own(boxes, node) for node in times)


def _is_own(boxes: AuthorBoxes, node: int) -> bool:
    return boxes.is_in_sight(node) and not boxes.is_other(node)
