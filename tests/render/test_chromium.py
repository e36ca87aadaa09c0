"""Which browser draws, and what is said where there is none that can."""

from __future__ import annotations

import builtins
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from checker.errors import BadConfig
from checker.render import chromium
from checker.render.chromium import ask_for_playwright, checked, executable

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the browsers of these tests are shell scripts")


@pytest.fixture
def program(tmp_path: Path) -> Any:
    def write(body: str, name: str = "browser", mode: int = 0o755) -> str:
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(mode)
        return str(path)

    return write


def told(named: str | None) -> str:
    with pytest.raises(BadConfig) as fault:
        checked(named)
    text = str(fault.value)
    assert "\n" not in text
    return text


def test_a_browser_that_is_not_there_is_said_to_be_missing() -> None:
    assert told("/nowhere/chromium").startswith("the browser /nowhere/chromium: there is no such file")


def test_a_file_that_cannot_be_run_is_said_to_be_one(program: Any) -> None:
    path = program("exit 0", mode=0o644)
    assert told(path).startswith(f"the browser {path}: it cannot be run")


def test_a_folder_is_no_browser(tmp_path: Path) -> None:
    assert "it cannot be run" in told(str(tmp_path))


def test_a_program_that_is_no_chromium_is_told_by_what_it_answers(program: Any) -> None:
    path = program("echo Lynx Version 2.9.2")
    assert told(path) == f"the browser {path} is no Chromium that can be used: Lynx Version 2.9.2"


def test_a_program_that_fails_is_told_by_what_it_says(program: Any) -> None:
    assert "is no Chromium that can be used: libnss3.so: not found" in told(program("echo libnss3.so: not found >&2; exit 127"))
    assert "it ended with code 3" in told(program("exit 3"))


def test_a_program_that_cannot_be_executed_is_no_traceback(program: Any, tmp_path: Path) -> None:
    path = tmp_path / "broken"
    path.write_bytes(b"\x7fELFbroken")
    path.chmod(0o755)
    assert "does not start" in told(str(path))


def test_a_program_that_does_not_answer_is_not_waited_for(program: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium, "_PATIENCE", 0.2)
    assert "does not start" in told(program("exec sleep 60"))


def test_a_chromium_is_taken(program: Any) -> None:
    path = program("echo Chromium 140.0.1")
    assert checked(path) == path


def test_a_name_is_looked_for_as_a_shell_does(program: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = program("echo Google Chrome 140", "my-chrome")
    monkeypatch.setenv("PATH", os.path.dirname(path))  # noqa: PTH120
    assert executable("my-chrome") == path


def test_the_shell_is_taken_before_the_whole_browser(program: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    program("exit 0", "google-chrome")
    program("exit 0", "chromium")
    path = program("exit 0", "chromium-headless-shell")
    monkeypatch.setenv("PATH", os.path.dirname(path))  # noqa: PTH120
    assert executable() == path


@pytest.mark.parametrize(("platform", "command"), [("linux", "apt-get install chromium-headless-shell"), ("darwin", "brew install --cask chromium")])
def test_without_a_browser_it_is_said_how_one_is_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, command: str) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "_MAC", ())
    monkeypatch.setattr(sys, "platform", platform)
    with pytest.raises(BadConfig, match="none is installed") as fault:
        executable()
    assert command in str(fault.value)
    assert "--browser PATH" in str(fault.value)


@pytest.mark.parametrize("missing", ["playwright", "PIL"])
def test_without_what_drives_it_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name.partition(".")[0] == missing:
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(BadConfig, match=r"pip install 'disclosure-checker\[render\]'"):
        ask_for_playwright()
