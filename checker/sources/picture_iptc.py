"""What a picture's IPTC block and its EXIF tags say of its maker, and the encodings in which they say it."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping

from checker.facts import FileMetadata
from checker.sources.picture_tags import ARTIST, COPYRIGHT

# IIM 4.2: record 1 dataset 90 names the character set, by an escape sequence of ISO 2022.
_CHARACTER_SET = (1, 90)
_UTF8 = b"\x1b%G"
_BY_LINE, _CREDIT, _SOURCE, _COPYRIGHT_NOTICE = (2, 80), (2, 110), (2, 115), (2, 116)


def iptc_fields(block: bytes) -> FileMetadata:
    """What the block says, as far as it can be read."""
    fields: dict[tuple[int, int], list[bytes]] = {}
    for key, value in _datasets(block):
        fields.setdefault(key, []).append(value)
    declared = any(_UTF8 in value for value in fields.get(_CHARACTER_SET, ()))

    def texts(key: tuple[int, int]) -> Iterator[str]:
        return (_decoded(value, declared=declared) for value in fields.get(key, ()))

    return FileMetadata(
        creators=tuple(texts(_BY_LINE)),
        credit_line=next(texts(_CREDIT), None),
        copyright_notice=next(texts(_COPYRIGHT_NOTICE), None),
        source=next(texts(_SOURCE), None),
    )


def exif_fields(tags: Mapping[int, bytes]) -> FileMetadata:
    """What the tags say. Exif 2.3 separates several persons by ";", and the notices of photographer and editor by a NUL."""
    notice = [text for part in tags.get(COPYRIGHT, b"").split(b"\0") if (text := _decoded(part).strip())]
    artist = tags.get(ARTIST, b"").split(b"\0", 1)[0]
    return FileMetadata(creators=(_decoded(artist),) if artist else (), copyright_notice="; ".join(notice) or None)


def _datasets(block: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    """The fields of an IIM block in their order, up to where it is broken or ends."""
    at = 0
    while at + 5 <= len(block) and block[at] == 0x1C:
        key, size = (block[at + 1], block[at + 2]), int.from_bytes(block[at + 3 : at + 5])
        at += 5
        if size & 0x8000:  # so many bytes hold the length
            wide = size & 0x7FFF
            size = int.from_bytes(block[at : at + wide]) if wide <= 4 else len(block)
            at += wide
        if at + size > len(block):
            return
        yield key, block[at : at + size]
        at += size


def _decoded(value: bytes, *, declared: bool = False) -> str:
    """UTF-8 where it says so or is so, else what programs on Windows wrote. A field that was cut to its length may end inside a character."""
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(value, final=not declared)
    except UnicodeDecodeError:
        return value.decode("cp1252", "ignore")
