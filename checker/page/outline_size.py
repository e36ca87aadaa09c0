"""An outline made small, whatever the page is like: what must be told comes first, then what is near to it; the rest is gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from json.encoder import encode_basestring

from checker.facts import Region
from checker.outline import OutlineBlock
from checker.text import clip

# Bytes of JSON, as reports write it, that an outline takes at most, and so many that are filled with what need not be told: with the median
# page an HTML report of 200 pages stays within two megabytes (1.6 MB with real ones).
MOST = 10_000
_FILLED = 4_500
# Where the blocks that must be told do not fit, less is told of each.
_TEXTS = (120, 80, 50, 24)
_MOST_MARKS = 20
_MEMBERS = 8
# The names of the lists, and no block takes fewer bytes than this, so that more than these never fit.
_NAMES = 100
_LEAST = 44
_PIECE = frozenset((Region.TITLE_AREA, Region.ARTICLE, Region.ARTICLE_END, Region.PRODUCT_BOX))
# From here on blocks may be left out of a page that is long.
_OPTIONAL = 5


@dataclass(slots=True)
class Draft:
    """A block that is still to be told; see `OutlineBlock`. `pointed`: a finding points at it."""

    kind: str
    level: int | None
    region: Region
    length: int
    hidden: bool
    marks: list[str] = field(default_factory=list, init=False)
    pointed: bool = field(default=False, init=False)

    def text(self) -> str:
        """The whole text; asked only of what is told."""
        raise NotImplementedError

    @property
    def rank(self) -> int:
        """How early it is kept: notices, links and names before headings, these before pictures, of which a page may have hundreds; then the rest."""
        inside = self.region in _PIECE
        if self.kind != "image" and (self.pointed or self.marks):
            return 0 if inside or self.pointed else 1
        if self.kind == "heading":
            return 2 if inside else 4
        if self.kind == "image":
            return 3
        return _OPTIONAL if inside else _OPTIONAL + 1


def fitted(drafts: Sequence[Draft], most: int = MOST - _NAMES, filled: int = _FILLED) -> tuple[tuple[OutlineBlock, ...], list[int]]:
    """The blocks of an outline of at most so many bytes, and for each draft the index of the block that tells of it.

    What may be left out is told as far as the whole does not become larger than `filled`.
    """
    ranks = [draft.rank for draft in drafts]
    far = _distances(ranks)
    order = sorted(range(len(drafts)), key=lambda at: (ranks[at], far[at] if ranks[at] >= _OPTIONAL else 0, at))[: most // _LEAST]
    needed = sum(ranks[at] < _OPTIONAL for at in order)
    texts = {at: drafts[at].text() for at in order[:needed]}
    for longest in _TEXTS:
        shown = {at: clip(text, longest) for at, text in texts.items()}
        sizes = {at: _size(drafts[at], text, _marks(drafts[at])) for at, text in shown.items()}
        count = _most_that_fit(order, sizes, len(drafts), 0, needed, most)
        if count == needed:
            break
    if count == needed:
        room = filled - sum(sizes.values())
        for at in order[needed:]:
            if room < 0:  # no more of them can fit, whatever becomes of the gaps
                break
            shown[at] = clip(drafts[at].text(), longest)
            sizes[at] = _size(drafts[at], shown[at], _marks(drafts[at]))
            room -= sizes[at]
        count = _most_that_fit(order, sizes, len(drafts), needed, len(order), filled)
    return _joined(drafts, {at: _block(drafts[at], shown[at]) for at in order[:count]})


def _distances(ranks: Sequence[int]) -> list[int]:
    """How many blocks lie between each and the nearest one that must be told."""
    far = [len(ranks)] * len(ranks)
    for places in (range(len(ranks)), range(len(ranks) - 1, -1, -1)):
        steps = len(ranks)
        for at in places:
            steps = 0 if ranks[at] < _OPTIONAL else steps + 1
            far[at] = min(far[at], steps)
    return far


def _block(draft: Draft, text: str) -> OutlineBlock:
    return OutlineBlock(draft.kind, draft.region, text, _marks(draft), draft.hidden, draft.level, draft.length)


def _marks(draft: Draft) -> tuple[str, ...]:
    marks = tuple(draft.marks)
    return marks if len(marks) <= _MOST_MARKS else (*marks[:_MOST_MARKS], f"more:{len(marks) - _MOST_MARKS}")


def _size(block: Draft | OutlineBlock, text: str = "", marks: Sequence[str] = (), count: int = 1) -> int:
    """The bytes that a block adds to the lists of the outline, each with the separator behind it."""
    words = len(block.kind) + len(block.region) + 4 + sum(map(len, marks)) + 4 * len(marks) + 2 + len(f"{block.hidden}{block.length}{count}")
    return words + _told(text) + (1 if block.level else 4) + 2 * _MEMBERS


def _told(text: str) -> int:
    """The bytes of a text in JSON."""
    return len(encode_basestring(text).encode("utf-8", "backslashreplace"))


def _most_that_fit(order: Sequence[int], sizes: dict[int, int], count: int, low: int, high: int, most: int) -> int:
    """How many of the first can be told of so many (`count`), between `low` and `high`; those without a size do not fit."""
    gap = _size(OutlineBlock("gap", Region.PRODUCT_BOX, length=10**8), count=max(1, count))
    while low < high:
        middle = (low + high + 1) // 2
        if middle > len(sizes):
            high = middle - 1
            continue
        kept = sorted(order[:middle])
        gaps = sum(later - earlier > 1 for earlier, later in zip([-1, *kept], [*kept, count], strict=True))
        if sum(map(sizes.__getitem__, kept)) + gaps * gap <= most:
            low = middle
        else:
            high = middle - 1
    return low


def _joined(drafts: Sequence[Draft], kept: dict[int, OutlineBlock]) -> tuple[tuple[OutlineBlock, ...], list[int]]:
    """The blocks that are kept, and a gap for each run of others."""
    told: list[OutlineBlock] = []
    places: list[int] = []
    for is_kept, run in groupby(range(len(drafts)), key=kept.__contains__):
        if is_kept:
            for at in run:
                places.append(len(told))
                told.append(kept[at])
        else:
            left = [drafts[at] for at in run]
            places += [len(told)] * len(left)
            told.append(_gap(left))
    return tuple(told), places


def _gap(left: Sequence[Draft]) -> OutlineBlock:
    """What is left out in one place; where it stands is where most of it does."""
    regions: Counter[Region] = Counter()
    for draft in left:
        regions[draft.region] += draft.length + 1
    return OutlineBlock("gap", regions.most_common(1)[0][0], length=sum(draft.length for draft in left), count=len(left))
