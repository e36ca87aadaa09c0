"""Reports that other packages bring; whatever fails in one is a line that names its package."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from checker import plugins
from checker.errors import BadOutput
from checker.model import PageReport
from checker.report.run import Closing, Look, Report, Run


class Foreign:
    """A report of another package."""

    def __init__(self, plugin: plugins.Plugin, look: Look) -> None:
        self._plugin = plugin
        made = self._ask(plugin.value, look)
        self._start, self._page, self._end = (self._method(made, name) for name in ("start", "page", "end"))

    def start(self, run: Run) -> str:
        """What stands before the first page. Raises BadOutput, as the others do."""
        return self._text(self._ask(self._start, run))

    def page(self, report: PageReport) -> str:
        """One input, in input order."""
        return self._text(self._ask(self._page, report))

    def end(self, closing: Closing) -> str:
        """What stands after the last one."""
        return self._text(self._ask(self._end, closing))

    def _ask(self, what: Callable[[Any], Any], given: object) -> Any:
        try:
            return what(given)
        except KeyboardInterrupt:
            raise
        except BaseException as fault:  # SystemExit too: the run ends as ours do
            raise self._fault(f"failed: {plugins.told(fault)}") from fault

    def _method(self, made: object, name: str) -> Callable[[Any], Any]:
        method = getattr(made, name, None)
        if not callable(method):
            raise self._fault(f"has no method {name}; a report has start, page and end")
        found: Callable[[Any], Any] = method
        return found

    def _text(self, text: object) -> str:
        if not isinstance(text, str):
            raise self._fault(f"gave no text, but {type(text).__name__}")
        return text

    def _fault(self, says: str) -> BadOutput:
        return BadOutput(str(self._plugin.fault(says)))


def foreign(name: str, look: Look) -> Report | None:
    """The report that another package brings under this name; None where none does. Raises BadPlugin and BadOutput."""
    plugin = plugins.find(plugins.REPORTS, name)
    return None if plugin is None else Foreign(plugin, look)
