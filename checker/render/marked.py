"""A copy of a page's source with a mark where each fact stands, so that what the browser made of it can be found again."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from checker.facts import Page, Spot
from checker.marks import NEVER_DRAWN, name_end, standing, with_inserted
from checker.sight import Sight

# So many of each kind are measured; what is beyond stays as the markup has it.
_MOST = {"notices": 100, "links": 500, "images": 200, "credits": 200, "authors": 30}


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
    attributes: dict[int, list[int]] = {}
    comments: dict[int, list[int]] = {}
    for kind, place, spot, text in _wanted(page):
        if (offset := spot.offset if spot.offset is not None else locate(spot).offset) is None:
            continue
        number = len(found.kept)
        if spot.skip is None:
            end = name_end(source, offset)
            if end is None:
                continue
            attributes.setdefault(end, []).append(number)
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
    inserts = {offset: [f"<!--{found.token}:{number}-->" for number in numbers] for offset, numbers in comments.items()}
    for offset, numbers in attributes.items():
        inserts.setdefault(offset, []).append(f' data-{found.token}="{" ".join(map(str, numbers))}"')
    found.text = with_inserted(source, inserts)
    return found


def _wanted(page: Page) -> Iterator[tuple[str, int, Spot, str | None]]:
    """The facts that a browser may show: kind, place among those of its kind, spot, and the text at it where it is a text."""
    for each in standing(page, _MOST):
        if not (each.kind == "notices" and page.notices[each.place].hidden_by in NEVER_DRAWN):
            yield each.kind, each.place, each.spot, each.text


def _said(page: Page, kind: str, place: int) -> str:
    """What an element is called where pages are told of."""
    if kind == "links":
        return page.links[place].text or page.links[place].href
    if kind == "images":
        return page.images[place].alt or page.images[place].src
    return page.notices[place].text if kind == "notices" else ""
