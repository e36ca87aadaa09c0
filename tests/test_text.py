from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from checker.text import INVISIBLE, clip, fold, nearest, printable, strip_invisible, tidy


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("We Earn", "we earn"),
        ("We\u2019LL\u00a0earn", "we'll earn"),
        ("\u201cads\u201d \u00abpub\u00bb \u201eWerbung\u201c", '"ads" "pub" "werbung"'),
        ("a\u2013b\u2014c\u2212d", "a-b-c-d"),
        ("a\tb\nc\u3000d\u2009e", "a b c d e"),
        ("\uff21\uff24 \uff08\uff11\uff09", "ad (1)"),
        ("\uff0c\uff0e\uff1a", ",.:"),
        ("\u5e83\u544a", "\u5e83\u544a"),
        ("\u0130stanbul", "istanbul"),
        ("STRASSE \u1e9e", "strasse \u00df"),
        ("`code`", "'code'"),
        ("\u00c9T\u00c9", "\u00e9t\u00e9"),
        ("\u0410\u042f", "\u0430\u044f"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
@example("\u0130\u0130\u00a0\ud800")
@example("\uff3a\u2019\u0130\U0001f600")
def test_fold_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_fold_twice_is_fold_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_fold_works_character_by_character(left: str, right: str) -> None:
    # But for the final sigma, whose lower case depends on its neighbours.
    if "\u03a3" not in left + right:
        assert fold(left + right) == fold(left) + fold(right)


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("  a \n\t b\u00a0c  ", "a b c"),
        ("com\u00admis\u200bsion", "commission"),
        ("\ufeffstart", "start"),
        ("e\u0301te\u0301", "\u00e9t\u00e9"),
        ("\u3000\u5e83\u3000\u544a\u3000", "\u5e83 \u544a"),
        ("", ""),
        (" \u200b ", ""),
    ],
)
def test_tidy(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


@given(st.text())
def test_tidy_leaves_nothing_to_tidy(text: str) -> None:
    once = tidy(text)
    assert not set(once) & set(INVISIBLE)
    assert "  " not in once
    assert once == once.strip()


@given(st.text(alphabet=st.characters(categories=("L", "N", "Zs", "Cf"))))
def test_strip_invisible_takes_nothing_else(text: str) -> None:
    assert strip_invisible(text) == "".join(char for char in text if char not in INVISIBLE)


@pytest.mark.parametrize(
    ("text", "most", "clipped"),
    [
        ("short", 10, "short"),
        ("exactly te", 10, "exactly te"),
        ("the kettle boiled", 12, "the kettle…"),
        ("thekettleboiledover", 10, "thekettle…"),
        ("a verylongwordthatdoesnotfit", 12, "a verylongw…"),
        ("", 5, ""),
    ],
)
def test_clip(text: str, most: int, clipped: str) -> None:
    assert clip(text, most) == clipped


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_clip_is_never_too_long(text: str, most: int) -> None:
    assert len(clip(text, most)) <= most
    assert clip(text, most) == text or clip(text, most).endswith("…")


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("plain \u00e9\u5e83", "plain \u00e9\u5e83"),
        ("\x1b[31mred", "\ufffd[31mred"),
        ("a\x00b\x07c\x7fd\x9be", "a\ufffdb\ufffdc\ufffdd\ufffde"),
        ("a\u202eb\u2066c", "a\ufffdb\ufffdc"),
        ("tab\tline\n", "tab\tline\n"),
        ("carriage\rreturn", "carriage\ufffdreturn"),
    ],
)
def test_printable(text: str, safe: str) -> None:
    assert printable(text) == safe


@given(st.text())
def test_printable_holds_no_control_character(text: str) -> None:
    assert not any((ord(char) < 32 and char not in "\t\n") or 127 <= ord(char) < 160 for char in printable(text))
    assert len(printable(text)) == len(text)


@pytest.mark.parametrize(
    ("word", "expected"), [("vilation", "violation"), ("PASS", "pass"), ("inaplicable", "inapplicable"), ("xyz", None), ("", None)]
)
def test_nearest(word: str, expected: str | None) -> None:
    assert nearest(word, ["violation", "pass", "inapplicable"]) == expected
    assert nearest(word, []) is None
