"""Repaired pages on their way to disk: each is built beside its target, and all are renamed into place together, or none is."""

from __future__ import annotations

import contextlib
import os
import stat
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Self

from checker.errors import BadOutput
from checker.fix.edits import Refused

_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


@dataclass(frozen=True, slots=True)
class _Waiting:
    """One file that is built and not yet in place. `shown` is the path as it was named."""

    shown: str
    real: str
    aside: str
    digest: bytes


class Rewrites:
    """The files of one run. Use as a context: whatever is not finished is as if it had never begun."""

    def __init__(self) -> None:
        self._waiting: dict[str, _Waiting] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.drop()

    def add(self, path: str, old: bytes, new: bytes) -> None:
        """Build the file beside its target; a link stays a link.

        Raises Refused for a file that must be left alone, BadOutput for one that cannot be written.
        """
        try:
            real = os.path.realpath(path)
            told = os.stat(real)  # noqa: PTH116 - a str path, here and below: names that are no UTF-8 must survive
            if not stat.S_ISREG(told.st_mode):
                raise Refused("it is no file")
            if told.st_nlink > 1:
                raise Refused("the file has another name (a hard link), under which the old text would stay")
            if real in self._waiting:
                raise Refused("the same file was named before")
            if not told.st_mode & _WRITABLE or not os.access(real, os.W_OK):
                raise BadOutput(f"cannot write {path}: it is read-only; nothing was repaired")
            _ask_same(path, real, sha256(old).digest())
            aside = str(Path(real).with_name(f".{Path(real).name}.{os.getpid()}.tmp"))
            _build(aside, new, told)
        except OSError as fault:
            raise _unwritable(path, fault) from fault
        self._waiting[real] = _Waiting(path, real, aside, sha256(old).digest())

    def finish(self) -> int:
        """Put all files into place and say how many. Raises BadOutput where one has changed or cannot be replaced."""
        waiting = list(self._waiting.values())
        for each in waiting:
            try:
                _ask_same(each.shown, each.real, each.digest)
            except OSError as fault:
                raise _unwritable(each.shown, fault) from fault
        for done, each in enumerate(waiting):
            try:
                os.replace(each.aside, each.real)  # noqa: PTH105
            except OSError as fault:
                raise BadOutput(f"cannot write {each.shown}: {fault.strerror}; {done} of {len(waiting)} files were repaired before it") from fault
            del self._waiting[each.real]
        return len(waiting)

    def drop(self) -> None:
        """Leave nothing beside the targets."""
        for each in self._waiting.values():
            with contextlib.suppress(OSError):
                os.unlink(each.aside)  # noqa: PTH108
        self._waiting.clear()


def _ask_same(shown: str, real: str, digest: bytes) -> None:
    with open(real, "rb") as stream:  # noqa: PTH123
        now = stream.read()
    if sha256(now).digest() != digest:
        raise BadOutput(f"cannot write {shown}: it was changed while it was checked; nothing was repaired, run the command again")


def _build(aside: str, new: bytes, told: os.stat_result) -> None:
    """Write the bytes into a new file with the mode, and where that is allowed the owner, of the old one."""
    file = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        try:
            left = memoryview(new)
            while left:
                left = left[os.write(file, left) :]
            if hasattr(os, "fchown"):
                with contextlib.suppress(OSError):
                    os.fchown(file, told.st_uid, told.st_gid)
            os.chmod(aside, stat.S_IMODE(told.st_mode))  # noqa: PTH101
        finally:
            os.close(file)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(aside)  # noqa: PTH108
        raise


def _unwritable(path: str, fault: OSError) -> BadOutput:
    if isinstance(fault, FileNotFoundError):
        return BadOutput(f"cannot write {path}: the file is gone; nothing was repaired")
    return BadOutput(f"cannot write {path}: {fault.strerror or type(fault).__name__}; nothing was repaired")
