"""What lies beside a page in a zip archive of its site."""

from __future__ import annotations

import os
import zipfile
from functools import lru_cache

from checker.sources.archives.codings import BadBody
from checker.sources.archives.zip_entries import content_of, is_link, name_of, opened_zip, overlapping
from checker.sources.shelf.held import Held, Refused, ShelfLimits, kind_of
from checker.sources.shelf.names import Asked, Hostile, asked, files


class Zipped:
    """The entries of an archive, as files in a folder. `member`: the page's name in there."""

    def __init__(self, path: str, member: str, address: str, limits: ShelfLimits) -> None:
        self._path, self._limits = path, limits
        self._folder = tuple(member.split("/")[:-1])
        self._shown: Asked | None = None
        try:
            self._shown = asked(address)
        except Hostile:
            return

    def look(self, url: str) -> Held | Refused | None:
        """The entry that an address means."""
        try:
            wanted = asked(url)
            if wanted is None or self._shown is None:
                return None
            there = os.stat(self._path)  # noqa: PTH116 - a str path: names that are no UTF-8 must survive
            entries = _entries(os.getpid(), self._path, there.st_mtime_ns, there.st_size)
            for names in files(wanted, self._shown, self._folder, rooted=False):
                entry = entries.named.get("/".join(names))
                if entry is not None:
                    return Held(
                        content_of(entries.archive, entry, self._limits.thing_bytes, twice=entry.header_offset in entries.twice), kind_of(names[-1])
                    )
        except (Hostile, BadBody) as fault:
            return Refused(str(fault))
        except OSError as fault:
            return Refused(f"the archive cannot be read: {fault.strerror or type(fault).__name__}")
        return None


class _Entries:
    def __init__(self, path: str) -> None:
        self.archive: zipfile.ZipFile = opened_zip(path)
        entries = self.archive.infolist()
        # Of several with one name the last counts, as for all who unpack it.
        self.named = {name_of(entry): entry for entry in entries if not entry.is_dir() and not is_link(entry)}
        self.twice = overlapping(entries)

    def __del__(self) -> None:
        if hasattr(self, "archive"):
            self.archive.close()


# An open file has one position, so that no process may go on with that of another. Whoever writes the archive anew makes it another.
@lru_cache(maxsize=2)
def _entries(process: int, path: str, changed: int, size: int) -> _Entries:  # noqa: ARG001
    return _Entries(path)
