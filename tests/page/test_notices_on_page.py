from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.facts import Notice, Page, Placement

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


@pytest.mark.parametrize(
    "box",
    [
        "<div>{}</div>",
        "<em>{}</em>",
        "<small>{}</small>",
        "<aside>{}</aside>",
        "<li>{}</li>",
        "<h6>{}</h6>",
        "<table><tr><td>{}</td></tr></table>",
        "<custom-note>{}</custom-note>",
    ],
)
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
        {"bar": f'<div class="shopping"><ul><li>{PAID}</li></ul></div>'},
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


@pytest.mark.parametrize(
    "box", ['<div class="product-box">{}</div>', "<aside>{}</aside>", "<figure><figcaption>{}</figcaption></figure>", "<h2>{}</h2>"]
)
def test_links_that_do(read_story: Read, box: str) -> None:
    page = read_story(box.format(f'<a href="{TAGGED}">kettle</a>') + PLAIN + PAID)
    assert plain(page).placement is Placement.AFTER
    assert page.verdicts.affiliate_notice == "clear_after"


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>The fine print of a rival reads:</p><blockquote><p>{SENTENCE}</p></blockquote>",
        f"<p>Every such story says: <q>{SENTENCE}</q> and nobody reads it.</p>",
        f"<p>Paste this line:</p><pre>{SENTENCE}</pre>",
        f"<p>Use <code>{SENTENCE}</code> on your own site.</p>",
        f"<p><del>{SENTENCE}</del></p>",
        f'<section class="comments"><div>{PLAIN}</div></section>',
        f'<div class="related-posts"><div class="card"><h3><a href="/pots">Ten iron pots</a></h3><p>{SENTENCE}</p></div></div>',
        f'<ul><li><a href="/pots"><img src="/pots.jpg"><h3>Ten pots</h3><p>{SENTENCE}</p></a></li></ul>',
        f'<ul><li><h3><a href="/pots">Ten pots</a></h3><p>{SENTENCE}</p></li><li><h3><a href="/pans">Ten pans</a></h3></li></ul>',
        f'<article><h3><a href="/pots">Ten pots</a></h3><p>{SENTENCE}</p></article><article><h3><a href="/pans">Ten pans</a></h3></article>',
    ],
)
def test_somebody_else_s_notice_is_not_this_page_s(read_story: Read, markup: str) -> None:
    page = read_story(markup + PAID)
    assert [notice for notice in page.notices if not notice.hidden] == []
    assert page.verdicts.affiliate_notice == "missing"


def test_a_note_of_the_site_s_own_headed_by_a_link_is_a_notice(read_story: Read) -> None:
    note = f'<ul><li><h4><a href="/how-we-earn">How we earn money</a></h4><p>{SENTENCE}</p></li></ul>'
    assert plain(read_story(note + PAID)).placement is Placement.BEFORE


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
        ("We do not earn a commission from links in our stories.", "missing"),
        ("We never earn a commission from links in our stories.", "missing"),
        ("As an Amazon Associate I earn from qualifying purchases.", "clear_before"),
        ("Links marked with * are advertising links: if you buy through them, we receive a commission.", "clear_before"),
    ],
)
def test_what_the_words_amount_to(read_story: Read, sentence: str, verdict: str) -> None:
    assert read_story(PAID, start=f"<p>{sentence}</p>").verdicts.affiliate_notice == verdict


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
