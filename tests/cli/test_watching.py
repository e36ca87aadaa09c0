"""What counts as saved, without a clock: the time is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from checker.cli.watching import PATIENCE, QUIET, Quiet, Signature, beside, pause, signature

A: Signature = (1, 1, 10)
B: Signature = (2, 2, 20)
C: Signature = (3, 3, 30)


def test_what_is_as_it_was_is_no_change() -> None:
    quiet = Quiet({"a": A})
    assert quiet.settled({"a": A}, 0.0) == frozenset()
    assert not quiet.waits


def test_a_saved_file_is_told_once_it_was_quiet_and_then_no_more() -> None:
    quiet = Quiet({"a": A, "b": A})
    now = {"a": B, "b": A}
    told = [(quiet.settled(now, at), quiet.waits) for at in (0.0, QUIET / 2, QUIET, QUIET * 2)]
    assert told == [(frozenset(), True), (frozenset(), True), ({"a"}, False), (frozenset(), False)]


def test_a_file_that_is_still_being_written_is_waited_for() -> None:
    quiet = Quiet({"a": A})
    assert quiet.settled({"a": B}, 0.0) == frozenset()
    assert quiet.settled({"a": C}, 0.15) == frozenset()
    assert quiet.settled({"a": C}, 0.25) == frozenset()
    assert quiet.settled({"a": C}, 0.4) == {"a"}


def test_an_editor_that_takes_the_file_away_for_a_moment_has_saved_it() -> None:
    quiet = Quiet({"a": A})
    assert quiet.settled({}, 0.0) == frozenset()
    assert quiet.settled({"a": B}, 0.1) == frozenset()
    assert quiet.settled({"a": B}, 0.35) == {"a"}


def test_what_is_put_back_was_never_away() -> None:
    quiet = Quiet({"a": A})
    assert quiet.settled({}, 0.0) == frozenset()
    assert quiet.settled({"a": A}, 0.1) == frozenset()
    assert not quiet.waits
    # The next change has its own quiet to wait for.
    assert quiet.settled({"a": B}, 5.0) == frozenset()
    assert quiet.settled({"a": B}, 5.2) == {"a"}


def test_new_and_gone_files_and_those_that_cannot_be_found_are_changes() -> None:
    quiet = Quiet({"a": A, "b": A, "named": A})
    now: dict[str, Signature] = {"b": A, "c": A, "named": None}
    quiet.settled(now, 0.0)
    assert quiet.settled(now, 1.0) == {"a", "c", "named"}
    assert quiet.settled(now, 2.0) == frozenset()


def test_a_site_that_is_built_anew_is_one_change() -> None:
    quiet = Quiet({})
    seen: dict[str, Signature] = {}
    for number in range(20):
        seen = {**seen, f"{number}": A}
        assert quiet.settled(seen, number * 0.1) == frozenset()
    assert quiet.settled(seen, 2.2) == {str(number) for number in range(20)}


def test_a_file_that_never_rests_does_not_hold_up_the_others_for_ever() -> None:
    quiet = Quiet({"log": A, "a": A})
    told, now = frozenset[str](), 0.0
    while not told:
        now += 0.1
        told = quiet.settled({"log": (int(now * 1000), 0, 0), "a": B}, now)
    assert told == {"log", "a"}
    assert PATIENCE <= now < PATIENCE + 0.5


def test_a_save_that_keeps_size_and_time_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text("one", "utf-8")
    before = signature(str(page))
    other = tmp_path / "b.html"
    other.write_text("two", "utf-8")
    told = page.stat()
    os.utime(other, ns=(told.st_atime_ns, told.st_mtime_ns))
    other.replace(page)
    assert signature(str(page)) != before


def test_what_is_not_there_has_no_signature(tmp_path: Path) -> None:
    assert signature(str(tmp_path / "none")) is None
    assert signature("a\0b") is None


@pytest.mark.parametrize(
    ("took", "waits", "rest"), [(0.0, False, 0.3), (0.06, False, 1.2), (60.0, False, 10.0), (0.0, True, 0.2), (0.5, True, 0.5), (60.0, True, 10.0)]
)
def test_slow_looks_are_further_apart(took: float, waits: bool, rest: float) -> None:
    assert pause(took, waits=waits) == pytest.approx(rest)


def test_what_lies_beside_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.html", "style.css", "css/deep/b.css", ".git/index", "pictures/a.png", "shots/b.png", ".x.css"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()
    assert sorted(beside(["."], "shots")) == ["./css/deep/b.css", "./pictures/a.png", "./style.css"]
    assert sorted(beside(["a.html", "css"], "shots")) == sorted(["./css/deep/b.css", "./pictures/a.png", "./style.css", "css/deep/b.css"])
