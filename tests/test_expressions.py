from __future__ import annotations

import copy
import re
from typing import Any

import pytest

from checker.expressions import late


def test_it_is_compiled_when_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    real = re.compile

    def compile_(*given: Any) -> re.Pattern[str]:
        compiled.append(given[0])
        return real(*given)

    monkeypatch.setattr("checker.expressions.re.compile", compile_)
    expression = late("t(.)a", re.IGNORECASE)
    assert compiled == []
    assert expression.sub("x", "Tea") == "x"
    assert expression.search("no") is None
    assert [match.group(1) for match in expression.finditer("tea TIA")] == ["e", "I"]
    assert (expression.pattern, expression.groups, bool(expression.flags & re.IGNORECASE)) == ("t(.)a", 1, True)
    assert compiled == ["t(.)a"]


def test_a_wrong_name_and_a_wrong_expression_are_told() -> None:
    with pytest.raises(AttributeError):
        late("a").serach("a")  # type: ignore[attr-defined]
    with pytest.raises(re.error):
        late("(").search("a")


def test_it_can_be_copied() -> None:
    assert copy.deepcopy(late("a+")).findall("aa b a") == ["aa", "a"]
