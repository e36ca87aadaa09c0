"""A page as its blocks in the order of reading, small enough to be kept in a report: what stands where, and which facts it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checker.facts import Region

KINDS = ("heading", "paragraph", "item", "caption", "image", "quote", "table", "other", "gap")


@dataclass(frozen=True, slots=True)
class OutlineBlock:
    """A block as readers see it, or (kind `gap`) a run of `count` blocks that are left out to keep the outline small.

    `kind`: one of `KINDS`; `level` is that of a heading. `text`: how it begins, of an image its alternative text, of a gap nothing. `marks`: which
    facts of the page it holds, each counted from 1 in the order of the facts: `notice:1` (it says plainly that links pay), `hint:2` (a notice that
    does not), `link:2` (it pays), `possible:3` (a link that may pay), `author:1`, `image:4`, `credit:4` (that of image 4); `more:5` says how many
    are not named. `hidden`: readers do not see it; it is here for its marks. `length`: how many characters of text it has, white space left out:
    how high it stands on a map of the page.
    """

    kind: str
    region: Region
    text: str = ""
    marks: tuple[str, ...] = ()
    hidden: bool = False
    level: int | None = None
    length: int = 0
    count: int = 1


def outline_entry(blocks: Sequence[OutlineBlock]) -> dict[str, list[Any]]:
    """The blocks as reports hold them: a list for each member, so that its name is told once and not with every block."""
    return {
        "kind": [block.kind for block in blocks],
        "level": [block.level for block in blocks],
        "region": [str(block.region) for block in blocks],
        "text": [block.text for block in blocks],
        "marks": [list(block.marks) for block in blocks],
        "hidden": [block.hidden for block in blocks],
        "length": [block.length for block in blocks],
        "count": [block.count for block in blocks],
    }


def outline_of(entry: Mapping[str, Sequence[Any]]) -> tuple[OutlineBlock, ...]:
    """The way back. Raises ValueError where the lists are not of one length."""
    members = (entry[name] for name in ("kind", "region", "text", "marks", "hidden", "level", "length", "count"))
    return tuple(
        OutlineBlock(kind, Region(region), text, tuple(marks), hidden, level, length, count)
        for kind, region, text, marks, hidden, level, length, count in zip(*members, strict=True)
    )
