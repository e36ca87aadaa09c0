"""The pages in fixtures/rendered look as their expected.toml says, at a phone's size and at a desktop's, and fire what it says.

The format is described in fixtures/README.md.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from checker.errors import BadConfig
from checker.render.chromium import ask_for_playwright, executable
from checker.sight import Doubt, Unseen

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "fixtures" / "rendered"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((FOLDER / "expected.toml").read_text("utf-8"))
SIZES = {"phone": "390x844", "desktop": "1366x768"}
# What is compared; other rules may say of a page what they like.
RULES = frozenset(f"AFF{number:03}" for number in (1, 2, 3, 4, 5, 6, 7, 11, 12, 13)) | {"PRG105", "IMG401", "AUT501"}
KEYS = {"cause", "profile", "twin", *SIZES}
NUMBERS = ("size", "ratio", "contrast")
LOOKS = ("notice", "credit", "byline")
NOT_MEASURABLE = "not_measurable"
# No page can bring these about by itself.
ACCIDENTS = {Doubt.CRASHED, Doubt.TIMED_OUT, Doubt.UNJOINED}
MOST_BYTES = 4096
LINKED = re.compile(r'<link rel="stylesheet"[^>]* href="([^"]+)"|url\(([\w-]+\.\w+)\)|<img src="([^"]+)"')


def one_of(wanted: str | list[str]) -> list[str]:
    return [wanted] if isinstance(wanted, str) else wanted


def is_innocent(name: str) -> bool:
    return not any(EXPECTED[name][size][kind] for size in SIZES for kind in ("fires", "asks"))


# The pages themselves -----------------------------------------------------------------------------------------------------------------


def test_there_are_enough_pages() -> None:
    assert len(EXPECTED) >= 60


def test_every_page_has_its_expectation_and_every_expectation_its_page() -> None:
    assert {path.stem for path in FOLDER.glob("*.html")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_expectation_is_well_formed(name: str) -> None:
    wanted = EXPECTED[name]
    assert {"cause", "profile", *SIZES} <= set(wanted) <= KEYS
    for size in SIZES:
        look = wanted[size]
        assert {"notice", "fires", "asks"} <= set(look) <= {*LOOKS, *NUMBERS, "doubt", "fires", "asks"}
        assert {*look["fires"], *look["asks"]} <= RULES
        assert not set(look["fires"]) & set(look["asks"])
        assert set(one_of(look["notice"])) <= {"seen", "none", NOT_MEASURABLE, *Unseen}
        assert {each for key in ("credit", "byline") for each in one_of(look.get(key, "seen"))} <= {"seen", *Unseen}
        assert ("doubt" in look) == (look["notice"] == NOT_MEASURABLE)
        assert all(low < high for low, high in (look[key] for key in NUMBERS if key in look))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_cause_that_fires_has_an_innocent_twin(name: str) -> None:
    wanted = EXPECTED[name]
    assert wanted["cause"].startswith(("innocent:", "nothing:")) == is_innocent(name)
    assert is_innocent(name) or is_innocent(wanted["twin"])


def test_every_reason_not_to_see_and_every_doubt_occurs() -> None:
    looks = [EXPECTED[name][size] for name in EXPECTED for size in SIZES]
    assert {each for look in looks for key in LOOKS for each in one_of(look.get(key, "seen"))} >= set(Unseen)
    assert {look.get("doubt") for look in looks} >= set(Doubt) - ACCIDENTS


def test_every_rule_that_is_compared_fires_or_is_named_by_no_page() -> None:
    named = {rule for name in EXPECTED for size in SIZES for kind in ("fires", "asks") for rule in EXPECTED[name][size][kind]}
    # A notice that is only a link or jargon is so in the markup already: fixtures/pages.
    assert RULES - named == {"AFF004", "AFF007"}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_page_is_small_and_needs_nothing_but_what_lies_beside_it(name: str) -> None:
    page = FOLDER / f"{name}.html"
    assert page.stat().st_size < MOST_BYTES
    texts = [page.read_text("utf-8"), *(path.read_text("utf-8") for path in FOLDER.glob(f"{name}.css"))]
    asked = {next(filter(None, found)) for text in texts for found in LINKED.findall(text)}
    assert {each for each in asked if not (FOLDER / each).is_file()} == {each for each in asked if "that-is-gone" in each}


def test_nothing_lies_in_the_folder_that_no_page_needs() -> None:
    texts = " ".join(path.read_text("utf-8") for pattern in ("*.html", "*.css") for path in FOLDER.glob(pattern))
    assert [path.name for path in FOLDER.iterdir() if path.suffix not in {".html", ".toml"} and path.name not in texts] == []


# As a browser draws them --------------------------------------------------------------------------------------------------------------


@cache
def run(size: str, profile: str) -> subprocess.CompletedProcess[str]:
    """The program, once for all pages of one profile at one size."""
    files = [f"fixtures/rendered/{name}.html" for name in EXPECTED if EXPECTED[name]["profile"] == profile]
    command = [sys.executable, "-m", "checker", "check", *files, "--render", "--viewport", SIZES[size], "--profile", profile, "--no-cache"]
    return subprocess.run([*command, "--output", "json", "--fail-on", "never"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


@cache
def drawn(size: str, profile: str) -> dict[str, dict[str, Any]]:
    """The entries of the pages of one profile at one size, each with its findings."""
    done = run(size, profile)
    assert done.returncode == 0, done.stderr[-4000:]
    report = json.loads(done.stdout)
    entries = {Path(entry["source"]).stem: {**entry, "found": []} for entry in report["pages"]}
    for finding in report["findings"]:
        entries[Path(finding["source"]).stem]["found"].append(finding)
    return entries


@pytest.fixture(scope="module")
def _browser() -> None:
    try:
        ask_for_playwright()
        executable()
    except BadConfig as fault:
        pytest.skip(str(fault))


def seen(sight: dict[str, Any] | None) -> str:
    return "not_joined" if sight is None else sight["unseen"] or "seen"


def fired(entry: dict[str, Any], outcome: str) -> set[str]:
    return {finding["rule"] for finding in entry["found"] if finding["outcome"] == outcome} & RULES


def misses(wanted: dict[str, Any], view: dict[str, Any]) -> list[str]:
    """What of a measured view is not as wanted, in words."""
    found: list[str] = []
    for key, sights in (("notice", view["notices"]), ("credit", view["credits"]), ("byline", view["authors"])):
        if key in wanted:
            is_what = seen(sights[0]) if sights else "none"
            if is_what not in one_of(wanted[key]):
                found.append(f"{key} is {is_what}, not {wanted[key]}")
    for key in NUMBERS:
        if key in wanted:
            low, high = wanted[key]
            value = view["notices"][0][key] if view["notices"] and view["notices"][0] else None
            if value is None or not low <= value <= high:
                found.append(f"{key} is {value}, not {low} to {high}")
    return found


@pytest.mark.usefixtures("_browser")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", EXPECTED)
def test_the_page_looks_and_fires_as_expected(name: str, size: str) -> None:
    wanted = EXPECTED[name][size]
    entry = drawn(size, EXPECTED[name]["profile"])[name]
    (view,) = entry["rendering"]["views"]
    assert view["viewport"] == SIZES[size]
    assert view["doubts"] == ([wanted["doubt"]] if "doubt" in wanted else [])
    if not view["doubts"]:
        assert misses(wanted, view) == []
    assert (sorted(fired(entry, "violation")), sorted(fired(entry, "needs_review"))) == (sorted(wanted["fires"]), sorted(wanted["asks"]))
