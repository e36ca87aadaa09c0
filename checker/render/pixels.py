"""What two pictures of the same place tell: one with a text, one where only that text is transparent. What differs is its ink."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from checker.sight import Box

if TYPE_CHECKING:
    from PIL.Image import Image

# A pixel has ink in it from this difference in any of its three colours on, out of 255.
_INK = 6
# Letters cover 8 to 30 % of their lines; what leaves less than this has none to be seen.
_LEAST_SHARE = 0.004
# The middle of a stroke has its colour; its edges are blurred into what lies behind.
_STROKE = 0.7
_MOST_PIXELS = 2_000_000


@dataclass(frozen=True, slots=True)
class Ink:
    """How much of the boxes the text covers, from 0 to 1, and its contrast to what lies behind it; None where there is no ink."""

    share: float
    contrast: float | None

    @property
    def is_there(self) -> bool:
        """Whether there is enough of it to be read."""
        return self.share >= _LEAST_SHARE


def opened(png: bytes) -> Image:
    """The picture."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        return picture.convert("RGB")


def ink(shown: Image, without: Image, boxes: Sequence[Box]) -> Ink | None:
    """The ink in the boxes, which are in the pixels of the pictures; None where most of them lie outside.

    Its colour is that of the strokes' middle, and what lies behind them that of the same pixels without the text: in the median of each part of the
    colour, so that a picture behind the text counts as most of it is.
    """
    from PIL import ImageChops

    found = []
    pixels = inked = most = 0
    for box in boxes:
        edges = _within(box, shown.width, shown.height)
        if edges is None or pixels > _MOST_PIXELS:
            continue
        one, other = shown.crop(edges), without.crop(edges)
        red, green, blue = ImageChops.difference(one, other).split()
        apart = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        counts = apart.histogram()
        pixels += one.width * one.height
        inked += sum(counts[_INK:])
        most = max(most, apart.getextrema()[1])  # type: ignore[assignment]
        found.append((one, other, apart))
    if pixels < sum(box.width * box.height for box in boxes) / 2:
        return None
    if not inked:
        return Ink(0.0, None)
    ours, behind = [0] * 768, [0] * 768
    for one, other, apart in found:
        strokes = apart.point([255 * (value >= max(_INK, _STROKE * most)) for value in range(256)], "1")
        ours = [a + b for a, b in zip(ours, one.histogram(strokes), strict=True)]
        behind = [a + b for a, b in zip(behind, other.histogram(strokes), strict=True)]
    return Ink(inked / pixels, round(contrast(_median(ours), _median(behind)), 2))


def _median(counts: Sequence[int]) -> list[int]:
    """The colour in the middle, each of its three parts for itself."""
    colour = []
    for part in range(3):
        values = counts[256 * part : 256 * part + 256]
        half = sum(values) / 2
        colour.append(next(value for value, met in enumerate(accumulate(values)) if met >= half))
    return colour


def contrast(one: Sequence[int], other: Sequence[int]) -> float:
    """The contrast ratio of two colours (WCAG 2.2, relative luminance), from 1 to 21.

    >>> contrast((0, 0, 0), (255, 255, 255))
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Iterable[int]) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _within(box: Box, width: int, height: int) -> tuple[int, int, int, int] | None:
    left, top = max(0, int(box.x)), max(0, int(box.y))
    right, bottom = min(width, int(box.right) + 1), min(height, int(box.bottom) + 1)
    return (left, top, right, bottom) if right > left and bottom > top else None
