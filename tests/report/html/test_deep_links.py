"""What is shown stands in the address: kept, sent and gone back to, it shows the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Reads = Callable[..., Any]
LATE = "fixtures%2Fpages%2Famp-late-notice%2Fpage.html"
PLACES = [
    "#view=overview",
    "#view=causes",
    "#view=causes&by=author&network=amazon",
    "#view=pages&rule=AUT505&network=amazon&sort=title&q=kettle",
    "#view=pages&state=asked",
    "#view=questions&rule=AFF001",
    "#view=record",
    f"#page={LATE}",
    f"#page={LATE}&finding=1&network=skimlinks",
]
_VIEW = """() => ({ text: document.querySelector('main').textContent, title: document.title, focus: document.activeElement.id,
    fields: [...document.querySelectorAll('main select, main input')].map(field => field.type === 'radio' ? field.checked : field.value) })"""


@pytest.mark.parametrize("place", PLACES)
def test_a_kept_address_shows_the_same_in_another_tab(reads: Reads, told: Any, place: str) -> None:
    reader = reads(told.path)
    # Reached by steps, from another place.
    reader.at("#view=record").at(place)
    there = reader.tab.evaluate(_VIEW)
    kept = reader.tab.evaluate("location.hash")
    again = reads(told.path, kept).tab.evaluate(_VIEW)
    if "finding=" not in place:
        there.pop("focus"), again.pop("focus")
    assert again == there
    assert len(there["text"]) > 100


def test_back_and_forward(reads: Reads, told: Any) -> None:
    reader = reads(told.path)
    seen = [reader.tab.evaluate(_VIEW)]
    reader.click("nav.views a[href*='view=pages']")
    reader.tab.locator('select[data-facet="rule"]').select_option("AUT505")
    seen.append(reader.settled().tab.evaluate(_VIEW))
    reader.click("ol.pages h2 a")
    seen.append(reader.tab.evaluate(_VIEW))
    reader.click("nav.steps a[rel=next]")
    seen.append(reader.tab.evaluate(_VIEW))
    assert len({view["text"] for view in seen}) == 4

    def same(there: dict[str, Any]) -> bool:
        now = reader.settled().tab.evaluate(_VIEW)
        return bool((now["text"], now["title"], now["fields"]) == (there["text"], there["title"], there["fields"]))

    for there in (seen[2], seen[1]):
        reader.tab.go_back()
        assert same(there)
    reader.tab.go_back()
    assert reader.settled().count == len(told.pages)
    reader.tab.go_back()
    assert same(seen[0])
    for _ in range(2):
        reader.tab.go_forward()
    assert same(seen[1])


def test_from_view_to_view_the_filters_stay(reads: Reads, told: Any) -> None:
    reader = reads(told.path, "#view=pages&rule=AUT505&network=amazon")
    for view in ("causes", "questions", "pages"):
        reader.click(f"nav.views a[href*='view={view}']")
        assert reader.address == {"view": view, "rule": "AUT505", "network": "amazon"}
        assert reader.tab.locator("nav.views a[aria-current=page]").count() == 1


@pytest.mark.parametrize("place", ["#page=gone.html", "#page=", "#page=constructor", "#page=__proto__&finding=1", "#page=gone.html&view=questions"])
def test_a_page_that_the_report_does_not_hold(reads: Reads, told: Any, tabs: Any, place: str) -> None:
    reader = reads(told.path, place)
    if place != "#page=":
        assert reader.tab.locator("main .empty").is_visible()
        reader.click("main .empty a")
    else:
        reader.click("nav.views a[href*='view=pages']")
    assert len(reader.rows) == len(told.pages)
    assert tabs.faults == []


@pytest.mark.parametrize(
    "place",
    ["#view=nothing", "#view=constructor", "#view=toString", "#view=__proto__", "#", "#&&==&", "#%",
     "#view=pages&sort=constructor", "#__proto__=a&constructor=b",
     f"#page={LATE}&finding=99", f"#page={LATE}&finding=x%22%5D", f"#page={LATE}&show=frozen"],
)  # fmt: skip
def test_an_address_that_means_nothing_still_shows_the_report(reads: Reads, told: Any, tabs: Any, place: str) -> None:
    reader = reads(told.path, place)
    assert reader.title
    assert len(reader.tab.inner_text("main")) > 200
    assert tabs.faults == []


def test_an_order_that_there_is_not_is_the_usual_one(reads: Reads, told: Any) -> None:
    usual = reads(told.path, "#view=pages").rows
    for order in ("constructor", "nothing"):
        reader = reads(told.path, f"#view=pages&sort={order}")
        assert reader.rows == usual
        assert reader.tab.locator("#sort").input_value() == "worst"


def test_an_address_of_any_page_survives_copying(reads: Reads, told: Any) -> None:
    reader = reads(told.path, "#view=pages")
    for source in reader.rows[::15]:
        reader.of(source)
        assert source in reader.tab.inner_text(".page-head")
