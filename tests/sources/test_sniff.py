import gzip
import os
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.sources.sniff import why_not_html

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"<a <b <html>"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (PNG, "a PNG image"),
        (b"%PDF-1.7\n<html>", "a PDF document"),
        (gzip.compress(b"<p>Hello</p>" * 1000, mtime=0), "gzip"),
        (b"PK\x03\x04rest", "zip"),
        (b'{"html": "<p>Hello</p>"}', "JSON"),
        (b' [{"html": "<p>Hello</p>"}]\n', "JSON"),
        (b"Just some words.\n", "no HTML tag"),
        (b"a < b and c > d", "no HTML tag"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "root element rss"),
        (b'<?xml version="1.0"?>\n<!-- made by hand -->\n<urlset/>', "root element urlset"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><a href="#"/></svg>', "root element svg"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 <a", "image"),
        (b"\x01\x02\x03\x04\x05\x06\x0e\x0f<a\x10\x11\x12" * 100, "binary"),
    ],
)
def test_what_is_no_page(body: bytes, kind: str) -> None:
    assert kind in str(why_not_html(body, "page.html"))


@pytest.mark.parametrize(
    "body",
    [
        b"<p>Hello",
        b"\xef\xbb\xbf\n\n<!DOCTYPE html><title>x</title>",
        "<html><p>Hello</html>".encode("utf-16"),
        "<html><p>Hello</html>".encode("utf-16-be"),
        b'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd"><html xmlns="http://www.w3.org/1999/xhtml"/>',
        b"BM is what they call it. <p>Hello",
        b"[Anzeige] <p>Hello</p>]",
        b"<html>\x00\x00\x01\x02\x03\x04\x05\x06\x07<body>\x00",
        b"words before <a href='x'>a link</a>",
        "記事 <p>本文</p>".encode("shift_jis"),
        "<html><p>記事</html>".encode("iso-2022-jp"),
    ],
)
def test_what_may_be_a_page(body: bytes) -> None:
    assert why_not_html(body, "page.html") is None


def test_the_name_speaks_where_the_bytes_do_not() -> None:
    quoting = b"Use `<p>` for paragraphs.\n"
    assert "text/markdown" in str(why_not_html(quoting, "README.md"))
    assert why_not_html(quoting, "page.php") is None
    assert why_not_html(quoting, "page") is None
    assert why_not_html(b"<!doctype html>" + quoting, "saved.txt") is None


@pytest.mark.parametrize("body", [b"<?" * 50_000, b"<!" * 50_000, b"<!--" * 50_000, b"<![" * 50_000, b"[" * 200_000 + b"<p>" + b"]" * 200_000])
def test_hostile_beginnings_cost_little(body: bytes) -> None:
    why_not_html(body, "page.html")


@given(st.binary(max_size=300))
def test_any_bytes_have_an_answer(body: bytes) -> None:
    assert why_not_html(body) is None or why_not_html(body)


def test_noise_is_binary() -> None:
    assert why_not_html(zlib.compress(os.urandom(5000)) * 20, "page.html") is not None
