"""Who checked the piece and did not write it: "Medically reviewed by", "Fact checked by", `reviewedBy` of the data."""

from __future__ import annotations

from collections.abc import Iterator

from checker.facts import Reviewer, Spot
from checker.page.author_boxes import LONGEST_BYLINE, MAIN, AuthorBoxes
from checker.page.blocks import Blocks
from checker.page.byline_text import block_text
from checker.page.head import Head
from checker.text import fold, tidy

# So many blocks around the headline and behind the text are looked at.
_BEFORE, _AROUND, _BEHIND = 6, 40, 30
# The name may stand in a box of its own, right behind the words.
_NEXT = 3


def read_reviewers(blocks: Blocks, boxes: AuthorBoxes, head: Head) -> list[Reviewer]:
    """The reviewers, those whom readers see first."""
    found: dict[str, Reviewer] = {}
    for line, spot in _lines(blocks, boxes):
        for name, role in boxes.lexicon.names.reviewers(line, head.language):
            found.setdefault(fold(name.name), Reviewer(name.name, role, True, ("byline",), spot))
    for named in head.reviewers:
        for name in boxes.names(named.name):
            known = found.get(fold(name.name))
            if known is None:
                found[fold(name.name)] = Reviewer(name.name, "reviewer", False, (named.source,))
            elif named.source not in known.sources:
                found[fold(name.name)] = Reviewer(known.name, known.role, known.visible, (*known.sources, named.source), known.spot)
    return list(found.values())


def _lines(blocks: Blocks, boxes: AuthorBoxes) -> Iterator[tuple[str, Spot]]:
    """The short lines of the title area and of the end, with what stands in the next box where a line ends with the words."""
    layout, items, names = boxes.layout, blocks.items, boxes.lexicon.names
    headline = blocks.index_after(layout.headline if layout.headline is not None else layout.first_paragraph)
    first, last = blocks.index_after(layout.first_paragraph), blocks.index_after(layout.last_paragraph)
    indices = dict.fromkeys((*range(max(0, headline - _BEFORE), min(first + 1, headline + _AROUND)), *range(max(0, last - _BEFORE), last + _BEHIND)))
    short = [index for index in indices if index < len(items) and len(items[index].text) <= LONGEST_BYLINE]
    if not names.may_review("\n".join(items[index].text for index in short), boxes.language):
        return
    for index in short:
        text = block_text(boxes.document, items[index])
        if not names.may_review(text, boxes.language) or boxes.region(items[index].node) not in MAIN:
            continue
        if boxes.is_other(items[index].node) or not boxes.is_in_sight(items[index].node):
            continue
        if not names.reviewers(text, boxes.language):
            behind = (tidy(block.text) for block in items[index + 1 : index + 1 + _NEXT])
            text = "\n".join((text, next((line for line in behind if line), "")))
        yield text[: LONGEST_BYLINE + 40], blocks.spot(items[index], 0)
