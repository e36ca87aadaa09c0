"""Images of the main piece with the credit that a reader finds for each, wherever people put it, and what structured data say of it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from checker.facts import Credit, Image, ImageObject, Region, Spot
from checker.lexicon import Lexicon
from checker.page.blocks import Blocks
from checker.page.content import tell_content
from checker.page.credit_lines import CreditLines
from checker.page.credit_places import CreditPlaces
from checker.page.credit_reader import CreditReader
from checker.page.document import Document
from checker.page.frames import LARGEST, frames
from checker.page.head import Head
from checker.page.hidden import Hidden
from checker.page.layout import Layout
from checker.page.pictures import Picture, name_of, read_pictures, stand_ins, stem
from checker.page.structured import Picture as StructuredPicture
from checker.text import clip, tidy

# Of a longer caption only so much is searched for a word about software.
_CAPTION = 1_000


def read_images(document: Document, blocks: Blocks, layout: Layout, hidden: Hidden, head: Head, lexicon: Lexicon) -> list[Image]:
    """The page's images in document order; a credit only where the page names somebody (or fails to, by a placeholder)."""
    pictures = read_pictures(document)
    tell_content(document, layout, hidden, lexicon, pictures)
    if head.page_type == "listing":
        for picture in pictures:
            picture.content, picture.why = False, "is a teaser on a listing"
    # An icon beside a picture does not part it from its caption.
    for group in ([picture for picture in pictures if picture.content], [picture for picture in pictures if not picture.content]):
        for picture, frame in zip(group, frames(document, group), strict=True):
            picture.frame = frame
    nodes = [picture.node for picture in pictures if picture.content]
    credit_reader = CreditReader(document, head, lexicon)
    places = CreditPlaces(document, blocks, layout, hidden, head, credit_reader, nodes)
    lines = CreditLines(document, blocks, layout, hidden, lexicon, credit_reader)
    reader = _Reader(document, layout, head, lexicon, places, lines)
    images = [reader.image(picture) for picture in pictures]
    plain = [
        picture
        for picture, image in zip(pictures, images, strict=True)
        if image.content and _is_out_of_sight(image.credit) and picture.region is not Region.PRODUCT_BOX
    ]
    again = places.of_repeated(plain, [reader.caption(picture) for picture in plain]) if len(plain) > 2 else {}
    if again:
        images = [replace(image, credit=again.get(picture.node, image.credit)) for picture, image in zip(pictures, images, strict=True)]
    _share_credits(images, pictures)
    _share_in_rows(document, blocks, lexicon, images, pictures)
    content = [index for index, image in enumerate(images) if image.content]
    if any(_is_out_of_sight(images[index].credit) for index in content):
        own = [image.credit.spot.node for image in images if image.credit is not None and image.credit.spot is not None]
        # A line for the featured picture is read first: the others speak of the rest.
        for credit, featured in sorted(lines.of_page(own), key=lambda found: not found[1]):
            for index in content[:1] if featured else content:
                if _is_out_of_sight(images[index].credit):
                    images[index] = replace(images[index], credit=credit)
    return images


def _is_out_of_sight(credit: Credit | None) -> bool:
    """Whether a reader of the page's text learns nothing of it."""
    return credit is None or credit.place in ("alt_or_title", "structured")


def _share_credits(images: list[Image], pictures: list[Picture]) -> None:
    """A picture shown twice is credited if one of its showings is."""
    told = [(image.credit, picture) for image, picture in zip(images, pictures, strict=True) if image.credit and image.credit.place != "structured"]
    wanted = [index for index, image in enumerate(images) if image.content and (image.credit is None or image.credit.place == "structured")]
    names = frozenset(name for _, picture in told for name in picture.names) if wanted else frozenset()
    if all(names.isdisjoint(pictures[index].names) for index in wanted):
        return
    blank = stand_ins(pictures)
    by_name: dict[str, Credit] = {}
    for credit, picture in told:
        for name in picture.names - blank:
            by_name.setdefault(name, credit)
    for index in wanted:
        shared = next((by_name[name] for name in sorted(pictures[index].names - blank) if name in by_name), None)
        if shared is not None:
            images[index] = replace(images[index], credit=shared)


def _share_in_rows(document: Document, blocks: Blocks, lexicon: Lexicon, images: list[Image], pictures: list[Picture]) -> None:
    """One line under a row of pictures that speaks of several is the credit of them all."""
    content = [index for index, image in enumerate(images) if image.content]
    for index, following in zip(content[-2::-1], content[:0:-1], strict=True):
        credit = images[following].credit
        if not _is_out_of_sight(images[index].credit) or credit is None or credit.spot is None or credit.place != "overlay_or_after":
            continue
        below = credit.spot.node >= document.ends[pictures[following].frame]
        if below and lexicon.credits.speaks_of_many(credit.text) and not _text_between(document, blocks, pictures[index], pictures[following]):
            images[index] = replace(images[index], credit=credit)


def _text_between(document: Document, blocks: Blocks, one: Picture, other: Picture) -> bool:
    end = document.ends[one.frame]
    return end >= len(document) or blocks.index_after(end) != blocks.index_after(other.frame)


class _Reader:
    """Makes an image of a picture: its caption, its credit, what the data say of it."""

    def __init__(self, document: Document, layout: Layout, head: Head, lexicon: Lexicon, places: CreditPlaces, lines: CreditLines) -> None:
        self.document = document
        self.layout = layout
        self.head = head
        self.lexicon = lexicon
        self.places = places
        self.lines = lines
        self._captions: dict[int, int | None] = {}
        self.structured: dict[str, StructuredPicture] = {}
        for known in sorted(head.pictures, key=_fullness):
            for url in known.urls:
                self.structured[name_of(url)] = self.structured[_path(url)] = known
        # An address under whose path or name a picture of the data is known holds that one's stem, up to the ending, before which a size may stand.
        stems = (stem(url) for known in head.pictures for url in known.urls)
        self._traces = frozenset(name.rpartition(".")[0] or name for name in stems)

    def image(self, picture: Picture) -> Image:
        caption = self.caption(picture)
        caption_text = self.document.text(caption) if caption is not None else None
        credit: Credit | None = None
        if picture.content and caption_text and self.lexicon.names.byline(caption_text[:160], self.head.language):
            picture.content, picture.why = False, "is the author's portrait, by its caption"
        known = self._known(picture)
        if picture.content:
            credit = self.places.of(picture, caption) or _credit_of(known)
        elif picture.kind == "product":
            credit = self.lines.of_feed(picture)
        alt = self.document.attrs[picture.node].get("alt")
        # A picture that is loaded late has a blank in its place until then.
        src = next((address for address in picture.addresses if address and not address.startswith("data:")), picture.src)
        return Image(
            spot=Spot(picture.node, None, clip(alt or src, 80)),
            src=src,
            content=picture.content,
            why=picture.why,
            sources=tuple([address for address in picture.addresses if address and address != src]) if picture.sources else (),
            credit=credit,
            alt=tidy(alt) if alt else alt,
            caption=clip(caption_text, 300) if caption_text is not None else None,
            region=picture.region,
            data=known.data if known is not None else None,
            says_generated=picture.content and self._says_generated(caption_text, credit),
        )

    def caption(self, picture: Picture) -> int | None:
        """The element in the picture's frame that holds its caption."""
        frame = picture.frame
        if frame not in self._captions:
            self._captions[frame] = self._caption(frame)
        return self._captions[frame]

    def _caption(self, frame: int) -> int | None:
        document, end = self.document, self.document.ends[frame]
        if end - frame > LARGEST or end == frame + 1:
            return None
        marked = document.all("figcaption")
        at = bisect_right(marked, frame)
        if at < len(marked) and marked[at] < end:
            return marked[at]
        return next((node for node in self.layout.named.inside(frame, "caption") if document.text(node)), None)

    def _says_generated(self, caption: str | None, credit: Credit | None) -> bool:
        """Whether its caption or credit says that software made it."""
        texts = (caption[:_CAPTION] if caption else "", credit.text if credit is not None else "")
        return any(text and self.lexicon.credits.says_generated(text) for text in texts)

    def _known(self, picture: Picture) -> StructuredPicture | None:
        """The structured data's picture under one of the addresses, else under the same file name."""
        by, told = self.structured, " ".join(picture.addresses).lower() if self._traces else ""
        if not any(map(told.__contains__, self._traces)):
            return None
        found = next((by[path] for address in picture.addresses if (path := _path(address)) in by), None)
        return found or next((by[name] for name in sorted(picture.names) if name in by), None)


def _path(address: str) -> str:
    """The address without scheme, host and query, which differ between a page and its data."""
    bare = address.split("?", 1)[0].split("#", 1)[0]
    return "/" + bare.partition("://")[2].partition("/")[2] if "://" in bare else bare


def _fullness(picture: StructuredPicture) -> int:
    """How much the data say of it; of two objects for one picture the fuller one counts."""
    data = picture.data
    if data is None:
        return 0
    return 1 + sum(map(bool, (data.credit_text, data.creators, data.copyright_notice, data.licence, data.acquire_licence_page)))


def _credit_of(known: StructuredPicture | None) -> Credit | None:
    if known is None or not known.credit:
        return None
    data = known.data or ImageObject()
    return Credit(text=clip(known.credit, 200), place="structured", maker=clip(known.credit, 200), licence=data.licence)
