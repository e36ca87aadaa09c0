"""A baseline as it lies on disk: JSON Lines that people edit and git merges, so each line is looked at before it is believed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checker.errors import BadConfig
from checker.report.baseline import VERSION, Baseline, Entry

# A hundred bytes more than a line commonly has, half a million times.
_MOST_BYTES = 150_000_000
_KEPT_BY = "disclosure-checker baseline create writes one"
_VERSION = "baseline_version"
_ENTRY = {"page": str, "rule": str, "fingerprint": str, "outcome": str, "count": int}
_WORDS = frozenset(("reason", "owner"))
_RULE = re.compile(r"[A-Z]{3}[0-9]{3}").fullmatch
_FINGERPRINT = re.compile(r"v1:[0-9a-f]{64}").fullmatch
_OUTCOMES = frozenset(("violation", "needs_review"))
# What git leaves between the two sides of a merge that it could not do.
_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?: |\r?$)|={7}\r?$")


def load(path: Path) -> Baseline:
    """The baseline in a file. Raises BadConfig: file, line, what would be right."""
    lines = [(number, line) for number, line in enumerate(_text(path).split("\n"), start=1) if line.strip()]
    if any(_CONFLICT.match(line) for _, line in lines):
        number = next(number for number, line in lines if _CONFLICT.match(line))
        raise BadConfig(f"{path}:{number}: a merge left its marks here; keep the lines of both sides and take out the marks")
    if not lines:
        raise BadConfig(f"the baseline {path} is empty, and not even its first line is left; {_KEPT_BY}")
    number, first = lines[0]
    head = _object(path, number, first)
    if _VERSION not in head:
        raise BadConfig(f'{path}:{number}: a baseline begins with {{"{_VERSION}": {VERSION}}}; {_KEPT_BY}')
    return Baseline.of(_entries(path, lines), str(path))


def _entries(path: Path, lines: list[tuple[int, str]]) -> Iterator[Entry]:
    for number, line in lines:
        members = _object(path, number, line)
        if _VERSION in members:
            _ask_version(path, number, members)
        else:
            yield _entry(path, number, members)


def _entry(path: Path, number: int, members: dict[str, Any]) -> Entry:
    # The schema would take a hundred times as long; it is asked where something looks wrong, and has the last word.
    if not _is_entry(members):
        _ask(path, number, members)
    return Entry(**{**members, "count": int(members["count"])})


def _is_entry(members: dict[str, Any]) -> bool:
    """Whether the schema finds nothing wrong, for certain."""
    return (
        all(type(members.get(name)) is kind for name, kind in _ENTRY.items())
        and all(name in _WORDS and type(value) is str for name, value in members.items() if name not in _ENTRY)
        and members["count"] >= 1
        and members["page"] != ""
        and members["outcome"] in _OUTCOMES
        and _RULE(members["rule"]) is not None
        and _FINGERPRINT(members["fingerprint"]) is not None
    )


def _ask_version(path: Path, number: int, members: dict[str, Any]) -> None:
    version = members[_VERSION]
    if type(version) is int and version > VERSION:
        raise BadConfig(f"{path}:{number}: a baseline of version {version}; this program reads version {VERSION}")
    if members != {_VERSION: VERSION} or type(version) is not int:
        _ask(path, number, members)


def _ask(path: Path, number: int, members: dict[str, Any]) -> None:
    """What the schema says of a line. Raises BadConfig in any case but that of a line that is right."""
    from checker.schemas import faults, load

    head, entry = load("baseline")["anyOf"]
    wrong = faults("baseline", members, head if _VERSION in members else entry)
    if wrong:
        more = f" (and {len(wrong) - 1} more)" if wrong[1:] else ""
        raise BadConfig(f"{path}:{number}: {wrong[0]}{more}")


def _object(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as fault:
        told = fault.msg[:1].lower() + fault.msg[1:] if isinstance(fault, json.JSONDecodeError) else "it is no JSON that can be read"
        raise BadConfig(f"{path}:{number}: this line is no JSON object ({told}); {_KEPT_BY}") from None
    if not isinstance(value, dict):
        raise BadConfig(f"{path}:{number}: this line is no JSON object; {_KEPT_BY}")
    return value


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            body = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        raise BadConfig(f"there is no baseline {path}; {_KEPT_BY}") from None
    except IsADirectoryError:
        raise BadConfig(f"{path} is a folder; name the file of a baseline") from None
    except (OSError, ValueError) as fault:
        raise BadConfig(f"cannot read the baseline {path}: {getattr(fault, 'strerror', None) or fault}") from None
    if len(body) > _MOST_BYTES:
        raise BadConfig(f"the baseline {path} is larger than {_MOST_BYTES // 1_000_000} MB; split the site, or mend a rule that fires everywhere")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = body.count(b"\n", 0, fault.start) + 1
        raise BadConfig(f"{path}:{line}: this is not UTF-8 text") from None
