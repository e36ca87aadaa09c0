"""The settings file: `disclosure-checker.toml`, or the table `[tool.disclosure-checker]` of `pyproject.toml`, found upward from the input."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from checker.config.layer import Layer, checked
from checker.errors import BadConfig, BadRule, BadSettings
from checker.packs import Table, table
from checker.scopes import is_address

# Standard input lies in the current folder.
STDIN = "-"
OWN = "disclosure-checker.toml"
SHARED = "pyproject.toml"
TABLE = ("tool", "disclosure-checker")
_NAME = b"disclosure-checker"


def start(names: Iterable[str]) -> Path:
    """The folder from which settings are looked for: the innermost one that holds all inputs that are files; else the current one."""
    folders = []
    for name in names:
        if name == STDIN or is_address(name):
            continue
        whole = Path(os.path.abspath(name))  # noqa: PTH100 - links stay as they are named
        # A glob lies in the folder before its first sign.
        while any(sign in whole.name for sign in "*?[") or not whole.exists():
            if whole == whole.parent:
                break
            whole = whole.parent
        folders.append(str(whole if whole.is_dir() else whole.parent))
    return Path(os.path.commonpath(folders)) if folders else Path.cwd()


def find(folder: Path) -> Path | None:
    """The nearest settings file in this folder or above it."""
    for here in (folder, *folder.parents):
        own = here / OWN
        # A link that leads nowhere was meant to be one, and must not pass for none.
        if os.path.lexists(own):
            return own
        shared = here / SHARED
        if os.path.lexists(shared) and _has_table(shared):
            return shared
    return None


def load(path: Path) -> Layer:
    """The settings of a file. Raises BadSettings with every fault, and BadConfig where there is no such file."""
    if not path.is_file():
        raise BadConfig(f"{_shown(path)} is no file" if os.path.lexists(path) else f"there is no settings file {path}")
    prefix, shown = TABLE if path.name == SHARED else (), _shown(path)
    try:
        read = table(Path(shown))
    except BadRule as fault:
        raise BadSettings(fault.faults) from None

    def origin(place: Sequence[str | int]) -> str:
        return f"{shown}:{read.line((*prefix, *place))}"

    return checked(_plain(_inner(read, path)), path.absolute().parent, origin, Path(shown))


def _inner(read: Table, path: Path) -> dict[str, Any]:
    if path.name != SHARED:
        if TABLE[0] in read.data:
            raise BadSettings(
                [f"{_shown(path)}:{read.line(TABLE)}: keys stand at the top of this file; [tool.disclosure-checker] belongs into {SHARED}"]
            )
        return read.data
    tool = read.data.get(TABLE[0])
    inner = tool.get(TABLE[1]) if isinstance(tool, dict) else None
    if not isinstance(inner, dict):
        raise BadConfig(f"{_shown(path)} has no table [tool.disclosure-checker]")
    return inner


def _has_table(path: Path) -> bool:
    """Whether a project file holds settings of ours; one that is broken is its owner's affair unless it names us.

    Raises BadSettings for one that does and cannot be read, and for our table under another spelling.
    """
    try:
        if _NAME not in path.read_bytes().lower().replace(b"_", b"-"):
            return False
        tool = table(path).data.get(TABLE[0])
    except OSError as fault:
        raise BadConfig(f"cannot read {_shown(path)}: {fault.strerror}; name the settings with --config, or use --no-config") from None
    except BadRule as fault:
        raise BadSettings([line.replace(str(path), _shown(path), 1) for line in fault.faults]) from None
    if not isinstance(tool, dict):
        return False
    for key in tool:
        if key != TABLE[1] and key.lower().replace("_", "").replace("-", "") == "disclosurechecker":
            raise BadSettings([f"{_shown(path)}: the table is called [tool.disclosure-checker], not [tool.{key}]"])
    return TABLE[1] in tool


def _shown(path: Path) -> str:
    """The path as a person would type it from here."""
    here = Path.cwd()
    whole = path.absolute()
    return str(whole.relative_to(here)) if whole.is_relative_to(here) else str(whole)


def _plain(value: Any) -> Any:
    """The values as JSON knows them: a day as text."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
