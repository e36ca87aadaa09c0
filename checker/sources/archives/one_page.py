"""A file that holds one page in a wrapping: the ledger of its one entry."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field

from checker.model import Source
from checker.sources.inputs import Item
from checker.sources.ledger import Ledger
from checker.sources.limits import Limits


@dataclass(eq=False)
class OnePage(Ledger):
    """The page of one file; each kind of file says how it is unwrapped."""

    name: str = ""
    path: str = ""
    limits: Limits = field(default_factory=Limits)

    def __iter__(self) -> Iterator[Item]:
        """The one page."""
        self.discovered += 1
        yield Item(self.name, None, given=self._source())

    @abstractmethod
    def _source(self) -> Source:
        """The page, or why there is none."""
