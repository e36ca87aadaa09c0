"""The files of a page's pictures, and what they say of who made them."""

from __future__ import annotations

import re
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from checker import packs
from checker.facts import FileMetadata, Image, Page
from checker.sources.picture_blocks import Blocks, UnknownFormat, ask_for_pillow, read_blocks
from checker.sources.picture_iptc import exif_fields, iptc_fields
from checker.sources.picture_path import picture_path
from checker.sources.picture_xmp import xmp_fields
from checker.text import clip, fold, tidy

# Photographs straight from a camera have up to 50 MB.
MOST_BYTES = 64 * 1024 * 1024
# IPTC's own fields hold at most 128 characters; some put terms of use into the notice.
_LONGEST = 1000
_MOST_CREATORS = 50
# A page offers a picture in at most a dozen sizes.
_MOST_RENDITIONS = 20
# A page has a few dozen pictures; one of ten megabytes could have asked for a quarter of a million files.
_MOST_ADDRESSES = 2000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffd]+")
_SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"


class PictureFault(StrEnum):
    """Why it is not known what a picture's file says; of the files that a picture may have, the fault that came nearest counts."""

    BROKEN = "broken"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    UNKNOWN_FORMAT = "unknown_format"
    TOO_MANY = "too_many"
    MISSING = "missing"
    ELSEWHERE = "elsewhere"


_ORDER = tuple(PictureFault)


@dataclass(frozen=True, slots=True)
class PictureFile:
    """What a file says, or why that is not known. With both, a part of it could not be read; `detail` says which."""

    says: FileMetadata | None = None
    fault: PictureFault | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class MakerWords:
    """What stands in the place of a maker and names none, and what the EXIF tag for one puts before the name.

    `nobody`: "unknown", what cameras write unless told otherwise. `makers`: "Photographer, Ada Quill". `owners`: "Camera owner, Ben Oduya".
    """

    nobody: frozenset[str] = frozenset()
    makers: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()

    @classmethod
    def load(cls, folders: Sequence[Path]) -> MakerWords:
        """The words of all packs, joined."""
        tables = [table for folder in folders for table in packs.tables(folder, "words", "picture_files.toml")]

        def joined(section: str, key: str) -> frozenset[str]:
            return frozenset(_key(word) for table in tables for word in table.data.get(section, {}).get(key, ()))

        return cls(joined("nobody", "words"), joined("artist_roles", "makers"), joined("artist_roles", "owners"))


def with_files(page: Page, path: Path, words: MakerWords, root: Path | None = None) -> tuple[Page, Counter[str]]:
    """The page with what the files of its content images say, and how many images came to what: "read" or a PictureFault.

    `path` is the page's own file, `root` the folder of its site (see `picture_path`). An image offered under several addresses
    is what the first file says that says anything. Raises BadConfig where the extra `meta` is not installed.
    """
    ask_for_pillow()
    files = _Files(path, root, page.own_host, words)
    counts: Counter[str] = Counter()
    images: list[Image] = []
    for image in page.images:
        if image.content:
            found = files.of(image)
            counts[found.fault.value if found.fault else "read"] += 1
            image = replace(image, file=found.says)  # noqa: PLW2901 - the same image, with one fact more
        images.append(image)
    return replace(page, images=tuple(images)), counts


class _Files:
    """The files of one page's pictures, each looked for and read once."""

    def __init__(self, page: Path, root: Path | None, own_host: str | None, words: MakerWords) -> None:
        self.page = page
        self.root = root
        self.own_host = own_host
        self.words = words
        self.places: dict[str, Path | None] = {}
        self.read: dict[Path, PictureFile] = {}

    def of(self, image: Image) -> PictureFile:
        """What the first file says that says anything; else the best that came of any."""
        results: list[PictureFile] = []
        for address in (image.src, *image.sources[:_MOST_RENDITIONS]):
            if address not in self.places and len(self.places) == _MOST_ADDRESSES:
                results.append(PictureFile(None, PictureFault.TOO_MANY, f"the page has more than {_MOST_ADDRESSES} addresses of pictures"))
                break
            found = self._at(address)
            if found.says not in (None, FileMetadata()):
                return found
            results.append(found)
        # Whole files that say nothing, before those of which that is not known.
        return min(results, key=lambda result: _ORDER.index(result.fault) if result.fault else -1)

    def _at(self, address: str) -> PictureFile:
        if address not in self.places:
            self.places[address] = picture_path(address, self.page, self.root, self.own_host)
        place = self.places[address]
        if place is None:
            return PictureFile(None, PictureFault.ELSEWHERE, "it is not on this site")
        if place not in self.read:
            self.read[place] = read_picture_file(place, self.words)
        return self.read[place]


def read_picture_file(path: Path, words: MakerWords) -> PictureFile:
    """What a picture file says of its maker. Any fault of the file is told in the result.

    Raises BadConfig where the extra `meta` is not installed.
    """
    ask_for_pillow()
    try:
        kind = path.stat()
        if not stat.S_ISREG(kind.st_mode):
            return PictureFile(None, PictureFault.MISSING, "it is not a file")
        if kind.st_size > MOST_BYTES:
            return PictureFile(None, PictureFault.TOO_LARGE, f"it is larger than {MOST_BYTES // (1024 * 1024)} MB")
        with path.open("rb") as stream:
            return _read(stream, words)
    except (FileNotFoundError, NotADirectoryError):
        return PictureFile(None, PictureFault.MISSING, "there is no such file")
    except OSError as fault:
        return PictureFile(None, PictureFault.UNREADABLE, f"it cannot be read: {fault.strerror or type(fault).__name__}")
    except ValueError:  # a NUL in the path
        return PictureFile(None, PictureFault.MISSING, "there is no such file")


def _read(stream: BinaryIO, words: MakerWords) -> PictureFile:
    try:
        blocks = read_blocks(stream)
    except UnknownFormat as fault:
        return PictureFile(None, PictureFault.UNKNOWN_FORMAT, str(fault))
    except Exception:  # noqa: BLE001 - broken pictures make their readers raise anything
        return PictureFile(None, PictureFault.BROKEN, "it is broken or cut short")
    said, faults = _fields(blocks)
    says = FileMetadata(
        creators=next((names for each in said if (names := _creators(each.creators, words))), ()),
        credit_line=_best((each.credit_line for each in said), words),
        copyright_notice=_best((each.copyright_notice for each in said), words),
        source=_best((each.source for each in said), words),
        licence=_best((each.licence for each in said), words),
        digital_source_type=_source_type(_best((each.digital_source_type for each in said), words)),
    )
    if not faults:
        return PictureFile(says)
    return PictureFile(says if says != FileMetadata() else None, PictureFault.BROKEN, "; ".join(faults))


def _fields(blocks: Blocks) -> tuple[list[FileMetadata], list[str]]:
    """What each block says, the most trusted first, and the faults.

    XMP before IPTC, as IPTC says that its fields are read (Quick Guide to IPTC Photo Metadata on Google Images, "What fields to use"); EXIF
    last, because a camera writes there what it was once told, whoever took the picture.
    """
    said: list[FileMetadata] = []
    faults = list(blocks.faults)
    if blocks.xmp:
        try:
            said.append(xmp_fields(blocks.xmp))
        except Exception:  # noqa: BLE001 - as above; the other blocks still speak
            faults.append("its XMP is broken, too large or hostile")
    said += [iptc_fields(blocks.iptc), exif_fields(blocks.tags)]
    return said, faults


def _creators(written: Iterable[str], words: MakerWords) -> tuple[str, ...]:
    """The names among the entries, each once; many programs write several into one entry."""
    parts = islice((part for entry in written for part in _tidy(entry).split(";", _MOST_CREATORS)), _MOST_CREATORS)
    names = (_without_role(part, words) for part in parts)
    return tuple(dict.fromkeys(clip(name, _LONGEST) for name in names if _tells(name, words)))


def _without_role(entry: str, words: MakerWords) -> str:
    """Exif 2.2 asks for "Camera owner, A; Photographer, B; Image creator, C", and the owner of a camera made nothing with it."""
    role, comma, name = entry.partition(",")
    if comma and _key(role) in words.owners:
        return ""
    return (name if comma and _key(role) in words.makers else entry).strip()


def _best(values: Iterable[str | None], words: MakerWords) -> str | None:
    """The first value that tells anything."""
    tidied: Iterator[str] = (_tidy(value) for value in values if value)
    return next((clip(value, _LONGEST) for value in tidied if _tells(value, words)), None)


def _tells(value: str, words: MakerWords) -> bool:
    """Whether there is a word in it other than those that stand there for want of one."""
    return any(c.isalpha() for c in value) and _key(value) not in words.nobody


def _source_type(value: str | None) -> str | None:
    """The address of the NewsCode; some write only its last part."""
    return _SOURCE_TYPES + value if value and value.isalpha() else value


def _key(value: str) -> str:
    """What is compared: the words, without signs and years."""
    return " ".join(word for word in re.findall(r"\w+", fold(value)) if not word.isdecimal())


def _tidy(value: str) -> str:
    return tidy(_CONTROL.sub(" ", value))
