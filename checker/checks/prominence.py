"""Checks of how a notice looks where a browser has drawn the page: as large and as strong as the text, near the products, on the first screen.

No text but Rakuten's sets a measure. The measures here are ours; a house changes them in its rules, as whole numbers: percent, pixels, hundredths.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.checks.base import Label, Value, Verdict, check, failed, passed, see, unsure
from checker.checks.links import first_link, link_values, paid_links, see_link
from checker.checks.notices import clear, is_seen, ours, precedes
from checker.checks.sight import measured
from checker.facts import Link, Notice, Page, Region
from checker.link_order import first_in_order
from checker.model import Confidence, Evidence, Outcome, ReviewReason
from checker.sight import Sight, View
from checker.text import clip

_OUTSIDE = frozenset((Region.PAGE_FOOTER, Region.SIDEBAR, Region.NAVIGATION))
# What stays in the window while readers go down the page.
_STAYS = frozenset(("fixed", "sticky"))


@dataclass(frozen=True, slots=True)
class _Look:
    """How one notice looks, and what is wrong with it."""

    notice: Notice
    sight: Sight
    outcome: Outcome
    values: dict[str, Value]


@check(
    "notice-is-prominent",
    over="page",
    values=("host", "network", "count", "notice", "size", "text_size", "contrast", "text_contrast"),
)
def notice_is_prominent(
    _subject: Page,
    page: Page,
    *,
    least_size: int = 70,
    doubtful_size: int = 85,
    least_pixels: int = 9,
    doubtful_pixels: int = 11,
    least_contrast: int = 300,
    doubtful_contrast: int = 450,
    accept: tuple[str, ...] = (),
    refuse: tuple[str, ...] = (),
) -> Verdict:
    """Of the plain notices that readers see before the first paid link, the most prominent is about as easy to see as the running text.

    least_size: smaller than so many percent of the running text is a fault; the measure is ours.
    doubtful_size: smaller than so many percent of it is a question; the measure is ours.
    least_pixels: smaller than so many pixels is a fault, however small the text is; the measure is ours.
    doubtful_pixels: smaller than so many pixels is a question; the measure is ours.
    least_contrast: less contrast, in hundredths as WCAG counts it, is a fault where the text has more; the measure is ours, WCAG's for large text.
    doubtful_contrast: less contrast is a question where the text has more; the measure is WCAG's for text of any size.
    accept: signals, one of which makes a notice plain; none named: its clarity decides.
    refuse: signals that keep a notice from being plain.
    """
    view, link = measured(page), first_link(page)
    told = [each for each in _plain(page, accept, refuse) if precedes(each, link) and (each.region not in _OUTSIDE or each.covers != "page")]
    if view is None or not (found := [(each, each.sight) for each in told if each.sight is not None and each.sight.size is not None]):
        return unsure(ReviewReason.NOT_MEASURABLE, *_known(told, link, page))

    def look(notice: Notice, sight: Sight) -> _Look:
        small, faint = _size(sight, view), _contrast(sight)
        outcomes = (
            _grade(small, least_size, doubtful_size),
            _grade(sight.size, least_pixels, doubtful_pixels),
            _grade(faint, least_contrast, doubtful_contrast) if _is_fainter(sight, view) else Outcome.PASS,
        )
        values: dict[str, Value] = {"notice": clip(notice.text, 100)}
        if max(outcomes[:2], key=_weight) is not Outcome.PASS:
            values |= {"size": _told(sight.size), "text_size": _told(view.text_size)}
        if outcomes[2] is not Outcome.PASS:
            values |= {"contrast": _told(sight.contrast), "text_contrast": _told(view.text_contrast)}
        return _Look(notice, sight, max(outcomes, key=_weight), values)

    looks = [look(*each) for each in found]
    best = min(looks, key=lambda each: (_weight(each.outcome), -(_size(each.sight, view) or 0), -(each.sight.contrast or 0)))
    return _answer(best, Label.NOTICE_FAINT, link, page)


@check("notice-stays-near", over="page", values=("host", "network", "count", "notice", "windows", "far"))
def notice_stays_near(_subject: Page, page: Page, *, windows: int = 4) -> Verdict:
    """Above each paid link that readers see stands a notice or a label that they see, at most so many heights of the window away.

    windows: further than so many heights of the window is a question; the measure is ours.
    """
    view = measured(page)
    links = [(link, link.sight) for link in paid_links(page) if link.sets_order and not link.hidden and link.sight is not None]
    told = [notice for notice in ours(page) if is_seen(notice)]
    placed = [(notice, top) for notice in told if notice.sight is not None and (top := notice.sight.top) is not None]
    first = first_link(page)
    values = link_values(first, page)
    if view is None or (links and not placed):
        return unsure(ReviewReason.NOT_MEASURABLE, *_known(told, first, page))
    if any(notice.sight is not None and notice.sight.stuck in _STAYS for notice in told):
        return passed(values=values)
    labelled = {href for notice in told if notice.covers != "page" for href in notice.covers}
    far: list[tuple[float, Link, Notice]] = []
    for link, sight in links:
        above = [(top, notice) for notice, top in placed if sight.top is not None and top <= sight.top]
        if link.href in labelled or sight.top is None or not above:
            continue
        top, nearest = max(above, key=lambda each: each[0])
        if sight.top - top > windows * view.height:
            far.append(((sight.top - top) / view.height, link, nearest))
    if not far:
        return passed(values=values)
    distance, link, notice = far[0]
    values = {**link_values(link, page), "notice": clip(notice.text, 100), "windows": int(distance), "far": len(far)}
    return unsure(ReviewReason.BY_EYE, see("primary", Label.LINK_FAR, link.spot) + see("notice", Label.NOTICE_FAR, notice.spot), values)


@check("notice-on-first-screen", over="page", values=("host", "network", "count", "notice", "windows", "size", "text_size"))
def notice_on_first_screen(
    _subject: Page,
    page: Page,
    *,
    networks: tuple[str, ...] = (),
    doubtful: int = 2,
    least_size: int = 95,
    accept: tuple[str, ...] = (),
    refuse: tuple[str, ...] = (),
) -> Verdict:
    """A plain notice begins on the first screen, in the size of the running text.

    networks: ids of networks, the first link of which the finding shows; none named: the first paid link.
    doubtful: one that begins on a later screen, up to this one, is a question; the measure is ours.
    least_size: smaller than so many percent of the running text is a fault; the text says "as large", and the rest is for rounding.
    accept: signals, one of which makes a notice plain; none named: its clarity decides.
    refuse: signals that keep a notice from being plain.
    """
    view, link = measured(page), first_in_order(paid_links(page, networks))
    told = _plain(page, accept, refuse)
    if view is None or not (found := [(each, each.sight) for each in told if each.sight is not None and each.sight.screens is not None]):
        return unsure(ReviewReason.NOT_MEASURABLE, *_known(told, link, page))

    def look(notice: Notice, sight: Sight) -> _Look:
        down = 0.0 if sight.stuck == "fixed" else sight.screens or 0.0
        place = Outcome.PASS if down < 1 else Outcome.NEEDS_REVIEW if down < doubtful else Outcome.VIOLATION
        large = _grade(_size(sight, view), least_size, least_size)
        values: dict[str, Value] = {"notice": clip(notice.text, 100)}
        if place is not Outcome.PASS:
            values["windows"] = int(down) + 1
        if large is not Outcome.PASS:
            values |= {"size": _told(sight.size), "text_size": _told(view.text_size)}
        return _Look(notice, sight, max(place, large, key=_weight), values)

    best = min((look(*each) for each in found), key=lambda each: (_weight(each.outcome), each.sight.screens))
    return _answer(best, Label.NOTICE_BELOW, link, page)


def _plain(page: Page, accept: tuple[str, ...], refuse: tuple[str, ...]) -> list[Notice]:
    kinds = ("affiliate", "sponsored", "ad_label")
    return [notice for notice in ours(page) if notice.kind in kinds and is_seen(notice) and clear(notice, accept, refuse)]


def _known(notices: Sequence[Notice], link: Link | None, page: Page) -> tuple[tuple[Evidence, ...], dict[str, Value], Confidence]:
    """What there is to show where nothing can be said of how the notices look."""
    first = notices[0] if notices else None
    evidence = see("primary", Label.NOTICE_HERE, first.spot if first else None) + see_link("first_affiliate_link", link)
    return evidence, {**link_values(link, page), "notice": clip(first.text, 100) if first else None}, Confidence.LOW


def _answer(best: _Look, label: Label, link: Link | None, page: Page) -> Verdict:
    values = {**link_values(link, page), **best.values}
    if best.outcome is Outcome.PASS:
        return passed(see("notice", Label.NOTICE_HERE, best.notice.spot), values)
    evidence = see("primary", label, best.notice.spot) + see_link("first_affiliate_link", link)
    return unsure(ReviewReason.BY_EYE, evidence, values) if best.outcome is Outcome.NEEDS_REVIEW else failed(evidence, values)


def _size(sight: Sight, view: View) -> float | None:
    """In percent of the running text."""
    if sight.ratio is None:
        return round(100 * sight.size / view.text_size, 1) if sight.size is not None and view.text_size else None
    return round(100 * sight.ratio, 1)


def _contrast(sight: Sight) -> float | None:
    return round(100 * sight.contrast, 1) if sight.contrast is not None else None


def _is_fainter(sight: Sight, view: View) -> bool:
    """Whether the running text is stronger; of one that is not known that is believed."""
    return sight.contrast is not None and (view.text_contrast is None or sight.contrast < view.text_contrast)


def _grade(measure: float | None, least: int, doubtful: int) -> Outcome:
    if measure is None or measure >= max(least, doubtful):
        return Outcome.PASS
    return Outcome.VIOLATION if measure < least else Outcome.NEEDS_REVIEW


def _weight(outcome: Outcome) -> int:
    return outcome.weight


def _told(measure: float | None) -> str | None:
    return f"{measure:.1f}" if measure is not None else None
