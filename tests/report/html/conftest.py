"""A Chromium for reports that are opened in it, with the network closed, and axe-core, which asks whether everybody can use what it shows."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qsl, urlencode

import pytest

from checker.errors import BadConfig
from checker.model import PageReport
from checker.render.chromium import ask_for_playwright, executable
from checker.report.html.report import Html
from checker.report.run import Closing, Look, Run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route

DESKTOP = (1366, 768)
PHONE = (390, 844)
_ROOT = Path(__file__).resolve().parents[3]
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


# Rows are read as the address of each has them: the title need not be the only one of its name.
_ROWS = "() => [...document.querySelectorAll('ol.pages > li h2 a')].map(link => new URLSearchParams(link.hash.slice(1)).get('page'))"
_DRAWN = "() => new Promise(done => setTimeout(done))"


@dataclass(frozen=True, slots=True)
class Told:
    """A run over the fixtures: its HTML report, and the same in the formats that programs read."""

    path: Path
    report: dict[str, Any]
    editor: dict[str, Any]

    @property
    def pages(self) -> list[dict[str, Any]]:
        """All that were read, in the order of the run: what the run says of each, under the names of both formats."""
        return [{**page, **entry} for page, entry in zip(self.report["pages"], self.editor["pages"], strict=True)]

    def findings(self, source: str | None = None) -> list[dict[str, Any]]:
        """Those of a page, or all."""
        return [each for each in self.report["findings"] if source in (None, each["source"])]


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads a report in a tab."""

    tab: Page
    path: Path

    def at(self, address: str = "") -> Reader:
        """Go to this place of the report, as by a kept address."""
        self.tab.goto(self.path.resolve().as_uri() + address)
        return self.settled()

    def of(self, source: str, **more: str) -> Reader:
        """Open a page of the report."""
        return self.at("#" + urlencode({"page": source, **more}))

    def settled(self) -> Reader:
        """Wait until what was asked for stands there."""
        self.tab.evaluate(_DRAWN)
        return self

    def until(self, holds: str, *given: Any) -> Reader:
        """Wait until this function of the page says so. Playwright's own waiting needs `eval`, which the report's policy forbids."""
        for _ in range(400):
            if self.tab.evaluate(holds, *given):
                return self.settled()
            self.tab.wait_for_timeout(25)
        raise AssertionError(f"never: {holds}, at {self.tab.evaluate('location.hash')}")

    def click(self, what: str) -> Reader:
        """Click the first element that fits."""
        self.tab.locator(what).first.click()
        return self.settled()

    @property
    def address(self) -> dict[str, str]:
        """What the address bar says of the place in the report."""
        return dict(parse_qsl(self.tab.evaluate("location.hash").removeprefix("#"), keep_blank_values=True))

    @property
    def rows(self) -> list[str]:
        """The pages of the list, as it stands."""
        return list(self.tab.evaluate(_ROWS))

    @property
    def title(self) -> str:
        """The heading of the view."""
        return self.tab.inner_text("main h1").strip()

    @property
    def count(self) -> int:
        """How many pages the filters leave, as the report says."""
        return int(re.match(r"[\d,]+", self.tab.inner_text("main .count"))[0].replace(",", ""))  # type: ignore[index]

    @property
    def focused(self) -> str:
        """Which element has the focus: its name, its id or classes, and how it begins."""
        return str(
            self.tab.evaluate(
                "() => { const at = document.activeElement; return `${at.localName}#${at.id}.${at.className} ${at.textContent.slice(0, 60)}`; }"
            )
        )


@pytest.fixture
def reads(tabs: Tabs) -> Callable[..., Reader]:
    """A reader of a report: `reads(path)`, with what `Tabs.open` takes."""

    def read(path: Path, address: str = "", **more: Any) -> Reader:
        return Reader(tabs.open(**more), path).at(address)

    return read


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The pages of the fixtures, checked by the command itself."""
    folder = tmp_path_factory.mktemp("told")
    outputs = [
        f"--output={name}={folder / file}" for name, file in (("html", "report.html"), ("json", "report.json"), ("editor-json", "editor.json"))
    ]
    command = [sys.executable, "-m", "checker", "check", "fixtures/pages", "--no-cache", "--fail-on", "never", *outputs]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    report, editor = (json.loads((folder / name).read_text("utf-8")) for name in ("report.json", "editor.json"))
    return Told(folder / "report.html", report, editor)


@pytest.fixture
def written(tmp_path: Path, run: Run, closing: Callable[..., Closing]) -> Callable[..., Path]:
    """Writes the report of these pages."""

    def write(*pages: PageReport, look: Look | None = None, run: Run = run, closed: Closing | None = None, name: str = "report.html") -> Path:
        made = Html(look or Look())
        path = tmp_path / name
        # As the program writes it.
        with path.open("w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(made.start(run))
            for each in pages:
                file.write(made.page(each))
            for piece in made.pieces(closed or closing(*pages)):
                file.write(piece)
        return path

    return write


def said(finding: dict[str, Any]) -> str:
    """What the report says of a finding of the saved report: the message without the lines of the source."""
    return str(finding["sentence"] or finding["message"])
