"""Markdown for a comment on a pull request, or for the summary of a job: counts, what was not checked, then a fold a page, the worst pages first.

Text of pages goes through as text: its punctuation becomes character references, so that it makes no markup, no link, no mention and no quick action.
"""

from __future__ import annotations

import re

from checker.model import Finding, PageReport, Severity
from checker.report.drawing import not_measurable, seen_at
from checker.report.kinds import KINDS, because, counts_of, crashed, is_unread, kind, told
from checker.report.paint import one_line
from checker.report.rows import Rows
from checker.report.run import Closing, Look, RuleEntry, Run
from checker.report.shares import COLUMNS, Table, tables
from checker.report.summary import Summary
from checker.text import clip

# A comment on GitHub takes 65,536 characters; the rest is for what a pipeline puts around it.
_MOST = 65_000
_MOST_UNREAD = 15_000
_MOST_ROWS = 30
_MOST_ROW = 1_500
_MARKS = re.compile(r"[!-/:-@\[-`{-~]")
# Sentences stay legible: these make no markup in the middle of a line.
_HARMLESS = frozenset(",;'\"()?/%=+-")


class Markdown:
    """Never longer than a comment may be; what is left out is counted in its last lines."""

    def __init__(self, look: Look) -> None:
        self._statistics = look.statistics
        self._rules: dict[str, RuleEntry] = {}
        self._unread = Rows()
        # A line of numbers before each: the place of its worst finding among the kinds, how many findings it has, how many are not in its text.
        self._folds = Rows()

    def start(self, run: Run) -> str:
        """Nothing yet: the counts come first."""
        self._rules = {rule.id: rule for rule in run.rules}
        return ""

    def page(self, report: PageReport) -> str:
        """Keep one input."""
        if is_unread(report):
            self._unread.add(f"- {shown(report.source)}: {report.reason or 'unknown'}: {shown(report.detail or '')}\n")
        if unmeasured := not_measurable(report):
            self._unread.add(f"- {shown(report.source)}: not measurable {shown(unmeasured)}\n")
        for rule in crashed(report):
            self._unread.add(f"- {shown(report.source)}: the rule {rule} crashed\n")
        if report.findings:
            self._folds.add(_fold(report))
        return ""

    def end(self, closing: Closing) -> str:
        """The whole text."""
        summary = closing.summary
        head = [f"## disclosure-checker: {shown(closing.exit_name)}\n\n{shown(closing.exit_message)}\n\n", _totals(summary), self._by_rule(summary)]
        if summary.incomplete:
            head.insert(1, f"**Incomplete: {summary.incomplete} not checked.**\n\n")
        if self._statistics:
            head += [*(_shares(table) for table in tables(summary)), _causes(summary)]
        text = _within("".join(head), _MOST // 3)
        unread, left = _fitting(self._unread, _MOST_UNREAD)
        if self._unread:
            text += f"### Not checked\n\n{''.join(unread)}" + (f"- and {left} more\n" if left else "") + "\n"
        return text + self._pages(_MOST - len(text) - 200)

    def _pages(self, room: int) -> str:
        kept, findings, pages = "", 0, 0
        for rank in range(len(KINDS) + 1):
            for fold in self._folds:
                numbers, _, text = fold.partition("\n")
                own, count, left = map(int, numbers.split())
                if own != rank:
                    continue
                fits = len(kept) + len(text) <= room
                kept += text if fits else ""
                findings += left if fits else count
                pages += bool(left) or not fits
        if findings:
            kept += f"\n_Left out to keep this short: {findings} finding{'s' * (findings != 1)} on {pages} page{'s' * (pages != 1)}._\n"
        return kept

    def _by_rule(self, summary: Summary) -> str:
        rows = []
        for rule, count in sorted(summary.by_rule.items()):
            if count.pages:
                entry = self._rules.get(rule)
                about = (entry.name, str(entry.severity)) if entry else ("", "")
                rows.append(f"| {shown(rule)} | {shown(about[0])} | {about[1]} | {count.violations} | {count.needs_review} | {count.pages} |\n")
        if not rows:
            return ""
        return f"| rule | name | severity | violations | to review | pages |\n| --- | --- | --- | ---: | ---: | ---: |\n{''.join(rows)}\n"


def shown(text: str) -> str:
    """Text of a page as text.

    >>> shown("<b>*a*</b> @me")
    '&#60;b&#62;&#42;a&#42;&#60;/b&#62; &#64;&#8203;me'
    """
    return _MARKS.sub(_reference, one_line(text))


def _reference(found: re.Match[str]) -> str:
    mark = found[0]
    if mark in _HARMLESS:
        return mark
    after = found.string[found.end() : found.end() + 1]
    if mark in ".:" and (not after or after.isspace()):
        return mark  # no address goes on behind it
    # A mention or a reference to an issue is looked for in the text that is shown, so these are parted from what follows.
    return f"&#{ord(mark)};" + ("&#8203;" if mark in "@#!$~&" and after and not after.isspace() else "")


def _totals(summary: Summary) -> str:
    counts = {
        "errors": summary.violations[Severity.ERROR],
        "warnings": summary.violations[Severity.WARNING],
        "info": summary.violations[Severity.INFO],
        "to review": summary.needs_review,
        "not checked": summary.not_checked,
        "suppressed": summary.suppressed,
        "baselined": summary.baselined,
        "checked": summary.checked,
    }
    return f"| {' | '.join(counts)} |\n|{' ---: |' * len(counts)}\n| {' | '.join(map(str, counts.values()))} |\n\n"


def _shares(table: Table) -> str:
    rows = [f"| {shown(clip(name, 300))} | {' | '.join(map(str, numbers))} |\n" for name, numbers in table.rows]
    more = f"_{table.rest}_\n\n" if table.more else ""
    # The blank line ends the table: what follows is no row of it.
    return f"| {table.kind} | {' | '.join(COLUMNS)} |\n| --- |{' ---: |' * len(COLUMNS)}\n{''.join(rows)}\n{more}"


def _causes(summary: Summary) -> str:
    rows = [f"| {shown(cause)} | {count.findings} | {count.pages} | {shown(clip(count.example, 300))} |\n" for cause, count in summary.causes.rows()]
    if not rows:
        return ""
    rest = f"_{summary.causes.rest}_\n\n" if summary.causes.rest else ""
    return f"| cause | findings | pages | as in |\n| --- | ---: | ---: | --- |\n{''.join(rows)}\n{rest}"


def _fold(report: PageReport) -> str:
    new = [finding for finding in report.findings if finding.state == "new"]
    rank = min((KINDS.index(kind(finding)) for finding in new), default=len(KINDS))
    ordered = sorted(report.findings, key=lambda each: (each.state != "new", KINDS.index(kind(each))))
    left = max(0, len(ordered) - _MOST_ROWS)
    rows = "".join(_row(finding, report) for finding in ordered[:_MOST_ROWS]) + (f"| | | | and {left} more |\n" if left else "")
    title = f"<b>{shown(clip(report.source, 300))}</b>: {told(counts_of(report.findings))}"
    table = f"| line | rule | | what, and what to do |\n| ---: | --- | --- | --- |\n{rows}"
    return f"{rank} {len(report.findings)} {left}\n<details><summary>{title}</summary>\n\n{table}\n</details>\n"


def _row(finding: Finding, report: PageReport) -> str:
    spot = finding.primary
    line = str(spot.line) if spot and spot.line is not None else ""
    word = kind(finding) if finding.state == "new" else finding.state
    why = because(finding)
    # Of what is waived nothing is to be done, so that in place of what to do stands why not.
    told_ = [finding.message, f"Waived: {why}" if why else "", *(() if why else (finding.review.question if finding.review else "", finding.fix))]
    if (seen := seen_at(finding, report)) is not None:
        told_.insert(1, f"Seen {seen}.")
    what = shown(clip(" ".join(part for part in told_ if part), _MOST_ROW))
    paste = f"<br>{shown(clip(finding.paste, _MOST_ROW))}" if finding.paste and finding.state == "new" else ""
    return f"| {line} | {shown(finding.rule)} | {word} | {what}{paste} |\n"


def _fitting(parts: Rows, room: int) -> tuple[list[str], int]:
    """The parts that fit, in order, and how many do not."""
    kept: list[str] = []
    for part in parts:
        if len(part) <= room:
            kept.append(part)
            room -= len(part)
    return kept, len(parts) - len(kept)


def _within(text: str, most: int) -> str:
    """At most so many characters, cut behind a line."""
    return text if len(text) <= most else text[: text.rfind("\n", 0, most) + 1] + "\n"
