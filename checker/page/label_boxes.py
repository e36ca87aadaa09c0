"""The boxes of which a short label speaks alone: advertising slots, and cards for other pages."""

from __future__ import annotations

from collections.abc import Iterator

from checker.lexicon.urls import host_of
from checker.page.document import Document
from checker.page.notice_context import NoticeContext
from checker.page.pictures import PICTURE_FILE

# So far up from its label a box reaches; one of more elements, or of more text than a teaser has, is a part of the page.
_NEAR = 8
_LARGEST = 60
_TEASER = 300
# With the space by which templates are indented.
_MOST_CHARACTERS = 10_000
# A list of cards has no more elements.
_LONGEST_LIST = 400
# The text of a link that is as long is a headline, and no name of an author or a section.
_HEADLINE = 40
# A paragraph of running text is no shorter.
_PARAGRAPH = 80
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_FRAMES = frozenset(("iframe", "ins", "amp-ad", "amp-embed"))
# What a server of advertisements finds by its name and fills.
_FILLED = frozenset(("div", "section"))
# Boxes whose labels speak of nothing outside them.
APART = frozenset(("aside", "figure", "iframe", "footer", "nav", "ins"))

# The same of labels that name a sponsor; at the foot of a piece one may thank its own.
_ALONE = frozenset(("form", "iframe", "ins", "nav"))


def speaks_of_another(page: NoticeContext, owner: int, *, heads: bool) -> bool:
    """Whether a label that does not say what it speaks of stands in a slot, a sign-up form or a card for another page, with no paid link in it.

    heads: it stands where a label of the whole piece does. There only a headline makes a card; the sponsor's own link and logo do not.
    """
    document = page.document
    for box in _boxes(page, owner):
        if page.pays_in(box):
            return False
        alone = document.tags[box] in _ALONE or document.tags[box] in ("figure", "aside")
        if _is_link_to_more(document, box, owner) or (alone and not (heads and document.tags[box] in ("figure", "aside"))):
            return True
        if is_slot(page, box, owner, heads=heads) or is_card(page, box, owner, heads=heads):
            return True
        if document.tags[box] in _HEADINGS and _heads_cards(page, box):
            return True
    return False


def _is_link_to_more(document: Document, box: int, owner: int) -> bool:
    """Whether the label is a part of the text of a link that leads away."""
    if document.tags[box] != "a" or not _leads_away(document.attrs[box].get("href", "")):
        return False
    return document.text(box) != document.text(owner)


def _boxes(page: NoticeContext, owner: int) -> Iterator[int]:
    """The boxes around a label that are no part of the page's frame, from the inside out."""
    document, layout = page.document, page.layout
    for level, box in enumerate(document.near(owner)):
        if level > _NEAR or box in layout.frame or layout.holds_piece(box) or not _is_small(document, box):
            return
        yield box


def is_slot(page: NoticeContext, box: int, owner: int, *, heads: bool) -> bool:
    """Whether a reader reads nothing in the box but the label, and what an advertisement is put into stands in it or is the next element.

    heads: as above; there a script may only count the readers.
    """
    document = page.document
    if not _is_small(document, box) or document.text(box) != document.text(owner):
        return False
    if any(document.tags[node] in _FRAMES for node in range(box + 1, document.ends[box])):
        return True
    behind = range(max(owner, box) + 1, document.ends[box])
    if any(_is_filled(page, node) or (not heads and _is_program(document, node)) for node in behind):
        return True
    below = document.ends[box]
    beside = below < len(document) and document.parents[below] == document.parents[box]
    return beside and not page.pays_in(below) and (document.tags[below] in _FRAMES or (is_advert(page, below) and _is_filled(page, below)))


def is_banner(page: NoticeContext, box: int) -> bool:
    """Whether the element holds a picture that leads to another site, pays nothing as far as is known, and no text."""
    document = page.document
    if not _is_small(document, box) or document.text(box) or page.pays_in(box):
        return False
    links = [link for link in (box, *document.inside(box, "a")) if document.tags[link] == "a"]
    hosts = [host_of(document.attrs[link].get("href", "")) for link in links if any(True for _ in document.inside(link, "img", "picture", "amp-img"))]
    return any(host is not None and host != page.head.own_host for host in hosts)


def is_advert(page: NoticeContext, box: int) -> bool:
    """Whether the names of the box say that an advertisement stands in it."""
    return not page.layout.kinds(box).isdisjoint(("advert", "ad_network"))


def _is_program(document: Document, node: int) -> bool:
    return document.tags[node] == "script" and "json" not in document.attrs[node].get("type", "")


def _is_filled(page: NoticeContext, node: int) -> bool:
    """Whether the element is empty but for scripts, and named so that a script finds it."""
    document = page.document
    attrs = document.attrs[node]
    if "-" in document.tags[node]:
        return not document.text(node)  # a custom element is drawn by its script
    if document.tags[node] not in _FILLED or not ("id" in attrs or any(name.startswith("data-") for name in attrs) or is_advert(page, node)):
        return False
    return all(document.tags[inner] in ("script", "noscript", *_FILLED) for inner in range(node + 1, document.ends[node]))


def in_teaser(page: NoticeContext, owner: int, *, listed: bool) -> bool:
    """Whether a statement stands in an item of a list that tells of another page: its heading leads there, and nothing in it pays.

    listed: only where other items stand beside it; one box may as well be the site's own note, headed by a link to its policy.
    """
    document = page.document
    for box in _boxes(page, owner):
        if page.pays_in(box):
            return False
        if document.tags[box] in ("article", "li"):
            beside = document.children(document.parents[box])
            if listed and not any(document.tags[other] == document.tags[box] for other in beside if other != box):
                return False
            return any(_is_headed(document, link, box) for link in _others(page, box, owner))
    return False


def is_card(page: NoticeContext, box: int, owner: int, *, heads: bool) -> bool:
    """Whether the box is a teaser of another page or an advertiser's card: it holds a link that leads away, and little text."""
    document = page.document
    if not _is_small(document, box) or len(document.text(box)) > _TEASER:
        return False
    others = [link for link in _others(page, box, owner) if not (heads and _is_elsewhere(page, link))]
    return any(_is_headline(document, link, box) or (not heads and _is_advertiser(page, link)) for link in others)


def _others(page: NoticeContext, box: int, owner: int) -> Iterator[int]:
    """The links of the box that lead to other pages, but for those within the label."""
    document = page.document
    for link in document.inside(box, "a"):
        href = document.attrs[link].get("href", "")
        if not document.within(link, owner) and not document.within(owner, link) and _leads_away(href) and href.strip() != page.head.url:
            yield link


def _leads_away(href: str) -> bool:
    href = href.strip()
    return bool(href) and not href.startswith(("#", "javascript:", "mailto:")) and not PICTURE_FILE.search(href)


def _is_headline(document: Document, link: int, box: int) -> bool:
    return len(document.text(link)) >= _HEADLINE or _is_headed(document, link, box)


def _is_headed(document: Document, link: int, box: int) -> bool:
    """Whether the link holds a heading or stands in one."""
    if any(True for _ in document.inside(link, *_HEADINGS)):
        return True
    return any(document.tags[outer] in _HEADINGS and outer > box for outer in document.ancestors(link, 3))


def _is_advertiser(page: NoticeContext, link: int) -> bool:
    """Whether the link leads to another site, or is a picture."""
    return _is_elsewhere(page, link) or any(True for _ in page.document.inside(link, "img", "picture", "amp-img"))


def _is_elsewhere(page: NoticeContext, link: int) -> bool:
    """Whether the link leads to another site."""
    host = host_of(page.document.attrs[link]["href"])
    return host is not None and host != page.head.own_host


def _heads_cards(page: NoticeContext, heading: int) -> bool:
    """Whether a heading stands over a list of cards."""
    document = page.document
    below = document.ends[heading]
    if below >= len(document) or document.parents[below] != document.parents[heading] or page.pays_in(below):
        return False
    if document.ends[below] - below > _LONGEST_LIST:
        return False
    items = [item for item in document.children(below) if document.text(item)]
    return len(items) > 1 and all(is_card(page, item, heading, heads=False) for item in items)


def has_paragraph(page: NoticeContext, box: int) -> bool:
    """Whether running text stands in the box."""
    return any(_characters(page.document, node) >= _PARAGRAPH for node in page.document.inside(box, "p"))


def _is_small(document: Document, box: int) -> bool:
    """Whether it is a box and no part of the page; text is weighed before it is read, or a page of labels takes as many readings of it."""
    return document.ends[box] - box <= _LARGEST and _characters(document, box) <= _MOST_CHARACTERS


def _characters(document: Document, node: int) -> int:
    return sum(map(len, document.prose[document.first_piece[node] : document.last_piece[node]]))
