"""Answers that only look like a page are told from pages, and pages that only speak of such answers stay pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.model import NotCheckedReason as Reason
from checker.sources.fetch import answer
from checker.sources.fetch.client import Client
from tests.sources.fetch.conftest import PAGE, Site, reply

Make = Callable[..., Client]
STORY = "<p>" + "The kettle boils the water of the lake within three minutes. " * 120
HERE = "https://shop.example/stories/kettle"


def told(markup: str, asked: str = HERE, found: str | None = None) -> Reason | None:
    said = answer.by_content(asked, found or asked, markup.encode(), "text/html; charset=utf-8")
    return said[0] if said else None


@pytest.mark.parametrize(
    "markup",
    [
        "<title>Just a moment...</title><h1>shop.example</h1><p>Checking that you are no robot",
        "<title>Attention Required! | Wall</title><p>Sorry",
        "<title>Access Denied</title><p>You don't have permission. Reference 18.2",
        "<title>shop.example</title><script src=https://x.example/captcha-delivery.com/c.js></script><p>Please enable JS",
        "<title></title><div class=h-captcha></div>",
        "<title>Einen Moment, bitte</title>",
        "<title>Nur einen Moment…</title>",
        "<title>访问被拒绝</title>",
    ],
)
def test_challenges(markup: str) -> None:
    expected = None if "Moment, bitte" in markup else Reason.BLOCKED
    assert told(markup) is expected


@pytest.mark.parametrize(
    "markup",
    [
        "<title>Page not found</title><p>Sorry",
        "<title>Page Not Found | The Lake Paper</title>" + STORY,
        "<title>404 – The Lake Paper</title><h1>Oh</h1>",
        "<title>The Lake Paper</title><h1>Seite nicht gefunden.</h1>",
        "<title>Error 404: Página no encontrada</title>",
        "<title>ページが見つかりません | 湖の新聞</title>",
        "<title>Page introuvable - Le Lac</title>",
        "<title>&#52;04 Not Found</title>",
    ],
)
def test_soft_404(markup: str) -> None:
    assert told(markup) is Reason.NOT_FOUND


@pytest.mark.parametrize(
    "markup",
    [
        "<title>How to mend a page not found error</title>" + STORY,
        "<title>A kettle</title><script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js></script>" + STORY,
        "<title>A kettle</title><form><input type=password></form>" + STORY,
        "<title>Access denied: a review of the film</title>" + STORY,
        "<title>404 kettles tested</title>" + STORY,
        "<title>A kettle</title><article>short</article><div class=g-recaptcha></div>",
        "<title>A kettle</title>" + "<script>" * 3_000,
        "<title" + "<title" * 50_000,
    ],
)
def test_pages_stay_pages(markup: str) -> None:
    assert told(markup) is None


def test_login_pages() -> None:
    form = "<title>The Lake Paper</title><form><input name=user><input type='password'></form>"
    login = "https://shop.example/account/login?next=/stories/kettle"
    assert told(form, found=login) is Reason.LOGIN
    assert told(form + STORY, found=login) is Reason.LOGIN
    assert told("<title>x</title><p>Your e-mail", found="https://login.other.example/x") is Reason.LOGIN
    assert told("<title>Anmelden | The Lake Paper</title><input type=password>") is Reason.LOGIN
    assert told("<title>Sign in</title>") is None  # without a field nothing is proven
    assert told(form, asked=login, found=login) is None  # it is what was asked for
    assert told("<title>Kettles</title>" + STORY, found="https://shop.example/stories/the-best-kettle") is None


@pytest.mark.parametrize(
    ("asked", "found", "home"),
    [
        (HERE, "https://shop.example/", True),
        (HERE, "https://www.shop.example/", True),
        ("http://shop.example/old", "https://shop.example/", True),
        (HERE, "https://shop.example/en/", True),
        ("https://shop.example/index.html", "https://shop.example/", False),
        ("https://shop.example/", "https://shop.example/en/", False),
        ("https://shop.example/en", "https://shop.example/", False),
        ("https://short.example/x7", "https://shop.example/", False),
        ("https://shop.example/?p=12", "https://shop.example/", False),
        (HERE, "https://shop.example/?p=7", False),
        ("https://shop.example/", "https://shop.example/", False),
    ],
)
def test_the_home_page_instead(asked: str, found: str, home: bool) -> None:
    assert told("<title>x</title>" + STORY, asked, found) is (Reason.NOT_FOUND if home else None)


@pytest.mark.parametrize("header", [b"CF-Mitigated: challenge", b"x-amzn-waf-action: captcha"])
@pytest.mark.parametrize("status", ["200 OK", "202 Accepted", "403 No", "503 Busy"])
def test_challenges_that_say_so_in_a_header(header: bytes, status: str, site: Site, client: Make) -> None:
    answered = reply(PAGE, status).replace(b"\r\n", b"\r\n" + header + b"\r\n", 1)
    assert client(attempts=1).fetch(site.says("/a", answered)).reason is Reason.BLOCKED


def test_an_answer_keeps_how_it_came(site: Site, client: Make) -> None:
    site.says("/a", reply(b"", "302 Found", Location="/login"))
    site.says("/login", reply(b"<title>x</title><input type=password>"))
    found = client().fetch(site.url + "/a")
    assert (found.reason, found.body) == (Reason.LOGIN, None)
    assert found.http is not None
    assert (found.http.status, found.http.redirects) == (200, (site.url + "/a",))


ROBOTS = b"User-agent: *\nDisallow: /closed\nAllow: /closed/open$\nCrawl-delay: 0.1\n\nUser-agent: other\nDisallow: /\nSitemap: /s.xml\n"


def test_robots_are_asked_once_and_heard(site: Site, client: Make) -> None:
    site.says("/robots.txt", reply(ROBOTS, kind="text/plain"))
    for path in ("/a", "/closed/open", "/closed/x"):
        site.says(path, reply())
    one = client(robots=True)
    found = list(one.fetch_all(site.url + path for path in ("/a", "/closed/x", "/closed/open")))
    assert [source.reason for source in found] == [None, Reason.ROBOTS, None]
    assert site.paths().count("/robots.txt") == 1
    assert "/closed/x" not in site.paths()
    assert one.fetch(site.url + "/robots.txt", "text").body == ROBOTS
    assert site.paths().count("/robots.txt") == 1
    assert client(robots=False).fetch(site.url + "/closed/x").body == PAGE


@pytest.mark.parametrize(("status", "allowed"), [("404 None", True), ("403 No", True), ("410 Gone", True), ("500 Oh", False), ("503 Busy", False)])
def test_robots_that_do_not_come(status: str, allowed: bool, site: Site, client: Make) -> None:
    site.says("/robots.txt", reply(b"", status))
    site.says("/a", reply())
    assert client(robots=True).fetch(site.url + "/a").reason is (None if allowed else Reason.ROBOTS)
    assert ("/a" in site.paths()) is allowed


def test_robots_that_are_too_long_or_lead_elsewhere(site: Site, client: Make) -> None:
    site.says("/robots.txt", reply(b"", "302 Found", Location="/elsewhere.txt"))
    site.says("/elsewhere.txt", reply(b"User-agent: *\nDisallow: /closed\n" + b"# x\n" * 300_000, kind="text/plain"))
    site.says("/closed", reply())
    assert client(robots=True).fetch(site.url + "/closed").reason is Reason.ROBOTS


def test_a_redirect_into_what_robots_close(site: Site, client: Make) -> None:
    site.says("/robots.txt", reply(ROBOTS, kind="text/plain"))
    site.says("/a", reply(b"", "302 Found", Location="/closed/x"))
    site.says("/closed/x", reply())
    assert client(robots=True).fetch(site.url + "/a").reason is Reason.ROBOTS
    assert "/closed/x" not in site.paths()
