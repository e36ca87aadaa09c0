"""What the answer yes means to the question that a page leaves open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.engine import Rule, Rules
from checker.engine.finding import _review
from checker.engine.plan import plan
from checker.facts import Region
from checker.model import ReviewReason
from checker.text import LANGUAGES


def yes(rules: Rules, rule: str | Rule, reason: str) -> str:
    """As a finding says it."""
    found = rules.rules[rule] if isinstance(rule, str) else rule
    (task,) = plan(replace(rules, rules={**rules.rules, found.id: found}), ("us",), select=(found.id,)).tasks
    return _review(task, ReviewReason(reason), plan(rules, ("us",)), {}).yes


@pytest.mark.parametrize(
    ("rule", "reason", "means"),
    [
        # Does the publisher earn money through this link?
        ("AFF001", "possible_links", "fault"),
        ("AFF001", "uncertain_encoding", "fine"),
        # Do readers see this notice?
        ("AFF001", "script_revealed", "fine"),
        ("AFF010", "possible_links", "fault"),
        ("AFF002", "possible_links", "fine"),
        ("AUT501", "continues_another", "fine"),
        # Rules without a question of their own ask that of the reason.
        ("LNK201", "possible_links", "fault"),
        ("LNK201", "uncertain_encoding", "fine"),
        ("LNK201", "hidden_by_style", "fine"),
    ],
)
def test_what_yes_means_is_that_of_the_question_that_is_asked(rules: Rules, rule: str, reason: str, means: str) -> None:
    assert yes(rules, rule, reason) == means


def test_a_rule_of_one_s_own_says_what_yes_means(rules: Rules) -> None:
    own = replace(rules.rules["AFF002"], yes="fault")
    assert yes(rules, own, "possible_links") == "fault"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_region_has_a_name_in_every_language(rules: Rules, language: str) -> None:
    assert set(rules.texts.regions) == {str(region) for region in Region}
    names = [rules.texts.region(str(region), language) for region in Region]
    assert len(set(names)) == len(names)
    assert language == "en" or not set(names) & {rules.texts.region(str(region), "en") for region in Region}


def test_a_region_that_no_pack_names_is_told_by_its_key(rules: Rules) -> None:
    assert replace(rules.texts, regions={}).region("title_area", "de") == "title area"
