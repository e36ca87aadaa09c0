from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.facts import Page

Read = Callable[..., Page]


@pytest.mark.parametrize(
    ("slots", "name", "role"),
    [
        ({"under": "<p>Medically reviewed by Ben Marsh, MD</p>"}, "Ben Marsh", "reviewer"),
        ({"under": '<p class="byline">Reviewed by <a href="/ben">Ben Marsh</a></p>'}, "Ben Marsh", "reviewer"),
        (
            {"under": '<div class="reviewer"><div>Medically Reviewed by</div><div><a href="/ben">Ben Marsh, MD</a></div></div>'},
            "Ben Marsh",
            "reviewer",
        ),
        ({"under": '<p class="fact-checker">Fact checked by Ben Marsh</p>'}, "Ben Marsh", "fact_checker"),
        ({"under": "<p>Written by Ada Quill | Fact-checked by Ben Marsh</p>"}, "Ben Marsh", "fact_checker"),
        ({"after": "<p>Medical reviewer: Ben Marsh</p>"}, "Ben Marsh", "reviewer"),
    ],
)
def test_who_checked_the_piece_is_no_author_but_a_fact(read_story: Read, slots: dict[str, str], name: str, role: str) -> None:
    page = read_story(**slots)
    (reviewer,) = page.reviewers
    assert (reviewer.name, reviewer.role, reviewer.visible, reviewer.sources) == (name, role, True, ("byline",))
    assert reviewer.spot is not None
    assert name not in [author.name for author in page.authors]


@pytest.mark.parametrize("kind", ["NewsArticle", "MedicalWebPage"])
def test_the_data_name_a_reviewer(read_story: Read, kind: str) -> None:
    head = f'<script type="application/ld+json">{{"@type":"{kind}","headline":"A kettle at the lake","reviewedBy":{{"name":"Ben Marsh"}}}}</script>'
    (reviewer,) = read_story(head=head).reviewers
    assert (reviewer.name, reviewer.role, reviewer.visible, reviewer.sources) == ("Ben Marsh", "reviewer", False, ("json-ld",))
    (both,) = read_story(head=head, under="<p>Reviewed by Ben Marsh</p>").reviewers
    assert (both.visible, both.sources) == (True, ("byline", "json-ld"))


@pytest.mark.parametrize(
    "slots",
    [
        {"under": '<p class="byline">By Ada Quill</p>'},
        {"text": "<p>The map was reviewed by Ben Marsh before they left, and he found the jetty missing, and the bread and the lamp.</p>"},
        {"outside": '<section class="comments"><p>Reviewed by Ben Marsh</p></section>'},
        {"under": "<p hidden>Reviewed by Ben Marsh</p>"},
        {"under": "<p>Reviewed by our experts</p>"},
        {"under": "<p>Edited by Ben Marsh</p>"},
    ],
)
def test_nobody_checked_it(read_story: Read, slots: dict[str, str]) -> None:
    assert read_story(**slots).reviewers == ()


@pytest.mark.parametrize(
    ("declared", "line", "name"),
    [
        ("de", "Medizinisch geprüft von Erika Beispiel", "Erika Beispiel"),
        ("fr", "Validé médicalement par Jeanne Dupont", "Jeanne Dupont"),
        ("ja", "医療監修：山田花子", "山田花子"),
        ("ar", "المراجعة الطبية: ليلى حسن", "ليلى حسن"),
    ],
)
def test_in_other_languages(read_page: Read, declared: str, line: str, name: str) -> None:
    page = read_page(f"<html lang={declared}><title>x</title><article><h1>x y</h1><p>{line}</p><p>a b c.</p></article></html>")
    assert [reviewer.name for reviewer in page.reviewers] == [name]
