"""Checks of paid links."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.checks import by_name
from checker.facts import Link, Monetiser, Page, Region, Spot, Tier, Verdicts
from checker.model import Confidence, Outcome, ReviewReason

LINK = Link(Spot(4), "https://amzn.to/x", Tier.CERTAIN, "amazon", "host", Region.ARTICLE, host="amzn.to")
PAGE = Page("a.html", None, "en", "article", None, None, None, (LINK,), (), (), (), (), Verdicts("missing", "none", "no_content_images"))
PAID, REL = by_name()["has-paid-links"], by_name()["rel-has"]


def possible(**changes: object) -> Link:
    return replace(LINK, affiliate=Tier.POSSIBLE, **changes)  # type: ignore[arg-type]


def test_a_certain_link_pays() -> None:
    verdict = PAID(PAGE, PAGE, {})
    assert verdict.outcome is Outcome.PASS
    assert verdict.confidence is Confidence.HIGH
    assert verdict.values == {"host": "amzn.to", "network": "amazon", "count": 1}


def test_likely_links_alone_are_less_sure() -> None:
    page = replace(PAGE, links=(replace(LINK, affiliate=Tier.LIKELY),))
    assert PAID(page, page, {}).confidence is Confidence.MEDIUM


def test_a_reader_s_link_in_the_comments_does_not_count() -> None:
    page = replace(PAGE, links=(replace(LINK, region=Region.COMMENTS), possible(region=Region.COMMENTS)))
    assert PAID(page, page, {"possible": "yes"}).outcome is Outcome.VIOLATION


@pytest.mark.parametrize(("option", "outcome"), [("no", Outcome.VIOLATION), ("review", Outcome.NEEDS_REVIEW), ("yes", Outcome.PASS)])
def test_possible_links_count_as_the_rule_says(option: str, outcome: Outcome) -> None:
    page = replace(PAGE, links=(possible(),))
    verdict = PAID(page, page, {"possible": option})
    assert verdict.outcome is outcome
    assert (verdict.reason is ReviewReason.POSSIBLE_LINKS) == (option == "review")


def test_a_monetiser_counts_only_where_the_rule_says_so() -> None:
    page = replace(PAGE, links=(), monetisers=(Monetiser("skimlinks", None),))
    assert PAID(page, page, {}).outcome is Outcome.VIOLATION
    assert PAID(page, page, {"monetisers": True}).outcome is Outcome.PASS


def test_the_first_link_of_the_article_is_shown_before_one_of_the_navigation() -> None:
    page = replace(PAGE, links=(replace(LINK, spot=Spot(1), sets_order=False, host="menu.example"), LINK))
    assert PAID(page, page, {}).evidence[0].spot == LINK.spot


@pytest.mark.parametrize(
    ("rel", "outcome"),
    [((), Outcome.VIOLATION), (("noopener",), Outcome.VIOLATION), (("Sponsored",), Outcome.PASS), (("noopener", "nofollow"), Outcome.PASS)],
)
def test_rel(rel: tuple[str, ...], outcome: Outcome) -> None:
    link = replace(LINK, rel=rel)
    assert REL(link, PAGE, {"any_of": ("sponsored", "nofollow")}).outcome is outcome


def test_a_link_without_host_is_named_by_its_site_or_its_address() -> None:
    link = replace(LINK, host=None, href="/go/kettle")
    assert REL(link, replace(PAGE, own_host="tea.example"), {"any_of": ("sponsored",)}).values["host"] == "tea.example"
    assert REL(link, PAGE, {"any_of": ("sponsored",)}).values["host"] == "/go/kettle"
