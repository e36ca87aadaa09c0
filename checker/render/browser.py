"""A Chromium that is started when the first page is drawn, watched at every step, and started anew where it hangs or dies.

Nothing reaches the network: every request is answered by us, names are not resolved, and what goes past both is sent to a closed port. Scripts of
pages do not run unless somebody asks for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from checker.errors import BadConfig
from checker.render.chromium import executable
from checker.render.loop import Loop
from checker.render.wish import RenderWish, Size, is_phone

if TYPE_CHECKING:
    from playwright.async_api import Browser as Program
    from playwright.async_api import BrowserContext, CDPSession, Playwright, Route

T = TypeVar("T")

# Pictures of text on a phone are as sharp as its screen, so that thin strokes keep their colour.
_SHARP = 2
_CLOSING = 5.0
_STARTING = 30.0
# A browser that has drawn so many pages is replaced. Measured: 200 pages at two sizes each let it grow from 516 to 553 MB.
_MOST_PAGES = 400
_SWITCHES = (
    # The measuring script reads the rules of style sheets from other hosts; everything that a page could read so was served by us.
    "--disable-web-security",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--dns-prefetch-disable",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--hide-scrollbars",
)


# What fades in has arrived, and what never ends stands at its end.
_STILL = """(() => {
  const still = new CSSStyleSheet();
  still.replaceSync("*,*::before,*::after{animation-duration:0s!important;animation-delay:0s!important;animation-iteration-count:1!important;transition:none!important}");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
})()"""


class Hung(Exception):
    """A step took longer than it may."""


class Gone(Exception):
    """The page or the browser crashed."""


class Browser:
    """One browser, for one page after another. Not for several threads."""

    def __init__(self, wish: RenderWish) -> None:
        self._wish = wish
        self._loop: Loop | None = None
        self._starter: Any = None
        self._driver: Playwright | None = None
        self._program: Program | None = None
        self._pids: list[int] = []
        self._pages = 0

    @property
    def version(self) -> str:
        """Name and version, once a page was drawn."""
        return f"Chromium {self._program.version}" if self._program else "Chromium"

    def run(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do something with the browser; `work` may use `tab`. Raises Hung and Gone, after which the next page gets a new browser; BadConfig where
        it does not start at all.
        """
        from playwright.async_api import Error

        if self._loop is None:
            self._loop = Loop()
        try:
            # Each step is watched; that all of them are is watched here.
            return self._loop.run(self._watched(work), self._wish.seconds + 2 * _STARTING)
        except BadConfig:
            self.kill()
            raise
        except TimeoutError:
            self.kill()
            raise Hung(f"it took longer than {self._wish.seconds:g} s") from None
        except Error as fault:
            self.kill()
            raise Gone(" ".join(str(fault).split())[:200]) from None

    async def _watched(self, work: Callable[[], Awaitable[T]]) -> T:
        if self._program is not None and (self._pages >= _MOST_PAGES or not self._program.is_connected()):
            await self._stop()
        if self._program is None:
            await self._start()
        self._pages += 1
        return await work()

    @asynccontextmanager
    async def tab(self, size: Size, answer: Callable[[Route], Awaitable[None]], *, scripts: bool = False) -> AsyncIterator[Tab]:
        """An empty page in a window of this size, with nothing in it from another page; `scripts`: whether those of the page run."""
        if self._program is None:
            raise Gone("the browser is not running")
        phone = is_phone(size)
        context = await self._program.new_context(
            viewport={"width": size[0], "height": size[1]},
            device_scale_factor=_SHARP if phone else 1,
            is_mobile=phone,
            has_touch=phone,
            java_script_enabled=scripts,
            accept_downloads=False,
            service_workers="block",
            reduced_motion="reduce",
            color_scheme="light",
            locale="en-US",
            timezone_id="UTC",
        )

        async def answered(route: Route) -> None:
            await answer(route)

        try:
            # A function of its own, because the driver writes into the object that it is given.
            await context.route("**/*", answered)
            yield await Tab.opened(context, size, self._wish.seconds)
        finally:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(context.close(), _CLOSING)

    async def _start(self) -> None:
        from playwright.async_api import Error, async_playwright

        path = executable(self._wish.browser)
        try:
            driver = self._driver
            if driver is None:
                self._starter = async_playwright()
                started: Playwright = await asyncio.wait_for(self._starter.start(), _STARTING)
                driver = self._driver = started
            self._program = await self._launched(driver, path)
            session = await self._program.new_browser_cdp_session()
            told = await session.send("SystemInfo.getProcessInfo")
            self._pids = [int(process["id"]) for process in told["processInfo"] if process["type"] == "browser"]
            await session.detach()
        except (Error, TimeoutError, OSError) as fault:
            told_why = next((line.strip() for line in str(fault).splitlines() if line.strip()), type(fault).__name__)
            raise BadConfig(f"the browser {path} does not start: {told_why[:200]}") from None
        self._pages = 0

    async def _launched(self, driver: Playwright, path: str) -> Program:
        from playwright.async_api import Error

        async def launch(*, sandbox: bool) -> Program:
            return await driver.chromium.launch(
                executable_path=path,
                args=list(_SWITCHES),
                chromium_sandbox=sandbox,
                proxy={"server": "http://127.0.0.1:9"},
                timeout=_STARTING * 1000,
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
                env={name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")},
            )

        # Chromium refuses its sandbox to root, and some systems refuse it to everybody.
        if not hasattr(os, "geteuid") or os.geteuid() != 0:
            with contextlib.suppress(Error):
                return await launch(sandbox=True)
        return await launch(sandbox=False)

    async def _stop(self) -> None:
        program, self._program = self._program, None
        if program is not None:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(program.close(), _CLOSING)
        self._kill_processes()

    def _kill_processes(self) -> None:
        for pid in self._pids:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        self._pids = []

    def kill(self) -> None:
        """End the browser and its driver at once; the next page starts others."""
        self._kill_processes()
        self.close()

    def close(self) -> None:
        """End the browser and its driver."""
        loop, self._loop = self._loop, None
        if loop is None:
            return
        driver, self._driver = self._driver, None
        starter, self._starter = self._starter, None

        async def end() -> None:
            await self._stop()
            if driver is not None:
                with contextlib.suppress(Exception):
                    await asyncio.wait_for(driver.stop(), _CLOSING)

            # A driver that does not end by itself is ended, with its pipes.
            with contextlib.suppress(AttributeError):
                starter._client._transport._proc._transport.close()

        with contextlib.suppress(Exception):
            loop.run(end(), 3 * _CLOSING)
        self._kill_processes()
        loop.close()


class Tab:
    """One page at one size, and a world in it where our scripts run and its own cannot reach them."""

    def __init__(self, context: BrowserContext, size: Size, seconds: float) -> None:
        self.context = context
        self.size = size
        self._until = asyncio.get_running_loop().time() + seconds
        self._session: CDPSession | None = None
        self._world = 0

    @classmethod
    async def opened(cls, context: BrowserContext, size: Size, seconds: float) -> Tab:
        """A tab with nothing in it yet."""
        tab = cls(context, size, seconds)
        tab.page = await tab.step(context.new_page())
        return tab

    page: Any

    async def step(self, work: Awaitable[T]) -> T:
        """The step's result; TimeoutError when the time of the page is over."""
        return await asyncio.wait_for(work, max(0.01, self._until - asyncio.get_running_loop().time()))

    async def load(self, url: str) -> None:
        """Load the page, make the world in it, and let nothing move any more."""
        left = max(1.0, (self._until - asyncio.get_running_loop().time()) * 1000)
        await self.step(self.page.goto(url, wait_until="load", timeout=left))
        # Else the pointer rests on the page's upper left corner, and shows what is shown under a pointer.
        await self.step(self.page.mouse.move(-9, -9))
        await self.enter()

    async def enter(self) -> None:
        """Make the world in the page that is loaded now."""
        session: Any = await self.step(self.context.new_cdp_session(self.page))
        self._session = session
        phone = is_phone(self.size)
        metrics = {"width": self.size[0], "height": self.size[1], "deviceScaleFactor": _SHARP if phone else 1, "mobile": phone}
        # What another session has set is forgotten by the first picture that this one takes.
        await self.step(session.send("Emulation.setDeviceMetricsOverride", metrics))
        tree = await self.step(session.send("Page.getFrameTree"))
        if not tree["frameTree"]["frame"]["url"].startswith(("http://", "https://")):
            raise Gone("its scripts lead elsewhere")
        made = await self.step(
            session.send("Page.createIsolatedWorld", {"frameId": tree["frameTree"]["frame"]["id"], "worldName": "disclosure-checker"})
        )
        self._world = made["executionContextId"]
        await self.ask(_STILL)

    async def ask(self, script: str) -> Any:
        """The value of an expression in our world. A script that does not end is ended."""
        left = max(0.1, self._until - asyncio.get_running_loop().time())
        told = await self.send(
            "Runtime.evaluate", {"expression": script, "contextId": self._world, "returnByValue": True, "timeout": int(left * 1000)}
        )
        if "exceptionDetails" in told:
            thrown = told["exceptionDetails"].get("exception", {}).get("description", told["exceptionDetails"].get("text", ""))
            raise Gone(f"measuring it failed: {' '.join(str(thrown).split())[:200]}")
        return told["result"].get("value")

    async def send(self, method: str, params: dict[str, Any] | None = None) -> Any:
        """A command of the browser's own protocol."""
        if self._session is None:
            raise Gone("no page is loaded")
        return await self.step(self._session.send(method, params or {}))
