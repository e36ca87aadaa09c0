from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import BadRule
from checker.packs import built_in
from checker.scale.key import Tracking, page_key


@pytest.fixture(scope="module")
def tracking() -> Tracking:
    return Tracking.load([built_in()])


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://a.example/x?utm_source=b&id=3&fbclid=q#top", "https://a.example/x?id=3"),
        ("https://a.example/x?UTM_Medium=b", "https://a.example/x"),
        ("https://a.example/?p=1", "https://a.example/?p=1"),
        ("https://a.example/?b=2&a=1&b=2", "https://a.example/?b=2&a=1&b=2"),
        ("https://a.example/?", "https://a.example/"),
        ("https://a.example/?ref=x", "https://a.example/?ref=x"),
    ],
)
def test_an_address_without_what_tracks(tracking: Tracking, url: str, key: str) -> None:
    assert page_key("a.html", url, tracking) == key


@pytest.mark.parametrize("url", [None, "", "/story", "javascript:alert(1)", "story.html"])
def test_without_an_address_it_is_the_path(tracking: Tracking, url: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("site/a.html", "./site/a.html", "site/../site/a.html", str(tmp_path / "site" / "a.html")):
        assert page_key(name, url, tracking) == "site/a.html"
    assert page_key("-", url, tracking) == "-"


@given(st.text())
def test_stripping_twice_changes_nothing_more(text: str) -> None:
    tracking = Tracking(frozenset(("a", "fbclid")), ("utm_",))
    once = tracking.strip("https://a.example/" + text)
    assert tracking.strip(once) == once


def test_a_faulty_list_is_told(tmp_path: Path) -> None:
    (tmp_path / "tracking").mkdir()
    (tmp_path / "tracking" / "own.toml").write_text('parms = ["x"]\nprefixes = "y"\n', "utf-8")
    with pytest.raises(BadRule) as fault:
        Tracking.load([tmp_path])
    assert len(fault.value.faults) == 2
