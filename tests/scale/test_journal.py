"""What a run writes down, and how it goes on after a cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import BadConfig, BadOutput
from checker.facts import Page, Spot, Verdicts
from checker.model import Confidence, Evidence, Finding, NotCheckedReason, Outcome, PageReport, Severity
from checker.scale.journal import Journal
from checker.sources.inputs import Item

VERDICTS = Verdicts("missing", "none", "no_content_images")


def report(name: str) -> PageReport:
    page = Page(name, f"https://tea.example/{name}", "en", "article", "Tea \udcff", None, None, (), (), (), (), (), VERDICTS)
    spot = Spot(3, 2, "“kettle”", 120, 12, 5, "a kettle", 2)
    finding = Finding(
        "AFF001", "x", Outcome.VIOLATION, Severity.ERROR, Confidence.HIGH, "message", "why", "fix", ("a",), (Evidence("primary", "here", spot),),
        "page", "v1:" + "0" * 64, name, ("us",), values={"found": 2},
    )  # fmt: skip
    return PageReport(name, "checked", name, page=page, findings=(finding,), outcomes={"AFF001": Outcome.VIOLATION}, sha256="0" * 64).without_facts()


def unread(name: str) -> PageReport:
    return PageReport(name, "not_checked", name, NotCheckedReason.NOT_HTML, "it is a PNG image")


def item(name: str) -> Item:
    return Item(name, name)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Journal(tmp_path / "run.journal", "context", resume=False) as journal:
        for name in ("a", "b", "c"):
            assert journal.find(item(name)) is None
            journal.keep(report(name) if name != "b" else unread(name))
    return tmp_path / "run.journal"


def resumed(path: Path, *names: str) -> list[PageReport | None]:
    with Journal(path, "context", resume=True) as journal:
        return [journal.find(item(name)) for name in names]


def test_what_was_written_down_is_read_again_in_order(path: Path) -> None:
    assert resumed(path, "a", "b", "c", "d") == [report("a"), unread("b"), report("c"), None]


def test_a_run_goes_on_where_it_was_cut(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:-10])
    with Journal(path, "context", resume=True) as journal:
        assert [journal.find(item(name)) is not None for name in ("a", "b", "c")] == [True, True, False]
        journal.keep(report("c"))
        assert journal.resumed == 2
    assert path.read_bytes() == whole
    assert resumed(path, "a", "b", "c")[2] == report("c")


def test_other_pages_than_before_are_done_anew(path: Path) -> None:
    with Journal(path, "context", resume=True) as journal:
        assert journal.find(item("a")) == report("a")
        assert journal.find(item("x")) is None
        assert journal.find(item("b")) is None, "from there on it is only written"
        journal.keep(report("x"))
    assert resumed(path, "a", "x", "b") == [report("a"), report("x"), None]


def test_a_journal_of_another_run_is_refused_and_stays(path: Path) -> None:
    whole = path.read_bytes()
    with pytest.raises(BadConfig, match="of another run"):
        Journal(path, "other context", resume=True)
    with pytest.raises(BadConfig, match="--resume goes on"):
        Journal(path, "context", resume=False)
    path.with_name("page.html").write_text("<p>page</p>")
    with pytest.raises(BadConfig, match="is no journal"):
        Journal(path.with_name("page.html"), "context", resume=True)
    assert path.read_bytes() == whole
    assert path.with_name("page.html").read_text() == "<p>page</p>"


def test_places_that_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match="there is no journal"):
        Journal(tmp_path / "gone", "context", resume=True)
    with pytest.raises(BadConfig, match="there is no such folder"):
        Journal(tmp_path / "no" / "folder", "context", resume=False)
    with pytest.raises(BadOutput, match="cannot write"):
        Journal(tmp_path, "context", resume=True)


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Journal(tmp_path / "run.journal", "context", resume=False) as journal:

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.fsync", full)
        with pytest.raises(BadOutput, match="No space left"):
            journal.keep(report("a"))


def test_what_is_done_is_cleared_away(path: Path) -> None:
    with Journal(path, "context", resume=True) as journal:
        journal.done()
    assert not path.exists()


@settings(deadline=None)  # what a disk takes is no matter of the code
@given(st.binary(max_size=200), st.integers(0, 2000))
def test_whatever_was_damaged_is_done_anew(tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int) -> None:
    path = tmp_path_factory.mktemp("journal") / "run.journal"
    with Journal(path, "context", resume=False) as journal:
        head = path.stat().st_size
        for name in ("a", "b", "c"):
            journal.keep(report(name))
    whole = path.read_bytes()
    at = min(head + at, len(whole))
    path.write_bytes(whole[:at] + noise + whole[at + len(noise) :])
    with Journal(path, "context", resume=True) as again:
        found = [again.find(item(name)) for name in ("a", "b", "c")]
        for name, one in zip(("a", "b", "c"), found, strict=True):
            assert one in (None, report(name))
            if one is None:
                again.keep(report(name))
    assert path.read_bytes() == whole
