"""What is loaded once stays as long as the files stay as they are."""

import os
from pathlib import Path

import pytest

from checker.errors import BadRule
from checker.scale.rulebook import lexicon, load, load_rules


def test_a_word_list_that_is_changed_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "words" / "notice.en.toml"
    path.parent.mkdir()
    path.write_text('pays = ["kettle money"]\n', "utf-8")
    words = lexicon((tmp_path,))
    assert lexicon((tmp_path,)) is words
    path.write_text('pays = ["teapot money"]\n', "utf-8")
    changed = lexicon((tmp_path,))
    assert changed is not words
    (statement,) = changed.notices.judge("We get teapot money when you buy through our links.", ["en"])
    assert statement.clarity == "clear"


def test_packs_of_the_same_name_in_two_folders_are_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for name in ("one", "two"):
        (tmp_path / name / "house" / "words").mkdir(parents=True)
        (tmp_path / name / "house" / "words" / "notice.en.toml").write_text('pays = ["kettle money"]\n', "utf-8")
        os.utime(tmp_path / name / "house" / "words" / "notice.en.toml", (1, 1))
        monkeypatch.chdir(tmp_path / name)
        found.append(lexicon((Path("house"),)))
    assert found[0] is not found[1]


def test_faults_of_rules_words_and_tracking_come_together(tmp_path: Path) -> None:
    for name in ("hse/HSE001-x-y.toml", "words/notice.en.toml", "networks/own.toml", "tracking/own.toml"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("x =\n", "utf-8")
    (tmp_path / "network").mkdir()
    (tmp_path / "network" / "own.toml").write_text("x = 1\n", "utf-8")
    with pytest.raises(BadRule) as caught:
        load([tmp_path])
    told = [fault.removeprefix(f"{tmp_path}/").partition(" ")[0] for fault in caught.value.faults]
    assert sorted(told) == [
        "hse/HSE001-x-y.toml:1:4:", "network:", "networks/own.toml:1:4:", "tracking/own.toml:1:4:", "words/notice.en.toml:1:4:",
    ]  # fmt: skip
    with pytest.raises(BadRule) as caught:
        load_rules([tmp_path])
    assert len(caught.value.faults) == 2
