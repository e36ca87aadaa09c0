"""What the measuring script tells becomes sights, doubts and a view; pictures decide where styles do not tell."""

from __future__ import annotations

from typing import Any

import pytest

from checker.render.measured import decided, doubts, sight
from checker.render.pixels import Ink
from checker.render.wish import DESKTOP, PHONE
from checker.sight import Box, Doubt, Sight, Unseen

CLEAR = Ink(0.2, 12.0)
NONE = Ink(0.0, None)


def look(**told: Any) -> dict[str, Any]:
    plain = {
        "unseen": None,
        "share": 1,
        "lines": [[10, 422, 200, 20], [10, 442, 90, 20]],
        "size": 9.0,
        "contrast": 12.5,
        "sure": True,
        "pictured": False,
        "covered": False,
        "stuck": None,
    }
    return {**plain, **told}


def told(**changes: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "text": {"share": 1, "size": 18, "contrast": 15.9, "column": None},
        "rules": 12, "styled": False, "bare": False, "scripted": False, "viewport": True,
        "window": [390, 844], "page": [390, 4000], "rtl": False, "unloaded": [],
    }  # fmt: skip
    return {**plain, **changes}


def why(
    size: tuple[int, int] = DESKTOP, unloaded: tuple[str, ...] = (), *, scripts: bool = False, joined: bool = True, **changes: Any
) -> tuple[Doubt, ...]:
    return doubts(told(**changes), size, unloaded, scripts=scripts, joined=joined)


# Sights -------------------------------------------------------------------------------------------------------------------------------


def test_a_sight_has_a_box_for_each_line_and_its_size_against_the_text() -> None:
    found = sight(look(stuck="fixed", before="Anzeige"), 18.0, 844.0)
    assert found.boxes == (Box(10, 422, 200, 20), Box(10, 442, 90, 20))
    assert (found.ratio, found.screens, found.stuck, found.before, found.after) == (0.5, 0.5, "fixed", "Anzeige", "")
    assert found.is_seen


def test_without_running_text_there_is_no_ratio() -> None:
    assert sight(look(), None, 844.0).ratio is None
    assert sight(look(size=None), 18.0, 844.0).ratio is None
    assert sight(look(lines=[]), 18.0, 844.0).screens is None


# Styles and pictures ------------------------------------------------------------------------------------------------------------------


def settled(ink: Ink | None, **changes: Any) -> Sight:
    return decided(sight(look(**changes), 18.0, 844.0), look(**changes), ink)


def test_what_styles_hide_no_picture_shows_again() -> None:
    assert settled(CLEAR, unseen="display", lines=[]).unseen is Unseen.DISPLAY


def test_without_a_picture_the_styles_hold() -> None:
    assert settled(None) == sight(look(), 18.0, 844.0)


@pytest.mark.parametrize(
    ("changes", "unseen"),
    [
        ({"covered": True}, Unseen.COVERED),
        ({"covered": True, "contrast": 1.0}, Unseen.COVERED),
        ({"pictured": True, "sure": False}, Unseen.TRANSPARENT),
        ({"contrast": 1.1}, Unseen.TRANSPARENT),
        ({}, Unseen.NO_INK),
    ],
)
def test_without_ink_nothing_is_seen_and_the_reason_is_told(changes: dict[str, Any], unseen: Unseen) -> None:
    found = settled(NONE, **changes)
    assert (found.unseen, found.seen_share, found.by_pixels) == (unseen, 0.0, True)


def test_the_contrast_of_the_picture_counts_where_styles_do_not_tell() -> None:
    found = settled(Ink(0.2, 3.1), sure=False)
    assert (found.contrast, found.by_pixels, found.unseen) == (3.1, True, None)


def test_the_contrast_of_styles_counts_where_they_tell() -> None:
    assert settled(Ink(0.2, 3.1)).contrast == 12.5


def test_what_lies_half_under_something_has_the_contrast_of_the_picture() -> None:
    assert settled(Ink(0.2, 3.1), covered=True).contrast == 3.1
    assert settled(Ink(0.2, 11.9), covered=True).contrast == 12.5


def test_text_in_the_colour_of_its_ground_is_transparent() -> None:
    assert settled(None, contrast=1.0).unseen is Unseen.TRANSPARENT
    assert settled(Ink(0.2, 1.1), sure=False).unseen is Unseen.TRANSPARENT


def test_styles_that_do_not_tell_alone_hide_nothing() -> None:
    assert settled(None, contrast=1.0, sure=False).is_seen


# Doubts -------------------------------------------------------------------------------------------------------------------------------


def test_a_plain_page_is_not_doubted() -> None:
    assert why() == why(PHONE) == ()


def test_a_style_sheet_that_did_not_load_is_a_doubt() -> None:
    assert why(unloaded=("https://tea.example/site.css",)) == (Doubt.STYLE_SHEET,)


def test_a_page_without_any_style_is_a_doubt() -> None:
    assert why(rules=0) == (Doubt.UNSTYLED,)
    assert why(rules=0, styled=True) == ()


def test_a_page_that_stands_bare_until_its_scripts_run_is_a_doubt() -> None:
    assert why(bare=True, scripted=True) == (Doubt.UNSTYLED,)
    assert why(bare=True, scripted=True, scripts=True) == ()
    assert why(bare=True) == ()


def test_a_page_whose_text_is_mostly_unseen_is_a_doubt() -> None:
    assert why(text={**told()["text"], "share": 0.49}) == (Doubt.SCRIPTED,)
    assert why(text={**told()["text"], "share": 0.5}) == ()


def test_a_shrunk_page_on_a_phone_is_a_doubt_where_a_script_may_say_otherwise() -> None:
    shrunk: dict[str, Any] = {"viewport": False, "window": [980, 2121]}
    assert why(PHONE, scripted=True, **shrunk) == (Doubt.WIDE,)
    assert why(PHONE, **shrunk) == why(PHONE, scripted=True, scripts=True, **shrunk) == why(DESKTOP, scripted=True, **shrunk) == ()


def test_marks_that_did_not_come_back_are_a_doubt() -> None:
    assert why(joined=False) == (Doubt.UNJOINED,)


def test_all_doubts_are_told() -> None:
    assert why(PHONE, ("https://tea.example/site.css",), joined=False, text={**told()["text"], "share": 0}) == (
        Doubt.STYLE_SHEET,
        Doubt.SCRIPTED,
        Doubt.UNJOINED,
    )
