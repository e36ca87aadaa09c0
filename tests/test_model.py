from __future__ import annotations

import dataclasses
import pickle
from enum import StrEnum

import pytest

from checker import facts, model
from checker.facts import Spot
from checker.model import Confidence, Evidence, Finding, Outcome, Severity

_NAMES = {**vars(facts), **vars(model)}
VALUES = [value for value in _NAMES.values() if dataclasses.is_dataclass(value) and isinstance(value, type)]
ENUMS = [value for value in _NAMES.values() if isinstance(value, type) and issubclass(value, StrEnum) and value is not StrEnum]


def finding(*evidence: Evidence) -> Finding:
    return Finding(
        rule="AFF001", name="paid-link-without-notice", outcome=Outcome.VIOLATION, severity=Severity.ERROR, confidence=Confidence.HIGH, message="m",
        why="w", fix="f",
        authorities=(), evidence=evidence, anchor="page", fingerprint="v1:0", page_key="a.html", profiles=("us",),
    )  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value.__name__)
def test_values_are_frozen_and_slotted(value: type) -> None:
    parameters = getattr(value, "__dataclass_params__")  # noqa: B009
    assert parameters.frozen
    assert "__slots__" in vars(value)


def test_a_value_cannot_be_changed() -> None:
    spot = Spot(3)
    with pytest.raises(dataclasses.FrozenInstanceError):
        spot.node = 4  # type: ignore[misc]


def test_values_can_be_sent_to_another_process() -> None:
    one = finding(Evidence("primary", "here", Spot(3, 2, "x")))
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301


def test_severities_are_ordered() -> None:
    assert sorted(Severity, key=lambda severity: severity.weight) == [Severity.INFO, Severity.WARNING, Severity.ERROR]


def test_a_finding_points_to_its_first_spot() -> None:
    assert finding(Evidence("primary", "a", Spot(3)), Evidence("notice", "b", Spot(9))).primary == Spot(3)
    assert finding().primary is None


@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)
def test_words_of_the_reports_are_snake_case(enum: type[StrEnum]) -> None:
    assert all(str(member) == str(member).lower().replace("-", "_").replace(" ", "_") for member in enum)


def test_the_words_that_the_facts_promise() -> None:
    assert {str(region) for region in facts.Region} == {
        "title_area", "article", "article_end", "sidebar", "page_header", "page_footer", "navigation", "comments", "related", "product_box",
    }  # fmt: skip
    assert {str(placement) for placement in facts.Placement} == {"before_first_affiliate_link", "after_first_affiliate_link", "no_affiliate_link"}
    assert {str(tier) for tier in facts.Tier} == {"certain", "likely", "possible"}
    assert {str(outcome) for outcome in Outcome} == {"violation", "needs_review", "pass", "inapplicable", "not_checked"}
