"""What somebody wants to see of pages, and with what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.errors import BadConfig

PHONE, DESKTOP = (390, 844), (1366, 768)
# A window below this is a phone's: drawn as one, with touch, and the width that the page asks for.
_PHONE_WIDTH = 700
_LEAST, _MOST = 120, 10_000
_SIZE = re.compile(r"(\d{1,5})x(\d{1,5})").fullmatch

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class RenderWish:
    """How pages are drawn. `sizes`: width and height of each window. `browser`: the path of the program, where it is named.

    `network`: whether what a page needs and what is not here is fetched; `scripts`: whether the page's scripts run. `masked`: CSS selectors of
    what no picture may show. `pictures`: the folder that pictures are put into, and `pictures_as` what it is called in the end. `keeps`: whether
    what a page was drawn from and what came of it is kept, as evidence. `seconds`: how long a page may take at one size.
    """

    sizes: tuple[Size, ...] = (PHONE, DESKTOP)
    browser: str | None = None
    network: bool = False
    scripts: bool = False
    masked: tuple[str, ...] = ()
    pictures: str | None = None
    pictures_as: str | None = None
    keeps: bool = False
    seconds: float = 30.0


def size_of(text: str) -> Size:
    """The size that is written as 390x844. Raises BadConfig."""
    found = _SIZE(text.strip().lower())
    if found is None:
        raise BadConfig(f"a size of a window is written as WIDTHxHEIGHT in pixels, for example 390x844, not {text!r}")
    size = int(found[1]), int(found[2])
    if not all(_LEAST <= side <= _MOST for side in size):
        raise BadConfig(f"a window is {_LEAST} to {_MOST:,} pixels wide and high, not {text}")
    return size


def is_phone(size: Size) -> bool:
    """Whether a window of this size is a phone's."""
    return size[0] < _PHONE_WIDTH
