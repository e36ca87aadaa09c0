"""A Chromium for reports that are opened in it, with the network closed, and axe-core, which asks whether everybody can use what it shows."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from checker.errors import BadConfig
from checker.render.chromium import ask_for_playwright, executable

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route

DESKTOP = (1366, 768)
PHONE = (390, 844)
_AXE = Path(__file__).parent / "axe" / "node_modules" / "axe-core" / "axe.min.js"
# Whatever would leave the machine; a report that is served for `watch` is on loopback.
_AWAY = re.compile(r"^(?!(?:file|data|blob|about):|https?://(?:127\.0\.0\.1|localhost)[:/])")
_RUN = "axe.run(document, {resultTypes: ['violations'], iframes: false}).then(told => told.violations)"
_STARTING = 30.0


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule of axe-core that the page breaks. `places`: the elements, as they stand in the page."""

    rule: str
    impact: str
    help: str
    places: tuple[str, ...]


@dataclass(slots=True)
class Tabs:
    """Opens pages in windows of their own. `asked`: the addresses that they asked for and did not get; `faults`: what their scripts complained of."""

    browser: Browser
    asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def open(
        self,
        where: Path | str | None = None,
        size: tuple[int, int] = DESKTOP,
        scheme: Literal["light", "dark"] = "light",
        *,
        scripts: bool = True,
        permissions: tuple[str, ...] = (),
    ) -> Page:
        """A tab of this size; `where`: the file or the address that is opened in it."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            is_mobile=size == PHONE,
            has_touch=size == PHONE,
            java_script_enabled=scripts,
            permissions=list(permissions),
            reduced_motion="reduce",
            service_workers="block",
            locale="en-US",
            timezone_id="UTC",
        )
        self._contexts.append(context)
        context.set_default_timeout(10_000)

        # A function of its own, because the driver writes into the object that it is given.
        def refuse(route: Route) -> None:
            self.asked.append(route.request.url)
            route.abort()

        context.route(_AWAY, refuse)
        tab = context.new_page()
        tab.on("pageerror", lambda fault: self.faults.append(fault.message))
        tab.on("console", lambda said: self.faults.append(said.text) if said.type in ("error", "warning") else None)
        if where is not None:
            tab.goto(where.resolve().as_uri() if isinstance(where, Path) else where)
        return tab

    def close(self) -> None:
        """Close all of them."""
        for context in self._contexts:
            context.close()


def _launched(driver: Playwright, path: str, *, sandbox: bool) -> Browser:
    return driver.chromium.launch(
        executable_path=path,
        args=["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-background-networking", "--force-color-profile=srgb"],
        chromium_sandbox=sandbox,
        timeout=_STARTING * 1000,
        env={name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")},
    )


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the tests of a file. Not for longer: while it runs, no other test in the thread can start an event loop of its own."""
    try:
        ask_for_playwright()
        path = executable()
    except BadConfig as fault:
        pytest.skip(str(fault))
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as driver:
        try:
            # Chromium refuses its sandbox to root, and some systems refuse it to everybody.
            browser = _launched(driver, path, sandbox=not hasattr(os, "geteuid") or os.geteuid() != 0)
        except Error:
            browser = _launched(driver, path, sandbox=False)
        yield browser
        browser.close()


@pytest.fixture
def tabs(chromium: Browser) -> Iterator[Tabs]:
    """Opens tabs, which are closed at the end of the test."""
    opened = Tabs(chromium)
    yield opened
    opened.close()


@pytest.fixture
def tab(tabs: Tabs) -> Page:
    """An empty one of a desktop's size."""
    return tabs.open()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[Violation]]:
    """What axe-core finds wrong with a page as it is now. It is put into it past the page's own policy, which holds for what the page asks for."""
    if not _AXE.is_file():
        pytest.skip("axe-core is not installed: make axe, which needs npm")
    script = _AXE.read_text("utf-8")

    def violations(page: Page) -> list[Violation]:
        page.evaluate(script)
        told: list[dict[str, Any]] = page.evaluate(_RUN)
        return [Violation(each["id"], each["impact"] or "", each["help"], tuple(node["html"] for node in each["nodes"])) for each in told]

    return violations
