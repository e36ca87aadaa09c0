"""Where a paragraph may be put before the first paid link: between blocks of the text, never into a sentence, a list, a table or a link."""

from __future__ import annotations

from collections.abc import Iterator

from checker.checks.links import first_link
from checker.facts import Page
from checker.fix.markup import Markup
from checker.page.document import Document
from checker.page.layout import Layout

# What may hold a paragraph beside other blocks.
_HOLDERS = frozenset(("body", "main", "article", "section", "div", "header", "form", "center", "aside"))
# Around the whole piece other elements may stand too, as in pages that are laid out as tables; but never these.
_NEVER = frozenset((
    "p", "a", "button", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "pre", "nav", "footer", "template", "noscript", "head", "label",
    "svg", "math", "select", "script", "style", "title", "textarea", "iframe", "object",
))  # fmt: skip
# What begins a new line on the page, so that a paragraph before it splits nothing.
_BLOCKS = frozenset((
    "p", "div", "section", "article", "main", "header", "aside", "ul", "ol", "dl", "table", "figure", "blockquote", "h1", "h2", "h3", "h4", "h5",
    "h6", "pre", "hr", "details", "form", "address", "center", "fieldset", "menu",
))  # fmt: skip


def places(page: Page, markup: Markup) -> list[int]:
    """The offsets to try, best first: before the block with the first paid link of the article, and before the first paragraph of its text.

    Where the only paid links stand in the site's furniture, the text comes first.
    """
    link = first_link(page)
    text = [page.first_text.node] if page.first_text is not None else []
    nodes = [] if link is None else [link.spot.node, *text] if link.sets_order else [*text, link.spot.node]
    found: dict[int, None] = {}
    for node in nodes:
        for block in _blocks_around(node, markup.document, markup.layout):
            offset = markup.begin(block)
            if offset is not None:
                found.setdefault(offset)
    return list(found)


def _blocks_around(node: int, document: Document, layout: Layout) -> Iterator[int]:
    """The blocks with this element before which a paragraph may stand: the one among the paragraphs of the text, and the nearest."""
    around = [each for each in document.near(node) if _may_follow(each, document, layout)]
    headline = layout.headline
    if headline is not None:
        below = [each for each in around if not document.within(headline, each)]
        around = below or around
    yield from (each for each in around if document.parents[each] == layout.body)
    yield from around[:1]


def _may_follow(node: int, document: Document, layout: Layout) -> bool:
    """Whether a paragraph may be put right before the element."""
    if document.tags[node] not in _BLOCKS:
        return False
    parent = document.parents[node]
    if parent < 0:
        return False
    tag = document.tags[parent]
    if "header" in (tag, document.tags[node]) and not document.within(parent, layout.article):
        return False  # the site's own
    if tag not in _HOLDERS and not (parent in layout.frame and (tag == "td" or "-" in tag)):
        return False
    return all(_may_stand_around(outer, document, layout) for outer in document.near(parent))


def _may_stand_around(node: int, document: Document, layout: Layout) -> bool:
    tag = document.tags[node]
    return tag in _HOLDERS or tag == "html" or (node in layout.frame and tag not in _NEVER)
