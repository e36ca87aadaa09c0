"""What reading notices needs to know of a page, and where a notice stands in its order."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from checker.facts import Link, Placement
from checker.lexicon import Lexicon
from checker.link_order import first_in_order
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

    @property
    def foremost(self) -> Link | None:
        """The paying link that a notice should come before."""
        return self.first or first_in_order(self.paying)

    def paying_in(self, box: int) -> tuple[Link, ...]:
        """The paying links inside the element."""
        low, high = (bisect_left(self.paying, edge, key=lambda link: link.spot.node) for edge in (box, self.document.ends[box]))
        return self.paying[low:high]

    def pays_in(self, box: int) -> bool:
        """Whether a paying link stands inside the element."""
        return bool(self.paying_in(box))


def placement_of(page: NoticeContext, node: int) -> Placement:
    """Whether an element comes before the first paid link of the article, or of the page where the article has none."""
    foremost = page.foremost
    if foremost is None:
        return Placement.NO_LINK
    return Placement.BEFORE if node < foremost.spot.node else Placement.AFTER
