"""Earlier runs, from their saved reports. Of each only the counts are read, not its pages, so that a folder of large reports takes little memory.

Nothing in them is trusted, and counts that an older version did not write are None.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from checker.errors import BadConfig
from checker.report.past import Past
from checker.report.saved import ask_version

# A picture of more runs shows no more.
MOST_RUNS = 60
# A line of counts, of a site with thousands of authors.
_MOST_LINE = 1 << 24
# What somebody laid out anew is read whole up to this size: as values it takes ten times as much.
_MOST_WHOLE = 1 << 24
_BLOCK = 1 << 16
_VIOLATIONS = ("error", "warning", "info")
_VERDICTS = ("affiliate_notice", "author", "image_credits")


class _OtherFile(Exception):
    """It is no report, and does not look like one."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A run. `file`: what its report is, whatever it is called; `at`: when it was, else when the file was written."""

    past: Past
    file: str
    at: float

    @property
    def run(self) -> object:
        """The same for two reports of one run."""
        told = self.past
        return (told.began, *_figures(told)) if told.began else self.file


def history(places: Sequence[Path], besides: Iterable[Path] = (), same: Iterable[Past] = (), tell: Callable[[str], None] = print) -> tuple[Past, ...]:
    """The runs whose reports are at these places, each a file or a folder of them: the newest, the oldest of these first.

    `besides`: files that are no earlier runs, such as the one that is about to be written; `same`: the runs that others must be earlier than. What
    cannot be read in a folder is told in a line; what is no report there is passed over. Raises BadConfig for a place that is not there, and for a
    file that is no report.
    """
    taken = {os.path.realpath(path) for path in besides}
    dated = [past for past in same if past.began]
    known: set[object] = {(past.began, *_figures(past)) for past in dated}
    until = max((_moment(past.began or "") or 0.0 for past in dated), default=float("inf"))
    found: list[_Found] = []
    for path, named in _files(places):
        if (file := os.path.realpath(path)) in taken:
            continue
        taken.add(file)
        try:
            one = _read(path, file)
        except _OtherFile:
            if named:
                raise BadConfig(f"{path} is no report in the format json or jsonl, and so no earlier run") from None
            continue
        except BadConfig as fault:
            if named:
                raise
            tell(f"left out of the history: {fault}")
            continue
        if one.run not in known and one.at <= until:
            known.add(one.run)
            found.append(one)
    found.sort(key=lambda one: (one.at, one.past.name))
    return tuple(one.past for one in found[-MOST_RUNS:])


def past_of(name: str, head: Mapping[str, Any]) -> Past:
    """The counts of a run, of all members of its report but pages and findings. Raises BadConfig where they are none."""
    ask_version(Path(name), head)
    try:
        summary = head["summary"]
        inputs, pages, findings, verdicts = summary["inputs"], summary["pages"], summary["findings"], summary.get("verdicts")
        return Past(
            name=name,
            began=_began(head.get("run")),
            checked=_count(inputs["checked"]),
            not_checked=_count(inputs["not_checked"]),
            with_violations=_count(pages["with_violations"]),
            with_findings=_count(pages["with_findings"]),
            violations={severity: _count(findings["violation"][severity]) for severity in _VIOLATIONS},
            needs_review=_count(findings["needs_review"]),
            verdicts=None if verdicts is None else {kind: {str(name): _count(count) for name, count in verdicts[kind].items()} for kind in _VERDICTS},
            paid=_count(pages["with_paid_links"]) if "with_paid_links" in pages else None,
            plain_first=_count(pages["plain_first"]) if "plain_first" in pages else None,
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BadConfig(f"{name} is not as a report is: its counts cannot be read") from None


def _figures(past: Past) -> tuple[Any, ...]:
    return past.checked, past.not_checked, past.with_violations, past.with_findings, tuple(sorted(past.violations.items())), past.needs_review


def _count(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(f"{value!r} is no count")
    return value


def _began(run: object) -> str | None:
    """When the run began; of several that were put together, the first."""
    told = run if isinstance(run, dict) else {}
    parts = told.get("merged")
    times = [each.get("started_at") for each in parts if isinstance(each, dict)] if isinstance(parts, list) else [told.get("started_at")]
    return min((time for time in times if isinstance(time, str) and _moment(time) is not None), key=lambda time: _moment(time) or 0.0, default=None)


def _moment(time: str) -> float | None:
    try:
        told = datetime.fromisoformat(time)
        return (told if told.tzinfo else told.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def _files(places: Sequence[Path]) -> Iterator[tuple[Path, bool]]:
    """The files at these places, each with whether it was named itself."""
    for place in places:
        try:
            if place.is_dir():
                yield from ((path, False) for path in sorted(place.iterdir()) if not path.name.startswith(".") and path.is_file())
                continue
            there = place.exists()
        except OSError as fault:
            raise BadConfig(f"cannot read the history {place}: {fault.strerror}") from None
        if not there:
            raise BadConfig(f"there is no report and no folder {place} to take the history from")
        yield place, True


def _read(path: Path, file: str) -> _Found:
    """Raises BadConfig and _OtherFile."""
    try:
        with path.open("rb") as opened:
            written = os.fstat(opened.fileno()).st_mtime
            past = past_of(str(path), _head(path, opened))
    except OSError as fault:
        raise BadConfig(f"cannot read the report {path}: {fault.strerror}") from None
    moment = _moment(past.began) if past.began else None
    return _Found(past, file, written if moment is None else moment)


# Reading what stands before and behind the pages ------------------------------------------------------------------------------------------
def _head(path: Path, file: BinaryIO) -> Mapping[str, Any]:
    """All members of a report that are read without its pages, or all there are. Raises BadConfig, OSError and _OtherFile."""
    first = file.readline(_MOST_LINE).removeprefix(b"\xef\xbb\xbf")
    start = _members(first)
    if start is not None and start.get("type") == "run_start":
        end = _members(_last_lines(file, 1)[0])
        if end is None or end.get("type") != "run_end":
            raise BadConfig(f"{path} comes from a run that was cut: its closing line is absent")
        return {**start, **end, "run": start.get("run")}
    if first.strip() == b"{" and (top := _before_pages(file)) is not None:
        if not _is_report(top):
            raise _OtherFile
        *_, run, last = (b"", *_last_lines(file, 2))
        if last.strip() != b"}" or (members := _members(b"{" + run.strip() + b"}")) is None or "run" not in members:
            raise BadConfig(f"{path} is cut: its last lines are absent")
        return top | members
    return _whole(path, file)


def _before_pages(file: BinaryIO) -> dict[str, Any] | None:
    """The members of a report that is laid out as we write it; None where it is not."""
    found: dict[str, Any] = {}
    while line := file.readline(_MOST_LINE).strip():
        if line.startswith(b'"pages": ['):
            return found
        members = _members(b"{" + line.removesuffix(b",") + b"}")
        if members is None:
            return None
        found |= members
    return None


def _whole(path: Path, file: BinaryIO) -> Mapping[str, Any]:
    file.seek(0)
    first = file.read(_BLOCK)
    if not first.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        raise _OtherFile
    ours = b'"schema_version"' in first and b'"disclosure-checker"' in first and b'"summary"' in first
    text = first + file.read(_MOST_WHOLE)
    if len(text) > _MOST_WHOLE:
        if ours:
            raise BadConfig(f"{path} is too large to be read in the layout that it has; keep it as it was written")
        raise _OtherFile
    whole = _members(text.removeprefix(b"\xef\xbb\xbf"))
    if whole is None and ours:
        raise BadConfig(f"{path} is no whole report: it is cut, or no JSON any more")
    if whole is None or not _is_report(whole):
        raise _OtherFile
    return whole


def _is_report(members: Mapping[str, Any]) -> bool:
    tool = members.get("tool")
    return "schema_version" in members and "summary" in members and isinstance(tool, dict) and tool.get("name") == "disclosure-checker"


def _last_lines(file: BinaryIO, number: int) -> list[bytes]:
    """The last lines that hold anything; of one that is longer than any line of counts, its end."""
    size = file.seek(0, os.SEEK_END)
    block = _BLOCK
    while True:
        file.seek(max(0, size - block))
        lines = file.read(block).rstrip().split(b"\n")
        if len(lines) > number or block >= min(size, _MOST_LINE):
            return lines[-number:]
        block *= 8


def _members(text: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
