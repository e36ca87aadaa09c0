"""Copies of a page's source that carry marks: which facts are marked, where they stand, and how marks are put in without moving anything else.

An element is marked by an attribute in its start tag, a text by a comment before its first character: neither changes how the page looks. What
a parser does with the tags around makes no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.facts import Page, Spot

# The markup alone says that no browser shows notices of these kinds, and their spots need not be at a text.
NEVER_DRAWN = frozenset(("noscript", "template", "comment", "script", "title", "alt", "content"))
_NAME = re.compile("<[a-zA-Z][^\\s/>]*").match


@dataclass(frozen=True, slots=True)
class Standing:
    """A fact and where it stands. `kind`: notices, links, images, credits (of the image at that place), authors; `place`: among those of its kind.

    `text`: what it says there; None where an element as a whole is the fact.
    """

    kind: str
    place: int
    spot: Spot
    text: str | None = None


def standing(page: Page, most: Mapping[str, int]) -> Iterator[Standing]:
    """The facts that stand somewhere in the page, at most so many of each kind."""
    for place, notice in enumerate(page.notices[: most["notices"]]):
        yield Standing("notices", place, notice.spot, notice.text if notice.spot.skip is not None else None)
    for place, link in enumerate(page.links[: most["links"]]):
        yield Standing("links", place, link.spot)
    for place, image in enumerate(page.images[: most["images"]]):
        yield Standing("images", place, image.spot)
        if image.credit is not None and image.credit.spot is not None:
            yield Standing("credits", place, image.credit.spot, image.credit.text)
    for place, author in enumerate(page.authors[: most["authors"]]):
        if author.visible and author.spot is not None:
            yield Standing("authors", place, author.spot, author.name)


def name_end(source: str, offset: int) -> int | None:
    """Where the name in a start tag ends, behind which an attribute can be put in; None where there is no tag."""
    found = _NAME(source, offset)
    return found.end() if found else None


def with_inserted(source: str, inserts: Mapping[int, Sequence[str]]) -> str:
    """The source with these pieces before the characters at these offsets.

    >>> with_inserted("<p>Tea", {2: [' class="a"'], 3: ["<!--1-->"]})
    '<p class="a"><!--1-->Tea'
    """
    pieces, at = [], 0
    for offset in sorted(inserts):
        pieces.append(source[at:offset])
        pieces += inserts[offset]
        at = offset
    return "".join((*pieces, source[at:]))
