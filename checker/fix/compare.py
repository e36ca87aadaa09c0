"""Whether a repaired page says what it said before, but for the repair: the proof without which nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import fields, is_dataclass, replace
from typing import Any

from checker.facts import Page, Spot
from checker.fix.links import MARK
from checker.model import Finding, PageReport
from checker.text import fold, tidy

# What a sentence more on the page changes by its mere presence; links, notices and verdicts are compared apart.
_MOVED = frozenset(("place", "first_text", "words", "passages", "links", "notices", "verdicts"))
# The fields of facts that hold a place and nothing else.
_PLACES = frozenset(("place", "begin", "end"))


def gone(findings: Collection[Finding], report: PageReport) -> tuple[Finding, ...]:
    """Those of these findings that the page does not have."""
    there = {_identity(finding) for finding in report.findings}
    return tuple(finding for finding in findings if _identity(finding) not in there)


def still(findings: Collection[Finding], report: PageReport) -> tuple[Finding, ...]:
    """Those of these findings that the page has."""
    there = {_identity(finding) for finding in report.findings}
    return tuple(finding for finding in findings if _identity(finding) in there)


def restated(report: PageReport, before: PageReport) -> PageReport:
    """The report with those of its findings marked that were marked before: whoever waives them or knows them sees each page once."""
    known = {_whole(replace(finding, state="new")): finding for finding in before.findings if finding.state != "new"}
    if not known:
        return report
    same = ((finding, known.get(_whole(finding))) for finding in report.findings)
    return replace(report, findings=tuple(replace(now, state=then.state, waiver=then.waiver) if then else now for now, then in same))


def harm(before: PageReport, after: PageReport) -> str | None:
    """What is wrong with the repaired page whatever the repair was; None where nothing is."""
    if after.status != "checked" or before.page is None or after.page is None:
        return f"it could not be checked afterwards ({after.detail or after.status})"
    known = {_whole(finding) for finding in before.findings}
    new = sorted({finding.rule for finding in after.findings if _whole(finding) not in known})
    if new:
        return f"it would be told {' and '.join(new)} instead"
    if after.problems != before.problems:
        return "a rule crashes on the repaired page"
    return None


def changed_by_marks(before: Page, after: Page, marked: Collection[int]) -> str | None:
    """What else differs after links were marked; None where nothing does."""
    links = tuple(replace(link, rel=(*link.rel, MARK)) if link.spot.node in marked else link for link in before.links)
    return _first_difference(replace(before, links=links), after, ())


def changed_by_notice(before: Page, after: Page, sentence: str) -> str | None:
    """What else differs after a sentence was put in; None where nothing does."""
    told = _first_difference(before, after, _MOVED)
    if told is not None:
        return told
    if _still(before.links) != _still(after.links):
        return "its links would be read otherwise"
    old, new = (Counter(map(_still, page.notices)) for page in (before, after))
    added = [notice for notice in after.notices if _still(notice) in new - old]
    words = fold(tidy(sentence))
    if old - new or any(notice.hidden or fold(tidy(notice.text)).strip(" .…") not in words for notice in added):
        return "its other notices would be read otherwise"
    if (before.verdicts.author, before.verdicts.image_credits) != (after.verdicts.author, after.verdicts.image_credits):
        return "its verdicts on authors or pictures would change"
    return None


def _first_difference(before: Page, after: Page, without: Collection[str]) -> str | None:
    for field in fields(Page):
        if field.name in without:
            continue
        one, other = getattr(before, field.name), getattr(after, field.name)
        if one != other and (not without or _still(one) != _still(other)):
            return f"its {field.name.replace('_', ' ')} would be read otherwise"
    return None


def _still(value: Any) -> Any:
    """The value without the places in it."""
    if isinstance(value, Spot):
        return value.quote
    if isinstance(value, tuple):
        return tuple(_still(each) for each in value)
    if is_dataclass(value):
        return tuple(_still(getattr(value, field.name)) for field in fields(value) if field.name not in _PLACES)
    return value


def _identity(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.fingerprint


def _whole(finding: Finding) -> tuple[str, str, str, str]:
    return finding.rule, finding.fingerprint, finding.outcome, finding.state
