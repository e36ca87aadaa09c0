"""The Code Quality report of GitLab: a JSON list of issues. What was not checked is one of the heaviest kind, as the list has no other place."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from checker.model import Finding, PageReport
from checker.report.encode import dumps
from checker.report.kinds import because, crashed, is_unread, kind
from checker.report.paint import one_line
from checker.report.places import folder, place
from checker.report.rows import InPieces, Rows
from checker.report.run import Closing, Look, Run

_SEVERITIES = {"error": "critical", "warning": "major", "review": "minor", "info": "info"}


class GitLab(InPieces):
    """GitLab shows neither `check_name` nor states, so the description begins with the rule, and with the state where a finding is waived."""

    def __init__(self, look: Look) -> None:
        self._folder, self._site = folder(), look.site
        self._issues = Rows()
        # A number for each finding of the run must be kept, to tell those apart that share a fingerprint.
        self._seen: Counter[int] = Counter()

    def start(self, run: Run) -> str:
        """Nothing yet."""
        del run
        return ""

    def page(self, report: PageReport) -> str:
        """Keep the issues of one input."""
        found = place(report.source, self._folder, self._site)
        where = found.path or report.source
        for finding in report.findings:
            spot = finding.primary
            severity = _SEVERITIES[kind(finding)] if finding.state == "new" else "info"
            self._add(
                _told(finding),
                finding.rule,
                severity,
                where,
                (finding.page_key, finding.fingerprint),
                spot.line if spot and not found.mapped else None,
            )
        if is_unread(report):
            said = f"NOT CHECKED: {report.reason or 'unknown'}: {report.detail or ''}".rstrip(": ")
            self._add(said, "not_checked", "blocker", where, (report.page_key,))
        for rule in crashed(report):
            self._add(f"NOT CHECKED: the rule {rule} crashed", "rule_crashed", "blocker", where, (report.page_key, rule))
        return ""

    def pieces(self, closing: Closing) -> Iterator[str]:
        """The whole list."""
        if closing.exit_name == "no inputs":
            self._add(f"NOT CHECKED: {closing.exit_message}", "no_inputs", "blocker", ".", ())
        if not self._issues:
            yield "[]\n"
            return
        yield "[\n"
        yield from self._issues.joined(",\n")
        yield "\n]\n"

    def _add(self, said: str, check: str, severity: str, path: str, named_by: tuple[str, ...], line: int | None = None) -> None:
        key = "\0".join((check, *named_by))
        # GitLab shows only the first of those that share a fingerprint.
        short = int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
        self._seen[short] += 1
        whole = f"{key}\0{self._seen[short]}".encode("utf-8", "surrogatepass")
        issue: dict[str, Any] = {
            "description": one_line(said),
            "check_name": check,
            "fingerprint": hashlib.sha256(whole).hexdigest(),
            "severity": severity,
            "location": {"path": one_line(path), "lines": {"begin": line or 1}},
        }
        self._issues.add(dumps(issue))


def _told(finding: Finding) -> str:
    state = "" if finding.state == "new" else f"({finding.state}) "
    review = f"needs review: {finding.review.question} " if finding.review else ""
    why = because(finding)
    return f"{state}{finding.rule}: {f'waived: {why}: ' if why else ''}{review}{finding.message} {finding.fix}".rstrip()
