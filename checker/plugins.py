"""What other packages bring, by the entry points that they declare; looked up only when a name is used that is not our own.

Our own names always come first, so nothing that is installed can replace them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from checker.errors import BadConfig

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

CHECKS = "disclosure_checker.checks"
REPORTS = "disclosure_checker.reports"
SOURCES = "disclosure_checker.sources"

_WHAT = {CHECKS: "check", REPORTS: "output format", SOURCES: "source"}
_MOST_TOLD = 200


class BadPlugin(BadConfig):
    """A package brings something that cannot be used; the line names the package."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """What a package brings under a name. `package` is its name and version."""

    group: str
    name: str
    package: str
    value: Any

    def fault(self, says: str) -> BadPlugin:
        """What is wrong with it, as one line."""
        return BadPlugin(f"{described(self.group, self.name, self.package)} {says}")


@cache
def find(group: str, name: str) -> Plugin | None:
    """What is installed under the name. Raises BadPlugin where two packages bring it, or where it cannot be loaded."""
    entries = [entry for entry in _entries(group) if entry.name == name]
    if not entries:
        return None
    packages = sorted(_package(entry) for entry in entries)
    if len(entries) > 1:
        raise BadPlugin(f"{_WHAT[group]} {name!r} is brought by two packages, {packages[0]} and {packages[1]}; uninstall one of them")
    (entry,) = entries
    try:
        value = entry.load()
    except KeyboardInterrupt:
        raise
    except BaseException as fault:  # whatever a foreign module does while it is imported
        raise BadPlugin(f"{described(group, name, packages[0])} cannot be loaded: {told(fault)}") from fault
    return Plugin(group, name, packages[0], value)


def names(group: str) -> list[str]:
    """The names under which something is installed; nothing is loaded. Raises BadPlugin."""
    return sorted({entry.name for entry in _entries(group)})


def described(group: str, name: str, package: str) -> str:
    """What it is and who brings it, as a sentence begins."""
    return f"the {_WHAT[group]} {name!r} of the package {package}"


def told(fault: BaseException) -> str:
    """A fault of somebody else's code in one line."""
    try:
        says = " ".join(str(fault).split())[:_MOST_TOLD]
    except Exception:  # noqa: BLE001 - even its text may fail
        says = ""
    return f"{type(fault).__name__}: {says}" if says else type(fault).__name__


def _entries(group: str) -> list[EntryPoint]:
    from importlib.metadata import entry_points

    try:
        return list(entry_points(group=group))
    except Exception as fault:
        raise BadPlugin(f"the installed packages cannot be searched for {_WHAT[group]}s: {told(fault)}") from fault


def _package(entry: EntryPoint) -> str:
    try:
        return f"{entry.dist.name} {entry.dist.version}" if entry.dist else entry.value
    except Exception:  # noqa: BLE001 - a package that was installed in part
        return entry.value
