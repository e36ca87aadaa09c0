"""Pictures of a page as it is drawn: put together from windows, so that nothing in them differs from what a reader meets while scrolling."""

from __future__ import annotations

import base64
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checker.render.browser import Tab
from checker.render.pixels import opened
from checker.sight import Box

if TYPE_CHECKING:
    from PIL.Image import Image

# A picture is at most so many windows high; what lies deeper has a picture of its own.
_MOST_WINDOWS = 12
# What stays in the window would stand in each of them: after the first it is taken away, and what sticks while scrolling stands where it belongs.
_LET_GO = """
const ownStyle = Object.getOwnPropertyDescriptor(HTMLElement.prototype, "style").get;
for (const element of document.querySelectorAll("*")) {
  const position = getComputedStyle(element).position;
  // The controls of a form may be called as what it has.
  const own = element instanceof HTMLElement ? ownStyle.call(element) : element.style;
  if (position === "fixed") own?.setProperty("opacity", "0", "important");
  if (position === "sticky") own?.setProperty("position", "relative", "important");
}
"""
_SCROLL = "(() => { scrollTo({ left: 0, top: %s, behavior: 'instant' }); return [scrollY, visualViewport.width, visualViewport.height]; })()"


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of a part of the page. `at`: which part, in its own pixels; `scale`: pixels of the picture for each of these."""

    picture: Image
    at: Box
    scale: float

    def holds(self, box: Box) -> bool:
        """Whether the whole box is in it, but for its right edge."""
        return self.at.y <= box.y and box.bottom <= self.at.bottom + 1

    def placed(self, box: Box) -> Box:
        """The box in the pixels of the picture."""
        return Box(*(round(side * self.scale, 1) for side in (box.x - self.at.x, box.y - self.at.y, box.width, box.height)))


async def top_of(tab: Tab, until: float, masked: tuple[Box, ...]) -> Shot:
    """The page from its top to `until`, a whole number of windows at most."""
    from PIL.Image import new

    _, width, height = await tab.ask(_SCROLL % 0)
    end = min(max(until, height), height * _MOST_WINDOWS)
    tiles: list[tuple[float, Image]] = []
    while not tiles or tiles[-1][0] + height < end:
        at, _, _ = await tab.ask(_SCROLL % (tiles[-1][0] + height if tiles else 0))
        if tiles and at <= tiles[-1][0]:
            break
        tiles.append((at, opened(await window(tab))))
        if len(tiles) == 1:
            await tab.ask(f"(() => {{ {_LET_GO} }})()")
    scale = tiles[0][1].width / width
    bottom = min(end, tiles[-1][0] + height)
    whole = new("RGB", (tiles[0][1].width, max(1, round(bottom * scale))), "white")
    for at, tile in tiles:
        whole.paste(tile, (0, round(at * scale)))
    shot = Shot(whole, Box(0.0, 0.0, width, bottom), scale)
    cover(shot, masked)
    return shot


async def around(tab: Tab, box: Box, masked: tuple[Box, ...]) -> Shot:
    """The window in whose middle the box stands."""
    _, _, height = await tab.ask(_SCROLL % 0)
    at, width, height = await tab.ask(_SCROLL % max(0.0, box.y + box.height / 2 - height / 2))
    picture = opened(await window(tab))
    shot = Shot(picture, Box(0.0, at, width, height), picture.width / width)
    cover(shot, masked)
    return shot


async def window(tab: Tab) -> bytes:
    """The window as it stands, as PNG."""
    told = await tab.send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})
    return base64.b64decode(told["data"])


def cover(shot: Shot, masked: tuple[Box, ...]) -> None:
    """Take out of a picture what it may not show."""
    from PIL import ImageDraw

    brush = ImageDraw.Draw(shot.picture)
    for box in masked:
        placed = shot.placed(box)
        if placed.width > 0 and placed.height > 0 and placed.bottom > 0 and placed.y < shot.picture.height:
            brush.rectangle((placed.x, placed.y, placed.right, placed.bottom), fill=(128, 128, 128))


def png(picture: Image) -> bytes:
    """The picture as a file."""
    stream = io.BytesIO()
    picture.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def masks(selectors: tuple[str, ...]) -> str:
    """The script that finds the boxes of what is masked. What is no selector ends it: rather no picture than one that shows what it may not."""
    return f"""(() => {json.dumps(selectors)}.flatMap((selector) => [...document.querySelectorAll(selector)].map((element) => {{
  const box = Element.prototype.getBoundingClientRect.call(element); return [box.left + scrollX, box.top + scrollY, box.width, box.height]; }})))()"""
