"""What the user did or gave us that we cannot use; each error is one clear line: what, where, what would be right."""

from __future__ import annotations


class CheckerError(Exception):
    """A fault that ends the run with exit code 2 and no traceback."""


class Faulty(CheckerError):
    """One or more faults in files of one kind (`what`): all of them at once, one line each."""

    what = "files"

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


class BadRule(Faulty):
    """Faults in rule packs, word lists or networks."""

    what = "rule packs"


class BadSettings(Faulty):
    """Faults in the settings: their file, or the environment."""

    what = "the settings"


class BadConfig(CheckerError):
    """A setting or an option that cannot be used."""


class BadOutput(CheckerError):
    """A report that cannot be written where it should go."""
