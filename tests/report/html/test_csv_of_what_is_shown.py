"""The table for spreadsheets: what the filters leave, in the order of the list, with no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checker.facts import Page
from checker.model import Finding, PageReport
from tests.report.html.conftest import said

Reads = Callable[..., Any]


def saved(reader: Any) -> list[dict[str, str]]:
    with reader.tab.expect_download() as download:
        reader.tab.get_by_role("button", name="CSV").click()
    assert download.value.suggested_filename.endswith(".csv")
    body = Path(download.value.path()).read_bytes()
    # By this spreadsheets know that it is UTF-8.
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True))


def kind(finding: dict[str, Any]) -> str:
    return "question" if finding["outcome"] == "needs_review" else str(finding["severity"])


@pytest.mark.parametrize(
    "place", ["#view=pages", "#view=pages&network=amazon&state=wrong&sort=title", "#view=pages&q=kettle", "#view=pages&state=ok"]
)
def test_a_line_for_each_finding_of_the_pages_that_are_shown(reads: Reads, told: Any, place: str) -> None:
    reader = reads(told.path, place)
    lines = saved(reader)
    shown = reader.rows
    assert list(dict.fromkeys(line["page"] for line in lines)) == shown
    pages = {page["source"]: page for page in told.pages}
    due = [(source, finding) for source in shown for finding in told.findings(source) or [None]]
    assert len(lines) == len(due)
    for line, (source, finding) in zip(lines, due, strict=True):
        page = pages[source]
        assert (line["title"], line["address"], line["author"]) == (page["title"] or "", page["url"] or "", "; ".join(page["authors"]))
        assert (line["section"], line["published"]) == (page["section"] or "", page["published"] or "")
        if finding is None:
            assert line["rule"] == line["fingerprint"] == ""
            continue
        assert (line["rule"].split()[0], line["finding"], line["fingerprint"]) == (
            finding["rule"],
            said(finding),
            finding["fingerprint"],
        )
        assert line["what to do"].endswith(finding["fix"])
        assert line["sentence to paste"] == (finding["paste"] or "")
        assert line["line"] == str(finding["evidence"][0]["line"] or "")


def test_of_the_findings_those_that_are_meant(reads: Reads, told: Any) -> None:
    lines = saved(reads(told.path, "#view=pages&rule=AUT510&severity=question"))
    due = [finding for finding in told.findings() if finding["rule"] == "AUT510" and kind(finding) == "question"]
    assert [line["fingerprint"] for line in lines] == [finding["fingerprint"] for finding in due]
    lines = saved(reads(told.path, "#view=pages&rule=PRG101"))
    assert {line["rule"].split()[0] for line in lines} == {"PRG101"}
    assert len(lines) == sum(finding["rule"] == "PRG101" for finding in told.findings())


def test_all_rows_though_few_are_drawn(reads: Reads, written: Callable[..., Path], report: Callable[..., PageReport]) -> None:
    reader = reads(written(*(replace(report(), source=f"{nth}.html") for nth in range(250))), "#view=pages&sort=source")
    assert len(reader.rows) < 250
    assert [line["page"] for line in saved(reader)] == [f"{nth}.html" for nth in range(250)]


@pytest.mark.parametrize(
    "start",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1+1",
        "\n=1",
        " =1",
        "\uff1d1+1",
        "\uff0b1",
        "\uff0d1",
        "\uff20x",
        '=HYPERLINK("https://evil.example","x")',
        "=cmd|' /C calc'!A0",
    ],
)
def test_nothing_becomes_a_formula(
    reads: Reads, written: Callable[..., Path], page: Page, finding: Callable[..., Finding], report: Callable[..., PageReport], start: str
) -> None:
    hostile = finding(message=start, fix=start, paste=start, fingerprint=start, rule="AFF001")
    lines = saved(reads(written(replace(report(hostile, page=replace(page, title=start)), source=start)), "#view=pages"))
    (line,) = lines
    for name, value in line.items():
        assert not value.lstrip().startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")), name
    # Nothing else is done to it.
    shown = " ".join(start.split()) if start[0].isspace() else start
    assert line["finding"].lstrip("' ").endswith(shown.lstrip())


def test_texts_of_any_kind_survive(
    reads: Reads, written: Callable[..., Path], page: Page, finding: Callable[..., Finding], report: Callable[..., PageReport]
) -> None:
    texts = ["記事 – „Töpfe“", 'تودة, "عليها"', "a;b,c\"d'e", "👩‍💻 \\n", "x" * 299]
    pages = [replace(report(finding(message=text), page=replace(page, title=text)), source=f"{nth}.html") for nth, text in enumerate(texts)]
    lines = saved(reads(written(*pages), "#view=pages&sort=source"))
    assert [line["title"] for line in lines] == texts
    assert [line["finding"] for line in lines] == texts
