import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "checker"]


def on_terminal(folder: Path, *arguments: str, **environment: str) -> str:
    """What a terminal receives from the command."""
    ours, theirs = pty.openpty()
    names = {"TERM": "xterm-256color", **environment}
    kept = {
        name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "VTE_VERSION", "TERM_PROGRAM", "KITTY_WINDOW_ID", "WT_SESSION"}
    }
    with subprocess.Popen([*COMMAND, *arguments], cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, env={**kept, **names}) as process:
        os.close(theirs)
        received = b""
        while True:
            try:
                piece = os.read(ours, 65_536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            received += piece
        process.wait(60)
    os.close(ours)
    return received.decode("utf-8", "replace")


@pytest.fixture
def many(site: Path) -> Path:
    (site / "many").mkdir()
    page = (site / "clean.html").read_text("utf-8")
    for number in range(60):
        (site / "many" / f"{number:02}.html").write_text(page, "utf-8")
    return site


def test_colours_on_a_terminal(site: Path) -> None:
    shown = on_terminal(site, "check", "paid.html")
    assert "\x1b[31merror\x1b[0m" in shown
    assert "\x1b]8;;" not in shown


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colours_where_they_are_not_wanted(site: Path, environment: dict[str, str]) -> None:
    assert "\x1b" not in on_terminal(site, "check", "paid.html", VTE_VERSION="7000", **environment)


def test_links_where_the_terminal_says_that_it_knows_them(site: Path) -> None:
    shown = on_terminal(site, "check", "paid.html", VTE_VERSION="7000")
    assert "\x1b]8;;file:///" in shown
    assert "\x1b]8;;https://" in shown


def on_screen(received: str) -> list[str]:
    """What stands on the screen in the end."""
    lines = [""]
    row = column = 0
    for piece in re.findall(r"\x1b\[[0-9;]*[A-Za-z]|\x1b\][^\x1b]*\x1b\\\\|[^\x1b]", received):
        if piece == "\r":
            column = 0
        elif piece == "\n":
            row += 1
            lines += [""] * (row + 1 - len(lines))
        elif piece.endswith("A") and len(piece) > 2:
            row -= int(piece[2:-1])
        elif piece == "\x1b[K":
            lines[row] = lines[row][:column]
        elif piece == "\x1b[J":
            lines[row:] = [lines[row][:column]]
        elif len(piece) == 1:
            lines[row] = lines[row][:column].ljust(column) + piece + lines[row][column + 1 :]
            column += 1
    return lines


def test_how_far_it_is_on_a_terminal(many: Path) -> None:
    shown = on_terminal(many, "check", "many", "--output", "json=r.json", CI="")
    assert re.search(r"checking [0-9]+ of 60, [0-9.]+ pages/s", shown)
    assert [line for line in on_screen(shown) if line] == [
        "disclosure-checker: exit 0 (ok): no violation on 60 pages; 0 need review; 0 not checked"
    ], "it is cleared away"


@pytest.mark.parametrize("arguments", [["check", "many", "--quiet"], ["check", "clean.html"]])
def test_no_bar_for_short_or_quiet_runs(many: Path, arguments: list[str]) -> None:
    assert "checking" not in on_terminal(many, *arguments, CI="")


def test_nothing_is_redrawn_in_a_pipeline(many: Path) -> None:
    assert "checking" not in on_terminal(many, "check", "many", CI="true")


def test_no_bar_where_nobody_looks(many: Path) -> None:
    done = subprocess.run([*COMMAND, "check", "many"], cwd=many, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0
    assert "checking" not in done.stderr
    assert done.stderr.count("\n") == 1


def test_it_makes_way_for_findings(many: Path) -> None:
    (many / "many" / "30.html").write_text((many / "paid.html").read_text("utf-8"), "utf-8")
    shown = on_terminal(many, "check", "many", "--jobs", "2", NO_COLOR="1", CI="")
    assert "checking" in shown
    lines = on_screen(shown)
    assert any(line.startswith("many/30.html:4:8 AFF001 error") for line in lines)
    assert not any("checking" in line for line in lines)
