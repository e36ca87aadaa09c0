from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal
from urllib.parse import urlsplit

import pytest

from checker.errors import BadConfig
from checker.model import Http, NotCheckedReason, Source
from checker.sources.crawl import BATCH, Reach
from checker.sources.limits import Limits
from checker.sources.stream import Fetcher, Stream
from checker.sources.wanted import Wanted
from checker.sources.web import Sample, Seeds, Web

Strip = Callable[[str], str]
A = "https://a.example"
PAGE = "<!doctype html><title>Tea</title><p>Tea."


def urlset(*urls: str) -> str:
    return "<urlset>" + "".join(f"<url><loc>{url}</loc></url>" for url in urls) + "</urlset>"


def names(stream: Stream) -> list[str]:
    return [item.name.removeprefix(A) for item in stream]


def adds_up(stream: Web, items: int) -> bool:
    return stream.discovered == items + stream.passed_over + stream.duplicates


def test_pages_then_sitemaps_then_crawls_each_page_once(web: type, strip: Strip) -> None:
    site = web({
        f"{A}/s.xml": urlset(f"{A}/1", f"{A}/2", f"{A}/old"), f"{A}/": f"{PAGE}<a href=/2>x</a><a href=/3>x</a>", f"{A}/old": f"-> {A}/2",
        **{f"{A}/{number}": PAGE for number in (1, 2, 3)},
    })  # fmt: skip
    stream = Web(Seeds((f"{A}/2", f"{A}/2#top", "nowhere"), (f"{A}/s.xml", f"{A}/gone.xml"), (f"{A}/",)), site, strip)
    found = names(stream)
    assert sorted(found) == sorted(["/2", "nowhere", "/1", "/gone.xml", "/", "/3"])
    # /2 by two names, in the sitemap, by a redirect, and by the crawl.
    assert stream.duplicates == 4
    assert (f"{A}/old", f"it leads to {A}/2, which was read") in stream.notes
    assert adds_up(stream, len(found))


def test_a_page_of_a_sitemap_that_leads_away_or_is_no_page(web: type, strip: Strip) -> None:
    site = web(
        {f"{A}/s.xml": urlset(f"{A}/1", f"{A}/2", f"{A}/3", f"{A}/4"), f"{A}/1": "-> https://b.example/", "https://b.example/": PAGE,
         f"{A}/2": b"\x89PNG\r\n\x1a\n",
         f"{A}/3": "Not a page", f"{A}/4": PAGE},
        {f"{A}/2": "image/png"},
    )  # fmt: skip
    stream = Web(Seeds(sitemaps=(f"{A}/s.xml",)), site, strip)
    items = list(stream)
    assert [(item.name, item.given and item.given.reason) for item in items] == [(f"{A}/3", "not_html"), (f"{A}/4", None)]
    assert stream.skipped == [(f"{A}/1", "it leads to another host, b.example"), (f"{A}/2", "it is image/png, which is no page")]
    # A page that the user named is an item wherever it leads.
    assert names(Web(Seeds((f"{A}/1",)), site, strip)) == ["/1"]


def test_many_ways_to_one_login_are_many_pages_that_were_not_checked(web: type, strip: Strip) -> None:
    site = web({f"{A}/s.xml": urlset(f"{A}/1", f"{A}/2"), f"{A}/1": f"-> {A}/login", f"{A}/2": f"-> {A}/login", f"{A}/login": NotCheckedReason.LOGIN})
    assert names(Web(Seeds(sitemaps=(f"{A}/s.xml",)), site, strip)) == ["/1", "/2"]


def test_a_sample(web: type, strip: Strip) -> None:
    site = web({f"{A}/s.xml": urlset(*(f"{A}/{number}" for number in range(100))), **{f"{A}/{number}": PAGE for number in range(100)}})

    def sampled(seed: int) -> tuple[list[str], Web]:
        stream = Web(Seeds(sitemaps=(f"{A}/s.xml", f"{A}/gone.xml")), site, strip, sample=Sample(5, seed))
        return names(stream), stream

    found, stream = sampled(1)
    assert found[0] == "/gone.xml"
    assert len(found) == 6
    assert (stream.population, stream.left_out) == (100, {"--sample": 95})
    assert adds_up(stream, 6)
    assert sampled(1)[0] == found
    assert sampled(2)[0] != found


def test_a_sample_that_cannot_be_drawn(web: type, strip: Strip) -> None:
    with pytest.raises(BadConfig, match="--sample: a crawl reads every page to find the next"):
        Web(Seeds(crawls=(A,)), web({}), strip, sample=Sample(5))
    with pytest.raises(BadConfig, match="--sample: a sample has one page or more"):
        Web(Seeds(), web({}), strip, sample=Sample(0))


def test_few_pages_are_held(web: type, strip: Strip) -> None:
    count = BATCH * 3
    site = web({f"{A}/s.xml": urlset(*(f"{A}/{number}" for number in range(count))), **{f"{A}/{number}": PAGE for number in range(count)}})
    asked: list[int] = []
    for _ in Web(Seeds(sitemaps=(f"{A}/s.xml",)), site, strip):
        asked.append(len(site.asked))  # noqa: PERF401 - counted while the stream runs
    assert asked == list(range(2, count + 2))


def test_a_fetcher_that_loses_a_page_is_found_out(strip: Strip) -> None:
    class Loses:
        def fetch(self, url: str, accept: Literal["page", "xml", "text"] = "page") -> Source:
            return Source(f"{accept} {url}")

        def fetch_all(self, urls: Iterable[str]) -> Iterator[Source]:
            return (self.fetch(url) for url in list(urls)[1:])

    with pytest.raises(ValueError, match="shorter"):
        list(Web(Seeds((f"{A}/1",)), Loses(), strip))


class Loopback:
    """Asks this machine, and nobody else."""

    def fetch(self, url: str, accept: Literal["page", "xml", "text"] = "page") -> Source:
        way: list[str] = []
        for _ in range(5):
            parts = urlsplit(url)
            assert parts.hostname == "127.0.0.1"
            connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=10)
            connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""), headers={"X-Wants": accept})
            answer = connection.getresponse()
            body = answer.read()
            connection.close()
            told = Http(answer.status, answer.headers.get("Content-Type"), tuple(way), url)
            if answer.status == 302:
                way.append(url)
                url = f"http://{parts.netloc}{answer.headers['Location']}"
                continue
            name = way[0] if way else url
            if answer.status != 200:
                return Source(name, url=url, reason=NotCheckedReason.NOT_FOUND, detail=f"the server answers {answer.status}", fetched=True, http=told)
            return Source(name, body, url=url, fetched=True, http=told)
        return Source(url, reason=NotCheckedReason.FETCH_FAILED, detail="too many redirects")

    def fetch_all(self, urls: Iterable[str]) -> Iterator[Source]:
        return map(self.fetch, urls)


class Site(BaseHTTPRequestHandler):
    """Twenty pages, a sitemap of them, and what sites have besides."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/old":
            self.send_response(302)
            self.send_header("Location", "/page/1")
            self.end_headers()
            return
        base = f"http://{self.headers['Host']}"
        number = int(path.rpartition("/")[2]) if path.startswith("/page/") else -1
        if path == "/robots.txt":
            kind, body = "text/plain", f"Sitemap: {base}/maps/index.xml\n"
        elif path == "/maps/index.xml":
            kind, body = "text/xml", f"<sitemapindex><sitemap><loc>{base}/maps/1.xml</loc></sitemap></sitemapindex>"
        elif path == "/maps/1.xml":
            kind, body = "text/xml", urlset(*(f"{base}/page/{page}" for page in range(20)), f"{base}/old")
        elif path == "/" or 0 <= number < 20:
            kind, body = "text/html", f"{PAGE}<a href='/page/{number + 1}?utm_source=x'>next</a><a href=/old>old</a><a href=/doc>document</a>"
        elif path == "/doc":
            kind, body = "application/pdf", "%PDF-1.7"
        else:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{found.server_address[1]}"
        found.shutdown()


def test_a_real_server_by_sitemap_and_by_crawl(server: str, strip: Strip) -> None:
    fetcher: Fetcher = Loopback()
    listed = Web(Seeds(sitemaps=(server,)), fetcher, strip, limits=Limits(), wanted=Wanted())
    by_sitemap = [item.name.removeprefix(server) for item in listed]
    assert by_sitemap == [f"/page/{number}" for number in range(20)]
    assert listed.duplicates == 1
    assert adds_up(listed, 20)
    crawled = Web(Seeds(crawls=(f"{server}/",)), fetcher, strip, reach=Reach(depth=50))
    found = list(crawled)
    # "/old" is met before "/page/1", and is that page.
    assert {item.name.removeprefix(server) for item in found} == {"/", "/page/0", "/old", *(f"/page/{number}" for number in range(2, 20))}
    assert [item.given.reason for item in found if item.given and item.given.reason] == []
    assert crawled.skipped[0] == (f"{server}/doc", "it is application/pdf, which is no page")
    assert crawled.skipped[1][0] == f"{server}/page/20"
    assert crawled.skipped[1][1].startswith("a link leads to it, and ")
    assert adds_up(crawled, len(found))
