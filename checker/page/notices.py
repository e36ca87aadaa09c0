"""Notices of a page: statements found in its text, with where they stand, whether a page sees them and what they cover."""

from __future__ import annotations

from collections.abc import Iterable

from checker.facts import Link, Notice, Region, Tier
from checker.lexicon import Lexicon
from checker.lexicon.notices import Statement
from checker.page.blocks import Block, Blocks
from checker.page.document import Document
from checker.page.head import Head
from checker.page.hidden import Hidden
from checker.page.label_boxes import in_teaser, speaks_of_another
from checker.page.layout import Layout
from checker.page.link_labels import at_its_links, label_beside_link, label_of, notices_by_sign, weigh_labels
from checker.page.notice_context import NoticeContext, placement_of
from checker.page.unseen_notices import unseen_notices
from checker.text import clip, fold, tidy

# Somebody else's words, or another story's.
_QUOTES = frozenset(("blockquote", "q", "cite", "code", "pre", "samp", "del"))
_FURNITURE = frozenset((Region.PAGE_HEADER, Region.NAVIGATION, Region.PAGE_FOOTER, Region.SIDEBAR))
# So many telling words of a statement are looked at to see whether it is a quotation.
_MOST_WORDS = 40
_CONTROLS = frozenset(("a", "button", "summary", "label"))


def read_notices(
    document: Document, blocks: Blocks, layout: Layout, hidden: Hidden, head: Head, lexicon: Lexicon, links: Iterable[Link]
) -> list[Notice]:
    """The page's notices in document order, hidden ones (marked as such) and claims about the publisher's income included."""
    paying = tuple(link for link in links if link.affiliate is not Tier.POSSIBLE and link.region is not Region.COMMENTS)
    first = next((link for link in paying if link.sets_order), None)
    page = NoticeContext(document, blocks, layout, hidden, head, lexicon, paying, first)
    found: list[Notice] = []
    seen = -1
    for place in lexicon.notices.scan(fold(blocks.text)):
        index = blocks.index_at(place)
        if index == seen:
            continue
        seen = index
        block = blocks.items[index]
        statements = lexicon.notices.judge(block.text, head.languages, head.own_names)
        if not any(statement.clarity == "clear" for statement in statements):
            # A label says more than the trade's own words; a weak one no more than they.
            labels = label_beside_link(page, block)
            statements = [label for label in labels if label.clarity == "clear"] or statements or labels
        for statement in statements:
            notice = _notice(page, index, statement, place - block.place)
            if notice is not None:
                found.append(notice)
    if not any("symbol" in notice.signals for notice in found):  # with a key to the sign, the key is the notice
        found += notices_by_sign(page)
    found = [*weigh_labels(page, found), *unseen_notices(page)]
    found.sort(key=lambda notice: (notice.spot.node, notice.spot.skip or 0))
    return found


def _notice(page: NoticeContext, index: int, statement: Statement, hit: int) -> Notice | None:
    """The statement as a notice of this page; `hit` is the place of the block's first telling word."""
    document, blocks, layout = page.document, page.blocks, page.layout
    block = blocks.items[index]
    owner = blocks.owner_at(block, _first_letter(block.text, statement.start))
    chain = tuple(document.near(owner))
    denies = statement.kind == "claim" or "denial" in statement.signals
    if _is_quoted(page, block, statement, chain) and (denies or not _is_callout(page, index, chain)):
        return None
    region = layout.region(owner)
    if region is Region.COMMENTS or (region is Region.RELATED and statement.kind != "ad_label"):
        return None
    if statement.kind == "sponsored" and region in _FURNITURE:
        return None  # it speaks of another page, or of the site's business in general
    control = _control(page, block, statement) if statement.kind != "policy_link" else _control_at(page, block, hit)
    if control is not None and statement.kind != "policy_link" and document.tags[control] == "a" and _is_teaser(page, control):
        return None
    if any(document.tags[node] == "a" and "href" in document.attrs[node] and _is_card(document, node) for node in chain):
        return None
    if in_teaser(page, owner, listed=not statement.bare):
        return None
    opening = _is_opening(page, owner, region)
    above = layout.headline is not None and (owner < layout.headline or document.within(owner, layout.headline))
    if statement.bare and speaks_of_another(page, _holder(page, block, statement), heads=opening or above):
        return None
    hidden_by = page.hidden.how(owner)
    notice = Notice(
        spot=blocks.spot(block, statement.start, statement.end),
        text=clip(statement.text, 220),
        kind=statement.kind,
        clarity=statement.clarity,
        placement=placement_of(page, owner),
        region=region,
        hidden=hidden_by is not None and hidden_by != "details",
        language=statement.language,
        signals=tuple(statement.signals),
        hidden_by=hidden_by,
        revealable=hidden_by is not None and (_plugin_box(page, owner) or page.hidden.revealable(owner)),
        link_only=control is not None,
        href=document.attrs[control].get("href") if control is not None else None,
        place=blocks.ink_at(index, statement.start),
        opening=opening,
        above_headline=above,
    )
    if statement.kind == "ad_label":
        return label_of(page, owner, notice)
    if statement.kind == "affiliate" and "pays" not in statement.signals and any(signal.startswith("label:") for signal in statement.signals):
        return at_its_links(page, block, notice)
    if statement.kind == "policy_link" and control is None:
        return None
    return notice


def _is_opening(page: NoticeContext, owner: int, region: Region) -> bool:
    """Whether a reader comes to it no later than in the first block of the text."""
    layout = page.layout
    if region is Region.TITLE_AREA or not layout.paragraphs:
        return region is Region.TITLE_AREA
    return region in (Region.ARTICLE, Region.PAGE_HEADER, Region.PRODUCT_BOX) and owner < page.document.ends[layout.first_paragraph]


def _first_letter(text: str, start: int) -> int:
    while start < len(text) - 1 and text[start].isspace():
        start += 1
    return start


def _holder(page: NoticeContext, block: Block, statement: Statement) -> int:
    """The smallest element that holds the whole statement."""
    document, blocks = page.document, page.blocks
    last = blocks.owner_at(block, max(statement.start, min(statement.end, len(block.text)) - 1))
    owner = blocks.owner_at(block, _first_letter(block.text, statement.start))
    return next((node for node in document.near(owner) if document.within(last, node)), block.node)


def _is_quoted(page: NoticeContext, block: Block, statement: Statement, chain: tuple[int, ...]) -> bool:
    """Whether the statement stands in somebody else's words: all of it, or every telling word of it."""
    document, blocks = page.document, page.blocks
    if any(document.tags[node] in _QUOTES for node in chain):
        return True
    if block.last - block.first == 1:
        return False
    telling = page.lexicon.notices.scan(fold(block.text[statement.start : statement.end]))[:_MOST_WORDS]
    owners = {blocks.owner_at(block, statement.start + at) for at in telling}
    return bool(owners) and all(any(document.tags[outer] in _QUOTES for outer in document.near(owner)) for owner in owners)


def _control(page: NoticeContext, block: Block, statement: Statement) -> int | None:
    """The link or button that holds the whole statement and little else; None where the statement stands in the text."""
    document, blocks = page.document, page.blocks
    owner = blocks.owner_at(block, _first_letter(block.text, statement.start))
    last = blocks.owner_at(block, max(statement.start, min(statement.end, len(block.text)) - 1))
    for node in document.near(owner):
        if document.tags[node] in _CONTROLS:
            return node if document.within(last, node) else None
        if document.tags[node] in ("p", "div", "li", "section", "body"):
            break
    return None


def _control_at(page: NoticeContext, block: Block, at: int) -> int | None:
    """The link or button that holds this character of the block."""
    document = page.document
    owner = page.blocks.owner_at(block, max(0, min(at, len(block.text) - 1)))
    return next((node for node in document.near(owner) if document.tags[node] in _CONTROLS), None)


def _is_callout(page: NoticeContext, index: int, chain: tuple[int, ...]) -> bool:
    """Whether a quotation is the publisher's own box: templates use `blockquote` for one, and nothing before it announces a quotation."""
    if page.first is None or not any(page.document.tags[node] == "blockquote" for node in chain):
        return False
    before = tidy(page.blocks.items[index - 1].text) if index else ""
    return not before.endswith((":", "："))


def _is_teaser(page: NoticeContext, control: int) -> bool:
    """Whether the link is a card for another page: it holds a heading or a picture, or much more than the statement."""
    document = page.document
    return any(True for _ in document.inside(control, "h1", "h2", "h3", "h4", "img", "picture", "p")) or any(
        document.tags[node] in ("h1", "h2", "h3", "h4") for node in document.ancestors(control)
    )


def _is_card(document: Document, link: int) -> bool:
    return any(True for _ in document.inside(link, "h1", "h2", "h3", "h4", "img", "picture"))


def _plugin_box(page: NoticeContext, owner: int) -> bool:
    return any("revealed_by_script" in page.layout.kinds(node) for node in page.document.near(owner))
