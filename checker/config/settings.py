"""The settings of a run: what the command line says beats the environment, which beats the file, which beats what holds otherwise."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.config.layer import Layer
from checker.engine.overrides import Override, Selection
from checker.errors import BadConfig, BadSettings
from checker.model import Severity
from checker.scopes import Scope
from checker.site import Site
from checker.source_map import SourceMap

if TYPE_CHECKING:
    from checker.engine.waive import Waive
    from checker.render.wish import RenderWish

# What holds where nobody says anything, by key.
DEFAULTS: Mapping[str, Any] = {
    "profiles": ["us"],
    "packs": [],
    "select": [],
    "ignore": [],
    "mandatory": [],
    "severity": {},
    "fail-on": "warning",
    "allow-incomplete": False,
    "allow-empty": False,
    "baseline": None,
    "strict-baseline": False,
    "inline-waivers": "local",
    "waiver-reason": "required",
    "exclude": [],
    "source-map": [],
    "page-types": {},
    "sections": {},
    "remap": [],
    "message-language": "en",
    "output": ["text"],
    "history": [],
    "sarif-target": "any",
    "reproducible": False,
    "statistics": False,
    "quiet": False,
    "read-image-files": False,
    "render": False,
    "render-network": False,
    "render-js": False,
    "browser": None,
    "viewport": ["390x844", "1366x768"],
    "pictures": None,
    "mask": [],
    "contact": None,
    "delay": 0.0,
    "per-host": 4,
    "timeout": "connect=10,read=20,page=60,judge=60,render=30",
    "robots": True,
    "allow-private": False,
    "jobs": None,
    "cache": True,
    "cache-dir": ".disclosure-checker-cache",
    "overrides": [],
    "waive": [],
}
BY_DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Settings:
    """Settled values by key, each with the layer that it comes from. `file` is the settings file, as far as there is one."""

    values: Mapping[str, Any]
    layers: Mapping[str, Layer]
    folder: Path
    file: Path | None

    @classmethod
    def of(cls, layers: Sequence[Layer]) -> Settings:
        """The settings of these layers, the strongest first."""
        chosen = {key: layer for layer in reversed(layers) for key in layer.values}
        values = {key: chosen[key].values[key] if key in chosen else value for key, value in DEFAULTS.items()}
        # Nobody can take a rule out again that somebody made mandatory.
        values["mandatory"] = list(dict.fromkeys(name for layer in layers for name in layer.values.get("mandatory", ())))
        file = next((layer for layer in layers if layer.path is not None), None)
        return cls(values, chosen, file.folder if file else Path.cwd(), file.path if file else None)

    def origin(self, *place: str | int) -> str:
        """Where the value at this place was given."""
        layer = self.layers.get(str(place[0]))
        return layer.origin(place) if layer else BY_DEFAULT

    # Values as the run takes them ------------------------------------------------------------------------------------------------------
    @property
    def selection(self) -> Selection:
        """The rules of all pages."""
        names = self.values
        severities = tuple((rule, Severity(severity)) for rule, severity in names["severity"].items())
        return Selection(tuple(names["profiles"]), tuple(names["select"]), tuple(names["ignore"]), severities, tuple(names["mandatory"]))

    @property
    def overrides(self) -> tuple[Override, ...]:
        """Those of some pages."""
        return tuple(_override(entry) for entry in self.values["overrides"])

    @property
    def waives(self) -> tuple[Waive, ...]:
        """The waivers. Raises BadSettings for a day that no calendar has."""
        from checker.engine.waive import Waive

        faults = []
        found = []
        for number, entry in enumerate(self.values["waive"]):
            where = self.origin("waive", number)
            try:
                expires_on = date.fromisoformat(entry["expires_on"]) if "expires_on" in entry else None
            except ValueError:
                faults.append(f"{self.origin('waive', number, 'expires_on')}: waive.expires_on: {entry['expires_on']} is no day of the calendar")
                continue
            found.append(
                Waive(_scope(entry), tuple(entry["rules"]), entry.get("reason"), entry.get("owner"), expires_on, entry.get("fingerprint"), where)
            )
        if faults:
            raise BadSettings(faults)
        return tuple(found)

    @property
    def site(self) -> Site:
        """What is said of pages. Raises BadSettings for a remap without a sign of equality."""
        return Site(
            str(self.folder),
            SourceMap(tuple((pair["url"], pair["path"]) for pair in self.values["source-map"])),
            tuple((kind, Scope.of(_listed(globs))) for kind, globs in self.values["page-types"].items()),
            tuple((name, Scope.of(_listed(globs))) for name, globs in self.values["sections"].items()),
            tuple(self._remap()),
        )

    @property
    def exclude(self) -> Scope | None:
        """The pages that are left out."""
        # "/drafts/**" is how paths of a site are written; it means the same.
        return Scope.of(each.lstrip("/") for each in self.values["exclude"]) if self.values["exclude"] else None

    @property
    def allow_incomplete(self) -> int | None:
        """How many inputs may stay unchecked; None for any number."""
        allowed = self.values["allow-incomplete"]
        return None if allowed is True else int(allowed)

    @property
    def packs(self) -> tuple[Path, ...]:
        """Rule packs. Raises BadSettings for one that is no folder."""
        found = [(self.place("packs", name), ("packs", number)) for number, name in enumerate(self.values["packs"])]
        if wrong := [f"{self.origin(*place)}: packs: there is no folder {path}" for path, place in found if not path.is_dir()]:
            raise BadSettings(wrong)
        return tuple(path for path, _ in found)

    @property
    def render(self) -> RenderWish | None:
        """How pages are drawn, if they are. Raises BadSettings and BadConfig."""
        values = self.values
        if not values["render"]:
            return None
        from checker.render.wish import RenderWish, size_of
        from checker.sources.limits import Times

        sizes, faults = [], []
        for number, text in enumerate(values["viewport"]):
            try:
                sizes.append(size_of(text))
            except BadConfig as fault:
                faults.append(f"{self.origin('viewport', number)}: viewport: {fault}")
        if faults or not sizes:
            raise BadSettings(faults or [f"{self.origin('viewport')}: viewport: name at least one size"])
        return RenderWish(
            sizes=tuple(dict.fromkeys(sizes)),
            browser=values["browser"],
            network=values["render-network"],
            scripts=values["render-js"],
            masked=tuple(values["mask"]),
            pictures=str(self.place("pictures", values["pictures"])) if values["pictures"] else None,
            seconds=Times.of(values["timeout"]).render,
        )

    @property
    def outputs(self) -> tuple[str, ...]:
        """FORMAT or FORMAT=PATH, each path as it is from the current folder."""
        return tuple(self._target(text) for text in self.values["output"])

    def place(self, key: str, name: str) -> Path:
        """A path that a setting names, as it is from the current folder."""
        layer = self.layers.get(key)
        folder = layer.folder if layer else self.folder
        whole = folder / name
        here = Path.cwd()
        return Path(name) if folder == here else whole.relative_to(here) if whole.is_relative_to(here) else whole

    def _target(self, text: str) -> str:
        name, sign, path = text.partition("=")
        path = path.strip()
        # A slash at the end says that a folder is meant.
        end = "/" if path.endswith(("/", os.sep)) and path.strip("/") else ""
        return f"{name}={self.place('output', path)}{end}" if sign and path not in ("", "-") else text

    def _remap(self) -> Iterable[tuple[str, str]]:
        for number, text in enumerate(self.values["remap"]):
            old, sign, new = text.partition("=")
            if not sign or not old.strip() or not new.strip():
                raise BadSettings([f"{self.origin('remap', number)}: remap: write A=B, two beginnings of addresses, not {text}"])
            yield old.strip(), new.strip()


def _override(entry: Mapping[str, Any]) -> Override:
    lists = {key: tuple(entry[key]) if key in entry else None for key in ("profiles", "select", "ignore")}
    severities = tuple((rule, Severity(severity)) for rule, severity in entry.get("severity", {}).items())
    return Override(_scope(entry), lists["profiles"], lists["select"], lists["ignore"], severities)


def _scope(entry: Mapping[str, Any]) -> Scope:
    return Scope(_listed(entry.get("path", [])), _listed(entry.get("url", [])))


def _listed(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
