"""What the user did or gave us that we cannot use; each error is one clear line: what, where, what would be right."""

from __future__ import annotations


class CheckerError(Exception):
    """A fault that ends the run with exit code 2 and no traceback."""


class BadRule(CheckerError):
    """One or more faults in rule packs, word lists or networks: all of them at once, one line each."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


class BadConfig(CheckerError):
    """A setting or an option that cannot be used."""


class BadOutput(CheckerError):
    """A report that cannot be written where it should go."""
