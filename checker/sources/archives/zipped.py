"""A zip archive of a site: its pages, sorted by their names."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from checker.model import NotCheckedReason, Source
from checker.sources.archives.codings import BadBody
from checker.sources.archives.zip_entries import content_of, is_link, leads_out, name_of, opened_zip, overlapping
from checker.sources.files import judged
from checker.sources.inputs import Item
from checker.sources.ledger import Ledger
from checker.sources.limits import Limits
from checker.sources.sniff import PAGE_SUFFIXES


@dataclass(eq=False)
class ZippedPages(Ledger):
    """The pages of a zip archive. Hidden files and folders are left out, as in a folder."""

    name: str = ""
    path: str = ""
    limits: Limits = field(default_factory=Limits)

    def __iter__(self) -> Iterator[Item]:
        """The pages; one more item where not all of them may be read."""
        try:
            archive = opened_zip(self.path)
        except BadBody as fault:
            yield self._item(Source(self.name, reason=fault.reason, detail=str(fault)))
            return
        except OSError as fault:
            told = f"it cannot be read: {fault.strerror or type(fault).__name__}"
            yield self._item(Source(self.name, reason=NotCheckedReason.UNREADABLE, detail=told))
            return
        with archive:
            yield from self._pages(archive)

    def _pages(self, archive: zipfile.ZipFile) -> Iterator[Item]:
        entries = page_entries(archive)
        self._ledger_duplicates(archive, len(entries))
        twice = overlapping(archive.infolist())
        most = max(self.limits.body_bytes, self.limits.archive_ratio * sum(entry.compress_size for entry in entries.values()))
        total = 0
        for read, (name, entry) in enumerate(entries.items()):
            shown = f"{self.name}#{name}"
            if is_link(entry):
                self.discovered += 1
                self.skip(shown, "a symbolic link")
                continue
            source = self._source(archive, entry, Source(shown), twice)
            total += len(source.body or b"")
            if total > most:
                told = f"its pages unpack to more than {self.limits.archive_ratio} times their size: {read} of {len(entries)} were read"
                yield self._item(Source(self.name, reason=NotCheckedReason.CAPPED, detail=told))
                return
            yield self._item(source)

    def _source(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, source: Source, twice: set[int]) -> Source:
        reason, told = NotCheckedReason.DAMAGED, ""
        if leads_out(name_of(entry)):
            told = "its name leads out of the archive"
        else:
            try:
                body = content_of(archive, entry, self.limits.body_bytes, twice=entry.header_offset in twice)
                return judged(Source(source.name, body), self.limits.body_bytes)
            except BadBody as fault:
                reason, told = fault.reason, str(fault)
        return Source(source.name, reason=reason, detail=told)

    def _ledger_duplicates(self, archive: zipfile.ZipFile, kept: int) -> None:
        self.duplicates = sum(is_page(entry) for entry in archive.infolist()) - kept
        self.discovered += self.duplicates

    def _item(self, source: Source) -> Item:
        self.discovered += 1
        return Item(source.name, None, given=replace(source, archive=self.path))


def page_entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The entries that are pages by their names, sorted; of several with one name the last counts, as for all who unpack it."""
    found = {name_of(entry): entry for entry in archive.infolist() if is_page(entry)}
    return dict(sorted(found.items()))


def is_page(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is a page by its name."""
    name = name_of(entry)
    if not name.lower().endswith(PAGE_SUFFIXES):
        return False
    return not any((part.startswith(".") and part not in {".", ".."}) or part == "__MACOSX" for part in name.split("/"))
