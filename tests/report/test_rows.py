"""Pieces of a report that are put away until what stands in front of them is known."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import BadOutput
from checker.report.rows import Rows, in_larger


@given(st.lists(st.text(st.characters() | st.sampled_from("\ud800\n\r\x00"))), st.integers(0, 20))
def test_whatever_is_put_away_comes_back(texts: list[str], held: int) -> None:
    rows = Rows(held)
    for number, text in enumerate(texts):
        rows.add(text)
        if number == 3:
            assert list(rows) == texts[:4], "reading in between does no harm"
    assert len(rows) == len(texts)
    assert list(rows) == list(rows) == texts
    assert "".join(rows.joined(",")) == ",".join(texts)
    assert "".join(in_larger(rows)) == "".join(texts)


def test_two_read_at_the_same_time() -> None:
    rows = Rows(0)
    for text in "abc":
        rows.add(text)
    assert [(one, other) for one in rows for other in rows] == [(one, other) for one in "abc" for other in "abc"]


def test_few_need_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", refused)
    rows = Rows(10)
    rows.add("0123456789")
    assert list(rows) == ["0123456789"]
    with pytest.raises(BadOutput, match=r"cannot keep the report in .* until it is written: No space left on device"):
        rows.add("0")


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    rows = Rows(0)
    rows.add("text")
    del rows
    assert list(tmp_path.iterdir()) == []
