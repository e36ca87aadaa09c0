"""Which paid link a notice should come before."""

from __future__ import annotations

from collections.abc import Sequence

from checker.facts import Link, Region

# Menus and the header of the site stand before everything on every page, whatever the page is about.
_MENUS = frozenset((Region.NAVIGATION, Region.PAGE_HEADER))
_EVERYWHERE = _MENUS | {Region.SIDEBAR, Region.PAGE_FOOTER}


def first_in_order(links: Sequence[Link]) -> Link | None:
    """The first of the article, else the first outside what stands on every page, else the first: more links never make an order better."""
    in_article = next((link for link in links if link.sets_order), None)
    return in_article or next((link for link in links if link.region not in _EVERYWHERE), links[0] if links else None)


def is_of_site(link: Link) -> bool:
    """Whether it stands beside the article on every page of the site, as far as its place tells."""
    return link.region in _MENUS or link.region is Region.SIDEBAR
