"""Notices of a page: statements found in its text, with where they stand, whether a reader sees them and what they cover."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace

from checker.lexicon import Lexicon
from checker.lexicon.notices import Statement
from checker.model import Link, Notice, Placement, Region, Spot, Tier
from checker.page.blocks import Block, Blocks
from checker.page.brought import empty_boxes, generated_texts
from checker.page.document import Document
from checker.page.head import Head
from checker.page.hidden import Hidden
from checker.page.layout import Layout
from checker.text import clip, fold, tidy

# Somebody else's words, or another story's.
_QUOTES = frozenset(("blockquote", "q", "cite", "code", "pre", "samp", "del"))
_FURNITURE = frozenset((Region.PAGE_HEADER, Region.NAVIGATION, Region.PAGE_FOOTER, Region.SIDEBAR))
_CONTROLS = frozenset(("a", "button", "summary", "label"))
# A label stands for the links of the box it heads; a box of more elements than this is a part of the page, not a box.
_LARGEST_BOX = 400
_LONGEST_LABEL = 40
# A line that a label shares with its link has fewer pieces of text and links than this.
_MOST_PIECES = 40


@dataclass(frozen=True, slots=True)
class _Reader:
    """What reading notices needs to know of the page."""

    document: Document
    blocks: Blocks
    layout: Layout
    hidden: Hidden
    head: Head
    lexicon: Lexicon
    paying: tuple[Link, ...]
    first: Link | None


def read_notices(
    document: Document, blocks: Blocks, layout: Layout, hidden: Hidden, head: Head, lexicon: Lexicon, links: Iterable[Link]
) -> list[Notice]:
    """The page's notices in document order, hidden ones (marked as such) and claims about the publisher's income included."""
    paying = tuple(link for link in links if link.affiliate is not Tier.POSSIBLE and link.region is not Region.COMMENTS)
    first = next((link for link in paying if link.sets_order), None)
    reader = _Reader(document, blocks, layout, hidden, head, lexicon, paying, first)
    found: list[Notice] = []
    seen = -1
    for place in lexicon.notices.scan(fold(blocks.text)):
        index = blocks.index_at(place)
        if index == seen:
            continue
        seen = index
        block = blocks.items[index]
        statements = lexicon.notices.judge(block.text, head.languages, head.own_names) or _label_beside_link(reader, block)
        for statement in statements:
            notice = _notice(reader, index, statement, place - block.place)
            if notice is not None:
                found.append(notice)
    if not any("symbol" in notice.signals for notice in found):  # with a key to the sign, the key is the notice
        found += _signs(reader)
    found = [*_weigh_labels(reader, found), *_unseen(reader)]
    found.sort(key=lambda notice: (notice.spot.node, notice.spot.skip or 0))
    return found


def _notice(reader: _Reader, index: int, statement: Statement, hit: int) -> Notice | None:
    """The statement as a notice of this page; `hit` is the place of the block's first telling word."""
    document, blocks, layout = reader.document, reader.blocks, reader.layout
    block = blocks.items[index]
    owner = blocks.owner_at(block, _first_letter(block.text, statement.start))
    chain = tuple(document.near(owner))
    denies = statement.kind == "claim" or "denial" in statement.signals
    if _is_quoted(reader, block, statement, chain) and (denies or not _is_callout(reader, index, chain)):
        return None
    region = layout.region(owner)
    if region is Region.COMMENTS or (region is Region.RELATED and statement.kind != "ad_label"):
        return None
    if statement.kind == "sponsored" and region in _FURNITURE:
        return None  # it speaks of another page, or of the site's business in general
    control = _control(reader, block, statement) if statement.kind != "policy_link" else _control_at(reader, block, hit)
    if control is not None and statement.kind != "policy_link" and document.tags[control] == "a" and _is_teaser(reader, control):
        return None
    if any(document.tags[node] == "a" and "href" in document.attrs[node] and _is_card(document, node) for node in chain):
        return None
    hidden_by = reader.hidden.how(owner)
    notice = Notice(
        spot=blocks.spot(block, statement.start, statement.end),
        text=clip(statement.text, 220),
        kind=statement.kind,
        clarity=statement.clarity,
        placement=_placement(reader, owner),
        region=region,
        hidden=hidden_by is not None and hidden_by != "details",
        language=statement.language,
        signals=tuple(statement.signals),
        hidden_by=hidden_by,
        revealable=hidden_by is not None and (_plugin_box(reader, owner) or reader.hidden.revealable(owner)),
        link_only=control is not None,
        href=document.attrs[control].get("href") if control is not None else None,
        place=blocks.ink_at(index, statement.start),
    )
    if statement.kind == "ad_label":
        return _label(reader, owner, notice)
    if statement.kind == "policy_link" and control is None:
        return None
    return notice


def _first_letter(text: str, start: int) -> int:
    while start < len(text) - 1 and text[start].isspace():
        start += 1
    return start


def _is_quoted(reader: _Reader, block: Block, statement: Statement, chain: tuple[int, ...]) -> bool:
    """Whether the statement stands in somebody else's words: all of it, or every telling word of it."""
    document, blocks = reader.document, reader.blocks
    if any(document.tags[node] in _QUOTES for node in chain):
        return True
    if block.last - block.first == 1:
        return False
    telling = reader.lexicon.notices.scan(fold(block.text[statement.start : statement.end]))[:_MOST_PIECES]
    owners = {blocks.owner_at(block, statement.start + at) for at in telling}
    return bool(owners) and all(any(document.tags[outer] in _QUOTES for outer in document.near(owner)) for owner in owners)


def _label_beside_link(reader: _Reader, block: Block) -> list[Statement]:
    """A label in the line of the paid link that it marks, with nothing but space and signs between the two and on the label's other side."""
    if not reader.paying or block.last - block.first > _MOST_PIECES:
        return []
    document, prose = reader.document, reader.document.prose
    lead = bisect_left(reader.paying, block.first, key=lambda link: document.first_piece[link.spot.node])
    links = [link.spot.node for link in reader.paying[lead : lead + _MOST_PIECES] if document.first_piece[link.spot.node] < block.last]
    at = 0
    for piece in range(block.first, block.last if links else block.first):
        text = prose[piece]
        if 0 < len(text.strip()) <= _LONGEST_LABEL:
            before, after = "".join(prose[block.first : piece]).rstrip()[-1:], "".join(prose[piece + 1 : block.last]).lstrip()[:1]
            heads = not before.isalnum() and any(
                piece < first and not "".join(prose[piece + 1 : first]).strip() for first in _starts(document, links)
            )
            tails = not after.isalnum() and any(last <= piece and not "".join(prose[last:piece]).strip() for last in _ends(document, links))
            for statement in reader.lexicon.notices.judge(text, reader.head.languages, reader.head.own_names) if heads or tails else ():
                if statement.kind == "ad_label":
                    return [replace(statement, start=at + statement.start, end=at + statement.end)]
        at += len(text)
    return []


def _starts(document: Document, nodes: list[int]) -> list[int]:
    return [document.first_piece[node] for node in nodes]


def _ends(document: Document, nodes: list[int]) -> list[int]:
    return [document.last_piece[node] for node in nodes]


def _control(reader: _Reader, block: Block, statement: Statement) -> int | None:
    """The link or button that holds the whole statement and little else; None where the statement stands in the text."""
    document, blocks = reader.document, reader.blocks
    owner = blocks.owner_at(block, _first_letter(block.text, statement.start))
    last = blocks.owner_at(block, max(statement.start, min(statement.end, len(block.text)) - 1))
    for node in document.near(owner):
        if document.tags[node] in _CONTROLS:
            return node if document.within(last, node) else None
        if document.tags[node] in ("p", "div", "li", "section", "body"):
            break
    return None


def _control_at(reader: _Reader, block: Block, at: int) -> int | None:
    """The link or button that holds this character of the block."""
    document = reader.document
    owner = reader.blocks.owner_at(block, max(0, min(at, len(block.text) - 1)))
    return next((node for node in document.near(owner) if document.tags[node] in _CONTROLS), None)


def _is_callout(reader: _Reader, index: int, chain: tuple[int, ...]) -> bool:
    """Whether a quotation is the publisher's own box: templates use `blockquote` for one, and nothing before it announces a quotation."""
    if reader.first is None or not any(reader.document.tags[node] == "blockquote" for node in chain):
        return False
    before = tidy(reader.blocks.items[index - 1].text) if index else ""
    return not before.endswith((":", "："))


def _is_teaser(reader: _Reader, control: int) -> bool:
    """Whether the link is a card for another page: it holds a heading or a picture, or much more than the statement."""
    document = reader.document
    return any(True for _ in document.inside(control, "h1", "h2", "h3", "h4", "img", "picture", "p")) or any(
        document.tags[node] in ("h1", "h2", "h3", "h4") for node in document.ancestors(control)
    )


def _is_card(document: Document, link: int) -> bool:
    return any(True for _ in document.inside(link, "h1", "h2", "h3", "h4", "img", "picture"))


def _plugin_box(reader: _Reader, owner: int) -> bool:
    return any("revealed_by_script" in reader.layout.kinds(node) for node in reader.document.near(owner))


def _placement(reader: _Reader, node: int) -> Placement:
    if reader.first is None:
        return Placement.NO_LINK if not reader.paying else Placement.BEFORE if node < reader.paying[0].spot.node else Placement.AFTER
    return Placement.BEFORE if node < reader.first.spot.node else Placement.AFTER


def _label(reader: _Reader, owner: int, notice: Notice) -> Notice | None:
    """A short label counts only where it heads or marks paid links: in the same small box, or right before one."""
    document = reader.document
    if not reader.paying or len(notice.text) > _LONGEST_LABEL:
        return None
    box = owner
    for outer in document.near(owner):
        if outer in reader.layout.frame or document.ends[outer] - outer > _LARGEST_BOX:
            break
        box = outer
        low, high = (bisect_left(reader.paying, edge, key=lambda link: link.spot.node) for edge in (box, document.ends[box]))
        covered = reader.paying[low:high]
        if covered:
            after = [link for link in covered if link.spot.node > owner] or covered
            places = {link.spot.node for link in after}
            first = reader.first or reader.paying[0]
            placement = Placement.BEFORE if first.spot.node in places and owner <= first.spot.node else Placement.AFTER
            return replace(notice, covers=tuple(link.href for link in covered), placement=placement)
    return None


def _weigh_labels(reader: _Reader, notices: list[Notice]) -> list[Notice]:
    """Labels speak for the links they mark: where they leave paid links unmarked, they are no plain notice of the page."""
    labels = [notice for notice in notices if notice.kind == "ad_label" and not notice.hidden]
    covered = {href for label in labels if label.clarity == "clear" for href in label.covers}
    due = [link for link in reader.paying if link.sets_order] or reader.paying
    if all(link.href in covered for link in due):
        return notices
    return [replace(notice, clarity="weak") if notice in labels else notice for notice in notices]


def _signs(reader: _Reader) -> list[Notice]:
    """A sign such as an asterisk right behind paid links of the article: one notice for all links that carry it, and weak by itself."""
    document, signs = reader.document, reader.lexicon.markup.link_signs
    marked = [link for link in reader.paying if link.sets_order and _sign_at(document, link.spot.node, signs)]
    if not marked:
        return []
    first = marked[0]
    return [
        Notice(
            spot=first.spot,
            text=clip(f"{first.text} {_sign_at(document, first.spot.node, signs)}", 220),
            kind="affiliate",
            clarity="weak",
            placement=_placement(reader, first.spot.node),
            region=first.region,
            hidden=first.hidden,
            language=reader.head.language or "",
            signals=("symbol",),
            covers=tuple(dict.fromkeys(link.href for link in marked)),
            place=first.place,
        )
    ]


def _sign_at(document: Document, node: int, signs: tuple[str, ...]) -> str | None:
    """The sign that the link's text ends with, or that follows it at once."""
    last = document.last_piece[node]
    inside = "".join(document.prose[document.first_piece[node] : last]).rstrip()
    behind = document.prose[last].lstrip(" \u00a0([") if last < len(document.prose) and last not in document.breaks else ""
    return next((sign for sign in signs if (inside.endswith(sign) and inside != sign) or behind.startswith(sign)), None)


def _unseen(reader: _Reader) -> list[Notice]:
    """Statements outside the page's text, in comments, `noscript`, `template`, `title`, `alt`, style rules; looked for only where something pays."""
    if not reader.paying:
        return []
    document = reader.document
    texts: list[tuple[str, str, int]] = [(text, "comment", node) for node, text in document.comments if len(text) > 20]
    for tag in ("noscript", "template"):
        texts += [(document.raw_text(node), tag, node) for node in document.all(tag)]
    for node in document.all("img", "a", "abbr", "span"):
        attrs = document.attrs[node]
        for name in ("title", "alt"):
            value = attrs.get(name)
            if value and len(value) > 20:
                texts.append((value, name, node))
    texts += [(text, "content", node) for text, node in generated_texts(document)]
    found = [_box_notice(reader, node, name) for node, name in empty_boxes(document, reader.layout)]
    for text, hidden_by, node in texts:
        if reader.lexicon.notices.scan(fold(text)):
            statements = reader.lexicon.notices.judge(text, reader.head.languages, reader.head.own_names)
            found += [_unseen_notice(reader, statement, hidden_by, node) for statement in statements if statement.kind == "affiliate"]
    return found


def _box_notice(reader: _Reader, node: int, name: str) -> Notice:
    """An empty box that a plugin fills: a notice of which nothing is known but its place."""
    return Notice(
        spot=Spot(node, None, clip(name, 160)),
        text=clip(name, 220),
        kind="affiliate",
        clarity="weak",
        placement=_placement(reader, node),
        region=reader.layout.region(node),
        hidden=True,
        language=reader.head.language or "",
        hidden_by="script",
        revealable=True,
    )


def _unseen_notice(reader: _Reader, statement: Statement, hidden_by: str, node: int) -> Notice:
    return Notice(
        spot=Spot(node, None, clip(tidy(statement.text), 160)),
        text=clip(statement.text, 220),
        kind=statement.kind,
        clarity=statement.clarity,
        placement=_placement(reader, node),
        region=reader.layout.region(max(node, 0)),
        hidden=True,
        language=statement.language,
        signals=tuple(statement.signals),
        hidden_by=hidden_by,
    )
