"""On paper: what can only be used on a screen is left out, and what was found stands there, whole."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checker.model import Finding, PageReport
from tests.report.html.conftest import said

Reads = Callable[..., Any]
LATE = "fixtures/pages/amp-late-notice/page.html"
_USELESS = "nav, button, select, input, .skip, .map"
_SHOWN = """(what) => [...document.querySelectorAll(what)].filter(element => element.checkVisibility() && element.getClientRects().length)
    .map(element => element.outerHTML.slice(0, 90))"""
# What is cut off by a box of its own: on paper nobody scrolls.
_CUT = """() => [...document.querySelectorAll('main, main *')].filter(element => { const style = getComputedStyle(element);
    return element.checkVisibility() && (style.overflowY === 'auto' || style.overflowY === 'scroll' || style.overflowY === 'hidden')
        && element.scrollHeight > element.clientHeight + 2 && element.clientHeight > 0; }).map(element => element.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize(
    "place", ["#view=overview", "#view=causes", "#view=pages&network=amazon", "#view=questions", "#view=record", f"#page={LATE}"]
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_only_what_can_be_read(reads: Reads, told: Any, place: str, scheme: str) -> None:
    reader = reads(told.path, place, scheme=scheme)
    on_screen = reader.tab.evaluate(_SHOWN, _USELESS)
    reader.tab.emulate_media(media="print", color_scheme=scheme)
    useless = [each for each in reader.tab.evaluate(_SHOWN, _USELESS) if 'class="go"' not in each and "radio" not in each]
    assert on_screen
    assert useless == []
    assert reader.tab.evaluate(_CUT) == []
    # Ink on paper, whatever the screen is set to.
    paper, ink = reader.tab.evaluate("() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]")
    assert (paper, ink) in (("rgb(255, 255, 255)", "rgb(0, 0, 0)"), ("rgba(0, 0, 0, 0)", "rgb(0, 0, 0)"))
    assert reader.title


def test_findings_of_a_page_stand_on_its_sheet(reads: Reads, told: Any) -> None:
    reader = reads(told.path, f"#page={LATE}")
    reader.tab.emulate_media(media="print")
    text = reader.tab.inner_text("main")
    for finding in told.findings(LATE):
        for due in (said(finding), finding["fix"], finding["paste"] or ""):
            assert due in text
    assert reader.tab.locator(".outline .block.has-notice").last.is_visible()
    wide = reader.tab.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert wide


def sheets(pdf: bytes) -> int:
    """How many pages a PDF has; Chromium packs the objects that tell."""
    whole = pdf + b"".join(unpacked(each) for each in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL))
    return len(re.findall(rb"/Type\s*/Page\b", whole))


def unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return b""


def test_a_sheet_comes_out(reads: Reads, told: Any) -> None:
    overview = reads(told.path).tab.pdf(format="A4")
    assert overview.startswith(b"%PDF-")
    assert sheets(overview) >= 1
    page = reads(told.path, f"#page={LATE}").tab.pdf(format="A4")
    assert 1 <= sheets(page) <= 8


def test_the_whole_list_is_printed_and_what_is_folded_in_it(
    reads: Reads, written: Callable[..., Path], finding: Callable[..., Finding], report: Callable[..., PageReport]
) -> None:
    many = [replace(report(finding()), source=f"story-{nth}.html") for nth in range(300)]
    reader = reads(written(*many), "#view=pages")
    assert len(reader.rows) == 100
    short = sheets(reader.tab.pdf(format="A4"))
    assert len(reader.rows) == 300
    assert short >= 12
    same = [finding(message=f"Picture {nth} has no credit.", fingerprint=f"v1:{nth:064}") for nth in range(9)]
    reader = reads(written(report(*same), name="one.html"), "#page=a.html")
    reader.tab.evaluate(
        "() => { addEventListener('beforeprint', () => { window.printed = document.querySelector('#finding-9').checkVisibility(); }); }"
    )
    assert reader.tab.locator("#finding-9").is_visible() is False
    reader.tab.pdf()
    assert reader.tab.evaluate("window.printed") is True
    # Afterwards it is as it was.
    assert reader.tab.locator("#finding-9").is_visible() is False
