from __future__ import annotations

from pathlib import Path

import pytest

from checker.errors import BadRule, CheckerError
from checker.packs import built_in, tables


def write(pack: Path, name: str, content: str | bytes) -> None:
    path = pack / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def test_tables_come_by_file_name_and_remember_it(tmp_path: Path) -> None:
    write(tmp_path, "words/b.toml", 'x = "2"')
    write(tmp_path, "words/a.toml", 'x = "1"')
    write(tmp_path, "words/notes.txt", "not a table")
    write(tmp_path, "words/deeper/c.toml", 'x = "3"')
    found = tables(tmp_path, "words")
    assert [(table.path.name, table.data["x"]) for table in found] == [("a.toml", "1"), ("b.toml", "2")]


def test_a_pattern_picks_files(tmp_path: Path) -> None:
    write(tmp_path, "words/notice.en.toml", "x = 1")
    write(tmp_path, "words/credit.en.toml", "this is not read = =")
    assert [table.path.name for table in tables(tmp_path, "words", "notice.*.toml")] == ["notice.en.toml"]


@pytest.mark.parametrize("kind", ["networks", "nothing", "aff"])
def test_a_pack_need_not_have_every_kind(tmp_path: Path, kind: str) -> None:
    assert tables(tmp_path, kind) == []
    assert tables(tmp_path / "absent", kind) == []


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    write(tmp_path, "words/a.toml", "x = ")
    write(tmp_path, "words/b.toml", 'x = "fine"')
    write(tmp_path, "words/c.toml", b'x = "\xff"')
    (tmp_path / "words" / "d.toml").mkdir()
    with pytest.raises(BadRule) as caught:
        tables(tmp_path, "words")
    assert len(caught.value.faults) == 3
    for fault, name in zip(caught.value.faults, ("a.toml", "c.toml", "d.toml"), strict=True):
        assert str(tmp_path / "words" / name) in fault
    assert caught.value.faults[0].startswith(f"{tmp_path / 'words' / 'a.toml'}:1: ")
    assert str(caught.value) == "\n".join(caught.value.faults)
    assert isinstance(caught.value, CheckerError)


@pytest.mark.parametrize("content", ["", "# only a comment", " \n "])
def test_an_empty_file_is_a_fault(tmp_path: Path, content: str) -> None:
    write(tmp_path, "words/a.toml", content)
    with pytest.raises(BadRule, match="empty"):
        tables(tmp_path, "words")


def test_a_fault_of_the_content_names_its_line(tmp_path: Path) -> None:
    write(tmp_path, "words/a.toml", '# first\n\nx = "1"\n[[box]]\ny = 1\n[[box]]\ny = 2\n')
    (table,) = tables(tmp_path, "words")
    assert table.line(["x"]) == 3
    assert table.line(["box", 1, "y"]) == 7
    assert table.fault(["x"], "no") == f"{table.path}:3: no"


def test_the_built_in_pack_is_complete() -> None:
    pack = built_in()
    for kind in ("words", "networks", "authorities", "profiles", "aff", "img", "aut", "lnk"):
        assert tables(pack, kind), kind
