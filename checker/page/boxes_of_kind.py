"""The elements whose names say that they are a box of one kind, in document order."""

from __future__ import annotations

from checker.page.document import Document
from checker.page.layout import Layout


def boxes_of_kind(document: Document, layout: Layout, kind: str) -> list[int]:
    """The elements of which `layout.kinds` tells the kind."""
    kinds = layout.kinds
    plain = {tag for tag in document.by_tag if "-" not in tag}
    tags = document.tags
    return [node for node, attrs in enumerate(document.attrs) if (attrs or tags[node] not in plain) and kind in kinds(node)]
