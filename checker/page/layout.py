"""Where the main piece of a page begins and ends, and in which region any spot of the page stands.

The main piece's body is the deepest element that holds most of the running text. Every element around the body belongs to the frame of the
page and says nothing about a region; every other ancestor of a spot may say that it is a sidebar, comments, navigation …
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property

from checker.facts import Region
from checker.lexicon.markup import Markup
from checker.page.blocks import Block, Blocks
from checker.page.document import Document
from checker.page.named_boxes import NamedBoxes
from checker.page.spans import Spans, Surroundings

# A block of at least so many characters is running text. Measured on 350 real pages: at 80, captions and teasers rarely reach it and
# paragraphs mostly do; for scripts without spaces a third is as much text.
_PARAGRAPH = 80
_PARAGRAPH_DENSE = 30
# The share of the running text that the body must hold; the rest are teasers with long texts, boxes, notes.
_MOST = 0.7
# With fewer paragraphs than this the running text alone does not show where the main piece is.
_FEW = 3
# A paragraph element with so many characters that end like a sentence is text of the piece, however short.
_SENTENCE = 40
# The headline's own small box ("title", "header") is a region of its own; a larger one around it is the page's frame.
_HEADER = 12
# An item of a list or table in the body with so many characters too.
_ITEM = 15
_PARAGRAPH_TAGS = frozenset(("p", "li", "dd", "td", "blockquote", "pre", "div", "section", "h2", "h3", "h4"))
_STOPS = (".", "!", "?", "…", "。", "！", "？", '"', "”", "»", "“", ":", "’")
_OUTSIDE = frozenset(("comments", "related", "sidebar", "navigation", "newsletter", "page_footer", "advert"))
_HEADINGS = ("h1", "h2", "h3")
# So much of a heading is read: of those that are never closed each holds all that follow.
_HEADING_PIECES = 200
_NO_KIND: frozenset[str] = frozenset()
# Boxes that hold no running text; around the piece they are the page's frame.
_BOX_TAGS = ("aside", "nav", "footer", "figcaption", "a", "button", "form", "dialog")
_FRAME_TAGS = ("body", "html", "main", "article")
# What tells the region of the elements in a box: its kinds, and its tag as if it were one.
_REGION_KINDS = frozenset(("comments", "related", "product_box", "navigation", "page_header", "page_footer", "sidebar", "article_end"))
_REGION_TAGS = {
    "nav": frozenset(("navigation",)),
    "header": frozenset(("page_header",)),
    "footer": frozenset(("page_footer",)),
    "aside": frozenset(("aside",)),
}
# "article-comments" may be the piece itself.
_NO_COMMENTS = frozenset(("article", "title_area"))


class Layout:
    """The regions of one page."""

    def __init__(self, document: Document, blocks: Blocks, markup: Markup) -> None:
        self.document = document
        self.blocks = blocks
        self.named = NamedBoxes(document, markup)
        self._regions: dict[int, Region] = {}
        self._boxes: dict[str, Spans] = {}

    def kinds(self, node: int) -> frozenset[str]:
        """What the element's own names and role say that it is."""
        return self.named.kinds(node)

    def is_in(self, node: int, kind: str) -> bool:
        """Whether the element, or one around it that is not the page's frame, is a box of this kind."""
        boxes = self._boxes.get(kind)
        if boxes is None:
            frame = self.frame
            boxes = self._boxes[kind] = Spans(self.document, [box for box in self.named.of_kind(kind) if box not in frame])
        return node in boxes

    # The main piece -----------------------------------------------------------------------------------------------------------------
    @cached_property
    def _running_text(self) -> tuple[list[int], list[int]]:
        """Elements that own a block of running text outside the obvious boxes, and the running total of characters before each."""
        nodes: list[int] = []
        totals = [0]
        for block in self.blocks.items:
            text = block.text
            length = len(text)
            if length < _PARAGRAPH_DENSE:
                continue
            if length < _PARAGRAPH and (text.isascii() or sum(map("\u2e80".__lt__, text)) < _PARAGRAPH_DENSE):
                continue
            if block.node in self._side_boxes:
                continue
            nodes.append(block.node)
            totals.append(totals[-1] + min(length, 3000))
        return nodes, totals

    @cached_property
    def _side_boxes(self) -> Spans:
        """The obvious boxes: what stands in them is no running text."""
        document, half = self.document, len(self.document) // 2
        boxes = {node for node in document.all(*_BOX_TAGS) if node > 2}
        for node, kinds in self.named.by_node.items():
            if not kinds.isdisjoint(_OUTSIDE) and document.tags[node] not in _FRAME_TAGS and document.ends[node] - node < half:
                boxes.add(node)
        return Spans(document, sorted(boxes))

    def _weight(self, node: int) -> int:
        nodes, totals = self._running_text
        return totals[bisect_left(nodes, self.document.ends[node])] - totals[bisect_left(nodes, node)]

    @cached_property
    def body(self) -> int:
        """The deepest element that holds most of the page's running text (0 where there is none)."""
        document = self.document
        owners, totals = self._running_text
        node, enough = 0, totals[-1] * _MOST
        if not totals[-1]:
            mains = document.all("article", "main")
            return mains[0] if mains else 0
        # What holds most of the text holds its middle.
        middle = owners[bisect_right(totals, totals[-1] / 2) - 1]
        likely = set(document.ancestors(middle, len(document))) | {middle}
        while True:
            inner = next((child for child in document.children(node) if child in likely), -1)
            if inner < 0 or self._weight(inner) < enough:
                inner = max(document.children(node), key=self._weight, default=-1)
            if inner < 0 or self._weight(inner) < enough or document.tags[inner] in ("p", "span"):
                break
            node = inner
        nodes, _ = self._running_text
        if len(nodes) < _FEW:
            # Little running text (recipes, galleries, videos): an article or main that holds a heading is the better answer.
            for landmark in document.all("article", "main"):
                if any(True for _ in document.inside(landmark, "h1")) and not document.within(landmark, node):
                    return landmark
        return node

    @cached_property
    def frame(self) -> frozenset[int]:
        """The body and everything around it."""
        return frozenset((self.body, *self.document.ancestors(self.body, len(self.document))))

    @cached_property
    def article(self) -> int:
        """The element that holds the main piece with its headline: an article or main around the body, else the nearest parent with the headline."""
        document = self.document
        around = [node for node in (self.body, *document.ancestors(self.body, len(document))) if document.tags[node] not in ("html", "body")]
        best = around[0] if around else self.body
        for node in around:
            if document.tags[node] == "article" or document.attrs[node].get("role") == "article":
                best = node
        if document.tags[best] != "article":
            for node in around:
                if document.tags[node] == "main" or document.attrs[node].get("role") == "main":
                    best = node
                    break
        headline = self.headline
        if headline is not None and not document.within(headline, best):
            for node in around:
                if node < best and document.within(headline, node):
                    return node
        return best

    @cached_property
    def headline(self) -> int | None:
        """The heading of the main piece: an h1 whose words are in the page's title, else the last one before the first paragraph."""
        document = self.document
        headings = [node for node in document.all("h1") if self._words(node)]
        if not headings:
            headings = [node for node in document.all(*_HEADINGS) if node < self.first_paragraph and self._words(node)][-3:]
        if not headings:
            return None
        titles = document.all("title")
        title = set(document.raw_text(titles[0]).lower().split()) if titles else set()

        def shared(node: int) -> float:
            words = self._words(node)
            return len(words & title) / len(words)

        return max(headings, key=lambda node: (round(shared(node), 1), node < self.first_paragraph, node if node < self.first_paragraph else -node))

    def _words(self, heading: int) -> set[str]:
        return set(self.document.text(heading, _HEADING_PIECES).lower().split())

    @cached_property
    def paragraphs(self) -> list[int]:
        """The owners of the running text inside the body, in order; short paragraphs count between its first and its last `p`."""
        nodes, _ = self._running_text
        body, end = self.body, self.document.ends[self.body] if len(self.document) else 0
        short = [block.node for block in self.blocks.items if body <= block.node < end and len(block.text) >= _ITEM and self._is_sentence(block)]
        return sorted({*short, *(node for node in nodes if body <= node < end)})

    def _is_sentence(self, block: Block) -> bool:
        """Whether the block is a paragraph of the text, though a short one."""
        document, node = self.document, block.node
        while node > self.body and document.tags[node] not in ("p", "li", "dd", "td"):
            if document.tags[node] in ("a", "button", "div", "aside", "figcaption", "section", "footer", "header", "h1", "h2", "h3", "h4"):
                return False
            node = document.parents[node]
        if document.tags[node] == "p" and (len(block.text) < _SENTENCE or not block.text.rstrip().endswith(_STOPS)):
            return False
        return node > self.body and node not in self._side_boxes

    @cached_property
    def first_paragraph(self) -> int:
        """The owner of the first running text of the body; the body itself where there is none."""
        return self.paragraphs[0] if self.paragraphs else self.body

    @cached_property
    def last_paragraph(self) -> int:
        """The owner of the last running text of the body."""
        return self.paragraphs[-1] if self.paragraphs else self.body

    @cached_property
    def text_end(self) -> int:
        """The first element behind the last running text of the body."""
        document, node = self.document, self.last_paragraph
        while node > self.body and document.tags[node] not in _PARAGRAPH_TAGS and document.parents[node] > self.body:
            node = document.parents[node]
        return document.ends[node] if node > self.body else self.body + 1

    # Regions ------------------------------------------------------------------------------------------------------------------------
    def region(self, node: int) -> Region:
        """Where on the page the element stands."""
        found = self._regions.get(node)
        if found is None:
            found = self._regions[node] = self._region(node)
        return found

    def _region(self, node: int) -> Region:
        document, article = self.document, self.article
        inside = document.within(node, article)
        boxes = self._surroundings.of(node)
        if "comments" in boxes:
            return Region.COMMENTS
        if "related" in boxes:
            return Region.RELATED
        if "page_footer" in boxes:
            own = inside and document.tags[article] == "article" and node >= self.text_end
            return Region.ARTICLE_END if own else Region.PAGE_FOOTER
        if "navigation" in boxes:
            return Region.NAVIGATION
        if "sidebar" in boxes or ("aside" in boxes and not document.within(node, self.body)):
            return Region.SIDEBAR
        if "product_box" in boxes and (inside or document.within(node, self.body) or self._may_go_on(node)):
            return Region.PRODUCT_BOX
        if inside:
            if node < self.first_paragraph:
                return Region.TITLE_AREA
            return Region.ARTICLE_END if "article_end" in boxes or node >= self.text_end else Region.ARTICLE
        if "page_header" in boxes or node < article:
            return Region.TITLE_AREA if self.headline is not None and self.headline <= node < self.body else Region.PAGE_HEADER
        if document.within(node, self.body):
            return Region.ARTICLE
        return Region.ARTICLE_END if "article_end" in boxes else Region.PAGE_FOOTER if self._after_everything(node) else Region.SIDEBAR

    def _may_go_on(self, node: int) -> bool:
        """Whether what stands here may be a part of the piece though outside the article: behind it, and in the same `main`.

        Before the article, and outside `main`, a box of products is the site's: a menu of its shop, or an advertisement on all pages.
        """
        document = self.document
        mains = [outer for outer in self.frame if document.tags[outer] == "main" or document.attrs[outer].get("role") == "main"]
        return node >= document.ends[self.article] and all(document.within(node, main) for main in mains)

    @cached_property
    def _surroundings(self) -> Surroundings:
        """What the boxes inside the page's frame say of the elements in them; of comments and related pieces the nearest counts."""
        document, frame, named = self.document, self.frame, self.named.by_node
        boxes = {node for node, kinds in named.items() if not kinds.isdisjoint(_REGION_KINDS)}
        boxes.update(document.all(*_REGION_TAGS))

        def says(node: int, said: frozenset[str]) -> frozenset[str]:
            if self.holds_piece(node):
                return said
            kinds = self.kinds(node)
            found = said | (kinds & _REGION_KINDS) | _REGION_TAGS.get(document.tags[node], _NO_KIND)
            if "comments" in kinds and kinds.isdisjoint(_NO_COMMENTS) and not document.within(self.first_paragraph, node):
                return found - {"related"}
            if "related" in kinds:
                return found - {"comments"}
            return found if "comments" in said else found - {"comments"}

        return Surroundings(document, sorted(boxes - frame), says)

    def holds_piece(self, node: int) -> bool:
        """Whether the element holds the headline or much of the running text: then it is no side box, whatever its names say."""
        headline = self.headline
        if headline is not None and node < headline < self.document.ends[node] and self.document.ends[node] - node > _HEADER:
            return True
        return self._weight(node) > self._much

    @cached_property
    def _much(self) -> float:
        """So much running text makes an element a part of the main piece, whatever its names say."""
        _, totals = self._running_text
        return totals[-1] * 0.3

    def _after_everything(self, node: int) -> bool:
        """Whether no running text follows: what comes last on a page is its foot."""
        nodes, _ = self._running_text
        return not nodes or node > nodes[-1]
