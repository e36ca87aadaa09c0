"""The checks of what a page says of its income beside its notices."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from checker.checks import Label, by_name
from checker.checks.base import Verdict
from checker.facts import Link, Monetiser, Notice, Page, Placement, Region, Spot, Tier, Verdicts
from checker.model import Confidence, Outcome, ReviewReason

LINK = Link(Spot(9), "https://www.amazon.com/dp/B1?tag=x-20", Tier.CERTAIN, "amazon", "tag", Region.ARTICLE, host="www.amazon.com", place=100)
SENTENCE = Notice(
    Spot(5, 0), "As an Amazon Associate I earn.", "affiliate", "clear", Placement.BEFORE, Region.ARTICLE, hidden=False, language="en",
    signals=("pays", "trigger", "prescribed:amazon"), place=50,
)  # fmt: skip
CLAIM = replace(SENTENCE, text="This site is ad-free.", kind="claim", clarity="weak", signals=("ad_free",), spot=Spot(12, 0), place=200)
DENIAL = replace(SENTENCE, text="No affiliate links here.", clarity="weak", signals=("denial",))
PAGE = Page("a.html", None, "en", "article", None, None, None, (LINK,), (), (), (), (), Verdicts("missing", "none", "no_content_images"))


def ask(check: str, page: Page, **options: Any) -> Verdict:
    return by_name()[check](page, page, options)


@pytest.mark.parametrize(
    ("page", "wanted", "holds"),
    [
        (PAGE, ("denial", "ad_free"), False),
        (replace(PAGE, claims=(CLAIM,)), ("denial", "ad_free"), True),
        (replace(PAGE, claims=(CLAIM,)), ("denial",), False),
        (replace(PAGE, notices=(DENIAL,)), ("denial",), True),
        (replace(PAGE, notices=(replace(DENIAL, hidden=True, hidden_by="style"),)), ("denial",), False),
        (replace(PAGE, claims=(replace(CLAIM, hidden_by="details"),)), ("ad_free",), False),
        (replace(PAGE, notices=(replace(SENTENCE, signals=("pays", "incentive")),)), ("incentive",), True),
    ],
)
def test_a_claim_that_readers_see(page: Page, wanted: tuple[str, ...], holds: bool) -> None:
    assert (ask("has-claim", page, any_of=wanted).outcome is Outcome.PASS) is holds


def test_the_first_claim_and_the_link_are_shown() -> None:
    verdict = ask("has-claim", replace(PAGE, notices=(DENIAL,), claims=(CLAIM,)), any_of=("denial", "ad_free"))
    assert [(each.role, each.label, each.spot) for each in verdict.evidence] == [
        ("primary", Label.CLAIM, DENIAL.spot),
        ("first_affiliate_link", Label.LINK_PAYS, LINK.spot),
    ]
    assert verdict.values["claim"] == "No affiliate links here."
    assert verdict.confidence is Confidence.MEDIUM


@pytest.mark.parametrize(
    ("change", "options", "fault"),
    [
        ({}, {}, None),
        ({"region": Region.PAGE_FOOTER, "placement": Placement.AFTER}, {}, None),
        ({"signals": ("prescribed:ebay",)}, {}, Label.SENTENCE_ABSENT),
        ({"hidden": True, "hidden_by": "style"}, {}, Label.SENTENCE_UNSEEN),
        ({}, {"opening": True, "firm": True}, None),
        ({"placement": Placement.AFTER}, {"opening": True}, Label.SENTENCE_LATE),
        ({"region": Region.ARTICLE_END}, {"opening": True}, Label.SENTENCE_LATE),
        ({"signals": ("prescribed:amazon", "hedge")}, {"firm": True}, Label.SENTENCE_HEDGED),
        ({"signals": ("prescribed:amazon", "hedge")}, {}, None),
    ],
)
def test_the_sentence_of_a_programme_and_what_it_lacks(change: dict[str, Any], options: dict[str, Any], fault: Label | None) -> None:
    page = replace(PAGE, notices=(replace(SENTENCE, **change),))
    verdict = ask("has-prescribed-sentence", page, programme="amazon", networks=("amazon",), **options)
    assert verdict.outcome is (Outcome.PASS if fault is None else Outcome.VIOLATION)
    assert verdict.values["fault"] is fault


def test_a_sentence_that_may_be_shown_later_is_a_question() -> None:
    page = replace(PAGE, notices=(replace(SENTENCE, hidden=True, hidden_by="style", revealable=True),))
    verdict = ask("has-prescribed-sentence", page, programme="amazon")
    assert (verdict.outcome, verdict.reason) == (Outcome.NEEDS_REVIEW, ReviewReason.SCRIPT_REVEALED)


def test_links_of_one_network_alone() -> None:
    other = replace(LINK, spot=Spot(3), network="cj")
    page = replace(PAGE, links=(other, LINK))
    verdict = ask("has-paid-links", page, networks=("amazon",))
    assert (verdict.outcome, verdict.evidence[0].spot) == (Outcome.PASS, LINK.spot)
    assert ask("has-paid-links", page, networks=("ebay",)).outcome is Outcome.VIOLATION


def test_likely_links_can_be_a_question() -> None:
    likely = replace(PAGE, links=(replace(LINK, affiliate=Tier.LIKELY),))
    assert ask("has-paid-links", likely).outcome is Outcome.PASS
    assert ask("has-paid-links", likely, likely="review").reason is ReviewReason.POSSIBLE_LINKS
    assert ask("has-paid-links", replace(likely, links=(*likely.links, LINK)), likely="review").outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("change", "scripts", "holds"),
    [
        ({}, ("skimlinks",), True),
        ({}, (), True),
        ({}, ("sovrn",), False),
        ({"network": "cj"}, ("skimlinks",), False),
        ({"affiliate": Tier.CERTAIN}, ("skimlinks",), False),
        ({"sets_order": False}, ("skimlinks",), False),
        ({"href": "https://shop.example/"}, ("skimlinks",), False),
        ({"href": "https://shop.example"}, ("skimlinks",), False),
    ],
)
def test_plain_links_that_a_script_turns_into_paid_ones(change: dict[str, Any], scripts: tuple[str, ...], holds: bool) -> None:
    plain = replace(LINK, href="https://shop.example/kettle", affiliate=Tier.POSSIBLE, network="skimlinks")
    page = replace(PAGE, links=(replace(plain, **change),), monetisers=(Monetiser("skimlinks", None),))
    assert (ask("has-monetised-links", page, scripts=scripts).outcome is Outcome.PASS) is holds


def test_an_empty_box_of_a_plugin_is_an_injected_notice() -> None:
    assert ask("has-injected-notice", PAGE).outcome is Outcome.VIOLATION
    assert ask("has-injected-notice", replace(PAGE, notices=(replace(SENTENCE, hidden=True, hidden_by="style"),))).outcome is Outcome.VIOLATION
    assert ask("has-injected-notice", replace(PAGE, notices=(replace(SENTENCE, hidden=True, hidden_by="script"),))).outcome is Outcome.PASS


def test_a_denial_is_no_notice() -> None:
    assert ask("has-notice", replace(PAGE, notices=(DENIAL,))).outcome is Outcome.VIOLATION


@pytest.mark.parametrize(("place", "holds"), [(50, True), (100, True), (101, False)])
def test_before_links_that_only_may_pay(place: int, holds: bool) -> None:
    link = replace(LINK, affiliate=Tier.POSSIBLE)
    page = replace(PAGE, links=(link,), notices=(replace(SENTENCE, placement=Placement.NO_LINK, place=place),))
    assert (ask("has-notice", page, before_links=True).outcome is Outcome.PASS) is holds
