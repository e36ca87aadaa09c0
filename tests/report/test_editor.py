"""JSON for editors' tools: what each page asks of an editor."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from checker.facts import Region, Spot
from checker.model import Confidence, Evidence, Finding, NotCheckedReason, Outcome, PageReport, Review, ReviewReason, Severity, Waiver
from checker.outline import OutlineBlock
from checker.report import FORMATS, make
from checker.report.editor import Editor
from checker.report.rows import HELD
from checker.report.run import Closing, Look, Run
from checker.schemas import validate

Finds = Callable[..., Finding]
Reports = Callable[..., PageReport]
Closes = Callable[..., Closing]
Told = Callable[..., dict[str, Any]]
BLOCKS = (
    OutlineBlock("heading", Region.TITLE_AREA, "A story", level=1),
    OutlineBlock("paragraph", Region.ARTICLE, "Get it \u202enow.", ("link:1",)),
    OutlineBlock("gap", Region.RELATED, count=9),
)


@pytest.fixture
def told(run: Run, closing: Closes) -> Told:
    def made(*pages: PageReport, **changes: Any) -> dict[str, Any]:
        report = make("editor-json", FORMATS, Look())
        text = report.start(replace(run, **changes)) + "".join(map(report.page, pages)) + report.end(closing(*pages))
        whole: dict[str, Any] = json.loads(text)
        assert validate("editor", whole) == []
        return whole

    return made


def test_the_worst_comes_first_and_in_full(told: Told, finding: Finds, report: Reports) -> None:
    places = (
        Evidence("primary", "this link pays", Spot(3, None, "it", 9, 12, 5), 1),
        Evidence("insertion", "before this", Spot(1, None, "A", 2, 3, 1), 0),
    )
    page = report(
        finding(severity=Severity.INFO, message="A date is missing.", paste=None),
        finding(severity=Severity.ERROR, confidence=Confidence.MEDIUM, message="It may be so."),
        finding(evidence=places, message="No notice (line 3)\ntells it.", sentence="No notice\ntells it."),
        outline=BLOCKS,
    )
    (entry,) = told(page, regions={"article": "im Text"})["pages"]
    assert (entry["state"], entry["fails"], entry["wrong"], entry["others"]) == ("wrong", True, "No notice tells it.", 2)
    assert (entry["rule"], entry["severity"], entry["fix"]) == ("AFF001", "error", "Add a sentence.")
    assert entry["where"] == {
        "label": "this link pays", "line": 12, "column": 5, "quote": "it", "region": "article", "region_name": "im Text", "block": 1,
        "text": "Get it \ufffdnow.",
    }  # fmt: skip
    paste = entry["paste"]
    assert (paste["text"], paste["language"]) == ("We earn a commission.", "en")
    assert (paste["before"]["line"], paste["before"]["region_name"], paste["before"]["text"]) == (3, "title area", "A story")
    assert [(each["title"], each["section"], each["checked"], each["url"]) for each in entry["asked_by"]] == [
        ("Endorsement Guides", "255.5", "2026-01-01", "https://law.example/255")
    ]
    assert [each["message"] for each in entry["findings"]] == ["No notice tells it.", "It may be so.", "A date is missing."]
    assert entry["findings"][2]["paste"] is None
    assert (entry["title"], entry["authors"], entry["questions"], entry["waived"]) == ("A \ufffd[31mstory", [], [], [])


def test_questions_stand_apart_and_say_what_yes_means(told: Told, finding: Finds, report: Reports) -> None:
    review = Review(ReviewReason.POSSIBLE_LINKS, "Does this link pay?", "fault")
    page = report(finding(outcome=Outcome.NEEDS_REVIEW, review=review), finding(outcome=Outcome.NEEDS_REVIEW))
    (entry,) = told(page)["pages"]
    assert (entry["state"], entry["fails"], entry["wrong"], entry["where"], entry["asked_by"]) == ("asked", False, None, None, [])
    assert [(each["question"], each["yes"], each["reason"]) for each in entry["questions"]] == [
        ("Does this link pay?", "fault", "possible_links"),
        ("Does this link pay?", "fine", "possible_links"),
    ]
    assert told(page, fail_on="review")["pages"][0]["fails"]


@pytest.mark.parametrize(
    ("state", "findings", "changes"),
    [
        ("ok", (), {}),
        ("remarks", ({"severity": Severity.INFO},), {}),
        ("asked", ({"severity": Severity.INFO}, {"outcome": Outcome.NEEDS_REVIEW}), {}),
        ("wrong", ({"severity": Severity.WARNING}, {"outcome": Outcome.NEEDS_REVIEW}), {}),
        ("ok", ({"state": "suppressed"},), {}),
        # That the other rules found nothing does not make it ok.
        ("not_checked", (), {"outcomes": {"AFF009": Outcome.NOT_CHECKED}}),
        ("wrong", ({},), {"outcomes": {"AFF009": Outcome.NOT_CHECKED}}),
        ("not_checked", (), {"status": "not_checked", "page": None, "reason": NotCheckedReason.MISSING, "detail": "it is gone"}),
    ],
)
def test_a_page_has_one_state(
    told: Told, finding: Finds, report: Reports, state: str, findings: tuple[dict[str, Any], ...], changes: dict[str, Any]
) -> None:
    whole = told(report(*(finding(**each) for each in findings), **changes))
    assert whole["pages"][0]["state"] == state
    assert {name: count for name, count in whole["counts"].items() if count} == {"pages": 1, state: 1}


def test_pages_without_outline_have_their_places_all_the_same(told: Told, finding: Finds, report: Reports) -> None:
    far = Evidence("primary", "x", Spot(3, None, "it", 9, 12, 5), 7)
    for outline in (None, (), BLOCKS):
        where = told(report(finding(evidence=(far,)), outline=outline))["pages"][0]["where"]
        assert (where["line"], where["region"], where["region_name"], where["text"]) == (12, None, None, None)
    gap = replace(far, block=2)
    where = told(report(finding(evidence=(gap,)), outline=BLOCKS))["pages"][0]["where"]
    assert (where["region"], where["region_name"], where["text"]) == ("related", "related", None)


def test_what_is_waived_and_what_is_said_of_settings_is_told_apart(told: Told, finding: Finds, report: Reports) -> None:
    waived = finding(state="suppressed", waiver=Waiver("settings", "until the relaunch", "picture desk", "2026-12-31"))
    settings = PageReport("own.toml", "settings", "own.toml", findings=(finding(rule="WVR603", evidence=()),))
    whole = told(report(waived), settings, PageReport("none", "skipped", "none"))
    assert [page["source"] for page in whole["pages"]] == ["a.html"]
    (entry,) = whole["pages"][0]["waived"]
    assert (entry["why"], entry["owner"], entry["expires_on"]) == ("until the relaunch", "picture desk", "2026-12-31")
    assert [(each["source"], each["rule"]) for each in whole["settings"]] == [("own.toml", "WVR603")]
    assert whole["counts"]["skipped"] == 1


def test_nothing_in_it_ends_a_script_or_turns_the_text_around(run: Run, finding: Finds, report: Reports, closing: Closes) -> None:
    wild = "</script><!-- & \u202e \u2028 \x7f \ud800"
    page = report(finding(message=wild, paste=wild), source=wild, page_key=wild, outline=BLOCKS)
    made = make("editor-json", FORMATS, Look())
    text = made.start(run) + made.page(page) + made.end(closing(page))
    assert not set("<>&\u202e\u2028\x7f\ud800") & set(text)
    # What a tool finds the page by is as it was.
    assert json.loads(text)["pages"][0]["source"] == wild


def test_many_pages_are_not_held_in_memory(run: Run, finding: Finds, report: Reports, closing: Closes) -> None:
    made = make("editor-json", FORMATS, Look())
    made.start(run)
    page = report(finding(message="x" * 20_000))
    for _ in range(2 * HELD // 20_000):
        made.page(page)
    assert isinstance(made, Editor)
    assert sum(map(len, made._pages._held)) <= HELD
    assert len(json.loads(made.end(closing(page)))["pages"]) == 2 * HELD // 20_000
