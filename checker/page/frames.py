"""The frame of a picture: the element around it that holds this picture and what belongs to it, a caption or a credit, and no other picture."""

from __future__ import annotations

from collections.abc import Sequence

from checker.page.document import Document

# A box of more elements than this is a part of the page; its names say nothing of one picture in it.
BOX = 60
# A figure of more elements than this holds a gallery or a whole page, and its caption is nobody's in particular.
LARGEST = 400
# A figure is no further away from its picture than this.
_NEAR = 12
# Captions are shorter than this; a box with more text holds a story, not one picture.
_CAPTION = 500
_PARTS_OF_PAGE = ("body", "article", "main", "html")


def frames(document: Document, nodes: Sequence[int]) -> list[int]:
    """For each picture (in document order): the figure around it, else the largest element around it without a second one and with little text."""
    found: list[int] = []
    for index, node in enumerate(nodes):
        before = nodes[index - 1] if index else -1
        after = nodes[index + 1] if index + 1 < len(nodes) else len(document)
        found.append(figure if (figure := _figure(document, node)) is not None else _box(document, node, before, after))
    return found


def _figure(document: Document, node: int) -> int | None:
    for outer in document.ancestors(node, _NEAR):
        if document.tags[outer] in _PARTS_OF_PAGE:
            return None
        if document.tags[outer] == "figure":
            return outer if document.ends[outer] - outer <= LARGEST else None
    return None


def _box(document: Document, node: int, before: int, after: int) -> int:
    frame = node
    for outer in document.ancestors(node):
        alone = outer > before and document.ends[outer] <= after
        if document.tags[outer] in _PARTS_OF_PAGE or not alone or document.ends[outer] - outer > BOX or _much_text(document, outer):
            break
        if "footer" in document.tags[outer + 1 : document.ends[outer]]:
            break  # a © there is that of the recipe or the box
        frame = outer
    return frame


def _much_text(document: Document, node: int) -> bool:
    """Whether the element holds more text than a caption has."""
    return sum(len(piece.strip()) for piece in document.prose[document.first_piece[node] : document.last_piece[node]]) > _CAPTION
