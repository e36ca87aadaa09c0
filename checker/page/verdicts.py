"""The three verdicts of a page, computed once, from facts alone; no jurisdiction in them. Defined in the README, "What the facts say"."""

from __future__ import annotations

from collections.abc import Sequence

from checker.facts import Author, Image, Link, Notice, Placement, Region, Tier, Verdicts

# A statement here is part of the site's furniture, not of the piece.
_FURNITURE = frozenset((Region.PAGE_FOOTER, Region.SIDEBAR, Region.NAVIGATION))
_NO_BYLINE_DUE = frozenset(("listing", "product"))


def verdicts(page_type: str, links: Sequence[Link], notices: Sequence[Notice], authors: Sequence[Author], images: Sequence[Image]) -> Verdicts:
    """What the page shows of notice, author and credits."""
    return Verdicts(affiliate_notice=affiliate_notice(links, notices), author=author(page_type, authors), image_credits=image_credits(images))


def affiliate_notice(links: Sequence[Link], notices: Sequence[Notice]) -> str:
    """not_needed, clear_before, clear_after, footer_only, weak_or_link_only, missing or notice_without_links."""
    paying = [link for link in links if link.affiliate is not Tier.POSSIBLE and link.region is not Region.COMMENTS]
    # "We are not paid for this" is no notice; beside a paid link it is worse than none.
    seen = [notice for notice in notices if not notice.hidden and "denial" not in notice.signals]
    if not paying:
        return (
            "notice_without_links" if any(notice.kind in ("affiliate", "sponsored") and notice.hidden_by is None for notice in seen) else "not_needed"
        )
    plain = [notice for notice in seen if is_plain(notice)]
    placed = [notice for notice in plain if notice.region not in _FURNITURE or notice.covers != "page"]
    if not placed and all(link.region is Region.SIDEBAR for link in paying):
        # Where the only paid links stand in a sidebar box, so does their notice.
        placed = [notice for notice in plain if notice.region is Region.SIDEBAR]
    if any(notice.placement is Placement.BEFORE for notice in placed):
        return "clear_before"
    if placed:
        return "clear_after"
    if plain:
        return "footer_only"
    if any(notice.kind in ("affiliate", "policy_link", "ad_label") or notice.hidden_by == "details" for notice in seen):
        return "weak_or_link_only"
    return "missing"


def is_plain(notice: Notice) -> bool:
    """Whether the notice says plainly, where a reader sees it, that the links earn money."""
    return says_plainly(notice) and not notice.hidden and notice.hidden_by is None


def says_plainly(notice: Notice) -> bool:
    """Whether its words say so, seen or not."""
    return notice.clarity == "clear" and notice.kind in ("affiliate", "sponsored", "ad_label") and "denial" not in notice.signals


def author(page_type: str, authors: Sequence[Author]) -> str:
    """person, organisation, generic, none or not_applicable: what a reader sees."""
    if page_type in _NO_BYLINE_DUE:
        return "not_applicable"
    kinds = {one.kind for one in authors if one.visible}
    return next((kind for kind in ("person", "organisation", "generic") if kind in kinds), "none")


def image_credits(images: Sequence[Image]) -> str:
    """all, some or none of the content images carry a credit that names somebody; no_content_images."""
    content = [image for image in images if image.content]
    if not content:
        return "no_content_images"
    credited = [
        image
        for image in content
        if image.credit is not None
        and not image.credit.placeholder
        and image.credit.place not in ("structured", "file_metadata")
        and not image.credit.is_unseen
    ]
    return "all" if len(credited) == len(content) else "some" if credited else "none"
