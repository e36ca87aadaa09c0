"""The results of a run, written page by page as they come, so that the run can go on after a kill or a power cut.

A file of lines: the first says which run it is of, each further one is the checksum and the record of one page, in input order. A line that was
cut is where the run goes on. Waivers and baselines are applied anew, so that nothing of them stands here.
"""

from __future__ import annotations

import contextlib
import os
import time
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Self

from checker.errors import BadConfig, BadOutput
from checker.model import PageReport
from checker.scale.record import read_again, recorded
from checker.scale.sealed import next_record, sealed
from checker.sources.inputs import Item

_HEAD = b"disclosure-checker journal 1 "
# So many seconds of work a power cut may cost.
_SAFE = 1.0


class Journal:
    """A journal that is first read, where a run is resumed, and then written. Use as a context."""

    def __init__(self, path: Path, context: object, *, resume: bool) -> None:
        """`context`: all that makes two runs the same, as a value whose `repr` tells it whole.

        Raises BadConfig for a file that is no journal or that of another run, BadOutput where it cannot be written.
        """
        self._path = path
        self._head = _HEAD + sha256(repr(context).encode("utf-8", "backslashreplace")).hexdigest().encode() + b"\n"
        self._synced = 0.0
        self.resumed = 0
        self._file = self._opened(resume=resume)
        self._reading = resume

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            os.fsync(self._file.fileno())
        self._file.close()

    def find(self, item: Item) -> PageReport | None:
        """The result of the next page, if the journal has it; from the first one on that it has not, it is only written."""
        if not self._reading:
            return None
        begin = self._file.tell()
        report = self._next()
        if report is None or report.source != item.name:
            self._reading = False
            self._file.seek(begin)
            self._file.truncate()
            return None
        self.resumed += 1
        return report

    def goes_on_with(self, name: str) -> bool:
        """Whether the next result that `find` gives is that of this page."""
        if not self._reading:
            return False
        begin = self._file.tell()
        report = self._next()
        self._file.seek(begin)
        return report is not None and report.source == name

    @property
    def head(self) -> bytes:
        """The line that says which run it is of."""
        return self._head

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self._path

    def keep(self, report: PageReport) -> None:
        """Write down a result, unless it was read from here. Raises BadOutput."""
        if self._reading:
            return
        record = recorded(report)
        try:
            self._file.write(sealed(record))
            self._file.flush()
            if time.monotonic() - self._synced > _SAFE:
                os.fsync(self._file.fileno())
                self._synced = time.monotonic()
        except OSError as fault:
            raise self._fault(fault) from fault

    def done(self) -> None:
        """The run has come to its end, and what it wrote down is of no further use."""
        with contextlib.suppress(OSError):
            self._path.unlink()

    def _opened(self, *, resume: bool) -> BinaryIO:
        try:
            file: BinaryIO = self._path.open("r+b" if resume else "xb")
        except FileExistsError:
            raise BadConfig(f"{self._path} is there already: --resume goes on with the run that it is of; or delete it") from None
        except FileNotFoundError:
            raise BadConfig(
                f"there is no journal {self._path} to resume" if resume else f"cannot write {self._path}: there is no such folder"
            ) from None
        except OSError as fault:
            raise self._fault(fault) from fault
        try:
            self._ask(file) if resume else self._begin(file)
        except BaseException:
            file.close()
            raise
        return file

    def _begin(self, file: BinaryIO) -> None:
        try:
            file.write(self._head)
            file.flush()
        except OSError as fault:
            raise self._fault(fault) from fault

    def _ask(self, file: BinaryIO) -> None:
        head = file.readline(len(self._head) + 1)
        if not head.startswith(_HEAD):
            raise BadConfig(f"{self._path} is no journal of this program")
        if head != self._head:
            raise BadConfig(f"{self._path} is the journal of another run: other inputs, rules, settings, or another version of the program")

    def _next(self) -> PageReport | None:
        record = next_record(self._file)
        if record is None:
            return None
        try:
            return read_again(record)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def _fault(self, fault: OSError) -> BadOutput:
        return BadOutput(f"cannot write {self._path}: {fault.strerror}")
