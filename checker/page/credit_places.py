"""The places around a picture where people put its credit, asked in the order in which a reader would look."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from math import inf

from checker.facts import Credit, Region, Spot
from checker.lexicon import Lexicon
from checker.lexicon.credits import CreditText
from checker.page.blocks import Block, Blocks
from checker.page.caption_lines import behind_camera, last_line, line_of, repeated
from checker.page.document import Document
from checker.page.frames import BOX, LARGEST
from checker.page.head import Head
from checker.page.hidden import Hidden
from checker.page.layout import Layout
from checker.page.pictures import Picture
from checker.text import clip, fold, tidy

# A line beside a picture longer than this is a paragraph of the story.
_LONGEST_LINE = 300
# A paragraph that says who owns all pictures is no longer.
_PARAGRAPH = 1_200
# A credit for all pictures stands in one of the last blocks of the piece, or behind them.
_LAST_BLOCKS = 30
# Or between headline and text: "Photographs by …".
_FIRST_BLOCKS = 8
# A list of credits has no more entries.
_LISTED = 40
# So many blocks behind its picture a line that is nothing but a credit still speaks of it.
_BEHIND = 8
_WHOLE_LINE = 100
_MOST_LINKS = 10
# The line about the feed stands behind a row of products.
_FEED = 250
_BREAKS = ("h1", "h2", "iframe", "video", "h3", "figure")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NO_TEXT = ("img", "figure", "picture", "source", "script", "style")
_PLACES = (Region.ARTICLE, Region.ARTICLE_END, Region.TITLE_AREA)


class CreditPlaces:
    """Finds the credit of one picture, and those of the whole page."""

    def __init__(
        self, document: Document, blocks: Blocks, layout: Layout, hidden: Hidden, head: Head, lexicon: Lexicon, content: Sequence[int]
    ) -> None:
        self.document = document
        self._content = content
        self.blocks = blocks
        self.layout = layout
        self.hidden = hidden
        self.head = head
        self.words = lexicon.credits
        self.images = lexicon.images
        self._read: dict[tuple[str, bool], CreditText | None] = {}

    def of(self, picture: Picture, caption: int | None) -> Credit | None:
        """The credit that a reader finds for the picture: in its frame, beside it, else in its attributes."""
        return self._in_frame(picture, caption) or self._beside(picture) or self._behind(picture) or self._in_attributes(picture)

    def _parse(self, text: str, *, labelled: bool) -> CreditText | None:
        """The credit in a text; the same one often stands in a caption, in the frame around it and in an attribute."""
        key = (text, labelled)
        if key not in self._read:
            self._read[key] = self.words.parse(text, self.head.language, labelled)
        return self._read[key]

    # In the frame -------------------------------------------------------------------------------------------------------------------
    def _in_frame(self, picture: Picture, caption: int | None) -> Credit | None:
        """A credit element, then the caption, then any line inside the picture's frame."""
        document, frame = self.document, picture.frame
        if document.ends[frame] - frame > LARGEST:
            return None  # a background behind a part of the page
        for node in range(frame, document.ends[frame]):
            if "credit" in self.layout.kinds(node) and document.tags[node] not in _NO_TEXT:
                text = self._seen_text(node)
                if text and len(text) < _LONGEST_LINE and (found := self._parse(text, labelled=True)):
                    return self._credit(found, "credit_element", node)
        if caption is not None and (credit := self._in_caption(caption)):
            return credit
        if frame != picture.node:
            text = self._seen_text(frame)
            if (
                text
                and len(text) < _LONGEST_LINE
                and (found := self._parse(text, labelled=False))
                and not self.words.may_be_byline(found.text)
            ):
                return self._credit(found, "overlay_or_after", frame)
            return self._last_line(frame, "overlay_or_after") if document.tags[frame] == "figure" else None
        return None

    def _in_caption(self, caption: int) -> Credit | None:
        document = self.document
        text = self._seen_text(caption)
        if found := self._parse(text, labelled=False):
            return self._credit(found, "caption", caption)
        maker = behind_camera(document, self.layout, caption)
        if maker and (found := self._parse(maker, labelled=True)):
            return self._credit(found, "caption", caption)
        # A last small line of a caption is a credit by its form: "<small>Jane Doe</small>".
        for node in document.inside(caption, "small", "cite"):
            small = self._seen_text(node)
            if small and len(small) < 80 and (found := self._parse(small, labelled=True)):
                return self._credit(found, "caption", node)
        if credit := self._last_line(caption, "caption"):
            return credit
        if found := self.words.unmarked(text):
            return self._credit(found, "caption", caption)
        # "Jane Doe, some rights reserved": only the link says under which licence.
        if self._licence(caption) and len(text) < _LONGEST_LINE:
            found = self._parse(text, labelled=True) or CreditText(clip(text, 200), 0, len(text))
            return self._credit(found, "caption", caption)
        return None

    def _last_line(self, box: int, place: str) -> Credit | None:
        """A name, an agency or the publisher in a line of its own behind a description: "<span>The lake at noon.</span><span>Jane Doe</span>"."""
        line = last_line(self.document, box)
        found = self.words.bare(line[1], self.head.own_names) if line and self._is_seen(line[0]) else None
        return self._credit(found, place, line[0]) if found and line else None

    def _is_seen(self, node: int) -> bool:
        return self.hidden.how(node, picture=True) is None

    def _seen_text(self, node: int) -> str:
        """The text of an element without the parts that the page's own markup hides."""
        document = self.document
        if all(self.hidden.how(inner, picture=True) is None for inner in range(node, document.ends[node])):
            return document.text(node)
        pieces = range(document.first_piece[node], document.last_piece[node])
        return tidy(" ".join(document.prose[piece] for piece in pieces if self.hidden.how(document.owner[piece], picture=True) is None))

    # Beside it ----------------------------------------------------------------------------------------------------------------------
    def _beside(self, picture: Picture) -> Credit | None:
        """The short lines right behind the picture, as long as no other picture or heading comes between."""
        for block, text in self._blocks_behind(picture, 2, self.document.ends[picture.frame]):
            if len(block.text) > _LONGEST_LINE:
                break
            labelled = any("credit" in self.layout.kinds(node) for node in (block.node, *list(self.document.ancestors(block.node))[:2]))
            found = self._parse(text, labelled=labelled)
            if found and not (labelled or not self.words.may_be_byline(found.text)):
                continue
            if found and (labelled or found.end - found.start > len(text) * 0.4 or "caption" in self.layout.kinds(block.node)):
                return self._credit(found, "overlay_or_after", block.node)
        return None

    def _behind(self, picture: Picture) -> Credit | None:
        """A line further behind in a box with the picture that is nothing but a credit: under the text that stands beside the picture."""
        box = picture.frame
        for outer in self.document.ancestors(picture.frame):
            if outer in self.layout.frame or self.document.ends[outer] - outer > BOX:
                break
            box = outer
        for block, text in self._blocks_behind(picture, _BEHIND, self.document.ends[box]):
            if (
                block.node < self.document.ends[box]
                and len(text) <= _WHOLE_LINE
                and not self.words.may_be_of_text(text)
                and not self.words.may_be_byline(text)
            ):
                found = self._parse(text, labelled=False)
                if found and not found.placeholder and found.end - found.start > len(text.strip(" ()[].")) * 0.9:
                    return self._credit(found, "overlay_or_after", block.node)
        return None

    def _blocks_behind(self, picture: Picture, most: int, own: int) -> list[tuple[Block, str]]:
        """The next blocks of the page up to the next picture of the piece, or a heading from `own` on, without what is hidden or a foot's."""
        document, blocks = self.document, self.blocks
        end = document.ends[picture.frame]
        index = blocks.index_after(picture.frame)
        while index < len(blocks.items) and blocks.items[index].node < end:
            index += 1
        stop = min(_next(self._content, end), _next(self._breaks, own))
        found: list[tuple[Block, str]] = []
        for block in blocks.items[index : index + most]:
            if block.node >= stop:
                break
            if self.hidden.how(block.node, picture=True) is None and not self._in_foot(block.node):
                found.append((block, tidy(block.text[: _LONGEST_LINE + 1])))
        return found

    @cached_property
    def _breaks(self) -> list[int]:
        return self.document.all(*_BREAKS)

    def _in_foot(self, node: int) -> bool:
        """Whether it stands in the foot of the page or of a box: a © there is the site's or the recipe's."""
        return any(foot < node < end for foot, end in self._feet)

    @cached_property
    def _feet(self) -> list[tuple[int, int]]:
        return [(foot, self.document.ends[foot]) for foot in self.document.all("footer") if foot not in self.layout.frame]

    def _in_attributes(self, picture: Picture) -> Credit | None:
        attrs = self.document.attrs[picture.node]
        for name in ("data-credit", "data-copyright", "data-photographer", "data-caption-credit"):
            value = attrs.get(name)
            if value and (found := self._parse(tidy(value), labelled=True)):
                return self._credit(found, "alt_or_title", picture.node)
        for name in ("title", "alt", "data-caption", "data-image-caption"):
            value = attrs.get(name)
            if value and (found := self._parse(tidy(value), labelled=False)):
                return self._credit(found, "alt_or_title", picture.node)
        return None

    def of_repeated(self, pictures: Sequence[Picture], captions: Sequence[int | None]) -> dict[int, Credit]:
        """Of the pictures that have no other credit, those under which the same name or brand stands again and again."""
        document = self.document
        lines = [line_of(document, picture.frame, picture.node, caption) for picture, caption in zip(pictures, captions, strict=True)]
        headline = self.layout.headline
        titles = [document.text(node) for node in (headline, *document.all("title")) if node is not None]
        makers = repeated([line[1] for line in lines if line], titles)
        found: dict[int, Credit] = {}
        for picture, line in zip(pictures, lines, strict=True):
            if line and fold(line[1]) in makers and self._is_seen(line[0]) and (credit := self.words.brand(line[1], self.head.own_names)):
                found[picture.node] = self._credit(credit, "caption" if "figcaption" in document.tags[line[0]] else "overlay_or_after", line[0])
        return found

    # For all pictures ---------------------------------------------------------------------------------------------------------------
    def of_page(self, own: list[int]) -> list[tuple[Credit, bool]]:
        """Lines of their own that credit the piece's pictures, each with whether it speaks of the featured picture only.

        Lines inside the elements `own` are the credits of one picture each.
        """
        found: list[tuple[Credit, bool]] = []
        items = self.blocks.items
        last = self.blocks.index_after(self.layout.last_paragraph)
        first = self.blocks.index_after(self.layout.first_paragraph)
        near = {*range(max(0, first - _FIRST_BLOCKS), first), *range(max(0, last - _LAST_BLOCKS), min(len(items), last + _LAST_BLOCKS))}
        short = [index for index in sorted(near) if len(items[index].text) <= _PARAGRAPH]
        for index in [short[at] for at in self.words.may_be_page_level([items[index].text for index in short])]:
            block = items[index]
            if not self._may_speak_of_page(block.node) or self.hidden.how(block.node, picture=True) is not None or any(self.document.within(block.node, node) for node in own):
                continue
            text = tidy(block.text)
            if self.words.heads_list(text):
                listed = self._listed(index)
                found += [(listed, False)] if listed else []
            named = self.words.page_level(text, self.head.language)
            if named:
                found.append((self._credit(_joined(named, text), "page_level", block.node), self.images.speaks_of_featured(text)))
        return found

    def _may_speak_of_page(self, node: int) -> bool:
        region = self.layout.region(node)
        # Right behind the piece, before the page goes on, a line stands in no box of its own.
        beside = region is Region.SIDEBAR and not self.layout.is_in(node, "sidebar")
        return region in _PLACES or (beside and all(self.document.tags[outer] != "aside" for outer in self.document.ancestors(node)))

    def _listed(self, heading: int) -> Credit | None:
        """The list of credits below a heading, as one."""
        makers: list[CreditText] = []
        texts: list[str] = []
        node = self.blocks.items[heading].node
        for block in self.blocks.items[heading + 1 : heading + 1 + _LISTED]:
            text = tidy(block.text[: _LONGEST_LINE + 1])
            found = self._parse(text, labelled=True) if len(text) <= _LONGEST_LINE else None
            if found is None or any(self.document.tags[outer] in _HEADINGS for outer in (block.node, *self.document.ancestors(block.node, 2))):
                break
            makers.append(found)
            texts.append(text)
        return self._credit(_joined(makers, " | ".join(texts)), "page_level", node) if makers else None

    def of_feed(self, picture: Picture) -> Credit | None:
        """The line behind a row of products that says from which shop's feed their pictures come."""
        index = self.blocks.index_after(picture.node)
        at = bisect_left(self._feeds, index, key=lambda feed: feed[0])
        return self._feeds[at][1] if at < len(self._feeds) and self._feeds[at][0] < index + _FEED else None

    @cached_property
    def _feeds(self) -> list[tuple[int, Credit]]:
        lines = ((index, block.node, self.words.fed(block.text)) for index, block in enumerate(self.blocks.items))
        return [(index, self._credit(found, "overlay_or_after", node)) for index, node, found in lines if found]

    def _credit(self, found: CreditText, place: str, node: int) -> Credit:
        links = tuple(self._links(node)) if place != "alt_or_title" else ()
        return Credit(
            text=clip(found.text, 200),
            place=place,
            maker=found.maker,
            agency=found.agency,
            licence=found.licence or self._licence(node),
            via=found.via,
            placeholder=found.placeholder,
            agency_kind=found.agency_kind,
            collective=found.collective,
            spot=Spot(node, None, clip(found.text, 80)),
            links=links,
        )

    def _links(self, node: int) -> list[str]:
        """The addresses that the credit's element links to: the source, the licence."""
        document = self.document
        nodes = [node, *document.inside(node, "a")] if document.tags[node] == "a" else list(document.inside(node, "a"))
        return [href for link in nodes if (href := document.attrs[link].get("href", "").strip())][:_MOST_LINKS]

    def _licence(self, node: int) -> str | None:
        return next((licence for href in self._links(node) if (licence := self.words.licence_of(href))), None)


def _joined(named: list[CreditText], text: str) -> CreditText:
    """The credits of one line as one, with all makers."""
    makers = dict.fromkeys(credit.maker for credit in named if credit.maker)
    agencies = dict.fromkeys(credit.agency for credit in named if credit.agency)
    return replace(
        named[0],
        text=text,
        maker=", ".join(makers) or None,
        agency="/".join(agencies) or None,
        licence=next((credit.licence for credit in named if credit.licence), None),
        via=next((credit.via for credit in named if credit.via), None),
        placeholder=all(credit.placeholder for credit in named),
        agency_kind=next((credit.agency_kind for credit in named if credit.agency_kind), None),
        collective=any(credit.collective for credit in named),
    )


def _next(nodes: Sequence[int], start: int) -> float:
    """The first of the nodes from `start` on; infinite where none follows."""
    at = bisect_left(nodes, start)
    return nodes[at] if at < len(nodes) else inf
