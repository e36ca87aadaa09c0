from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.facts import Link, Page, Tier

TAGGED = "https://www.amazon.com/dp/B000000000?tag=lakepost-20"
PAID = f'<a href="{TAGGED}">a kettle</a>'
SHOP = "https://www.etsy.com/listing/1/kettle"
SKIMLINKS = '<script src="https://s.skimresources.com/js/1X2.skimlinks.js"></script>'

Read = Callable[..., Page]


def only(page: Page) -> Link:
    (link,) = page.links
    return link


@pytest.mark.parametrize(
    ("slots", "region", "sets_order"),
    [
        ({"under": f"<p>{PAID}</p>"}, "title_area", True),
        ({"start": f"<p>{PAID}</p>"}, "title_area", True),
        ({"text": f"<p>See {PAID}.</p>"}, "article", True),
        ({"text": f"<aside><p>See {PAID}.</p></aside>"}, "article", True),
        ({"text": f"<table><tr><td>{PAID}</td></tr></table>"}, "article", True),
        ({"text": f'<div class="product-box"><h3>Kettle</h3>{PAID}</div>'}, "product_box", True),
        ({"text": f'<div class="wp-block-buttons shop-widget">{PAID}</div>'}, "product_box", True),
        ({"after": f'<div class="product-box"><h3>Kettle</h3>{PAID}</div>'}, "product_box", True),
        ({"bar": f'<div class="deals"><ul><li>{PAID}</li></ul></div>'}, "page_header", False),
        ({"outside": f'<section class="shop-widget"><h3>Our shop</h3>{PAID}</section>'}, "page_footer", False),
        ({"end": f"<p>{PAID}</p>"}, "article_end", True),
        ({"after": f'<footer class="entry-footer">{PAID}</footer>'}, "article_end", True),
        ({"bar": f"<nav>{PAID}</nav>"}, "navigation", False),
        ({"bar": f'<div role="navigation">{PAID}</div>'}, "navigation", False),
        ({"bar": f"<p>{PAID}</p>"}, "page_header", False),
        ({"outside": f'<aside class="sidebar">{PAID}</aside>'}, "sidebar", False),
        ({"outside": f'<div role="complementary">{PAID}</div>'}, "sidebar", False),
        ({"outside": f'<div class="widget-area">{PAID}</div>'}, "sidebar", False),
        ({"outside": f'<section class="related-posts">{PAID}</section>'}, "related", False),
        ({"text": f'<div class="read-more">{PAID}</div>'}, "related", False),
        ({"foot": PAID}, "page_footer", False),
        ({"outside": f'<div role="contentinfo">{PAID}</div>'}, "page_footer", False),
    ],
)
def test_where_a_paid_link_stands_and_whether_it_sets_the_order(read_story: Read, slots: dict[str, str], region: str, *, sets_order: bool) -> None:
    link = only(read_story(**slots))
    assert (link.region.value, link.sets_order, link.affiliate) == (region, sets_order, Tier.CERTAIN)


@pytest.mark.parametrize(
    "box", ['<section id="comments">{}</section>', '<ol class="comment-list"><li>{}</li></ol>', '<div class="post-comments"><p>{}</p></div>']
)
@pytest.mark.parametrize("slot", ["outside", "after"])
def test_a_reader_s_link_in_the_comments_is_possible_at_most(read_story: Read, box: str, slot: str) -> None:
    page = read_story(**{slot: box.format(f"<p>I bought {PAID} and like it.</p>")})
    link = only(page)
    assert (link.affiliate, link.region.value, link.sets_order) == (Tier.POSSIBLE, "comments", False)
    assert "comment" in link.why
    assert page.verdicts.affiliate_notice == "not_needed"


@pytest.mark.parametrize("slot", ["text", "outside"])
@pytest.mark.parametrize("box", ['<ins class="adsbygoogle">{}</ins>', '<div id="taboola-below">{}</div>', '<div class="OUTBRAIN">{}</div>'])
def test_what_an_advertising_network_fills_is_its_own_business(read_story: Read, box: str, slot: str) -> None:
    page = read_story(**{slot: box.format(PAID)})
    assert only(page).affiliate is Tier.POSSIBLE
    assert "advertising network" in only(page).why
    assert page.verdicts.affiliate_notice == "not_needed"


@pytest.mark.parametrize("box", ['<div class="ad-slot">{}</div>', '<div class="advertisement">{}</div>', '<aside class="ads">{}</aside>'])
def test_a_banner_with_the_publisher_s_tag_pays_but_sets_no_order(read_story: Read, box: str) -> None:
    page = read_story(text=box.format(PAID))
    assert (only(page).affiliate, only(page).sets_order) == (Tier.CERTAIN, False)
    assert page.verdicts.affiliate_notice == "missing"


def test_any_paid_link_outside_the_comments_makes_a_notice_due(read_story: Read) -> None:
    for slot in ("bar", "text", "outside", "foot"):
        assert read_story(**{slot: PAID}).verdicts.affiliate_notice == "missing", slot


@pytest.mark.parametrize(
    ("link", "tier"),
    [
        (f'<a href="{SHOP}">kettle</a>', None),
        (f'<a href="{SHOP}" rel="nofollow">kettle</a>', None),
        (f'<a href="{SHOP}" rel="sponsored">kettle</a>', Tier.LIKELY),
        (f'<a href="{SHOP}" rel="NOOPENER Sponsored nofollow">kettle</a>', Tier.LIKELY),
        ('<a href="https://unknown.example/kettle" rel="sponsored">kettle</a>', Tier.POSSIBLE),
        ('<a href="https://lakepost.example/subscribe" rel="sponsored">subscribe</a>', None),
        ('<a href="/shop/kettle" rel="sponsored">kettle</a>', None),
        ('<a href="/recommends/kettle/">kettle</a>', Tier.POSSIBLE),
        ('<a href="https://lakepost.example/go/kettle">kettle</a>', Tier.POSSIBLE),
        ('<a href="/go/kettle" rel="nofollow">kettle</a>', Tier.LIKELY),
        ('<a href="/go/kettle" rel="sponsored">kettle</a>', Tier.LIKELY),
        ('<a href="/go/kettle" rel="noopener">kettle</a>', Tier.POSSIBLE),
        ('<a href="/out?url=https%3A%2F%2Fwww.etsy.com%2Flisting%2F1">kettle</a>', Tier.LIKELY),
        ('<a href="https://elsewhere.example/go/kettle">kettle</a>', None),
        ('<a href="/go/">menu</a>', None),
        ('<a href="https://bit.ly/3AbCdEf">kettle</a>', Tier.POSSIBLE),
        ('<a href="https://bit.ly/3AbCdEf" rel="sponsored">kettle</a>', Tier.LIKELY),
        (f'<a href="{TAGGED.replace("tag=", "ref=")}">kettle</a>', None),
        (f'<a href="{TAGGED.replace("&", "&amp;").replace("?", "?psc=1&amp;")}">kettle</a>', Tier.CERTAIN),
        ('<a href="https:\\\\www.amazon.com\\dp\\B000000000?tag=lakepost-20">kettle</a>', Tier.CERTAIN),
        ('<a href="//www.amazon.com/dp/B000000000?tag=lakepost-20">kettle</a>', Tier.CERTAIN),
        ('<a href=" \n https://www.amazon.com/dp/B000000000?tag=lakepost-20 ">kettle</a>', Tier.CERTAIN),
        ('<a href="HTTPS://WWW.AMAZON.COM/dp/B000000000?TAG=lakepost-20">kettle</a>', Tier.CERTAIN),
        (f'<a href="https://www.facebook.com/sharer.php?u={TAGGED}">share</a>', None),
        ('<a href="https://unknown.example/?utm_source=lakepost&utm_campaign=spring">kettle</a>', None),
        ('<a href="/become-an-affiliate">Join our affiliate programme</a>', None),
        ('<a name="kettle">kettle</a>', None),
        ('<a href="">kettle</a>', None),
    ],
)  # fmt: skip
def test_what_makes_a_link_pay(read_story: Read, link: str, tier: Tier | None) -> None:
    page = read_story(f"<p>We took {link} along.</p>")
    assert [one.affiliate for one in page.links] == ([tier] if tier else [])


@pytest.mark.parametrize("rel", ["nofollow", "sponsored"])
def test_an_own_redirect_with_a_second_sign_says_both(read_story: Read, rel: str) -> None:
    link = only(read_story(f'<p><a href="/go/kettle" rel="{rel}">kettle</a></p>'))
    assert f"rel={rel}" in link.why
    assert "redirect" in link.why


@pytest.mark.parametrize(
    ("markup", "tag", "href", "tier"),
    [
        (f'<map name="m"><area href="{TAGGED}" alt="kettle"></map>', "area", TAGGED, Tier.CERTAIN),
        (f'<form action="{TAGGED}"><button>Buy</button></form>', "form", TAGGED, Tier.CERTAIN),
        ('<form action="/go/kettle" method="post"><button>Buy</button></form>', "form", "/go/kettle", Tier.POSSIBLE),
        (
            '<form action="https://www.awin1.com/cread.php"><input type=hidden name=awinmid value=3><input type=hidden name=awinaffid value=7>',
            "form",
            "https://www.awin1.com/cread.php",
            Tier.CERTAIN,
        ),
        ('<iframe src="https://ws-na.amazon-adsystem.com/widgets/q?ServiceVersion=1&tag=lakepost-20"></iframe>', "iframe", None, Tier.CERTAIN),
        (
            '<amp-iframe src="https://ws-na.amazon-adsystem.com/widgets/q?ServiceVersion=1&tag=lakepost-20"></amp-iframe>',
            "amp-iframe",
            None,
            Tier.CERTAIN,
        ),
        (f'<button data-offer-url="{SHOP}">Buy</button>', "button", SHOP, Tier.LIKELY),
        (f'<span role="link" data-affiliate-url="{SHOP}">Buy</span>', "span", SHOP, Tier.LIKELY),
        (f'<a href="#" data-affiliate-url="{SHOP}">Buy</a>', "a", SHOP, Tier.LIKELY),
        (f'<button data-url="{TAGGED}">Buy</button>', "button", TAGGED, Tier.CERTAIN),
        (f'<button data-href="{TAGGED}">Buy</button>', "button", TAGGED, Tier.CERTAIN),
        (f'<button data-link="{TAGGED}">Buy</button>', "button", TAGGED, Tier.CERTAIN),
        (f'<div data-href="{TAGGED}">Buy</div>', "div", TAGGED, Tier.CERTAIN),
    ],
)
def test_links_that_are_no_anchors(read_story: Read, markup: str, tag: str, href: str | None, tier: Tier) -> None:
    link = only(read_story(markup))
    assert (link.tag, link.affiliate, link.sets_order) == (tag, tier, True)
    assert href is None or link.href == href


@pytest.mark.parametrize(
    "markup",
    [
        '<button data-offer-url="https://social.example/tag/kettle">Talk</button>',
        '<div data-affiliate="nj">x</div>',
        '<button data-url="/next">Next</button>',
        '<form action="/search"><input></form>',
    ],
)
def test_attributes_that_hold_no_paid_link(read_story: Read, markup: str) -> None:
    assert read_story(markup).links == ()


def test_an_anchor_that_two_signs_give_away_is_one_link(read_story: Read) -> None:
    link = only(read_story(f'<p><a href="{TAGGED}" class="thirstylink" data-thirstylink-id="3">kettle</a></p>'))
    assert (link.network, link.affiliate) == ("amazon", Tier.CERTAIN)


@pytest.mark.parametrize(
    ("link", "slot", "found"),
    [
        (f'<a href="{SHOP}">kettle</a>', "text", True),
        (f'<a href="{SHOP.removeprefix("https:")}">kettle</a>', "text", True),
        (f'<a href="{SHOP}">kettle</a>', "foot", False),
        (f'<a href="{SHOP}" rel="noskim">kettle</a>', "text", False),
        ('<a href="https://museum.example/kettle">kettle</a>', "text", False),
        ('<a href="/kettle">kettle</a>', "text", False),
    ],
)
def test_a_clean_shop_link_beside_a_monetiser_is_possible(read_story: Read, link: str, slot: str, *, found: bool) -> None:
    page = read_story(**{slot: f"<p>{link}</p>"}, head=SKIMLINKS)
    assert [one.affiliate for one in page.links] == ([Tier.POSSIBLE] if found else [])
    assert [one.id for one in page.monetisers] == ["skimlinks"]
    assert page.verdicts.affiliate_notice == "not_needed"


def test_a_clean_shop_link_without_a_monetiser_is_nothing(read_story: Read) -> None:
    page = read_story(f'<p><a href="{SHOP}">kettle</a></p>')
    assert (page.links, page.monetisers) == ((), ())


def test_a_monetiser_is_listed_once(read_story: Read) -> None:
    (monetiser,) = read_story(head=SKIMLINKS * 2).monetisers
    assert monetiser.src is not None
    assert "skimresources" in monetiser.src


@pytest.mark.parametrize(("wrap", "hidden"), [("<p hidden>{}</p>", True), ('<p style="display:none">{}</p>', True), ("<p>{}</p>", False)])
def test_a_hidden_link_says_so(read_story: Read, wrap: str, *, hidden: bool) -> None:
    assert only(read_story(wrap.format(PAID))).hidden is hidden


def test_facts_of_a_link(read_story: Read) -> None:
    page = read_story(
        f'<p>one <a href="{TAGGED}" rel="Sponsored NOFOLLOW">a <b>fine</b> kettle</a></p><p><a href="/go/pot"><img alt="Iron pot"></a></p>'
    )
    kettle, pot = page.links
    assert (kettle.href, kettle.rel, kettle.text, kettle.host) == (TAGGED, ("sponsored", "nofollow"), "a fine kettle", "www.amazon.com")
    assert (kettle.network, kettle.tag) == ("amazon", "a")
    assert "lakepost-20" in kettle.why
    assert pot.text == "Iron pot"
    assert 0 < kettle.place < pot.place


def test_links_come_in_the_order_of_the_page(read_story: Read) -> None:
    page = read_story(
        f'<form action="{TAGGED}"></form><a href="{TAGGED}&n=2">x</a><button data-affiliate-url="{SHOP}">x</button><a href="{TAGGED}&n=3">x</a>'
    )
    assert [link.tag for link in page.links] == ["form", "a", "button", "a"]
    assert [link.spot.node for link in page.links] == sorted(link.spot.node for link in page.links)


def test_relative_links_resolve_against_the_base(read_page: Read) -> None:
    page = read_page(
        '<base href="https://www.amazon.com/dp/"><p><a href="B000000000?tag=lakepost-20">kettle</a></p>', url="https://lakepost.example/a"
    )
    assert [link.network for link in page.links] == ["amazon"]


@pytest.mark.parametrize("markup", [f"<template><p>{PAID}</p></template>", f"<!-- {PAID} -->", f'<script type="text/html">{PAID}</script>'])
def test_markup_that_is_not_on_the_page_yet_has_no_paid_link(read_story: Read, markup: str) -> None:
    page = read_story(markup)
    assert {link.affiliate for link in page.links} <= {Tier.POSSIBLE}
    assert page.verdicts.affiliate_notice == "not_needed"


@pytest.mark.parametrize(
    ("notice", "tier"),
    [
        ("<p>We earn a commission when you buy something through links on this page.</p>", Tier.LIKELY),
        ("<p>This post contains affiliate links.</p>", Tier.LIKELY),
        ("<p>This page contains no affiliate links, and we never earn a commission.</p>", Tier.POSSIBLE),
        ("<p>The kettle was lent to us.</p>", Tier.POSSIBLE),
    ],
)
@pytest.mark.parametrize("href", ["/go/kettle/", "https://bit.ly/3xYzAbC"])
def test_a_notice_is_a_second_sign_for_links_that_hide_where_they_lead(read_page: Read, notice: str, href: str, tier: Tier) -> None:
    text = "It boils in two minutes and pours without a drop. " * 3
    story = f'<article><h1>The kettle</h1>{notice}<p>{text}<a href="{href}">Here it is</a>.</p></article>'
    page = read_page(f'<!doctype html><html lang="en"><body>{story}</body></html>', "https://kitchen.example/kettle")
    assert [link.affiliate for link in page.links] == [tier]
