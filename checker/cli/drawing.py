"""What the settings say of drawing pages, asked before any page is read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from checker.errors import BadConfig

if TYPE_CHECKING:
    from checker.config.settings import Settings
    from checker.render.wish import RenderWish
    from checker.sources.limits import Times

_ONLY_WITH = ("render-network", "render-js", "viewport", "browser", "pictures", "mask")


def render_wish(settings: Settings) -> RenderWish | None:
    """How pages are drawn, if they are.

    Raises BadSettings; BadConfig where the driver or the browser is not installed, and for options that ask for nothing; BadOutput for pictures
    that cannot be written.
    """
    wish = settings.render
    if wish is None:
        alone = [key for key in _ONLY_WITH if settings.origin(key) == f"--{key}"]
        if alone:
            raise BadConfig(f"--{alone[0]} says how pages are drawn: it needs --render")
        return None
    from checker.render.chromium import ask_for_playwright, checked

    ask_for_playwright()
    if wish.pictures is not None:
        from checker.render.gallery import made

        made(wish.pictures)
    return replace(wish, browser=checked(wish.browser))


def jobs_for(asked: int | None, wish: RenderWish | None) -> int | None:
    """How many processes: a browser keeps two cores busy by itself."""
    if asked is not None or wish is None:
        return asked
    from checker.scale.run import cores

    return max(1, cores() // 2)


def seconds_for(times: Times, wish: RenderWish | None) -> float:
    """So long a page may take in all: to be judged, and to be drawn, at each size once for its measures and once for its pictures."""
    return times.judge + (times.render * len(wish.sizes) * (2 if wish.pictures or wish.keeps else 1) if wish else 0)
