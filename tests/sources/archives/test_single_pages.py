"""One page in a gzip file, one page with its parts in MHTML, and what is neither."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from checker.sources.archives.open import opened
from checker.sources.limits import Limits

Read = Callable[..., Any]
SMALL = Limits(body_bytes=100_000, archive_ratio=20)


def test_a_compressed_page(made: ModuleType, read: Read) -> None:
    body = made.page("A story", "Süß.")
    for name in ("a.html.gz", "a.xhtml.gz", "whatever"):
        found = read(gzip.compress(body, mtime=0), name)
        assert (list(found.pages.values()), found.kind) == ([body], "GzippedPage")
    assert list(read(gzip.compress(body[:50], mtime=0) + gzip.compress(body[50:]), "a.html.gz").pages.values()) == [body]
    assert not found.sources[0].fetched


def test_a_compressed_page_that_is_cut_anywhere(made: ModuleType, read: Read) -> None:
    packed = gzip.compress(made.page("A story", "Süß."))
    for cut in range(3, len(packed)):
        found = read(packed[:cut], "a.html.gz")
        assert [reason for reason, _ in found.refused] == ["damaged"]
        assert "it ends in the middle of compressed data" in found.refused[0][1]
        assert found.refused[0][1].endswith("bytes were read")


def test_a_compressed_page_with_something_after_it(made: ModuleType, read: Read) -> None:
    packed = gzip.compress(made.page("A story"))
    assert len(read(packed + bytes(300), "a.html.gz").pages) == 1
    assert len(read(packed + b"garbage", "a.html.gz").pages) == 1
    # The beginning of a further part that is cut.
    assert [reason for reason, _ in read(packed + packed[:20], "a.html.gz").refused] == ["damaged"]
    wrong = bytearray(packed)
    wrong[-6] ^= 1
    assert [reason for reason, _ in read(bytes(wrong), "a.html.gz").refused] == ["damaged"]


def test_a_compressed_bomb_and_what_is_no_page(read: Read) -> None:
    assert [reason for reason, _ in read(gzip.compress(bytes(30_000_000)), "a.html.gz", limits=SMALL).refused] == ["capped"]
    assert [reason for reason, _ in read(gzip.compress(b"%PDF-1.7 x", mtime=0), "a.html.gz").refused] == ["not_html"]
    assert [reason for reason, _ in read(gzip.compress(b"", mtime=0), "a.html.gz").refused] == ["empty"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<!doctype html><p>WARC/1.0", "a.html"),
        (b"<p>PK\x03\x04", "a.warc"),
        (b"WARC is what they call it: <p>", "a.html"),
        (b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>", "a.html"),
        (b"Content-Type: multipart/related; boundary=a\r\n\r\n<p>", "a.html"),
        (b"<!-- MIME-Version: 1.0\nContent-Type: multipart/related -->\n\n<p>", "a.mhtml"),
        (gzip.compress(b"just words", mtime=0), "a.gz"),
        (gzip.compress(b'<?xml version="1.0"?><urlset/>', mtime=0), "sitemap.xml.gz"),
        (b"\x1f\x8b\x08", "a.gz"),
        (b"", "a.warc"),
        (b"PK\x03\x04rest", "a.html"),
    ],
)
def test_other_files_are_none_of_ours(tmp_path: Path, content: bytes, name: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert opened(str(tmp_path / name)) is None


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.warc")
    assert [opened(name) for name in (str(tmp_path), str(tmp_path / "no"), str(tmp_path / "pipe.warc"), "a\0b", "https://a.example/")] == [None] * 5


@pytest.mark.parametrize("coding", ["quoted-printable", "base64"])
def test_a_saved_page(made: ModuleType, read: Read, coding: str) -> None:
    body = made.page("A story", "Süß und kräftig. " * 20, '<a href="https://a.example/?a=1&b=2">x</a>')
    for content in (made.mhtml(body, coding=coding), made.mhtml(body, coding=coding).replace(b"\r\n", b"\n")):
        (source,) = read(content, "a.mhtml").sources
        assert source.body.strip() == body
        assert (source.url, source.charset, source.fetched) == (f"{made.HOST}/saved/", "utf-8", True)
    assert read(made.mhtml(body, url="file:///c:/a.html"), "a").sources[0].url is None


def test_the_part_that_start_names_is_the_page(made: ModuleType, read: Read) -> None:
    frame = b"------Kettle--1\r\nContent-Type: text/html\r\nContent-ID: <frame>\r\n\r\n<p>An advertisement\r\n"
    saved = made.mhtml(made.page("A story"))
    first = saved.index(b"------Kettle--1\r\n")
    framed = saved[:first] + frame + saved[first:]
    assert b"advertisement" in read(framed, "a.mht").sources[0].body
    named = framed.replace(b'type="text/html"', b'start="<page@kettle.example>"')
    assert b"A story" in read(named, "a.mht").sources[0].body
    unknown = framed.replace(b'type="text/html"', b'start="<nobody>"')
    assert b"advertisement" in read(unknown, "a.mht").sources[0].body


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda saved: saved[:600], "ends in the middle of a part"),
        (lambda saved: saved.replace(b"------Kettle--1", b"------Kettle--2"), "what stands between its parts is missing"),
        (lambda saved: saved.replace(b"boundary=", b"bound="), "does not say what stands between"),
        (lambda saved: saved.replace(b"text/html; charset", b"text/plain; charset"), "no part of it is a page"),
        (lambda saved: saved.replace(b"g: quoted-printable", b"g: uuencode"), "encoded as uuencode"),
        (lambda saved: saved.replace(b"Content-ID", b"X: " + b"y" * 70_000 + b"\r\nContent-ID"), "the headers of a part do not end"),
    ],
)
def test_a_saved_page_that_is_broken(made: ModuleType, read: Read, change: Callable[[bytes], bytes], why: str) -> None:
    found = read(change(made.mhtml(made.page("A story", "Long words. " * 30))), "a.mhtml")
    assert why in found.refused[0][1]
    assert found.pages == {}


def test_a_saved_page_with_parts_in_parts(made: ModuleType, read: Read) -> None:
    parts = b"--in\r\nContent-Type: text/plain\r\n\r\nwords\r\n--in\r\nContent-Type: text/html\r\n\r\n<p>A\r\n--in--\r\n"
    inner = b'Content-Type: multipart/alternative; boundary="in"\r\n\r\n' + parts
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="out"\r\n\r\n'
    assert read(head + b"--out\r\n" + inner + b"\r\n--out--\r\n", "a").sources[0].body == b"<p>A"
    deep = b"".join(b'--b%d\r\nContent-Type: multipart/mixed; boundary="b%d"\r\n\r\n' % (depth, depth + 1) for depth in range(5_000))
    closing = b"".join(b"\r\n--b%d--" % depth for depth in reversed(range(5_001)))
    assert "nested too deep" in read(head.replace(b'"out"', b'"b0"') + deep + closing + b"\r\n", "a").refused[0][1]


def test_a_saved_page_that_is_too_large(made: ModuleType, read: Read) -> None:
    assert [reason for reason, _ in read(made.mhtml(b"<p>" * 90_000), "a.mhtml", limits=SMALL).refused] == ["capped"]
