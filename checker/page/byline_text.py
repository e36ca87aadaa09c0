"""The text of a byline as its reader sees it: lines where the page breaks, bars between neighbours that are alike."""

from __future__ import annotations

import re
from bisect import bisect_right

from checker.page.blocks import Block
from checker.page.document import Document
from checker.text import tidy

BAR = " | "
_SPACE = re.compile(r"\s+")


def element_text(document: Document, node: int) -> str:
    """The element's text; line feeds where a box or line ends, bars between elements of one kind: two links in a row are two names."""
    return _text(document, document.first_piece[node], document.last_piece[node])


def block_text(document: Document, block: Block) -> str:
    """The block's text in the same form."""
    return _text(document, block.first, block.last)


def _text(document: Document, first: int, last: int) -> str:
    breaks, tags, prose = document.breaks, document.tags, document.prose
    inked = [piece for piece in range(first, last) if prose[piece] and not prose[piece].isspace()]
    if len(inked) == 1 and tags[document.owner(inked[0])] != "br":
        return tidy(prose[inked[0]])
    cut = bisect_right(breaks, first)
    parts: list[str] = []
    before = -1
    broken = spaced = False
    for piece in range(first, last):
        while cut < len(breaks) and breaks[cut] <= piece:
            broken, cut = True, cut + 1
        text, owner = prose[piece], document.owner(piece)
        if tags[owner] == "br":
            broken = True
            continue
        if not text.strip():
            spaced = spaced or bool(text)
            continue
        if parts:
            parts.append(_gap(document, before, owner, parts[-1], text, broken=broken, spaced=spaced))
        parts.append(_SPACE.sub(" ", text))
        before, broken, spaced = owner, False, False
    return "\n".join(filter(None, map(tidy, "".join(parts).split("\n"))))


def _gap(document: Document, before: int, owner: int, left: str, right: str, *, broken: bool, spaced: bool) -> str:
    """What stands between two stretches of text."""
    if owner == before or document.within(owner, before) or document.within(before, owner):
        return "\n" if broken else " " if spaced else ""
    one, other = _siblings(document, before, owner)
    if is_alike(document, one, other):
        two = len(left.split()) > 1 and len(right.split()) > 1
        if (
            document.tags[owner] in ("a", "li")
            or document.tags[other] == "li"
            or (broken and document.attrs[other].get("class"))
            or (two and not broken)
        ):
            return BAR
    return "\n" if broken or (not spaced and not (left[-1:].isspace() or right[:1].isspace()) and not _goes_on(left, right)) else " "


def is_alike(document: Document, one: int, other: int) -> bool:
    """Whether two elements are of one kind: the same tag and, where they have classes, one of them in common."""
    if document.tags[one] != document.tags[other]:
        return False
    names, others = (set(document.attrs[node].get("class", "").split()) for node in (one, other))
    return bool(names & others) or not (names or others)


def _siblings(document: Document, one: int, other: int) -> tuple[int, int]:
    """The children of the nearest common parent that hold the two elements."""
    for outer in document.near(one):
        parent = document.parents[outer]
        if parent < 0 or document.within(other, parent):
            return outer, next((around for around in document.near(other) if document.parents[around] == parent), other)
    return one, other


def _goes_on(left: str, right: str) -> bool:
    """Whether a sign at the edge already separates: "By:" and "Ada Quill", "Ada Quill" and ", Ben Marsh"."""
    return not left[-1:].isalnum() or not right[:1].isalnum()
