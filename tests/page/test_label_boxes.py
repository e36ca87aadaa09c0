"""Labels of advertising slots, of widgets and of other stories do not speak for the piece; those of the piece and of its product boxes do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.facts import Page, Placement

TAGGED = "https://www.amazon.com/dp/B000000000?tag=lakepost-20"
PAID = f'<p>We took <a href="{TAGGED}">this kettle</a> along.</p>'
BUY = f'<a href="{TAGGED}">Buy the kettle</a>'
LONG = "On the second day the wind came round to the north, and the kettle had to stand in the snow before anybody could drink from it."

Read = Callable[..., Page]


def cards(label: str = "") -> str:
    """A list of other stories, each with this label."""
    return "".join(
        f'<li><a href="/story-{n}"><img src="/story-{n}.jpg" alt=""></a>{label}<h4><a href="/story-{n}">Story number {n}</a></h4></li>'
        for n in range(3)
    )


def adverts() -> str:
    """A list of what advertisers have to say."""
    return "".join(f'<li><a href="https://boats-{n}.example/"><img src="/boat-{n}.jpg" alt=""></a> <b>Boat {n}</b></li>' for n in range(3))


@pytest.mark.parametrize(
    "box",
    [
        '<div><p>Sponsored by Northern Kettles</p><iframe src="https://ads.example/1"></iframe></div>',
        "<div><p>Sponsored by Northern Kettles</p><ins></ins></div>",
        '<div><p>Sponsored by Northern Kettles</p><div id="slot-1"></div></div>',
        '<form><p>Sponsored by Northern Kettles</p><input type="email"></form>',
        f"<section><h3>Sponsored by Northern Kettles</h3><ul>{cards()}</ul></section>",
        f"<section><h3>Sponsored by Northern Kettles</h3><ul>{adverts()}</ul></section>",
        f"<h3>Sponsored by Northern Kettles</h3><ul>{cards()}</ul>",
        '<div><a href="/boats"><span>A boat for the lake</span><div>Sponsored by Northern Kettles</div></a></div>',
        f"<section><h3>Paid content</h3><ul>{cards()}</ul></section>",
        f"<ul>{cards('<p>Sponsored by Northern Kettles</p>')}</ul>",
        f"<ul>{cards('<span>Sponsored</span>')}</ul>",
        f"<ul>{cards('<span>Paid partnership</span>')}</ul>",
    ],
)
@pytest.mark.parametrize("where", ["start", "text", "end", "after"])
def test_labels_of_slots_widgets_and_other_stories_are_nothing(read_story: Read, box: str, where: str) -> None:
    page = read_story(box + PAID) if where == "text" else read_story(PAID, **{where: box})
    assert page.notices == ()
    assert page.verdicts.affiliate_notice == "missing"


@pytest.mark.parametrize(
    "box",
    [
        "<aside><p>Sponsored by Northern Kettles</p></aside>",
        '<div><span>Paid link</span><h4><a href="https://boats.example/">A boat for the lake</a></h4></div>',
    ],
)
def test_at_the_head_of_the_piece_a_label_may_speak_for_it(read_story: Read, box: str) -> None:
    assert read_story(box + PAID).notices == ()
    assert len(read_story(PAID, start=box).notices) == 1


@pytest.mark.parametrize("where", ["text", "end"])
def test_the_card_of_an_advertiser_amid_the_text_speaks_for_itself(read_story: Read, where: str) -> None:
    card = """<div><div>Sponsored by <a href="https://boats.example/?a=1">Lake Boats</a></div>
<div><a href="https://boats.example/?a=2">Insure your boat</a></div></div>"""
    page = read_story(card + PAID) if where == "text" else read_story(PAID, **{where: card})
    assert page.notices == ()
    assert page.verdicts.affiliate_notice == "missing"


@pytest.mark.parametrize(
    "slot",
    [
        '<div class="ad"><p>Advertisement</p><div id="slot-1"></div></div>',
        '<div><p>Advertisement</p><div id="slot-1"></div></div>',
        "<div><p>Advertisement</p><script>fill()</script></div>",
        "<p>Advertisement</p><ins></ins>",
        "<div>Advertisement<advert-slot></advert-slot></div>",
        '<p>Advertisement</p><div class="ad-unit"></div>',
        '<div class="ad"><span>Ad</span></div>',
        "<aside><span>Ad</span></aside>",
        '<div><span>Advertisement</span><a href="https://boats.example/"><img src="/boat.gif" alt=""></a></div>',
        '<p>Advertisement</p><a href="https://boats.example/"><img src="/boat.gif" alt=""></a>',
    ],
)
@pytest.mark.parametrize("order", ["{slot}{part}", "{part}{slot}"])
def test_the_label_of_a_slot_does_not_speak_for_paid_links_around_it(read_story: Read, slot: str, order: str) -> None:
    part = f"<h2>The kettle</h2><p>{LONG} {BUY}</p>"
    page = read_story(f"<section>{order.format(slot=slot, part=part)}</section>")
    assert page.notices == ()
    assert page.verdicts.affiliate_notice == "missing"


def test_a_label_behind_running_text_does_not_speak_for_it(read_story: Read) -> None:
    assert read_story(f"<section><p>{LONG} {BUY}</p><div>Advertisement</div></section>").notices == ()


@pytest.mark.parametrize(
    ("slots", "kind"),
    [
        ({"start": '<p class="kicker">Advertisement</p>'}, "ad_label"),
        ({"under": '<p>Sponsored by <a href="https://kettles.example/">Northern Kettles</a></p>'}, "sponsored"),
        ({"under": "<div><span>Sponsored by Northern Kettles</span><script>count()</script></div>"}, "sponsored"),
        ({"under": '<ul><li><a href="/food">Food and drink</a></li><li>Sponsored</li></ul>'}, "ad_label"),
        ({"start": '<div><p>Paid partnership with Northern Kettles</p><p><a href="/partners">Read more</a></p></div>'}, "sponsored"),
        ({"start": "<aside><p>This article is sponsored by Northern Kettles.</p></aside>"}, "sponsored"),
        ({"end": "<p>Sponsored by Northern Kettles</p>"}, "sponsored"),
        ({"after": '<footer class="entry-footer"><p>Sponsored by Northern Kettles</p></footer>'}, "sponsored"),
    ],
)
def test_a_label_of_the_piece_speaks_for_the_page(read_story: Read, slots: dict[str, str], kind: str) -> None:
    (notice,) = read_story(PAID, **slots).notices
    assert (notice.kind, notice.clarity, notice.covers) == (kind, "clear", "page")


@pytest.mark.parametrize(
    "box",
    [
        f'<div class="product-card"><div><span>Ad</span><h3><a href="/kettle-test">The kettle</a></h3></div>{BUY}</div>',
        f'<div><span class="ad-label">Ad</span><h3>The kettle</h3>{BUY}</div>',
        f'<div><div class="ad-badge"><span>Ad</span></div>{BUY}</div>',
        f"<div><div><h4>Best deals</h4> <span>Advertisement</span></div><div>{BUY}</div></div>",
        f"<ul><li>Advertisement</li><li>{BUY}</li></ul>",
        f"<aside><span>Advertisement</span>{BUY}</aside>",
        '<div><span>Advertisement</span><iframe src="https://rcm-na.amazon-adsystem.com/e/cm?t=lakepost-20&amp;asins=B000000000"></iframe></div>',
    ],
)
def test_a_label_of_a_product_box_speaks_for_its_links(read_story: Read, box: str) -> None:
    page = read_story(box)
    (notice,) = page.notices
    assert notice.covers == tuple(link.href for link in page.links)
    assert page.verdicts.affiliate_notice == "clear_before"


@pytest.mark.parametrize("menu", [f"<nav>{BUY}</nav>", f'<div class="deals">{BUY}</div>'])
def test_order_is_held_against_links_of_menus_last(read_story: Read, menu: str) -> None:
    notice = "<p>We earn a commission when you buy through links on this page.</p>"
    page = read_story(f"{notice}<p>{BUY}</p>", bar=menu)
    assert [one.placement for one in page.notices] == [Placement.BEFORE]
    # What else stands on every page makes the order no better.
    page = read_story(notice, bar=menu, outside=f'<aside class="sidebar">{BUY}</aside>')
    assert [one.placement for one in page.notices] == [Placement.AFTER]
    assert [one.placement for one in read_story(notice, bar=menu).notices] == [Placement.AFTER]
