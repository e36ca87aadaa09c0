"""Finished pieces of a report that come before what must stand in front of them: in memory while they are few, in a file without a name after that.

Reports are built from these at the end of a run, so that ten thousand pages take no more memory than a hundred.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

from checker.errors import BadOutput
from checker.report.run import Closing

# Characters that are held in memory; a report of some fifty pages.
HELD = 1 << 20
# Characters that are handed on at a time.
_PIECE = 1 << 16


class Rows:
    """Texts in the order in which they came. Read them as often as need be, each time to the end."""

    def __init__(self, held: int = HELD) -> None:
        self._most = held
        self._held: list[str] = []
        self._size = 0
        self._count = 0
        self._file: IO[bytes] | None = None

    def __len__(self) -> int:
        return self._count

    def __del__(self) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, text: str) -> None:
        """One more. Raises BadOutput where it cannot be kept."""
        self._held.append(text)
        self._count += 1
        self._size += len(text)
        if self._size > self._most:
            self._put_away()

    def __iter__(self) -> Iterator[str]:
        """All of them. Raises BadOutput."""
        if self._file is not None:
            yield from self._put_away_before(self._file)
        yield from self._held

    def joined(self, between: str) -> Iterator[str]:
        """All of them with something between them."""
        for number, text in enumerate(self):
            yield f"{between}{text}" if number else text

    def _put_away(self) -> None:
        try:
            if self._file is None:
                import tempfile  # a small report stays in memory

                self._file = tempfile.TemporaryFile("w+b", prefix="disclosure-checker-")  # noqa: SIM115 - it lives as long as the rows
            self._file.seek(0, 2)
            for text in self._held:
                # Half a surrogate pair of a page must come back as it was.
                told = text.encode("utf-8", "surrogatepass")
                self._file.write(b"%d\n" % len(told))
                self._file.write(told)
        except OSError as fault:
            raise _fault(fault) from fault
        self._held, self._size = [], 0

    @staticmethod
    def _put_away_before(file: IO[bytes]) -> Iterator[str]:
        try:
            end = file.seek(0, 2)
            at = 0
            while at < end:
                file.seek(at)
                size = int(file.readline())
                told = file.read(size)
                at = file.tell()
                yield told.decode("utf-8", "surrogatepass")
        except OSError as fault:
            raise _fault(fault) from fault


class InPieces:
    """A report whose end is as large as its run, and is therefore written piece by piece."""

    def pieces(self, closing: Closing) -> Iterator[str]:
        """What stands after the last page."""
        raise NotImplementedError

    def end(self, closing: Closing) -> str:
        """The same in one."""
        return "".join(self.pieces(closing))


def in_larger(texts: Iterable[str]) -> Iterator[str]:
    """The same texts, many of them in one."""
    piece: list[str] = []
    size = 0
    for text in texts:
        piece.append(text)
        size += len(text)
        if size > _PIECE:
            yield "".join(piece)
            piece, size = [], 0
    yield "".join(piece)


def _fault(fault: OSError) -> BadOutput:
    import tempfile

    return BadOutput(f"cannot keep the report in {tempfile.gettempdir()} until it is written: {fault.strerror}")
