from pathlib import Path

import pytest

import checker
from checker import check, load_rules, read
from checker.errors import BadConfig, CheckerError
from checker.facts import Page
from checker.model import NotCheckedReason, Outcome, PageReport

PAID = """<!doctype html><html lang="en"><head><title>The best kettle</title></head><body><article><h1>The best kettle</h1>
<p>By Jane Doe</p><p>After a month of tea we would buy this one again.</p>
<p>Get <a href="https://www.amazon.com/dp/B000000001?tag=teablog-20">the kettle</a>.</p></article></body></html>"""


def test_the_public_names() -> None:
    assert checker.__all__ == ["__version__", "check", "load_rules", "read"]
    assert dir(checker) == sorted(checker.__all__)
    assert all(getattr(checker, name) is not None for name in checker.__all__)
    with pytest.raises(AttributeError, match="no attribute 'chekc'"):
        checker.chekc  # noqa: B018 # type: ignore[attr-defined]


def test_a_page_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "kettle.html"
    path.write_text(PAID, "utf-8")
    for page in (PAID, PAID.encode(), path):
        report = check(page)
        assert isinstance(report, PageReport)
        assert report.status == "checked"
        assert report.outcomes["AFF001"] is Outcome.VIOLATION
        finding = next(finding for finding in report.findings if finding.rule == "AFF001")
        assert finding.primary is not None
        assert finding.primary.line is not None


def test_a_page_is_read() -> None:
    page = read(PAID, url="https://tea.example/kettle?utm_source=x")
    assert isinstance(page, Page)
    assert [link.spot.line for link in page.links] == [3]


def test_rules_are_loaded_once_and_handed_on() -> None:
    rules = load_rules()
    assert "AFF001" in rules.rules.rules
    assert check(PAID, rules=rules).findings == check(PAID, rules=rules).findings
    assert len(rules.digest) == 64


def test_the_key_of_a_page_is_its_address_without_tracking() -> None:
    assert check(PAID, url="https://tea.example/kettle?utm_source=x").page_key == "https://tea.example/kettle"


def test_what_is_no_page_is_told(tmp_path: Path) -> None:
    assert check(b"%PDF-1.7").reason is NotCheckedReason.NOT_HTML
    assert check(tmp_path / "no.html").reason is NotCheckedReason.MISSING
    with pytest.raises(CheckerError, match="missing"):
        read(tmp_path / "no.html")


def test_an_unknown_profile_or_an_empty_pack_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match='no profile "uss"'):
        check(PAID, profiles=("uss",))
    with pytest.raises(BadConfig, match="holds no rule"):
        load_rules([tmp_path])
