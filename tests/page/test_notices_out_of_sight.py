from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.facts import Notice, Page

TAGGED = "https://www.amazon.com/dp/B000000000?tag=lakepost-20"
PAID = f'<p>We took <a href="{TAGGED}">this kettle</a> along.</p>'
SENTENCE = "If you buy through links in this story, we may earn a commission."
PLAIN = f"<p>{SENTENCE}</p>"

Read = Callable[..., Page]


def plain(page: Page) -> Notice:
    (notice,) = (notice for notice in page.notices if notice.kind == "affiliate")
    return notice


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


@pytest.mark.parametrize(
    "markup",
    [
        f"<script>var note = '{SENTENCE}'</script>",
        f"<style>/* {SENTENCE} */</style>",
        f'<input value="{SENTENCE}">',
        f'<meta name="description" content="{SENTENCE}">',
    ],
)
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
