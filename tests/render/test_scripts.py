"""With scripts on, a page is judged as they leave it, at the places of its source; what did not run leaves questions, no faults."""

from __future__ import annotations

import pytest

from checker.sight import Unseen
from tests.render.conftest import NOTICE, Easel, Laid, article, outcomes

WRITES = f'document.querySelector("h1").insertAdjacentHTML("afterend", "<p class=note>{NOTICE}</p>")'


def ran(easel: Easel, script: str, *, notice: str | None = None, style: str = "", things: dict[str, str] | None = None, head: str = ""):  # type: ignore[no-untyped-def]
    text = article(f'<p class="note">{NOTICE}</p>' if notice is None else notice, style=style, head=head, after=f"<script>{script}</script>")
    report = easel.check(text, shelf=Laid(things or {}), scripts=True)
    assert report.drawn is not None
    assert report.drawn.views[0].doubts == ()
    return report


def test_a_notice_that_a_script_writes_is_found(easel: Easel) -> None:
    report = ran(easel, WRITES, notice="")
    assert "AFF001" not in outcomes(report)
    assert report.drawn.views[0].notices[0].is_seen
    assert ("AFF001", "violation", "pass") in [(each.rule, str(each.static), str(each.rendered)) for each in report.contradictions]


def test_without_scripts_the_same_page_has_none(easel: Easel) -> None:
    report = easel.check(article("", after=f"<script>{WRITES}</script>"))
    assert outcomes(report)["AFF001"] == "violation"


def test_a_notice_that_a_script_takes_away_is_gone(easel: Easel) -> None:
    report = ran(easel, 'document.querySelector(".note").remove()')
    assert outcomes(report)["AFF001"] == "violation"


def test_a_notice_that_waits_for_its_reader_to_scroll_is_found(easel: Easel) -> None:
    script = (
        f"new IntersectionObserver((entries) => {{ if (entries[0].isIntersecting && !document.querySelector('.note')) {WRITES} "
        f"}}).observe(document.querySelector('h1'))"
    )
    assert "AFF001" not in outcomes(ran(easel, script, notice=""))


@pytest.mark.parametrize(
    "script",
    [
        # Into an empty style element, into one with rules, into a constructed sheet, as a property.
        'const s = document.createElement("style"); document.head.append(s); s.sheet.insertRule(".note { display: none }")',
        'document.querySelector("style").sheet.insertRule(".note { display: none }")',
        'const s = new CSSStyleSheet(); s.replaceSync(".note { display: none }"); document.adoptedStyleSheets = [s]',
        pytest.param('document.querySelector(".note").style.display = "none"', marks=pytest.mark.long),
        pytest.param(
            'document.body.classList.add("x"); document.head.insertAdjacentHTML("beforeend", "<style>.x .note { display: none }</style>")',
            marks=pytest.mark.long,
        ),
    ],
)
def test_rules_that_scripts_write_survive(easel: Easel, script: str) -> None:
    report = ran(easel, script)
    assert report.drawn.views[0].notices[0].unseen is Unseen.DISPLAY
    assert outcomes(report)["AFF005"] == "violation"


def test_a_sheet_that_a_script_switches_off_stays_off(easel: Easel) -> None:
    report = ran(easel, 'document.querySelector("#off").sheet.disabled = true', head='<style id="off">.note { display: none }</style>')
    assert report.drawn.views[0].notices[0].is_seen


def test_text_in_a_shadow_tree_is_seen_by_the_browser(easel: Easel) -> None:
    # What is not put into a slot of the shadow tree is not drawn.
    script = 'document.querySelector(".note").attachShadow({ mode: "open" }).innerHTML = "<b>Hello</b>"'
    assert not ran(easel, script).drawn.views[0].notices[0].is_seen
    assert ran(easel, script.replace("<b>Hello</b>", "<slot></slot>")).drawn.views[0].notices[0].is_seen


def test_findings_stand_where_the_source_has_what_they_point_at(easel: Easel) -> None:
    script = 'document.body.insertAdjacentHTML("afterbegin", "<div>" + "<p>More.</p>".repeat(50) + "</div>")'
    plain = easel.check(article(""))
    report = ran(easel, script, notice="")
    places = [
        [(evidence.spot.line, evidence.spot.column) for evidence in finding.evidence]
        for each in (plain, report)
        for finding in each.findings
        if finding.rule == "AFF001"
    ]
    assert places[0] == places[1]
    assert places[0][0][0] is not None


def test_what_only_scripts_brought_has_no_line(easel: Easel) -> None:
    script = (
        "document.querySelector('article').insertAdjacentHTML('beforeend', '<p>Or the <a "
        'href="https://www.amazon.com/dp/B000000999?tag=slowkettle-20">other one</a>.</p>\')'
    )
    text = article("", link="kettle", after=f'<p><a href="/about">About</a></p><script>{script}</script>')
    report = easel.check(text, scripts=True)
    finding = next(finding for finding in report.findings if finding.rule == "AFF001")
    assert [evidence.spot.line for evidence in finding.evidence if "other one" in evidence.spot.quote] == [None]


def test_a_script_that_is_missing_leaves_a_question(easel: Easel) -> None:
    sheet = {"app.css": ".note { display: none } .ready .note { display: block }"}
    text = article(head='<link rel="stylesheet" href="/app.css"><script src="/app.js"></script>')
    report = easel.check(text, shelf=Laid(sheet), scripts=True)
    assert report.drawn is not None
    assert report.drawn.unrun == 1
    assert outcomes(report)["AFF005"] == "needs_review"
    there = easel.check(text, shelf=Laid({**sheet, "app.js": "document.documentElement.className = 'ready'"}), scripts=True)
    assert there.drawn is not None
    assert there.drawn.unrun == 0
    assert "AFF005" not in outcomes(there)


def test_what_rests_on_scripts_is_less_sure(easel: Easel) -> None:
    style = ".note { display: none }"
    sure, less = easel.check(article(style=style)), ran(easel, "0", style=style)
    told = [next(str(finding.confidence) for finding in each.findings if finding.rule == "AFF005") for each in (sure, less)]
    assert told[0] != told[1]
