"""A page after its scripts have run, as markup that looks the same without them: it is read and drawn as any other page is."""

from __future__ import annotations

import asyncio
import contextlib
from importlib.resources import files

from checker.render.browser import Browser, Tab
from checker.render.served import Served
from checker.render.wish import Size

# After its last answer a page may go on for a while; what has not come by then comes too late for its readers as well.
_PATIENCE = 3.0
_QUIET = 0.5
# Pages bring what lies deeper when it is scrolled to.
_MOST_STEPS = 20
_STEP = 0.05
_SCROLL = "(scrollTo({ left: 0, top: innerHeight * %d, behavior: 'instant' }), [scrollY + innerHeight, document.documentElement.scrollHeight])"


async def snapshot(browser: Browser, served: Served, size: Size) -> str:
    """The markup that the page's scripts have made of it at this size."""
    async with browser.tab(size, served.answer, scripts=True) as tab:
        await tab.load(served.url)
        await _settled(tab, served)
        await _scrolled(tab)
        await _settled(tab, served)
        return str(await tab.ask(files("checker.render").joinpath("snapshot.js").read_text(encoding="utf-8")))


async def _settled(tab: Tab, served: Served) -> None:
    """Wait until the page has asked for nothing for a while."""
    asked, quiet, waited = served.asked, 0.0, 0.0
    while quiet < _QUIET and waited < _PATIENCE:
        await tab.step(asyncio.sleep(_STEP))
        waited += _STEP
        quiet = quiet + _STEP if served.asked == asked else 0.0
        asked = served.asked


async def _scrolled(tab: Tab) -> None:
    with contextlib.suppress(TypeError):
        for number in range(_MOST_STEPS):
            at, end = await tab.ask(_SCROLL % number)
            await tab.step(asyncio.sleep(_STEP))
            if at >= end:
                break
    await tab.ask("scrollTo({ left: 0, top: 0, behavior: 'instant' })")
