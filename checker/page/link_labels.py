"""Labels and signs that mark paid links: which links they speak for."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from checker.facts import Notice, Placement, Region
from checker.lexicon.notices import Statement
from checker.page.blocks import Block
from checker.page.document import Document
from checker.page.label_boxes import APART, has_paragraph, is_advert, is_banner, is_card, is_slot, speaks_of_another
from checker.page.notice_context import NoticeContext, placement_of
from checker.text import clip

# A label stands for the links of the box it heads; a box of more elements than this is a part of the page, not a box.
_LARGEST_BOX = 400
_LONGEST_LABEL = 40
# A line that a label shares with its link has fewer pieces of text and links than this.
_MOST_PIECES = 40
# A label heads the piece with no more elements than this between the two: a standfirst, a byline, a date.
_NEAR = 12
_VOID = frozenset(("br", "hr", "wbr"))


def label_beside_link(page: NoticeContext, block: Block) -> list[Statement]:
    """A label in the line of the paid link that it marks, with nothing but space and signs between the two and on the label's other side."""
    if not page.paying or block.last - block.first > _MOST_PIECES:
        return []
    document, prose = page.document, page.document.prose
    lead = bisect_left(page.paying, block.first, key=lambda link: document.first_piece[link.spot.node])
    links = [link.spot.node for link in page.paying[lead : lead + _MOST_PIECES] if document.first_piece[link.spot.node] < block.last]
    at = 0
    for piece in range(block.first, block.last if links else block.first):
        text = prose[piece]
        if 0 < len(text.strip()) <= _LONGEST_LABEL:
            before, after = "".join(prose[block.first : piece]).rstrip()[-1:], "".join(prose[piece + 1 : block.last]).lstrip()[:1]
            heads = not before.isalnum() and any(
                piece < first and not "".join(prose[piece + 1 : first]).strip() for first in _starts(document, links)
            )
            tails = not after.isalnum() and any(last <= piece and not "".join(prose[last:piece]).strip() for last in _ends(document, links))
            for statement in page.lexicon.notices.judge(text, page.head.languages, page.head.own_names) if heads or tails else ():
                if statement.kind == "ad_label":
                    return [replace(statement, start=at + statement.start, end=at + statement.end)]
        at += len(text)
    return []


def _starts(document: Document, nodes: list[int]) -> list[int]:
    return [document.first_piece[node] for node in nodes]


def _ends(document: Document, nodes: list[int]) -> list[int]:
    return [document.last_piece[node] for node in nodes]


def label_of(page: NoticeContext, owner: int, notice: Notice) -> Notice | None:
    """A short label counts only where it heads the piece, or heads or marks paid links: in the same small box, or right before one."""
    document = page.document
    if len(notice.text) > _LONGEST_LABEL:
        return None
    if _heads_piece(page, owner, notice):
        return notice
    box = owner
    for outer in document.near(owner):
        if outer in page.layout.frame or document.ends[outer] - outer > _LARGEST_BOX:
            break
        box = outer
        covered = page.paying_in(box)
        if not covered and _ends_its_reach(page, box, owner):
            return None
        if covered and (_is_empty_slot(page, owner) or covered[-1].spot.node < owner) and has_paragraph(page, box):
            return None  # no label stands behind running text, or in a box of its own that is named as an advertisement's
        if covered:
            after = [link for link in covered if link.spot.node > owner] or covered
            places = {link.spot.node for link in after}
            first = page.foremost or covered[0]
            placement = Placement.BEFORE if first.spot.node in places and owner <= first.spot.node else Placement.AFTER
            return replace(notice, covers=tuple(link.href for link in covered), placement=placement)
    return None


def _is_empty_slot(page: NoticeContext, owner: int) -> bool:
    """Whether a box that is named as an advertisement's holds the label and nothing else, as one does that has not been filled."""
    parent = page.document.parents[owner]
    return parent >= 0 and page.document.text(parent) == page.document.text(owner) and is_advert(page, parent)


def _ends_its_reach(page: NoticeContext, box: int, owner: int) -> bool:
    """Whether a label in a box without a paid link speaks of nothing outside it: of a slot, an aside, a card for another page."""
    if page.document.tags[box] in APART or is_slot(page, box, owner, heads=False):
        return True
    if page.layout.is_in(box, "product_box"):
        return False  # the name and the picture of a product may link to a page about it
    document, below = page.document, page.document.ends[box]
    beside = below < len(document) and document.parents[below] == document.parents[box] and is_banner(page, below)
    return is_card(page, box, owner, heads=False) or (beside and document.text(box) == document.text(owner))


def at_its_links(page: NoticeContext, block: Block, notice: Notice) -> Notice:
    """A label in the words of the trade, "(paid link)", speaks for the links of its own block, and where there are none for the page."""
    covered = page.paying_in(block.node)
    if not covered:
        return notice
    first = page.foremost or covered[0]
    placement = Placement.BEFORE if any(link.spot.node == first.spot.node for link in covered) else notice.placement
    return replace(notice, covers=tuple(dict.fromkeys(link.href for link in covered)), placement=placement)


def _heads_piece(page: NoticeContext, owner: int, notice: Notice) -> bool:
    """Whether the label stands right above the headline or the first paragraph, with nothing but text between: behind the label of an ordinary
    advertisement stands the place of that advertisement."""
    document, layout = page.document, page.layout
    if not (notice.opening or notice.region is Region.TITLE_AREA) or layout.headline is None or layout.is_in(owner, "advert"):
        return False
    if any(document.tags[outer] in APART for outer in document.ancestors(owner, _NEAR)) or speaks_of_another(page, owner, heads=True):
        return False
    box = owner
    while (
        (parent := document.parents[box]) >= 0
        and parent not in layout.frame
        and not document.within(layout.headline, parent)
        and (document.text(parent) == document.text(box))
    ):
        box = parent
    if any(not document.text(node) for node in range(box, document.ends[box]) if document.tags[node] not in _VOID):
        return False
    below = document.ends[box]
    if below >= len(document):
        return False
    what = layout.headline if box < layout.headline else layout.first_paragraph
    lead = range(below, what)
    return len(lead) <= _NEAR and all(document.text(node) for node in lead if document.tags[node] not in _VOID)


def weigh_labels(page: NoticeContext, notices: list[Notice]) -> list[Notice]:
    """Labels speak for the links they mark: where they leave paid links unmarked, they are no plain notice of the page."""
    labels = [notice for notice in notices if notice.kind == "ad_label" and not notice.hidden and notice.covers != "page"]
    covered = {href for label in labels if label.clarity == "clear" for href in label.covers}
    due = [link for link in page.paying if link.sets_order] or page.paying
    if all(link.href in covered for link in due):
        return notices
    return [replace(notice, clarity="weak") if notice in labels else notice for notice in notices]


def notices_by_sign(page: NoticeContext) -> list[Notice]:
    """A sign such as an asterisk right behind paid links of the article: one notice for all links that carry it, and weak by itself."""
    document, signs = page.document, page.lexicon.markup.link_signs
    marked = [link for link in page.paying if link.sets_order and sign_at(document, link.spot.node, signs)]
    if not marked:
        return []
    first = marked[0]
    sign = sign_at(document, first.spot.node, signs) or ""
    return [
        Notice(
            spot=first.spot,
            text=clip(first.text if first.text.endswith(sign) else f"{first.text} {sign}", 220),
            kind="affiliate",
            clarity="weak",
            placement=placement_of(page, first.spot.node),
            region=first.region,
            hidden=first.hidden,
            language=page.head.language or "",
            signals=("symbol",),
            covers=tuple(dict.fromkeys(link.href for link in marked)),
            place=first.place,
        )
    ]


def sign_at(document: Document, node: int, signs: tuple[str, ...]) -> str | None:
    """The sign that the link's text ends with, or that follows it at once."""
    last = document.last_piece[node]
    inside = "".join(document.prose[document.first_piece[node] : last]).rstrip()
    behind = document.prose[last].lstrip(" \u00a0([") if last < len(document.prose) and not document.breaks_before(last) else ""
    return next((sign for sign in signs if (inside.endswith(sign) and inside != sign) or behind.startswith(sign)), None)
