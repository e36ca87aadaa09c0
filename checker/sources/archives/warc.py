"""A web archive: one WARC file, plain or compressed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.model import NotCheckedReason, Source
from checker.sources.archives.recorded import Recorded
from checker.sources.inputs import Item


@dataclass(eq=False)
class WarcPages(Recorded):
    """The pages of a WARC file, read as they are asked for."""

    path: str = ""

    def __iter__(self) -> Iterator[Item]:
        """The pages in the order of the archive, then what has none."""
        try:
            file = open(self.path, "rb")  # noqa: PTH123, SIM115 - a str path: names that are no UTF-8 must survive
        except OSError as fault:
            told = f"it cannot be read: {fault.strerror or type(fault).__name__}"
            yield self._item(Source(self.name, reason=NotCheckedReason.UNREADABLE, detail=told))
            return
        with file:
            yield from self.pages(file, self.name)
        yield from self.rest()
