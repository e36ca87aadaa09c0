"""A page's source with a mark where each fact and each finding stands, for the frozen copy.

What no copy shows (the text of a script, a frame, a notice in a comment) and what the page hides is marked where it would begin, so that a box can
stand there that says so.
"""

from __future__ import annotations

import re
import secrets
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape

from checker.facts import Page, Spot, Tier
from checker.marks import NEVER_DRAWN, Standing, name_end, standing, with_inserted
from checker.page.cleaned import GONE, KEPT, MARK
from checker.page.document import Document
from checker.page.hidden import Hidden
from checker.page.positions import Places
from checker.page.tokens import tag_end
from checker.page.verdicts import says_plainly
from checker.text import clip, tidy

# So many of each kind are marked.
_MOST = {"notices": 200, "links": 1000, "images": 500, "authors": 50}
# Readers of a copy are told where these stand even if the page hides them.
_ALWAYS_TOLD = frozenset(("notice", "hint", "link", "finding"))
_LONGEST = 160
# The node of a spot of which only the offset is known.
BY_OFFSET = -2
_MARKUP = re.compile(r"<!--.*?(?:-->|\Z)|<[^>]*>?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark. `kind`: as in an outline, or finding; `text`: what is to be found behind the mark, "" where it is on an element.

    `box`: it is told in a box, because what it is about is not seen; `why` says why, `quote` what it says.
    """

    kind: str
    number: int
    text: str = ""
    box: bool = False
    why: str = ""
    quote: str = ""


@dataclass(slots=True)
class Marked:
    """`text`: the marked source; `token`: what its marks are known by, which the page cannot know. `marks`: by number; `homeless`: those that
    stand nowhere in the body of the page.
    """

    text: str = ""
    token: str = field(default_factory=lambda: f"{MARK}{secrets.token_hex(8)}")
    marks: list[Mark] = field(default_factory=list)
    homeless: list[int] = field(default_factory=list)


def marked(document: Document, hidden: Hidden, places: Places, page: Page, pointed: Sequence[Spot | None]) -> Marked:
    """The marked source. `pointed`: where each finding points, in their order; None for one that points nowhere."""
    work = _Marking(document, hidden, places)
    for number, spot in enumerate(pointed, 1):
        work.add(spot, Mark("finding", number))
    for each in standing(page, _MOST):
        if (mark := _mark(page, each)) is not None:
            unseen = page.notices[each.place].hidden_by if each.kind == "notices" else None
            work.add(each.spot, mark, unseen if unseen in NEVER_DRAWN else None)
    return work.done()


def _mark(page: Page, each: Standing) -> Mark | None:
    number = each.place + 1
    match each.kind:
        case "notices":
            notice = page.notices[each.place]
            return Mark("notice" if says_plainly(notice) else "hint", number, each.text or "", quote=notice.text)
        case "links":
            link = page.links[each.place]
            kind = "possible" if link.affiliate is Tier.POSSIBLE else "link"
            return Mark(kind, number, quote=" ".join(filter(None, (link.text, f"({link.host})" if link.host else ""))))
        case "images":
            image = page.images[each.place]
            return Mark("image", number, quote=image.alt or "") if image.content else None
        case "credits":
            return Mark("credit", number, each.text or "", quote=each.text or "")
        case _:
            return Mark("author", number, each.text or "", quote=each.text or "")


class _Marking:
    def __init__(self, document: Document, hidden: Hidden, places: Places) -> None:
        self._document, self._hidden, self._places = document, hidden, places
        self._found = Marked()
        self._attributes: dict[int, list[int]] = {}
        self._comments: dict[int, list[int]] = {}
        self._heads = frozenset(document.all("head"))

    def add(self, spot: Spot | None, mark: Mark, unseen: str | None = None) -> None:
        """Put a mark where it belongs. `unseen`: how the fact itself says that no browser shows it."""
        found, document = self._found, self._document
        if spot is not None and spot.node == BY_OFFSET:
            spot = self._at_offset(spot)
        number = len(found.marks)
        holder = self._holder(spot)
        if spot is None or holder is None or document.tags[holder] in ("html", "body", "head") or self._in_head(holder):
            if spot is not None and spot.skip is not None and holder is not None and not self._in_head(holder) and unseen is None:
                self._at_text(spot, number, mark)  # text that stands in the body itself
            else:
                self._add(mark, why=unseen or "", at=None)
            return
        outer, why = self._outermost(holder, mark.kind, unseen, is_element=spot.skip is None)
        if outer is not None:
            self._add(mark, why=why, at=self._places.offset(outer, None))
        elif spot.skip is not None:
            self._at_text(spot, number, mark)
        else:
            offset = self._places.offset(spot.node, None)
            end = name_end(self._places.text, offset) if offset is not None else None
            if end is None:
                self._add(mark, why="", at=None)
                return
            self._attributes.setdefault(end, []).append(number)
            found.marks.append(mark)

    def done(self) -> Marked:
        """The source with all marks."""
        found = self._found
        inserts = {at: [f"<!--{found.token}:{number}-->" for number in numbers] for at, numbers in self._comments.items()}
        for at, numbers in self._attributes.items():
            inserts.setdefault(at, []).append(f' data-{found.token}="{" ".join(map(str, numbers))}"')
        found.text = with_inserted(self._places.text, inserts)
        return found

    def _add(self, mark: Mark, why: str, at: int | None) -> None:
        """A box at an offset, or above the page."""
        found = self._found
        quote = clip(tidy(mark.quote), _LONGEST)
        if at is None:
            found.homeless.append(len(found.marks))
        else:
            self._comments.setdefault(at, []).append(len(found.marks))
        found.marks.append(Mark(mark.kind, mark.number, box=True, why=why, quote=quote))

    def _at_text(self, spot: Spot, number: int, mark: Mark) -> None:
        offset = self._places.offset(spot.node, spot.skip)
        if offset is None:
            self._add(mark, why="", at=None)
            return
        self._comments.setdefault(offset, []).append(number)
        self._found.marks.append(mark)

    def _holder(self, spot: Spot | None) -> int | None:
        """The element that is the spot, or that directly holds its text."""
        document = self._document
        if spot is None or not -1 <= spot.node < len(document):
            return None
        if spot.skip is None:
            return spot.node if spot.node >= 0 else None
        piece = document.piece_of(spot.node, spot.skip)
        return document.owner(piece) if piece >= 0 else None

    def _at_offset(self, spot: Spot) -> Spot | None:
        """The spot at its offset in the source; None where the page has no such place."""
        text, at = self._places.text, spot.offset
        if at is None or not 0 <= at < len(text):
            return None
        begins = self._begins
        nth = bisect_right(begins, (at, len(self._document))) - 1
        if nth < 0:
            return Spot(-1, len("".join(_MARKUP.sub("", text[:at]).split())), spot.quote)
        begin, node = begins[nth]
        if begin == at:
            return Spot(node, None, spot.quote)
        end = tag_end(text, begin) or begin
        return Spot(node, len("".join(unescape(_MARKUP.sub("", text[end:at])).split())), spot.quote)

    @cached_property
    def _begins(self) -> list[tuple[int, int]]:
        """Where each element begins, and which it is."""
        offsets = ((self._places.offset(node, None), node) for node in range(len(self._document)))
        return sorted((offset, node) for offset, node in offsets if offset is not None)

    def _in_head(self, node: int) -> bool:
        return any(each in self._heads for each in self._document.near(node))

    def _outermost(self, node: int, kind: str, unseen: str | None, *, is_element: bool) -> tuple[int | None, str]:
        """The outermost of what takes the element from sight, before which its box stands, and why it is not seen; (None, "") where it is seen."""
        document, found, why = self._document, None, ""
        # An `embed` holds nothing, whatever the reader's parser makes of what follows it.
        told = kind in _ALWAYS_TOLD
        for each in document.near(node):
            tag = document.tags[each]
            if tag in ("html", "body"):
                break
            if (tag in GONE and tag != "embed") or (each == node and (unseen is not None or (is_element and tag not in KEPT))):
                found, why = each, why or unseen or tag
            elif told and (how := self._hidden.how(each)) is not None:
                found, why = each, why or f"hidden: {how}"
        return found, why
