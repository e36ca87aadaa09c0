"""What became of the findings of one report in a later one: new, fixed, changed, or not known any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from checker.model import Finding, Outcome, PageReport
from checker.report.kinds import gates, is_unread

# New first, then what also deserves a look; `gone`: with its page.
KINDS = ("new", "changed", "unknown", "fixed", "gone")
PAGE_KINDS = ("unknown", "added", "removed", "moved")
# By these a finding is another one, although it is the same. A message tells of lines, which change with every paragraph.
_MEMBERS = ("outcome", "severity", "state")


@dataclass(frozen=True, slots=True)
class Change:
    """One finding. `gates`: it ends a run with exit code 1 now, and did not before. `why`: why it is not known any more."""

    kind: str
    page_key: str
    source: str
    before: Finding | None
    after: Finding | None
    gates: bool = False
    members: tuple[str, ...] = ()
    why: str | None = None

    @property
    def finding(self) -> Finding:
        """As it is now, else as it was."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - it is one of the two
        return found


@dataclass(frozen=True, slots=True)
class PageChange:
    """One page. `before`: what a page that moved was called. `why`: why it, or a rule on it, was not checked, or is there."""

    kind: str
    page_key: str
    source: str
    before: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Differences:
    """All that is not as it was, in a fixed order. `same` counts the findings that are. `notes`: in what the two runs themselves differ."""

    old: str
    new: str
    fail_on: str
    changes: tuple[Change, ...]
    pages: tuple[PageChange, ...]
    same: int
    notes: tuple[str, ...] = ()

    @property
    def gating(self) -> int:
        """How many findings fail a run now and did not before."""
        return sum(each.gates for each in self.changes)

    def count(self, kind: str) -> int:
        """How many findings changed so."""
        return sum(each.kind == kind for each in self.changes)

    def count_pages(self, kind: str) -> int:
        """How many pages changed so."""
        return sum(each.kind == kind for each in self.pages)


@dataclass(slots=True)
class _Page:
    """All that one report says under one key."""

    source: str
    findings: list[tuple[Finding, str]] = field(default_factory=list)
    judged: set[str] = field(default_factory=set)
    crashed: set[str] = field(default_factory=set)
    contents: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    of_settings: bool = False


class _Side:
    """One report, by pages."""

    def __init__(self, reports: Iterable[PageReport]) -> None:
        self.pages: dict[str, _Page] = {}
        self.unread: dict[str, PageReport] = {}
        for report in reports:
            if is_unread(report):
                self.unread[report.source] = report
            elif report.status != "skipped":
                page = self.pages.setdefault(report.page_key, _Page(report.source))
                page.findings += [(finding, report.source) for finding in report.findings]
                page.judged.update(rule for rule, outcome in report.outcomes.items() if outcome is not Outcome.NOT_CHECKED)
                page.crashed.update(rule for rule, outcome in report.outcomes.items() if outcome is Outcome.NOT_CHECKED)
                page.sources.add(report.source)
                page.of_settings |= report.status == "settings"
                if report.sha256 is not None:
                    page.contents.add(report.sha256)
        self._unread_keys = {report.page_key: report for report in self.unread.values()}

    def unread_of(self, key: str, page: _Page) -> PageReport | None:
        """The input that was not checked, where it is this page."""
        return next((self.unread[source] for source in sorted(page.sources) if source in self.unread), self._unread_keys.get(key))


def compare(old: Sequence[PageReport], new: Sequence[PageReport], names: tuple[str, str], fail_on: str, notes: Iterable[str] = ()) -> Differences:
    """What differs between two reports, given as their pages. `names` are those of the reports."""
    before, after = _Side(old), _Side(new)
    moved = _moved(before, after)
    changes: list[Change] = []
    same = 0
    for key, page in before.pages.items():
        now = after.pages.get(moved.get(key, key))
        if now is not None:
            found = list(_on_page(moved.get(key, key), page, now, fail_on))
            changes += (change for change in found if change.kind != "same")
            same += sum(change.kind == "same" for change in found)
        elif (lost := after.unread_of(key, page)) is not None:
            changes += _all(key, page, "unknown", f"the page was not checked ({lost.reason})")
        else:
            # Of the settings only what is wrong is told.
            changes += _all(key, page, "fixed" if page.of_settings else "gone", None)
    known = {moved.get(key, key) for key in before.pages}
    for key, page in after.pages.items():
        if key not in known:
            changes += (Change("new", key, source, None, finding, gates(finding, fail_on)) for finding, source in page.findings)
    changes.sort(key=_order)
    pages = sorted(_pages(before, after, moved), key=lambda each: (PAGE_KINDS.index(each.kind), each.page_key, each.source))
    return Differences(*names, fail_on, tuple(changes), tuple(pages), same, tuple(notes))


def _order(change: Change) -> tuple[Any, ...]:
    spot = change.finding.primary
    place = (spot.line or 0, spot.column or 0) if spot else (0, 0)
    return (KINDS.index(change.kind), not change.gates, change.page_key, change.source, change.finding.rule, *place, change.finding.fingerprint)


def _all(key: str, page: _Page, kind: str, why: str | None) -> Iterator[Change]:
    return (Change(kind, key, source, finding, None, why=why) for finding, source in page.findings)


def _on_page(key: str, page: _Page, now: _Page, fail_on: str) -> Iterator[Change]:
    """What became of the findings of a page that both reports judged: those of one rule and fingerprint are paired, the most alike first."""
    were, are = _by_name(page), _by_name(now)
    for name in {**were, **are}:
        old, new = were.get(name, []), are.get(name, [])
        left = list(new)
        others: list[tuple[Finding, str]] = []
        for finding, source in old:
            alike = next((at for at, (each, _) in enumerate(left) if _kind(each) == _kind(finding)), None)
            if alike is None:
                others.append((finding, source))
            else:
                yield Change("same", key, source, finding, left.pop(alike)[0])
        for (was, _), (is_, source) in zip(others, left, strict=False):
            members = tuple(member for member in _MEMBERS if getattr(was, member) != getattr(is_, member))
            yield Change("changed", key, source, was, is_, gates(is_, fail_on) and not gates(was, fail_on), members)
        for finding, source in left[len(others) :]:
            yield Change("new", key, source, None, finding, gates(finding, fail_on))
        for finding, source in others[len(left) :]:
            why = _why_unknown(finding.rule, now)
            yield Change("unknown" if why else "fixed", key, source, finding, None, why=why)


def _by_name(page: _Page) -> dict[tuple[str, str], list[tuple[Finding, str]]]:
    found: dict[tuple[str, str], list[tuple[Finding, str]]] = {}
    for finding, source in page.findings:
        found.setdefault((finding.rule, finding.fingerprint), []).append((finding, source))
    return found


def _kind(finding: Finding) -> tuple[str, ...]:
    return tuple(str(getattr(finding, member)) for member in _MEMBERS)


def _why_unknown(rule: str, now: _Page) -> str | None:
    if rule in now.crashed:
        return f"the rule {rule} crashed"
    return None if rule in now.judged or now.of_settings else f"the rule {rule} was not judged"


def _moved(before: _Side, after: _Side) -> dict[str, str]:
    """Pages with the same bytes under another key, old key to new, where there is no doubt which is which."""
    gone = {key: page for key, page in before.pages.items() if key not in after.pages and after.unread_of(key, page) is None}
    come = {key: page for key, page in after.pages.items() if key not in before.pages and before.unread_of(key, page) is None}
    old, new = _by_content(gone), _by_content(come)
    return {keys[0]: new[content][0] for content, keys in old.items() if len(keys) == 1 and len(new.get(content, ())) == 1}


def _by_content(pages: dict[str, _Page]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, page in pages.items():
        if len(page.contents) == 1:
            found.setdefault(next(iter(page.contents)), []).append(key)
    return found


def _pages(before: _Side, after: _Side, moved: dict[str, str]) -> Iterator[PageChange]:
    arrived = set(moved.values())
    for key, page in after.pages.items():
        if key not in before.pages and key not in arrived and not page.of_settings:
            yield PageChange("added", key, page.source, why="it was not checked before" if before.unread_of(key, page) else None)
        was = before.pages.get(key)
        for rule in sorted(page.crashed - (was.crashed if was else set())):
            yield PageChange("unknown", key, page.source, why=f"the rule {rule} crashed")
    for key, page in before.pages.items():
        if key in moved:
            yield PageChange("moved", moved[key], after.pages[moved[key]].source, before=key)
        elif key not in after.pages and after.unread_of(key, page) is None and not page.of_settings:
            yield PageChange("removed", key, page.source)
    for source, report in after.unread.items():
        if source not in before.unread:
            yield PageChange("unknown", report.page_key, source, why=f"{report.reason}: {report.detail}" if report.detail else str(report.reason))
