"""The pages about rules and profiles: they say what the files say, they lead somewhere, and those that are kept are fresh."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from checker.docs.accuracy import Accuracy, Measured, load
from checker.docs.pages import pages, stale, write
from checker.engine import Rules
from checker.engine import load as load_rules
from checker.packs import built_in

Html = Callable[[str], str]
COUNTED = Accuracy(date(2026, 11, 22), 9, "us", {"HSE001": Measured("page", 7, 2, 1, 1, 0, 2, 1)})


@cache
def wanted() -> dict[str, str]:
    return pages(load_rules([built_in()]), load())


def test_the_pages_that_are_kept_are_fresh() -> None:
    assert stale(built_in(), wanted()) == [], "stale or left over: run make docs"


def test_there_is_a_page_for_each_rule_and_profile() -> None:
    rules = load_rules([built_in()])
    names = {f"docs/{rule}.md" for rule in rules.rules} | {f"docs/profile-{profile}.md" for profile in rules.profiles}
    assert set(wanted()) == {"README.md", *names}
    for name in names:
        assert f"({name})" in wanted()["README.md"]


def test_links_lead_to_files() -> None:
    lost = []
    for name, body in wanted().items():
        for target in re.findall(r"\]\(<?((?!https?:)[^)>]+)>?\)", body):
            place = (Path(name).parent / target).as_posix().replace("docs/../", "")
            if place not in wanted() and not (built_in() / place).is_file():
                lost.append((name, target))
    assert lost == []


def test_a_page_that_is_old_absent_or_left_over_is_stale(tmp_path: Path) -> None:
    assert write(tmp_path, {"README.md": "a\n", "docs/A.md": "b\n"}) == ["README.md", "docs/A.md"]
    assert stale(tmp_path, {"README.md": "a\n", "docs/A.md": "b\n"}) == []
    (tmp_path / "docs/B.md").write_text("left over")
    (tmp_path / "docs/A.md").write_text("old")
    assert stale(tmp_path, {"README.md": "a\n", "docs/A.md": "b\n", "docs/C.md": "c\n"}) == ["docs/A.md", "docs/B.md", "docs/C.md"]
    assert write(tmp_path, {"README.md": "a\n", "docs/A.md": "b\n"}) == ["docs/A.md", "docs/B.md"]
    assert sorted(path.name for path in (tmp_path / "docs").iterdir()) == ["A.md"]
    (tmp_path / "docs/A.md").unlink()
    assert stale(tmp_path, {"README.md": "a\n", "docs/A.md": "b\n"}) == ["docs/A.md"]


def test_a_rule_page_says_all_and_shows_it_as_it_is(rules: Rules, html: Html) -> None:
    page = html(pages(rules, COUNTED)["docs/HSE001.md"])
    for told in (
        "<h1>HSE001 kettle-not-named</h1>",
        "<p>Each &lt;kettle&gt; has a | name.</p>",
        "<p>Readers of … ask.</p>",
        "<p>Write `kettle`, not _pot_.</p>",
        '<a href="https://law.example/kettle_(names)">Kettle (Names) Act, § 3 [a]</a> (law; last checked on 2026-11-22; <strong>not verified',
        "(a regulator's guidance; last checked on ",
        "<li>Our *house* style | &lt;b&gt;bold&lt;/b&gt;.</li>",
        "<td>The North</td>\n<td>info, only as a question (no text that has been read says so there)</td>",
        "whose <code>page_type is &quot;article&quot; or &quot;recipe&quot;</code>",
        "<code>has-notice: not_in = [&quot;sidebar&quot;, &quot;page_footer&quot;], visible = true</code>",
        "<li>Is the kettle named?</li>",
        "<strong>Wrong:</strong> a fence ``` and a &lt;b&gt;",
        "&lt;pre&gt;```` four&lt;/pre&gt;",
        "<td>We earn a commission when you buy something through links on this page.</td>",
        "On 7 labelled pages: 2 violations, 1 of them wrong; 1 question, none of them needless. It was due 2 times, and it stayed silent once. Count",
        "Counted on 2026-11-22 by the rules of the profile us.",
    ):
        assert told in page, told
    assert "{" not in page
    assert page.count("<pre>") == 3


def test_what_nobody_has_counted_is_said(rules: Rules) -> None:
    assert "\nNot measured: no label decides it.\n" in pages(rules, COUNTED)["docs/AFF001.md"]
    assert "\nNot measured.\n" in pages(rules, Accuracy())["docs/AFF001.md"]


def test_a_profile_page_says_what_holds_and_where_it_comes_from(rules: Rules, html: Html) -> None:
    every = pages(rules, COUNTED)
    north, far = html(every["docs/profile-north.md"]), html(every["docs/profile-far-north.md"])
    assert "<p>Where kettles are *law*.</p>" in north
    assert "chooses it for hosts that end in <code>.north</code> or <code>.co.north</code> and pages in the language <code>is</code> whose" in north
    assert "<code>accept = [&quot;pays&quot;, &quot;label:anzeige&quot;]</code>: signals, one of which makes a notice plain" in north
    assert "<li><code>label:anzeige</code>: it is the label “anzeige”</li>" in north
    held, asked = north.split("<h2>Only as questions</h2>")
    assert "HSE001" in asked
    assert "HSE001" not in held
    assert "AFF001" not in asked
    assert 'builds on <a href="profile-north.md"><code>north</code></a>' in far
    assert "never chooses it; name it." in far
    rows = {found[1]: row for row in far.split("<h2>Left out")[0].split("<tr>") if (found := re.search(r">([A-Z]{3}\d{3})<", row))}
    assert set(rows) == {"AFF001", "AFF003", "HSE001"}
    assert '<a href="profile-north.md"><code>north</code></a>' in rows["AFF001"]
    assert "before_links = true" in rows["AFF003"]
    assert "profile-north" not in rows["AFF003"]
    assert "AFF002" in far.split("<h2>Left out</h2>")[1]
    assert "<td>We earn | money.</td>" in far
    assert "<td>1 error, 1 warning, 1 info; 1 only as a question</td>" in html(every["README.md"])


def test_a_profile_without_wordings_and_rules_of_its_own_says_so(rules: Rules) -> None:
    page = pages(rules, COUNTED)["docs/profile-amazon.md"]
    assert "this profile asks for nothing else." in page
    assert "## Only as questions" not in page


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        (Measured("page", 9, 0, 0, 0, 0, 0, 0), "On 9 labelled pages: no violation. It was never due."),
        (Measured("picture", 1, 1, 0, 2, 2), "On 1 labelled picture: 1 violation, none of them wrong; 2 questions, 2 of them needless."),
        (Measured("page", 9, 2, 0, 0, 0, 2, 0), "On 9 labelled pages: 2 violations, none of them wrong. It was due 2 times and never missed."),
        (
            Measured("page", 9, 2, 0, 0, 0, 3, 1, ("AFF004", "AFF007")),
            "On 9 labelled pages: 2 violations, none of them wrong. It, AFF004 or AFF007 was due 3 times, and none of them spoke once.",
        ),
    ],
)
def test_counts_are_told_in_sentences(counts: Measured, told: str) -> None:
    assert " ".join(counts.sentences()) == told


def test_the_counts_that_ship_are_of_rules_that_exist() -> None:
    counted = load()
    assert counted.rules
    assert sorted(set(counted.rules) - set(load_rules([built_in()]).rules)) == []
    for one in counted.rules.values():
        assert one.wrong <= one.violations
        assert one.needless <= one.questions
        assert one.violations + one.questions <= one.labelled
        assert (one.silent or 0) <= (one.due or 0) <= one.labelled
    text = (built_in() / "accuracy.toml").read_text("utf-8")
    assert "http" not in text
    assert ".html" not in text
