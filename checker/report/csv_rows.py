"""CSV (RFC 4180): a row a finding, a row for what was not checked, and a last row with the exit code."""

from __future__ import annotations

import csv
import io

from checker.model import Finding, PageReport, Waiver
from checker.report.kinds import crashed, is_unread
from checker.report.paint import one_line
from checker.report.run import Closing, Look, Run

COLUMNS = (
    "source", "line", "column", "outcome", "rule", "name", "severity", "confidence", "state", "message", "fix", "paste", "reason", "question",
    "url", "language", "page_type", "section", "authors", "profiles", "authorities", "page_key", "fingerprint",
    "waived_by", "waived_because", "waived_for", "waived_until", "basis", "static", "views",
)  # fmt: skip
# A spreadsheet takes a cell that begins with one of these for a formula, in full width too.
_FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20")


class Csv:
    """`outcome` is violation, needs_review, not_checked, or exit in the last row."""

    def __init__(self, look: Look) -> None:
        del look

    def start(self, run: Run) -> str:
        """The names of the columns."""
        del run
        return _row(dict(zip(COLUMNS, COLUMNS, strict=True)))

    def page(self, report: PageReport) -> str:
        """The rows of one input."""
        page = report.about
        about = {"source": report.source, "page_key": report.page_key, "profiles": " ".join(report.profiles)}
        if page is not None:
            about |= {
                "url": page.url or "",
                "language": page.language or "",
                "page_type": page.page_type,
                "section": page.section or "",
                "authors": "; ".join(page.authors),
            }
        rows = [about | _finding(finding) for finding in report.findings]
        if is_unread(report):
            rows.append(about | {"outcome": "not_checked", "reason": str(report.reason or "unknown"), "message": report.detail or ""})
        rows += [about | {"outcome": "not_checked", "rule": rule, "reason": "rule_crashed"} for rule in crashed(report)]
        return "".join(map(_row, rows))

    def end(self, closing: Closing) -> str:
        """How the run ended."""
        return _row({"outcome": "exit", "reason": closing.exit_name, "message": closing.exit_message})


def _finding(finding: Finding) -> dict[str, str]:
    spot = finding.primary
    return {
        "line": str(spot.line) if spot and spot.line is not None else "",
        "column": str(spot.column) if spot and spot.column is not None else "",
        "outcome": str(finding.outcome),
        "rule": finding.rule,
        "name": finding.name,
        "severity": str(finding.severity),
        "confidence": str(finding.confidence),
        "state": finding.state,
        "message": finding.message,
        "fix": finding.fix,
        "paste": finding.paste or "",
        "reason": str(finding.review.reason) if finding.review else "",
        "question": finding.review.question if finding.review else "",
        "profiles": " ".join(finding.profiles),
        "authorities": " ".join(finding.authorities),
        "page_key": finding.page_key,
        "fingerprint": finding.fingerprint,
        **_waiver(finding.waiver),
        "basis": finding.basis,
        "static": str(finding.static) if finding.static else "",
        "views": " ".join(finding.views),
    }


def _waiver(waiver: Waiver | None) -> dict[str, str]:
    """Inline, settings or baseline; why, who answers for it, and its last day."""
    if waiver is None:
        return {}
    told = {"waived_by": waiver.kind, "waived_because": waiver.reason, "waived_for": waiver.owner, "waived_until": waiver.expires_on}
    return {column: value or "" for column, value in told.items()}


def _row(values: dict[str, str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([_cell(values.get(column, "")) for column in COLUMNS])
    return line.getvalue()


def _cell(text: str) -> str:
    shown = one_line(text)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) else shown
