"""How long to wait, as it is written."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.config.settings import DEFAULTS
from checker.errors import BadConfig
from checker.scale.run import PAGE_SECONDS
from checker.sources.limits import Limits, Times


def test_what_is_not_named_stays_as_it_is() -> None:
    assert Times.of("page=1.5") == Times(page=1.5)
    assert Times.of(" judge = 5 , connect=2") == Times(connect=2, judge=5)


def test_the_defaults_agree() -> None:
    assert Times.of(DEFAULTS["timeout"]) == Times()
    limits = Limits()
    assert (limits.connect, limits.read, limits.page, PAGE_SECONDS) == (Times().connect, Times().read, Times().page, Times().judge)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("30", "'30' is not understood; write connect=5,read=20,page=60,judge=60,render=30, or some of these"),
        ("pages=3", "'pages=3' is not understood"),
        ("", "'' is not understood"),
        ("read=1,", "'' is not understood"),
        ("read=1,read=2", "read is named twice"),
        ("page=soon", "page is a number of seconds, not 'soon'"),
        ("page=0", "page is more than 0 and at most 3600 seconds, not 0"),
        ("page=nan", "page is more than 0"),
        ("judge=inf", "judge is more than 0"),
        ("connect=-1", "connect is more than 0"),
    ],
)
def test_what_is_wrong_is_told_in_a_line(text: str, said: str) -> None:
    with pytest.raises(BadConfig) as fault:
        Times.of(text)
    assert str(fault.value).startswith(f"timeout: {said}")
    assert "\n" not in str(fault.value)


@given(st.text())
def test_any_text_is_times_or_a_fault(text: str) -> None:
    with contextlib.suppress(BadConfig):
        assert Times.of(text).page > 0
