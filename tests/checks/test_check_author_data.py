"""Checks of what a page's data say of its authors."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from checker.checks import Label, by_name
from checker.facts import Author, AuthorData, Page, Spot, Verdicts
from checker.model import Outcome

ENTRY = AuthorData("Mara Lindqvist", "json-ld", "Person", names=("Mara Lindqvist",), kinds=("person",))
AUTHOR = Author("Mara Lindqvist", "person", visible=True, sources=("byline",), spot=Spot(4, 0))
PAGE = Page(
    "a.html", None, "en", "article", None, None, None, (), (), (), (AUTHOR,), (), Verdicts("not_needed", "person", "no_content_images"),
    headline=Spot(2), author_data=(ENTRY,), authors_agree=True,
)  # fmt: skip
CHECKS = by_name()


def ask(name: str, entry: AuthorData, **options: Any) -> Outcome:
    return CHECKS[name](entry, PAGE, options).outcome


def test_surplus_is_named_and_the_place_shown() -> None:
    verdict = CHECKS["author-data-is-name"](replace(ENTRY, written="By Mara Lindqvist", surplus=("marker", "role")), PAGE, {})
    assert verdict.outcome is Outcome.VIOLATION
    assert verdict.values == {"written": "By Mara Lindqvist", "surplus": Label.SURPLUS_MARKER}
    assert verdict.evidence[0].spot == AUTHOR.spot, "JSON-LD has no element: the visible author is shown"
    in_place = replace(ENTRY, surplus=("role",), spot=Spot(9))
    assert CHECKS["author-data-is-name"](in_place, PAGE, {}).evidence[0].spot == Spot(9)


def test_surplus_that_may_stand_there_and_entries_without_a_name() -> None:
    assert ask("author-data-is-name", replace(ENTRY, surplus=("title",)), unless=("title",)) is Outcome.PASS
    assert ask("author-data-is-name", replace(ENTRY, surplus=("role",), names=())) is Outcome.PASS
    assert ask("author-data-is-name", ENTRY) is Outcome.PASS


def test_one_entry_one_author() -> None:
    assert ask("author-data-is-one", ENTRY) is Outcome.PASS
    assert ask("author-data-is-one", replace(ENTRY, names=("A B", "C D"), kinds=("person", "person"))) is Outcome.VIOLATION


@pytest.mark.parametrize(
    ("type_", "bare", "kinds", "outcome"),
    [
        ("Person", False, ("person",), Outcome.PASS),
        ("Organization", False, ("organisation",), Outcome.PASS),
        ("Person", False, ("organisation",), Outcome.NEEDS_REVIEW),
        ("Organization", False, ("person",), Outcome.PASS),
        ("Thing", False, ("person",), Outcome.VIOLATION),
        (None, False, ("person",), Outcome.VIOLATION),
        (None, True, ("person",), Outcome.PASS),
        ("Person", False, ("person", "organisation"), Outcome.PASS),
        ("Person", False, ("generic",), Outcome.PASS),
        ("Thing", False, (), Outcome.PASS),
    ],
)
def test_the_type_fits(type_: str | None, bare: bool, kinds: tuple[str, ...], outcome: Outcome) -> None:
    assert ask("author-data-type-fits", replace(ENTRY, type=type_, bare=bare, kinds=kinds)) is outcome


@pytest.mark.parametrize(("agree", "outcome"), [(True, Outcome.PASS), (None, Outcome.PASS), (False, Outcome.VIOLATION)])
def test_authors_agree(agree: bool | None, outcome: Outcome) -> None:
    verdict = CHECKS["authors-agree"](PAGE, replace(PAGE, authors_agree=agree), {})
    assert verdict.outcome is outcome
    assert verdict.values == {"author": "Mara Lindqvist", "told": "Mara Lindqvist"}


@pytest.mark.parametrize(
    ("author", "entry", "outcome"),
    [
        ({"href": "/people/mara"}, {}, Outcome.PASS),
        ({}, {"url": "https://harbour.example/people/mara"}, Outcome.PASS),
        ({}, {"url": "https://harbour.example/people/ben", "names": ("Ben Oduya",)}, Outcome.VIOLATION),
        ({}, {}, Outcome.VIOLATION),
        ({"kind": "organisation"}, {}, Outcome.PASS),
        ({"visible": False}, {}, Outcome.PASS),
    ],
)
def test_a_person_leads_to_a_page(author: dict[str, Any], entry: dict[str, Any], outcome: Outcome) -> None:
    page = replace(PAGE, authors=(replace(AUTHOR, **author),), author_data=(replace(ENTRY, **entry),))
    assert CHECKS["author-leads-somewhere"](page, page, {}).outcome is outcome


@pytest.mark.parametrize("told", [{"published": "2026-05-03"}, {"modified": "2026-05-03"}, {"shows_date": True}])
def test_a_date_anywhere_is_a_date(told: dict[str, Any]) -> None:
    page = replace(PAGE, **told)
    assert CHECKS["has-date"](page, page, {}).outcome is Outcome.PASS
    assert CHECKS["has-date"](PAGE, PAGE, {}).outcome is Outcome.VIOLATION
