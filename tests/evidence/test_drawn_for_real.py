"""Evidence of pages that a real browser drew."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from checker.errors import BadConfig
from checker.render.chromium import ask_for_playwright, executable
from checker.report.saved import load
from tests.evidence.conftest import LINK, NOTICE, Call, story


@pytest.fixture(scope="module", autouse=True)
def chromium() -> str:
    """The browser. Without one, or without what drives it, the tests are skipped."""
    try:
        ask_for_playwright()
        return executable()
    except BadConfig as fault:
        pytest.skip(str(fault))


def test_what_a_browser_was_given_and_made_of_it(site: Path, call: Call) -> None:
    Path("public/faint.css").write_text("body { font: 18px serif } .note { opacity: 0 }")
    head = '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="faint.css">'
    Path("public/told.html").write_text(story(NOTICE.replace("<p>", '<p class="note">'), LINK, head=head), "utf-8")
    # In a process of its own, which takes its browser with it.
    words = [sys.executable, "-m", "checker", "check", "public/told.html", "--render", "--evidence", "ev.zip"]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1, done.stderr
    with zipfile.ZipFile("ev.zip") as archive:
        archive.extractall("ev")
    (folder,) = Path("ev/pages").iterdir()
    assert {"390x844.html", "390x844.png", "1366x768.html", "1366x768.png", "page.warc", "measurements.json"} <= {
        path.name for path in folder.iterdir()
    }
    assert b".note { opacity: 0 }" in (folder / "page.warc").read_bytes()
    views = json.loads((folder / "measurements.json").read_text("utf-8"))["drawn"]["views"]
    assert [view["notices"][0]["unseen"] for view in views] == ["opacity", "opacity"]
    assert "rendered" in {finding["basis"] for finding in load(Path("ev/report.json")).findings}
    verified = call("evidence", "verify", "ev.zip")
    assert (verified.exit_code, verified.stdout) == (0, ""), verified.output


def test_a_page_whose_scripts_ran_is_judged_again_as_they_left_it(site: Path, call: Call) -> None:
    script = f"<script>document.querySelector('h1').insertAdjacentHTML('afterend', '{NOTICE}')</script>"
    Path("public/told.html").write_text(story(LINK, script, head="<style>body { font: 18px serif }</style>"), "utf-8")
    words = [sys.executable, "-m", "checker", "check", "public/told.html", "--render", "--render-js", "--evidence", "ev"]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    (folder,) = Path("ev/pages").iterdir()
    assert "We earn a commission" in (folder / "390x844.ran.html").read_text("utf-8")
    (page,) = load(Path("ev/report.json")).pages
    assert page["outcomes"]["AFF001"] == "pass", done.stdout
    verified = call("evidence", "verify", "ev")
    assert (verified.exit_code, verified.stdout) == (0, ""), verified.output
