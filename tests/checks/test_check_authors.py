"""Checks of authors."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.checks import by_name
from checker.facts import Author, Page, Spot, Verdicts
from checker.model import Outcome, ReviewReason

SHOWN = Author("Mara Lindqvist", "person", visible=True, sources=("byline",), spot=Spot(4, 0))
PAGE = Page(
    "a.html",
    None,
    "en",
    "article",
    None,
    None,
    None,
    (),
    (),
    (),
    (SHOWN,),
    (),
    Verdicts("not_needed", "person", "no_content_images"),
    headline=Spot(2),
)
HAS = by_name()["has-author"]


def test_a_byline_is_enough() -> None:
    assert HAS(PAGE, PAGE, {}).outcome is Outcome.PASS


def test_nobody_named_points_at_the_headline() -> None:
    page = replace(PAGE, authors=())
    verdict = HAS(page, page, {"structured": "review"})
    assert verdict.outcome is Outcome.VIOLATION
    assert verdict.evidence[0].spot == Spot(2)


@pytest.mark.parametrize(("option", "outcome"), [("no", Outcome.VIOLATION), ("review", Outcome.NEEDS_REVIEW), ("yes", Outcome.PASS)])
def test_named_in_the_data_only(option: str, outcome: Outcome) -> None:
    page = replace(PAGE, authors=(replace(SHOWN, visible=False, sources=("json-ld",), spot=None),))
    verdict = HAS(page, page, {"structured": option})
    assert verdict.outcome is outcome
    assert (verdict.reason is ReviewReason.CLIENT_RENDERED) == (option == "review")


def test_one_author_of_the_wanted_kind_is_enough() -> None:
    generic = replace(SHOWN, name="Admin", kind="generic")
    alone, both = replace(PAGE, authors=(generic,)), replace(PAGE, authors=(generic, SHOWN))
    assert HAS(alone, alone, {"kinds": ("person", "organisation")}).outcome is Outcome.VIOLATION
    assert HAS(alone, alone, {"kinds": ("person", "organisation")}).values == {"author": "Admin"}
    assert HAS(both, both, {"kinds": ("person", "organisation")}).outcome is Outcome.PASS
