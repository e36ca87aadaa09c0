import json
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checker.engine.overrides import Override, Selection
from checker.model import NotCheckedReason, Outcome, PageReport, Severity, Source
from checker.report import FORMATS, make
from checker.report.run import Closing, Look, Report
from checker.report.summary import counted
from checker.scale import cache
from checker.scale.cache import Cache, opened
from checker.scale.header import Clock
from checker.scale.task import CheckJob, Choice
from checker.scopes import Scope
from checker.site import Site
from checker.sources.inputs import Item, gather

ROOT = Path(__file__).resolve().parents[2]
PAGE = b"""<!doctype html><html lang="en"><head><title>The kettle</title></head><body><article><h1>The kettle</h1>
<p>By Jane Doe</p><p>Get <a href="https://www.amazon.com/dp/B000000001?tag=teablog-20">it</a>.</p></article></body></html>"""
Judge = Callable[[CheckJob], PageReport]


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page in the current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.html").write_bytes(PAGE)
    return tmp_path / "a.html"


def judged(job: CheckJob, name: str = "a.html") -> PageReport:
    """The page by a job that keeps its results in the folder "kept"."""
    return job.with_cache(Path("kept")).prepare()(Item(name, name))


def results() -> list[Path]:
    """Those of pages; the mark of a sound context and that of the sweep are none."""
    kept = Path("kept", "disclosure-results-1")
    return sorted(path for path in kept.iterdir() if path.name != "swept" and path.read_bytes().partition(b"\n")[2])


def test_the_second_time_the_result_is_the_same_and_comes_from_the_cache(page: Path) -> None:
    first, second = judged(CheckJob()), judged(CheckJob())
    assert first.findings
    assert (first.cached, second.cached) == (False, True)
    assert replace(second, cached=False) == first
    assert len(results()) == 1


@pytest.fixture
def of_pages(tmp_path: Path) -> tuple[list[PageReport], list[PageReport], CheckJob]:
    """What is said of all fixture pages without a cache, and from it."""
    plain = CheckJob(choice=Choice(Selection(profiles=("us", "amazon", "auto")), site=Site(str(ROOT))))
    items = gather([str(ROOT / "fixtures" / "pages"), str(ROOT / "fixtures" / "hostile")]).items
    kept = plain.with_cache(tmp_path / "kept")
    fill = kept.prepare()
    for item in items:
        fill(item)
    known = [kept.known(item) for item in items]
    do = plain.prepare()
    told = [do(item) for item in items]
    # That a page has no markup, or none that a reader sees, is found out by reading it, each time.
    unkept = [each for each, report in zip(told, known, strict=True) if report is None]
    assert {each.reason for each in unkept} <= {NotCheckedReason.NOT_HTML, NotCheckedReason.CLIENT_RENDERED}
    return [each for each, report in zip(told, known, strict=True) if report is not None], [report for report in known if report is not None], kept


def test_reports_of_cached_pages_are_the_same_in_every_format(of_pages: tuple[list[PageReport], list[PageReport], CheckJob]) -> None:
    plain, cached, job = of_pages
    assert len(plain) == len(cached) > 80
    assert sum(report.cached for report in cached) == sum(report.status == "checked" for report in plain) > 80
    run = replace(job.header("warning", Clock("0", 1, blank=True)), volatile={})
    for name in FORMATS:
        looks = [Look(), Look(quiet=True), Look(colour=True, links=True, statistics=True), Look(sarif_target="github")]
        for look in looks:
            first, second = (whole(make(name, FORMATS, look), run, reports) for reports in (plain, cached))
            assert first == second, name
            assert len(first) > 100


def whole(report: Report, run: Any, pages: list[PageReport]) -> str:
    closing = Closing(counted(pages), 1, "findings", "disclosure-checker: exit 1 (findings): …")
    return report.start(run) + "".join(report.page(page) for page in pages) + report.end(closing)


def test_findings_come_back_whole(of_pages: tuple[list[PageReport], list[PageReport], CheckJob]) -> None:
    for plain, cached in zip(*of_pages[:2], strict=True):
        assert replace(cached, cached=False) == plain


def other_language() -> CheckJob:
    return CheckJob(choice=Choice(language="de"))


SELECTION = Selection()
OTHERS: dict[str, CheckJob] = {
    "profile": CheckJob(choice=Choice(replace(SELECTION, profiles=("us", "amazon")))),
    "select": CheckJob(choice=Choice(replace(SELECTION, select=("AFF",)))),
    "ignore": CheckJob(choice=Choice(replace(SELECTION, ignore=("AFF001",)))),
    "severity": CheckJob(choice=Choice(replace(SELECTION, severities=(("AFF001", Severity.INFO),)))),
    "mandatory": CheckJob(choice=Choice(replace(SELECTION, mandatory=("AFF001",)))),
    "override": CheckJob(choice=Choice(overrides=(Override(Scope(("a.html",)), ignore=("AFF",)),))),
    "language": other_language(),
    "directives": CheckJob(choice=Choice(directives="never")),
    "reason": CheckJob(choice=Choice(reason_needed=False)),
    "page type": CheckJob(choice=Choice(site=Site(page_types=(("recipe", Scope(("a.html",))),)))),
    "section": CheckJob(choice=Choice(site=Site(sections=(("tea", Scope(("a.html",))),)))),
    "remap": CheckJob(choice=Choice(site=Site(remap=(("https://a.example", "https://b.example"),)))),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_other_settings_have_results_of_their_own_and_do_not_drive_out_the_first(page: Path, other: CheckJob) -> None:
    judged(CheckJob())
    found = judged(other)
    assert not found.cached
    assert found == other.prepare()(Item("a.html", "a.html"))
    assert judged(other).cached
    assert judged(CheckJob()).cached
    assert len(results()) == 2


def test_every_choice_reaches_the_context(page: Path) -> None:
    """A field that is added to the choice must be part of what results are kept by."""
    from dataclasses import fields

    told = {"selection": "profile", "overrides": "override", "site": "remap", "language": "language", "directives": "directives"}
    never_kept = {"read_image_files", "render"}
    assert {field.name for field in fields(Choice)} == {*told, "reason_needed", *never_kept}
    assert set(told.values()) <= OTHERS.keys()


@pytest.mark.parametrize(
    "change", [lambda body: body + b" ", lambda body: body.replace(b"Jane", b"June"), lambda body: body.replace(b"it<", b"\xe9<")]
)
def test_a_changed_byte_is_another_page(page: Path, change: Callable[[bytes], bytes]) -> None:
    judged(CheckJob())
    page.write_bytes(change(PAGE))
    assert not judged(CheckJob()).cached
    page.write_bytes(PAGE)
    assert judged(CheckJob()).cached


def test_another_name_is_another_page(page: Path) -> None:
    judged(CheckJob())
    page.rename("b.html")
    found = judged(CheckJob(), "b.html")
    assert (found.cached, found.source, found.page_key) == (False, "b.html", "b.html")
    assert {finding.page_key for finding in found.findings} == {"b.html"}


def test_where_a_name_is_told_from(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = CheckJob(choice=Choice(site=Site(str(page.parent))))
    keys = set()
    for folder in (".", "x", "x/y"):
        here = page.parent / folder
        here.mkdir(exist_ok=True)
        (here / "a.html").write_bytes(PAGE)
        monkeypatch.chdir(here)
        found = job.with_cache(page.parent / "kept").prepare()
        for name in ("a.html", str(here / "a.html"), f"../{here.name}/a.html"):
            report = found(Item(name, name))
            keys.add((folder, report.page_key))
            assert report.page_key == job.prepare()(Item(name, name)).page_key
    assert keys == {(".", "a.html"), ("x", "x/a.html"), ("x/y", "x/y/a.html")}


def test_a_site_that_was_moved_as_a_whole_keeps_its_results(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "a.html").write_bytes(PAGE)
        monkeypatch.chdir(folder)
        job = CheckJob(choice=Choice(site=Site(str(folder))))
        assert job.with_cache(tmp_path / "kept").prepare()(Item("a.html", "a.html")).cached is (name == "two")


def test_a_changed_pack_is_another_pack(page: Path) -> None:
    house = page.parent / "house"
    (house / "words").mkdir(parents=True)
    words = house / "words" / "notice.en.toml"
    words.write_text((ROOT / "rules" / "words" / "notice.en.toml").read_text("utf-8"), "utf-8")
    job = CheckJob(packs=(house,))
    judged(job)
    assert judged(job).cached
    assert not judged(CheckJob()).cached
    words.write_text(words.read_text("utf-8") + "\n# another day\n", "utf-8")
    assert not judged(job).cached


def test_a_changed_program_is_another_program(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged(CheckJob())
    monkeypatch.setattr(cache, "program", lambda: "a line was changed")
    assert not judged(CheckJob()).cached


@pytest.mark.parametrize(
    "damage",
    [
        lambda body: body[:0],
        lambda body: body[:-1],
        lambda body: body[: len(body) // 2],
        lambda body: body.partition(b"\n")[2],
        lambda body: body.replace(b"AFF001", b"AFF002"),
        lambda body: b"\x80" + body,
        lambda body: body + b" " * cache._MOST_RECORD,
    ],
)
def test_what_is_damaged_is_passed_over_and_written_anew(page: Path, damage: Callable[[bytes], bytes]) -> None:
    first = judged(CheckJob())
    (record,) = results()
    whole = record.read_bytes()
    record.write_bytes(damage(whole))
    assert judged(CheckJob()) == first
    assert record.read_bytes() == whole


@pytest.mark.parametrize("payload", ["", "null", "[]", "[{}, []]", '[{"source": 1}, 5]', "[" * 50_000, "NaN", '[{"status": "checked"}, {}]'])
def test_what_is_whole_and_of_another_shape_is_passed_over(page: Path, payload: str) -> None:
    first = judged(CheckJob())
    (record,) = results()
    record.write_bytes(cache._HEAD + cache._sum(record.name, payload.encode()) + b"\n" + payload.encode())
    assert judged(CheckJob()) == first
    assert judged(CheckJob()).cached


def test_a_result_under_the_name_of_another_is_foreign(page: Path) -> None:
    judged(CheckJob())
    (mine,) = results()
    page.write_bytes(PAGE.replace(b"amazon", b"example"))
    clean = judged(CheckJob())
    other = next(path for path in results() if path != mine)
    mine.write_bytes(other.read_bytes())
    page.write_bytes(PAGE)
    assert judged(CheckJob()) != clean


def test_a_link_in_place_of_a_result_is_neither_read_nor_followed(page: Path, tmp_path: Path) -> None:
    first = judged(CheckJob())
    (record,) = results()
    precious = tmp_path / "precious"
    precious.write_bytes(record.read_bytes())
    before = precious.read_bytes()
    record.unlink()
    record.symlink_to(precious)
    assert judged(CheckJob()) == first
    assert (record.is_symlink(), precious.read_bytes()) == (False, before)


def test_a_pipe_in_place_of_a_result_does_not_hang(page: Path) -> None:
    first = judged(CheckJob())
    (record,) = results()
    record.unlink()
    os.mkfifo(record)
    assert judged(CheckJob()) == first


def test_a_folder_that_is_a_link_is_not_used(page: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    Path("kept").symlink_to(outside)
    assert not judged(CheckJob()).cached
    Path("kept").unlink()
    Path("kept").mkdir()
    Path("kept", "disclosure-results-1").symlink_to(outside)
    assert not judged(CheckJob()).cached
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("place", ["a.html", "a.html/kept", "x\0y", "x" * 300])
def test_where_no_folder_can_be_the_run_goes_on_without(page: Path, place: str) -> None:
    job = CheckJob().with_cache(Path(place))
    assert job.cache is None
    assert job.prepare()(Item("a.html", "a.html")).findings


def test_a_folder_that_cannot_be_written_is_read_all_the_same(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = judged(CheckJob())

    def refused(path: Any, body: bytes) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(cache, "_write_new", refused)
    assert judged(CheckJob()).cached
    page.write_bytes(PAGE + b" ")
    assert judged(CheckJob()) != first
    assert not judged(CheckJob()).cached
    assert not list(Path("kept").rglob("*.part"))


def test_the_folder_is_marked_only_where_it_is_ours(page: Path) -> None:
    Path("theirs").mkdir()
    Path("theirs", "b.txt").touch()
    CheckJob().with_cache(Path("theirs"))
    CheckJob().with_cache(Path("kept"))
    assert not Path("theirs", ".gitignore").exists()
    assert Path("kept", ".gitignore").read_text("utf-8") == "*\n"
    assert Path("kept", "CACHEDIR.TAG").read_text("utf-8").startswith("Signature: 8a477f597d28d172789f06886806bc55\n")


def test_results_that_are_part_of_the_repository_are_not_believed(page: Path) -> None:
    judged(CheckJob())
    Path(".git").mkdir()
    Path(".git", "index").write_bytes(b"DIRC\0\0\0\x02 kept/disclosure-results-1/ab")
    assert CheckJob().with_cache(Path("kept")).cache is None


def test_what_went_wrong_is_not_kept(page: Path) -> None:
    found = opened(Path("kept"), "x", "")
    assert found is not None
    source = Source("a.html", PAGE, "a.html")
    fine = CheckJob().prepare()(Item("a.html", "a.html"))
    unread = PageReport("a.html", "not_checked", "a.html", NotCheckedReason.CRASHED)
    for report in (unread, replace(fine, problems=("AFF001: it crashed",)), replace(fine, outcomes={"AFF001": Outcome.NOT_CHECKED})):
        found.keep(source, report)
        assert found.find(source) is None
    found.keep(source, fine)
    assert found.find(source) == replace(fine, cached=True)


@pytest.mark.parametrize("job", [CheckJob(timed=True), CheckJob(choice=Choice(read_image_files=True))])
def test_runs_that_ask_for_more_than_a_result_holds_keep_none(page: Path, job: CheckJob) -> None:
    assert job.with_cache(Path("kept")) == job
    assert not Path("kept").exists()


def test_standard_input_and_foreign_sources_are_not_kept(page: Path) -> None:
    do = CheckJob().with_cache(Path("kept")).prepare()
    for item in (Item("-", None, given=Source("-", PAGE)), Item("a.html", "a.html", given=Source("a.html", PAGE, "a.html"))):
        assert do(item).findings
    assert results() == []


def test_checks_of_other_packages_are_code_that_nobody_knows(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import checker.checks

    ours = {name: check for name, check in checker.checks.by_name().items() if name != "has-author"}
    monkeypatch.setattr(checker.checks, "by_name", lambda: ours)
    assert CheckJob().with_cache(Path("kept")).cache is None


def test_once_a_context_is_sound_words_are_not_loaded_before_a_page_needs_them(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from checker.scale import task

    job = CheckJob().with_cache(Path("kept"))
    assert job.cache is not None
    Path("gone.html").write_bytes(b"")
    assert not job.cache.sound
    header = job.header("warning", Clock("0", 1, blank=True))
    do = job.prepare()
    first = do(Item("a.html", "a.html"))

    def refused(*_: object) -> None:
        raise AssertionError("all rules and words are loaded")

    with monkeypatch.context() as patch:
        patch.setattr(task, "_rulebook", refused)
        again = CheckJob().with_cache(Path("kept"))
        assert again.header("warning", Clock("0", 1, blank=True)) == header
        assert again.known(Item("a.html", "a.html")) == replace(first, cached=True)
        for name, reason in (("gone.html", "empty"), ("absent.html", "missing")):
            item = Item(name, name)
            assert again.known(item) == do(item)
            assert str(do(item).reason) == reason
    page.write_bytes(PAGE + b" ")
    assert again.known(Item("a.html", "a.html")) is None
    assert again.prepare()(Item("a.html", "a.html")).findings


def aged(path: Path, days: float) -> None:
    then = time.time() - days * 24 * 60 * 60
    os.utime(path, (then, then))


def test_unused_results_are_dropped_once_a_day_and_nothing_else(page: Path) -> None:
    judged(CheckJob())
    (used,) = results()
    folder = used.parent
    old, part, theirs = folder / ("0" * 64), folder / f"{'1' * 64}.{'2' * 16}.part", folder / "notes.txt"
    for path in (old, part, theirs):
        path.write_bytes(b"x")
    aged(old, 31)
    aged(part, 2)
    aged(theirs, 90)
    aged(used, 29)
    judged(CheckJob())
    assert old.exists()
    aged(folder / "swept", 2)
    judged(CheckJob())
    assert {path.exists() for path in (old, part)} == {False}
    assert theirs.exists()
    assert time.time() - used.stat().st_mtime < 60


def test_where_there_is_too_much_the_longest_unused_go_first(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged(CheckJob())
    (used,) = results()
    old = used.parent / ("0" * 64)
    old.write_bytes(b"x" * 100)
    aged(old, 3)
    aged(used.parent / "swept", 2)
    monkeypatch.setattr(cache, "_MOST_BYTES", used.stat().st_size + 1_000)
    judged(CheckJob())
    assert (old.exists(), used.exists()) == (True, True)
    monkeypatch.setattr(cache, "_MOST_BYTES", sum(path.stat().st_size for path in used.parent.iterdir()) - 50)
    aged(used.parent / "swept", 2)
    judged(CheckJob())
    assert (old.exists(), used.exists()) == (False, True)


def test_results_are_plain_json_that_says_what_reports_say(page: Path) -> None:
    first = judged(CheckJob())
    (record,) = results()
    entry, findings = json.loads(record.read_bytes().partition(b"\n")[2])
    assert (entry["sha256"], [each["rule"] for each in findings]) == (first.sha256, [finding.rule for finding in first.findings])


def test_a_cache_can_be_told_to_a_process(page: Path) -> None:
    import pickle

    job = CheckJob().with_cache(Path("kept"))
    assert isinstance(job.cache, Cache)
    assert pickle.loads(pickle.dumps(job)) == job  # noqa: S301
