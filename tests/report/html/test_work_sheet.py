"""What an editor does besides: the work sheet, coming back to a list, answering one by one, the course of several runs, copies of pages."""

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from checker.facts import Verdicts
from checker.model import About, Finding, Outcome, PageReport
from checker.report.past import Past
from checker.report.run import Look
from tests.report.html.conftest import said

Reads = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[3]
PLACE = "pages/associate-sentence-footer/page.html"


def test_the_work_sheet_says_all_that_is_to_do_on_the_pages_that_are_shown(reads: Reads, told: Any) -> None:
    reader = reads(told.path, "#view=pages&rule=AFF001&show=work")
    found = [each for each in told.findings() if each["rule"] == "AFF001"]
    assert reader.tab.locator("ol.work > li").count() == len({each["source"] for each in found})
    text = reader.tab.inner_text("ol.work")
    assert all(each["fix"] in text and said(each) in text and (each["paste"] or "") in text for each in found)
    others = {said(each) for each in told.findings() if each["rule"] != "AFF001"} - {said(each) for each in found}
    assert not [message for message in others if message in text]
    reader.click("a.button")
    assert reader.tab.locator("ol.pages > li").count() == len({each["source"] for each in found})


def test_whoever_comes_back_finds_the_list_as_it_was_left(reads: Reads, written: Callable[..., Path], report: Any, finding: Any) -> None:
    pages = [report(finding(), source=f"{number:03}.html", page_key=f"{number}") for number in range(400)]
    reader = reads(written(*pages), "#view=pages&sort=source")
    reader.until("() => { scrollTo(0, document.body.scrollHeight); return document.querySelectorAll('ol.pages > li').length >= 300; }")
    link = reader.tab.locator("ol.pages > li h2 a").nth(250)
    link.scroll_into_view_if_needed()
    link.click()
    assert reader.settled().address["page"] == "250.html"
    reader.click("nav.steps a")
    reader.until(
        "() => { const { top, bottom } = document.activeElement.getBoundingClientRect(); return scrollY > 0 && top > 0 && bottom < innerHeight; }"
    )
    assert len(reader.rows) >= 300
    assert "page=250.html" in reader.tab.evaluate("document.activeElement.hash")


def test_one_answer_for_all_and_another_for_one_of_them(
    reads: Reads, written: Callable[..., Path], report: Any, finding: Callable[..., Finding]
) -> None:
    asked = [finding(outcome=Outcome.NEEDS_REVIEW, fingerprint=f"v1:{number:064}", anchor=str(number)) for number in range(4)]
    reader = reads(written(report(*asked)), "#view=questions")
    whole = reader.tab.locator("fieldset.answer", has_text="one answer for all 4")
    whole.locator("input[value=yes]").check()
    assert reader.settled().tab.inner_text("#answers").startswith("4 places answered")
    reader.tab.get_by_text("Answer one by one").click()
    each = reader.tab.locator(".each fieldset.answer")
    assert [each.nth(at).locator("input[value=yes]").is_checked() for at in range(4)] == [True] * 4
    each.nth(2).locator("input[value=no]").check()
    assert whole.locator("input:checked").count() == 0
    assert "4 of 4 answered, not all alike" in whole.inner_text()
    assert re.search(r"4 places answered: \d fine", reader.settled().tab.inner_text("#answers"))


def test_how_it_went_over_several_runs(reads: Reads, written: Callable[..., Path], report: Any, finding: Any) -> None:
    past = tuple(
        Past(f"{day}.json", f"2026-01-0{day}T00:00:00Z", 10, 0, 8 - day, 8, {"error": 8 - day}, paid=4, plain_first=day) for day in (1, 2, 3)
    )
    told = Verdicts("clear_before", "none", "all")
    about = About("https://a.example/", "Tea", "en", "article", None, None, None, (), (), told, {}, "utf-8", True, "lxml", None)
    page: PageReport = replace(report(finding()), page=None, about=about)
    reader = reads(written(page, look=Look(past=past)))
    trend = reader.tab.locator(".trend")
    assert trend.locator("h2").inner_text() == "How it went over 4 runs"
    wrong = trend.get_by_role("img").first
    assert wrong.get_attribute("aria-label") == "Pages with a fault or a remark: from 70\u00a0% to 100\u00a0%"
    assert wrong.locator("circle").count() == 4
    trend.locator("summary").click()
    rows = [[cell.strip() for cell in row.inner_text().split("\t")] for row in trend.locator("tbody tr").all()]
    assert [row[0] for row in rows[:3]] == ["2026-01-01", "2026-01-02", "2026-01-03"]
    assert [row[3] for row in rows] == ["7", "6", "5", "1"]
    assert [row[7] for row in rows[:3]] == ["25\u00a0%", "50\u00a0%", "75\u00a0%"]


def test_one_run_has_no_course(reads: Reads, written: Callable[..., Path], report: Any) -> None:
    assert reads(written(report())).tab.locator(".trend").count() == 0


def test_a_copy_of_the_page_stands_in_a_frame_that_runs_nothing(reads: Reads, tabs: Any, tmp_path: Path) -> None:
    source = ROOT / "fixtures" / PLACE
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "tea #1.html").write_bytes(source.read_bytes())
    command = [sys.executable, "-m", "checker", "check", "pages", "--no-cache", "--fail-on", "never", "--output", "html=out/"]
    done = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    reader = reads(tmp_path / "out" / "index.html").of("pages/tea #1.html", show="frozen", finding="1")
    frame = reader.tab.locator("iframe.frozen")
    assert frame.get_attribute("sandbox") == ""
    inner = frame.element_handle().content_frame()
    assert inner is not None
    inner.wait_for_load_state()
    assert inner.locator("#disclosure-checker-notice-1").count() == 1
    assert inner.locator("a.disclosure-checker-link, :has(> #disclosure-checker-link-1)").first.inner_text().endswith("harbor at night")
    # In view, because the address of the frame names the finding.
    assert inner.locator("#disclosure-checker-finding-1").bounding_box() is not None
    assert inner.url.endswith("#disclosure-checker-finding-1")
    assert (tabs.asked, tabs.faults) == ([], [])
