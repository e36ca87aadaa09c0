"""What a page is called from run to run: its address without the query that only tracks, else its path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.errors import BadRule
from checker.packs import read_all
from checker.scopes import is_address
from checker.site import path_from


@dataclass(frozen=True, slots=True)
class Tracking:
    """Query parameters that change nothing of a page."""

    params: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()

    @classmethod
    def load(cls, packs: Sequence[Path]) -> Tracking:
        """Those of these packs. Raises BadRule."""
        lists: dict[str, list[str]] = {"params": [], "prefixes": []}
        found, faults = read_all(packs, "tracking")
        for table in found:
            for name, values in table.data.items():
                if name not in lists or not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
                    faults.append(table.fault((name,), f'"{name}": allowed are params and prefixes, each a list of words'))
                else:
                    lists[name] += [value.lower() for value in values]
        if faults:
            raise BadRule(faults)
        return cls(frozenset(lists["params"]), tuple(lists["prefixes"]))

    def strip(self, url: str) -> str:
        """The address without its fragment and without these parameters; the others keep their order.

        >>> Tracking(frozenset(("fbclid",))).strip("https://a.example/b?id=2&fbclid=3#top")
        'https://a.example/b?id=2'
        """
        whole = url.partition("#")[0]
        path, sign, query = whole.partition("?")
        kept = [part for part in query.split("&") if part and not self._tracks(part.partition("=")[0].lower())] if sign else []
        return f"{path}?{'&'.join(kept)}" if kept else path

    def _tracks(self, name: str) -> bool:
        return name in self.params or name.startswith(self.prefixes)


def page_key(name: str, url: str | None, tracking: Tracking, folder: str = "") -> str:
    """The address where it is known, else the path of the input from the folder of the settings ("" for the current one), with slashes."""
    if url and url.lower().startswith(("http://", "https://")):
        return tracking.strip(url)
    return path_key(name, folder)


def path_key(name: str, folder: str = "") -> str:
    """The same for an input of which nothing but the name is known."""
    return name if is_address(name) else path_from(folder, name)
