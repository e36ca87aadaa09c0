"""What is drawn over pictures of pages: frames around what was found, each kind in a colour, a line and a word of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checker.render.shots import Shot
from checker.sight import Box

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

# Colours that people with any kind of colour blindness tell apart (Okabe and Ito, 2008), and lines that need no colour.
_KINDS = {
    "notices": ("Notice", (0, 114, 178), 0),
    "links": ("Paid link", (213, 94, 0), 8),
    "credits": ("Credit", (0, 125, 92), 3),
    "authors": ("Author", (146, 79, 125), 14),
}
_INK, _PAPER, _GREY = (34, 34, 34), (255, 255, 255), (90, 90, 90)
_LINE = 1.5
_FONT = 12.0
_PAD = 3.0
_CROP = 60.0
_CROP_WIDTH = 320.0
_MOST_LINKS = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """What is framed: its kind, its number among those of its kind, where it stands, and what is said of it where it stands nowhere."""

    kind: str
    number: int
    boxes: tuple[Box, ...]
    note: str = ""

    @property
    def label(self) -> str:
        """Its name in the picture."""
        return f"{_KINDS[self.kind][0]} {self.number}"


def annotated(shot: Shot, marks: Sequence[Mark], title: str) -> Image:
    """The picture with its frames, under a line that says what it shows, over lines for what is not seen on it."""
    from PIL import Image, ImageDraw

    picture = shot.picture.copy()
    framed(picture, shot, marks)
    notes = [f"{mark.label}: {mark.note}" for mark in marks if mark.note]
    if any(mark.kind == "links" and mark.boxes and not shot.holds(mark.boxes[0]) for mark in marks):
        notes.append("The page goes on; not all paid links stand in this picture.")
    font = _font(_FONT * shot.scale)
    height = round(_FONT * shot.scale * 2)
    whole = Image.new("RGB", (picture.width, picture.height + height * (1 + len(notes))), _PAPER)
    whole.paste(picture, (0, height))
    brush = ImageDraw.Draw(whole)
    pad = round(_PAD * 2 * shot.scale)
    brush.rectangle((0, 0, whole.width, height), fill=_INK)
    brush.text((pad, height // 2), _fitting(brush, title, font, whole.width - 2 * pad), font=font, fill=_PAPER, anchor="lm")
    for number, note in enumerate(notes):
        at = height + picture.height + number * height
        brush.rectangle((0, at, whole.width, at + height), fill=(240, 240, 240))
        brush.text((pad, at + height // 2), _fitting(brush, note, font, whole.width - 2 * pad), font=font, fill=_INK, anchor="lm")
    return whole


def framed(picture: Image, shot: Shot, marks: Sequence[Mark]) -> None:
    """Draw the frames into a picture."""
    from PIL import ImageDraw

    brush = ImageDraw.Draw(picture)
    placed = [shot.placed(box) for mark in marks for box in mark.boxes]
    taken = [(box.x, box.y, box.right, box.bottom) for box in placed]
    # Notices last, so that nothing lies over them.
    for mark in sorted(marks, key=lambda mark: mark.kind == "notices"):
        boxes = [shot.placed(box) for box in mark.boxes if shot.at.y < box.bottom and box.y < shot.at.bottom]
        for box in boxes:
            _frame(brush, box, mark.kind, shot.scale)
        if boxes:
            _tag(brush, boxes[0], mark, shot, taken, picture.width)


def cropped(shot: Shot, boxes: Sequence[Box], marks: Sequence[Mark]) -> Image:
    """The part of a picture in which these boxes stand, with its frames and some of what is around."""
    picture = shot.picture.copy()
    framed(picture, shot, marks)
    placed = [shot.placed(box) for box in boxes]
    margin = _CROP * shot.scale
    left, top = min(box.x for box in placed) - margin, min(box.y for box in placed) - margin
    right, bottom = max(box.right for box in placed) + margin, max(box.bottom for box in placed) + margin
    short = _CROP_WIDTH * shot.scale - (right - left)
    left, right = (left - short / 2, right + short / 2) if short > 0 else (left, right)
    edges = (max(0, int(left)), max(0, int(top)), min(picture.width, int(right)), min(picture.height, int(bottom)))
    return picture.crop((edges[0], edges[1], max(edges[2], edges[0] + 1), max(edges[3], edges[1] + 1)))


def _frame(brush: ImageDraw, box: Box, kind: str, scale: float) -> None:
    _, colour, dash = _KINDS[kind]
    width = max(2, round(_LINE * scale))
    left, top, right, bottom = (box.x - 2 * scale, box.y - 2 * scale, box.right + 2 * scale, box.bottom + 2 * scale)
    for start, end in (
        ((left, top), (right, top)),
        ((right, top), (right, bottom)),
        ((right, bottom), (left, bottom)),
        ((left, bottom), (left, top)),
    ):
        _line(brush, start, end, colour, width, dash * scale)


def _line(brush: ImageDraw, start: tuple[float, float], end: tuple[float, float], colour: tuple[int, int, int], width: int, dash: float) -> None:
    if not dash:
        brush.line((*start, *end), fill=colour, width=width)
        return
    length = max(abs(end[0] - start[0]), abs(end[1] - start[1]))
    for number in range(int(length // (2 * dash)) + 1):
        begin, stop = number * 2 * dash / (length or 1), min(1.0, (number * 2 + 1) * dash / (length or 1))
        one, other = (tuple(a + (b - a) * part for a, b in zip(start, end, strict=True)) for part in (begin, stop))
        brush.line((*one, *other), fill=colour, width=width)


def _tag(brush: ImageDraw, box: Box, mark: Mark, shot: Shot, taken: list[tuple[float, float, float, float]], width: int) -> None:
    """The word at a frame: above it where there is room, else beside or below it."""
    font = _font(_FONT * shot.scale)
    pad = _PAD * shot.scale
    wide, high = brush.textlength(mark.label, font=font) + 2 * pad, (_FONT + 4) * shot.scale
    left = max(0.0, min(box.x - 2 * shot.scale, width - wide))
    gap = 3 * shot.scale
    above = (left, max(0.0, box.y - gap - high))
    tries = [
        above,
        (box.right + gap, (box.y + box.bottom - high) / 2),
        (left, box.bottom + gap),
        (box.x - gap - wide, (box.y + box.bottom - high) / 2),
    ]
    places = [(x, y, x + wide, y + high) for x, y in tries if x >= 0 and y >= 0 and x + wide <= width]
    place = next((place for place in places if not any(_overlap(place, other) for other in taken)), (*above, above[0] + wide, above[1] + high))
    taken.append(place)
    brush.rectangle(place, fill=_KINDS[mark.kind][1])
    brush.text((place[0] + pad, (place[1] + place[3]) / 2), mark.label, font=font, fill=_PAPER, anchor="lm")


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _fitting(brush: ImageDraw, text: str, font: FreeTypeFont | ImageFont, width: float) -> str:
    # Text of pages may hold anything; only what the font has is drawn, in one line.
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    if brush.textlength(shown, font=font) <= width:
        return shown
    while shown and brush.textlength(shown + "…", font=font) > width:
        shown = shown[: -max(1, len(shown) // 20)]
    return shown + "…"


def _font(size: float) -> FreeTypeFont | ImageFont:
    from PIL.ImageFont import load_default

    return load_default(round(size))


def worth_framing(number: int, kind: str) -> bool:
    """Whether so many of a kind still help a reader of the picture."""
    return kind != "links" or number <= _MOST_LINKS
