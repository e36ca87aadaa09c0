"""Which of two boxes readers meet first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.page.visual_order import is_before, is_in_line, ordered
from checker.sight import Box, Sight, Unseen

LINE = Box(100, 200, 80, 20)


@pytest.mark.parametrize(
    ("other", "in_line"),
    [
        (Box(300, 200, 80, 20), True),
        (Box(300, 210, 80, 20), True),
        (Box(300, 211, 80, 20), False),
        (Box(300, 195, 80, 44), True),  # a button in the line
        (Box(300, 200, 80, 61), False),  # a picture beside it
        (Box(300, 220, 80, 20), False),
    ],
)
def test_what_stands_in_one_line(other: Box, in_line: bool) -> None:
    assert is_in_line(LINE, other) is in_line
    assert is_in_line(other, LINE) is in_line


def test_down_the_page_and_then_along_the_line() -> None:
    right, below = Box(300, 203, 80, 20), Box(0, 230, 80, 20)
    assert is_before(LINE, right)
    assert not is_before(right, LINE)
    assert is_before(right, below)
    assert is_before(right, LINE, rtl=True)
    assert not is_before(LINE, right, rtl=True)
    assert is_before(LINE, below, rtl=True)


def test_neither_of_two_in_the_same_place_is_before_the_other() -> None:
    assert not is_before(LINE, LINE)
    assert not is_before(LINE, LINE, rtl=True)


@given(*[st.builds(Box, *[st.integers(0, 400)] * 2, st.integers(1, 90), st.integers(1, 90)) for _ in range(2)], st.booleans())
def test_one_of_two_is_not_before_and_behind(one: Box, other: Box, rtl: bool) -> None:
    assert not (is_before(one, other, rtl=rtl) and is_before(other, one, rtl=rtl))


def at(y: float, x: float = 0) -> Sight:
    return Sight(boxes=(Box(x, y, 50, 20),))


def test_what_is_not_seen_comes_last_and_what_has_no_place_stays_behind_the_one_before_it() -> None:
    things = [("a", None), ("b", at(90)), ("c", None), ("d", Sight(Unseen.DISPLAY)), ("e", at(10, 60)), ("f", at(12, 0)), ("g", Sight())]
    assert ordered(things) == ["a", "f", "g", "e", "b", "c", "d"]
    assert ordered(things, rtl=True) == ["a", "e", "f", "g", "b", "c", "d"]


@given(st.lists(st.one_of(st.none(), st.builds(at, st.integers(0, 300), st.integers(0, 300)))))
def test_nothing_is_lost(sights: list[Sight | None]) -> None:
    found = ordered(list(enumerate(sights)))
    assert sorted(found) == list(range(len(sights)))
    assert ordered([(number, sights[number]) for number in found]) == found
