"""A bundle as it is found: a folder or a zip archive that anybody may have made. Nothing in it is unpacked, followed or believed."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Protocol

from checker.errors import BadConfig
from checker.evidence.names import MANIFEST, PAGES, REPORT, is_safe
from checker.sources.archives.codings import BadBody
from checker.sources.archives.zip_entries import MOST_ENTRIES, is_link, name_of, opened_entry, opened_zip, overlapping
from checker.sources.limits import Limits

# What is read as a whole: the manifest, the report, the measurements of one page.
MOST_WHOLE = 256 << 20
_MOST_FILE = 4 << 30
_PIECE = 1 << 20
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Unreadable(Exception):
    """A file of a bundle that cannot be read; the text says why."""


class Files(Protocol):
    """The files of a bundle. `sizes`: by their names; `odd`: what else lies there, and what is wrong with it."""

    sizes: dict[str, int]
    odd: dict[str, str]

    def opened(self, name: str) -> BinaryIO:
        """One of them. Raises Unreadable."""
        ...

    def close(self) -> None:
        """Let go of them."""
        ...


@contextmanager
def opened(path: Path) -> Iterator[Files]:
    """The files of a bundle. Raises BadConfig in one line for what is none."""
    try:
        there = path.stat()
    except (OSError, ValueError) as fault:
        raise BadConfig(f"there is no bundle {path}: {getattr(fault, 'strerror', None) or 'no such file'}") from None
    try:
        files: Files = _Folder(path) if stat.S_ISDIR(there.st_mode) else _Zip(path)
    except BadBody as fault:
        raise BadConfig(f"{path} is no bundle of evidence: {fault}") from None
    except OSError as fault:
        raise BadConfig(f"the bundle {path} cannot be read: {fault.strerror or type(fault).__name__}") from None
    try:
        yield files
    finally:
        files.close()


def is_begun(files: Files) -> bool:
    """Whether a run began to write a bundle here: it has everything but a manifest."""
    return MANIFEST not in files.sizes and (REPORT in files.sizes or any(name.startswith(f"{PAGES}/") for name in (*files.sizes, *files.odd)))


def whole(files: Files, name: str, most: int = MOST_WHOLE) -> bytes:
    """All bytes of a file. Raises Unreadable."""
    if files.sizes[name] > most:
        raise Unreadable(f"it is larger than {most >> 20} MB")
    with files.opened(name) as file:
        body = _read(file, most + 1)
    if len(body) > most:
        raise Unreadable(f"it is larger than {most >> 20} MB")
    return body


def sum_of(files: Files, name: str) -> str:
    """The sum of a file. Raises Unreadable."""
    total = sha256()
    with files.opened(name) as file:
        while piece := _read(file, _PIECE):
            total.update(piece)
    return total.hexdigest()


def _read(file: BinaryIO, most: int) -> bytes:
    try:
        return file.read(most)
    except OSError as fault:
        raise Unreadable(f"it cannot be read: {fault.strerror or type(fault).__name__}") from None
    except Exception as fault:  # noqa: BLE001 - zipfile raises whatever its parts do
        raise Unreadable(f"the archive around it is damaged: {type(fault).__name__}") from None


class _Folder:
    """A folder. Links are not followed, and nothing but files is opened."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.sizes: dict[str, int] = {}
        self.odd: dict[str, str] = {}
        waiting = [""]
        while waiting:
            before = waiting.pop()
            with os.scandir(path / before) as entries:
                for entry in entries:
                    name = f"{before}{entry.name}"
                    if not is_safe(name):
                        self._add_odd(name, "no file of a bundle is called so")
                    elif entry.is_dir(follow_symlinks=False):
                        waiting.append(f"{name}/")
                    elif entry.is_file(follow_symlinks=False):
                        self.sizes[name] = entry.stat(follow_symlinks=False).st_size
                    else:
                        self._add_odd(name, "a link" if entry.is_symlink() else "no file")
            if len(self.sizes) + len(self.odd) + len(waiting) > MOST_ENTRIES:
                raise BadConfig(f"{path} is no bundle of evidence: it holds more than {MOST_ENTRIES} files")

    def opened(self, name: str) -> BinaryIO:
        """See `Files`."""
        try:
            file = os.open(self._path / name, os.O_RDONLY | _NO_LINK)
        except OSError as fault:
            raise Unreadable(f"it cannot be read: {fault.strerror or type(fault).__name__}") from None
        if not stat.S_ISREG(os.fstat(file).st_mode):
            os.close(file)
            raise Unreadable("it is no file")
        return open(file, "rb")  # noqa: PTH123 - what is open already

    def close(self) -> None:
        """Nothing is open."""

    def _add_odd(self, name: str, why: str) -> None:
        self.odd[name.encode("utf-8", "backslashreplace").decode()] = why


class _Zip:
    """A zip archive."""

    def __init__(self, path: Path) -> None:
        limits = Limits()
        self._archive = opened_zip(str(path))
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self.sizes: dict[str, int] = {}
        self.odd: dict[str, str] = {}
        try:
            entries = self._archive.infolist()
            self._twice = overlapping(entries)
            # Some programs end the names of folders so.
            for entry in (entry for entry in entries if not (entry.filename.endswith("/") and not entry.file_size)):
                self._add(name_of(entry), entry)
        except BaseException:
            self.close()
            raise
        if sum(self.sizes.values()) > max(MOST_WHOLE, limits.archive_ratio * path.stat().st_size):
            self.close()
            raise BadConfig(f"{path} is no bundle of evidence: it unpacks to more than {limits.archive_ratio} times its size")

    def opened(self, name: str) -> BinaryIO:
        """See `Files`."""
        entry = self._entries[name]
        try:
            return opened_entry(self._archive, entry, _MOST_FILE, twice=entry.header_offset in self._twice)
        except BadBody as fault:
            raise Unreadable(str(fault)) from None

    def close(self) -> None:
        """Close the archive."""
        with suppress(OSError):
            self._archive.close()

    def _add(self, name: str, entry: zipfile.ZipInfo) -> None:
        if name in self._entries:
            self._entries.pop(name)
            self.sizes.pop(name)
            self.odd[name] = "it is there twice"
        elif name in self.odd:
            return
        elif not is_safe(name):
            self.odd[name.encode("utf-8", "backslashreplace").decode()] = "no file of a bundle is called so"
        elif is_link(entry):
            self.odd[name] = "a link"
        else:
            self._entries[name] = entry
            self.sizes[name] = entry.file_size
