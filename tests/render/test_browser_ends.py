"""A page that hangs or kills the browser costs itself, never the next page, and nothing of the browser is left whichever way the program ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.errors import BadConfig
from checker.render.browser import Browser, Gone
from checker.render.renderer import Drawing, Renderer
from checker.render.wish import DESKTOP, PHONE, RenderWish
from checker.sight import Doubt
from tests.render.conftest import ADDRESS, LINK, Easel, Laid, article, children, gone, needs_proc

SLOW_SHEET = article(head='<link rel="stylesheet" href="/slow.css">')


def doubts(drawing: Drawing) -> list[tuple[Doubt, ...]]:
    return [view.doubts for view in drawing.drawn.views]


# Pages that do not end ----------------------------------------------------------------------------------------------------------------


def test_a_style_sheet_that_never_comes_costs_its_page_the_time_that_it_has(easel: Easel) -> None:
    began = time.monotonic()
    _, drawing = easel.draw(SLOW_SHEET, PHONE, DESKTOP, shelf=Laid(slow=30), seconds=1.5)
    assert time.monotonic() - began < 28
    assert doubts(drawing) == [(Doubt.TIMED_OUT,), (Doubt.TIMED_OUT,)]
    assert easel.view(article()).measurable


def test_a_page_that_takes_too_long_to_measure_is_given_up(easel: Easel) -> None:
    began = time.monotonic()
    # Each rule may match each link below each box.
    style = "".join(f"body:has(.a{number}) .b ~ * ~ * {{ color: red }}" for number in range(3_000))
    _, drawing = easel.draw(article(style=style, after="<p>a</p>" * 20_000), seconds=2.0)
    assert time.monotonic() - began < 60
    assert doubts(drawing) == [(Doubt.TIMED_OUT,)]
    assert easel.view(article()).measurable


@pytest.mark.long
def test_200000_elements_are_measured_or_given_up_in_time(easel: Easel) -> None:
    began = time.monotonic()
    _, drawing = easel.draw(article(after="<div>" * 400 + "<p>word</p>" * 200_000), seconds=20.0)
    assert time.monotonic() - began < 60
    assert doubts(drawing) in ([()], [(Doubt.TIMED_OUT,)])


@pytest.mark.parametrize(
    "script",
    [
        "onload = () => setTimeout(() => { while (true) {} }, 10)",
        pytest.param("while (true) {}", marks=pytest.mark.long),
        pytest.param("while (true) alert(1)", marks=pytest.mark.long),
    ],
)
def test_a_script_that_never_ends_is_ended(easel: Easel, script: str) -> None:
    began = time.monotonic()
    report = easel.check(article("", after=f"<script>{script}</script>"), scripts=True, seconds=2.0)
    assert time.monotonic() - began < 60
    assert report.drawn is not None
    assert report.drawn.views[0].doubts == (Doubt.TIMED_OUT,)
    assert "AFF001" in {finding.rule for finding in report.findings}


# Browsers that die --------------------------------------------------------------------------------------------------------------------


class Killing(Laid):
    """Ends the browser when it is asked for the style sheet."""

    browser: Browser

    def find(self, url: str) -> None:
        if "slow" in url:
            for pid in self.browser._pids:
                os.kill(pid, signal.SIGKILL)


@needs_proc
def test_a_browser_that_is_killed_costs_one_page(easel: Easel, own: Callable[..., Renderer]) -> None:
    renderer = own(sizes=(PHONE, DESKTOP))
    shelf = Killing()
    shelf.browser = renderer._browser
    assert doubts(renderer.draw(easel.markup(SLOW_SHEET), ADDRESS, shelf)) == [(Doubt.CRASHED,), (Doubt.CRASHED,)]
    assert doubts(renderer.draw(easel.markup(article()), ADDRESS)) == [(), ()]


@needs_proc
def test_a_browser_that_dies_between_two_pages_is_not_noticed(easel: Easel, own: Callable[..., Renderer]) -> None:
    renderer = own(sizes=(DESKTOP,))
    assert doubts(renderer.draw(easel.markup(article()), ADDRESS)) == [()]
    for pid in renderer._browser._pids:
        os.kill(pid, signal.SIGKILL)
    time.sleep(0.3)
    assert doubts(renderer.draw(easel.markup(article()), ADDRESS)) in ([()], [(Doubt.CRASHED,)])
    assert doubts(renderer.draw(easel.markup(article()), ADDRESS)) == [()]


@needs_proc
def test_a_driver_that_is_killed_costs_one_page(easel: Easel, own: Callable[..., Renderer]) -> None:
    renderer = own(sizes=(DESKTOP,), seconds=5.0)
    before = children(os.getpid())
    renderer.draw(easel.markup(article()), ADDRESS)
    mine = children(os.getpid()) - before
    driver = next(pid for pid in mine if "node" in _command(pid).partition("\0")[0])
    os.kill(driver, signal.SIGKILL)
    time.sleep(0.3)
    renderer.draw(easel.markup(article()), ADDRESS)
    assert doubts(renderer.draw(easel.markup(article()), ADDRESS)) == [()]
    renderer.close()
    assert gone(mine) == set()


def test_what_starts_no_browser_is_said_in_one_line(easel: Easel, tmp_path: Path) -> None:
    path = tmp_path / "chromium"
    path.write_text("#!/bin/sh\necho Chromium 140; exit 1\n")
    path.chmod(0o755)
    renderer = Renderer(RenderWish(browser=str(path)))
    with pytest.raises(BadConfig, match="does not start") as fault:
        renderer.draw(easel.markup(article()), ADDRESS)
    assert "\n" not in str(fault.value)
    renderer.close()


# Nothing is left ----------------------------------------------------------------------------------------------------------------------


@needs_proc
def test_nothing_is_left_when_it_is_closed(easel: Easel, own: Callable[..., Renderer]) -> None:
    before = children(os.getpid())
    renderer = own()
    renderer.draw(easel.markup(article()), ADDRESS)
    mine = children(os.getpid()) - before
    assert len(mine) >= 2
    renderer.close()
    assert gone(mine) == set()
    renderer.close()


@needs_proc
def test_nothing_is_left_after_a_page_that_was_given_up(easel: Easel, own: Callable[..., Renderer]) -> None:
    before = children(os.getpid())
    renderer = own(sizes=(DESKTOP,), seconds=1.0)
    renderer.draw(easel.markup(SLOW_SHEET), ADDRESS, Laid(slow=5))
    assert gone(children(os.getpid()) - before) == set()


@needs_proc
def test_nothing_is_left_after_an_exception(easel: Easel, own: Callable[..., Renderer]) -> None:
    before = children(os.getpid())
    renderer = own(sizes=(DESKTOP,))

    async def fails() -> None:
        async with renderer._browser.tab(DESKTOP, Laid().find):  # type: ignore[arg-type]
            raise Gone("of ours")

    with pytest.raises(Gone, match="of ours"):
        renderer._browser.run(fails)
    mine = children(os.getpid()) - before
    renderer.close()
    assert mine
    assert gone(mine) == set()


@needs_proc
@pytest.mark.parametrize("jobs", ["1", pytest.param("2", marks=pytest.mark.long)])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_after_a_signal(chromium: str, tmp_path: Path, number: signal.Signals, jobs: str) -> None:
    # Pages whose measuring takes long, so that the signal finds the browser at work.
    for name in range(30):
        (tmp_path / f"{name}.html").write_text(article(after=f"<p>{LINK}</p>" * 3_000))
    command = [sys.executable, "-m", "checker", "check", ".", "--render", "--browser", chromium, "--jobs", jobs, "--no-cache", "--output", "json"]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent.parent)}
    program = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env)
    try:
        until = time.monotonic() + 40
        mine: set[int] = set()
        while time.monotonic() < until and not any("--type=renderer" in line for line in map(_command, mine)):
            time.sleep(0.1)
            mine = children(program.pid)
        time.sleep(0.5)
        mine |= children(program.pid)
        assert len(mine) >= 2
        program.send_signal(number)
        program.communicate(timeout=30)
        assert program.returncode in {128 + number, -number}
        assert gone(mine) == set()
    finally:
        program.kill()
        program.wait()


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""
