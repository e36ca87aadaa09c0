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
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self, TextIO

from checker.errors import BadOutput
from checker.model import PageReport
from checker.report import FOLDERS, IN_PLACE, make
from checker.report.folder import Foldered, ask_free
from checker.report.rows import InPieces, in_larger
from checker.report.run import Closing, Look, Report, Run
from checker.report.sinks import Appended, Printed, Sink, Written, real, stat_of


@dataclass(frozen=True, slots=True)
class Target:
    """One `--output`: a format, and a file or None for standard output. `append`: the file is not ours alone, and what stands there stays.

    `folder`: the path is that of a folder, which the report has for itself with what belongs to it.
    """

    format: str
    path: Path | None = None
    append: bool = False
    folder: bool = False


def target(text: str) -> Target:
    """Read FORMAT or FORMAT=PATH. Raises BadOutput where no path follows.

    >>> target("json=report.json").path.name
    'report.json'
    """
    name, sign, path = text.partition("=")
    if sign and not path.strip():
        raise BadOutput(f"no file is named behind {text}; write {name}=PATH, or {name} alone to print it")
    if not sign or path == "-":
        return Target(name.strip())
    folder = name.strip() in FOLDERS and (path.rstrip().endswith(("/", os.sep)) or os.path.isdir(path))  # noqa: PTH112 - any text, also what is no name
    return Target(name.strip(), Path(path), folder=folder)


def spare(targets: Sequence[Target], why: str, taken: Iterable[str | Path | int]) -> None:
    """Refuse to write a report over one of these paths or open files; `why` not. Raises BadOutput."""
    taken = list(taken)
    for each in targets:
        if each.folder and each.path is not None and (inside := _inside(each.path, taken)) is not None:
            raise BadOutput(f"cannot write {each.path}: {inside} lies in it, and {why}")
        there = stat_of(each.path) if each.path else None
        if there is None or not stat.S_ISREG(there.st_mode):
            continue
        for path in taken:
            with contextlib.suppress(OSError, ValueError):
                if os.path.samestat(there, os.stat(path)):  # noqa: PTH116 - a str path, or the number of an open file
                    raise BadOutput(f"cannot write {each.path}: {why}")


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
        checked = [*((each, make(each.format, formats, replace(look, folder=each.path) if each.folder else look)) for each in targets), *extra]
        _check([each for each, _ in checked])
        self._sinks: list[Sink] = []
        try:
            # Those that are written in place come last: where another one cannot be written, they are still untouched.
            for each, report in sorted(checked, key=lambda pair: pair[0].format in IN_PLACE):
                if each.path is None:
                    self._sinks.append(Printed(report, stdout or _standard_output(each.format)))
                elif each.folder:
                    self._sinks.append(Foldered(report, each.path))
                elif each.append:
                    self._sinks.append(Appended(report, each.path))
                else:
                    self._sinks.append(Written(report, each.path, in_place=each.format in IN_PLACE))
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
        return any(isinstance(sink, Printed) for sink in self._sinks)

    @property
    def folder(self) -> Path | None:
        """Where the report that has a folder is built, if there is one: what belongs to it is put there."""
        return next((sink.folder for sink in self._sinks if isinstance(sink, Foldered)), None)

    def start(self, run: Run) -> None:
        """Before the first page."""
        for sink in self._sinks:
            sink.write(sink.report.start(run))

    def page(self, report: PageReport) -> None:
        """The next page."""
        for sink in self._sinks:
            sink.write(sink.report.page(report))
            sink.note(report)

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
    folders = [each.path for each in targets if each.folder and each.path is not None]
    if len(folders) > 1:
        raise BadOutput(f"only one report can have a folder, not both {folders[0]} and {folders[1]}")
    seen: set[Path] = set()
    for each in targets:
        if each.path is None:
            continue
        place = real(each.path)
        if place in seen:
            raise BadOutput(f"two reports would go to {each.path}")
        seen.add(place)
        if each.folder:
            ask_free(each.path)
            continue
        if folders and place.is_relative_to(folders[0].resolve()):
            raise BadOutput(f"cannot write {each.path}: the HTML report has the folder {folders[0]} for itself")
        there = stat_of(each.path)
        if there is not None and stat.S_ISDIR(there.st_mode):
            raise BadOutput(f"cannot write {each.path}: it is a folder; name a file in it")
        if not place.parent.is_dir():
            raise BadOutput(f"cannot write {each.path}: there is no folder {each.path.parent}")


def _inside(folder: Path, taken: Iterable[str | Path | int]) -> str | Path | None:
    """The first of the paths that lies in a folder, which is as good as empty where nothing of ours is in it."""
    if not folder.is_dir():
        return None
    place, known = folder.resolve(), dict[str, bool]()
    for path in taken:
        if isinstance(path, int):
            continue
        above = os.path.dirname(path)  # noqa: PTH120 - thousands of names, few folders
        if above not in known:
            with contextlib.suppress(OSError, ValueError, RuntimeError):
                known[above] = Path(above).resolve().is_relative_to(place)
        if known.get(above) and os.path.lexists(path):
            return path
    return None
