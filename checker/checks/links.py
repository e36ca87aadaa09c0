"""Checks of links that pay the publisher."""

from __future__ import annotations

from typing import Literal

from checker.checks.base import Label, Value, Verdict, check, failed, passed, see, unsure
from checker.model import Confidence, Evidence, Link, Page, Region, ReviewReason, Tier
from checker.text import clip


def paid_links(page: Page) -> list[Link]:
    """The links that count: certain or likely, and not a reader's own in the comments."""
    return [link for link in page.links if link.affiliate is not Tier.POSSIBLE and link.region is not Region.COMMENTS]


def first_link(page: Page) -> Link | None:
    """The link that a notice should come before: the first of the article, else the first of any that pays or may pay."""
    paid = paid_links(page) or [link for link in page.links if link.region is not Region.COMMENTS]
    return next((link for link in paid if link.sets_order), paid[0] if paid else None)


def link_values(link: Link | None, page: Page) -> dict[str, Value]:
    """What messages may say of a link: where it leads, who pays, how many such links there are."""
    return {"host": shown_host(link, page), "network": link.network if link else None, "count": len(paid_links(page))}


def shown_host(link: Link | None, page: Page) -> str | None:
    """The name by which an editor knows the link: its host, or the start of its address."""
    if link is None:
        return None
    return link.host or (page.own_host if link.href.startswith("/") and not link.href.startswith("//") else None) or clip(link.href, 60)


def see_link(role: str, link: Link | None) -> tuple[Evidence, ...]:
    """The link as evidence, with what is known of it."""
    if link is None:
        return ()
    return see(role, Label.LINK_MAY_PAY if link.affiliate is Tier.POSSIBLE else Label.LINK_PAYS, link.spot)


def sureness(link: Link | None) -> Confidence:
    """How sure a finding can be that rests on this link being paid."""
    return Confidence.HIGH if link is not None and link.affiliate is Tier.CERTAIN else Confidence.MEDIUM


@check("has-paid-links", over="page", values=("host", "network", "count"))
def has_paid_links(_subject: Page, page: Page, *, possible: Literal["no", "review", "yes"] = "no", monetisers: bool = False) -> Verdict:
    """A link outside the comments pays the publisher.

    possible: what links count for that only may pay (a cloaked path, an unknown shortener): nothing, a question, or as paid.
    monetisers: a script that turns plain links into paid ones counts as a paid link.
    """
    paid = paid_links(page)
    first = first_link(page)
    values = link_values(first, page)
    if paid:
        sure = Confidence.HIGH if any(link.affiliate is Tier.CERTAIN for link in paid) else Confidence.MEDIUM
        return passed(see_link("primary", first), values, sure)
    if monetisers and page.monetisers:
        return passed(values=values, confidence=Confidence.MEDIUM)
    if first is None or possible == "no":
        return failed(values=values)
    evidence = see_link("primary", first)
    return unsure(ReviewReason.POSSIBLE_LINKS, evidence, values, Confidence.LOW) if possible == "review" else passed(evidence, values, Confidence.LOW)


@check("rel-has", over="links", values=("host", "network", "rel"))
def rel_has(link: Link, page: Page, *, any_of: tuple[str, ...]) -> Verdict:
    """The link's `rel` holds one of these words.

    any_of: the words, one of which is enough.
    """
    values: dict[str, Value] = {"host": shown_host(link, page), "network": link.network, "rel": " ".join(link.rel) or None}
    if {word.lower() for word in link.rel}.intersection(any_of):
        return passed(values=values)
    return failed(see_link("primary", link), values, sureness(link))
