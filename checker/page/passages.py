"""The texts of a page as its readers meet them, with what each is; read only where a rule asks for wordings or places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from checker.facts import Passage, Region
from checker.page.blocks import Block, Blocks
from checker.page.document import Document
from checker.page.hidden import Hidden
from checker.page.layout import Layout
from checker.text import strip_invisible

# What a browser shows as one space; a no-break space is a character of its own.
_COLLAPSED = re.compile(r"[ \t\n\r\f]+")
_HEADINGS = frozenset(("h2", "h3", "h4"))
_MAIN = frozenset((Region.TITLE_AREA, Region.ARTICLE))
# A heading right behind the headline with so many characters says more than a section's title.
_SAYS_MORE = 25
# An element's own names and those of so many around it may call it a standfirst.
_NEAR = 2


def read_passages(document: Document, blocks: Blocks, layout: Layout, hidden: Hidden) -> tuple[Passage, ...]:
    """The passages in reading order. Where a part of a paragraph is hidden it is a passage of its own."""
    texts = set(layout.paragraphs)
    found: list[Passage] = []
    headed, told = False, 0
    for index, block in enumerate(blocks.items):
        role = "other"
        if layout.headline is not None and document.within(block.node, layout.headline):
            role, headed = "headline", True
        elif headed and told < 2 and _is_standfirst(document, layout, block, after_headline=found[-1].role == "headline"):
            role = "standfirst"
        elif block.node in texts:
            role, told = "text", told + headed
        for how, start, text in _parts(document, hidden, block):
            spot = blocks.spot(block, start)
            found.append(Passage(spot, text, role, layout.region(block.node), blocks.ink_at(index, start), how))
    return tuple(found)


def _is_standfirst(document: Document, layout: Layout, block: Block, *, after_headline: bool) -> bool:
    """Whether the markup says so, or the passage is a second heading right under the headline."""
    node = block.node
    if layout.region(node) not in _MAIN:
        return False
    around = [node, *document.ancestors(node, _NEAR)]
    if any("standfirst" in layout.kinds(outer) for outer in around if outer not in layout.frame):
        return True
    return (
        after_headline and len(block.text) >= _SAYS_MORE and any(document.tags[outer] in _HEADINGS or _in_group(document, outer) for outer in around)
    )


def _in_group(document: Document, node: int) -> bool:
    parent = document.parents[node]
    return parent >= 0 and document.tags[parent] == "hgroup"


def _parts(document: Document, hidden: Hidden, block: Block) -> Iterator[tuple[str | None, int, str]]:
    """How the part is hidden, where in the block it starts, and its text; one part for all of the block that is hidden alike."""
    parts: dict[str | None, list[str]] = {}
    starts: dict[str | None, int] = {}
    at = 0
    for piece in range(block.first, block.last):
        text = document.prose[piece]
        if text:
            how = hidden.how(document.owner(piece))
            if not text.isspace():
                starts.setdefault(how, at)
            parts.setdefault(how, []).append(text)
        at += len(text)
    for how, start in sorted(starts.items(), key=lambda pair: pair[1]):
        yield how, start, _COLLAPSED.sub(" ", strip_invisible(normalize("NFC", "".join(parts[how])))).strip(" ")
