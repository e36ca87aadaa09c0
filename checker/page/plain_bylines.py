"""Bylines without a mark in the markup: lines at the headline, names of the data in sight, sign-offs, notes and boxes behind the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property

from checker.facts import Region, Spot
from checker.lexicon.names import Name
from checker.page.author_boxes import LONGEST_BYLINE, MAIN, AuthorBoxes
from checker.page.blocks import Block, Blocks
from checker.page.byline_text import block_text
from checker.page.folded_blocks import FoldedBlocks
from checker.page.marked_bylines import Seen
from checker.text import clip, fold, tidy

# So many blocks around the headline are looked at for a byline without a class.
_NEAR = 14
_LAST = 4
_CREDITED = 3
# So many lines about rights and reprints may stand behind the one that signs.
_RIGHTS = 2
_BEHIND = 10
# A sign-off stands in one of so many blocks behind the last paragraph, a dateline in one of so many at the first.
_SIGNED = 3
_LEAD = 20
# Elements of more elements than this hold more than an author's box.
_LARGEST_BOX = 400
# A line with so much more than the name in it is no byline; within the text it may hold less.
_BESIDE = 90
_BESIDE_IN_TEXT = 25
# Shorter names of the data occur by chance.
_SHORT = 4
_LONGEST_NOTE = 700
# "Author:", "Written by", in the longest language.
_LABEL = 30

Read = Callable[[str, str | None], list[Name]]


class PlainBylines:
    """Reads the blocks of a page for authors."""

    def __init__(self, blocks: Blocks, boxes: AuthorBoxes) -> None:
        self.blocks = blocks
        self.boxes = boxes
        self.names = boxes.lexicon.names
        self.first = blocks.index_after(boxes.layout.first_paragraph)
        self._texts: dict[int, str] = {}
        self.last = blocks.index_after(boxes.layout.last_paragraph)

    @cached_property
    def _folded(self) -> FoldedBlocks:
        """Those that may show a name of the data: short lines, and notes behind the text."""
        notes = range(self.last, self.last + _BEHIND)
        return FoldedBlocks(
            [
                block.text if len(block.text) <= LONGEST_BYLINE or (index in notes and len(block.text) <= _LONGEST_NOTE) else ""
                for index, block in enumerate(self.blocks.items)
            ]
        )

    def near_headline(self) -> list[Seen]:
        """Short lines after the headline, and right before it, that begin with a byline's marker; else a line of name and date."""
        area = self._title_area()
        return self._first(area, self.names.byline) or self._labelled(area) or self._first(area, self.names.dated)

    def _labelled(self, area: list[int]) -> list[Seen]:
        """A full name in the block behind one that is only a label: two cells of a table, a term and its description."""
        for index in area:
            label, behind = self.blocks.items[index], self.blocks.items[index + 1 : index + 2]
            if len(label.text) > _LABEL or not behind or len(behind[0].text) > LONGEST_BYLINE:
                continue
            if not self.names.is_label(label.text, self.boxes.language) or not self._is_open(label):
                continue
            line = tidy(behind[0].text)
            named = self.names.byline(f"{tidy(label.text).rstrip(' :')}: {line}", self.boxes.language)
            if named and named[0].kind == "person" and " " in named[0].name and line.startswith(named[0].name) and self._is_open(behind[0]):
                return self._seen(behind[0], named)
        return []

    def credited(self) -> list[Seen]:
        """A full name alone in a line behind the headline, in a box that calls itself a credit and holds no picture."""
        layout, document = self.boxes.layout, self.boxes.document
        if layout.headline is None:
            return []
        behind = self.blocks.index_after(layout.headline) + 1
        for block in self.blocks.items[behind : behind + _CREDITED]:
            around = [outer for outer in (block.node, *document.ancestors(block.node, 2)) if "credit" in layout.kinds(outer)]
            if not around or any("not_author" in layout.kinds(outer) or any(document.inside(outer, "img", "picture")) for outer in around):
                continue
            if any(document.tags[outer] == "figure" for outer in document.ancestors(block.node)) or not self.boxes.is_in_sight(block.node):
                continue
            line = tidy(block.text)
            named = self.boxes.names(line) if len(line) <= LONGEST_BYLINE else []
            if len(named) == 1 and named[0].kind == "person" and named[0].name == line and 1 < len(line.split()) < 5 and line.istitle():
                return self._seen(block, named)
        return []

    def line_before_text(self) -> list[Seen]:
        """The line right before the text that begins with a byline's marker, beside whatever the markup calls the author."""
        for index in range(max(0, self.first - 2), min(self.first + 1, len(self.blocks.items))):
            block = self.blocks.items[index]
            if not self.names.begins_with_marker(tidy(block.text), self.boxes.language):
                continue
            if self.boxes.region(block.node) in (Region.TITLE_AREA, Region.ARTICLE) and (found := self._lines(block, self.names.byline)):
                return [seen for seen in found if seen.name.kind == "person" and " " in seen.name.name]
        return []

    def editors(self) -> list[Seen]:
        """Editors in charge, where nobody else is named."""
        return self._first((*self._title_area(), *self._end()), self.names.editors)

    def dateline(self) -> list[Seen]:
        """Who is named before the first sentence."""
        for index in range(self.first, min(self.first + _LEAD, len(self.blocks.items))):
            block = self.blocks.items[index]
            if (named := self.names.dateline(block.text, self.boxes.language)) and self._is_open(block):
                return [Seen(name, "byline", self.blocks.spot(block, name.start, name.end)) for name in named]
        return []

    def told_in_sight(self, told: Mapping[str, Name], own: AbstractSet[str]) -> list[tuple[str, Spot]]:
        """The names of structured data (folded) that stand in a short line of the title area or behind the text: a byline without a marker.

        The names in `own` are the site's, which stand everywhere: they want the marker.
        """
        wanted = {key: name for key, name in told.items() if len(key) > _SHORT or not key.isascii() or name.kind == "organisation"}
        found: list[tuple[str, Spot]] = []
        holding = {index for key in wanted for index in self._folded.holding(key.split())}
        for index in sorted(holding):
            block = self.blocks.items[index]
            if self.last <= index < self.last + _BEHIND and len(block.text) <= _LONGEST_NOTE:
                found += self._told_in_note(block, wanted)
            if len(block.text) > LONGEST_BYLINE:
                continue
            line = tidy(block.text)
            text = fold(line)
            for key in [key for key in wanted if key in text and len(text) < len(key) + _BESIDE]:
                if self._shows(block, line, key, own=key in own):
                    found.append((key, self.blocks.spot(block, 0)))
                    del wanted[key]
        return found

    def _told_in_note(self, block: Block, wanted: dict[str, Name]) -> list[tuple[str, Spot]]:
        """The name of the data with which a note behind the text begins: "Jane Doe writes about ice"."""
        told = [key for key in wanted if self.names.tells_of(tidy(block.text), key, self.boxes.language)]
        if not told or not self._is_open(block):
            return []
        del wanted[told[0]]
        return [(told[0], self.blocks.spot(block, 0))]

    def _shows(self, block: Block, line: str, key: str, *, own: bool) -> bool:
        region = self.boxes.region(block.node)
        if region not in (Region.TITLE_AREA, Region.ARTICLE_END, Region.ARTICLE) or not self.boxes.is_in_sight(block.node):
            return False
        if region is Region.ARTICLE and len(line) > len(key) + _BESIDE_IN_TEXT:
            return False
        marked = any(fold(name.name) == key for name in self.names.byline(line, self.boxes.language))
        if own and not self.names.begins_with_marker(line, self.boxes.language):
            return False
        if not marked and not any(fold(name.name) == key for name in self.boxes.names(line)):
            return False
        # "By Ada Quill" under the author's own portrait is a byline, though it is a caption.
        return not self.boxes.is_other(block.node) or (marked and region is Region.TITLE_AREA)

    def at_the_end(self) -> list[Seen]:
        """A byline, a sign-off, an author box, a note or a farewell behind the text."""
        found: list[Seen] = []
        named_in: list[int] = []
        signed: list[tuple[int, list[Seen]]] = []
        for index in self._end():
            block = self.blocks.items[index]
            lines = self._lines(block, self.names.byline)
            found += lines
            named_in += [index] * bool(lines)
            named = [] if lines else self.names.sign_off(tidy(block.text)[-120:], self.boxes.language)
            if named and self._is_open(block):
                signed.append((index, [Seen(name, "byline", self.blocks.spot(block, 0)) for name in named]))
        if len(named_in) > 1 and named_in[-1] - named_in[0] >= len(named_in):
            found = []  # bylines with other lines between them are those of other stories
        # More than one are a list of other stories with their agencies.
        if len(signed) == 1 and signed[0][0] <= self.last + _SIGNED:
            found += signed[0][1]
        return found or self._author_box() or self._notes()

    def _notes(self) -> list[Seen]:
        """A note about the author in the last lines, the first name under a greeting, or an office's name in italics."""
        document, language = self.boxes.document, self.boxes.language
        for index in range(max(0, self.last - _RIGHTS), min(len(self.blocks.items), self.last + _BEHIND)):
            block = self.blocks.items[index]
            if len(block.text) > _LONGEST_NOTE or not self._is_open(block):
                continue
            text = self._text(block)
            if text.endswith(",") and index + 1 < len(self.blocks.items):  # the greeting and the name may be two paragraphs
                text = f"{text}\n{tidy(self.blocks.items[index + 1].text[:LONGEST_BYLINE])}"
            named = self.names.note(text, language) if index >= self.last else []
            named = named or self.names.farewell(text, language)
            if not named and document.tags[block.node] in ("em", "i"):
                named = self.names.office(text, language)
            if named:
                return [Seen(name, "byline", self.blocks.spot(block, 0)) for name in named]
        return []

    def _author_box(self) -> list[Seen]:
        """The box at the foot: its heading, or the link or strong line in it, names the author."""
        document, layout, language = self.boxes.document, self.boxes.layout, self.boxes.language
        for node in self.boxes.marked:
            if not document.attrs[node] or "author_box" not in layout.kinds(node) or node in layout.frame:
                continue
            if self.boxes.region(node) not in (*MAIN, Region.SIDEBAR):
                continue
            if document.ends[node] - node > _LARGEST_BOX or (self.boxes.region(node) is Region.SIDEBAR and not document.within(node, layout.article)):
                continue
            if not self.boxes.is_in_sight(node):
                continue
            for inner in document.inside(node, "h2", "h3", "h4", "h5", "h6", "strong", "b", "a", "span", "p", "div"):
                text = document.text(inner)
                if 0 < len(text) <= 80:
                    names = self.names.about(text, language) or self.boxes.names(text)
                    persons = [name for name in names if name.kind == "person" and " " in name.name and not name.name[0].islower()]
                    if persons:
                        return [Seen(name, "byline", Spot(inner, None, clip(name.name, 80))) for name in persons]
        return []

    # Blocks ---------------------------------------------------------------------------------------------------------------------------
    def _title_area(self) -> list[int]:
        layout, count = self.boxes.layout, len(self.blocks.items)
        around = self.blocks.index_after(layout.headline) if layout.headline is not None else self.first
        behind = max(self.last, self.first + 3, around + 3)  # what stands behind the text stands at the end of it
        return [*range(around, min(max(around + _NEAR, self.first + 3), behind, count)), *range(max(0, around - 3), around)]

    def _end(self) -> range:
        return range(max(0, self.last - _LAST), min(len(self.blocks.items), self.last + _BEHIND))

    def _text(self, block: Block) -> str:
        if block.place not in self._texts:
            self._texts[block.place] = block_text(self.boxes.document, block)
        return self._texts[block.place]

    def _is_open(self, block: Block) -> bool:
        """Whether the block is in sight and part of the piece."""
        return self.boxes.region(block.node) in MAIN and not self.boxes.is_other(block.node) and self.boxes.is_in_sight(block.node)

    def _first(self, indices: Iterator[int] | list[int] | tuple[int, ...], read: Read) -> list[Seen]:
        for index in indices:
            block = self.blocks.items[index]
            if len(block.text) <= LONGEST_BYLINE * 2 and (found := self._lines(block, read)):
                return found
        return []

    def _seen(self, block: Block, named: list[Name]) -> list[Seen]:
        spot = self.blocks.spot(block, 0)
        owner = min(map(self.boxes.document.owner, range(block.first, block.last)), default=block.node)
        return [Seen(name, "byline", spot, self.boxes.link_of(owner, name.name)) for name in named]

    def _lines(self, block: Block, read: Read) -> list[Seen]:
        """What is read in the block as a whole, else in its lines."""
        headline = self.boxes.layout.headline
        if self.boxes.region(block.node) not in MAIN or (headline is not None and self.boxes.document.within(block.node, headline)):
            return []
        text = self._text(block)
        lines = text.split("\n")
        whole = [text] if 1 < len(lines) < 4 else []
        for line in (*whole, *lines):
            if 0 < len(line) <= LONGEST_BYLINE and (named := read(line, self.boxes.language)):
                return self._seen(block, named) if self._is_open(block) else []
        return []
