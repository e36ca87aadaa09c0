"""Which findings are worth a change of the page."""

from __future__ import annotations

from checker.model import Finding, Outcome, Severity


def repairable(finding: Finding) -> bool:
    """Whether it is a proven fault of weight that nobody has waived; a question is for a person, and a remark is no ground to rewrite a page."""
    return finding.outcome is Outcome.VIOLATION and finding.state == "new" and finding.severity.weight >= Severity.WARNING.weight
