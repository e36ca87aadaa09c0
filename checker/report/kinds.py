"""What a finding is called in a list, and which come first: error, warning, review, info."""

from __future__ import annotations

from collections.abc import Iterable

from checker.model import Confidence, Finding, Outcome, PageReport, Severity

# Questions stand before good practice: nobody answers what nobody sees.
KINDS = ("error", "warning", "review", "info")
_SURE = {confidence: rank for rank, confidence in enumerate((Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW))}


def kind(finding: Finding) -> str:
    """The severity of a violation; `review` for what a person must decide."""
    return str(finding.severity) if finding.outcome is Outcome.VIOLATION else "review"


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Violations by their weight, of equal weight the surest first; then questions."""
    return sorted(findings, key=lambda each: (each.outcome is not Outcome.VIOLATION, -each.severity.weight, _SURE[each.confidence]))


def in_words(finding: Finding) -> str:
    """The message for those who look at the page, not at its source: without lines."""
    return finding.sentence or finding.message


def counts_of(findings: tuple[Finding, ...]) -> dict[str, int]:
    """How many findings there are of each kind that occurs, those that are waived under their state."""
    found: dict[str, int] = {}
    for finding in findings:
        word = kind(finding) if finding.state == "new" else finding.state
        found[word] = found.get(word, 0) + 1
    order = (*KINDS, "suppressed", "baselined")
    return dict(sorted(found.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order)))


def told(counts: dict[str, int]) -> str:
    """The counts in a line.

    >>> told({"error": 2, "review": 1, "info": 3})
    '2 errors, 1 to review, 3 info'
    """
    words = {"error": ("error", "errors"), "warning": ("warning", "warnings"), "review": ("to review", "to review")}
    return ", ".join(f"{count} {words.get(word, (word, word))[count != 1]}" for word, count in counts.items())


def because(finding: Finding) -> str:
    """Why a finding is waived, who answers for that, and until when; "" where nobody says."""
    waiver = finding.waiver
    if waiver is None:
        return ""
    more = ", ".join(part for part in (waiver.owner or "", f"until {waiver.expires_on}" if waiver.expires_on else "") if part)
    return f"{waiver.reason} ({more})" if waiver.reason and more else waiver.reason or more


def gates(finding: Finding, fail_on: str) -> bool:
    """Whether the finding alone ends the run with exit code 1."""
    if finding.state != "new" or fail_on == "never":
        return False
    if fail_on == "review":
        return True
    return finding.outcome is Outcome.VIOLATION and finding.severity.weight >= Severity(fail_on).weight


def is_unread(report: PageReport) -> bool:
    """Whether the input was meant to be checked and was not."""
    return report.status not in ("checked", "skipped", "settings")


def crashed(report: PageReport) -> list[str]:
    """The rules that could not be judged on a page that was read."""
    return sorted(rule for rule, outcome in report.outcomes.items() if outcome is Outcome.NOT_CHECKED) if report.status == "checked" else []
