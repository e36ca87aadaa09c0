"""How much of anything is taken from a server or an archive; what is larger is told, never read."""

from __future__ import annotations

from dataclasses import dataclass

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, counts, and seconds.

    `wire_bytes`: of an answer as it comes; `body_bytes`: of a page once it is unpacked. `archive_ratio`: how many times larger than the archive its
    pages may be. `sitemap_bytes` and `sitemap_urls` are those of the sitemap protocol. `connect`, `read` and `page` are seconds.
    """

    wire_bytes: int = 32 * _MIB
    body_bytes: int = 64 * _MIB
    redirects: int = 10
    sitemap_bytes: int = 50 * _MIB
    sitemap_urls: int = 50_000
    sitemap_depth: int = 5
    sitemaps: int = 10_000
    archive_ratio: int = 200
    connect: float = 10.0
    read: float = 20.0
    page: float = 60.0
