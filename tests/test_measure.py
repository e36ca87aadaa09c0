"""Counting on labelled pages: what is wrong, what is missed, and nothing of the pages but counts."""

from __future__ import annotations

import gzip
import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checker.docs.accuracy import Accuracy, load
from fixtures import measure

LINK = '<p>Get <a href="https://www.amazon.com/dp/B000000001?tag=teablog-20">the kettle</a>.</p>'
NOTICE = "<p>We earn a commission when you buy through links on this page.</p>"
HEAD = '<!doctype html><html lang="en"><head><meta property="og:type" content="article"><title>Tea</title></head><body><article><h1>Tea for all</h1>'
FIGURE = '<figure><img src="/pictures/{0}.jpg" width="1200" height="800"><figcaption>{1}</figcaption></figure>'
TODAY = date(2026, 11, 22)


def page(*parts: str, by: str = "<p>By Ada Quill</p>") -> str:
    return f"{HEAD}{by}{''.join(parts)}<p>Boil the water and wait for four minutes.</p></article></body></html>"


def label(name: str, **more: Any) -> dict[str, Any]:
    plain = {
        "id": name,
        "page_type": "article",
        "affiliate": "yes",
        "notice_verdict": "missing",
        "notices": [],
        "byline_kind": "person",
        "images": [],
    }
    return plain | more


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    return tmp_path


def put(folder: Path, pages: dict[str, str], gold: list[dict[str, Any]], credits_: list[dict[str, Any]] | None = None) -> Accuracy:
    for name, body in pages.items():
        (folder / "pages" / f"{name}.html.gz").write_bytes(gzip.compress(body.encode()))
    for name, rows in (("gold", gold), ("credits", credits_ or [])):
        if rows:
            (folder / f"{name}.jsonl").write_text("\n".join(json.dumps(row) for row in rows) + "\n", "utf-8")
    return measure.measure(folder, TODAY)


def counts(found: Accuracy, rule: str) -> tuple[int | None, ...]:
    one = found.rules[rule]
    return one.labelled, one.violations, one.wrong, one.questions, one.needless, one.due, one.silent


def test_rules_about_notices_are_counted_by_the_verdict(folder: Path) -> None:
    found = put(
        folder,
        {"a": page(LINK), "b": page(LINK), "c": page(LINK, NOTICE), "d": page(NOTICE, LINK), "e": page(LINK), "f": page('<a href="/go/pot">pot</a>')},
        [
            label("a"),
            label("b", notice_verdict="clear_before"),
            label("c", notice_verdict="clear_after"),
            label("d", notice_verdict="clear_after"),
            label("e", affiliate="unsure"),
            label("f", affiliate="no", notice_verdict="not_needed"),
        ],
    )
    assert (found.pages, found.measured, found.profile) == (6, TODAY, "us")
    assert counts(found, "AFF001") == (5, 2, 1, 1, 1, 1, 0)
    assert counts(found, "AFF002") == (5, 1, 0, 0, 0, 2, 1)
    assert counts(found, "AFF003") == (5, 0, 0, 0, 0, 0, 0)


def test_one_of_several_rules_is_enough_where_labels_do_not_tell_them_apart(folder: Path) -> None:
    weak = page("<p>This post contains affiliate links.</p>", LINK)
    hidden = page(f'<div style="display:none">{NOTICE}</div>', LINK)
    found = put(
        folder,
        {"a": weak, "b": page(NOTICE, LINK), "c": hidden, "d": hidden},
        [
            label("a", notice_verdict="weak_or_link_only"),
            label("b", notice_verdict="weak_or_link_only"),
            label("c", notices=[{"hidden": True}]),
            label("d"),
        ],
    )
    assert counts(found, "AFF007") == (4, 1, 0, 0, 0, 2, 1)
    assert counts(found, "AFF004") == (4, 0, 0, 0, 0, 2, 1)
    assert counts(found, "AFF005") == (4, 2, 0, 0, 0, 3, 1)
    assert counts(found, "AFF023") == (4, 0, 0, 0, 0, 1, 0)
    assert counts(found, "AFF001") == (4, 0, 0, 0, 0, 1, 0)
    assert found.rules["AFF007"].beside == ("AFF004", "AFF005", "AFF013")
    assert found.rules["AFF005"].beside == ("AFF004", "AFF007", "AFF013", "AFF023")
    assert found.rules["AFF001"].beside == ()


def test_rules_about_authors_are_counted_by_the_byline(folder: Path) -> None:
    found = put(
        folder,
        {"a": page(by=""), "b": page(by=""), "c": page(), "d": page(by="<p>By Admin</p>"), "e": page(by="")},
        [
            label("a", byline_kind="none"),
            label("b", byline_kind="none", page_type="product"),
            label("c", byline_kind="none"),
            label("d", byline_kind="generic"),
            label("e", byline_kind="not_applicable"),
        ],
    )
    # On a page of a kind that the rule does not judge it is not due; that it fires all the same is not wrong about the author.
    assert counts(found, "AUT501") == (4, 2, 0, 0, 0, 2, 1)
    assert counts(found, "AUT502") == (4, 1, 0, 0, 0, 1, 0)


def test_rules_about_credits_are_counted_picture_by_picture(folder: Path) -> None:
    body = page(
        FIGURE.format("with-a-credit", "Photo: Ben Oduya"),
        FIGURE.format("without-a-credit", "A kettle."),
        FIGURE.format("labelled-with-one", "A pot."),
        FIGURE.format("from-anywhere", "Photo: Internet"),
        FIGURE.format("from-anywhere-too", "Photo: Internet"),
    )
    found = put(
        folder,
        {"a": body, "b": page(FIGURE.format("with-a-credit", "Photo: Ben Oduya"))},
        [
            label(
                "a",
                images=[
                    {"src": "/pictures/with-…dit.jpg", "credit": "Ben Oduya"},
                    {"src": "/pictures/without-a-credit.jpg", "credit": None},
                    {"src": "/pictures/labelled-with-one.jpg", "credit": "Ida Holm"},
                    {"src": "/pictures/nowhere.jpg", "credit": None},
                    {"src": "data:", "credit": None},
                    {"src": "/twice.jpg", "credit": None},
                    {"src": "/twice.jpg", "credit": None},
                    {"src": "/pictures/from-anywhere.jpg", "credit": "Photo: Internet"},
                    {"src": "/pictures/from-anywhere-too.jpg", "credit": None},
                ],
            )
        ],
        [
            {"id": "a", "images": [{"urls": ["https://tea.example/pictures/without-a-credit.jpg"], "credit": []}]},
            {"id": "b", "images": [{"urls": ["https://x.example/1.jpg", "https://tea.example/pictures/with-a-credit.jpg"], "credit": []}]},
        ],
    )
    assert counts(found, "IMG401") == (6, 2, 1, 0, 0, 3, 1)
    # A label that quotes the placeholder does not say whether it names somebody.
    assert counts(found, "IMG405") == (5, 1, 0, 0, 0, None, None)


def test_the_counts_are_written_and_read_again(folder: Path) -> None:
    found = put(folder, {"a": page(LINK)}, [label("a")])
    text = measure.written(found)
    (folder / "accuracy.toml").write_text(text, "utf-8")
    assert load(folder / "accuracy.toml") == found
    assert tomllib.loads(text)["pages"] == 1
    assert "kettle" not in text
    assert load(folder / "none.toml") == Accuracy()


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("x", b"", "holds no labels: neither gold.jsonl nor credits.jsonl"),
        ("gold.jsonl", b'{"id": "a"}\n', "pages holds none of the labelled pages"),
        ("gold.jsonl", b"{\n", "Expecting property name"),
        ("gold.jsonl", b'{"di": "a"}\n', "a label lacks 'id'"),
    ],
)
def test_what_cannot_be_counted_is_one_line(folder: Path, capsys: pytest.CaptureFixture[str], name: str, body: bytes, told: str) -> None:
    (folder / name).write_bytes(body)
    assert measure.main([str(folder)]) == 2
    assert told in capsys.readouterr().err
    assert measure.main([]) == 2


def test_a_torn_page_is_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "gold.jsonl").write_text(json.dumps(label("a")), "utf-8")
    (folder / "pages/a.html.gz").write_bytes(gzip.compress(b"x" * 9)[:-9])
    assert measure.main([str(folder)]) == 2
    assert capsys.readouterr().err.startswith("cannot count on ")
