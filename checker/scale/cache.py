"""Results of earlier runs, used again for the same bytes, program, rules and settings: a small file for each page and settings.

10,000 small files are read in 0.3 s, and need no lock: each is written aside and renamed, so that runs at the same time, and runs that are killed,
leave whole ones. What is damaged or foreign is passed over and written anew; where nothing can be written the run goes on without.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from checker.model import Outcome, PageReport, Source
from checker.scale.program import program
from checker.scale.record import read_again, recorded
from checker.scale.tracked import is_tracked

_RESULTS = "disclosure-results-1"
_HEAD = b"disclosure-checker result "
_NAME = re.compile(r"[0-9a-f]{64}(?:\.[0-9a-f]{16}\.part)?").fullmatch
_DAY = 24 * 60 * 60
_UNUSED_DAYS = 30
# A result takes 5 KB; this holds those of 200,000 pages.
_MOST_BYTES = 1 << 30
_MOST_RECORD = 1 << 24
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)
_TAG = """Signature: 8a477f597d28d172789f06886806bc55
# This folder holds results of disclosure-checker that can be made again: see https://bford.info/cachedir/
"""


@dataclass(frozen=True, slots=True)
class Cache:
    """The results in `folder`. `context` stands for all that reaches every page of a run alike, `base` for the folder that paths are told from.

    `sound`: a run of this context has loaded all of its rules and words without a fault.
    """

    folder: str
    context: str
    base: str = ""
    sound: bool = False

    def find(self, source: Source) -> PageReport | None:
        """What an earlier run said of this page."""
        if source.body is None:
            return None
        digest = sha256(source.body).hexdigest()
        key = self._key(source, digest)
        try:
            payload = _payload(key, _bytes(self._path(key)))
            if payload is None:
                return None
            found = read_again(payload, cached=True)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        is_it = found.status == "checked" and found.source == source.name and found.sha256 == digest
        return found if is_it else None

    def keep(self, source: Source, report: PageReport) -> None:
        """Keep what was found out, as far as it is a result: not what went wrong in this run."""
        crashed = report.problems or Outcome.NOT_CHECKED in report.outcomes.values()
        if report.status != "checked" or crashed or report.sha256 is None or source.body is None:
            return
        self._write(self._key(source, report.sha256), recorded(report))

    def keep_sound(self) -> None:
        """Remember that all rules and words of this context could be loaded."""
        if not self.sound:
            self._write(_sound(self.context), b"")

    def _key(self, source: Source, digest: str) -> str:
        name = source.name
        # Where such a name lies depends on where it is told from.
        place = (self.base, os.getcwd()) if ".." in name or os.path.isabs(name) else ()  # noqa: PTH109, PTH117 - as in checker.site
        told = repr((self.context, name, place, source.path, source.url, source.charset, source.fetched, digest))
        return sha256(told.encode("utf-8", "backslashreplace")).hexdigest()

    def _path(self, key: str) -> str:
        return f"{self.folder}{os.sep}{key}"

    def _write(self, key: str, payload: bytes) -> None:
        if len(payload) > _MOST_RECORD:
            return
        path = self._path(key)
        aside = f"{path}.{os.urandom(8).hex()}.part"
        with contextlib.suppress(OSError):
            try:
                _write_new(aside, b"".join((_HEAD, _sum(key, payload), b"\n", payload)))
                os.replace(aside, path)  # noqa: PTH105 - a link that lies there is replaced, not followed
            except BaseException:
                with contextlib.suppress(OSError):
                    os.unlink(aside)  # noqa: PTH108
                raise


def opened(folder: Path, context: object, base: str) -> Cache | None:
    """The results in a folder, which is made where it is absent; None where it cannot be used.

    `context`: all that is chosen for the run, as a value whose `repr` tells it whole. `base`: see `Cache`.
    """
    results = folder.absolute() / _RESULTS
    try:
        is_new = _made(results.parent, results)
        if not is_new and is_tracked(results):
            return None
        here = os.path.relpath(os.getcwd(), base or None)  # noqa: PTH109 - as in checker.site
        judge = program()
    except (OSError, ValueError):  # also two drives, between which no path leads
        return None
    whole = sha256(repr((judge, context, here)).encode("utf-8", "backslashreplace")).hexdigest()
    with contextlib.suppress(OSError):
        _sweep(results)
    found = Cache(str(results), whole, base)
    with contextlib.suppress(OSError):
        key = _sound(whole)
        return replace(found, sound=_payload(key, _bytes(found._path(key))) is not None)
    return found


def _sound(context: str) -> str:
    return sha256(f"sound {context}".encode()).hexdigest()


# One file ---------------------------------------------------------------------------------------------------------------------------------
def _sum(key: str, payload: bytes) -> bytes:
    """With the key, so that a result which was copied over another one is damaged too."""
    return sha256(key.encode() + payload).hexdigest().encode()


def _payload(key: str, body: bytes) -> bytes | None:
    head, _, payload = body.partition(b"\n")
    return payload if head == _HEAD + _sum(key, payload) else None


def _bytes(path: str) -> bytes:
    """The bytes of a result; that it was used is remembered for a day."""
    file = os.open(path, os.O_RDONLY | _NO_LINK | _AT_ONCE)
    try:
        told = os.fstat(file)
        if not stat.S_ISREG(told.st_mode) or told.st_size > _MOST_RECORD + 200:
            raise OSError(0, "it is no result")
        if time.time() - told.st_mtime > _DAY:
            with contextlib.suppress(OSError):
                os.utime(file if os.utime in os.supports_fd else path)
        body = os.read(file, told.st_size)
        while len(body) < told.st_size and (more := os.read(file, told.st_size - len(body))):
            body += more
        return body
    finally:
        os.close(file)


def _write_new(path: str | Path, body: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK, 0o666)
    try:
        left = memoryview(body)
        while left:
            left = left[os.write(file, left) :]
    finally:
        os.close(file)


# The folder -------------------------------------------------------------------------------------------------------------------------------
def _made(folder: Path, results: Path) -> bool:
    """Make the folder, marked as one that neither git nor a backup needs; whether it is new. Raises OSError for a link, or for no folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _ask_real(folder)
    if not os.listdir(folder):  # noqa: PTH208
        with contextlib.suppress(FileExistsError):
            _write_new(folder / ".gitignore", b"*\n")
            _write_new(folder / "CACHEDIR.TAG", _TAG.encode())
    try:
        results.mkdir()
    except FileExistsError:
        _ask_real(results)
        return False
    return True


def _ask_real(folder: Path) -> None:
    if not stat.S_ISDIR(folder.lstat().st_mode):
        raise OSError(0, "it is no folder")


def _sweep(results: Path) -> None:
    """Once a day: drop what was not used for long, and the longest unused where there is too much."""
    mark = results / "swept"
    now = time.time()
    with contextlib.suppress(FileNotFoundError):
        # What was swept tomorrow, by another clock, is not believed.
        if abs(now - mark.lstat().st_mtime) < _DAY:
            return
        mark.unlink()
    with contextlib.suppress(FileExistsError):  # another run is at it
        _write_new(mark, b"")
        left = _MOST_BYTES
        for age, size, path in sorted(_kept(results, now)):
            left -= size
            if age > (1 if path.endswith(".part") else _UNUSED_DAYS) * _DAY or left < 0:
                with contextlib.suppress(OSError):
                    os.unlink(path)  # noqa: PTH108


def _kept(results: Path, now: float) -> Iterator[tuple[float, int, str]]:
    """Age, size and path of all results; whatever else lies there is not ours."""
    with os.scandir(results) as entries:
        for entry in entries:
            if _NAME(entry.name) and not entry.is_dir(follow_symlinks=False):
                told = entry.stat(follow_symlinks=False)
                yield now - told.st_mtime, told.st_size, entry.path
