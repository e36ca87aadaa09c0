"""Every page of `fixtures/hostile` goes through decoding, the walk and the search for positions: no exception, no hang, columns that agree."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from checker.facts import Spot
from checker.page.decode import decode
from checker.page.positions import Places
from checker.page.walk import walk
from tests.pace import ends

FOLDER = Path(__file__).parents[2] / "fixtures" / "hostile"


def _maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hostile_make", FOLDER / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAGES: dict[str, bytes] = _maker().pages()


@pytest.mark.parametrize("name", PAGES)
def test_hostile_page(name: str) -> None:
    # Ten times what the slowest needs on a slow machine: a hang fails, noise does not.
    assert ends(lambda: _reads(name), within=30)


def _reads(name: str) -> None:
    decoded = decode(PAGES[name], None)
    assert decoded.utf8.decode() == decoded.text
    document, _, _ = walk(decoded.utf8)
    count, pieces = len(document), len(document.pieces)
    assert len(document.parents) == len(document.attrs) == len(document.ends) == len(document.first_piece) == len(document.last_piece) == count
    for node in range(count):
        assert document.parents[node] < node
        assert node < document.ends[node] <= count
        assert 0 <= document.first_piece[node] <= document.last_piece[node] <= pieces
        if document.parents[node] >= 0:
            assert document.ends[node] <= document.ends[document.parents[node]]
    assert all(0 <= document.owner(piece) < count for piece in range(0, pieces, max(1, pieces // 1000)))
    places = Places(decoded.text, document.tags)
    for node in range(0, count, max(1, count // 50)):
        for skip in (None, 0, 3):
            spot = places.locate(Spot(node, skip))
            assert (spot.offset is None) is (spot.line is None) is (spot.excerpt is None)
            if spot.offset is not None and skip is None:
                assert decoded.text[spot.offset] == "<"


def test_the_kept_pages_are_what_the_script_writes() -> None:
    small = {name: body for name, body in PAGES.items() if len(body) <= 100_000}
    assert {path.name: path.read_bytes() for path in FOLDER.glob("*.html")} == small


def test_the_script_writes_large_pages_on_request(tmp_path: Path) -> None:
    written = _maker().write(tmp_path, most=None)
    assert {path.name for path in written} == set(PAGES)
    assert (tmp_path / "huge-attribute.html").stat().st_size > 5_000_000
