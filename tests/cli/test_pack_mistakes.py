"""Slips of somebody who writes no programs, in a pack that is right but for one: what is told fits on a line and says what would be right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import Result

Call = Callable[..., Result]
HARBOUR = Path(__file__).resolve().parents[2] / "fixtures/packs/harbour"


@pytest.fixture
def house(site: Path) -> Path:
    return Path(copytree(HARBOUR, site / "house"))


def told(call: Call) -> list[str]:
    result = call("test", "house")
    assert result.exit_code == 2, result.output
    return [line.removeprefix("house/") for line in result.stderr.splitlines()[:-1]]


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("words/notice.de.toml", 'groschen"]', "groschen]", "2:24: illegal character '\\n'; the text is not closed on its line; it ends with "),
        ("words/notice.de.toml", '["Hafengroschen"]', "[„Hafengroschen“]", '2:9: invalid value; a value is a "text" in straight quotes, '),
        ("words/notice.de.toml", '["Hafengroschen"', '["Hafen"groschen"', "2:16: unclosed array; a list ends with ], and commas stand between "),
        ("words/notice.de.toml", "pays =", "pays:", "2:5: expected '=' after a key in a key/value pair; a line is key = value"),
        ("networks/quay.toml", "2026-11-22", "22.11.2026", "7:16: expected newline or end of document after a statement; one key = value "),
        ("networks/quay.toml", "[[network.link]]", "[network.link]", "9: write [[network.link]], in double brackets"),
        ("networks/quay.toml", "[[network]]", "[network]", "2: write [[network]], in double brackets"),
        ("networks/quay.toml", 'kind = "network"\n', "", "2: kind is missing; allowed: network, shop, software, monetiser, plugin"),
        ("networks/quay.toml", "'^\\d+$'", '"^\\d+$"', "12:24: unescaped '\\' in a string; a text with a backslash stands in 'single quotes'"),
        (
            "hbr/HBR001-page-without-notice.toml", 'severity = "error"', 'severity = "error"\nseverity = "error"',
            "4:19: cannot overwrite a value; the key is there twice",
        ),
        (
            "hbr/HBR004-amazon-link-with-other-id.toml", '["harbourpost-20"]', '"harbourpost-20"',
            '14: should be a list, is "harbourpost-20"; write it in square brackets: ["…"]',
        ),
    ],
)  # fmt: skip
def test_a_slip(house: Path, call: Call, name: str, old: str, new: str, fault: str) -> None:
    path = house / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    first, *_ = told(call)
    assert first.startswith(f"{name}:{fault}")


@pytest.mark.parametrize("name", ["notice.deu.toml", "notice.DE.toml", "byline.german.toml"])
def test_a_word_list_for_no_language(house: Path, call: Call, name: str) -> None:
    (house / "words" / "notice.de.toml").rename(house / "words" / name)
    kind, language, _ = name.split(".")
    right = f"a word list is named {kind}.<language>.toml with the two letters of ISO 639-1, such as {kind}.de.toml"
    wanted = f"words/{name}: {language!r} is no language; {right}"
    assert wanted in told(call)
