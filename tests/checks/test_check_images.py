"""Checks of picture credits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.checks import Label, by_name
from checker.facts import Credit, Image, Page, Spot, Verdicts
from checker.model import Outcome

CREDIT = Credit("Photo: Ida Holm", "caption", maker="Ida Holm", spot=Spot(7, 3))
IMAGE = Image(Spot(6), "https://cdn.example/w_400/boats.jpg?v=3", content=True, why="figure", credit=CREDIT)
PAGE = Page("a.html", None, "en", "article", None, None, None, (), (), (), (), (IMAGE,), Verdicts("not_needed", "none", "all"))
HAS, NAMES = by_name()["has-credit"], by_name()["credit-names-someone"]


@pytest.mark.parametrize(("places", "outcome"), [((), Outcome.PASS), (("caption",), Outcome.PASS), (("page_level",), Outcome.VIOLATION)])
def test_a_credit_counts_where_the_rule_says(places: tuple[str, ...], outcome: Outcome) -> None:
    assert HAS(IMAGE, PAGE, {"places": places}).outcome is outcome


def test_no_credit() -> None:
    verdict = HAS(replace(IMAGE, credit=None), PAGE, {})
    assert verdict.outcome is Outcome.VIOLATION
    assert verdict.evidence[0].label == Label.IMAGE
    assert verdict.values == {"file": "boats.jpg", "credit": None}


def test_a_placeholder_names_nobody_and_both_places_are_shown() -> None:
    verdict = NAMES(replace(IMAGE, credit=replace(CREDIT, placeholder=True)), PAGE, {})
    assert verdict.outcome is Outcome.VIOLATION
    assert [each.spot for each in verdict.evidence] == [IMAGE.spot, CREDIT.spot]
    assert NAMES(IMAGE, PAGE, {}).outcome is Outcome.PASS


@pytest.mark.parametrize("src", ["data:image/png;base64,AAAA", "", "https://cdn.example/"])
def test_a_picture_without_file_name_is_not_named(src: str) -> None:
    file = HAS(replace(IMAGE, src=src, credit=None), PAGE, {}).values["file"]
    assert file in (None, "cdn.example")
