"""What is repaired, what is left alone, and that nothing else of the page changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.fix.markup import Markup
from checker.fix.notice import Sentence, paragraph
from checker.fix.repair import Repair
from checker.model import PageReport
from checker.scale.rulebook import Rulebook

ROOT = Path(__file__).resolve().parents[2]
NOTICE = "We earn a commission when you buy something through links on this page."
Repairer = Callable[..., Repair]
Text = Callable[..., str]


def _rules(done: Repair) -> list[str]:
    return sorted({finding.rule for finding in done.repaired})


def test_every_link_of_a_finding_is_marked(repaired: Repairer, story: Text, paid: Text) -> None:
    # More links to one target than a finding shows.
    page = story("".join(f"<p>Again {paid(text=f'kettle {number}')} and more.</p>" for number in range(14)))
    done = repaired(page)
    assert done.body.decode() == page.replace("<a href", '<a rel="sponsored" href')
    assert [finding.rule for finding in done.repaired] == ["LNK201"]
    assert not done.refused


def test_only_certain_links_without_a_mark_are_marked(repaired: Repairer, story: Text, paid: Text) -> None:
    nofollow = paid(more=' rel="nofollow"')
    page = story(f'<p>{nofollow} and {paid()} and <a href="https://www.amazon.com/dp/B000000002">plain</a> and <a href="/go/kettle">cloaked</a></p>')
    assert repaired(page).body.decode() == page.replace(f"and {paid()}", f"and {paid('<a rel=' + chr(34) + 'sponsored' + chr(34))}")


def test_waived_and_known_findings_are_left(repaired: Repairer, story: Text, paid: Text) -> None:
    for state in ("suppressed", "baselined"):
        change = lambda report, state=state: replace(report, findings=tuple(replace(each, state=state) for each in report.findings))  # noqa: E731
        done = repaired(story(f"<p>{paid()}</p>"), unsafe=True, change=change)
        assert done.repaired == ()
        assert done.body.decode() == story(f"<p>{paid()}</p>")


def test_a_known_finding_stays_known_beside_a_repair(repaired: Repairer, story: Text, paid: Text) -> None:
    def know(report: PageReport) -> PageReport:
        return replace(report, findings=tuple(replace(each, state="baselined" if each.rule == "AFF001" else "new") for each in report.findings))

    done = repaired(story(f"<p>{paid()}</p>"), unsafe=True, change=know)
    assert _rules(done) == ["LNK201"]
    assert [finding.state for finding in done.report.findings if finding.rule == "AFF001"] == ["baselined"]


def test_the_notice_stands_before_the_first_paid_paragraph(repaired: Repairer, story: Text, paid: Text) -> None:
    page = story(f"<p>Get {paid(more=' rel=sponsored')} now.</p>")
    done = repaired(page, unsafe=True)
    assert done.body.decode() == page.replace("    <p>Get", f"    <p>{NOTICE}</p>\n    <p>Get")
    assert _rules(done) == ["AFF001"]
    assert repaired(page).body.decode() == page


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_stay(repaired: Repairer, story: Text, paid: Text, end: str) -> None:
    page = story(f"<p>Get {paid()} now.</p>").replace("\n", end)
    done = repaired(page, unsafe=True)
    assert f"    <p>{NOTICE}</p>{end}    <p>Get <a rel" in done.body.decode()
    assert done.body.count(b"\n") == page.count("\n") + (end == "\r\n")


@pytest.mark.parametrize(
    ("markup", "before"),
    [
        ("<ul><li>one</li><li>{}</li></ul>", "<ul>"),
        ("<table><tr><td>one</td><td>{}</td></tr></table>", "<table>"),
        ("<figure><img src=k.jpg alt=kettle><figcaption>Photo: Ada Quill. {}</figcaption></figure>", "<figure>"),
        ("<h2>Our choice: {}</h2>", "<h2>"),
        ("<blockquote><p>They say {}</p></blockquote>", "<blockquote>"),
        ("<div class=box><span>{}</span></div>", "<div class=box>"),
        ("<p>one</p><p><strong>{}</strong></p>", "<p><strong>"),
    ],
)
def test_the_notice_never_stands_inside(repaired: Repairer, story: Text, paid: Text, markup: str, before: str) -> None:
    page = story(markup.format(paid()))
    done = repaired(page, unsafe=True)
    assert f"<p>{NOTICE}</p>" in done.body.decode(), done.refused
    behind = done.body.decode().split(f"<p>{NOTICE}</p>")[1].lstrip()
    assert behind.startswith(before)


def test_a_late_notice(repaired: Repairer, story: Text, paid: Text) -> None:
    done = repaired(story(f"<p>Get {paid(more=' rel=sponsored')} now.</p>", end=f"<p>{NOTICE}</p>"), unsafe=True)
    assert _rules(done) == ["AFF002"]
    assert done.body.decode().count(NOTICE) == 2


def test_the_notice_is_in_the_language_of_the_page(repaired: Repairer, story: Text, paid: Text) -> None:
    done = repaired(story(f"<p>Kup {paid()} teraz.</p>", lang="pl"), unsafe=True)
    assert "<p>Reklama: otrzymujemy prowizję, gdy kupujesz" in done.body.decode()


def test_a_notice_in_another_language_says_which(rulebook: Rulebook) -> None:
    markup = Markup(b"<div>\n\t<p>x</p></div>", rulebook.lexicon)
    edit = paragraph(Sentence("Paid & so on.", "en", ()), "is", 7, markup)
    assert edit.inserted == '<p lang="en">Paid &amp; so on.</p>\n\t'
    assert paragraph(Sentence("Paid.", "en", ()), "en-GB", 10, markup).inserted == "<p>Paid.</p>"
    assert paragraph(Sentence("Paid.", "en", ()), None, 7, markup).inserted == "<p>Paid.</p>\n\t"


def test_a_character_that_the_page_lacks(repaired: Repairer, story: Text, paid: Text) -> None:
    polish = (
        story(f"<p>Kup {paid()} teraz.</p>", head='<meta charset="windows-1252">', lang="pl").encode("cp1252", "xmlcharrefreplace") + b"<!-- \xe9 -->"
    )
    done = repaired(polish, unsafe=True)
    assert b"<p>Reklama: otrzymujemy prowizj&#281;, gdy" in done.body
    assert done.body.endswith(b"<!-- \xe9 -->")


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (lambda text: text.encode("cp1252"), "not certain"),
        (lambda text: text.encode() + b"\xff", "not certain"),
    ],
    ids=["guessed", "broken"],
)
def test_an_uncertain_page_is_left_alone(repaired: Repairer, story: Text, paid: Text, page: Callable[[str], bytes], why: str) -> None:
    body = page(story(f"<p>{paid()} für Käufer und schöne Töpfe</p>"))
    done = repaired(body)
    assert (done.body, done.repaired) == (body, ())
    assert why in done.refused[0]


def test_a_page_that_would_be_read_otherwise_is_left_alone(repaired: Repairer) -> None:
    # One more paragraph makes an article of it, which then lacks an author.
    page = """<!doctype html><html lang="en"><body><article><h1>The best kettle</h1>
<p>After a month of tea we would buy this one again.</p>
<p>Get <a rel=sponsored href="https://www.amazon.com/dp/B000000001?tag=lakepost-20">the kettle</a> at Amazon.</p>
</article></body></html>"""
    done = repaired(page, unsafe=True)
    assert done.body.decode() == page
    assert done.refused[0].startswith("the sentence is not put in: before line 3, it would be told AUT501")


def test_a_question_is_for_a_person(repaired: Repairer, story: Text) -> None:
    page = story('<p>Get <a href="/go/kettle">the kettle</a>.</p>', head='<link rel="canonical" href="https://lakepost.example/kettle">')
    assert repaired(page, unsafe=True).body.decode() == page


def _pages() -> list[Path]:
    return sorted((ROOT / "fixtures" / "pages").glob("*/page.html"))


@pytest.mark.parametrize("path", _pages(), ids=lambda path: path.parent.name)
@pytest.mark.parametrize("profiles", [("us",), ("de", "amazon")], ids=",".join)
def test_a_second_run_finds_nothing_more(repaired: Repairer, path: Path, profiles: tuple[str, ...]) -> None:
    body = path.read_bytes()
    safe = repaired(body, profiles=profiles)
    assert repaired(safe.body, profiles=profiles).body == safe.body
    done = repaired(body, unsafe=True, profiles=profiles)
    again = repaired(done.body, unsafe=True, profiles=profiles)
    assert (again.body, again.repaired) == (done.body, ())
    assert (done.body == body) == (not done.repaired)


def test_the_fixtures_hold_something_to_repair(repaired: Repairer) -> None:
    found = [repaired(path.read_bytes(), unsafe=True, profiles=("us", "uk")) for path in _pages()]
    assert sum(bool(each.repaired) for each in found) > 15


_TAGS = st.sampled_from(("<a", "<a\n", "<A", "<a class=x", '<a rel="noopener"', "<a rel=me", "<a rel", "<a data-x='>'", '<a rel="nofollow"'))
_AROUND = st.sampled_from(
    ("<p>{}</p>", "<ul><li>{}</li></ul>", "<h2>{}</h2>", "<div>{}", "<p>{}", "<table><tr><td>{}</table>", "{}", "<!-- {} -->", "<b><p>{}</b>")
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.tuples(_AROUND, _TAGS), min_size=1, max_size=4))
def test_whatever_the_markup_only_the_repair_is_new(repaired: Repairer, story: Text, paid: Text, parts: list[tuple[str, str]]) -> None:
    page = story("\n".join(around.format(f"Get {paid(begin)} é now.") for around, begin in parts))
    done = repaired(page, unsafe=True)
    again = repaired(done.body, unsafe=True)
    assert (again.body, again.repaired) == (done.body, ())
    left = done.body.decode().replace(f"<p>{NOTICE}</p>\n    ", "").replace(f"<p>{NOTICE}</p>", "").replace("sponsored", "")
    # Without the repair every character but those of rel is the same and in the same order.
    old, new = ("".join(text.split()).replace("rel", "").replace('"', "").replace("=", "") for text in (page, left))
    assert new == old
