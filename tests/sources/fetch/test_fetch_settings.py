"""Choices, cookie files, and the environment: what is taken, and the one line that says what is wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from checker.errors import BadConfig
from checker.sources.fetch import cookies, environment, settings
from checker.sources.fetch.conditional import Kept, Store, keepable
from checker.sources.fetch.settings import Fetching
from checker.sources.secrets import masked

LINE = "shop.example\tFALSE\t/\tTRUE\t0\tsid\ts3cret"


def test_a_cookie_file(tmp_path: Path) -> None:
    path = tmp_path / "cookies.txt"
    path.write_text(f"# Netscape HTTP Cookie File\n\n{LINE}\n#HttpOnly_.lake.example\tTRUE\t/a\tFALSE\t4102444800\tb\t\n", "utf-8")
    first, second = cookies.read(path)
    assert (first.domain, first.subdomains, first.secure, first.expires, first.value) == ("shop.example", False, True, None, "s3cret")
    assert (second.domain, second.subdomains, second.path, second.expires) == (".lake.example", True, "/a", 4102444800)
    assert "s3cret" not in repr(first)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("shop.example FALSE / TRUE 0 sid s3cret", "1 fields; a cookie has 7"),
        (LINE + "\tmore", "8 fields"),
        (LINE.replace("shop.example", "shop/example"), "the first field is no domain"),
        (LINE.replace("FALSE", "NO"), "TRUE or FALSE"),
        (LINE.replace("\t/\t", "\tx\t"), "begins with /"),
        (LINE.replace("\t0\t", "\tsoon\t"), "seconds since 1970"),
        (LINE.replace("sid", "s id"), "no cookie can have"),
        (LINE.replace("s3cret", "s3cret\x07"), "no cookie can have"),
    ],
)
def test_a_broken_cookie_file(line: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "cookies.txt"
    path.write_text(f"{LINE}\n{line}\n", "utf-8")
    with pytest.raises(BadConfig) as told:
        cookies.read(path)
    assert f"{path}:2: " in str(told.value)
    assert says in str(told.value)
    assert "\n" not in str(told.value)
    assert "s3cret" not in str(told.value)


def test_cookie_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match="cannot be read"):
        cookies.read(tmp_path / "absent")
    with pytest.raises(BadConfig, match="cannot be read"):
        cookies.read(tmp_path)
    (tmp_path / "bytes").write_bytes(b"\n\xff\xfe")
    with pytest.raises(BadConfig, match=r":2: it is no text"):
        cookies.read(tmp_path / "bytes")


def test_headers() -> None:
    assert settings.header("X-Key:  a: b ") == ("X-Key", "a: b")
    for wrong in ("X-Key", ": a", "X Key: a", "X-Key: a\r\nHost: b", "Host: a", "cookie: a", "User-Agent: x", "X-Key: a\x00"):
        with pytest.raises(BadConfig) as told:
            settings.header(wrong)
        assert "\n" not in str(told.value)


def test_who_is_told_about() -> None:
    assert Fetching(contact=settings.contact(" ada@lake.example ")).user_agent.endswith(" (+ada@lake.example)")
    assert "+" not in Fetching().user_agent
    for wrong in ("", "a\nb", "a)b", "ü", "x" * 300):
        with pytest.raises(BadConfig):
            settings.contact(wrong)
    with pytest.raises(BadConfig):
        Fetching(concurrency=0)
    with pytest.raises(BadConfig):
        Fetching(delay=-1)


def test_passwords_of_the_environment() -> None:
    def read(value: str) -> list[tuple[str | None, str, str]]:
        return [(login.origin, login.user, login.password) for login in environment.logins({environment.BASIC_AUTH: value})]

    assert read("") == []
    assert read("ada:p:w") == [(None, "ada", "p:w")]
    assert read("https://ada:p%40w@lake.example http://bo:x@lake.example:8080/") == [
        ("https://lake.example", "ada", "p@w"),
        ("http://lake.example:8080", "bo", "x"),
    ]
    for wrong in ("s3cret", ":s3cret", "https://lake.example", "https://s3cret@lake.example", "ada:s3\ncret"):
        with pytest.raises(BadConfig) as told:
            read(wrong)
        assert "s3" not in str(told.value)


def test_proxies_of_the_environment() -> None:
    found = environment.proxies(
        {
            "HTTPS_PROXY": "proxy.example:3128",
            "http_proxy": "http://low.example",
            "HTTP_PROXY": "http://high.example",
            "NO_PROXY": ".lake.example, 10.0.0.0/8",
        }
    )
    assert (found.http, found.https) == ("http://low.example", "http://proxy.example:3128")
    assert environment.goes_through(found, "https", "shop.example") == "http://proxy.example:3128"
    for host in ("lake.example", "a.lake.example", "10.1.2.3"):
        assert environment.goes_through(found, "https", host) is None
    assert environment.goes_through(found, "https", "notlake.example")
    assert environment.goes_through(environment.proxies({"ALL_PROXY": "http://p.example", "no_proxy": "*"}), "http", "a.example") is None
    assert environment.proxies({"REQUEST_METHOD": "GET", "HTTP_PROXY": "http://evil.example"}).http is None
    with pytest.raises(BadConfig, match="HTTPS_PROXY"):
        environment.proxies({"HTTPS_PROXY": "gopher://p.example"})
    with pytest.raises(BadConfig, match="ALL_PROXY: SOCKS proxies are not supported; name one with http://host:port or https://host:port"):
        environment.proxies({"ALL_PROXY": "socks5h://ada:pw@p.example"})


def test_what_is_meant_for_a_host() -> None:
    named = settings.origins(["http://lake.example/a", "https://Shop.example:8443", "file:///x", "no address"])
    assert named == {"http://lake.example", "https://shop.example:8443"}
    assert settings.is_meant_for(named, "https://lake.example")
    for other in (
        "https://lake.example:8443",
        "http://shop.example:8443",
        "https://www.lake.example",
        "http://lake.example:8080",
        "https://shop.example",
    ):
        assert not settings.is_meant_for(named, other)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://lake.example/a?page=2&sort=key", "https://lake.example/a?page=2&sort=key"),
        ("https://ada@lake.example/", "https://***@lake.example/"),
        ("https://ada:p@w@lake.example/@x", "https://***@lake.example/@x"),
        ("http:\\\\ada:pw@lake.example", "http:\\\\***@lake.example"),
        (
            "https://lake.example/?X-Amz-Signature=ab&sessionId=1&api_key=2;sig=3#access_token=4",
            "https://lake.example/?X-Amz-Signature=***&sessionId=***&api_key=***;sig=***#access_token=***",
        ),
        ("https://lake.example/?%74oken=1&authToken=&PHPSESSID=3", "https://lake.example/?%74oken=***&authToken=&PHPSESSID=***"),
        ("https://lake.example/?author=ada&keyword=x&monkey=1&design=2", "https://lake.example/?author=ada&keyword=x&monkey=1&design=2"),
        ("stories/a.html", "stories/a.html"),
    ],
)
def test_secrets_are_masked(url: str, shown: str) -> None:
    assert masked(url) == shown
    assert masked(shown) == shown


def test_what_is_kept_is_what_was_there(tmp_path: Path) -> None:
    store = Store(tmp_path, 1_000)
    kept = Kept('"v1"', None, "text/html", b"<p>\nx")
    store.keep("a", kept)
    assert store.find("a") == kept
    assert store.find("b") is None
    assert kept.asks() == {"If-None-Match": '"v1"'}
    (path,) = (tmp_path / "disclosure-fetched-1").iterdir()
    assert path.stat().st_mode & 0o077 == 0
    for wrong in (b"", b"x", path.read_bytes()[:-1], path.read_bytes() + b" ", b"\x80\x04N."):
        path.write_bytes(wrong)
        assert store.find("a") is None
    store.keep("a", kept)
    elsewhere = tmp_path / "elsewhere"
    os.replace(path, elsewhere)  # noqa: PTH105
    path.symlink_to(elsewhere)
    assert store.find("a") is None
    store.keep("a", kept)
    assert not path.is_symlink()
    assert store.find("a") == kept


def test_a_folder_that_cannot_be_used_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    (tmp_path / "link").symlink_to(tmp_path)
    for folder in (tmp_path / "file", tmp_path / "file" / "in", tmp_path / "link"):
        store = Store(folder, 1_000)
        store.keep("a", Kept('"v1"', None, None, b""))
        assert store.find("a") is None
    assert not keepable({"etag": '"a"', "cache-control": "private, No-Store"})
    assert keepable({"last-modified": "x"})
    assert not keepable({})
