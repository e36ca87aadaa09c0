"""JSON Lines: one object a line in input order, written as the run goes on. Without its `run_end` line it is a cut run."""

from __future__ import annotations

from checker.model import PageReport
from checker.report.encode import dumps
from checker.report.entries import finding_entry, head, page_entry, statistics_entry, tail
from checker.report.run import Closing, Look, Run


class JsonLines:
    """`run_start`, then for each input a `page` and its `finding` lines, then `run_end`."""

    def __init__(self, look: Look) -> None:
        self._statistics = look.statistics

    def start(self, run: Run) -> str:
        """The opening line."""
        return dumps({"type": "run_start", **head(run), "run": dict(run.volatile)}) + "\n"

    def page(self, report: PageReport) -> str:
        """The lines of one input."""
        lines = [dumps({"type": "page", **page_entry(report)})]
        lines += [dumps({"type": "finding", **finding_entry(finding, report.source)}) for finding in report.findings]
        return "\n".join(lines) + "\n"

    def end(self, closing: Closing) -> str:
        """The closing line, with summary and exit code."""
        volatile = {**closing.volatile, "statistics": statistics_entry(closing.summary) if self._statistics else None}
        return dumps({"type": "run_end", **tail(closing), "run": volatile}) + "\n"
