"""How a notice looks beside the text, how far it is from the links, whether it stands on the first screen; and what is not seen at all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest

from checker.checks import Label, Verdict, by_name
from checker.checks.notices import Hiding
from checker.checks.sight import may_be_shown
from checker.facts import Author, Credit, Image, Link, Notice, Page, Placement, Region, Spot, Tier, Verdicts
from checker.model import Outcome, ReviewReason
from checker.sight import Box, Doubt, Drawn, Sight, Unseen, View

LINK = Link(Spot(9), "https://amzn.to/x", Tier.CERTAIN, "amazon", "host", Region.ARTICLE, host="amzn.to", place=100)
NOTICE = Notice(
    Spot(5, 0), "We earn a commission.", "affiliate", "clear", Placement.BEFORE, Region.ARTICLE, hidden=False, language="en", signals=("pays",)
)
PAGE = Page("a.html", None, "en", "article", None, None, None, (LINK,), (), (NOTICE,), (), (), Verdicts("clear_before", "none", "no_content_images"))
VIEW = View(390, 844, text_size=18.0, text_contrast=16.0, column=Box(16, 0, 358, 4000))
PASS, ASK, FAIL = Outcome.PASS, Outcome.NEEDS_REVIEW, Outcome.VIOLATION


def sight(y: float = 100, **changes: Any) -> Sight:
    looks: dict[str, Any] = {"size": 18.0, "ratio": 1.0, "contrast": 16.0, "screens": y / 844}
    return Sight(boxes=(Box(16, y, 300, 24),), **(looks | changes))


def page_with(*sights: Sight | None, links: tuple[Sight | None, ...] = (), view: View | None = VIEW, **changes: Any) -> Page:
    notices = tuple(replace(NOTICE, spot=Spot(5 + at, 0), sight=each, **changes) for at, each in enumerate(sights))
    paid = tuple(replace(LINK, spot=Spot(20 + at), href=f"https://amzn.to/{at}", sight=each) for at, each in enumerate(links or (sight(400),)))
    return replace(PAGE, notices=notices, links=paid, view=view, drawn=Drawn("Chromium", (view,)) if view else None)


def asked(name: str, page: Page, **options: Any) -> Verdict:
    return by_name()[name](page, page, options)


# As easy to see as the text ---------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("looks", "outcome"),
    [
        ({}, PASS),
        ({"ratio": 0.85, "size": 15.3}, PASS),
        ({"ratio": 0.849, "size": 15.28}, ASK),
        ({"ratio": 0.70, "size": 12.6}, ASK),
        ({"ratio": 0.699, "size": 12.58}, FAIL),
        ({"ratio": None, "size": 12.0}, FAIL),  # worked out from the size
        ({"ratio": 1.0, "size": 11.0}, PASS),
        ({"ratio": 1.0, "size": 10.9}, ASK),
        ({"ratio": 1.0, "size": 9.0}, ASK),
        ({"ratio": 1.0, "size": 8.9}, FAIL),
        ({"contrast": 4.5}, PASS),
        ({"contrast": 4.49}, ASK),
        ({"contrast": 3.0}, ASK),
        ({"contrast": 2.99}, FAIL),
        ({"contrast": None}, PASS),
        ({"ratio": 0.8, "size": 14.4, "contrast": 2.0}, FAIL),
    ],
)
def test_prominence_at_the_thresholds(looks: dict[str, Any], outcome: Outcome) -> None:
    assert asked("notice-is-prominent", page_with(sight(**looks))).outcome is outcome


@pytest.mark.parametrize(("text", "outcome"), [(None, FAIL), (2.2, FAIL), (2.0, PASS), (1.5, PASS)])
def test_a_notice_as_pale_as_the_text_is_not_blamed(text: float | None, outcome: Outcome) -> None:
    page = page_with(sight(contrast=2.0), view=replace(VIEW, text_contrast=text))
    assert asked("notice-is-prominent", page).outcome is outcome


def test_a_house_sets_its_own_measures() -> None:
    page = page_with(sight(ratio=0.9, size=16.2, contrast=6.0))
    assert asked("notice-is-prominent", page).outcome is PASS
    assert asked("notice-is-prominent", page, least_size=95).outcome is FAIL
    assert asked("notice-is-prominent", page, doubtful_contrast=700).outcome is ASK


def test_of_several_notices_the_most_prominent_counts() -> None:
    verdict = asked("notice-is-prominent", page_with(sight(ratio=0.5, size=9), sight(), sight(ratio=0.8, size=14.4)))
    assert verdict.outcome is PASS
    assert verdict.evidence[0].spot == Spot(6, 0)
    verdict = asked("notice-is-prominent", page_with(sight(ratio=0.5, size=9.5), sight(ratio=0.6, size=10.8)))
    assert verdict.outcome is FAIL
    assert verdict.evidence[0].spot == Spot(6, 0)


def test_the_message_names_what_is_wrong_and_nothing_else() -> None:
    values = asked("notice-is-prominent", page_with(sight(ratio=0.5, size=9.0))).values
    assert (values.get("size"), values.get("text_size"), values.get("contrast")) == ("9.0", "18.0", None)
    verdict = asked("notice-is-prominent", page_with(sight(contrast=2.123)))
    assert (verdict.values.get("size"), verdict.values.get("contrast"), verdict.values.get("text_contrast")) == (None, "2.1", "16.0")
    assert [(each.role, each.label) for each in verdict.evidence] == [("primary", Label.NOTICE_FAINT), ("first_affiliate_link", Label.LINK_PAYS)]


@pytest.mark.parametrize(
    "changes",
    [{"clarity": "weak"}, {"placement": Placement.AFTER}, {"hidden": True, "hidden_by": "display"}, {"region": Region.PAGE_FOOTER}],
)
def test_a_notice_that_does_not_count_is_not_measured(changes: dict[str, Any]) -> None:
    page = page_with(sight(), **changes)
    small = replace(NOTICE, sight=sight(ratio=0.5, size=9.0))
    assert asked("notice-is-prominent", replace(page, notices=(*page.notices, small))).outcome is FAIL


# Not measurable ---------------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["notice-is-prominent", "notice-stays-near", "notice-on-first-screen"])
@pytest.mark.parametrize("view", [None, replace(VIEW, doubts=(Doubt.STYLE_SHEET,))])
def test_without_a_measure_it_is_a_question(name: str, view: View | None) -> None:
    verdict = asked(name, page_with(sight(), view=view))
    assert (verdict.outcome, verdict.reason) == (ASK, ReviewReason.NOT_MEASURABLE)
    assert verdict.evidence[0].spot == Spot(5, 0)


@pytest.mark.parametrize("name", ["notice-is-prominent", "notice-stays-near", "notice-on-first-screen"])
def test_a_notice_that_was_not_found_again_is_a_question(name: str) -> None:
    assert asked(name, page_with(None)).reason is ReviewReason.NOT_MEASURABLE


# Near the products ------------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("y", "outcome"), [(100 + 4 * 844, PASS), (101 + 4 * 844, ASK), (100 + 9 * 844, ASK), (50, PASS)])
def test_a_link_far_below_the_notice_is_a_question(y: float, outcome: Outcome) -> None:
    verdict = asked("notice-stays-near", page_with(sight(100), links=(sight(200), sight(y))))
    assert verdict.outcome is outcome
    if outcome is ASK:
        assert verdict.reason is ReviewReason.BY_EYE
        assert [each.spot for each in verdict.evidence] == [Spot(21), Spot(5, 0)]
        assert (verdict.values["windows"], verdict.values["far"]) == (int((y - 100) / 844), 1)


def test_the_distance_that_counts_can_be_set() -> None:
    page = page_with(sight(100), links=(sight(100 + 3 * 844),))
    assert asked("notice-stays-near", page, windows=2).outcome is ASK


@pytest.mark.parametrize("stuck", ["fixed", "sticky"])
def test_a_notice_that_stays_in_the_window_is_never_far(stuck: str) -> None:
    assert asked("notice-stays-near", page_with(sight(stuck=stuck), links=(sight(9000),))).outcome is PASS


def test_a_second_notice_on_the_way_is_near() -> None:
    assert asked("notice-stays-near", page_with(sight(100), sight(8000), links=(sight(200), sight(9000)))).outcome is PASS


def test_a_label_at_the_link_is_near() -> None:
    page = page_with(sight(100), links=(sight(9000),))
    label = replace(NOTICE, kind="ad_label", covers=(page.links[0].href,), sight=None)
    assert asked("notice-stays-near", replace(page, notices=(*page.notices, label))).outcome is PASS


def test_links_that_nobody_sees_are_far_from_nothing() -> None:
    page = page_with(sight(100), links=(sight(9000, unseen=Unseen.DISPLAY),))
    assert asked("notice-stays-near", replace(page, links=(replace(page.links[0], hidden=True),))).outcome is PASS


# On the first screen ----------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("looks", "outcome"),
    [
        ({"screens": 0.99}, PASS),
        ({"screens": 1.0}, ASK),
        ({"screens": 1.99}, ASK),
        ({"screens": 2.0}, FAIL),
        ({"screens": 5.0, "stuck": "fixed"}, PASS),
        ({"screens": 5.0, "stuck": "sticky"}, FAIL),
        ({"ratio": 0.95}, PASS),
        ({"ratio": 0.949}, FAIL),
        ({"ratio": 0.9, "screens": 1.5}, FAIL),
    ],
)
def test_the_first_screen_at_the_thresholds(looks: dict[str, Any], outcome: Outcome) -> None:
    assert asked("notice-on-first-screen", page_with(sight(**looks))).outcome is outcome


def test_the_best_notice_counts_and_the_message_says_where_it_begins() -> None:
    assert asked("notice-on-first-screen", page_with(sight(screens=7), sight(screens=0.5))).outcome is PASS
    verdict = asked("notice-on-first-screen", page_with(sight(screens=7), sight(screens=1.2)))
    assert (verdict.outcome, verdict.values["windows"]) == (ASK, 2)
    assert verdict.evidence[0].label == Label.NOTICE_BELOW


# Credits and authors that are not seen ----------------------------------------------------------------------------------------------------
IMAGE = Image(Spot(6), "/boats.jpg", content=True, why="figure", credit=Credit("Photo: Ida Holm", "caption", spot=Spot(7, 0)))
AUTHOR = Author("Mara Lindqvist", "person", visible=True, sources=("byline",), spot=Spot(4, 0))
BY_READERS = {Unseen.HOVER, Unseen.CONTROL, Unseen.DETAILS, Unseen.CUT}


@pytest.mark.parametrize("unseen", Unseen)
@pytest.mark.parametrize(("scripted", "scripts"), [(False, False), (True, False), (True, True)])
def test_what_may_be_shown_is_a_question_and_the_rest_is_absent(unseen: Unseen, scripted: bool, scripts: bool) -> None:
    page = replace(PAGE, view=VIEW, drawn=Drawn("Chromium", (VIEW,), scripted=scripted, scripts=scripts))
    hidden = Sight(unseen)
    shown = unseen in BY_READERS or (scripted and not scripts)
    assert may_be_shown(hidden, page) is shown
    assert IMAGE.credit is not None
    image = replace(IMAGE, credit=replace(IMAGE.credit, sight=hidden))
    page = replace(page, images=(image,), authors=(replace(AUTHOR, visible=False, sight=hidden),))
    for verdict in (by_name()["has-credit"](image, page, {"unseen": "review"}), asked("has-author", page, structured="review", unseen="review")):
        assert verdict.outcome is (ASK if shown else FAIL)
        assert verdict.reason is (ReviewReason.HIDDEN_BY_STYLE if shown else None)
        assert verdict.values["unseen"] in ("Photo: Ida Holm", "Mara Lindqvist")
    assert by_name()["has-credit"](image, page, {}).outcome is FAIL
    assert by_name()["credit-names-maker"](image, page, {}).outcome is FAIL


@pytest.mark.parametrize("unseen", Unseen)
def test_every_way_of_not_being_seen_has_words_and_can_be_named_in_a_rule(unseen: Unseen) -> None:
    assert unseen in get_args(Hiding)
    page = replace(PAGE, notices=(replace(NOTICE, hidden=unseen is not Unseen.DETAILS, hidden_by=str(unseen)),))
    assert asked("has-notice", page, visible=True).values["how"] == Label(f"hidden-{unseen}".replace("_", "-"))


def test_what_was_not_drawn_may_not_be_shown() -> None:
    assert not may_be_shown(None, PAGE)


def test_an_author_who_is_seen_is_enough() -> None:
    page = replace(PAGE, authors=(AUTHOR, replace(AUTHOR, name="Ben Oduya", visible=False, sight=Sight(Unseen.DISPLAY))))
    assert asked("has-author", page).outcome is PASS
