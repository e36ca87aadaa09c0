"""How large a page says that a picture is shown: its attributes, its style, its address."""

from __future__ import annotations

import re

from checker.page.pictures import Picture

_SIDE = re.compile(r"(?:^|[;\s])(width|height)\s*:\s*(\d+(?:\.\d+)?)(px|em|rem|ex)\b")
_NO_HEIGHT = re.compile(r"(?:^|[;\s])height\s*:\s*0\s*(?:;|$)")
# Units of the text in pixels, as browsers have them where a page does not say otherwise.
_UNITS = {"px": 1.0, "em": 16.0, "rem": 16.0, "ex": 8.0}
_PIXELS = re.compile(r"\s*(\d{1,5})(?:px)?\s*$").match
_SIZE_IN_QUERY = re.compile(r"[?&](width|height|w|h)=(\d{1,4})(?=&|$)")
# Shapes, not sizes: `width="16" height="9"`.
_SHAPES = frozenset(((16, 9), (9, 16), (4, 3), (3, 4), (3, 2), (2, 3), (16, 10), (21, 9), (2, 1), (5, 4), (4, 5), (5, 3)))
# No picture is longer.
_LONGEST = 99_999


def size_of(picture: Picture, attrs: dict[str, str]) -> tuple[int | None, int | None]:
    """Width and height in pixels; None where the page does not say."""
    width, height = _pixels(attrs.get("width")), _pixels(attrs.get("height"))
    if (width, height) in _SHAPES:
        width = height = None
    if "=" in picture.src and (asked := dict(_SIZE_IN_QUERY.findall(picture.src))):
        width = _pixels(asked.get("width") or asked.get("w")) if width is None else width
        height = _pixels(asked.get("height") or asked.get("h")) if height is None else height
    if "style" in attrs:
        style = attrs["style"].lower()
        # A box without height shows its background, and a padding in the picture's shape.
        if "url(" not in style and "padding" not in style and "height" not in attrs and _NO_HEIGHT.search(style):
            height = 0
        for side, number, unit in _SIDE.findall(style):
            pixels = round(min(float(number) * _UNITS[unit], _LONGEST))
            width, height = (pixels, height) if side == "width" else (width, pixels)
    return width, height


def _pixels(value: str | None) -> int | None:
    match = _PIXELS(value) if value else None
    return int(match[1]) if match else None
