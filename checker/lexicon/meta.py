"""Names of structured data: which meta tags, and which JSON-LD types, tell what. Data in `words/meta.toml`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checker import packs


@dataclass(frozen=True, slots=True)
class MetaNames:
    """Meta name to what it tells; JSON-LD type to page type; the types that are vague; the types that are organisations.

    `paid_types` and `paid_segments` are JSON-LD types and parts of an address by which a page marks a piece as paid for.
    """

    tells: dict[str, str]
    page_types: dict[str, str]
    vague: frozenset[str]
    organisations: frozenset[str]
    paid_types: frozenset[str] = frozenset()
    paid_segments: frozenset[str] = frozenset()

    @classmethod
    def load(cls, folders: Sequence[Path]) -> MetaNames:
        """The names of all packs, joined."""
        tells: dict[str, str] = {}
        page_types: dict[str, str] = {}
        vague: set[str] = set()
        organisations: set[str] = set()
        paid_types: set[str] = set()
        paid_segments: set[str] = set()
        for folder in folders:
            for table in packs.tables(folder, "words", "meta.toml"):
                for what, names in table.data.get("meta", {}).items():
                    tells.update(dict.fromkeys(names, what))
                types = table.data.get("types", {})
                vague.update(types.get("vague", ()))
                for page_type, names in types.items():
                    if page_type != "vague":
                        page_types.update(dict.fromkeys(names, page_type))
                organisations.update(table.data.get("organisation_types", {}).get("types", ()))
                paid_types.update(table.data.get("paid_content", {}).get("types", ()))
                paid_segments.update(table.data.get("paid_content", {}).get("segments", ()))
        return cls(tells, page_types, frozenset(vague), frozenset(organisations), frozenset(paid_types), frozenset(paid_segments))
