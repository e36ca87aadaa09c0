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
    """Those of these findings that the page does not have; of several that are alike as many as are gone."""
    left = Counter(_identity(finding) for finding in report.findings if finding.state == "new")
    missing = []
    for finding in findings:
        left[_identity(finding)] -= 1
        if left[_identity(finding)] < 0:
            missing.append(finding)
    return tuple(missing)


def still(findings: Collection[Finding], report: PageReport) -> tuple[Finding, ...]:
    """Those of these findings that the page has."""
    missing = Counter(_identity(finding) for finding in gone(findings, report))
    there = []
    for finding in reversed(tuple(findings)):
        if missing[_identity(finding)] > 0:
            missing[_identity(finding)] -= 1
        else:
            there.append(finding)
    return tuple(reversed(there))


def restated(report: PageReport, before: PageReport) -> PageReport:
    """The report with those of its findings marked that settings or a baseline marked before: whoever waives them or knows them sees each page once.

    Of findings that are alike as many are marked as before, in their order: what was marked is never repaired. What the page itself waives is judged
    with the page.
    """
    patterns: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in before.findings:
        if finding.waiver is None or finding.waiver.kind != "inline":
            patterns.setdefault(_kind(finding), []).append(finding)
    counts = Counter(_kind(finding) for finding in report.findings if finding.state == "new")
    queues = {key: _left(pattern, counts[key]) for key, pattern in patterns.items()}
    findings = []
    for finding in report.findings:
        queue = queues.get(_kind(finding)) if finding.state == "new" else None
        then = queue.pop(0) if queue else finding
        findings.append(replace(finding, state=then.state, waiver=then.waiver))
    return replace(report, findings=tuple(findings))


def _left(pattern: list[Finding], count: int) -> list[Finding]:
    """So many of these findings, those that are new dropped first and from the end."""
    surplus = len(pattern) - count
    kept = []
    for finding in reversed(pattern):
        if surplus > 0 and finding.state == "new":
            surplus -= 1
        else:
            kept.append(finding)
    return kept[::-1]


def harm(before: PageReport, after: PageReport) -> str | None:
    """What is wrong with the repaired page whatever the repair was; None where nothing is."""
    if after.status != "checked" or before.page is None or after.page is None:
        return f"it could not be checked afterwards ({after.detail or after.status})"
    more = Counter(map(_whole, after.findings)) - Counter(map(_whole, before.findings))
    new = sorted({rule for rule, *_ in more})
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


def _kind(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.fingerprint, finding.outcome


def _whole(finding: Finding) -> tuple[str, str, str, str]:
    return finding.rule, finding.fingerprint, finding.outcome, finding.state
