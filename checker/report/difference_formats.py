"""Two reports compared, told in a format: for a terminal, for programs, for a comment on a pull request."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from checker.model import Finding
from checker.report.differences import KINDS, Change, Differences, PageChange
from checker.report.encode import dumps
from checker.report.kinds import kind
from checker.report.markdown import shown
from checker.report.paint import Paint, one_line
from checker.report.run import Look
from checker.text import clip

SCHEMA_VERSION = "1.0"

_TITLES = {
    "new": "New",
    "changed": "Changed",
    "unknown": "Not known any more",
    "fixed": "Fixed",
    "gone": "Gone with their pages",
}
_PAGES = {"unknown": "not checked any more", "added": "added", "removed": "not in the new report", "moved": "moved"}
_COLOURS = {"new": "red", "changed": "yellow", "unknown": "magenta", "fixed": "blue", "gone": "dim"}
# A comment takes 65,536 characters, and what nobody reads to its end helps nobody: of each of four lists so many lines and characters.
_MOST = 40
_MOST_CHARACTERS = 15_000
_LONGEST = 300

Ending = tuple[int, str, str]


def counts(found: Differences) -> str:
    """The counts in a line.

    >>> counts(Differences("a", "b", "warning", (), (), 3))
    '0 new, 0 changed, 0 not known any more, 0 fixed, 3 as before'
    """
    new = f"{found.count('new')} new"
    words = [f"{found.count('changed')} changed", f"{found.count('unknown')} not known any more", f"{found.count('fixed')} fixed"]
    words += [f"{found.count('gone')} gone with their pages"] if found.count("gone") else []
    pages = [f"{found.count_pages(each)} {told}" for each, told in _PAGES.items() if found.count_pages(each)]
    return ", ".join([new, *words, f"{found.same} as before"]) + (f"; pages: {', '.join(pages)}" if pages else "")


def text(found: Differences, ending: Ending, look: Look) -> str:
    """For a person at a terminal."""
    del ending
    paint = Paint(look)
    lines = [f"note: {one_line(note)}" for note in found.notes]
    for name in KINDS:
        changes = [each for each in found.changes if each.kind == name]
        if changes:
            lines.append(paint(f"{_TITLES[name]}: {len(changes)}", "bold", _COLOURS[name]))
            lines += [f"  {_line(each)}" for each in changes]
    if found.pages:
        lines.append(paint("Pages", "bold"))
        lines += [f"  {one_line(_page_line(each))}" for each in found.pages]
    return "".join(f"{line}\n" for line in [*lines, f"Findings: {counts(found)}"])


def _line(change: Change) -> str:
    finding = change.finding
    spot = finding.primary
    place = f":{spot.line}:{spot.column}" if spot and spot.line is not None and spot.column is not None else ""
    word = f"{_word(change.before)} → {_word(change.after)}" if change.before and change.after else _word(finding)
    why = f" ({change.why})" if change.why else ""
    return one_line(f"{change.source}{place} {finding.rule} {word} {finding.message}{why}")


def _word(finding: Finding) -> str:
    return kind(finding) if finding.state == "new" else f"{kind(finding)}, {finding.state}"


def _page_line(page: PageChange) -> str:
    before = f", was {page.before}" if page.before else ""
    return f"{page.source}: {_PAGES[page.kind]}{before}{f' ({page.why})' if page.why else ''}"


def json(found: Differences, ending: Ending, look: Look) -> str:
    """For programs, as `disclosure-checker schema diff` describes it."""
    del look
    code, name, message = ending
    members: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "old": found.old,
        "new": found.new,
        "fail_on": found.fail_on,
        "exit": {"code": code, "name": name, "message": message},
        "notes": list(found.notes),
        "summary": {
            "findings": {**{each: found.count(each) for each in KINDS}, "same": found.same, "gating": found.gating},
            "pages": {each: found.count_pages(each) for each in _PAGES},
        },
    }
    lines = [f"{dumps(key)}: {dumps(value)}" for key, value in members.items()]
    for key, rows in (("pages", map(_page_entry, found.pages)), ("findings", map(_entry, found.changes))):
        told = ",\n".join(map(dumps, rows))
        lines.append(f"{dumps(key)}: [\n{told}\n]" if told else f"{dumps(key)}: []")
    body = ",\n".join(lines)
    return f"{{\n{body}\n}}\n"


def _page_entry(page: PageChange) -> dict[str, Any]:
    return {"change": page.kind, "page_key": page.page_key, "source": page.source, "before": page.before, "why": page.why}


def _entry(change: Change) -> dict[str, Any]:
    return {
        "change": change.kind,
        "gates": change.gates,
        "page_key": change.page_key,
        "source": change.source,
        "rule": change.finding.rule,
        "name": change.finding.name,
        "fingerprint": change.finding.fingerprint,
        "members": list(change.members),
        "why": change.why,
        "before": _side(change.before),
        "after": _side(change.after),
    }


def _side(finding: Finding | None) -> dict[str, Any] | None:
    if finding is None:
        return None
    spot = finding.primary
    return {
        "outcome": str(finding.outcome),
        "severity": str(finding.severity),
        "state": finding.state,
        "line": spot.line if spot else None,
        "column": spot.column if spot else None,
        "message": finding.message,
    }


def markdown(found: Differences, ending: Ending, look: Look) -> str:
    """For a comment on a pull request. What is fixed and gone is counted only."""
    del look
    _, name, message = ending
    parts = [f"## disclosure-checker diff: {name}\n\n{shown(message)}\n"]
    parts += [f"\n> {shown(note)}\n" for note in found.notes]
    for each in ("new", "changed", "unknown"):
        changes = [change for change in found.changes if change.kind == each]
        if changes:
            parts.append(f"\n### {_TITLES[each]} ({len(changes)})\n\n" + _list(map(_item, changes), len(changes)))
    if found.pages:
        rows = (shown(clip(_page_line(page), _LONGEST)) for page in found.pages)
        parts.append(f"\n### Pages\n\n{_list(rows, len(found.pages))}")
    return "".join(parts) + f"\n{shown(counts(found))}\n"


def _item(change: Change) -> str:
    return f"{'**fails** ' if change.gates else ''}{shown(clip(_line(change), _LONGEST))}"


def _list(rows: Iterable[str], count: int) -> str:
    lines: list[str] = []
    left = _MOST_CHARACTERS
    for row in islice(rows, _MOST):
        left -= len(row)
        if left < 0:
            break
        lines.append(f"- {row}\n")
    more = f"- and {count - len(lines)} more\n" if count > len(lines) else ""
    return "".join(lines) + more


FORMATS: dict[str, Callable[[Differences, Ending, Look], str]] = {"text": text, "json": json, "markdown": markdown}
