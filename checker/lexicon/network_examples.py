"""The examples of the network files, which run as tests: each address, script or start tag with what must, or must not, be found in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.lexicon.network_files import HOST_LISTS
from checker.packs import tables


@dataclass(frozen=True, slots=True)
class Example:
    """One line of data that runs as a test; `network` is the id, or for lists and cloaks the kind itself."""

    file: Path
    network: str
    kind: str
    text: str
    found: bool


def examples(packs: Sequence[Path]) -> Iterator[Example]:
    """All examples of checked network files."""
    for pack in packs:
        for table in tables(pack, "networks"):
            for network in table.data.get("network", ()):
                for kind in ("link", "script", "markup"):
                    for rule in network.get(kind, ()):
                        yield from _both(table.path, network["id"], kind, rule)
            for kind in ("cloak", *HOST_LISTS):
                for entry in table.data.get(kind, ()):
                    yield from _both(table.path, kind, kind, entry)


def _both(file: Path, network: str, kind: str, data: dict[str, Any]) -> Iterator[Example]:
    for key, found in (("yes", True), ("no", False)):
        for text in data.get(key, ()):
            yield Example(file, network, kind, text, found)
