"""Images of the main piece with the credit that a reader finds for each, wherever people put it."""

from __future__ import annotations

from dataclasses import replace

from checker.facts import Credit, Image, Region, Spot
from checker.lexicon import Lexicon
from checker.lexicon.credits import CreditText
from checker.page.blocks import Blocks
from checker.page.document import Document
from checker.page.head import Head
from checker.page.hidden import Hidden
from checker.page.layout import Layout
from checker.page.pictures import Picture, read_pictures, stem
from checker.text import clip, tidy

# A line beside a picture longer than this is a paragraph of the story.
_LONGEST_LINE = 300
# A credit for all pictures stands in one of the last blocks of the piece, or behind them.
_LAST_BLOCKS = 30
# Or between headline and text: "Photographs by …".
_FIRST_BLOCKS = 8


def read_images(document: Document, blocks: Blocks, layout: Layout, hidden: Hidden, head: Head, lexicon: Lexicon) -> list[Image]:
    """The page's images in document order; a credit only where the page names somebody (or fails to, by a placeholder)."""
    reader = _Reader(document, blocks, layout, hidden, head, lexicon)
    pictures = read_pictures(document, layout, hidden, lexicon)
    if head.page_type == "listing":
        for picture in pictures:
            picture.content, picture.why = False, "is a teaser on a listing"
    images = [reader.image(picture) for picture in pictures]
    images = _share_credits(images)
    content = [index for index, image in enumerate(images) if image.content]
    if any(_is_out_of_sight(images[index].credit) for index in content):
        own = [image.credit.spot.node for image in images if image.credit is not None and image.credit.spot is not None]
        for credit, featured in reader.page_level(own):
            for index in content[:1] if featured else content:
                if _is_out_of_sight(images[index].credit):
                    images[index] = replace(images[index], credit=credit)
    return images


def _is_out_of_sight(credit: Credit | None) -> bool:
    """Whether a reader of the page's text learns nothing of it."""
    return credit is None or credit.place in ("alt_or_title", "structured")


def _share_credits(images: list[Image]) -> list[Image]:
    """A picture shown twice is credited if one of its showings is."""
    by_name: dict[str, Credit] = {}
    for image in images:
        if image.credit is not None and image.credit.place != "structured":
            for address in (image.src, *image.sources):
                by_name.setdefault(_name(address), image.credit)
    shared: list[Image] = []
    for image in images:
        credit = next((by_name[name] for address in (image.src, *image.sources) if (name := _name(address)) in by_name), None)
        shared.append(replace(image, credit=credit) if image.content and image.credit is None and credit is not None else image)
    return shared


def _name(address: str) -> str:
    """What identifies a picture: its stem, or the whole address where the stem is as short as `1.jpg`."""
    name = stem(address)
    return name if len(name) > 9 else address


class _Reader:
    """The places around a picture, asked in the order in which a reader would look."""

    def __init__(self, document: Document, blocks: Blocks, layout: Layout, hidden: Hidden, head: Head, lexicon: Lexicon) -> None:
        self.document = document
        self.blocks = blocks
        self.layout = layout
        self.hidden = hidden
        self.head = head
        self.lexicon = lexicon
        self.structured = {stem(url): picture for picture in head.pictures for url in picture.urls if stem(url)}

    def image(self, picture: Picture) -> Image:
        caption = self._caption(picture)
        credit: Credit | None = None
        if picture.content and caption is not None and self.lexicon.names.byline(self.document.text(caption)[:160], self.head.language):
            picture.content, picture.why = False, "is the author's portrait, by its caption"
        if picture.content:
            credit = self._in_frame(picture, caption) or self._beside(picture) or self._in_attributes(picture) or self._structured(picture)
        alt = self.document.attrs[picture.node].get("alt")
        return Image(
            spot=Spot(picture.node, None, clip(alt or picture.src, 80)),
            src=picture.src,
            content=picture.content,
            why=picture.why,
            sources=tuple(address for address in picture.addresses if address != picture.src),
            credit=credit,
            alt=tidy(alt) if alt is not None else None,
            caption=clip(self.document.text(caption), 300) if caption is not None else None,
            region=picture.region,
        )

    def _caption(self, picture: Picture) -> int | None:
        """The element in the picture's frame that holds its caption."""
        document, frame = self.document, picture.frame
        caption = next(document.inside(frame, "figcaption"), None)
        if caption is not None:
            return caption
        return next((node for node in range(frame + 1, document.ends[frame]) if "caption" in self.layout.kinds(node) and document.text(node)), None)

    def _in_frame(self, picture: Picture, caption: int | None) -> Credit | None:
        """A credit element, then the caption, then any line inside the picture's frame."""
        document = self.document
        frame = picture.frame
        for node in range(frame, document.ends[frame]):
            if "credit" in self.layout.kinds(node) and document.tags[node] not in ("img", "figure", "picture", "source", "script", "style"):
                text = self._seen_text(node)
                if text and len(text) < _LONGEST_LINE and (found := self.lexicon.credits.parse(text, self.head.language, labelled=True)):
                    return self._credit(found, "credit_element", node)
        if caption is not None:
            found = self.lexicon.credits.parse(self._seen_text(caption), self.head.language, labelled=False)
            if found:
                return self._credit(found, "caption", caption)
            # A last small line of a caption is a credit by its form: "<small>Jane Doe</small>".
            for node in document.inside(caption, "small", "cite"):
                text = self._seen_text(node)
                if text and len(text) < 80 and (found := self.lexicon.credits.parse(text, self.head.language, labelled=True)):
                    return self._credit(found, "caption", node)
        if frame != picture.node:
            text = self._seen_text(frame)
            if text and len(text) < _LONGEST_LINE and (found := self.lexicon.credits.parse(text, self.head.language, labelled=False)):
                return self._credit(found, "overlay_or_after", frame)
        return None

    def _seen_text(self, node: int) -> str:
        """The text of an element without the parts that the page's own markup hides."""
        document = self.document
        if all(self.hidden.how(inner, picture=True) is None for inner in range(node, document.ends[node])):
            return document.text(node)
        pieces = range(document.first_piece[node], document.last_piece[node])
        return tidy(" ".join(document.prose[piece] for piece in pieces if self.hidden.how(document.owner[piece], picture=True) is None))

    def _beside(self, picture: Picture) -> Credit | None:
        """The short lines right behind the picture, then the one right before it, as long as no other picture or heading comes between."""
        document, blocks = self.document, self.blocks
        end = document.ends[picture.frame]
        index = blocks.index_after(picture.frame)
        while index < len(blocks.items) and blocks.items[index].node < end:
            index += 1
        for offset in (0, 1):
            if index + offset >= len(blocks.items):
                break
            block = blocks.items[index + offset]
            if self.hidden.how(block.node, picture=True) is not None:
                continue
            between = document.tags[end : block.node]
            if len(block.text) > _LONGEST_LINE or any(tag in ("img", "amp-img", "h1", "h2", "h3", "figure", "iframe", "video") for tag in between):
                break
            labelled = any("credit" in self.layout.kinds(node) for node in (block.node, *list(document.ancestors(block.node))[:2]))
            text = tidy(block.text)
            found = self.lexicon.credits.parse(text, self.head.language, labelled=labelled)
            if found and (labelled or found.end - found.start > len(text) * 0.4 or "caption" in self.layout.kinds(block.node)):
                return self._credit(found, "overlay_or_after", block.node)
        return None

    def _in_attributes(self, picture: Picture) -> Credit | None:
        attrs = self.document.attrs[picture.node]
        for name in ("data-credit", "data-copyright", "data-photographer", "data-caption-credit"):
            value = attrs.get(name)
            if value and (found := self.lexicon.credits.parse(tidy(value), self.head.language, labelled=True)):
                return self._credit(found, "alt_or_title", picture.node)
        for name in ("title", "alt", "data-caption", "data-image-caption"):
            value = attrs.get(name)
            if value and (found := self.lexicon.credits.parse(tidy(value), self.head.language, labelled=False)):
                return self._credit(found, "alt_or_title", picture.node)
        return None

    def _structured(self, picture: Picture) -> Credit | None:
        for address in picture.addresses:
            known = self.structured.get(stem(address))
            if known is not None and known.credit:
                return Credit(text=clip(known.credit, 200), place="structured", maker=clip(known.credit, 200))
        return None

    def page_level(self, own: list[int]) -> list[tuple[Credit, bool]]:
        """Lines of their own at the end of the piece that credit its pictures, each with whether it speaks of the featured picture only.

        Lines inside the elements `own` are the credits of one picture each.
        """
        found: list[tuple[Credit, bool]] = []
        items = self.blocks.items
        last = self.blocks.index_after(self.layout.last_paragraph)
        first = self.blocks.index_after(self.layout.first_paragraph)
        near = {*range(max(0, first - _FIRST_BLOCKS), first), *range(max(0, last - _LAST_BLOCKS), min(len(items), last + _LAST_BLOCKS))}
        for index in sorted(near):
            block = items[index]
            if len(block.text) > _LONGEST_LINE or self.layout.region(block.node) not in (Region.ARTICLE, Region.ARTICLE_END, Region.TITLE_AREA):
                continue
            if self.hidden.how(block.node, picture=True) is not None or any(self.document.within(block.node, node) for node in own):
                continue
            text = tidy(block.text)
            featured = self.lexicon.images.speaks_of_featured(text)
            credited = self.lexicon.credits.page_level(text, self.head.language)
            found += [(self._credit(credit, "page_level", block.node), featured) for credit in credited]
        return found

    def _credit(self, found: CreditText, place: str, node: int) -> Credit:
        return Credit(
            text=clip(found.text, 200),
            place=place,
            maker=found.maker,
            agency=found.agency,
            licence=found.licence,
            via=found.via,
            placeholder=found.placeholder,
            spot=Spot(node, None, clip(found.text, 80)),
        )
