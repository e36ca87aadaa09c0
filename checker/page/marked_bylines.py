"""Bylines that the markup calls so: by class words, by `rel`, by a link that leads to a page about an author."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from checker.facts import Region, Spot
from checker.lexicon.names import Name
from checker.page.author_boxes import LONGEST_BYLINE, MAIN, AuthorBoxes
from checker.page.byline_text import element_text, is_alike
from checker.text import clip, fold

# Elements of more elements than this hold more than a byline.
_LARGEST_BYLINE = 120
# A box of so many elements may hold the author with a note about them.
_LARGEST_BOX = 400
_LARGEST_LINE = 20
# Nobody names more authors; the longest list on the labelled pages has 21.
_MOST = 200
# Author elements in so many boxes within the text are those of readers.
_MOST_BOXES = 3
_NOT_BYLINES = frozenset(("not_author", "credit", "caption", "portrait", "newsletter"))


@dataclass(frozen=True, slots=True)
class Seen:
    """A name in sight. `source`: byline or rel-author."""

    name: Name
    source: str
    spot: Spot
    href: str | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    name: Name
    source: str
    node: int
    rank: int
    box: bool


def marked(boxes: AuthorBoxes, told: AbstractSet[str], *, people: bool) -> list[Seen]:
    """The names in elements that say of themselves that they hold the author. The title area outranks the foot, and that the text.

    `told` are the folded names of the page's data, `people` whether a person is among them.
    """
    document = boxes.document
    candidates = _candidates(boxes)
    if any(not candidate.box for candidate in candidates):
        candidates = [candidate for candidate in candidates if not candidate.box]
    candidates = _own_article(boxes, candidates)
    best = min((candidate.rank for candidate in candidates), default=0)
    firsts = [candidate for candidate in candidates if candidate.rank == best]
    if best == 2 and (people or len({document.parents[candidate.node] for candidate in firsts}) > _MOST_BOXES):
        firsts = []  # the text quotes, or readers write
    # A long list of authors may reach into the text: who stands in the same list as the first stands in the same rank.
    around = {document.parents[candidate.node] for candidate in (firsts if best == 0 else firsts[:1])}
    lists = (around | {document.parents[node] for node in around}) - boxes.layout.frame
    sure = any(fold(candidate.name.name) in told for candidate in candidates)
    found: list[Seen] = []
    for candidate in sorted(candidates, key=lambda candidate: candidate.rank):
        name, parent = candidate.name, document.parents[candidate.node]
        beside = bool(lists & {parent, document.parents[parent]}) and bool(firsts)
        first = bool(firsts) and candidate.rank == best and (best == 0 or (not sure and (best == 1 or beside)))
        if fold(name.name) in told or first or (best == 0 and beside):
            spot = Spot(candidate.node, None, clip(name.name, 80))
            found.append(Seen(name, candidate.source, spot, boxes.link_of(candidate.node, name.name)))
    return found


def _candidates(boxes: AuthorBoxes) -> list[_Candidate]:
    document, layout = boxes.document, boxes.layout
    found: list[_Candidate] = []
    taken = 0
    box_end, alike = 0, -1
    for node, source in _sources(boxes):
        if node < taken:
            continue
        kinds = layout.kinds(node)
        size = document.ends[node] - node
        text = element_text(document, node) if size <= _LARGEST_BYLINE else ""
        long = len(text) > LONGEST_BYLINE or _LARGEST_BYLINE < size < _LARGEST_BOX
        if long and "byline" in kinds and node >= box_end:
            # A box with a note: its first name is the author's, what is unlike it is about them.
            box_end, alike = document.ends[node], -1
        if long or not text:
            continue
        region = boxes.region(node)
        box = "author_box" in kinds
        if region not in MAIN or (box and region is not Region.TITLE_AREA) or not _is_own(boxes, node):
            continue
        names = boxes.lexicon.names
        named = [name for name in boxes.names(text) if not names.is_label(name.name, boxes.language)]
        if not named or _is_others_line(boxes, node, text):
            continue
        if node < box_end and alike >= 0 and not is_alike(document, alike, node):
            continue
        alike = node
        rank = 0 if region in (Region.TITLE_AREA, Region.PAGE_HEADER) else 1 if region is Region.ARTICLE_END else 2
        found += [_Candidate(name, source, node, rank, box) for name in named]
        taken = document.ends[node]
        if len(found) > _MOST:
            break
    return found


def _sources(boxes: AuthorBoxes) -> Iterator[tuple[int, str]]:
    """The elements that say that they name the author, in order, and how they say it."""
    layout, attrs = boxes.layout, boxes.document.attrs
    links = boxes.document.all("a")
    related = {node for node in links if "rel" in attrs[node] and "author" in attrs[node]["rel"].lower().split()}
    called = {
        node
        for node in boxes.marked
        if ("class" in attrs[node] or "id" in attrs[node]) and "byline" in (kinds := layout.kinds(node)) and not kinds & _NOT_BYLINES
    }
    called -= layout.frame
    for node in sorted({*related, *called, *boxes.in_title_area(links)}):
        if node in related:
            yield node, "rel-author"
        elif node in called or ("href" in attrs[node] and boxes.leads_to_author(node, attrs[node]["href"])):
            yield node, "byline"


def _is_others_line(boxes: AuthorBoxes, node: int, text: str) -> bool:
    """Whether the line around the element says that it names somebody else: "Editor: Ben Marsh"."""
    around = boxes.document.parents[node]
    if around < 0 or boxes.document.ends[around] - around > _LARGEST_LINE:
        return False
    line = element_text(boxes.document, around)
    return len(text) < len(line) <= LONGEST_BYLINE and boxes.lexicon.names.speaks_of_others(line, boxes.language)


def _is_own(boxes: AuthorBoxes, node: int) -> bool:
    headline = boxes.layout.headline
    if headline is not None and (boxes.document.within(node, headline) or boxes.document.within(headline, node)):
        return False  # the name of the site, or the title of a page about the author
    return boxes.is_in_sight(node) and not boxes.is_other(node, marked=True)


def _own_article(boxes: AuthorBoxes, candidates: list[_Candidate]) -> list[_Candidate]:
    """Only those in the headline's own article, if there are any: what stands outside is the byline of a neighbour."""
    document, headline = boxes.document, boxes.layout.headline

    def article_of(node: int) -> int | None:
        return next((outer for outer in document.ancestors(node) if document.tags[outer] == "article"), None)

    own = article_of(headline) if headline is not None else None
    inside = [candidate for candidate in candidates if own is not None and document.within(candidate.node, own)]
    if inside or not candidates:
        return inside
    # Posts of a thread are articles in a row; the first is the page's.
    first = article_of(min(candidates, key=lambda candidate: (candidate.rank, candidate.node)).node)
    return [candidate for candidate in candidates if article_of(candidate.node) in (first, None)]
