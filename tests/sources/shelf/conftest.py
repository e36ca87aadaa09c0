"""A place to put files and archives down, and what shows a page with them."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from checker.model import Source
from checker.sources.archives.open import opened
from checker.sources.shelf.held import ShelfLimits
from checker.sources.shelf.open import PageShelf, shelf_for

PAGE = b"<!doctype html><html><head><title>Kettles</title></head><body><p>Water boils in them.</p></body></html>"
HOST = "https://kettle.example"


@pytest.fixture(scope="session")
def made() -> ModuleType:
    """`fixtures/archives/make.py`."""
    path = Path(__file__).parents[3] / "fixtures" / "archives" / "make.py"
    spec = importlib.util.spec_from_file_location("make_archives_of_shelves", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def lay(tmp_path: Path) -> Callable[..., None]:
    """Write files below the test's folder, each with its own name in it."""

    def laying(*names: str) -> None:
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(name.encode())

    return laying


@pytest.fixture
def beside(tmp_path: Path) -> Callable[..., PageShelf]:
    """The shelf of a page in the test's folder."""

    def opening(
        page: str = "blog/story.html", address: str = f"{HOST}/blog/story.html", root: str | None = "", limits: ShelfLimits | None = None
    ) -> PageShelf:
        path = tmp_path / page
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PAGE)
        return shelf_for(Source(str(path), PAGE, path=str(path)), address, None if root is None else tmp_path / root, limits)

    return opening


@pytest.fixture
def within(tmp_path: Path) -> Callable[..., PageShelf]:
    """The shelf of a page in an archive: the first one, or the one whose name ends so."""

    def opening(content: bytes, name: str, address: str | None = None, *, page: str = "", limits: ShelfLimits | None = None) -> PageShelf:
        path = tmp_path / name
        path.write_bytes(content)
        stream = opened(str(path))
        assert stream is not None
        source = next(item.given for item in stream if item.given is not None and item.given.body and item.given.name.endswith(page))
        assert source.archive == str(path)
        return shelf_for(source, address or source.url or f"{HOST}/{page}", None, limits)

    return opening
