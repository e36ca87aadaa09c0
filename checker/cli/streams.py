"""The standard streams, made safe: closed ones do not surprise anybody, and what cannot be printed is told once."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys

# What writing to a stream says when the place is at fault, and not we.
_FULL_OR_GONE = frozenset((errno.ENOSPC, errno.EIO, errno.EBADF, errno.EFBIG, errno.EDQUOT))


class ClosedOutput(io.TextIOBase):
    """Standard output of a program that was started without one: writing fails, as it should."""

    def write(self, text: str, /) -> int:
        """Always fails."""
        del text
        raise OSError(errno.EBADF, "it is closed")


def secure() -> None:
    """Fill the places of closed streams, so that no report takes the number of one and receives what others print there."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free number, which is this one
    if sys.stdout is None:
        sys.stdout = ClosedOutput()


def is_unwritable(fault: OSError) -> bool:
    """Whether a fault is that of the standard output: full, or gone."""
    return fault.filename is None and fault.errno in _FULL_OR_GONE


def silence() -> None:
    """The interpreter flushes standard output as it ends; that must not fail a second time."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
