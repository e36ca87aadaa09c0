"""What a bundle holds, that it holds, and that its pages are judged again as they were, wherever and without the network."""

from __future__ import annotations

import hashlib
import json
import shutil
import socket
import zipfile
from pathlib import Path
from typing import Any

import pytest

from checker import schemas
from checker.evidence.chosen import Chosen
from checker.evidence.manifest import read
from checker.report.saved import load
from tests.evidence.conftest import DOM, LINK, NOTICE, STYLE, Call, manifest_of, one, story


def test_a_folder_and_what_lies_in_it(site: Path, call: Call) -> None:
    assert call("check", "public", "--evidence", "ev", "--output", "json=report.json").exit_code == 1
    names = sorted(path.relative_to("ev").as_posix() for path in Path("ev").rglob("*") if path.is_file())
    assert [name.rpartition("/")[2] for name in names] == ["manifest.json", *["measurements.json", "page.warc"] * 3, "report.json"]
    told = manifest_of(Path("ev"))
    assert schemas.validate("evidence", told) == []
    assert [entry["path"] for entry in told["files"]] == [name for name in names if name != "manifest.json"]
    assert all(hashlib.sha256(Path("ev", entry["path"]).read_bytes()).hexdigest() == entry["sha256"] for entry in told["files"])
    assert [page["source"] for page in told["pages"]] == ["public/clean.html", "public/paid.html", "public/told.html"]
    assert told["started_at"] <= told["ended_at"]
    assert told["settings"]["profiles"] == ["us"]
    inside, outside = load(Path("ev/report.json")), load(Path("report.json"))
    assert (inside.findings, inside.pages) == (outside.findings, outside.pages)
    done = call("evidence", "verify", "ev")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "disclosure-checker: exit 0 (ok): 7 files as written; 3 pages judged again as the report says; no timestamp\n"


def test_an_archive_is_the_same_and_comes_out_the_same_twice(site: Path, call: Call) -> None:
    for name in ("one.zip", "two.ZIP"):
        assert call("check", "public", "--evidence", name, "--reproducible", "--jobs", "2").exit_code == 1
    assert Path("one.zip").read_bytes() == Path("two.ZIP").read_bytes()
    assert sorted(path.name for path in site.iterdir()) == ["one.zip", "public", "two.ZIP"]
    assert call("evidence", "verify", "one.zip").exit_code == 0
    with zipfile.ZipFile("one.zip") as archive:
        archive.extractall("unpacked")
    assert call("evidence", "verify", "unpacked").exit_code == 0
    told = manifest_of(Path("unpacked"))
    assert (told["started_at"], told["ended_at"]) == (None, None)
    assert b"WARC-Date: 1970-01-01T00:00:00Z" in one(Path("unpacked"), "page.warc").read_bytes()


def test_the_archive_of_a_page_is_one_for_everybody(site: Path, call: Call) -> None:
    from warcio.archiveiterator import ArchiveIterator

    call("check", "public/paid.html", "--evidence", "ev")
    path = one(Path("ev"), "page.warc")
    with path.open("rb") as file:
        records = [(each.rec_type, each.content_stream().read(), each.digest_checker.passed) for each in ArchiveIterator(file, check_digests=True)]
    assert [kind for kind, _, _ in records] == ["warcinfo", "resource"]
    assert records[1][1] == Path("public/paid.html").read_bytes()
    assert False not in [passed for _, _, passed in records]
    before = load_findings(call("check", "public/paid.html", "--output", "json", "--no-cache").stdout)
    assert load_findings(call("check", path, "--output", "json").stdout) == before


def load_findings(text: str) -> list[tuple[str, str]]:
    return [(finding["rule"], finding["fingerprint"]) for finding in json.loads(text)["findings"]]


def test_a_page_that_was_drawn_is_judged_again_without_a_browser(drawn: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: Any, **__: Any) -> Any:
        raise AssertionError("somebody is asked")

    report = load(drawn / "report.json")
    assert {"AFF005", "AFF001"} & {finding["rule"] for finding in report.findings if finding["basis"] == "rendered"}
    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, nobody)
    monkeypatch.setattr("checker.render.browser.Browser.__init__", nobody)
    done = call("evidence", "verify", drawn)
    assert done.stderr == "disclosure-checker: exit 0 (ok): 9 files as written; 2 pages judged again as the report says; no timestamp\n"
    archive = one(drawn, "page.warc").read_bytes()
    assert STYLE in archive
    assert b"https://page.invalid/a.css?token=***" in archive
    assert b"secret" not in archive
    assert b"HTTP/1.1 404 Not Found" in archive
    assert one(drawn, "390x844.html").read_text("utf-8") == DOM
    assert manifest_of(drawn)["browsers"] == ["HeadlessChrome/1.2"]


def test_where_it_is_looked_at_makes_no_difference(site: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("disclosure-checker.toml").write_text(
        '[page-types]\nreview_or_guide = "public/paid*"\n[sections]\nkettles = ["public/*"]\n'
        '[[overrides]]\npath = "public/told.html"\nignore = ["AUT"]\nseverity = { PRG101 = "error" }\n'
    )
    inside = site / "public"
    monkeypatch.chdir(inside)
    assert call("check", "paid.html", "./told.html", "../public/clean.html", "--evidence", "../ev").exit_code == 1
    (site / "elsewhere" / "deep").mkdir(parents=True)
    shutil.move(site / "ev", site / "elsewhere" / "ev")
    shutil.rmtree(inside / "nothing", ignore_errors=True)
    for place in (site / "elsewhere" / "deep", site):
        monkeypatch.chdir(place)
        done = call("evidence", "verify", site / "elsewhere" / "ev")
        assert (done.exit_code, done.stdout) == (0, ""), done.output
    assert "3 pages judged again as the report says" in done.stderr


def test_pages_of_one_key_have_a_folder_each(site: Path, call: Call) -> None:
    head = '<link rel="canonical" href="https://tea.example/kettle">'
    for name in ("a.html", "b.html"):
        Path("public", name).write_text(story(NOTICE, head=head), "utf-8")
    Path("public/c.html").write_text(Path("public/a.html").read_text("utf-8"), "utf-8")
    call("check", "public/a.html", "public/b.html", "public/c.html", "--evidence", "ev")
    assert len(list(Path("ev/pages").iterdir())) == 3
    assert call("evidence", "verify", "ev").exit_code == 0


def test_what_pages_of_a_story_say_of_each_other_is_judged_again(site: Path, call: Call) -> None:
    link = '<p>Get <a rel="sponsored" href="https://www.amazon.com/dp/B000000001?tag=teablog-20">the kettle</a> at Amazon.</p>'
    canonical = '<meta property="og:type" content="article"><link rel="canonical" href="https://tea.example/tea">'
    main = story(NOTICE, link, head=canonical + '<link rel="amphtml" href="https://tea.example/amp/tea">')
    twin = story(link, head=canonical).replace("<html lang", "<html amp lang")
    Path("a.html").write_text(main, "utf-8")
    Path("b.html").write_text(twin, "utf-8")
    call("check", "a.html", "b.html", "--evidence", "ev")
    assert "AFF024" in {finding["rule"] for finding in load(Path("ev/report.json")).findings}
    done = call("evidence", "verify", "ev")
    assert (done.exit_code, done.stdout) == (0, ""), done.output


def test_what_is_waived_by_the_page_the_settings_and_a_baseline(site: Path, call: Call) -> None:
    waived = story("<!-- disclosure-checker: ignore AFF001 -- told elsewhere -->", LINK)
    Path("public/own.html").write_text(waived, "utf-8")
    Path("disclosure-checker.toml").write_text('[[waive]]\npath = "public/paid.html"\nrules = ["AFF001"]\nreason = "an old page"\n')
    call("baseline", "create", "public", "--baseline", "known.jsonl")
    done = call("check", "public", "--baseline", "known.jsonl", "--evidence", "ev")
    states = {finding["state"] for finding in load(Path("ev/report.json")).findings}
    assert {"suppressed", "baselined"} <= states, done.output
    done = call("evidence", "verify", "ev")
    assert (done.exit_code, done.stdout) == (0, ""), done.output


def test_pages_of_archives_and_standard_input(site: Path, call: Call) -> None:
    with zipfile.ZipFile("site.zip", "w") as archive:
        archive.write("public/paid.html", "blog/paid.html")
    call("check", "site.zip", "-", "--stdin-url", "https://tea.example/told", "--evidence", "ev", stdin=Path("public/told.html").read_bytes())
    told = [json.loads(path.read_text("utf-8"))["source"] for path in sorted(Path("ev").rglob("measurements.json"))]
    assert sorted((each["name"], each["url"], each["fetched"]) for each in told) == [
        ("-", "https://tea.example/told", True),
        ("site.zip#blog/paid.html", None, False),
    ]
    done = call("evidence", "verify", "ev")
    assert (done.exit_code, done.stdout) == (0, ""), done.output


def test_a_page_that_a_server_answered_with(site: Path, call: Call) -> None:
    from checker.evidence.keeper import PageKeeper
    from checker.evidence.measurements import measured
    from checker.evidence.opened import opened
    from checker.evidence.records import body_in
    from checker.model import Http, Source
    from checker.render.proof import Proof
    from checker.scale.page import check_page
    from checker.scale.rulebook import load as load_rules
    from checker.scale.task import Choice
    from checker.site import Site

    url = "https://tea.example/kettle?page=2"
    http = Http(200, "text/html; charset=windows-1252", ("https://ada:pass@tea.example/old",), url)
    source = Source(url, Path("public/paid.html").read_bytes(), url=url, charset="windows-1252", fetched=True, http=http, robots="noindex")
    rules = load_rules()
    report = check_page(source, rules, Choice().plans(rules.rules))
    PageKeeper(str(site), Site(), "0.1.0").keep(report, source, Proof(url, None))
    path = one(site, "page.warc")
    with opened(path.parent) as files:
        assert body_in(files, "page.warc") == source.body
    assert b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1252\r\nX-Robots-Tag: noindex\r\nContent-Length:" in path.read_bytes()
    text = (path.parent / "measurements.json").read_text("utf-8")
    assert "pass" not in text
    kept = measured(json.loads(text), "m").source
    assert (kept.url, kept.charset, kept.robots, kept.fetched, kept.name) == (url, "windows-1252", "noindex", True, url)
    assert kept.http is not None
    assert kept.http.redirects == ("https://***@tea.example/old",)


def test_a_page_that_could_not_be_checked_is_counted(site: Path, call: Call) -> None:
    Path("public/empty.html").touch()
    call("check", "public", "--evidence", "ev", "--allow-incomplete")
    done = call("evidence", "verify", "ev")
    assert done.exit_code == 0
    assert "3 pages judged again as the report says; 1 not checked in the run" in done.stderr


def test_rules_of_ones_own(site: Path, call: Call) -> None:
    pack = Path(__file__).parents[2] / "fixtures" / "packs" / "harbour"
    assert call("check", "public", "--pack", pack, "--profile", "us,harbour", "--evidence", "ev").exit_code == 1
    assert [each["name"] for each in manifest_of(Path("ev"))["packs"]] == ["harbour"]
    assert call("evidence", "verify", "ev", "--pack", pack).exit_code == 0
    done = call("evidence", "verify", "ev")
    assert done.exit_code == 2
    assert 'there is no profile "harbour"' in done.stderr
    assert "it was made with the pack harbour: --pack FOLDER" in done.stderr
    (site / "own").mkdir()
    shutil.copytree(pack, site / "own" / "harbour")
    rule = next((site / "own" / "harbour").glob("*/*.toml"))
    rule.write_text(rule.read_text("utf-8") + "\n# a remark\n", "utf-8")
    done = call("evidence", "verify", "ev", "--pack", "own/harbour")
    assert done.exit_code == 0
    assert done.stdout == "note: its rules were other ones than those that are here; its packs were harbour\n"


def test_settings_come_back_as_they_were(site: Path, call: Call) -> None:
    Path("disclosure-checker.toml").write_text(
        'profiles = ["us", "amazon"]\nselect = ["AFF", "PRG"]\nignore = ["AFF009"]\nmandatory = ["AFF001"]\nmessage-language = "de"\n'
        'inline-waivers = "never"\nwaiver-reason = "optional"\nremap = ["https://staging.example=https://tea.example"]\n'
        '[severity]\nAFF002 = "info"\n[page-types]\narticle = "public/a*"\n[sections]\ntea = ["public/**", "https://tea.example/*"]\n'
        '[[source-map]]\nurl = "https://tea.example/*"\npath = "public/*"\n'
        '[[overrides]]\nurl = "https://tea.example/x"\nprofiles = ["de"]\nselect = []\nignore = ["AFF007"]\nseverity = { AFF003 = "error" }\n'
    )
    done = call("check", "public", "--evidence", "ev")
    assert Path("ev/manifest.json").exists(), done.output
    manifest = read(Path("ev/manifest.json").read_bytes())
    chosen = manifest.chosen
    assert Chosen.of(json.loads(json.dumps(chosen.entry()))) == chosen
    assert chosen.selection.profiles == ("us", "amazon")
    assert chosen.overrides[0].select == ()
    assert chosen.site.folder == ""
    assert (chosen.language, chosen.directives, chosen.reason_needed, chosen.sizes) == ("de", "never", False, None)
    done = call("evidence", "verify", "ev")
    assert (done.exit_code, done.stdout) == (0, ""), done.output


# Where it is kept ----------------------------------------------------------------------------------------------------------------------


def refused(call: Call, told: str, *words: str) -> None:
    done = call("check", *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"disclosure-checker: exit 2 (error): {told}\n"


def test_nothing_is_written_over(site: Path, call: Call) -> None:
    Path("full").mkdir()
    Path("full/mine.txt").touch()
    Path("ev.zip").write_bytes(b"mine")
    refused(call, "the folder full is not empty; evidence is never written over anything", "public", "--evidence", "full")
    refused(call, "ev.zip is there already; evidence is never written over anything", "public", "--evidence", "ev.zip")
    refused(call, "full/mine.txt is there already; evidence is never written over anything", "public", "--evidence", "full/mine.txt")
    refused(call, "cannot write ev/report.json: the evidence is kept there", "public", "--evidence", "ev", "--output", "json=ev/report.json")
    refused(call, "cannot write no/ev.zip: there is no folder no", "public", "--evidence", "no/ev.zip")
    refused(
        call,
        "no evidence is kept in public/ev: public is searched for pages, and evidence holds some; name a folder elsewhere, or ev.zip",
        *("public", "--evidence", "public/ev"),
    )
    assert sorted(path.name for path in site.iterdir()) == ["ev.zip", "full", "public"]
    assert Path("ev.zip").read_bytes() == b"mine"
    assert call("check", "public", "--evidence", "public/.ev").exit_code == 1
    Path("free").mkdir()
    assert call("check", "public", "--evidence", "free").exit_code == 1
    assert call("evidence", "verify", "free").exit_code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--timestamp-url", "https://time.example"], "--timestamp-url says who stamps evidence: it needs --evidence PLACE"),
        (["--evidence", "ev", "--fix"], "--evidence keeps pages as they were judged, and --fix changes them; repair them first"),
        (
            ["--evidence", "ev", "--journal", "j"],
            "--evidence keeps what a run judges itself, and --journal has pages that another run judged; leave one of them out",
        ),
        (
            ["--evidence", "ev", "--read-image-files"],
            "--evidence does not keep the files of pictures, so that --read-image-files could not be judged again; leave one of them out",
        ),
        (["--evidence", "ev", "--timestamp-url", "time.example"], "--timestamp-url is an address with http:// or https://, not 'time.example'"),
    ],
)
def test_what_does_not_go_together(site: Path, call: Call, words: list[str], told: str) -> None:
    refused(call, told, "public", *words)
    assert sorted(path.name for path in site.iterdir()) == ["public"]


def test_a_run_that_fails_leaves_nothing_or_a_bundle_without_manifest(site: Path, call: Call) -> None:
    refused(call, "cannot write no/r.json: there is no folder no", "public", "--evidence", "a/b/ev", "--output", "json=no/r.json")
    assert sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.suffix != ".html") == ["a", "a/b", "public"]
    refused(call, "cannot write no/r.json: there is no folder no", "public", "--evidence", "ev.zip", "--output", "json=no/r.json")
    assert not list(site.glob("*ev.zip*"))


def test_a_run_that_is_killed(site: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    from checker.evidence.bundle import Bundle

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Bundle, "finish", dies)
    for place in ("ev", "ev.zip"):
        assert call("check", "public", "--evidence", place).exit_code == 130
    assert not list(site.glob("*ev.zip*"))
    done = call("evidence", "verify", "ev")
    assert done.exit_code == 3
    assert done.stderr == "disclosure-checker: exit 3 (incomplete): ev has no manifest.json: the run that made it was cut, or somebody took it away\n"


def test_what_a_process_left_that_was_ended_is_swept(site: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    from checker.evidence.bundle import Bundle

    begin = Bundle.__init__

    def begun(self: Bundle, path: Path) -> None:
        begin(self, path)
        for name in (".x.1.part", "of-a-page-that-timed-out"):
            (path / "pages" / name).mkdir()
            (path / "pages" / name / "page.warc").touch()

    monkeypatch.setattr(Bundle, "__init__", begun)
    call("check", "public", "--evidence", "ev")
    assert len(list(Path("ev/pages").iterdir())) == 3
    assert call("evidence", "verify", "ev").exit_code == 0


def test_a_place_that_cannot_be_written(site: Path, call: Call) -> None:
    Path("file").touch()
    refused(call, "the evidence file/ev cannot be written: Not a directory", "public", "--evidence", "file/ev")
