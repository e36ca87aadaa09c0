"""One page as editors' tools are told of it. Texts of pages are fit to be shown in a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checker.model import Evidence, Finding, Outcome, PageReport, Severity
from checker.outline import OutlineBlock
from checker.report.entries import authority_entry
from checker.report.kinds import crashed, gates, in_words, is_unread, worst_first
from checker.report.paint import one_line
from checker.report.run import Run

# From what an editor has to act on to what needs nobody.
STATES = ("wrong", "asked", "remarks", "ok", "not_checked")


def editor_entry(report: PageReport, run: Run) -> dict[str, Any]:
    """The page: its worst fault in full, all faults in short, and the questions."""
    about = report.about
    faults = worst_first(each for each in _new(report) if each.outcome is Outcome.VIOLATION)
    asked = [each for each in _new(report) if each.outcome is not Outcome.VIOLATION]
    worst = faults[0] if faults else None
    return {
        "source": report.source,
        "page_key": report.page_key,
        "url": (about.url if about else None) or report.address,
        "state": state_of(report),
        "fails": any(gates(each, run.fail_on) for each in report.findings),
        "title": _shown(about.title if about else None),
        "authors": [one_line(name) for name in about.authors] if about else None,
        "section": _shown(about.section if about else None),
        "language": _shown(about.language if about else None),
        "published": _shown(about.published if about else None),
        "modified": _shown(about.modified if about else None),
        "wrong": one_line(in_words(worst)) if worst else None,
        "others": max(0, len(faults) - 1),
        "rule": worst.rule if worst else None,
        "severity": str(worst.severity) if worst else None,
        "fix": one_line(worst.fix) if worst else None,
        "where": _where(worst.evidence[0], report, run.regions) if worst and worst.evidence else None,
        "paste": _paste(worst, report, run.regions) if worst else None,
        "asked_by": [authority_entry(run.authorities[key]) for key in worst.authorities if key in run.authorities] if worst else [],
        "findings": [finding_in_short(each, report, run.regions) for each in faults],
        "questions": [_question(each, report, run.regions) for each in asked],
        "waived": [_waived(each) for each in report.findings if each.state != "new"],
        "reason": str(report.reason) if report.reason else None,
        "detail": _shown(report.detail),
        "problems": [one_line(problem) for problem in report.problems],
    }


def state_of(report: PageReport) -> str:
    """What the page asks of an editor; a page on which a rule crashed is not ok because the others found nothing."""
    if is_unread(report):
        return "not_checked"
    new = _new(report)
    if any(each.outcome is Outcome.VIOLATION and each.severity is not Severity.INFO for each in new):
        return "wrong"
    if any(each.outcome is not Outcome.VIOLATION for each in new):
        return "asked"
    return "not_checked" if crashed(report) else "remarks" if new else "ok"


def _new(report: PageReport) -> list[Finding]:
    return [finding for finding in report.findings if finding.state == "new"]


def finding_in_short(finding: Finding, report: PageReport, regions: Mapping[str, str]) -> dict[str, Any]:
    """A fault without the reasons for it."""
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": str(finding.severity),
        "confidence": str(finding.confidence),
        "message": one_line(in_words(finding)),
        "fix": one_line(finding.fix),
        "where": _where(finding.evidence[0], report, regions) if finding.evidence else None,
        "paste": _paste(finding, report, regions),
        "asked_by": list(finding.authorities),
        "cause": _shown(finding.cause),
        "fingerprint": finding.fingerprint,
    }


def _question(finding: Finding, report: PageReport, regions: Mapping[str, str]) -> dict[str, Any]:
    review = finding.review
    return finding_in_short(finding, report, regions) | {
        "question": one_line(review.question) if review else "",
        "yes": review.yes if review else "fine",
        "reason": str(review.reason) if review else None,
    }


def _waived(finding: Finding) -> dict[str, Any]:
    waiver = finding.waiver
    return {
        "rule": finding.rule,
        "outcome": str(finding.outcome),
        "severity": str(finding.severity),
        "state": finding.state,
        "message": one_line(in_words(finding)),
        "why": _shown(waiver.reason if waiver else None),
        "owner": _shown(waiver.owner if waiver else None),
        "expires_on": _shown(waiver.expires_on if waiver else None),
        "fingerprint": finding.fingerprint,
    }


def _where(evidence: Evidence, report: PageReport, regions: Mapping[str, str]) -> dict[str, Any]:
    """A place as an editor finds it: the line in the source, the region of the page, the words there."""
    spot, block = evidence.spot, _block(evidence, report)
    region = str(block.region) if block else None
    return {
        "label": one_line(evidence.label),
        "line": spot.line,
        "column": spot.column,
        "quote": one_line(spot.quote),
        "region": region,
        "region_name": one_line(regions.get(region) or region.replace("_", " ")) if region else None,
        "block": evidence.block,
        "text": one_line(block.text) if block and block.kind != "gap" else None,
    }


def _block(evidence: Evidence, report: PageReport) -> OutlineBlock | None:
    """The block of the outline; one that a report from elsewhere names and does not have is none."""
    blocks = report.outline or ()
    return blocks[evidence.block] if evidence.block is not None and 0 <= evidence.block < len(blocks) else None


def _paste(finding: Finding, report: PageReport, regions: Mapping[str, str]) -> dict[str, Any] | None:
    """The sentence to paste, its language, and before what it belongs."""
    if finding.paste is None:
        return None
    before = next((each for each in finding.evidence if each.role == "insertion"), None)
    return {
        "text": one_line(finding.paste),
        "language": _shown(finding.paste_language),
        "before": _where(before, report, regions) if before else None,
    }


def _shown(text: str | None) -> str | None:
    return one_line(text) if text is not None else None
