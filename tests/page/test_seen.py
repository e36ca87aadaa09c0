"""A page as readers see it: what a browser drew has the last word on what is seen, where it stands and what comes first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.facts import Author, Credit, Image, Link, Notice, Page, Placement, Region, Spot, Tier, Verdicts
from checker.page.seen import seen
from checker.page.verdicts import verdicts
from checker.sight import Box, Drawn, Sight, Unseen, View

LINK = Link(Spot(20), "https://shop.example/?tag=a", Tier.CERTAIN, "shop", "its tag", Region.ARTICLE, place=100, text="the kettle")
NOTICE = Notice(Spot(5, 0), "We earn a commission.", "affiliate", "clear", Placement.BEFORE, Region.ARTICLE, hidden=False, language="en")
AUTHOR = Author("Mara Lindqvist", "person", visible=True, sources=("byline",), spot=Spot(4, 0))
IMAGE = Image(Spot(6), "/boats.jpg", content=True, why="figure", credit=Credit("Photo: Ida Holm", "caption", spot=Spot(7, 0)))
PAGE = Page(
    "a.html", None, "en", "article", None, None, None, (LINK,), (), (NOTICE,), (AUTHOR,), (IMAGE,), Verdicts("clear_before", "person", "all")
)  # fmt: skip
COLUMN = Box(16, 0, 358, 4000)


def at(y: float, x: float = 16, width: float = 200, **changes: Any) -> Sight:
    return Sight(boxes=(Box(x, y, width, 20),), **changes)


def view(**changes: Any) -> View:
    kinds: dict[str, Any] = {"notices": (at(100),), "links": (at(300),), "images": (at(400),), "credits": (at(500),), "authors": (at(50),)}
    return View(390, 844, column=COLUMN, **(kinds | changes))


def look(page: Page = PAGE, *, scripts: bool = False, scripted: bool = False, **changes: Any) -> Page:
    size = view(**changes)
    return seen(page, size, Drawn("Chromium", (size,), scripts=scripts, scripted=scripted))


def noticed(*, notice: Notice = NOTICE, sight: Sight | None = None, **changes: Any) -> Notice:
    (found,) = look(replace(PAGE, notices=(notice,)), notices=(sight,), **changes).notices
    return found


def test_a_page_that_is_drawn_as_it_is_written_stays_as_it_is() -> None:
    page = look()
    assert page.verdicts == PAGE.verdicts
    assert (page.view, page.drawn) != (None, None)
    stripped = replace(
        page,
        view=None,
        drawn=None,
        links=(replace(page.links[0], sight=None),),
        notices=(replace(page.notices[0], sight=None),),
        authors=(replace(page.authors[0], sight=None),),
        images=(replace(IMAGE, credit=replace(IMAGE.credit, sight=None) if IMAGE.credit else None),),
    )
    assert stripped == PAGE


# Notices: whether they are seen -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("hidden_by", ["style", "attribute", "details"])
def test_a_notice_that_the_markup_hides_and_readers_see_is_seen(hidden_by: str) -> None:
    hidden = replace(NOTICE, hidden=hidden_by != "details", hidden_by=hidden_by, revealable=True)
    found = noticed(notice=hidden, sight=at(100))
    assert (found.hidden, found.hidden_by, found.revealable) == (False, None, False)


@pytest.mark.parametrize("hidden_by", ["noscript", "template", "comment", "script", "title", "alt", "content"])
def test_what_no_reader_s_browser_shows_stays_hidden(hidden_by: str) -> None:
    hidden = replace(NOTICE, hidden=True, hidden_by=hidden_by)
    assert noticed(notice=hidden, sight=at(100)) == hidden


@pytest.mark.parametrize("unseen", Unseen)
def test_a_notice_that_readers_do_not_see_is_hidden(unseen: Unseen) -> None:
    page = look(notices=(at(100, unseen=unseen),))
    (found,) = page.notices
    # A folded box is not hidden, but has to be opened.
    assert (found.hidden, found.hidden_by, found.revealable) == (unseen is not Unseen.DETAILS, str(unseen), False)
    assert page.verdicts.affiliate_notice == ("weak_or_link_only" if unseen is Unseen.DETAILS else "missing")


@pytest.mark.parametrize(
    ("static", "unseen", "scripted", "scripts", "revealable"),
    [
        (None, Unseen.DISPLAY, False, False, False),
        (None, Unseen.DISPLAY, True, False, True),  # a script that did not run may show it
        (None, Unseen.DISPLAY, True, True, False),  # it ran, and did not
        (None, Unseen.HOVER, True, False, False),  # the reader has to act, whatever scripts do
        (None, Unseen.CONTROL, True, False, False),
        (None, Unseen.DETAILS, True, False, False),
        ("style", Unseen.DISPLAY, True, False, False),  # the page's own markup hides it, and names nothing that shows it
    ],
)
def test_what_may_still_be_shown(static: str | None, unseen: Unseen, scripted: bool, scripts: bool, revealable: bool) -> None:
    notice = replace(NOTICE, hidden=static is not None, hidden_by=static)
    assert noticed(notice=notice, sight=at(100, unseen=unseen), scripted=scripted, scripts=scripts).revealable is revealable


def test_a_script_of_the_page_that_names_it_may_show_it() -> None:
    notice = replace(NOTICE, hidden=True, hidden_by="style", revealable=True)
    assert noticed(notice=notice, sight=at(100, unseen=Unseen.HOVER)).revealable
    assert not noticed(notice=notice, sight=at(100, unseen=Unseen.HOVER), scripts=True).revealable


def test_what_was_not_found_again_stays_as_the_markup_has_it() -> None:
    hidden = replace(NOTICE, hidden=True, hidden_by="style", placement=Placement.AFTER)
    assert noticed(notice=hidden) == hidden


# Notices: where they stand ----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sight", "placement"),
    [
        (at(280), Placement.BEFORE),
        (at(500), Placement.AFTER),
        (at(300, x=0), Placement.BEFORE),  # in one line, on its left
        (at(305, x=220), Placement.AFTER),
        (at(300), Placement.AFTER),  # the link itself opens the sentence
        (at(800, stuck="fixed"), Placement.BEFORE),  # in the window from the beginning
        (at(2000, stuck="fixed"), Placement.AFTER),  # it is not in the window at the top
        (at(500, stuck="sticky"), Placement.AFTER),
    ],
)
def test_the_order_is_that_of_the_screen(sight: Sight, placement: Placement) -> None:
    for static in (Placement.BEFORE, Placement.AFTER):
        assert noticed(notice=replace(NOTICE, placement=static), sight=sight).placement is placement


def test_from_right_to_left_the_right_one_comes_first() -> None:
    assert noticed(sight=at(300, x=220), rtl=True).placement is Placement.BEFORE
    assert noticed(sight=at(300, x=0, width=10), rtl=True).placement is Placement.AFTER


def test_the_first_paid_link_that_is_seen_sets_the_order() -> None:
    other = replace(LINK, spot=Spot(22), href="https://shop.example/b?tag=a")
    page = replace(PAGE, links=(LINK, other))
    found = look(page, notices=(at(400),), links=(at(300, unseen=Unseen.DISPLAY), at(500)))
    assert [(link.href, link.hidden, link.sets_order) for link in found.links] == [(other.href, False, True), (LINK.href, True, False)]
    assert found.notices[0].placement is Placement.BEFORE
    found = look(page, notices=(at(400),), links=(at(600), at(300)))
    assert [link.href for link in found.links] == [other.href, LINK.href]
    assert found.notices[0].placement is Placement.AFTER


def test_a_link_beside_the_article_does_not_set_the_order_unless_there_is_no_other() -> None:
    aside = replace(LINK, spot=Spot(3), region=Region.SIDEBAR, sets_order=False)
    found = look(replace(PAGE, links=(aside, LINK)), notices=(at(200),), links=(at(10), at(300)))
    assert found.notices[0].placement is Placement.BEFORE
    found = look(replace(PAGE, links=(aside,)), notices=(at(200),), links=(at(10),))
    assert found.notices[0].placement is Placement.AFTER


@pytest.mark.parametrize("sights", [(None,), (Sight(Unseen.DISPLAY),)])
def test_without_a_link_that_was_found_the_order_is_that_of_the_markup(sights: tuple[Sight | None]) -> None:
    assert look(links=sights, notices=(at(900),)).notices[0].placement is Placement.BEFORE


def test_the_label_of_a_link_stands_where_the_link_stands() -> None:
    label = replace(NOTICE, kind="ad_label", covers=(LINK.href,))
    assert noticed(notice=label, sight=at(300, x=220)).placement is Placement.BEFORE
    assert noticed(notice=replace(label, covers=("/other",)), sight=at(500)).placement is Placement.AFTER


@pytest.mark.parametrize("region", [Region.PAGE_FOOTER, Region.SIDEBAR, Region.NAVIGATION])
@pytest.mark.parametrize(
    ("sight", "moves"),
    [
        (at(100), True),  # shown at the top, over the text
        (at(500), False),  # below the link
        (at(100, x=400), False),  # beside the text
        (at(100, x=300, width=200), False),  # less than half of it over the text
        (at(100, x=0, width=390), True),  # a bar over the whole page
        (at(800, x=400, stuck="fixed"), True),
    ],
)
def test_furniture_over_the_text_and_before_the_link_belongs_to_the_page_s_head(region: Region, sight: Sight, moves: bool) -> None:
    found = noticed(notice=replace(NOTICE, region=region), sight=sight)
    assert found.region is (Region.PAGE_HEADER if moves else region)


def test_an_article_s_notice_beside_the_text_keeps_its_region() -> None:
    found = noticed(sight=at(500, x=900))
    assert (found.region, found.placement) == (Region.ARTICLE, Placement.AFTER)


def test_where_the_text_stands_is_not_always_known() -> None:
    assert noticed(notice=replace(NOTICE, region=Region.SIDEBAR), sight=at(100)).region is Region.PAGE_HEADER
    size = replace(view(), column=None)
    page = seen(replace(PAGE, notices=(replace(NOTICE, region=Region.SIDEBAR),)), size, Drawn("Chromium", (size,)))
    assert page.notices[0].region is Region.SIDEBAR


# Credits and authors ----------------------------------------------------------------------------------------------------------------------
def test_a_credit_that_is_not_seen_does_not_count() -> None:
    page = look(credits=(at(500, unseen=Unseen.DISPLAY),))
    assert page.images[0].credit is not None
    assert page.images[0].credit.is_unseen
    assert page.verdicts.image_credits == "none"


def test_of_a_picture_that_is_not_drawn_the_credit_stays_as_it_is() -> None:
    page = look(images=(at(400, unseen=Unseen.ZERO_SIZE),), credits=(at(500, unseen=Unseen.DISPLAY),))
    assert page.images == PAGE.images
    assert page.verdicts.image_credits == "all"


@pytest.mark.parametrize("place", ["alt_or_title", "structured", "file_metadata"])
def test_a_credit_that_is_no_text_of_the_page_is_not_looked_at(place: str) -> None:
    assert IMAGE.credit is not None
    images = (replace(IMAGE, credit=replace(IMAGE.credit, place=place)),)
    assert look(replace(PAGE, images=images), credits=(at(500, unseen=Unseen.DISPLAY),)).images == images


def test_a_byline_that_is_not_seen_names_nobody() -> None:
    page = look(authors=(at(50, unseen=Unseen.DISPLAY),))
    assert (page.authors[0].visible, page.verdicts.author) == (False, "none")


def test_a_byline_that_is_seen_whatever_the_markup_says() -> None:
    page = replace(PAGE, authors=(replace(AUTHOR, visible=False),))
    assert look(page).verdicts.author == "person"


def test_an_author_of_the_data_alone_is_not_hidden_by_a_style_sheet() -> None:
    author = replace(AUTHOR, visible=False, sources=("json-ld",))
    assert look(replace(PAGE, authors=(author,)), authors=(at(0, unseen=Unseen.DISPLAY),)).authors == (author,)


# All of it --------------------------------------------------------------------------------------------------------------------------------
PARTS = [
    "<p>We earn a commission when you buy through links on this page.</p>",
    '<p>Get <a href="https://www.amazon.com/dp/B000000001?tag=teablog-20">the kettle</a> at Amazon.</p>',
    '<p>Or <a href="https://www.amazon.com/dp/B000000002?tag=teablog-20">this cup</a> (paid link).</p>',
    '<figure><img src="/boats.jpg" width="900" height="600"><figcaption>Boats. Photo: Ida Holm</figcaption></figure>',
    "<p>The water boils in three minutes, and the lid stays on when you pour.</p>",
    '<p><a href="/affiliate-disclosure">Affiliate disclosure</a></p>',
    "<p class=byline>By Mara Lindqvist</p>",
    "<footer><p>As an Amazon Associate I earn from qualifying purchases.</p></footer>",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=7))
def test_what_is_all_seen_in_the_order_of_the_source_changes_no_verdict(read_page: Callable[..., Page], parts: list[str]) -> None:
    page = read_page(f'<!doctype html><html lang="en"><body><article><h1>The best kettle</h1>{"".join(parts)}</article></body></html>')

    def sights(spots: list[Spot | None]) -> tuple[Sight | None, ...]:
        return tuple(at(100.0 * spot.node + (spot.skip or 0) * 0.01) if spot else None for spot in spots)

    size = view(
        notices=sights([each.spot for each in page.notices]),
        links=sights([each.spot for each in page.links]),
        images=sights([each.spot for each in page.images]),
        credits=sights([each.credit.spot if each.credit else None for each in page.images]),
        authors=sights([each.spot for each in page.authors]),
    )
    # What is a footer by its markup and stands on top is none for readers.
    size = replace(size, column=None)
    assert page.verdicts == verdicts(page.page_type, page.links, page.notices, page.authors, page.images)
    assert seen(page, size, Drawn("Chromium", (size,))).verdicts == page.verdicts
