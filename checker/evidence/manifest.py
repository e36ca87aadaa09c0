"""The manifest of a bundle: what it was made with, by which settings, and the sum of every other file. Its last line is the sum of all before it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from checker.errors import BadConfig
from checker.evidence.chosen import Chosen
from checker.evidence.names import MANIFEST, MEASUREMENTS, REPORT, TOKEN, TOKEN_SUM, WARC, is_safe
from checker.report.encode import dumps

FORMAT = "disclosure-checker evidence"
_VERSION = "1.0"
_READS = "1."
_SUM = b'"sha256": "'
_END = b'"\n}\n'


@dataclass(frozen=True, slots=True)
class Summed:
    """A file of the bundle, as it was written."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page of which there is evidence: how it was named, what it is known by, and its folder."""

    source: str
    page_key: str
    folder: str

    @property
    def needs(self) -> tuple[str, str]:
        """The files that it is judged again from."""
        return f"{self.folder}/{WARC}", f"{self.folder}/{MEASUREMENTS}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """`made_with` and `times` are told as they are. `timestamp_url`: who was asked for a timestamp. `packs`: rule packs beside the built-in one,
    by name and digest.
    """

    version: str
    rules_digest: str
    chosen: Chosen
    pages: tuple[KeptPage, ...]
    files: tuple[Summed, ...]
    packs: tuple[tuple[str, str], ...] = ()
    made_with: Mapping[str, Any] | None = None
    times: tuple[str | None, str | None] = (None, None)
    timestamp_url: str | None = None

    def body(self) -> bytes:
        """As it is written."""
        made = self.made_with or {}
        members: dict[str, Any] = {
            "format": FORMAT,
            "format_version": _VERSION,
            "tool": {"name": "disclosure-checker", "version": self.version, "rules_digest": self.rules_digest},
            "packs": [{"name": name, "digest": digest} for name, digest in self.packs],
            "python": made.get("python"),
            "platform": made.get("platform"),
            "browsers": list(made.get("browsers", ())),
            "started_at": self.times[0],
            "ended_at": self.times[1],
            "timestamp_url": self.timestamp_url,
            "settings": self.chosen.entry(),
        }
        lines = [f"{dumps(name)}: {dumps(value)}" for name, value in members.items()]
        lines.append(_rows("pages", [{"source": each.source, "page_key": each.page_key, "folder": each.folder} for each in self.pages]))
        lines.append(_rows("files", [{"path": each.path, "size": each.size, "sha256": each.sha256} for each in self.files]))
        before = ("{\n" + ",\n".join(lines) + ",\n").encode()
        return before + _SUM + sha256(before).hexdigest().encode() + _END


class Changed(Exception):
    """It was a manifest of ours, and is not as it was written."""


def read(body: bytes) -> Manifest:
    """The manifest. Raises Changed, and BadConfig for what was never one."""
    sound = is_sound(body)
    if not sound and (FORMAT.encode() in body[:200] or _SUM in body[-200:]):
        raise Changed
    try:
        value = json.loads(body.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BadConfig(f"{MANIFEST} is no manifest of evidence") from None
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise BadConfig(f"{MANIFEST} is no manifest of evidence")
    version = value.get("format_version")
    if isinstance(version, str) and not version.startswith(_READS):
        raise BadConfig(f"{MANIFEST} is of version {version[:20]}; this program reads version {_READS}x")
    return _of(value)


def is_sound(body: bytes) -> bool:
    """Whether its own sum holds."""
    before, mark, rest = body.rpartition(_SUM)
    return bool(mark) and rest == sha256(before).hexdigest().encode() + _END


def _of(value: dict[str, Any]) -> Manifest:
    from checker.schemas import faults

    if wrong := faults("evidence", value):
        raise BadConfig(f"{MANIFEST} is not as a manifest is: {wrong[0]}")
    files = tuple(Summed(each["path"], each["size"], each["sha256"]) for each in value["files"])
    names = [each.path for each in files]
    if odd := next((name for name in names if not is_safe(name) or name in (MANIFEST, TOKEN, TOKEN_SUM)), None):
        raise BadConfig(f"{MANIFEST} is not as a manifest is: no file of a bundle is called {odd[:80]!r}")
    if len(set(names)) < len(names):
        raise BadConfig(f"{MANIFEST} is not as a manifest is: it names a file twice")
    pages = tuple(KeptPage(each["source"], each["page_key"], each["folder"]) for each in value["pages"])
    known = set(names)
    if REPORT not in known or any(name not in known for page in pages for name in page.needs):
        raise BadConfig(f"{MANIFEST} is not as a manifest is: it has no sum of a file that it needs")
    tool = value["tool"]
    return Manifest(
        tool["version"],
        tool["rules_digest"],
        Chosen.of(value["settings"]),
        pages,
        files,
        tuple((each["name"], each["digest"]) for each in value["packs"]),
        {"python": value["python"], "platform": value["platform"], "browsers": value["browsers"]},
        (value["started_at"], value["ended_at"]),
        value["timestamp_url"],
    )


def _rows(name: str, rows: list[dict[str, Any]]) -> str:
    return f"{dumps(name)}: [\n" + ",\n".join(dumps(row) for row in rows) + "\n]" if rows else f"{dumps(name)}: []"


def _no_number(word: str) -> float:
    raise ValueError(word)
