"""Pages that a browser drew, in every report: what was measured, at which sizes, and where the markup says otherwise."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.facts import Verdicts
from checker.model import Contradiction, Finding, Outcome, PageReport
from checker.report import FORMATS, make
from checker.report.drawing import drawn_at, listed, not_measurable, seen_at
from checker.report.entries import finding_entry, page_entry, summary_entry
from checker.report.rendering import rendering_entry, restored, view_entry, view_of
from checker.report.restore import finding_of, page_report
from checker.report.run import Closing, Look, Run
from checker.report.summary import counted
from checker.schemas import validate
from checker.schemas.quick import quick
from checker.sight import Box, Doubt, Drawn, Sight, Unseen, View

Finds = Callable[..., Finding]
Reports = Callable[..., PageReport]
Closes = Callable[..., Closing]
SEEN = Verdicts("clear_before", "person", "all")
PHONE = View(
    390,
    844,
    notices=(Sight(boxes=(Box(16, 20.5, 358, 24), Box(16, 44.5, 120, 24)), size=12.0, ratio=0.67, contrast=2.1, by_pixels=True, screens=0.02), None),
    links=(Sight(Unseen.DISPLAY, 0.0), Sight(boxes=(Box(0, 900, 80, 20),), stuck="sticky", after="Ad")),
    images=(None,),
    credits=(Sight(Unseen.HOVER, 0.0),),
    authors=(Sight(size=14, before="By "),),
    text_size=18.0,
    text_contrast=15.9,
    column=Box(16, 0, 358, 4000),
    page_width=390,
    page_height=5120.0,
)
LOST = View(1366, 768, (Doubt.STYLE_SHEET, Doubt.UNSTYLED))
DRAWN = Drawn("Chromium 156", (PHONE, LOST), ("Liberation Serif",), scripted=True, unloaded=("https://a.example/s.css", "t.css"))
CONTRADICTION = Contradiction("AFF005", Outcome.VIOLATION, Outcome.PASS, "390x844")


WHY = "2 style sheets did not load (https://a.example/s.css, t.css), no style sheet shapes it; give them beside the page, or --render-network"


@pytest.fixture
def drawn(report: Reports, finding: Finds) -> PageReport:
    found = finding(basis="rendered", static=Outcome.PASS, view="390x844", views=("390x844", "1366x768"))
    return report(found, drawn=DRAWN, seen=(SEEN, None), contradictions=(CONTRADICTION,))


def told(run: Run, closing: Closes, *reports: PageReport, name: str = "text", look: Look | None = None) -> str:
    format_ = make(name, FORMATS, look or Look())
    return format_.start(run) + "".join(map(format_.page, reports)) + format_.end(closing(*reports))


# JSON -------------------------------------------------------------------------------------------------------------------------------------
def test_what_was_measured_comes_back_as_it_was(drawn: PageReport) -> None:
    page, finding = json.loads(json.dumps([page_entry(drawn), finding_entry(drawn.findings[0], "a.html")]))
    assert page_report(page, [finding]).drawn == drawn.drawn
    assert page_report(page, [finding]) == replace(drawn, page=None, findings=(finding_of(finding),))
    again = finding_of(finding)
    assert (again.basis, again.static, again.view, again.views) == ("rendered", Outcome.PASS, "390x844", ("390x844", "1366x768"))


def test_the_schema_knows_it(drawn: PageReport) -> None:
    page, finding = json.loads(json.dumps([page_entry(drawn), finding_entry(drawn.findings[0], "a.html")]))
    assert validate("report-line", {"type": "page", **page}) == []
    assert validate("report-line", {"type": "finding", **finding}) == []
    assert quick("report", "page")(page)
    assert quick("report", "finding")(finding)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (lambda page: page["rendering"].pop("browser"), "browser"),
        (lambda page: page["rendering"]["views"][0].update(viewport="wide"), "viewport"),
        (lambda page: page["rendering"]["views"][0].update(doubts=["rain"]), "doubts"),
        (lambda page: page["rendering"]["views"][0]["notices"][0].update(unseen="gone"), "unseen"),
        (lambda page: page["rendering"]["views"][0]["notices"][0].update(contrast=40), "contrast"),
        (lambda page: page["rendering"]["views"][0]["notices"][0]["boxes"][0].pop("x"), "boxes"),
        (lambda page: page["rendering"]["contradictions"][0].update(static="maybe"), "static"),
        (lambda page: page.pop("rendering"), "rendering"),
    ],
)
def test_what_is_wrong_in_it_is_seen(drawn: PageReport, change: Callable[[dict[str, Any]], object], wrong: str) -> None:
    page = json.loads(json.dumps(page_entry(drawn)))
    change(page)
    faults = validate("report-line", {"type": "page", **page})
    assert faults
    assert wrong in " ".join(faults) or "rendering" in " ".join(faults)
    assert not quick("report", "page")(page)


def test_a_page_that_nobody_drew_has_none(report: Reports) -> None:
    assert page_entry(report())["rendering"] is None
    assert restored(None) == (None, (), ())


def test_of_many_links_the_first_fifty_are_told(report: Reports) -> None:
    many = replace(PHONE, links=PHONE.links * 60)
    entry = rendering_entry(report(drawn=Drawn("Chromium", (many,)), seen=(SEEN,)))
    assert entry is not None
    assert len(entry["views"][0]["links"]) == 50
    assert view_of(view_entry(many, most=None)) == many
    # What was cut stays as it is when it is read and written again.
    again, verdicts, _ = restored(entry)
    assert rendering_entry(report(drawn=again, seen=verdicts)) == entry


LENGTH = st.floats(-1e6, 1e6)
BOXES = st.builds(Box, LENGTH, LENGTH, LENGTH, LENGTH)
SIGHTS = st.builds(
    Sight,
    st.none() | st.sampled_from(Unseen),
    st.floats(0, 1),
    st.lists(BOXES, max_size=2).map(tuple),
    st.none() | st.floats(0, 99),
    st.none() | st.floats(0, 9),
    st.none() | st.floats(1, 21),
    st.booleans(),
    st.none() | st.floats(-1, 99),
    st.none() | st.just("fixed"),
    st.text(max_size=5),
    st.text(max_size=5),
)
MANY = st.lists(st.none() | SIGHTS, max_size=3).map(tuple)
SOME = st.none() | st.floats(0, 9999)
VIEWS = st.builds(
    View, st.integers(1, 9999), st.integers(1, 9999), st.lists(st.sampled_from(Doubt)).map(tuple), MANY, MANY, MANY, MANY, MANY, SOME,
    st.none() | st.floats(1, 21), st.none() | BOXES, SOME, SOME, st.booleans(),
)  # fmt: skip


@given(VIEWS, st.none() | st.just(SEEN))
def test_any_measurements_come_back(view: View, verdicts: Verdicts | None) -> None:
    entry = json.loads(json.dumps(view_entry(view, verdicts)))
    assert view_of(entry) == view
    assert quick("report", "view")(entry)


def test_counts(report: Reports, drawn: PageReport) -> None:
    right = report(drawn=Drawn("Chromium", (PHONE,)), seen=(SEEN,))
    summary = counted([drawn, right, report(), report(drawn=Drawn("Chromium", ()))])
    assert (summary.drawn, summary.not_measurable) == (3, 2)
    assert summary_entry(summary)["rendered"] == {"drawn": 3, "not_measurable": 2}


# Text -------------------------------------------------------------------------------------------------------------------------------------
def test_a_person_is_told_what_was_drawn_and_what_was_not(run: Run, closing: Closes, drawn: PageReport) -> None:
    shown = told(run, closing, drawn)
    assert shown.splitlines()[:4] == [
        "a.html (article, en; 1 finding)",
        "  drawn at 390x844 (Chromium 156, scripts off)",
        f"  not measurable at 1366x768: {WHY}",
        "  AFF005 at 390x844: pass; the markup alone: violation",
    ]
    assert "  seen: at 390x844 and 1366x768; the markup alone: pass\n" in shown
    assert "NOT MEASURABLE: 1\n  a.html: at 1366x768: 2 style sheets did not load" in shown
    assert "  drawn by a browser: 1 page, 1 of them not measurable at some size\n" in shown


def test_a_contradiction_is_told_though_no_finding_is_left(run: Run, closing: Closes, report: Reports) -> None:
    page = report(drawn=Drawn("Chromium 156", (PHONE,), scripts=True), seen=(SEEN,), contradictions=(CONTRADICTION,))
    shown = told(run, closing, page)
    assert shown.splitlines()[:3] == [
        "a.html (article, en; no finding)",
        "  drawn at 390x844 (Chromium 156, scripts on)",
        "  AFF005 at 390x844: pass; the markup alone: violation",
    ]
    assert "NOT MEASURABLE" not in shown
    assert told(run, closing, replace(page, contradictions=())).startswith("Summary")


def test_quiet_is_loud_about_what_was_not_measurable(run: Run, closing: Closes, drawn: PageReport) -> None:
    shown = told(run, closing, drawn, look=Look(quiet=True))
    assert "NOT MEASURABLE: 1\n" in shown
    assert "drawn at" not in shown


@pytest.mark.parametrize(
    ("doubts", "changes", "words"),
    [
        ((Doubt.STYLE_SHEET,), {"unloaded": ("s.css",)}, "1 style sheet did not load (s.css); give them beside the page, or --render-network"),
        ((Doubt.STYLE_SHEET,), {"unloaded": tuple("abcde")}, "5 style sheets did not load (a, b, c, and 2 more); give them beside the page, "),
        ((Doubt.STYLE_SHEET,), {"unloaded": ("s.css",), "network": True}, "1 style sheet did not load (s.css)"),
        ((Doubt.UNSTYLED,), {}, "no style sheet shapes it; save the page with its style, or --render-network"),
        ((Doubt.SCRIPTED,), {}, "readers do not see its text until its scripts have run; --render-js runs them"),
        ((Doubt.SCRIPTED,), {"scripts": True}, "readers do not see its text until its scripts have run"),
        ((Doubt.WIDE,), {}, "it was drawn wider than the window"),
        ((Doubt.UNJOINED,), {}, "its notices and links were not found in the drawn page"),
        ((Doubt.CRASHED,), {}, "the browser crashed"),
        ((Doubt.TIMED_OUT,), {}, "the browser took too long"),
    ],
)
def test_each_doubt_says_why_and_what_to_do(report: Reports, doubts: tuple[Doubt, ...], changes: dict[str, Any], words: str) -> None:
    views = (View(390, 844, doubts), View(1366, 768, doubts))
    page = report(drawn=Drawn("Chromium", views, **changes))
    assert (not_measurable(page) or "").startswith(f"at 390x844 and 1366x768: {words}")
    assert drawn_at(page) is None


def test_hostile_names_do_not_reach_the_terminal(run: Run, closing: Closes, report: Reports) -> None:
    drawn = Drawn("Chro\x1b[31mmium", (PHONE, LOST), unloaded=("\x1b]0;x\x07\n.css",))
    assert "\x1b" not in told(run, closing, report(drawn=drawn, contradictions=(CONTRADICTION,)))


def test_a_page_that_was_never_drawn_says_so(report: Reports) -> None:
    assert not_measurable(report(drawn=Drawn("Chromium", ()))) == "at any size: it was not drawn"
    assert (not_measurable(report()), drawn_at(report())) == (None, None)


def test_a_size_is_told_where_it_makes_a_difference(finding: Finds, report: Reports) -> None:
    page = report(drawn=DRAWN)
    assert seen_at(finding(views=("390x844",)), page) is None
    rendered: dict[str, Any] = {"basis": "rendered", "view": "390x844"}
    assert seen_at(finding(**rendered, static=Outcome.VIOLATION, views=("390x844",)), page) == "at 390x844"
    assert seen_at(finding(**rendered, static=Outcome.VIOLATION, views=("390x844", "1366x768")), page) is None
    assert seen_at(finding(**rendered), page) == "at 390x844"
    assert listed(["a", "b", "c"]) == "a, b and c"


# Other formats ----------------------------------------------------------------------------------------------------------------------------
def test_sarif_csv_markdown_and_brief_say_it_too(run: Run, closing: Closes, drawn: PageReport) -> None:
    (result,) = json.loads(told(run, closing, drawn, name="sarif"))["runs"][0]["results"]
    assert {name: result["properties"][name] for name in ("basis", "static", "view", "views")} == {
        "basis": "rendered", "static": "pass", "view": "390x844", "views": ["390x844", "1366x768"],
    }  # fmt: skip
    row = next(csv.DictReader(io.StringIO(told(run, closing, drawn, name="csv"))))
    assert (row["basis"], row["static"], row["views"]) == ("rendered", "pass", "390x844 1366x768")
    markdown = told(run, closing, drawn, name="markdown")
    assert "Seen at 390x844 and 1366x768; the markup alone: pass." in markdown
    assert "not measurable at 1366x768" in markdown
    assert "drawn: 1; not measurable at some size: 1\n" in told(run, closing, drawn, name="summary")
