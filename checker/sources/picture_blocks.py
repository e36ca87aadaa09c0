"""What of a picture file is metadata: its XMP, IPTC and EXIF, as bytes, from every kind of file that a page shows. No pixel is decoded."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

from checker.errors import BadConfig
from checker.sources.picture_tags import IPTC, XMP, read_tags

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

# A JPEG or PNG file has its metadata before its pixels. Pillow takes 2 s for this much of hostile markers.
_HEAD = 4 * 1024 * 1024
# A block of metadata is cut here, one byte after what any of them may hold.
MOST_BLOCK = 1024 * 1024
# Chunks of a WebP or blocks of a GIF; an animation of an hour has fewer.
_MOST_CHUNKS = 100_000
_IPTC_RESOURCE = b"8BIM\x04\x04"
_GIF_XMP = b"\x21\xff\x0bXMP DataXMP"
# After the packet in a GIF stand the bytes 1, 255, 254 … 0, so that a reader of sub-blocks finds its end (XMP specification, part 3, 1.1.2).
_GIF_XMP_END = b"\x01\xff\xfe\xfd"


class UnknownFormat(ValueError):
    """The bytes are not those of a kind of picture that is read."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """The metadata of a file by their kind, each as it stands there; `tags` are those of EXIF. `faults` names what could not be taken out."""

    xmp: bytes = b""
    iptc: bytes = b""
    tags: Mapping[int, bytes] = field(default_factory=dict)
    faults: tuple[str, ...] = ()


def ask_for_pillow() -> None:
    """Raises BadConfig where Pillow or defusedxml is not installed."""
    try:
        import defusedxml.ElementTree  # noqa: F401 - only whether they are there
        import PIL.Image  # noqa: F401
    except ImportError as fault:
        raise BadConfig("reading image files needs the extra meta: pip install 'disclosure-checker[meta]'") from fault


def read_blocks(stream: BinaryIO) -> Blocks:
    """The metadata of the file that begins at the stream's start.

    Raises UnknownFormat, and whatever the readers of broken files raise.
    """
    head = stream.read(64)
    stream.seek(0)
    for begins, reader in _READERS:
        if begins(head):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of sizes and broken tags: neither says anything of the maker
                return reader(stream)
    raise UnknownFormat("it is no JPEG, PNG, WebP, GIF, TIFF or AVIF file")


def _jpeg(stream: BinaryIO) -> Blocks:
    from PIL.JpegImagePlugin import JpegImageFile

    return _from_info(JpegImageFile(io.BytesIO(stream.read(_HEAD))))


def _png(stream: BinaryIO) -> Blocks:
    from PIL.PngImagePlugin import PngImageFile

    return _from_info(PngImageFile(io.BytesIO(stream.read(_HEAD))))


def _avif(stream: BinaryIO) -> Blocks:
    from PIL.AvifImagePlugin import SUPPORTED, AvifImageFile

    if not SUPPORTED:
        raise UnknownFormat("this installation of Pillow does not read AVIF")
    return _from_info(AvifImageFile(stream))


def _from_info(image: ImageFile) -> Blocks:
    """What Pillow found while it looked for the pixels. Its classes are called by their names, because `Image.open` refuses large pictures."""
    info: dict[Any, Any] = image.info
    xmp = info.get("xmp") or _profile(info, "xmp")
    photoshop = info.get("photoshop")
    iptc = photoshop.get(0x0404) if isinstance(photoshop, dict) else _resource(_profile(info, "iptc"))
    exif = info.get("exif") or _profile(info, "exif")
    return _blocks(xmp or b"", iptc or b"", exif or b"")


def _profile(info: dict[Any, Any], name: str) -> bytes:
    """A block that ImageMagick wrote into a PNG: a line with its name, one with its length, lines of hexadecimal digits."""
    text = info.get(f"Raw profile type {name}")
    if not isinstance(text, str) or len(text) > 3 * MOST_BLOCK:
        return b""
    return bytes.fromhex("".join(text.split("\n")[3:]))


def _resource(resources: bytes) -> bytes:
    """The IPTC block among Photoshop's resources; where they are none, the bytes themselves."""
    start = resources.find(_IPTC_RESOURCE)
    if start < 0:
        return resources
    name = start + len(_IPTC_RESOURCE)
    size = name + (resources[name] + 2) // 2 * 2  # the name and its length fill an even number of bytes
    (length,) = struct.unpack_from(">I", resources, size)
    return resources[size + 4 : size + 4 + length]


def _webp(stream: BinaryIO) -> Blocks:
    """By hand: Pillow's reader makes room for the whole picture before it looks for metadata."""
    found: dict[bytes, bytes] = {}
    stream.seek(12)
    for _ in range(_MOST_CHUNKS):
        header = stream.read(8)
        if len(header) < 8:
            break
        kind, size = header[:4], int.from_bytes(header[4:], "little")
        after = stream.tell() + size + size % 2
        if kind in {b"XMP ", b"EXIF"}:
            found[kind] = stream.read(min(size, MOST_BLOCK + 1))
            if len(found[kind]) < min(size, MOST_BLOCK + 1):
                raise EOFError("it is cut")
        stream.seek(after)
    return _blocks(found.get(b"XMP ", b""), b"", found.get(b"EXIF", b""))


def _gif(stream: BinaryIO) -> Blocks:
    """By hand: Pillow does not know the place of XMP in a GIF."""
    body = stream.read()
    start = body.find(_GIF_XMP)
    if start < 0:
        return Blocks()
    start += len(_GIF_XMP)
    end = body.find(_GIF_XMP_END, start)
    if end < 0:
        raise EOFError("it is cut")
    return Blocks(xmp=body[start : min(end, start + MOST_BLOCK + 1)])


def _tiff(stream: BinaryIO) -> Blocks:
    tags = read_tags(stream, MOST_BLOCK + 1)
    return Blocks(tags.get(XMP, b""), tags.get(IPTC, b""), tags)


def _blocks(xmp: bytes, iptc: bytes, exif: bytes) -> Blocks:
    while exif.startswith(b"Exif\0\0"):
        exif = exif[6:]
    try:
        return Blocks(xmp, iptc, read_tags(io.BytesIO(exif), MOST_BLOCK) if exif else {})
    except (ValueError, struct.error):
        return Blocks(xmp, iptc, faults=("its EXIF is broken",))


def _readers() -> Iterator[tuple[Callable[[bytes], bool], Callable[[BinaryIO], Blocks]]]:
    yield lambda head: head.startswith(b"\xff\xd8\xff"), _jpeg
    yield lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"), _png
    yield lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP", _webp
    yield lambda head: head.startswith((b"GIF87a", b"GIF89a")), _gif
    yield lambda head: head.startswith((b"II*\0", b"MM\0*")), _tiff
    yield lambda head: head[4:8] == b"ftyp" and (b"avif" in head or b"avis" in head), _avif


_READERS = tuple(_readers())
