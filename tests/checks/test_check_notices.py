"""The check of notices: each property on its own, and the order in which they are asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from checker.checks import Label, by_name
from checker.facts import Link, Notice, Page, Placement, Region, Spot, Tier, Verdicts
from checker.model import Outcome, ReviewReason

LINK = Link(Spot(9), "https://amzn.to/x", Tier.CERTAIN, "amazon", "host", Region.ARTICLE, host="amzn.to", place=100)
NOTICE = Notice(
    Spot(5, 0),
    "We earn a commission.",
    "affiliate",
    "clear",
    Placement.BEFORE,
    Region.ARTICLE,
    hidden=False,
    language="en",
    signals=("pays", "trigger"),
)
PAGE = Page("a.html", None, "en", "article", None, None, None, (LINK,), (), (NOTICE,), (), (), Verdicts("clear_before", "none", "no_content_images"))
HAS = by_name()["has-notice"]


def page_with(*notices: Notice) -> Page:
    return replace(PAGE, notices=notices)


def outcome(page: Page, **options: Any) -> Outcome:
    return HAS(page, page, options).outcome


def test_no_notice_points_at_the_link_and_at_where_a_notice_belongs() -> None:
    page = replace(page_with(), first_text=Spot(3))
    verdict = HAS(page, page, {})
    assert verdict.outcome is Outcome.VIOLATION
    assert [(each.role, each.label, each.spot) for each in verdict.evidence] == [
        ("primary", Label.LINK_PAYS, LINK.spot),
        ("insertion", Label.NOTICE_BELONGS, Spot(3)),
    ]


@pytest.mark.parametrize(
    ("change", "options", "label"),
    [
        ({"hidden": True, "hidden_by": "style"}, {"visible": True}, Label.NOTICE_HIDDEN),
        ({"hidden_by": "details"}, {"visible": True}, Label.NOTICE_HIDDEN),
        ({"hidden": True, "hidden_by": "noscript"}, {"not_hidden_by": ("noscript",)}, Label.NOTICE_HIDDEN),
        ({"kind": "policy_link"}, {"in_words": True}, Label.NOTICE_POINTS),
        ({"link_only": True, "clarity": "weak"}, {"in_words": True}, Label.NOTICE_POINTS),
        ({"clarity": "weak"}, {"plain": True}, Label.NOTICE_UNCLEAR),
        ({"signals": ("pays", "hedge")}, {"firm": True}, Label.NOTICE_HEDGED),
        ({"region": Region.PAGE_FOOTER}, {"not_in": ("page_footer",)}, Label.NOTICE_ASIDE),
        ({"placement": Placement.AFTER}, {"before_links": True}, Label.NOTICE_LATE),
    ],
)
def test_a_notice_that_lacks_one_thing_fails_there_and_nowhere_else(change: dict[str, Any], options: dict[str, Any], label: Label) -> None:
    lacking = page_with(replace(NOTICE, **change))
    verdict = HAS(lacking, lacking, options)
    assert verdict.outcome is Outcome.VIOLATION
    assert label in {each.label for each in verdict.evidence}
    assert outcome(lacking) is Outcome.PASS
    assert outcome(PAGE, **options) is Outcome.PASS
    assert outcome(page_with(replace(NOTICE, **change), NOTICE), **options) is Outcome.PASS


def test_two_notices_do_not_make_up_for_each_other() -> None:
    page = page_with(replace(NOTICE, clarity="weak"), replace(NOTICE, region=Region.PAGE_FOOTER))
    assert outcome(page, plain=True) is Outcome.PASS
    assert outcome(page, not_in=("page_footer",)) is Outcome.PASS
    assert outcome(page, plain=True, not_in=("page_footer",)) is Outcome.VIOLATION


def test_a_sentence_that_is_wholly_a_link_is_said_in_words() -> None:
    assert outcome(page_with(replace(NOTICE, link_only=True)), in_words=True) is Outcome.PASS


def test_the_label_of_a_link_stands_where_the_link_stands() -> None:
    label = replace(NOTICE, kind="ad_label", region=Region.SIDEBAR, covers=(LINK.href,))
    assert outcome(page_with(label), not_in=("sidebar",)) is Outcome.PASS


def test_a_notice_in_the_sidebar_is_in_place_where_all_paid_links_are_there() -> None:
    aside = replace(page_with(replace(NOTICE, region=Region.SIDEBAR)), links=(replace(LINK, region=Region.SIDEBAR),))
    assert outcome(aside, not_in=("sidebar",)) is Outcome.PASS
    assert outcome(replace(aside, links=(*aside.links, LINK)), not_in=("sidebar",)) is Outcome.VIOLATION


@pytest.mark.parametrize("region", [Region.COMMENTS, Region.RELATED])
def test_somebody_else_s_notice_is_not_the_page_s(region: Region) -> None:
    assert outcome(page_with(replace(NOTICE, region=region))) is Outcome.VIOLATION


def test_a_sponsor_s_label_that_is_not_plain_says_nothing_of_links() -> None:
    assert outcome(page_with(replace(NOTICE, kind="sponsored", clarity="weak"))) is Outcome.VIOLATION
    assert outcome(page_with(replace(NOTICE, kind="sponsored"))) is Outcome.PASS


@pytest.mark.parametrize("change", [{"hidden_by": "style", "revealable": True}, {"hidden_by": "script"}])
def test_what_a_script_may_show_is_a_question(change: dict[str, Any]) -> None:
    page = page_with(replace(NOTICE, hidden=True, **change))
    verdict = HAS(page, page, {"visible": True, "revealable": "review"})
    assert verdict.outcome is Outcome.NEEDS_REVIEW
    assert outcome(page, visible=True) is Outcome.VIOLATION
    assert verdict.reason is ReviewReason.SCRIPT_REVEALED


def test_a_profile_says_which_signals_make_it_plain() -> None:
    hedged = page_with(replace(NOTICE, signals=("pays", "hedge")))
    labelled = page_with(replace(NOTICE, clarity="weak", signals=("label:anzeige",)))
    assert outcome(hedged, plain=True) is Outcome.PASS
    assert outcome(hedged, plain=True, refuse=("hedge",)) is Outcome.VIOLATION
    assert outcome(labelled, plain=True) is Outcome.VIOLATION
    assert outcome(labelled, plain=True, accept=("label",)) is Outcome.PASS
    assert outcome(labelled, plain=True, accept=("label:ad",)) is Outcome.VIOLATION


@pytest.mark.parametrize(
    ("language", "place", "words"), [("en", 100 + 4500, 900), ("ja", 100 + 1800, 900), ("en", 130, None), ("en", 100 + 50_000, 10_000)]
)
def test_the_distance_is_told_in_words(language: str, place: int, words: int | None) -> None:
    page = replace(page_with(replace(NOTICE, placement=Placement.AFTER, place=place)), language=language)
    assert HAS(page, page, {"before_links": True}).values["words"] == words


def test_the_way_of_hiding_is_told_even_if_it_is_a_new_one() -> None:
    page = page_with(replace(NOTICE, hidden=True, hidden_by="magic"))
    assert HAS(page, page, {"visible": True}).values["how"] is Label.HIDDEN_SOMEHOW
