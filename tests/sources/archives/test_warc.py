from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from checker.errors import BadConfig
from checker.model import Http
from checker.sources.archives.open import opened
from checker.sources.limits import Limits

pytest.importorskip("warcio", reason="warcio is not installed")

Read = Callable[..., Any]
SMALL = Limits(body_bytes=100_000, archive_ratio=20)


@pytest.mark.parametrize("name", ["tea.warc", "tea.warc.gz", "whole.warc.gz", "tea.wacz"])
def test_a_crawl_is_read_the_same_however_it_is_stored(made: ModuleType, read: Read, name: str) -> None:
    records = made.tea()
    stored = {
        "tea.warc": b"".join(records),
        "tea.warc.gz": made.packed(records),
        "whole.warc.gz": gzip.compress(b"".join(records)),
        "tea.wacz": made.wacz({"b.warc.gz": made.packed(records)}, [f"{made.HOST}/pots/", f"{made.HOST}/moved/"]),
    }
    found = read(stored[name], name)
    assert [source.name.rpartition("/" + name)[2] for source in found.sources] == [
        f"#3 {made.HOST}/pots/",
        f"#4 {made.HOST}/leaves?session=***",
        f"#5 {made.HOST}/old/",
        f"#8 {made.HOST}/gone/",
    ]
    pots, leaves, old, gone = found.sources
    assert b"A pot for two" in pots.body
    assert pots.http == Http(200, "text/html; charset=utf-8", (), f"{made.HOST}/pots/")
    assert leaves.url == f"{made.HOST}/leaves?session=***"
    assert (old.charset, "Früher Tee".encode("latin-1") in old.body) == ("iso-8859-1", True)
    assert (gone.reason, gone.detail, gone.http.status) == ("not_found", "there is no such page (404)", 404)
    assert all(source.fetched and source.path is None for source in found.sources)
    assert found.duplicates == 1
    assert [why.partition(":")[0] for _, why in found.skipped] == [
        "status 404, and its address is not that of a page",
        "a revisit record",
        "status 301",
    ]


def test_the_kept_archives_are_those_that_are_made(made: ModuleType, tmp_path: Path) -> None:
    kept = Path(str(made.__file__)).parent
    made.write(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {file.name for file in kept.iterdir()} - {"make.py", "__pycache__"}
    # Compressed bytes differ from one zlib to the next.
    assert all((kept / name).read_bytes() == (tmp_path / name).read_bytes() for name in ("tea.warc", "cut.warc", "saved.mhtml"))


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_that_is_cut_anywhere_says_so_and_keeps_what_came_before(made: ModuleType, read: Read, packed: bool) -> None:
    records = made.tea()[2:5]
    parts = [gzip.compress(one) if packed else one for one in records]
    whole = b"".join(parts)
    ends = [sum(len(part) for part in parts[: count + 1]) for count in range(3)]
    for cut in range(10, len(whole), 7):
        # The line ends after a record are not needed.
        read_whole = sum(cut >= end - (0 if packed else 4) for end in ends)
        begins = (0, *ends)[read_whole]
        found = read(whole[:cut], "a.warc.gz" if packed else "a.warc")
        assert len(found.pages) == read_whole
        if read_whole < 3 and cut - begins > 0:
            assert found.refused[0][0] == "damaged"
            assert f"{read_whole} record" in found.refused[0][1]
            assert f"nothing from offset {begins} on" in found.refused[0][1]


def test_an_archive_with_a_wrong_byte_keeps_what_came_before(made: ModuleType, read: Read) -> None:
    first, *others = [gzip.compress(one) for one in made.tea()[3:6]]
    for at in range(10, len(others[0]), 5):
        wrong = bytearray(others[0])
        wrong[at] ^= 0x55
        found = read(first + bytes(wrong) + others[1], "a.warc.gz")
        assert list(found.pages) == [f"{made.HOST}/leaves?session=***"]
        assert [reason for reason, _ in found.refused] == ["damaged"]
        assert f"1 record was read, and nothing from offset {len(first)} on" in found.refused[0][1]


@pytest.mark.parametrize(
    ("length", "why"),
    [
        (-5, "declares no length"),
        ("1_0", "declares no length"),
        ("٣", "declares no length"),
        ("", "declares no length"),
        (10**30, "declares no length"),
        (10**14, "ends in the middle of a record"),
    ],
)
def test_absurd_lengths(made: ModuleType, read: Read, length: object, why: str) -> None:
    bad = made.record("response", f"{made.HOST}/b/", made.answer(made.page("B")), length=length)
    found = read(made.tea()[3] + bad + made.tea()[4])
    assert len(found.pages) == 1
    assert why in found.refused[0][1]


def test_a_length_that_reaches_into_the_next_record_is_noticed(made: ModuleType, read: Read) -> None:
    block = made.answer(made.page("B"))
    follower = gzip.compress(made.response("/c/", made.page("C")))
    for more in (1, 4, 10, 300):
        bad = gzip.compress(made.record("response", f"{made.HOST}/b/", block, length=len(block) + more))
        found = read(gzip.compress(made.tea()[3]) + bad + follower, "a.warc.gz")
        if more <= 4:  # the line ends after the record
            continue
        assert len(found.pages) == 1
        assert "a record is shorter than it declares" in found.refused[0][1]


def test_a_length_that_is_too_short_is_noticed(made: ModuleType, read: Read) -> None:
    block = made.answer(made.page("B"))
    found = read(made.record("response", f"{made.HOST}/b/", block, length=len(block) - 10) + made.tea()[3])
    assert found.pages == {}
    assert "a record is longer than it declares" in found.refused[-1][1]


@pytest.mark.parametrize(
    ("headers", "body", "reason", "why"),
    [
        (("Content-Encoding: gzip",), gzip.compress(b"<p>" + b"x" * 5_000, mtime=0)[:-20], "damaged", "ends before its end"),
        (("Content-Encoding: gzip",), gzip.compress(bytes(10_000_000), mtime=0), "capped", "larger than"),
        (("Content-Encoding: gzip, gzip",), gzip.compress(gzip.compress(bytes(30_000_000), mtime=0), mtime=0), "capped", "larger than"),
        (("Content-Encoding: gzip, gzip, gzip, gzip",), b"x", "capped", "4 times over"),
        (("Content-Encoding: deflate",), zlib.compress(b"<p>" * 900)[:-6], "damaged", "ends before its end"),
        (("Content-Encoding: lzw",), b"<p>x", "unreadable", "content coding lzw"),
        (("Transfer-Encoding: chunked",), b"5\r\n<p>He\r\nffffff\r\nllo", "damaged", "middle of a chunk"),
        (("Transfer-Encoding: chunked",), b"5\r\n<p>He\r\n", "damaged", "before its last chunk"),
        (("Transfer-Encoding: chunked",), b"5\r\n<p>Hello\r\n0\r\n\r\n", "damaged", "longer than it says"),
        (("Transfer-Encoding: chunked",), b"5\r\n<p>He\r\n-1\r\n\r\n", "damaged", "does not say how long"),
        (("Content-Length: 5000",), b"<p>Hello", "damaged", "8 of 5000 bytes"),
        ((), b"<p>" + b"x" * 200_000, "capped", "larger than"),
        ((), b"", "empty", "empty"),
        ((), b"%PDF-1.7", "not_html", "PDF"),
        (("X: " + "y" * 300_000,), b"<p>Hello", "damaged", "header is longer than 256 KB"),
    ],
)  # fmt: skip
def test_a_bad_answer_is_told_and_the_next_one_is_read(
    made: ModuleType, read: Read, headers: tuple[str, ...], body: bytes, reason: str, why: str
) -> None:
    records = [made.response("/bad/", body, *headers), made.response("/good/", made.page("Good"))]
    found = read(b"".join(records), limits=SMALL)
    assert list(found.pages) == [f"{made.HOST}/good/"]
    assert [told for told, _ in found.refused] == [reason]
    assert why in found.refused[0][1]


@pytest.mark.parametrize(
    ("status", "reason"), [("404 x", "not_found"), ("410 x", "not_found"), ("403 x", "blocked"), ("429", "blocked"), ("500 x", "fetch_failed")]
)
def test_other_answers_have_their_reason(made: ModuleType, read: Read, status: str, reason: str) -> None:
    found = read(made.response("/a/", made.page("A"), status=status))
    assert [told for told, _ in found.refused] == [reason]
    assert status[:3] in found.refused[0][1]


def test_a_page_that_is_something_else_is_told_as_when_it_is_fetched(made: ModuleType, read: Read) -> None:
    missing = made.response("/a/", made.page("Page not found"))
    wall = made.response("/b/", b"<html><title>Just a moment...</title><p>Wait.")
    headed = made.response("/c/", b"<html>", "cf-mitigated: challenge", status="503 x")
    assert {source.url[-3:]: source.reason for source in read(missing + wall + headed).sources} == {
        "/a/": "not_found",
        "/b/": "blocked",
        "/c/": "blocked",
    }
    assert len(read(made.response("https://[bad/", made.page("A"))).sources) == 1


def test_a_page_counts_wherever_an_error_stands(made: ModuleType, read: Read) -> None:
    wrong, right = made.response("/a/", b"", status="503 Busy"), made.response("/a/", made.page("A"))
    for records in ((wrong, right), (right, wrong)):
        found = read(b"".join(records))
        assert (list(found.pages), found.refused, found.duplicates) == ([f"{made.HOST}/a/"], [], 1)


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "deflate", "raw", "br", "zstd"])
def test_content_codings(made: ModuleType, read: Read, coding: str) -> None:
    body = made.page("A", *("words" + str(number) for number in range(50_000)))
    match coding:
        case "gzip" | "x-gzip":
            packed = gzip.compress(body[:9_000]) + gzip.compress(body[9_000:])
        case "deflate":
            packed = zlib.compress(body)
        case "raw":
            packer = zlib.compressobj(wbits=-15)
            packed = packer.compress(body) + packer.flush()
        case "br":
            packed = pytest.importorskip("brotli", reason="brotli is not installed").compress(body)
        case _:
            packed = pytest.importorskip("backports.zstd", reason="backports.zstd is not installed").compress(body)
    header = f"Content-Encoding: {'deflate' if coding == 'raw' else coding}"
    assert read(made.response("/a/", packed, header)).pages == {f"{made.HOST}/a/": body}
    assert read(made.response("/a/", made.chunked(packed), header, "Transfer-Encoding: chunked")).pages == {f"{made.HOST}/a/": body}
    # Some crawlers store the plain body under the header of the packed one.
    assert read(made.response("/a/", body, header, "Transfer-Encoding: chunked", f"Content-Length: {len(packed)}")).pages == {f"{made.HOST}/a/": body}
    cut = read(made.response("/a/", packed[:-9], header))
    assert (cut.pages, [reason for reason, _ in cut.refused]) == ({}, ["damaged"])


@pytest.mark.parametrize("name", ["br", "zstd"])
def test_bombs_of_other_codings(made: ModuleType, read: Read, name: str) -> None:
    packer = pytest.importorskip({"br": "brotli", "zstd": "backports.zstd"}[name], reason=f"no module for {name}")
    found = read(made.response("/a/", packer.compress(bytes(5_000_000)), f"Content-Encoding: {name}"), limits=SMALL)
    assert [reason for reason, _ in found.refused] == ["capped"]


@pytest.mark.parametrize(
    ("content_type", "body", "is_page"),
    [
        ("text/html", b"<p>x", True),
        ("TEXT/HTML;charset=utf-8", b"<p>x", True),
        ("application/xhtml+xml", b"<html xmlns='x'/>", True),
        (None, b"<!doctype html><p>x", True),
        (None, b"<p>x", False),
        ("application/octet-stream", b"<html><p>x", True),
        ("application/xml", b"<?xml version='1.0'?><rss/>", False),
        ("text/plain", b"<html>", False),
        ("image/png", b"<html>", False),
    ],
)
def test_what_is_a_page(made: ModuleType, read: Read, content_type: str | None, body: bytes, is_page: bool) -> None:
    found = read(made.response("/a/", body, content_type=content_type))
    assert (bool(found.pages), found.refused) == (is_page, [])


def test_records_of_other_kinds(made: ModuleType, read: Read) -> None:
    resource = made.record("resource", "file:///c:/a.html", made.page("A"), content_type="text/html; charset=utf-8")
    cut = made.record("response", f"{made.HOST}/cut/", made.answer(made.page("B")), "WARC-Truncated: length")
    nothing = made.record("response", None, made.answer(made.page("C")))
    interim = made.record("response", f"{made.HOST}/d/", b"HTTP/1.1 100 Continue\r\n\r\n" + made.answer(made.page("D")))
    no_http = made.record("response", f"{made.HOST}/e/", b"<html>")
    found = read(resource + cut + nothing + interim + no_http)
    assert [source.url for source in found.sources if source.body] == [None, f"{made.HOST}/d/"]
    assert found.sources[0].http is None
    assert {detail for _, detail in found.refused} == {
        f"the archive holds only its first {len(made.page('B'))} bytes (WARC-Truncated: length)",
        "it is no answer of a web server",
    }


@pytest.mark.parametrize(
    "head",
    [
        b"WARC/1.0\r\n" + b"a" * 10_000_000,
        b"WARC/1.0\r\n" + b"a: b\r\n" * 1_000_000,
        b"WARC/1.0\r\n" + b" folded\r\n" * 100_000,
        b"WARC/1.0\r\n\0\0\0\r\n\r\n",
        b"WARC/1.0",
        b"WARC/",
        b"WARC/1.0\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
    ],
)
def test_hostile_headers(read: Read, head: bytes) -> None:
    found = read(head)
    assert [reason for reason, _ in found.refused] == ["damaged"]
    assert "0 records were read, and nothing from offset 0 on" in found.refused[0][1]


def test_a_bomb_is_stopped_by_its_ratio(made: ModuleType, read: Read) -> None:
    zeros = made.record("metadata", f"{made.HOST}/zeros", bytes(20_000_000), content_type="text/plain")
    bomb = made.packed([made.tea()[3], zeros, made.tea()[4]])
    found = read(bomb, "a.warc.gz", limits=SMALL)
    assert len(found.pages) == 1
    assert found.refused[0][0] == "capped"
    assert "1 record was read" in found.refused[0][1]


def test_many_revisits_are_counted_without_being_kept(made: ModuleType, read: Read) -> None:
    records = b"".join(made.record("revisit", f"{made.HOST}/{number}", b"") for number in range(1_200))
    found = read(records)
    assert (found.discovered, len(found.skipped)) == (1_200, 1_000)


def test_what_follows_a_compressed_archive_is_told(made: ModuleType, read: Read) -> None:
    assert read(made.packed(made.tea()) + b"\0" * 600, "a.warc.gz").refused[-1][0] == "not_found"
    assert "not compressed as what comes before" in read(made.packed(made.tea()) + b"rest", "a.warc.gz").refused[0][1]
    empty = gzip.compress(b"", mtime=0) * 5_000
    assert "one empty piece" in read(made.packed(made.tea()[:1]) + empty, "a.warc.gz").refused[0][1]


def test_the_missing_extra_is_named(made: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "warcio", None)
    monkeypatch.setitem(sys.modules, "warcio.statusandheaders", None)
    (tmp_path / "a.warc").write_bytes(b"".join(made.tea()))
    (tmp_path / "a.wacz").write_bytes(made.wacz({"a.warc": b""}, []))
    for name in ("a.warc", "a.wacz"):
        with pytest.raises(BadConfig, match=r"pip install 'disclosure-checker\[warc\]'"):
            opened(str(tmp_path / name))


def test_a_wacz_archive_accounts_for_what_it_lists(made: ModuleType, read: Read) -> None:
    records = made.packed(made.tea())
    found = read(made.wacz({"a.warc.gz": records[:-30], "b.warc": b"".join(made.tea())}, [f"{made.HOST}/lost/", f"{made.HOST}/pots/"]), "a.wacz")
    assert [reason for reason, _ in found.refused] == ["damaged", "not_found", "missing"]
    assert found.sources[-1].url == f"{made.HOST}/lost/"
    assert any(source.name.endswith("a.wacz#archive/a.warc.gz") for source in found.sources)


def test_an_address_that_leads_to_itself_and_then_answers_is_one_page(made: ModuleType, read: Callable[..., Any]) -> None:
    page = made.page("Tea", "A pot.")
    hop = made.response("/tea", b"", "Location: /tea", status="302 Found")
    archive = hop + made.response("/tea", page) + hop + made.response("/lost", b"", "Location: /x", status="302 Found") * 2
    found = read(archive)
    assert found is not None
    assert list(found.pages) == [f"{made.HOST}/tea"]
    assert [name.rpartition(" ")[2] for name, _ in found.skipped] == [f"{made.HOST}/lost"]
    assert (found.duplicates, found.discovered) == (3, 5)
