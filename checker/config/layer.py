"""Settings from one origin, validated: a file, the environment, the command line, or what holds where nobody says anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.errors import BadSettings

if TYPE_CHECKING:
    from checker.schemas import Fault

_Place = Sequence[str | int]


@dataclass(frozen=True, slots=True)
class Layer:
    """`values` by key, as the schema `settings` has them; relative paths in them begin at `folder`. `origin` tells where a value was given."""

    values: Mapping[str, Any]
    folder: Path
    origin: Callable[[_Place], str]
    path: Path | None = None


def checked(values: Mapping[str, Any], folder: Path, origin: Callable[[_Place], str], path: Path | None = None) -> Layer:
    """The layer, if its values are as the schema says. Raises BadSettings with every fault, each with its origin."""
    if values:
        from checker.schemas import faults

        found = [f"{origin(fault.path)}: {_named(fault)}{fault.text}" for fault in faults("settings", values)]
        if found:
            raise BadSettings(found)
    return Layer(values, folder, origin, path)


def _named(fault: Fault) -> str:
    """The key that a fault is about, where the fault does not say it itself."""
    keys = [str(part) for part in fault.path if isinstance(part, str)]
    if fault.text.startswith("unknown key"):
        keys.pop()
    return f"{'.'.join(keys)}: " if keys else ""
