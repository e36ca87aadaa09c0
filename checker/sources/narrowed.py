"""A stream of which only some pages are wanted."""

from __future__ import annotations

from collections.abc import Iterator

from checker.sources.addresses import path_of
from checker.sources.inputs import Item
from checker.sources.ledger import Ledger
from checker.sources.stream import Stream
from checker.sources.wanted import Wanted


class Narrowed(Ledger):
    """The pages of an archive or a feed that patterns ask for, by their address, or by the path that a zipped site has for them.

    What is told of the archive itself, such as where it is damaged, has neither and is never left out.
    """

    def __init__(self, stream: Stream, wanted: Wanted) -> None:
        super().__init__(skipped=stream.skipped, notes=stream.notes)
        self._stream, self._wanted = stream, wanted

    @property
    def part(self) -> float | None:
        """How much of the archive was read, where it tells."""
        told: float | None = getattr(self._stream, "part", None)
        return told

    def __iter__(self) -> Iterator[Item]:
        try:
            for item in self._stream:
                self.discovered = self._stream.discovered
                why = self._why_not(item)
                if why is None:
                    yield item
                else:
                    self.leave_out(why)
        finally:
            self.discovered, self.duplicates = self._stream.discovered, self._stream.duplicates
            for why, count in self._stream.left_out.items():
                self.left_out[why] = self.left_out.get(why, 0) + count

    def _why_not(self, item: Item) -> str | None:
        url = item.given.url if item.given is not None else None
        path = path_of(url)[1:] if url else item.name.partition("#")[2]
        if not path and not url:
            return None
        for scope, speaks, why in ((self._wanted.exclude, True, "--exclude"), (self._wanted.include, False, "not in --include")):
            if scope is not None and scope.holds(path, url) is speaks:
                return why
        return None
