"""`--reproducible`: the same pages and rules give the same bytes in every format, however many processes work and whenever they do."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from checker.report import FORMATS

Call = Callable[..., Result]
PAGES = Path(__file__).parents[2] / "fixtures" / "pages"


@pytest.fixture
def pages(site: Path) -> Path:
    """More pages than one process is left with."""
    for page in sorted(PAGES.glob("*/page.html"))[:24]:
        (site / f"{page.parent.name}.html").write_bytes(page.read_bytes())
    return site


def written(folder: Path, call: Call, tag: str, *arguments: str) -> dict[str, bytes]:
    # No HTML report is written where the next run would take it for a page; hidden folders are not searched.
    kept = folder / f".{tag}"
    kept.mkdir()
    outputs = [word for name in FORMATS for word in ("--output", f"{name}=.{tag}/r.{name}")]
    call("check", ".", "none", *outputs, *arguments)
    return {name: (kept / f"r.{name}").read_bytes() for name in FORMATS}


def test_two_runs_give_the_same_bytes_in_every_format(pages: Path, call: Call) -> None:
    first = written(pages, call, "a", "--reproducible", "--jobs", "1")
    time.sleep(1.1)
    second = written(pages, call, "b", "--reproducible", "--jobs", "2", "--statistics")
    third = written(pages, call, "c", "--reproducible", "--jobs", "2")
    assert [name for name in FORMATS if first[name] != third[name]] == []
    fourth = written(pages, call, "d", "--reproducible", "--jobs", "1", "--statistics")
    assert [name for name in FORMATS if fourth[name] != second[name]] == []
    assert json.loads(first["json"])["run"] == {"statistics": None}
    assert b"startTimeUtc" not in first["sarif"]


def test_without_it_only_what_stands_under_run_differs(pages: Path, call: Call) -> None:
    first = written(pages, call, "a", "--jobs", "1")
    time.sleep(1.1)
    second = written(pages, call, "b", "--jobs", "2")
    assert sorted(name for name in FORMATS if first[name] != second[name]) == ["editor-json", "html", "json", "jsonl", "sarif"]
    whole = [json.loads(each["json"]) for each in (first, second)]
    assert [each.pop("run")["jobs"] for each in whole] == [1, 2]
    assert whole[0] == whole[1]


def test_a_saved_report_can_lose_its_times_later(pages: Path, call: Call) -> None:
    for tag in ("a", "b"):
        call("check", "paid.html", "--output", f"jsonl={tag}.jsonl", "--jobs", "1" if tag == "a" else "2")
        call("report", f"{tag}.jsonl", "--reproducible", "--output", f"json={tag}.json", "--output", f"sarif={tag}.sarif")
    for kind in ("json", "sarif"):
        assert (pages / f"a.{kind}").read_bytes() == (pages / f"b.{kind}").read_bytes()
    assert json.loads((pages / "a.json").read_bytes())["run"] == {"statistics": None}
