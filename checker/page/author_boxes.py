"""Which boxes of a page speak of the piece's own author, and which of somebody else: comments, captions, quotations, other stories."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from checker.facts import Region
from checker.lexicon import Lexicon
from checker.lexicon.names import Name
from checker.page.byline_text import element_text
from checker.page.document import Document
from checker.page.hidden import Hidden
from checker.page.layout import Layout
from checker.text import fold

# A byline is short; longer texts in an author element are biographies.
LONGEST_BYLINE = 160
MAIN = (Region.TITLE_AREA, Region.ARTICLE, Region.ARTICLE_END, Region.PAGE_HEADER)
# A picture and its credit stand in a box of fewer elements than this.
_PICTURE_BOX = 40
# A link with so much more text than the name is the teaser of another story.
_TEASER = 30
_LARGEST_LINK = 60
_LARGEST_CARD = 25
_LINES = frozenset(("p", "div", "li", "header", "section", "address", "td", "figcaption"))


class AuthorBoxes:
    """Answers about the surroundings of an element."""

    def __init__(self, document: Document, layout: Layout, hidden: Hidden, lexicon: Lexicon, language: str | None) -> None:
        self.document = document
        self.layout = layout
        self.hidden = hidden
        self.lexicon = lexicon
        self.language = language
        self._named: dict[str, list[Name]] = {}
        self._others: dict[int, bool] = {}

    def names(self, text: str) -> list[Name]:
        """The authors in a text that is known to name authors; the data and several elements of a page mostly hold the same one."""
        if text not in self._named:
            self._named[text] = self.lexicon.names.names(text, self.language)
        return self._named[text]

    @cached_property
    def marked(self) -> list[int]:
        """The elements whose names say that they hold an author, or speak of one, in document order."""
        return self.layout.named.of_kind("byline", "author_box")

    def region(self, node: int) -> Region:
        """The region; what stands between headline and text, and in no box that calls itself a sidebar, belongs to the title area."""
        layout = self.layout
        region = layout.region(node)
        beside = region is Region.SIDEBAR and layout.headline is not None and layout.headline < node < layout.first_paragraph
        return Region.TITLE_AREA if beside and not layout.is_in(node, "sidebar") else region

    def in_title_area(self, nodes: list[int]) -> list[int]:
        """Those of the nodes (ascending) that may stand in the title area: from headline or article on, and before the text."""
        layout = self.layout
        first = layout.article if layout.headline is None else min(layout.article, layout.headline)
        return nodes[bisect_left(nodes, first) : bisect_left(nodes, layout.first_paragraph)]

    def is_in_sight(self, node: int) -> bool:
        """Whether a reader sees the element: not hidden, nor kept for machines by its class words."""
        if self.hidden.how(node) is not None:
            return False
        return not self.layout.is_in(node, "out_of_sight")

    def is_other(self, node: int, *, marked: bool = False) -> bool:
        """Whether the element belongs to a comment, a caption, a quotation or another story. A `marked` byline may stand in a box of credits."""
        if marked:
            return self._is_others_mark(node)
        if node not in self._others:
            self._others[node] = self._is_in_other_box(node)
        return self._others[node]

    def _is_others_mark(self, node: int) -> bool:
        document, other = self.document, self.is_other(node)
        if "byline" not in self.layout.kinds(node):
            return other
        quoted = any(document.tags[outer] in ("figure", "figcaption", "blockquote") for outer in document.ancestors(node))
        if other == quoted:
            return other
        return quoted if self.lexicon.names.byline(document.text(node)[:LONGEST_BYLINE], self.language) else other

    def _is_in_other_box(self, node: int) -> bool:
        document, layout = self.document, self.layout
        for outer in document.ancestors(node):
            if outer in layout.frame or layout.holds_piece(outer):
                return False
            if document.tags[outer] in ("blockquote", "figure") or self._speaks_of_others(outer) or self._is_teaser(outer, node):
                return True
            if self._is_card(outer, node):
                return True
        return False

    def _speaks_of_others(self, outer: int) -> bool:
        """Whether the box holds somebody else's words, or speaks of a picture (a box of credits without a picture is the article's own)."""
        kinds = self.layout.kinds(outer)
        if kinds & {"comments", "related", "newsletter"}:
            return True
        if not kinds & {"credit", "caption"} or "byline" in kinds:
            return False
        around = max(0, self.document.parents[outer])
        return self.document.ends[around] - around < _PICTURE_BOX and any(True for _ in self.document.inside(around, "img", "picture", "amp-img"))

    def _is_teaser(self, outer: int, node: int) -> bool:
        """Whether a link around the element says much more than it: the card of another story."""
        if self.document.tags[outer] != "a":
            return False
        if self.document.ends[outer] - outer > _LARGEST_LINK:
            return True
        return len(self.document.text(outer)) > len(self.document.text(node)) + _TEASER

    def _is_card(self, outer: int, node: int) -> bool:
        """Whether the box behind the text is the card of another story: a heading that leads elsewhere, and a byline."""
        document = self.document
        if document.ends[outer] - outer > _LARGEST_CARD or outer < self.layout.last_paragraph or "author_box" in self.layout.kinds(outer):
            return False
        for heading in document.inside(outer, "h2", "h3", "h4", "h5"):
            links = [at for at in (*document.inside(heading, "a"), *document.ancestors(heading, 1)) if document.tags[at] == "a"]
            href = document.get(links[0], "href") if links else None
            if (
                href
                and not document.within(node, heading)
                and not self.lexicon.markup.is_about_author(href)
                and len(document.text(heading).split()) > 2
            ):
                return True
        return False

    def link_of(self, node: int, name: str) -> str | None:
        """Where the name leads: the address of the link that is the element, or stands close around it, or holds the name in it."""
        document, key = self.document, fold(name)
        inner = document.inside(node, "a") if document.ends[node] - node < 100 else ()
        links = [at for at in (node, *document.ancestors(node, 2)) if document.tags[at] == "a"]
        for link in (*links, *inner):
            href = document.get(link, "href")
            if href and key in fold(document.text(link)):
                return href
        return None

    def leads_to_author(self, node: int, href: str) -> bool:
        """Whether a link of the title area leads to a page about an author, and its line does not say that it names somebody else."""
        if not self.lexicon.markup.is_about_author(href) or self.region(node) is not Region.TITLE_AREA:
            return False
        line = next((outer for outer in self.document.ancestors(node) if self.document.tags[outer] in _LINES), None)
        text = element_text(self.document, line) if line is not None and self.document.ends[line] - line < 100 else ""
        named = {name.name for name in self.names(text)} if 0 < len(text) <= LONGEST_BYLINE else set()
        return bool(named) and any(name.name in named for name in self.names(self.document.text(node)))
