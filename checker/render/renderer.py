"""Draws pages, one after another, at every size that is wished for. Whatever goes wrong with a page is said of that page."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from checker.facts import Page, Spot
from checker.model import Finding
from checker.render.browser import Browser, Gone, Hung
from checker.render.look import Look, look
from checker.render.marked import marked
from checker.render.portray import Picture, portray
from checker.render.served import EmptyShelf, Held, Served, Shelf
from checker.render.snapshot import snapshot
from checker.render.wish import RenderWish, Size
from checker.sight import Doubt, Drawn, View

# Where a page is shown whose address nobody knows.
_NOWHERE = "https://page.invalid/"
_WEB = re.compile(r"https?://[^\s#]+", re.IGNORECASE).match


@dataclass(frozen=True, slots=True)
class Markup:
    """A page to draw: its facts, its decoded text without BOM, and what finds the facts' spots in it."""

    page: Page
    text: str
    locate: Callable[[Spot], Spot]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What was drawn. Where scripts ran, `ran` has what was read of the page as they left it, for each size; None where it could not be read."""

    drawn: Drawn
    ran: tuple[Page | None, ...] = ()


class Renderer:
    """One browser and what is wished of it. Nothing is started before the first page."""

    def __init__(self, wish: RenderWish) -> None:
        self.wish = wish
        self._browser = Browser(wish)
        # What the last page was given, and the page as the browser had it at each size; both only where that is wished for.
        self.parts: dict[str, Held] = {}
        self.doms: dict[str, str] = {}
        # As its scripts left it at each size, where they ran.
        self.ran: dict[str, str] = {}

    def draw(self, markup: Markup, address: str, shelf: Shelf | None = None, reread: Callable[[str], Markup | None] | None = None) -> Drawing:
        """The page as it is drawn; `address`: where it is shown. `reread`: what is made of a page as its scripts left it; without it none run.

        Whatever goes wrong is told in the views.
        """
        served = Served(address, "", shelf or EmptyShelf(), keeps=self.wish.keeps)
        self.parts, self.doms, self.ran = served.held, {}, {}
        looks: list[Look] = []
        views: list[View] = []
        ran: list[Page | None] = []
        for size in self.wish.sizes:
            try:
                found = self._ran(markup, served, size, reread) if reread is not None and self.wish.scripts else markup
                ran.append(found.page)
                looks.append(self._look(found, served, size))
                views.append(looks[-1].view)
            except (Hung, Gone) as fault:
                views.append(View(*size, doubts=(Doubt.TIMED_OUT if isinstance(fault, Hung) else Doubt.CRASHED,)))
                ran[len(views) - 1 :] = [None]
        drawn = Drawn(
            browser=self._browser.version,
            views=tuple(views),
            fonts=tuple(sorted({font for each in looks for font in each.fonts})),
            scripts=self.wish.scripts,
            scripted=self.wish.scripts or any(each.scripted for each in looks),
            network=self.wish.network,
            unloaded=tuple(dict.fromkeys(url.removeprefix(_NOWHERE) for each in looks for url in each.unloaded)),
            unrun=len(set(served.absent.get("script", ()))) if self.wish.scripts else 0,
        )
        return Drawing(drawn, tuple(ran) if self.wish.scripts else ())

    def _ran(self, markup: Markup, served: Served, size: Size, reread: Callable[[str], Markup | None]) -> Markup:
        served.text = markup.text
        text = self._browser.run(lambda: snapshot(self._browser, served, size))
        self.ran[f"{size[0]}x{size[1]}"] = text
        found = reread(text)
        if found is None:
            raise Gone("what its scripts have left cannot be read")
        if markup.page.links and not found.page.links:
            raise Gone("its scripts have taken away all that it has")
        return found

    def _look(self, markup: Markup, served: Served, size: Size) -> Look:
        marks = marked(markup.page, markup.text, markup.locate)
        served.text = marks.text
        found = self._browser.run(lambda: look(self._browser, served, markup.page, marks, size, self.wish, fonts=size == self.wish.sizes[0]))
        if found.dom is not None:
            self.doms[found.view.name] = found.dom
        return found

    def portray(
        self, pages: Sequence[Page], source: str, address: str, shelf: Shelf | None, drawn: Drawn, findings: Sequence[Finding]
    ) -> list[Picture]:
        """Pictures of the page that was drawn last, after it was judged; none at a size at which it cannot be drawn again.

        `pages`: its facts at each size, with their spots in its `source`.
        """
        found: list[Picture] = []
        for page, view in zip(pages, drawn.views, strict=True):
            served = Served(address, self.ran.get(view.name, source), shelf or EmptyShelf())
            with contextlib.suppress(Hung, Gone):
                found += self._portrayed(served, page, view, drawn, findings)
        return found

    def _portrayed(self, served: Served, page: Page, view: View, drawn: Drawn, findings: Sequence[Finding]) -> list[Picture]:
        return self._browser.run(lambda: portray(self._browser, served, page, view, drawn, findings, self.wish))

    def close(self) -> None:
        """End the browser."""
        self._browser.close()


def address_of(url: str | None, name: str) -> str:
    """The address at which a page is shown to the browser: its own, or one that cannot exist, with its name as the path.

    >>> address_of(None, "blog/a b.html")
    'https://page.invalid/blog/a%20b.html'
    """
    if url is not None and (found := _WEB(url)) is not None:
        return found[0]
    path = "/".join(quote(part, safe="") for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))
    return f"{_NOWHERE}{path}"
