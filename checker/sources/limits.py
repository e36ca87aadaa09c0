"""How much of anything is taken from a server or an archive; what is larger is told, never read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from checker.errors import BadConfig

_LONGEST = 3_600.0
_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, counts, and seconds.

    `wire_bytes`: of an answer as it comes; `body_bytes`: of a page once it is unpacked; `part_bytes`: of a style sheet, a font, or a picture that a
    page is drawn with. `archive_ratio`: how many times larger than the archive its pages may be. `sitemap_bytes` and `sitemap_urls` are those of the
    sitemap protocol. `connect`, `read` and `page` are seconds.
    """

    wire_bytes: int = 32 * _MIB
    body_bytes: int = 64 * _MIB
    part_bytes: int = 5 * _MIB
    redirects: int = 10
    sitemap_bytes: int = 50 * _MIB
    sitemap_urls: int = 50_000
    sitemap_depth: int = 5
    sitemaps: int = 10_000
    archive_ratio: int = 200
    connect: float = 10.0
    read: float = 20.0
    page: float = 60.0


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds: to connect, to wait for the next bytes, to fetch a page with all of its redirects, to judge it, to draw it at one size."""

    connect: float = 10.0
    read: float = 20.0
    page: float = 60.0
    judge: float = 60.0
    render: float = 30.0

    @classmethod
    def of(cls, text: str) -> Self:
        """As they are written; what is not named stays as it is. Raises BadConfig.

        >>> Times.of("connect=5, page=90")
        Times(connect=5.0, read=20.0, page=90.0, judge=60.0, render=30.0)
        """
        told: dict[str, float] = {}
        for part in text.split(","):
            name, sign, value = (piece.strip() for piece in part.partition("="))
            if name not in cls.__slots__ or not sign:
                raise BadConfig(f"timeout: {part.strip()!r} is not understood; write connect=5,read=20,page=60,judge=60,render=30, or some of these")
            if name in told:
                raise BadConfig(f"timeout: {name} is named twice")
            try:
                told[name] = float(value)
            except ValueError:
                raise BadConfig(f"timeout: {name} is a number of seconds, not {value!r}") from None
            if not 0 < told[name] <= _LONGEST:  # also no number at all (nan)
                raise BadConfig(f"timeout: {name} is more than 0 and at most {_LONGEST:g} seconds, not {value}")
        return cls(**told)
