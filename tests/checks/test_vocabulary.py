"""The vocabulary as a whole: what a rule's author and the schema rely on."""

from __future__ import annotations

import pickle

import pytest

from checker.checks import CHECKS, OVER, Check, Label, by_name
from checker.engine.schema import option_schemas


def test_names_are_unique_and_sorted() -> None:
    names = [check.name for check in CHECKS]
    assert names == sorted(set(names))
    assert list(by_name()) == names


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_a_check_explains_itself(check: Check) -> None:
    assert check.over in OVER
    assert check.doc.endswith(".")
    assert set(check.option_docs) == set(check.options), "each option has its line in the docstring"
    assert set(option_schemas(check)) == set(check.options)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_a_check_can_be_sent_to_a_worker(check: Check) -> None:
    assert pickle.loads(pickle.dumps(check)) is check  # noqa: S301


def test_every_label_is_used() -> None:
    from pathlib import Path

    import checker.checks

    source = "".join(path.read_text("utf-8") for path in Path(checker.checks.__file__).parent.glob("*.py"))
    assert [
        label for label in Label if f"Label.{label.name}" not in source and not label.value.startswith(("hidden-", "surplus-", "paid-by-", "waiver-"))
    ] == []
