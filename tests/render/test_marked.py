"""The copy of a page that the browser is given: a mark where each fact stands, and nothing else changed."""

from __future__ import annotations

import re

import pytest
from lxml import html

from checker.model import Source
from checker.page.reader import read
from checker.render.marked import Marked, marked
from checker.scale.rulebook import Rulebook
from checker.sight import Sight
from tests.render.conftest import ADDRESS, LINK, NOTICE, article


def marks(rules: Rulebook, text: str | bytes) -> tuple[str, Marked]:
    reading = read(Source("pots.html", text.encode() if isinstance(text, str) else text, url=ADDRESS), rules.lexicon)
    return reading.places.text, marked(reading.page, reading.places.text, reading.places.locate)


PAGES = {
    "plain": article(),
    "entities": article(f'<p class="note">{NOTICE.replace("We earn", "We&nbsp;&#101;arn &amp; keep")}</p>'),
    "line ends": article().replace("<p>", "\r\n<p>\r").replace("We earn", "We\r\nearn"),
    "raw text": article(
        before=f'<script>var a = "<p>{NOTICE}</p>";</script><style>/* <a href="x"> */</style><textarea><a href="/x">{NOTICE}</textarea>'
    ),
    "unclosed": article(f"<p>{NOTICE}<p>And then <b>some <i>more</b> of it</i>").replace("</p>", ""),
    "tables": article(f"<table><tr>{NOTICE}<td>{LINK}</td></tr>{LINK}</table>"),
    "two links in one": article(link=f"{LINK}{LINK}<a href=/x><img src=/x.png alt=''>{NOTICE}</a>"),
    "quotes": article(link="<a title='a > b' href='https://www.amazon.com/dp/B000000101?tag=slowkettle-20'\n>Harrow</a>"),
    "slash": article(link="<a/href=https://www.amazon.com/dp/B000000101?tag=slowkettle-20>Harrow</a>"),
    "capitals": article(link=LINK.replace("<a ", "<A ").replace("</a>", "</A>")),
    "comment": article(before=f"<!-- {LINK} {NOTICE} --><!-- > -->"),
    "picture": article(after='<figure><img src="/pot.jpg" alt="A pot"><figcaption>Photo: Ben Leaf / Reuters</figcaption></figure>'),
}


def unmarked(found: Marked) -> str:
    return re.sub(f'<!--{found.token}:\\d+-->| data-{found.token}="[^"]*"', "", found.text)


@pytest.mark.parametrize("name", PAGES)
def test_without_its_marks_the_copy_is_the_page(rules: Rulebook, name: str) -> None:
    source, found = marks(rules, PAGES[name])
    assert found.kept
    assert unmarked(found) == found.unmarked(found.text) == source


@pytest.mark.parametrize("name", PAGES)
def test_marks_change_neither_the_text_nor_the_elements_of_the_page(rules: Rulebook, name: str) -> None:
    source, found = marks(rules, PAGES[name])
    before, after = html.document_fromstring(source), html.document_fromstring(found.text)
    for comment in [each for each in after.iter(html.etree.Comment) if str(each.text).startswith(found.token)]:
        comment.drop_tag()  # type: ignore[attr-defined]
    for element in after.iter():
        element.attrib.pop(f"data-{found.token}", "")
    assert html.tostring(after) == html.tostring(before)


@pytest.mark.parametrize("name", PAGES)
def test_each_number_is_there_once_and_is_told_as_a_text_or_an_element(rules: Rulebook, name: str) -> None:
    _, found = marks(rules, PAGES[name])
    comments = [int(number) for number in re.findall(f"<!--{found.token}:(\\d+)-->", found.text)]
    attributes = [int(number) for told in re.findall(f' data-{found.token}="([^"]*)"', found.text) for number in told.split()]
    assert sorted(comments + attributes) == sorted(found.kept) == list(range(len(found.kept)))
    assert sorted([int(str(text["id"])) for text in found.texts] + found.elements) == list(range(len(found.kept)))


def test_a_link_is_marked_in_its_tag_and_a_notice_before_its_first_letter(rules: Rulebook) -> None:
    _, found = marks(rules, article())
    (notice,), (link, *_) = found.numbers("notices"), found.numbers("links")
    assert f'<p class="note"><!--{found.token}:{notice}-->We earn' in found.text
    assert f'<a data-{found.token}="{link}" href="https://www.amazon.com' in found.text
    told = next(text for text in found.texts if text["id"] == notice)
    assert (told["within"], told["said"]) == ("".join(NOTICE.split()), "".join(NOTICE.split()))


def test_a_byte_order_mark_does_not_move_the_marks(rules: Rulebook) -> None:
    plain, with_mark = marks(rules, article())[1], marks(rules, b"\xef\xbb\xbf" + article().encode())[1]
    assert unmarked(with_mark) == unmarked(plain)
    assert with_mark.text.replace(with_mark.token, plain.token) == plain.text


def test_two_facts_at_one_place_are_both_marked(rules: Rulebook) -> None:
    text = article(link=f"<a href='https://www.amazon.com/dp/B000000101?tag=slowkettle-20'><img src=/pot.png alt='A pot'></a>{NOTICE}{NOTICE}")
    _, found = marks(rules, text)
    assert len(found.numbers("links")) == 1
    assert len(found.numbers("images")) == 1
    assert len(set(found.kept.values())) == len(found.kept)


def test_marks_cannot_be_known_beforehand(rules: Rulebook) -> None:
    one, other = marks(rules, article())[1], marks(rules, article())[1]
    assert one.token != other.token
    assert len(one.token) >= 16


def test_what_no_browser_shows_is_not_looked_for(rules: Rulebook) -> None:
    _, found = marks(rules, article(f"<noscript><p>{NOTICE}</p></noscript><template><p>{NOTICE}</p></template>"))
    assert found.numbers("notices") == []


def test_of_very_many_links_the_first_are_marked(rules: Rulebook) -> None:
    _, found = marks(rules, article(after=f"<p>{LINK}</p>" * 600))
    assert len(found.numbers("links")) == 500


def test_sights_come_back_in_the_order_of_the_facts() -> None:
    one, other = Sight(size=1.0), Sight(size=2.0)
    found = Marked("", "t", kept={0: ("links", 2), 1: ("links", 0), 2: ("notices", 0)})
    assert found.in_order("links", 4, {0: one, 1: other}) == (other, None, one, None)
    assert found.in_order("notices", 1, {0: one, 1: other}) == (None,)
