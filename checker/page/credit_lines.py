"""Lines of a page that credit pictures away from them: one line or list for the whole piece, one line behind a row of products."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import cached_property

from checker.facts import Credit, Region
from checker.lexicon import Lexicon
from checker.lexicon.credits import CreditText
from checker.page.blocks import Blocks
from checker.page.credit_reader import CreditReader
from checker.page.document import Document
from checker.page.hidden import Hidden
from checker.page.layout import Layout
from checker.page.pictures import Picture
from checker.text import tidy

# A line of a list of credits is no longer.
_LONGEST_LINE = 300
# A paragraph that says who owns all pictures is no longer.
_PARAGRAPH = 1_200
# A credit for all pictures stands in one of the last blocks of the piece, or behind them.
_LAST_BLOCKS = 30
# Or between headline and text: "Photographs by …".
_FIRST_BLOCKS = 8
# A label has no more blanks; beside the writers of a piece stand whole names.
_LABEL = 6
# A list of credits has no more entries.
_LISTED = 40
# The line about the feed stands behind a row of products.
_FEED = 250
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PLACES = (Region.ARTICLE, Region.ARTICLE_END, Region.TITLE_AREA)


class CreditLines:
    """Finds the credits that stand in lines of their own."""

    def __init__(self, document: Document, blocks: Blocks, layout: Layout, hidden: Hidden, lexicon: Lexicon, reader: CreditReader) -> None:
        self.document = document
        self.blocks = blocks
        self.layout = layout
        self.hidden = hidden
        self.words = lexicon.credits
        self.images = lexicon.images
        self.names = lexicon.names
        self.reader = reader

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
        texts = [items[index].text for index in short]
        for index in sorted({short[at] for at in (*self.words.may_be_page_level(texts), *self.words.may_name_roles(texts))}):
            block = items[index]
            if (
                not self._may_speak_of_page(block.node)
                or self.hidden.how(block.node, picture=True) is not None
                or any(self.document.within(block.node, node) for node in own)
            ):
                continue
            text = tidy(block.text)
            if self.words.heads_list(text):
                listed = self._listed(index)
                found += [(listed, False)] if listed else []
            named = self.words.page_level(text, self.reader.language) or self._beside_writers(text)
            if named:
                # Behind a description a credit is that of the picture which is described, and that is mostly the first.
                described = text[: named[0].start].count(" ") > _LABEL and not self.words.speaks_of_many(text)
                featured = described or self.images.speaks_of_featured(text)
                found.append((self.reader.credit(_joined(named, text), "page_level", block.node), featured))
        return found

    def _beside_writers(self, text: str) -> list[CreditText]:
        """The makers whom a byline names beside the writers: "By X | Photos by Y"."""
        others, found = self.words.beside_writers(text)
        language = self.reader.language
        if not any(self.names.byline(other, language) for other in others):
            return []
        # "By X | Photos: View all": what stands behind a role must be a name.
        return (
            found if all(credit.agency or any(name.kind != "generic" for name in self.names.names(credit.text, language)) for credit in found) else []
        )

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
            found = self.reader.parse(text, labelled=True) if len(text) <= _LONGEST_LINE else None
            if found is None or any(self.document.tags[outer] in _HEADINGS for outer in (block.node, *self.document.ancestors(block.node, 2))):
                break
            makers.append(found)
            texts.append(text)
        return self.reader.credit(_joined(makers, " | ".join(texts)), "page_level", node) if makers else None

    def of_feed(self, picture: Picture) -> Credit | None:
        """The line behind a row of products that says from which shop's feed their pictures come."""
        index = self.blocks.index_after(picture.node)
        at = bisect_left(self._feeds, index, key=lambda feed: feed[0])
        return self._feeds[at][1] if at < len(self._feeds) and self._feeds[at][0] < index + _FEED else None

    @cached_property
    def _feeds(self) -> list[tuple[int, Credit]]:
        lines = ((index, block.node, self.words.fed(block.text)) for index, block in enumerate(self.blocks.items))
        return [(index, self.reader.credit(found, "overlay_or_after", node)) for index, node, found in lines if found]


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
