"""A report is never written over what the run reads, nor over any page."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Call = Callable[..., Result]


def refused(result: Result, told: str) -> None:
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == f"disclosure-checker: exit 2 (error): {told}\n"


@pytest.mark.parametrize("command", ["check jsonl", "check json", "check text", "facts jsonl", "facts json"])
@pytest.mark.parametrize("read", ["paid.html", "clean.html", ".", "none"])
def test_a_page_stays(site: Path, call: Call, command: str, read: str) -> None:
    before = (site / "clean.html").read_bytes()
    result = call(*command.split()[:1], read, "--output", f"{command.rsplit(maxsplit=1)[-1]}=clean.html")
    refused(result, f"cannot write clean.html: {'it is one of the inputs' if read in {'clean.html', '.'} else 'a page is there; name another file'}")
    assert (site / "clean.html").read_bytes() == before
    assert sorted(path.name for path in site.iterdir()) == ["clean.html", "empty.html", "image.html", "none", "paid.html"]


@pytest.mark.parametrize("start", ["<!DOCTYPE HTML>\n", "\ufeff\n <!-- saved --> <html>", '<?xml version="1.0"?><html>', "<head>", "<BODY class=x>"])
def test_a_page_by_any_name_stays(site: Path, call: Call, start: str) -> None:
    (site / "story.php").write_text(start, "utf-8")
    refused(call("check", "clean.html", "--output", "jsonl=story.php"), "cannot write story.php: a page is there; name another file")
    assert (site / "story.php").read_text("utf-8") == start


def test_a_page_behind_a_link_stays(site: Path, call: Call) -> None:
    (site / "link").symlink_to("paid.html")
    os.link(site / "paid.html", site / "hard")
    for name in ("link", "hard"):
        refused(call("check", "clean.html", "--output", f"jsonl={name}"), f"cannot write {name}: a page is there; name another file")
        refused(call("check", "paid.html", "--output", f"jsonl={name}"), f"cannot write {name}: it is one of the inputs")


def test_a_report_is_written_again_whatever_it_quotes(site: Path, call: Call) -> None:
    for _ in range(2):
        for form, name in (("text", "r.txt"), ("json", "r.json"), ("jsonl", "r.jsonl")):
            assert call("check", "paid.html", "--output", f"{form}={name}").exit_code == 1
        assert call("facts", "paid.html", "--output", "json=f.json", "--output", "jsonl=f.jsonl").exit_code == 0
    assert "<a rel=" in (site / "r.txt").read_text("utf-8")


def test_an_empty_file_holds_no_page(site: Path, call: Call) -> None:
    assert call("check", "clean.html", "--output", "json=empty.html").exit_code == 0


def test_the_list_of_files_stays(site: Path, call: Call) -> None:
    (site / "list.txt").write_text("clean.html\n", "utf-8")
    refused(call("check", "--files-from", "list.txt", "--output", "json=list.txt"), "cannot write list.txt: it is the list of files")
    assert (site / "list.txt").read_text("utf-8") == "clean.html\n"


def test_a_file_of_a_pack_stays(site: Path, call: Call) -> None:
    (site / "house" / "words").mkdir(parents=True)
    path = site / "house" / "words" / "notice.en.toml"
    path.write_text('pays = ["kickback"]\n', "utf-8")
    refused(call("check", "clean.html", "--pack", "house", "--output", f"json={path}"), f"cannot write {path}: it belongs to a rule pack")
    assert path.read_text("utf-8") == 'pays = ["kickback"]\n'


def test_what_standard_input_comes_from_stays(site: Path) -> None:
    (site / "story").write_text("By hand: " + (site / "paid.html").read_text("utf-8"), "utf-8")
    before = (site / "story").read_bytes()
    for arguments in (["check", "-"], ["facts", "-"], ["check", "--files-from", "-"]):
        with (site / "story").open("rb") as stdin:
            done = subprocess.run(
                [sys.executable, "-m", "checker", *arguments, "--output", "jsonl=story"],
                cwd=site,
                stdin=stdin,
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
        assert (done.returncode, done.stderr) == (2, "disclosure-checker: exit 2 (error): cannot write story: standard input comes from it\n")
        assert (site / "story").read_bytes() == before


@pytest.mark.parametrize("target", ["json=", "json= ", "jsonl="])
@pytest.mark.parametrize("command", ["check", "facts"])
def test_a_target_without_a_path_is_no_standard_output(site: Path, call: Call, command: str, target: str) -> None:
    name = target.partition("=")[0]
    refused(call(command, "clean.html", "--output", target), f"no file is named behind {target}; write {name}=PATH, or {name} alone to print it")
