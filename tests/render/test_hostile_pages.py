"""Pages that mean to look otherwise to whoever measures them than to their readers."""

from __future__ import annotations

import time

import pytest

from checker.render.wish import DESKTOP, PHONE
from checker.sight import Doubt, Unseen
from tests.render.conftest import LINK, NOTICE, Easel, Laid, article, outcomes

HIDDEN = ".note { display: none }"
# What a form has, and what its controls may be called: in every world the controls come first.
FORM_NAMES = [
    "parentElement", "assignedSlot", "closest", "getRootNode", "matches", "contains", "children", "textContent", "querySelectorAll",
    "getBoundingClientRect", "getClientRects", "clientWidth",
    "clientHeight", "scrollHeight", "currentCSSZoom", "tagName", "style", "attributes", "getAttribute", "shadowRoot",
]  # fmt: skip
DOCUMENT_NAMES = [
    "documentElement", "body", "head", "querySelector", "querySelectorAll", "styleSheets", "createTreeWalker", "elementFromPoint",
    "adoptedStyleSheets", "scripts", "defaultView",
]  # fmt: skip


def in_form(*names: str, style: str = HIDDEN) -> str:
    controls = "".join(f'<input type="hidden" name="{name}">' for name in names)
    return article(style=style).replace("<main>", f"<form>{controls}<main>").replace("</main>", "</main></form>")


@pytest.mark.parametrize("name", FORM_NAMES)
def test_controls_that_are_called_as_what_a_form_has_hide_nothing(easel: Easel, name: str) -> None:
    assert easel.notice(in_form(name)).unseen is Unseen.DISPLAY


def test_all_such_controls_together_do_not_hurt_a_page(easel: Easel) -> None:
    assert easel.notice(in_form(*FORM_NAMES, style="")).is_seen
    # The form itself cuts what is in it.
    assert easel.notice(in_form(*FORM_NAMES, style="form { height: 40px; overflow: hidden }")).unseen is Unseen.CUT
    assert (
        easel.notice(in_form(*FORM_NAMES, style="form { overflow: hidden } form:hover .note { display: block } .note { display: none }")).unseen
        is Unseen.HOVER
    )


def test_elements_that_are_called_as_what_a_document_has_hide_nothing(easel: Easel) -> None:
    before = "".join(f'<img name="{name}" id="{name}"><form name="{name}"></form><iframe name="{name}"></iframe>' for name in DOCUMENT_NAMES)
    assert easel.notice(article(style=HIDDEN, before=before)).unseen is Unseen.DISPLAY
    assert easel.notice(article(before=before)).is_seen


@pytest.mark.parametrize(
    "before",
    [
        "".join(f"<!--dc:{number}-->" for number in range(9)) + "<p>x</p>",
        "".join(f'<b data-dc="{number}">x</b>' for number in range(9)),
        '<b data-dc="0 1 2 3 4 5">x</b>',
    ],
)
def test_a_page_cannot_carry_our_marks(easel: Easel, before: str) -> None:
    assert easel.notice(article(style=HIDDEN, before=before)).unseen is Unseen.DISPLAY
    assert easel.notice(article(before=before)).is_seen


def test_a_style_sheet_cannot_know_our_marks(easel: Easel) -> None:
    style = "[data-dc], [data-dc-0] { display: none !important }"
    view = easel.view(article(style=style))
    assert view.links[0] is not None
    assert view.links[0].is_seen


def test_a_zoom_makes_text_small(easel: Easel) -> None:
    found = easel.notice(article(style=".note { zoom: .3 }"))
    assert found.size == pytest.approx(5.4, abs=0.1)
    assert found.ratio == pytest.approx(0.3, abs=0.01)
    assert easel.notice(article(style="html { zoom: 1.5 }")).ratio == 1.0


OVERRIDES = """
const shown = { display: "block", visibility: "visible", opacity: "1", fontSize: "18px", color: "rgb(0, 0, 0)", getPropertyValue: () => "" };
window.getComputedStyle = () => shown;
Element.prototype.getBoundingClientRect = Range.prototype.getClientRects =
() => ({ left: 0, top: 0, right: 500, bottom: 20, width: 500, height: 20 });
Element.prototype.closest = Element.prototype.matches = Document.prototype.querySelectorAll = Document.prototype.createTreeWalker = () => null;
Array.prototype.map = Array.prototype.filter = Array.prototype.push = String.prototype.replace = Map.prototype.get =
RegExp.prototype.exec = () => null;
Object.defineProperty(Node.prototype, "parentElement", { get: () => null });
Object.defineProperty(Document.prototype, "adoptedStyleSheets", { get: () => [], set: () => 0 });
Object.defineProperty(Element.prototype, "outerHTML", { get: () => "<p>nothing</p>" });
Element.prototype.getHTML = () => "nothing"; Element.prototype.remove = () => 0; window.scrollTo = () => 0;
CSSStyleSheet.prototype.replaceSync = () => 0; JSON.stringify = () => "{}"; Symbol.iterator; Array.prototype[Symbol.iterator] = function* () {};
"""


def test_a_page_that_changes_what_scripts_are_made_of_changes_nothing_for_ours(easel: Easel) -> None:
    for style, fires in ((HIDDEN, True), ("", False)):
        report = easel.check(article(style=style, head=f"<script>{OVERRIDES}</script>"), scripts=True)
        assert report.drawn is not None
        assert report.drawn.views[0].doubts == ()
        assert ("AFF005" in outcomes(report)) is fires


@pytest.mark.parametrize("where", ['"about:blank"', 'URL.createObjectURL(new Blob(["<p>hello"], { type: "text/html" }))', '"chrome://crash"'])
def test_a_page_whose_scripts_lead_elsewhere_is_judged_by_its_markup(easel: Easel, where: str) -> None:
    report = easel.check(article("", after=f"<script>location = {where}</script>"), scripts=True, seconds=5)
    assert report.drawn is not None
    assert report.drawn.views[0].doubts in ((Doubt.CRASHED,), (Doubt.TIMED_OUT,))
    assert outcomes(report)["AFF001"] == "violation"


def test_a_page_that_empties_itself_is_judged_by_its_markup(easel: Easel) -> None:
    report = easel.check(
        article("", after='<script>onload = () => { document.open(); document.write("gone"); document.close() }</script>'), scripts=True
    )
    assert report.drawn is not None
    assert report.drawn.views[0].doubts
    assert outcomes(report)["AFF001"] == "violation"


@pytest.mark.parametrize(
    ("style", "unseen"),
    [
        (".note { position: absolute; left: -9999px }", Unseen.OFF_SCREEN),
        (".note { position: relative; left: 5000px }", Unseen.OFF_SCREEN),
        (".note { position: absolute; left: 101vw; white-space: nowrap }", Unseen.OFF_SCREEN),
        (".note { transform: rotateY(90deg) }", None),
        (".note { rotate: y 90deg }", None),
        (".note { -webkit-text-fill-color: transparent }", Unseen.TRANSPARENT),
        (".note { color: #fff; text-shadow: 0 0 1px #fff }", Unseen.TRANSPARENT),
        (".note { filter: opacity(0) }", Unseen.NO_INK),
        (".note { mix-blend-mode: lighten; color: #fff }", None),
        ("main { position: relative } main::after { content: ''; position: absolute; inset: 0; background: #fff; pointer-events: none }", None),
        (".note { scale: 0 }", None),
        (".note { animation: go 1s forwards } @keyframes go { to { opacity: 0 } }", Unseen.OPACITY),
        (".note { transition: opacity 9s; opacity: 0 }", Unseen.OPACITY),
        (".note { font-size: .1px }", Unseen.ZERO_SIZE),
        (".note { content-visibility: hidden }", Unseen.DISPLAY),
    ],
)
def test_no_way_to_hide_a_notice_is_taken_for_a_notice(easel: Easel, style: str, unseen: Unseen | None) -> None:
    found = easel.notice(article(style=style))
    assert not found.is_seen
    assert unseen in (None, found.unseen)


def test_links_that_readers_do_not_see_do_not_make_a_page_one_without_links(easel: Easel) -> None:
    for link in (f'<span style="opacity:0">{LINK}</span>', f'<span class="off">{LINK}</span>', LINK.replace("Harrow gooseneck", "")):
        report = easel.check(article("", link=link, style=".off { display: none }"))
        assert outcomes(report)["AFF001"] == "violation", link


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("100,000 rules", article(style="".join(f".a{number}:hover .b{number} {{ color: red }}" for number in range(100_000)))),
        ("500 hidden links and 100,000 rules that show something",
        article(style=".z { display: none }" + "".join(f".a{n}:hover .b{n} {{ display: block }}" for n in range(100_000)),
        after=f'<div class="z">{LINK * 500}</div>')),
        ("2,000 links in a line", article(after=f"<p>{(LINK + ' ') * 2_000}</p>")),
        ("1 MB in a notice", article(f"<p>{NOTICE} {(NOTICE + ' ') * 14_000}</p>")),
        ("a word of 1 MB", article(f"<p>{NOTICE} {'x' * 1_000_000}</p>")),
        ("400 boxes in each other", article(after="<div style='display:flex;flex-direction:column'>" * 400 + NOTICE)),
    ],
)  # fmt: skip
def test_a_page_of_great_size_is_drawn_in_time(easel: Easel, name: str, page: str) -> None:
    began = time.monotonic()
    _, drawing = easel.draw(page, DESKTOP, shelf=Laid(), seconds=25)
    assert Doubt.TIMED_OUT not in drawing.drawn.views[0].doubts, name
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("box", ["html", "body", "main"])
def test_no_pointer_rests_on_the_page(easel: Easel, box: str) -> None:
    style = f"main {{ overflow: hidden }} {box}:hover .note {{ display: block }} .note {{ display: none }}"
    assert [easel.notice(article(style=style), size).unseen for size in (PHONE, DESKTOP)] == [Unseen.HOVER, Unseen.HOVER]
