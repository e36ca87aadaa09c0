"""The bytes of an answer, as far as the caps allow: those on the wire and those they unpack to are counted apart."""

from __future__ import annotations

from collections.abc import AsyncIterable
from dataclasses import dataclass

from checker.model import NotCheckedReason
from checker.sources.fetch import inflate
from checker.sources.fetch.fault import Fault

_MIB = 1 << 20
# Pages pack to a tenth; what unpacks to so much and far more than it was is a bomb, and need not be held up to the cap to be known as one.
_SUSPECT = 8 * _MIB


@dataclass(frozen=True, slots=True)
class Caps:
    """`ratio`: how many times larger than on the wire it may become. `cut`: what is larger is cut there, not refused."""

    wire: int
    body: int
    ratio: int
    cut: bool = False


async def read(chunks: AsyncIterable[bytes], length: str | None, packed: str | None, caps: Caps) -> bytes:
    """The unpacked bytes. Raises Fault for what is too large or broken."""
    if not caps.cut and length is not None and length.strip().isdecimal() and len(length) < 20 and int(length) > caps.wire:
        raise Fault(NotCheckedReason.CAPPED, f"it says that it has {int(length):,} bytes; more than {_size(caps.wire)} are not fetched")
    try:
        return await _read(chunks, packed, caps)
    except inflate.Broken as broken:
        raise Fault(NotCheckedReason.DAMAGED, str(broken)) from None


async def _read(chunks: AsyncIterable[bytes], packed: str | None, caps: Caps) -> bytes:
    layers = inflate.layers(packed)
    found = bytearray()
    wire = 0
    async for chunk in chunks:
        wire += len(chunk)
        if wire > caps.wire and not caps.cut:
            raise Fault(NotCheckedReason.CAPPED, f"more than {_size(caps.wire)} came")
        for piece in inflate.fed(layers, chunk):
            found += piece
            if len(found) > caps.body:
                if caps.cut:
                    return bytes(found[: caps.body])
                raise Fault(
                    NotCheckedReason.CAPPED, f"it unpacks to more than {_size(caps.body)}" if layers else f"more than {_size(caps.body)} came"
                )
            if layers and len(found) > _SUSPECT and len(found) > wire * caps.ratio:
                raise Fault(NotCheckedReason.CAPPED, f"it unpacks to more than {caps.ratio} times its size")
        if wire > caps.wire:
            return bytes(found)
    inflate.finish(layers)
    return bytes(found)


def _size(count: int) -> str:
    return f"{count // _MIB} MiB" if count >= _MIB else f"{count:,} bytes"
