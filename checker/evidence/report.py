"""The report of the bundle: as `--output json` writes it, while the bundle is told of each page."""

from __future__ import annotations

from collections.abc import Callable

from checker.model import PageReport
from checker.report.json_v1 import Json
from checker.report.run import Look


class NotedReport(Json):
    """`note` is told of each page, in input order."""

    def __init__(self, look: Look, note: Callable[[PageReport], None]) -> None:
        super().__init__(look)
        self._note = note

    def page(self, report: PageReport) -> str:
        """Tell of it, and keep it for the report."""
        self._note(report)
        return super().page(report)
