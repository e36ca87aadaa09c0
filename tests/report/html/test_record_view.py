"""Record: what was covered and what not, what is waived and by whom, what the baseline knows, and by which settings it was judged."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Reads = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[3]
SETTINGS = """
[[waive]]
path = "amp-late-notice/page.html"
rules = ["AFF002"]
reason = "told in the show itself"
owner = "sound desk"
expires_on = 2099-12-31

[[waive]]
path = "home-page/page.html"
rules = ["LNK201"]
reason = "a waiver of nothing"
"""


def checker(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "checker", *words], cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A run with pages that are waived, known, broken, missing and left out."""
    above = tmp_path_factory.mktemp("audited")
    folder = above / "site"
    folder.mkdir()
    for name in ("amp-late-notice", "home-page", "footer-notice-fr", "news-no-notice", "posted-by-admin"):
        shutil.copytree(ROOT / "fixtures" / "pages" / name, folder / name)
    (folder / "disclosure-checker.toml").write_text(SETTINGS, "utf-8")
    (folder / "broken.html").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    done = checker(folder, "baseline", "create", "news-no-notice", "--no-cache")
    assert done.returncode == 0, done.stderr
    words = (
        "--no-cache",
        "--baseline",
        "disclosure-baseline.jsonl",
        "--exclude",
        "posted-by-admin/**",
        "--output",
        "html=../report.html",
        "--output",
        "json=../report.json",
    )
    done = checker(folder, "check", ".", "broken.html", "gone.html", *words)
    assert done.returncode == 1, done.stderr
    return above / "report.html", json.loads((above / "report.json").read_text("utf-8"))


def facts(reader: Any) -> dict[str, str]:
    names = reader.tab.locator("main dl.facts dt").all_inner_texts()
    return dict(zip(names, reader.tab.locator("main dl.facts dd").all_inner_texts(), strict=True))


def section(reader: Any, nth: int) -> str:
    return str(reader.tab.locator("main > section").nth(nth).inner_text())


def test_every_input_is_accounted_for(reads: Reads, audited: tuple[Path, dict[str, Any]]) -> None:
    path, report = audited
    reader = reads(path, "#view=record")
    inputs = report["summary"]["inputs"]
    shown = list(map(int, [text for text in facts(reader).values() if text.isdigit()]))
    assert shown[:4] == [inputs[name] for name in ("discovered", "checked", "not_checked", "skipped")]
    assert inputs["excluded"] == 1
    assert inputs["excluded"] in shown
    coverage = section(reader, 0)
    for page in report["pages"]:
        if page["status"] == "not_checked":
            assert page["source"] in coverage
    assert {page["source"] for page in report["pages"] if page["status"] == "not_checked"} == {"broken.html", "gone.html"}
    reader.click("main > section a[href*='gone.html']")
    assert reader.address["page"] == "gone.html"
    # Nothing is known of it, which is never told as good.
    assert "not checked" in reader.tab.inner_text("main").lower()
    assert reader.tab.locator(".findings .card").count() == 0
    assert reader.tab.locator(".tag.ok").count() == 0


def test_waivers_with_who_and_until_when_and_what_became_of_them(reads: Reads, audited: tuple[Path, dict[str, Any]]) -> None:
    path, report = audited
    reader = reads(path, "#view=record")
    lines = reader.tab.locator("main table").first.locator("tbody tr")
    assert lines.count() == len(report["waivers"]) == 2
    for line, waiver in zip(lines.all_inner_texts(), report["waivers"], strict=True):
        for due in (waiver["reason"], *waiver["rules"], waiver["owner"], waiver["expires_on"]):
            assert (due or "") in line
    cells = [line.locator("td").last.inner_text() for line in lines.all()]
    assert cells == [str(waiver["findings"]) for waiver in report["waivers"]] == ["1", "0"]


def test_waived_and_known_findings_lead_to_their_pages(reads: Reads, audited: tuple[Path, dict[str, Any]]) -> None:
    path, report = audited
    reader = reads(path, "#view=record")
    due = [(finding["source"], finding["rule"], finding["state"]) for finding in report["findings"] if finding["state"] != "new"]
    assert {state for *_, state in due} == {"suppressed", "baselined"}
    lines = reader.tab.locator("main > section:nth-of-type(2) details li")
    assert lines.count() == len(due)
    for line, (source, rule, state) in zip(lines.all(), due, strict=True):
        assert rule in line.inner_text()
        assert state in line.inner_text()
        assert source.replace("/", "%2F") in line.locator("a").get_attribute("href")
    known = next(nth for nth, (*_, state) in enumerate(due) if state == "suppressed")
    lines.nth(known).locator("a").click()
    card = reader.settled().tab.locator(".finding.waived")
    assert "told in the show itself" in card.inner_text()
    assert "sound desk" in card.inner_text()


def test_pages_with_waived_findings_can_be_filtered(reads: Reads, audited: tuple[Path, dict[str, Any]]) -> None:
    path, report = audited
    reader = reads(path, "#view=pages&state=waived")
    assert set(reader.rows) == {finding["source"] for finding in report["findings"] if finding["state"] != "new"}
    # What is known counts as no fault: the page is none that needs a change, and the overview says that there are such.
    new = {finding["source"] for finding in report["findings"] if finding["state"] == "new" and finding["severity"] != "info"}
    assert set(reader.at("#view=pages&state=wrong").rows) == new
    reader.at()
    assert "waived" in reader.tab.inner_text(".lead")
    reader.click(".lead a[href*='view=record']")
    assert reader.address["view"] == "record"


def test_what_the_settings_are_told_stands_there(reads: Reads, audited: tuple[Path, dict[str, Any]]) -> None:
    path, report = audited
    reader = reads(path, "#view=record")
    unused = next(finding for finding in report["findings"] if finding["rule"].startswith("WVR"))
    assert unused["message"] in reader.tab.inner_text("main")
    assert unused["source"] not in reader.at("#view=pages").rows


def test_settings_used(reads: Reads, audited: tuple[Path, dict[str, Any]]) -> None:
    path, report = audited
    reader = reads(path, "#view=record")
    text = section(reader, -1)
    for due in (report["tool"]["version"], *report["profiles"], report["fail_on"], "--baseline disclosure-baseline.jsonl"):
        assert due in text
    details = reader.tab.locator("main > section").last.locator("details")
    details.first.locator("summary").click()
    rules = details.first.locator("tbody tr")
    assert rules.count() == len(report["rules"])
    first = report["rules"][0]
    assert first["id"] in rules.first.inner_text()
    details.last.locator("summary").click()
    links = details.last.locator("a").all()
    assert len(links) > 10
    assert {link.get_attribute("href").split(":")[0] for link in links} == {"https"}
    assert reader.tab.evaluate("() => [...document.querySelectorAll('a[target]')].every(link => link.rel.includes('noopener'))")
