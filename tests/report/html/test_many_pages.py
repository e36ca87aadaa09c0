"""Reports of many pages: few rows at first, more as they are needed, filters and search over all of them, and a file that stays small."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checker.facts import Page
from checker.model import About, Finding, PageReport

Reads = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[3]
MANY = 10_000
_ROWS = "document.querySelectorAll('ol.pages > li').length"


@pytest.fixture
def archive(page: Page, finding: Callable[..., Finding], report: Callable[..., PageReport], written: Callable[..., Path]) -> Path:
    """Ten thousand pages of seven hundred authors, every fourth with a fault."""
    about = About.of(page)
    fault = finding()
    reports = []
    for nth in range(MANY):
        told = replace(
            about, title=f"Story {nth} of {MANY}", authors=(f"Author {nth % 700}",), section=f"section-{nth % 12}", url=f"https://tea.example/{nth}"
        )
        found = (replace(fault, cause=f"AFF001 article>p.c{nth % 9}"),) if nth % 4 == 0 else ()
        reports.append(replace(report(*found), source=f"archive/{nth}.html", page=None, about=told))
    return written(*reports)


def test_ten_thousand_pages(reads: Reads, archive: Path) -> None:
    reader = reads(archive, "#view=pages&sort=source")
    assert reader.count == MANY
    assert 20 <= len(reader.rows) <= 500
    first = len(reader.rows)
    # Coming to the end draws more, and so does the button.
    reader.tab.evaluate("scrollTo(0, document.body.scrollHeight)")
    second = len(reader.until(f"() => {_ROWS} > {first}").rows)
    reader.tab.get_by_role("button", name="more").click()
    reader.until(f"() => {_ROWS} > {second}")
    assert reader.rows == [f"archive/{nth}.html" for nth in range(len(reader.rows))]
    assert len(reader.rows) < 2_000
    assert str(f"{MANY - len(reader.rows):,}") in reader.tab.inner_text("main .left")
    reader.tab.locator("#search").fill("story 9876")
    assert reader.until(f"() => {_ROWS} === 1").rows == ["archive/9876.html"]
    reader.click("ol.pages h2 a")
    assert "Story 9876" in reader.title
    assert reader.tab.locator(".findings .card").count() == 1
    reader.at("#view=pages").tab.locator('select[data-facet="state"]').select_option("wrong")
    assert reader.settled().count == MANY // 4
    reader.at("#view=pages&author=Author+699")
    assert reader.count == len(reader.rows) == len(range(699, MANY, 700))
    # The field says so too, however many others there are.
    reader.tab.locator("details.more").evaluate("element => { element.open = true; }")
    assert reader.tab.locator('select[data-facet="author"]').input_value() == "Author 699"
    reader.at("#view=causes")
    assert reader.tab.locator("ol.causes > li").count() == 9
    reader.at("#view=causes&by=author")
    assert reader.tab.locator("main table tbody tr").count() >= 700
    reader.at()
    assert f"{MANY // 4:,} of {MANY:,}" in reader.title
    assert archive.stat().st_size < 12_000_000


def test_the_end_of_the_list_is_reached(reads: Reads, written: Callable[..., Path], report: Callable[..., PageReport]) -> None:
    reader = reads(written(*(replace(report(), source=f"{nth}.html") for nth in range(730))), "#view=pages&sort=source")
    reader.until(f"() => {{ scrollTo(0, document.body.scrollHeight); return {_ROWS} === 730; }}")
    assert reader.rows == [f"{nth}.html" for nth in range(730)]
    assert reader.tab.get_by_role("button", name="more").count() == 0


def test_two_hundred_pages_stay_under_two_megabytes(tmp_path: Path) -> None:
    pages = sorted((ROOT / "fixtures" / "pages").iterdir())
    for nth in range(200):
        shutil.copytree(pages[nth % len(pages)], tmp_path / "site" / f"{nth}-{pages[nth % len(pages)].name}")
    command = [sys.executable, "-m", "checker", "check", "site", "--no-cache", "--fail-on", "never", "--output", "html=report.html"]
    subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=True)
    assert 200_000 < (tmp_path / "report.html").stat().st_size < 2_000_000
