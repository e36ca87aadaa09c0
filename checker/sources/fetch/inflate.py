"""Unpacking an answer piece by piece: no more is in memory than was asked for, however much a few bytes would become."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator
from typing import Any, Protocol

_PIECE = 65_536
# An answer that is packed more than twice is an accident or an attack.
_MOST_LAYERS = 3
# RFC 9659: a zstd window of more than 8 MB (2**23) is not meant for the web.
_ZSTD_WINDOW = 23
ACCEPTED = "gzip, deflate, br, zstd"


class Broken(Exception):
    """Bytes that are not packed as their label says; the text says how."""


class _Layer(Protocol):
    def feed(self, data: bytes) -> Iterator[bytes]: ...

    def finish(self) -> None: ...


def layers(label: str | None) -> list[_Layer]:
    """The unpackers for a Content-Encoding, the outermost first. Raises Broken for what we cannot unpack."""
    names = [name.strip().lower() for name in (label or "").split(",")]
    names = [name for name in names if name and name != "identity"]
    if len(names) > _MOST_LAYERS:
        raise Broken(f"it is packed {len(names)} times over")
    made: list[_Layer] = []
    for name in reversed(names):
        if name in {"gzip", "x-gzip"}:
            made.append(_Gzip())
        elif name == "deflate":
            made.append(_Deflate())
        elif name == "br":
            made.append(_Brotli())
        elif name == "zstd":
            made.append(_Zstd())
        else:
            raise Broken(f"it is packed in a way that nobody asked for ({name[:20]!a})")
    return made


def fed(through: list[_Layer], data: bytes) -> Iterator[bytes]:
    """What comes out of all layers for a piece that goes in: small pieces, made while they are asked for."""
    if not through:
        if data:
            yield data
        return
    for piece in through[0].feed(data):
        yield from fed(through[1:], piece)


def finish(through: list[_Layer]) -> None:
    """Raises Broken where a layer waits for more."""
    for layer in through:
        layer.finish()


class _Gzip:
    """Several members may follow one another; what follows them and is no member is left, as browsers do."""

    def __init__(self) -> None:
        self._state = zlib.decompressobj(31)
        self._members = 0
        self._inside = False  # a member has given something and has not ended
        self._begun = False
        self._over = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._over or not data:
            return
        self._begun = True
        while True:
            try:
                piece = self._state.decompress(data, _PIECE)
            except zlib.error:
                if self._members and not self._inside:
                    self._over = True
                    return
                raise Broken("it is not the gzip data that it claims to be") from None
            data = self._state.unconsumed_tail
            if piece:
                self._inside = True
                yield piece
            if self._state.eof:
                self._members += 1
                self._inside = False
                data = self._state.unused_data
                self._state = zlib.decompressobj(31)
                if not data:
                    return
            elif not data and len(piece) < _PIECE:
                return

    def finish(self) -> None:
        if self._inside or (self._begun and not self._members):
            raise Broken("its gzip data end in the middle")


class _Deflate:
    """With the zlib header that the standard asks for, or without, as some servers send it."""

    def __init__(self) -> None:
        self._state: Any = None

    def feed(self, data: bytes) -> Iterator[bytes]:
        if not data or (self._state is not None and self._state.eof):
            return
        if self._state is None:
            self._state = zlib.decompressobj(15 if data[0] & 0x0F == 8 and data[0] >> 4 <= 7 else -15)
        while True:
            try:
                piece = self._state.decompress(data, _PIECE)
            except zlib.error:
                raise Broken("it is not the deflate data that it claims to be") from None
            data = self._state.unconsumed_tail
            if piece:
                yield piece
            if self._state.eof or (not data and len(piece) < _PIECE):
                return

    def finish(self) -> None:
        if self._state is not None and not self._state.eof:
            raise Broken("its deflate data end in the middle")


class _Brotli:
    def __init__(self) -> None:
        import brotli  # type: ignore[import-untyped]

        self._error: type[Exception] = brotli.error
        self._state: Any = brotli.Decompressor()
        self._begun = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._begun = self._begun or bool(data)
        while not self._state.is_finished():
            try:
                piece = self._state.process(data, output_buffer_limit=_PIECE)
            except self._error:
                raise Broken("it is not the brotli data that it claims to be") from None
            data = b""
            if piece:
                yield piece
            if not piece and self._state.can_accept_more_data():
                return

    def finish(self) -> None:
        if self._begun and not self._state.is_finished():
            raise Broken("its brotli data end in the middle")


class _Zstd:
    """Several frames may follow one another."""

    def __init__(self) -> None:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
        self._module: Any = zstd
        self._state: Any = self._new()
        self._frames = 0
        self._inside = False
        self._begun = False
        self._over = False

    def _new(self) -> Any:
        return self._module.ZstdDecompressor(options={self._module.DecompressionParameter.window_log_max: _ZSTD_WINDOW})

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._begun = self._begun or bool(data)
        while not self._over and (data or not self._state.needs_input):
            try:
                piece = self._state.decompress(data, _PIECE)
            except self._module.ZstdError:
                if self._frames and not self._inside:
                    self._over = True
                    return
                raise Broken("it is not the zstd data that it claims to be") from None
            data = b""
            if piece:
                self._inside = True
                yield piece
            if self._state.eof:
                self._frames += 1
                self._inside = False
                data = self._state.unused_data
                self._state = self._new()

    def finish(self) -> None:
        if self._inside or (self._begun and not self._frames):
            raise Broken("its zstd data end in the middle")
