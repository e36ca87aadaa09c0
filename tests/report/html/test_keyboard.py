"""By keyboard alone: everything is reached, opened and left again, and the focus is seen and goes where the reader goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Reads = Callable[..., Any]
LATE = "#page=fixtures%2Fpages%2Famp-late-notice%2Fpage.html"
# What has the focus, and whether somebody who looks can tell.
_FOCUS = """() => { const at = document.activeElement; const style = getComputedStyle(at); const box = at.getBoundingClientRect(); return {
    name: at.localName, id: at.id, text: (at.innerText || at.ariaLabel || '').trim().slice(0, 40), href: at.getAttribute('href'),
    classes: at.className,
    facet: at.dataset.facet || null, seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    inside: box.width > 0 && box.bottom > 0 && box.top < innerHeight }; }"""


def tabbed(tab: Any, most: int = 400) -> list[dict[str, Any]]:
    """What is met from the top to the end."""
    tab.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    met: list[dict[str, Any]] = []
    for _ in range(most):
        tab.keyboard.press("Tab")
        at = tab.evaluate(_FOCUS)
        if at["name"] == "body":
            return met
        met.append(at)
    raise AssertionError(f"no end: {met[-3:]}")


@pytest.mark.parametrize(
    "place", ["#view=overview", "#view=causes&rule=AFF002", "#view=pages&network=awin", "#view=questions&rule=AFF005", "#view=record", LATE]
)
def test_tab_goes_through_everything_that_can_be_used(reads: Reads, told: Any, place: str) -> None:
    reader = reads(told.path, place)
    met = tabbed(reader.tab)
    assert "skip" in met[0]["classes"]
    assert [each["href"] for each in met[2:7]] == reader.tab.evaluate(
        "() => [...document.querySelectorAll('nav.views a')].map(link => link.getAttribute('href'))"
    )
    for each in met:
        assert each["seen"], f"nobody sees the focus: {each}"
        assert each["inside"], f"out of sight: {each}"
    # As many as there are, and none twice.
    usable = reader.tab.evaluate(
        """() => [...document.querySelectorAll('a[href], button:not(:disabled), select, input, summary, [tabindex="0"]')]
        .filter(element => element.checkVisibility() && !(element.type === 'radio' && element.value && !element.checked)).length"""
    )
    assert len(met) == usable


def test_the_skip_link_leads_past_the_views(reads: Reads, told: Any) -> None:
    reader = reads(told.path, "#view=pages")
    reader.tab.keyboard.press("Tab")
    link = reader.tab.locator("a.skip")
    assert link.bounding_box()["y"] >= 0
    reader.tab.keyboard.press("Enter")
    assert reader.settled().focused.startswith("main#main.")
    assert reader.address == {"view": "pages"}
    reader.tab.keyboard.press("Tab")
    assert reader.tab.evaluate(_FOCUS)["id"] == "search"


def test_enter_opens_and_the_focus_goes_to_the_new_heading(reads: Reads, told: Any) -> None:
    reader = reads(told.path)
    for view in ("causes", "pages", "questions", "record", "overview"):
        reader.tab.locator(f"nav.views a[href*='view={view}']").focus()
        reader.tab.keyboard.press("Enter")
        assert reader.settled().focused.startswith("h1#. ")
        assert reader.title
    reader.at("#view=pages")
    reader.tab.locator("ol.pages h2 a").nth(2).focus()
    reader.tab.keyboard.press("Enter")
    assert reader.settled().focused.startswith("h1#. ")
    assert reader.tab.evaluate("scrollY") == 0
    reader.tab.locator("a[rel=next]").focus()
    reader.tab.keyboard.press("Enter")
    assert reader.settled().focused.startswith("h1#. ")


def test_filters_by_keyboard_keep_the_focus(reads: Reads, told: Any) -> None:
    reader = reads(told.path, "#view=pages")
    reader.tab.locator('select[data-facet="rule"]').focus()
    reader.tab.keyboard.press("ArrowDown")
    assert reader.until("() => location.hash.includes('rule=')").tab.evaluate(_FOCUS)["facet"] == "rule"
    reader.tab.locator("#sort").focus()
    reader.tab.keyboard.press("ArrowDown")
    assert reader.until("() => location.hash.includes('sort=')").tab.evaluate(_FOCUS)["id"] == "sort"
    more = reader.tab.locator("details.more > summary")
    more.focus()
    reader.tab.keyboard.press("Enter")
    reader.tab.keyboard.press("Tab")
    assert reader.tab.evaluate(_FOCUS)["facet"] == "author"
    reader.tab.keyboard.press("ArrowDown")
    assert reader.until("() => location.hash.includes('author=')").tab.evaluate(_FOCUS)["facet"] == "author"


def test_taking_out_a_filter_does_not_send_the_reader_to_the_top(reads: Reads, told: Any) -> None:
    reader = reads(told.path, "#view=pages&rule=AUT505&network=amazon")
    reader.tab.locator(".chips a.chip").first.focus()
    reader.tab.keyboard.press("Enter")
    assert reader.settled().tab.locator(".chips a.chip").count() == 1
    assert reader.tab.evaluate("() => document.querySelector('main').contains(document.activeElement)")
    reader.tab.locator(".chips a.clear").focus()
    reader.tab.keyboard.press("Enter")
    assert reader.settled().address == {"view": "pages"}
    assert reader.tab.evaluate("() => document.querySelector('main').contains(document.activeElement)")


def test_questions_are_answered_by_keyboard(reads: Reads, told: Any) -> None:
    reader = reads(told.path, "#view=questions&rule=AFF005")
    reader.tab.locator("fieldset.answer input[value='']").first.focus()
    reader.tab.keyboard.press("ArrowUp")
    assert reader.tab.evaluate("document.activeElement.value") == "no"
    assert reader.settled().tab.locator("#answers").inner_text()
    reader.tab.keyboard.press("ArrowUp")
    assert reader.tab.evaluate("[document.activeElement.value, document.activeElement.checked]") == ["yes", True]


def test_from_an_outline_number_to_its_finding_and_to_its_place(reads: Reads, told: Any) -> None:
    reader = reads(told.path, LATE)
    reader.tab.locator(".outline .numbers a").first.focus()
    reader.tab.keyboard.press("Enter")
    assert reader.settled().focused.startswith(f"li#finding-{reader.address['finding']}.")
    reader.tab.keyboard.press("Tab")
    reader.tab.locator(".finding .places button").first.focus()
    reader.tab.keyboard.press("Enter")
    assert reader.tab.locator(".block.shown").count() == 1
