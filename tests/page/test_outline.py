"""A page as blocks: in the order of reading, with the facts in them, and small whatever the page is like."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from checker.facts import Page, Region, Spot
from checker.lexicon import Lexicon
from checker.model import Source
from checker.outline import KINDS, OutlineBlock, outline_entry
from checker.outline import outline_of as restored
from checker.page.outline import Outline
from checker.page.outline_size import MOST, Draft, fitted
from checker.page.reader import read

LINK = "https://www.amazon.com/dp/B000000001?tag=lakepost-20"
SHOP = "https://www.etsy.com/listing/1/kettle"
NOTICE = "We earn a commission when you buy something through links on this page."
TEXT = "The kettle boiled while the four of them argued about whether the lake would still be frozen enough to cross in March. "
Outlines = Callable[..., tuple[Page, Outline]]


@pytest.fixture(scope="session")
def outline_of(lexicon: Lexicon) -> Outlines:
    """The facts and the outline of a story with this markup in it."""

    def made(text: str, *spots: Spot, top: str = "", bottom: str = "", whole: str | None = None) -> tuple[Page, Outline]:
        page = (
            '<!doctype html><html lang="en"><head><title>A kettle at the lake</title>'
            '<link rel="canonical" href="https://lakepost.example/weekend/kettle"></head><body>'
            f'<header class="site-header"><nav><ul><li>Home</li><li>News</li></ul></nav></header>{top}<main><article><h1>A kettle at the lake</h1>'
            f'<p class="byline">By Ada Quill</p><div class="entry-content"><p>{TEXT}</p>{text}<p>{TEXT}</p></div></article></main>'
            f'{bottom}<footer class="site-footer"><p>All rights reserved.</p></footer></body></html>'
        )
        reading = read(Source("page.html", (whole or page).encode("utf-8", "surrogatepass")), lexicon)
        return reading.page, reading.outline(reading.page, spots)

    return made


def size(outline: Outline) -> int:
    return len(json.dumps(outline_entry(outline.blocks), ensure_ascii=False).encode("utf-8", "backslashreplace"))


def holding(outline: Outline, mark: str) -> OutlineBlock:
    (block,) = [block for block in outline.blocks if mark in block.marks]
    return block


def test_blocks_stand_in_the_order_of_reading_with_what_they_hold(outline_of: Outlines) -> None:
    page, outline = outline_of(
        f'<p>{NOTICE}</p><h2>Why</h2><p>Get <a href="{LINK}">it</a> now.</p><ul><li>One</li></ul><blockquote>Said she</blockquote>'
        '<figure><img src="/lake.jpg" alt="The lake in March" width="800" height="600"><figcaption>The lake. Photo: Bo Reed</figcaption></figure>'
        "<table><tr><td>Cell</td></tr></table>"
    )
    told = [(block.kind, block.text[:8], block.marks) for block in outline.blocks if block.region in (Region.TITLE_AREA, Region.ARTICLE)]
    assert told == [
        ("heading", "A kettle", ()),
        ("paragraph", "By Ada Q", ("author:1",)),
        ("paragraph", "The kett", ()),
        ("paragraph", "We earn ", ("notice:1",)),
        ("heading", "Why", ()),
        ("paragraph", "Get it n", ("link:1",)),
        ("item", "One", ()),
        ("quote", "Said she", ()),
        ("image", "The lake", ("image:1",)),
        ("caption", "The lake", ("credit:1",)),
        ("table", "Cell", ()),
        ("paragraph", "The kett", ()),
    ]
    assert [block.level for block in outline.blocks if block.kind == "heading"] == [1, 2]
    assert {block.kind for block in outline.blocks} <= set(KINDS)
    assert page.links[0].text == "it"


def test_marks_are_numbered_as_the_facts_are(outline_of: Outlines) -> None:
    links = "".join(f'<p>Get <a href="{LINK.replace("01?", f"{number:02}?")}">number {number}</a>.</p>' for number in range(1, 6))
    page, outline = outline_of(f"{links}<p>{NOTICE}</p>")
    for number, link in enumerate(page.links, 1):
        assert link.text in holding(outline, f"link:{number}").text
    assert holding(outline, "notice:1").text == page.notices[0].text


def test_a_link_that_may_pay_is_marked_as_one(outline_of: Outlines) -> None:
    page, outline = outline_of(
        f'<p>See <a href="{SHOP}">the coat</a>.</p>', top='<script src="https://s.skimresources.com/js/1X2.skimlinks.js"></script>'
    )
    assert [str(link.affiliate) for link in page.links] == ["possible"]
    assert "the coat" in holding(outline, "possible:1").text


def test_a_picture_that_pays_is_one_block(outline_of: Outlines) -> None:
    _, outline = outline_of(f'<figure><a href="{LINK}"><img src="/lake.jpg" alt="A kettle" width="800" height="600"></a></figure>')
    assert holding(outline, "image:1") == holding(outline, "link:1")
    assert holding(outline, "link:1").kind == "image"


def test_a_link_without_words_and_pictures_has_a_block(outline_of: Outlines) -> None:
    page, outline = outline_of(f'<div><a href="{LINK}"></a></div>')
    assert (holding(outline, "link:1").kind, holding(outline, "link:1").text) == ("other", page.links[0].host)


@pytest.mark.parametrize(
    "markup",
    [
        f'<p style="display:none">{NOTICE}</p>',
        f'<p>Before. <span style="display:none">{NOTICE}</span> After.</p>',
        f"<noscript><p>{NOTICE}</p></noscript>",
        f"<!-- {NOTICE} -->",
        f"<details><summary>More</summary><p>{NOTICE}</p></details>",
    ],
)
def test_a_notice_that_nobody_sees_is_told_as_hidden(outline_of: Outlines, markup: str) -> None:
    page, outline = outline_of(f'{markup}<p>Get <a href="{LINK}">it</a>.</p><p style="display:none">Nothing to see.</p>')
    assert page.notices
    block = holding(outline, "notice:1")
    assert block.hidden
    assert NOTICE in block.text
    shown = [block.text for block in outline.blocks if not block.hidden]
    assert not any(NOTICE in text or "Nothing to see" in text for text in shown)


def test_spots_are_found_again_in_their_blocks(outline_of: Outlines) -> None:
    text = f'<p>{NOTICE}</p><p>Get <a href="{LINK}">it</a>.</p>'
    page, _ = outline_of(text)
    spots = (page.links[0].spot, page.notices[0].spot, page.authors[0].spot or Spot(0), page.headline or Spot(0))
    _, outline = outline_of(text, *spots, Spot(-1, None, "brought by a script"), Spot(10_000))
    told = [outline.blocks[at].text[:8] for at in map(outline.block, spots) if at is not None]
    assert told == ["Get it.", "We earn ", "By Ada Q", "A kettle"]
    assert outline.block(Spot(-1, None, "x")) is outline.block(Spot(10_000)) is outline.block(Spot(7, 7)) is None


def test_of_a_long_page_what_holds_something_is_kept_and_the_rest_is_counted(outline_of: Outlines) -> None:
    many = "".join(f"<p>{TEXT}</p>" for _ in range(200))
    page, outline = outline_of(f'{many}<h2>The middle</h2><p>{NOTICE}</p>{many}<p>Get <a href="{LINK}">it</a>.</p>{many}')
    assert size(outline) <= MOST
    assert holding(outline, "notice:1").text == page.notices[0].text
    assert holding(outline, "link:1").text == "Get it."
    assert "The middle" in [block.text for block in outline.blocks]
    gaps = [block for block in outline.blocks if block.kind == "gap"]
    assert sum(block.count for block in outline.blocks) > 600
    assert sum(gap.length for gap in gaps) > 50_000
    assert not any(one.kind == other.kind == "gap" for one, other in zip(outline.blocks, outline.blocks[1:], strict=False))
    # What stands beside the notice tells more than what stands far from everything.
    at = next(number for number, block in enumerate(outline.blocks) if "notice:1" in block.marks)
    assert outline.blocks[at + 1].text.startswith("The kettle boiled")


WIDE = "\U0001f600" * 400
HOSTILE = {
    "links": "".join(f'<p>{WIDE}<a href="{LINK}&x={number}">{WIDE}{number}</a></p>' for number in range(3000)),
    "links in one paragraph": "<p>" + "".join(f'<a href="{LINK}&x={number}">x{number}</a> ' for number in range(3000)) + "</p>",
    "headings": "".join(f"<h2>{WIDE} {number}</h2>" for number in range(3000)),
    "notices": f"<p>{NOTICE}</p>" * 1000,
    "pictures": "".join(f'<p><img src="/a{number}.jpg" width=900 height=700 alt="{WIDE}"></p>' for number in range(2000)),
    "control characters": "<p>\x01\x1b[31m\u202e\x07\x7f \u2028</p>" * 2000,
    "escapes": "<p>" + '\\"' * 5000 + "</p>",
    "one text": f"<p>{'kettle ' * 200_000}</p>",
    "no blocks": "<span>kettle <b>x</b></span>" * 20_000,
    "nested": "<div>x" * 3000,
}


@pytest.mark.parametrize("markup", HOSTILE.values(), ids=HOSTILE)
def test_no_page_makes_an_outline_large(outline_of: Outlines, markup: str) -> None:
    page, _ = outline_of(markup)
    spots = [link.spot for link in page.links] + [image.spot for image in page.images]
    _, outline = outline_of(markup, *spots)
    assert size(outline) <= MOST
    assert len(outline.blocks) < 120
    for spot in spots:
        at = outline.block(spot)
        assert at is not None
        assert 0 <= at < len(outline.blocks)


@pytest.mark.parametrize(
    "whole", ["<p>x", "x", "<html></html>x", "<title>x</title>", "<frameset></frameset>", '<a href="x">', "<p></p></html>\n later"]
)
def test_any_page_has_an_outline(outline_of: Outlines, whole: str) -> None:
    _, outline = outline_of("", Spot(0), Spot(-1, 0), whole=whole)
    assert size(outline) <= MOST


def test_a_block_comes_back_as_it_was(outline_of: Outlines) -> None:
    _, outline = outline_of(f"<h2>Why</h2><p style='display:none'>{NOTICE}</p>")
    assert restored(json.loads(json.dumps(outline_entry(outline.blocks)))) == outline.blocks


class Told(Draft):
    """A draft whose text is known."""

    def text(self) -> str:
        return "x" * 200


def test_every_draft_is_in_a_block() -> None:
    drafts = [Told("heading" if at % 7 == 0 else "paragraph", None, Region.ARTICLE if at % 3 else Region.NAVIGATION, 200, False) for at in range(300)]
    blocks, places = fitted(drafts)
    assert places == sorted(places)
    assert set(places) == set(range(len(blocks)))
    assert [blocks[place].kind for place in places].count("gap") == sum(block.count for block in blocks if block.kind == "gap")
    assert sum(block.count for block in blocks) == len(drafts)
    assert fitted([]) == ((), [])
