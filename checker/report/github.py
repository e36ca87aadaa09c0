"""Workflow commands of GitHub Actions: every finding in a folded group of its page, and annotations, errors first.

GitHub shows ten annotations of each level for a step and drops the rest without a word. So where there are more, findings of one rule share an
annotation, and what is left out even so is counted. Page text can neither give a command of its own nor end one: a command is known by `::` at the
start of a line or by `##[`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from checker.model import Finding, PageReport
from checker.report.kinds import KINDS, because, counts_of, crashed, is_unread, kind, told
from checker.report.paint import one_line
from checker.report.places import folder, place
from checker.report.run import Closing, Look, Run
from checker.text import clip

# https://docs.github.com/actions: 10 warning, 10 error and 10 notice annotations a step.
_MOST = 10
_LEVELS = {"error": "error", "warning": "warning", "review": "notice", "info": "notice"}
_NAMED = 5
_LONGEST = 2000


@dataclass(slots=True)
class _Kind:
    """Findings of one rule that an annotation tells of, by its first one."""

    first: Finding
    source: str
    number: int = 0
    count: int = 0
    last: str = ""
    sources: list[str] = field(default_factory=list)
    pages: int = 0

    def add(self, source: str) -> None:
        """One more; those of a page come one after another."""
        self.count += 1
        if self.last != source or not self.pages:
            self.pages += 1
            self.last = source
            if len(self.sources) < _NAMED:
                self.sources.append(source)


class GitHub:
    """Groups while the run goes on; annotations and the exit code at its end."""

    def __init__(self, look: Look) -> None:
        self._folder, self._site = folder(), look.site
        self._by_rule: dict[tuple[str, str], _Kind] = {}
        # By level; of no use, and so no longer fed, once there are more than are shown.
        self._by_cause: dict[str, dict[tuple[str, str, str], _Kind]] = {"error": {}, "warning": {}, "notice": {}}
        self._number = 0
        # By the reason: how many, and the first of them.
        self._unread: dict[str, tuple[int, list[str]]] = {}

    def start(self, run: Run) -> str:
        """Nothing."""
        del run
        return ""

    def page(self, report: PageReport) -> str:
        """One input, folded."""
        lines = []
        if is_unread(report):
            reason = str(report.reason or "unknown")
            self._not_read(reason, report.source)
            lines.append(f"- not checked: {reason}: {report.detail or ''}".rstrip(": "))
        for rule in crashed(report):
            self._not_read("rule_crashed", f"{report.source} ({rule})")
            lines.append(f"- not checked: the rule {rule} crashed")
        for finding in report.findings:
            lines.append(f"- {_line(finding)}")
            if finding.state == "new":
                self._keep(finding, report.source)
        if not lines:
            return ""
        counts = told(counts_of(report.findings)) or "not checked"
        return "\n".join([f"::group::{_data(f'{report.source}: {counts}')}", *map(_plain, lines), "::endgroup::"]) + "\n"

    def end(self, closing: Closing) -> str:
        """What to see first: what was not checked, then errors, warnings, questions and good practice."""
        commands = [("error", self._not_checked(reason, *told_), 0) for reason, told_ in sorted(self._unread.items())]
        commands += [(_LEVELS[kind(one.first)], self._annotation(one), one.count) for one in self._kinds()]
        kept: dict[str, int] = {}
        lines, dropped, findings = [], 0, 0
        # One notice is kept free for saying what is left out.
        room = {"error": _MOST, "warning": _MOST, "notice": _MOST - any(_too_many(commands))}
        for level, command, count in commands:
            if kept.get(level, 0) >= room[level]:
                dropped, findings = dropped + 1, findings + count
                continue
            kept[level] = kept.get(level, 0) + 1
            lines.append(command)
        if dropped:
            said = f"{dropped} annotations with {findings} findings are not shown, because GitHub shows {_MOST} of each level; the log has them all"
            lines.append(f"::notice title=Left out::{_data(said)}")
        return "".join(f"{line}\n" for line in [*lines, _plain(closing.exit_message)])

    def _keep(self, finding: Finding, source: str) -> None:
        word = kind(finding)
        self._number += 1
        self._by_rule.setdefault((word, finding.rule), _Kind(finding, source, self._number)).add(source)
        causes = self._by_cause[_LEVELS[word]]
        if len(causes) <= _MOST:
            causes.setdefault((word, finding.rule, finding.cause or f"{source}\0{finding.anchor}"), _Kind(finding, source, self._number)).add(source)

    def _kinds(self) -> list[_Kind]:
        """What to annotate: each cause where there is room for all of a level, else each rule."""
        room = {"error": _MOST - len(self._unread), "warning": _MOST, "notice": _MOST - 1}
        whole = {level for level, causes in self._by_cause.items() if len(causes) <= room[level]}
        kinds = [one for level in whole for one in self._by_cause[level].values()]
        kinds += [one for (word, _), one in self._by_rule.items() if _LEVELS[word] not in whole]
        return sorted(kinds, key=lambda one: (KINDS.index(kind(one.first)), one.number))

    def _annotation(self, one: _Kind) -> str:
        finding = one.first
        spot = finding.primary
        where = place(one.source, self._folder, self._site)
        path = where.path
        properties = {"file": path or ""}
        if path and not where.mapped and spot and spot.line is not None:
            properties |= {"line": str(spot.line)} | ({"col": str(spot.column)} if spot.column is not None else {})
        review = "To review: " if finding.review else ""
        properties["title"] = f"{finding.rule} {finding.name}"
        message = (
            f"{'' if path else f'{one.source}: '}{review}{finding.message} {finding.review.question if finding.review else finding.fix}".rstrip()
        )
        lines = [message]
        if one.count > 1:
            more = f", and {one.pages - len(one.sources)} more" if one.pages > len(one.sources) else ""
            lines.append(f"{one.count} findings of this kind on {one.pages} page{'s' * (one.pages != 1)}: {', '.join(one.sources)}{more}")
        return f"::{_LEVELS[kind(finding)]} {_properties(properties)}::{_data(*lines)}"

    def _not_read(self, reason: str, source: str) -> None:
        count, first = self._unread.get(reason, (0, []))
        self._unread[reason] = (count + 1, [*first, source] if count < _NAMED else first)

    def _not_checked(self, reason: str, count: int, first: list[str]) -> str:
        more = f", and {count - _NAMED} more" if count > _NAMED else ""
        said = f"{count} not checked ({reason}): {', '.join(first)}{more}"
        return f"::error title=Not checked::{_data(said)}"


def _too_many(commands: list[tuple[str, str, int]]) -> list[bool]:
    levels = [level for level, _, _ in commands]
    return [levels.count(level) > _MOST for level in ("error", "warning", "notice")]


def _line(finding: Finding) -> str:
    spot = finding.primary
    at = f"{spot.line}:{spot.column} " if spot and spot.line is not None else ""
    word = kind(finding) if finding.state == "new" else f"{finding.state} {kind(finding)}"
    why = because(finding)
    return f"{at}{finding.rule} {word}: {finding.message}{f' (waived: {why})' if why else ''}"


def _plain(text: str) -> str:
    """Text of a page on one line, in which no command is found; a line of ours begins with a dash or with the program's name."""
    return one_line(text).replace("##[", "# #[")


def _data(*lines: str) -> str:
    """The text behind a command; the only line breaks in it are ours."""
    return clip("\n".join(map(_plain, lines)), _LONGEST).replace("%", "%25").replace("\n", "%0A")


def _properties(properties: dict[str, str]) -> str:
    told_ = {name: _plain(value).replace("%", "%25").replace(":", "%3A").replace(",", "%2C") for name, value in properties.items() if value}
    return ",".join(f"{name}={value}" for name, value in told_.items())
