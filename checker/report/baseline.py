"""Findings that are known and let be: the gate fails on what comes on top of them.

A finding is known by its page, its rule and its fingerprint, so that lines may move and text may be inserted. A known question does not excuse a
violation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from checker.model import Finding, Outcome, PageReport, Waiver, WaiverEntry
from checker.report.encode import dumps

VERSION = 1
# What the file is called where nobody names another.
DEFAULT = "disclosure-baseline.jsonl"

_Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """So many findings of one kind on one page. `reason` and `owner` are written by people, and kept."""

    page: str
    rule: str
    fingerprint: str
    outcome: str
    count: int = 1
    reason: str | None = None
    owner: str | None = None

    @property
    def key(self) -> _Key:
        """What no other entry of a baseline has."""
        return (self.page, self.rule, self.fingerprint, self.outcome)

    def line(self) -> str:
        """The line of the file."""
        members: dict[str, Any] = {
            "page": self.page, "rule": self.rule, "fingerprint": self.fingerprint, "outcome": self.outcome, "count": self.count
        }  # fmt: skip
        members |= {name: told for name, told in (("reason", self.reason), ("owner", self.owner)) if told is not None}
        return dumps(members)


@dataclass(frozen=True, slots=True)
class Baseline:
    """Entries in the order of their keys, each key once. `name` is that of the file."""

    entries: tuple[Entry, ...] = ()
    name: str = DEFAULT

    @classmethod
    def of(cls, entries: Iterable[Entry], name: str = DEFAULT) -> Baseline:
        """Of several entries with one key the largest count holds.

        Two branches that were merged may both have written the same finding; added up, they would let a new one through.
        """
        found: dict[_Key, Entry] = {}
        for each in entries:
            other = found.get(each.key)
            found[each.key] = each if other is None else _joined(other, each)
        return cls(tuple(found[key] for key in sorted(found)), name)

    @property
    def findings(self) -> int:
        """How many findings it lets be."""
        return sum(each.count for each in self.entries)

    def text(self) -> str:
        """The whole file: sorted, without times and lines, so that two branches merge."""
        return "".join(f"{line}\n" for line in (dumps({"baseline_version": VERSION}), *(each.line() for each in self.entries)))


def _joined(one: Entry, other: Entry) -> Entry:
    count = max(one.count, other.count)
    return replace(one, count=count, reason=_chosen(one.reason, other.reason), owner=_chosen(one.owner, other.owner))


def _chosen(*texts: str | None) -> str | None:
    """One of them, whatever order the lines have."""
    return min((text for text in texts if text is not None), key=lambda text: (not text, text), default=None)


class Tally:
    """What a run makes of a baseline: fed with every report, in input order, it knows what is held, what came on top and what is fixed.

    Findings of rules for which `mandatory` says yes are never held. `renamed` leads from the new key of a page to the one that the baseline knows
    it by.
    """

    def __init__(self, baseline: Baseline, mandatory: Callable[[str], bool] | None = None, renamed: Mapping[str, str] | None = None) -> None:
        self._baseline = baseline
        self._is_mandatory = mandatory or (lambda _rule: False)
        self._renamed = dict(renamed or {})
        self._known = {each.key: each for each in baseline.entries}
        self._pages = {each.page for each in baseline.entries}
        self._left = Counter({each.key: each.count for each in baseline.entries})
        self._judged: set[tuple[str, str]] = set()
        # A rule that crashed on one of the inputs that share a page may hold there what the others lack.
        self._unsure: set[tuple[str, str]] = set()
        self._seen: Counter[_Key] = Counter()
        self._moved: dict[str, str] = {}
        # How many findings of mandatory rules there were.
        self.mandatory = 0

    def apply(self, report: PageReport) -> PageReport:
        """The report with its known findings marked as such. A page on standard input without an address is another one each time."""
        if report.page_key == "-":
            return report
        page = self._page_of(report)
        if page in self._pages:
            for rule, outcome in report.outcomes.items():
                (self._unsure if outcome is Outcome.NOT_CHECKED else self._judged).add((page, rule))
            self._judged.update((page, finding.rule) for finding in report.findings)
        if not report.findings:
            return report
        held: dict[int, Finding] = {}
        # New ones before suppressed ones, which need no entry. Violations before questions, which what is left of theirs covers; never the other way.
        order = sorted(enumerate(report.findings), key=lambda pair: (pair[1].state != "new", pair[1].outcome is not Outcome.VIOLATION))
        for number, finding in order:
            entry = self._take(finding, page)
            if entry is not None and finding.state == "new":
                held[number] = replace(finding, state="baselined", waiver=Waiver("baseline", entry.reason, entry.owner, None, self._baseline.name))
        if not held:
            return report
        return replace(report, findings=tuple(held.get(number, finding) for number, finding in enumerate(report.findings)))

    def stale(self) -> tuple[Entry, ...]:
        """What is fixed: entries of judged pages and rules with the count of findings that are gone. Pages outside the run are not among them."""
        return tuple(replace(self._known[key], count=left) for key, left in sorted(self._left.items()) if left > 0 and self._is_stale(key))

    def waivers(self) -> tuple[WaiverEntry, ...]:
        """The same, as reports tell it."""
        return tuple(self._told(each) for each in self.stale())

    def pruned(self) -> Baseline:
        """The baseline without what is fixed."""
        gone = {each.key: each.count for each in self.stale()}
        kept = (replace(each, count=each.count - gone.get(each.key, 0)) for each in self._baseline.entries)
        return Baseline.of((each for each in kept if each.count > 0), self._baseline.name)

    def updated(self) -> Baseline:
        """The same with every finding of the run that is in no state but new or known; pages that moved are known by their new key."""
        entries = {each.key: each for each in self.pruned().entries}
        for key, each in list(entries.items()):
            if (new := self._moved.get(each.page)) is not None:
                del entries[key]
                moved = replace(each, page=new)
                entries[moved.key] = moved
        for key, count in self._seen.items():
            page, rule, fingerprint, outcome = key
            placed = (self._moved.get(page, page), rule, fingerprint, outcome)
            entry = entries.get(placed) or Entry(*placed, count=0)
            entries[placed] = replace(entry, count=entry.count + count)
        return Baseline.of(entries.values(), self._baseline.name)

    @property
    def name(self) -> str:
        """The file of the baseline."""
        return self._baseline.name

    @property
    def added(self) -> int:
        """How many findings are not in the baseline."""
        return self._seen.total()

    def _page_of(self, report: PageReport) -> str:
        """What the baseline calls the page."""
        key = report.page_key
        old = self._renamed.get(key)
        if key in self._pages or old is None or old not in self._pages:
            return key
        self._moved[old] = key
        return old

    def _take(self, finding: Finding, page: str) -> Entry | None:
        """The entry that knows the finding, with one less left in it. A suppressed finding uses its entry up, so that it is not taken for fixed."""
        if self._is_mandatory(finding.rule):
            self.mandatory += finding.state == "new"
            return None
        violation: _Key = (page, finding.rule, finding.fingerprint, str(Outcome.VIOLATION))
        own: _Key = (page, finding.rule, finding.fingerprint, str(finding.outcome))
        for key in dict.fromkeys((own, violation)):
            if self._left[key] > 0:
                self._left[key] -= 1
                return self._known[key]
        if finding.state == "new":
            self._seen[own] += 1
        return None

    def _told(self, entry: Entry) -> WaiverEntry:
        waiver = Waiver("baseline", entry.reason, entry.owner, None, self._baseline.name)
        if self._is_mandatory(entry.rule):
            return WaiverEntry(waiver, (entry.rule,), entry.page, "refused", 0, f"{entry.rule} is mandatory: {entry.fingerprint}")
        count = self._known[entry.key].count
        fixed = "fixed" if count == 1 else f"{entry.count} of {count} fixed"
        return WaiverEntry(waiver, (entry.rule,), entry.page, "unused", 0, f"{fixed}: {entry.fingerprint}")

    def _is_stale(self, key: _Key) -> bool:
        where = key[:2]
        return where in self._judged and where not in self._unsure
