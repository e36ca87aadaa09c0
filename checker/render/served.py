"""What the browser asks for while a page is drawn, and what it is given: the marked page, and what lies on the shelf. Nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import re
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from playwright.async_api import Frame, Route

# A page of a shop asks for some 300 things; what asks for more than this is not drawn to its end.
_MOST_REQUESTS = 2_000
# Pages that were saved in one file name their parts so; browsers ask for them only where they look like addresses of the web.
_CID = re.compile(r"""(?<=["'(=\s])cid:""", re.IGNORECASE).sub


class Held(Protocol):
    """One thing that a page asks for."""

    @property
    def body(self) -> bytes:
        """Its bytes."""
        ...

    @property
    def content_type(self) -> str | None:
        """What it is."""
        ...

    @property
    def status(self) -> int:
        """The status that it is answered with."""
        ...


class Shelf(Protocol):
    """What lies beside a page."""

    def find(self, url: str) -> Held | None:
        """What is at an address; None for what is not there. Raises nothing."""
        ...


class EmptyShelf:
    """For a page of which there is nothing but itself."""

    def find(self, url: str) -> Held | None:  # noqa: ARG002 - as Shelf says
        """None."""
        return None


@dataclass(slots=True)
class Served:
    """One page, served at `url`, and what it asks for. `absent`: what it asked for in vain, by the kind that the browser wants;
    `held`: what it was given, where it `keeps` that.
    """

    url: str
    text: str
    shelf: Shelf
    absent: dict[str, list[str]] = field(default_factory=dict)
    held: dict[str, Held] = field(default_factory=dict)
    keeps: bool = False
    asked: int = 0
    shown: list[Frame] = field(default_factory=list)

    async def answer(self, route: Route) -> None:
        """Answer one request."""
        from playwright.async_api import Error

        request = route.request
        self.asked += 1
        # The page may be gone before it is answered.
        with contextlib.suppress(Error):
            if request.resource_type == "document" and request.frame.parent_frame is None:
                if request.frame in self.shown:
                    # A page that leads elsewhere by itself is measured as it stands.
                    await route.abort("aborted")
                    return
                # Whatever the browser made of its address.
                self.shown.append(request.frame)
                await route.fulfill(body=_CID("https://cid.invalid/", self.text).encode("utf-8", "replace"), content_type="text/html; charset=utf-8")
                return
            wanted = self.asked <= _MOST_REQUESTS and request.method == "GET"
            held = await self._find(request.url) if wanted else None
            if held is None:
                self.absent.setdefault(request.resource_type, []).append(request.url)
                await route.abort()
                return
            if self.keeps:
                self.held.setdefault(request.url, held)
            # Any page may read what we serve: it is the page's own.
            headers = {"Access-Control-Allow-Origin": "*"}
            if held.content_type:
                headers["Content-Type"] = held.content_type
            await route.fulfill(status=held.status, body=held.body, headers=headers)

    async def _find(self, url: str) -> Held | None:
        """What the shelf has. In a thread, because it may wait for the network, and in one that nobody waits for when the page's time is over."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Held | None] = loop.create_future()

        def tell(found: Held | None) -> None:
            if not answer.done():
                answer.set_result(found)

        def find() -> None:
            found = None
            try:
                found = self.shelf.find(url)
            finally:
                with contextlib.suppress(RuntimeError):  # the page is gone, and the loop with it
                    loop.call_soon_threadsafe(tell, found)

        threading.Thread(target=find, daemon=True).start()
        return await answer
