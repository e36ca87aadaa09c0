"""The entries of a zip archive, read one at a time and never written anywhere. Its names, sizes and offsets are claims of whoever made it."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Iterable
from itertools import pairwise
from typing import BinaryIO

from checker.model import NotCheckedReason
from checker.sources.archives.codings import BadBody

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# zipfile holds the whole list in memory, about 500 bytes an entry.
MOST_ENTRIES = 200_000
_MOST_LIST = 32 << 20
_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = 30
_READ = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DRIVE = re.compile(r"[A-Za-z]:").match


class _Guarded(io.BufferedReader):
    """The file, while the list of entries is read from it: zipfile asks for the whole list at once."""

    guarded = True

    def read(self, size: int | None = -1, /) -> bytes:
        if not self.guarded:
            return super().read(size)
        if size is None or size < 0 or size > _MOST_LIST:
            # The end of the file is asked for without a size: at most the longest comment.
            found = super().read(_MOST_LIST + 1)
            if len(found) > _MOST_LIST:
                raise BadBody(NotCheckedReason.CAPPED, f"its list of entries is larger than {_MOST_LIST >> 20} MB")
            return found
        found = super().read(size)
        if found.count(_ENTRY) > MOST_ENTRIES:
            raise BadBody(NotCheckedReason.CAPPED, f"it holds more than {MOST_ENTRIES} entries")
        return found


class _Zip(zipfile.ZipFile):
    """Closes the file too, which zipfile leaves open where it did not open it."""

    def close(self) -> None:
        """Close both."""
        file = self.fp
        super().close()
        if file is not None:
            file.close()


def opened_zip(path: str) -> zipfile.ZipFile:
    """The archive with its list of entries. Raises BadBody where that cannot be read, OSError where the file cannot."""
    file = _Guarded(io.FileIO(path))
    try:
        archive = _Zip(file)
    except BadBody:
        file.close()
        raise
    except Exception as fault:  # noqa: BLE001 - zipfile raises whatever the parts of a broken list do
        file.close()
        raise BadBody(NotCheckedReason.DAMAGED, f"the zip archive is cut or damaged: its list of entries cannot be read ({_why(fault)})") from None
    file.guarded = False
    return archive


def name_of(entry: zipfile.ZipInfo) -> str:
    """The name with the separators of a path; some programs for Windows write their own."""
    return entry.filename.replace("\\", "/")


def leads_out(name: str) -> bool:
    """Whether somebody who unpacks the archive would write elsewhere.

    >>> leads_out("../../etc/a.html"), leads_out("/a.html"), leads_out("C:/a.html"), leads_out("blog/..a.html")
    (True, True, True, False)
    """
    return name.startswith("/") or bool(_DRIVE(name)) or ".." in name.split("/") or "\0" in name


def is_link(entry: zipfile.ZipInfo) -> bool:
    """Whether the entry is a symbolic link, whose content is a path."""
    return stat.S_ISLNK(entry.external_attr >> 16)


def overlapping(entries: Iterable[zipfile.ZipInfo]) -> set[int]:
    """Where entries begin that run into the next one: one stretch of bytes given out as several files, which is how zip bombs are made."""
    found: set[int] = set()
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    for entry, following in pairwise(ordered):
        if entry.header_offset + _LOCAL_HEADER + entry.compress_size > following.header_offset:
            found.add(entry.header_offset)
    return found


def opened_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int, *, twice: bool = False) -> BinaryIO:
    """The unpacked content, as a stream. `twice`: the entry is one of the overlapping ones. Raises BadBody."""
    if twice:
        raise BadBody(NotCheckedReason.DAMAGED, "its bytes are those of another entry too")
    # More than what it declares is never unpacked.
    if entry.file_size > most:
        raise BadBody(NotCheckedReason.CAPPED, f"it unpacks to more than {most // (1024 * 1024)} MB")
    if entry.flag_bits & 1:
        raise BadBody(NotCheckedReason.UNREADABLE, "it is encrypted")
    if entry.compress_type not in _READ:
        # bzip2 makes 45 MB of 45 bytes, and zipfile sets it no bound.
        kind = zipfile.compressor_names.get(entry.compress_type, str(entry.compress_type))  # type: ignore[attr-defined]
        raise BadBody(NotCheckedReason.UNREADABLE, f"it is compressed with {kind}, which is not read")
    try:
        return archive.open(entry)  # type: ignore[return-value]
    except Exception as fault:  # noqa: BLE001
        raise BadBody(NotCheckedReason.DAMAGED, f"it is damaged: {_why(fault)}") from None


def content_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int, *, twice: bool = False) -> bytes:
    """The unpacked content, with its checksum compared. Raises BadBody."""
    with opened_entry(archive, entry, most, twice=twice) as stream:
        try:
            # To its end, where zipfile compares the checksum.
            body = stream.read(entry.file_size + 1)
        except Exception as fault:  # noqa: BLE001
            raise BadBody(NotCheckedReason.DAMAGED, f"it is damaged: {_why(fault)}") from None
    if len(body) < entry.file_size:
        raise BadBody(NotCheckedReason.DAMAGED, f"it ends before its end: {len(body)} of {entry.file_size} bytes are there")
    return body


def _why(fault: Exception) -> str:
    text = str(fault) if isinstance(fault, zipfile.BadZipFile | zipfile.LargeZipFile) else ""
    return (text.partition("\n")[0][:200]) or type(fault).__name__
