"""What a frame says counts where readers see the frame."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.facts import Page, Placement, Region
from checker.lexicon import Lexicon
from checker.page.seen import seen
from checker.sight import Box, Drawn, Framed, Sight, View

HTML = '<html lang="en"><body><article><h1>Kettles</h1><p>Get <a href="https://www.amazon.com/dp/B000000001?tag=teablog-20">one</a>.</p></article></body></html>'
NOTICE = "We earn a commission when you buy through links on this page."
COLUMN = Box(0, 100, 390, 2000)


def looked_at(read_page: Callable[..., Page], lexicon: Lexicon, text: str, box: Box) -> Page:
    page = read_page(HTML)
    link = Sight(boxes=(Box(40, 500, 80, 20),))
    view = View(390, 844, links=(link,), column=COLUMN, framed=(Framed(text, box),))
    return seen(page, view, Drawn("Chromium", (view,)), said_in=lambda said: lexicon.notices.judge(said, ["en"]))


def test_a_notice_in_a_frame_before_the_link_counts(read_page: Callable[..., Page], lexicon: Lexicon) -> None:
    page = looked_at(read_page, lexicon, f"About us\n\n{NOTICE}\n{NOTICE}", Box(0, 200, 390, 90))
    (notice,) = page.notices
    assert (notice.text, notice.placement, notice.region, notice.hidden) == (NOTICE, Placement.BEFORE, Region.ARTICLE, False)
    assert page.verdicts.affiliate_notice == "clear_before"


def test_a_frame_below_the_link_comes_after_it(read_page: Callable[..., Page], lexicon: Lexicon) -> None:
    assert [notice.placement for notice in looked_at(read_page, lexicon, NOTICE, Box(0, 900, 390, 90)).notices] == [Placement.AFTER]


def test_a_frame_beside_the_text_is_a_sidebar(read_page: Callable[..., Page], lexicon: Lexicon) -> None:
    assert [notice.region for notice in looked_at(read_page, lexicon, NOTICE, Box(420, 200, 300, 90)).notices] == [Region.SIDEBAR]


def test_a_frame_that_speaks_of_something_else_says_nothing(read_page: Callable[..., Page], lexicon: Lexicon) -> None:
    page = looked_at(read_page, lexicon, "The European Commission met on Monday.", Box(0, 200, 390, 90))
    assert not page.notices
    assert page.verdicts.affiliate_notice == "missing"


@pytest.mark.parametrize("label", ["Advertisement", "Sponsored by Northern Kettles", "Paid link"])
def test_the_label_of_an_advertisement_in_a_frame_is_no_notice_of_the_page(read_page: Callable[..., Page], lexicon: Lexicon, label: str) -> None:
    page = looked_at(read_page, lexicon, f"{label}\nInsure your boat", Box(0, 200, 390, 90))
    assert not page.notices
    assert page.verdicts.affiliate_notice == "missing"


def test_without_words_frames_are_passed_over(read_page: Callable[..., Page]) -> None:
    view = View(390, 844, framed=(Framed(NOTICE, Box(0, 200, 390, 90)),))
    assert not seen(read_page(HTML), view, Drawn("Chromium", (view,))).notices
