"""What the measure of growth passes, and what it does not."""

from __future__ import annotations

from tests.pace import ends, in_proportion


def test_work_in_proportion_passes() -> None:
    assert in_proportion(lambda size: lambda: [number % 7 for number in range(size)], 20_000)
    assert in_proportion(lambda size: lambda: sorted(range(size), key=lambda number: number * 7_919 % 10_007), 10_000)


def test_work_that_starts_again_for_each_does_not() -> None:
    # Of the third power, so that no noise takes it for work in proportion.
    def again(size: int) -> int:
        return sum(1 for _ in range(size) for _ in range(size) for _ in range(size))

    assert not in_proportion(lambda size: lambda: again(size), 25)


def test_what_takes_too_long_does_not_end() -> None:
    assert ends(lambda: None, 1)
    assert not ends(lambda: sum(range(2_000_000)), 0.0001)
