"""Checks of waivers: whether one does what its author thinks."""

from __future__ import annotations

from typing import Literal

from checker.checks.base import Label, Value, Verdict, check, failed, passed, see
from checker.facts import Page, WaiverUse
from checker.text import clip

Status = Literal["used", "unused", "expired", "malformed", "refused", "idle"]
Fault = Literal["verb", "no_rules", "no_rule", "no_reason", "readers", "long", "many", "fetched", "never", "mandatory", "own"]


@check("waiver-is", over="waivers", values=("rules", "target", "fault", "hint", "expires"))
def waiver_is(subject: WaiverUse, _page: Page, *, status: Status, because: tuple[Fault, ...] = ()) -> Verdict:
    """This became of the waiver.

    status: what became of it.
    because: what is wrong with it; none named: whatever it is.
    """
    holds = subject.status == status and (not because or subject.fault in because)
    return (passed if holds else failed)(see("primary", Label.WAIVER, subject.spot), _values(subject))


def _values(subject: WaiverUse) -> dict[str, Value]:
    return {
        "rules": clip(", ".join(subject.rules), 200) or None,
        "target": clip(subject.target, 200) or None,
        "fault": Label(f"waiver-{subject.fault.replace('_', '-')}") if subject.fault else None,
        "hint": subject.hint,
        "expires": subject.expires_on,
    }
