"""Questions: what is answered is exported, and what is exported is what the program takes: waivers in the settings, links in a pack of the house."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checker.model import Finding, Outcome, PageReport, Review, ReviewReason
from checker.scopes import Scope

Reads = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[3]
ASKED = ("own-redirect-bare", "notice-in-greek", "revealed-by-button-it", "revealed-by-plugin", "author-link-sw", "monetiser-script")
_NO, _YES = "fieldset.answer input[value=no]", "fieldset.answer input[value=yes]"


def check(folder: Path, *words: str) -> dict[str, Any]:
    """The report of a run in this folder, as programs read it."""
    command = [sys.executable, "-m", "checker", "check", "pages", "--no-cache", "--fail-on", "never", "--output", "json=report.json", *words]
    done = subprocess.run(command, cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads((folder / "report.json").read_text("utf-8"))
    return told


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """Pages with questions. One stands in a folder whose name means something in a pattern."""
    folder = tmp_path_factory.mktemp("asked")
    for name in ASKED:
        shutil.copytree(ROOT / "fixtures" / "pages" / name, folder / "pages" / ("more [a]*" if name == "author-link-sw" else name))
    return folder, check(folder, "--output", "html=report.html")


def questions(report: dict[str, Any]) -> list[dict[str, Any]]:
    return [finding for finding in report["findings"] if finding["outcome"] == "needs_review"]


def exported(reader: Any, name: str) -> str:
    """The snippet that is to be saved under this name, which the button saves as it is shown."""
    part = reader.tab.locator("#answers section", has=reader.tab.get_by_role("button", name=name))
    shown = str(part.locator("pre code").text_content())
    with reader.tab.expect_download() as download:
        part.get_by_role("button", name=name).click()
    assert download.value.suggested_filename == name
    saved = Path(download.value.path()).read_text("utf-8")
    assert saved.strip() == shown.strip()
    return saved


def test_every_question_stands_there_with_its_pages(reads: Reads, asked: tuple[Path, dict[str, Any]]) -> None:
    folder, report = asked
    reader = reads(folder / "report.html", "#view=questions")
    due = questions(report)
    assert len(due) >= 5
    text = reader.tab.inner_text("main")
    links = reader.tab.evaluate(
        "() => [...document.querySelectorAll('.card .places a')].map(link => Object.fromEntries(new URLSearchParams(link.hash.slice(1))))"
    )
    told = sorted((link["page"], report_number(report, link)) for link in links)
    assert told == sorted((finding["source"], finding["fingerprint"]) for finding in due)
    assert all(finding["review"]["question"] in text for finding in due)


def report_number(report: dict[str, Any], link: dict[str, str]) -> str:
    findings = [finding for finding in report["findings"] if finding["source"] == link["page"]]
    return str(findings[int(link["finding"]) - 1]["fingerprint"])


def test_what_is_fine_is_waived_by_the_exported_snippet_and_nothing_else(reads: Reads, asked: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    folder, report = asked
    reader = reads(folder / "report.html", "#view=questions")
    cards = reader.tab.locator(".card:has(fieldset.answer)")
    fine = set()
    for card in cards.all()[:4] + [card for card in cards.all()[4:] if "%5Ba%5D" in (card.locator(".places a").first.get_attribute("href") or "")]:
        link = reader.tab.evaluate(
            "href => Object.fromEntries(new URLSearchParams(href.slice(1)))", card.locator(".places a").first.get_attribute("href")
        )
        finding = next(each for each in questions(report) if each["fingerprint"] == report_number(report, link) and each["source"] == link["page"])
        card.locator(f"input[value={'no' if finding['review']['yes'] == 'fault' else 'yes'}]").check()
        fine.add((finding["source"], finding["rule"], finding["fingerprint"]))
    snippet = exported(reader.settled(), "waivers.toml")
    waivers = tomllib.loads(snippet)["waive"]
    assert {(each["rules"][0], each["fingerprint"]) for each in waivers} == {each[1:] for each in fine}
    assert all(each["reason"] for each in waivers)
    again = tmp_path / "again"
    shutil.copytree(folder / "pages", again / "pages")
    # As the note asks: with a name as owner.
    (again / "disclosure-checker.toml").write_text(snippet.replace('owner = ""', 'owner = "Ada Quill"'), "utf-8")
    second = check(again)
    waived = {(each["source"], each["rule"], each["fingerprint"]) for each in second["findings"] if each["state"] == "suppressed"}
    assert waived == fine
    assert any("[a]*" in source for source, *_ in waived)
    assert {entry["status"] for entry in second["waivers"]} == {"used"}
    rest = {(each["source"], each["rule"], each["fingerprint"]) for each in second["findings"] if each["state"] == "new"}
    assert rest == {(each["source"], each["rule"], each["fingerprint"]) for each in report["findings"]} - fine


def test_a_host_that_pays_becomes_a_network_of_the_house(reads: Reads, asked: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    folder, report = asked
    source = "pages/monetiser-script/page.html"
    finding = next(each for each in questions(report) if each["source"] == source)
    assert finding["review"]["yes"] == "fault"
    reader = reads(folder / "report.html", "#view=questions")
    card = reader.tab.locator(".card:has(fieldset.answer)", has=reader.tab.locator('a[href*="monetiser-script"]'))
    card.locator("input[value=yes]").check()
    snippet = exported(reader.settled(), "ours.toml")
    (network,) = tomllib.loads(snippet)["network"]
    assert network["link"][0]["hosts"] == [finding["values"]["host"]]
    again = tmp_path / "again"
    shutil.copytree(folder / "pages", again / "pages")
    (again / "house" / "networks").mkdir(parents=True)
    (again / "house" / "networks" / "ours.toml").write_text(snippet, "utf-8")
    second = check(again, "--pack", "house")
    found = [each for each in second["findings"] if each["source"] == source and each["rule"] == finding["rule"]]
    # The question is a fault now, and the link one that certainly pays.
    assert [each["outcome"] for each in found] == ["violation"]
    assert next(page for page in second["pages"] if page["source"] == source)["networks"] == [network["id"]]
    facts = subprocess.run(
        [sys.executable, "-m", "checker", "facts", source, "--pack", "house"],
        cwd=again,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    assert "certain" in {link["affiliate"] for link in json.loads(facts.stdout)["links"]}
    others = [each for each in questions(second) if each["source"] != source]
    assert len(others) == len(questions(report)) - 1


def test_a_redirect_of_ones_own_makes_no_network_of_ones_own_site(reads: Reads, asked: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = asked
    reader = reads(folder / "report.html", "#view=questions")
    card = reader.tab.locator(".card:has(fieldset.answer)", has=reader.tab.locator('a[href*="own-redirect-bare"]'))
    card.locator("input[value=yes]").check()
    reader.settled()
    assert "to be mended" in reader.tab.inner_text("#answers")
    assert reader.tab.get_by_role("button", name="ours.toml").count() == 0


def test_answers_survive_a_reload_and_can_be_taken_back(reads: Reads, asked: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = asked
    reader = reads(folder / "report.html", "#view=questions")
    assert reader.tab.locator("#answers").inner_text() == ""
    reader.tab.locator(_NO).first.check()
    reader.tab.locator(_YES).nth(1).check()
    kept = reader.settled().tab.inner_text("#answers")
    reader.tab.reload()
    assert reader.settled().tab.inner_text("#answers") == kept
    assert reader.tab.locator(_NO).first.is_checked()
    assert reader.tab.locator(_YES).nth(1).is_checked()
    # The page's own view knows them too, and takes them back.
    reader.tab.locator(".card .places a").first.click()
    assert reader.settled().tab.locator(_NO).first.is_checked()
    reader.tab.locator("fieldset.answer input[value='']").first.check()
    reader.at("#view=questions")
    reader.tab.locator("fieldset.answer input[value='']").nth(1).check()
    assert reader.settled().tab.inner_text("#answers") == ""
    reader.tab.reload()
    assert reader.settled().tab.inner_text("#answers") == ""
    assert reader.tab.locator("fieldset.answer input[value='']").first.is_checked()


def test_another_answer_takes_the_place_of_the_first(reads: Reads, asked: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = asked
    reader = reads(folder / "report.html", "#view=questions&rule=AFF005")
    reader.tab.locator(_YES).first.check()
    assert len(tomllib.loads(exported(reader.settled(), "waivers.toml"))["waive"]) >= 1
    reader.tab.locator(_NO).first.check()
    panel = reader.settled().tab.locator("#answers")
    assert panel.locator("pre").count() == 0
    # A fault is no waiver; it leads to what is to be mended.
    panel.locator("li a").first.click()
    assert reader.settled().tab.locator(".finding.chosen").count() == 1


@pytest.fixture
def many(finding: Callable[..., Finding], report: Callable[..., PageReport]) -> list[PageReport]:
    """Twelve pages with the same question about one host, one of them at the root of a site, and one about another host."""
    review = Review(ReviewReason.POSSIBLE_LINKS, "Does the publisher earn money?")
    hosts = ["shop.example"] * 12 + ["other.example"]
    sources = [f"https://tea.example/{'' if nth == 0 else f'story-{nth}'}" for nth in range(13)]
    return [
        replace(
            report(finding(outcome=Outcome.NEEDS_REVIEW, review=replace(review, yes="fault"), values={"host": host}, fingerprint=f"v1:{host}")),
            source=source,
            page_key=source,
        )
        for source, host in zip(sources, hosts, strict=True)
    ]


def test_one_answer_for_all_places_of_the_same_question(reads: Reads, written: Callable[..., Path], many: list[PageReport]) -> None:
    reader = reads(written(*many), "#view=questions")
    cards = reader.tab.locator(".card:has(fieldset.answer)")
    assert cards.count() == 2
    assert "12" in cards.first.inner_text()
    cards.first.locator("summary").first.click()
    assert cards.first.locator(".places a:visible").count() == 12
    cards.first.locator("input[value=no]:visible").first.check()
    waivers = tomllib.loads(exported(reader.settled(), "waivers.toml"))["waive"]
    assert len(waivers) == 12
    # Each waiver is of one page, that at the root of the site too.
    for nth, waiver in enumerate(waivers):
        scope = Scope(urls=(waiver["url"],))
        assert [page.source for page in many if scope.holds(None, page.source)] == [many[nth].source]
    reader.of(many[3].source)
    assert reader.tab.locator(_NO).is_checked()
    # Another answer for one of them leaves the others.
    reader.tab.locator(_YES).check()
    reader.at("#view=questions")
    assert len(tomllib.loads(exported(reader, "waivers.toml"))["waive"]) == 11


def test_a_browser_that_keeps_nothing_still_exports(tabs: Any, asked: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = asked
    tab = tabs.open()
    tab.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })")
    tab.goto((folder / "report.html").as_uri() + "#view=questions")
    tab.locator(_YES).first.check()
    assert tab.locator("#answers").inner_text()
    assert tabs.faults == []
