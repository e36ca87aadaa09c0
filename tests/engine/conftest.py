"""The built-in rules, loaded once."""

from __future__ import annotations

import pytest

from checker import engine
from checker.engine import Rule, Rules
from checker.packs import built_in


@pytest.fixture(scope="session")
def rules() -> Rules:
    return engine.load([built_in()])


@pytest.fixture(scope="session")
def a_rule(rules: Rules) -> Rule:
    return rules.rules["LNK201"]
