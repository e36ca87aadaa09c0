"""What kind of block a stretch of text is: a heading, a paragraph, an item of a list, a caption …"""

from __future__ import annotations

from checker.page.document import Document

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# What a block is by the nearest of these around it; a paragraph in an item of a list is an item.
_KINDS = {
    "li": "item", "dt": "item", "dd": "item", "figcaption": "caption", "caption": "caption", "blockquote": "quote", "td": "table", "th": "table",
}  # fmt: skip
# So far out an element says what the block is.
_NEAR = 5


def kind_of(document: Document, node: int, *, is_text: bool) -> tuple[str, int | None]:
    """The kind of the block that begins in this element, and the level of a heading. `is_text`: it is running text of the piece."""
    tags, parents, kind = document.tags, document.parents, "paragraph" if is_text else "other"
    for at in range(_NEAR + 1):
        if node < 0:
            break
        tag, node = tags[node], parents[node]
        if tag in _HEADINGS:
            return "heading", _HEADINGS[tag]
        if tag in _KINDS:
            return _KINDS[tag], None
        if tag in ("p", "pre"):
            kind = "paragraph"
        elif tag in ("nav", "body", "article", "main") and at:
            break
    return kind, None
