"""A rule that is still to be written loads as it is, and its examples hold once the marks are gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import load_rules, schemas
from checker.docs.new_rule import MARK, NAME, body, next_id, unfilled
from checker.engine.examples import try_all
from checker.packs import FAMILIES, built_in
from checker.page.reader import read


@pytest.mark.parametrize("rule_id", ["HSE001", *(f"{family.upper()}{at}90" for at, family in enumerate(FAMILIES))])
def test_a_new_rule_loads_and_its_examples_hold(tmp_path: Path, rule_id: str) -> None:
    import tomllib

    path = tmp_path / rule_id[:3].lower() / f"{rule_id}-{NAME}.toml"
    path.parent.mkdir()
    path.write_text(body(rule_id, "house", "0.7.3"), "utf-8")
    assert schemas.validate("rule", tomllib.loads(path.read_text("utf-8"))) == []
    book = load_rules([tmp_path])
    rule = book.rules.rules[rule_id]
    assert (rule.since, len(rule.examples)) == ("0.7", 3)
    tried = [each for each in try_all(book.rules, lambda source: read(source, book.lexicon).page) if each.rule.id == rule_id]
    assert [each.fault for each in tried] == [None] * 3
    text = path.read_text("utf-8")
    for field in ("where", "when", "expect", "absence", "needs_review", "question", "paste", "url", "findings", "reason", "ours", "authorities"):
        assert f"{field} = " in text or f"[{field}]" in text, field


def test_every_mark_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "hse" / "HSE001-x-y.toml"
    path.parent.mkdir()
    path.write_text(body("HSE001", "house", "0.1.0"), "utf-8")
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "x.toml").write_text(f"# {MARK} no rule\n")
    lines = path.read_text("utf-8").splitlines()
    told = list(unfilled([tmp_path]))
    assert [number for _, number, _ in told] == [number for number, line in enumerate(lines, start=1) if MARK in line]
    assert {each[0] for each in told} == {path}
    assert (path, lines.index(f'ours = "{MARK} why you ask for it"') + 1, "why you ask for it") in told


def test_a_name_of_a_pack_stays_within_its_comment() -> None:
    import tomllib

    assert tomllib.loads(body("HSE001", 'a\nid = "X"\n[x', "0.1.0"))["id"] == "HSE001"


def test_the_next_id_follows_the_last(tmp_path: Path) -> None:
    assert next_id(tmp_path / "hse", "HSE") == "HSE001"
    assert next_id(tmp_path / "img", "IMG") == "IMG401"
    (tmp_path / "hse").mkdir()
    for name in ("HSE001-a-b.toml", "HSE004-a-b.toml", "ABC009-a-b.toml", "HSE999.md"):
        (tmp_path / "hse" / name).touch()
    assert next_id(tmp_path / "hse", "hse") == "HSE005"
    (tmp_path / "hse" / "HSE999-a-b.toml").touch()
    assert next_id(tmp_path / "hse", "HSE") is None


def test_nothing_built_in_is_still_to_be_written() -> None:
    assert list(unfilled([built_in()])) == []
