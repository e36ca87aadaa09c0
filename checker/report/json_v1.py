"""The JSON report: one object, findings in a flat list, everything that may differ between equal runs under `run`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker.model import PageReport
from checker.report.encode import dumps
from checker.report.entries import finding_entry, head, page_entry, statistics_entry, tail
from checker.report.rows import InPieces, Rows
from checker.report.run import Closing, Look, Run

# What stands behind the counts.
_LATE = ("not_evaluated", "rules", "authorities", "regions")


class Json(InPieces):
    """Version 1 of the report, as `disclosure-checker schema report` describes it."""

    def __init__(self, look: Look) -> None:
        self._statistics = look.statistics
        self._head: dict[str, Any] = {}
        self._volatile: dict[str, Any] = {}
        self._pages = Rows()
        self._findings = Rows()

    def start(self, run: Run) -> str:
        """Nothing yet: the counts come first."""
        self._head = head(run)
        self._volatile = dict(run.volatile)
        return ""

    def page(self, report: PageReport) -> str:
        """Keep the page and its findings."""
        self._pages.add(dumps(page_entry(report)))
        for finding in report.findings:
            self._findings.add(dumps(finding_entry(finding, report.source)))
        return ""

    def pieces(self, closing: Closing) -> Iterator[str]:
        """The whole report: a line for each member, page and finding."""
        members = dict(self._head)
        for late in _LATE:
            members.pop(late)
        members |= tail(closing)
        members |= {name: self._head[name] for name in _LATE}
        volatile = {**self._volatile, **closing.volatile, "statistics": statistics_entry(closing.summary) if self._statistics else None}
        lines = [f"{dumps(name)}: {dumps(value)}" for name, value in members.items()]
        body = ",\n".join(lines)
        yield f"{{\n{body},\n"
        for name, rows in (("pages", self._pages), ("findings", self._findings)):
            yield f'"{name}": '
            yield from _list(rows)
            yield ",\n"
        yield f'"run": {dumps(volatile)}\n}}\n'


def _list(rows: Rows) -> Iterator[str]:
    if not rows:
        yield "[]"
        return
    yield "[\n"
    yield from rows.joined(",\n")
    yield "\n]"
