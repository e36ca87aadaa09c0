"""A page judged as readers see it at several sizes of window: the worst size counts, and what the markup says is kept beside it."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from checker import engine
from checker.checks import Check, Verdict
from checker.engine import Judgement, Plan, Rules
from checker.engine.plan import Task, Variant
from checker.engine.rendered import judge_drawn
from checker.engine.rule import Call, Expect, Select
from checker.facts import Credit, Image, Link, Notice, Page, Placement, Region, Spot, Tier, Verdicts
from checker.model import Outcome, ReviewReason, Severity
from checker.sight import Box, Doubt, Drawn, Sight, Unseen, View

LINK = Link(
    Spot(20), "https://shop.example/a?tag=a", Tier.CERTAIN, "shop", "its tag", Region.ARTICLE, rel=("sponsored",), host="shop.example", place=90
)
NOTICE = Notice(
    Spot(5, 0), "We earn a commission.", "affiliate", "clear", Placement.BEFORE, Region.ARTICLE, hidden=False, language="en", signals=("pays",)
)
IMAGE = Image(Spot(6), "/boats.jpg", content=True, why="figure", credit=Credit("Photo: Ida Holm", "caption", spot=Spot(7, 0)))
VERDICTS = Verdicts("clear_before", "none", "all")
PAGE = Page("a.html", None, "en", "other", None, None, None, (LINK,), (), (NOTICE,), (), (IMAGE,), VERDICTS)
FACTS = ("static", "site", "rendered")
STATIC, SAME = "static", None
HIDDEN = Sight(Unseen.DISPLAY)


@pytest.fixture(scope="module")
def plan() -> Plan:
    from checker.packs import built_in

    return engine.plan(engine.load([built_in()]), facts=FACTS)


def at(y: float, **changes: Any) -> Sight:
    looks: dict[str, Any] = {"size": 18.0, "ratio": 1.0, "contrast": 16.0, "screens": y / 844}
    return Sight(boxes=(Box(16, y, 200, 20),), **(looks | changes))


def size(width: int, notice: Sight | None = None, *doubts: Doubt, credit: Sight | None = None) -> View:
    sights = {"notices": (notice or at(100),), "links": (at(300),), "images": (at(400),), "credits": (credit or at(500),)}
    return View(width, 844, doubts, **sights, text_size=18.0, text_contrast=16.0, column=Box(16, 0, 358, 4000))  # type: ignore[arg-type]


def drawn_at(*views: View, page: Page = PAGE, plan: Plan, **changes: Any) -> Judgement:
    return judge_drawn(page, Drawn("Chromium", views, **changes), plan, "a.html")


def told(judgement: Judgement) -> dict[str, tuple[str, str, str | None, str | None, tuple[str, ...]]]:
    assert judgement.problems == ()
    return {each.rule: (str(each.outcome), each.basis, each.static and str(each.static), each.view, each.views) for each in judgement.findings}


def test_a_page_that_is_right_at_every_size_has_no_finding(plan: Plan) -> None:
    judgement = drawn_at(size(390), size(1366), plan=plan)
    assert (judgement.findings, judgement.contradictions) == ((), ())
    assert set(judgement.outcomes) == {task.rule.id for task in plan.tasks}
    assert judgement.seen == (VERDICTS, VERDICTS)


def test_a_notice_that_is_hidden_at_one_size_is_hidden(plan: Plan) -> None:
    judgement = drawn_at(size(390), size(1366, HIDDEN), plan=plan)
    assert told(judgement) == {"AFF005": ("violation", "rendered", "pass", "1366x844", ("1366x844",))}
    assert [(each.rule, each.static, each.rendered, each.view) for each in judgement.contradictions] == [
        ("AFF005", Outcome.PASS, Outcome.VIOLATION, "1366x844")
    ]
    assert [verdicts and verdicts.affiliate_notice for verdicts in judgement.seen] == ["clear_before", "missing"]


def test_of_two_sizes_that_are_as_bad_the_first_is_named(plan: Plan) -> None:
    judgement = drawn_at(size(390, HIDDEN), size(1366, HIDDEN), plan=plan)
    assert told(judgement) == {"AFF005": ("violation", "rendered", "pass", "390x844", ("390x844", "1366x844"))}
    assert judgement.findings[0].values["how"] == "taken off the page by a style rule"


def test_what_the_markup_blames_and_readers_see_is_told_without_a_finding(plan: Plan) -> None:
    page = replace(PAGE, notices=(replace(NOTICE, hidden=True, hidden_by="style"),))
    judgement = drawn_at(size(390), size(1366), page=page, plan=plan)
    assert judgement.findings == ()
    assert [(each.rule, each.static, each.rendered, each.view) for each in judgement.contradictions] == [
        ("AFF005", Outcome.VIOLATION, Outcome.PASS, "390x844")
    ]


def test_one_size_on_which_it_is_hidden_is_enough_though_a_script_might_show_it_on_another(plan: Plan) -> None:
    page = replace(PAGE, notices=(replace(NOTICE, revealable=True, hidden_by="style", hidden=True),))
    judgement = drawn_at(size(390), size(1366, HIDDEN), page=page, plan=plan)
    assert told(judgement) == {"AFF005": ("needs_review", "rendered", "needs_review", "1366x844", ("1366x844",))}
    assert judgement.contradictions == ()


# Not measurable ---------------------------------------------------------------------------------------------------------------------------
def test_what_was_not_measurable_has_the_answer_of_the_markup_and_questions(plan: Plan) -> None:
    hidden = replace(PAGE, notices=(replace(NOTICE, hidden=True, hidden_by="style"),))
    judgement = drawn_at(size(390, at(100), Doubt.STYLE_SHEET), page=hidden, plan=plan)
    assert told(judgement) == {"AFF005": ("violation", "static", None, None, ("390x844",))}
    judgement = drawn_at(size(390, HIDDEN, Doubt.STYLE_SHEET), plan=plan)
    assert set(told(judgement)) == {"AFF006", "AFF011"}
    assert {each.review and each.review.reason for each in judgement.findings} == {ReviewReason.NOT_MEASURABLE}
    assert (judgement.seen, judgement.contradictions) == ((None,), ())


def test_a_page_that_was_not_drawn_at_all_is_not_measurable(plan: Plan) -> None:
    judgement = drawn_at(plan=plan)
    assert {rule: of[1:] for rule, of in told(judgement).items()} == dict.fromkeys(("AFF006", "AFF011"), ("static", None, None, ()))
    assert judgement.seen == ()


def test_a_page_without_paid_links_is_asked_nothing(plan: Plan) -> None:
    page = replace(PAGE, links=(), notices=())
    view = View(390, 844, (Doubt.CRASHED,))
    assert judge_drawn(page, Drawn("Chromium", (view,)), plan, "a.html").findings == ()


def test_what_was_measured_at_one_size_stands_beside_the_markup_s_answer_for_another(plan: Plan) -> None:
    judgement = drawn_at(size(390, at(100), Doubt.UNSTYLED), size(1366, HIDDEN), plan=plan)
    found = told(judgement)
    assert found["AFF005"] == ("violation", "rendered", "pass", "1366x844", ("1366x844",))
    assert found["AFF006"] == ("needs_review", "static", None, None, ("390x844",))


def test_without_rules_that_need_it_nothing_is_asked() -> None:
    from checker.packs import built_in

    plan = engine.plan(engine.load([built_in()]), facts=("static", "site"))
    assert drawn_at(size(390, at(100), Doubt.STYLE_SHEET), plan=plan).findings == ()


# One finding of several -------------------------------------------------------------------------------------------------------------------
def test_pictures_keep_a_finding_each(plan: Plan) -> None:
    other = replace(IMAGE, spot=Spot(9), src="/quay.jpg", credit=None)
    views = [
        replace(size(width, credit=credit), images=(at(400), at(600)), credits=(credit, None)) for width, credit in ((390, HIDDEN), (1366, at(500)))
    ]
    judgement = drawn_at(*views, page=replace(PAGE, images=(IMAGE, other)), plan=plan)
    assert [(each.anchor, str(each.static), each.view, each.views) for each in judgement.findings] == [
        ("boats", "pass", "390x844", ("390x844",)),
        ("quay", "violation", "390x844", ("390x844", "1366x844")),
    ]
    assert len(judgement.places) == 2
    assert judgement.contradictions == ()


def test_what_is_told_once_a_page_is_one_finding_known_as_before(rules: Rules) -> None:
    plan = engine.plan(rules, ["dk"], facts=FACTS, select=["AFF012"])
    second = replace(LINK, spot=Spot(22), href="https://shop.example/b?tag=a")
    page = replace(PAGE, links=(LINK, second))
    views = [replace(size(width), links=(Sight(Unseen.DISPLAY) if width == 390 else at(300), at(400))) for width in (390, 1366)]
    (finding,) = drawn_at(*views, page=page, plan=plan).findings
    (static,) = engine.judge(page, plan, "a.html").findings
    assert (finding.fingerprint, finding.anchor) == (static.fingerprint, static.anchor)
    (finding,) = drawn_at(views[0], page=page, plan=plan).findings
    assert finding.fingerprint == static.fingerprint
    assert finding.views == ("390x844",)


def test_the_cost_of_a_rule_is_that_of_all_sizes(plan: Plan) -> None:
    ticks = iter(range(100_000))
    drawn = Drawn("Chromium", (size(390), size(1366), size(100, at(1), Doubt.WIDE)))
    judgement = judge_drawn(PAGE, drawn, plan, "a.html", clock=lambda: float(next(ticks)))
    assert set(judgement.seconds.values()) == {3.0}


def test_the_same_measurements_give_the_same_judgement(plan: Plan) -> None:
    views = (size(390, HIDDEN, credit=HIDDEN), size(1366, at(900)))
    assert drawn_at(*views, plan=plan) == drawn_at(*views, plan=plan)


# The truth table --------------------------------------------------------------------------------------------------------------------------
WORSE = (Outcome.INAPPLICABLE, Outcome.PASS, Outcome.NEEDS_REVIEW, Outcome.VIOLATION, Outcome.NOT_CHECKED)


def answering(rules: Rules, by_markup: Outcome, *by_view: Outcome) -> Plan:
    """A rule that answers by the width of the window."""

    def answer(_subject: Any, page: Page) -> Verdict:
        outcome = by_markup if page.view is None else by_view[page.view.width]
        if outcome is Outcome.NOT_CHECKED:
            raise RuntimeError("no such day")
        return Verdict(outcome, reason=ReviewReason.BY_EYE if outcome is Outcome.NEEDS_REVIEW else None)

    def applies(_subject: Any, page: Page) -> Verdict:
        outcome = by_markup if page.view is None else by_view[page.view.width]
        return Verdict(Outcome.VIOLATION if outcome is Outcome.INAPPLICABLE else Outcome.PASS)

    rule = replace(rules.rules["AFF003"], absence=False)
    variant = Variant(
        Expect(any=(Call(Check("applies", "page", (), applies)),)), Expect(any=(Call(Check("answers", "page", (), answer)),)), {"us": Severity.ERROR}
    )
    return Plan(("us",), ((Select("page"), (Task(rule, (variant,), {}),)),), {}, rules.texts, rules.authorities)


@pytest.mark.parametrize(("static", "first", "second"), list(product(WORSE, repeat=3)))
@pytest.mark.parametrize("measurable", [(True, True), (False, True), (True, False), (False, False)])
def test_the_worst_size_counts(rules: Rules, static: Outcome, first: Outcome, second: Outcome, measurable: tuple[bool, bool]) -> None:
    plan = answering(rules, static, first, second)
    views = tuple(View(number, 9, () if good else (Doubt.UNSTYLED,)) for number, good in enumerate(measurable))
    judgement = judge_drawn(PAGE, Drawn("Chromium", views), plan, "a.html")
    answers = [given if good else static for given, good in zip((first, second), measurable, strict=True)]
    worst = max(answers, key=WORSE.index)
    assert judgement.outcomes == {"AFF003": worst}
    assert len(judgement.findings) == any(answer.fires for answer in answers)
    if judgement.findings:
        (finding,) = judgement.findings
        firing = max((answer for answer in answers if answer.fires), key=WORSE.index)
        whose = [number for number, answer in enumerate(answers) if answer is firing]
        rendered = [number for number in whose if measurable[number]]
        assert finding.outcome is firing
        assert finding.views == tuple(f"{number}x9" for number, answer in enumerate(answers) if answer.fires)
        assert (finding.basis, finding.view) == (("rendered", f"{rendered[0]}x9") if rendered else ("static", None))
        assert finding.static == (static if rendered else None)
    measured = [answer for answer, good in zip(answers, measurable, strict=True) if good]
    if measured and Outcome.NOT_CHECKED not in (static, *measured):
        rendered_worst = max(measured, key=WORSE.index)
        differs = rendered_worst is not static and (rendered_worst.fires or static.fires)
        assert [(each.static, each.rendered) for each in judgement.contradictions] == ([(static, rendered_worst)] if differs else [])
