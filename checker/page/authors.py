"""Authors of the main piece: what a reader sees (byline, box at the foot, sign-off), what machines are told, and where the two meet."""

from __future__ import annotations

from dataclasses import dataclass, field

from checker.facts import Author, Region, Spot
from checker.lexicon import Lexicon
from checker.lexicon.names import Name
from checker.page.blocks import Block, Blocks
from checker.page.document import Document
from checker.page.head import Head
from checker.page.hidden import Hidden
from checker.page.layout import Layout
from checker.text import clip, fold, tidy

# A byline is short; longer texts in an author element are biographies.
_LONGEST_BYLINE = 160
# Elements of more elements than this hold more than a byline, or more than an author's box.
_LARGEST_BYLINE = 120
_LARGEST_BOX = 400
# Nobody names more authors; the longest list on the labelled pages has 18.
_MOST_NAMES = 100
# So many blocks around the headline are looked at for a byline without a class.
_NEAR = 14
_LAST = 4
# A picture and its credit stand in a box of fewer elements than this.
_PICTURE_BOX = 40
_LINES = frozenset(("p", "div", "li", "header", "section", "address", "td", "figcaption"))
_NOT_BYLINES = frozenset(("not_author", "credit", "caption", "portrait", "newsletter"))
_MAIN = (Region.TITLE_AREA, Region.ARTICLE, Region.ARTICLE_END, Region.PAGE_HEADER)


@dataclass(slots=True)
class _Found:
    """One name with everything that names it."""

    name: Name
    sources: list[str] = field(default_factory=list)
    spot: Spot | None = None
    href: str | None = None
    visible: bool = False


def read_authors(document: Document, blocks: Blocks, layout: Layout, hidden: Hidden, head: Head, lexicon: Lexicon) -> list[Author]:
    """The authors, visible ones first in document order, then those that only structured data name."""
    return _Reader(document, blocks, layout, hidden, head, lexicon).authors()


class _Reader:
    def __init__(self, document: Document, blocks: Blocks, layout: Layout, hidden: Hidden, head: Head, lexicon: Lexicon) -> None:
        self.document = document
        self.blocks = blocks
        self.layout = layout
        self.hidden = hidden
        self.head = head
        self.lexicon = lexicon
        self.found: dict[str, _Found] = {}

    def authors(self) -> list[Author]:
        self._structured()
        self._marked_up()
        if not self._any_visible():
            self._near_headline()
        self._structured_in_sight()
        if not self._any_visible():
            self._at_the_end()
        found = [one for key, one in self.found.items() if not self._is_publisher(one) and not self._is_joined(key)]
        found.sort(key=lambda one: (not one.visible, one.spot.node if one.spot else 1 << 30))
        return [Author(one.name.name, one.name.kind, one.visible, tuple(dict.fromkeys(one.sources)), one.spot, one.href) for one in found]

    def _any_visible(self) -> bool:
        return any(found.visible for found in self.found.values())

    def _is_publisher(self, one: _Found) -> bool:
        """Whether the name is the site's own, or a login in a meta tag, beside a real author."""
        others = [other for other in self.found.values() if other is not one and other.name.kind == "person"]
        if one.visible or not others:
            return False
        if set(one.sources) == {"meta"}:
            return any(other.visible or set(other.sources) != {"meta"} for other in others)
        return one.name.kind != "person" or fold(one.name.name) in self.head.own_names

    def _is_joined(self, key: str) -> bool:
        """Whether the name is two or more of the other names run together, because nothing but markup separates them."""
        rest, parts = key, 0
        for other in sorted(list(self.found)[:_MOST_NAMES], key=len, reverse=True):
            if other != key and len(other) > 2 and other in rest:
                rest, parts = rest.replace(other, " "), parts + 1
        return parts > 1 and not rest.strip(" ,&-/|")

    def _add(self, name: Name, source: str, *, visible: bool, spot: Spot | None = None, href: str | None = None) -> None:
        key = fold(name.name)
        found = self.found.setdefault(key, _Found(name))
        found.sources.append(source)
        found.visible = found.visible or visible
        if visible and found.spot is None:
            found.spot = spot
        found.href = found.href or href

    def _structured(self) -> None:
        for named in self.head.authors:
            for read in self.lexicon.names.names(named.name, self.head.language):
                told = named.type == "Organization" and read.kind == "person"
                name = Name(read.name, "organisation", read.start, read.end) if told else read
                self._add(
                    name,
                    named.source,
                    visible=named.node >= 0 and self._in_sight(named.node),
                    spot=Spot(named.node) if named.node >= 0 else None,
                    href=named.url,
                )

    def _in_sight(self, node: int) -> bool:
        return self.document.tags[node] not in ("meta", "link") and self.hidden.how(node) is None and bool(self.document.text(node))

    # What a reader sees -----------------------------------------------------------------------------------------------------------------
    def _marked_up(self) -> None:
        """Elements that say of themselves that they hold the author: by class words or `rel`. The title area outranks the foot, and that the text."""
        candidates: dict[int, list[tuple[Name, str, int]]] = {}
        document, layout = self.document, self.layout
        taken_until = -1
        for node, attrs in enumerate(document.attrs):
            if not attrs or node < taken_until:
                continue
            rel = "rel" in attrs and document.tags[node] == "a" and "author" in attrs["rel"].lower().split()
            kinds = layout.kinds(node) if ("class" in attrs or "id" in attrs) else frozenset()
            about = not rel and document.tags[node] == "a" and "href" in attrs and self._leads_to_author(node, attrs["href"])
            if not rel and not about and ("byline" not in kinds or kinds & _NOT_BYLINES or node in layout.frame):
                continue
            if document.ends[node] - node > _LARGEST_BYLINE:
                continue
            region = layout.region(node)
            if region not in _MAIN or self._in_other_box(node, marked=True) or self.hidden.how(node) is not None:
                continue
            text = self._spaced_text(node)
            if not text or len(text) > _LONGEST_BYLINE or ("author_box" in kinds and region is not Region.TITLE_AREA):
                continue
            names = self.lexicon.names.names(text, self.head.language)
            rank = 0 if region in (Region.TITLE_AREA, Region.PAGE_HEADER) else 1 if region is Region.ARTICLE_END else 2
            candidates.setdefault(rank, []).extend((name, "rel-author" if rel else "byline", node) for name in names)
            if names:
                taken_until = document.ends[node]
        best = min(candidates, default=0)
        # A long list of authors may reach into the text: who stands in the same list as the first stands in the same rank.
        lists = {document.parents[node] for _, _, node in candidates.get(best, ())} | {
            document.parents[document.parents[node]] for _, _, node in candidates.get(best, ())
        }
        sure = any(fold(name.name) in self.found for found in candidates.values() for name, _, _ in found)
        for rank, found in sorted(candidates.items()):
            for name, source, node in found:
                if (
                    fold(name.name) in self.found
                    or (rank == best and (rank == 0 or not sure))
                    or (best == 0 and lists & {document.parents[node], document.parents[document.parents[node]]} - layout.frame)
                ):
                    self._add(name, source, visible=True, spot=self._spot(node, name), href=document.attrs[node].get("href"))
                    self._add(name, "byline", visible=True)

    def _spaced_text(self, node: int) -> str:
        """The element's text, with a bar between elements that nothing but markup separates: two links in a row are two names."""
        document = self.document
        parts: list[str] = []
        last = -1
        gap = ""
        for piece in range(document.first_piece[node], document.last_piece[node]):
            text = document.prose[piece]
            if not text.strip():
                gap += text
                continue
            owner = document.owner[piece]
            if last >= 0 and owner != last and not document.within(owner, last) and not document.within(last, owner):
                links = document.tags[owner] == "a" and document.tags[last] == "a"
                gap = " | " if links or not gap else gap
            parts += [gap, text]
            last, gap = owner, ""
        return tidy("".join(parts))

    def _leads_to_author(self, node: int, href: str) -> bool:
        """Whether a link of the title area leads to a page about an author, and its line does not say that it names somebody else."""
        if not self.lexicon.markup.is_about_author(href) or self.layout.region(node) is not Region.TITLE_AREA:
            return False
        line = next((outer for outer in self.document.ancestors(node) if self.document.tags[outer] in _LINES), None)
        text = self._spaced_text(line) if line is not None else ""
        named = {name.name for name in self.lexicon.names.names(text, self.head.language)} if 0 < len(text) <= _LONGEST_BYLINE else set()
        return any(name.name in named for name in self.lexicon.names.names(self.document.text(node), self.head.language))

    def _in_other_box(self, node: int, *, marked: bool = False) -> bool:
        """Whether the element belongs to a comment, a caption, a quotation or another story. A `marked` byline may stand in a box of credits."""
        if (
            marked
            and "byline" in self.layout.kinds(node)
            and self.lexicon.names.byline(self.document.text(node)[:_LONGEST_BYLINE], self.head.language)
        ):
            return any(self.document.tags[outer] in ("figure", "figcaption", "blockquote") for outer in self.document.ancestors(node))
        document, layout = self.document, self.layout
        for outer in document.ancestors(node):
            if outer in layout.frame or layout.holds_piece(outer):
                return False
            if document.tags[outer] in ("blockquote", "figure") or self._is_other(outer):
                return True
        return False

    def _is_other(self, outer: int) -> bool:
        """Whether the box holds somebody else's words, or speaks of a picture (a box of credits without a picture is the article's own)."""
        kinds = self.layout.kinds(outer)
        if kinds & {"comments", "related", "newsletter"}:
            return True
        if not kinds & {"credit", "caption"} or "byline" in kinds:
            return False
        around = max(0, self.document.parents[outer])
        return self.document.ends[around] - around < _PICTURE_BOX and any(True for _ in self.document.inside(around, "img", "picture", "amp-img"))

    def _spot(self, node: int, name: Name) -> Spot:
        return Spot(node, None, clip(name.name, 80))

    def _near_headline(self) -> None:
        """Short lines after the headline, and right before it, that begin with a byline's marker."""
        headline = self.layout.headline
        around = self.blocks.index_after(headline) if headline is not None else self.blocks.index_after(self.layout.first_paragraph)
        first = self.blocks.index_after(self.layout.first_paragraph)
        for index in [*range(around, min(max(around + _NEAR, first + 3), len(self.blocks.items))), *range(max(0, around - 3), around)]:
            block = self.blocks.items[index]
            if len(block.text) > _LONGEST_BYLINE * 2 or (index == around and headline is not None):
                continue
            if self._from_line(block):
                return

    def _from_line(self, block: Block) -> bool:
        if self._in_other_box(block.node) or self.layout.region(block.node) not in _MAIN or self.hidden.how(block.node) is not None:
            return False
        if self.layout.headline is not None and self.document.within(block.node, self.layout.headline):
            return False
        added = False
        for line in block.text.split("\n"):
            text = tidy(line)
            if 0 < len(text) <= _LONGEST_BYLINE:
                for name in self.lexicon.names.byline(text, self.head.language):
                    self._add(name, "byline", visible=True, spot=self.blocks.spot(block, 0))
                    added = True
        return added

    def _structured_in_sight(self) -> None:
        """Names of structured data that stand in a short line of the title area or behind the text: a byline without a marker."""
        wanted = {key: one for key, one in list(self.found.items())[:_MOST_NAMES] if not one.visible and len(key) > 4}
        if not wanted:
            return
        for block in self.blocks.items:
            if len(block.text) > _LONGEST_BYLINE:
                continue
            line = tidy(block.text)
            text = fold(line)
            for key, one in wanted.items():
                if key in text and not one.visible and len(text) < len(key) + 90:
                    region = self.layout.region(block.node)
                    # "By Ada Quill" under the author's own portrait is a byline, though it is a caption.
                    told = region is Region.TITLE_AREA and any(fold(name.name) == key for name in self.lexicon.names.byline(line, self.head.language))
                    if region not in (Region.TITLE_AREA, Region.ARTICLE_END, Region.ARTICLE) or self.hidden.how(block.node) is not None:
                        continue
                    if self._in_other_box(block.node) and not told:
                        continue
                    if region is Region.ARTICLE and len(text) > len(key) + 25:
                        continue
                    one.visible = True
                    one.spot = self.blocks.spot(block, 0)
                    one.sources.append("byline")

    def _at_the_end(self) -> None:
        """A byline, a sign-off or an author box behind the text."""
        last = self.blocks.index_after(self.layout.last_paragraph)
        for index in range(max(0, last - _LAST), min(len(self.blocks.items), last + 10)):
            block = self.blocks.items[index]
            if self.layout.region(block.node) not in _MAIN:
                continue
            text = tidy(block.text)
            if len(text) <= _LONGEST_BYLINE and self._from_line(block):
                continue
            for name in self.lexicon.names.sign_off(text[-120:], self.head.language):
                self._add(name, "byline", visible=True, spot=self.blocks.spot(block, 0))
        if not self._any_visible():
            self._author_box()

    def _author_box(self) -> None:
        """The box at the foot: its heading, or the link or strong line in it, names the author."""
        document, layout = self.document, self.layout
        for node, attrs in enumerate(document.attrs):
            if not attrs or "author_box" not in layout.kinds(node) or layout.region(node) not in _MAIN or node in layout.frame:
                continue
            if document.ends[node] - node > _LARGEST_BOX:
                continue
            for inner in document.inside(node, "h2", "h3", "h4", "h5", "h6", "strong", "b", "a", "span", "p", "div"):
                text = document.text(inner)
                if 0 < len(text) <= 80:
                    names = self.lexicon.names.names(text, self.head.language)
                    persons = [name for name in names if name.kind == "person" and " " in name.name]
                    if persons:
                        for name in persons:
                            self._add(name, "byline", visible=True, spot=self._spot(inner, name))
                        return
