from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.sources.addresses import Seen, foreign_kind, host_of, identity, not_a_page, path_of, resolved, site_host


@pytest.mark.parametrize(
    ("href", "base", "expected"),
    [
        ("https://a.example/b", None, "https://a.example/b"),
        ("HTTPS://A.Example", None, "https://a.example/"),
        ("/x y", "https://a.example/b/c", "https://a.example/x%20y"),
        ("?q=1", "https://a.example/b/c?z", "https://a.example/b/c?q=1"),
        ("#part", "https://a.example/b?c#d", "https://a.example/b?c"),
        ("//cdn.example/x", "https://a.example/", "https://cdn.example/x"),
        ("https:\\\\evil.example\\x", "https://a.example/", "https://evil.example/x"),
        ("https://a.example/x/../y/./z", None, "https://a.example/y/z"),
        ("https://a.example/x/%2e%2E/y", None, "https://a.example/y"),
        ("https://0x7f.1/", None, "https://127.0.0.1/"),
        ("https://a.example:443/b", None, "https://a.example/b"),
        (" \n https://a.example/b\t", None, "https://a.example/b"),
        ("https://bücher.example/", None, "https://xn--bcher-kva.example/"),
        ("b", None, None),
        ("", None, None),
        ("mailto:a@b.example", "https://a.example/", None),
        ("javascript:alert(1)", "https://a.example/", None),
        ("file:///etc/passwd", "https://a.example/", None),
        ("data:text/html,x", "https://a.example/", None),
        ("https://", None, None),
        ("https://a.example:99999/", None, None),
        ("\ud800", "https://a.example/", None),
    ],
)
def test_an_address_is_what_a_browser_opens(href: str, base: str | None, expected: str | None) -> None:
    assert resolved(href, base) == expected


@given(st.text(max_size=80))
def test_the_short_way_and_the_long_way_agree(tail: str) -> None:
    import ada_url

    href = f"https://a.example/{tail}"
    found = resolved(href)
    url = ada_url.URL(href.strip(" \t\n\r\f"))
    url.hash = ""
    assert found == url.href


def test_identity_is_the_page_not_the_spelling() -> None:
    def bare(url: str) -> str:
        return url.partition("#")[0]

    assert identity("https://a.example/%7Ejo%2f%c3%a4", bare) == "https://a.example/~jo%2F%C3%A4"
    assert identity("https://a.example/a?b=1&c=2", bare) != identity("https://a.example/a?c=2&b=1", bare)
    assert identity("https://a.example/a%2Fb", bare) != identity("https://a.example/a/b", bare)


def test_hosts_and_paths() -> None:
    assert host_of("https://a.example:8080/b") == "a.example"
    assert site_host("https://www.a.example/b") == site_host("https://a.example/")
    assert host_of("nothing") == ""
    assert path_of("https://a.example") == "/"
    assert path_of("https://a.example/b/c?d=/e#f") == "/b/c"


@pytest.mark.parametrize("name", ["a.jpg", "a.JPEG", "a.webp", "a.pdf", "a.css", "a.mp4", "a.zip", "a.svg", "a.js"])
def test_a_suffix_of_another_kind_is_no_page(name: str) -> None:
    assert not_a_page(f"https://a.example/{name}?v=1")


@pytest.mark.parametrize(
    "name", ["", "a", "a.html", "a.php", "a.aspx", "a.xml", "a.txt", "a.jpg/b", "why-i-love.me", "v1.0", "a.pdf.html", "?f=a.pdf"]
)
def test_a_suffix_that_may_be_a_page(name: str) -> None:
    assert not_a_page(f"https://a.example/{name}") is None


def test_content_types() -> None:
    assert foreign_kind("application/pdf") == "application/pdf"
    assert foreign_kind("IMAGE/PNG; x=y") == "image/png"
    for kind in (None, "", "text/html", "application/xhtml+xml", "nonsense", "text/plain"):
        assert foreign_kind(kind) is None


@given(st.lists(st.text(max_size=3), max_size=300))
def test_seen_is_a_set(texts: list[str]) -> None:
    seen, truth = Seen(), set[str]()
    for text in texts:
        assert (text in seen) == (text in truth)
        assert seen.add(text) == (text not in truth)
        truth.add(text)
    assert len(seen) == len(truth)


def test_seen_grows() -> None:
    seen = Seen()
    assert all(seen.add(f"https://a.example/{number}") for number in range(20_000))
    assert not any(seen.add(f"https://a.example/{number}") for number in range(20_000))
    assert "https://a.example/20000" not in seen
