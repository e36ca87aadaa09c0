"""The command `watch` as it runs: a process of its own, an address, a browser, Ctrl-C."""

from __future__ import annotations

import contextlib
import http.client
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs signals")

NOTICE = "<p>We earn a commission when you buy something through links on this page.</p><p>Get"


class Watching:
    """A watch at work."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "checker", "watch", "--select", "AFF001", *arguments]
        # A group of its own: a terminal sends Ctrl-C to the whole group.
        self.process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True)
        self._lines: queue.Queue[str] = queue.Queue()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()
        self.url = self.line().strip() if "--no-serve" not in arguments else ""

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def line(self, with_: str = "") -> str:
        """The next line that holds this."""
        while with_ not in (line := self._lines.get(timeout=60)):
            pass
        return line

    def ended(self, number: int = signal.SIGINT) -> tuple[int, str]:
        """The exit code and what stands on standard error after a signal to all of the group."""
        os.killpg(self.process.pid, number)
        assert self.process.stderr is not None
        told = self.process.stderr.read()
        return self.process.wait(60), told

    def close(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self._thread.join()
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()


@pytest.fixture
def watching(site: Path) -> Iterator[Callable[..., Watching]]:
    made: list[Watching] = []

    def start(*arguments: str) -> Watching:
        made.append(Watching(site, *arguments))
        return made[-1]

    yield start
    for each in made:
        each.close()


def alive(group: int) -> set[int]:
    """The processes of a group; not those that have ended and wait for somebody to ask after them."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, its = stat.read_text("utf-8").rpartition(")")[2].split()[:3]
            if int(its) == group and state != "Z":
                found.add(int(stat.parent.name))
    return found


def report(port: int) -> bytes:
    """What a browser is given."""
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", "/")
        return connection.getresponse().read()


def save(page: Path) -> None:
    """As most editors do: another file is put into its place."""
    other = page.with_name(f".{page.name}.new")
    other.write_text(page.read_text("utf-8").replace("<p>Get", NOTICE), "utf-8")
    other.replace(page)


def test_a_save_is_told_in_the_terminal_and_to_the_browser(site: Path, watching: Callable[..., Watching]) -> None:
    watch = watching("paid.html", "clean.html")
    port = int(watch.url.rstrip("/").rpartition(":")[2])
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as news:
        news.request("GET", "/changes?after=nothing")
        events = news.getresponse()

        def comes(text: bytes) -> None:
            """Wait until the report says this, and ask for it only when there is news."""
            while text not in report(port):
                while (line := events.readline()) != b"event: report\n":
                    assert line, "the watch has ended"

        comes(b"1 error on 1 page of 2")
        save(site / "paid.html")
        comes(b"no violation on 2 pages")
        events.close()
    assert "paid.html: 1 error" in watch.line("paid.html")
    assert "paid.html: 1 gone" in watch.line("paid.html")
    assert watch.line("AFF001").strip().startswith("- AFF001 error ")
    assert watch.ended() == (0, "disclosure-checker: exit 0 (ok): no longer watching\n")


def test_ctrl_c_ends_it_with_0_one_line_and_no_process_left(watching: Callable[..., Watching]) -> None:
    watch = watching("paid.html", "--no-serve")
    watch.line("not checked")
    assert watch.ended() == (0, "disclosure-checker: exit 0 (ok): no longer watching\n")
    until = time.monotonic() + 20
    while (left := alive(watch.process.pid)) and time.monotonic() < until:
        time.sleep(0.02)
    assert left == set()


def test_ctrl_c_before_the_first_round_has_ended(watching: Callable[..., Watching]) -> None:
    watch = watching("paid.html")
    assert watch.ended() == (0, "disclosure-checker: exit 0 (ok): no longer watching\n")


def test_termination_says_so(watching: Callable[..., Watching]) -> None:
    watch = watching("paid.html", "--no-serve")
    watch.line("not checked")
    code, told = watch.ended(signal.SIGTERM)
    assert code == 143
    assert told.count("\n") == 1


def test_a_second_watch_on_the_port_says_that_it_is_taken(site: Path, watching: Callable[..., Watching]) -> None:
    port = watching("paid.html").url.rstrip("/").rpartition(":")[2]
    done = subprocess.run(
        [sys.executable, "-m", "checker", "watch", "paid.html", "--port", port], cwd=site, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"disclosure-checker: exit 2 (error): cannot listen on 127.0.0.1:{port}: ")
    assert done.stderr.count("\n") == 1


def test_a_report_that_is_open_shows_what_was_saved(site: Path, watching: Callable[..., Watching]) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    from checker.errors import BadConfig
    from checker.render.chromium import executable

    try:
        browser_path = executable()
    except BadConfig as fault:
        pytest.skip(str(fault))
    watch = watching("paid.html")
    with sync_api.sync_playwright() as driver, contextlib.closing(driver.chromium.launch(executable_path=browser_path)) as browser:
        page = browser.new_page()
        asked: list[str] = []
        faults: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(watch.url)
        # It may be there before the first round has ended, and shows the report by itself then.
        page.get_by_text("1 error on 1 page of 1").first.wait_for(timeout=60_000)
        save(site / "paid.html")
        page.get_by_text("no violation on 1 page").first.wait_for(timeout=60_000)
        assert page.get_by_text("1 error on 1 page of 1").count() == 0
        assert faults == []
        assert {url.partition("?")[0] for url in asked} <= {watch.url, f"{watch.url}changes", f"{watch.url}favicon.ico"}
    assert watch.ended()[0] == 0
