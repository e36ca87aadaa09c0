"""A web archive: one WARC file, plain or compressed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from checker.model import NotCheckedReason, Source
from checker.sources.archives.recorded import Recorded
from checker.sources.inputs import Item


@dataclass(eq=False)
class WarcPages(Recorded):
    """The pages of a WARC file, read as they are asked for."""

    _file: BinaryIO | None = field(default=None, repr=False)

    @property
    def part(self) -> float | None:
        """How much of the file was read, from 0 to 1; None where that cannot be told."""
        try:
            return self._file.tell() / os.fstat(self._file.fileno()).st_size if self._file is not None else None
        except (OSError, ValueError, ZeroDivisionError):  # it is closed, or a pipe
            return None

    def __iter__(self) -> Iterator[Item]:
        """The pages in the order of the archive, then what has none."""
        try:
            file = open(self.path, "rb")  # noqa: PTH123, SIM115 - a str path: names that are no UTF-8 must survive
        except OSError as fault:
            told = f"it cannot be read: {fault.strerror or type(fault).__name__}"
            yield self._item(Source(self.name, reason=NotCheckedReason.UNREADABLE, detail=told))
            return
        with file:
            self._file = file
            yield from self.pages(file, self.name)
        yield from self.rest()
