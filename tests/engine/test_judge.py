"""Pages of facts, judged by the built-in rules."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from checker import engine
from checker.checks import Check, Verdict
from checker.engine import Plan, Rules
from checker.engine.plan import Task, Variant
from checker.engine.rule import Call, Expect, Select
from checker.facts import Author, Credit, Image, Link, Notice, Page, Placement, Region, Spot, Tier, Verdicts
from checker.model import Confidence, Outcome, ReviewReason, Severity

LINK = Link(
    Spot(9),
    "https://www.kettles.example/dp/B01?tag=x-20",
    Tier.CERTAIN,
    "cj",
    "tag",
    Region.ARTICLE,
    host="www.kettles.example",
    rel=("sponsored",),
    place=10,
)
NOTICE = Notice(
    Spot(5, 0), "We earn a commission.", "affiliate", "clear", Placement.BEFORE, Region.ARTICLE, hidden=False, language="en", signals=("pays",)
)
AUTHOR = Author("Mara Lindqvist", "person", visible=True, sources=("byline",), spot=Spot(4, 0), href="/people/mara")
IMAGE = Image(Spot(6), "/boats.jpg", content=True, why="figure", credit=Credit("Photo: Ida Holm", "caption", spot=Spot(7, 0)))
PAGE = Page(
    "a.html", None, "en", "article", None, "2026-05-03", None, (LINK,), (), (NOTICE,), (AUTHOR,), (IMAGE,), Verdicts("clear_before", "person", "all"),
    headline=Spot(2), first_text=Spot(3),
)  # fmt: skip


@pytest.fixture(scope="session")
def plan(rules: Rules) -> Plan:
    return engine.plan(rules)


def fired(page: Page, plan: Plan) -> dict[str, str]:
    judgement = engine.judge(page, plan, "a.html")
    assert judgement.problems == ()
    return {rule: str(outcome) for rule, outcome in judgement.outcomes.items() if outcome not in (Outcome.PASS, Outcome.INAPPLICABLE)}


def with_notice(**changes: Any) -> Page:
    return replace(PAGE, notices=(replace(NOTICE, **changes),))


def test_a_good_page_has_no_finding(plan: Plan) -> None:
    judgement = engine.judge(PAGE, plan, "a.html")
    assert judgement.findings == ()
    assert set(judgement.outcomes) == {task.rule.id for task in plan.tasks}


@pytest.mark.parametrize(
    ("page", "rule"),
    [
        (replace(PAGE, notices=()), "AFF001"),
        (with_notice(placement=Placement.AFTER), "AFF002"),
        (with_notice(region=Region.PAGE_FOOTER), "AFF003"),
        (with_notice(kind="policy_link", clarity="weak"), "AFF004"),
        (with_notice(link_only=True, clarity="weak"), "AFF004"),
        (with_notice(hidden=True, hidden_by="style"), "AFF005"),
        (with_notice(hidden_by="details"), "AFF005"),
        (with_notice(clarity="weak"), "AFF007"),
        (with_notice(hidden=True, hidden_by="noscript"), "AFF023"),
        (with_notice(hidden=True, hidden_by="comment"), "AFF023"),
        (with_notice(hidden=True, hidden_by="alt"), "AFF015"),
        (replace(PAGE, links=(replace(LINK, rel=()),)), "LNK201"),
        (replace(PAGE, images=(replace(IMAGE, credit=None),)), "IMG401"),
        (replace(PAGE, images=(replace(IMAGE, credit=Credit("Ida Holm", "structured")),)), "IMG401"),
        (replace(PAGE, images=(replace(IMAGE, credit=Credit("Ida Holm", "alt_or_title")),)), "IMG404"),
        (replace(PAGE, images=(replace(IMAGE, credit=Credit("Internet", "caption", placeholder=True)),)), "IMG405"),
        (replace(PAGE, authors=()), "AUT501"),
        (replace(PAGE, authors=(replace(AUTHOR, name="Admin", kind="generic"),)), "AUT502"),
    ],
)
def test_one_fault_is_told_by_one_rule(plan: Plan, page: Page, rule: str) -> None:
    assert fired(page, plan) == {rule: "violation"}
    assert engine.judge(page, plan, "a.html").findings[0].rule == rule


def test_may_is_plain_in_the_united_states_and_not_in_the_kingdom(rules: Rules, plan: Plan) -> None:
    assert fired(with_notice(signals=("pays", "hedge")), plan) == {}
    assert fired(with_notice(signals=("pays", "hedge")), engine.plan(rules, ["uk"]))["AFF008"] == "violation"


def test_a_notice_without_paid_links(plan: Plan) -> None:
    page = replace(PAGE, links=())
    assert fired(page, plan) == {"AFF017": "violation"}
    assert fired(replace(page, links=(replace(LINK, affiliate=Tier.POSSIBLE),)), plan) == {}


@pytest.mark.parametrize(
    ("page", "rule", "reason"),
    [
        (replace(PAGE, notices=(), links=(replace(LINK, affiliate=Tier.POSSIBLE, rel=()),)), "AFF001", ReviewReason.POSSIBLE_LINKS),
        (with_notice(hidden=True, hidden_by="script"), "AFF001", ReviewReason.SCRIPT_REVEALED),
        (with_notice(hidden=True, hidden_by="style", revealable=True), "AFF005", ReviewReason.SCRIPT_REVEALED),
        (replace(PAGE, notices=(), encoding_certain=False), "AFF001", ReviewReason.UNCERTAIN_ENCODING),
        (replace(PAGE, authors=(replace(AUTHOR, visible=False, spot=None),)), "AUT501", ReviewReason.CLIENT_RENDERED),
    ],
)
def test_a_question_has_a_reason_and_is_a_question(plan: Plan, page: Page, rule: str, reason: ReviewReason) -> None:
    # AFF016 remarks beside AFF001 that the notice comes from a script.
    (finding,) = (finding for finding in engine.judge(page, plan, "a.html").findings if finding.rule != "AFF016")
    assert (finding.rule, finding.outcome) == (rule, Outcome.NEEDS_REVIEW)
    assert finding.review is not None
    assert finding.review.reason is reason
    assert finding.review.question.endswith("?")
    assert "{" not in finding.message
    assert "?" not in finding.message


def test_the_message_shows_both_places_once_they_are_located(plan: Plan) -> None:
    page = with_notice(placement=Placement.AFTER, place=10 + 4500)
    lines = {9: 41, 5: 212, 3: 40}

    def locate(spot: Spot) -> Spot:
        return replace(spot, line=lines[spot.node], column=1)

    (finding,) = engine.judge(page, plan, "a.html", locate).findings
    assert finding.message == (
        "www.kettles.example pays for this link (line 41), and the first plain notice comes only after it, about 900 words later (line 212)."
    )
    assert [(each.role, each.spot.line) for each in finding.evidence] == [("primary", 41), ("notice", 212), ("insertion", 40)]
    (unplaced,) = engine.judge(page, plan, "a.html").findings
    assert unplaced.message == "www.kettles.example pays for this link, and the first plain notice comes only after it, about 900 words later."
    assert unplaced.fingerprint == finding.fingerprint


def test_only_spots_of_findings_are_located(plan: Plan) -> None:
    asked: list[Spot] = []

    def locate(spot: Spot) -> Spot:
        asked.append(spot)
        return spot

    engine.judge(PAGE, plan, "a.html", locate)
    assert asked == []


def test_a_finding_of_links_is_one_for_each_target(plan: Plan) -> None:
    bare = replace(LINK, rel=())
    again = replace(bare, spot=Spot(12), href=bare.href + "&ascsubtag=end")
    other = replace(bare, spot=Spot(15), href="https://www.kettles.example/dp/B02?tag=x-20")
    findings = engine.judge(replace(PAGE, links=(bare, again, other)), plan, "a.html").findings
    assert [(finding.anchor, finding.values["found"], len(finding.evidence)) for finding in findings] == [
        ("kettles.example/dp/B01", 2, 2),
        ("kettles.example/dp/B02", 1, 1),
    ]


def test_forty_links_to_one_target_do_not_make_a_page_of_evidence(plan: Plan) -> None:
    links = tuple(replace(LINK, rel=(), spot=Spot(at)) for at in range(40))
    (finding,) = engine.judge(replace(PAGE, links=links), plan, "a.html").findings
    assert finding.values["found"] == 40
    assert len(finding.evidence) == 10


def test_the_sentence_to_paste_is_in_the_page_s_language_else_in_english(plan: Plan) -> None:
    for language, pasted in (("de", "de"), ("de-AT", "de"), ("xx", "en"), (None, "en")):
        (finding,) = engine.judge(replace(PAGE, notices=(), language=language), plan, "a.html").findings
        assert finding.paste_language == pasted
        assert finding.paste


def test_a_likely_link_makes_a_less_sure_finding(plan: Plan) -> None:
    page = replace(PAGE, notices=(), links=(replace(LINK, affiliate=Tier.LIKELY),))
    assert engine.judge(page, plan, "a.html").findings[0].confidence is Confidence.MEDIUM
    assert engine.judge(replace(PAGE, notices=()), plan, "a.html").findings[0].confidence is Confidence.HIGH


def test_a_rule_that_crashes_is_not_checked_and_the_others_go_on(rules: Rules, plan: Plan) -> None:
    def crash(_subject: Any, _page: Page) -> Verdict:
        raise RuntimeError("no such day")

    rule = replace(rules.rules["AUT501"], id="AUT999")
    task = Task(rule, (Variant(Expect(), Expect(any=(Call(Check("crash", "page", (), crash)),)), {"us": Severity.ERROR}),), {})
    crashing = replace(plan, groups=((Select("page"), (task,)), *plan.groups))
    judgement = engine.judge(replace(PAGE, notices=()), crashing, "a.html")
    assert judgement.outcomes["AUT999"] is Outcome.NOT_CHECKED
    assert judgement.problems == ("AUT999: the rule crashed: RuntimeError: no such day",)
    assert [finding.rule for finding in judgement.findings] == ["AFF001"]


def test_the_cost_of_each_rule_is_measured_by_the_clock_that_is_handed_in(plan: Plan) -> None:
    ticks = iter(range(1000))
    judgement = engine.judge(PAGE, plan, "a.html", clock=lambda: float(next(ticks)))
    assert set(judgement.seconds) == set(judgement.outcomes)
    assert set(judgement.seconds.values()) == {1.0}
    assert engine.judge(PAGE, plan, "a.html").seconds == {}


def test_the_same_page_gives_the_same_judgement(plan: Plan) -> None:
    page = replace(PAGE, notices=(), authors=(), images=(replace(IMAGE, credit=None), IMAGE))
    assert engine.judge(page, plan, "a.html") == engine.judge(page, plan, "a.html")
