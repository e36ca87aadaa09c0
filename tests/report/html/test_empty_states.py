"""Where there is little or nothing to show, each view says so in words, and says nothing good of what nobody looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checker.model import Finding, NotCheckedReason, PageReport

Reads = Callable[..., Any]
VIEWS = (
    "overview",
    "causes",
    "pages",
    "questions",
    "record",
    *(f"causes&by={by}" for by in ("rule", "section", "author", "network", "profile", "type")),
)
WRONG = "main .tag.wrong, main .tag.error, main .finding"


@pytest.fixture
def states(finding: Callable[..., Finding], report: Callable[..., PageReport], unread: PageReport) -> dict[str, tuple[PageReport, ...]]:
    skipped = PageReport("c.png", "skipped", "c.png", NotCheckedReason.NOT_HTML, "it is a picture")
    return {
        "nothing": (),
        "skipped": (skipped, replace(skipped, source="d.png")),
        "unread": (unread, replace(unread, source="e.html")),
        "clean": (report(), replace(report(), source="f.html")),
        "one": (report(finding()),),
        "one clean": (report(),),
        "clean and unread": (report(), unread),
        "waived": (report(finding(state="baselined")),),
    }


@pytest.fixture
def at(reads: Reads, written: Callable[..., Path], states: dict[str, tuple[PageReport, ...]]) -> Callable[[str], Any]:
    return lambda name: reads(written(*states[name], name=f"{name}.html"))


@pytest.mark.parametrize("name", ["nothing", "skipped", "unread", "clean", "one", "one clean", "clean and unread", "waived"])
def test_every_view_says_something(at: Callable[[str], Any], tabs: Any, name: str) -> None:
    reader = at(name)
    for view in VIEWS:
        reader.at(f"#view={view}")
        assert reader.title
        text = reader.tab.inner_text("main")
        assert len(text) > 40, view
        for wrong in ("NaN", "undefined", "null", "Infinity", "[object", " 1 pages", "1 findings", "1 causes"):
            assert wrong not in text, (view, wrong, text)
    for link in reader.at().tab.evaluate("() => [...document.querySelectorAll('main a')].map(link => link.getAttribute('href'))"):
        assert reader.at(link).title
    assert (tabs.asked, tabs.faults) == ([], [])


@pytest.mark.parametrize("name", ["nothing", "skipped", "unread"])
def test_what_was_not_checked_is_never_said_to_be_good(at: Callable[[str], Any], name: str) -> None:
    reader = at(name)
    for view in ("overview", "causes", "pages"):
        reader.at(f"#view={view}")
        assert reader.tab.locator(".tag.ok").count() == 0
        text = reader.tab.inner_text("main").lower()
        assert "in order" not in text
        assert "needs a change" not in text
        assert "100" not in text or "not checked" in text
    assert "nothing" in reader.at().title.lower()


@pytest.mark.parametrize(
    ("name", "rows"), [("nothing", []), ("skipped", []), ("unread", ["b .html", "e.html"]), ("clean", ["a.html", "f.html"]), ("one", ["a.html"])]
)
def test_the_list(at: Callable[[str], Any], name: str, rows: list[str]) -> None:
    reader = at(name).at("#view=pages")
    assert sorted(reader.rows) == rows
    assert reader.tab.locator("main .empty").count() == (not rows)
    assert reader.tab.get_by_role("button", name="CSV").is_disabled() == (not rows)


def test_a_page_that_could_not_be_read_says_why(at: Callable[[str], Any]) -> None:
    reader = at("unread").at("#view=pages").click("ol.pages h2 a")
    text = reader.tab.inner_text("main")
    assert "it is a PNG image" in text
    assert reader.tab.locator(".outline").count() == 0
    assert reader.tab.locator(WRONG).count() == 0


def test_a_page_where_nothing_is_wrong_says_so(at: Callable[[str], Any]) -> None:
    reader = at("one clean").of("a.html")
    assert reader.tab.locator("main .empty").is_visible()
    assert reader.tab.locator("main .tag.ok").count() == 1
    assert reader.tab.locator(WRONG).count() == 0
    assert reader.tab.locator("nav.steps a[rel]").count() == 0


def test_where_nothing_is_wrong_there_is_no_cause_and_no_question(at: Callable[[str], Any]) -> None:
    reader = at("clean")
    for view in ("causes", "questions", "causes&by=rule"):
        assert reader.at(f"#view={view}").tab.locator("main .empty").is_visible()
    assert reader.at().tab.locator("main .first").count() == 0


def test_what_was_skipped_is_named_under_record(at: Callable[[str], Any]) -> None:
    reader = at("skipped")
    reader.click(".lead a[href*='view=record']")
    text = reader.tab.inner_text("main")
    assert "c.png" in text
    assert "d.png" in text
