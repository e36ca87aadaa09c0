from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checker import kept, packs
from checker.errors import BadRule


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place for what is kept, and a pack that counts as built in."""
    pack = tmp_path / "pack"
    (pack / "networks").mkdir(parents=True)
    (pack / "networks" / "a.toml").write_text('checked = 2026-11-22\nhosts = ["shop.example"]\n', "utf-8")
    (tmp_path / "program").mkdir()
    (tmp_path / "program" / "a.py").write_text("", "utf-8")
    monkeypatch.setattr(packs, "built_in", lambda: pack)
    monkeypatch.setattr(kept, "_PROGRAM", tmp_path / "program")
    monkeypatch.setattr(kept, "_MAKERS", ("",))
    monkeypatch.setattr(kept, "_KEPT", tmp_path / "kept" / "rules")
    monkeypatch.setattr(kept, "_fresh", set())
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    forget()
    return pack


def forget() -> None:
    kept._copies.cache_clear()
    kept._state.cache_clear()


def again() -> None:
    """What the end of one program and the start of the next do."""
    kept._write()
    kept._fresh.clear()
    forget()


def work(pack: Path, value: Any = ("made", "once")) -> Any:
    return packs.worked_out("something", [pack], lambda: value)


def test_the_second_reading_is_the_same_and_needs_no_toml(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = packs.read(pack, "networks")
    again()
    monkeypatch.setattr("tomllib.loads", lambda _: pytest.fail("parsed again"))
    second, _ = packs.read(pack, "networks")
    assert first == second
    assert second[0].path == pack / "networks" / "a.toml"
    assert second[0].data == {"checked": date(2026, 11, 22), "hosts": ["shop.example"]}


def test_what_is_worked_out_is_the_same_the_first_time(pack: Path) -> None:
    assert work(pack) == ["made", "once"]
    again()
    assert work(pack, "not asked") == ["made", "once"]


def test_a_changed_file_is_read_anew(pack: Path) -> None:
    packs.read(pack, "networks")
    work(pack)
    again()
    (pack / "networks" / "a.toml").write_text('hosts = ["other.example"]\n', "utf-8")
    assert packs.read(pack, "networks")[0][0].data == {"hosts": ["other.example"]}
    assert work(pack, "new") == "new"
    again()
    assert work(pack, "not asked") == "new"


@pytest.mark.parametrize("where", ["pack/networks/b.toml", "pack/words/b.toml", "program/b.py", "program/a.py"])
def test_a_new_file_of_the_pack_or_the_program_counts(pack: Path, where: str) -> None:
    work(pack)
    again()
    (pack.parent / where).parent.mkdir(exist_ok=True)
    (pack.parent / where).write_text("x = 1\n", "utf-8")
    assert work(pack, "new") == "new"


def test_a_file_that_is_gone_counts(pack: Path) -> None:
    work(pack)
    again()
    (pack / "networks" / "a.toml").unlink()
    assert work(pack, "new") == "new"


def test_another_pack_has_no_say(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work(pack)
    again()
    other = pack.parent / "other"
    other.mkdir()
    assert work(other, "other") == "other"
    monkeypatch.setattr(packs, "built_in", lambda: other)
    assert work(other, "other") == "other"


@pytest.mark.parametrize("cut", [0, 1, 20, -1, -5, -40])
def test_a_file_that_was_cut_is_ignored(pack: Path, cut: int) -> None:
    work(pack)
    again()
    kept._KEPT.write_bytes(kept._KEPT.read_bytes()[:cut])
    assert work(pack, "new") == "new"


def test_no_byte_can_be_changed_unseen(pack: Path) -> None:
    packs.read(pack, "networks")
    again()
    sound = kept._KEPT.read_bytes()
    for at in range(sound.index(b"\n") + 1, len(sound)):
        kept._KEPT.write_bytes(sound[:at] + bytes([sound[at] ^ 1]) + sound[at + 1 :])
        forget()
        assert packs.read(pack, "networks")[0][0].data["hosts"] == ["shop.example"], at


@pytest.mark.parametrize("body", [b"", b"\n", b"\n\n\n", b"x", b"00000000\tsomething\t[", b"\xff\t\xff\t\xff", b"12345678something"])
def test_what_is_no_copy_is_ignored(pack: Path, body: bytes) -> None:
    kept._KEPT.parent.mkdir()
    kept._KEPT.write_bytes(kept._state(pack) + b"\n" + body)
    assert work(pack, "new") == "new"


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "NaN?", '{"\\u0000date": "never"}', '{"\\u0000date": 3}'])
def test_a_sound_sum_over_nonsense_is_ignored(pack: Path, text: str) -> None:
    line = f"something\t{text}".encode()
    kept._KEPT.parent.mkdir()
    kept._KEPT.write_bytes(kept._state(pack) + b"\n" + kept._sum(line) + b"\t" + line)
    assert work(pack, "new") == "new"


def test_faults_are_not_kept(pack: Path) -> None:
    (pack / "networks" / "b.toml").write_text("x = \n", "utf-8")
    for _ in range(2):
        found, faults = packs.read(pack, "networks")
        assert (len(found), len(faults)) == (1, 1)
        again()
    with pytest.raises(BadRule):
        packs.tables(pack, "networks")


def test_a_place_that_cannot_be_written_does_no_harm(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_KEPT", pack / "networks" / "a.toml" / "rules")
    work(pack)
    again()
    assert work(pack, "new") == "new"


def test_nothing_is_written_where_python_writes_nothing(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    work(pack)
    again()
    assert not kept._KEPT.exists()


def test_packs_of_others_are_not_kept(pack: Path, tmp_path: Path) -> None:
    (tmp_path / "networks").mkdir()
    (tmp_path / "networks" / "a.toml").write_text("x = 1\n", "utf-8")
    packs.read(tmp_path, "networks")
    work(tmp_path)
    packs.worked_out("something", [pack, tmp_path], lambda: 1)
    assert not kept._fresh


def test_a_program_leaves_its_copies_behind_and_uses_them(tmp_path: Path) -> None:
    code = "from checker import kept, packs, load_rules; kept._KEPT = kept.Path({!r}); {} load_rules()"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    place = tmp_path / "copies" / "rules"
    for then in ("", "packs.table = packs._parse = None;"):
        subprocess.run([sys.executable, "-c", code.format(str(place), then)], check=True, env=environment)
        first, *lines = place.read_bytes().split(b"\n")
        assert json.loads(first)
        assert {b"networks", b"byline words", b"notice words", b"rules asked"} <= {line.split(b"\t")[1] for line in lines}
