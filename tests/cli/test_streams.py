"""Archives, feeds, sitemaps and addresses as a user names them; nothing here leaves the machine."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Call = Callable[..., Result]
ARCHIVES = Path(__file__).resolve().parents[2] / "fixtures" / "archives"
FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Tea</title>
<link>https://tea.example/</link><item><title>The kettle</title><link>https://tea.example/kettle</link>
<content:encoded><![CDATA[<p>After a month of tea we would buy this one again.</p>
<p>Get <a href="https://www.amazon.com/dp/B000000001?tag=teablog-20">the kettle</a>.</p>]]></content:encoded></item></channel></rss>"""


def adds_up(result: Result) -> bool:
    inputs = json.loads(result.stdout)["summary"]["inputs"]
    return bool(inputs["discovered"] == sum(count for name, count in inputs.items() if name != "discovered"))


def test_a_site_in_a_zip_is_that_site(site: Path, call: Call) -> None:
    with zipfile.ZipFile(site / "site.zip", "w") as archive:
        archive.write(site / "paid.html", "blog/paid.html")
        archive.write(site / "clean.html", "clean.html")
    result = call("check", "site.zip", "--output", "json", "--jobs", "1")
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [page["source"] for page in report["pages"] if page["status"] == "checked"] == ["site.zip#blog/paid.html", "site.zip#clean.html"]
    plain = json.loads(call("check", "paid.html", "--output", "json").stdout)
    assert {each["rule"] for each in report["findings"]} == {each["rule"] for each in plain["findings"]}
    assert adds_up(result)


@pytest.mark.parametrize(("name", "code"), [("site.zip", 0), ("story.html.gz", 0), ("saved.mhtml", 0), ("cut.html.gz", 3)])
def test_archives_that_need_no_extra(site: Path, call: Call, name: str, code: int) -> None:
    del site
    result = call("check", str(ARCHIVES / name), "--output", "json")
    assert (result.exit_code, adds_up(result)) == (code, True)


@pytest.mark.parametrize("name", ["tea.warc", "tea.warc.gz", "whole.warc.gz", "tea.wacz", "cut.warc", "damaged.warc.gz"])
def test_web_archives_tell_what_they_could_not_read(site: Path, call: Call, name: str) -> None:
    pytest.importorskip("warcio", reason="warcio is not installed")
    del site
    result = call("check", str(ARCHIVES / name), "--output", "json")
    report = json.loads(result.stdout)
    assert (result.exit_code, adds_up(result)) == (3, True)
    unread = [page for page in report["pages"] if page["status"] == "not_checked"]
    assert {page["reason"] for page in unread} <= {"not_found", "damaged", "missing"}
    checked = [page for page in report["pages"] if page["status"] == "checked"]
    assert checked
    assert all(page["http"]["status"] == 200 for page in checked)


def test_two_processes_say_the_same_as_one(site: Path, call: Call) -> None:
    del site
    one, two = (call("check", str(ARCHIVES / "site.zip"), "--reproducible", "--output", "json", "--jobs", jobs).stdout for jobs in ("1", "2"))
    assert one == two


def test_articles_of_a_feed_are_pages(site: Path, call: Call) -> None:
    (site / "feed.xml").write_text(FEED, "utf-8")
    report = json.loads(call("check", "feed.xml", "--output", "json").stdout)
    (page,) = report["pages"]
    assert (page["status"], page["url"]) == ("checked", "https://tea.example/kettle")
    assert "AFF001" in {each["rule"] for each in report["findings"]}


def test_what_looks_like_an_archive_and_is_none_stays_what_it_was(site: Path, call: Call) -> None:
    (site / "x.gz").write_bytes(gzip.compress(b"just a text"))
    (site / "x.zip").write_bytes(b"PK\x05\x06" + b"\0" * 18)
    result = call("check", "x.gz", "clean.html", "--output", "json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["pages"][0]["reason"] == "not_html"
    assert call("check", "x.zip").exit_code in (3, 4)


def test_a_report_is_never_written_over_an_archive(site: Path, call: Call) -> None:
    (site / "site.zip").write_bytes((ARCHIVES / "site.zip").read_bytes())
    before = (site / "site.zip").read_bytes()
    result = call("check", "site.zip", "--output", "json=site.zip")
    assert (result.exit_code, (site / "site.zip").read_bytes() == before) == (2, True)


def test_no_private_address_is_asked(site: Path, call: Call) -> None:
    pytest.importorskip("httpx2", reason="httpx2 is not installed")
    del site
    result = call("check", "http://127.0.0.1:9/a", "http://[::1]/b", "http://2130706433/c", "--output", "json", "--no-cache")
    report = json.loads(result.stdout)
    assert result.exit_code == 3
    assert [page["reason"] for page in report["pages"]] == ["forbidden_address"] * 3


def test_a_sitemap_that_cannot_be_read_is_no_empty_site(site: Path, call: Call) -> None:
    pytest.importorskip("httpx2", reason="httpx2 is not installed")
    (site / "sitemap.xml").write_text("<!doctype html><title>Not found</title><p>There is no sitemap here.</p>")
    result = call("check", "--sitemap", "sitemap.xml", "--output", "json")
    assert (result.exit_code, adds_up(result)) == (3, True)
    (site / "sitemap.xml").write_text('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>')
    assert call("check", "--sitemap", "sitemap.xml").exit_code in (3, 4), "nothing to check is never a pass"


def test_a_sitemap_of_private_addresses_with_a_sample(site: Path, call: Call) -> None:
    pytest.importorskip("httpx2", reason="httpx2 is not installed")
    urls = "".join(f"<url><loc>http://127.0.0.1:9/{n}</loc></url>" for n in range(50))
    (site / "sitemap.xml").write_text(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>')
    result = call("check", "--sitemap", "sitemap.xml", "--sample", "5", "--seed", "3", "--no-cache", "--output", "json")
    inputs = json.loads(result.stdout)["summary"]["inputs"]
    assert (inputs["discovered"], inputs["not_checked"], inputs["skipped"]) == (50, 5, 45)
    assert json.loads(result.stdout)["summary"]["left_out"] == {"--sample": 45}
    assert "no page of 50 was sampled (seed 3)" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--header", "no colon", "http://127.0.0.1:9/"], 'a header is written "Name: value"'),
        (["--cookie-file", "gone.txt", "http://127.0.0.1:9/"], "gone.txt"),
        (["--contact", "a(b)", "http://127.0.0.1:9/"], "the contact must be an address"),
        (["--sitemap", "sitemap.xml", "--since", "yesterday"], "--since: 'yesterday' is no date"),
        (["--crawl", "http://127.0.0.1:9/", "--sample", "3"], "--sample: a crawl reads every page"),
    ],
)
def test_what_is_wrong_is_one_line(site: Path, call: Call, words: list[str], said: str) -> None:
    pytest.importorskip("httpx2", reason="httpx2 is not installed")
    (site / "sitemap.xml").write_text("<urlset/>")
    result = call("check", *words)
    assert (result.exit_code, result.stderr.count("\n"), said in result.stderr) == (2, 1, True), result.stderr


def test_without_the_extra_the_line_says_how_to_get_it(site: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    del site
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    result = call("check", "https://tea.example/")
    assert (result.exit_code, "pip install 'disclosure-checker[fetch]'" in result.stderr) == (2, True)


def test_no_secret_of_the_command_line_is_in_a_report(site: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("httpx2", reason="httpx2 is not installed")
    words = [
        "--header",
        "X-Preview: tok-1",
        "--header=X-Other: tok-2",
        "http://ada:tok-3@127.0.0.1:9/a?token=tok-4",
        "--remap=http://u:tok-5@a/=http://b/",
    ]
    monkeypatch.setattr("sys.argv", ["disclosure-checker", "check", *words])
    call("check", *words, "--output", "json=r.json", "--output", "jsonl=r.jsonl", "--output", "sarif=r.sarif", "--no-cache")
    for name in ("r.json", "r.jsonl", "r.sarif"):
        text = (site / name).read_text("utf-8")
        assert "tok-" not in text, name
    assert "X-Preview: ***" in (site / "r.json").read_text("utf-8")
