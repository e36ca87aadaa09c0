"""The bytes of an archive as they come out of gzip, in small pieces, and where in the file they were.

A gzip file is a row of members; a web archive has one for each record, or one for everything. Each member is checked against its checksum.
"""

from __future__ import annotations

import zlib
from typing import BinaryIO

GZIP = b"\x1f\x8b"
_PIECE = 32_768
# A row of members that hold nothing costs time and gives nothing.
_MOST_EMPTY = 1_000


class Damaged(Exception):
    """Nothing more can be read; the text says what is wrong."""


class Trailing(Damaged):
    """What follows the compressed data is not compressed."""


class TooMuch(Exception):
    """It unpacks to more than may be read; the text says so."""


class Unpacked:
    """Reads a file piece by piece. `position` counts the bytes handed out, `border` is where the last member began that starts with a record.

    `ratio`: how many times larger than what was read of the file the unpacked bytes may be, once they are more than `least`.
    """

    def __init__(self, file: BinaryIO, ratio: int, least: int) -> None:
        self._file = file
        self._ratio, self._least = ratio, least
        self._input = b""
        self._raw_at = 0  # offset of the first byte of _input
        self._piece, self._used = b"", 0
        self._inflater: zlib._Decompress | None = None
        self._member_offset = self._member_position = self._total = 0
        self.position = 0
        self.border = -1
        self._input = self._raw()
        self.packed = self._input.startswith(GZIP)

    @property
    def place(self) -> str:
        """Where the next byte is, for people: in the file, or in what it unpacks to where a member holds more than one record."""
        if not self.packed:
            return f"offset {self.position}"
        if self.position == self._member_position:
            return f"offset {self._member_offset}"
        return f"offset {self.position} of the unpacked archive"

    @property
    def mark(self) -> tuple[int, int]:
        """Where somebody else can begin to reach the next byte: an offset in the file, and how many unpacked bytes from there come before it."""
        return (self._member_offset, self.position - self._member_position) if self.packed else (self.position, 0)

    def read(self, most: int) -> bytes:
        """The next bytes, at most so many and at least one; none at the end. Raises Damaged and TooMuch."""
        if self._used >= len(self._piece) and not self._fill():
            return b""
        found = self._piece[self._used : self._used + most]
        self._used += len(found)
        self.position += len(found)
        return found

    def line(self, most: int) -> bytes:
        """The bytes to the next line end, which is the last of them, or so many of them; none at the end. Raises Damaged and TooMuch."""
        found = b""
        while len(found) < most and (self._used < len(self._piece) or self._fill()):
            end = self._piece.find(b"\n", self._used) + 1 or len(self._piece)
            found += self.read(min(end - self._used, most - len(found)))
            if found.endswith(b"\n"):
                break
        return found

    def skip_blanks(self) -> bytes:
        """Pass line ends up to the end of the member, whose checksum is then known to be right; or the first bytes of what stands there instead.

        Raises Damaged and TooMuch.
        """
        while self._used < len(self._piece) or self._fill(within=True):
            rest = self._piece[self._used :]
            kept = rest.lstrip(b"\r\n")
            self._used += len(rest) - len(kept)
            self.position += len(rest) - len(kept)
            if kept:
                return kept[:5]
        return b""

    def ended(self) -> bool:
        """Whether there is nothing more but line ends. Raises Damaged and TooMuch."""
        while True:
            self.skip_blanks()
            if self._used < len(self._piece):
                return False
            if not self._fill():
                return True

    def _fill(self, *, within: bool = False) -> bool:
        """Whether there is a next piece; `within`: of this member."""
        self._piece, self._used = b"", 0
        if not self.packed:
            self._piece, self._input = self._input or self._raw(), b""
            return bool(self._piece)
        for _ in range(_MOST_EMPTY):
            fresh = self._inflater is None
            if fresh and (within or not self._begin()):
                return False
            self._piece = self._inflate()
            if self._piece:
                if fresh and self._piece.startswith(b"WARC/"):
                    self.border = self.position
                self._total += len(self._piece)
                if self._total > max(self._least, self._ratio * self._raw_at):
                    raise TooMuch(f"it unpacks to more than {self._ratio} times its size")
                return True
            if within:
                return False
        raise Damaged("one empty piece of compressed data follows another")

    def _begin(self) -> bool:
        """Begin the next member; zeros before it are padding."""
        while True:
            kept = self._input.lstrip(b"\0")
            self._raw_at += len(self._input) - len(kept)
            more = self._raw() if len(kept) < len(GZIP) else b""
            self._input = kept + more
            if len(self._input.lstrip(b"\0")) >= len(GZIP) or not more:
                break
        self._member_offset, self._member_position = self._raw_at, self.position
        if not self._input:
            return False
        if not self._input.startswith(GZIP):
            raise Trailing("what is there is not compressed as what comes before it")
        self._inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
        return True

    def _inflate(self) -> bytes:
        """The next piece of the member; none at its end."""
        while self._inflater is not None:
            self._input = self._input or self._raw()
            try:
                piece = self._inflater.decompress(self._input, _PIECE)
            except zlib.error:
                raise Damaged("its compressed data are damaged") from None
            left = self._inflater.unused_data if self._inflater.eof else self._inflater.unconsumed_tail
            at_end = not self._input
            self._raw_at += len(self._input) - len(left)
            self._input = left
            if self._inflater.eof:
                self._inflater = None
            elif at_end and not piece:
                raise Damaged("it ends in the middle of compressed data")
            if piece:
                return piece
        return b""

    def _raw(self) -> bytes:
        try:
            return self._file.read(_PIECE)
        except OSError as fault:
            raise Damaged(f"it cannot be read: {fault.strerror or type(fault).__name__}") from None
        except Exception as fault:  # noqa: BLE001 - an entry of a zip archive; zipfile raises whatever its parts do
            raise Damaged(f"the archive around it is damaged: {type(fault).__name__}") from None
