"""A page as its readers see it at one size of window: what its markup says, corrected by what a browser has drawn. Pure; knows no browser.

What was not found again in the drawn page stays as the markup has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from checker.facts import Author, Image, Link, Notice, Page, Placement, Region, Tier
from checker.link_order import first_in_order
from checker.page.framed import SaidIn, framed_notices
from checker.page.verdicts import verdicts
from checker.page.visual_order import is_before, ordered, shares_column
from checker.page.written_labels import LabelOf, with_written
from checker.sight import Box, Drawn, Sight, Unseen, View

_Fact = TypeVar("_Fact")
# No browser of a reader shows these, whatever ours does without scripts.
_NEVER_SHOWN = frozenset(("noscript", "template", "comment", "script", "title", "alt", "content"))
# Where a reader has to do something first.
_TO_BE_OPENED = frozenset((Unseen.HOVER, Unseen.CONTROL, Unseen.DETAILS))
_FURNITURE = frozenset((Region.PAGE_FOOTER, Region.SIDEBAR, Region.NAVIGATION))
# Places of a credit that are text of the page.
_IN_TEXT = frozenset(("caption", "credit_element", "overlay_or_after", "page_level"))


def seen(page: Page, view: View, drawn: Drawn, label_of: LabelOf | None = None, said_in: SaidIn | None = None) -> Page:
    """The page at this size. `label_of` reads what style sheets write beside links, `said_in` what frames say; without them that is passed over."""
    links = [_link(link, sight) for link, sight in _joined(page.links, view.links)]
    links = ordered([(link, link.sight) for link in links], rtl=view.rtl)
    first = _first(links)
    notices = [_notice(notice, sight, view, drawn, first) for notice, sight in _joined(page.notices, view.notices)]
    if label_of is not None:
        links, notices = with_written(links, notices, label_of)
    if said_in is not None:
        notices += framed_notices(view, first, said_in)
    images = [_image(*of) for of in zip(page.images, _padded(view.images, page.images), _padded(view.credits, page.images), strict=True)]
    authors = [_author(author, sight) for author, sight in _joined(page.authors, view.authors)]
    return replace(
        page,
        links=tuple(links),
        notices=tuple(notices),
        images=tuple(images),
        authors=tuple(authors),
        verdicts=verdicts(page.page_type, links, notices, authors, images),
        view=view,
        drawn=drawn,
    )


def _joined(facts: Sequence[_Fact], sights: Sequence[Sight | None]) -> list[tuple[_Fact, Sight | None]]:
    return list(zip(facts, _padded(sights, facts), strict=True))


def _padded(sights: Sequence[Sight | None], facts: Sequence[object]) -> Sequence[Sight | None]:
    return sights or (None,) * len(facts)


# Links ------------------------------------------------------------------------------------------------------------------------------------
def _link(link: Link, sight: Sight | None) -> Link:
    if sight is None:
        return link
    return replace(link, hidden=not sight.is_seen, sets_order=link.sets_order and sight.is_seen, sight=sight)


def _first(links: Sequence[Link]) -> Link | None:
    """The paid link that sets the order, as far as its place is known: the first of the article that readers see, else the first that they see."""
    paying = [link for link in links if link.affiliate is not Tier.POSSIBLE and link.region is not Region.COMMENTS and not link.hidden]
    first = first_in_order(paying)
    return first if first is not None and _line(first.sight) is not None else None


def _line(sight: Sight | None) -> Box | None:
    return sight.boxes[0] if sight is not None and sight.boxes else None


# Notices ----------------------------------------------------------------------------------------------------------------------------------
def _notice(notice: Notice, sight: Sight | None, view: View, drawn: Drawn, first: Link | None) -> Notice:
    if sight is None or notice.hidden_by in _NEVER_SHOWN:
        return notice
    if sight.unseen is not None:
        return _unseen(notice, sight, sight.unseen, drawn)
    placement, region = notice.placement, notice.region
    line, link = _line(sight), _line(first.sight) if first is not None else None
    if line is not None and first is not None and link is not None:
        placement = Placement.BEFORE if _comes_first(notice, sight, view, first, link, line) else Placement.AFTER
        if region in _FURNITURE and (_stays(sight, view) or (is_before(line, link, rtl=view.rtl) and _is_over(sight, view.column))):
            region = Region.PAGE_HEADER
    return replace(notice, hidden=False, hidden_by=None, revealable=False, placement=placement, region=region, sight=sight)


def _unseen(notice: Notice, sight: Sight, unseen: Unseen, drawn: Drawn) -> Notice:
    """A notice that readers do not see. What the markup shows and a style sheet hides a script that did not run may show."""
    may_be_shown = notice.hidden_by is None and drawn.scripted and unseen not in _TO_BE_OPENED
    return replace(
        notice,
        hidden=unseen is not Unseen.DETAILS,
        hidden_by=str(unseen),
        revealable=not drawn.all_ran and (notice.revealable or may_be_shown),
        sight=sight,
    )


def _comes_first(notice: Notice, sight: Sight, view: View, first: Link, link: Box, line: Box) -> bool:
    if notice.covers != "page" and first.href in notice.covers and notice.placement is Placement.BEFORE:
        return True  # the label of a link stands where the link stands
    return _stays(sight, view) or is_before(line, link, rtl=view.rtl)


def _stays(sight: Sight, view: View) -> bool:
    """Whether it is in the window from the beginning and never leaves it: whoever sees a link sees it too."""
    return sight.stuck == "fixed" and sight.top is not None and sight.top < view.height


def _is_over(sight: Sight, column: Box | None) -> bool:
    """Whether it stands over or under the running text, and not beside it."""
    if column is None or not sight.boxes:
        return False
    return shares_column(min(box.x for box in sight.boxes), max(box.right for box in sight.boxes), column)


# Pictures and authors ---------------------------------------------------------------------------------------------------------------------
def _image(image: Image, own: Sight | None, sight: Sight | None) -> Image:
    """The picture with how its credit looks. Of a picture that is not drawn at this size the credit says what the markup says."""
    if image.credit is None or sight is None or image.credit.place not in _IN_TEXT or (own is not None and not own.is_seen):
        return image
    return replace(image, credit=replace(image.credit, sight=sight))


def _author(author: Author, sight: Sight | None) -> Author:
    if sight is None or (not author.visible and not sight.is_seen):
        return author
    return replace(author, visible=sight.is_seen, sight=sight)
