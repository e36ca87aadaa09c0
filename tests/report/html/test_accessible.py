"""Everybody can use the report: axe-core finds nothing in any view, light or dark, on a phone or a desk, with everything opened."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from checker.model import PageReport

Reads = Callable[..., Any]
PLACES = (
    "#view=overview", "#view=causes", "#view=causes&by=author", "#view=pages&rule=AUT505&network=amazon", "#view=pages&q=nobody+at+all",
    "#view=questions",
    "#view=record", "#page=fixtures%2Fpages%2Ffooter-notice-fr%2Fpage.html",
    "#page=fixtures%2Fpages%2Frevealed-by-plugin%2Fpage.html&finding=1",
    "#page=fixtures%2Fpages%2Fstory-about-affiliates%2Fpage.html", "#page=gone",
)  # fmt: skip
_OPEN = "() => { for (const each of document.querySelectorAll('details')) each.open = true; }"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_axe_finds_nothing(reads: Reads, told: Any, axe: Callable[[Any], list[Any]], scheme: str, size: tuple[int, int]) -> None:
    reader = reads(told.path, size=size, scheme=scheme)
    for place in PLACES:
        reader.at(place)
        if "questions" in place:
            reader.tab.locator("fieldset.answer input[value=no]").first.check()
        reader.tab.evaluate(_OPEN)
        assert axe(reader.tab) == [], place
        # Nothing is wider than the window.
        assert reader.tab.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"), place


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_there_is_nothing(
    reads: Reads, written: Callable[..., Path], unread: PageReport, axe: Callable[[Any], list[Any]], scheme: str
) -> None:
    for name, pages in (("none", ()), ("unread", (unread,))):
        reader = reads(written(*pages, name=f"{name}.html"), scheme=scheme)
        for view in ("overview", "causes", "pages", "questions", "record"):
            assert axe(reader.at(f"#view={view}").tab) == [], (name, view)


def test_without_scripts(tabs: Any, told: Any, reads: Reads, axe: Callable[[Any], list[Any]]) -> None:
    # axe-core is a script: it is asked of the same text in a tab that runs some.
    plain = told.path.read_text("utf-8").split("<noscript>")[1].split("</noscript>")[0]
    reader = reads(told.path)
    reader.tab.evaluate("plain => { document.body.innerHTML = plain; }", plain)
    assert axe(reader.tab) == []


def test_one_heading_of_the_first_level_and_none_left_out(reads: Reads, told: Any) -> None:
    reader = reads(told.path)
    for place in PLACES[:-1]:
        levels = reader.at(place).tab.evaluate(
            "() => [...document.querySelectorAll('main :is(h1, h2, h3, h4)')].map(title => Number(title.localName[1]))"
        )
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), (place, levels)


def test_what_changes_is_said(reads: Reads, told: Any) -> None:
    reader = reads(told.path, "#view=pages")
    assert reader.tab.locator("main .count").get_attribute("role") == "status"
    assert reader.tab.locator("#told").get_attribute("role") == "status"
    titles = {reader.at(f"#view={view}").tab.title() for view in ("overview", "causes", "pages", "questions", "record")}
    assert len(titles) == 5
