"""Checks of a page beside its AMP twin: whether readers of both learn the same."""

from __future__ import annotations

from typing import Literal

from checker.checks.base import Label, Value, Verdict, check, failed, passed, unsure
from checker.facts import Page, Tier
from checker.model import Confidence, Evidence, ReviewReason, Shows, Twins

_VALUES = ("form", "other", "lacking", "showing", "host", "network", "count")


@check("twins-sell", over="twins", values=_VALUES)
def twins_sell(twins: Twins, _page: Page, *, possible: Literal["no", "review", "yes"] = "no") -> Verdict:
    """A page shows a notice, and its other form has paid links.

    possible: what links count for that only may pay: nothing, a question, or as paid.
    """
    pair = _pair(twins, possible != "no")
    if pair is None:
        return failed()
    selling = _of(twins, pair)
    if selling.paid is Tier.POSSIBLE and possible == "review":
        return unsure(ReviewReason.POSSIBLE_LINKS, _evidence(twins), _values(twins, pair), Confidence.LOW)
    return passed(_evidence(twins), _values(twins, pair), _sureness(selling))


@check("twins-share-notice", over="twins", values=_VALUES)
def twins_share_notice(twins: Twins, _page: Page, *, revealable: Literal["no", "review"] = "no") -> Verdict:
    """The form that has paid links shows a notice, as the other one does.

    revealable: what a hidden notice counts for that a script or a control may show: nothing, or a question.
    """
    pair = _pair(twins, possible=True)
    if pair is None:
        return passed()
    selling, values = _of(twins, pair), _values(twins, pair)
    if selling.notice == "shown":
        return passed(_evidence(twins), values)
    if selling.notice == "revealable" and revealable == "review":
        return unsure(ReviewReason.SCRIPT_REVEALED, _evidence(twins), values)
    if selling.doubt is not None:
        return unsure(selling.doubt, _evidence(twins), values)
    return failed(_evidence(twins), values, _sureness(selling))


def lacking(twins: Twins) -> str:
    """The form that has no notice although the other one has: main or amp; where neither or both have one it is amp."""
    return "main" if twins.amp.notice == "shown" != twins.main.notice else "amp"


def _pair(twins: Twins, possible: bool) -> str | None:
    """The form that has paid links while the other one shows a notice; of two the one that shows none itself, else the AMP page."""
    found = []
    for form, showing in (("amp", twins.main), ("main", twins.amp)):
        paid = _of(twins, form).paid
        if showing.notice == "shown" and paid is not None and (possible or paid is not Tier.POSSIBLE):
            found.append(form)
    return next((form for form in found if _of(twins, form).notice != "shown"), found[0] if found else None)


def _of(twins: Twins, form: str) -> Shows:
    return twins.amp if form == "amp" else twins.main


def _evidence(twins: Twins) -> tuple[Evidence, ...]:
    here = _of(twins, twins.here).evidence
    return (here,) if here is not None else ()


def _values(twins: Twins, form: str) -> dict[str, Value]:
    selling, (main, amp) = _of(twins, form), twins.names
    is_amp = form == "amp"
    return {
        "form": Label.FORM_AMP if is_amp else Label.FORM_MAIN,
        "other": Label.FORM_MAIN if is_amp else Label.FORM_AMP,
        "lacking": amp if is_amp else main,
        "showing": main if is_amp else amp,
        "host": selling.host,
        "network": selling.network,
        "count": selling.links,
    }


def _sureness(selling: Shows) -> Confidence:
    return Confidence.HIGH if selling.paid is Tier.CERTAIN else Confidence.MEDIUM
