from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.model import NotCheckedReason, Source
from checker.sources.addresses import Seen
from checker.sources.crawl import Crawl, Reach
from checker.sources.inputs import Item
from checker.sources.ledger import Ledger
from checker.sources.page_links import links_of
from checker.sources.wanted import Wanted

Strip = Callable[[str], str]
A = "https://a.example"


def page(*links: str, head: str = "") -> str:
    return f"<!doctype html><title>Tea</title>{head}" + "".join(f"<a href='{link}'>x</a>" for link in links)


class Crawled:
    """What came of a crawl; the ledger adds up each time."""

    def __init__(self, site: object, strip: Strip, *starts: str, wanted: Wanted | None = None, reach: Reach | None = None) -> None:
        self.ledger = Ledger()
        crawl = Crawl(site, strip, self.ledger, wanted or Wanted(), reach or Reach(), Seen())  # type: ignore[arg-type]
        self.items: list[Item] = list(crawl.items(starts or (f"{A}/",)))
        self.names = [item.name.removeprefix(A) for item in self.items]
        self.skipped = [(name.removeprefix(A), why) for name, why in self.ledger.skipped]
        self.notes = [(name.removeprefix(A), why) for name, why in self.ledger.notes]
        assert self.ledger.discovered == len(self.items) + self.ledger.passed_over + self.ledger.duplicates


def test_breadth_first_in_the_order_of_the_pages(web: type, strip: Strip) -> None:
    site = web({
        f"{A}/": page("b", "/a", "b#x", "https://other.example/", "mailto:x@a.example"),
        f"{A}/b": page("/b1", "/"), f"{A}/a": page("/a1", "/b1?utm_source=a"), f"{A}/b1": page(), f"{A}/a1": page("/b"),
    })  # fmt: skip
    crawled = Crawled(site, strip)
    assert crawled.names == ["/", "/b", "/a", "/b1", "/a1"]
    assert crawled.ledger.outside == 1
    assert site.asked == [f"{A}{name}" for name in crawled.names]
    assert [item.named for item in crawled.items] == [True, False, False, False, False]


def test_depth_and_pages(web: type, strip: Strip) -> None:
    chain = web({f"{A}/": page("/1")} | {f"{A}/{number}": page(f"/{number + 1}") for number in range(1, 50)})
    shallow = Crawled(chain, strip, reach=Reach(depth=2))
    assert shallow.names == ["/", "/1", "/2"]
    assert shallow.ledger.left_out == {"--depth": 1}
    wide = web({f"{A}/": page(*(f"/{number}" for number in range(50)))} | {f"{A}/{number}": page(f"/{number}/x") for number in range(50)})
    few = Crawled(wide, strip, reach=Reach(pages=10))
    assert few.names == ["/", *(f"/{number}" for number in range(9))]
    assert len(wide.asked) == 10
    # 41 that were not fetched, and the links of the nine that were.
    assert few.ledger.left_out == {"--max-pages": 50}


def test_the_scope(web: type, strip: Strip) -> None:
    site = {f"{A}/reviews/": page("1", "/news/2", "/reviews"), f"{A}/reviews/1": page(), f"{A}/news/2": page(), f"{A}/reviews": page()}
    assert Crawled(web(site), strip, f"{A}/reviews/").names == ["/reviews/", "/reviews/1"]
    assert Crawled(web(site), strip, f"{A}/reviews/", reach=Reach(prefix="/")).names == ["/reviews/", "/reviews/1", "/news/2", "/reviews"]
    assert Crawled(web(site), strip, f"{A}/reviews").names == ["/reviews"]


def test_redirects(web: type, strip: Strip) -> None:
    site = web({
        f"{A}/": page("/old", "/new", "/away", "/loop"), f"{A}/old": f"-> {A}/new", f"{A}/new": page("/more"), f"{A}/more": page(),
        f"{A}/away": "-> https://other.example/", "https://other.example/": page(), f"{A}/loop": NotCheckedReason.FETCH_FAILED,
    })  # fmt: skip
    crawled = Crawled(site, strip)
    assert crawled.names == ["/", "/old", "/loop", "/more"]
    assert crawled.ledger.duplicates == 1
    assert crawled.notes == [("/new", f"it leads to {A}/new, which was read")]
    assert crawled.skipped == [("/away", "it leads out of the crawl, to other.example")]


def test_a_start_that_leads_elsewhere_does_not_take_the_crawl_along(web: type, strip: Strip) -> None:
    site = web({f"{A}/": "-> https://login.example/", "https://login.example/": page("/x"), "https://login.example/x": page()})
    crawled = Crawled(site, strip)
    assert crawled.names == ["/"]
    assert crawled.ledger.outside == 1


def test_a_thousand_ways_to_one_login_are_all_told(web: type, strip: Strip) -> None:
    site = web({f"{A}/": page("/1", "/2"), f"{A}/1": f"-> {A}/login", f"{A}/2": f"-> {A}/login", f"{A}/login": NotCheckedReason.LOGIN})
    assert Crawled(site, strip).names == ["/", "/1", "/2"]


def test_what_is_no_page(web: type, strip: Strip) -> None:
    site = web(
        {f"{A}/": page("/a.pdf", "/b", "/c", "/d", "/e", "/f"), f"{A}/b": b"%PDF-1.7", f"{A}/c": NotCheckedReason.ROBOTS, f"{A}/d": b'{"a": "<p>"}',
         f"{A}/e": b"nothing", f"{A}/f": b""},
        {f"{A}/b": "application/pdf", f"{A}/d": "application/json"},
    )  # fmt: skip
    crawled = Crawled(site, strip)
    assert crawled.skipped == [
        ("/a.pdf", "it is named like application/pdf, which is no page"), ("/b", "it is application/pdf, which is no page"),
        ("/c", "robots.txt does not allow it"), ("/d", "it is application/json, which is no page"),
    ]  # fmt: skip
    assert [(item.name, item.given and item.given.reason) for item in crawled.items[1:]] == [(f"{A}/e", "not_html"), (f"{A}/f", "empty")]


def test_a_start_that_is_no_page_is_not_checked(web: type, strip: Strip) -> None:
    crawled = Crawled(web({f"{A}/": NotCheckedReason.ROBOTS}), strip, f"{A}/", "nowhere")
    assert [item.given and item.given.reason for item in crawled.items] == [NotCheckedReason.MISSING, NotCheckedReason.ROBOTS]


def test_copies_by_their_canonical_address(web: type, strip: Strip) -> None:
    site = web({
        f"{A}/": page("/a?print=1", "/a", "/b", "/a?page=2", "/c"),
        f"{A}/a?print=1": page(head="<link rel=canonical href=/a>"),
        f"{A}/a": page(head="<link rel=next href='?page=2'><link rel=amphtml href='?amp'>"),
        f"{A}/a?page=2": page(head="<link rel=canonical href=/a>"), f"{A}/a?amp": page(head="<link rel=canonical href=/a>"),
        f"{A}/b": page(head="<link rel=canonical href=/>"), f"{A}/c": page(head="<link rel=canonical href=https://other.example/>"),
    })  # fmt: skip
    crawled = Crawled(site, strip)
    # The first of two copies stands for both; a next part, an AMP twin, and a page that calls the front page canonical are pages of their own.
    assert crawled.names == ["/", "/a?print=1", "/b", "/a?page=2", "/c", "/a?amp"]
    assert ("/a", f"{A}/a was read already") in crawled.notes
    assert ("/b", f"its canonical address is {A}/") in crawled.notes


def test_robots_meta_and_nofollow(web: type, strip: Strip) -> None:
    site = web({
        f"{A}/": "<!doctype html><a href=/a rel=nofollow>x</a><a href=/b rel=nofollow>x</a><a href=/c>x</a>",
        f"{A}/b": page(), f"{A}/c": page("/b", head="<meta name=robots content=noindex>"),
    })  # fmt: skip
    crawled = Crawled(site, strip)
    assert crawled.names == ["/", "/c", "/b"]
    assert crawled.skipped == [("/a", "every link to it asks not to be followed")]
    assert crawled.notes == [("/c", "it asks not to be indexed")]


def test_patterns(web: type, strip: Strip) -> None:
    site = web({f"{A}/": page("/hub", "/tag/x"), f"{A}/hub": page("/reviews/1"), f"{A}/reviews/1": page(), f"{A}/tag/x": page("/reviews/2")})
    crawled = Crawled(site, strip, wanted=Wanted(Wanted.scope(["/reviews/"]), Wanted.scope(["/tag/"])))
    assert crawled.names == ["/reviews/1"]
    assert crawled.ledger.left_out == {"--exclude": 1, "not in --include": 2}


class Endless:
    """A site that answers everything with links to more."""

    def __init__(self, web: type, links: Callable[[str], list[str]]) -> None:
        self._web = web({})
        self._links = links

    def fetch_all(self, urls: list[str]) -> object:
        for url in urls:
            self._web.answers[url] = page(*self._links(url))
            yield self._web._fetch(url)


@pytest.mark.parametrize(
    ("links", "why"),
    [
        (lambda url: [f"{url.rstrip('/')}/a"], "its path repeats itself"),
        (lambda url: [f"{A}/list?sort={url[-1]}{number}" for number in range(300)], "more than 20 queries of one path"),
        (lambda _: ["x" * 2_500], "its address has 2,518 characters"),
    ],
)
def test_traps(web: type, strip: Strip, links: Callable[[str], list[str]], why: str) -> None:
    crawled = Crawled(Endless(web, links), strip, reach=Reach(depth=100, queries=20))
    assert len(crawled.items) <= 25
    assert any(told == why for _, told in crawled.skipped)


def test_a_calendar_ends_at_the_cap(web: type, strip: Strip) -> None:
    def calendar(url: str) -> list[str]:
        day = int(url.rpartition("/")[2] or 0)
        return [f"{A}/{day * 9 + number}" for number in range(1, 10)]

    crawled = Crawled(Endless(web, calendar), strip, reach=Reach(depth=1_000, pages=100))
    assert len(crawled.items) == 100
    assert crawled.ledger.left_out["--max-pages"] > 100


def test_a_crawl_is_the_same_each_time(web: type, strip: Strip) -> None:
    def links(url: str) -> list[str]:
        return [f"{A}/{(len(url) * 7 + number) % 97}" for number in range(10)]

    first, second = (Crawled(Endless(web, links), strip, reach=Reach(pages=60)) for _ in range(2))
    assert first.names == second.names


def test_a_dead_link_is_listed_and_is_no_page_that_was_not_checked(web: type, strip: Strip) -> None:
    found = Crawled(web({f"{A}/": page("/there", "/gone"), f"{A}/there": page("/gone", "/shut"), f"{A}/shut": NotCheckedReason.BLOCKED}), strip)
    assert found.names == ["/", "/there", "/shut"]
    assert [item.given.reason for item in found.items if item.given] == [None, None, NotCheckedReason.BLOCKED]
    assert found.skipped == [("/gone", "a link leads to it, and the server answers 404")]


def test_where_a_crawl_starts_there_must_be_a_page(web: type, strip: Strip) -> None:
    found = Crawled(web({}), strip, f"{A}/gone")
    assert [item.given.reason for item in found.items if item.given] == [NotCheckedReason.NOT_FOUND]


def test_what_the_server_asks_of_those_who_index_counts_as_in_the_page(strip: Strip) -> None:
    def told(robots: str) -> tuple[bool, bool]:
        found = links_of(Source("x", page("/a").encode(), robots=robots), f"{A}/")
        return found.noindex, found.links[0][1]

    assert told("") == (False, False)
    assert told("NoIndex") == (True, False)
    assert told("noindex, nofollow") == told("none") == (True, True)
