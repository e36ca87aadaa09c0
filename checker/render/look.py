"""One page at one size of window: loaded, measured, and where styles do not tell, held against pictures of itself."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from checker.facts import Page
from checker.render.browser import Browser, Tab
from checker.render.marked import Marked
from checker.render.measured import decided, doubts, sight, view
from checker.render.pixels import Ink, ink, opened
from checker.render.served import Served
from checker.render.shots import window
from checker.render.wish import RenderWish, Size
from checker.sight import Box, Sight, View

# Notices beyond these many windows that hold some are judged by their styles alone.
_MOST_TILES = 4
# Where a text is put in the window for its picture: clear of bars that stick to its edges.
_MARGIN = 0.3
_FONT_SAMPLES = 12


@dataclass(frozen=True, slots=True)
class Look:
    """What came of it. `dom`: the page as the browser has it, where that is kept."""

    view: View
    fonts: tuple[str, ...]
    unloaded: tuple[str, ...]
    scripted: bool
    dom: str | None = None


async def look(browser: Browser, served: Served, page: Page, marks: Marked, size: Size, wish: RenderWish, *, fonts: bool = True) -> Look:
    """Draw the page and measure it; `fonts`: ask also what it was drawn with."""
    async with browser.tab(size, served.answer) as tab:
        await tab.load(served.url)
        told = await tab.ask(f"{_script()}({json.dumps({'texts': marks.texts, 'elements': marks.elements, 'token': marks.token})})")
        looks: dict[int, dict[str, Any]] = {int(number): each for number, each in told["found"].items()}
        inks = await _inks(tab, looks, marks)
        text_size, height = told["text"]["size"], told["window"][1]
        sights = {number: decided(sight(each, text_size, height, marks.said[number]), each, inks.get(number)) for number, each in looks.items()}
        unloaded = _unloaded(told["unloaded"], served)
        found = doubts(told, size, unloaded, scripts=wish.scripts, joined=_joined(marks, sights))
        seen = view(told, sights, page, marks, size, found)
        dom = marks.unmarked(str(await tab.ask("document.documentElement.outerHTML"))) if wish.keeps else None
        return Look(seen, await _fonts(tab) if fonts else (), unloaded, bool(told["scripted"]), dom)


def _joined(marks: Marked, sights: dict[int, Sight]) -> bool:
    """Whether at least half of what was marked was found again."""
    return 2 * len(sights) >= len(marks.kept)


def _unloaded(told: list[str], served: Served) -> tuple[str, ...]:
    asked = served.absent.get("stylesheet", [])
    # The page's own word counts for sheets that are not for this window; what was asked for in vain by another sheet it does not know of.
    return tuple(dict.fromkeys((*told, *(url for url in asked if url in told))))


async def _inks(tab: Tab, looks: dict[int, dict[str, Any]], marks: Marked) -> dict[int, Ink]:
    """The ink of the texts that are seen by their styles: of all notices, of other texts where their styles do not tell."""
    notices = set(marks.numbers("notices"))
    texts = {int(str(text["id"])) for text in marks.texts}
    wanted = sorted(
        (each["lines"][0][1], number)
        for number, each in looks.items()
        if number in texts and not each["unseen"] and each["lines"] and (number in notices or not each["sure"] or each["contrast"] < 1.5)
    )
    height = tab.size[1]
    tiles: list[list[int]] = []
    begin = -1e9
    for top, number in wanted:
        if top - begin > height * (1 - 2 * _MARGIN):
            if len(tiles) == _MOST_TILES:
                break
            tiles.append([])
            begin = top
        tiles[-1].append(number)
    found: dict[int, Ink] = {}
    for numbers in tiles:
        first = looks[numbers[0]]["lines"][0]
        boxes = await tab.ask(f"dcShow({max(0.0, first[1] - height * _MARGIN)}, {json.dumps(numbers)})")
        shown = await window(tab)
        await tab.ask(f"dcInk({json.dumps(numbers)})")
        without = await window(tab)
        await tab.ask("dcInk([])")
        one, other = opened(shown), opened(without)
        scale = one.width / boxes["width"]
        for number in numbers:
            scaled = [Box(*(side * scale for side in box)) for box in boxes["boxes"][str(number)]]
            if (told := await asyncio.to_thread(ink, one, other, scaled)) is not None:
                found[number] = told
    return found


async def _fonts(tab: Tab) -> tuple[str, ...]:
    """The fonts that the running text is drawn with."""
    await tab.send("DOM.enable")
    await tab.send("CSS.enable")
    root = await tab.send("DOM.getDocument", {"depth": 0})
    nodes = await tab.send("DOM.querySelectorAll", {"nodeId": root["root"]["nodeId"], "selector": "p"})
    found: dict[str, None] = {}
    for node in nodes["nodeIds"][:_FONT_SAMPLES]:
        told = await tab.send("CSS.getPlatformFontsForNode", {"nodeId": node})
        found.update(dict.fromkeys(font["familyName"] for font in told["fonts"]))
    return tuple(sorted(found))


def _script() -> str:
    return files("checker.render").joinpath("measure.js").read_text(encoding="utf-8")
