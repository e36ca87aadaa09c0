"""What is drawn over pictures of pages stands where it belongs, whatever the page is called."""

from __future__ import annotations

import pytest

from checker.render.shots import Shot, cover, png
from checker.sight import Box

pytest.importorskip("PIL", reason="Pillow, of the extra render, is not installed")
from PIL import Image

from checker.render.picture import Mark, annotated, cropped, framed
from checker.render.pixels import opened

WHITE = (255, 255, 255)
BLUE, ORANGE, GREEN, PURPLE = (0, 114, 178), (213, 94, 0), (0, 125, 92), (146, 79, 125)
TITLE = "390x844 | Chromium 140.0, scripts off | pots.html"
BOX = Box(40, 100, 200, 20)


def shot(width: int = 390, height: int = 600, scale: float = 1.0, top: float = 0.0) -> Shot:
    return Shot(Image.new("RGB", (round(width * scale), round(height * scale)), WHITE), Box(0, top, width, height), scale)


def colours(picture: Image.Image, edges: tuple[int, int, int, int]) -> set[tuple[int, int, int]]:
    told = picture.crop(edges).tobytes()
    return set(zip(told[0::3], told[1::3], told[2::3], strict=True))


@pytest.mark.parametrize(("kind", "colour"), [("notices", BLUE), ("links", ORANGE), ("credits", GREEN), ("authors", PURPLE)])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_frame_in_the_colour_of_its_kind_stands_around_its_box(kind: str, colour: tuple[int, int, int], scale: float) -> None:
    taken = shot(scale=scale)
    framed(taken.picture, taken, [Mark(kind, 1, (BOX,))])
    left, top, right, bottom = (round(side * scale) for side in (BOX.x, BOX.y, BOX.right, BOX.bottom))
    gap = round(2 * scale)
    for edge in (
        (left, top - gap - 1, right, top - gap + 1),
        (left, bottom + gap - 1, right, bottom + gap + 1),
        (left - gap - 1, top, left - gap + 1, bottom),
        (right + gap - 1, top, right + gap + 1, bottom),
    ):
        assert colour in colours(taken.picture, edge)
    assert colours(taken.picture, (left, top, right, bottom)) == {WHITE}


def test_each_kind_has_a_line_of_its_own_beside_its_colour() -> None:
    lengths = {}
    for kind, colour in (("notices", BLUE), ("links", ORANGE), ("credits", GREEN), ("authors", PURPLE)):
        taken = shot()
        framed(taken.picture, taken, [Mark(kind, 1, (BOX,))])
        lengths[kind] = sum(taken.picture.getpixel((x, 122)) == colour for x in range(40, 240))
    assert lengths["notices"] == 200
    assert len(set(lengths.values())) >= 3


def test_a_word_stands_at_the_frame() -> None:
    taken = shot()
    framed(taken.picture, taken, [Mark("notices", 3, (BOX,))])
    assert taken.picture.getpixel((39, 84)) == BLUE
    assert WHITE in colours(taken.picture, (42, 82, 90, 94))


def test_in_a_part_of_the_page_frames_stand_where_the_part_has_them() -> None:
    taken = shot(top=1000)
    framed(taken.picture, taken, [Mark("notices", 1, (Box(40, 1100, 200, 20),)), Mark("links", 1, (BOX,))])
    found = colours(taken.picture, (0, 0, 390, 600))
    assert BLUE in colours(taken.picture, (40, 97, 240, 99))
    assert ORANGE not in found


def test_no_marks_change_nothing() -> None:
    taken = shot()
    framed(taken.picture, taken, [])
    assert colours(taken.picture, (0, 0, 390, 600)) == {WHITE}


@pytest.mark.parametrize(
    "title",
    [
        "", TITLE, "x" * 5_000, "\x1b[31mred\x1b[0m\x00\x07\r\n\t", "\u202e\u2066lmth.stop\u202c\u2069", "茶壺 🫖 \ufeff\U0010ffff",
        "a\u0301" * 3_000, "\ud800", "\n" * 300,
    ],
)  # fmt: skip
def test_whatever_a_page_is_called_its_picture_has_one_line_on_top(title: str) -> None:
    taken = shot()
    picture = annotated(taken, [Mark("notices", 1, (BOX,))], title)
    assert (picture.width, picture.height) == (390, 624)
    assert picture.getpixel((389, 23)) == (34, 34, 34)
    assert BLUE in colours(picture, (40, 120, 240, 123))
    png(picture)


def test_what_is_not_seen_is_said_below_the_picture() -> None:
    taken = shot()
    picture = annotated(taken, [Mark("notices", 1, (), "not seen (display)"), Mark("authors", 1, (), "\x1b" * 900)], TITLE)
    assert picture.height == 600 + 24 * 3
    assert picture.getpixel((389, 640)) == (240, 240, 240)
    assert taken.picture.height == 600


def test_without_anything_to_frame_there_is_still_a_picture() -> None:
    assert annotated(shot(), [], TITLE).height == 624


def test_a_paid_link_below_the_picture_is_spoken_of() -> None:
    assert annotated(shot(), [Mark("links", 1, (Box(0, 5_000, 10, 10),))], TITLE).height == 600 + 24 * 2


@pytest.mark.parametrize(
    "box", [Box(0, 0, 0, 0), Box(-500, -500, 10, 10), Box(380, 590, 500, 500), Box(0, 300, 9_000, 1), Box(1e7, 1e7, 1, 1), Box(0, 0, 390, 600)]
)
def test_no_box_is_too_strange_for_a_frame_or_a_crop(box: Box) -> None:
    taken = shot()
    picture = cropped(taken, [box], [Mark("links", 1, (box,)), Mark("notices", 1, (box, BOX))])
    assert picture.width >= 1
    assert picture.height >= 1


def test_a_crop_has_the_box_its_frame_and_what_is_around() -> None:
    taken = shot()
    picture = cropped(taken, [BOX], [Mark("notices", 1, (BOX,))])
    assert (picture.width, picture.height) == (300, 140)
    assert BLUE in colours(picture, (0, 0, picture.width, picture.height))


def test_what_is_masked_is_covered_at_any_scale() -> None:
    taken = shot(scale=2.0, top=500)
    cover(taken, (Box(10, 520, 30, 10), Box(10, 5_000, 30, 10), Box(0, 560, 0, 0)))
    assert colours(taken.picture, (20, 40, 80, 60)) == {(128, 128, 128)}
    assert taken.picture.getpixel((90, 50)) == WHITE
    assert taken.picture.getpixel((0, 120)) == WHITE


def test_a_picture_as_a_file_is_the_same_each_time() -> None:
    one, other = (png(annotated(shot(), [Mark("notices", 1, (BOX,))], TITLE)) for _ in range(2))
    assert one == other
    assert opened(one).size == (390, 624)
