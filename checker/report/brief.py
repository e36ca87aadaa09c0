"""The whole run in a few lines, for a log or a message."""

from __future__ import annotations

from checker.model import PageReport, Severity
from checker.report.paint import one_line
from checker.report.run import Closing, Look, Run
from checker.report.shares import cause_lines, tables
from checker.report.summary import Summary


class Brief:
    """Inputs, findings, what was not checked and why, which rules fired, and how the run ended."""

    def __init__(self, look: Look) -> None:
        self._statistics = look.statistics
        self._head = ""

    def start(self, run: Run) -> str:
        """Nothing yet."""
        self._head = one_line(f"disclosure-checker {run.version}, profile {','.join(run.profiles)}, fail on {run.fail_on}")
        return ""

    def page(self, report: PageReport) -> str:
        """Nothing: only counts are told."""
        del report
        return ""

    def end(self, closing: Closing) -> str:
        """All of it."""
        summary = closing.summary
        lines = [self._head, _inputs(summary), _findings(summary)]
        if summary.drawn:
            lines.append(f"drawn: {summary.drawn}; not measurable at some size: {summary.not_measurable}")
        if summary.incomplete:
            lines.append(f"INCOMPLETE: {_unread(summary)}")
        fired = [(rule, count.violations + count.needs_review, count.pages) for rule, count in sorted(summary.by_rule.items()) if count.pages]
        if fired:
            lines.append("rules: " + ", ".join(f"{rule} {count} on {pages} page{'s' * (pages != 1)}" for rule, count, pages in fired))
        lines += [*_shares(summary), *(f"cause: {line}" for line in cause_lines(summary))] if self._statistics else []
        lines.append(one_line(closing.exit_message))
        return "".join(f"{line}\n" for line in lines)


def _shares(summary: Summary) -> list[str]:
    """A line each for authors, sections and networks: those whose pages have findings."""
    lines = []
    for table in tables(summary):
        told = [f"{one_line(name)} {violations + review} on {found} of {pages}" for name, (pages, found, violations, review) in table.rows if found]
        if told:
            lines.append(f"{table.kind}s: {', '.join(told)}{f', {table.rest}' if table.more else ''}")
    return lines


def _inputs(summary: Summary) -> str:
    return (
        f"inputs: {summary.inputs}; checked: {summary.checked}; not checked: {summary.not_checked}; "
        f"skipped: {summary.skipped}; named twice: {summary.deduplicated}; excluded: {summary.excluded}; unchanged: {summary.unchanged}"
    )


def _findings(summary: Summary) -> str:
    counts = {severity: summary.violations[severity] for severity in Severity}
    return (
        f"errors: {counts[Severity.ERROR]}; warnings: {counts[Severity.WARNING]}; info: {counts[Severity.INFO]}; "
        f"to review: {summary.needs_review}; suppressed: {summary.suppressed}; baselined: {summary.baselined}"
    )


def _unread(summary: Summary) -> str:
    parts = [f"{reason} {count}" for reason, count in sorted(summary.reasons.items())]
    if summary.rule_crashes:
        parts.append(f"a rule crashed on {summary.rule_crashes} page{'s' * (summary.rule_crashes != 1)}")
    return ", ".join(parts)
