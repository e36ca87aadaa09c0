"""Globs that name pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.scopes import Scope, matches


@pytest.mark.parametrize(
    ("pattern", "name", "fits"),
    [
        ("a.html", "a.html", True),
        ("a.html", "b/a.html", False),
        ("./a.html", "a.html", True),
        ("*.html", "a.html", True),
        ("*.html", "b/a.html", False),
        ("**/*.html", "a.html", True),
        ("**/*.html", "b/c/a.html", True),
        ("b/**", "b/c/a.html", True),
        ("b/**", "bc/a.html", False),
        ("b/**/a.html", "b/a.html", True),
        ("b/**/a.html", "b/c/d/a.html", True),
        ("b/", "b/c/a.html", True),
        ("?.html", "a.html", True),
        ("?.html", "/.html", False),
        ("[ab].html", "b.html", True),
        ("[!ab].html", "b.html", False),
        ("[!ab]x", "/x", False),
        ("[z-a].html", "-.html", True),
        ("a[.html", "a[.html", True),
        ("a+b(1).html", "a+b(1).html", True),
        ("[a^]x", "^x", True),
        (r"[\d]x", "1x", False),
        ("", "", True),
    ],
)
def test_a_glob_matches_whole_names(pattern: str, name: str, fits: bool) -> None:
    assert matches(pattern, name) is fits


def test_a_scope_takes_paths_and_addresses_apart() -> None:
    scope = Scope.of(["public/**", "https://tea.example/pots/*", "*://beans.example/**"])
    assert scope.holds("public/a.html", None)
    assert scope.holds("other/a.html", "https://tea.example/pots/red?from=feed#top")
    assert scope.holds(None, "http://beans.example/a/b")
    assert not scope.holds("other/a.html", "https://tea.example/pots/red/small")
    assert not scope.holds(None, None)
    assert str(scope) == "public/**, https://tea.example/pots/*, *://beans.example/**"


def test_a_question_mark_in_an_address_can_still_be_asked_for() -> None:
    scope = Scope.of(["https://tea.example/story[?]id=1"])
    assert scope.holds(None, "https://tea.example/story?id=1")
    assert not scope.holds(None, "https://tea.example/story?id=2")


def test_no_pattern_means_every_page() -> None:
    assert Scope().holds(None, None)
    assert str(Scope()) == "every page"


@pytest.mark.parametrize(("patterns", "names"), [((), False), (("a.html",), True), (("a.html", "b/"), False), (("a*.html",), False)])
def test_a_scope_knows_whether_it_names_pages(patterns: tuple[str, ...], names: bool) -> None:
    assert Scope(patterns).names_pages is names


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_pattern_can_be_asked(pattern: str, name: str) -> None:
    assert matches(pattern, name) in (True, False)


@given(st.text(alphabet="abcäß/.-_ ", max_size=30))
def test_a_name_without_signs_is_its_own_pattern(name: str) -> None:
    assert matches(name, name) or name.startswith("./") or name.endswith("/")


def test_many_stars_do_not_run_away() -> None:
    assert not matches("**/a/**/b/**/c/**/d", "a/b/c/" * 60)


@pytest.mark.parametrize(
    ("scope", "folders", "lies"),
    [
        (Scope(("public/old/**",)), ["public"], True),
        (Scope(("public/old/**", "drafts/**")), ["public"], False),
        (Scope(("public*/old/**",)), ["public"], False),
        (Scope(("public/",)), ["public"], True),
        (Scope(("a/**",), ("https://tea.example/**",)), ["a"], False),
        (Scope(urls=("https://tea.example/**",)), [""], True),
        (Scope(), ["public"], False),
        (Scope(), [""], True),
        (Scope(("a/**",)), [], False),
    ],
)
def test_a_scope_knows_in_which_folders_it_lies(scope: Scope, folders: list[str], lies: bool) -> None:
    assert scope.lies_in(folders) is lies
