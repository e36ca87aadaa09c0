"""SARIF 2.1.0: findings as results, waived ones with their suppression, and what was not checked as notifications of the invocation.

For GitHub (`--sarif-target github`) the file holds what code scanning can show: violations that are not waived, in files of the current folder, at
most as many and as much as it takes. What that leaves out is counted in a notification.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from checker.model import Finding, Outcome, PageReport, Waiver
from checker.report.encode import dumps
from checker.report.entries import summary_entry
from checker.report.kinds import crashed, is_unread
from checker.report.paint import one_line
from checker.report.places import Place, folder, place
from checker.report.rows import InPieces, Rows
from checker.report.run import Closing, Look, Run
from checker.report.sarif_places import BASE, artifact, fixes, location, message, related
from checker.report.sarif_rules import LEVELS, rule
from checker.text import clip

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_RANKS = ("error", "warning", "note", "none")
# docs.github.com, "SARIF results exceed one or more limits": further results, tags and locations are dropped or refuse the file.
_MOST_RESULTS = 5_000
_MOST_TAGS = 10
_MOST_RELATED = 99
_MOST_BYTES = 10_000_000
_MOST_NOTIFICATIONS = 1_000
_LONGEST = 3_000


class Sarif(InPieces):
    """One run. Results keep the order of input; for GitHub the severest come first."""

    def __init__(self, look: Look) -> None:
        self._github = look.sarif_target == "github"
        self._folder, self._site = folder(), look.site
        self._run: Run | None = None
        self._places: dict[str, int] = {}
        # Each with the number of its level and its state in front.
        self._results = Rows()
        self._levels = [0] * len(_RANKS)
        self._has_baseline = False
        self._notifications = Rows()
        self._left = {"to review": 0, "suppressed": 0, "baselined": 0, "in no file of the current folder": 0, "above what GitHub takes": 0}
        # A number for each finding that GitHub is to tell from others must be kept.
        self._seen: dict[int, int] = {}

    def start(self, run: Run) -> str:
        """Nothing yet: the results come last."""
        self._run = run
        self._places = {entry.id: number for number, entry in enumerate(run.rules)}
        return ""

    def page(self, report: PageReport) -> str:
        """Keep the results and notifications of one input."""
        where = place(report.source, self._folder, self._site)
        if is_unread(report):
            self._note(
                "error", f"not_checked/{report.reason or 'unknown'}", f"{report.source} was not checked: {report.detail or report.reason}", where
            )
        elif report.status == "skipped":
            self._note("note", "skipped", f"{report.source} was skipped: {report.detail or 'it holds no page'}", where)
        for name in crashed(report):
            self._note("error", "not_checked/rule_crashed", f"The rule {name} crashed on {report.source}.", where, name)
        for problem in report.problems:
            self._note("warning", "problem", f"{report.source}: {problem}", where)
        for finding in report.findings:
            if self._github and (why := _why_not(finding, where)):
                self._left[why] += 1
                continue
            result = self._result(finding, report, where)
            level = _RANKS.index(result["level"])
            self._levels[level] += 1
            self._has_baseline |= finding.state == "baselined"
            self._results.add(f"{level}{finding.state} {dumps(result)}")
        return ""

    def pieces(self, closing: Closing) -> Iterator[str]:
        """The whole file."""
        if not self._github:
            yield from self._whole(closing, self._encoded())
            return
        results = self._severest()
        text = "".join(self._whole(closing, results))
        while results and len(gzip.compress(text.encode("utf-8", "backslashreplace"), 6, mtime=0)) > _MOST_BYTES:
            kept = len(results) * 3 // 4
            self._left["above what GitHub takes"] += len(results) - kept
            results = results[:kept]
            text = "".join(self._whole(closing, results))
        yield text

    def _result(self, finding: Finding, report: PageReport, where: Place) -> dict[str, Any]:
        is_violation = finding.outcome is Outcome.VIOLATION
        parts = (finding.message, finding.review.question if finding.review else "", finding.fix)
        others = finding.evidence[1:][: _MOST_RELATED if self._github else None]
        result: dict[str, Any] = {"ruleId": finding.rule}
        if finding.rule in self._places:
            result["ruleIndex"] = self._places[finding.rule]
        result |= {
            "kind": "fail" if is_violation else "review",
            "level": LEVELS[str(finding.severity)] if is_violation else "none",
            "message": {"text": clip(message(" ".join(part for part in parts if part)), _LONGEST)},
            "locations": [location(where, report.source, finding.primary, needs_line=self._github)],
            "partialFingerprints": self._fingerprints(finding),
            "properties": _properties(finding),
        }
        if others:
            result["relatedLocations"] = [related(where, report.source, number, each.label, each.spot) for number, each in enumerate(others, start=1)]
        if finding.state == "new" and (changes := fixes(where, finding)):
            result["fixes"] = changes
        if finding.state == "suppressed":
            result["suppressions"] = [_suppression(finding.waiver)]
        return result

    def _fingerprints(self, finding: Finding) -> dict[str, str]:
        version, _, digest = finding.fingerprint.partition(":")
        names = {f"disclosureChecker/{version}": digest or version}
        if self._github:
            # The only one that GitHub reads; it would count lines where it is absent.
            key = hash((finding.page_key, finding.rule, finding.fingerprint))
            self._seen[key] = self._seen.get(key, 0) + 1
            names["primaryLocationLineHash"] = f"{(digest or version)[:16]}:{self._seen[key]}"
        return names

    def _encoded(self) -> Iterator[str]:
        """The results as text. Where some are in the baseline, the others are said not to be."""
        for row in self._results:
            told, _, text = row.partition(" ")
            state = "unchanged" if told[1:] == "baselined" else "new"
            yield f'{text[:-1]}, "baselineState": "{state}"}}' if self._has_baseline else text

    def _severest(self) -> list[str]:
        """As many as GitHub takes, which are few enough to be held; the severest first, and those of a level in input order."""
        rooms, left = [], _MOST_RESULTS
        for count in self._levels:
            rooms.append(min(count, left))
            left -= rooms[-1]
        found: list[list[str]] = [[] for _ in rooms]
        for row, text in zip(self._results, self._encoded(), strict=True):
            level = int(row[0])
            if len(found[level]) < rooms[level]:
                found[level].append(text)
        self._left["above what GitHub takes"] += len(self._results) - sum(rooms)
        return [text for texts in found for text in texts]

    def _whole(self, closing: Closing, results: Iterable[str]) -> Iterator[str]:
        run = self._run
        assert run is not None  # noqa: S101 - `start` came first
        most = _MOST_TAGS if self._github else None
        driver = {
            "name": "disclosure-checker",
            "version": run.version,
            "rules": [rule(entry, run.authorities, most) for entry in run.rules],
            "properties": {"rules_digest": run.rules_digest},
        }
        members = {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {BASE: {"description": {"text": "The folder that the program was run in."}}},
            "properties": {"profiles": list(run.profiles), "fail_on": run.fail_on, "summary": _printable(summary_entry(closing.summary))},
        }
        told = {name: f"{dumps(name)}: {dumps(value)}" for name, value in members.items()}
        yield f'{{\n"$schema": {dumps(_SCHEMA)},\n"version": "2.1.0",\n"runs": [{{\n{told.pop("tool")},\n"invocations": ['
        yield from self._invocation(run, closing)
        yield "],\n" + "".join(f"{line},\n" for line in told.values()) + '"results": ['
        number = 0
        for number, text in enumerate(results, start=1):
            yield f",\n{text}" if number > 1 else f"\n{text}"
        yield f"{chr(10) if number else ''}]\n}}]\n}}\n"

    def _invocation(self, run: Run, closing: Closing) -> Iterator[str]:
        began = run.volatile.get("started_at")
        before = {
            "executionSuccessful": closing.summary.incomplete == 0,
            "exitCode": closing.exit_code,
            "exitCodeDescription": one_line(closing.exit_message),
        }
        after = {
            "toolConfigurationNotifications": [
                _notification("note", "not_evaluated", f"The rule {name} was not evaluated: it needs {needs}.")
                for name, needs in sorted(run.not_evaluated.items())
            ]
        } | ({"startTimeUtc": began} if isinstance(began, str) else {})
        yield f'{dumps(before)[:-1]}, "toolExecutionNotifications": ['
        for number, note in enumerate(self._notes()):
            yield f", {note}" if number else note
        yield f"], {dumps(after)[1:]}"

    def _notes(self) -> Iterator[str]:
        most = _MOST_NOTIFICATIONS if self._github else len(self._notifications)
        yield from islice(self._notifications, most)
        if (more := len(self._notifications) - most) > 0:
            yield dumps(_notification("error", "left_out", f"{more} more notifications are left out."))
        left = ", ".join(f"{count} {why}" for why, count in self._left.items() if count)
        if left:
            yield dumps(_notification("warning", "left_out", f"Findings that are left out for GitHub: {left}."))

    def _note(self, level: str, id_: str, text: str, where: Place, rule_id: str | None = None) -> None:
        note = _notification(level, id_, text)
        if where.uri is not None:
            note["locations"] = [{"physicalLocation": {"artifactLocation": artifact(where)}}]
        if rule_id is not None:
            note["associatedRule"] = {"id": rule_id}
        self._notifications.add(dumps(note))


def _notification(level: str, id_: str, text: str) -> dict[str, Any]:
    return {"descriptor": {"id": id_}, "level": level, "message": {"text": clip(message(text), _LONGEST)}}


def _suppression(waiver: Waiver | None) -> dict[str, Any]:
    """Why a result is waived, and where that is said: in the page, or in the settings."""
    if waiver is None:
        return {"kind": "external", "status": "accepted"}
    told: dict[str, Any] = {"kind": "inSource" if waiver.kind == "inline" else "external", "status": "accepted"}
    if waiver.reason:
        told["justification"] = clip(one_line(waiver.reason), _LONGEST)
    properties = {"owner": waiver.owner, "expires_on": waiver.expires_on, "where": waiver.where}
    return told | {"properties": {name: one_line(value) if value else None for name, value in properties.items()}}


def _why_not(finding: Finding, where: Place) -> str | None:
    if finding.state in ("suppressed", "baselined"):
        return finding.state
    if finding.outcome is not Outcome.VIOLATION:
        return "to review"
    return None if where.inside else "in no file of the current folder"


def _properties(finding: Finding) -> dict[str, Any]:
    return {
        "severity": str(finding.severity),
        "confidence": str(finding.confidence),
        "basis": finding.basis,
        "static": str(finding.static) if finding.static else None,
        "view": finding.view,
        "views": list(finding.views),
        "state": finding.state,
        "page_key": one_line(finding.page_key),
        "why": one_line(finding.why),
        "paste": one_line(finding.paste) if finding.paste else None,
        "paste_language": finding.paste_language,
        "review_reason": str(finding.review.reason) if finding.review else None,
        "cause": one_line(finding.cause) if finding.cause else None,
        "profiles": list(finding.profiles),
        "authorities": list(finding.authorities),
    }


def _printable(value: Any) -> Any:
    """Counts with what pages say in them: names of authors, paths in the markup."""
    if isinstance(value, dict):
        return {one_line(name): _printable(each) for name, each in value.items()}
    return list(map(_printable, value)) if isinstance(value, list) else one_line(value) if isinstance(value, str) else value
