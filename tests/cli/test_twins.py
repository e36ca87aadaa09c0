"""Pages of one story through the whole program: gate, waivers, baseline, cache, journal, repairs, saved and merged reports."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from checker.report import FORMATS

Call = Callable[..., Result]
HOME = "https://tea.example"
NOTICE = "<p>We earn a commission when you buy through links on this page.</p>"
LINK = '<p>Get <a rel="sponsored" href="https://www.amazon.com/dp/B000000001?tag=teablog-20">the kettle</a> at Amazon.</p>'


def page(head: str, text: str, kind: str = "", by: str = "<p>By Ada Quill</p>") -> str:
    return f"""<!doctype html><html{kind} lang="en"><head><meta property="og:type" content="article"><title>Tea</title>{head}</head>
<body><article><h1>Tea</h1>{by}
{text}</article></body></html>"""


def canonical(path: str) -> str:
    return f'<link rel="canonical" href="{HOME}{path}">'


MAIN = page(f'{canonical("/tea")}<link rel="amphtml" href="{HOME}/amp/tea">', NOTICE + "\n" + LINK)
TWIN = page(canonical("/tea"), LINK, " amp")


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A story whose twin, which is read after it, has lost the notice."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.html").write_text(MAIN, "utf-8")
    (tmp_path / "b.html").write_text(TWIN, "utf-8")
    return tmp_path


def check(call: Call, *words: str, code: int = 1) -> dict[str, Any]:
    result = call("check", *words, "--output", "json=report.json")
    assert result.exit_code == code, result.output
    found: dict[str, Any] = json.loads(Path("report.json").read_text("utf-8"))
    return found


def twins(report: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in report["findings"] if each["rule"] == "AFF024"]


def test_the_finding_lets_the_gate_fail(story: Path, call: Call) -> None:
    report = check(call, ".", "--select", "AFF024")
    (found,) = twins(report)
    assert (found["source"], found["severity"], found["page_key"], found["line"]) == ("b.html", "warning", f"{HOME}/tea", 3)
    assert report["summary"]["twins"] == {"compared": 1, "not_compared": 0}
    assert [page["outcomes"].get("AFF024") for page in report["pages"]] == [None, "violation"]
    check(call, ".", "--select", "AFF024", "--fail-on", "error", code=0)
    assert twins(check(call, ".", "--ignore", "AFF024")) == []


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_every_format_tells_it(story: Path, call: Call, kind: str) -> None:
    call("check", ".", "--select", "AFF024", "--output", f"{kind}=told")
    assert "AFF024" in Path("told").read_text("utf-8")


def test_a_twin_that_is_not_read_passes_nothing(story: Path, call: Call) -> None:
    result = call("check", "a.html", "--select", "AFF024")
    assert result.exit_code == 0
    assert "AMP twins: 0 compared, 1 declared but not checked" in result.stdout
    assert check(call, "a.html", "--select", "AFF024", code=0)["pages"][0]["outcomes"].get("AFF024") is None


def test_a_page_of_another_story_is_no_twin(story: Path, call: Call) -> None:
    (story / "b.html").write_text(TWIN.replace("/tea", "/coffee"), "utf-8")
    report = check(call, ".", "--select", "AFF024", code=0)
    assert report["summary"]["twins"] == {"compared": 0, "not_compared": 2}


def test_settings_and_directives_waive_it(story: Path, call: Call) -> None:
    (story / "disclosure-checker.toml").write_text('[[waive]]\nrules = ["AFF024"]\npath = "b.html"\nreason = "soon"\n', "utf-8")
    report = check(call, ".", "--select", "AFF024", code=0)
    assert [(each["state"], each["waiver"]["kind"]) for each in twins(report)] == [("suppressed", "settings")]
    (story / "disclosure-checker.toml").unlink()
    for name, text in (("a.html", MAIN), ("b.html", TWIN)):
        (story / "a.html").write_text(MAIN, "utf-8")
        (story / "b.html").write_text(TWIN, "utf-8")
        directive = "<!-- disclosure-checker: ignore-file AFF024 -- the template is being mended -->"
        (story / name).write_text(text.replace("<body>", f"<body>{directive}"), "utf-8")
        report = check(call, ".", "--select", "AFF024", code=0)
        assert [(each["state"], each["waiver"]["kind"]) for each in twins(report)] == [("suppressed", "inline")], name
        assert report["summary"]["findings"]["suppressed"] == 1
    statuses = [(each["status"], each["findings"]) for each in report["pages"][1]["waivers"]]
    assert statuses == [("used", 1)]


def test_a_mandatory_rule_is_not_waived(story: Path, call: Call) -> None:
    (story / "disclosure-checker.toml").write_text('mandatory = ["AFF024"]\n', "utf-8")
    (story / "b.html").write_text(TWIN.replace("<body>", "<body><!-- disclosure-checker: ignore-file AFF024 -- no -->"), "utf-8")
    assert [each["state"] for each in twins(check(call, "."))] == ["new"]


def test_other_choices_for_the_pages_that_lack_it(story: Path, call: Call) -> None:
    (story / "disclosure-checker.toml").write_text('[[overrides]]\npath = "b.html"\nignore = ["AFF024"]\n', "utf-8")
    for order in (("a.html", "b.html"), ("b.html", "a.html")):
        assert twins(check(call, *order)) == []
    (story / "disclosure-checker.toml").write_text('[[overrides]]\npath = "b.html"\nseverity = { AFF024 = "info" }\n', "utf-8")
    for order in (("a.html", "b.html"), ("b.html", "a.html")):
        assert [each["severity"] for each in twins(check(call, *order))] == ["info"]


def test_a_baseline_knows_it_in_either_order(story: Path, call: Call) -> None:
    assert call("baseline", "create", ".", "--select", "AFF024", "--baseline", "known.jsonl").exit_code == 0
    for order in (("a.html", "b.html"), ("b.html", "a.html")):
        report = check(call, *order, "--select", "AFF024", "--baseline", "known.jsonl", "--strict-baseline", code=0)
        assert [each["state"] for each in twins(report)] == ["baselined"]
    (story / "b.html").write_text(TWIN.replace(LINK, NOTICE + LINK), "utf-8")
    check(call, ".", "--select", "AFF024", "--baseline", "known.jsonl", "--strict-baseline", code=1)


def test_what_is_cached_and_resumed_is_compared_anew(story: Path, call: Call) -> None:
    words = (".", "--select", "AFF024", "--cache-dir", "kept", "--reproducible")
    first, again = check(call, *words), check(call, *words)
    assert first == again
    # The story is as it was, and its twin has changed.
    (story / "b.html").write_text(TWIN.replace(LINK, NOTICE + LINK), "utf-8")
    report = check(call, *words, code=0)
    assert [each["outcomes"].get("AFF024") for each in report["pages"]] == [None, "pass"]


def test_a_journal_brings_the_same_findings(story: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    from checker.scale.journal import Journal

    whole = check(call, ".", "--reproducible", "--jobs", "1")
    with monkeypatch.context() as patched:
        patched.setattr(Journal, "done", lambda _: None)
        check(call, ".", "--reproducible", "--jobs", "1", "--journal", "run.journal")
    assert check(call, ".", "--reproducible", "--jobs", "1", "--journal", "run.journal", "--resume") == whole


def test_saved_and_merged_reports_keep_it(story: Path, call: Call) -> None:
    whole = check(call, ".", "--select", "AFF024", "--reproducible")
    Path("whole.json").write_text(json.dumps(whole), "utf-8")
    assert call("report", "whole.json", "--output", "json=shown.json").exit_code == 0
    shown = json.loads(Path("shown.json").read_text("utf-8"))
    assert [shown[name] for name in ("pages", "findings", "summary")] == [whole[name] for name in ("pages", "findings", "summary")]
    for name in ("a", "b"):
        call("check", f"{name}.html", "--select", "AFF024", "--output", f"json={name}.json")
    call("report", "a.json", "b.json", "--output", "json=merged.json")
    # Twins in different parts are not compared, and it is said so.
    assert json.loads(Path("merged.json").read_text("utf-8"))["summary"]["twins"] == {"compared": 0, "not_compared": 2}


def test_it_can_be_explained(story: Path, call: Call) -> None:
    fingerprint = twins(check(call, "."))[0]["fingerprint"]
    result = call("explain", fingerprint, "--report", "report.json")
    assert result.exit_code == 0
    assert "twins-share-notice" in result.stdout
    assert "AMP twin" in call("explain", "AFF024").stdout


def test_a_repair_of_the_twin_is_seen(story: Path, call: Call) -> None:
    report = check(call, ".", "--fix", "--unsafe", "--select", "AFF001,AFF024", code=0)
    assert [each["outcomes"].get("AFF024") for each in report["pages"]] == [None, "pass"]
    assert check(call, ".", "--select", "AFF001,AFF024", code=0)["findings"] == []


def test_a_repair_of_the_first_page_is_seen_by_the_second(story: Path, call: Call) -> None:
    report = check(call, "b.html", "a.html", "--fix", "--unsafe", "--select", "AFF001,AFF024", code=0)
    assert [each["outcomes"].get("AFF024") for each in report["pages"]] == [None, "pass"]


def test_another_repair_leaves_the_finding_there(story: Path, call: Call) -> None:
    (story / "b.html").write_text(TWIN.replace(' rel="sponsored"', ""), "utf-8")
    report = check(call, ".", "--fix", "--select", "LNK201,AFF024")
    assert [each["rule"] for each in report["findings"]] == ["AFF024"]
    assert 'rel="sponsored"' in (story / "b.html").read_text("utf-8")


# Parts.


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A piece of three pages, of which only the first names its author."""
    monkeypatch.chdir(tmp_path)
    text = "<p>Boil fresh water and wait for four minutes before you pour the tea.</p>"
    heads = (
        f'{canonical("/tea")}<link rel="next" href="{HOME}/tea/2">',
        f'{canonical("/tea/2")}<link rel="prev" href="{HOME}/tea"><link rel="next" href="{HOME}/tea/3">',
        f'{canonical("/tea/3")}<link rel="prev" href="{HOME}/tea/2">',
    )
    for number, head in enumerate(heads, start=1):
        (tmp_path / f"{number}.html").write_text(page(head, text, by="<p>By Ada Quill</p>" if number == 1 else ""), "utf-8")
    return tmp_path


def authors(report: dict[str, Any]) -> list[str]:
    return [page["outcomes"]["AUT501"] for page in report["pages"]]


def test_the_author_of_the_first_page_is_that_of_all(parts: Path, call: Call) -> None:
    report = check(call, ".", "--select", "AUT501", code=0)
    assert authors(report) == ["pass", "pass", "pass"]
    assert report["findings"] == []
    assert [each["story"]["key"] for each in report["pages"]] == [f"{HOME}/tea"] * 3
    assert [each["story"]["role"] for each in report["pages"]] == ["main", "part", "part"]


def test_a_part_alone_is_a_question(parts: Path, call: Call) -> None:
    report = check(call, "2.html", "--select", "AUT501", code=0)
    assert authors(report) == ["needs_review"]
    question = "Is the author named on the first page of this piece?"
    assert report["findings"][0]["review"] == {"reason": "continues_another", "question": question, "yes": "fine"}
    assert f"{HOME}/tea" in report["findings"][0]["message"]


def test_a_piece_without_an_author_is_told_once(parts: Path, call: Call) -> None:
    first = parts / "1.html"
    first.write_text(first.read_text("utf-8").replace("<p>By Ada Quill</p>", ""), "utf-8")
    assert authors(check(call, ".", "--select", "AUT501")) == ["violation", "needs_review", "needs_review"]


def test_a_notice_on_the_first_page_does_not_speak_for_the_second(parts: Path, call: Call) -> None:
    for name, more in (("1.html", NOTICE), ("2.html", LINK)):
        path = parts / name
        path.write_text(path.read_text("utf-8").replace("<p>Boil", f"{more}<p>Boil"), "utf-8")
    report = check(call, ".", "--select", "AFF001,AFF024")
    assert [(each["source"], each["rule"]) for each in report["findings"]] == [("2.html", "AFF001")]
