"""Claims about the publisher's income, and notices that the style sheet or a script brings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.facts import Page, Placement

PAID = '<p>We took <a href="https://www.amazon.com/dp/B000000000?tag=lakepost-20">this kettle</a> along.</p>'
SENTENCE = "If you buy through links in this story, we earn a commission."

Read = Callable[..., Page]


def claims(page: Page) -> list[tuple[str, ...]]:
    return [claim.signals for claim in page.claims]


@pytest.mark.parametrize(
    ("markup", "signals"),
    [
        ("<p>This site is ad-free, and it will stay so.</p>", [("ad_free",)]),
        ("<p>We accept no advertising.</p>", [("ad_free",)]),
        ("<p>Please support us by shopping through the links in this story.</p>", [("incentive",)]),
        ("<p>Our ad-free subscription costs three dollars.</p>", []),
        ("<p>The app is ad-free and works on old phones.</p>", []),
        ("<p>We are ad-free for subscribers.</p>", []),
        ("<p>Contact customer support about your order.</p>", []),
        ("<p>You can support us on Patreon.</p>", []),
        ("<blockquote><p>This site is ad-free.</p></blockquote>", []),
        ("<p>This site is ad-free; we live from affiliate links, for which we earn a commission.</p>", []),
    ],
)
def test_what_a_page_claims(read_story: Read, markup: str, signals: list[tuple[str, ...]]) -> None:
    assert claims(read_story(PAID, start=markup)) == signals


def test_a_claim_is_no_notice(read_story: Read) -> None:
    page = read_story(PAID, start="<p>This site is ad-free.</p>")
    assert page.notices == ()
    assert page.verdicts.affiliate_notice == "missing"


def test_a_claim_in_the_comments_is_a_readers_own(read_story: Read) -> None:
    page = read_story(
        PAID,
        after='<section id="comments" class="comments"><ol class="comment-list"><li class="comment"><p>This site is ad-free.</p></li></ol></section>',
    )
    assert page.claims == ()


def test_support_in_the_notice_itself_is_a_signal_of_it(read_story: Read) -> None:
    page = read_story(PAID, start="<p>When you buy through our links we earn a commission, which supports our work.</p>")
    assert "incentive" in page.notices[0].signals
    assert page.claims == ()


def test_a_denial_that_the_same_block_answers_is_none(read_story: Read) -> None:
    page = read_story(PAID, start=f"<p>No company pays us for our opinion. {SENTENCE}</p>")
    assert not any("denial" in notice.signals for notice in page.notices)
    assert page.verdicts.affiliate_notice == "clear_before"


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_notice_that_the_style_sheet_writes(read_story: Read, quote: str) -> None:
    page = read_story(PAID, head=f"<style>.story::before {{ content: {quote}{SENTENCE}{quote}; color: red }}</style>")
    (notice,) = page.notices
    assert (notice.text, notice.hidden_by, notice.hidden) == (SENTENCE, "content", True)
    assert page.verdicts.affiliate_notice == "missing"


def test_escapes_of_a_style_sheet_are_read(read_story: Read) -> None:
    page = read_story(PAID, head=r'<style>p::after { content: "\49 f you buy through links in this story, we earn a com\6dission." }</style>')
    assert [notice.text for notice in page.notices] == [SENTENCE]
    assert read_story(PAID, head=r'<style>p::after { content: "\d800 \0 \ffffff nothing of the sort" }</style>').notices == ()


@pytest.mark.parametrize(
    ("box", "found"),
    [
        ('<div id="awin-disclosure-plugin"></div>', True),
        ('<div class="wide affiliate-disclosure-plugin"> <span></span></div>', True),
        ('<div id="weather-plugin"></div>', False),
    ],
)
def test_the_empty_box_of_a_plugin(read_story: Read, box: str, found: bool) -> None:
    page = read_story(PAID, start=box)
    assert [(notice.hidden_by, notice.revealable, notice.placement) for notice in page.notices] == (
        [("script", True, Placement.BEFORE)] if found else []
    )


def test_nothing_is_searched_in_boxes_where_nothing_pays(read_story: Read) -> None:
    assert read_story(start='<div id="awin-disclosure-plugin"></div>').notices == ()


@pytest.mark.parametrize(("slot", "found"), [('<div class="ad-slot">', 0), ("<div>", 1)])
def test_a_banner_marked_as_sponsored_is_no_link_of_the_text(read_story: Read, slot: str, found: int) -> None:
    page = read_story(f'{slot}<a href="https://kettleworks.example/offer" rel="sponsored">Kettleworks</a></div>')
    assert len(page.links) == found


def test_a_claim_is_no_notice_where_the_notices_are_read_again(read_story: Read) -> None:
    redirect = '<p>Here is <a href="/go/kettle/">this kettle</a> again.</p>'
    page = read_story(redirect, start=f"<p>{SENTENCE}</p><p>Please support us by shopping through the links in this story.</p>")
    assert [link.affiliate for link in page.links] == ["likely"]
    assert [notice.kind for notice in page.notices] == ["affiliate"]
    assert claims(page) == [("incentive",)]
