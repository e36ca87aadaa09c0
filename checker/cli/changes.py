"""What a round of `watch` has changed, in a few calm lines: of pages that are as they were nothing is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from checker.model import Finding, PageReport
from checker.report.kinds import counts_of, is_unread, kind, told
from checker.report.paint import Paint, one_line
from checker.report.run import Look

_COLOURS = {"error": "red", "warning": "yellow", "info": "blue", "review": "magenta"}
# More lines than this nobody reads as they pass.
_MOST = 16
_INDENT = " " * 10
_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Page:
    """What is remembered of a page. `trouble`: why it was not checked or was skipped; `problems`: what went wrong with rules on it."""

    findings: tuple[Finding, ...]
    trouble: str | None = None
    problems: tuple[str, ...] = ()
    skipped: bool = False


class Changes:
    """Fed with all pages of each round, says what is new and what is gone since the round before."""

    def __init__(self, look: Look) -> None:
        self._paint = Paint(look)
        self._before: dict[str, _Page] | None = None
        self._now: dict[str, _Page] = {}
        self._counts = ""

    def page(self, report: PageReport) -> None:
        """The next page of the round."""
        trouble = None
        if is_unread(report):
            trouble = f"not checked: {report.detail or report.reason}"
        elif report.status == "skipped":
            trouble = report.detail or "skipped"
        found = tuple(finding for finding in report.findings if finding.state == "new")
        self._now[report.source] = _Page(found, trouble, report.problems, report.status == "skipped")

    def lines(self, time: str, judged: Collection[str], counts: str) -> Iterator[str]:
        """What to say at the end of the round. `judged`: the pages that were read anew in it; `counts`: those of all pages."""
        before, now = self._before, self._now
        self._before, self._now = now, {}
        blocks = [block for name, page in now.items() if (block := self._block(name, page, before, is_judged=name in judged))]
        blocks += [[f"{one_line(name)}: gone"] for name, page in (before or {}).items() if name not in now and not page.skipped]
        shown = 0
        for number, (head, *rest) in enumerate(blocks):
            if shown and shown + 1 + len(rest) > _MOST:
                yield f"{time}  and {_many(len(blocks) - number, 'more page')}"
                break
            yield f"{time}  {head}"
            yield from (f"{_INDENT}{line}" for line in rest[:_MOST])
            if len(rest) > _MOST:
                yield f"{_INDENT}and {len(rest) - _MOST} more"
            shown += 1 + len(rest)
        if counts != self._counts:
            self._counts = counts
            yield f"{time}  {self._paint(one_line(counts), 'bold')}"

    def _block(self, name: str, page: _Page, before: dict[str, _Page] | None, *, is_judged: bool) -> list[str]:
        """What there is to say of a page; nothing of one that is as before, but that it was read again."""
        was = before.get(name) if before is not None else None
        name = one_line(name)
        if page.trouble is not None:
            return [f"{name}: {one_line(page.trouble)}"] if was is None or was.trouble != page.trouble else []
        count = told(counts_of(page.findings)) or "no findings"
        if was is not None and was.trouble is None:
            new, gone = _without(page.findings, was.findings), _without(was.findings, page.findings)
            parts = [f"{len(each)} {word}" for each, word in ((new, "new"), (gone, "gone")) if each]
            problems = [each for each in page.problems if each not in was.problems]
            if not parts and not problems:
                return [f"{name}: as before, {count}"] if is_judged else []
            head = f"{name}: {', '.join([*parts, *(['left: ' + count] if gone else [])])}" if parts else f"{name}: {count}"
        else:
            new, gone, problems = list(page.findings), [], list(page.problems)
            if before is None and not new and not problems:
                return []
            head = f"{name}: {'a new page, ' if before is not None and was is None else ''}{count}"
        lines = [*(self._line("+", finding) for finding in new), *(self._line("-", finding) for finding in gone)]
        return [head, *lines, *(self._paint(f"! {one_line(problem)}", "red") for problem in problems)]

    def _line(self, sign: str, finding: Finding) -> str:
        line = f"{finding.rule} {kind(finding)} {one_line(finding.message)}"
        if sign == "-":
            return self._paint(f"- {line}", "dim")
        spot = finding.primary
        place = f"{spot.line}:{spot.column} " if spot is not None and spot.line is not None else ""
        return f"{self._paint('+', _COLOURS[kind(finding)])} {place}{line}"


def _without(findings: Sequence[Finding], others: Sequence[Finding]) -> list[Finding]:
    """The findings that are not among the others; each is known by what it is about, not by its line."""
    left = Counter(map(_key, others))
    found = []
    for finding in findings:
        key = _key(finding)
        if left[key]:
            left[key] -= 1
        else:
            found.append(finding)
    return found


def _key(finding: Finding) -> _Key:
    return finding.rule, finding.fingerprint, kind(finding)


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'s' * (count != 1)}"
