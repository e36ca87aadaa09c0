"""Ctrl-C and termination: work stops at once, but never in the middle of a line that is being written."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType


class Stopped(BaseException):
    """A signal asked the run to stop. Not an Exception, so that no handler for faults takes it for one."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)


class Signals:
    """Turns SIGINT and SIGTERM into `Stopped`, but for the time that `held` lasts; a second signal does not wait."""

    def __init__(self) -> None:
        self._held = False
        self._polite = False
        self._pending: int | None = None

    @property
    def asked(self) -> bool:
        """Whether a signal waits for the run to stop by itself."""
        return self._pending is not None

    @contextmanager
    def caught(self) -> Iterator[Signals]:
        """While this lasts, a signal raises `Stopped`."""
        before = {number: signal.signal(number, self._on) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield self
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def held(self) -> Iterator[None]:
        """While this lasts, a first signal waits."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
        if self._pending is not None and not self._polite:
            raise Stopped(self._pending)

    @contextmanager
    def polite(self) -> Iterator[None]:
        """While this lasts, a first signal only asks the run to take no further page; what is at work is finished."""
        self._polite = True
        try:
            yield
        finally:
            self._polite = False
        if self._pending is not None:
            raise Stopped(self._pending)

    def _on(self, number: int, frame: FrameType | None) -> None:
        del frame
        if (self._held or self._polite) and self._pending is None:
            self._pending = number
            if self._polite:
                with suppress(OSError):
                    os.write(2, b"stopping after the pages that are at work; once more to stop at once\n")
            return
        raise Stopped(number)
