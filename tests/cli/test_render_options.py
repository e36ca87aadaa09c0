"""`check --render` and its options on the command line, in settings, and in the environment; where pages lie, and what is said of what cannot be."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from checker.errors import BadConfig
from checker.render.chromium import ask_for_playwright, executable

ROOT = Path(__file__).resolve().parent.parent.parent
SHEET = b".note { font-size: 9px }"


def page(sheet: str = "site.css", notice: str = "We earn a commission when you buy something through links on this page.") -> bytes:
    text = (
        "A kettle is bought once in ten years and used every morning of them, and we wrote down what went wrong with each of the "
        "eleven that we boiled."
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Kettles</title><style>body {{ font: 18px/1.6 serif }}</style>"
        f'<link rel="stylesheet" href="{sheet}"></head><body><article><h1>Four kettles</h1><p>By Ada Quill</p><p class="note">{notice}</p>'
        f"<p>{text}</p>"
        f'<p>We kept the <a rel="sponsored" href="https://www.amazon.com/dp/B000000001?tag=teablog-20">kettle</a>.</p><p>{text}</p></article></body></html>'
    ).encode()


@pytest.fixture(scope="session")
def chromium() -> str:
    try:
        ask_for_playwright()
        return executable()
    except BadConfig as fault:
        pytest.skip(str(fault))


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kettles.html").write_bytes(page())
    (tmp_path / "site.css").write_bytes(SHEET)
    return tmp_path


@pytest.fixture
def run(chromium: str, shop: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    def do(*arguments: str, code: int | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "checker", "check", *arguments, "--no-cache"]
        done = subprocess.run(
            command, cwd=shop, env={**os.environ, "PYTHONPATH": str(ROOT), **environment}, capture_output=True, encoding="utf-8", check=False
        )
        assert "Traceback" not in done.stderr
        assert code is None or done.returncode == code, done.stderr
        return done

    return do


def rendering(done: subprocess.CompletedProcess[str], place: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(done.stdout)["pages"][place]["rendering"]
    return found


def sizes(done: subprocess.CompletedProcess[str], place: int = 0) -> list[float | None]:
    return [view["notices"][0]["size"] for view in rendering(done, place)["views"]]


# What cannot be -----------------------------------------------------------------------------------------------------------------------


def refused(done: Result) -> str:
    assert done.exit_code == 2
    assert done.stdout == ""
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1
    return lines[0]


@pytest.mark.parametrize(
    "option",
    [
        ("--render-network",),
        ("--render-js",),
        ("--viewport", "390x844"),
        ("--browser", "/usr/bin/chromium"),
        ("--pictures", "out"),
        ("--mask", "main"),
    ],
)
def test_how_pages_are_drawn_is_not_said_where_none_is(call: Callable[..., Result], shop: Path, option: tuple[str, ...]) -> None:
    assert f"{option[0]} says how pages are drawn: it needs --render" in refused(call("check", "kettles.html", *option))
    assert not (shop / "out").exists()


@pytest.mark.parametrize(("size", "said"), [("phone", "WIDTHxHEIGHT"), ("390*844", "WIDTHxHEIGHT"), ("10x10", "120 to 10,000"), ("", "WIDTHxHEIGHT")])
def test_a_wrong_size_is_said_in_a_line(call: Callable[..., Result], shop: Path, size: str, said: str) -> None:
    assert said in refused(call("check", "kettles.html", "--render", "--viewport", "390x844", "--viewport", size))


def test_a_wrong_browser_is_said_before_any_page_is_read(call: Callable[..., Result], shop: Path) -> None:
    pytest.importorskip("playwright", reason="playwright, of the extra render, is not installed")
    assert "the browser /nowhere/chromium: there is no such file" in refused(
        call("check", "kettles.html", "--render", "--browser", "/nowhere/chromium")
    )
    assert "is no Chromium that can be used" in refused(call("check", "kettles.html", "--render", "--browser", "/bin/true"))


def test_a_folder_for_pictures_that_cannot_be_is_said_before_any_page_is_read(call: Callable[..., Result], chromium: str, shop: Path) -> None:
    (shop / "file").touch()
    assert "pictures cannot be put into file" in refused(call("check", "kettles.html", "--render", "--pictures", "file"))


def test_without_the_extra_it_is_said_how_it_is_installed(call: Callable[..., Result], shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright", None)
    assert "pip install 'disclosure-checker[render]'" in refused(call("check", "kettles.html", "--render"))


# Sizes, settings, environment ---------------------------------------------------------------------------------------------------------


def test_pages_are_drawn_at_a_phones_size_and_at_a_desktops(run: Callable[..., Any]) -> None:
    done = run("kettles.html", "--render", "--output", "json", code=0)
    assert [view["viewport"] for view in rendering(done)["views"]] == ["390x844", "1366x768"]
    assert sizes(done) == [9, 9]
    assert rendering(done)["browser"].startswith("Chromium ")
    found = {finding["rule"]: finding for finding in json.loads(done.stdout)["findings"]}
    assert (found["AFF006"]["basis"], found["AFF006"]["view"]) == ("rendered", "390x844")


def test_sizes_come_from_options_before_the_environment_before_settings(run: Callable[..., Any], shop: Path) -> None:
    (shop / "disclosure-checker.toml").write_text('render = true\nviewport = ["500x500"]\n')
    assert [view["viewport"] for view in rendering(run("kettles.html", "--output", "json"))["views"]] == ["500x500"]
    told = run("kettles.html", "--viewport", "600x600", "--viewport", "700x700", "--viewport", "600x600", "--output", "json")
    assert [view["viewport"] for view in rendering(told)["views"]] == ["600x600", "700x700"]
    (shop / "disclosure-checker.toml").unlink()
    told = run("kettles.html", "--viewport", "390x844", "--output", "json", DISCLOSURE_CHECKER_RENDER="true")
    assert [view["viewport"] for view in rendering(told)["views"]] == ["390x844"]


@pytest.mark.parametrize("output", ["text", "summary"])
def test_other_outputs_say_that_pages_were_drawn(run: Callable[..., Any], output: str) -> None:
    done = run("kettles.html", "--render", "--viewport", "390x844", "--output", output, code=0)
    assert done.stdout
    assert output == "summary" or "AFF006" in done.stdout


def test_a_page_whose_style_sheet_hides_its_notice_fails_only_where_it_is_drawn(run: Callable[..., Any], shop: Path) -> None:
    (shop / "site.css").write_bytes(b".note { display: none }")
    run("kettles.html", code=0)
    assert "AFF005" in run("kettles.html", "--render", code=1).stdout


def test_what_is_no_page_is_not_drawn(run: Callable[..., Any], shop: Path) -> None:
    (shop / "image.html").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    done = run("image.html", "--render", "--output", "json", code=3)
    assert json.loads(done.stdout)["pages"][0]["status"] == "not_checked"


def test_two_processes_have_a_browser_each_and_say_the_same(run: Callable[..., Any], shop: Path) -> None:
    for number in range(6):
        (shop / f"p{number}.html").write_bytes(page())
    one, two = (
        json.loads(run(".", "--render", "--viewport", "390x844", "--jobs", jobs, "--output", "json", "--reproducible").stdout) for jobs in "12"
    )
    assert one["pages"] == two["pages"]
    assert one["findings"] == two["findings"]


# Pictures -----------------------------------------------------------------------------------------------------------------------------


def test_pictures_are_put_where_they_shall_be_and_masked(run: Callable[..., Any], shop: Path) -> None:
    from PIL import Image

    plain = run("kettles.html", "--render", "--viewport", "390x844", "--pictures", "out", "--output", "json")
    masked = run(
        "kettles.html", "--render", "--viewport", "390x844", "--pictures", "covered", "--mask", "h1", "--mask", ".byline", "--output", "json"
    )
    told = rendering(plain)["pictures"]
    assert {picture["rule"] for picture in told} >= {None, "AFF006"}
    files = sorted((shop / "out").rglob("*.png"))
    assert sorted(shop / picture["path"] for picture in told) == files
    assert [path.name for path in files] == [path.name for path in sorted((shop / "covered").rglob("*.png"))]
    assert masked.returncode == plain.returncode

    def grey(folder: str) -> int:
        with Image.open(next((shop / folder).rglob("390x844.png"))) as picture:
            told = picture.convert("RGB").tobytes()
        return sum(told[at : at + 3] == b"\x80\x80\x80" for at in range(0, len(told), 3))

    assert grey("out") < 500
    assert grey("covered") > 20_000


def test_a_mask_that_is_no_selector_gives_no_picture_that_shows_too_much(run: Callable[..., Any], shop: Path) -> None:
    done = run("kettles.html", "--render", "--viewport", "390x844", "--pictures", "out", "--mask", "h1[", "--output", "json")
    assert list((shop / "out").rglob("*.png")) == []
    assert "picture" in json.dumps(json.loads(done.stdout)["pages"][0]["problems"]) or done.returncode == 2


# Where pages and what they need lie ---------------------------------------------------------------------------------------------------


def record(kind: str, url: str, content_type: str, body: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: " + content_type.encode() + b"\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Record-ID: "
        f"<urn:uuid:{abs(hash(url))}>\r\n"
    )
    head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    return head.encode() + http + b"\r\n\r\n"


def warc(path: Path) -> None:
    path.write_bytes(
        record("response", "https://tea.example/kettles", "text/html", page("/site.css"))
        + record("response", "https://tea.example/site.css", "text/css", SHEET)
    )


def mhtml(path: Path) -> None:
    parts = (
        ("text/html", "Content-Location: https://tea.example/kettles", page("cid:css-1@mhtml.blink")),
        ("text/css", "Content-ID: <css-1@mhtml.blink>", SHEET),
    )
    text = 'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="XX"\r\n\r\n'
    for kind, name, body in parts:
        text += f"--XX\r\nContent-Type: {kind}\r\n{name}\r\nContent-Transfer-Encoding: base64\r\n\r\n{base64.b64encode(body).decode()}\r\n"
    path.write_text(f"{text}--XX--\r\n", newline="")


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("blog/kettles.html", page("../site.css"))
        archive.writestr("site.css", SHEET)


@pytest.mark.parametrize(("name", "write"), [("crawl.warc", warc), ("kettles.mhtml", mhtml), ("site.zip", zipped)])
def test_the_style_sheet_of_a_page_in_an_archive_is_applied(run: Callable[..., Any], shop: Path, name: str, write: Callable[[Path], None]) -> None:
    write(shop / name)
    done = run(name, "--render", "--viewport", "390x844", "--output", "json")
    assert rendering(done)["views"][0]["doubts"] == []
    assert sizes(done) == [9]


def test_without_its_style_sheet_a_page_is_judged_by_its_markup(run: Callable[..., Any], shop: Path) -> None:
    (shop / "site.css").unlink()
    done = run("kettles.html", "--render", "--output", "json", code=0)
    assert [view["doubts"] for view in rendering(done)["views"]] == [["style_sheet"], ["style_sheet"]]
    found = {finding["rule"]: finding for finding in json.loads(done.stdout)["findings"]}
    assert (found["AFF006"]["outcome"], found["AFF006"]["review"]["reason"]) == ("needs_review", "not_measurable")
    assert all(finding["basis"] == "static" for finding in found.values())


# The network --------------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200 if self.path == "/site.css" else 404)
            self.send_header("Content-Type", "text/css")
            self.end_headers()
            self.wfile.write(SHEET)

        def log_message(self, *told: object) -> None:
            """Nothing."""

    found = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{found.server_port}", asked
    found.shutdown()
    found.server_close()


def test_what_is_not_here_is_fetched_once_and_only_where_that_is_wished(run: Callable[..., Any], shop: Path, server: tuple[str, list[str]]) -> None:
    url, asked = server
    for number in range(3):
        (shop / f"p{number}.html").write_bytes(page(f"{url}/site.css"))
    pages = ("p0.html", "p1.html", "p2.html", "--render", "--viewport", "390x844", "--output", "json")
    assert rendering(run(*pages))["views"][0]["doubts"] == ["style_sheet"]
    # A page may name hosts of the network that the program runs in.
    assert rendering(run(*pages, "--render-network"))["views"][0]["doubts"] == ["style_sheet"]
    assert asked == []
    done = run(*pages, "--render-network", "--allow-private", "--jobs", "1")
    assert [sizes(done, place) for place in range(3)] == [[9], [9], [9]]
    assert asked.count("/site.css") == 1
    assert rendering(done)["network"] is True
