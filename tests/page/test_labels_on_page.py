from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.facts import Page

TAGGED = "https://www.amazon.com/dp/B000000000?tag=lakepost-20"
PAID = f'<p>We took <a href="{TAGGED}">this kettle</a> along.</p>'

Read = Callable[..., Page]


@pytest.mark.parametrize(
    ("label", "text", "verdict"),
    [
        (f'<div class="box"><span>Advertisement</span><a href="{TAGGED}">Buy the kettle</a></div>', "Advertisement", "clear_before"),
        (f'<div class="box"><a href="{TAGGED}">Buy the kettle</a> <small>Ad</small></div>', "Ad", "clear_after"),
        (f'<p>Sponsored: <a href="{TAGGED}">Buy the kettle</a></p>', "Sponsored", "clear_before"),
        (
            f'<div><p>Paid links</p><ul><li><a href="{TAGGED}">Kettle</a></li><li><a href="{TAGGED}&amp;n=2">Pot</a></li></ul></div>',
            "Paid links",
            "clear_before",
        ),
    ],
)
def test_a_label_that_covers_the_paid_links_is_plain(read_story: Read, label: str, text: str, verdict: str) -> None:
    page = read_story(label)
    (notice,) = page.notices
    assert notice.text.startswith(text)
    assert set(notice.covers) == {link.href for link in page.links}
    assert page.verdicts.affiliate_notice == verdict


@pytest.mark.parametrize(
    "slot",
    [
        '<div class="ad-slot"><span>Advertisement</span><div id="slot-1"></div></div>',
        '<div class="ad"><small>Ad</small><iframe src="https://ads.example/1"></iframe></div>',
        "<aside><p>Advertisement</p></aside>",
    ],
)
@pytest.mark.parametrize("where", ["start", "text", "outside"])
def test_the_label_of_an_ordinary_ad_slot_is_nothing(read_story: Read, slot: str, where: str) -> None:
    slots = {where: slot} if where != "text" else {}
    page = read_story(text=(slot if where == "text" else "") + PAID, **slots)
    assert page.notices == ()
    assert page.verdicts.affiliate_notice == "missing"


def test_a_label_of_one_box_does_not_speak_for_the_links_outside_it(read_story: Read) -> None:
    box = f'<div class="box"><span>Advertisement</span><a href="{TAGGED}&amp;n=1">Kettle</a></div>'
    page = read_story(box, end=f'<p><a href="{TAGGED}&amp;n=2">Pot</a></p>')
    (notice,) = page.notices
    assert len(notice.covers) == 1


def test_a_german_label(read_page: Read) -> None:
    text = "<p>Der Kessel kochte, während die vier darüber stritten, ob der See noch gefroren sein würde, und niemand hatte die Karte dabei.</p>"
    page = read_page(
        f'<html lang="de"><article><h1>Ein Kessel</h1>{text}<div><b>Anzeige</b> <a href="{TAGGED}">Zum Kessel</a></div>{text}{text}</article></html>'
    )
    (notice,) = page.notices
    assert (notice.kind, notice.language) == ("ad_label", "de")
    assert page.verdicts.affiliate_notice == "clear_before"


@pytest.mark.parametrize(
    "line",
    [
        f'<p>The old <b>ad</b> for <a href="{TAGGED}">this kettle</a> hung there.</p>',
        f'<p>They saw the <i>ad</i> <a href="{TAGGED}">here</a>.</p>',
        f'<p><a href="{TAGGED}">This kettle</a> <b>paid</b> for itself.</p>',
        f'<p><b>Ad</b> <a href="/editor">Ada</a> took <a href="{TAGGED}">this kettle</a>.</p>',
    ],
)
def test_a_word_of_the_text_is_no_label(read_story: Read, line: str) -> None:
    assert read_story(line).verdicts.affiliate_notice == "missing"
