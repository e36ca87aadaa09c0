"""The result of one page as bytes, and back: what a cache and a journal keep. JSON, because nothing from a disk is ever executed."""

from __future__ import annotations

import json
from typing import Any

from checker.model import Finding, PageReport
from checker.report.entries import finding_entry, page_entry
from checker.report.restore import page_report
from checker.schemas.quick import quick


def recorded(report: PageReport) -> bytes:
    """The result in one line of ASCII."""
    entries = [_page(report), [_entry(finding, report.source) for finding in report.findings]]
    return json.dumps(entries, separators=(",", ":")).encode("ascii")


def read_again(record: bytes, *, cached: bool = False) -> PageReport:
    """The result of a record. Raises ValueError, KeyError, TypeError, AttributeError or RecursionError for what is none."""
    page, findings = json.loads(record)
    is_page, is_finding = quick("report", "page"), quick("report", "finding")
    if not is_page(page) or not all(is_finding(finding) and _is_own(finding) for finding in findings):
        raise ValueError("it is no result of a page")
    return page_report(page, findings, cached=cached)


def _is_own(finding: dict[str, Any]) -> bool:
    """Whether the finding is as judging a page leaves it; settings and baselines have their say later."""
    kind = finding["waiver"]["kind"] if finding["waiver"] else None
    return (finding["state"], kind) in (("new", None), ("suppressed", "inline"))


def _page(report: PageReport) -> dict[str, Any]:
    """A page as reports have it, and the node of the place that its story points to."""
    entry = page_entry(report)
    shows = report.story.shows if report.story else None
    if shows is not None and shows.evidence is not None:
        entry["story"]["shows"]["evidence"] |= {"node": shows.evidence.spot.node, "skip": shows.evidence.spot.skip}
    return entry


def _entry(finding: Finding, source: str) -> dict[str, Any]:
    """A finding as reports have it, and the nodes of its places, by which those are told apart that have no line."""
    entry = finding_entry(finding, source)
    for evidence, told in zip(finding.evidence, entry["evidence"], strict=True):
        told["node"], told["skip"] = evidence.spot.node, evidence.spot.skip
    return entry
