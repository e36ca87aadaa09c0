"""Ways in which a gate could be talked into passing, each of them once tried with success."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Call = Callable[..., Result]
BAD = """<!doctype html><html lang="en"><head><title>The kettle</title>{head}</head><body><article><h1>The kettle</h1><p>By Jane Doe</p>
<p>Get <a rel="sponsored" href="https://www.amazon.com/dp/B{number:09}?tag=teablog-20">the kettle</a>.</p></article>{foot}</body></html>"""
ARCHIVE = '[[waive]]\nurl = "https://www.example.com/archive/**"\nrules = ["AFF*", "PRG*"]\nreason = "old"\n'
CLAIM = '<link rel="canonical" href="https://www.example.com/archive/x"><meta property="og:url" content="https://www.example.com/archive/x">'


def page(path: Path, number: int = 1, head: str = "", foot: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(BAD.format(head=head, number=number, foot=foot), "utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def settings(folder: Path, text: str) -> None:
    (folder / "disclosure-checker.toml").write_text(text, "utf-8")


def test_a_page_that_was_fetched_does_not_choose_its_address(folder: Path, call: Call) -> None:
    settings(folder, ARCHIVE)
    text = page(folder / "evil.html", head=CLAIM).read_text("utf-8")
    assert call("check", "-", "--stdin-url", "https://other.example/new", "--quiet", stdin=text).exit_code == 1
    settings(folder, '[[overrides]]\nurl = "https://www.example.com/archive/**"\nignore = ["AFF", "PRG"]\n')
    assert call("check", "-", "--stdin-url", "https://other.example/new", "--quiet", stdin=text).exit_code == 1


def test_a_page_whose_address_the_settings_know_does_not_choose_another(folder: Path, call: Call) -> None:
    settings(folder, ARCHIVE + '[[source-map]]\nurl = "https://www.example.com/*"\npath = "*"\n')
    page(folder / "evil.html", head=CLAIM)
    assert call("check", "evil.html", "--quiet").exit_code == 1
    page(folder / "archive" / "old.html")
    assert call("check", "archive/old.html", "--quiet").exit_code == 0


def test_large_letters_in_an_address_change_nothing(folder: Path, call: Call) -> None:
    settings(folder, '[[overrides]]\nurl = "https://www.example.com/strict/**"\nseverity = { PRG101 = "error" }\n')
    text = page(folder / "a.html").read_text("utf-8")
    result = call("check", "-", "--stdin-url", "HTTPS://WWW.EXAMPLE.COM/strict/a", "--output", "json", stdin=text)
    assert {"PRG101": "error"}.items() <= {each["rule"]: each["severity"] for each in json.loads(result.stdout)["findings"]}.items()


def test_a_page_outside_has_no_name_of_one_inside(folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "conf").mkdir()
    settings(folder / "conf", '[[waive]]\npath = "index.html"\nrules = ["AFF*", "PRG*"]\nreason = "known"\n')
    page(folder / "y" / "index.html")
    monkeypatch.chdir(folder / "y")
    assert call("check", "index.html", "--config", "../conf/disclosure-checker.toml", "--quiet").exit_code == 1


def test_settings_hold_for_what_was_named_not_for_what_was_found(folder: Path, call: Call) -> None:
    page(folder / "site" / "blog" / "x.html")
    settings(folder / "site", 'fail-on = "info"\n')
    settings(folder / "site" / "blog", 'fail-on = "never"\n')
    assert call("check", "site/", "--quiet").exit_code == 1


def test_a_gate_without_a_rule_is_an_error(folder: Path, call: Call) -> None:
    page(folder / "bad.html")
    waiting = call("check", "bad.html", "--select", "AFF006")
    assert (waiting.exit_code, waiting.stdout) == (2, "")
    assert "need what this run does not have: AFF006 (rendered)" in waiting.stderr
    for text in ('ignore = ["*"]', 'select = ["AFF006"]'):
        settings(folder, f'[[overrides]]\npath = "**"\n{text}\n')
        assert call("check", "bad.html").exit_code == 2
    # Two overrides that only together leave nothing: the page is not checked, and that is loud.
    settings(folder, '[[overrides]]\npath = "**"\nselect = ["AFF"]\n[[overrides]]\npath = "bad.html"\nignore = ["AFF"]\n')
    assert call("check", "bad.html").exit_code == 3


def test_a_report_is_never_written_over_the_settings(folder: Path, call: Call) -> None:
    page(folder / "bad.html")
    settings(folder, 'fail-on = "info"\n')
    for name in ("json", "jsonl"):
        result = call("check", "bad.html", "--output", f"{name}=disclosure-checker.toml")
        assert (result.exit_code, "it holds the settings" in result.stderr) == (2, True)
    assert (folder / "disclosure-checker.toml").read_text() == 'fail-on = "info"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('mandatory = ["AFF001"]\n[severity]\nAFF001 = "info"\n', "AFF001 is mandatory and cannot be made lighter than its profiles make it (error)"),
        ('mandatory = ["AFF001"]\n[[overrides]]\npath = "x/**"\nseverity = { AFF = "warning" }\n', "AFF001 is mandatory and cannot be made lighter"),
        ('mandatory = ["AFF006"]\n', "AFF006 is mandatory and cannot be judged in this run: it needs rendered"),
        ('mandatory = ["AFF018"]\nprofiles = ["auto"]\n', "AFF018 is mandatory, and no profile of"),
    ],
)
def test_mandatory_means_judged_everywhere_and_not_lighter(folder: Path, call: Call, text: str, said: str) -> None:
    page(folder / "bad.html")
    settings(folder, text)
    result = call("check", "bad.html")
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr


def test_nobody_takes_a_mandatory_rule_out_again(folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    page(folder / "bad.html")
    settings(folder, 'mandatory = ["AFF001"]\n')
    monkeypatch.setenv("DISCLOSURE_CHECKER_MANDATORY", "IMG401")
    assert call("check", "bad.html", "--ignore", "AFF001").exit_code == 2


def test_standard_input_without_an_address_is_another_page_each_time(folder: Path, call: Call) -> None:
    first, second = (page(folder / f"{n}.html", n).read_text("utf-8") for n in (1, 2))
    call("baseline", "create", "-", "--baseline", "b.jsonl", stdin=first)
    assert call("check", "-", "--baseline", "b.jsonl", "--quiet", stdin=second).exit_code == 1


def test_a_named_page_that_is_absent_is_told_even_where_it_would_be_left_out(folder: Path, call: Call) -> None:
    page(folder / "bad.html")
    settings(folder, 'exclude = ["public/**"]\nfail-on = "never"\n')
    assert call("check", "public/nope.html", "bad.html").exit_code == 3


def test_a_report_keeps_in_mind_that_its_baseline_is_strict(folder: Path, call: Call) -> None:
    page(folder / "bad.html")
    call("baseline", "create", "bad.html", "--baseline", "b.jsonl")
    page(folder / "bad.html").write_text("<!doctype html><html lang=en><title>Tea</title><h1>Tea</h1><p>By Jane Doe</p><p>Tea is good.</p>")
    assert call("check", "bad.html", "--baseline", "b.jsonl", "--strict-baseline", "--output", "json=s.json").exit_code == 1
    assert call("report", "s.json", "--fail-on", "warning").exit_code == 1


def test_readers_waive_nothing(folder: Path, call: Call) -> None:
    said = '<section id="comments" class="comments"><h2>Comments</h2><ol class="comment-list"><li class="comment"><p>{}Nice.</p></li></ol></section>'
    page(folder / "bad.html", foot=said.format("<!-- disclosure-checker: ignore-file AFF001 -- I like it -->"))
    found = {each["rule"]: each["state"] for each in json.loads(call("check", "bad.html", "--output", "json").stdout)["findings"]}
    assert found["AFF001"] == "new"
    assert "WVR601" in found


def test_a_dot_is_no_reason(folder: Path, call: Call) -> None:
    page(folder / "bad.html", head="<!-- disclosure-checker: ignore-file AFF001 -- . -->")
    assert call("check", "bad.html", "--quiet").exit_code == 1


ALIKE = """<!doctype html><html lang="en"><title>Pots</title><body><article><h1>Pots</h1><p>By Jane Doe</p>
<p>We bought three pots and used them daily.</p>
<figure><img src="a/photo.jpg" width="800" height="600" alt="A pot"></figure>
{waived}<figure><img src="b/photo.jpg" width="800" height="600" alt="A pan"></figure>
<p>We earn a commission when you buy through links here.</p>
<p>Get <a href="https://www.amazon.com/dp/B000000001?tag=teablog-20">the pot</a>.</p></article></body></html>"""


def test_a_repair_acquits_nothing_else(folder: Path, call: Call) -> None:
    (folder / "a.html").write_text(ALIKE.format(waived="<!-- disclosure-checker: ignore-next IMG401 -- ours -->"), "utf-8")
    codes = [call("check", "a.html", "--quiet", "--ignore", "AFF,PRG", *more).exit_code for more in ([], ["--fix"], [])]
    assert codes == [1, 1, 1]


def test_a_repair_leaves_a_baseline_its_counts(folder: Path, call: Call) -> None:
    (folder / "a.html").write_text(ALIKE.format(waived=""), "utf-8")
    call("baseline", "create", "a.html", "--select", "IMG401", "--baseline", "b.jsonl")
    text = (folder / "b.jsonl").read_text()
    assert '"count": 2' in text
    (folder / "b.jsonl").write_text(text.replace('"count": 2', '"count": 1'))
    common = ("check", "a.html", "--quiet", "--ignore", "AFF,PRG", "--baseline", "b.jsonl")
    assert [call(*common, *more).exit_code for more in ([], ["--fix"], [])] == [1, 1, 1]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_pages_stay_as_they_are_where_a_report_cannot_be_written(folder: Path, call: Call) -> None:
    (folder / "a.html").write_text(ALIKE.format(waived=""), "utf-8")
    before = (folder / "a.html").read_bytes()
    assert call("check", "a.html", "--fix", "--output", "json=/dev/full").exit_code == 2
    assert (folder / "a.html").read_bytes() == before
