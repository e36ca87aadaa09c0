"""The texts of a page: what they say, what they are, and which of them readers do not see."""

from __future__ import annotations

import pytest

from checker.facts import Passage, Region
from checker.lexicon import Lexicon
from checker.model import Source
from checker.page.reader import Reading, read

BODY = """<p>The winter was long, and there was time to tie every knot twice over again.</p>
<p>By spring all of them were as good as new, and some were better.</p>"""
PAGE = """<!doctype html><html lang="en"><head><title>Nets</title></head><body>
<header class="site-header"><p>The Harbour Post</p></header><article>{}</article></body></html>"""


@pytest.fixture
def reading(lexicon: Lexicon) -> Reading:
    return read(Source("a.html", PAGE.format(f"<h1>Nets</h1>{BODY}").encode()), lexicon)


def passages(lexicon: Lexicon, inner: str) -> tuple[Passage, ...]:
    return read(Source("a.html", PAGE.format(inner).encode(), charset="utf-8"), lexicon).passages()


def test_they_are_read_only_when_they_are_asked_for(reading: Reading) -> None:
    assert reading.page.passages == ()
    assert [passage.role for passage in reading.with_passages().passages] == ["other", "headline", "text", "text"]


@pytest.mark.parametrize(
    "markup",
    [
        '<h1>Nets</h1><p class="article-standfirst">Ten of them in a year.</p>',
        '<h1>Nets</h1><div class="story__dek"><p>Ten of them in a year.</p></div>',
        "<h1>Nets</h1><h2>Ten of them in a year, tied again and again</h2>",
        "<hgroup><h1>Nets</h1><p>Ten of them in a year, tied again and again</p></hgroup>",
        '<header><h1>Nets</h1></header><p class="vorspann">Ten of them in a year.</p>',
    ],
)
def test_a_standfirst(lexicon: Lexicon, markup: str) -> None:
    assert [passage.role for passage in passages(lexicon, markup + BODY)] == ["other", "headline", "standfirst", "text", "text"]


@pytest.mark.parametrize(
    "markup",
    [
        "<h1>Nets</h1><p>Ten of them.</p>",
        "<h1>Nets</h1><p class=byline>By Jane Doe</p>",
        "<h1>Nets</h1><h2>The first</h2>",
        f'<h1>Nets</h1>{BODY}<p class="standfirst">Of another story.</p>',
    ],
)
def test_no_standfirst(lexicon: Lexicon, markup: str) -> None:
    assert "standfirst" not in [passage.role for passage in passages(lexicon, markup + BODY)]


def test_white_space_is_as_a_browser_shows_it(lexicon: Lexicon) -> None:
    (said,) = [
        each.text
        for each in passages(lexicon, f"<h1>Nets</h1><p>We \n\t <b>earn</b><br>\nmo\u00adney,\u00a0 you\u200b buy.</p>{BODY}")
        if "earn" in each.text
    ]
    assert said == "We earn money,\u00a0 you buy."


def test_what_is_hidden_is_a_passage_of_its_own(lexicon: Lexicon) -> None:
    found = passages(
        lexicon, f"<h1>Nets</h1><p>By Jane Doe <span hidden>We earn money.</span> today</p><div style='display:none'><p>Not seen.</p></div>{BODY}"
    )
    hidden = {each.text: each.hidden_by for each in found}
    assert hidden["By Jane Doe today"] is None
    assert hidden["We earn money."] == "attribute"
    assert hidden["Not seen."] == "style"


def test_places_count_as_those_of_notices_do(lexicon: Lexicon) -> None:
    notice = "<p>We earn a commission when you buy through links on this page.</p>"
    page = read(Source("a.html", PAGE.format(f"<h1>Nets</h1>{notice}{BODY}").encode()), lexicon).with_passages()
    (said,) = [each for each in page.passages if each.text.startswith("We earn")]
    assert said.place == page.notices[0].place
    assert said.spot.node == page.notices[0].spot.node
    assert said.region in (Region.TITLE_AREA, Region.ARTICLE)
