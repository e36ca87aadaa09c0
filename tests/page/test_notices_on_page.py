from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.model import Notice, Page, Placement

TAGGED = "https://www.amazon.com/dp/B000000000?tag=lakepost-20"
PAID = f'<p>We took <a href="{TAGGED}">this kettle</a> along.</p>'
SENTENCE = "If you buy through links in this story, we may earn a commission."
PLAIN = f"<p>{SENTENCE}</p>"

Read = Callable[..., Page]


def plain(page: Page) -> Notice:
    (notice,) = (notice for notice in page.notices if notice.kind == "affiliate")
    return notice


@pytest.mark.parametrize(
    "markup",
    [
        "If you buy through links in this story, we may earn a commission.",
        "If you <b>buy</b> through <a href='/how'>links</a> in this story, we may <span>earn</span> a <i>com</i>mission.",
        "If you buy through links in this story, we may earn a <b><i><u>commission</u></i></b>.",
        "If&nbsp;you buy through&#160;links in this story, we may earn&nbsp;a&nbsp;commission.",
        "If you buy through links in this story, we may earn a com&shy;mis&shy;sion.",
        "If you buy through links in this story, we may earn a com&#8203;mission.",
        "If you buy through links in this story, we may earn a com<wbr>mission.",
        "If you buy through links in this story,<br> we may earn a commission.",
        "If you buy through\n\t\t links in this\n story, we may   earn a commission.",
        "IF YOU BUY THROUGH LINKS IN THIS STORY, WE MAY EARN A COMMISSION.",
        "If you buy through links in this story, we&#x2019;ll earn a commission.",
        "If you buy through links in this story, we may earn a &ldquo;commission&rdquo;.",
        "If you buy through links in this story, <!-- house text --> we may earn a commission.",
        "<font color=red>If you buy through links in this story, we may earn a commission.</font>",
    ],
)
def test_a_notice_is_found_however_its_text_is_written(read_story: Read, markup: str) -> None:
    page = read_story(PAID, start=f"<p>{markup}</p>")
    notice = plain(page)
    assert (notice.clarity, notice.hidden, notice.hidden_by, notice.placement) == ("clear", False, None, Placement.BEFORE)
    assert {"pays", "trigger"} <= set(notice.signals)
    assert page.verdicts.affiliate_notice == "clear_before"


@pytest.mark.parametrize("box", ["<div>{}</div>", "<em>{}</em>", "<small>{}</small>", "<aside>{}</aside>", "<li>{}</li>", "<h6>{}</h6>", "<table><tr><td>{}</td></tr></table>", "<custom-note>{}</custom-note>"])
def test_a_notice_is_found_in_any_element(read_story: Read, box: str) -> None:
    assert read_story(PAID, start=box.format(SENTENCE)).verdicts.affiliate_notice == "clear_before"


@pytest.mark.parametrize(
    ("slots", "placement", "region", "verdict"),
    [
        ({"bar": PLAIN, "text": PAID}, Placement.BEFORE, "page_header", "clear_before"),
        ({"under": PLAIN, "text": PAID}, Placement.BEFORE, "title_area", "clear_before"),
        ({"start": PLAIN, "text": PAID}, Placement.BEFORE, None, "clear_before"),
        ({"text": PLAIN + PAID}, Placement.BEFORE, "article", "clear_before"),
        ({"text": PAID + PLAIN}, Placement.AFTER, "article", "clear_after"),
        ({"text": PAID, "end": PLAIN}, Placement.AFTER, None, "clear_after"),
        ({"text": PAID, "after": f'<footer class="entry-footer">{PLAIN}</footer>'}, Placement.AFTER, "article_end", "clear_after"),
        ({"text": PAID, "foot": PLAIN}, Placement.AFTER, "page_footer", "footer_only"),
        ({"text": PAID, "outside": f'<aside class="sidebar">{PLAIN}</aside>'}, Placement.AFTER, "sidebar", "footer_only"),
        ({"foot": PLAIN}, Placement.NO_LINK, "page_footer", "notice_without_links"),
        ({"start": PLAIN}, Placement.NO_LINK, None, "notice_without_links"),
        ({}, None, None, "not_needed"),
        ({"text": PAID}, None, None, "missing"),
    ],
)
def test_where_a_notice_stands(read_story: Read, slots: dict[str, str], placement: Placement | None, region: str | None, verdict: str) -> None:
    page = read_story(**slots)
    assert [notice.placement for notice in page.notices] == ([placement] if placement else [])
    assert region is None or plain(page).region.value == region
    assert page.verdicts.affiliate_notice == verdict


@pytest.mark.parametrize(
    "earlier",
    [
        {"bar": f"<nav>{PAID}</nav>"},
        {"bar": PAID},
        {"bar": f'<aside class="sidebar">{PAID}</aside>'},
        {"bar": f'<section class="related-posts">{PAID}</section>'},
        {"bar": f'<section class="comments">{PAID}</section>'},
        {"text": f'<div class="ad-slot">{PAID}</div>'},
        {"text": '<p><a href="/go/kettle">kettle</a></p>'},
    ],
)
def test_links_that_do_not_set_the_order(read_story: Read, earlier: dict[str, str]) -> None:
    page = read_story(**{**earlier, "text": earlier.get("text", "") + PLAIN + PAID})
    assert plain(page).placement is Placement.BEFORE
    assert page.verdicts.affiliate_notice == "clear_before"


@pytest.mark.parametrize("box", ['<div class="product-box">{}</div>', "<aside>{}</aside>", "<figure><figcaption>{}</figcaption></figure>", "<h2>{}</h2>"])
def test_links_that_do(read_story: Read, box: str) -> None:
    page = read_story(box.format(f'<a href="{TAGGED}">kettle</a>') + PLAIN + PAID)
    assert plain(page).placement is Placement.AFTER
    assert page.verdicts.affiliate_notice == "clear_after"


@pytest.mark.parametrize(
    ("markup", "hidden_by"),
    [
        (f"<p hidden>{SENTENCE}</p>", "attribute"),
        (f"<div hidden><div><p>{SENTENCE}</p></div></div>", "attribute"),
        (f'<p aria-hidden="true">{SENTENCE}</p>', "attribute"),
        (f"<dialog><p>{SENTENCE}</p></dialog>", "attribute"),
        (f'<p style="display:none">{SENTENCE}</p>', "style"),
        (f'<p style="visibility:hidden">{SENTENCE}</p>', "style"),
        (f'<p style="opacity:0">{SENTENCE}</p>', "style"),
        (f'<p style="font-size:0">{SENTENCE}</p>', "style"),
        (f'<p style="position:absolute;left:-9999px">{SENTENCE}</p>', "style"),
        (f'<p style="color:#fff;background:#fff">{SENTENCE}</p>', "style"),
        (f'<p style="color:#FFFFFF;background:white">{SENTENCE}</p>', "style"),
        (f'<p style="color: rgb(0, 0, 0); background-color: #000">{SENTENCE}</p>', "style"),
        (f'<p style="position:absolute;clip:rect(0,0,0,0)">{SENTENCE}</p>', "style"),
        (f"<style>.quiet{{display:none}}</style><p class='note quiet'>{SENTENCE}</p>", "style"),
        (f"<style>#quiet{{visibility:hidden}}</style><p id=quiet>{SENTENCE}</p>", "style"),
        (f"<noscript><p>{SENTENCE}</p></noscript>", "noscript"),
        (f"<template><p>{SENTENCE}</p></template>", "template"),
        (f"<!-- {SENTENCE} -->", "comment"),
        (f'<img src="/kettle.jpg" alt="{SENTENCE}">', "alt"),
        (f'<span title="{SENTENCE}">i</span>', "title"),
        (f'<abbr title="{SENTENCE}">*</abbr>', "title"),
    ],
)
def test_a_notice_that_no_reader_sees_counts_as_absent(read_story: Read, markup: str, hidden_by: str) -> None:
    page = read_story(PAID, start=markup)
    notice = plain(page)
    assert (notice.hidden, notice.hidden_by) == (True, hidden_by)
    assert page.verdicts.affiliate_notice == "missing"


@pytest.mark.parametrize("markup", [f"<script>var note = '{SENTENCE}'</script>", f"<style>/* {SENTENCE} */</style>", f'<input value="{SENTENCE}">', f'<meta name="description" content="{SENTENCE}">'])
def test_a_notice_in_a_script_or_a_field_counts_as_absent(read_story: Read, markup: str) -> None:
    page = read_story(PAID, start=markup)
    assert all(notice.hidden for notice in page.notices)
    assert page.verdicts.affiliate_notice == "missing"


def test_a_hidden_notice_beside_a_seen_one_does_no_harm(read_story: Read) -> None:
    assert read_story(PAID, start=f"{PLAIN}<p hidden>{SENTENCE}</p>").verdicts.affiliate_notice == "clear_before"


@pytest.mark.parametrize(
    ("markup", "hidden_by", "verdict"),
    [
        (f"<details><summary>About our links</summary><p>{SENTENCE}</p></details>", "details", "weak_or_link_only"),
        (f"<details open><summary>About our links</summary><p>{SENTENCE}</p></details>", None, "clear_before"),
        (f"<details><summary>{SENTENCE}</summary><p>More.</p></details>", None, "clear_before"),
    ],
)
def test_a_notice_that_opens_on_a_click(read_story: Read, markup: str, hidden_by: str | None, verdict: str) -> None:
    page = read_story(PAID, start=markup)
    assert (plain(page).hidden, plain(page).hidden_by) == (False, hidden_by)
    assert page.verdicts.affiliate_notice == verdict


@pytest.mark.parametrize(
    ("markup", "revealable"),
    [
        (f'<div id="our-links" hidden>{PLAIN}</div><button aria-controls="our-links">About our links</button>', True),
        (f'<div id="our-links" hidden>{PLAIN}</div><script>document.getElementById("our-links").hidden = false</script>', True),
        (f'<div class="awin-disclosure-plugin" style="display:none">{PLAIN}</div>', True),
        (f'<div id="our-links" hidden>{PLAIN}</div><button>Menu</button>', False),
        (PLAIN, False),
    ],
)
def test_a_page_that_shows_how_its_notice_is_revealed(read_story: Read, markup: str, *, revealable: bool) -> None:
    assert plain(read_story(PAID, start=markup)).revealable is revealable


@pytest.mark.parametrize(
    "markup",
    [
        f'<p>The fine print of a rival reads:</p><blockquote><p>{SENTENCE}</p></blockquote>',
        f"<p>Every such story says: <q>{SENTENCE}</q> and nobody reads it.</p>",
        f"<p>Paste this line:</p><pre>{SENTENCE}</pre>",
        f"<p>Use <code>{SENTENCE}</code> on your own site.</p>",
        f"<p><del>{SENTENCE}</del></p>",
        f'<section class="comments"><div>{PLAIN}</div></section>',
        f'<div class="related-posts"><div class="card"><h3><a href="/pots">Ten iron pots</a></h3><p>{SENTENCE}</p></div></div>',
        f'<ul><li><a href="/pots"><img src="/pots.jpg"><h3>Ten pots</h3><p>{SENTENCE}</p></a></li></ul>',
    ],
)
def test_somebody_else_s_notice_is_not_this_page_s(read_story: Read, markup: str) -> None:
    page = read_story(markup + PAID)
    assert [notice for notice in page.notices if not notice.hidden] == []
    assert page.verdicts.affiliate_notice == "missing"


def test_a_quoted_notice_in_a_story_about_the_trade(read_story: Read) -> None:
    page = read_story(f"<p>Regulators have read many of them. One shop wrote:</p><blockquote><p>{SENTENCE}</p></blockquote>")
    assert page.notices == ()
    assert page.verdicts.affiliate_notice == "not_needed"


@pytest.mark.parametrize(
    "text",
    [
        "The European Commission may earn praise for links between the two shops, a member of the Commission said after the vote.",
        "The local CBS affiliate showed the crossing live, and the Federal Trade Commission had no comment on the purchase.",
        "Become an affiliate: join our affiliate program and you can earn money with your own site.",
        "Her first novel earned her a place on the list, and readers buy it to this day.",
    ],
)
def test_words_of_the_trade_that_are_no_notice(read_story: Read, text: str) -> None:
    page = read_story(f"<p>{text}</p>" + PAID)
    assert [notice for notice in page.notices if notice.clarity == "clear"] == []
    assert page.verdicts.affiliate_notice == "missing"


@pytest.mark.parametrize(
    ("slots", "href"),
    [
        ({"start": '<p><a href="/affiliate-disclosure">Affiliate disclosure</a></p>'}, "/affiliate-disclosure"),
        ({"under": '<a href="/how-we-earn">How we make money</a>'}, "/how-we-earn"),
        ({"foot": '<a href="/disclosure">Advertiser disclosure</a>'}, "/disclosure"),
    ],
)
def test_a_link_to_a_policy_is_weak(read_story: Read, slots: dict[str, str], href: str) -> None:
    page = read_story(PAID, **slots)
    (notice,) = page.notices
    assert (notice.clarity, notice.link_only, notice.href) == ("weak", True, href)
    assert page.verdicts.affiliate_notice == "weak_or_link_only"


def test_a_policy_is_a_link_or_a_control_and_no_mere_word(read_story: Read) -> None:
    assert read_story(PAID, start="<p>Affiliate disclosure</p>").verdicts.affiliate_notice in ("missing", "weak_or_link_only")
    assert [notice.kind for notice in read_story(PAID, start="<p>Her disclosures shook the town.</p>").notices] == []


def test_a_notice_that_also_links_to_the_policy_is_plain(read_story: Read) -> None:
    page = read_story(PAID, start=f'<p>{SENTENCE} <a href="/policy">Read how we earn money</a>.</p>')
    assert plain(page).link_only is False
    assert page.verdicts.affiliate_notice == "clear_before"


def test_a_statement_that_is_all_link_says_so(read_story: Read) -> None:
    notice = plain(read_story(PAID, start=f'<p><a href="/policy">{SENTENCE}</a></p>'))
    assert (notice.link_only, notice.href, notice.clarity) == (True, "/policy", "clear")


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("This story contains affiliate links.", "weak_or_link_only"),
        ("This story may contain affiliate links.", "weak_or_link_only"),
        ("We do not earn a commission from links in our stories.", "weak_or_link_only"),
        pytest.param(
            "We never earn a commission from links in our stories.",
            "weak_or_link_only",
            marks=pytest.mark.xfail(strict=True, reason="the denials of the English list lack this wording, so it reads as a plain notice"),
        ),
        ("As an Amazon Associate I earn from qualifying purchases.", "clear_before"),
        ("Links marked with * are advertising links: if you buy through them, we receive a commission.", "clear_before"),
    ],
)
def test_what_the_words_amount_to(read_story: Read, sentence: str, verdict: str) -> None:
    assert read_story(PAID, start=f"<p>{sentence}</p>").verdicts.affiliate_notice == verdict


@pytest.mark.parametrize(
    ("label", "text", "verdict"),
    [
        (f'<div class="box"><span>Advertisement</span><a href="{TAGGED}">Buy the kettle</a></div>', "Advertisement", "clear_before"),
        (f'<div class="box"><a href="{TAGGED}">Buy the kettle</a> <small>Ad</small></div>', "Ad", "clear_after"),
        (f'<p>Sponsored: <a href="{TAGGED}">Buy the kettle</a></p>', "Sponsored", "clear_before"),
        (f'<div><p>Paid links</p><ul><li><a href="{TAGGED}">Kettle</a></li><li><a href="{TAGGED}&amp;n=2">Pot</a></li></ul></div>', "Paid links", "clear_before"),
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
    ['<div class="ad-slot"><span>Advertisement</span><div id="slot-1"></div></div>', '<div class="ad"><small>Ad</small><iframe src="https://ads.example/1"></iframe></div>', "<aside><p>Advertisement</p></aside>"],
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
    text = "<p>Der Kessel kochte, während die vier darüber stritten, ob der See im März noch gefroren sein würde, und niemand hatte die Karte dabei.</p>"
    page = read_page(f'<html lang="de"><title>Ein Kessel am See</title><article><h1>Ein Kessel am See</h1>{text}<div><b>Anzeige</b> <a href="{TAGGED}">Zum Kessel</a></div>{text}{text}</article></html>')
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


def test_a_long_notice_is_cut_and_keeps_its_place(read_story: Read) -> None:
    page = read_story(PAID, start=f"<p>{SENTENCE[:-1]}, {'and the shops pay us for what you order there, ' * 10}as we said.</p>")
    assert len(plain(page).text) <= 220
    assert plain(page).place < page.links[0].place


def test_the_spot_is_the_sentence_and_not_its_block(read_story: Read) -> None:
    notice = plain(read_story(PAID, start=f"<p>The kettle sings. {SENTENCE} The lake is frozen.</p>"))
    assert notice.spot.quote.startswith("If you buy")
    assert notice.spot.skip == len("Thekettlesings.")
    assert notice.text == SENTENCE


def test_notices_come_in_the_order_of_the_page(read_story: Read) -> None:
    page = read_story(PAID, start=f"<!-- {SENTENCE} --><p hidden>{SENTENCE}</p>", foot=PLAIN)
    assert [notice.hidden_by for notice in page.notices] == ["comment", "attribute", None]
