"""Where the browser is: the one that is named, or the first that is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from checker.errors import BadConfig

# The shell starts in half the time of the whole browser and draws a page in a third of it.
_NAMES = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "headless_shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
_MAC = ("/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
_WINDOWS = ("Google/Chrome/Application/chrome.exe", "Chromium/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
_PATIENCE = 20
_INSTALL = {
    "linux": "on Debian and Ubuntu: apt-get install chromium-headless-shell, or chromium",
    "darwin": "brew install --cask chromium",
    "win32": "winget install Google.Chrome",
}


def executable(named: str | None = None) -> str:
    """The path of the browser. Raises BadConfig, saying how to install one."""
    if named is not None:
        found = shutil.which(named)
        if found is None:
            why = "there is no such file" if not Path(named).exists() else "it cannot be run"
            raise BadConfig(f"the browser {named}: {why}; name a Chromium or Chrome, for example --browser /usr/bin/chromium")
        return found
    places = _MAC if sys.platform == "darwin" else _windows() if sys.platform == "win32" else ()
    found = next((path for name in _NAMES if (path := shutil.which(name))), None) or next((place for place in places if Path(place).is_file()), None)
    if found is None:
        raise BadConfig(
            f"pages are drawn by a Chromium, and none is installed; {_INSTALL.get(sys.platform, _INSTALL['linux'])}; or name one: --browser PATH"
        )
    return found


def checked(named: str | None = None) -> str:
    """The path of a browser that runs. Raises BadConfig, saying what is wrong, before any page is read."""
    path = executable(named)
    if sys.platform == "win32":  # there it opens a window instead of answering
        return path
    try:
        told = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=_PATIENCE, check=False)  # noqa: S603 - the user named it
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise BadConfig(f"the browser {path} does not start: {fault}") from None
    version = told.stdout.strip()
    if told.returncode or "chrom" not in version.lower():
        said = next((line.strip() for line in (told.stderr + told.stdout).splitlines() if line.strip()), f"it ended with code {told.returncode}")
        raise BadConfig(f"the browser {path} is no Chromium that can be used: {said[:200]}")
    return path


def ask_for_playwright() -> None:
    """Raises BadConfig where the extra that drives the browser is not installed."""
    try:
        import PIL  # noqa: F401
        import playwright  # noqa: F401
    except ImportError:
        raise BadConfig("drawing pages needs an extra: pip install 'disclosure-checker[render]'") from None


def _windows() -> tuple[str, ...]:
    folders = [os.environ[name] for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA") if name in os.environ]
    return tuple(str(Path(folder) / each) for folder in folders for each in _WINDOWS)
