"""A report that an earlier run wrote, read again. It may come from anywhere, so nothing in it is trusted before the schema has seen it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.errors import BadConfig
from checker.schemas import faults

_READS = "1."
# What is known of every page that was read, so that one of them cannot be null alone.
_TOLD = ("page_type", "verdicts", "counts", "authors", "networks", "encoding", "encoding_certain", "reader")
# By these a finding is looked for and told from others.
_NAMED_BY = ("fingerprint", "rule", "source", "page_key", "message")
_KEPT_BY = "disclosure-checker check … --output json=report.json writes one"


@dataclass(frozen=True, slots=True)
class Saved:
    """The values of a report, as its schema describes them. `head` holds everything but pages and findings."""

    name: str
    head: dict[str, Any]
    findings: tuple[dict[str, Any], ...]
    pages: tuple[dict[str, Any], ...] = ()

    @property
    def version(self) -> str:
        """The version of the program that wrote it."""
        return str(self.head["tool"]["version"])

    @property
    def rules_digest(self) -> str:
        """The rules that it was made with."""
        return str(self.head["tool"]["rules_digest"])


def load(path: Path) -> Saved:
    """A report in the format json or jsonl. Raises BadConfig in one line.

    Only its head is asked whether it is right; `sound` asks a finding, `entries` all there is.
    """
    return of_text(path, _text(path))


def of_text(path: Path, text: str) -> Saved:
    """The same, of what stands in it; `path` is what it is called."""
    first = text.lstrip().partition("\n")[0]
    members = _object(first)
    if members is not None and "type" in members:
        return _of_lines(path, text)
    try:
        data = _read(text)
    except RecursionError:
        raise BadConfig(f"{path} is no report: its values are nested too deeply") from None
    except ValueError as fault:
        raise BadConfig(f"{path} {_torn(text, fault)}") from None
    _ask_kind(path, data)
    _ask(path, "report", {**data, "pages": [], "findings": []})
    head = {name: value for name, value in data.items() if name not in ("pages", "findings")}
    return Saved(str(path), head, tuple(_findings(path, data.get("findings"))), tuple(_pages(path, data.get("pages"))))


def entries(saved: Saved) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Every page with its findings, in order, each as the schema says. Raises BadConfig."""
    path = Path(saved.name)
    findings = iter(saved.findings)
    for page in saved.pages:
        _ask_entry(path, "page", page)
        if page["page_type"] is not None and any(page[name] is None for name in _TOLD):
            raise BadConfig(f"{path} is not as a report is: what it tells of the page {page['source']!r} is only half there")
        if page["outline"] is not None and len(set(map(len, page["outline"].values()))) > 1:
            raise BadConfig(f"{path} is not as a report is: the lists of the outline of the page {page['source']!r} are not of one length")
        own = [finding for _, finding in zip(range(page["findings"]), findings, strict=False)]
        for finding in own:
            _ask_entry(path, "finding", finding)
        if len(own) < page["findings"] or any(finding["source"] != page["source"] for finding in own):
            raise BadConfig(f"{path} is not as a report is: the findings of the page {page['source']!r} are not {page['findings']}")
        yield page, own
    if (left := next(findings, None)) is not None:
        raise BadConfig(f"{path} is not as a report is: a finding on {left['source']!r} belongs to none of its pages")


def _ask_entry(path: Path, kind: str, entry: Mapping[str, Any]) -> None:
    from checker.schemas.quick import quick

    if not quick("report", kind)(entry):
        _ask(path, "report-line", {**entry, "type": kind})


def sound(saved: Saved, finding: dict[str, Any]) -> dict[str, Any]:
    """The finding, if it is as the schema says. Raises BadConfig."""
    _ask(Path(saved.name), "report-line", {**finding, "type": "finding"})
    return finding


def _text(path: Path) -> str:
    try:
        body = path.read_bytes()
    except FileNotFoundError:
        raise BadConfig(f"there is no report {path}; {_KEPT_BY}") from None
    except IsADirectoryError:
        raise BadConfig(f"{path} is a folder; name the file of a report") from None
    except OSError as fault:
        raise BadConfig(f"cannot read the report {path}: {fault.strerror}") from None
    if not body.strip():
        raise BadConfig(f"the report {path} is empty; {_KEPT_BY}")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadConfig(f"{path} is no report: it is not UTF-8 text") from None


def _of_lines(path: Path, text: str) -> Saved:
    start: dict[str, Any] | None = None
    end: dict[str, Any] | None = None
    found: list[dict[str, Any]] = []
    pages: list[dict[str, Any]] = []
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    for number, line in lines:
        members = _object(line)
        if members is None and number == lines[-1][0]:
            raise BadConfig(_cut(path))
        if members is None or members.get("type") not in ("run_start", "page", "finding", "run_end"):
            raise BadConfig(f"{path}:{number}: this line is none of a report")
        if members["type"] == "run_start":
            if start is not None:
                raise BadConfig(f"{path}:{number}: a second report begins here; keep each in a file of its own")
            start = members
        elif members["type"] == "run_end":
            end = members
        elif members["type"] == "finding":
            found.append(members)
        else:
            pages.append(members)
    if start is None:
        raise BadConfig(f"{path} is no whole report: its first line run_start is absent")
    ask_version(path, start)
    if end is None:
        raise BadConfig(_cut(path))
    _ask(path, "report-line", start)
    _ask(path, "report-line", end)
    return Saved(str(path), {**start, **end, "run": {**start["run"], **end["run"]}}, tuple(_findings(path, found)), tuple(pages))


def _cut(path: Path) -> str:
    return f"{path} comes from a run that was cut: its closing line is absent; run the check again"


def _object(line: str) -> dict[str, Any] | None:
    try:
        value = _read(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _read(text: str) -> Any:
    return json.loads(text, parse_constant=_no_number, parse_float=_number)


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number")


def _number(digits: str) -> float:
    """What cannot be written again is not read."""
    value = float(digits)
    return value if abs(value) < float("inf") else _no_number(digits)


def _torn(text: str, fault: ValueError) -> str:
    if not isinstance(fault, json.JSONDecodeError):
        return f"is no report: {fault}"
    if not text.lstrip().startswith(("{", "[")):
        return "is no JSON, and only reports in the formats json and jsonl can be read"
    if fault.pos >= len(text.rstrip()) or fault.msg.startswith("Unterminated"):
        return f"is cut: it ends in the middle of a value, on line {text.count(chr(10), 0, len(text.rstrip())) + 1}"
    return f"is no report: line {fault.lineno}, column {fault.colno}: {fault.msg[:1].lower()}{fault.msg[1:]}"


def _ask_kind(path: Path, data: object) -> None:
    """Names other files of JSON for what they are."""
    first = data[0] if isinstance(data, list) and data else data
    if isinstance(first, dict) and "verdicts" in first and "findings" not in first:
        raise BadConfig(f"{path} holds facts, not a report; {_KEPT_BY}")
    if not isinstance(data, dict) or "schema_version" not in data:
        raise BadConfig(f"{path} is JSON, but no report of this program; {_KEPT_BY}")
    ask_version(path, data)


def ask_version(path: Path, head: Mapping[str, Any]) -> None:
    """Raises BadConfig where the report is of a version that this program does not read."""
    version = head.get("schema_version")
    if isinstance(version, str) and not version.startswith(_READS):
        tool = head.get("tool")
        by = f" by version {tool['version']}" if isinstance(tool, dict) and isinstance(tool.get("version"), str) else ""
        raise BadConfig(f"{path} was written{by} as a report of version {version}; this program reads version {_READS}x")


def _ask(path: Path, schema: str, value: object) -> None:
    wrong = faults(schema, value)
    if wrong:
        more = f" (and {len(wrong) - 1} more)" if wrong[1:] else ""
        raise BadConfig(f"{path} is not as a report is: {wrong[0]}{more}")


def _findings(path: Path, found: object) -> Iterator[dict[str, Any]]:
    if not isinstance(found, list):
        raise BadConfig(f"{path} is not as a report is: it has no list of findings")
    for number, finding in enumerate(found):
        if not isinstance(finding, dict) or not all(isinstance(finding.get(name), str) for name in _NAMED_BY):
            raise BadConfig(f"{path} is not as a report is: findings[{number}] is no finding")
        yield finding


def _pages(path: Path, found: object) -> Iterator[dict[str, Any]]:
    if not isinstance(found, list):
        raise BadConfig(f"{path} is not as a report is: it has no list of pages")
    for number, page in enumerate(found):
        if not isinstance(page, dict):
            raise BadConfig(f"{path} is not as a report is: pages[{number}] is no page")
        yield page
