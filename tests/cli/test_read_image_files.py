"""`--read-image-files`: what the files of pictures say, as the command line shows it."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

PICTURES = Path(__file__).resolve().parent.parent.parent / "fixtures/pictures"
FIGURE = '<figure><img src="/pictures/{file}" width="1200" height="800" alt=""><figcaption>{caption}</figcaption></figure>'
Call = Callable[..., Result]


def page(*figures: tuple[str, str]) -> str:
    shown = "\n".join(FIGURE.format(file=file, caption=caption) for file, caption in figures)
    return (
        '<!doctype html><html lang="en"><head><meta property="og:type" content="article"></head><body><article><h1>A day at the harbour</h1>\n'
        '<p class="byline">By <a href="/people/mara">Mara Lindqvist</a>, May 3, 2026</p><p>The boats leave before dawn and come back at noon.</p>\n'
        f"{shown}\n<p>On the quay the nets are mended.</p></article></body></html>"
    )


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Writes a page beside the fixtures' pictures."""
    shutil.copytree(PICTURES, tmp_path / "pictures")
    monkeypatch.chdir(tmp_path)

    def write(*figures: tuple[str, str]) -> Path:
        path = tmp_path / "story.html"
        path.write_text(page(*figures), "utf-8")
        return path

    return write


def findings(result: Result) -> list[tuple[str, str]]:
    return [(each["rule"], each["outcome"]) for each in json.loads(result.stdout)["findings"]]


def test_a_maker_whom_the_page_does_not_name(call: Call, story: Callable[..., Path]) -> None:
    story(("iptc.jpg", "Boats at dawn."))
    asked = call("check", "story.html", "--read-image-files", "--select", "IMG406", "--output", "json")
    assert (findings(asked), asked.exit_code) == ([("IMG406", "violation")], 1)
    (finding,) = json.loads(asked.stdout)["findings"]
    (named,) = json.loads(call("facts", "story.html", "--read-image-files").stdout)["images"]
    assert (named["file"]["credit_line"] or named["file"]["creators"][0]) in finding["message"]
    assert json.loads(asked.stdout)["summary"]["picture_files"] == {"read": 1}


def test_files_are_not_opened_unless_asked(call: Call, story: Callable[..., Path]) -> None:
    story(("iptc.jpg", "Boats at dawn."), ("made-by-software.jpg", "Boats at noon."))
    report = json.loads(call("check", "story.html", "--output", "json").stdout)
    assert {"rule": "IMG406", "needs": "files"} in report["not_evaluated"]
    assert report["summary"]["picture_files"] == {}
    assert not {"IMG406", "IMG410"} & {each["rule"] for each in report["findings"]}
    assert [image["file"] for image in json.loads(call("facts", "story.html").stdout)["images"]] == [None, None]
    assert "not evaluated (needs --read-image-files): IMG406" in call("check", "story.html").stdout


def test_a_picture_made_by_software(call: Call, story: Callable[..., Path]) -> None:
    story(("made-by-software.jpg", "Boats at noon."), ("made-by-software.jpg", "Boats at noon. AI-generated image"))
    told = call("check", "story.html", "--read-image-files", "--select", "IMG410", "--output", "json")
    assert findings(told) == [("IMG410", "violation")]


def test_files_that_cannot_be_read_are_counted_and_accuse_nobody(call: Call, story: Callable[..., Path]) -> None:
    path = story(("gone.jpg", "Boats."), ("laughs.jpg", "Boats."), ("not-a-picture.jpg", "Boats."), ("iptc.jpg", "Boats."))
    path.write_text(path.read_text("utf-8").replace("/pictures/iptc.jpg", "https://elsewhere.example/iptc.jpg"), "utf-8")
    told = call("check", "story.html", "--read-image-files", "--select", "IMG406")
    assert told.exit_code == 0
    line = next(line for line in told.stdout.splitlines() if "files of pictures" in line)
    assert "1 missing" in line
    assert "1 elsewhere" in line
    assert " read" not in line


def test_standard_input_lies_in_no_folder(call: Call, story: Callable[..., Path]) -> None:
    text = story(("iptc.jpg", "Boats at dawn.")).read_text("utf-8")
    report = json.loads(call("check", "-", "--read-image-files", "--output", "json", stdin=text).stdout)
    assert report["summary"]["picture_files"] == {"elsewhere": 1}


@pytest.mark.parametrize("command", ["check", "facts"])
def test_without_the_extra_the_run_says_how_to_get_it(command: str, call: Call, story: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    story(("iptc.jpg", "Boats at dawn."))
    monkeypatch.setitem(sys.modules, "PIL", None)
    monkeypatch.setitem(sys.modules, "PIL.Image", None)
    told = call(command, "story.html", "--read-image-files")
    assert told.exit_code == 2
    assert told.stdout == ""
    assert "pip install 'disclosure-checker[meta]'" in told.stderr
    assert len(told.stderr.splitlines()) == 1
