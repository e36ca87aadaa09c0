"""The report for a person at a terminal: grouped by page, each finding with its place, why, fix and authority."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from functools import lru_cache

from checker.facts import Spot
from checker.model import Evidence, Finding, Outcome, PageReport, Severity, Waiver
from checker.report.drawing import contradiction_line, drawn_at, not_measurable, seen_at, untold
from checker.report.excerpt import excerpt_lines
from checker.report.kinds import is_unread
from checker.report.paint import Paint, one_line
from checker.report.rows import InPieces, Rows
from checker.report.run import Closing, Look, RuleEntry, Run
from checker.report.shares import COLUMNS, cause_lines, tables
from checker.report.summary import Summary

_COLOURS = {"error": "red", "warning": "yellow", "info": "blue", "review": "magenta"}
# What a rule waits for, as a person can bring it about.
_NEEDS = {"files": "--read-image-files", "rendered": "--render"}
# What a page is beside the main page of its story.
_FORMS = {"amp": "AMP twin of", "print": "for printing,", "part": "continues", "copy": "same as"}
_INDENT = "  "
# A page that marks each of its pictures has some hundred; whoever needs all reads JSON.
_MOST_WAIVED = 200
_NOBODY = Waiver("")


class Text(InPieces):
    """`file:line:col RULE severity message`, then what stands there, why it matters, what to do and who asks for it."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._paint = Paint(look)
        self._rules: dict[str, RuleEntry] = {}
        self._run: Run | None = None
        self._unread = Rows()
        self._skipped = Rows()
        self._unmeasured = Rows()
        self._troubled = Rows()
        # How many findings of a rule a waiver holds back on a page; of the first pages, and how many more there are.
        self._waived: dict[tuple[str, str, Waiver], int] = {}
        self._more_waived = 0

    def start(self, run: Run) -> str:
        """Nothing: the first page opens the report."""
        self._run = run
        self._rules = {rule.id: rule for rule in run.rules}
        return ""

    def page(self, report: PageReport) -> str:
        """The findings of one page. What was not checked is kept for the end, where nobody overlooks it."""
        if report.status == "skipped":
            self._skipped.add(f"skipped: {one_line(report.source)}: {one_line(report.detail or '')}\n")
        elif is_unread(report):
            self._unread.add(f"{_INDENT}{one_line(report.source)}: {report.reason}: {one_line(report.detail or '')}".rstrip(": ") + "\n")
        if unmeasured := not_measurable(report):
            self._unmeasured.add(f"{_INDENT}{one_line(report.source)}: {unmeasured}\n")
        for problem in report.problems:
            self._troubled.add(f"{_INDENT}{one_line(report.source)}: {one_line(problem)}\n")
        shown = [finding for finding in report.findings if finding.state == "new"]
        if len(shown) < len(report.findings):
            self._keep_waived(report)
        if self._look.quiet:
            return "".join(f"{self._line(finding, report.source)}\n" for finding in shown)
        drawn = self._drawn(report)
        if not shown:
            # That the markup alone would be blamed is worth a line, though nothing is left to blame.
            return f"{self._heading(report, shown)}\n{drawn}\n" if any(untold(report)) else ""
        blocks = []
        seen: set[tuple[str, Outcome]] = set()
        for finding in shown:
            blocks.append(self._finding(finding, report, again=(finding.rule, finding.outcome) in seen))
            seen.add((finding.rule, finding.outcome))
        return f"{self._heading(report, shown)}\n{drawn}" + "\n".join(blocks) + "\n"

    def pieces(self, closing: Closing) -> Iterator[str]:
        """What was not checked, loudly; then the counts."""
        if self._unread:
            yield self._paint(f"NOT CHECKED: {len(self._unread)}", "bold", "red") + "\n"
            yield from self._unread
            yield "" if self._look.quiet else "\n"
        if self._unmeasured:
            yield self._paint(f"NOT MEASURABLE: {len(self._unmeasured)}", "bold", "red") + "\n"
            yield from self._unmeasured
            yield "" if self._look.quiet else "\n"
        if self._troubled:
            yield self._paint("PROBLEMS", "bold", "red") + "\n"
            yield from self._troubled
            yield "\n"
        lines = []
        if not self._look.quiet:
            yield "".join(f"{line}\n" for line in self._waivers(closing.summary))
            yield from self._skipped
            lines += self._counts(closing.summary)
        if self._look.statistics:
            lines += self._costs(closing.summary) + self._shares(closing.summary) + self._causes(closing.summary)
        yield "".join(f"{line}\n" for line in lines)

    # A page --------------------------------------------------------------------------------------------------------------------------
    def _heading(self, report: PageReport, findings: list[Finding]) -> str:
        page = report.about
        # Where each page's host and language choose the profile, it is said which.
        chosen = f"profile {','.join(report.profiles)}" if self._run and report.profiles and report.profiles != tuple(self._run.profiles) else ""
        story = report.story
        form = f"{_FORMS[story.role]} {one_line(story.key)}" if story and story.role in _FORMS else ""
        kind = ", ".join(part for part in (page.page_type.replace("_", " "), page.language, form, chosen) if part) if page else ""
        count = f"{len(findings) or 'no'} finding{'s' if len(findings) > 1 else ''}"
        name = self._paint(one_line(report.source), "bold")
        return f"{name} {self._paint(f'({kind}; {count})' if kind else f'({count})', 'dim')}"

    def _drawn(self, report: PageReport) -> str:
        """At which sizes a browser drew the page, which of them do not count, and where the markup alone says otherwise."""
        lines = [line for line in (drawn_at(report),) if line]
        lines += [self._paint(f"not measurable {why}", "red") for why in (not_measurable(report),) if why]
        lines += [contradiction_line(each) for each in untold(report)]
        return "".join(f"{_INDENT}{line}\n" for line in lines)

    def _line(self, finding: Finding, source: str) -> str:
        spot = finding.primary
        place = f":{spot.line}:{spot.column}" if spot and spot.line is not None and spot.column is not None else ""
        word = _word(finding)
        rule = self._paint.link(self._paint(finding.rule, "bold"), self._doc(finding.rule))
        return f"{one_line(source)}{place} {rule} {self._paint(word, _COLOURS[word])} {one_line(finding.message)}"

    def _finding(self, finding: Finding, report: PageReport, *, again: bool) -> str:
        lines = [self._line(finding, report.source)]
        for number, (spot, labels) in enumerate(_by_spot(finding.evidence)):
            lines += self._evidence(spot, labels, first=number == 0)
        if seen := seen_at(finding, report):
            lines += self._field("seen", seen)
        if finding.review:
            lines += self._field("question", finding.review.question)
        if again:
            # A page with forty unqualified links needs the same advice once.
            lines.append(self._paint(f"{_INDENT}why, fix: as above for {finding.rule}", "dim"))
        else:
            lines += self._field("why", finding.why) + self._field("fix", finding.fix) + self._paste(finding)
            lines += [line for key in finding.authorities for line in self._authority(key)]
        if finding.confidence != "high":
            lines += self._field("confidence", str(finding.confidence))
        return "\n".join(lines) + "\n"

    def _evidence(self, spot: Spot, labels: Sequence[str], *, first: bool) -> list[str]:
        label = one_line("; ".join(labels))
        shown = excerpt_lines(spot, label, max(40, self._look.width - 12))
        if shown:
            source, caret = shown
            return [self._paint(source, "dim"), self._paint(caret, "red" if first else "blue")]
        quote = one_line(spot.quote)
        told = ": ".join(part for part in (label, f"“{quote}”" if quote else "") if part)
        return [f"{_INDENT}{self._paint('at', 'cyan')}: {told}"] if told else []

    def _paste(self, finding: Finding) -> list[str]:
        if not finding.paste:
            return []
        # Never wrapped: it is there to be copied.
        language = f" ({finding.paste_language})" if finding.paste_language else ""
        return [f"{_INDENT}{self._paint('paste', 'cyan')}{language}: {one_line(finding.paste)}"]

    def _authority(self, key: str) -> list[str]:
        entry = self._run.authorities.get(key) if self._run else None
        if entry is None:
            return self._field("authority", key)
        title = ", ".join(part for part in (entry.title, entry.section) if part)
        linked = self._paint.link(one_line(title), entry.url)
        address = "" if self._look.links or not entry.url else f" <{one_line(entry.url)}>"
        return [f"{_INDENT}{self._paint('authority', 'cyan')}: {linked}{address}"]

    def _field(self, name: str, text: str) -> list[str]:
        if not text:
            return []
        # Wrapped before it is painted: the codes take no room.
        first, *rest = _wrapped(name, text, max(40, self._look.width - 4))
        painted = first.replace(f"{name}:", f"{self._paint(name, 'cyan')}:", 1)
        return [f"{_INDENT}{painted}", *(f"{_INDENT}  {line}" for line in rest)]

    def _doc(self, rule: str) -> str | None:
        entry = self._rules.get(rule)
        return entry.doc if entry else None

    # The end -------------------------------------------------------------------------------------------------------------------------
    def _keep_waived(self, report: PageReport) -> None:
        held = [(report.source, each.rule, each.waiver or _NOBODY) for each in report.findings if each.state == "suppressed"]
        for key in dict.fromkeys(held):
            if key not in self._waived and len(self._waived) >= _MOST_WAIVED:
                self._more_waived += 1
            else:
                self._waived[key] = self._waived.get(key, 0) + held.count(key)

    def _waivers(self, summary: Summary) -> list[str]:
        """What is waived, and why. Of a baseline only the number: it was made to be silent."""
        if not summary.suppressed and not summary.baselined:
            return []
        lines = [self._paint(f"Waived: {summary.suppressed} suppressed, {summary.baselined} baselined", "bold")]
        for (source, rule, waiver), count in self._waived.items():
            number = f"{count} of " if count > 1 else ""
            about = [waiver.reason or "no reason is given", waiver.owner or "", f"until {waiver.expires_on}" if waiver.expires_on else ""]
            about += [f"said in {waiver.where}" if waiver.where else ""]
            lines.append(f"{_INDENT}{one_line(source)}: {number}{rule}: {one_line('; '.join(part for part in about if part))}")
        return [*lines, *([f"{_INDENT}and {self._more_waived} more"] if self._more_waived else []), ""]

    def _counts(self, summary: Summary) -> list[str]:
        rows = []
        for rule, count in sorted(summary.by_rule.items()):
            if not count.pages:
                continue
            entry = self._rules.get(rule)
            word = str(entry.severity) if entry else ""
            numbers = [f"{count.violations} violation{'s' * (count.violations != 1)}"] if count.violations else []
            numbers += [f"{count.needs_review} to review"] if count.needs_review else []
            painted = self._paint(f"{word:<8}", _COLOURS[word]) if word in _COLOURS else " " * 8
            pages = f"on {count.pages} page{'s' * (count.pages != 1)}"
            rows.append(f"{_INDENT}{rule:<7} {painted} {entry.name if entry else '':<34} {', '.join(numbers)} {pages}")
        inputs = f"{summary.inputs} input{'s' * (summary.inputs != 1)}: {summary.checked} checked, {summary.not_checked} not checked"
        inputs += f", {summary.skipped} skipped, {summary.deduplicated} named twice"
        inputs += "".join(f", {count} {word}" for word, count in (("excluded", summary.excluded), ("unchanged", summary.unchanged)) if count)
        lines = [self._paint("Summary", "bold"), f"{_INDENT}{inputs}", *(rows or [f"{_INDENT}no findings"])]
        if summary.left_out:
            lines.append(f"{_INDENT}not named one by one: {', '.join(f'{count} {why}' for why, count in sorted(summary.left_out.items()))}")
        if summary.picture_files:
            counts = ", ".join(
                f"{count} {how.replace('_', ' ')}" for how, count in sorted(summary.picture_files.items(), key=lambda pair: pair[0] != "read")
            )
            lines.append(f"{_INDENT}files of pictures: {counts}")
        if summary.drawn:
            lost = f", {summary.not_measurable} of them not measurable at some size" if summary.not_measurable else ""
            lines.append(f"{_INDENT}drawn by a browser: {summary.drawn} page{'s' * (summary.drawn != 1)}{lost}")
        if summary.twins_compared or summary.twins_waiting:
            lines.append(f"{_INDENT}AMP twins: {summary.twins_compared} compared, {summary.twins_waiting} declared but not checked")
        if summary.unlocated:
            lines.append(f"{_INDENT}{summary.unlocated} place{'s' * (summary.unlocated != 1)} could not be found in the source")
        return lines + self._not_evaluated()

    def _not_evaluated(self) -> list[str]:
        waiting = self._run.not_evaluated if self._run else {}
        return [
            f"{_INDENT}not evaluated (needs {_NEEDS.get(need, need)}): {', '.join(sorted(rule for rule, its in waiting.items() if its == need))}"
            for need in sorted(set(waiting.values()))
        ]

    def _costs(self, summary: Summary) -> list[str]:
        rows = sorted(summary.by_rule.items(), key=lambda pair: (-pair[1].seconds, pair[0]))
        lines = [
            f"{_INDENT}{rule:<7} {count.seconds * 1000:>10.2f} ms {count.violations:>6} {count.needs_review:>6} {count.pages:>6}"
            for rule, count in rows
        ]
        return [self._paint("Statistics", "bold"), f"{_INDENT}{'rule':<7} {'time':>13} {'viol.':>6} {'review':>6} {'pages':>6}", *lines]

    def _shares(self, summary: Summary) -> list[str]:
        lines = []
        for table in tables(summary):
            # Names come last: they may be wide, and of any length.
            head = f"{_INDENT}{'  '.join(COLUMNS)}  {table.kind}"
            rows = [
                _INDENT + "  ".join(f"{number:>{len(column)}}" for number, column in zip(numbers, COLUMNS, strict=True)) + f"  {one_line(name)}"
                for name, numbers in table.rows
            ]
            lines += [self._paint(f"By {table.kind}", "bold"), head, *rows, *([_INDENT + table.rest] if table.more else [])]
        return lines

    def _causes(self, summary: Summary) -> list[str]:
        told = [_INDENT + line for line in cause_lines(summary)]
        return [self._paint("By cause", "bold"), *told] if told else []


@lru_cache(maxsize=256)
def _wrapped(name: str, text: str, width: int) -> list[str]:
    """The lines of a field; most of a run's findings share their advice."""
    return textwrap.wrap(one_line(" ".join(text.split())), width, initial_indent=f"{name}: ", break_on_hyphens=False)


def _by_spot(evidence: Sequence[Evidence]) -> list[tuple[Spot, list[str]]]:
    """Each place once, with all that there is to say of it; places that were not found in the source stay apart by what they quote."""
    found: dict[tuple[object, ...], tuple[Spot, list[str]]] = {}
    for each in evidence:
        spot = each.spot
        key = (spot.line, spot.column) if spot.line is not None and spot.excerpt else (spot.node, spot.skip, spot.quote)
        labels = found.setdefault(key, (spot, []))[1]
        if each.label and each.label not in labels:
            labels.append(each.label)
    return list(found.values())


def _word(finding: Finding) -> str:
    return "review" if finding.outcome is not Outcome.VIOLATION else str(Severity(finding.severity))
