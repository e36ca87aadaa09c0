"""Archives of pages: the bytes of a file, which is read under one of the names that archives have."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from zlib import crc32

from checker.model import Source
from checker.sources.archives.open import opened
from checker.sources.feeds import open_feed
from checker.sources.limits import Limits
from tests.fuzz.target import FIXTURES

LONGEST = 12_000
# Names speak only where the bytes do not.
_NAMES = ("a", "a.warc", "a.warc.gz", "a.wacz", "a.zip", "a.html.gz", "a.mhtml", "a.xml.gz")
_LIMITS = Limits(body_bytes=100_000, archive_ratio=20)
_Read = tuple[list[Source], list[tuple[str, str]], int]


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="fuzz-archives-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def run(data: bytes) -> None:
    """Pages or reasons, each of which is small; a ledger that adds up; nothing written beside the archive."""
    path = _folder() / _NAMES[crc32(data) % len(_NAMES)]
    path.write_bytes(data)
    found = _read(path)
    assert found == _read(path), "an archive holds the same each time"
    assert [each.name for each in _folder().iterdir()] == [path.name], "nothing is unpacked to disk"
    path.unlink()


def _read(path: Path) -> _Read | None:
    stream = opened(str(path), _LIMITS) or open_feed(str(path), _LIMITS)
    if stream is None:
        return None
    sources = []
    for item in stream:
        assert item.given is not None
        assert item.given.path is None or item.given.path == str(path), "a page of an archive names no other file"
        sources.append(item.given)
    assert all((source.body is None) == (source.reason is not None) for source in sources), "a page has bytes or a reason"
    assert all(source.detail for source in sources if source.reason is not None), "a reason has its words"
    assert all(len(source.body or b"") <= _LIMITS.body_bytes for source in sources), "no page is larger than allowed"
    assert sum(len(source.body or b"") for source in sources) <= 1_000_000 + _LIMITS.archive_ratio * path.stat().st_size, "no archive is a bomb"
    left_out = sum(stream.left_out.values())
    assert stream.discovered == len(sources) + stream.duplicates + len(stream.skipped) + left_out, "the ledger adds up"
    return sources, stream.skipped, stream.duplicates


def seeds() -> Iterator[bytes]:
    """The archives of the fixtures."""
    yield from (path.read_bytes() for path in sorted((FIXTURES / "archives").iterdir()) if path.is_file() and path.suffix != ".py")


def words() -> Iterator[str]:
    """Lines of records, answers and saved pages."""
    yield from ("WARC/1.0\r\n", "WARC/1.1\r\n", "WARC-Type: response\r\n", "WARC-Type: revisit\r\n", "WARC-Type: resource\r\n", "\r\n\r\n")
    yield from ("WARC-Target-URI: https://kettle.example/", "Content-Length: ", "Content-Length: 99999999999", "HTTP/1.1 200 OK\r\n", "\r\n")
    yield from ("Content-Type: text/html\r\n", "Content-Encoding: gzip\r\n", "Content-Encoding: br\r\n", "Transfer-Encoding: chunked\r\n", "0\r\n")
    yield from ("PK\x03\x04", "PK\x01\x02", "PK\x05\x06", "MIME-Version: 1.0\r\n", "multipart/related; boundary=", "Content-Location: ", "\r\n--")
    yield from ("Content-Transfer-Encoding: quoted-printable\r\n", "Content-Transfer-Encoding: base64\r\n", "../", "index.html", "archive/", "=\r\n")
