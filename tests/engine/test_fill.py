"""Sentences with holes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.engine.fill import bare_names_in, fill, names_in


@pytest.mark.parametrize(
    ("sentence", "values", "filled"),
    [
        ("{host} pays.", {"host": "a.example"}, "a.example pays."),
        ("{host} pays[ (line {line})].", {"host": "a", "line": 41}, "a pays (line 41)."),
        ("{host} pays[ (line {line})].", {"host": "a", "line": None}, "a pays."),
        ("{host} pays[ (line {line})].", {"host": "a"}, "a pays."),
        ("[{a} and {b}]", {"a": 1}, ""),
        ("[{a} and {b}]", {"a": 1, "b": 0}, "1 and 0"),
        ("Write [Anzeige] before it.", {}, "Write [Anzeige] before it."),
        ("{host} pays.", {}, "? pays."),
        ("{Host} {1} {} {host.real}", {"host": "a"}, "{Host} {1} {} {host.real}"),
    ],
)
def test_fill(sentence: str, values: dict[str, object], filled: str) -> None:
    assert fill(sentence, values) == filled


@given(st.text())
def test_text_of_the_page_is_never_read_as_a_sentence(text: str) -> None:
    assert fill("“{notice}”[ (line {line})]", {"notice": text, "line": None}) == f"“{text}”"


def test_names() -> None:
    assert names_in("{a}[ in {b}]") == ["a", "b"]
    assert bare_names_in("{a}[ in {b}]") == ["a"]
