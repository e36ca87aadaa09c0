"""How a page looks in a browser, measured at one size of window or several. Frozen, picklable, no browser inside.

Lengths are CSS pixels of the window, coordinates those of the page with its upper left corner at (0, 0); they are rounded, and they are evidence: a
verdict rests on whether something is seen, in which order, how large and how strong against the text, and how many windows from the top.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unseen(StrEnum):
    """Why readers do not see what stands in the page. The first that holds, from the outside of the page inwards."""

    DISPLAY = "display"
    DETAILS = "details"
    HOVER = "hover"
    CONTROL = "control"
    VISIBILITY = "visibility"
    OPACITY = "opacity"
    ZERO_SIZE = "zero_size"
    CLIP = "clip"
    CUT = "cut"
    SCROLLED = "scrolled"
    OFF_SCREEN = "off_screen"
    COVERED = "covered"
    TRANSPARENT = "transparent"
    NO_INK = "no_ink"


class Doubt(StrEnum):
    """Why what was measured at a size cannot be trusted; then the page is judged by its markup alone."""

    STYLE_SHEET = "style_sheet"
    UNSTYLED = "unstyled"
    SCRIPTED = "scripted"
    WIDE = "wide"
    UNJOINED = "unjoined"
    CRASHED = "crashed"
    TIMED_OUT = "timed_out"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the page."""

    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Sight:
    """How one thing of a page looks. `boxes`: one for each line of it that is drawn.

    `unseen`: why readers do not see it, or None where they do. `seen_share`: how much of its text they see, from 0 to 1.
    `size`: its font size as drawn, in pixels; `ratio`: that against the median of the running text. `contrast`: between its colour and what lies
    behind it, as WCAG 2 counts it, from 1 to 21; `by_pixels`: taken from two pictures, not worked out from the style.
    `screens`: how many heights of the window its upper edge lies below the top. `stuck`: fixed or sticky, where it stays in the window.
    `before`, `after`: text that a style sheet writes in front of it and behind it. `text`: what it is, at most 80 characters.
    """

    unseen: Unseen | None = None
    seen_share: float = 1.0
    boxes: tuple[Box, ...] = ()
    size: float | None = None
    ratio: float | None = None
    contrast: float | None = None
    by_pixels: bool = False
    screens: float | None = None
    stuck: str | None = None
    before: str = ""
    after: str = ""
    text: str = ""

    @property
    def is_seen(self) -> bool:
        """Whether readers see it without doing anything but scroll."""
        return self.unseen is None

    @property
    def top(self) -> float | None:
        """Its upper edge."""
        return self.boxes[0].y if self.boxes else None


@dataclass(frozen=True, slots=True)
class Framed:
    """What a frame in the page says, as far as it is seen: its text, at most 2,000 characters, and the frame itself."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class View:
    """A page at one size of window. `doubts`: why nothing rests on it; empty where it is measurable.

    The sights stand in the order of the page's facts: `notices`, `links`, `images`, `credits` (of the images), `authors`; None for what has no
    place on the page, or was not found again. `text_size`, `text_contrast`: of the running text, in the median of its characters; `column`: where
    that text stands. `width` and `height` are the window's, `page_width` and `page_height` the whole page's. `rtl`: that text runs from the right.
    `framed`: what frames in the page say.
    """

    width: int
    height: int
    doubts: tuple[Doubt, ...] = ()
    notices: tuple[Sight | None, ...] = ()
    links: tuple[Sight | None, ...] = ()
    images: tuple[Sight | None, ...] = ()
    credits: tuple[Sight | None, ...] = ()
    authors: tuple[Sight | None, ...] = ()
    text_size: float | None = None
    text_contrast: float | None = None
    column: Box | None = None
    page_width: float | None = None
    page_height: float | None = None
    rtl: bool = False
    framed: tuple[Framed, ...] = ()

    @property
    def name(self) -> str:
        """As it is written in options and reports: 390x844."""
        return f"{self.width}x{self.height}"

    @property
    def measurable(self) -> bool:
        """Whether a verdict may rest on it."""
        return not self.doubts


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a browser made of a page. `browser`: its name and version; `fonts`: those that it drew the text with.

    `scripts`: whether the page's scripts ran; `scripted`: whether it has any. `network`: whether what the page needs was fetched. `unloaded`: the
    style sheets that did not load; `unrun`: how many scripts did not.
    """

    browser: str
    views: tuple[View, ...]
    fonts: tuple[str, ...] = ()
    scripts: bool = False
    scripted: bool = False
    network: bool = False
    unloaded: tuple[str, ...] = ()
    unrun: int = 0

    @property
    def all_ran(self) -> bool:
        """Whether the page's scripts ran, and none was missing."""
        return self.scripts and not self.unrun
