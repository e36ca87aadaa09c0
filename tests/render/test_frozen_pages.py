"""Copies of pages in a real browser: in the frame of a report and on their own they run nothing, ask for nothing, and their marks can be gone to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from checker.model import Source
from checker.page.reader import read
from checker.scale.rulebook import Rulebook

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Dialog, Frame, Page

pytest.importorskip("nh3", reason="nh3 is not installed")

NOTICE = "We earn a commission when you buy something through links on this page."
LINK = '<a href="https://www.amazon.com/dp/B000000101?tag=slowkettle-20" onclick="fetch(\'http://127.0.0.1:9/a\')">Harrow gooseneck</a>'
TEXT = "<p>A kettle is bought once in ten years and used every morning of them, and we wrote down what went wrong with each of the eleven.</p>"
OUT = "http://127.0.0.1:9"
# Every way to run or to ask that a browser knows of, each to an address where nobody is.
HOSTILE = f"""
<script>fetch('{OUT}/1'); alert(1); document.title = 'run'</script><script src="{OUT}/2.js"></script>
<img src=x onerror="alert(2)"><img src="{OUT}/3.png" srcset="{OUT}/4.png 2x"><picture><source srcset="{OUT}/5.png"><img src="{OUT}/6.png"></picture>
<svg onload="alert(3)"><image href="{OUT}/7.png"/><use href="{OUT}/8.svg#a"/><script>alert(4)</script></svg>
<math><mtext><style><img src=x onerror=alert(5)></style></mtext></math>
<style>@import '{OUT}/9.css'; @import url({OUT}/10.css); @font-face {{ font-family: A; src: url({OUT}/11.woff) }} body {{
background: url({OUT}/12.png);
font-family: A; background-image: image-set("{OUT}/13.png" 1x); cursor: \\75 rl({OUT}/14.cur) }} p:before {{ content: \\75rl({OUT}/15.png) }}
@\\69mport "{OUT}/16.css"; a:hover {{ background: URL("{OUT}/17.png") }}</style>
<link rel="stylesheet" href="{OUT}/18.css"><link rel="prefetch" href="{OUT}/19"><link rel="dns-prefetch" href="{OUT}">
<link rel="preconnect" href="{OUT}">
<link rel="icon" href="{OUT}/20.ico"><link rel="manifest" href="{OUT}/21.json"><link rel="modulepreload" href="{OUT}/22.js">
<meta http-equiv="refresh" content="0;url={OUT}/23"><base href="{OUT}/"><iframe src="{OUT}/24"></iframe>
<iframe srcdoc="<script>alert(6)</script>"></iframe>
<object data="{OUT}/25"></object><embed src="{OUT}/26"><video src="{OUT}/27" poster="{OUT}/28" autoplay></video>
<audio src="{OUT}/29" autoplay></audio>
<form action="{OUT}/30"><input type="image" src="{OUT}/31"><input autofocus onfocus="alert(7)"><button formaction="{OUT}/32">send</button></form>
<div style="background: url({OUT}/33.png); list-style: \\75 rl({OUT}/34.png)">styled</div>
<table background="{OUT}/35.png"><tr><td background="{OUT}/36.png">x</table>
<a href="javascript:alert(8)" id="js">run</a> <a href="data:text/html,<script>alert(9)</script>" id="data">data</a>
<a href="{OUT}/37" ping="{OUT}/38" id="out">out</a>
<details open ontoggle="alert(10)"><summary>more</summary></details><noscript><img src="{OUT}/39.png"></noscript>
<p title='</noscript><img src=x onerror=alert(11)>'>t</p><xmp><p title='</xmp><img src=x onerror=alert(12)>'></xmp>
"""


@dataclass
class Watched:
    """What happened while a page was open."""

    asked: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)

    def nothing(self) -> bool:
        return not (self.asked or self.dialogs or self.pages)


def page(*parts: str, head: str = "") -> str:
    inside = "\n".join(parts)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Four kettles</title>{head}</head><body><main><article>'
        f"<h1>Four kettles</h1><p>By Ada Quill</p>{inside}{TEXT * 3}</article></main></body></html>"
    )


@pytest.fixture(scope="module")
def context(chromium: str) -> Iterator[BrowserContext]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser.new_context(viewport={"width": 900, "height": 600})
        browser.close()


@pytest.fixture
def opened(context: BrowserContext, rules: Rulebook, tmp_path: Path) -> Iterator[Callable[..., tuple[Page, Frame, Watched]]]:
    """Opens the copy of a page in the frame of a report, or on its own."""
    made: list[Page] = []

    def open_it(html: str, anchor: str = "", *, framed: bool = True) -> tuple[Page, Frame, Watched]:
        reading = read(Source("b.html", html.encode(), url="https://tea.example/b.html"), rules.lexicon)
        pointed = [link.spot for link in reading.page.links] + [None]
        (tmp_path / "pages").mkdir(exist_ok=True)
        copy = tmp_path / "pages" / "b.html"
        copy.write_text(reading.freeze(reading.page, pointed, "https://tea.example/b.html", lambda _: None), "utf-8")
        index = tmp_path / "index.html"
        index.write_text(f'<!doctype html><iframe sandbox="" style="width:800px;height:500px" src="pages/b.html{anchor}"></iframe>', "utf-8")
        watched = Watched()

        def refused(dialog: Dialog) -> None:
            watched.dialogs.append(dialog.message)
            dialog.dismiss()

        tab = context.new_page()
        made.append(tab)
        tab.on("request", lambda request: None if request.url.startswith(("file:", "data:")) else watched.asked.append(request.url))
        tab.on("dialog", refused)
        tab.on("popup", lambda popup: watched.pages.append(popup.url))
        tab.goto((index if framed else copy).as_uri() + ("" if framed else anchor), wait_until="load")
        return tab, (tab.frames[1] if framed else tab.main_frame), watched

    yield open_it
    for each in made:
        each.close()


@pytest.mark.parametrize("framed", [True, False])
@pytest.mark.parametrize("where", ["head", "before", "inside"])
def test_a_hostile_page_does_nothing(opened: Callable[..., tuple[Page, Frame, Watched]], where: str, *, framed: bool) -> None:
    parts = {"head": "", "before": "", "inside": ""} | {where: HOSTILE}
    html = page(parts["before"], f"<p>{NOTICE}</p>", f"<p>{parts['inside']}{LINK}</p>", head=parts["head"])
    tab, frame, watched = opened(html, framed=framed)
    link = frame.locator("#disclosure-checker-link-1")
    assert link.inner_text().endswith("Harrow gooseneck")
    link.click()
    if where != "head":
        for name in ("#js", "#data", "#out"):
            frame.locator(name).click()
        frame.locator("details summary").click()
    frame.locator("body").press("Tab")
    tab.wait_for_timeout(150)
    assert watched.nothing(), watched
    assert tab.title() != "run"
    assert frame.url.endswith("/pages/b.html")


def test_the_marks_are_on_what_they_name_and_can_be_seen(opened: Callable[..., tuple[Page, Frame, Watched]]) -> None:
    hides = (
        "<style>body{opacity:0;overflow:hidden} html{display:none} span{display:none} .disclosure-checker-label{top:-999px} "
        'html [class*="checker-label"],html [class*="checker-box"]{display:none!important} '
        "span:not(#x):not(#y){display:none!important;opacity:0!important} "
        "@layer mine{span:not(#x){display:none!important}}</style>"
    )
    _, frame, _ = opened(page(f'<div style="display:none"><p>{NOTICE}</p></div>', TEXT, f"<p>Get {LINK}</p>", head=hides))
    box = frame.locator("#disclosure-checker-notice-1")
    assert box.is_visible()
    assert box.inner_text().startswith("Notice 1 not seen (style)")
    link = frame.locator("#disclosure-checker-link-1")
    assert link.locator(".disclosure-checker-label").is_visible()
    colours = {name: frame.locator(name).first.evaluate("at => getComputedStyle(at).outlineColor") for name in ("#disclosure-checker-link-1",)}
    assert colours == {"#disclosure-checker-link-1": "rgb(180, 72, 12)"}


@pytest.mark.parametrize("anchor", ["#disclosure-checker-finding-1", "#disclosure-checker-link-1"])
def test_an_anchor_brings_the_frame_to_the_finding(opened: Callable[..., tuple[Page, Frame, Watched]], anchor: str) -> None:
    _, frame, _ = opened(page(f"<p>{NOTICE}</p>", TEXT * 60, f"<p>Get {LINK}</p>", TEXT * 60), anchor)
    frame.locator(anchor).wait_for()
    top = frame.locator(anchor).evaluate("at => at.getBoundingClientRect().top")
    assert 0 < top < 480
    assert frame.locator("#disclosure-checker-link-1").evaluate("at => getComputedStyle(at).boxShadow").startswith("rgb(255, 216, 77)")


def test_a_drawn_run_in_a_folder(context: BrowserContext, chromium: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from checker.cli.main import cli

    pytest.importorskip("jinja2", reason="jinja2 is not installed")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "a.html").write_text(page(TEXT * 40, f"<p>Get {LINK}</p>", f"<p>{NOTICE}</p>", HOSTILE), "utf-8")
    options = ["--render", "--browser", chromium, "--viewport", "390x844", "--no-config", "--output", "html=report/"]
    result = CliRunner().invoke(cli, ["check", "public", *options], catch_exceptions=False)
    assert result.exit_code == 1, result.output
    pictures = {path.relative_to(tmp_path / "report").as_posix() for path in (tmp_path / "report").rglob("*.png")}
    index = (tmp_path / "report" / "index.html").read_text("utf-8")
    assert pictures
    assert all(name in index for name in pictures)
    assert ".part" not in index

    watched = Watched()
    tab = context.new_page()
    tab.on("request", lambda request: None if request.url.startswith(("file:", "data:")) else watched.asked.append(request.url))
    tab.goto((tmp_path / "report" / "index.html").as_uri() + "#page=public/a.html&show=frozen&finding=1")
    tab.locator("iframe").wait_for()
    frame = tab.frames[1]
    frame.locator("#disclosure-checker-finding-1").wait_for()
    assert frame.locator("#disclosure-checker-finding-1").is_visible()
    assert tab.locator("iframe").get_attribute("sandbox") == ""
    assert watched.nothing()
    tab.close()
