"""Locations in SARIF: where a finding and its evidence stand. A path is told from the current folder; an address never becomes one."""

from __future__ import annotations

from html import escape
from typing import Any

from checker.facts import Spot
from checker.model import Finding
from checker.report.paint import one_line
from checker.report.places import Place
from checker.text import printable

# What a relative path starts from; where that lies differs from machine to machine, so it is not said.
BASE = "%SRCROOT%"


def location(place: Place, source: str, spot: Spot | None, *, needs_line: bool = False) -> dict[str, Any]:
    """One location. `needs_line`: a finding that was not located stands on the first line, for readers that take none without a line."""
    region = (None if place.mapped else _region(spot)) or ({"startLine": 1} if needs_line else None)
    if place.uri is None:
        # What is no file has a name, and its line and column beside it: a region can only stand in an artifact.
        named: dict[str, Any] = {"logicalLocations": [{"fullyQualifiedName": one_line(source), "kind": "resource"}]}
        return named | ({"properties": {"line": region["startLine"], "column": region.get("startColumn")}} if region else {})
    physical: dict[str, Any] = {"artifactLocation": artifact(place)}
    if region:
        physical["region"] = region
    return {"physicalLocation": physical}


def fixes(place: Place, finding: Finding) -> list[dict[str, Any]]:
    """The sentence to paste as a change that somebody may accept: before the place that the finding names for it, in a paragraph."""
    spot = next((each.spot for each in finding.evidence if each.role == "insertion"), None)
    if not finding.paste or spot is None or spot.line is None or spot.column is None or place.uri is None or place.mapped:
        return []
    language = f' lang="{finding.paste_language}"' if finding.paste_language else ""
    region = {"startLine": spot.line, "startColumn": spot.column, "endLine": spot.line, "endColumn": spot.column}
    change = {"deletedRegion": region, "insertedContent": {"text": f"<p{language}>{escape(one_line(finding.paste))}</p>\n"}}
    return [{"description": {"text": message(finding.fix)}, "artifactChanges": [{"artifactLocation": artifact(place), "replacements": [change]}]}]


def artifact(place: Place) -> dict[str, Any]:
    """The file."""
    return {"uri": place.uri} | ({"uriBaseId": BASE} if place.inside else {})


def related(place: Place, source: str, number: int, label: str, spot: Spot) -> dict[str, Any]:
    """Another place that a finding speaks of."""
    return {"id": number, **location(place, source, spot), "message": {"text": message(label or spot.quote) or "related"}}


def message(text: str) -> str:
    """Text that shows as it is: SARIF takes `[text](address)` for a link and `{0}` for a place to fill, so neither is left whole."""
    shown = one_line(text).replace("](", "] (")
    return shown.replace("{", "{ ") if "{" in shown else shown


def _region(spot: Spot | None) -> dict[str, Any] | None:
    if spot is None or spot.line is None:
        return None
    region: dict[str, Any] = {"startLine": spot.line}
    if spot.column is None:
        return region
    region["startColumn"] = spot.column
    if meant := _meant(spot):
        region |= {"endLine": spot.line, "endColumn": spot.column + len(meant), "snippet": {"text": meant}}
    return region


def _meant(spot: Spot) -> str:
    """What stands at the spot, as far as its line shows it whole: a tag, or what is quoted. "" where that is not sure."""
    if spot.excerpt is None or spot.caret is None:
        return ""
    behind = spot.excerpt[spot.caret :]
    text = behind[: behind.find(">") + 1] if behind.startswith("<") else spot.quote if spot.quote and behind.startswith(spot.quote) else ""
    return text if printable(text) == text else ""
