"""What lays archives down byte for byte, and what reads them."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from checker.model import Source
from checker.sources.archives.open import opened
from checker.sources.limits import Limits

FOLDER = Path(__file__).parents[3] / "fixtures" / "archives"


@dataclass
class Read:
    """Everything that came out of an archive."""

    kind: str
    sources: list[Source]
    skipped: list[tuple[str, str]]
    duplicates: int
    discovered: int

    @property
    def pages(self) -> dict[str, bytes]:
        return {source.url or source.name: source.body for source in self.sources if source.body is not None}

    @property
    def refused(self) -> list[tuple[str, str]]:
        return [(source.reason.value, source.detail or "") for source in self.sources if source.reason is not None]


Reader = Callable[..., Read | None]


def read_archive(path: Path, limits: Limits | None = None) -> Read | None:
    stream = opened(str(path), limits)
    if stream is None:
        return None
    sources = []
    for item in stream:
        assert item.given is not None
        assert item.name == item.given.name
        assert (item.given.body is None) == (item.given.reason is not None)
        sources.append(item.given)
    assert stream.discovered == len(sources) + stream.duplicates + len(stream.skipped) + sum(getattr(stream, "left_out", {}).values())
    return Read(type(stream).__name__, sources, stream.skipped, stream.duplicates, stream.discovered)


@pytest.fixture(scope="session")
def made() -> ModuleType:
    """`fixtures/archives/make.py`."""
    spec = importlib.util.spec_from_file_location("make_archives", FOLDER / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Read]:
    """Write bytes under a name and read them as an archive."""

    def reading(content: bytes, name: str = "a.warc", limits: Limits | None = None) -> Read:
        path = tmp_path / name
        path.write_bytes(content)
        found = read_archive(path, limits)
        assert found is not None, f"{name} is not taken for an archive"
        return found

    return reading
