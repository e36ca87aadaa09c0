"""Edits of text carried into bytes: what is not edited stays byte for byte, and what cannot be told is refused."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.fix.edits import Edit, Refused, rewritten

_META = '<meta charset="{}"><p>{}</p>'


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("utf-8", "Grüße 🍵"), ("windows-1252", "Grüße – für Käufer"), ("shift_jis", "広告の表示です"), ("gb18030", "广告内容"), ("euc-kr", "광고 문구"),
     ("koi8-r", "Реклама на странице"), ("big5", "廣告內容")],
)  # fmt: skip
def test_the_page_keeps_its_encoding(encoding: str, text: str) -> None:
    page = _META.format(encoding, text)
    body = page.encode(encoding)
    at = page.index("<p>")
    new = rewritten(body, [Edit(at, 0, "<p>x</p>"), Edit(len(page), 0, "<!-- end -->")])
    assert new == body[: len(page[:at].encode(encoding))] + b"<p>x</p>" + body[len(page[:at].encode(encoding)) :] + b"<!-- end -->"


@pytest.mark.parametrize(
    ("mark", "codec"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF32_LE, "utf-32-le")],
)
def test_a_byte_order_mark_stays(mark: bytes, codec: str) -> None:
    body = mark + "<p>Grüße</p>\r\n".encode(codec)
    assert rewritten(body, [Edit(3, 5, "Hallo")]) == mark + "<p>Hallo</p>\r\n".encode(codec)


def test_a_character_that_the_encoding_lacks_becomes_a_reference() -> None:
    body = _META.format("windows-1252", "Käufer").encode("cp1252")
    assert b"<p>&#24195;\xfc</p>" in rewritten(body, [Edit(29, 0, "<p>広ü</p>")])


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<p>\xfcber Kannen und Becher und sch\xf6ne T\xf6pfe</p>", "not certain"),
        ("<p>Grüße</p>".encode() + b"\xff", "not certain"),
        ('<meta charset="iso-2022-jp"><p>広告</p>'.encode("iso-2022-jp"), "escapes"),
    ],
    ids=["guessed", "broken", "stateful"],
)
def test_what_is_not_certain_is_refused(body: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        rewritten(body, [Edit(0, 0, "x")])


def test_an_edit_that_changes_how_the_page_is_read_is_refused() -> None:
    # With these bytes the page would be taken for another encoding.
    body = b'<meta charset="windows-1252"><p>caf\xe9</p>'
    with pytest.raises(Refused, match="one place alone"):
        rewritten(body, [Edit(15, 12, "koi8-r")])


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(Refused, match="overlap"):
        rewritten(b"<p>abc</p>", [Edit(3, 3, "x"), Edit(4, 0, "y")])


@given(st.text("ab<>é広\r\n ", min_size=1, max_size=30), st.lists(st.tuples(st.integers(0, 30), st.text("xyü", max_size=4)), max_size=4))
def test_insertions_and_nothing_else(text: str, wanted: list[tuple[int, str]]) -> None:
    page = f"<p>{text}</p>"
    edits = sorted({min(at, len(page)): Edit(min(at, len(page)), 0, new) for at, new in wanted}.values())
    expected, at = "", 0
    for edit in edits:
        expected, at = expected + page[at : edit.offset] + edit.inserted, edit.offset
    expected += page[at:]
    assert rewritten(page.encode(), edits) == expected.encode()
