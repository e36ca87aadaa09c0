from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.model import NotCheckedReason, Source
from checker.sources.addresses import Seen
from checker.sources.lastmod import since
from checker.sources.ledger import NAMED, Ledger
from checker.sources.limits import Limits
from checker.sources.sitemaps import Sitemaps, robots_sitemaps
from checker.sources.wanted import Wanted

Strip = Callable[[str], str]
A = "https://a.example"


def urlset(*urls: str) -> str:
    return "<urlset>\n" + "\n".join(f"<url><loc>{url}</loc></url>" for url in urls) + "</urlset>"


def index(*urls: str) -> str:
    return "<sitemapindex>" + "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls) + "</sitemapindex>"


class Read:
    """What came of the sitemaps at some places."""

    def __init__(self, web: object, strip: Strip, *places: str, wanted: Wanted | None = None, limits: Limits | None = None) -> None:
        self.ledger = Ledger()
        sitemaps = Sitemaps(web, strip, self.ledger, wanted or Wanted(), limits or Limits(), Seen())  # type: ignore[arg-type]
        found = [each for place in places for each in sitemaps.pages(place)]
        self.urls = [each.removeprefix(A) for each in found if isinstance(each, str)]
        self.failures = [(each.name, str(each.reason), each.detail) for each in found if isinstance(each, Source)]
        assert self.ledger.discovered == len(found) + self.ledger.passed_over + self.ledger.duplicates


def test_an_index_is_read_in_its_order(web: type, strip: Strip) -> None:
    site = web({
        f"{A}/s.xml": index(f"{A}/1.xml", f"{A}/2.xml.gz", f"{A}/1.xml"),
        f"{A}/1.xml": urlset(f"{A}/a", f"{A}/b?utm_source=x", "/c"),
        f"{A}/2.xml.gz": gzip.compress(urlset(f"{A}/b", "https://www.a.example/d", f"{A}/e#f").encode()),
    })  # fmt: skip
    read = Read(site, strip, f"{A}/s.xml")
    assert read.urls == ["/a", "/b?utm_source=x", "/c", "https://www.a.example/d", "/e"]
    assert read.ledger.duplicates == 1
    assert not read.failures
    assert site.asked.count(f"{A}/1.xml") == 1
    assert read.ledger.notes == [(f"{A}/1.xml", "the sitemap is named more than once, and was read once")]


def test_a_circle_ends(web: type, strip: Strip) -> None:
    read = Read(web({f"{A}/s.xml": index(f"{A}/t.xml"), f"{A}/t.xml": index(f"{A}/s.xml")}), strip, f"{A}/s.xml")
    assert (read.urls, read.failures) == ([], [])


def test_no_sitemap_looks_like_a_site_without_pages(web: type, strip: Strip) -> None:
    site = web({
        f"{A}/html.xml": "<!doctype html><p>Sorry",
        f"{A}/none.xml": "<urlset/>",
        f"{A}/half.xml": urlset(f"{A}/a", f"{A}/b?x=1&y=2", f"{A}/c"),
        f"{A}/shut.xml": NotCheckedReason.BLOCKED,
    })  # fmt: skip
    places = [f"{A}/{name}.xml" for name in ("html", "none", "half", "gone", "shut")]
    read = Read(site, strip, *places, "ftp://a.example/s.xml", "nowhere.xml")
    assert read.urls == ["/a"]
    assert read.failures == [
        (f"{A}/html.xml", "unreadable", "the sitemap cannot be read: it is an HTML page, not a sitemap"),
        (f"{A}/none.xml", "empty", "the sitemap names no page"),
        (
            f"{A}/half.xml", "damaged",
            "the sitemap cannot be read to its end: broken XML in line 3: not well-formed (invalid token); 1 address was read before",
        ),
        (f"{A}/gone.xml", "not_found", "the sitemap cannot be read: the server answers 404"),
        (f"{A}/shut.xml", "blocked", "the sitemap cannot be read: the server answers 200"),
        ("ftp://a.example/s.xml", "missing", "a sitemap has an address with http:// or https://"),
        ("nowhere.xml", "missing", "the sitemap cannot be read: there is no such file"),
    ]  # fmt: skip


def test_discovery(web: type, strip: Strip) -> None:
    robots = "User-agent: *\nSitemap: https://cdn.example/s.xml\nsitemap:/t.xml\n"
    site = {f"{A}/robots.txt": robots, "https://cdn.example/s.xml": urlset(f"{A}/a", "https://cdn.example/b"), f"{A}/t.xml": urlset(f"{A}/c")}
    read = Read(web(site), strip, A)
    assert read.urls == ["/a", "https://cdn.example/b", "/c"]
    assert Read(web({f"{A}/sitemap.xml": urlset(f"{A}/a")}), strip, f"{A}/").urls == ["/a"]
    assert Read(web({}), strip, f"{A}/").failures == [(f"{A}/sitemap.xml", "not_found", "the sitemap cannot be read: the server answers 404")]


def test_robots() -> None:
    body = b"\xef\xbb\xbfSITEMAP: https://a.example/1 # x\r\nDisallow: sitemap:\nSitemap: mailto:x\nSitemap:\nSitemap https://a.example/no"
    assert list(robots_sitemaps(body, f"{A}/")) == [f"{A}/1", f"{A}/"]
    assert len(list(robots_sitemaps(b"Sitemap: /a\n" * 5_000, f"{A}/"))) == 1_000


def test_other_hosts_are_skipped_unless_allowed(web: type, strip: Strip) -> None:
    site = {
        f"{A}/s.xml": index(f"{A}/1.xml", "https://b.example/2.xml"),
        f"{A}/1.xml": urlset(f"{A}/a", "https://b.example/b", "https://c.example/c"),
    }
    site["https://b.example/2.xml"] = urlset("https://b.example/d")
    read = Read(web(site), strip, f"{A}/s.xml")
    assert read.urls == ["/a"]
    assert read.ledger.skipped == [
        ("https://b.example/2.xml", "the sitemap lies on another host than the one that names it"),
        ("https://b.example/b", "the page lies on another host than its sitemap"),
        ("https://c.example/c", "the page lies on another host than its sitemap"),
    ]
    some = Read(web(site), strip, f"{A}/s.xml", wanted=Wanted(hosts=frozenset(("b.example",))))
    assert some.urls == ["/a", "https://b.example/b", "https://b.example/d"]
    assert len(Read(web(site), strip, f"{A}/s.xml", wanted=Wanted(any_host=True)).urls) == 4


def test_what_is_no_page_is_skipped(web: type, strip: Strip) -> None:
    long = f"{A}/{'x' * 3_000}"
    read = Read(web({f"{A}/s.xml": urlset(f"{A}/a.pdf", f"{A}/b.jpg?x", "mailto:x@a.example", long, "", f"{A}/c.html")}), strip, f"{A}/s.xml")
    assert read.urls == ["/c.html"]
    assert [why for _, why in read.ledger.skipped] == [
        "it is named like application/pdf, which is no page", "it is named like image/jpeg, which is no page",
        "line 4 of the sitemap holds no http address", "its address has 3,018 characters", "line 6 of the sitemap holds no http address",
    ]  # fmt: skip


def test_patterns_and_time(web: type, strip: Strip) -> None:
    dated = [
        ("/reviews/1", "2026-10-01"),
        ("/reviews/2", "2026-11-05"),
        ("/reviews/3", ""),
        ("/reviews/old/4", "2026-11-05"),
        ("/news/5", "2026-11-05"),
    ]
    body = "<urlset>" + "".join(f"<url><loc>{A}{path}</loc><lastmod>{day}</lastmod></url>" for path, day in dated) + "</urlset>"
    wanted = Wanted(Wanted.scope(["/reviews/"]), Wanted.scope([f"{A}/reviews/old/*"]), since("2026-11-01"))
    read = Read(web({f"{A}/s.xml": body}), strip, f"{A}/s.xml", wanted=wanted)
    assert read.urls == ["/reviews/2", "/reviews/3"]
    assert read.ledger.left_out == {"not changed since --since": 1, "--exclude": 1, "not in --include": 1}
    assert read.ledger.undated == 1


def test_caps(web: type, strip: Strip) -> None:
    chain = {f"{A}/{depth}.xml": index(f"{A}/{depth + 1}.xml") for depth in range(9)}
    read = Read(web(chain), strip, f"{A}/0.xml", limits=Limits(sitemap_depth=3))
    assert read.failures == [(f"{A}/3.xml", "capped", "the sitemap is not read: sitemaps name sitemaps more than 3 deep")]
    wide = {f"{A}/s.xml": index(*(f"{A}/{number}.xml" for number in range(5)))} | {
        f"{A}/{number}.xml": urlset(f"{A}/{number}") for number in range(5)
    }
    read = Read(web(wide), strip, f"{A}/s.xml", limits=Limits(sitemaps=4))
    assert read.urls == ["/0", "/1", "/2"]
    assert [reason for _, reason, _ in read.failures] == ["capped", "capped"]


def test_thousands_that_are_skipped_for_one_reason_are_counted(web: type, strip: Strip) -> None:
    read = Read(web({f"{A}/s.xml": urlset(*(f"{A}/{number}.pdf" for number in range(NAMED + 500)))}), strip, f"{A}/s.xml")
    assert len(read.ledger.skipped) == NAMED
    assert read.ledger.left_out == {"it is named like application/pdf, which is no page": 500}


def test_secrets_in_addresses_are_never_told(web: type, strip: Strip) -> None:
    site = web({f"{A}/s.xml?token=geheim": urlset("https://b.example/?token=geheim"), f"{A}/t.xml?token=geheim": "<urlset/>"})
    read = Read(site, strip, f"{A}/s.xml?token=geheim", f"{A}/t.xml?token=geheim", "ftp://ada:geheim@a.example/s.xml")
    assert len(read.failures) == 2
    assert "geheim" not in str((read.failures, read.ledger))


def test_files(web: type, strip: Strip, tmp_path: Path) -> None:
    (tmp_path / "index.xml").write_text(index(f"{A}/maps/part.xml.gz", f"{A}/maps/far.xml", f"{A}/maps/../../../etc/passwd"), "utf-8")
    (tmp_path / "part.xml.gz").write_bytes(gzip.compress(urlset(f"{A}/a", "https://b.example/b").encode()))
    (tmp_path / "list.txt").write_text(f"{A}/c\n{A}/a\n", "utf-8")
    (tmp_path / "robots.txt").write_text("User-agent: *\n", "utf-8")
    (tmp_path / "feed.xml").write_text("<rss><channel><item><link>https://a.example/x</link></item></channel></rss>", "utf-8")
    site = web({f"{A}/maps/far.xml": urlset(f"{A}/d")})
    read = Read(site, strip, str(tmp_path / "index.xml"))
    assert read.urls == ["/a", "/d"]
    assert site.asked == [f"{A}/maps/far.xml", f"{A}/etc/passwd"]
    whole = Read(site, strip, str(tmp_path))
    assert whole.urls == ["/a", "/d", "/c"]
    assert whole.ledger.duplicates == 1
    assert Read(site, strip, str(tmp_path / "feed.xml")).urls == ["/x"]
    (tmp_path / "empty").mkdir()
    assert Read(site, strip, str(tmp_path / "empty")).failures[0][1:] == ("missing", "the folder holds no sitemap")


def test_a_damaged_file_in_a_folder_is_told(web: type, strip: Strip, tmp_path: Path) -> None:
    (tmp_path / "sitemap.xml.gz").write_bytes(gzip.compress(urlset(f"{A}/a").encode())[:-9])
    read = Read(web({}), strip, str(tmp_path))
    assert read.failures[0][1] == "damaged"


def test_a_redirected_sitemap_may_name_both_hosts_when_the_user_named_it(web: type, strip: Strip) -> None:
    site = {f"{A}/s.xml": "-> https://new.example/s.xml", "https://new.example/s.xml": urlset("https://new.example/a", f"{A}/b")}
    assert Read(web(site), strip, f"{A}/s.xml").urls == ["https://new.example/a", "/b"]


@pytest.mark.parametrize("pattern", ["/reviews/**", "reviews/**", "https://a.example/reviews/**", "*://*/reviews/**"])
def test_patterns_for_addresses(pattern: str) -> None:
    wanted = Wanted(include=Wanted.scope([pattern]))
    assert wanted.included(f"{A}/reviews/1?x=2")
    assert not wanted.included(f"{A}/news/1")
