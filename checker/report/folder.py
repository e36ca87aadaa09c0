"""An HTML report in a folder of its own, with what belongs to it: copies of pages, pictures.

It is built in a hidden folder inside, and replaces what an earlier run left there when it is whole; the folder itself stays, which may be one that
cannot be renamed, such as where a disk is mounted.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
from contextlib import suppress
from pathlib import Path

from checker.errors import BadOutput
from checker.model import PageReport
from checker.report.run import Report
from checker.report.sinks import Written

INDEX, PAGES, PICTURES = "index.html", "pages", "pictures"
_GENERATOR = re.compile(rb"<meta\s+name=\"?generator\"?\s+content=\"disclosure-checker[ \"]", re.IGNORECASE).search
# What only a report in a folder says of itself.
_IN_FOLDER = re.compile(rb"<meta name=\"generator\" content=\"disclosure-checker [^\"]*, in a folder\"").search
# What lies there: copies of pages, and a folder of pictures for each page.
_COPY = re.compile(r"[^/]+-[0-9a-f]{12}\.html").fullmatch
_TAKEN = re.compile(r"[^/]+-[0-9a-f]{8}").fullmatch
# So near to its beginning a report says what made it.
_HEAD = 4096
_BUILT = re.compile(r"\.disclosure-checker-(\d+)\.(?:part|old)").fullmatch
# What systems put into folders that somebody has looked at.
_OF_SYSTEMS = frozenset(("Thumbs.db", "desktop.ini"))


def is_ours(path: Path) -> bool:
    """Whether a file is an HTML report of this program."""
    return _GENERATOR(_begins(path)) is not None


def _begins(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return b""
        with path.open("rb") as file:
            return file.read(_HEAD)
    except (OSError, ValueError):
        return b""


def _foreign(folder: Path, named: dict[str, os.DirEntry[str]]) -> str | None:
    """Something in the folder that no report left there; None where all of it is an earlier report's."""
    if INDEX not in named or _IN_FOLDER(_begins(folder / INDEX)) is None:
        return min(named)
    for name, entry in sorted(named.items()):
        if name in (PAGES, PICTURES):
            if not entry.is_dir(follow_symlinks=False):
                return name
            fits = _COPY if name == PAGES else _TAKEN
            for inner in list(os.scandir(entry.path)):
                kind = inner.is_file(follow_symlinks=False) if name == PAGES else inner.is_dir(follow_symlinks=False)
                if not (kind and fits(inner.name)) and inner.name not in _OF_SYSTEMS:
                    return f"{name}/{inner.name}"
        elif name != INDEX:
            return name
    return None


def _is_alive(process: int) -> bool:
    if sys.platform == "win32":  # to ask there is to end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def ask_free(path: Path) -> None:
    """Raises BadOutput where something lies in the folder that an earlier report did not leave there."""
    try:
        there = list(os.scandir(path))
    except FileNotFoundError:
        if not path.resolve().parent.is_dir():
            raise BadOutput(f"cannot write {path}: there is no folder {path.resolve().parent}") from None
        return
    except NotADirectoryError:
        raise BadOutput(f"cannot write {path}/: it is a file; name a folder, or write html={path}") from None
    except (OSError, ValueError) as fault:
        raise BadOutput(f"cannot write {path}: {getattr(fault, 'strerror', None) or fault}") from None
    named = {entry.name: entry for entry in there if not entry.name.startswith(".") and entry.name not in _OF_SYSTEMS}
    if named and (other := _foreign(path, named)) is not None:
        raise BadOutput(f"cannot write {path}: it holds {other}, which no earlier report left there; an HTML report has a folder for itself")


class Foldered:
    """A report in a folder. `folder`: where it is built; `pages` and `pictures` are put there too."""

    def __init__(self, report: Report, path: Path) -> None:
        self.report = report
        self._shown = path
        self._path = path.resolve()
        self.folder = self._path / f".disclosure-checker-{os.getpid()}.part"
        self._frozen: set[str] = set()
        self._whole = False
        ask_free(path)
        try:
            self._made = not self._path.exists()
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
        except OSError as fault:
            raise self._fault(fault) from fault
        try:
            self._index = Written(report, self.folder / INDEX, in_place=True)
        except BadOutput:
            self.drop()
            raise

    def write(self, text: str) -> None:
        """See `Sink`."""
        self._index.write(text)

    def note(self, report: PageReport) -> None:
        """See `Sink`: the page's copy belongs to the report."""
        if report.frozen is not None:
            self._frozen.add(report.frozen)

    def prepare(self) -> None:
        """See `Sink`."""
        self._index.prepare()
        # What a process left that was ended in the middle of a page.
        with suppress(FileNotFoundError):
            for entry in list(os.scandir(self.folder / PAGES)):
                if f"{PAGES}/{entry.name}" not in self._frozen:
                    with suppress(OSError):
                        Path(entry.path).unlink()

    def finish(self) -> None:
        """See `Sink`. The report itself comes last: a folder without it is none."""
        old = self.folder.with_suffix(".old")
        moved: list[tuple[Path, Path]] = []
        # Somebody may have put something there while the run was on, or taken away what it built.
        ask_free(self._path)
        if not (self.folder / INDEX).exists():
            raise BadOutput(f"cannot write {self._shown}: what was built in it is gone")
        try:
            shutil.rmtree(old, ignore_errors=True)
            old.mkdir()
            steps = [(self._path / name, old / name) for name in (INDEX, PICTURES, PAGES)]
            steps += [(self.folder / name, self._path / name) for name in (PAGES, PICTURES, INDEX)]
            for before, after in steps:
                if os.path.lexists(before):
                    before.rename(after)
                    moved.append((before, after))
        except BaseException as fault:  # a signal too must not leave a folder without its report
            for before, after in reversed(moved):
                with suppress(OSError):
                    after.rename(before)
            shutil.rmtree(old, ignore_errors=True)
            if isinstance(fault, OSError):
                raise self._fault(fault) from fault
            raise
        self._whole = True
        # Also what a run left that nobody could end in peace, but not what another one builds.
        for entry in list(os.scandir(self._path)):
            built = _BUILT(entry.name)
            if built and (int(built[1]) == os.getpid() or not _is_alive(int(built[1]))):
                shutil.rmtree(entry.path, ignore_errors=True)

    def drop(self) -> None:
        """See `Sink`."""
        if self._whole:
            return
        if hasattr(self, "_index"):
            self._index.drop()
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._made:
            with suppress(OSError):
                self._path.rmdir()

    def _fault(self, fault: OSError) -> BadOutput:
        return BadOutput(f"cannot write {self._shown}: {fault.strerror or type(fault).__name__}")
