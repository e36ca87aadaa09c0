"""A page as its blocks in the order of reading, small enough to be kept in a report: what stands where, and which facts it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checker.facts import Region

KINDS = ("heading", "paragraph", "item", "caption", "image", "quote", "table", "other", "gap")


@dataclass(frozen=True, slots=True)
class OutlineBlock:
    """A block as readers see it, or (kind `gap`) a run of `count` blocks that are left out to keep the outline small.

    `kind`: one of `KINDS`; `level` is that of a heading. `text`: how it begins, of an image its alternative text, of a gap nothing.
    `marks`: which facts of the page it holds, each counted from 1 in the order of the facts: `notice:1`, `link:2` (it pays), `possible:3` (a link
    that may pay), `author:1`, `image:4`, `credit:4` (that of image 4); `more:5` says how many are not named. `hidden`: readers do not see it; it
    is here for its marks. `length`: how many characters of text it has, white space left out: how high it stands on a map of the page.
    """

    kind: str
    region: Region
    text: str = ""
    marks: tuple[str, ...] = ()
    hidden: bool = False
    level: int | None = None
    length: int = 0
    count: int = 1

    def entry(self) -> dict[str, Any]:
        """The block as reports hold it."""
        return {
            "kind": self.kind,
            "level": self.level,
            "region": str(self.region),
            "text": self.text,
            "marks": list(self.marks),
            "hidden": self.hidden,
            "length": self.length,
            "count": self.count,
        }

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> OutlineBlock:
        """The way back."""
        return cls(
            kind=entry["kind"],
            region=Region(entry["region"]),
            text=entry["text"],
            marks=tuple(entry["marks"]),
            hidden=entry["hidden"],
            level=entry["level"],
            length=entry["length"],
            count=entry["count"],
        )
