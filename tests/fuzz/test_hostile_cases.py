"""Every kept case of `fixtures/hostile/` ends as it should, and without more work than its size is worth."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest

from fixtures.hostile.cases import cases
from tests.fuzz.target import HOSTILE, NAMES, kept, target
from tests.fuzz.verdict import TooMuchWork, minimised, work

pytest.importorskip("warcio", reason="warcio is not installed")

KNOWN_WRONG: dict[str, str] = tomllib.loads((HOSTILE / "known_wrong.toml").read_text("utf-8"))
# What the fixed work of any input costs, and what small files may hold that are packed.
_FLOOR = {"sitemaps": 300_000, "archives": 600_000}
# So many times what ordinary inputs cost for each byte: the slowest of these cost ten times.
_TIMES = 25
# A page in no known language loads the words of all; beside a small page that would be most of the work, so that it is read before.
_SMALL = 5_000


@cache
def pace(name: str) -> float:
    """How many calls a byte of an ordinary input costs."""
    chosen = target(name)
    seeds = sorted((seed for seed in chosen.seeds() if len(seed) <= chosen.longest), key=len)
    for again in (False, True):
        # What is imported and loaded by the first is no cost of the others.
        found = [work(chosen.glance, seed, 50_000_000) / max(len(seed), 2_000) for seed in seeds[:: len(seeds) // 12 + 1]]
        assert found or again
    return median(found)


def _kept() -> Iterator[object]:
    for name in NAMES:
        for path in kept(name):
            key = f"{name}/{path.name}"
            mark = [pytest.mark.xfail(reason=KNOWN_WRONG[key], raises=(AssertionError, TooMuchWork), strict=True)] if key in KNOWN_WRONG else []
            yield pytest.param(name, path, id=key, marks=mark)


@pytest.mark.parametrize(("name", "path"), [*_kept()])
def test_kept_case(name: str, path: Path) -> None:
    data, chosen = path.read_bytes(), target(name)
    most = max(int(_TIMES * pace(name) * max(len(data), 2_000)), _FLOOR.get(name, 60_000))
    if len(data) < _SMALL:
        chosen.glance(data)
    work(chosen.glance, data, most)
    if chosen.run is not chosen.glance:
        chosen.run(data)


def test_what_is_known_to_be_wrong_is_there() -> None:
    assert all((HOSTILE / key).is_file() and reason for key, reason in KNOWN_WRONG.items())


def test_the_cases_made_by_hand_are_what_the_script_writes() -> None:
    made = {f"{name}/{file}": body for name, files in cases().items() for file, body in files.items()}
    there = {f"{name}/{path.name}": path.read_bytes() for name in NAMES for path in kept(name) if not path.name.startswith("found-")}
    assert made.keys() == there.keys()
    # What is packed differs between versions of zlib.
    written = [name for name in made if not name.startswith("archives/") and not name.endswith(".gz")]
    assert sorted(name for name in written if made[name] != there[name]) == [], "stale: run python -m fixtures.hostile.cases"
    assert all(len(body) <= 100_000 for body in there.values()), "cases are small"


def test_work_is_counted_and_stopped() -> None:
    def run(data: bytes) -> None:
        for _ in data:
            len(data)

    assert work(run, b"x" * 10, 100) == work(run, b"y" * 10, 100)
    with pytest.raises(TooMuchWork, match="more than 100 calls for 1,000 bytes"):
        work(run, b"x" * 1_000, 100)


def test_a_case_is_made_small() -> None:
    assert minimised(b"a lot of text, <b>and what is wrong in it</b>", lambda data: b"<b>" in data and b"!" not in data) == b"<b>"
