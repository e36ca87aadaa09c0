"""JUnit XML: a suite a page, a case for each rule that applies to it.

A rule that holds is a case that passes, so that a test view can say what was mended; only what ends the run with exit code 1 fails.
Everything else that was found is skipped with its message, which test views show without turning the build red, and with the reason where it is
waived. What was not checked is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from checker.model import Finding, Outcome, PageReport
from checker.report.kinds import because, gates, is_unread, kind
from checker.report.paint import one_line
from checker.report.places import folder, place
from checker.report.rows import InPieces, Rows
from checker.report.run import Closing, Look, Run

_UNSOUND = dict.fromkeys((*range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd")


class JUnit(InPieces):
    """Suites in input order; the last one, `run`, tells how the run ended."""

    def __init__(self, look: Look) -> None:
        self._folder, self._site = folder(), look.site
        self._run: Run | None = None
        self._names: dict[str, str] = {}
        self._suites = Rows()
        self._totals = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}

    def start(self, run: Run) -> str:
        """Nothing yet: the counts come first."""
        self._run = run
        self._names = {rule.id: rule.name for rule in run.rules}
        return ""

    def page(self, report: PageReport) -> str:
        """Keep the suite of one input."""
        where = place(report.source, self._folder, self._site).path
        found: dict[str, list[Finding]] = {}
        for finding in report.findings:
            found.setdefault(finding.rule, []).append(finding)
        cases = []
        if is_unread(report):
            cases.append(("page", "errors", _note("error", str(report.reason or "unknown"), report.detail or "it was not checked")))
        elif report.status == "skipped":
            cases.append(("page", "skipped", _note("skipped", "", report.detail or "it holds no page")))
        for rule in sorted(found.keys() | report.outcomes.keys()):
            cases += self._case(rule, found.get(rule, []), report.outcomes.get(rule))
        self._suite(report.source, where, cases or [("page", "", "")])
        return ""

    def pieces(self, closing: Closing) -> Iterator[str]:
        """The whole file."""
        told = f"<system-out>{_text(closing.exit_message)}</system-out>"
        none = closing.exit_name == "no inputs"
        properties = {
            "exit_code": str(closing.exit_code), "exit_name": closing.exit_name, "complete": str(closing.summary.incomplete == 0).lower()
        }  # fmt: skip
        head = "".join(f'<property name="{name}" value="{_text(value)}"/>' for name, value in properties.items())
        last = _note("error", "no_inputs", closing.exit_message) if none else told
        self._suite("run", None, [("exit code", "errors" if none else "", last)], f"<properties>{head}</properties>")
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="disclosure-checker"{_counts(self._totals)}>\n'
        yield from self._suites.joined("\n")
        yield "\n</testsuites>\n"

    def _case(self, rule: str, findings: list[Finding], outcome: Outcome | None) -> list[tuple[str, str, str]]:
        name = f"{rule} {self._names.get(rule, findings[0].name if findings else '')}".rstrip()
        if outcome is Outcome.NOT_CHECKED:
            return [(name, "errors", _note("error", "rule_crashed", f"the rule {rule} crashed"))]
        if not findings:
            return [] if outcome is Outcome.INAPPLICABLE else [(name, "", "")]
        gate = self._run.fail_on if self._run else "warning"
        failing = [finding for finding in findings if gates(finding, gate)]
        body = "\n".join(map(_line, findings))
        first = (failing or findings)[0]
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        if failing:
            return [(name, "failures", _note("failure", _word(first), first.message + more, body))]
        why = because(first)
        told = f"{_word(first)}: {f'{why}: ' if why else ''}{first.message}{more}"
        return [(name, "skipped", _note("skipped", "", told) + f"<system-out>{_text(body, lines=True)}</system-out>")]

    def _suite(self, name: str, path: str | None, cases: list[tuple[str, str, str]], head: str = "") -> None:
        counts = {"tests": len(cases), **{word: sum(case[1] == word for case in cases) for word in ("failures", "errors", "skipped")}}
        for word, count in counts.items():
            self._totals[word] += count
        file = f' file="{_text(path)}"' if path else ""
        lines = [
            f'<testcase classname="{_text(name)}" name="{_text(case)}"{file}' + (f">{inside}</testcase>" if inside else "/>")
            for case, _, inside in cases
        ]
        body = "\n".join(lines)
        self._suites.add(f'<testsuite name="{_text(name)}"{_counts(counts)}>{head}\n{body}\n</testsuite>')


def _line(finding: Finding) -> str:
    spot = finding.primary
    at = f"line {spot.line}, column {spot.column}: " if spot and spot.line is not None else ""
    question = f" {finding.review.question}" if finding.review else ""
    why = because(finding)
    return one_line(f"{_word(finding)}: {at}{f'waived: {why}: ' if why else ''}{finding.message}{question} {finding.fix}".rstrip())


def _word(finding: Finding) -> str:
    return kind(finding) if finding.state == "new" else finding.state


def _note(element: str, type_: str, message: str, body: str = "") -> str:
    of = f' type="{_text(type_)}"' if type_ else ""
    return f'<{element}{of} message="{_text(message)}">{_text(body, lines=True)}</{element}>'


def _counts(counts: dict[str, int]) -> str:
    return "".join(f' {name}="{count}"' for name, count in counts.items())


def _text(text: str, *, lines: bool = False) -> str:
    """Text that stands in an attribute, or, with its lines, in an element; XML has no place for some characters."""
    sound = "\n".join(map(one_line, text.split("\n"))) if lines else one_line(text)
    return escape(sound.translate(_UNSOUND))
