"""Links against the built-in network files, and every example of those files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.facts import Tier
from checker.lexicon.examples import Tried, try_networks
from checker.lexicon.network_examples import OWN, PAGE
from checker.lexicon.networks import Match, Networks
from checker.packs import built_in

NETWORKS = Networks.load([built_in()])


def match(href: str, base: str | None = PAGE) -> Match | None:
    return NETWORKS.match(href, base, OWN)


def found(href: str) -> Match:
    result = match(href)
    assert result is not None, href
    return result


@pytest.mark.parametrize("tried", list(try_networks([built_in()], NETWORKS)), ids=lambda tried: tried.id)
def test_examples_of_the_network_files(tried: Tried) -> None:
    assert tried.fault is None


@pytest.mark.parametrize(
    "href",
    [
        "https://amzn.to/3AbCdEf",
        "HTTPS://AMZN.TO/3AbCdEf",
        "//amzn.to/3AbCdEf",
        "https:\\\\amzn.to\\3AbCdEf",
        "https:////amzn.to/3AbCdEf",
        " \n https://amzn.to/3AbCdEf \t",
        "https://amzn.\nto/3Ab\tCdEf",
        "https://reader@amzn.to:443/3AbCdEf",
        "https://ａｍｚｎ.to/3AbCdEf",
        "https://web.archive.org/web/20200102030405/https://amzn.to/3AbCdEf",
        "//web.archive.org/web/20200102030405id_/http://amzn.to/3AbCdEf",
        "javascript:window.open('https://amzn.to/3AbCdEf')",
    ],
)
def test_addresses_are_read_as_browsers_read_them(href: str) -> None:
    result = found(href)
    assert (result.network, result.tier, result.host) == ("amazon", Tier.LIKELY, "amzn.to")


@pytest.mark.parametrize(
    "href",
    [
        "mailto:x@example.com?body=https://amzn.to/3AbCdEf",
        "tel:+123",
        "#amzn.to",
        "",
        "data:text/html,https://amzn.to/3AbCdEf",
        "https://",
        "http://[::1",
        "//",
        "https://1.2.3.4/",
    ],
)
def test_what_is_no_web_address_is_no_link(href: str) -> None:
    assert match(href) is None


def test_the_reason_is_a_sentence_with_what_gave_the_link_away() -> None:
    assert found("https://www.amazon.com/dp/B000000000?psc=1&tag=example-20").why == "amazon.com with an Associates tag (example-20)"
    assert found("https://www.awin1.com/cread.php?awinmid=1&awinaffid=2").why == "awin1.com is a click address of Awin"
    assert found("https://www.shop.example/?a_aid=blog").why == "shop.example with a partner id (a_aid=blog), as Post Affiliate Pro writes it"


def test_a_reason_shows_no_control_characters_and_stays_short() -> None:
    why = found("https://www.viator.com/?pid=P00012345&a=%1b[31m").why
    assert why.isprintable()
    assert len(found("https://www.humblebundle.com/?partner=" + "x" * 500).why) < 120


def test_ampersands_that_were_escaped_twice_do_not_hide_a_tag() -> None:
    assert found("https://www.amazon.de/dp/B000000000?psc=1&amp;tag=example-21").tier is Tier.CERTAIN
    assert found("https://www.amazon.de/dp/B000000000?psc=1&#038;tag=example-21").tier is Tier.CERTAIN


def test_the_click_ends_at_the_innermost_address() -> None:
    inner = "https%253A%252F%252Fshop.example%252Fkettle"
    href = f"https://go.skimresources.com/?id=1X2&url=https%3A%2F%2Fwww.awin1.com%2Fcread.php%3Fawinmid%3D1%26awinaffid%3D2%26ued%3D{inner}"
    assert (found(href).network, found(href).target) == ("skimlinks", "https://shop.example/kettle")


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("http://clk.tradedoubler.com/click?p(1234)a(56789)g(1)url(https%3A%2F%2Fshop.example%2Fa)", "https://shop.example/a"),
        ("https://prf.hn/click/camref:1011labcd/destination:https%3A%2F%2Fshop.example%2Fa", "https://shop.example/a"),
        ("https://www.anrdoezrs.net/links/1234567/type/dlg/https://shop.example/a?b=c", "https://shop.example/a?b=c"),
        ("https://shareasale.com/r.cfm?b=1&u=2&m=3&urllink=www%2Eshop%2Eexample%2Fa", "http://www.shop.example/a"),
        ("https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&ued=https%253A%252F%252Fshop.example%252Fa", "https://shop.example/a"),
        ("https://www.awin1.com/cread.php?awinmid=1&awinaffid=2", None),
    ],
)
def test_where_a_click_ends(href: str, target: str | None) -> None:
    assert found(href).target == target


def test_a_foreign_redirect_to_a_tagged_shop_is_as_sure_as_the_tag() -> None:
    result = found("https://click.tracker.example/r?u=https%3A%2F%2Fwww.amazon.com%2Fdp%2FB000000000%3Ftag%3Dexample-20")
    assert (result.network, result.tier, result.host) == ("amazon", Tier.CERTAIN, "click.tracker.example")
    assert result.target == "https://www.amazon.com/dp/B000000000?tag=example-20"


def test_redirects_are_followed_three_deep_and_no_deeper() -> None:
    from urllib.parse import quote

    href = "https://www.amazon.com/dp/B000000000?tag=example-20"
    for depth in range(5):
        assert (match(href) is not None) is (depth <= 3)
        href = f"https://hop{depth}.example/?u={quote(href, safe='')}"


@pytest.mark.parametrize(
    "host", ["www.facebook.com/sharer.php", "twitter.com/intent/tweet", "pinterest.com/pin/create/button/", "translate.google.com/translate"]
)
def test_what_is_shared_is_no_paid_link(host: str) -> None:
    assert match(f"https://{host}?u=https%3A%2F%2Fwww.amazon.com%2Fdp%2FB0%3Ftag%3Dexample-20&via=example") is None


def test_own_redirects() -> None:
    bare = found("/go/kettle/")
    assert (bare.tier, bare.role, bare.network, bare.target) == (Tier.POSSIBLE, "cloak", None, None)
    shop = found("https://shop.publisher.example/r?u=https%3A%2F%2Fwww.otto.de%2Fp%2F1")
    assert (shop.tier, shop.role, shop.target) == (Tier.LIKELY, "cloak", "https://www.otto.de/p/1")
    assert found("out.php?u=https://www.amazon.com/dp/B0?tag=example-20").tier is Tier.CERTAIN
    assert match("https://other.example/go/kettle/") is None
    assert match("/redirect?u=https://www.publisher.example/b") is None


def test_own_links_with_generic_parameters_are_ordinary() -> None:
    assert match("https://www.publisher.example/abo?affiliateId=house") is None
    assert match("/login?ref=1&aid=2&via=menu") is None
    assert found("https://go.publisher.example/?id=12345X1234567&url=https%3A%2F%2Fshop.example").network == "skimlinks"


def test_relative_links_follow_a_foreign_base() -> None:
    assert match("/3AbCdEf", "https://amzn.to/") is not None
    assert match("/go/kettle/", "https://elsewhere.example/") is None


def test_without_a_known_host_only_relative_links_are_own() -> None:
    assert NETWORKS.match("/go/kettle/") is not None
    assert NETWORKS.match("https://www.publisher.example/go/kettle/") is None


def test_answers_change_with_the_page() -> None:
    assert NETWORKS.match("https://a.example/go/kettle/", None, frozenset({"a.example"})) is not None
    assert NETWORKS.match("https://a.example/go/kettle/", None, frozenset({"b.example"})) is None


def test_a_short_link_of_anybody_is_at_most_a_question() -> None:
    result = found("https://bit.ly/3AbCdEf")
    assert (result.tier, result.role, result.network) == (Tier.POSSIBLE, "shortener", None)


def test_the_host_names_the_network_and_the_surer_rule_says_how_sure() -> None:
    result = found("https://go.nordvpn.net/aff_c?offer_id=15&aff_id=1234")
    assert (result.network, result.tier) == ("vpn-programmes", Tier.CERTAIN)


def test_markup_may_hold_the_address_that_a_button_leads_to() -> None:
    result = NETWORKS.attribute_match({"class": "button", "data-affiliate-url": "https://shop.example/p/1"})
    assert result is not None
    assert (result.tier, result.target, result.host) == (Tier.LIKELY, "https://shop.example/p/1", "shop.example")
    assert NETWORKS.attribute_match({"class": "button wide", "data-toggle": "x", "id": "main"}) is None


def test_shops() -> None:
    assert NETWORKS.is_shop("www.johnlewis.com")
    assert not NETWORKS.is_shop("aws.amazon.com")
    assert not NETWORKS.is_shop("example.com")


@given(st.text(max_size=200) | st.from_regex(r"(https?:)?[/\\]{0,3}[a-z.@:%\[\]]{0,20}[/?#&=a-z%0-9():]{0,60}", fullmatch=True))
def test_no_address_breaks_it(href: str) -> None:
    for base in (PAGE, None, "not an address"):
        result = match(href, base)
        assert result is None or (result.why and result.tier in Tier)


HREFS = st.sampled_from(
    [
        "/go/kettle", "/de/out/kettle", "/news/kettle.html", "/out.php?id=12", "#top", "kettle.html", "mailto:a@b.example", "javascript:void(0)",
        "https://own.example/go/kettle", "https://www.facebook.com/sharer?u=https://own.example/", "https://amzn.to/3AbCdEf",
        "https://www.amazon.com/dp/B000000000?tag=lakepost-20", "https://other.example/c/12?url=https://www.etsy.com/listing/1",
        "https://web.archive.org/web/2020/https://amzn.to/3AbCdEf", "https://other.example/a?aff_id=3&offer_id=4", "//bit.ly/x1", "/click-1-2",
    ]
) | st.from_regex(r"(https?:)?//[a-z.@:]{0,12}/(go|out|a)?/[a-z%0-9./?#&=]{0,20}", fullmatch=True)  # fmt: skip


@given(st.lists(HREFS, max_size=12))
def test_the_links_of_a_page_tell_together_what_each_tells_alone(hrefs: list[str]) -> None:
    for base in (PAGE, None):
        alone = {href: told for href in hrefs if (told := match(href, base)) is not None}
        assert NETWORKS.matches(hrefs, base, OWN) == alone


NAMES = st.sampled_from(["class", "id", "href", "data-x", "data-affiliate-url", "data-thirstylink-id", "data-lasso-id", "title"])
VALUES = st.sampled_from(["", "wide", "AAWP wide", "aawp-product--1", "button lasso-button-2", "msmaflink-x", "https://www.etsy.com/listing/1"])


@given(st.lists(st.dictionaries(NAMES, VALUES, max_size=4), max_size=6))
def test_the_marked_elements_of_a_page_are_those_that_carry_a_mark(elements: list[dict[str, str]]) -> None:
    alone = [(node, told) for node, attrs in enumerate(elements) if (told := NETWORKS.attribute_match(attrs)) is not None]
    having = {name: [node for node, attrs in enumerate(elements) if name in attrs] for attrs in elements for name in attrs}
    classes = {attrs["class"] for attrs in elements if "class" in attrs}
    by_class = {text: [node for node, attrs in enumerate(elements) if attrs.get("class") == text] for text in classes}
    assert list(NETWORKS.marked(elements, having, by_class)) == alone


def test_a_script_is_known_whatever_was_asked_before() -> None:
    fresh = Networks.load([built_in()])
    sources = ["https://s.skimresources.com/js/1.js", "https://cdn.other.example/a.js", "//cdn.other.example/b.js", "/own.js", "x", ""]
    assert [fresh.script(source) for source in sources * 2] == [NETWORKS.script(source) for source in sources] * 2


@given(st.text(max_size=100))
def test_no_path_or_source_breaks_it(text: str) -> None:
    NETWORKS.own_cloak(text)
    NETWORKS.script(text)
    NETWORKS.is_shop(text)
    NETWORKS.attribute_match({"class": text, "data-" + text: text, "id": text})


@pytest.mark.parametrize(
    "href",
    [
        "https://www.amazon.com/" + "a/" * 500_000,
        "https://www.amazon.com/?" + "tag=x&" * 200_000,
        "https://" + "a." * 300_000 + "com/",
        "https://x.example/?u=" + "http%253a" * 100_000,
        "https://x.example/" + "url(" * 200_000,
        "https://x.example/" + "https://y.example/" * 50_000,
        "/" + "go/" * 300_000,
        "-20" * 300_000,
    ],
)
def test_huge_addresses_are_answered(href: str) -> None:
    match(href)


def test_the_packs_of_a_house_come_last_and_win(tmp_path: Path) -> None:
    folder = tmp_path / "networks"
    folder.mkdir()
    (folder / "house.toml").write_text(
        """
[[network]]
id = "awin"
off = true

[[network]]
id = "house"
name = "the house's own tracking"
kind = "network"
checked = 2026-11-22
[[network.link]]
tier = "certain"
hosts = ["click.house.example"]
evidence = ["docs:house.example"]
yes = ["https://click.house.example/1", "https://click.house.example/2"]
no = ["https://house.example/1", "https://other.example/1"]
""",
        "utf-8",
    )
    networks = Networks.load([built_in(), tmp_path])
    assert networks.match("https://www.awin1.com/cread.php?awinmid=1&awinaffid=2") is None
    result = networks.match("https://click.house.example/1")
    assert result is not None
    assert result.network == "house"
