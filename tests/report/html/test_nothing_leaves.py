"""The report asks nobody for anything, runs nothing but its own script, and is still there to read where no script runs."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Reads = Callable[..., Any]
PLACES = (
    "#view=overview", "#view=causes", "#view=causes&by=rule", "#view=causes&by=author", "#view=pages", "#view=questions", "#view=record",
    "#page=fixtures%2Fpages%2Famp-late-notice%2Fpage.html", "#page=fixtures%2Fpages%2Frevealed-by-plugin%2Fpage.html&finding=1", "#page=gone",
)  # fmt: skip
_TRIED = """() => { window.ran = [];
    const image = document.createElement('img'); image.setAttribute('onerror', 'window.ran.push("handler")'); image.src = 'data:x,';
    document.body.append(image);
    const button = document.createElement('button'); button.setAttribute('onclick', 'window.ran.push("click")'); document.body.append(button);
    button.click();
    const script = document.createElement('script'); script.textContent = 'window.ran.push("script")'; document.body.append(script);
    const link = document.createElement('a'); link.href = 'javascript:window.ran.push("link")'; document.body.append(link); link.click();
    document.body.insertAdjacentHTML('beforeend', '<svg onload="window.ran.push(1)"></svg><p id=styled style="color: rgb(1, 2, 3)">x</p>'); }"""
_AWAY = """async () => { const image = new Image(); image.src = 'https://evil.example/pixel.png'; document.body.append(image);
    const frame = document.createElement('iframe'); frame.src = 'https://evil.example/'; document.body.append(frame);
    const sheet = document.createElement('link'); sheet.rel = 'stylesheet'; sheet.href = 'https://evil.example/s.css'; document.head.append(sheet);
    const form = document.createElement('form'); form.action = 'https://evil.example/'; document.body.append(form); form.submit();
    navigator.sendBeacon('https://evil.example/'); await fetch('https://evil.example/').catch(() => {}); }"""


def test_one_file_is_read_and_nothing_else_in_any_view(tabs: Any, told: Any) -> None:
    tab = tabs.open()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(told.path.as_uri())
    for place in PLACES:
        tab.evaluate("place => { location.hash = place; }", place)
        tab.evaluate("() => { for (const each of document.querySelectorAll('details')) each.open = true; scrollTo(0, document.body.scrollHeight); }")
        tab.wait_for_timeout(30)
    assert asked == [told.path.as_uri()]
    assert (tabs.asked, tabs.faults) == ([], [])
    assert tab.evaluate("performance.getEntriesByType('resource').length") == 0
    assert tab.context.cookies() == []


def test_what_is_put_in_does_not_run_and_asks_for_nothing(tabs: Any, told: Any) -> None:
    tab = tabs.open(told.path)
    tab.evaluate(_TRIED)
    tab.wait_for_timeout(100)
    assert tab.evaluate("window.ran") == []
    assert tab.evaluate("getComputedStyle(document.getElementById('styled')).color") != "rgb(1, 2, 3)"
    assert tabs.faults, "the policy says nothing, so there is none"
    tab.evaluate(_AWAY)
    tab.wait_for_timeout(200)
    assert tabs.asked == []
    assert tab.url.startswith("file:")


def test_the_policy_forbids_evaluated_text(tabs: Any, told: Any) -> None:
    tab = tabs.open(told.path)
    tab.add_init_script("window.tried = () => { try { return eval('1 + 1'); } catch (fault) { return fault.name; } }")
    tab.reload()
    # From the page's own turn: what is asked from outside may evaluate.
    assert tab.evaluate("() => new Promise(done => setTimeout(() => done(window.tried())))") == "EvalError"


def test_links_that_lead_out_tell_nobody_from_where(reads: Reads, told: Any) -> None:
    reader = reads(told.path)
    away = """() => [...document.querySelectorAll('a[href]')]
        .filter(link => link.protocol !== 'file:').map(link => [link.protocol, link.rel, link.target])"""
    assert reader.tab.evaluate("document.querySelector('meta[name=referrer]').content") == "no-referrer"
    out = 0
    for place in PLACES:
        reader.at(place)
        links = reader.tab.evaluate(away)
        assert all(protocol in ("https:", "http:") and "noopener" in rel and target == "_blank" for protocol, rel, target in links)
        out += len(links)
    assert out > 10


def test_without_scripts_what_was_found_is_there_to_read(tabs: Any, told: Any) -> None:
    tab = tabs.open(told.path, scripts=False)
    text = re.sub(r"\s+", " ", tab.inner_text("body"))
    assert tab.locator("h1").count() == 1
    new = [page for page in told.pages if page["state"] != "ok"]
    for page in new:
        assert page["source"] in text
        assert (page["title"] or page["source"]) in text
        said = page["wrong"] or told.findings(page["source"])[0]["message"]
        assert said[:120] in text or page["state"] == "asked", page["source"]
    for state in ("wrong", "asked", "remarks"):
        number = sum(page["state"] == state for page in told.pages)
        assert re.search(rf"\b{number} ", text)
    assert told.report["exit"]["message"].split(": ", 2)[-1][:40] in text
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone = tabs.open(told.path, size=(390, 844), scripts=False)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_same_bytes_from_a_saved_report(told: Any, tmp_path: Any) -> None:
    import subprocess
    import sys

    path = tmp_path / "again.html"
    done = subprocess.run(
        [sys.executable, "-m", "checker", "report", str(told.path.with_name("report.json")), "--output", f"html={path}"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (
        path.read_text("utf-8").split('<script type="application/json" id="pages">')[1]
        == told.path.read_text("utf-8").split('<script type="application/json" id="pages">')[1]
    )
