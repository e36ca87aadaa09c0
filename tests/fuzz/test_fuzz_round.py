"""A short round of fuzzing that is the same each time. FUZZ_EXAMPLES=20000 tries so many other inputs of each target."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz import strategies_files, strategies_pages, strategies_web
from tests.fuzz.target import NAMES, target

pytest.importorskip("warcio", reason="warcio is not installed")

# As many as take a second or two.
EXAMPLES = {"pages": 120, "directives": 50, "urls": 500, "settings": 200, "packs": 80, "sitemaps": 250, "archives": 200, "saved": 150}
STRATEGIES: dict[str, Callable[[], st.SearchStrategy[bytes]]] = {
    "pages": strategies_pages.pages,
    "directives": strategies_pages.directives,
    "urls": strategies_web.urls,
    "settings": strategies_files.settings,
    "packs": strategies_files.packs,
    "sitemaps": strategies_web.sitemaps,
    "archives": strategies_web.archives,
    "saved": strategies_files.saved,
}
MANY = int(os.environ.get("FUZZ_EXAMPLES", "0"))


@pytest.mark.parametrize("name", NAMES)
def test_no_input_breaks_what_holds_for_all(name: str) -> None:
    chosen = target(name)
    chosen.glance(next(iter(chosen.seeds())))  # what is loaded once is no input's cost

    @settings(
        max_examples=MANY or EXAMPLES[name],
        derandomize=not MANY,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    @given(STRATEGIES[name]())
    def tried(data: bytes) -> None:
        chosen.glance(data)

    tried()


@pytest.mark.parametrize("name", NAMES)
def test_every_target_has_inputs_to_begin_from_and_words(name: str) -> None:
    chosen = target(name)
    seeds = list(chosen.seeds())
    assert any(0 < len(seed) <= chosen.longest for seed in seeds)
    assert any(chosen.words())
