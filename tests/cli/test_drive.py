"""Pages run through to the reports: what was found is what is told."""

from __future__ import annotations

from collections.abc import Iterator

from checker.cli.drive import drive
from checker.cli.signals import Signals
from checker.model import PageReport, Source
from checker.report import FORMATS
from checker.report.outputs import Outputs
from checker.report.run import Look
from checker.sources.inputs import Inputs, Item
from checker.sources.ledger import Ledger


class Stream(Ledger):
    """Two pages, a duplicate and one that is left out; `more`: what it says to have found beyond that."""

    def __init__(self, more: int) -> None:
        super().__init__()
        self._more = more

    def __iter__(self) -> Iterator[Item]:
        self.discovered = 4 + self._more
        self.duplicates = 1
        self.leave_out("--exclude")
        for name in ("a", "b"):
            yield Item(name, None, given=Source(name, b"<p>page"))


def checked(item: Item) -> PageReport:
    return PageReport(item.name, "checked", item.name)


def driven(more: int) -> tuple[int, int]:
    with Outputs([], FORMATS, Look()) as outputs:
        found = drive(Inputs((Item("c", "c"),), streams=(Stream(more),)), lambda: checked, outputs, jobs=1, signals=Signals(), quiet=True)
    return found.checked, found.not_checked


def test_a_ledger_that_adds_up_is_not_spoken_of() -> None:
    assert driven(0) == (3, 0)


def test_what_is_not_accounted_for_is_told_and_never_passes() -> None:
    assert driven(1) == (3, 1)
    assert driven(-1) == (3, 1)
