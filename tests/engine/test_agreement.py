"""The rules of profile `us` and the verdicts of the facts say the same of a page (design, decision 1)."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from checker import engine
from checker.engine import Plan
from checker.facts import Link, Notice, Page, Placement, Region, Spot, Tier, Verdicts
from checker.model import Outcome, ReviewReason
from checker.packs import built_in
from checker.page.verdicts import verdicts

RULES = {
    "missing": {"AFF001", "AFF005", "AFF015", "AFF023"},
    "clear_after": {"AFF002"},
    "footer_only": {"AFF003"},
    "weak_or_link_only": {"AFF004", "AFF005", "AFF007"},
    "clear_before": set(),
    "not_needed": set(),
    "notice_without_links": set(),
}


@cache
def plan() -> Plan:
    return engine.plan(engine.load([built_in()]), select=["AFF*"], ignore=["AFF008", "AFF010", "AFF016", "AFF017"])


def links() -> st.SearchStrategy[Link]:
    return st.builds(
        Link,
        spot=st.builds(Spot, st.integers(0, 50)),
        href=st.just("https://amzn.to/x"),
        affiliate=st.sampled_from(Tier),
        network=st.just("amazon"),
        why=st.just("host"),
        region=st.sampled_from(Region),
        sets_order=st.booleans(),
    )


def notices() -> st.SearchStrategy[Notice]:
    def build(kind: str, clarity: str, hidden_by: str | None, **more: Any) -> Notice:
        weak = kind == "policy_link" or (clarity == "weak" and kind == "affiliate")
        return Notice(
            Spot(3, 0),
            "We earn.",
            kind,
            "weak" if weak else "clear",
            hidden=hidden_by not in (None, "details"),
            hidden_by=hidden_by,
            language="en",
            **more,
        )

    return st.builds(
        build,
        kind=st.sampled_from(["affiliate", "sponsored", "ad_label", "policy_link"]),
        clarity=st.sampled_from(["clear", "weak"]),
        hidden_by=st.sampled_from(
            [None, None, None, "style", "attribute", "details", "noscript", "template", "comment", "script", "title", "alt", "content"]
        ),
        # Comments and other stories are no places of this page's notices; with paid links a notice is before or after them.
        region=st.sampled_from([region for region in Region if region not in (Region.COMMENTS, Region.RELATED)]),
        placement=st.sampled_from([Placement.BEFORE, Placement.AFTER]),
        revealable=st.booleans(),
        link_only=st.booleans(),
        signals=st.sampled_from([("pays",), ("pays", "hedge"), ("denial",)]),
    )


@given(links=st.lists(links(), max_size=3), notices=st.lists(notices(), max_size=3))
def test_verdict_and_rules_agree(links: list[Link], notices: list[Notice]) -> None:
    found = verdicts("article", links, notices, (), ())
    page = Page("a", None, "en", "article", None, None, None, tuple(links), (), tuple(notices), (), (), found)
    judgement = engine.judge(page, plan(), "a")
    fired = {rule for rule, outcome in judgement.outcomes.items() if outcome in (Outcome.VIOLATION, Outcome.NEEDS_REVIEW)}
    if {finding.review.reason for finding in judgement.findings if finding.review} == {ReviewReason.POSSIBLE_LINKS}:
        assert found.affiliate_notice in ("not_needed", "notice_without_links")
        return
    assert len(fired) <= 1, "one page is told one thing"
    assert fired <= RULES[found.affiliate_notice]
    assert bool(fired) == bool(RULES[found.affiliate_notice])


def test_the_verdicts_are_those_that_this_test_knows() -> None:
    assert set(RULES) == {"not_needed", "clear_before", "clear_after", "footer_only", "weak_or_link_only", "missing", "notice_without_links"}
    assert Verdicts("missing", "none", "none").affiliate_notice in RULES
