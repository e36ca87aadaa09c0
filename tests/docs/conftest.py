"""A small pack of invented rules and profiles, in which every field that pages show has something awkward in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from checker.engine import Rules, load
from checker.packs import built_in

RULE = '''\
id = "HSE001"
name = "kettle-not-named"
severity = "warning"
authorities = ["kettle-law", "us-ftc-faq"]
ours = "Our *house* style | <b>bold</b>."
over = "page"
needs = "static"
since = "0.1"
absence = true

[where]
page_type = ["article", "recipe"]

[when]
all = [{ check = "has-paid-links" }]

[expect]
any = [{ check = "has-notice", visible = true, not_in = ["sidebar", "page_footer"] }]

[message.en]
asks = "Each <kettle> has a | name."
violation = "{host} pays[ (line {line})]."
why = "Readers of {host}[ (line {line})] ask."
question = "Is the kettle named?"

[fix]
paste = "affiliate-notice"

[fix.en]
text = "Write `kettle`, not _pot_."

[[example]]
title = "a fence ``` and a <b>"
expect = "violation"
html = """
<article><h1>Tea</h1><pre>```` four</pre><p>Get <a href="https://www.amazon.com/dp/B000000001?tag=teablog-20">it</a>.</p></article>"""

[[example]]
title = "named"
expect = "pass"
html = """
<article><h1>Tea</h1><p>We earn a commission from our links.</p>
<p>Get <a href="https://www.amazon.com/dp/B000000001?tag=teablog-20">it</a>.</p></article>"""

[[example]]
title = "no kettle"
expect = "inapplicable"
html = """
<p>Tea.</p>"""
'''
AUTHORITY = """\
[[authority]]
id = "kettle-law"
name = "Kettle (Names) Act"
section = "§ 3 [a]"
asks = "A kettle has a name."
kind = "law"
url = "https://law.example/kettle_(names)"
checked = 2026-11-22
verified = false
"""
NORTH = """\
id = "north"
name = "The North"
about = "Where kettles are *law*."

[auto]
domains = ["north", "co.north"]
languages = ["is"]

[rules]
AFF001 = "error"
AFF002 = "warning"
HSE001 = { severity = "info", verified = false }

[wordings]
accept = ["pays", "label:anzeige"]
"""
FAR = """\
id = "far-north"
name = "The far North"
about = "As the North, and colder."
inherits = "north"

[rules]
AFF002 = "off"
AFF003 = { severity = "error", options = { before_links = true } }

[paste.affiliate-notice]
en = "We earn | money."
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for name, body in (
        ("hse/HSE001-kettle-not-named.toml", RULE),
        ("authorities/kettles.toml", AUTHORITY),
        ("profiles/north.toml", NORTH),
        ("profiles/far.toml", FAR),
    ):
        (tmp_path / "house" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "house" / name).write_text(body, "utf-8")
    return tmp_path / "house"


@pytest.fixture
def rules(house: Path) -> Rules:
    return load([built_in(), house])


@pytest.fixture
def html() -> Callable[[str], str]:
    """Markdown as browsers are shown it."""
    markdown_it = pytest.importorskip("markdown_it")

    def html(page: str) -> str:
        shown: str = markdown_it.MarkdownIt("commonmark").enable("table").render(page)
        return shown

    return html
