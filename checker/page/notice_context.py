"""What reading notices needs to know of a page, and where a notice stands in its order."""

from __future__ import annotations

from dataclasses import dataclass

from checker.facts import Link, Placement
from checker.lexicon import Lexicon
from checker.page.blocks import Blocks
from checker.page.document import Document
from checker.page.head import Head
from checker.page.hidden import Hidden
from checker.page.layout import Layout


@dataclass(frozen=True, slots=True)
class NoticeContext:
    """The page, its paying links outside the comments, and the first of them that sets the order (None where none does)."""

    document: Document
    blocks: Blocks
    layout: Layout
    hidden: Hidden
    head: Head
    lexicon: Lexicon
    paying: tuple[Link, ...]
    first: Link | None


def placement_of(page: NoticeContext, node: int) -> Placement:
    """Whether an element comes before the first paid link of the article, or of the page where the article has none."""
    if page.first is None:
        return Placement.NO_LINK if not page.paying else Placement.BEFORE if node < page.paying[0].spot.node else Placement.AFTER
    return Placement.BEFORE if node < page.first.spot.node else Placement.AFTER
