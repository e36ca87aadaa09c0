"""JSON for editors' tools: one entry a page. `disclosure-checker schema editor` describes it.

What could mean something to a terminal, or in a page that holds the JSON, is escaped in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from checker.model import PageReport
from checker.report.editor_page import STATES, editor_entry, finding_in_short
from checker.report.encode import embedded
from checker.report.entries import SCHEMA_VERSION, authority_entry
from checker.report.rows import InPieces, Rows
from checker.report.run import Closing, Look, Run


class Editor(InPieces):
    """Skipped inputs are counted; what is said of the settings stands apart from the pages."""

    def __init__(self, look: Look) -> None:
        del look
        self._run = Run("", "", (), "never")
        self._pages = Rows()
        self._settings = Rows()
        self._states: Counter[str] = Counter()

    def start(self, run: Run) -> str:
        """Nothing yet: the counts come first."""
        self._run = run
        return ""

    def page(self, report: PageReport) -> str:
        """Keep what there is to say of one page."""
        if report.status == "settings":
            for finding in report.findings:
                self._settings.add(embedded({"source": report.source, **finding_in_short(finding, report, self._run.regions)}))
        elif report.status != "skipped":
            entry = editor_entry(report, self._run)
            self._states[entry["state"]] += 1
            self._pages.add(embedded(entry))
        return ""

    def pieces(self, closing: Closing) -> Iterator[str]:
        """The whole: a line for each member and page."""
        run, summary = self._run, closing.summary
        members: dict[str, Any] = {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": "disclosure-checker", "version": run.version, "rules_digest": run.rules_digest},
            "profiles": list(run.profiles),
            "fail_on": run.fail_on,
            "authorities": [authority_entry(run.authorities[key]) for key in sorted(run.authorities)],
            "complete": summary.incomplete == 0,
            "exit": {"code": closing.exit_code, "name": closing.exit_name, "message": closing.exit_message},
            "counts": {"pages": len(self._pages), **{state: self._states[state] for state in STATES}, "skipped": summary.skipped},
        }
        yield "{\n"
        for name, value in members.items():
            yield f"{embedded(name)}: {embedded(value)},\n"
        for name, rows in (("pages", self._pages), ("settings", self._settings)):
            yield f'"{name}": [\n'
            yield from rows.joined(",\n")
            yield "\n],\n"
        yield f'"run": {embedded({**run.volatile, **closing.volatile})}\n}}\n'
