"""Checks of what a page says of its income beside its notices: that it has none, that readers support it by buying, what a programme prescribes."""

from __future__ import annotations

from typing import Literal

from checker.checks.base import Label, Value, Verdict, check, failed, passed, see, unsure
from checker.checks.links import first_link, link_values, paid_links, see_link, sureness
from checker.checks.notices import is_seen, ours, precedes
from checker.facts import Link, Notice, Page, Region
from checker.link_order import first_in_order
from checker.model import Confidence, Evidence, ReviewReason
from checker.text import clip, fold

Claim = Literal["denial", "ad_free", "incentive", "tested", "ranking"]

_OUTSIDE = frozenset((Region.PAGE_FOOTER, Region.SIDEBAR, Region.NAVIGATION, Region.ARTICLE_END))
_SURER = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)


@check("has-claim", over="page", values=("claim", "host", "network", "count"))
def has_claim(_subject: Page, page: Page, *, any_of: tuple[Claim, ...], networks: tuple[str, ...] = ()) -> Verdict:
    """A sentence that readers see claims this of the publisher's income.

    any_of: denial: it earns nothing; ad_free: no advertising; incentive: buying supports it; tested: it tried products; ranking: how it orders them.
    networks: ids of networks, the first link of which the finding shows; none named: the first paid link.
    """
    link = first_in_order(paid_links(page, networks)) if networks else first_link(page)
    found = [said for said in (*page.notices, *page.claims) if is_seen(said) and not set(any_of).isdisjoint(said.signals)]
    if not found:
        return failed(values=link_values(link, page))
    first = min(found, key=lambda said: said.place)
    evidence = see("primary", Label.CLAIM, first.spot) + see_link("first_affiliate_link", link)
    # That no other sentence of the page takes it back is a reading of the text.
    return passed(evidence, link_values(link, page) | {"claim": clip(first.text, 120)}, min(sureness(link), Confidence.MEDIUM, key=_SURER.index))


@check("has-prescribed-sentence", over="page", values=("host", "network", "count", "notice", "fault"))
def has_prescribed_sentence(
    _subject: Page, page: Page, *, programme: str, networks: tuple[str, ...] = (), opening: bool = False, firm: bool = False
) -> Verdict:
    """The sentence that a programme asks its members for is on the page, in any of its languages and older wordings, with small changes.

    programme: the id of the sentence in the word lists.
    networks: ids of the programme's links, the first of which the finding shows.
    opening: it stands in the first part, before the first paid link, and not in a sidebar, a footer or at the end.
    firm: it says that money is earned, not that it may be.
    """
    link = first_in_order(paid_links(page, networks))
    said = [notice for notice in ours(page) if f"prescribed:{programme}" in notice.signals]
    shown = [notice for notice in said if not notice.hidden]
    if said and not shown and any(notice.revealable for notice in said):
        return unsure(ReviewReason.SCRIPT_REVEALED, see_link("primary", link) + _see(said[0]), _values(said[0], Label.SENTENCE_UNSEEN, link, page))
    early = [notice for notice in shown if not opening or (precedes(notice, link) and notice.region not in _OUTSIDE)]
    right = [notice for notice in early if not firm or "hedge" not in notice.signals]
    if right:
        return passed(_see(right[0]), _values(right[0], None, link, page))
    fault, best = _fault(said, shown, early)
    evidence = see_link("primary", link) + (_see(best) if best else ())
    return failed(evidence, _values(best, fault, link, page), sureness(link))


@check("has-altered-sentence", over="page", values=("host", "network", "count", "notice"))
def has_altered_sentence(_subject: Page, page: Page, *, programme: str, any_of: tuple[str, ...], networks: tuple[str, ...] = ()) -> Verdict:
    """A sentence comes near the one that a programme asks for, and lost what makes it that sentence.

    programme: the id of the sentence in the word lists.
    any_of: words, one of which shows that the sentence is meant.
    networks: ids of the programme's links, the first of which the finding shows.
    """
    link = first_in_order(paid_links(page, networks))
    mine = [said for said in ours(page) if said.kind == "affiliate" and not said.hidden]
    if any(f"prescribed:{programme}" in said.signals for said in mine):
        return failed(values=link_values(link, page))
    near = next((said for said in mine if any(fold(word) in fold(said.text) for word in any_of)), None)
    if near is None:
        return failed(values=link_values(link, page))
    evidence = see("primary", Label.SENTENCE_ALTERED, near.spot) + see_link("first_affiliate_link", link)
    return passed(evidence, link_values(link, page) | {"notice": clip(near.text, 100)}, Confidence.MEDIUM)


def _fault(said: list[Notice], shown: list[Notice], early: list[Notice]) -> tuple[Label, Notice | None]:
    """What the best of the sentences lacks, and which it is."""
    if early:
        return Label.SENTENCE_HEDGED, early[0]
    if shown:
        return Label.SENTENCE_LATE, shown[0]
    return (Label.SENTENCE_UNSEEN, said[0]) if said else (Label.SENTENCE_ABSENT, None)


def _see(notice: Notice) -> tuple[Evidence, ...]:
    return see("notice", Label.SENTENCE_HERE, notice.spot)


def _values(notice: Notice | None, fault: Label | None, link: Link | None, page: Page) -> dict[str, Value]:
    return link_values(link, page) | {"notice": clip(notice.text, 100) if notice else None, "fault": fault}
