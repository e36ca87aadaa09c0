"""The small files of `words/`: those of the built-in pack are of the shape that is asked of others."""

from pathlib import Path

import pytest

from checker.errors import BadRule
from checker.lexicon.lexicon import load
from checker.lexicon.word_files import faults
from checker.packs import built_in, layout_faults


def test_the_built_in_pack_is_of_the_right_shape() -> None:
    assert faults([built_in()]) == []
    assert layout_faults(built_in()) == []


def test_loading_asks_other_packs_for_it(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "meta.toml").write_text("meta = 3\n", "utf-8")
    (tmp_path / "words" / "notice.en.toml").write_text("pay = []\n", "utf-8")
    with pytest.raises(BadRule) as caught:
        load([built_in(), tmp_path])
    first, second = caught.value.faults
    assert first == f"{tmp_path}/words/meta.toml:1: write [meta] with lists of words under it"
    assert second.startswith(f'{tmp_path}/words/notice.en.toml:1: unknown key "pay"')
