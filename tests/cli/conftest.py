import multiprocessing
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

PAID = """<!doctype html>
<html lang="en"><head><title>The best kettle</title></head><body><article><h1>The best kettle</h1>
<p>By Jane Doe</p><p>After a month of tea we would buy this one again.</p>
<p>Get <a rel="sponsored" href="https://www.amazon.com/dp/B000000001?tag=teablog-20">the kettle</a>.</p></article></body></html>
"""
CLEAN = """<!doctype html>
<html lang="en"><head><title>Tea</title></head><body><article><h1>How to make tea</h1>
<p>By Jane Doe</p><p>Boil fresh water and wait for four minutes before you pour the tea.</p></article></body></html>
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one page that has findings and one that has none; it is the current one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "paid.html").write_text(PAID, "utf-8")
    (tmp_path / "clean.html").write_text(CLEAN, "utf-8")
    (tmp_path / "image.html").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    (tmp_path / "empty.html").touch()
    (tmp_path / "none").mkdir()
    return tmp_path


@pytest.fixture
def call() -> Callable[..., Result]:
    def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
        from checker.cli.main import cli

        return CliRunner().invoke(cli, arguments, input=stdin, catch_exceptions=False)

    return run


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes are forked, so that they have what the test has replaced, even where an earlier test left a thread at work."""
    from checker.scale import pool

    monkeypatch.setattr(pool, "_context", lambda **_: multiprocessing.get_context("fork"))
