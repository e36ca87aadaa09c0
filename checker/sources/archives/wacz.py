"""A WACZ archive (https://specs.webrecorder.net/wacz/1.1.1/): a zip archive of WARC files and a list of the pages in them."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from checker.model import NotCheckedReason, Source
from checker.sources.archives.codings import BadBody
from checker.sources.archives.recorded import Recorded
from checker.sources.archives.unpacked import Damaged, TooMuch, Unpacked
from checker.sources.archives.zip_entries import name_of, opened_entry, opened_zip, overlapping
from checker.sources.inputs import Item

_WARC = re.compile(r"archive/[^/]+\.warc(?:\.gz)?", re.IGNORECASE).fullmatch
_PAGES = re.compile(r"pages/[^/]+\.jsonl", re.IGNORECASE).fullmatch
_LINE = 65_536
_MOST_LISTED = 1_000_000


@dataclass(eq=False)
class WaczPages(Recorded):
    """The pages of all WARC files in the archive, in the order of their names, and those that its list names and no record holds."""

    def __iter__(self) -> Iterator[Item]:
        """The pages as they are stored, then what has none."""
        try:
            archive = opened_zip(self.path)
        except BadBody as fault:
            yield self._item(Source(self.name, reason=fault.reason, detail=str(fault), fetched=True))
            return
        except OSError as fault:
            told = f"it cannot be read: {fault.strerror or type(fault).__name__}"
            yield self._item(Source(self.name, reason=NotCheckedReason.UNREADABLE, detail=told))
            return
        with archive:
            entries = sorted(archive.infolist(), key=name_of)
            twice = overlapping(entries)
            for entry in entries:
                if is_warc(entry):
                    yield from self._recorded(archive, entry, entry.header_offset in twice)
            yield from self.rest()
            for entry in entries:
                if _PAGES(name_of(entry)):
                    yield from self._listed(archive, entry)

    def _recorded(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, twice: bool) -> Iterator[Item]:
        called = f"{self.name}#{name_of(entry)}"
        try:
            stream = opened_entry(archive, entry, self._most(entry), twice=twice)
        except BadBody as fault:
            yield self._item(Source(called, reason=fault.reason, detail=str(fault), fetched=True))
            return
        with stream:
            yield from self.pages(stream, called)

    def _listed(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[Item]:
        called = f"{self.name}#{name_of(entry)}"
        try:
            with opened_entry(archive, entry, self._most(entry)) as stream:
                lines = Unpacked(stream, self.limits.archive_ratio, self.limits.body_bytes)
                for _ in range(_MOST_LISTED):
                    line = lines.line(_LINE)
                    if not line:
                        return
                    url = _url_in(line)
                    if url is not None and not self.holds(url):
                        yield self.missing(url)
            reason, told = NotCheckedReason.CAPPED, f"it lists more than {_MOST_LISTED} pages"
        except BadBody as fault:
            reason, told = fault.reason, str(fault)
        except (Damaged, TooMuch) as fault:
            reason, told = NotCheckedReason.DAMAGED, f"the list of pages cannot be read to its end: {fault}"
        yield self._item(Source(called, reason=reason, detail=told, fetched=True))

    def _most(self, entry: zipfile.ZipInfo) -> int:
        return max(self.limits.body_bytes, self.limits.archive_ratio * entry.compress_size)


def holds_warc(archive: zipfile.ZipFile) -> bool:
    """Whether a zip archive has the WARC files of a WACZ archive."""
    return any(map(is_warc, archive.infolist()))


def is_warc(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is one of those WARC files, by its name."""
    return _WARC(name_of(entry)) is not None


def _url_in(line: bytes) -> str | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    url = found.get("url") if isinstance(found, dict) else None
    return url if isinstance(url, str) and url.startswith(("http:", "https:")) else None
