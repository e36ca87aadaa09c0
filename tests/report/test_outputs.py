import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.errors import BadConfig, BadOutput
from checker.model import Finding, PageReport
from checker.report import FORMATS
from checker.report.outputs import Outputs, Target, target
from checker.report.run import Closing, Look, Run

Closes = Callable[..., Closing]


def opened(*targets: str, stdout: io.StringIO | None = None) -> Outputs:
    return Outputs([target(each) for each in targets], FORMATS, Look(), stdout or io.StringIO())


def test_reading_a_target() -> None:
    assert target("json") == Target("json")
    assert target("json=-") == Target("json")
    assert target("json=a=b.json") == Target("json", Path("a=b.json"))


def test_one_printed_and_two_written(tmp_path: Path, run: Run, unread: PageReport, closing: Closes) -> None:
    printed = io.StringIO()
    with opened("text", f"json={tmp_path}/r.json", f"jsonl={tmp_path}/r.jsonl", stdout=printed) as outputs:
        outputs.start(run)
        outputs.page(unread)
        assert (tmp_path / "r.jsonl").read_text("utf-8").count("\n") == 2
        assert not (tmp_path / "r.json").exists()
        outputs.end(closing(unread))
    assert "NOT CHECKED" in printed.getvalue()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.json", "r.jsonl"]


def test_a_broken_run_leaves_the_old_report_and_whole_lines(tmp_path: Path, run: Run, unread: PageReport) -> None:
    (tmp_path / "r.json").write_text("old", "utf-8")

    def broken() -> None:
        with opened(f"json={tmp_path}/r.json", f"jsonl={tmp_path}/r.jsonl") as outputs:
            outputs.start(run)
            outputs.page(unread)
            raise KeyError

    with pytest.raises(KeyError):
        broken()
    assert (tmp_path / "r.json").read_text("utf-8") == "old"
    assert (tmp_path / "r.jsonl").read_text("utf-8").endswith("}\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.json", "r.jsonl"]


@pytest.mark.parametrize("wrong", ["json={0}/no/r.json", "json={0}", "json={0}/file/r.json"])
def test_a_place_that_cannot_be_written_is_told_at_once(tmp_path: Path, wrong: str) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    (tmp_path / "r.jsonl").write_text("old", "utf-8")
    with pytest.raises(BadOutput, match="cannot write"):
        opened(f"jsonl={tmp_path}/r.jsonl", wrong.format(tmp_path))
    assert (tmp_path / "r.jsonl").read_text("utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "r.jsonl"]


def test_a_refused_folder_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def refuse(path: object, *rest: int) -> int:
        if str(path).endswith(".jsonl"):
            raise PermissionError(13, "Permission denied")
        return real(str(path), *rest)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(BadOutput, match=r"r\.jsonl: Permission denied"):
        opened(f"json={tmp_path}/r.json", f"jsonl={tmp_path}/r.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_two_reports_cannot_share_a_place(tmp_path: Path) -> None:
    with pytest.raises(BadOutput, match="only one report"):
        opened("json", "text")
    with pytest.raises(BadOutput, match="two reports"):
        opened(f"json={tmp_path}/r", f"jsonl={tmp_path}/x/../r")


def test_an_unknown_format_is_told_before_anything_is_opened(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match="did you mean json"):
        opened(f"jsonl={tmp_path}/r", "jsn")
    assert list(tmp_path.iterdir()) == []


def test_a_link_stays_a_link_and_a_device_a_device(tmp_path: Path, run: Run, closing: Closes) -> None:
    (tmp_path / "real.json").write_text("old", "utf-8")
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    with opened(f"json={tmp_path}/link.json", "jsonl=/dev/null") as outputs:
        outputs.start(run)
        outputs.end(closing())
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_text("utf-8").startswith("{")
    assert not Path("/dev/null").is_file()


def test_a_full_disk_is_told_and_leaves_the_old_report(tmp_path: Path, run: Run, closing: Closes, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "r.json").write_text("old", "utf-8")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    def filled() -> None:
        with opened(f"json={tmp_path}/r.json") as outputs:
            outputs.start(run)
            monkeypatch.setattr(os, "write", full)
            outputs.end(closing())

    with pytest.raises(BadOutput, match="No space left"):
        filled()
    assert [path.name for path in tmp_path.iterdir()] == ["r.json"]
    assert (tmp_path / "r.json").read_text("utf-8") == "old"


def test_the_device_that_is_always_full(run: Run) -> None:
    with pytest.raises(BadOutput, match="No space left"), opened("jsonl=/dev/full") as outputs:
        outputs.start(run)


def test_half_a_surrogate_pair_can_be_written(
    tmp_path: Path, run: Run, closing: Closes, finding: Callable[..., Finding], report: Callable[..., PageReport]
) -> None:
    page = report(finding(paste="\ud800"))
    with opened(f"json={tmp_path}/r.json", f"text={tmp_path}/r.txt") as outputs:
        outputs.start(run)
        outputs.page(page)
        outputs.end(closing(page))
    assert "\\ud800" in (tmp_path / "r.json").read_text("utf-8")
