"""The exit code of a run, and the sentence that says why: the same for every output format."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from checker.model import Severity
from checker.report.summary import Summary

FAIL_ON = ("error", "warning", "info", "review", "never")


class Exit(IntEnum):
    """What a caller may read from the exit code; never a severity. Precedence 2 > 1 > 3 > 4 > 0."""

    OK = 0
    FINDINGS = 1
    ERROR = 2
    INCOMPLETE = 3
    NO_INPUTS = 4
    INTERRUPTED = 130
    TERMINATED = 143

    @property
    def words(self) -> str:
        """The name in a sentence."""
        return self.name.lower().replace("_", " ")


@dataclass(frozen=True, slots=True)
class Gate:
    """What lets a run fail.

    `allow_incomplete`: how many inputs may stay unchecked (None: any number). `strict_baseline`: entries of the baseline that are fixed must go.
    """

    fail_on: str = "warning"
    allow_incomplete: int | None = 0
    allow_empty: bool = False
    strict_baseline: bool = False

    def gating(self, summary: Summary) -> int:
        """How many findings stand at or above the threshold."""
        if self.fail_on == "never":
            return 0
        if self.fail_on == "review":
            return sum(summary.violations.values()) + summary.needs_review
        least = Severity(self.fail_on).weight
        return sum(count for severity, count in summary.violations.items() if severity.weight >= least)

    def decide(self, summary: Summary) -> Exit:
        """The exit code for these counts."""
        if self.gating(summary) > 0 or (self.strict_baseline and summary.stale_baseline):
            return Exit.FINDINGS
        if self.allow_incomplete is not None and summary.incomplete > self.allow_incomplete:
            return Exit.INCOMPLETE
        if not summary.checked and not summary.not_checked and not summary.unchanged and not self.allow_empty:
            return Exit.NO_INPUTS
        return Exit.OK

    def sentence(self, summary: Summary, code: Exit | None = None) -> str:
        """Why the run ends as it does, with the counts, in one line. `code`: as it was decided elsewhere."""
        code = self.decide(summary) if code is None else code
        return f"disclosure-checker: exit {int(code)} ({code.words}): {self.counts(summary, code)}"

    def counts(self, summary: Summary, code: Exit) -> str:
        """The counts that decide."""
        return "; ".join(self._clauses(summary, code))

    def _clauses(self, summary: Summary, code: Exit) -> list[str]:
        if code is Exit.NO_INPUTS:
            places = f" ({_many(summary.skipped, 'place')} searched)" if summary.skipped else ""
            return [f"no page to check{places}"]
        if summary.unchanged and not summary.checked and not summary.not_checked:
            return ["no page changed", *_rest(summary), *self._stale(summary)]
        clauses = [_violations(summary)]
        if not self.gating(summary) and any(summary.violations.values()):
            clauses[0] += f", none at or above --fail-on {self.fail_on}" if self.fail_on != "never" else ", and --fail-on never"
        clauses += [f"{summary.needs_review} {'needs' if summary.needs_review == 1 else 'need'} review", f"{summary.not_checked} not checked"]
        if summary.not_checked and code is Exit.OK:
            clauses[-1] += " (allowed)"
        return clauses + _rest(summary) + self._stale(summary)

    def _stale(self, summary: Summary) -> list[str]:
        count = summary.stale_baseline
        if not count:
            return []
        told = f"{count} stale baseline {'entry' if count == 1 else 'entries'}"
        return [f"{told}, and --strict-baseline (run baseline prune)" if self.strict_baseline else f"{told} (run baseline prune)"]


def facts_sentence(summary: Summary, code: Exit) -> str:
    """The same for a run that reads and does not judge."""
    if code is Exit.NO_INPUTS:
        return "disclosure-checker: exit 4 (no inputs): no page to read"
    clauses = [f"{_many(summary.checked, 'page')} read", f"{summary.not_checked} not read"]
    if summary.skipped:
        clauses.append(f"{summary.skipped} skipped")
    if summary.deduplicated:
        clauses.append(_many(summary.deduplicated, "duplicate"))
    return f"disclosure-checker: exit {int(code)} ({code.words}): {'; '.join(clauses)}"


def _violations(summary: Summary) -> str:
    counts = [_many(summary.violations[severity], word) for severity, word in _WORDS if summary.violations[severity]]
    if not counts:
        return f"no violation on {_many(summary.checked, 'page')}"
    return f"{_joined(counts)} on {_many(summary.pages_with_violations, 'page')} of {summary.checked}"


_WORDS = ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "info"))


def _rest(summary: Summary) -> list[str]:
    found = [
        (summary.rule_crashes, f"a rule crashed on {_many(summary.rule_crashes, 'page')}"),
        (summary.suppressed, f"{summary.suppressed} suppressed"),
        (summary.baselined, f"{summary.baselined} baselined"),
        (summary.skipped, f"{summary.skipped} skipped"),
        (summary.deduplicated, _many(summary.deduplicated, "duplicate")),
        (summary.excluded, f"{summary.excluded} excluded"),
        (summary.unchanged, f"{summary.unchanged} unchanged"),
    ]
    return [text for count, text in found if count]


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 or word == "info" else f"{count} {word}s"
