"""The benchmark itself: its pages are the same everywhere, its parts run, its table goes where it should and nowhere else."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.bench import pages, rounds, table
from tests.bench.__main__ import main
from tests.bench.hot import hot
from tests.bench.pages import mixed, page
from tests.bench.plot import plot
from tests.bench.program import STEPS, Program
from tests.bench.results import generated, measured, real
from tests.bench.worst import WORST

TINY = [page(6_000, seed) for seed in (1, 2)]


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    return measured(TINY, "tiny pages", 1, ("steps", "peers"))


def test_pages_are_the_same_everywhere() -> None:
    digest = hashlib.sha256(b"".join([page(20_000, 3), *(make(max(8, most // 1000)) for make, most in WORST.values())])).hexdigest()
    assert digest[:16] == "ebf84ddf74d75fe1", "results and ceilings of before cannot be compared with those of other pages: renew them all"
    assert page(20_000, 3) != page(20_000, 4)


@pytest.mark.parametrize("size", [pages.SMALL, pages.MEDIAN, pages.LARGE])
def test_a_page_is_as_large_as_asked_for(size: int) -> None:
    assert abs(len(page(size)) - size) < 0.12 * size


def test_pages_are_spread_like_real_ones() -> None:
    sizes = sorted(map(len, mixed(80)))
    assert 80_000 < sizes[40] < 160_000
    assert sizes[8] < 60_000
    assert sizes[72] > 250_000


def test_generated_pages_hold_what_the_program_reads() -> None:
    program = Program()
    text = "".join(program.check(one) for one in mixed(6))
    assert {"AFF", "IMG", "LNK"} <= set(re.findall(r" ([A-Z]{3})\d{3} ", text))


def test_a_page_that_cannot_be_read_is_no_measurement() -> None:
    with pytest.raises(ValueError, match="empty"):
        Program().check(b" ")
    found = rounds.timed({"check": Program().check}, [TINY[0], b" "], 1)
    assert found["check"].failed == 1


def test_a_ratio_is_to_the_parse_beside_it() -> None:
    found = rounds.timed({"once": rounds.bare_parse, "ten times": lambda body: [rounds.bare_parse(body) for _ in range(10)]}, TINY * 5, 3)
    assert found[rounds.BASE].ratio == 1
    assert len(found["once"].ratios) == 3
    assert len(found["once"].page_ratios) == 10
    # A stopwatch on a busy machine: only what no load can turn round.
    assert found["ten times"].ratio > 2 * found["once"].ratio


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.99, 99), (1, 100), (0.001, 1)])
def test_quantiles_are_values_of_the_list(share: float, value: float) -> None:
    assert rounds.quantile([float(n) for n in range(100, 0, -1)], share) == value


def test_every_step_is_measured(results: dict[str, Any]) -> None:
    assert tuple(results["steps"]["shares"]) == STEPS
    assert sum(results["steps"]["shares"].values()) == pytest.approx(1)
    assert sum(results["steps"]["ratios"].values()) == pytest.approx(results["steps"]["check"]["ratio"])
    assert all(share > 0 for name, share in results["steps"]["shares"].items() if name != "walk")
    assert any("BeautifulSoup" in name for name in results["peers"]["table"])
    json.dumps(results)


def test_the_table_tells_goals_and_machine(results: dict[str, Any]) -> None:
    text = table.full(results)
    assert results["machine"]["processor"] in text
    assert re.search(r"times the bare parse \| \d+\.\d\d \| at most 3\.00 \| (yes|\*\*no\*\*) \|", text)
    # What was not measured is not told.
    assert "two processes" not in text
    widths = {len(line.split("|")) for block in text.split("\n\n") if block.startswith("| step") for line in block.splitlines()}
    assert len(widths) == 1


def test_a_goal_is_met_or_not() -> None:
    kinds = {"growth": [{"bytes": 1e5, "check ns a byte": 10.0}, {"bytes": 1e7, "check ns a byte": 14.0}], "worst": [{"growth a byte": 1.1}]}
    assert table.goal_of(kinds, ("growth",)) == pytest.approx(1.4)
    assert table.goal_of(kinds, ("worst",)) == pytest.approx(1.1)
    assert table.goal_of(kinds, ("steps", "check", "ratio")) is None


def test_the_picture_is_read_by_eyes_and_by_readers(results: dict[str, Any]) -> None:
    root = ET.fromstring(plot(results))  # noqa: S314 - made here
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    told = root.findtext(f"{space}desc") or ""
    assert all(step in told for step in STEPS)
    assert "prefers-color-scheme: dark" in (root.findtext(f"{space}style") or "")
    width = int(root.get("width", "0"))
    bars = root.findall(f"{space}rect")
    assert len(bars) == len(STEPS) + len(results["peers"]["table"])
    assert all(float(bar.get("x", "0")) + float(bar.get("width", "0")) <= width for bar in bars)


def test_the_readme_changes_between_its_marks_alone(tmp_path: Path, results: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    readme, kept = tmp_path / "README.md", tmp_path / "results.json"
    kept.write_text(json.dumps(results), "utf-8")
    readme.write_text(f"before\n\n{table.START}\nold\n{table.END}\n\nafter\n", "utf-8")
    words = ["readme", "--results", str(kept), "--readme", str(readme)]
    assert main(words) == 0
    once = readme.read_text("utf-8")
    assert once.startswith(f"before\n\n{table.START}\n")
    assert once.endswith(f"\n{table.END}\n\nafter\n")
    assert "old" not in once.splitlines()
    assert "| step |" in once
    assert main(words) == 0
    assert readme.read_text("utf-8") == once
    readme.write_text(f"{table.END}{table.START}", "utf-8")
    assert main(words) == 2
    assert "must stand in it" in capsys.readouterr().err
    assert readme.read_text("utf-8") == f"{table.END}{table.START}"
    assert main(["readme", "--results", str(tmp_path / "none.json")]) == 2
    assert "make bench" in capsys.readouterr().err


def test_folders_without_pages_and_parts_that_are_none_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--pages", str(tmp_path)]) == 2
    assert "holds no .html" in capsys.readouterr().err
    assert main(["run", "--parts", "steps,tea"]) == 2
    assert "no part 'tea'" in capsys.readouterr().err


def test_real_pages_are_read_from_a_folder(tmp_path: Path) -> None:
    import gzip

    (tmp_path / "a.html").write_bytes(TINY[0])
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(TINY[1]))
    (tmp_path / "c.txt").write_text("no page")
    (tmp_path / "d.html").write_text("")
    assert real(tmp_path) == TINY


def test_the_profile_names_functions_by_step() -> None:
    text = hot(TINY, 3)
    assert re.findall(r"^(\S.*): [\d.]+ ms a page$", text, re.MULTILINE) == ["decode, parse and walk", "facts", "rules", "report"]
    assert "checker/page/walk.py" in text
    # And the program is as it was.
    assert Program().check(TINY[0])


def test_the_set_that_ships_is_the_same_twice() -> None:
    assert generated(3) == generated(3)
