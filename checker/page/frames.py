"""The frame of a picture: the element around it that holds this picture and what belongs to it, a caption or a credit, and no other picture."""

from __future__ import annotations

from collections.abc import Sequence

from checker.page.document import Document
from checker.page.pictures import Picture

# A box of more elements than this is a part of the page; its names say nothing of one picture in it.
BOX = 60
# A figure of more elements than this holds a gallery or a whole page, and its caption is nobody's in particular.
LARGEST = 400
# A figure is no further away from its picture than this.
_NEAR = 12
# Captions are shorter than this; a box with more text holds a story, not one picture.
_CAPTION = 500
_PARTS_OF_PAGE = ("body", "article", "main", "html")


def frames(document: Document, pictures: Sequence[Picture]) -> list[int]:
    """For each picture (in document order): the figure around it, else the largest element around it without a second one and with little text."""
    nodes = [-1, *(picture.node for picture in pictures), len(document)]
    found: list[int] = []
    for picture, before, after in zip(pictures, nodes, nodes[2:], strict=False):
        figure = _figure(document, picture)
        found.append(figure if figure is not None else _box(document, picture, before, after))
    return found


def _figure(document: Document, picture: Picture) -> int | None:
    tags = document.tags
    for outer in picture.around[:_NEAR]:
        if tags[outer] in _PARTS_OF_PAGE:
            return None
        if tags[outer] == "figure":
            return outer if document.ends[outer] - outer <= LARGEST else None
    return None


def _box(document: Document, picture: Picture, before: int, after: int) -> int:
    prose, tags, ends, first_piece, last_piece = document.prose, document.tags, document.ends, document.first_piece, document.last_piece
    frame = picture.node
    first = last = first_piece[frame]
    text = 0
    for outer in picture.around:
        end = ends[outer]
        if outer <= before or end > after or end - outer > BOX or tags[outer] in _PARTS_OF_PAGE:
            break
        # The element's text grows with the element: only what it has more than the one inside is counted.
        if first_piece[outer] < first or last < last_piece[outer]:
            text += sum([len(piece.strip()) for piece in (*prose[first_piece[outer] : first], *prose[last : last_piece[outer]])])
        first, last = first_piece[outer], last_piece[outer]
        # A © in a footer is that of the recipe or the box.
        if text > _CAPTION or "footer" in tags[outer + 1 : end]:
            break
        frame = outer
    return frame
