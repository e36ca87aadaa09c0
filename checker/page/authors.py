"""Authors of the main piece: what a reader sees (byline, box at the foot, sign-off), what machines are told, and where the two meet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from checker.facts import Author, AuthorData, Region, Reviewer, Spot
from checker.lexicon import Lexicon
from checker.lexicon.names import Name
from checker.page.author_boxes import AuthorBoxes
from checker.page.author_data import author_data
from checker.page.author_match import agree
from checker.page.blocks import Blocks
from checker.page.document import Document
from checker.page.head import Head
from checker.page.hidden import Hidden
from checker.page.layout import Layout
from checker.page.marked_bylines import Seen, marked
from checker.page.plain_bylines import PlainBylines
from checker.page.reviewers import read_reviewers
from checker.page.shown_dates import shows_date
from checker.page.structured import Named
from checker.text import fold

# Nobody names more authors; the longest list on the labelled pages has 18.
_MOST_NAMES = 100


@dataclass(slots=True)
class _Found:
    """One name with everything that names it."""

    name: Name
    sources: list[str] = field(default_factory=list)
    spot: Spot | None = None
    href: str | None = None
    visible: bool = False


@dataclass(frozen=True, slots=True)
class Authorship:
    """All that a page says of who made its main piece, and when. The fields are those of `Page`."""

    authors: tuple[Author, ...]
    reviewers: tuple[Reviewer, ...]
    author_data: tuple[AuthorData, ...]
    authors_agree: bool | None
    shows_date: bool


def read_authorship(document: Document, blocks: Blocks, layout: Layout, hidden: Hidden, head: Head, lexicon: Lexicon) -> Authorship:
    """The authors, visible ones first in document order, then those that only structured data name; and the facts around them."""
    boxes = AuthorBoxes(document, layout, hidden, lexicon, head.language)
    reviewers = read_reviewers(blocks, boxes, head)
    told = [(named, boxes.names(named.name)) for named in head.authors]
    authors = _Joined(boxes, PlainBylines(blocks, boxes), head, told).authors()
    data = author_data(told, head.language, lexicon)
    return Authorship(
        authors=tuple(authors),
        reviewers=tuple(reviewers),
        author_data=tuple(data),
        authors_agree=agree(authors, data, lexicon.names.titles(head.language)),
        shows_date=shows_date(blocks, boxes),
    )


class _Joined:
    def __init__(self, boxes: AuthorBoxes, plain: PlainBylines, head: Head, told: Sequence[tuple[Named, Sequence[Name]]]) -> None:
        self.boxes = boxes
        self.plain = plain
        self.head = head
        self.told = told
        self.found: dict[str, _Found] = {}

    def authors(self) -> list[Author]:
        self._structured()
        self._in_sight()
        found = [one for key, one in self.found.items() if not self._is_publisher(one) and not self._is_joined(key)]
        found.sort(key=lambda one: (not one.visible, one.spot.node if one.spot else 1 << 30))
        return [self._author(one) for one in found]

    def _author(self, one: _Found) -> Author:
        name, sources = one.name, tuple(dict.fromkeys(one.sources))
        software = self.boxes.lexicon.names.is_software(name.name, self.head.language)
        href = one.href or (self.boxes.link_of(one.spot.node, name.name) if one.visible and one.spot is not None else None)
        return Author(name.name, name.kind, one.visible, sources, one.spot, href, software)

    def _in_sight(self) -> None:
        """What a reader sees, the surest sign first; weaker ones count only where nobody is named yet."""
        plain = self.plain
        people = any(one.name.kind == "person" for one in self.found.values())
        seen = marked(self.boxes, self.found.keys(), people=people)
        if not any(fold(one.name.name) in self.found or self._is_at_headline(one) for one in seen):
            # What the data name in sight is surer than what is marked behind the text.
            seen = [] if self._told_in_sight() else seen
        self._see(seen)
        if self._any_visible():
            self._see(one for one in plain.line_before_text() if not self._is_read_otherwise(one))
        else:
            self._see(plain.near_headline() or plain.credited())
        self._told_in_sight()
        for weaker in (plain.at_the_end, plain.dateline, *(() if self.found else (plain.editors,))):
            if self._any_visible():
                return
            self._see(weaker())

    def _is_at_headline(self, seen: Seen) -> bool:
        return self.boxes.region(seen.spot.node) in (Region.TITLE_AREA, Region.PAGE_HEADER)

    def _is_read_otherwise(self, seen: Seen) -> bool:
        """Whether the name is one that is known already, with more or fewer words."""
        key = fold(seen.name.name)
        return any(key != known and (key.startswith(known) or known.startswith(key)) for known, one in self.found.items() if one.visible)

    def _any_visible(self) -> bool:
        return any(found.visible for found in self.found.values())

    def _is_publisher(self, one: _Found) -> bool:
        """Whether the name is the site's own, or a login in a meta tag, beside a real author."""
        others = [other for other in self.found.values() if other is not one and other.name.kind == "person"]
        if set(one.sources) == {"meta"} and not one.visible and any(self._is_part_of(one, other) for other in self.found.values()):
            return True  # "Post" beside "Staff of the Post"
        if one.visible or not others:
            return False
        if set(one.sources) == {"meta"}:
            return any(other.visible or set(other.sources) != {"meta"} for other in others)
        if fold(one.name.name) == (self.head.own_host or "").removeprefix("www."):
            return True  # the site's address made nothing, where somebody is named
        if "json-ld" in one.sources and not any("json-ld" in other.sources for other in others):
            return False  # the only author that the data name, whoever else the page shows
        return one.name.kind != "person" or fold(one.name.name) in self.head.own_names

    def _is_part_of(self, one: _Found, other: _Found) -> bool:
        return one is not other and one.name.kind != "person" and f" {fold(one.name.name)} " in f" {fold(other.name.name)} "

    def _is_joined(self, key: str) -> bool:
        """Whether the name is two or more of the other names run together, because nothing but markup separates them."""
        rest, parts = key, 0
        for other in sorted(list(self.found)[:_MOST_NAMES], key=len, reverse=True):
            if other != key and len(other) > 2 and other in rest:
                rest, parts = rest.replace(other, " "), parts + 1
        return parts > 1 and not rest.strip(" ,&-/|")

    def _see(self, seen: Iterable[Seen]) -> None:
        for one in seen:
            self._add(one.name, one.source, visible=True, spot=one.spot, href=one.href)
            self._add(one.name, "byline", visible=True)

    def _add(self, name: Name, source: str, *, visible: bool, spot: Spot | None = None, href: str | None = None) -> None:
        found = self.found.setdefault(fold(name.name), _Found(name))
        found.sources.append(source)
        found.visible = found.visible or visible
        if visible and found.spot is None:
            found.spot = spot
        found.href = found.href or href

    def _structured(self) -> None:
        document = self.boxes.document
        for named, names in self.told:
            node = named.node
            shown = bool(names) and node >= 0 and document.tags[node] not in ("meta", "link")
            shown = shown and self.boxes.is_in_sight(node) and bool(document.text(node))
            for read in names:
                told = named.type == "Organization" and read.kind == "person"
                name = Name(read.name, "organisation", read.start, read.end) if told else read
                self._add(name, named.source, visible=shown, spot=Spot(node) if node >= 0 else None, href=named.url)

    def _told_in_sight(self) -> bool:
        unseen = {key: one.name for key, one in list(self.found.items())[:_MOST_NAMES] if not one.visible}
        found = self.plain.told_in_sight(unseen, self.head.own_names)
        for key, spot in found:
            one = self.found[key]
            one.visible, one.spot = True, spot
            one.sources.append("byline")
        return bool(found)
