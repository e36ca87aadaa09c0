"""The WARC files in an archive, opened at any place: the archive itself, or those in a WACZ archive."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from checker.sources.archives.codings import BadBody
from checker.sources.archives.wacz import is_warc
from checker.sources.archives.zip_entries import name_of, opened_entry, opened_zip, overlapping

_PIECE = 1 << 20
# The two lengths at the end of an entry's own header, and the header without what they measure.
_LOCAL = re.compile(rb"PK\x03\x04.{22}(..)(..)", re.DOTALL).match
_LOCAL_HEADER = 30


@dataclass(frozen=True, slots=True)
class Warc:
    """One WARC file: `size` bytes from `begin` on, or all of the file; `entry`: it is compressed in a zip archive under this name."""

    path: str
    begin: int = 0
    size: int | None = None
    entry: str | None = None

    @contextmanager
    def opened(self, offset: int, behind: int) -> Iterator[BinaryIO]:
        """The bytes from an offset on; `behind`: so many may be unpacked to reach it. Raises OSError and BadBody."""
        if self.entry is not None:
            with opened_zip(self.path) as archive, self._entry(archive) as stream:
                if offset > behind:
                    raise too_deep()
                passed = 0
                while passed < offset and (piece := stream.read(min(_PIECE, offset - passed))):
                    passed += len(piece)
                yield stream
            return
        with open(self.path, "rb") as file:  # noqa: PTH123 - a str path: names that are no UTF-8 must survive
            file.seek(self.begin + offset)
            yield file if self.size is None else io.BufferedReader(_Slice(file, self.size - offset))

    def _entry(self, archive: zipfile.ZipFile) -> BinaryIO:
        return opened_entry(archive, archive.getinfo(self.entry or ""), archive.getinfo(self.entry or "").file_size)


class _Slice(io.RawIOBase):
    """The next bytes of a file, at most so many."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        super().__init__()
        self._file, self._left = file, max(size, 0)

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """The next bytes."""
        found = self._file.read(min(len(buffer), self._left))
        buffer[: len(found)] = found
        self._left -= len(found)
        return len(found)


def warcs_in(path: str, ratio: int, least: int) -> list[Warc]:
    """The WARC files of an archive, sorted by their names. Those that run into another, or unpack to too much, are left out.

    Raises OSError and BadBody.
    """
    with open(path, "rb") as file:  # noqa: PTH123
        if not file.peek(2).startswith(b"PK"):
            return [Warc(path)]
        found = []
        with opened_zip(path) as archive:
            entries = archive.infolist()
            twice = overlapping(entries)
            for entry in sorted(entries, key=name_of):
                if not is_warc(entry) or entry.header_offset in twice or entry.flag_bits & 1:
                    continue
                if entry.compress_type == zipfile.ZIP_STORED:
                    begin = _begin(file, entry, os.fstat(file.fileno()).st_size)
                    found += [] if begin is None else [Warc(path, begin, entry.compress_size)]
                elif entry.file_size <= max(least, ratio * entry.compress_size):
                    found.append(Warc(path, entry=entry.filename))
        return found


def too_deep() -> BadBody:
    """Why something in the middle of compressed data is not reached."""
    from checker.model import NotCheckedReason

    return BadBody(NotCheckedReason.CAPPED, "it lies too deep in what is compressed as one piece")


def _begin(file: BinaryIO, entry: zipfile.ZipInfo, size: int) -> int | None:
    """Where the content of an entry begins that is not compressed; None where the archive is damaged there."""
    file.seek(entry.header_offset)
    lengths = _LOCAL(file.read(_LOCAL_HEADER))
    if lengths is None:
        return None
    begin = entry.header_offset + _LOCAL_HEADER + sum(int.from_bytes(length, "little") for length in lengths.groups())
    return begin if begin + entry.compress_size <= size else None
