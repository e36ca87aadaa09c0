"""Notices in frames that lie in a page: no markup of the page has them, and its readers see them all the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from checker.facts import Link, Notice, Placement, Region, Spot
from checker.lexicon.notices import Statement
from checker.page.visual_order import is_before, shares_column
from checker.sight import Framed, Sight, View
from checker.text import clip

# What a text says that belongs to no block of the page.
SaidIn = Callable[[str], Sequence[Statement]]


def framed_notices(view: View, first: Link | None, said_in: SaidIn) -> list[Notice]:
    """The notices in the frames at this size. `first`: the paid link that sets the order, if its place is known.

    A label that does not say of what it speaks is that of the frame: most frames hold an advertisement.
    """
    return [
        _notice(frame, said, view, first)
        for frame in view.framed
        for line in dict.fromkeys(filter(None, (line.strip() for line in frame.text.splitlines())))
        for said in said_in(line)
        if said.kind not in ("claim", "ad_label") and not said.bare
    ]


def _notice(frame: Framed, said: Statement, view: View, first: Link | None) -> Notice:
    link = first.sight.boxes[0] if first is not None and first.sight is not None and first.sight.boxes else None
    placement = Placement.NO_LINK if link is None else Placement.BEFORE if is_before(frame.box, link, rtl=view.rtl) else Placement.AFTER
    return Notice(
        spot=Spot(-1, None, clip(said.text, 80)),
        text=clip(said.text, 220),
        kind=said.kind,
        clarity=said.clarity,
        placement=placement,
        region=Region.SIDEBAR if view.column and not shares_column(frame.box.x, frame.box.right, view.column) else Region.ARTICLE,
        hidden=False,
        language=said.language,
        signals=tuple(said.signals),
        # How large its letters are is not measured in a frame.
        sight=Sight(boxes=(frame.box,), screens=round(frame.box.y / view.height, 2), text=clip(said.text, 80)),
    )
