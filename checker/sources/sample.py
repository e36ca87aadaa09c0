"""A share of many pages instead of all of them, and how far it speaks for the rest."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

# The normal distribution's 97.5th percentile: 95 % lie between it and its negative.
_Z = 1.959963984540054


def pick(urls: Iterable[str], size: int, seed: int) -> tuple[list[str], int]:
    """`size` of the addresses, each set of them equally likely, in their order; and how many there were.

    The seed and an address alone decide (its hash is among the smallest), so the order of a sitemap changes nothing, and a site that grows keeps
    most of its sample. No more than `size` addresses are held.
    """
    kept: list[tuple[int, int, str]] = []
    total = 0
    key = seed.to_bytes(16, "little", signed=True)
    for total, url in enumerate(urls, 1):
        rank = -int.from_bytes(blake2b(url.encode("utf-8", "surrogatepass"), digest_size=8, key=key).digest(), "big")
        if len(kept) < size:
            heapq.heappush(kept, (rank, -total, url))
        elif kept and rank > kept[0][0]:
            heapq.heapreplace(kept, (rank, -total, url))
    return [url for _, _, url in sorted(kept, key=lambda each: -each[1])], total


@dataclass(frozen=True, slots=True)
class Share:
    """`found` of `sampled` pages, out of `total` that the sample was drawn from. Of pages only: findings on one page are no separate draws."""

    found: int
    sampled: int
    total: int

    def __post_init__(self) -> None:
        if not 0 <= self.found <= self.sampled <= self.total:
            raise ValueError(f"no share: {self.found} of {self.sampled} of {self.total}")

    def interval(self) -> tuple[float, float] | None:
        """Between which shares that of all pages lies with 95 % confidence; None where nothing was sampled.

        Wilson's interval, its variance corrected for the finite number of pages (Cochran, Sampling Techniques, 2.5), and cut where the sampled
        pages themselves rule a share out.

        >>> [round(end, 4) for end in Share(12, 200, 48_211).interval() or ()]
        [0.0347, 0.1018]
        """
        if not self.sampled:
            return None
        n, share = self.sampled, self.found / self.sampled
        z2 = _Z * _Z * ((self.total - n) / (self.total - 1) if self.total > 1 else 0.0)
        centre = (share + z2 / (2 * n)) / (1 + z2 / n)
        half = math.sqrt(z2) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
        least, most = self.found / self.total, (self.total - (n - self.found)) / self.total
        return max(centre - half, least), min(centre + half, most)

    def sentence(self, what: str, seed: int) -> str:
        """The share as a report says it.

        >>> Share(12, 200, 48_211).sentence("have a finding", 7)
        '12 of 200 sampled pages of 48,211 have a finding: 3.5 % to 10.2 % of all pages, with 95 % confidence (seed 7)'
        """
        between = self.interval()
        if between is None:
            return f"no page of {self.total:,} was sampled (seed {seed})"
        low, high = (f"{100 * each:.1f} %" for each in between)
        told = f"{self.found:,} of {self.sampled:,} sampled pages of {self.total:,} {what}"
        return f"{told}: {low} to {high} of all pages, with 95 % confidence (seed {seed})"
