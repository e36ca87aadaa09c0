"""The report as it is fed: a row and the details of each page, written out at the end behind what the reader sees first.

The file asks nobody for anything: style and script stand in it, named by their hashes in its policy, and page text is only ever data in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from checker.errors import BadConfig
from checker.model import PageReport
from checker.outline import KINDS
from checker.report.causes import Causes
from checker.report.editor_page import STATES, state_of
from checker.report.encode import embedded
from checker.report.entries import authority_entry, summary_entry, waiver_entry
from checker.report.html.page_details import BLOCK_COLUMNS, EVIDENCE_COLUMNS, REGIONS, details_of
from checker.report.html.page_row import COLUMNS, FINDING_COLUMNS, FINDING_STATES, MOST, SEVERITIES, STATUSES, Tables, row_of, shown
from checker.report.paint import one_line
from checker.report.rows import InPieces, Rows
from checker.report.run import Closing, Look, Run
from checker.text import clip

# Details are parsed a chunk at a time, when a page is opened: 25 pages are some 200 KB, a few milliseconds.
CHUNK = 25
# What a reader without scripts is shown.
_MOST_PLAIN = 500
_COUNTED = ("inputs", "left_out", "pages", "findings", "twins", "rendered", "stale_baseline", "rule_crashes")


class Html(InPieces):
    """One HTML file."""

    def __init__(self, look: Look) -> None:
        """Raises BadConfig where what it is made with is not installed."""
        try:
            import jinja2  # noqa: F401 - asked before the first page, used after the last
        except ImportError:
            raise BadConfig("the HTML report needs the extra report: pip install 'disclosure-checker[report]'") from None
        self._look = look
        self._run = Run("", "", (), "never")
        self._tables = Tables()
        self._rows, self._details = Rows(), Rows()
        self._causes = Causes()
        self._states: Counter[str] = Counter()
        self._plain: list[tuple[str, str | None, str, str]] = []

    def start(self, run: Run) -> str:
        """Nothing yet: the counts come first."""
        self._run = run
        for rule in run.rules:
            self._tables.rules.of(rule.id)
        return ""

    def page(self, report: PageReport) -> str:
        """Keep what there is to say of one page."""
        row = row_of(report, self._tables)
        self._rows.add(embedded(row))
        self._details.add(embedded(details_of(report, self._tables, self._look.folder)))
        self._causes.add((finding for finding in report.findings if finding.state == "new"), report.source)
        if report.status not in ("skipped", "settings"):
            state = state_of(report)
            self._states[state] += 1
            if len(self._plain) < _MOST_PLAIN and state != "ok":
                self._plain.append((row[COLUMNS.index("source")], row[COLUMNS.index("title")], state, row[COLUMNS.index("sentence")]))
        return ""

    def pieces(self, closing: Closing) -> Iterator[str]:
        """The whole file."""
        from checker.report.html.document import Data, written

        yield from written(
            self._look,
            {
                "version": self._run.version,
                "exit_message": one_line(closing.exit_message),
                "states": [(state, self._states[state]) for state in STATES if self._states[state]],
                "causes": [(one_line(cause), count, clip(one_line(count.example), MOST)) for cause, count in self._causes.rows()],
                "plain": self._plain,
                "plain_left": sum(count for state, count in self._states.items() if state != "ok") - len(self._plain),
            },
            Data(embedded(self._run_entry(closing)), self._rows.joined(",\n"), self._chunks()),
        )

    def _chunks(self) -> Iterator[Iterator[str]]:
        """The details of all pages, some at a time."""
        details = iter(self._details)
        for _ in range(0, len(self._details), CHUNK):
            yield _joined(islice(details, CHUNK))

    def _run_entry(self, closing: Closing) -> dict[str, Any]:
        run = self._run
        return {
            "version": run.version,
            "digest": run.rules_digest,
            "profiles": list(run.profiles),
            "fail_on": run.fail_on,
            "began": run.volatile.get("started_at"),
            "seconds": closing.volatile.get("duration_seconds"),
            "arguments": [one_line(word) for word in run.volatile.get("arguments", ())],
            "merged": [one_line(str(each.get("report"))) for each in run.volatile.get("merged", ())],
            "exit": {"code": closing.exit_code, "name": closing.exit_name, "message": one_line(closing.exit_message)},
            # The rest is counted from the rows, by the filters that are chosen.
            "summary": {name: value for name, value in summary_entry(closing.summary).items() if name in _COUNTED},
            "rules": {rule.id: {"name": rule.name, "severity": str(rule.severity), "about": rule.about, "doc": rule.doc} for rule in run.rules},
            "authorities": {key: authority_entry(entry) for key, entry in sorted(run.authorities.items())},
            "region_names": {region: run.regions.get(region) or region.replace("_", " ") for region in REGIONS},
            "not_evaluated": dict(sorted(run.not_evaluated.items())),
            "waivers": [waiver_entry(entry) for entry in closing.waivers],
            "past": [_past(past) for past in self._look.past],
            "chunk": CHUNK,
            "folder": self._look.folder is not None,
            "refresh": self._look.refresh,
            "lists": {
                "columns": COLUMNS,
                "finding": FINDING_COLUMNS,
                "block": BLOCK_COLUMNS,
                "evidence": EVIDENCE_COLUMNS,
                "statuses": STATUSES,
                "states": STATES,
                "finding_states": FINDING_STATES,
                "severities": SEVERITIES,
                "kinds": KINDS,
                "regions": REGIONS,
                **self._tables.entry(),
            },
        }


def _past(past: Any) -> dict[str, Any]:
    return {
        "name": shown(past.name),
        "began": past.began,
        "checked": past.checked,
        "not_checked": past.not_checked,
        "with_violations": past.with_violations,
        "with_findings": past.with_findings,
        "violations": dict(past.violations),
        "needs_review": past.needs_review,
        "paid": past.paid,
        "plain_first": past.plain_first,
    }


def _joined(texts: Iterator[str]) -> Iterator[str]:
    for number, text in enumerate(texts):
        yield f",\n{text}" if number else text
