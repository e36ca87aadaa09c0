"""Where reports go: printed, or written to files of which none is ever half-written.

`jsonl` is written in place, a line at a time; every other format is built in a file beside its target and renamed over it at the end.
"""

from __future__ import annotations

import contextlib
import io
import os
import stat
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TextIO

from checker.errors import BadOutput
from checker.model import PageReport
from checker.report import IN_PLACE, make
from checker.report.rows import InPieces, in_larger
from checker.report.run import Closing, Look, Report, Run


@dataclass(frozen=True, slots=True)
class Target:
    """One `--output`: a format, and a file or None for standard output. `append`: the file is not ours alone, and what stands there stays."""

    format: str
    path: Path | None = None
    append: bool = False


def target(text: str) -> Target:
    """Read FORMAT or FORMAT=PATH. Raises BadOutput where no path follows.

    >>> target("json=report.json").path.name
    'report.json'
    """
    name, sign, path = text.partition("=")
    if sign and not path.strip():
        raise BadOutput(f"no file is named behind {text}; write {name}=PATH, or {name} alone to print it")
    return Target(name.strip(), Path(path) if sign and path != "-" else None)


def spare(targets: Sequence[Target], why: str, taken: Iterable[str | Path | int]) -> None:
    """Refuse to write a report over one of these paths or open files; `why` not. Raises BadOutput."""
    taken = list(taken)
    for each in targets:
        there = _stat(each.path) if each.path else None
        if there is None or not stat.S_ISREG(there.st_mode):
            continue
        for path in taken:
            with contextlib.suppress(OSError, ValueError):
                if os.path.samestat(there, os.stat(path)):  # noqa: PTH116 - a str path, or the number of an open file
                    raise BadOutput(f"cannot write {each.path}: {why}")


class _Printed:
    """A report on standard output."""

    def __init__(self, report: Report, stream: TextIO) -> None:
        self.report = report
        self._stream = stream

    def write(self, text: str) -> None:
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
        pass

    def finish(self) -> None:
        pass

    def drop(self) -> None:
        pass


class _Written:
    """A report in a file."""

    def __init__(self, report: Report, path: Path, *, in_place: bool) -> None:
        self.report = report
        self._shown = path
        # A link stays a link: what it leads to is replaced. A device or a pipe cannot be renamed over.
        self._path = _real(path)
        self._aside = None if in_place or _is_special(self._path) else self._path.with_name(f".{self._path.name}.{os.getpid()}.tmp")
        try:
            self._file = os.open(self._aside or self._path, os.O_WRONLY | os.O_CREAT | (os.O_EXCL if self._aside else os.O_TRUNC), 0o666)
        except OSError as fault:
            raise self._fault(fault) from fault

    def write(self, text: str) -> None:
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
        if self._aside:
            try:
                os.replace(self._aside, self._path)  # noqa: PTH105 - one call, the same on every system
            except OSError as fault:
                raise self._fault(fault) from fault
            self._aside = None

    def drop(self) -> None:
        with contextlib.suppress(OSError):
            self._close()
        if self._aside:
            with contextlib.suppress(OSError):
                self._aside.unlink()

    def _close(self) -> None:
        file, self._file = self._file, -1
        if file >= 0:
            os.close(file)

    def _fault(self, fault: OSError) -> BadOutput:
        return BadOutput(f"cannot write {self._shown}: {fault.strerror}")


class _Appended:
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
        self._texts.append(text)

    def prepare(self) -> None:
        left = memoryview("".join(self._texts).encode("utf-8", "backslashreplace"))
        try:
            there = os.fstat(self._file)
            self._began = there.st_size if stat.S_ISREG(there.st_mode) else None
            while left:
                left = left[os.write(self._file, left) :]
        except OSError as fault:
            raise self._fault(fault) from fault

    def finish(self) -> None:
        self._began = None
        self._close()

    def drop(self) -> None:
        with contextlib.suppress(OSError):
            if self._began is not None and self._file >= 0:
                os.ftruncate(self._file, self._began)
        with contextlib.suppress(OSError):
            self._close()

    def _close(self) -> None:
        file, self._file = self._file, -1
        if file >= 0:
            os.close(file)

    def _fault(self, fault: OSError) -> BadOutput:
        return BadOutput(f"cannot write {self._shown}: {fault.strerror}")


class Outputs:
    """All reports of a run, fed together. Use as a context: an exception leaves no half-written report."""

    def __init__(
        self,
        targets: Sequence[Target],
        formats: dict[str, str],
        look: Look,
        stdout: TextIO | None = None,
        extra: Sequence[tuple[Target, Report]] = (),
    ) -> None:
        """Open every target before any work is done. `extra`: what is made already, and fed and written like the others.

        Raises BadConfig for an unknown format, BadOutput for a place that cannot be written.
        """
        checked = [*((each, make(each.format, formats, look)) for each in targets), *extra]
        _check([each for each, _ in checked])
        self._sinks: list[_Printed | _Written | _Appended] = []
        try:
            # Those that are written in place come last: where another one cannot be written, they are still untouched.
            for each, report in sorted(checked, key=lambda pair: pair[0].format in IN_PLACE):
                if each.path is None:
                    self._sinks.append(_Printed(report, stdout or _standard_output(each.format)))
                elif each.append:
                    self._sinks.append(_Appended(report, each.path))
                else:
                    self._sinks.append(_Written(report, each.path, in_place=each.format in IN_PLACE))
        except BadOutput:
            self.drop()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self.drop()

    @property
    def prints(self) -> bool:
        """Whether one of them goes to standard output."""
        return any(isinstance(sink, _Printed) for sink in self._sinks)

    def start(self, run: Run) -> None:
        """Before the first page."""
        for sink in self._sinks:
            sink.write(sink.report.start(run))

    def page(self, report: PageReport) -> None:
        """The next page."""
        for sink in self._sinks:
            sink.write(sink.report.page(report))

    def end(self, closing: Closing) -> None:
        """After the last page: finish all files, then put them into place."""
        self.close(closing)
        self.finish()

    def close(self, closing: Closing) -> None:
        """Write all reports to their end, each still beside its place. What cannot be written shows here."""
        for sink in self._sinks:
            for text in in_larger(sink.report.pieces(closing)) if isinstance(sink.report, InPieces) else (sink.report.end(closing),):
                sink.write(text)
        for sink in self._sinks:
            sink.prepare()

    def finish(self) -> None:
        """Put them into place."""
        for sink in self._sinks:
            sink.finish()

    def drop(self) -> None:
        """Leave nothing half-written behind; lines that stand in place stay."""
        for sink in self._sinks:
            sink.drop()


def _standard_output(name: str) -> TextIO:
    """Standard output, made to take any character: data are UTF-8 wherever they go, text follows the terminal."""
    if sys.stdout is None:
        raise BadOutput("cannot write to standard output: it is closed")
    if isinstance(sys.stdout, io.TextIOWrapper):
        encoding = sys.stdout.encoding if name == "text" and sys.stdout.isatty() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace", newline=None if name == "text" else "")
    return sys.stdout


def _check(targets: Sequence[Target]) -> None:
    if sum(each.path is None for each in targets) > 1:
        raise BadOutput("only one report can go to standard output; give the others a file: --output json=report.json")
    seen: set[Path] = set()
    for each in targets:
        if each.path is None:
            continue
        place = _real(each.path)
        if place in seen:
            raise BadOutput(f"two reports would go to {each.path}")
        seen.add(place)
        there = _stat(each.path)
        if there is not None and stat.S_ISDIR(there.st_mode):
            raise BadOutput(f"cannot write {each.path}: it is a folder; name a file in it")
        if not place.parent.is_dir():
            raise BadOutput(f"cannot write {each.path}: there is no folder {each.path.parent}")


def _real(path: Path) -> Path:
    """Where the path leads. A device or a pipe stays as it is named: what `/dev/stdout` leads to has no name."""
    return path if _is_special(path) else path.resolve()


def _is_special(path: Path) -> bool:
    there = _stat(path)
    return there is not None and not stat.S_ISREG(there.st_mode) and not stat.S_ISDIR(there.st_mode)


def _stat(path: Path) -> os.stat_result | None:
    """What is there, or None: nothing, or a name that the system does not take, which opening it will say."""
    try:
        return path.stat()
    except (OSError, ValueError):
        return None
