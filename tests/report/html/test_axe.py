"""What the tests of the HTML report rest on: axe-core finds what is planted, nothing where nothing is wrong, and no page gets out."""

from __future__ import annotations

import base64
import hashlib
import http.server
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Axe = Callable[[Any], list[Any]]
STYLE = "body { background: #fff; color: #222 } @media (prefers-color-scheme: dark) { body { background: #111; color: DARK } }"
SCRIPT = "document.title += '!'"


def sum_of(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def page(body: str, *, dark: str = "#eee") -> str:
    style = STYLE.replace("DARK", dark)
    policy = f"default-src 'none'; style-src {sum_of(style)}; script-src {sum_of(SCRIPT)}"
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}"><title>Tea</title><style>{style}</style><script>{SCRIPT}</script>'
    return f'<!doctype html><html lang="en"><head><meta charset="utf-8">{head}</head><body><main><h1>Tea</h1>{body}</main></body></html>'


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    def write(body: str, **more: str) -> Path:
        path = tmp_path / "page.html"
        path.write_text(page(body, **more), "utf-8")
        return path

    return write


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_found_where_nothing_is_wrong(tabs: Any, axe: Axe, written: Callable[..., Path], scheme: str) -> None:
    tab = tabs.open(written("<p>Leaves in water.</p>"), scheme=scheme)
    assert tab.title() == "Tea!"
    assert axe(tab) == []
    assert (tabs.asked, tabs.faults) == ([], [])


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ('<img src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7">', "image-alt"),
        ("<button></button>", "button-name"),
        ('<p id="a">a</p><button aria-labelledby="b" aria-expanded="maybe">c</button>', "aria-valid-attr-value"),
        ('<h4 role="heading">far down</h4>', "heading-order"),
    ],
)
def test_what_is_planted_is_found(tabs: Any, axe: Axe, written: Callable[..., Path], body: str, rule: str) -> None:
    found = axe(tabs.open(written(body)))
    assert [each.rule for each in found] == [rule]
    assert found[0].places
    assert found[0].help


def test_words_that_are_pale_only_in_the_dark_are_found_there(tabs: Any, axe: Axe, written: Callable[..., Path]) -> None:
    path = written("<p>Leaves in water.</p>", dark="#444")
    assert axe(tabs.open(path, scheme="light")) == []
    assert {each.rule for each in axe(tabs.open(path, scheme="dark"))} == {"color-contrast"}


def test_a_page_is_asked_as_it_is_now(tab: Any, axe: Axe) -> None:
    tab.set_content(page("<p>Leaves in water.</p>"))
    assert axe(tab) == []
    tab.evaluate("document.querySelector('p').outerHTML = '<button></button>'")
    assert [each.rule for each in axe(tab)] == ["button-name"]


def test_no_page_gets_out(tabs: Any) -> None:
    tab = tabs.open()
    tab.set_content("<img src='https://tea.example/pot.png'><script>fetch('http://10.0.0.1/').catch(() => document.title = 'closed')</script>")
    tab.wait_for_function("document.title === 'closed'")
    assert sorted(tabs.asked) == ["http://10.0.0.1/", "https://tea.example/pot.png"]
    assert any("tea.example" in each or "ERR_FAILED" in each for each in tabs.faults)


def test_a_page_on_loopback_is_opened(tabs: Any) -> None:
    class Serves(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page("<p>served</p>").encode())

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Serves) as server:
        threading.Thread(target=server.serve_forever).start()
        tab = tabs.open(f"http://127.0.0.1:{server.server_port}/")
        assert tab.inner_text("p") == "served"
        server.shutdown()
    assert tabs.asked == []
