"""SARIF 2.1.0: findings as results, waived ones with their suppression, and what was not checked as notifications of the invocation.

For GitHub (`--sarif-target github`) the file holds what code scanning can show: violations that are not waived, in files of the current folder, at
most as many and as much as it takes. What that leaves out is counted in a notification.
"""

from __future__ import annotations

import gzip
from typing import Any

from checker.model import Finding, Outcome, PageReport, Waiver
from checker.report.encode import dumps
from checker.report.entries import summary_entry
from checker.report.kinds import crashed, is_unread
from checker.report.paint import one_line
from checker.report.places import Place, folder, place
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


class Sarif:
    """One run. Results keep the order of input; for GitHub the severest come first."""

    def __init__(self, look: Look) -> None:
        self._github = look.sarif_target == "github"
        self._folder, self._site = folder(), look.site
        self._run: Run | None = None
        self._places: dict[str, int] = {}
        # Each with the place of its level, encoded at once: a finished text takes a fifth of the memory of the values.
        self._results: list[tuple[int, str, str]] = []
        self._notifications: list[dict[str, Any]] = []
        self._left = {"to review": 0, "suppressed": 0, "baselined": 0, "in no file of the current folder": 0, "above what GitHub takes": 0}
        self._seen: dict[tuple[str, str, str], int] = {}

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
            self._results.append((_RANKS.index(result["level"]), dumps(result), finding.state))
        return ""

    def end(self, closing: Closing) -> str:
        """The whole file."""
        results = self._encoded()
        text = self._whole(closing, results)
        while self._github and results and len(gzip.compress(text.encode("utf-8", "backslashreplace"), 6, mtime=0)) > _MOST_BYTES:
            kept = len(results) * 3 // 4
            self._left["above what GitHub takes"] += len(results) - kept
            results = results[:kept]
            text = self._whole(closing, results)
        return text

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
            key = (finding.page_key, finding.rule, finding.fingerprint)
            self._seen[key] = self._seen.get(key, 0) + 1
            names["primaryLocationLineHash"] = f"{(digest or version)[:16]}:{self._seen[key]}"
        return names

    def _encoded(self) -> list[str]:
        """The results as text. Where some are in the baseline, the others are said not to be."""
        has_baseline = any(state == "baselined" for _, _, state in self._results)
        found = sorted(self._results, key=lambda each: each[0]) if self._github else self._results
        if self._github and len(found) > _MOST_RESULTS:
            self._left["above what GitHub takes"] += len(found) - _MOST_RESULTS
            found = found[:_MOST_RESULTS]
        if not has_baseline:
            return [text for _, text, _ in found]
        return [f'{text[:-1]}, "baselineState": "{"unchanged" if state == "baselined" else "new"}"}}' for _, text, state in found]

    def _whole(self, closing: Closing, results: list[str]) -> str:
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
            "invocations": [self._invocation(run, closing)],
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {BASE: {"description": {"text": "The folder that the program was run in."}}},
            "properties": {"profiles": list(run.profiles), "fail_on": run.fail_on, "summary": summary_entry(closing.summary)},
        }
        lines = [f"{dumps(name)}: {dumps(value)}" for name, value in members.items()]
        rows = ",\n".join(results)
        lines.append(f'"results": [\n{rows}\n]' if results else '"results": []')
        body = ",\n".join(lines)
        return f'{{\n"$schema": {dumps(_SCHEMA)},\n"version": "2.1.0",\n"runs": [{{\n{body}\n}}]\n}}\n'

    def _invocation(self, run: Run, closing: Closing) -> dict[str, Any]:
        notes = list(self._notifications)
        if self._github and len(notes) > _MOST_NOTIFICATIONS:
            more = len(notes) - _MOST_NOTIFICATIONS
            notes = [*notes[:_MOST_NOTIFICATIONS], _notification("error", "left_out", f"{more} more notifications are left out.")]
        left = ", ".join(f"{count} {why}" for why, count in self._left.items() if count)
        if left:
            notes.append(_notification("warning", "left_out", f"Findings that are left out for GitHub: {left}."))
        invocation: dict[str, Any] = {
            "executionSuccessful": closing.summary.incomplete == 0,
            "exitCode": closing.exit_code,
            "exitCodeDescription": one_line(closing.exit_message),
            "toolExecutionNotifications": notes,
            "toolConfigurationNotifications": [
                _notification("note", "not_evaluated", f"The rule {name} was not evaluated: it needs {needs}.")
                for name, needs in sorted(run.not_evaluated.items())
            ],
        }
        began = run.volatile.get("started_at")
        return invocation | ({"startTimeUtc": began} if isinstance(began, str) else {})

    def _note(self, level: str, id_: str, text: str, where: Place, rule_id: str | None = None) -> None:
        note = _notification(level, id_, text)
        if where.uri is not None:
            note["locations"] = [{"physicalLocation": {"artifactLocation": artifact(where)}}]
        if rule_id is not None:
            note["associatedRule"] = {"id": rule_id}
        self._notifications.append(note)


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
