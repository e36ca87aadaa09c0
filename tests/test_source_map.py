"""Addresses and the files behind them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.source_map import SourceMap

STATIC = SourceMap((("https://tea.example/*", "public/*"),))
POSTS = SourceMap((("https://tea.example/*/", "content/*.html"), ("https://tea.example/", "content/home.html")))


@pytest.mark.parametrize(
    ("of", "path", "url"),
    [
        (STATIC, "public/pots/index.html", "https://tea.example/pots/"),
        (STATIC, "public/index.html", "https://tea.example/"),
        (STATIC, "public/a b/kettle ä.html", "https://tea.example/a%20b/kettle%20%C3%A4.html"),
        (POSTS, "content/2026/kettle.html", "https://tea.example/2026/kettle/"),
        (POSTS, "content/home.html", "https://tea.example/home/"),
    ],
)
def test_a_file_has_an_address(of: SourceMap, path: str, url: str) -> None:
    assert of.url(path) == url
    assert of.path(url) == path


@pytest.mark.parametrize(
    ("of", "url", "path"),
    [
        (STATIC, "https://tea.example/pots/?from=feed#top", "public/pots/index.html"),
        (STATIC, "https://other.example/pots/", None),
        (STATIC, "https://tea.example/%2e%2e/%2e%2e/etc/passwd", None),
        (STATIC, "https://tea.example/../../etc/passwd", None),
        (POSTS, "https://tea.example/", "content/home.html"),
        (POSTS, "https://tea.example/a", None),
    ],
)
def test_an_address_has_a_file_inside_of_its_folder_or_none(of: SourceMap, url: str, path: str | None) -> None:
    assert of.path(url) == path


def test_what_no_pair_speaks_of_has_no_address() -> None:
    assert STATIC.url("drafts/a.html") is None
    assert SourceMap().url("a.html") is None


def test_the_first_pair_that_fits_counts() -> None:
    both = SourceMap((("https://new.example/*", "public/new/*"), ("https://tea.example/*", "public/*")))
    assert both.url("public/new/a.html") == "https://new.example/a.html"
    assert both.url("public/a.html") == "https://tea.example/a.html"


def test_an_empty_middle_does_not_count_twice() -> None:
    assert SourceMap((("https://a.example/x*x", "p*"),)).path("https://a.example/x") is None


@given(st.text(alphabet="abc/ ä%?#.&=", min_size=1, max_size=20).filter(lambda text: ".." not in text and not text.endswith("/")))
def test_there_and_back(name: str) -> None:
    path = f"public/{name}"
    url = STATIC.url(path)
    assert url is not None
    assert STATIC.path(url) == path
