"""Paths by which a publisher's own site hides where a link leads: `/go/kettle/`, `/out.php?id=12`. The words are data in `networks/cloaks.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Cloaks:
    """Which paths of the publisher's own look like redirects."""

    def __init__(self, plain: Mapping[str, Any]) -> None:
        self.words = frozenset(plain["cloak"])
        self.not_paths = frozenset(plain["not_cloak"])
        self.scripts = frozenset(plain["cloak_script"])
        self._script_ends = tuple({"." + name.rpartition(".")[2] for name in self.scripts})

    def may_hold(self, path: str) -> bool:
        """`holds`, but quick to say no: most links of a page go to the publisher's own pages."""
        if self.words.isdisjoint(path.split("/", 3)[1:3]):
            for end in self._script_ends:
                if end in path:
                    break
            else:
                return False
        return self.holds(path)

    def holds(self, path: str) -> bool:
        """Whether the path, with or without its query, is one of a redirect."""
        parts = path.partition("?")[0].partition("#")[0].lower().strip("/").split("/")
        if any(part in self.scripts for part in parts[-2:]):
            return True
        # The word comes first, or second behind a language or a folder; one or two short names follow it.
        at = next((k for k, part in enumerate(parts[:2]) if part in self.words), None)
        if at is None or not 1 <= len(parts) - 1 - at <= 2 or len(parts[at + 1]) < 2 or "." in parts[-1]:
            return False
        return f"{parts[at]}/{parts[at + 1]}" not in self.not_paths
