"""The tags of a TIFF structure, which is a TIFF file or what a camera writes into any picture (EXIF), as bytes.

By hand, because Pillow decodes text as Latin-1, leaves out the text type of Exif 3.0 and makes a number of each of the four bytes of millions.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

XMP, ARTIST, IPTC, COPYRIGHT = 700, 315, 33723, 33432
_WANTED = frozenset((XMP, ARTIST, IPTC, COPYRIGHT))
# Bytes, text, signed bytes, undefined, UTF-8 (Exif 3.0), and the long numbers that Photoshop says IPTC were.
_UNITS = {1: 1, 2: 1, 6: 1, 7: 1, 129: 1, 4: 4}


def read_tags(stream: BinaryIO, most: int) -> dict[int, bytes]:
    """The wanted tags of the first directory, each cut after `most` bytes; one that lies outside the file is left out.

    Raises ValueError and struct.error where the structure is none.
    """
    head = stream.read(8)
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(head[:4])
    if order is None:
        raise ValueError("it does not begin like TIFF")
    (offset,) = struct.unpack(order + "I", head[4:])
    stream.seek(offset)
    (count,) = struct.unpack(order + "H", stream.read(2))
    directory = stream.read(count * 12)
    found: dict[int, bytes] = {}
    for tag, kind, length, value in struct.iter_unpack(order + "HHI4s", directory[: len(directory) // 12 * 12]):
        if tag not in _WANTED or kind not in _UNITS or tag in found:
            continue
        size = length * _UNITS[kind]
        if size <= 4:
            found[tag] = value[:size]
            continue
        (place,) = struct.unpack(order + "I", value)
        stream.seek(place)
        data = stream.read(min(size, most))
        if len(data) == min(size, most):
            found[tag] = data
    return found
