"""What a server wrapped its answer in, taken off again: chunks, gzip, deflate, brotli, zstd. In pieces, and never more than is allowed."""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from checker.model import NotCheckedReason
from checker.sources.sniff import begins_a_page

_PIECE = 65_536
_SIZE = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n").fullmatch
_LINE = 4_096
# A page of 64 MB in chunks of 64 bytes; servers use thousands of bytes.
_MOST_CHUNKS = 1_000_000
# Servers use one; a proxy may add another.
_MOST_CODINGS = 3
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
# As browsers do (RFC 9659): a window of 8 MB.
_ZSTD_WINDOW = 23


class BadBody(Exception):
    """An answer that cannot be read to its end; `reason` and text are those of the page."""

    def __init__(self, reason: NotCheckedReason, detail: str) -> None:
        self.reason = reason
        super().__init__(detail)


class Lines(Protocol):
    """Bytes that come in lines or in pieces."""

    def read(self, most: int = ...) -> bytes:
        """The next bytes, none at the end."""

    def line(self, most: int) -> bytes:
        """The next line, or a part of it, none at the end."""


def decoded(raw: Lines, codings: list[str], most: int, *, chunked: bool) -> bytes:
    """The body. `codings`: the outermost last, as headers list them. A body that is not wrapped as it should be was unwrapped by who archived it.

    Raises BadBody.
    """
    codings = [coding for coding in codings if coding not in {"", "identity", "none"}]
    if len(codings) > _MOST_CODINGS:
        raise BadBody(NotCheckedReason.CAPPED, f"it is compressed {len(codings)} times over")
    pieces = _capped(_dechunked(raw) if chunked else iter(lambda: raw.read(_PIECE), b""), most)
    for coding in reversed(codings):
        pieces = _capped(_unwrapped(pieces, coding), most)
    return b"".join(pieces)


def _capped(pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > most:
            raise BadBody(NotCheckedReason.CAPPED, f"it is larger than {most // (1024 * 1024)} MB")
        yield piece


def _dechunked(raw: Lines) -> Iterator[bytes]:
    line = raw.line(_LINE)
    if not _SIZE(line):
        yield line
        yield from iter(lambda: raw.read(_PIECE), b"")
        return
    for _ in range(_MOST_CHUNKS):
        size = _SIZE(line)
        if size is None:
            raise _damaged("it ends before its last chunk" if not line else "a chunk of it does not say how long it is")
        left = int(size[1], 16)
        if not left:
            return
        while left:
            piece = raw.read(min(left, _PIECE))
            if not piece:
                raise _damaged("it ends in the middle of a chunk")
            left -= len(piece)
            yield piece
        if raw.line(2) not in {b"\r\n", b"\n"}:
            raise _damaged("a chunk of it is longer than it says")
        line = raw.line(_LINE)
    raise BadBody(NotCheckedReason.CAPPED, f"it comes in more than {_MOST_CHUNKS} chunks")


def _unwrapped(pieces: Iterator[bytes], coding: str) -> Iterator[bytes]:
    first = next(pieces, b"")
    while 0 < len(first) < len(_ZSTD) and (more := next(pieces, b"")):
        first += more
    if not first or begins_a_page(first[:1024]):
        return _all(first, pieces)
    match coding.removeprefix("x-"):
        case "gzip":
            return _inflated(first, pieces, 16 + zlib.MAX_WBITS) if first.startswith(_GZIP) else _all(first, pieces)
        case "deflate":
            # RFC 9110 means zlib; some servers send deflate alone, and browsers take both.
            is_zlib = first[0] & 15 == 8 and int.from_bytes(first[:2], "big") % 31 == 0
            return _inflated(first, pieces, zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)
        case "br":
            return _unbrotlied(first, pieces)
        case "zstd":
            return _unzstded(first, pieces) if first.startswith(_ZSTD) else _all(first, pieces)
    raise BadBody(NotCheckedReason.UNREADABLE, f"it is wrapped in the content coding {coding[:40]}, which is not read")


def _all(first: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from pieces


def _inflated(first: bytes, pieces: Iterable[bytes], bits: int) -> Iterator[bytes]:
    inflater = zlib.decompressobj(bits)
    for piece in _all(first, pieces):
        data = piece
        while data:
            if inflater.eof:
                if bits < 16 or not data.startswith(_GZIP):
                    return  # what follows the body is not the body
                inflater = zlib.decompressobj(bits)
            try:
                yield inflater.decompress(data, _PIECE)
            except zlib.error:
                raise _damaged("its compressed body is damaged") from None
            data = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
    while not inflater.eof:
        try:
            rest = inflater.decompress(b"", _PIECE)
        except zlib.error:
            raise _damaged("its compressed body is damaged") from None
        if not rest and not inflater.eof:
            raise _damaged("its compressed body ends before its end")
        yield rest


def _unbrotlied(first: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
    brotli = _module("brotli", "br")
    decompressor = brotli.Decompressor()
    if not hasattr(decompressor, "can_accept_more_data"):
        raise _needed("br")  # a version that unpacks everything at once
    try:
        for piece in _all(first, pieces):
            unpacked = decompressor.process(piece, output_buffer_limit=_PIECE)
            yield unpacked
            # It may take all bytes in and keep some of what they unpack to.
            while not decompressor.is_finished() and (unpacked or not decompressor.can_accept_more_data()):
                unpacked = decompressor.process(b"", output_buffer_limit=_PIECE)
                yield unpacked
            if decompressor.is_finished():
                return
    except brotli.error:
        raise _damaged("its compressed body is damaged") from None
    raise _damaged("its compressed body ends before its end")


def _unzstded(first: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
    zstd = _module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd", "zstd")
    options = {zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW}
    decompressor = zstd.ZstdDecompressor(options=options)
    try:
        for piece in _all(first, pieces):
            data = piece
            while data or not decompressor.needs_input:
                if decompressor.eof:
                    data = decompressor.unused_data or data
                    if not data.startswith(_ZSTD):
                        return
                    decompressor = zstd.ZstdDecompressor(options=options)
                yield decompressor.decompress(data, _PIECE)
                data = decompressor.unused_data if decompressor.eof else b""
                if decompressor.eof and not data:
                    break
    except zstd.ZstdError:
        raise _damaged("its compressed body is damaged") from None
    if not decompressor.eof:
        raise _damaged("its compressed body ends before its end")


def _module(name: str, coding: str) -> Any:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError:
        raise _needed(coding) from None


def _needed(coding: str) -> BadBody:
    return BadBody(
        NotCheckedReason.UNREADABLE, f"it is compressed with {coding}, which needs the extra fetch: pip install 'disclosure-checker[fetch]'"
    )


def _damaged(detail: str) -> BadBody:
    return BadBody(NotCheckedReason.DAMAGED, detail)
