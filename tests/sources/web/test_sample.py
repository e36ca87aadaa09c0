from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.sources.sample import Share, pick

URLS = [f"https://a.example/{number}" for number in range(1_000)]


def test_a_sample_is_the_same_for_the_same_seed_and_in_order() -> None:
    picked, total = pick(URLS, 50, 7)
    assert total == 1_000
    assert len(picked) == 50
    assert picked == sorted(picked, key=URLS.index)
    assert pick(iter(URLS), 50, 7) == (picked, total)
    assert pick(URLS, 50, 8)[0] != picked
    # Pinned: a sample must not change with a new version of Python, or of the program.
    assert pick(URLS, 3, 7)[0] == ["https://a.example/533", "https://a.example/913", "https://a.example/989"]


def test_the_order_of_the_sitemap_does_not_matter() -> None:
    assert set(pick(URLS, 50, 7)[0]) == set(pick(reversed(URLS), 50, 7)[0])


def test_a_site_that_grows_keeps_most_of_its_sample() -> None:
    more = [f"https://a.example/new/{number}" for number in range(100)]
    assert len(set(pick(URLS, 100, 1)[0]) & set(pick(more + URLS, 100, 1)[0])) > 80


def test_every_page_is_equally_likely() -> None:
    counts = Counter(url for seed in range(2_000) for url in pick(URLS[:20], 5, seed)[0])
    assert len(counts) == 20
    # 500 each; the standard deviation is 19.
    assert all(400 < count < 600 for count in counts.values())


def test_fewer_than_asked_for() -> None:
    assert pick(URLS[:3], 10, 1) == (URLS[:3], 3)
    assert pick([], 10, 1) == ([], 0)


@pytest.mark.parametrize(
    ("found", "sampled", "total", "low", "high"),
    [
        # Newcombe 1998, table I, method 3 (Wilson's score): no correction where the total is endless.
        (81, 263, 10**12, 0.2553, 0.3662),
        (15, 148, 10**12, 0.0624, 0.1605),
        (0, 20, 10**12, 0.0000, 0.1611),
        (1, 29, 10**12, 0.0061, 0.1718),
        (29, 29, 10**12, 0.8830, 1.0000),
        (12, 200, 48_211, 0.0347, 0.1018),
    ],
)
def test_known_intervals(found: int, sampled: int, total: int, low: float, high: float) -> None:
    told = Share(found, sampled, total).interval()
    assert told is not None
    assert list(told) == pytest.approx([low, high], abs=6e-5)


def test_a_sample_of_everything_leaves_no_doubt() -> None:
    assert Share(3, 40, 40).interval() == (3 / 40, 3 / 40)
    assert Share(1, 1, 1).interval() == (1.0, 1.0)
    assert Share(0, 0, 100).interval() is None


@given(st.integers(1, 500), st.data())
def test_an_interval_holds_what_was_seen_and_what_is_possible(total: int, data: st.DataObject) -> None:
    sampled = data.draw(st.integers(1, total))
    found = data.draw(st.integers(0, sampled))
    told = Share(found, sampled, total).interval()
    assert told is not None
    low, high = told
    assert 0 <= low <= found / sampled + 1e-9
    assert found / sampled - 1e-9 <= high <= 1
    assert low >= found / total
    assert high <= (total - (sampled - found)) / total


def test_the_interval_holds_as_often_as_it_says() -> None:
    import random

    draw = random.Random(3)  # noqa: S311
    pages = [True] * 60 + [False] * 540
    hits = 0
    for _ in range(3_000):
        told = Share(sum(draw.sample(pages, 100)), 100, 600).interval()
        assert told is not None
        hits += told[0] <= 0.1 <= told[1]
    assert 0.93 < hits / 3_000 < 0.975


def test_a_share_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="no share: 3 of 2 of 10"):
        Share(3, 2, 10)


def test_the_sentence() -> None:
    told = Share(12, 200, 48_211).sentence("have a finding", 7)
    assert told == "12 of 200 sampled pages of 48,211 have a finding: 3.5 % to 10.2 % of all pages, with 95 % confidence (seed 7)"
    assert Share(0, 0, 10).sentence("have a finding", 7) == "no page of 10 was sampled (seed 7)"
