"""The built-in pack's files as Python keeps compiled modules: parsed once, then read from a copy in `__pycache__` that tomllib need not touch.

TOML takes half of a one-page check's start; JSON of the same data a tenth of that. A copy counts only while size and time of the
file are the same, is ignored when it is damaged, and is never needed: where the folder cannot be written nothing is kept.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

_KEPT = Path(__file__).resolve().parent / "__pycache__" / "rules.json"
_DATE = "\0date"
_fresh: dict[str, tuple[int, int, str]] = {}


def known(path: Path) -> dict[str, Any] | None:
    """The file's data, if a copy of this very state is kept."""
    try:
        size, when = _state(path)
    except OSError:
        return None
    kept = _copies().get(str(path))
    if not (isinstance(kept, list) and len(kept) == 3 and kept[:2] == [size, when] and isinstance(kept[2], str)):
        return None
    try:
        data = json.loads(kept[2], object_hook=_from_plain if "\\u0000date" in kept[2] else None)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def keep(path: Path, data: dict[str, Any]) -> None:
    """Remembers the file's data; what is new is written when the program ends."""
    if sys.dont_write_bytecode:
        return
    with contextlib.suppress(OSError, TypeError):
        size, when = _state(path)
        if not _fresh:
            atexit.register(_write)
        _fresh[str(path)] = (size, when, json.dumps(data, default=_to_plain, ensure_ascii=False))


def _state(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_size, state.st_mtime_ns


@cache
def _copies() -> dict[str, Any]:
    try:
        copies = json.loads(_KEPT.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return copies if isinstance(copies, dict) else {}


def _write() -> None:
    part = _KEPT.with_name(f"rules.{os.getpid()}.part")
    with contextlib.suppress(OSError):
        _KEPT.parent.mkdir(exist_ok=True)
        still = {name: copy for name, copy in _copies().items() if Path(name).is_file()}
        part.write_text(json.dumps({**still, **_fresh}, ensure_ascii=False), "utf-8")
        part.replace(_KEPT)
    with contextlib.suppress(OSError):
        part.unlink(missing_ok=True)


def _to_plain(value: object) -> dict[str, str]:
    if isinstance(value, date):
        return {_DATE: value.isoformat()}
    raise TypeError


def _from_plain(value: dict[str, Any]) -> Any:
    return date.fromisoformat(value[_DATE]) if _DATE in value else value
