"""Where rule data live: the built-in pack and any folder of a publisher's own, read as TOML tables that remember their file.

A pack is a folder with some of `aff/ prg/ lnk/ spn/ img/ aut/` (rules), `words/`, `networks/`, `authorities/`, `profiles/`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.errors import BadRule


@dataclass(frozen=True, slots=True)
class Table:
    """One TOML file of a pack."""

    path: Path
    data: dict[str, Any]


def built_in() -> Path:
    """The folder of the built-in pack: inside the wheel, or beside the package in a source tree."""
    here = Path(__file__).resolve().parent
    installed = here / "_rules"
    return installed if installed.is_dir() else here.parent / "rules"


def tables(pack: Path, kind: str, pattern: str = "*.toml") -> list[Table]:
    """The TOML files of one kind ("networks", "words", "aff" …) in a pack, by file name; all syntax errors at once.

    `pattern` is a glob for the file names, so that a reader pays only for the files that it reads.

    Raises BadRule.
    """
    found: list[Table] = []
    faults: list[str] = []
    for path in sorted((pack / kind).glob(pattern)):
        try:
            found.append(Table(path, tomllib.loads(path.read_text("utf-8"))))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as fault:
            faults.append(f"{path}: {fault}")
    if faults:
        raise BadRule(faults)
    return found
