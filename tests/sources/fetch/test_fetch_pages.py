"""What servers do, and what becomes of it: a page, or a reason; never an exception, never a long wait."""

from __future__ import annotations

import gzip
import io
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest

from checker.model import NotCheckedReason as Reason
from checker.sources.fetch.client import Client
from checker.sources.fetch.settings import Cookie, Fetching, Login, Proxies, origins
from checker.sources.limits import Limits
from tests.sources.fetch.conftest import FAST, PAGE, Asked, Loopback, Site, names, reply

Make = Callable[..., Client]


def test_a_page_comes_with_all_that_is_known_of_it(site: Site, client: Make) -> None:
    site.says("/a", reply(kind="text/html; charset=Shift_JIS"))
    found = client().fetch(site.url + "/a?token=abc#part")
    assert found.body == PAGE
    assert (found.charset, found.fetched, found.reason, found.detail) == ("Shift_JIS", True, None, None)
    assert found.name == site.url + "/a?token=***#part"
    assert found.http is not None
    assert (found.http.status, found.http.redirects) == (200, ())
    assert found.url == found.http.url == site.url + "/a?token=***"
    assert site.paths() == ["/a?token=abc"]


def test_who_asks_is_said(site: Site, client: Make) -> None:
    site.says("/a", reply())
    client(version="1.2", contact="https://shop.example/about").fetch(site.url + "/a")
    assert site.asked[0].headers["user-agent"] == "disclosure-checker/1.2 (+https://shop.example/about)"
    assert {"authorization", "cookie", "referer", "if-none-match"}.isdisjoint(site.asked[0].headers)


@pytest.mark.parametrize("packed", ["gzip", "x-gzip", "deflate", "raw deflate", "br", "zstd", "gzip, gzip", "gzip, br"])
def test_packed_pages_are_unpacked(packed: str, site: Site, client: Make) -> None:
    site.says("/a", reply(pack(PAGE, packed), Content_Encoding=packed.removeprefix("raw ")))
    assert client().fetch(site.url + "/a").body == PAGE


def pack(body: bytes, way: str) -> bytes:
    for step in way.split(", "):
        if step.endswith("gzip"):
            body = gzip.compress(body)
        elif step == "raw deflate":
            body = zlib.compress(body, wbits=-15)
        elif step == "deflate":
            body = zlib.compress(body)
        elif step == "br":
            body = brotli.compress(body, quality=3)
        else:
            body = pytest.importorskip("backports.zstd").compress(body)
    return body


def test_redirects_are_recorded(site: Site, client: Make) -> None:
    site.says("/a", reply(b"moved", "301 Moved", Location="/b?key=s3cret"))
    site.says("/b", reply(b"", "302 Found", Location="c#top"))
    site.says("/c", reply())
    found = client().fetch(site.url + "/a")
    assert found.body == PAGE
    assert found.http is not None
    assert found.http.redirects == (site.url + "/a", site.url + "/b?key=***")
    assert found.http.url == site.url + "/c"
    assert site.connections == 1


def test_redirects_end(site: Site, client: Make) -> None:
    loop = site.says("/loop", reply(b"", "302 Found", Location="/loop2"))
    site.says("/loop2", reply(b"", "302 Found", Location="/loop"))
    site.routes["/far"] = lambda asked: (reply(b"", "302 Found", Location=f"/far?{asked.path.count('x') * 'x'}x"),)
    found = client().fetch(loop)
    assert (found.reason, found.detail) == (Reason.FETCH_FAILED, "its redirects lead in a circle")
    far = client().fetch(site.url + "/far")
    assert (far.reason, far.detail) == (Reason.CAPPED, "more than 10 redirects")
    assert client().fetch(site.says("/none", reply(b"", "302 Found"))).reason is Reason.FETCH_FAILED


def test_a_wall_of_cookies_is_passed_and_forgotten(site: Site, client: Make) -> None:
    """The page that sets a cookie and leads to itself; the next page begins without it."""

    def wall(asked: Asked) -> tuple[bytes]:
        return (reply() if "seen=1" in asked.headers.get("cookie", "") else reply(b"", "302 Found", Location="/a", Set_Cookie="seen=1; Path=/"),)

    site.routes["/a"] = wall
    one = client()
    assert one.fetch(site.url + "/a").body == PAGE
    assert one.fetch(site.url + "/a").body == PAGE
    assert ["cookie" in asked.headers for asked in site.asked] == [False, True, False, True]


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("401 Unauthorized", Reason.BLOCKED),
        ("403 Forbidden", Reason.BLOCKED),
        ("429 Too Many Requests", Reason.BLOCKED),
        ("451 Unavailable", Reason.BLOCKED),
        ("404 Not Found", Reason.NOT_FOUND),
        ("410 Gone", Reason.NOT_FOUND),
        ("418 Teapot", Reason.FETCH_FAILED),
        ("500 Oh", Reason.FETCH_FAILED),
        ("503 Busy", Reason.FETCH_FAILED),
        ("206 Partial", Reason.DAMAGED),
        ("304 Not Modified", Reason.FETCH_FAILED),
        ("300 Choices", Reason.FETCH_FAILED),
        ("999 Odd", Reason.FETCH_FAILED),
    ],
)
def test_a_status_is_no_page(status: str, reason: Reason, site: Site, client: Make) -> None:
    found = client().fetch(site.says("/a", reply(PAGE if status[:3] != "304" else b"", status)))
    assert (found.reason, found.body) == (reason, None)
    assert found.http is not None
    assert found.http.status == int(status[:3])
    assert status[:3] in str(found.detail)


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "application/pdf", "image/png", "application/octet-stream", "application/xml"])
def test_the_type_is_respected(kind: str, site: Site, client: Make) -> None:
    found = client().fetch(site.says("/a", reply(kind=kind)))
    assert (found.reason, found.body) == (Reason.NOT_HTML, None)
    assert kind in str(found.detail)


def test_without_a_type_the_bytes_decide(site: Site, client: Make) -> None:
    assert client().fetch(site.says("/a", reply(kind=None))).body == PAGE
    assert client().fetch(site.says("/b", reply(b"%PDF-1.7 <p>", kind=None))).reason is Reason.NOT_HTML
    assert client().fetch(site.says("/c", reply(b"\x89PNG\r\n\x1a\n", kind="text/html"))).reason is Reason.NOT_HTML
    assert client().fetch(site.says("/d", reply(b""))).reason is Reason.EMPTY
    assert client().fetch(site.says("/e", reply(kind="Application/XHTML+XML ; charset=utf-8"))).body == PAGE


def test_other_texts_are_handed_on_as_they_are(site: Site, client: Make) -> None:
    site.says("/s", reply(b"<urlset/>", kind="application/xml"))
    assert client().fetch(site.url + "/s", "xml").body == b"<urlset/>"
    assert client().fetch(site.url + "/s", "text").body == b"<urlset/>"


@pytest.mark.parametrize(
    "broken",
    [
        (reply(b"x" * 50, Content_Encoding="gzip"),),
        (reply(gzip.compress(PAGE)[:-9], Content_Encoding="gzip"),),
        (reply(gzip.compress(PAGE)[:40] + b"\0" * 90, Content_Encoding="gzip"),),
        (reply(zlib.compress(PAGE)[:-5], Content_Encoding="deflate"),),
        (reply(brotli.compress(PAGE)[:-3], Content_Encoding="br"),),
        (reply(b"no", Content_Encoding="br"),),
        (reply(b"\x28\xb5\x2f\xfd\x00", Content_Encoding="zstd"),),
        (reply(PAGE, Content_Encoding="compress"),),
        (reply(PAGE, Content_Encoding="gzip, gzip, gzip, gzip"),),
        (reply(length=len(PAGE) + 100), None),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>he", None),
    ],
)
def test_damaged_pages_are_told(broken: tuple[bytes | None, ...], site: Site, client: Make) -> None:
    found = client().fetch(site.says("/a", *broken))
    assert (found.reason, found.body) == (Reason.DAMAGED, None), found


def test_what_follows_the_packed_page_is_left(site: Site, client: Make) -> None:
    two = gzip.compress(PAGE[:100]) + gzip.compress(PAGE[100:])
    assert client().fetch(site.says("/a", reply(two + b"\0" * 20, Content_Encoding="gzip"))).body == PAGE
    assert client().fetch(site.says("/b", reply(pack(PAGE, "deflate") + b"more", Content_Encoding="deflate"))).body == PAGE
    assert client().fetch(site.says("/c", reply(pack(PAGE, "zstd") + b"more", Content_Encoding="zstd"))).body == PAGE


def test_a_page_longer_than_it_says_ends_where_it_says_and_does_not_become_the_next(site: Site, client: Make) -> None:
    one = client()
    assert one.fetch(site.says("/a", reply(PAGE + b"HTTP/1.1 200 OK\r\n", length=len(PAGE)))).body == PAGE
    assert one.fetch(site.says("/b", reply(PAGE + b"<p>b"))).body == PAGE + b"<p>b"


@pytest.mark.parametrize(
    "broken",
    [
        (None,),
        (b"no HTTP at all\r\n\r\n", None),
        (b"HTTP/1.1 200 OK\r\nContent-Le", None),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nhello", None),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello", None),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 300_000 + b"\r\n\r\n", None),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello", None),
    ],
)
def test_a_server_that_breaks_the_protocol(broken: tuple[bytes | None, ...], site: Site, client: Make) -> None:
    found = client().fetch(site.says("/a", *broken))
    assert (found.reason, found.body) == (Reason.FETCH_FAILED, None)
    assert str(found.detail).isprintable()


def test_caps_on_the_wire_and_on_what_it_unpacks_to(site: Site, client: Make) -> None:
    small = Limits(connect=2, read=0.5, page=2, wire_bytes=10_000, body_bytes=20_000)
    one = client(limits=small)
    said = one.fetch(site.says("/a", reply(PAGE, length=10_001)))
    assert (said.reason, said.detail) == (Reason.CAPPED, "it says that it has 10,001 bytes; more than 10,000 bytes are not fetched")
    chunked = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1000\r\n" + b"x" * 4096 + b"\r\n"
    assert one.fetch(site.says("/b", chunked, *[b"1000\r\n" + b"x" * 4096 + b"\r\n"] * 5)).reason is Reason.CAPPED
    unpacked = one.fetch(site.says("/c", reply(gzip.compress(b"<p>" + b"x" * 30_000), Content_Encoding="gzip")))
    assert (unpacked.reason, unpacked.detail) == (Reason.CAPPED, "it unpacks to more than 20,000 bytes")
    assert one.fetch(site.says("/d", reply(gzip.compress(b"<p>" + b"x" * 19_997), Content_Encoding="gzip"))).body is not None


@pytest.mark.parametrize("packed", ["gzip", "br", "zstd", "gzip, gzip", "deflate"])
def test_a_bomb_costs_little(packed: str, site: Site, client: Make) -> None:
    """200 MB in a few hundred KB; without the caps the page would be held."""
    bomb = pack(b"<p>" + bytes(200 << 20), packed)
    site.routes["/a"] = lambda _: (reply(bomb, Content_Encoding=packed),)
    one = client(limits=Limits(connect=2, read=5, page=20))
    one.fetch(site.url + "/warm")
    tracemalloc.start()
    try:
        found = one.fetch(site.url + "/a")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found.reason is Reason.CAPPED
    assert most < 24 << 20, most


def test_slow_servers_are_stopped(site: Site, client: Make) -> None:
    one = client(attempts=1)
    drip: list[bytes | float] = [b"x", 0.05] * 100
    silent = one.fetch(site.says("/silent", 5.0))
    assert (silent.reason, silent.detail) == (Reason.FETCH_FAILED, "nothing came for 0.4 s")
    stalled = one.fetch(site.says("/stalled", reply(length=9_999), 5.0))
    assert (stalled.reason, stalled.detail) == (Reason.FETCH_FAILED, "nothing came for 0.4 s")
    # No gap between two drops is a second long, even on a machine that does other things.
    patient = client(attempts=1, limits=Limits(connect=5, read=1.1, page=1.2))
    dripping = patient.fetch(site.says("/drip", reply(b"", length=9_999), *drip))
    assert (dripping.reason, dripping.detail) == (Reason.FETCH_FAILED, "it took longer than 1.2 s")
    head = patient.fetch(site.says("/head", b"HTTP/1.1 200 OK\r\nX: ", *drip))
    assert (head.reason, head.detail) == (Reason.FETCH_FAILED, "it took longer than 1.2 s")


def test_a_slow_page_that_keeps_coming_is_read(site: Site, client: Make) -> None:
    half = len(PAGE) // 2
    whole = reply()
    assert client().fetch(site.says("/a", whole[:20], 0.1, whole[20:half], 0.1, whole[half:])).body == PAGE


def test_busy_servers_are_asked_again(site: Site, client: Make) -> None:
    site.says_in_turn("/a", reply(b"", "429 Slow down", Retry_After="1"), reply())
    started = time.monotonic()
    assert client(limits=FAST).fetch(site.url + "/a").body == PAGE
    assert time.monotonic() - started > 0.95
    site.says_in_turn("/b", reply(b"", "503 Busy"), reply(b"", "500 Oh"), reply())
    assert client(attempts=3).fetch(site.url + "/b").body == PAGE
    site.says_in_turn("/c", reply(b"", "503 Busy"), reply(b"", "503 Busy"), reply())
    assert client(attempts=2).fetch(site.url + "/c").reason is Reason.FETCH_FAILED
    site.says_in_turn("/d", reply(b"", "403 No"), reply())
    assert client(attempts=3).fetch(site.url + "/d").reason is Reason.BLOCKED


def test_nothing_is_printed_of_another_attempt(site: Site, client: Make, capfd: pytest.CaptureFixture[str]) -> None:
    site.says_in_turn("/a", reply(b"", "503 Busy"), reply())
    assert client().fetch(site.url + "/a?token=s3cret").body == PAGE
    assert capfd.readouterr() == ("", "")


def test_a_connection_that_breaks_is_tried_again(site: Site, client: Make) -> None:
    answers: Iterator[tuple[bytes | None, ...]] = iter([(None,), (reply(length=99_999), None), (reply(),)])
    site.routes["/a"] = lambda _: next(answers)
    assert client(attempts=3).fetch(site.url + "/a").body == PAGE


def test_a_host_that_wants_to_be_left_alone_is(site: Site, client: Make) -> None:
    site.says("/a", reply(b"", "429 Slow down", Retry_After="3600"))
    site.says("/b", reply())
    one = client(longest_wait=1.0, attempts=3)
    assert one.fetch(site.url + "/a").reason is Reason.BLOCKED
    left = one.fetch(site.url + "/b")
    assert left.reason is Reason.BLOCKED
    assert "left alone for another 3600 s" in str(left.detail)
    assert site.paths() == ["/a"]


def test_names_and_connections_that_fail(client: Make) -> None:
    def unknown(host: str, port: int) -> list[str]:
        import socket

        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    found = client(unknown).fetch("http://nowhere.example/")
    assert (found.reason, found.detail) == (Reason.FETCH_FAILED, "its name cannot be resolved")
    closed = client(names(shop_example=["127.0.0.1"])).fetch("http://shop.example:1024/")
    assert closed.reason is Reason.FETCH_FAILED
    assert "no connection" in str(closed.detail)

    def hanging(host: str, port: int) -> list[str]:
        time.sleep(1.0)
        return ["127.0.0.1"]

    hangs = client(hanging, limits=Limits(connect=0.1), attempts=1)
    assert "within 0.1 s" in str(hangs.fetch("http://slow.example/").detail)


def test_the_second_address_serves_where_the_first_does_not(site: Site, client: Make) -> None:
    site.says("/a", reply())
    dialler = Loopback()
    found = client(names(shop_example=["10.255.255.1", "127.0.0.1"]), dialler).fetch(f"http://shop.example:{site.port}/a")
    assert found.body == PAGE
    assert dialler.dialled == ["10.255.255.1", "127.0.0.1"]


def test_secrets_go_to_named_hosts_alone(site: Site, client: Make) -> None:
    site.routes["/a"] = lambda _: (reply(b"", "302 Found", Location=f"http://other.example:{site.port}/b"),)
    site.says("/b", reply())
    named = origins([f"http://staging.example:{site.port}/x"])
    cookies = (
        Cookie("staging.example", False, "/", False, None, "session", "s1"),
        Cookie("other.example", True, "/elsewhere", False, None, "path", "p1"),
        Cookie("other.example", True, "/", True, None, "secure", "x1"),
    )
    one = client(
        names(staging_example=["127.0.0.1"], other_example=["127.0.0.1"], a_staging_example=["127.0.0.1"]),
        headers=(("X-Key", "k1"),),
        logins=(Login(None, "ada", "pw"),),
        cookies=cookies,
        named=named,
    )
    assert one.fetch(f"http://staging.example:{site.port}/a").body == PAGE
    first, second = site.asked
    assert (first.headers["x-key"], first.headers["authorization"], first.headers["cookie"]) == ("k1", "Basic YWRhOnB3", "session=s1")
    assert {"x-key", "authorization", "cookie"}.isdisjoint(second.headers)
    one.fetch(f"http://a.staging.example:{site.port}/b")
    assert {"x-key", "authorization", "cookie"}.isdisjoint(site.asked[-1].headers)
    assert "k1" not in repr(Fetching(headers=(("X-Key", "k1"),), cookies=cookies))
    assert "s1" not in repr(cookies)


def test_user_and_password_in_an_address_are_not_sent(site: Site, client: Make) -> None:
    site.says("/a", reply())
    found = client().fetch(f"http://ada:pw@127.0.0.1:{site.port}/a")
    assert found.name == f"http://***@127.0.0.1:{site.port}/a"
    assert "authorization" not in site.asked[0].headers


def test_all_pages_come_in_their_order(site: Site, client: Make) -> None:
    for number in range(60):
        site.says(f"/{number}", 0.03 if number % 7 == 0 else 0.0, reply(PAGE + f"<p>{number}".encode()))
    found = list(client(concurrency=4, total=8).fetch_all(f"{site.url}/{number}" for number in range(60)))
    assert [source.name for source in found] == [f"{site.url}/{number}" for number in range(60)]
    assert all(str(source.body).endswith(f"<p>{number}'") for number, source in enumerate(found))
    assert site.most_at_once <= 4


def test_few_addresses_are_taken_ahead(site: Site, client: Make) -> None:
    site.says("/a", reply())
    taken: list[int] = []

    def urls() -> Iterator[str]:
        for number in range(1_000):
            taken.append(number)
            yield f"{site.url}/a?{number}"

    pages = client(total=3).fetch_all(urls())
    next(pages)
    assert len(taken) <= 6
    pages.close()  # type: ignore[attr-defined]
    assert len(taken) <= 6


def test_stopping_in_the_middle_leaves_nothing_behind(site: Site, client: Make) -> None:
    site.says("/quick", reply())
    site.says("/stuck", 3.0)
    before = threading.active_count()
    one = client(limits=Limits(connect=2, read=30, page=60))
    pages = one.fetch_all([site.url + "/quick", *[site.url + "/stuck"] * 10])
    assert next(pages).body == PAGE
    started = time.monotonic()
    pages.close()  # type: ignore[attr-defined]
    one.close()
    one.close()
    assert time.monotonic() - started < 1
    for thread in threading.enumerate():
        if thread.name == "AnyIO worker thread":  # it has been told to end, and nobody waits for it
            thread.join(2)
    assert not [thread for thread in threading.enumerate() if thread.name in {"fetching", "AnyIO worker thread"}]
    assert threading.active_count() <= before + 5  # those of the server
    with pytest.raises(RuntimeError):
        one.fetch(site.url + "/quick")


def test_delay_between_two_requests(site: Site, client: Make) -> None:
    site.says("/a", reply())
    started = time.monotonic()
    list(client(delay=0.1).fetch_all([site.url + "/a?1", site.url + "/a?2", site.url + "/a?3", site.url + "/a?4"]))
    assert time.monotonic() - started >= 0.3


def test_waiting_for_ones_turn_does_not_count_as_the_page(site: Site, client: Make) -> None:
    site.says("/a", 0.3, reply())
    one = client(limits=Limits(connect=2, read=1, page=0.8), concurrency=1)
    assert all(source.body for source in one.fetch_all(f"{site.url}/a?{number}" for number in range(5)))


def test_unchanged_pages_come_from_the_folder(tmp_path: Path, site: Site, client: Make) -> None:
    def answer(asked: Asked) -> tuple[bytes]:
        unchanged = asked.headers.get("if-none-match") == '"v1"'
        return (reply(b"", "304 Not Modified", kind=None) if unchanged else reply(kind="text/html; charset=latin1", ETag='"v1"'),)

    site.routes["/a"] = answer
    first = client(cache=tmp_path).fetch(site.url + "/a")
    second = client(cache=tmp_path).fetch(site.url + "/a")
    assert first == second
    assert second.charset == "latin1"
    assert ["if-none-match" in asked.headers for asked in site.asked] == [False, True]
    client(cache=tmp_path, headers=(("X-Key", "k"),), named=origins([site.url])).fetch(site.url + "/a")
    assert "if-none-match" not in site.asked[-1].headers
    for path in (tmp_path / "disclosure-fetched-1").iterdir():
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert client(cache=tmp_path).fetch(site.url + "/a").body == PAGE
    assert "if-none-match" not in site.asked[-1].headers


def test_a_proxy_is_handed_checked_names_only(site: Site, client: Make) -> None:
    site.routes[f"http://shop.example:{site.port}/a"] = lambda _: (reply(),)
    proxies = Proxies(http=f"http://ada:pw@proxy.example:{site.port}", but_not="direct.example")
    resolver = names(proxy_example=["127.0.0.1"], shop_example=["93.184.216.34"], inside_example=["10.0.0.1"], direct_example=["127.0.0.1"])
    one = client(resolver, allow_private=False, proxies=proxies)
    assert one.fetch(f"http://shop.example:{site.port}/a").body == PAGE
    assert site.asked[0].headers["proxy-authorization"] == "Basic YWRhOnB3"
    assert one.fetch(f"http://inside.example:{site.port}/a").reason is Reason.FORBIDDEN_ADDRESS
    assert one.fetch(f"http://127.0.0.1:{site.port}/a").reason is Reason.FORBIDDEN_ADDRESS
    assert one.fetch(f"http://direct.example:{site.port}/a").reason is Reason.FORBIDDEN_ADDRESS
    assert len(site.asked) == 1


def test_no_read_keeps_an_unpacker_waiting() -> None:
    from checker.sources.fetch import inflate

    body = bytes(range(256)) * 2_000
    for way in ("gzip", "deflate", "br", "zstd", "gzip, br"):
        packed = pack(body, way)
        for step in (1, 7, 65_536):
            layers = inflate.layers(way)
            stream = io.BytesIO(packed)
            found = b"".join(piece for chunk in iter(lambda: stream.read(step), b"") for piece in inflate.fed(layers, chunk))  # noqa: B023
            inflate.finish(layers)
            assert found == body, (way, step)
