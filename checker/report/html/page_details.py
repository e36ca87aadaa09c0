"""One page as its own view shows it: its outline, and each finding with its places, what to do and who asks. Parsed only when a reader opens it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checker.facts import Region
from checker.model import Evidence, Finding, PageReport, Waiver, WaiverEntry
from checker.outline import KINDS, OutlineBlock
from checker.report.drawing import contradiction_line, drawn_at, not_measurable, seen_at, untold
from checker.report.html.page_row import Tables, shown
from checker.report.kinds import crashed, in_words
from checker.report.paint import one_line
from checker.text import clip

REGIONS = tuple(map(str, Region))
# In this order a block stands in the file; what is as here at its end is left out.
BLOCK_COLUMNS = {"kind": 0, "region": 0, "text": "", "marks": "", "length": 0, "level": None, "hidden": 0, "count": 1}
EVIDENCE_COLUMNS = ("role", "label", "line", "column", "quote", "block")
_LONGEST = 2_000
# A directive in a page may name any number.
_MOST_RULES = 50


def details_of(report: PageReport, tables: Tables, folder: Path | None) -> dict[str, Any]:
    """What the page's view shows. Members that say nothing are left out."""
    members: dict[str, Any] = {
        "outline": [_block(block) for block in report.outline] if report.outline is not None else None,
        "findings": [_finding(finding, report, tables) for finding in report.findings],
        "detail": _long(report.detail),
        "http": f"{report.http.status} {shown(report.http.content_type) or ''}".strip() if report.http else None,
        "problems": [_long(problem) for problem in report.problems],
        "crashed": crashed(report),
        "waivers": [_waiver_entry(entry) for entry in report.waivers],
        "modified": shown(report.about.modified) if report.about else None,
        "words": report.about.counts.get("words") if report.about else None,
        "cut": _long(report.about.cut) if report.about else None,
        "drawn": drawn_at(report),
        "unmeasured": not_measurable(report),
        "otherwise": [contradiction_line(each) for each in untold(report)],
        "frozen": report.frozen,
        "pictures": list(_pictures(report, folder)),
    }
    return {name: value for name, value in members.items() if value not in (None, [], "")}


def _block(block: OutlineBlock) -> list[Any]:
    values = [
        KINDS.index(block.kind) if block.kind in KINDS else KINDS.index("other"),
        REGIONS.index(str(block.region)),
        one_line(block.text),
        " ".join(block.marks),
        block.length,
        block.level,
        int(block.hidden),
        block.count,
    ]
    usual = list(BLOCK_COLUMNS.values())
    while values and values[-1] == usual[len(values) - 1]:
        values.pop()
    return values


def _finding(finding: Finding, report: PageReport, tables: Tables) -> dict[str, Any]:
    """What the row does not hold."""
    texts = tables.texts
    host = finding.values.get("host")
    members: dict[str, Any] = {
        "confidence": str(finding.confidence),
        "message": _long(in_words(finding)),
        "why": texts.of(one_line(finding.why)),
        "fix": texts.of(one_line(finding.fix)),
        "paste": texts.of(one_line(finding.paste)) if finding.paste else None,
        "lang": finding.paste_language,
        "reason": str(finding.review.reason) if finding.review else None,
        "question": texts.of(one_line(finding.review.question)) if finding.review else None,
        "yes": finding.review.yes if finding.review else None,
        "asked": list(finding.authorities),
        "profiles": list(finding.profiles),
        "evidence": [_evidence(each, tables) for each in finding.evidence],
        "excerpt": shown(finding.primary.excerpt) if finding.primary and finding.primary.excerpt else None,
        "waiver": _waiver(finding.waiver) if finding.waiver else None,
        "seen": seen_at(finding, report),
        "host": shown(host) if isinstance(host, str) else None,
        "fingerprint": finding.fingerprint,
    }
    return {name: value for name, value in members.items() if value not in (None, [])}


def _evidence(evidence: Evidence, tables: Tables) -> list[Any]:
    spot = evidence.spot
    return [evidence.role, tables.texts.of(one_line(evidence.label)), spot.line, spot.column, shown(spot.quote) or "", evidence.block]


def _waiver_entry(entry: WaiverEntry) -> dict[str, Any]:
    rules = [shown(rule) for rule in entry.rules[:_MOST_RULES]]
    return _waiver(entry.waiver) | {"status": entry.status, "rules": rules, "detail": _long(entry.detail)}


def _waiver(waiver: Waiver) -> dict[str, Any]:
    return {
        "kind": waiver.kind,
        "why": _long(waiver.reason),
        "owner": shown(waiver.owner),
        "until": shown(waiver.expires_on),
        "where": shown(waiver.where),
    }


def _pictures(report: PageReport, folder: Path | None) -> Iterator[dict[str, Any]]:
    """What was taken of the page. A report that is a single file shows none: it asks for no other file."""
    for picture in report.pictures:
        path = picture.path
        beside = folder is not None and _inside(path, folder)
        yield {
            "view": picture.view,
            "rule": picture.rule,
            "fingerprint": picture.fingerprint,
            "path": one_line(path),
            "here": Path(os.path.relpath(path, folder)).as_posix() if beside else None,
        }


def _inside(path: str, folder: Path | None) -> bool:
    return folder is not None and Path(path).absolute().is_relative_to(folder.absolute())


def _long(text: str | None) -> str | None:
    return clip(one_line(text), _LONGEST) if text is not None else None
