from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model import Source
from checker.sources.page_links import PageLinks, links_of
from tests.pace import in_proportion

HERE = "https://a.example/p/page"


def read(html: str | bytes, charset: str | None = None) -> PageLinks:
    return links_of(Source("x", html.encode() if isinstance(html, str) else html, charset=charset), HERE)


def targets(html: str) -> list[str]:
    return [target.removeprefix("https://a.example") for target, _ in read(html).links]


def test_links_in_their_order_each_once() -> None:
    assert targets("<a href=b>1</a><area href='/c'><A HREF=\"b#x\">2</A><a name=d>") == ["/p/b", "/c"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<!-- <a href=no> -->",
        "<script>'<a href=no>'</script>",
        "<style><a href=no></style>",
        "<textarea><a href=no></textarea>",
        "<title><a href=no></title>",
        "<div title=\"<a href='no'>\">",
        "</div title='<a href=no>'>",
        "<abbr href=no>",
        "<!doctype <a href=no>",
        "<a href='mailto:no@a.example'>",
        "<a href='javascript:no()'>",
    ],
)
def test_what_no_browser_takes_for_a_link(hidden: str) -> None:
    assert targets(f"<a href=/1>1</a>{hidden}<a href=/2>2</a>") == ["/1", "/2"]


def test_attributes_as_browsers_read_them() -> None:
    assert targets("<a title='a>b' href = \n'/1?a=1&amp;b=2&copy=3&#38;&lt'>") == ["/1?a=1&b=2&copy=3&%3C"]
    assert targets("<a href=/1 href=/2>") == ["/1"]
    assert targets("<a href=/1/>") == ["/1/"]
    assert targets("<a class=it's href=/1>") == ["/1"]
    assert targets("<a href=/1><a href='/2>never closed") == ["/1"]


def test_the_base() -> None:
    assert targets("<base href=/q/><base href=/no/><a href=b>") == ["/q/b"]
    assert targets("<base href='mailto:x'><a href=b>") == ["/p/b"]


def test_what_a_page_says_of_itself() -> None:
    told = read('<link rel="Canonical" href=/c><link rel=amphtml href=/amp><link rel="next" href=?2><meta name=Robots content="NoIndex">')
    assert told.canonical == "https://a.example/c"
    assert told.twins == ("https://a.example/amp", "https://a.example/p/page?2")
    assert told.noindex
    assert [target for target, _ in told.links] == ["https://a.example/c", *told.twins]
    assert read("<meta name=robots content=none><a href=b>") == PageLinks((("https://a.example/p/b", True),), noindex=True)


def test_nofollow_counts_only_where_every_link_says_it() -> None:
    assert read("<a rel='x NoFollow' href=1><a rel=nofollow href=2><a href=1>").links == (
        ("https://a.example/p/1", False),
        ("https://a.example/p/2", True),
    )


def test_a_refresh_is_a_link() -> None:
    assert targets("<meta http-equiv=Refresh content=\"0; URL='/next'\">") == ["/next"]


def test_encodings() -> None:
    html = "<meta charset=windows-1251><a href=/чай>"
    expected = "https://a.example/%D1%87%D0%B0%D0%B9"
    assert read(html.encode("cp1251")).links[0][0] == expected
    assert read(html.encode("cp1251"), "windows-1251").links[0][0] == expected
    assert read(html.encode("utf-16")).links[0][0] == expected
    assert read(html.encode()).links[0][0] == expected
    assert read(b"<meta charset=punycode><a href=/\xe4>").links[0][0] == "https://a.example/%C3%A4"


def test_so_many_links_and_no_more() -> None:
    assert len(read("".join(f"<a href=/{number}>" for number in range(9_000))).links) == 5_000


@pytest.mark.parametrize(
    "piece", ["<a ", "<", "<!--", '<a x="', "</a ", "<script>", "<a href=x ", "<!", "<a x='\"", "<a/", "<a =", "<title>", "<a href=&", "-->"]
)
def test_hostile_pages_cost_one_reading(piece: str) -> None:
    assert in_proportion(lambda size: lambda: read(piece * (size // len(piece))), 100_000)


_BITS = st.sampled_from(
    ["<a ", "href=", "'", '"', ">", "<!--", "-->", "<script>", "</script", "&amp", "&#1114112;", "//", "[", "<base href=", "<meta name=robots "]
)


@given(st.lists(st.one_of(_BITS, st.text(max_size=4)), max_size=40).map("".join))
def test_any_page_has_links_or_none(html: str) -> None:
    for target, _ in links_of(Source("x", html.encode("utf-8", "replace")), HERE).links:
        assert target.startswith(("http://", "https://"))


@given(st.binary(max_size=300))
def test_any_bytes_have_links_or_none(body: bytes) -> None:
    links_of(Source("x", body), HERE)
