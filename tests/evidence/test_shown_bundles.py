"""`report BUNDLE`: the report in a bundle of evidence, and beside an HTML report the pages and pictures that were kept."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

pytest.importorskip("warcio", reason="warcio is not installed")
pytest.importorskip("jinja2", reason="jinja2 is not installed")
pytest.importorskip("nh3", reason="nh3 is not installed")

Call = Callable[..., Result]
PNG = b"\x89PNG\r\n\x1a\n not looked at"


def copies(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.glob("pages/*")}


@pytest.mark.parametrize("bundle", ["ev", "ev.zip"])
def test_pages_are_copied_as_the_run_would_have_done(site: Path, call: Call, bundle: str) -> None:
    assert call("check", "public", "--evidence", bundle, "--output", "html=report/").exit_code == 1
    shutil.rmtree(site / "public")
    result = call("report", bundle, "--output", "html=again/")
    assert result.exit_code == 0, result.stderr
    assert copies(site / "again") == copies(site / "report")
    assert len(copies(site / "again")) == 3


@pytest.mark.parametrize("bundle", ["ev", "ev.zip"])
def test_in_other_formats_it_is_its_report(site: Path, call: Call, bundle: str) -> None:
    assert call("check", "public", "--evidence", bundle, "--output", "json=r.json").exit_code == 1
    assert call("report", bundle, "--output", "json").stdout == call("report", "r.json", "--output", "json").stdout
    assert call("report", bundle, "--output", "html=r.html").exit_code == 0


def test_what_it_was_drawn_with_and_its_pictures(drawn: Path, tmp_path: Path, call: Call) -> None:
    result = call("report", drawn, "--output", f"html={tmp_path}/again/")
    assert result.exit_code == 0, result.stderr
    pictures = sorted(path.relative_to(tmp_path / "again").as_posix() for path in (tmp_path / "again" / "pictures").rglob("*.png"))
    assert len(pictures) == 2
    assert (tmp_path / "again" / pictures[0]).read_bytes() == PNG
    index = (tmp_path / "again" / "index.html").read_text("utf-8")
    assert all(name in index for name in pictures)
    assert len(copies(tmp_path / "again")) == 2


def test_what_was_changed_is_not_copied(site: Path, call: Call) -> None:
    assert call("check", "public", "--evidence", "ev").exit_code == 1
    warc = next(path for path in (site / "ev" / "pages").glob("*paid*/page.warc"))
    warc.write_bytes(warc.read_bytes().replace(b"The best kettle", b"The best kettl3"))
    result = call("report", "ev", "--output", "html=again/", "--output", "json=again.json")
    assert result.exit_code == 0
    assert "ev: 1 of its files are not as they were written; disclosure-checker evidence verify names them" in result.stderr
    assert len(copies(site / "again")) == 2
    assert "there is no copy of it beside the report: its evidence is not as it was written" in (site / "again.json").read_text("utf-8")


def test_what_is_no_bundle(site: Path, call: Call) -> None:
    (site / "a.zip").write_bytes(b"PK\x03\x04 no archive")
    for name, told in (
        ("public", "public is no saved report, and no whole bundle of evidence"),
        ("a.zip", "a.zip"),
        ("none.zip", "there is no bundle"),
    ):
        result = call("report", name, "--output", "html=again/")
        assert result.exit_code == 2
        assert told in result.stderr
        assert "Traceback" not in result.stderr
    assert call("check", "public", "--evidence", "ev").exit_code == 1
    (site / "ev" / "manifest.json").unlink()
    assert "no whole bundle of evidence: it has no manifest.json" in call("report", "ev").stderr
    assert call("check", "public", "--evidence", "ev2").exit_code == 1
    body = (site / "ev2" / "manifest.json").read_bytes()
    (site / "ev2" / "manifest.json").write_bytes(
        re.sub(rb"warning", b"w4rning", body, count=1) if b"warning" in body else body[:-40] + b"x" + body[-39:]
    )
    assert "its manifest.json was changed" in call("report", "ev2").stderr
    assert not (site / "again").exists()


def test_nothing_is_written_over_a_bundle(site: Path, call: Call) -> None:
    assert call("check", "public", "--evidence", "ev").exit_code == 1
    for target in ("html=ev/", "html=ev", "json=ev/report.json", "html=ev/new.html"):
        result = call("report", "ev", "--output", target)
        assert result.exit_code == 2
        assert f"cannot write {target.partition('=')[2].rstrip('/')}: " in result.stderr
    assert (site / "ev" / "manifest.json").exists()
