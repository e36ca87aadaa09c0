"""The browser of one process, what it is given beside the page, and what becomes of pages in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from checker.errors import BadOutput
from checker.facts import Page
from checker.model import PageReport, Source
from checker.page.moved import moved
from checker.render.gallery import folder_name, told
from checker.render.proof import Proof
from checker.render.renderer import Drawing, Markup, Renderer, address_of
from checker.render.wish import RenderWish
from checker.sources.shelf.open import shelf_for

if TYPE_CHECKING:
    from checker.sources.fetch.client import Client
    from checker.sources.fetch.settings import Fetching
    from checker.sources.shelf.fetched import Network


class Keeper(Protocol):
    """Whoever keeps evidence."""

    def keep(self, report: PageReport, source: Source, proof: Proof) -> None:
        """Keep what a page was judged by. Raises BadOutput where it cannot be written."""
        ...


class Drawer:
    """Draws pages. `fetching`: how the network is asked, where the wish opens it. Nothing is started before the first page."""

    def __init__(self, wish: RenderWish, fetching: Fetching | None = None, keeper: Keeper | None = None) -> None:
        self._renderer = Renderer(wish)
        self._keeper = keeper
        self._fetching = fetching if wish.network else None
        self._client: Client | None = None
        self._network: Network | None = None
        self._ran: tuple[Page | None, ...] = ()

    def draw(self, source: Source, markup: Markup, reread: Callable[[Source], Markup | None]) -> Drawing:
        """The page as it is drawn. `reread`: what is made of its source as scripts have left it. Whatever goes wrong is told in the views."""
        address = address_of(source.url or markup.page.url, source.name)

        def read_again(text: str) -> Markup | None:
            return reread(replace(source, body=text.encode("utf-8", "replace"), charset="utf-8"))

        found = self._renderer.draw(markup, address, shelf_for(source, address, network=self.network()), read_again)
        self._ran = found.ran
        return found

    def kept(self, report: PageReport, source: Source, page: Page, text: str) -> PageReport:
        """The report of a page that was just drawn and judged, with its pictures, where there are to be some; what is kept as evidence is kept."""
        wish, drawn = self._renderer.wish, report.drawn
        if drawn is None or (wish.pictures is None and self._keeper is None):
            return report
        address = address_of(source.url or page.url, source.name)
        shelf = shelf_for(source, address, network=self.network())
        # Their spots as findings have them: those of the source.
        left = self._ran or (None,) * len(drawn.views)
        pages = [page if each is None else moved(each, page) for each in left]
        pictures = tuple(self._renderer.portray(pages, text, address, shelf, drawn, report.findings))
        if wish.pictures is not None:
            folder = Path(wish.pictures) / folder_name(report.page_key)
            shown = Path(wish.pictures_as or wish.pictures) / folder.name
            try:
                report = replace(report, pictures=tuple(told(folder, picture, shown) for picture in pictures))
            except BadOutput as fault:
                report = replace(report, problems=(*report.problems, str(fault)))
            if without := [view.name for view in drawn.views if not any(picture.view == view.name for picture in pictures)]:
                report = replace(report, problems=(*report.problems, f"no picture of it could be taken at {', '.join(without)}"))
        if self._keeper is not None:
            drawer = self._renderer
            self._keeper.keep(report, source, Proof(address, drawn, dict(drawer.parts), dict(drawer.doms), pictures, dict(drawer.ran)))
        return report

    def close(self) -> None:
        """End the browser and let go of the network."""
        self._renderer.close()
        client, self._client = self._client, None
        if client is not None:
            client.close()

    def network(self) -> Network | None:
        """The network, once for all pages of this process."""
        if self._fetching is not None and self._network is None:
            from checker.sources.fetch import opened
            from checker.sources.shelf.fetched import Network

            self._client = opened(self._fetching)
            self._network = Network(self._client)
        return self._network


class Undrawn:
    """Has no page drawn, and only keeps evidence."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper

    def draw(self, source: Source, markup: Markup, reread: Callable[[Source], Markup | None]) -> None:  # noqa: ARG002 - as `Draws` says
        """Nothing."""
        return

    def kept(self, report: PageReport, source: Source, page: Page, text: str) -> PageReport:  # noqa: ARG002 - as above
        """The report as it is; what the page was judged by is kept."""
        self._keeper.keep(report, source, Proof(address_of(source.url or page.url, source.name), None))
        return report
