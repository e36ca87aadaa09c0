"""Which rules are judged on which pages, and how much they weigh there."""

from __future__ import annotations

import pytest

from checker.engine.load import load
from checker.engine.overrides import Override, Selection, fits, why_no_rule
from checker.engine.plans import Plans
from checker.engine.rule import Rules
from checker.errors import BadConfig
from checker.facts import Page, Verdicts
from checker.model import Severity
from checker.packs import built_in
from checker.scopes import Scope

PAGE = Page("a.html", None, "en", "article", None, None, None, (), (), (), (), (), Verdicts("not_needed", "none", "no_content_images"))
KITCHEN = Scope(("kitchen/**",))


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load([built_in()])


def held(plans: Plans, path: str | None, url: str | None = None) -> dict[str, str]:
    return {task.rule.id: str(task.severity) for task in plans.of(PAGE, path, url).tasks if task.rule.family != "WVR"}


@pytest.mark.parametrize(
    ("patterns", "rule", "fit"),
    [
        (["IMG"], "IMG401", True),
        (["img401"], "IMG401", True),
        (["IMG40?"], "IMG401", True),
        (["*1"], "IMG401", True),
        (["IMG4"], "IMG401", False),
        ([], "IMG401", False),
    ],
)
def test_rules_are_named_by_id_family_or_glob(patterns: list[str], rule: str, fit: bool) -> None:
    assert fits(rule, patterns) is fit


def test_each_page_has_the_plan_of_its_overrides(rules: Rules) -> None:
    plans = Plans(
        rules,
        Selection(("us",), ("AFF001", "AFF002"), severities=(("AFF", Severity.WARNING), ("AFF002", Severity.INFO))),
        [
            Override(KITCHEN, select=("AFF001", "IMG401")),
            Override(Scope(urls=("https://tea.example/**",)), severities=(("*", Severity.ERROR),)),
            Override(Scope(("kitchen/old/**",)), ignore=("AFF001",)),
        ],
    )
    assert held(plans, "other/a.html") == {"AFF001": "warning", "AFF002": "info"}
    assert held(plans, "kitchen/a.html") == {"AFF001": "warning", "IMG401": "warning"}
    assert held(plans, "kitchen/old/a.html") == {"IMG401": "warning"}
    assert held(plans, None, "https://tea.example/a?x=1") == {"AFF001": "error", "AFF002": "error"}
    assert {task.rule.id for task in plans.every.tasks} >= {"AFF001", "AFF002", "IMG401"}, "the header knows all rules that any page meets"


def test_another_profile_for_some_pages(rules: Rules) -> None:
    plans = Plans(rules, Selection(("us",)), [Override(KITCHEN, profiles=("auto", "amazon"))])
    assert plans.chooses
    assert plans.of(PAGE, "a.html").profiles == ("us",)
    assert plans.of(PAGE, "kitchen/a.html").profiles == ("us", "amazon")
    assert "de" in plans.every.profiles


def test_plans_are_built_once_for_each_selection(rules: Rules) -> None:
    plans = Plans(rules, Selection(("us",)), [Override(KITCHEN, ignore=("AFF001",))])
    assert plans.of(PAGE, "kitchen/a.html") is plans.of(PAGE, "kitchen/b.html")
    assert plans.of(PAGE, "a.html") is plans.of(PAGE, "b.html")


@pytest.mark.parametrize(
    "override",
    [
        Override(KITCHEN, profiles=("usa",)),
        Override(KITCHEN, select=("AFF9",)),
        Override(KITCHEN, ignore=("X",)),
        Override(KITCHEN, severities=(("Y", Severity.INFO),)),
    ],
)
def test_what_an_override_names_must_exist_before_the_first_page(rules: Rules, override: Override) -> None:
    with pytest.raises(BadConfig, match="there is no"):
        Plans(rules, Selection(("us",)), [override])


def test_mandatory_rules_are_judged_whatever_is_selected(rules: Rules) -> None:
    plans = Plans(rules, Selection(("us",), ("IMG401",), mandatory=("AFF001",)), [Override(KITCHEN, select=("AUT501",))])
    assert set(held(plans, "a.html")) == {"AFF001", "IMG401"}
    assert set(held(plans, "kitchen/a.html")) == {"AFF001", "AUT501"}


@pytest.mark.parametrize(
    ("selection", "overrides", "said"),
    [
        (Selection(("us",), ignore=("AFF",), mandatory=("AFF001",)), [], "AFF001 is mandatory and cannot be ignored"),
        (Selection(("us",), mandatory=("AFF001",)), [Override(KITCHEN, ignore=("AFF00*",))], "AFF001 is mandatory and cannot be ignored"),
        (Selection(("us",), mandatory=("PRG107",)), [], "PRG107 is mandatory, and no profile of us holds it"),
        (
            Selection(("us",), mandatory=("AFF001",)),
            [Override(KITCHEN, profiles=("coupang",))],
            "AFF001 is mandatory, and no profile of coupang holds it",
        ),
        (Selection(("us",), mandatory=("NIX",)), [], 'there is no rule "NIX"'),
    ],
)
def test_a_mandatory_rule_that_is_left_out_is_told(rules: Rules, selection: Selection, overrides: list[Override], said: str) -> None:
    with pytest.raises(BadConfig, match=said.replace("*", r"\*")):
        Plans(rules, selection, overrides)


def test_a_slip_in_a_rule_is_told_with_the_nearest(rules: Rules) -> None:
    assert why_no_rule("AFF001", rules) is None
    assert why_no_rule("AFF", rules) is None
    told = why_no_rule("AFFOO1", rules)
    assert told is not None
    assert told.endswith('; did you mean "AFF001"?')
