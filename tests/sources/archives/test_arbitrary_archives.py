"""Whatever the bytes: items or reasons, counts that add up, never an exception. ARCHIVE_EXAMPLES=100000 tries other bytes, for long."""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from checker.sources.limits import Limits

pytest.importorskip("warcio", reason="warcio is not installed")

FOLDER = Path(__file__).parents[3] / "fixtures" / "archives"
KEPT = sorted(file for file in FOLDER.iterdir() if file.is_file() and file.suffix != ".py")
EXAMPLES = int(os.environ.get("ARCHIVE_EXAMPLES", "60"))
QUICK = settings(max_examples=EXAMPLES, derandomize=EXAMPLES < 1_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
SMALL = Limits(body_bytes=100_000, archive_ratio=20)

BEGINNINGS = (
    b"",
    b"WARC/1.0\r\n",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b\x08\0\0\0\0\0\0\xff",
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=",
)
NAMES = ("a", "a.warc", "a.warc.gz", "a.wacz", "a.zip", "a.html.gz", "a.mhtml")
WORDS = st.sampled_from(
    (b"Content-Length: ", b"WARC-Type: response\r\n", b"\r\n\r\n", b"\r\n", b"--a", b"HTTP/1.1 200 OK\r\n", b"Content-Type: text/html\r\n", b"0\r\n")
)
CHANGE = st.tuples(st.integers(0, 10_000), st.integers(0, 12), st.binary(max_size=6) | WORDS)


def all_of(path: Path) -> None:
    from checker.sources.archives.open import opened

    stream = opened(str(path), SMALL)
    if stream is None:
        return
    sources = [item.given for item in stream]
    assert all(source is not None and (source.body is None) == (source.reason is not None) for source in sources)
    assert all(len(source.body or b"") <= SMALL.body_bytes for source in sources if source)
    assert stream.discovered == len(sources) + stream.duplicates + len(stream.skipped)


@given(st.sampled_from(BEGINNINGS), st.lists(st.binary(max_size=200) | WORDS, max_size=12), st.sampled_from(NAMES), st.booleans())
@QUICK
@example(b"WARC/1.0\r\n", [b"Content-Length: 0\r\n\r\n" * 50], "a", True)
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, beginning: bytes, rest: list[bytes], name: str, packed: bool) -> None:
    path = tmp_path_factory.getbasetemp() / name
    content = beginning + b"".join(rest)
    path.write_bytes(gzip.compress(content) if packed else content)
    all_of(path)


@pytest.mark.parametrize("kept", KEPT, ids=lambda file: file.name)
@given(changes=st.lists(CHANGE, min_size=1, max_size=6))
@QUICK
def test_any_change_of_an_archive(tmp_path_factory: pytest.TempPathFactory, kept: Path, changes: list[tuple[int, int, bytes]]) -> None:
    content = bytearray(kept.read_bytes())
    for at, length, instead in changes:
        begin = at % (len(content) + 1)
        content[begin : begin + length] = instead
    path = tmp_path_factory.getbasetemp() / kept.name
    path.write_bytes(content)
    all_of(path)


@given(
    changes=st.lists(CHANGE, min_size=1, max_size=6),
    codings=st.sampled_from(("gzip", "deflate", "br", "zstd", "gzip, br", "", "x, y")),
    chunks=st.booleans(),
)
@QUICK
def test_any_change_of_an_answer(
    tmp_path_factory: pytest.TempPathFactory, made: ModuleType, changes: list[tuple[int, int, bytes]], codings: str, chunks: bool
) -> None:
    body = made.page("A", "words " * 300)
    packed = gzip.compress(body) if "gzip" in codings else body
    block = bytearray(
        made.answer(made.chunked(packed) if chunks else packed, f"Content-Encoding: {codings}", *["Transfer-Encoding: chunked"] * chunks)
    )
    for at, length, instead in changes:
        begin = at % (len(block) + 1)
        block[begin : begin + length] = instead
    path = tmp_path_factory.getbasetemp() / "answer.warc"
    path.write_bytes(made.record("response", f"{made.HOST}/a/", bytes(block)) + made.response("/b/", body))
    all_of(path)
