"""The places that reports are written to, each with the same care: what is there stays until the new one is whole."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import Protocol, TextIO

from checker.errors import BadOutput
from checker.model import PageReport
from checker.report.run import Report


class Sink(Protocol):
    """One place. `prepare` finishes what is written, still beside its place; then `finish` puts it there. `drop`: the run has not come so far."""

    report: Report

    def write(self, text: str) -> None:
        """Write on. Raises BadOutput, as do the next two."""
        ...

    def note(self, report: PageReport) -> None:
        """A page was told of."""
        ...

    def prepare(self) -> None:
        """Nothing more will come."""
        ...

    def finish(self) -> None:
        """Put it into place."""
        ...

    def drop(self) -> None:
        """Leave nothing half-written. Never raises."""
        ...


class Printed:
    """A report on standard output."""

    def __init__(self, report: Report, stream: TextIO) -> None:
        self.report = report
        self._stream = stream

    def note(self, report: PageReport) -> None:
        """See `Sink`."""

    def write(self, text: str) -> None:
        """See `Sink`."""
        if not text:
            return
        try:
            self._stream.write(text)
            self._stream.flush()
        except BrokenPipeError:
            raise  # whoever read has read enough
        except OSError as fault:
            # The interpreter flushes once more as it ends; that must not fail again.
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())
            raise BadOutput(f"cannot write to standard output: {fault.strerror}") from fault

    def prepare(self) -> None:
        """See `Sink`."""

    def finish(self) -> None:
        """See `Sink`."""

    def drop(self) -> None:
        """See `Sink`."""


class _Opened:
    """What is common to reports in files: one that is open, and how it is called where it cannot be written."""

    _file: int
    _shown: Path

    def note(self, report: PageReport) -> None:
        """See `Sink`."""

    def _close(self) -> None:
        file, self._file = self._file, -1
        if file >= 0:
            os.close(file)

    def _fault(self, fault: OSError) -> BadOutput:
        return BadOutput(f"cannot write {self._shown}: {fault.strerror}")


class Written(_Opened):
    """A report in a file."""

    def __init__(self, report: Report, path: Path, *, in_place: bool) -> None:
        self.report = report
        self._shown = path
        # A link stays a link: what it leads to is replaced. A device or a pipe cannot be renamed over.
        self._path = real(path)
        self._aside = None if in_place or is_special(self._path) else self._path.with_name(f".{self._path.name}.{os.getpid()}.tmp")
        try:
            self._file = os.open(self._aside or self._path, os.O_WRONLY | os.O_CREAT | (os.O_EXCL if self._aside else os.O_TRUNC), 0o666)
        except OSError as fault:
            raise self._fault(fault) from fault

    def write(self, text: str) -> None:
        """See `Sink`."""
        left = memoryview(text.encode("utf-8", "backslashreplace"))
        try:
            while left:
                left = left[os.write(self._file, left) :]
        except OSError as fault:
            raise self._fault(fault) from fault

    def prepare(self) -> None:
        """Close the file: some file systems tell only now that it is full."""
        try:
            self._close()
        except OSError as fault:
            raise self._fault(fault) from fault

    def finish(self) -> None:
        """See `Sink`."""
        if self._aside:
            try:
                os.replace(self._aside, self._path)  # noqa: PTH105 - one call, the same on every system
            except OSError as fault:
                raise self._fault(fault) from fault
            self._aside = None

    def drop(self) -> None:
        """See `Sink`."""
        with contextlib.suppress(OSError):
            self._close()
        if self._aside:
            with contextlib.suppress(OSError):
                self._aside.unlink()


class Appended(_Opened):
    """A report behind what a file holds already: all of it, or nothing."""

    def __init__(self, report: Report, path: Path) -> None:
        self.report = report
        self._shown = path
        self._texts: list[str] = []
        self._began: int | None = None
        try:
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        except OSError as fault:
            raise self._fault(fault) from fault

    def write(self, text: str) -> None:
        """See `Sink`."""
        self._texts.append(text)

    def prepare(self) -> None:
        """See `Sink`."""
        left = memoryview("".join(self._texts).encode("utf-8", "backslashreplace"))
        try:
            there = os.fstat(self._file)
            self._began = there.st_size if stat.S_ISREG(there.st_mode) else None
            while left:
                left = left[os.write(self._file, left) :]
        except OSError as fault:
            raise self._fault(fault) from fault

    def finish(self) -> None:
        """See `Sink`."""
        self._began = None
        self._close()

    def drop(self) -> None:
        """See `Sink`."""
        with contextlib.suppress(OSError):
            if self._began is not None and self._file >= 0:
                os.ftruncate(self._file, self._began)
        with contextlib.suppress(OSError):
            self._close()


def real(path: Path) -> Path:
    """Where the path leads. A device or a pipe stays as it is named: what `/dev/stdout` leads to has no name."""
    return path if is_special(path) else path.resolve()


def is_special(path: Path) -> bool:
    """Whether a device or a pipe is there."""
    there = stat_of(path)
    return there is not None and not stat.S_ISREG(there.st_mode) and not stat.S_ISDIR(there.st_mode)


def stat_of(path: Path) -> os.stat_result | None:
    """What is there, or None: nothing, or a name that the system does not take, which opening it will say."""
    try:
        return path.stat()
    except (OSError, ValueError):
        return None
