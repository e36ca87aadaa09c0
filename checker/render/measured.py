"""What the measuring script tells of a page, as sights and a view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from checker.facts import Page
from checker.render.marked import Marked
from checker.render.pixels import Ink
from checker.render.wish import Size, is_phone
from checker.sight import Box, Doubt, Framed, Sight, Unseen, View
from checker.text import clip

# Less of the running text than this is seen: the page waits for its scripts, or something lies over it.
_LEAST_SEEN = 0.5
# A page that is so many times wider than the window is not what its makers had in mind.
_WIDE = 1.2
# Ink and ground this near in colour cannot be told apart.
_SAME = 1.2
# Between styles and pixels the first is taken where nothing but blurred edges of small letters sets them apart.
_BLURRED = 0.8
_TEXT = 80


def sight(look: Mapping[str, Any], text_size: float | None, window_height: float, text: str = "") -> Sight:
    """How one thing looks, by styles and boxes alone."""
    boxes = tuple(Box(*line) for line in look["lines"])
    size = look["size"]
    return Sight(
        text=clip(text, _TEXT),
        unseen=Unseen(look["unseen"]) if look["unseen"] else None,
        seen_share=look["share"],
        boxes=boxes,
        size=size,
        ratio=round(size / text_size, 2) if size and text_size else None,
        contrast=look["contrast"],
        screens=round(boxes[0].y / window_height, 2) if boxes and window_height else None,
        stuck=look["stuck"],
        before=look.get("before", ""),
        after=look.get("after", ""),
    )


def decided(seen: Sight, look: Mapping[str, Any], ink: Ink | None) -> Sight:
    """The sight after a look at the pictures, where there are some. What cannot be told from text in its own colour is transparent."""
    if seen.unseen is not None:
        return seen
    if ink is not None:
        if not ink.is_there:
            alike = look["pictured"] or (seen.contrast is not None and seen.contrast < _SAME)
            why = Unseen.COVERED if look["covered"] else Unseen.TRANSPARENT if alike else Unseen.NO_INK
            return replace(seen, unseen=why, seen_share=0.0, by_pixels=True)
        if ink.contrast is not None and (
            not look["sure"] or (seen.contrast is not None and ink.contrast < _BLURRED * seen.contrast and look["covered"])
        ):
            seen = replace(seen, contrast=ink.contrast, by_pixels=True)
    if seen.contrast is not None and seen.contrast < _SAME and (look["sure"] or seen.by_pixels):
        return replace(seen, unseen=Unseen.TRANSPARENT, seen_share=0.0)
    return seen


def doubts(told: Mapping[str, Any], size: Size, unloaded: tuple[str, ...], *, scripts: bool, joined: bool) -> tuple[Doubt, ...]:
    """Why nothing can rest on what was measured."""
    found = []
    if unloaded:
        found.append(Doubt.STYLE_SHEET)
    elif (not told["rules"] and not told["styled"]) or (told["bare"] and told["scripted"] and not scripts):
        found.append(Doubt.UNSTYLED)
    if told["text"]["share"] < _LEAST_SEEN:
        found.append(Doubt.SCRIPTED)
    # What is wider than a phone is shrunk: readers see a page without a viewport so, unless a script says otherwise, but hardly any other.
    meant = not told["viewport"] and (scripts or not told["scripted"])
    if is_phone(size) and told["window"][0] > _WIDE * size[0] and not meant:
        found.append(Doubt.WIDE)
    if not joined:
        found.append(Doubt.UNJOINED)
    return tuple(found)


def view(told: Mapping[str, Any], sights: dict[int, Sight], page: Page, marks: Marked, size: Size, found: tuple[Doubt, ...]) -> View:
    """The page at one size of window."""
    text = told["text"]
    return View(
        width=size[0],
        height=size[1],
        doubts=found,
        notices=marks.in_order("notices", len(page.notices), sights),
        links=marks.in_order("links", len(page.links), sights),
        images=marks.in_order("images", len(page.images), sights),
        credits=marks.in_order("credits", len(page.images), sights),
        authors=marks.in_order("authors", len(page.authors), sights),
        text_size=text["size"],
        text_contrast=text["contrast"],
        column=Box(*text["column"]) if text["column"] else None,
        page_width=told["page"][0],
        page_height=told["page"][1],
        rtl=bool(told["rtl"]),
        framed=tuple(Framed(frame["text"], Box(*frame["box"])) for frame in told["frames"]),
    )
