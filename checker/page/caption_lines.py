"""Lines of a caption that only their place or form makes a credit: the last, one behind a drawn camera, the same under many pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from checker.page.document import Document
from checker.page.layout import Layout
from checker.text import fold, tidy

_QUOTES = ('"', "“", "„", "«", "‘", "「")
# A line that is only a maker is no longer.
_MAKER = 60
# So many pictures of a page must have the same line: then it says whose they are, not what they show.
_REPEATED = 3
# Elements in which small print stands right behind a picture.
_SMALL_PRINT = ("small", "em", "i", "cite", "figcaption", "sub", "sup", "font")
_ACTIVE = ("a", "button", "label", "summary")


def last_line(document: Document, box: int) -> tuple[int, str] | None:
    """The element and text of a last line behind a description: an element of its own, or what follows a line break."""
    pieces = range(document.first_piece[box], document.last_piece[box])
    last = next((piece for piece in reversed(pieces) if not document.prose[piece].isspace() and document.prose[piece]), None)
    if last is None:
        return None
    owner, first = document.owner(last), last
    if owner == box:
        broken = [node for node in document.inside(box, "br") if document.first_piece[node] <= last]
        if not broken or not (first := document.first_piece[broken[-1]]):
            return None
    elif not document.within(owner, box) or any(document.tags[outer] in ("a", "button") for outer in document.near(owner) if outer > box):
        return None
    else:
        first = document.first_piece[owner]
    before = tidy("".join(document.prose[document.first_piece[box] : first]))
    if (len(before.split()) < 3 and not (len(before) > 8 and not before.isascii())) or before.startswith(_QUOTES):
        return None  # no description, or somebody's words and who said them
    return owner, tidy("".join(document.prose[first : last + 1]))


def behind_camera(document: Document, layout: Layout, box: int) -> str:
    """What stands behind the drawing of a camera in a caption: `<i class="fa fa-camera"></i> Jane Doe`."""
    for node in range(box + 1, document.ends[box]):
        if "camera" in layout.kinds(node) and not document.text(node):
            return tidy("".join(document.prose[document.last_piece[node] : document.last_piece[box]]))
    return ""


def line_of(document: Document, frame: int, picture: int, caption: int | None) -> tuple[int, str] | None:
    """The short line that belongs to the picture: its whole caption, or the small print right behind it."""
    if caption is not None:
        text = document.text(caption)
        return (caption, text) if 0 < len(text) <= _MAKER else None
    end = document.ends[picture]
    for node in range(end, min(len(document), max(document.ends[frame], end) + _REPEATED + 1)):
        if document.tags[node] in _SMALL_PRINT and (text := document.text(node)):
            between = "".join(document.prose[document.last_piece[picture] : document.first_piece[node]])
            active = any(document.tags[outer] in _ACTIVE for outer in document.near(node))
            return (node, text) if len(text) <= _MAKER and not between.strip() and not active else None
    return None


def repeated(lines: Iterable[str], titles: Sequence[str]) -> frozenset[str]:
    """The lines that stand under so many pictures that they say whose these are; what the page is about is in its titles too."""
    about = " ".join(map(fold, titles))
    counted = Counter(map(fold, lines))
    return frozenset(line for line, times in counted.items() if times >= _REPEATED and line not in about)
