from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from checker import packs, parsed


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place for copies, and a pack that counts as built in."""
    (tmp_path / "networks").mkdir()
    (tmp_path / "networks" / "a.toml").write_text('checked = 2026-11-22\nhosts = ["shop.example"]\n', "utf-8")
    monkeypatch.setattr(packs, "built_in", lambda: tmp_path)
    monkeypatch.setattr(parsed, "_KEPT", tmp_path / "kept" / "rules.json")
    monkeypatch.setattr(parsed, "_fresh", {})
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    parsed._copies.cache_clear()
    return tmp_path


def again() -> None:
    """What the end of one program and the start of the next do."""
    parsed._write()
    parsed._copies.cache_clear()
    parsed._fresh.clear()


def test_the_second_reading_is_the_same_and_needs_no_toml(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = packs.read(kept, "networks")
    again()
    monkeypatch.setattr("tomllib.loads", lambda _: pytest.fail("parsed again"))
    second, _ = packs.read(kept, "networks")
    assert first == second
    assert second[0].data == {"checked": date(2026, 11, 22), "hosts": ["shop.example"]}


def test_a_changed_file_is_read_anew(kept: Path) -> None:
    packs.read(kept, "networks")
    again()
    (kept / "networks" / "a.toml").write_text('hosts = ["other.example"]\n', "utf-8")
    assert packs.read(kept, "networks")[0][0].data == {"hosts": ["other.example"]}


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '{"a": 1}', "null", '{"PATH": [1, 2]}', '{"PATH": [SIZE, WHEN, "[1]"]}', '{"PATH": [SIZE, WHEN, "{"]}']
)
def test_a_damaged_copy_is_ignored(kept: Path, damage: str) -> None:
    path = kept / "networks" / "a.toml"
    state = path.stat()
    (kept / "kept").mkdir()
    text = damage.replace('"PATH"', json.dumps(str(path))).replace("SIZE", str(state.st_size)).replace("WHEN", str(state.st_mtime_ns))
    (kept / "kept" / "rules.json").write_text(text, "utf-8")
    assert packs.read(kept, "networks")[0][0].data["hosts"] == ["shop.example"]


def test_a_place_that_cannot_be_written_does_no_harm(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsed, "_KEPT", kept / "networks" / "a.toml" / "rules.json")
    packs.read(kept, "networks")
    again()
    assert packs.read(kept, "networks")[0][0].data["hosts"] == ["shop.example"]


def test_packs_of_others_are_not_kept(tmp_path: Path) -> None:
    (tmp_path / "networks").mkdir()
    (tmp_path / "networks" / "a.toml").write_text("x = 1\n", "utf-8")
    packs.read(tmp_path, "networks")
    assert str(tmp_path / "networks" / "a.toml") not in parsed._fresh


def test_a_program_leaves_its_copies_behind() -> None:
    code = "from checker.packs import built_in, read; read(built_in(), 'networks'); from checker import parsed; print(parsed._KEPT)"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    place = Path(done.stdout.strip())
    assert place.is_file()
    assert any(name.endswith("amazon.toml") for name in json.loads(place.read_text("utf-8")))
