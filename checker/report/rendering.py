"""What a browser made of a page, as the plain values that JSON reports hold, and back. Unknown is None and never absent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, repeat
from typing import Any

from checker.facts import Verdicts
from checker.model import Contradiction, Outcome, PagePicture, PageReport
from checker.sight import Box, Doubt, Drawn, Framed, Sight, Unseen, View

_Entry = Mapping[str, Any]
# Of a list of two hundred links the first fifty are told: more than anybody looks at.
_MOST = 50
_THINGS = ("notices", "links", "images", "credits", "authors")


def rendering_entry(report: PageReport) -> dict[str, Any] | None:
    """That of a page; None where no browser drew it."""
    drawn = report.drawn
    if drawn is None:
        return None
    return {
        "browser": drawn.browser,
        "scripts": drawn.scripts,
        "scripted": drawn.scripted,
        "network": drawn.network,
        "fonts": list(drawn.fonts),
        "unloaded": list(drawn.unloaded),
        "unrun": drawn.unrun,
        "views": [view_entry(view, verdicts) for view, verdicts in zip(drawn.views, chain(report.seen, repeat(None)), strict=False)],
        "contradictions": [
            {"rule": each.rule, "static": str(each.static), "rendered": str(each.rendered), "view": each.view} for each in report.contradictions
        ],
        "pictures": [{"view": each.view, "path": each.path, "rule": each.rule, "fingerprint": each.fingerprint} for each in report.pictures],
    }


def view_entry(view: View, verdicts: Verdicts | None = None, most: int | None = _MOST) -> dict[str, Any]:
    """One size of window, with the verdicts of the page there, and at most so many of each kind of thing."""
    return {
        "viewport": view.name,
        "doubts": [str(doubt) for doubt in view.doubts],
        "text_size": view.text_size,
        "text_contrast": view.text_contrast,
        "column": _box(view.column) if view.column else None,
        "page_width": view.page_width,
        "page_height": view.page_height,
        "rtl": view.rtl,
        "verdicts": None
        if verdicts is None
        else {"affiliate_notice": verdicts.affiliate_notice, "author": verdicts.author, "image_credits": verdicts.image_credits},
        "framed": [{"text": frame.text, "box": _box(frame.box)} for frame in view.framed],
        **{name: [_sight(sight) if sight else None for sight in getattr(view, name)[:most]] for name in _THINGS},
    }


def _sight(sight: Sight) -> dict[str, Any]:
    return {
        "text": sight.text,
        "unseen": str(sight.unseen) if sight.unseen else None,
        "seen_share": sight.seen_share,
        "size": sight.size,
        "ratio": sight.ratio,
        "contrast": sight.contrast,
        "by_pixels": sight.by_pixels,
        "screens": sight.screens,
        "stuck": sight.stuck,
        "before": sight.before,
        "after": sight.after,
        "boxes": [_box(box) for box in sight.boxes],
    }


def _box(box: Box) -> dict[str, float]:
    return {"x": box.x, "y": box.y, "width": box.width, "height": box.height}


# And back ---------------------------------------------------------------------------------------------------------------------------------
def restored(entry: _Entry | None) -> tuple[Drawn | None, tuple[Verdicts | None, ...], tuple[Contradiction, ...]]:
    """What a browser made of a page, its verdicts at each size, and where they say otherwise than the markup. Raises ValueError for no such entry."""
    if entry is None:
        return None, (), ()
    drawn = Drawn(
        browser=entry["browser"],
        views=tuple(view_of(view) for view in entry["views"]),
        fonts=tuple(entry["fonts"]),
        scripts=entry["scripts"],
        scripted=entry["scripted"],
        network=entry["network"],
        unloaded=tuple(entry["unloaded"]),
        unrun=entry["unrun"],
    )
    contradictions = tuple(
        Contradiction(each["rule"], Outcome(each["static"]), Outcome(each["rendered"]), each["view"]) for each in entry["contradictions"]
    )
    return drawn, tuple(_verdicts(view["verdicts"]) for view in entry["views"]), contradictions


def pictures_of(entry: _Entry | None) -> tuple[PagePicture, ...]:
    """The pictures that were taken of a page."""
    return tuple(PagePicture(each["view"], each["path"], each["rule"], each["fingerprint"]) for each in entry["pictures"]) if entry else ()


def view_of(entry: _Entry) -> View:
    """One size of window."""
    width, _, height = entry["viewport"].partition("x")
    return View(
        int(width),
        int(height),
        doubts=tuple(Doubt(doubt) for doubt in entry["doubts"]),
        notices=_sights(entry["notices"]),
        links=_sights(entry["links"]),
        images=_sights(entry["images"]),
        credits=_sights(entry["credits"]),
        authors=_sights(entry["authors"]),
        text_size=entry["text_size"],
        text_contrast=entry["text_contrast"],
        column=_box_of(entry["column"]) if entry["column"] else None,
        page_width=entry["page_width"],
        page_height=entry["page_height"],
        rtl=entry["rtl"],
        framed=tuple(Framed(frame["text"], _box_of(frame["box"])) for frame in entry["framed"]),
    )


def _sights(entries: Sequence[_Entry | None]) -> tuple[Sight | None, ...]:
    return tuple(_sight_of(entry) if entry else None for entry in entries)


def _sight_of(entry: _Entry) -> Sight:
    return Sight(
        text=entry["text"],
        unseen=Unseen(entry["unseen"]) if entry["unseen"] else None,
        seen_share=entry["seen_share"],
        boxes=tuple(_box_of(box) for box in entry["boxes"]),
        size=entry["size"],
        ratio=entry["ratio"],
        contrast=entry["contrast"],
        by_pixels=entry["by_pixels"],
        screens=entry["screens"],
        stuck=entry["stuck"],
        before=entry["before"],
        after=entry["after"],
    )


def _box_of(entry: _Entry) -> Box:
    return Box(entry["x"], entry["y"], entry["width"], entry["height"])


def _verdicts(entry: _Entry | None) -> Verdicts | None:
    return Verdicts(entry["affiliate_notice"], entry["author"], entry["image_credits"]) if entry else None
