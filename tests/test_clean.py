"""Nothing fires on good pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.api import check
from checker.model import PageReport

CLEAN = sorted((Path(__file__).parent.parent / "fixtures" / "clean").glob("*.html"))


@pytest.fixture(scope="module", params=CLEAN, ids=lambda path: path.stem)
def report(request: pytest.FixtureRequest) -> PageReport:
    path: Path = request.param
    return check(path)


def test_there_are_enough_pages_in_enough_languages() -> None:
    assert len(CLEAN) >= 8
    assert len({path.stem.split("-")[0] for path in CLEAN}) >= 6


def test_no_rule_fires(report: PageReport) -> None:
    assert report.status == "checked", report.detail
    assert not report.problems
    assert [f"{finding.rule} {finding.message}" for finding in report.findings] == []


def test_the_verdicts_are_those_of_a_good_page(report: PageReport) -> None:
    assert report.page is not None
    verdicts = report.page.verdicts
    assert verdicts.affiliate_notice in ("clear_before", "not_needed")
    assert verdicts.author in ("person", "not_applicable")
    assert verdicts.image_credits in ("all", "no_content_images")
    assert report.page.language == Path(report.source).stem.split("-")[0]
