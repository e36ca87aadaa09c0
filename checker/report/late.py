"""A file that is no report of pages, written with the same care: opened before the work begins, and put into place whole."""

from __future__ import annotations

from collections.abc import Callable

from checker.model import PageReport
from checker.report.run import Closing, Run


class Late:
    """A text that is known at the end of a run."""

    def __init__(self, made: Callable[[], str]) -> None:
        self._made = made

    def start(self, run: Run) -> str:
        """Nothing yet."""
        del run
        return ""

    def page(self, report: PageReport) -> str:
        """Nothing yet."""
        del report
        return ""

    def end(self, closing: Closing) -> str:
        """All of it."""
        del closing
        return self._made()
