"""A copy of a page's source with a mark where each fact stands, so that what the browser made of it can be found again.

An element is marked by an attribute in its start tag, a text by a comment before its first character: neither changes how the page looks. What
the browser's parser does with the tags around makes no difference.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from checker.facts import Page, Spot
from checker.sight import Sight

# So many of each kind are measured; what is beyond stays as the markup has it.
_MOST = {"notices": 100, "links": 500, "images": 200, "credits": 200, "authors": 30}
# The markup alone says that no browser shows these.
_NEVER_DRAWN = frozenset(("noscript", "template", "comment", "script", "title", "alt", "content"))
_NAME = re.compile("<[a-zA-Z][^\\s/>]*").match


@dataclass(slots=True)
class Marked:
    """`text`: the marked source; `token`: what its marks are known by, which neither the page nor its style sheets can know. `texts` and `elements`:
    what to look for, by number; `kept`: the fact (its kind and its place) of each number; `said`: what it is in words.
    """

    text: str
    token: str
    texts: list[dict[str, object]] = field(default_factory=list)
    elements: list[int] = field(default_factory=list)
    kept: dict[int, tuple[str, int]] = field(default_factory=dict)
    said: dict[int, str] = field(default_factory=dict)

    def in_order(self, kind: str, count: int, sights: dict[int, Sight]) -> tuple[Sight | None, ...]:
        """The sights of the facts of one kind, in the order of the page; None for what was not marked or not found."""
        found: list[Sight | None] = [None] * count
        for number, sight in sights.items():
            if self.kept[number][0] == kind:
                found[self.kept[number][1]] = sight
        return tuple(found)

    def unmarked(self, markup: str) -> str:
        """Markup of the drawn page without the marks."""
        return re.sub(f'<!--{self.token}:\\d+-->| data-{self.token}="[^"]*"', "", markup)

    def numbers(self, kind: str) -> list[int]:
        """The numbers of the facts of one kind."""
        return [number for number, kept in self.kept.items() if kept[0] == kind]


def marked(page: Page, source: str, locate: Callable[[Spot], Spot]) -> Marked:
    """The source (decoded, without BOM) with its marks. `locate` finds the offset of a spot in it."""
    found = Marked(source, f"dc-{secrets.token_hex(8)}")
    inserts: dict[int, list[int]] = {}
    comments: dict[int, list[int]] = {}
    for kind, place, spot, text in _wanted(page):
        if spot is None or (offset := spot.offset if spot.offset is not None else locate(spot).offset) is None:
            continue
        number = len(found.kept)
        if spot.skip is None:
            name = _NAME(source, offset)
            if name is None:
                continue
            inserts.setdefault(name.end(), []).append(number)
        else:
            comments.setdefault(offset, []).append(number)
        said = "".join((text or "").split())
        if said:
            within = "".join(spot.quote.rstrip("…").split())
            found.texts.append({"id": number, "within": within, "said": said, "anywhere": kind == "authors"})
        else:
            found.elements.append(number)
        found.kept[number] = (kind, place)
        found.said[number] = text or _said(page, kind, place)
    pieces, at = [], 0
    for offset in sorted({*inserts, *comments}):
        pieces.append(source[at:offset])
        pieces += [f"<!--{found.token}:{number}-->" for number in comments.get(offset, ())]
        if offset in inserts:
            pieces.append(f' data-{found.token}="{" ".join(map(str, inserts[offset]))}"')
        at = offset
    found.text = "".join((*pieces, source[at:]))
    return found


def _wanted(page: Page) -> list[tuple[str, int, Spot | None, str | None]]:
    """Kind, place in the page's facts, spot, and the text at it where it is a text."""
    wanted: list[tuple[str, int, Spot | None, str | None]] = []
    for place, notice in enumerate(page.notices[: _MOST["notices"]]):
        if notice.hidden_by not in _NEVER_DRAWN:
            wanted.append(("notices", place, notice.spot, notice.text if notice.spot.skip is not None else None))
    wanted += [("links", place, link.spot, None) for place, link in enumerate(page.links[: _MOST["links"]])]
    for place, image in enumerate(page.images[: _MOST["images"]]):
        wanted.append(("images", place, image.spot, None))
        if image.credit is not None and image.credit.spot is not None:
            wanted.append(("credits", place, image.credit.spot, image.credit.text))
    wanted += [
        ("authors", place, author.spot, author.name)
        for place, author in enumerate(page.authors[: _MOST["authors"]])
        if author.visible and author.spot is not None
    ]
    return wanted


def _said(page: Page, kind: str, place: int) -> str:
    """What an element is called where pages are told of."""
    if kind == "links":
        return page.links[place].text or page.links[place].href
    if kind == "images":
        return page.images[place].alt or page.images[place].src
    return page.notices[place].text if kind == "notices" else ""
