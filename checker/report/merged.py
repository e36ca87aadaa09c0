"""Saved reports made into one: a report that is shown again in other formats, or the shards of a run that was done in parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from checker.errors import BadConfig
from checker.model import PageReport, WaiverEntry
from checker.report.restore import page_report, run_of, waiver_entry
from checker.report.run import Run
from checker.report.saved import Saved, entries
from checker.report.summary import Summary, counted

# What shards must agree in, and how it is said.
_ALIKE = {
    "schema_version": "is a report of version {}",
    "tool.version": "was written by version {} of the program",
    "tool.rules_digest": "was made with the rules {}",
    "profiles": "was judged by the profiles {}",
    "fail_on": "was gated with --fail-on {}",
    "rules": "was judged by {} rules",
    "not_evaluated": "left out {} rules for want of facts",
}
# From the status that says most of a waiver to the one that says least: what one shard used was used.
_STATUS = ("used", "expired", "malformed", "refused", "unused", "idle")


@dataclass(frozen=True, slots=True)
class Merged:
    """The whole. `codes` and `messages`: how each of the saved runs ended."""

    run: Run
    reports: tuple[PageReport, ...]
    summary: Summary
    waivers: tuple[WaiverEntry, ...]
    codes: tuple[int, ...]
    messages: tuple[str, ...]


def merged(saved: Sequence[Saved], fail_on: str | None = None) -> Merged:
    """One whole of several reports, their pages in the order in which they are named. Raises BadConfig.

    Parts must come from the same program, rules and profiles. A page that stands in several parts in the same words is counted once, and is an
    error where the words differ. With `fail_on`, parts may have been gated differently.
    """
    first = saved[0]
    for each in saved[1:]:
        _ask_alike(first, each, fail_on is not None)
    pages = _Pages(_used_in_parts(saved))
    for each in saved:
        pages.add(each)
    summary = counted(pages.reports(), pages.duplicates)
    for each in saved:
        counts = each.head["summary"]
        summary.deduplicated += counts["inputs"]["deduplicated"]
        summary.excluded += counts["inputs"]["excluded"]
        summary.unchanged += counts["inputs"]["unchanged"]
        summary.stale_baseline += counts["stale_baseline"]
        # Twins in different parts were not compared, and each of the two says so.
        summary.twins_compared += counts["twins"]["compared"]
        summary.twins_waiting += counts["twins"]["not_compared"]
    run = run_of({**first.head, "authorities": _authorities(saved), "run": _volatile(saved)})
    return Merged(
        run if fail_on is None else replace(run, fail_on=fail_on),
        tuple(pages.reports()),
        summary,
        _waivers(each.head["waivers"] for each in saved),
        tuple(each.head["exit"]["code"] for each in saved),
        tuple(each.head["exit"]["message"] for each in saved),
    )


def restored(saved: Saved) -> tuple[PageReport, ...]:
    """The pages of one report, with its counts compared with theirs. Raises BadConfig."""
    reports = tuple(page_report(page, findings) for page, findings in entries(saved))
    _ask_counts(saved, reports)
    return reports


class _Pages:
    """Pages by their source; what is said of the settings file is said in each part, and once in the whole."""

    def __init__(self, used: frozenset[str]) -> None:
        self._found: dict[tuple[str, str], tuple[PageReport, str]] = {}
        self._used = used
        self.duplicates = 0

    def add(self, saved: Saved) -> None:
        """All pages of one part."""
        here: dict[tuple[str, str], int] = {}
        for report in restored(saved):
            kind = report.status if report.status in ("settings", "skipped") else "page"
            # Within one report a source may stand several times; those of the next part meet them in the same order.
            nth = here[kind, report.source] = here.get((kind, report.source), -1) + 1
            key = (f"{kind} {nth}", report.source)
            known = self._found.get(key)
            if known is None:
                self._found[key] = (report, saved.name)
            elif report.status == "settings":
                self._found[key] = (_both(known[0], report), saved.name)
            else:
                self._ask_same(report, known[0], saved.name, known[1])
                self.duplicates += report.status != "skipped"

    def reports(self) -> list[PageReport]:
        """All of them, in order. A waiver that one part used is used, whatever the others say of it."""
        return [kept for report, _ in self._found.values() if (kept := self._kept(report)) is not None]

    def _kept(self, report: PageReport) -> PageReport | None:
        if report.status != "settings":
            return report
        findings = tuple(finding for finding in report.findings if finding.anchor not in self._used)
        return replace(report, findings=findings) if findings or report.problems else None

    @staticmethod
    def _ask_same(report: PageReport, known: PageReport, part: str, other: str) -> None:
        if report == known:
            return
        if report.status != known.status:
            how = f"is {known.status.replace('_', ' ')} in {other} and {report.status.replace('_', ' ')} in {part}"
        elif report.sha256 != known.sha256:
            how = f"has one content in {other} and another in {part}"
        else:
            how = f"is the same in {other} and {part}, and was judged differently: other settings, waivers or baselines"
        raise BadConfig(f"{report.source} {how}; name one of the two")


def _both(one: PageReport, other: PageReport) -> PageReport:
    """All that two parts say of the settings."""
    known = {(finding.rule, finding.fingerprint) for finding in one.findings}
    return replace(one, findings=(*one.findings, *(each for each in other.findings if (each.rule, each.fingerprint) not in known)))


def _used_in_parts(saved: Sequence[Saved]) -> frozenset[str]:
    """The waivers that some part used, by what findings about them are known by; of one report its own word holds."""
    if len(saved) == 1:
        return frozenset()
    told = [entry for each in saved for entry in each.head["waivers"]]
    return frozenset(f"{entry['target']} {' '.join(entry['rules'])}" for entry in told if entry["kind"] == "settings" and entry["status"] == "used")


def _waivers(parts: Iterable[Sequence[Mapping[str, Any]]]) -> tuple[WaiverEntry, ...]:
    found: dict[tuple[Any, ...], WaiverEntry] = {}
    for part in parts:
        for each in map(waiver_entry, part):
            # One baseline may say several things of one page and rule.
            key = (each.waiver, each.rules, each.target, each.detail if each.waiver.kind == "baseline" else None)
            other = found.get(key)
            found[key] = each if other is None or each.waiver.kind == "baseline" else _used(other, each)
    return tuple(found.values())


def _used(one: WaiverEntry, other: WaiverEntry) -> WaiverEntry:
    told = min(one, other, key=lambda each: _STATUS.index(each.status) if each.status in _STATUS else 0)
    return replace(told, findings=one.findings + other.findings)


def _ask_alike(one: Saved, other: Saved, regated: bool) -> None:
    for name, told in _ALIKE.items():
        if name == "fail_on" and regated:
            continue
        group, _, member = name.partition(".")
        here, there = (each.head[group][member] if member else each.head[group] for each in (one, other))
        if here != there:
            raise BadConfig(f"{one.name} {told.format(_words(here))}, {other.name} {told.format(_other(here, there))}; they are no parts of one run")


def _words(value: Any) -> str:
    if isinstance(value, str):
        return value[:12] if len(value) == 64 else value
    if value and isinstance(value[0], dict):
        return str(len(value))
    return ", ".join(map(str, value)) or "no"


def _other(here: Any, there: Any) -> str:
    said = _words(there)
    return f"{said} other" if said == _words(here) else said


def _authorities(saved: Sequence[Saved]) -> list[dict[str, Any]]:
    found = {entry["id"]: entry for each in saved for entry in each.head["authorities"]}
    return [found[key] for key in sorted(found)]


def _volatile(saved: Sequence[Saved]) -> dict[str, Any]:
    return dict(saved[0].head["run"]) if len(saved) == 1 else {"merged": [{"report": each.name, **each.head["run"]} for each in saved]}


def _ask_counts(saved: Saved, reports: Sequence[PageReport]) -> None:
    """A report whose pages and counts do not agree was cut or changed by somebody. Raises BadConfig."""
    counts, found = saved.head["summary"], counted(reports)
    found.leave_out(counts["left_out"])
    inputs, findings = counts["inputs"], counts["findings"]
    violations = {str(severity): count for severity, count in found.violations.items()}
    told = [
        *(inputs[name] for name in ("checked", "not_checked", "skipped")),
        *(findings[name] for name in ("needs_review", "suppressed", "baselined")),
        *(counts["pages"][name] for name in ("with_violations", "with_findings", "with_paid_links", "plain_first")),
        counts["verdicts"],
    ]
    here = [
        *(found.checked, found.not_checked, found.skipped, found.needs_review, found.suppressed, found.baselined),
        *(found.pages_with_violations, found.pages_with_findings, found.paid, found.plain_first),
        found.verdicts,
    ]
    if told != here or findings["violation"] != violations:
        raise BadConfig(f"{saved.name} is not as a report is: its counts are not those of its pages and findings")
