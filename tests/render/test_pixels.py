"""Contrast as WCAG counts it, and the ink of a text as the difference of two pictures."""

from __future__ import annotations

import io

import pytest

from checker.render import pixels
from checker.render.pixels import Ink, contrast, opened
from checker.sight import Box

PIL = pytest.importorskip("PIL", reason="Pillow, of the extra render, is not installed")
from PIL import Image, ImageDraw  # noqa: E402

WHITE, BLACK = (255, 255, 255), (0, 0, 0)
BOX = Box(10, 10, 200, 20)


def ink(shown: Image.Image, without: Image.Image, boxes: list[Box]) -> Ink:
    found = pixels.ink(shown, without, boxes)
    assert found is not None
    return found


def rgb(code: str) -> tuple[int, int, int]:
    return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        # Published: WCAG 2 (black on white); WebAIM and the W3C's working examples.
        ("000000", "FFFFFF", 21.0),
        ("FFFFFF", "FFFFFF", 1.0),
        ("777777", "FFFFFF", 4.48),
        ("767676", "FFFFFF", 4.54),
        ("595959", "FFFFFF", 7.0),
        ("949494", "FFFFFF", 3.03),
        ("0000FF", "FFFFFF", 8.59),
        ("FF0000", "FFFFFF", 4.0),
        ("00FF00", "FFFFFF", 1.37),
        ("FFFF00", "000000", 19.56),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(rgb(one), rgb(other)) == pytest.approx(ratio, abs=0.006)
    assert contrast(rgb(one), rgb(other)) == contrast(rgb(other), rgb(one))


def ground(colour: tuple[int, int, int] = WHITE) -> Image.Image:
    return Image.new("RGB", (240, 60), colour)


def written(colour: tuple[int, int, int], below: Image.Image) -> Image.Image:
    """Strokes of a pixel and a half: every fifth column, and a paler one beside it as letters have."""
    picture = below.copy()
    brush = ImageDraw.Draw(picture)
    for x in range(12, 208, 5):
        brush.line((x, 12, x, 27), fill=colour)
        behind = below.getpixel((x + 1, 20))
        assert isinstance(behind, tuple)
        brush.line((x + 1, 12, x + 1, 27), fill=tuple((a + b) // 2 for a, b in zip(colour, behind, strict=True)))
    return picture


def test_two_equal_pictures_have_no_ink() -> None:
    found = ink(ground(), ground(), [BOX])
    assert (found.share, found.contrast, found.is_there) == (0.0, None, False)


@pytest.mark.parametrize(("colour", "below"), [(BLACK, WHITE), ((119, 119, 119), WHITE), (WHITE, (20, 40, 80)), ((200, 0, 0), (250, 240, 200))])
def test_the_middle_of_the_strokes_has_the_colour_of_the_text(colour: tuple[int, int, int], below: tuple[int, int, int]) -> None:
    found = ink(written(colour, ground(below)), ground(below), [BOX])
    assert found.is_there
    assert found.contrast == pytest.approx(contrast(colour, below), rel=0.02)


def test_ink_outside_of_the_boxes_does_not_count() -> None:
    assert not ink(written(BLACK, ground()), ground(), [Box(10, 40, 200, 15)]).is_there


def test_a_few_stray_pixels_are_no_text() -> None:
    picture = ground()
    for x in (20, 40, 60):
        picture.putpixel((x, 20), BLACK)
    assert not ink(picture, ground(), [BOX]).is_there


def test_a_difference_that_nobody_sees_is_no_ink() -> None:
    assert not ink(written((251, 251, 251), ground()), ground(), [BOX]).is_there


def test_over_a_gradient_the_middle_of_the_contrasts_counts() -> None:
    below = ground()
    for x in range(240):
        ImageDraw.Draw(below).line((x, 0, x, 60), fill=(x, x, x))
    found = ink(written(WHITE, below), below, [BOX])
    assert found.contrast is not None
    assert 2.0 < found.contrast < contrast(WHITE, BLACK)


@pytest.mark.parametrize("box", [Box(-50, -50, 20, 20), Box(500, 10, 20, 20), Box(10, 900, 20, 20), Box(-100, -100, 1000, 1000)])
def test_what_lies_mostly_outside_of_the_picture_is_not_told(box: Box) -> None:
    assert pixels.ink(written(BLACK, ground()), ground(), [box]) is None


def test_a_box_over_the_edge_is_looked_at_as_far_as_it_is_there() -> None:
    assert ink(written(BLACK, ground()), ground(), [Box(-20, 10, 230, 20)]).is_there


def test_several_lines_count_together() -> None:
    picture = written(BLACK, ground())
    one, both = ink(picture, ground(), [BOX]), ink(picture, ground(), [BOX, Box(10, 35, 200, 20)])
    assert both.share == pytest.approx(one.share / 2, rel=0.05)
    assert both.contrast == one.contrast


def test_no_boxes_hold_nothing() -> None:
    assert ink(ground(), ground(), []).share == 0.0


def test_a_screenshot_is_opened_without_its_transparency() -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (4, 3), (10, 20, 30, 255)).save(stream, "PNG")
    found = opened(stream.getvalue())
    assert (found.mode, found.size, found.getpixel((0, 0))) == ("RGB", (4, 3), (10, 20, 30))
