from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import BadConfig
from checker.sources.lastmod import latest, since


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-01T10:00:00Z", datetime(2026, 11, 1, 10, tzinfo=UTC)),
        ("2026-11-01T10:00:00.45+02:00", datetime(2026, 11, 1, 8, 0, 0, 450000, tzinfo=UTC)),
        ("2026-11-01T10:00-08:00", datetime(2026, 11, 1, 18, tzinfo=UTC)),
        ("2026-11-01", datetime(2026, 11, 2, 12, tzinfo=UTC)),
        ("2026-12", datetime(2027, 1, 1, 12, tzinfo=UTC)),
        ("2026", datetime(2027, 1, 1, 12, tzinfo=UTC)),
        ("2026-11-01 10:00:00", datetime(2026, 11, 1, 22, tzinfo=UTC)),
        ("Sun, 01 Nov 2026 10:00:00 +0200", datetime(2026, 11, 1, 8, tzinfo=UTC)),
        ("Sun, 01 Nov 2026 10:00:00 GMT", datetime(2026, 11, 1, 10, tzinfo=UTC)),
    ],
)
def test_the_last_moment_that_is_meant(text: str, expected: datetime) -> None:
    assert latest(text) == expected


@pytest.mark.parametrize("text", [None, "", "soon", "2026-13-01", "2026-02-30", "0000", "9999-12-31", "2026-11-01T99:00", "1" * 100])
def test_what_means_nothing(text: str | None) -> None:
    assert latest(text) is None


@given(st.text(max_size=70))
def test_any_text_is_a_time_or_none(text: str) -> None:
    told = latest(text)
    assert told is None or told.tzinfo is not None


def test_since() -> None:
    assert since("2026-11-01") == datetime(2026, 11, 1, tzinfo=UTC)
    assert since("2026-11-01T06:00+01:00") == datetime(2026, 11, 1, 5, tzinfo=UTC)
    with pytest.raises(BadConfig, match="--since: 'yesterday' is no date; give one like 2026-11-01"):
        since("yesterday")
