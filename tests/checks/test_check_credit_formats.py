"""The checks of a house style for credits, and of its list of authors."""

from __future__ import annotations

from typing import Any

import pytest

from checker.checks import by_name
from checker.checks.base import Verdict
from checker.facts import Author, Credit, Image, Page, Spot, Verdicts
from checker.model import Outcome

PAGE = Page("a.html", None, "en", "article", None, None, None, (), (), (), (), (), Verdicts("not_needed", "none", "some"))


def ask(text: str | None, maker: str | None = "Ben Oduya", agency: str | None = "Reuters", **options: Any) -> Verdict:
    place = options.pop("place", "caption")
    credit = None if text is None else Credit(text, place, maker, agency, spot=Spot(5, 0), agency_kind="news")
    chosen = {"formats": ("Photo: {maker}/{agency}", "{agency}"), **options}
    return by_name()["credit-has-format"](Image(Spot(4), "nets.jpg", True, "large", credit=credit), PAGE, chosen)


@pytest.mark.parametrize(
    ("text", "maker", "agency", "lacks", "surplus"),
    [
        ("Ben Oduya/Reuters", "Ben Oduya", "Reuters", "Photo: ", None),
        ("Photo: Ben Oduya / Reuters", "Ben Oduya", "Reuters", None, " "),
        ("photo: Ben Oduya/Reuters", "Ben Oduya", "Reuters", "Photo", "photo"),
        ("Photo: Ben Oduya (Reuters)", "Ben Oduya", "Reuters", "/", "("),
        ("Photo by Ben Oduya/Reuters", "Ben Oduya", "Reuters", ":", "by"),
        ("Photo: Ben Oduya", "Ben Oduya", None, "/…", None),
    ],
)
def test_the_first_difference_is_named(text: str, maker: str, agency: str | None, lacks: str | None, surplus: str | None) -> None:
    verdict = ask(text, maker, agency)
    assert verdict.outcome is Outcome.VIOLATION
    assert verdict.evidence[0].spot == Spot(5, 0)
    assert str(verdict.values["format"]).startswith("Photo: Ben Oduya/")
    told = [str(verdict.values[name] or "").strip() for name in ("lacks", "surplus")]
    assert told == [(lacks or "").strip(), (surplus or "").strip()]


@pytest.mark.parametrize(
    ("text", "maker", "agency"),
    [("Photo: Ben Oduya/Reuters", "Ben Oduya", "Reuters"), ("Reuters", None, "Reuters"), ("Photo: jd/Reuters", None, "Reuters")],
)
def test_one_of_the_formats_is_enough(text: str, maker: str | None, agency: str) -> None:
    assert ask(text, maker, agency).outcome is Outcome.PASS


def test_only_the_named_agencies_are_asked() -> None:
    wrong = "Ben Oduya (Reuters)"
    assert ask(wrong, agencies=("AFP", "dpa")).outcome is Outcome.PASS
    assert ask(wrong, agencies=("AFP", "reuters")).outcome is Outcome.VIOLATION
    assert ask("Ben Oduya", agency=None, agencies=("AFP",)).outcome is Outcome.PASS
    assert ask("Ben Oduya/AFP/Getty Images", agency="AFP/Getty Images", agencies=("Getty Images",)).outcome is Outcome.VIOLATION


def test_no_visible_credit_is_not_a_wrong_one() -> None:
    assert ask(None).outcome is Outcome.PASS
    assert ask("Ben Oduya", place="structured").outcome is Outcome.PASS


def author(name: str, kind: str = "person", visible: bool = True, **options: Any) -> Verdict:
    chosen = {"names": ("Mara Lindqvist", "José Ferrer"), **options}
    return by_name()["author-is-listed"](Author(name, kind, visible, ("byline",), Spot(3)), PAGE, chosen)


def test_an_author_who_is_not_on_the_list() -> None:
    verdict = author("Mara Lindquist")
    assert verdict.outcome is Outcome.VIOLATION
    assert verdict.values == {"author": "Mara Lindquist", "nearest": "Mara Lindqvist"}
    assert author("Somebody Else").values["nearest"] is None


@pytest.mark.parametrize("name", ["Mara Lindqvist", "MARA LINDQVIST", "Mara\u00a0 Lindqvist", "Jose\u0301 Ferrer"])
def test_capitals_spaces_and_composed_letters_do_not_matter(name: str) -> None:
    assert author(name).outcome is Outcome.PASS


def test_kinds_that_need_not_be_listed_and_authors_in_the_data_alone() -> None:
    assert author("Reuters", "organisation", besides=("organisation",)).outcome is Outcome.PASS
    assert author("Reuters", "organisation").outcome is Outcome.VIOLATION
    assert author("Somebody Else", visible=False).outcome is Outcome.PASS
