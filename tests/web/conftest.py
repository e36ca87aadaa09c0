"""The program as its users run it, against the paper on loopback; whatever it would dial beyond that is refused and written down."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("httpcore2", reason="httpx2 is not installed")
pytest.importorskip("warcio", reason="warcio is not installed")

from fixtures.servers.paper import Paper

ROOT = Path(__file__).resolve().parent.parent.parent
# Python reads this before anything else, in the processes of the run too.
GUARD = """
import os, sys
LOCAL = ("127.", "::1", "localhost", "0.0.0.0")
def watch(event, told):
    if event == "socket.connect" and isinstance(told[1], tuple):
        host = told[1][0]
    elif event == "socket.getaddrinfo":
        host = told[0].decode() if isinstance(told[0], bytes) else told[0]
        if host and (host[0].isdigit() or ":" in host):  # an address, which is not looked up
            return
    elif event == "socket.sendto":
        host = told[1][0]
    else:
        return
    if host and not str(host).startswith(LOCAL):
        with open(os.environ["DIALLED"], "a") as file:
            file.write(f"{event} {host}\\n")
        raise OSError(f"a test would have asked {host}")
sys.addaudithook(watch)
"""
# As the program, but for the times: a server that hangs is asked again sooner; it is given up sooner by a setting.
HASTY = """
import inspect, sys
from checker.sources.fetch.settings import Fetching
def sooner(kind, **times):
    names = [name for name, each in inspect.signature(kind).parameters.items() if each.default is not each.empty]
    kind.__init__.__defaults__ = tuple(times.get(name, old) for name, old in zip(names, kind.__init__.__defaults__, strict=True))
sooner(Fetching, wait=0.05, attempts=2)
{more}
from checker.__main__ import main
main()
"""


@dataclass(frozen=True)
class Done:
    """How a run ended."""

    code: int
    out: str
    err: str
    report: dict[str, Any]

    def pages(self) -> dict[str, dict[str, Any]]:
        """Every page by its address without the origin, or by its name where it has none."""
        return {path_of(page): page for page in self.report["pages"]}

    def findings(self, path: str) -> set[tuple[str, str, str]]:
        """What was found on a page."""
        source = self.pages()[path]["source"]
        return {(each["rule"], each["fingerprint"], each["outcome"]) for each in self.report["findings"] if each["source"] == source}


def path_of(page: dict[str, Any]) -> str:
    """The path of the address that was asked for."""
    name: str = page["source"].rpartition(" ")[2]
    return "/" + name.partition("://")[2].partition("/")[2] if "://" in name else name


class Program:
    """Runs the program in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        guard = folder / "guard"
        guard.mkdir()
        (guard / "sitecustomize.py").write_text(GUARD, "utf-8")
        self.dialled = folder / "dialled"
        kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower() and not name.startswith("DISCLOSURE_CHECKER")}
        hasty = {"DISCLOSURE_CHECKER_TIMEOUT": "connect=2,read=0.8,page=2"}
        self.environment = {**kept, **hasty, "DIALLED": str(self.dialled), "PYTHONPATH": os.pathsep.join((str(guard), str(ROOT)))}

    def command(self, *words: str, more: str = "") -> list[str]:
        """What is typed."""
        return [sys.executable, "-c", HASTY.format(more=more), *words]

    def begin(self, *words: str, more: str = "", **environment: str) -> subprocess.Popen[str]:
        """Start it."""
        return subprocess.Popen(
            self.command(*words, more=more),
            cwd=self.folder,
            env={**self.environment, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def check(self, *words: str, report: str = "report.json", more: str = "", jobs: int = 1, **environment: str) -> Done:
        """Check, private hosts allowed, and read the report."""
        always = ("--allow-private", "--no-cache", "--jobs", str(jobs), "--output", f"json={report}")
        process = self.begin("check", *always, *words, more=more, **environment)
        out, err = process.communicate(timeout=240)
        path = self.folder / report
        return Done(process.returncode, out, err, json.loads(path.read_text("utf-8")) if path.exists() else {})

    def asks_nobody_else(self) -> None:
        """Nothing but loopback was dialled, nor would have been."""
        assert not self.dialled.exists(), self.dialled.read_text("utf-8")


@pytest.fixture(scope="session")
def paper() -> Iterator[Paper]:
    with Paper() as running:
        yield running


@pytest.fixture
def program(tmp_path: Path, paper: Paper) -> Iterator[Program]:
    """For one test; what the server was asked is counted from here on."""
    paper.forget()
    made = Program(tmp_path / "run")
    yield made
    made.asks_nobody_else()
