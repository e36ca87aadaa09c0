"""The records of a web archive, one after another (WARC 1.0 and 1.1, ISO 28500).

warcio reads the headers. It is not asked for records: its own iterator ends silently where an archive is cut, reads past a wrong length into the
next record, and puts no bound on a header.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checker.errors import BadConfig
from checker.sources.archives.unpacked import Damaged, Unpacked

if TYPE_CHECKING:
    from warcio.statusandheaders import StatusAndHeaders

# The largest header of a web server's default settings is 64 KB in all; what is longer is an accident or an attack.
MOST_HEAD = 262_144
_LENGTH = re.compile(r"[0-9]{1,15}", re.ASCII).fullmatch
_PIECE = 32_768


def ask_for_warcio() -> None:
    """Raises BadConfig where warcio is not installed."""
    try:
        import warcio.statusandheaders  # noqa: F401 - only whether it is there
    except ImportError as fault:
        raise BadConfig("reading web archives needs the extra warc: pip install 'disclosure-checker[warc]'") from fault


class BadHead(Damaged):
    """The lines that should be a header are none."""


class Block:
    """The content of one record; never more than its declared length is read."""

    def __init__(self, stream: Unpacked, length: int) -> None:
        self._stream, self._begin = stream, stream.position
        self.length = self.left = length

    def read(self, most: int = _PIECE) -> bytes:
        """The next bytes; none at the end of the block. Raises Damaged where the archive ends first."""
        return self._checked(self._stream.read(min(most, self.left))) if self.left else b""

    def line(self, most: int) -> bytes:
        """The bytes to the next line end, or so many of them; none at the end of the block. Raises Damaged where the archive ends first."""
        return self._checked(self._stream.line(min(most, self.left))) if self.left else b""

    def pieces(self) -> Iterator[bytes]:
        """All the rest."""
        while piece := self.read():
            yield piece

    def _checked(self, found: bytes) -> bytes:
        if not found:
            raise Damaged(f"it ends in the middle of a record: {self.length - self.left} of {self.length} bytes are there")
        if self._begin < self._stream.border < self._stream.position:
            raise Damaged("a record is shorter than it declares")
        self.left -= len(found)
        return found


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its number in the archive from 1, its own headers, and what it holds."""

    number: int
    headers: StatusAndHeaders
    block: Block

    def header(self, name: str) -> str:
        """The value of a header, "" where there is none."""
        return str(self.headers.get_header(name) or "").strip()


class Records:
    """All records of an archive. `read` counts those that were read whole; `place`: where the record begins that is read, or cannot be;
    `mark`: the same for who goes back to it.
    """

    def __init__(self, stream: Unpacked) -> None:
        self._stream = stream
        self.read = 0
        self.place = stream.place
        self.mark = stream.mark

    def __iter__(self) -> Iterator[Record]:
        """Raises Damaged and TooMuch where nothing more can be read."""
        number = 0
        while not self._ended():
            number += 1
            headers = parsed(head_of(self._stream, b"WARC/"))
            record = Record(number, headers, Block(self._stream, _length(headers)))
            yield record
            self.finish(record)
            self.read += 1

    def finish(self, record: Record) -> None:
        """Read the record to its end, so that its length and its checksum are known to be right. Raises Damaged and TooMuch."""
        for _ in record.block.pieces():
            pass
        follows = self._stream.skip_blanks()
        if not b"WARC/".startswith(follows.upper()):
            raise Damaged("a record is longer than it declares")

    def _ended(self) -> bool:
        self.place = self._stream.place
        try:
            return self._stream.ended()
        finally:
            self.place, self.mark = self._stream.place, self._stream.mark


def head_of(stream: Unpacked | Block, begins: bytes) -> bytes:
    """The lines up to an empty one. Raises BadHead where they do not begin so, do not end, or are too long."""
    head = bytearray()
    while True:
        line = stream.line(MOST_HEAD - len(head))
        if not head and not line.upper().startswith(begins):
            raise BadHead("what is there is no record" if begins == b"WARC/" else "it is no answer of a web server")
        head += line
        if line in {b"\r\n", b"\n"}:
            return bytes(head)
        if len(head) >= MOST_HEAD:
            raise BadHead(f"a header is longer than {MOST_HEAD // 1024} KB")
        if not line.endswith(b"\n"):
            raise BadHead("it ends in the middle of a header")


def parsed(head: bytes) -> StatusAndHeaders:
    """The first line and the headers."""
    from warcio.statusandheaders import StatusAndHeadersParser

    return StatusAndHeadersParser([], verify=False).parse(io.BytesIO(head))


def _length(headers: StatusAndHeaders) -> int:
    told = {str(value).strip() for name, value in headers.headers if name.lower() == "content-length"}
    if len(told) != 1 or not _LENGTH(length := told.pop()):
        raise Damaged("a record declares no length, or none that can be right")
    return int(length)
