"""Whether the files of a bundle are those that were written: every one that is changed, missing, or was added, by name."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from checker.evidence.manifest import Manifest, Summed
from checker.evidence.names import MANIFEST, TOKEN, TOKEN_SUM, WARC
from checker.evidence.opened import Files, Unreadable, sum_of
from checker.evidence.records import broken

_OWN = (MANIFEST, TOKEN, TOKEN_SUM)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one file."""

    path: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what}"


def faults(files: Files, manifest: Manifest) -> list[Fault]:
    """All that is not as it was written, by the names of files."""
    pages = {page.folder: page.source for page in manifest.pages}
    listed = {each.path for each in manifest.files}
    found: list[Fault] = []
    missing: list[Summed] = []
    for each in manifest.files:
        if each.path not in files.sizes:
            if each.path not in files.odd:
                missing.append(each)
        elif (what := _changed(files, each)) is not None:
            about = pages.get(each.path.rpartition("/")[0])
            records = list(broken(files, each.path)) if each.path.endswith(f"/{WARC}") else []
            found.append(Fault(each.path, "; ".join([what, *([f"evidence of {about}"] if about else []), *records])))
    added = [name for name in files.sizes if name not in listed and name not in _OWN]
    found += _moved(files, missing, added)
    found += [Fault(name, why) for name, why in files.odd.items()]
    return sorted(found, key=lambda fault: fault.path)


def _changed(files: Files, each: Summed) -> str | None:
    size = files.sizes[each.path]
    if size != each.size:
        return f"changed: it has {size:,} bytes, not {each.size:,}"
    try:
        return None if sum_of(files, each.path) == each.sha256 else "changed"
    except Unreadable as fault:
        return f"changed: {fault}"


def _moved(files: Files, missing: list[Summed], added: list[str]) -> Iterator[Fault]:
    """What is missing and what was added; of those that are the same file, one says where it went."""
    names: dict[tuple[int, str], list[str]] = {}
    sizes = {each.size for each in missing}
    for name in added:
        size = files.sizes[name]
        with contextlib.suppress(Unreadable):
            if size in sizes:
                names.setdefault((size, sum_of(files, name)), []).append(name)
        yield Fault(name, "added: the manifest does not name it")
    for each in missing:
        now = names.get((each.size, each.sha256))
        yield Fault(each.path, f"missing: {now[0]} holds what was in it" if now else "missing")
