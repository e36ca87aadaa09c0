"""The page as blocks for reports: what a reader meets in which order, and which facts stand where. Built only where a report keeps it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from checker.facts import Image, Link, Notice, Page, Region, Spot, Tier
from checker.outline import OutlineBlock
from checker.page.block_kinds import kind_of
from checker.page.blocks import Blocks
from checker.page.document import Document
from checker.page.hidden import Hidden
from checker.page.layout import Layout
from checker.page.outline_size import Draft, fitted
from checker.page.verdicts import says_plainly
from checker.text import tidy

# What stands in these is no text of the page.
_NOT_TEXT = frozenset(("noscript", "template", "comment", "script", "title", "alt", "content"))
_Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Outline:
    """The blocks, and in which of them the places of findings stand."""

    blocks: tuple[OutlineBlock, ...]
    at: dict[_Key, int]

    def block(self, spot: Spot) -> int | None:
        """The index of the block that holds the spot; None where none does, and for spots that were not asked for."""
        return self.at.get(_key(spot))


@dataclass(slots=True)
class _Block(Draft):
    """A block that is still to be told. `begins`: what orders blocks; `own`: the text of what is no text of the page."""

    document: Document
    hides: Hidden
    begins: tuple[int, bool, int]
    first: int
    last: int
    own: str | None = None

    def text(self) -> str:
        """What readers see of it; of what they do not see all."""
        if self.own is not None:
            return tidy(self.own)
        prose = self.document.prose
        if self.hidden or not self.hides.is_in(self.first, self.last):
            return tidy("".join(prose[self.first : self.last]))
        owner, how = self.document.owner, self.hides.how
        return tidy("".join(prose[piece] for piece in range(self.first, self.last) if prose[piece] and how(owner(piece)) is None))


def outlined(document: Document, blocks: Blocks, layout: Layout, hidden: Hidden, page: Page, spots: Iterable[Spot]) -> Outline:
    """The outline of a page. The blocks that hold one of the spots are kept, as are those that hold a fact."""
    drafts = _Drafts(document, blocks, layout, hidden)
    drafts.add_facts(page)
    pointed = {_key(spot): found for spot in spots if (found := drafts.at(spot)) is not None}
    for draft in pointed.values():
        draft.pointed = True
    kept = drafts.ordered()
    told, places = fitted(kept)
    number = {id(draft): at for at, draft in enumerate(kept)}
    return Outline(told, {key: places[number[id(draft)]] for key, draft in pointed.items()})


def _key(spot: Spot) -> _Key:
    return spot.node, -1 if spot.skip is None else spot.skip


@dataclass(slots=True)
class _Drafts:
    """The blocks of a page, and what stands between them: pictures, links without words, notices that are no text."""

    document: Document
    blocks: Blocks
    layout: Layout
    hidden: Hidden
    _texts: list[_Block] = field(init=False)
    _firsts: list[int] = field(init=False)
    _others: dict[_Key, _Block] = field(init=False, default_factory=dict)
    _pictures: list[int] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        paragraphs, document, hides = set(self.layout.paragraphs), self.document, self.hidden
        region, how, ink_of = self.layout.region, hides.how, self.blocks.ink_of
        self._firsts = [block.first for block in self.blocks.items]
        self._texts = []
        for index, block in enumerate(self.blocks.items):
            node, first, last = block.node, block.first, block.last
            kind, level = kind_of(document, node, is_text=node in paragraphs)
            hidden = how(node) is not None and self._is_hidden(first, last)
            draft = _Block(kind, level, region(node), ink_of(index), hidden, document, hides, (first, True, node), first, last)
            self._texts.append(draft)

    def _is_hidden(self, first: int, last: int) -> bool:
        """Whether readers see nothing of these pieces."""
        prose, owner, how = self.document.prose, self.document.owner, self.hidden.how
        return all(not prose[piece] or prose[piece].isspace() or how(owner(piece)) is not None for piece in range(first, last))

    # Facts --------------------------------------------------------------------------------------------------------------------------
    def add_facts(self, page: Page) -> None:
        """Name all facts where they stand."""
        for number, image in enumerate(page.images, 1):
            self._add_image(image, number)
        self._pictures.sort()
        for number, notice in enumerate(page.notices, 1):
            self._add_notice(notice, f"{'notice' if says_plainly(notice) else 'hint'}:{number}")
        for number, link in enumerate(page.links, 1):
            self._add_link(link, f"{'possible' if link.affiliate is Tier.POSSIBLE else 'link'}:{number}")
        for number, author in enumerate(page.authors, 1):
            if author.spot is not None and author.visible:
                self._mark(author.spot, f"author:{number}")

    def _add_image(self, image: Image, number: int) -> None:
        if image.content and 0 <= image.spot.node < len(self.document):
            self._own(image.spot, "image", image.region, image.alt or "", hidden=False).marks.append(f"image:{number}")
            self._pictures.append(image.spot.node)
        if image.credit is not None and image.credit.spot is not None:
            self._mark(image.credit.spot, f"credit:{number}")

    def _add_notice(self, notice: Notice, mark: str) -> None:
        found = None if notice.hidden_by in _NOT_TEXT else self._text_at(notice.spot)
        if found is None or (notice.hidden_by is not None and not found.hidden):
            if not 0 <= notice.spot.node < len(self.document):
                return
            found = self._own(notice.spot, "other", notice.region, notice.text, hidden=notice.hidden_by is not None)
        found.marks.append(mark)

    def _add_link(self, link: Link, mark: str) -> None:
        found = self.at(link.spot)
        if found is None:
            if not 0 <= link.spot.node < len(self.document):
                return
            found = self._own(link.spot, "other", link.region, link.text or link.host or "", hidden=link.hidden)
        found.marks.append(mark)

    def _mark(self, spot: Spot, mark: str) -> None:
        found = self._text_at(spot)
        if found is not None:
            found.marks.append(mark)

    def _own(self, spot: Spot, kind: str, region: Region, text: str, *, hidden: bool) -> _Block:
        """A block of its own for what stands there."""
        key = _key(spot)
        if key not in self._others:
            begins = (self.document.first_piece[spot.node], False, spot.node)
            length = sum(map(len, text.split())) if kind == "other" and not hidden else 0
            self._others[key] = _Block(
                kind, None, region, length, hidden,
                document=self.document, hides=self.hidden, begins=begins, first=0, last=0, own=text,
            )  # fmt: skip
        return self._others[key]

    # Places -------------------------------------------------------------------------------------------------------------------------
    def at(self, spot: Spot) -> _Block | None:
        """The block that holds the spot."""
        found = self._others.get(_key(spot)) or self._text_at(spot)
        if found is None and spot.skip is None and 0 <= spot.node < len(self.document):
            # A link without words is mostly one around a picture.
            at = bisect_left(self._pictures, spot.node)
            inside = [node for node in self._pictures[at : at + 1] if node < self.document.ends[spot.node]]
            return self._others[inside[0], -1] if inside else None
        return found

    def _text_at(self, spot: Spot) -> _Block | None:
        """The block of text that holds the character, or in which the element begins."""
        document, texts = self.document, self._texts
        if not (-1 if spot.skip is not None else 0) <= spot.node < len(document):
            return None
        if spot.skip is not None:
            piece = document.piece_of(spot.node, spot.skip)
            at = bisect_right(self._firsts, piece) - 1
            return texts[at] if at >= 0 and piece < texts[at].last else None
        first, last = document.first_piece[spot.node], document.last_piece[spot.node]
        at = bisect_right(self._firsts, first) - 1
        # What holds no text at all may stand right before a block.
        if at >= 0 and texts[at].last > first and (first < last or texts[at].first < first):
            return texts[at]
        return texts[at + 1] if at + 1 < len(texts) and texts[at + 1].first < last else None

    def ordered(self) -> list[_Block]:
        """The blocks that readers see, and those that hold something, in the order of reading."""
        shown = (draft for draft in self._texts if not draft.hidden or draft.marks or draft.pointed)
        # Where a block begins with a picture, the picture comes first.
        return sorted((*self._others.values(), *shown), key=lambda draft: draft.begins)
