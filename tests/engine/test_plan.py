"""What is judged for which profiles."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from checker import engine
from checker.engine import Rules
from checker.engine.rule import Holding, Profile
from checker.errors import BadConfig
from checker.model import Outcome, Severity


def ids(plan: engine.Plan) -> list[str]:
    return [task.rule.id for task in plan.tasks]


@pytest.fixture
def two(rules: Rules) -> Rules:
    """A second profile: the same rules, but a hedged notice is not plain."""
    us = rules.profiles["us"]
    strict = Profile(
        "strict", "Strict", "x", {"AFF007": Holding(Severity.ERROR), "AFF001": Holding(Severity.WARNING)}, {"refuse": ("hedge",)},
        {"affiliate-notice": {"en": "Ad."}}, us.path,
    )  # fmt: skip
    return replace(rules, profiles={**rules.profiles, "strict": strict})


def test_us_holds_the_rules_of_its_profile(rules: Rules) -> None:
    plan = engine.plan(rules)
    waiting = {rule.id: rule.needs for rule in rules.rules.values() if rule.needs != "static" and rule.id in rules.profiles["us"].rules}
    assert waiting == {"AFF006": "rendered", "AFF011": "rendered", "AFF024": "site", "IMG406": "files"}
    assert ids(plan) == sorted({*rules.profiles["us"].rules} - {*waiting})
    assert plan.not_evaluated == waiting
    everything = engine.plan(rules, facts=("static", "files", "rendered", "site"))
    assert [task.rule.id for task in everything.twin_tasks] == ["AFF024"]
    assert ids(everything) == sorted({*rules.profiles["us"].rules} - {"AFF024"})
    # What asks for pages other than twins waits, although there are other pages.
    assert engine.plan(rules, ["eu"], facts=("static", "site")).not_evaluated["AFF014"] == "site"
    assert everything.not_evaluated == {}


def test_rules_that_judge_the_same_facts_share_their_selection(rules: Rules) -> None:
    plan = engine.plan(rules)
    assert len({select for select, _ in plan.groups}) == len(plan.groups) < len(plan.tasks)


def test_profiles_that_agree_are_judged_once_and_those_that_do_not_are_judged_apart(two: Rules) -> None:
    tasks = {task.rule.id: task for task in engine.plan(two, ("us", "strict")).tasks}
    assert [variant.profiles for variant in tasks["AFF007"].variants] == [("us",), ("strict",)]
    assert [variant.profiles for variant in tasks["LNK201"].variants] == [("us",)]
    assert tasks["AFF001"].severity is Severity.ERROR
    assert tasks["AFF001"].paste["en"] == "Ad.", "the first profile that has a sentence of its own"
    assert tasks["AFF002"].paste["en"] != "Ad.", "the second profile does not hold this rule"
    assert engine.plan(two).tasks[0].paste["en"] != "Ad."
    assert len(engine.plan(two, ("us", "us")).profiles) == 1


def test_the_finding_is_the_worst_and_says_who_asked_for_it(two: Rules) -> None:
    from checker.facts import Link, Notice, Page, Placement, Region, Spot, Tier, Verdicts

    link = Link(Spot(9), "https://shop.example/x", Tier.CERTAIN, "cj", "host", Region.ARTICLE, rel=("sponsored",))
    notice = Notice(
        Spot(5, 0), "We may earn.", "affiliate", "clear", Placement.BEFORE, Region.ARTICLE, hidden=False, language="en", signals=("pays", "hedge")
    )
    page = Page("a", None, "en", "other", None, None, None, (link,), (), (notice,), (), (), Verdicts("clear_before", "none", "no_content_images"))
    assert engine.judge(page, engine.plan(two, ignore=["AFF008"]), "a").findings == ()
    (finding,) = engine.judge(page, engine.plan(two, ("us", "strict"), ignore=["AFF008"]), "a").findings
    assert (finding.rule, finding.profiles, finding.severity) == ("AFF007", ("strict",), Severity.ERROR)
    both = engine.judge(replace(page, notices=(replace(notice, clarity="weak"),)), engine.plan(two, ("us", "strict")), "a")
    assert [(each.rule, each.profiles, each.severity) for each in both.findings] == [("AFF007", ("us", "strict"), Severity.ERROR)]
    assert both.outcomes["AFF007"] is Outcome.VIOLATION


def test_select_ignore_and_severities(rules: Rules) -> None:
    assert ids(engine.plan(rules, select=["AFF*"], ignore=["AFF01*", "aff001"])) == [
        "AFF002",
        "AFF003",
        "AFF004",
        "AFF005",
        "AFF007",
        "AFF009",
        "AFF023",
    ]
    task = engine.plan(rules, select=["AFF001"], severities={"AFF001": Severity.INFO}).tasks[0]
    assert task.severity is Severity.INFO


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"profiles": ["uss"]}, 'there is no profile "uss"; there are: '),
        ({"select": ["AFF01"]}, 'there is no rule "AFF01"'),
        ({"ignore": ["ZZZ*"]}, 'there is no rule "ZZZ*"'),
        ({"severities": {"AFF999": Severity.INFO}}, 'there is no rule "AFF999"'),
    ],
)
def test_what_does_not_exist_is_told(rules: Rules, wrong: dict[str, list[str]], told: str) -> None:
    with pytest.raises(BadConfig) as caught:
        engine.plan(rules, **wrong)  # type: ignore[arg-type]
    assert told in str(caught.value)


def test_rules_whose_facts_do_not_exist_are_listed_and_not_judged(rules: Rules) -> None:
    waiting = replace(rules, rules={**rules.rules, "AFF001": replace(rules.rules["AFF001"], needs="rendered")})
    plan = engine.plan(waiting)
    assert plan.not_evaluated == {**engine.plan(rules).not_evaluated, "AFF001": "rendered"}
    assert "AFF001" not in ids(plan)
    assert "AFF001" in ids(engine.plan(waiting, facts=("static", "rendered")))


def test_a_plan_can_be_sent_to_a_worker(rules: Rules) -> None:
    plan = engine.plan(rules)
    assert pickle.loads(pickle.dumps(plan)) == plan  # noqa: S301


@pytest.mark.parametrize(
    ("name", "close"),
    [("aff02", "AFF002"), ("AFF2", "AFF002"), ("AFFF001", "AFF001"), ("IGM", "IMG"), ("afx", "AFF"), ("LKN*", "LNK"), ("IMG4O1", "IMG401")],
)
def test_a_rule_that_is_not_there_names_the_nearest_and_all(rules: Rules, name: str, close: str) -> None:
    with pytest.raises(BadConfig) as caught:
        engine.plan(rules, select=[name])
    told = str(caught.value)
    assert told.startswith(f'there is no rule "{name}"; there are the families AFF, AUT, IMG, LNK')
    assert " and the rules AFF001, AFF002, " in told
    assert told.endswith(f'; did you mean "{close}"?')


def test_a_profile_that_is_not_there_names_the_nearest(rules: Rules) -> None:
    with pytest.raises(BadConfig, match=r'there is no profile "uk"; there are: .*; did you mean "us"\?'):
        engine.plan(replace(rules, profiles={"us": rules.profiles["us"]}), ["uk"])
