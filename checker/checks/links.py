"""Checks of links that pay the publisher."""

from __future__ import annotations

from typing import Literal

from checker.checks.base import Label, Value, Verdict, check, failed, passed, see, unsure
from checker.facts import Link, Notice, Page, Region, Tier
from checker.link_order import first_in_order
from checker.model import Confidence, Evidence, ReviewReason
from checker.text import clip, fold

# A label in the line of its link stands no further from it than this, in visible characters.
_LINE = 60


def paid_links(page: Page, networks: tuple[str, ...] = ()) -> list[Link]:
    """The links that count: certain or likely, and not a reader's own in the comments; only those of `networks` where some are named."""
    return [
        link
        for link in page.links
        if link.affiliate is not Tier.POSSIBLE and link.region is not Region.COMMENTS and (not networks or link.network in networks)
    ]


def first_link(page: Page) -> Link | None:
    """The link that a notice should come before: the first of the article, else the first of any that pays or may pay."""
    return first_in_order(paid_links(page) or [link for link in page.links if link.region is not Region.COMMENTS])


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
def has_paid_links(
    _subject: Page,
    page: Page,
    *,
    networks: tuple[str, ...] = (),
    likely: Literal["review", "yes"] = "yes",
    possible: Literal["no", "review", "yes"] = "no",
    monetisers: bool = False,
) -> Verdict:
    """A link outside the comments pays the publisher.

    networks: ids of networks, whose links alone count; none named: all.
    likely: what links count for that very likely pay, but whose address alone does not prove it: a question, or as paid.
    possible: what links count for that only may pay (a cloaked path, an unknown shortener): nothing, a question, or as paid.
    monetisers: a script that turns plain links into paid ones counts as a paid link.
    """
    paid = paid_links(page, networks)
    first = first_in_order(paid) if networks else first_link(page)
    values = link_values(first, page)
    if paid:
        sure = Confidence.HIGH if any(link.affiliate is Tier.CERTAIN for link in paid) else Confidence.MEDIUM
        if likely == "review" and sure is not Confidence.HIGH:
            return unsure(ReviewReason.POSSIBLE_LINKS, see_link("primary", first), values, sure)
        return passed(see_link("primary", first), values, sure)
    if monetisers and page.monetisers:
        return passed(values=values, confidence=Confidence.MEDIUM)
    if first is None or possible == "no":
        return failed(values=values)
    evidence = see_link("primary", first)
    return unsure(ReviewReason.POSSIBLE_LINKS, evidence, values, Confidence.LOW) if possible == "review" else passed(evidence, values, Confidence.LOW)


def _leads_inside(link: Link) -> bool:
    _, _, place = link.href.partition("//")
    return bool(place.partition("/")[2].strip("/"))


@check("has-monetised-links", over="page", values=("host", "script", "count"))
def has_monetised_links(_subject: Page, page: Page, *, scripts: tuple[str, ...] = ()) -> Verdict:
    """Plain links into shops stand in the article of a page whose script turns such links into paid ones; a link to a shop's front door is a mention.

    scripts: ids of the networks whose scripts count; none named: all.
    """
    running = {script.id for script in page.monetisers if not scripts or script.id in scripts}
    links = [
        link
        for link in page.links
        if link.affiliate is Tier.POSSIBLE and link.network in running and link.sets_order and not link.hidden and _leads_inside(link)
    ]
    if not links:
        return failed()
    values: dict[str, Value] = {"host": shown_host(links[0], page), "script": links[0].network, "count": len(links)}
    return passed(see_link("primary", links[0]), values, Confidence.MEDIUM)


@check("link-has-label", over="links", values=("host", "network"))
def link_has_label(link: Link, page: Page) -> Verdict:
    """A label at the link itself says that it pays ("Ad", "paid link", a sign with a key), or a label that covers the whole page does."""
    said = any(not notice.hidden and _labels(notice, link) for notice in page.notices)
    values: dict[str, Value] = {"host": shown_host(link, page), "network": link.network}
    return passed(values=values) if said else failed(see_link("primary", link), values, sureness(link))


def _labels(notice: Notice, link: Link) -> bool:
    """Whether the notice marks this link: it covers it, explains its sign, stands in its line, or is a label over the whole piece."""
    if notice.covers != "page":
        return link.href in notice.covers
    if notice.kind in ("ad_label", "sponsored"):
        return notice.opening or notice.above_headline
    in_line = -_LINE < notice.place - link.place < len(link.text) + _LINE and any(signal.startswith("label:") for signal in notice.signals)
    return in_line or (link.sign is not None and "symbol" in notice.signals)


@check("link-names", over="links", values=("host", "network", "text"))
def link_names(link: Link, page: Page, *, any_of: tuple[str, ...]) -> Verdict:
    """The text of the link holds one of these words, in capitals or not.

    any_of: the words, one of which is enough.
    """
    values: dict[str, Value] = {"host": shown_host(link, page), "network": link.network, "text": clip(link.text, 60) or None}
    text = fold(link.text)
    if any(fold(word) in text for word in any_of):
        return passed(values=values)
    return failed(see_link("primary", link), values, sureness(link))


@check("link-shows-target", over="links", values=("host", "network"))
def link_shows_target(link: Link, page: Page) -> Verdict:
    """The address of the link leads to the shop or network itself, not over a redirect of the publisher's own site."""
    values: dict[str, Value] = {"host": shown_host(link, page), "network": link.network}
    own = link.role == "cloak" or (link.target is not None and link.href.startswith("/") and not link.href.startswith("//"))
    return failed(see_link("primary", link), values, Confidence.MEDIUM) if own else passed(values=values)


@check("has-table-of-links", over="page", values=("host", "network", "count"))
def has_table_of_links(_subject: Page, page: Page, *, least: int = 3) -> Verdict:
    """Paid links stand beside each other in a table, as in a comparison.

    least: so many different targets make a comparison.
    """
    listed = [link for link in paid_links(page) if link.in_table]
    values = link_values(listed[0] if listed else None, page)
    if len({link.target or link.href for link in listed}) < least:
        return failed(values=values)
    return passed(see_link("primary", listed[0]), values, Confidence.MEDIUM)


@check("rel-has", over="links", values=("host", "network", "rel"))
def rel_has(link: Link, page: Page, *, any_of: tuple[str, ...]) -> Verdict:
    """The link's `rel` holds one of these words.

    any_of: the words, one of which is enough.
    """
    values: dict[str, Value] = {"host": shown_host(link, page), "network": link.network, "rel": " ".join(link.rel) or None}
    if {word.lower() for word in link.rel}.intersection(any_of):
        return passed(values=values)
    return failed(see_link("primary", link), values, sureness(link))
