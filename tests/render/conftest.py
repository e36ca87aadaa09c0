"""One browser for all tests that need one. Those that treat it badly start their own."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from checker.api import load_rules
from checker.engine.overrides import Selection
from checker.errors import BadConfig
from checker.facts import Page
from checker.model import PageReport, Source
from checker.page.reader import read
from checker.render.chromium import ask_for_playwright, executable
from checker.render.renderer import Drawing, Markup, Renderer
from checker.render.wish import DESKTOP, RenderWish, Size
from checker.scale.page import check_page
from checker.scale.rulebook import Rulebook
from checker.scale.task import Choice
from checker.sight import Sight, View
from checker.sources.shelf.held import Held

ADDRESS = "https://tea.example/pots.html"
NOTICE = "We earn a commission when you buy something through links on this page."
LINK = '<a href="https://www.amazon.com/dp/B000000101?tag=slowkettle-20" rel="sponsored">Harrow gooseneck</a>'
TEXT = (
    "A kettle is bought once in ten years and used every morning of them, and we wrote down what went wrong with each of the eleven that we boiled."
)


def article(
    notice: str = f'<p class="note">{NOTICE}</p>', *, style: str = "", head: str = "", before: str = "", after: str = "", link: str = LINK
) -> str:
    """A page with a notice over a paid link."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Four kettles</title>{head}<style>body {{ margin: 0; background: #fff; color: #222; font: 18px/1.6 serif }} {style}</style></head>"
        f"<body>{before}<main><article><h1>Four kettles that pour where you aim</h1><p>By Ada Quill</p>{notice}<p>{TEXT}</p>"
        f"<p>The one we kept is the {link}, which pours a thread of water.</p><p>{TEXT}</p></article></main>{after}</body></html>"
    )


@dataclass
class Laid:
    """A shelf of a few things. `slow`: seconds that it takes for addresses with `slow` in them; `asked`: the addresses that it was asked for."""

    things: Mapping[str, str | bytes] = field(default_factory=dict)
    slow: float = 0.0
    asked: list[str] = field(default_factory=list)

    def find(self, url: str) -> Held | None:
        self.asked.append(url)
        if "slow" in url:
            time.sleep(self.slow)
        body = self.things.get(url.removeprefix("https://tea.example/"))
        if body is None:
            return None
        kind = {"css": "text/css", "js": "text/javascript", "html": "text/html", "svg": "image/svg+xml"}.get(url.rpartition(".")[2])
        return Held(body.encode() if isinstance(body, str) else body, kind)


@dataclass
class Easel:
    """Draws and judges pages with one browser for all of them."""

    renderer: Renderer
    rules: Rulebook

    def markup(self, text: str | bytes) -> Markup:
        body = text.encode() if isinstance(text, str) else text
        reading = read(Source("pots.html", body, url=ADDRESS), self.rules.lexicon)
        return Markup(reading.page, reading.places.text, reading.places.locate)

    def draw(self, text: str | bytes, *sizes: Size, shelf: Laid | None = None, scripts: bool = False, seconds: float = 30.0) -> tuple[Page, Drawing]:
        wish = RenderWish(sizes=sizes or (DESKTOP,), scripts=scripts, seconds=seconds)
        self.wish(wish)
        markup = self.markup(text)
        reread = self.markup if scripts else None
        return markup.page, self.renderer.draw(markup, ADDRESS, shelf or Laid(), reread)

    def view(self, text: str | bytes, size: Size = DESKTOP, shelf: Laid | None = None) -> View:
        return self.draw(text, size, shelf=shelf)[1].drawn.views[0]

    def notice(self, text: str, size: Size = DESKTOP, shelf: Laid | None = None) -> Sight:
        view = self.view(text, size, shelf)
        assert view.measurable, view.doubts
        assert view.notices
        assert view.notices[0] is not None
        return view.notices[0]

    def check(self, text: str, *sizes: Size, shelf: Laid | None = None, scripts: bool = False, seconds: float = 30.0) -> PageReport:
        """The report of a page as the program makes it."""
        easel = self

        class Draws:
            def draw(self, source: Source, markup: Markup, reread: Callable[[Source], Markup | None]) -> Drawing:  # noqa: ARG002 - as `Draws` says
                easel.wish(RenderWish(sizes=sizes or (DESKTOP,), scripts=scripts, seconds=seconds))
                return easel.renderer.draw(markup, ADDRESS, shelf or Laid(), lambda told: reread(Source("pots.html", told.encode(), url=ADDRESS)))

            def kept(self, report: PageReport, source: Source, page: Page, text: str) -> PageReport:  # noqa: ARG002 - as `Draws` says
                return report

        plans = Choice(Selection(("us",)), render=RenderWish()).plans(self.rules.rules)
        return check_page(Source("pots.html", text.encode(), url=ADDRESS), self.rules, plans, drawer=Draws())

    def wish(self, wish: RenderWish) -> None:
        self.renderer.wish = wish
        self.renderer._browser._wish = wish


def outcomes(report: PageReport) -> dict[str, str]:
    """What fires, by rule."""
    return {finding.rule: str(finding.outcome) for finding in report.findings}


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser. Without one, or without what drives it, the test is skipped."""
    try:
        ask_for_playwright()
        return executable()
    except BadConfig as fault:
        pytest.skip(str(fault))


@pytest.fixture(scope="session")
def rules() -> Rulebook:
    return load_rules()


@pytest.fixture(scope="session")
def easel(chromium: str, rules: Rulebook) -> Iterator[Easel]:
    renderer = Renderer(RenderWish(browser=chromium))
    yield Easel(renderer, rules)
    renderer.close()


@pytest.fixture
def own(chromium: str) -> Iterator[Callable[..., Renderer]]:
    """Renderers of the test's own, closed at its end."""
    made: list[Renderer] = []

    def start(**wishes: object) -> Renderer:
        made.append(Renderer(RenderWish(browser=chromium, **wishes)))  # type: ignore[arg-type]
        return made[-1]

    yield start
    for each in made:
        each.close()


def children(pid: int) -> set[int]:
    """All processes below one, as /proc has them now."""
    below: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = entry.joinpath("stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            below.setdefault(int(fields[1]), []).append(int(entry.name))
    found, todo = set(), [pid]
    while todo:
        todo += [each for each in below.get(todo.pop(), []) if each not in found and not found.add(each)]  # type: ignore[func-returns-value]
    return found


def gone(pids: set[int], within: float = 15.0) -> set[int]:
    """Those of the processes that are still there after so many seconds, zombies of our own among them."""
    until = time.monotonic() + within
    left = pids
    while left and time.monotonic() < until:
        time.sleep(0.05)
        left = {pid for pid in left if Path(f"/proc/{pid}").exists() and not _is_others_zombie(pid)}
    return left


def _is_others_zombie(pid: int) -> bool:
    """Whether it has ended, and whoever took it over has not asked after it: nobody's here."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return True
    return fields[0] == "Z" and int(fields[1]) != os.getpid()


needs_proc = pytest.mark.skipif(
    not Path("/proc/self/stat").exists() or shutil.which("sh") is None, reason="processes are told by /proc, which is Linux"
)
