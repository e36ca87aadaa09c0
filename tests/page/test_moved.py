"""Facts of a page as its scripts left it stand where its source has them."""

from __future__ import annotations

from checker.api import read
from checker.facts import Page
from checker.page.moved import moved

ROW = '<p><a href="https://www.amazon.com/dp/B00000000{n}?tag=teablog-20">kettle {n}</a></p>'
NOTICE = "<p>We earn a commission when you buy through links on this page.</p>"
FIGURE = '<figure><img src="/pot.jpg" alt="A pot" width="800" height="600"><figcaption>Photo: Ben Leaf / Reuters</figcaption></figure>'


def page(body: str) -> Page:
    head = '<!doctype html><html lang="en"><head><title>Kettles</title><meta property="og:type" content="article"></head>'
    text = "<p>A kettle is bought once in ten years and used every morning of them.</p>" * 3
    return read(f"{head}<body><article><h1>Kettles</h1><p>By Ada Quill</p>{text}{body}</article></body></html>", url="https://tea.example/kettles")


def rows(*numbers: int) -> str:
    return "".join(ROW.replace("{n}", str(number)) for number in numbers)


def test_what_both_have_stands_where_the_source_has_it() -> None:
    source, ran = page(NOTICE + FIGURE + rows(1, 2)), page("<p>New.</p>" * 9 + NOTICE + FIGURE + rows(1, 2))
    found = moved(ran, source)
    for kind in ("links", "notices", "images", "authors"):
        assert [each.spot for each in getattr(found, kind)] == [each.spot for each in getattr(source, kind)] != []
    assert [image.credit.spot for image in found.images if image.credit] == [image.credit.spot for image in source.images if image.credit] != []


def test_what_only_scripts_brought_has_no_place() -> None:
    source, ran = page(rows(1)), page(NOTICE + FIGURE + rows(1, 2))
    found = moved(ran, source)
    assert found.links[0].spot == source.links[0].spot
    for spot in (found.links[1].spot, found.notices[0].spot, found.images[0].spot):
        assert spot is not None
        assert (spot.line, spot.column, spot.offset) == (None, None, None)
    assert found.links[1].spot is not None
    assert found.links[1].spot.quote


def test_equal_things_keep_their_order_and_no_place_is_given_twice() -> None:
    source, ran = page(rows(1, 1)), page(rows(1, 1, 1))
    spots = [link.spot for link in moved(ran, source).links]
    assert spots[:2] == [link.spot for link in source.links]
    assert spots[2] is not None
    assert spots[2].line is None


def test_things_in_another_order_find_their_own_places() -> None:
    source, ran = page(rows(1, 2, 3)), page(rows(3, 1, 2))
    at = {link.href: link.spot for link in source.links}
    assert {link.href: link.spot for link in moved(ran, source).links} == at


def test_what_scripts_took_away_is_not_there() -> None:
    found = moved(page(rows(2)), page(NOTICE + rows(1, 2)))
    assert [link.href for link in found.links] == [link.href for link in page(rows(2)).links]
    assert found.notices == ()


def test_facts_are_those_of_the_page_that_ran() -> None:
    source, ran = page(rows(1)), page(NOTICE + rows(1))
    found = moved(ran, source)
    assert [notice.text for notice in found.notices] == [notice.text for notice in ran.notices]
    assert found.verdicts == ran.verdicts
    assert (found.source, found.headline, found.directives, found.passages) == (source.source, source.headline, source.directives, source.passages)


def test_a_page_that_scripts_left_alone_is_itself() -> None:
    source = page(NOTICE + FIGURE + rows(1, 2))
    assert moved(page(NOTICE + FIGURE + rows(1, 2)), source) == source
