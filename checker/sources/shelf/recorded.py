"""What lies beside a page in a web archive: an index of its answers, made once, and each of them read when it is asked for."""

from __future__ import annotations

import os
from functools import lru_cache

from checker.sources.addresses import resolved
from checker.sources.archives.answers import answer_in, body_of
from checker.sources.archives.codings import BadBody
from checker.sources.archives.records import Record, Records, ask_for_warcio
from checker.sources.archives.unpacked import Damaged, TooMuch, Unpacked
from checker.sources.limits import Limits
from checker.sources.shelf.held import Held, LastUsed, Refused, ShelfLimits
from checker.sources.shelf.record_index import RecordIndex, address_of, leads_to
from checker.sources.shelf.warcs import Warc, too_deep, warcs_in

_PIECE = 1 << 20
# What lies further into compressed data than this is kept once it was reached.
_FAR = 1 << 20
_KEPT = 32 << 20


class Recorded:
    """The answers in one archive. Raises BadConfig where warcio is not installed."""

    def __init__(self, path: str, limits: ShelfLimits) -> None:
        ask_for_warcio()
        self._path, self._limits = path, limits

    def look(self, url: str) -> Held | Refused | None:
        """The answer for an address, along the archive's own redirects."""
        asked = resolved(url)
        if asked is None:
            return None
        try:
            told = os.stat(self._path)  # noqa: PTH116 - a str path: names that are no UTF-8 must survive
            archive = _archive(self._path, told.st_mtime_ns, told.st_size, self._limits)
        except OSError as fault:
            return _unreadable(fault)
        except BadBody as fault:
            return Refused(str(fault))
        return archive.find(asked)


class _Archive:
    def __init__(self, path: str, limits: ShelfLimits) -> None:
        self._limits, self._bounds = limits, Limits()
        self._files = warcs_in(path, self._bounds.archive_ratio, self._bounds.body_bytes)
        self._index = RecordIndex(limits.addresses)
        self._far: LastUsed[Held | Refused | str | None] = LastUsed(_KEPT)
        for number, file in enumerate(self._files):
            self._read(number, file)

    def find(self, url: str) -> Held | Refused | None:
        """The answer for an address."""
        for _ in range(self._limits.redirects + 1):
            row = self._index.row_of(url)
            found = self._answer(row) if row is not None else None
            if not isinstance(found, str):
                return found
            url = found
        return Refused(f"the archive leads on more than {self._limits.redirects} times")

    def _read(self, number: int, file: Warc) -> None:
        """Index one file, as far as it can be read."""
        try:
            with file.opened(0, 0) as stream:
                records = Records(Unpacked(stream, self._bounds.archive_ratio, self._bounds.body_bytes))
                for record in records:
                    place = (number, *records.mark)
                    noted = self._index.noted(record)
                    # What is cut is not given, however much of it could be read.
                    records.finish(record)
                    if noted is not None and not self._index.add(noted, place):
                        return
        except (Damaged, TooMuch, BadBody, OSError):
            return  # what came before counts

    def _answer(self, row: int) -> Held | Refused | str | None:
        """What a record holds; the address that it leads to."""
        number, offset, behind = self._index.place_of(row)
        key = str(row)
        if (kept := self._far.get(key)) is not None:
            return kept[0]
        found: Held | Refused | str | None
        try:
            if behind > self._limits.behind:
                raise too_deep()
            with self._files[number].opened(offset, self._limits.behind) as file:
                stream = Unpacked(file, self._bounds.archive_ratio, max(self._bounds.body_bytes, self._limits.behind))
                left = behind
                while left and (piece := stream.read(min(left, _PIECE))):
                    left -= len(piece)
                record = next(iter(Records(stream)), None)
                found = self._given(record, row) if record is not None else None
        except BadBody as fault:
            found = Refused(str(fault))
        except (Damaged, TooMuch) as fault:
            found = Refused(f"the archive is damaged: {fault}")
        except OSError as fault:
            found = _unreadable(fault)
        if behind > _FAR or self._files[number].entry is not None:
            self._far.keep(key, found, len(found.body) if isinstance(found, Held) else 0)
        return found

    def _given(self, record: Record, row: int) -> Held | str | None:
        if not self._index.is_at(row, address_of(record) or ""):
            return None  # another archive lies there now
        answer = answer_in(record) if record.block.length else None
        led = leads_to(record, answer)
        if led is not None or answer is None:
            return led
        return Held(body_of(answer, record.block, self._limits.thing_bytes), answer.content_type, answer.status)


def _unreadable(fault: OSError) -> Refused:
    return Refused(f"the archive cannot be read: {fault.strerror or type(fault).__name__}")


# Some 30 MB for 200,000 addresses. Whoever writes the archive anew makes it another.
@lru_cache(maxsize=2)
def _archive(path: str, changed: int, size: int, limits: ShelfLimits) -> _Archive:  # noqa: ARG001
    return _Archive(path, limits)
