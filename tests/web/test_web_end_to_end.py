"""One site, by a list of addresses, by its sitemap, by a crawl, and as a web archive recorded from it: the same findings, and nothing lost."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from fixtures.servers.paper import LISTS, PRINTED, SILENT, STORIES, TWINS, Paper
from tests.web.conftest import Done, Program, path_of
from tests.web.recorder import recorded

WAYS = ("addresses", "sitemap", "crawl", "archive")
FETCHED = WAYS[:3]
# What a recorder would wait for.
SLOW = ("/odd/silent", "/odd/stalls", "/odd/drips")
# What becomes of each odd address that was named: "checked", or the reason why not, and what the reader of the report is told.
ODD = {
    "/odd/hop/3": ("checked", None),
    "/odd/loop-a": ("fetch_failed", "its redirects lead in a circle"),
    "/odd/farther": ("capped", "more than 10 redirects"),
    "/odd/abroad": ("checked", None),
    "/odd/metadata": ("forbidden_address", "its host may not be connected to: 169.254.169.254 is not a public address (metadata)"),
    "/odd/file": ("forbidden_address", "it leads to an address that is not of the web"),
    "/odd/slow": ("checked", None),
    "/odd/silent": ("fetch_failed", "nothing came for 0.8 s"),
    "/odd/stalls": ("fetch_failed", "nothing came for 0.8 s"),
    "/odd/drips": ("fetch_failed", "it took longer than 2 s"),
    "/odd/short": ("damaged", "the connection ended before the page did"),
    "/odd/long": ("checked", None),
    "/odd/no-gzip": ("damaged", "it is not the gzip data that it claims to be"),
    "/odd/cut-gzip": ("damaged", "its gzip data end in the middle"),
    "/odd/bomb": ("capped", "it unpacks to more than 200 times its size"),
    "/odd/latin": ("checked", None),
    "/odd/empty": ("empty", "it is empty"),
    "/odd/busy": ("checked", None),
    "/odd/greets": ("checked", None),
    "/odd/members": ("blocked", "the server refuses it (403)"),
    "/odd/preview": ("blocked", "the server refuses it (403)"),
    "/odd/locked": ("blocked", "the server asks for a name and a password (401)"),
    "/odd/fails": ("fetch_failed", "the server failed (503)"),
    "/odd/subscribers": ("login", "it is a page on which readers log in"),
    "/odd/gone": ("not_found", "the page is gone (410)"),
    "/odd/absent": ("not_found", "there is no such page (404)"),
    "/odd/soft": ("not_found", "the page says that there is no such page"),
    "/odd/paper": ("not_html", "the server calls it 'application/pdf'"),
    "/odd/leaflet.pdf": ("not_html", "the server calls it 'application/pdf'"),
    "/odd/closed/diary": ("robots", "the host's robots.txt does not allow it"),
    "/odd/unlisted": ("checked", None),
    "/odd/twice": ("checked", None),
    "/odd/twice?view=full": ("checked", None),
    "/odd/tracked": ("checked", None),
}
ASIDE = "skipped"
# Where a sitemap or a crawl tells it in another way, because nobody named the page.
SITEMAP = {
    "/odd/abroad": (ASIDE, "it leads to another host, localhost"),
    "/odd/paper": (ASIDE, "it is application/pdf, which is no page"),
    "/odd/leaflet.pdf": (ASIDE, "it is named like application/pdf, which is no page"),
}
CRAWL = {
    **SITEMAP,
    "/odd/abroad": (ASIDE, "it leads out of the crawl, to localhost"),
    "/odd/closed/diary": (ASIDE, "robots.txt does not allow it"),
    "/odd/gone": (ASIDE, "a link leads to it, and the page is gone (410)"),
    "/odd/absent": (ASIDE, "a link leads to it, and there is no such page (404)"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("web")


@pytest.fixture(scope="module")
def asked() -> dict[str, list[tuple[float, str]]]:
    """What the server was asked in each of the runs."""
    return {}


@pytest.fixture(scope="module")
def runs(folder: Path, paper: Paper, asked: dict[str, list[tuple[float, str]]]) -> dict[str, Done]:
    """The four ways."""
    done: dict[str, Done] = {}
    for way in WAYS:
        program = Program(folder / way)
        paper.forget()
        match way:
            case "addresses":
                (program.folder / "list").write_text("\n".join(paper.url + path for path in paper.pages()), "utf-8")
                words = ["--files-from", "list"]
            case "sitemap":
                words = ["--sitemap", f"{paper.url}/"]
            case "crawl":
                words = ["--crawl", f"{paper.url}/"]
            case _:
                recorded(paper, [path for path in (*paper.pages(), "/odd/landed") if path not in SLOW], program.folder / "paper.warc.gz")
                paper.forget()
                words = ["paper.warc.gz"]
        done[way] = program.check(*words, jobs=2 if way == "crawl" else 1)
        asked[way] = list(paper.requests)
        assert done[way].report, done[way].err
        program.asks_nobody_else()
    return done


def address(page: dict[str, Any]) -> str:
    """Where the page was found in the end."""
    url: str = page["http"]["url"]
    return url


def judged(done: Done) -> dict[str, Any]:
    """All that was said of each page that was checked, by its address."""
    found: dict[str, list[Any]] = {}
    for each in done.report["findings"]:
        told = [each[name] for name in ("rule", "outcome", "severity", "state", "message", "line", "column", "fingerprint", "anchor", "page_key")]
        found.setdefault(each["source"], []).append(told)
    about = ("page_key", "sha256", "title", "language", "page_type", "verdicts", "counts", "encoding", "outcomes", "address")
    return {
        address(page): ({name: page[name] for name in about}, sorted(found.get(page["source"], ()), key=repr))
        for page in done.report["pages"]
        if page["status"] == "checked"
    }


def fates(done: Done) -> dict[str, tuple[str, str | None]]:
    """What became of each odd address."""
    pages = {path_of(page): page for page in done.report["pages"]}
    return {
        path: (page["reason"] or page["status"], page["detail"])
        for path, page in pages.items()
        if path.startswith("/odd/") and path != "/odd/app"  # see below
    }


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(WAYS, 2)))
def test_the_findings_are_the_same_each_way(runs: dict[str, Done], one: str, other: str) -> None:
    first, second = judged(runs[one]), judged(runs[other])
    common = first.keys() & second.keys()
    assert len(common) >= 278
    assert [path for path in sorted(common) if first[path] != second[path]] == []


def test_there_is_something_to_find(runs: dict[str, Done], paper: Paper) -> None:
    """Without a finding the same findings would mean little."""
    done = runs["addresses"]
    silent = {f"/stories/{n:03}" for n in range(1, STORIES + 1) if n % 3 == 0 and n % 6}
    told = {path_of({"source": each["source"]}) for each in done.report["findings"] if each["rule"] == "AFF001"}
    assert silent <= told
    assert told & set(paper.plain) == silent | {f"/amp/{SILENT:03}"}
    assert len(done.report["findings"]) > 300


@pytest.mark.parametrize("way", WAYS)
def test_a_notice_that_the_twin_has_lost_is_found(runs: dict[str, Done], paper: Paper, way: str) -> None:
    done = runs[way]
    (found,) = [each for each in done.report["findings"] if each["rule"] == "AFF024"]
    main, twin = f"{paper.url}/stories/{SILENT:03}", f"{paper.url}/amp/{SILENT:03}"
    assert path_of(found) == f"/amp/{SILENT:03}"
    assert (found["outcome"], found["page_key"]) == ("violation", main)
    assert (found["values"]["lacking"], found["values"]["showing"]) == (twin, main)
    assert found["line"] is not None
    judged_on = {path: page["outcomes"]["AFF024"] for path, page in done.pages().items() if "AFF024" in page["outcomes"]}
    assert judged_on.keys() == {f"/amp/{n:03}" for n in TWINS}
    # Every third of them has paid links.
    assert Counter(judged_on.values()) == {"violation": 1, "pass": len(TWINS) // 3 - 1, "inapplicable": len(TWINS) - len(TWINS) // 3}
    assert done.report["summary"]["twins"] == {"compared": len(TWINS), "not_compared": 0}


@pytest.mark.parametrize("way", WAYS)
def test_the_form_for_printing_belongs_to_its_story(runs: dict[str, Done], paper: Paper, way: str) -> None:
    pages, main = runs[way].pages(), f"{paper.url}/stories/{PRINTED:03}"
    story = pages[f"/stories/{PRINTED:03}"]["story"]
    assert story["forms"] == [{"role": "print", "address": f"{paper.url}/print/{PRINTED:03}"}]
    printed = pages[f"/print/{PRINTED:03}"]["story"]
    assert (printed["key"], printed["role"]) == (main, "print")
    assert pages["/stories/005"]["story"] is None


@pytest.mark.parametrize("way", WAYS)
def test_the_pages_as_they_should_be_are_all_checked(runs: dict[str, Done], paper: Paper, way: str) -> None:
    checked = judged(runs[way])
    assert [path for path in paper.plain if paper.url + path not in checked] == []


@pytest.mark.parametrize("way", WAYS)
def test_every_address_is_accounted_for(runs: dict[str, Done], paper: Paper, way: str) -> None:
    done = runs[way]
    inputs = done.report["summary"]["inputs"]
    assert inputs["discovered"] == sum(count for name, count in inputs.items() if name != "discovered")
    paths = [path_of(page) for page in done.report["pages"]]
    assert [path for path, count in Counter(paths).items() if count > 1] == []
    assert Counter(page["status"] for page in done.report["pages"]) == {
        name: inputs[name] for name in ("checked", "not_checked", "skipped") if inputs[name]
    }
    named = set(paper.pages())
    lost = {
        # Tracked and moved addresses lead to pages that were read.
        "addresses": {"/odd/tracked?utm_source=letter&utm_medium=mail", "/odd/moved"},
        "sitemap": {"/odd/tracked?utm_source=letter&utm_medium=mail", "/odd/moved"},
        # The address that redirects was met first, so the story itself was read already. What only tracks is never asked for.
        "crawl": {"/odd/tracked?utm_source=letter&utm_medium=mail", "/stories/001", "/odd/twice?view=full"},
        "archive": set(),
    }[way]
    if way == "archive":
        return
    more = {"sitemap": {"/sitemaps/lost.xml"}}.get(way, set())
    assert set(paths) == (named | more) - lost
    assert inputs["discovered"] == len(named) + len(more) - (way == "crawl")
    assert inputs["deduplicated"] == 2


def test_an_archive_accounts_for_every_record_of_a_page(runs: dict[str, Done], paper: Paper) -> None:
    told = {path_of(page): page["reason"] or page["status"] for page in runs["archive"].report["pages"]}
    # Pictures, programs and papers in an archive are no pages, and are not spoken of.
    assert set(paper.pages()) - set(told) - set(SLOW) == {"/odd/paper", "/odd/leaflet.pdf"}
    reasons = {path: told[path] for path in ODD if told.get(path, "skipped") not in ("checked", "skipped")}
    assert reasons == {path: ODD[path][0] for path in reasons}
    assert {"/odd/short", "/odd/no-gzip", "/odd/cut-gzip", "/odd/bomb", "/odd/soft", "/odd/gone", "/odd/members", "/odd/fails"} <= set(reasons)


@pytest.mark.parametrize(("way", "differs"), [("addresses", {}), ("sitemap", SITEMAP), ("crawl", CRAWL)])
def test_what_becomes_of_odd_answers(runs: dict[str, Done], way: str, differs: dict[str, tuple[str, str]]) -> None:
    wanted = {**ODD, **differs}
    found = fates(runs[way])
    if way == "crawl":  # see above
        del wanted["/odd/twice?view=full"]
        found.pop("/odd/moved")
    assert found == wanted


@pytest.mark.parametrize("way", WAYS)
def test_an_empty_shell_is_no_pass(runs: dict[str, Done], way: str) -> None:
    page = runs[way].pages()["/odd/app"]
    assert (page["status"], page["reason"]) == ("not_checked", "client_rendered")
    assert page["detail"].startswith("it has no text until its scripts have run")


@pytest.mark.parametrize("way", WAYS)
def test_findings_decide_the_exit_code(runs: dict[str, Done], way: str) -> None:
    assert runs[way].code == 1
    *_, sentence = runs[way].err.splitlines()
    assert sentence.startswith("disclosure-checker: exit 1 (findings): ")


def test_the_way_of_a_page_is_in_the_report(runs: dict[str, Done], paper: Paper) -> None:
    pages = runs["addresses"].pages()
    assert pages["/odd/hop/3"]["http"] == {
        "status": 200,
        "content_type": "text/html; charset=utf-8",
        "redirects": [paper.url + path for path in ("/odd/hop/3", "/odd/hop/2", "/odd/hop/1")],
        "url": f"{paper.url}/odd/landed",
    }
    assert pages["/odd/abroad"]["http"]["url"] == f"{paper.elsewhere}/stories/002"
    assert pages["/odd/latin"]["encoding"] in ("iso-8859-1", "windows-1252", "cp1252")
    assert pages["/odd/latin"]["authors"] == ["Adà Quîll"]


@pytest.mark.parametrize("way", FETCHED)
def test_servers_are_asked_politely(runs: dict[str, Done], asked: dict[str, list[tuple[float, str]]], paper: Paper, way: str) -> None:
    times = [when for when, _ in asked[way]]
    counts = Counter(path for _, path in asked[way])
    assert counts["/robots.txt"] <= 2  # once for each name of the host
    assert "/odd/closed/diary" not in counts
    assert all(counts[path] == 1 for path in paper.plain if path not in ("/stories/001", "/stories/002", "/"))
    # As many attempts as there may be; see `HASTY`.
    assert [counts[path] for path in ("/odd/short", "/odd/fails", "/odd/stalls", "/odd/silent")] == [2] * 4
    assert counts["/odd/busy"] == 2
    assert counts["/odd/members"] == counts["/odd/absent"] == counts["/odd/no-gzip"] == counts["/odd/bomb"] == 1
    # The crawl delay of robots.txt, and a busy server's wish for a second.
    assert times[-1] - times[0] > 0.002 * len(paper.pages()) + 0.9
    first, second = (when for when, path in asked[way] if path == "/odd/busy")
    assert second - first >= 0.95
    assert not [path for when, path in asked[way] if first + 0.2 < when < first + 0.95]


def test_an_archive_is_read_without_a_server(runs: dict[str, Done], asked: dict[str, list[tuple[float, str]]]) -> None:
    assert asked["archive"] == []


def test_the_crawl_does_not_fetch_what_only_tracks(runs: dict[str, Done], asked: dict[str, list[tuple[float, str]]]) -> None:
    assert not [path for _, path in asked["crawl"] if "utm_" in path]
    assert [path for _, path in asked["crawl"] if path.startswith("/odd/tracked")] == ["/odd/tracked"]


def test_the_sites_size_is_as_told(paper: Paper) -> None:
    assert len(paper.plain) == 2 + LISTS + STORIES + len(TWINS) + 1
    assert len(paper.pages()) == len(set(paper.pages())) >= 300
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", paper.url)
