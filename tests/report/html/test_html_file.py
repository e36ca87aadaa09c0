"""What the HTML report is made of: a policy that names its script and style, and data that is nothing but data."""

import base64
import hashlib
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checker.errors import BadConfig
from checker.facts import Region
from checker.model import Finding, PageReport
from checker.outline import OutlineBlock
from checker.report import FORMATS, make
from checker.report.html.page_details import BLOCK_COLUMNS
from checker.report.run import Closing, Look, Run

Finds = Callable[..., Finding]
Reports = Callable[..., PageReport]
Closes = Callable[..., Closing]


def written(run: Run, reports: tuple[PageReport, ...], closing: Closing, look: Look | None = None) -> str:
    made = make("html", FORMATS, look or Look())
    return made.start(run) + "".join(made.page(each) for each in reports) + made.end(closing)


def policy(text: str) -> dict[str, list[str]]:
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert found
    parts = (part.strip().split() for part in found[1].replace("&#39;", "'").split(";"))
    return {part[0]: part[1:] for part in parts}


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def data(text: str, name: str) -> Any:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.fixture
def text(run: Run, report: Reports, finding: Finds, closing: Closes) -> str:
    page = report(finding())
    return written(run, (page,), closing(page))


def test_the_policy_names_the_one_script_and_the_one_style(text: str) -> None:
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert policy(text) == {
        "default-src": ["'none'"],
        "script-src": [hashed(scripts[0])],
        "style-src": [hashed(styles[0])],
        "img-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    assert (len(scripts), len(styles)) == (1, 1)
    assert "style=" not in text.partition("</style>")[2].partition("<script>")[0]


def test_the_policy_stands_before_all_that_it_is_about(text: str) -> None:
    assert text.index("Content-Security-Policy") < min(text.index("<style"), text.index("<script"), text.index("<body"))


def test_a_report_of_a_folder_may_show_what_lies_beside_it(run: Run, report: Reports, closing: Closes) -> None:
    told = policy(written(run, (report(),), closing(), Look(folder=Path("out"))))
    assert told["frame-src"] == ["file:", "'self'"]
    assert told["img-src"] == ["data:", "file:", "'self'"]
    assert "connect-src" not in told


def test_only_a_report_that_is_served_may_ask_whether_there_is_a_newer_one(run: Run, report: Reports, closing: Closes) -> None:
    assert policy(written(run, (report(),), closing(), Look(refresh="/changes")))["connect-src"] == ["'self'"]


def test_text_of_pages_ends_no_element(run: Run, report: Reports, finding: Finds, closing: Closes) -> None:
    said = "</script><!--<script>alert(1)</script>\u2028\u202e\x00"
    page = report(finding(message=said, fix=said, paste=said, cause=said), source=said)
    text = written(run, (page,), closing(page))
    assert len(re.findall("<script", text)) == 4  # the run, the pages, the script, the details
    assert text.count("</script>") == 4
    (row,) = data(text, "pages")
    assert row[0] == "</script><!--<script>alert(1)</script>\u2028\ufffd\ufffd"


def test_what_it_names_as_an_earlier_report_is_known_by(text: str) -> None:
    assert '<meta name="generator" content="disclosure-checker ' in text[:3000]


def test_details_come_in_chunks_in_the_order_of_the_pages(run: Run, report: Reports, finding: Finds, closing: Closes) -> None:
    pages = tuple(report(finding(message=f"No. {number}"), source=f"{number}.html") for number in range(60))
    text = written(run, pages, closing(*pages))
    size = data(text, "run")["chunk"]
    assert [row[0] for row in data(text, "pages")] == [page.source for page in pages]
    for number in range(60):
        assert data(text, f"details-{number // size}")[number % size]["findings"][0]["message"] == f"No. {number}"
    assert f'id="details-{59 // size + 1}"' not in text


def test_a_block_leaves_out_what_is_usual_at_its_end(run: Run, report: Reports, closing: Closes) -> None:
    blocks = (
        OutlineBlock("paragraph", Region.ARTICLE, "Tea.", (), length=4),
        OutlineBlock("heading", Region.TITLE_AREA, "Tea", ("notice:1", "link:2"), hidden=True, level=2, length=3),
        OutlineBlock("gap", Region.ARTICLE, count=7, length=90),
    )
    page = report(outline=blocks)
    text = written(run, (page,), closing(page))
    (told,) = data(text, "details-0")
    lists = data(text, "run")["lists"]
    whole = [dict(zip(BLOCK_COLUMNS, [*block, *list(BLOCK_COLUMNS.values())[len(block) :]], strict=True)) for block in told["outline"]]
    assert [(lists["kinds"][each["kind"]], lists["regions"][each["region"]]) for each in whole] == [
        ("paragraph", "article"), ("heading", "title_area"), ("gap", "article"),
    ]  # fmt: skip
    assert [(each["text"], each["marks"], each["level"], each["hidden"], each["count"]) for each in whole] == [
        ("Tea.", "", None, 0, 1), ("Tea", "notice:1 link:2", 2, 1, 1), ("", "", None, 0, 7),
    ]  # fmt: skip
    assert len(told["outline"][0]) == 5


def test_without_the_extra_it_is_said_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(BadConfig, match=r"the HTML report needs the extra report: pip install 'disclosure-checker\[report\]'"):
        make("html", FORMATS, Look())


def test_those_without_scripts_read_what_is_wrong(run: Run, report: Reports, finding: Finds, closing: Closes, unread: PageReport) -> None:
    page = report(finding(message="No <b>notice</b>."))
    plain = written(run, (page, unread), closing(page, unread)).partition("<noscript>")[2].partition("</noscript>")[0]
    assert "No &lt;b&gt;notice&lt;/b&gt;." in plain
    assert "1 not checked" in plain
    assert "it is a PNG image" in plain
