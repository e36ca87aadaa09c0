"""What a finding is known by survives what happens to pages every day, and does not survive another link, picture, author or notice."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Call = Callable[..., Result]

LINKS = '<p>Get <a href="https://www.amazon.com/dp/B000000001?tag=teablog-20&amp;linkCode=ll1">the kettle</a> or the pot.</p>'
MORE = '<p>Or <a href="https://www.amazon.com/dp/B000000002?tag=teablog-20">the pot &amp; its lid</a>, if you must.</p>'
PICTURE = '<figure><img src="https://cdn.tea.example/u/Kettle.jpg?w=640&amp;q=75" width="640" height="480" alt="A kettle"></figure>'
OTHER = '<figure><img src="https://cdn.tea.example/u/Pot.jpg" width="640" height="480" alt="A pot"></figure>'
NOTICE = "<p>This post may contain affiliate links — “we” say so.</p>"
ASIDE = "<p>Tea wants water that has just boiled, and four minutes of peace before anybody pours it out.</p>"
PAGE = f"""<!doctype html>
<html lang="en"><head><title>The best kettle</title></head><body><article><h1>The best kettle</h1>
<p class="byline">By admin</p>
{ASIDE}
{LINKS}
{PICTURE}
{MORE}
{OTHER}
{NOTICE}
</article></body></html>
"""


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> Callable[[str], Counter[tuple[str, str]]]:
    """The rules and fingerprints of a page."""
    monkeypatch.chdir(tmp_path)

    def of(page: str) -> Counter[tuple[str, str]]:
        (tmp_path / "a.html").write_text(page, "utf-8")
        call("check", "a.html", "--profile", "us,uk,amazon", "--output", "json=r.json")
        findings = json.loads((tmp_path / "r.json").read_text("utf-8"))["findings"]
        return Counter((each["rule"], each["fingerprint"]) for each in findings)

    return of


SURVIVES: dict[str, Callable[[str], str]] = {
    "white space": lambda page: page.replace("<p>", "<p>\n\t  ").replace(" or the", "\n   or   the"),
    "a page on one line": lambda page: page.replace("\n", " "),
    "an inserted paragraph": lambda page: page.replace(LINKS, f"<p>A word before.</p>\n\n{ASIDE}\n{LINKS}"),
    "another spelling of entities": lambda page: (
        page.replace("&amp;", "&#38;").replace("—", "&mdash;").replace("“", "&ldquo;").replace("”", "&#8221;")
    ),
    "other quotes and dashes": lambda page: page.replace("“we”", '"we"').replace("—", "–"),
    "links in another order": lambda page: page.replace(LINKS, "@").replace(MORE, LINKS).replace("@", MORE),
    "pictures in another order": lambda page: page.replace(PICTURE, "@").replace(OTHER, PICTURE).replace("@", OTHER),
    "an unrelated block elsewhere": lambda page: page.replace(f"{ASIDE}\n", "").replace(NOTICE, f"{NOTICE}\n{ASIDE}"),
    "another tracking id": lambda page: page.replace("teablog-20", "teanews-21").replace("&amp;linkCode=ll1", ""),
    "no www": lambda page: page.replace("www.amazon", "amazon"),
    "http": lambda page: page.replace("https://", "http://"),
    "another query of the picture service": lambda page: page.replace("?w=640&amp;q=75", "?w=1280&amp;fit=crop&amp;auto=format"),
    "another size": lambda page: page.replace("Kettle.jpg?w=640&amp;q=75", "Kettle-1024x768.jpg"),
    "another server of pictures": lambda page: page.replace("https://cdn.tea.example/u/", "https://i2.wp.example/tea.example/files/2026/"),
    "another picture format": lambda page: page.replace("Kettle.jpg", "Kettle.jpg.webp"),
    "a service with the address inside": lambda page: page.replace(
        "https://cdn.tea.example/u/Kettle.jpg?w=640&amp;q=75", "/_next/image?url=%2Fu%2FKettle.jpg&amp;w=640&amp;q=75"
    ),
    "sizes to choose from": lambda page: page.replace(
        'q=75" width', 'q=75" srcset="https://cdn.tea.example/u/Kettle-300x200.jpg 300w, https://cdn.tea.example/u/Kettle-900x600.jpg 900w" width'
    ),
    "capitals in the notice": lambda page: page.replace("This post may contain", "THIS POST MAY CONTAIN"),
}
DOES_NOT: dict[str, tuple[Callable[[str], str], str]] = {
    "another product": (lambda page: page.replace("B000000001", "B000000009"), "LNK201"),
    "another picture": (lambda page: page.replace("Kettle.jpg", "Cup.jpg"), "IMG401"),
}


def test_the_page_has_findings_of_many_kinds(found: Callable[[str], Counter[tuple[str, str]]]) -> None:
    rules = Counter(rule for rule, _ in found(PAGE).elements())
    assert rules["LNK201"] == rules["IMG401"] == 2
    assert {rule[:3] for rule in rules} == {"AFF", "AUT", "IMG", "LNK", "PRG"}


@pytest.mark.parametrize("name", SURVIVES)
def test_it_survives(found: Callable[[str], Counter[tuple[str, str]]], name: str) -> None:
    changed = SURVIVES[name](PAGE)
    assert changed != PAGE
    assert found(changed) == found(PAGE)


@pytest.mark.parametrize("name", DOES_NOT)
def test_it_does_not_survive(found: Callable[[str], Counter[tuple[str, str]]], name: str) -> None:
    change, rule = DOES_NOT[name]
    before, after = found(PAGE), found(change(PAGE))
    assert rule in {each[0] for each in (after - before)}
    assert rule in {each[0] for each in (before - after)}
    assert after.total() == before.total()


def test_two_pictures_of_one_name_are_two(found: Callable[[str], Counter[tuple[str, str]]]) -> None:
    page = PAGE.replace("u/Pot.jpg", "v/Kettle.jpg")
    assert max(count for (rule, _), count in found(page).items() if rule == "IMG401") == 2
