"""The JSON report: one object, findings in a flat list, everything that may differ between equal runs under `run`."""

from __future__ import annotations

from typing import Any

from checker.model import PageReport
from checker.report.encode import dumps
from checker.report.entries import finding_entry, head, page_entry, statistics_entry, tail
from checker.report.run import Closing, Look, Run


class Json:
    """Version 1 of the report, as `disclosure-checker schema report` describes it."""

    def __init__(self, look: Look) -> None:
        self._statistics = look.statistics
        self._head: dict[str, Any] = {}
        self._volatile: dict[str, Any] = {}
        # Encoded at once: a finished text takes a fifth of the memory of the values.
        self._pages: list[str] = []
        self._findings: list[str] = []

    def start(self, run: Run) -> str:
        """Nothing yet: the counts come first."""
        self._head = head(run)
        self._volatile = dict(run.volatile)
        return ""

    def page(self, report: PageReport) -> str:
        """Keep the page and its findings."""
        self._pages.append(dumps(page_entry(report)))
        self._findings.extend(dumps(finding_entry(finding, report.source)) for finding in report.findings)
        return ""

    def end(self, closing: Closing) -> str:
        """The whole report: a line for each member, page and finding."""
        members = dict(self._head)
        for late in ("not_evaluated", "rules", "authorities"):
            members.pop(late)
        members |= tail(closing)
        members |= {name: self._head[name] for name in ("not_evaluated", "rules", "authorities")}
        volatile = {**self._volatile, **closing.volatile, "statistics": statistics_entry(closing.summary) if self._statistics else None}
        lines = [f"{dumps(name)}: {dumps(value)}" for name, value in members.items()]
        lines += [f'"pages": {_rows(self._pages)}', f'"findings": {_rows(self._findings)}', f'"run": {dumps(volatile)}']
        body = ",\n".join(lines)
        return f"{{\n{body}\n}}\n"


def _rows(rows: list[str]) -> str:
    body = ",\n".join(rows)
    return f"[\n{body}\n]" if rows else "[]"
