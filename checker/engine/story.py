"""The story that a page belongs to, told of one page alone; `checker.engine.stories` puts those of a run together."""

from __future__ import annotations

from collections.abc import Callable

from checker.checks.links import first_link, link_values, paid_links, see_link
from checker.checks.notices import has_notice
from checker.engine.judge import doubt_of
from checker.facts import Page, Spot, Tier
from checker.model import Evidence, Outcome, Shows, Story, Waiver

_NOTICE = {Outcome.PASS: "shown", Outcome.NEEDS_REVIEW: "revealable"}
_Waived = Callable[[Spot | None], tuple[tuple[str, Waiver], ...]]


def story_of(
    page: Page,
    key: str,
    own: str | None,
    known_as: Callable[[str], str],
    locate: Callable[[Spot], Spot] = lambda spot: spot,
    waived: _Waived = lambda _: (),
) -> Story | None:
    """The story of a page that names other forms of itself, or says that it is one; None for every other page.

    `key`: what the page is called; `own`: the address that it was found at, where that is known; `known_as` makes of an address what pages are
    called by. `waived`: which rules over twins the page waives at a place.
    """
    said = page.variants
    if not (said.amp or said.amphtml or said.previous or said.next or said.print or (said.canonical and own)):
        return None
    named = (("main", said.canonical), ("amp", said.amphtml), ("print", said.print), ("previous", said.previous), ("next", said.next))
    here = known_as(own) if own else None
    found = {role: known_as(address) for role, address in named if address}
    if "main" in found and here is not None and _is_same(found["main"], here):
        del found["main"]
    role = _role(page, found, elsewhere=here is not None and "main" in found)
    if role is None:
        return None
    if role == "main":
        found.pop("main", None)
    if role == "part":
        # Where its own address is unknown, what it calls canonical may be itself.
        key = (found.get("main") if here is not None else None) or found["previous"]
    # A copy may be a twin that does not call itself one; that of a mirror, or of a site that is still to be published, is none.
    is_twin = role == "amp" or "amp" in found or (role == "copy" and here is not None and host(found["main"]) == host(here))
    shows = _shows(page, locate, waived) if is_twin else None
    return Story(key, role, here, tuple(found.items()), shows)


def _role(page: Page, found: dict[str, str], *, elsewhere: bool) -> str | None:
    # A page may call itself an AMP page and have no other form, and its own address may not be known.
    if page.variants.amp and ("main" in found or (page.variants.canonical is None and "amp" not in found)):
        return "amp"
    if "previous" in found:
        return "part"
    if found.keys() - {"main"}:
        return "main"
    return "copy" if elsewhere else None


def _is_same(one: str, other: str) -> bool:
    """Whether two addresses lead to one place, as far as they tell: with or without www, the last slash, and the lock."""
    return _bare(one) == _bare(other)


def host(url: str) -> str:
    """The host of an address, without www."""
    return _bare(url).partition("/")[0]


def _bare(url: str) -> str:
    return url.partition("://")[2].removeprefix("www.").rstrip("/")


def _shows(page: Page, locate: Callable[[Spot], Spot], waived: _Waived) -> Shows:
    said = has_notice.function(page, page, visible=True, revealable="review")
    notice = _NOTICE.get(said.outcome, "none")
    link = first_link(page)
    tiers = {each.affiliate for each in paid_links(page)} or ({link.affiliate} if link else set())
    first = next(iter(said.evidence if notice == "shown" else see_link("primary", link)), None)
    values = link_values(link, page)
    host, network = values["host"], values["network"]
    return Shows(
        notice=notice,
        paid=next((tier for tier in Tier if tier in tiers), None),
        links=len(paid_links(page)),
        host=str(host) if host is not None else None,
        network=str(network) if network is not None else None,
        doubt=doubt_of("notice", page),
        evidence=Evidence(first.role, first.label, locate(first.spot)) if first else None,
        waived=waived(first.spot if first else None) if page.directives else (),
    )
