"""What a person is told of a page that a browser drew: at which sizes, why one of them was not measurable, and where the markup says otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.model import Contradiction, Finding, PageReport
from checker.report.paint import one_line
from checker.sight import Doubt, Drawn, View
from checker.text import clip

_MOST_NAMED = 3
_DOUBTS = {
    Doubt.UNSTYLED: "no style sheet shapes it",
    Doubt.SCRIPTED: "readers do not see its text until its scripts have run",
    Doubt.WIDE: "it was drawn wider than the window",
    Doubt.UNJOINED: "its notices and links were not found in the drawn page",
    Doubt.CRASHED: "the browser crashed",
    Doubt.TIMED_OUT: "the browser took too long",
}


def listed(names: Sequence[str]) -> str:
    """Sizes of window as a sentence lists them.

    >>> listed(["390x844", "1366x768"])
    '390x844 and 1366x768'
    """
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def drawn_at(report: PageReport) -> str | None:
    """The sizes at which the page was drawn and measured, and by what; None where there is none."""
    drawn = report.drawn
    names = [view.name for view in drawn.views if view.measurable] if drawn else []
    return f"drawn at {listed(names)} ({one_line(drawn.browser)}, scripts {'on' if drawn.scripts else 'off'})" if drawn and names else None


def not_measurable(report: PageReport) -> str | None:
    """Which sizes were not measurable, why, and what to do; None where all were."""
    drawn = report.drawn
    if drawn is None:
        return None
    if not drawn.views:
        return "at any size: it was not drawn"
    by_reason: dict[str, list[str]] = {}
    for view in drawn.views:
        if not view.measurable:
            by_reason.setdefault(_why(view, drawn), []).append(view.name)
    return "; ".join(f"at {listed(names)}: {why}" for why, names in by_reason.items()) or None


def _why(view: View, drawn: Drawn) -> str:
    told = [_sheets(drawn) if doubt is Doubt.STYLE_SHEET else _DOUBTS[doubt] for doubt in view.doubts]
    return f"{', '.join(told)}{_advice(view, drawn)}"


def _sheets(drawn: Drawn) -> str:
    count = len(drawn.unloaded)
    named = [clip(one_line(sheet), 80) for sheet in drawn.unloaded[:_MOST_NAMED]]
    more = [f"and {count - _MOST_NAMED} more"] if count > _MOST_NAMED else []
    return f"{count or 'some'} style sheet{'s' * (count != 1)} did not load" + (f" ({', '.join([*named, *more])})" if named else "")


def _advice(view: View, drawn: Drawn) -> str:
    if Doubt.STYLE_SHEET in view.doubts and not drawn.network:
        return "; give them beside the page, or --render-network"
    if Doubt.UNSTYLED in view.doubts and not drawn.network:
        return "; save the page with its style, or --render-network"
    return "; --render-js runs them" if Doubt.SCRIPTED in view.doubts and not drawn.scripts else ""


def seen_at(finding: Finding, report: PageReport) -> str | None:
    """At which sizes a finding shows, and what the markup alone says; None where all of it says the same, or no browser drew the page."""
    if finding.view is None:
        return None
    everywhere = report.drawn is not None and finding.views == tuple(view.name for view in report.drawn.views)
    if finding.static is finding.outcome and everywhere:
        return None
    sizes = f"at {listed(finding.views or (finding.view,))}"
    return sizes if finding.static in (None, finding.outcome) else f"{sizes}; the markup alone: {_word(finding.static)}"


def untold(report: PageReport) -> Iterator[Contradiction]:
    """Where the drawn page says otherwise than its markup and no finding tells so."""
    told = {finding.rule for finding in report.findings}
    return (each for each in report.contradictions if each.rule not in told)


def contradiction_line(each: Contradiction) -> str:
    """One of these in a line."""
    return f"{each.rule} at {each.view}: {_word(each.rendered)}; the markup alone: {_word(each.static)}"


def _word(outcome: object) -> str:
    return str(outcome).replace("_", " ")
