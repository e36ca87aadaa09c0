"""The bytes of a sitemap or feed in pieces, unpacked where they are gzip by their content, and never more than the cap."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from checker.model import NotCheckedReason

_PIECE = 65_536
_GZIP = b"\x1f\x8b"


class BadSitemap(Exception):
    """A sitemap or feed that cannot be read, or not to its end: the reason, and what to tell of it."""

    def __init__(self, reason: NotCheckedReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def of_bytes(body: bytes) -> Iterator[bytes]:
    """Bytes that are here already."""
    view = memoryview(body)
    for at in range(0, len(body), _PIECE):
        yield bytes(view[at : at + _PIECE])


def of_file(path: Path) -> Iterator[bytes]:
    """A file's bytes. Raises BadSitemap."""
    try:
        if not path.is_file():
            raise BadSitemap(NotCheckedReason.MISSING, "there is no such file")
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                yield piece
    except OSError as fault:
        raise BadSitemap(NotCheckedReason.UNREADABLE, f"it cannot be read: {fault.strerror or type(fault).__name__}") from None
    except ValueError:  # a NUL in the path
        raise BadSitemap(NotCheckedReason.MISSING, "there is no such file") from None


def unpacked(pieces: Iterable[bytes], most: int) -> Iterator[bytes]:
    """The same, unpacked if they begin like gzip. Raises BadSitemap for damaged gzip and for more than `most` bytes, after what came before it."""
    left = most
    for piece in _plain(iter(pieces)):
        if len(piece) > left:
            yield piece[:left]
            raise BadSitemap(
                NotCheckedReason.CAPPED, f"it is larger than {most // (1 << 20)} MB" if most >= 1 << 20 else f"it is larger than {most} bytes"
            )
        left -= len(piece)
        yield piece


def _plain(pieces: Iterator[bytes]) -> Iterator[bytes]:
    head = b""
    for piece in pieces:
        head += piece
        if len(head) >= len(_GZIP):
            break
    if head.startswith(_GZIP):
        yield from _inflated(head, pieces)
    else:
        if head:
            yield head
        yield from pieces


def _inflated(head: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Gzip, which may have several members one after another, and zeros behind them."""
    member = None
    waiting = head
    while waiting or (waiting := next(pieces, b"")):
        if member is None:
            waiting = waiting.lstrip(b"\x00")
            if not waiting:
                continue
            if not waiting.startswith(_GZIP[: len(waiting)]):
                raise BadSitemap(NotCheckedReason.DAMAGED, "something that is no gzip follows its gzip")
            member = zlib.decompressobj(wbits=31)
        out = b" " * _PIECE
        # A full piece may mean that more waits inside, even with nothing left to put in.
        while len(out) == _PIECE or waiting:
            try:
                out = member.decompress(waiting, _PIECE)
            except zlib.error:
                raise BadSitemap(NotCheckedReason.DAMAGED, "its gzip is damaged") from None
            waiting = member.unconsumed_tail
            if out:
                yield out
            if member.eof:
                break
        if member.eof:
            waiting, member = member.unused_data, None
    if member is not None:
        raise BadSitemap(NotCheckedReason.DAMAGED, "its gzip is cut off")
