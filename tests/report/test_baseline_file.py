"""A baseline is read only where every line is right; merged by git it still is, and what is wrong is told with file and line."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker import schemas
from checker.errors import BadConfig
from checker.report.baseline import Baseline, Entry
from checker.report.baseline_file import _is_entry, load

HEAD = '{"baseline_version": 1}'
GOOD: dict[str, Any] = {"page": "a.html", "rule": "AFF001", "fingerprint": "v1:" + "0" * 64, "outcome": "violation", "count": 1}

_entries = st.builds(
    Entry,
    page=st.sampled_from(["a.html", "b.html", "https://tea.example/ü?x=1", "\u2028", "z\udce9"]),
    rule=st.sampled_from(["AFF001", "IMG401", "WVR002"]),
    fingerprint=st.sampled_from(["v1:" + digit * 64 for digit in "0a"]),
    outcome=st.sampled_from(["violation", "needs_review"]),
    count=st.integers(1, 3),
    reason=st.none() | st.text(max_size=5),
    owner=st.none() | st.sampled_from(["desk", "photo"]),
)
_baselines = st.lists(_entries, max_size=8).map(Baseline.of)


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "known.jsonl"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return path


def line(**changes: Any) -> str:
    return json.dumps({name: value for name, value in (GOOD | changes).items() if value is not ...})


def spoilt(**changes: Any) -> str:
    return f"{HEAD}\n{line()}\n{line(**changes)}\n"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("", "the baseline k.jsonl is empty, and not even its first line is left; "),
        ("\n \n", "the baseline k.jsonl is empty, "),
        (b"\xff\xfe", "k.jsonl:1: this is not UTF-8 text"),
        (f"{HEAD}\n".encode() + b"\xff", "k.jsonl:2: this is not UTF-8 text"),
        ("<html>", "k.jsonl:1: this line is no JSON object (expecting value); "),
        ("[]", "k.jsonl:1: this line is no JSON object; "),
        ('{"a": ' + "[" * 100_000, "k.jsonl:1: this line is no JSON object (it is no JSON that can be read); "),
        (line(), 'k.jsonl:1: a baseline begins with {"baseline_version": 1}; '),
        ('{"type": "run_start"}', "k.jsonl:1: a baseline begins with "),
        ('{"baseline_version": 2}', "k.jsonl:1: a baseline of version 2; this program reads version 1"),
        ('{"baseline_version": "1"}', "k.jsonl:1: baseline_version: "),
        ('{"baseline_version": true}', "k.jsonl:1: baseline_version: "),
        ('{"baseline_version": 1, "by": "me"}', 'k.jsonl:1: by: unknown key "by"; allowed: baseline_version'),
        (f"{HEAD}\n\n{line()[:40]}\n", "k.jsonl:3: this line is no JSON object (unterminated string starting at"),
        (f"{HEAD}\n<<<<<<< HEAD\n{line()}\n=======\n>>>>>>> topic\n", "k.jsonl:2: a merge left its marks here; keep the lines of both sides"),
        (f"{HEAD}\n{line()}\r\n=======\r\n", "k.jsonl:3: a merge left its marks here; "),
        (spoilt(count=0), "k.jsonl:3: count: "),
        (spoilt(count=True), "k.jsonl:3: count: should be a whole number, is true"),
        (spoilt(count="1"), "k.jsonl:3: count: should be a whole number, is"),
        (spoilt(count=...), 'k.jsonl:3: "count" is missing'),
        (spoilt(page=""), "k.jsonl:3: page: should not be empty"),
        (spoilt(rule="aff001"), 'k.jsonl:3: rule: "aff001" is not right here: it is the id of a rule, such as AFF001'),
        (spoilt(fingerprint="v1:4f1d"), "k.jsonl:3: fingerprint: "),
        (spoilt(outcome="pass"), 'k.jsonl:3: outcome: "pass" is not allowed here; allowed: violation, needs_review'),
        (spoilt(reason=None), "k.jsonl:3: reason: should be text, is null"),
        (
            spoilt(reson="x"),
            'k.jsonl:3: reson: unknown key "reson"; allowed: page, rule, fingerprint, outcome, count, reason, owner; did you mean "reason"?',
        ),
        (spoilt(count=0, rule=1), "k.jsonl:3: count: "),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str | bytes, told: str) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, body).rename(tmp_path / "k.jsonl")
    with pytest.raises(BadConfig) as fault:
        load(Path("k.jsonl"))
    assert str(fault.value).startswith(told)
    assert "\n" not in str(fault.value)


def test_what_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadConfig, match=r"^there is no baseline k\.jsonl; disclosure-checker baseline create writes one$"):
        load(Path("k.jsonl"))
    with pytest.raises(BadConfig, match=r"^\. is a folder; name the file of a baseline$"):
        load(Path())
    with pytest.raises(BadConfig, match=r"^cannot read the baseline "):
        load(Path("a\0b"))


def test_a_file_without_measure_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.report.baseline_file._MOST_BYTES", 100)
    with pytest.raises(BadConfig, match="is larger than 0 MB"):
        load(written(tmp_path, spoilt()))


def test_people_and_git_may_write_it_their_way(tmp_path: Path) -> None:
    body = f"\ufeff{HEAD}\r\n\r\n{line(page='z.html')}\r\n{HEAD}\r\n  {line(reason='so', count=1.0)}"
    assert load(written(tmp_path, body)).entries == (Entry(**GOOD, reason="so"), Entry(**GOOD | {"page": "z.html"}))


@settings(max_examples=40, deadline=None)
@given(_baselines)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, baseline: Baseline) -> None:
    path = written(tmp_path_factory.mktemp("known"), baseline.text())
    assert load(path).entries == baseline.entries
    assert all(schemas.validate("baseline", json.loads(line)) == [] for line in baseline.text().split("\n") if line)


@settings(max_examples=40, deadline=None)
@given(_baselines, _baselines)
def test_the_lines_of_two_branches_put_together_are_a_baseline(tmp_path_factory: pytest.TempPathFactory, one: Baseline, other: Baseline) -> None:
    """However the lines are put together: sorted, each once, or one file behind the other."""
    folder = tmp_path_factory.mktemp("merge")
    whole = Baseline.of([*one.entries, *other.entries]).entries
    lines = [*one.text().split("\n")[:-1], *other.text().split("\n")[:-1]]
    for merged in (sorted(set(lines)), lines, [*lines, *lines[1:]]):
        assert load(written(folder, "\n".join(merged) + "\n")).entries == whole


@settings(max_examples=200, deadline=None)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            name: st.sampled_from([GOOD.get(name, "x"), "", 0, 1, True, None, 1.5, "AFF001\n", "v1:", [], {}])
            for name in (*GOOD, "reason", "owner", "more")
        },
    )
)
def test_the_quick_look_at_a_line_is_never_milder_than_the_schema(members: dict[str, Any]) -> None:
    if _is_entry(members):
        assert schemas.validate("baseline", members) == []


def test_two_branches_merge_with_git(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        options = ["-c", "user.name=Ada", "-c", "user.email=ada@tea.example", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", "-C", str(tmp_path), *options, *words], check=True, capture_output=True)

    pages = [Entry(f"p{number:02}.html", "AFF001", GOOD["fingerprint"], "violation") for number in range(40)]
    path = tmp_path / "known.jsonl"

    def commit(entries: list[Entry], message: str) -> None:
        path.write_text(Baseline.of(entries).text(), "utf-8")
        git("add", "-A")
        git("commit", "-m", message)

    git("init")
    (tmp_path / ".gitattributes").write_text("*.jsonl merge=union\n", "utf-8")
    commit(pages, "all")
    git("checkout", "-b", "topic")
    added = Entry("p10.html", "IMG401", GOOD["fingerprint"], "violation")
    commit([each for each in pages if each.page != "p05.html"] + [added], "one fixed, one more")
    git("checkout", "main")
    beside = Entry("p10.html", "IMG402", GOOD["fingerprint"], "violation")
    commit([each for each in pages if each.page != "p30.html"] + [added, beside], "the same one more, and another")
    git("merge", "topic")
    expected = [each for each in pages if each.page not in ("p05.html", "p30.html")] + [added, beside]
    assert load(path).entries == Baseline.of(expected).entries
