"""The settings that reach what is said of a page: kept with it, so that it can be judged by them again. As JSON, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from checker.engine.overrides import Override, Selection
from checker.model import Severity
from checker.scopes import Scope
from checker.site import Site
from checker.source_map import SourceMap

_Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Chosen:
    """`sizes`: those of the windows in which pages were drawn, None where none was. The others: see `checker.scale.task.Choice`.

    Where the folder of the settings lies is not kept: each page has its own path.
    """

    selection: Selection = field(default_factory=Selection)
    overrides: tuple[Override, ...] = ()
    site: Site = field(default_factory=Site)
    language: str = "en"
    directives: str = "local"
    reason_needed: bool = True
    sizes: tuple[tuple[int, int], ...] | None = None

    def entry(self) -> dict[str, Any]:
        """As a manifest holds it."""
        selection, site = self.selection, self.site
        return {
            "profiles": list(selection.profiles),
            "select": list(selection.select),
            "ignore": list(selection.ignore),
            "severity": _severities(selection.severities),
            "mandatory": list(selection.mandatory),
            "overrides": [_override(each) for each in self.overrides],
            "page_types": [{"name": name, **_scope(scope)} for name, scope in site.page_types],
            "sections": [{"name": name, **_scope(scope)} for name, scope in site.sections],
            "source_map": [list(pair) for pair in site.source_map.pairs],
            "remap": [list(pair) for pair in site.remap],
            "message_language": self.language,
            "inline_waivers": self.directives,
            "waiver_reason_needed": self.reason_needed,
            "viewports": [f"{width}x{height}" for width, height in self.sizes] if self.sizes is not None else None,
        }

    @classmethod
    def of(cls, entry: _Entry) -> Chosen:
        """The way back, of an entry that is as the schema says."""
        selection = Selection(
            tuple(entry["profiles"]),
            tuple(entry["select"]),
            tuple(entry["ignore"]),
            _severities_of(entry["severity"]),
            tuple(entry["mandatory"]),
        )
        site = Site(
            source_map=SourceMap(_pairs(entry["source_map"])),
            page_types=tuple((each["name"], _scope_of(each)) for each in entry["page_types"]),
            sections=tuple((each["name"], _scope_of(each)) for each in entry["sections"]),
            remap=_pairs(entry["remap"]),
        )
        sizes = entry["viewports"]
        return cls(
            selection,
            tuple(_override_of(each) for each in entry["overrides"]),
            site,
            entry["message_language"],
            entry["inline_waivers"],
            entry["waiver_reason_needed"],
            tuple(_size(each) for each in sizes) if sizes is not None else None,
        )


def _override(each: Override) -> dict[str, Any]:
    lists = {"profiles": each.profiles, "select": each.select, "ignore": each.ignore}
    told = {name: list(value) if value is not None else None for name, value in lists.items()}
    return {**_scope(each.scope), **told, "severity": _severities(each.severities)}


def _override_of(entry: _Entry) -> Override:
    lists = {name: tuple(entry[name]) if entry[name] is not None else None for name in ("profiles", "select", "ignore")}
    return Override(_scope_of(entry), lists["profiles"], lists["select"], lists["ignore"], _severities_of(entry["severity"]))


def _scope(scope: Scope) -> dict[str, list[str]]:
    return {"path": list(scope.paths), "url": list(scope.urls)}


def _scope_of(entry: _Entry) -> Scope:
    return Scope(tuple(entry["path"]), tuple(entry["url"]))


def _severities(pairs: Sequence[tuple[str, Severity]]) -> list[list[str]]:
    return [[rule, str(severity)] for rule, severity in pairs]


def _severities_of(pairs: Sequence[Sequence[str]]) -> tuple[tuple[str, Severity], ...]:
    return tuple((rule, Severity(severity)) for rule, severity in pairs)


def _pairs(pairs: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((one, other) for one, other in pairs)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return int(width), int(height)
