"""The places around a picture where people put its credit, asked in the order in which a reader would look."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from math import inf

from checker.facts import Credit
from checker.lexicon.credits import CreditText
from checker.page.blocks import Block, Blocks
from checker.page.caption_lines import behind_camera, last_line, line_of, repeated
from checker.page.credit_reader import CreditReader
from checker.page.document import Document
from checker.page.frames import BOX, LARGEST
from checker.page.head import Head
from checker.page.hidden import Hidden
from checker.page.layout import Layout
from checker.page.pictures import Picture
from checker.text import clip, fold, tidy

# A line beside a picture longer than this is a paragraph of the story.
_LONGEST_LINE = 300
# So many blocks behind its picture a line that is nothing but a credit still speaks of it.
_BEHIND = 8
_WHOLE_LINE = 100
_BREAKS = ("h1", "h2", "iframe", "video", "h3", "figure")
_NO_TEXT = ("img", "figure", "picture", "source", "script", "style")


class CreditPlaces:
    """Finds the credit of one picture."""

    def __init__(
        self, document: Document, blocks: Blocks, layout: Layout, hidden: Hidden, head: Head, reader: CreditReader, content: Sequence[int]
    ) -> None:
        self.document = document
        self._content = content
        self.blocks = blocks
        self.layout = layout
        self.hidden = hidden
        self.head = head
        self.words = reader.words
        self.reader = reader

    def of(self, picture: Picture, caption: int | None) -> Credit | None:
        """The credit that a reader finds for the picture: in its frame, beside it, else in its attributes."""
        return self._in_frame(picture, caption) or self._beside(picture) or self._behind(picture) or self._in_attributes(picture)

    # In the frame -------------------------------------------------------------------------------------------------------------------
    def _in_frame(self, picture: Picture, caption: int | None) -> Credit | None:
        """A credit element, then the caption, then any line inside the picture's frame."""
        document, frame = self.document, picture.frame
        if document.ends[frame] - frame > LARGEST:
            return None  # a background behind a part of the page
        named = self.layout.named
        for node in (*((frame,) if "credit" in named.kinds(frame) else ()), *named.inside(frame, "credit")):
            if document.tags[node] not in _NO_TEXT:
                text = self._seen_text(node)
                if text and len(text) < _LONGEST_LINE and (found := self.reader.parse(text, labelled=True)):
                    return self.reader.credit(found, "credit_element", node)
        if caption is not None and (credit := self._in_caption(caption)):
            return credit
        if frame != picture.node:
            text = self._seen_text(frame)
            if text and len(text) < _LONGEST_LINE and (found := self.reader.parse(text, labelled=False)) and not self.words.may_be_byline(found.text):
                return self.reader.credit(found, "overlay_or_after", frame)
            return self._last_line(frame, "overlay_or_after") if document.tags[frame] == "figure" else None
        return None

    def _in_caption(self, caption: int) -> Credit | None:
        document = self.document
        text = self._seen_text(caption)
        if found := self.reader.parse(text, labelled=False):
            return self.reader.credit(found, "caption", caption)
        maker = behind_camera(document, self.layout, caption)
        if maker and (found := self.reader.parse(maker, labelled=True)):
            return self.reader.credit(found, "caption", caption)
        # A last small line of a caption is a credit by its form: "<small>Jane Doe</small>".
        for node in document.inside(caption, "small", "cite"):
            small = self._seen_text(node)
            if small and len(small) < 80 and (found := self.reader.parse(small, labelled=True)):
                return self.reader.credit(found, "caption", node)
        if credit := self._last_line(caption, "caption"):
            return credit
        if found := self.words.unmarked(text):
            return self.reader.credit(found, "caption", caption)
        # "Jane Doe, some rights reserved": only the link says under which licence.
        if self.reader.licence(caption) and len(text) < _LONGEST_LINE:
            found = self.reader.parse(text, labelled=True) or CreditText(clip(text, 200), 0, len(text))
            return self.reader.credit(found, "caption", caption)
        return None

    def _last_line(self, box: int, place: str) -> Credit | None:
        """A name, an agency or the publisher in a line of its own behind a description: "<span>The lake at noon.</span><span>Jane Doe</span>"."""
        line = last_line(self.document, box)
        found = self.words.bare(line[1], self.head.own_names) if line and self._is_seen(line[0]) else None
        return self.reader.credit(found, place, line[0]) if found and line else None

    def _is_seen(self, node: int) -> bool:
        return self.hidden.how(node, picture=True) is None

    def _seen_text(self, node: int) -> str:
        """The text of an element without the parts that the page's own markup hides."""
        document = self.document
        if all(self.hidden.how(inner, picture=True) is None for inner in range(node, document.ends[node])):
            return document.text(node)
        pieces = range(document.first_piece[node], document.last_piece[node])
        return tidy(" ".join(document.prose[piece] for piece in pieces if self.hidden.how(document.owner(piece), picture=True) is None))

    # Beside it ----------------------------------------------------------------------------------------------------------------------
    def _beside(self, picture: Picture) -> Credit | None:
        """The short lines right behind the picture, as long as no other picture or heading comes between."""
        for block, text in self._blocks_behind(picture, 2, self.document.ends[picture.frame]):
            if len(block.text) > _LONGEST_LINE:
                break
            labelled = any("credit" in self.layout.kinds(node) for node in (block.node, *list(self.document.ancestors(block.node))[:2]))
            found = self.reader.parse(text, labelled=labelled)
            if found and not (labelled or not self.words.may_be_byline(found.text)):
                continue
            if found and (labelled or found.end - found.start > len(text) * 0.4 or "caption" in self.layout.kinds(block.node)):
                return self.reader.credit(found, "overlay_or_after", block.node)
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
                found = self.reader.parse(text, labelled=False)
                if found and not found.placeholder and found.end - found.start > len(text.strip(" ()[].")) * 0.9:
                    return self.reader.credit(found, "overlay_or_after", block.node)
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
            if value and (found := self.reader.parse(tidy(value), labelled=True)):
                return self.reader.credit(found, "alt_or_title", picture.node)
        for name in ("title", "alt", "data-caption", "data-image-caption"):
            value = attrs.get(name)
            if value and (found := self.reader.parse(tidy(value), labelled=False)):
                return self.reader.credit(found, "alt_or_title", picture.node)
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
                found[picture.node] = self.reader.credit(credit, "caption" if "figcaption" in document.tags[line[0]] else "overlay_or_after", line[0])
        return found


def _next(nodes: Sequence[int], start: int) -> float:
    """The first of the nodes from `start` on; infinite where none follows."""
    at = bisect_left(nodes, start)
    return nodes[at] if at < len(nodes) else inf
