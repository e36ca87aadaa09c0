from hypothesis import given
from hypothesis import strategies as st

from checker.facts import Spot
from checker.report.excerpt import excerpt_lines
from checker.report.paint import cells


def shown(excerpt: str, caret: int, most: int = 110) -> tuple[str, str]:
    lines = excerpt_lines(Spot(1, None, "", 0, 7, 1, excerpt, caret), "here", most)
    assert lines is not None
    return lines


def test_the_caret_stands_under_its_character() -> None:
    assert shown("abc def", 4) == ("     7 | abc def", "       |     ^ here")


def test_combining_and_invisible_characters_take_no_column() -> None:
    assert shown("e\u0301\u00ad\u200bx", 4) == ("     7 | e\u0301\u00ad\u200bx", "       |  ^ here")


def test_tabs_are_one_column() -> None:
    assert shown("\t\tx", 2) == ("     7 |   x", "       |   ^ here")


def test_a_long_line_is_shown_around_the_caret() -> None:
    source, pointer = shown("a" * 500 + "X" + "b" * 500, 500, 60)
    assert source.removeprefix("     7 | ")[pointer.index("^") - len("       | ")] == "X"
    assert source.count("…") == 2


def test_nothing_to_show() -> None:
    assert excerpt_lines(Spot(1), "here") is None
    assert excerpt_lines(Spot(1, excerpt="abc"), "here") is None


@given(st.text(max_size=300), st.integers(-5, 400))
def test_any_line_has_its_caret_under_the_character(text: str, caret: int) -> None:
    lines = excerpt_lines(Spot(1, None, "", 0, 1, 1, text, caret), "")
    if not text:
        assert lines is None
        return
    assert lines is not None
    source, pointer = lines
    assert "\n" not in source
    inside = max(0, min(caret, len(text)))
    columns = cells(pointer.partition("^")[0]) - len("       | ")
    before = source.removeprefix("     1 | ")
    assert cells(before) <= 114
    if inside < len(text) and text[inside].isascii() and text[inside].isalnum():
        place = next(index for index in range(len(before) + 1) if cells(before[:index]) == columns)
        assert text[inside] in before[place : place + 6]
