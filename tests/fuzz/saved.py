"""What an earlier run left, read again: a report in JSON or JSON Lines, and a baseline. An input is such a file."""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from checker.errors import BadConfig
from checker.model import Source
from checker.report import FORMATS, baseline_file, make, saved
from checker.report.baseline import Baseline
from checker.report.run import Closing, Look
from checker.report.saved import Saved
from checker.report.summary import counted
from checker.scale.header import Clock, run_of
from checker.scale.page import check_page
from tests.fuzz.pages import rulebook, usual

LONGEST = 12_000
_PAGE = b'<!doctype html><html lang="en"><title>Pots</title><h1>Pots</h1><p><a href="https://www.amazon.com/dp/B0?tag=pots-20">pot</a></p></html>'


@cache
def _file() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="fuzz-saved-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder / "report.json"


def run(data: bytes) -> None:
    """Values as the schema says, or what says why not."""
    path = _file()
    path.write_bytes(data)
    report, baseline = _report(path), _baseline(path)
    assert report is None or baseline is None, "a file is a report or a baseline"


def _report(path: Path) -> Saved | None:
    try:
        found = saved.load(path)
        assert found.version is not None
        assert found.rules_digest is not None
        kept = list(saved.entries(found))
    except BadConfig as fault:
        _names(fault, path)
        return None
    assert sum(len(findings) for _, findings in kept) == len(found.findings), "every finding belongs to a page"
    json.dumps(kept, allow_nan=False)
    return found


def _names(fault: BadConfig, path: Path) -> None:
    assert str(path) in str(fault), "a fault names the file"


def _baseline(path: Path) -> Baseline | None:
    try:
        return baseline_file.load(path)
    except BadConfig as fault:
        _names(fault, path)
        return None


def seeds() -> Iterator[bytes]:
    """A report in both formats, short ones, and a baseline."""
    report = check_page(Source("a.html", _PAGE), rulebook(), usual()).without_facts()
    run_told = run_of(rulebook().rules, "0" * 64, usual(), "warning", Clock("0.1.0", 1, blank=True))
    for name in ("json", "jsonl"):
        for pages in ([report], []):
            told = make(name, FORMATS, Look())
            closing = Closing(counted(pages), 1, "findings", "disclosure-checker: exit 1 (findings)")
            text = told.start(run_told) + "".join(told.page(page) for page in pages) + told.end(closing)
            yield text.encode()
            yield _short(text) if name == "json" else b"\n".join(map(_short, text.splitlines()))
    entry = {"page": "a.html", "rule": "AFF001", "fingerprint": f"v1:{'0' * 64}", "outcome": "violation", "count": 1, "reason": "old"}
    yield f'{{"baseline_version": 1}}\n{json.dumps(entry)}\n'.encode()


def _short(text: str) -> bytes:
    """The same without the list of rules and their authorities."""
    whole = json.loads(text)
    for name in ("rules", "authorities", "not_evaluated"):
        if name in whole:
            whole[name] = type(whole[name])()
    return json.dumps(whole).encode()


def words() -> Iterator[str]:
    """Every key that these files have."""
    found: set[str] = set()
    for seed in seeds():
        for line in seed.decode().splitlines():
            try:
                value = json.loads(line)
            except ValueError:
                continue
            if isinstance(value, dict):
                found |= value.keys()
    yield from (f'"{key}": ' for key in sorted(found))
    yield from (
        "null",
        "true",
        "1e999",
        "NaN",
        "-0",
        '"\\ud800"',
        "[[",
        "{}",
        '"baseline_version": 2',
        '"type": "page"',
        '"type": "finding"',
        "\n",
        "<<<<<<< ",
    )
