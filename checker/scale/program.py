"""What judges, known by its very files: results of another program are nobody's."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path


@lru_cache(maxsize=1)
def program() -> str:
    """What judges: this program, Python, and all that is installed.

    The program is known by its very files, not by its version: reading them takes 6 ms, and whoever changes a line wants to see what it does.
    """
    total = sha256(f"{sys.version}\0{sys.platform}\0".encode())
    package = Path(__file__).resolve().parent.parent
    for path in sorted(package.rglob("*.py")):
        total.update(f"{path.relative_to(package).as_posix()}\0".encode("utf-8", "backslashreplace"))
        total.update(sha256(path.read_bytes()).digest())
    for name in sorted(set(_installed())):
        total.update(name.encode("utf-8", "backslashreplace") + b"\0")
    return total.hexdigest()


def _installed() -> Iterator[str]:
    """Names and versions of packages, as their folders have them; reading what they say of themselves would take ten times as long."""
    for place in sys.path:
        with contextlib.suppress(OSError):
            yield from (name for name in os.listdir(place or ".") if name.endswith((".dist-info", ".egg-info")))  # noqa: PTH208
