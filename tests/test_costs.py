"""What pages cost, counted: no change may double the work unseen, and no page may cost more than its bytes explain."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pytest

from tests.bench import costs
from tests.bench.costs import GROWTH, PAGES, Costs, ceilings, counted, fallen, grown, too_dear, too_steep, written
from tests.bench.counting import COUNTS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="pages are counted in forks, and there are none here")
# Two pages are enough to see whether the guard sees.
FEW = {name: PAGES[name] for name in ("a common page", "a page of links")}


@pytest.fixture(scope="module")
def now() -> Costs:
    return counted(PAGES)


@pytest.mark.filterwarnings("default:costs have fallen")
def test_no_page_costs_more_than_its_ceiling(now: Costs) -> None:
    found = {page: now[page] for page in PAGES}
    faults = too_dear(ceilings(), found)
    assert not faults, "\n".join([*faults, f"where this is meant: {costs.RENEW}, and say in the commit why"])
    if lower := fallen(ceilings(), found):
        warnings.warn("costs have fallen; keep what is won: make costs\n" + "\n".join(lower), stacklevel=1)


def test_every_byte_of_a_large_page_costs_what_one_of_a_small_page_does() -> None:
    found = counted(grown(), lines=True)
    assert all(costs.total(modules, "lines") > 1000 for modules in found.values())
    faults = too_steep(found)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("twice", "count", "module"),
    [
        ("checker.page.reader.walk", "calls", "checker.page.walk"),
        ("checker.page.reader.read_links", "calls", "checker.lexicon.networks"),
        ("checker.page.reader.read_images", "looks", "checker.page."),
        ("checker.page.reader.read_notices", "characters", "checker.lexicon."),
        ("checker.scale.page.judge", "calls", "checker.engine."),
    ],
)
def test_work_that_is_done_twice_is_noticed(now: Costs, twice: str, count: str, module: str) -> None:
    kept = {page: now[page] for page in FEW}
    assert too_dear(kept, kept) == []
    faults = [fault for fault in too_dear(kept, counted(FEW, twice)) if f" {count}" in fault]
    assert faults, f"{twice} twice, and nobody noticed"
    assert any(module in fault for fault in faults), faults


def test_the_same_pages_cost_the_same_again(now: Costs) -> None:
    assert counted(FEW) == {page: now[page] for page in FEW}


def test_every_count_is_counted(now: Costs) -> None:
    assert all(costs.total(now["a common page"], count) > 100 for count in COUNTS)


def test_what_is_dearer_is_told_with_page_module_before_and_after() -> None:
    before = {"a page": {"checker.one": {"calls": 1000}, "checker.two": {"calls": 1000}}}
    now = {"a page": {"checker.one": {"calls": 1300}, "checker.two": {"calls": 990}}}
    assert too_dear(before, now) == ["a page: 2,290 calls, where 2,000 are the ceiling; most in checker.one (1,000 → 1,300)"]
    assert too_dear(before, {"a page": {**before["a page"], "checker.new": {"calls": 900}}}) == [
        "a page: 2,900 calls, where 2,000 are the ceiling; most in checker.new (0 → 900)"
    ]
    # The page as a whole is within its ceiling: one module did nearly twice the work, another one less.
    assert too_dear(before, {"a page": {"checker.one": {"calls": 1600}, "checker.two": {"calls": 500}}}) == [
        "a page: 1,600 calls in checker.one, where 1,000 are the ceiling"
    ]
    assert too_dear(before, {"a page": {"checker.one": {"calls": 1100}, "checker.two": {"calls": 1100}}}) == []
    assert too_dear({}, now)[0] == "a page: it has no ceiling yet"


def test_what_has_become_cheap_is_a_hint() -> None:
    before = {"a page": {"checker.one": {"calls": 1000}}}
    assert fallen(before, {"a page": {"checker.one": {"calls": 790}}}) == ["a page: 790 calls, where 1,000 are the ceiling"]
    assert fallen(before, {"a page": {"checker.one": {"calls": 810}}}) == []


def test_what_grows_too_fast_is_told() -> None:
    even = {
        f"{kind}: {size:,}": {"bytes": {"": size}, "checker.one": dict.fromkeys((*COUNTS, "lines"), size)}
        for kind, sizes in GROWTH.items()
        for size in sizes
    }
    assert too_steep(even) == []
    few, many = GROWTH["links"]
    steep = {**even, f"links: {many:,}": {"bytes": {"": many}, "checker.one": {**dict.fromkeys(COUNTS, many), "lines": many * many // few}}}
    assert too_steep(steep) == [
        f"links: from {few:,} to {many:,} each byte costs {many / few:.2f} times the lines; most in checker.one ({few:,} → {many * many // few:,})"
    ]


def test_ceilings_are_read_as_they_are_written(tmp_path: Path, now: Costs) -> None:
    path = tmp_path / "costs.toml"
    path.write_text(written({page: now[page] for page in PAGES}), "utf-8")
    assert too_dear(ceilings(path), {page: now[page] for page in PAGES}) == []
    assert fallen(ceilings(path), {page: now[page] for page in PAGES}) == []
    assert ceilings(tmp_path / "absent.toml") == {}


def test_every_page_of_the_guard_has_a_ceiling() -> None:
    assert set(ceilings()) == set(PAGES)
