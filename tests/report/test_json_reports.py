import json
from collections.abc import Callable
from typing import Any

import pytest

from checker.model import Finding, Outcome, PageReport
from checker.report import FACTS, FORMATS, make
from checker.report.encode import dumps
from checker.report.run import Closing, Look, Run

Finds = Callable[..., Finding]
Reports = Callable[..., PageReport]
Closes = Callable[..., Closing]


def written(name: str, run: Run, *pages: PageReport, closing: Closing, formats: dict[str, str] = FORMATS) -> str:
    report = make(name, formats, Look())
    return report.start(run) + "".join(report.page(page) for page in pages) + report.end(closing)


@pytest.fixture
def pages(finding: Finds, report: Reports, unread: PageReport) -> tuple[PageReport, ...]:
    return (report(finding(), finding(outcome=Outcome.NEEDS_REVIEW, anchor="b")), unread, PageReport("empty", "skipped", "empty", detail="no page"))


def test_the_json_report_is_what_its_schema_says(run: Run, pages: tuple[PageReport, ...], closing: Closes) -> None:
    from checker.schemas import validate

    whole = json.loads(written("json", run, *pages, closing=closing(*pages)))
    assert validate("report", whole) == []
    assert [page["status"] for page in whole["pages"]] == ["checked", "not_checked", "skipped"]
    assert [finding["outcome"] for finding in whole["findings"]] == ["violation", "needs_review"]
    assert whole["findings"][0]["line"] == 12
    assert whole["findings"][0]["evidence"][0]["column"] == 5
    assert whole["summary"]["inputs"] == {
        "discovered": 3,
        "checked": 1,
        "not_checked": 1,
        "skipped": 1,
        "deduplicated": 0,
        "excluded": 0,
        "unchanged": 0,
    }
    assert whole["summary"]["not_checked"] == {"not_html": 1}
    assert whole["complete"] is False
    assert whole["run"]["duration_seconds"] == 0.5


def test_an_empty_json_report_is_one_too(run: Run, closing: Closes) -> None:
    from checker.schemas import validate

    whole = json.loads(written("json", run, closing=closing(code=4, name="no inputs")))
    assert validate("report", whole) == []
    assert (whole["pages"], whole["findings"]) == ([], [])


def test_every_line_of_json_lines_is_what_its_schema_says(run: Run, pages: tuple[PageReport, ...], closing: Closes) -> None:
    from checker.schemas import validate

    lines = [json.loads(line) for line in written("jsonl", run, *pages, closing=closing(*pages)).splitlines()]
    assert [line["type"] for line in lines] == ["run_start", "page", "finding", "finding", "page", "page", "run_end"]
    assert [fault for line in lines for fault in validate("report-line", line)] == []
    assert lines[-1]["exit"]["code"] == 1


def test_only_run_may_differ_between_equal_runs(run: Run, pages: tuple[PageReport, ...], closing: Closes) -> None:
    first = json.loads(written("json", run, *pages, closing=closing(*pages)))
    for name in ("started_at", "duration_seconds", "statistics"):
        assert name in first["run"]
        assert name not in {key for member in first if member != "run" for key in _keys(first[member])}


def _keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(_keys(each) for each in value.values()))
    return set().union(*(_keys(each) for each in value)) if isinstance(value, list) else set()


def test_page_and_finding_keys_are_the_same_for_every_input(run: Run, pages: tuple[PageReport, ...], closing: Closes) -> None:
    whole = json.loads(written("json", run, *pages, closing=closing(*pages)))
    assert len({tuple(page) for page in whole["pages"]}) == 1
    assert len({tuple(finding) for finding in whole["findings"]}) == 1


def test_facts_have_the_same_keys_for_an_unread_page(run: Run, report: Reports, unread: PageReport, closing: Closes) -> None:
    from checker.schemas import validate

    lines = [json.loads(line) for line in written("jsonl", run, report(), unread, closing=closing(), formats=FACTS).splitlines()]
    assert [fault for line in lines for fault in validate("facts", line)] == []
    assert set(lines[0]) == set(lines[1])
    assert lines[1]["error"] == {"reason": "not_html", "detail": "it is a PNG image"}
    assert {key for key, value in lines[1].items() if value is not None} == {"source", "error"}
    assert json.loads(written("json", run, report(), unread, closing=closing(), formats=FACTS)) == lines
    assert json.loads(written("json", run, closing=closing(), formats=FACTS)) == []


def test_facts_leave_out_places_without_a_page(run: Run, closing: Closes) -> None:
    skipped = PageReport("empty", "skipped", "empty")
    assert written("jsonl", run, skipped, closing=closing(), formats=FACTS) == ""


def test_half_a_surrogate_pair_survives() -> None:
    text = dumps({"name": "\ud800 caf\u00e9"})
    assert text.encode("utf-8")
    assert json.loads(text) == {"name": "\ud800 caf\u00e9"}


def test_an_unknown_format_names_the_nearest() -> None:
    from checker.errors import BadConfig

    with pytest.raises(BadConfig, match="did you mean jsonl"):
        make("jsonll", FORMATS, Look())
