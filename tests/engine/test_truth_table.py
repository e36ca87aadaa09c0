"""any, all and none over three-valued answers, as the design's table has them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.checks import Check, Verdict
from checker.engine.judge import judge_subject
from checker.engine.plan import Variant
from checker.engine.rule import Call, Expect, Rule, Rules
from checker.facts import Page, Verdicts
from checker.model import Outcome, ReviewReason, Severity

YES, NO, MAYBE = Outcome.PASS, Outcome.VIOLATION, Outcome.NEEDS_REVIEW
PAGE = Page("a.html", None, "en", "article", None, None, None, (), (), (), (), (), Verdicts("not_needed", "none", "no_content_images"))


def answering(outcome: Outcome) -> Call:
    def answer(_subject: Any, _page: Page) -> Verdict:
        return Verdict(outcome, reason=ReviewReason.HEDGED_WORDING if outcome is MAYBE else None)

    return Call(Check("answers", "page", (), answer))


def judged(rule: Rule, *, when: Expect | None = None, page: Page = PAGE, **expect: list[Outcome]) -> Verdict:
    expected = Expect(**{kind: tuple(answering(outcome) for outcome in outcomes) for kind, outcomes in expect.items()})
    return judge_subject(rule, Variant(when or Expect(), expected, {"us": Severity.ERROR}), page, page)


@pytest.mark.parametrize(
    ("answers", "any_of", "all_of", "none_of"),
    [
        ([YES], YES, YES, NO),
        ([NO], NO, NO, YES),
        ([MAYBE], MAYBE, MAYBE, MAYBE),
        ([YES, NO], YES, NO, NO),
        ([YES, MAYBE], YES, MAYBE, NO),
        ([NO, MAYBE], MAYBE, NO, MAYBE),
        ([YES, NO, MAYBE], YES, NO, NO),
        ([NO, NO], NO, NO, YES),
    ],
)
def test_table(a_rule: Rule, answers: list[Outcome], any_of: Outcome, all_of: Outcome, none_of: Outcome) -> None:
    for order in (answers, answers[::-1]):
        assert judged(a_rule, any=order).outcome is any_of
        assert judged(a_rule, all=order).outcome is all_of
        assert judged(a_rule, none=order).outcome is none_of


@given(outcomes=st.lists(st.sampled_from([YES, NO, MAYBE]), min_size=1, max_size=5))
def test_none_mirrors_any(a_rule: Rule, outcomes: list[Outcome]) -> None:
    mirror = {YES: NO, NO: YES, MAYBE: MAYBE}
    assert judged(a_rule, none=outcomes).outcome is mirror[judged(a_rule, any=outcomes).outcome]


def test_the_worst_of_the_three_kinds_holds(a_rule: Rule) -> None:
    assert judged(a_rule, any=[YES], all=[MAYBE], none=[NO]).outcome is MAYBE
    assert judged(a_rule, any=[YES], all=[MAYBE], none=[YES]).outcome is NO


@pytest.mark.parametrize(
    ("applies", "expected", "outcome"),
    [
        (NO, NO, Outcome.INAPPLICABLE),
        (NO, YES, Outcome.INAPPLICABLE),
        (YES, NO, NO),
        (YES, YES, YES),
        (MAYBE, NO, MAYBE),
        (MAYBE, YES, YES),
        (MAYBE, MAYBE, MAYBE),
    ],
)
def test_when_decides_whether_the_rule_applies(a_rule: Rule, applies: Outcome, expected: Outcome, outcome: Outcome) -> None:
    verdict = judged(a_rule, when=Expect(all=(answering(applies),)), any=[expected])
    assert verdict.outcome is outcome
    assert (verdict.reason is not None) == (outcome is MAYBE)


def test_what_is_not_found_on_a_doubtful_page_is_a_question(a_rule: Rule, rules: Rules) -> None:
    from dataclasses import replace

    guessed, cut = replace(PAGE, encoding_certain=False), replace(PAGE, cut="the parser gave up")
    absent = replace(a_rule, absence=True)
    assert judged(absent, page=guessed, any=[NO]).reason is ReviewReason.UNCERTAIN_ENCODING
    assert judged(absent, page=cut, any=[NO]).reason is ReviewReason.PARTLY_READ
    assert judged(absent, page=guessed, any=[YES]).outcome is YES
    assert judged(replace(a_rule, absence=False), page=cut, any=[NO]).outcome is NO
