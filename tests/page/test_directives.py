"""What a page says of rules that are not to be told there: how it is written, how far it reaches, and where it stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.facts import Directive, Spot
from checker.lexicon import Lexicon
from checker.model import Source
from checker.page.directives import LONGEST, MOST, located, read_directives
from checker.page.document import Document
from checker.page.positions import Places
from checker.page.reader import read
from checker.page.walk import walk
from tests.pace import in_proportion


def directives(html: str) -> tuple[Directive, ...]:
    return read_directives(walk(html.encode("utf-8", "replace"))[0])


def one(html: str) -> Directive:
    (found,) = directives(html)
    return found


def document(html: str) -> Document:
    return walk(html.encode())[0]


def held(html: str, tag: str = "b") -> list[str]:
    """The ids of the elements whose tags the page's one directive reaches."""
    found = document(html)
    (directive,) = read_directives(found)
    return [found.attrs[node]["id"] for node in found.all(tag) if directive.begin <= (node, -1) < directive.end]


def holds_text(html: str, text: str) -> bool:
    """Whether the one directive reaches the first character of the text."""
    found = document(html)
    (directive,) = read_directives(found)
    piece = next(number for number, each in enumerate(found.pieces) if text in each)
    node, skip = found.skip_of(piece, found.pieces[piece].index(text))
    return directive.begin <= (node, skip) < directive.end


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- disclosure-checker: ignore AFF002, IMG401 -- the desk knows -->",
        "<!--disclosure-checker:ignore AFF002 IMG401--the desk knows-->",
        "<!--\n  disclosure-checker:\n  ignore\n  AFF002\n  IMG401 -- the  desk\n  knows\n-->",
        "<!-- Disclosure-Checker: IGNORE AFF002; IMG401: the desk knows -->",
        "<!-- disclosure-checker: ignore: AFF002 IMG401 \u2014 the desk knows -->",
        "<!-- disclosure-checker: ignore AFF002,IMG401 - the desk knows --->",
        '<i data-disclosure-checker-ignore="AFF002 IMG401: the desk knows">',
        '<i data-disclosure-checker-ignore="AFF002, IMG401 -- the desk knows">',
    ],
)
def test_ways_to_write_one(comment: str) -> None:
    found = one(f"<p>{comment}x</p>")
    assert (found.verb, found.rules, found.reason, found.fault) == ("ignore", ("AFF002", "IMG401"), "the desk knows", None)
    assert found.kind == ("attribute" if comment.startswith("<i") else "comment")


def test_ids_stay_as_they_are_written() -> None:
    assert one("<!-- disclosure-checker: ignore-file aff002 -- x -->").rules == ("aff002",)


@pytest.mark.parametrize(
    ("rest", "reason"),
    [("", None), (" --", None), (" -- ", None), (" ---", None), (": : x", ": x"), (" -- see https://a.example", "see https://a.example")],
)
def test_the_reason_is_what_follows(rest: str, reason: str | None) -> None:
    found = one(f'<i data-disclosure-checker-ignore="AFF002{rest}">')
    assert (found.reason, found.fault) == (reason, None)


@pytest.mark.parametrize(
    "html",
    [
        "<!-- the disclosure-checker: ignore AFF002 -- x -->",
        "<!-- disclosure-checker finds nothing here -->",
        "<!-- disclosure-checker ignore AFF002 -- x -->",
        "<!-- ignore AFF002 -->",
        "<!--[if IE]><p>disclosure-checker: ignore AFF002 -- x</p><![endif]-->",
        "<p>disclosure-checker: ignore AFF002 -- x</p>",
        "<script>// <!-- disclosure-checker: ignore AFF002 -- x --></script>",
        "<style>/* <!-- disclosure-checker: ignore AFF002 -- x --> */</style>",
        "<textarea><!-- disclosure-checker: ignore AFF002 -- x --></textarea>",
        "<title><!-- disclosure-checker: ignore AFF002 -- x --></title>",
        "<pre>&lt;!-- disclosure-checker: ignore AFF002 -- x --&gt;</pre>",
        '<p data-disclosure-checker="ignore AFF002: x">',
        '<p title="disclosure-checker: ignore AFF002">',
    ],
)
def test_what_is_none(html: str) -> None:
    assert directives(html) == ()


@pytest.mark.parametrize(
    ("html", "fault", "hint"),
    [
        ("<!-- disclosure-checker: -->", "verb", None),
        ("<!-- disclosure-checker: AFF002 -- x -->", "verb", '"AFF002"'),
        ("<!-- disclosure-checker: ignore-line AFF002 -- x -->", "verb", '"ignore-line" → "ignore-next"'),
        ("<!-- disclosure-checker: ignor AFF002 -- x -->", "verb", '"ignor" → "ignore"'),
        ("<!-- disclosure-checker: ignore_next AFF002 -- x -->", "verb", '"ignore_next" → "ignore-next"'),
        ("<!-- disclosure-checker: ignore -->", "no_rules", None),
        ("<!-- disclosure-checker: ignore-file -- all of it -->", "no_rules", None),
        ("<!-- disclosure-checker: ignore * -- x -->", "no_rule", '"*"'),
        ("<!-- disclosure-checker: ignore AFF -- x -->", "no_rule", '"AFF"'),
        ("<!-- disclosure-checker: ignore AFF* -- x -->", "no_rule", '"AFF*"'),
        ("<!-- disclosure-checker: ignore all -- x -->", "no_rule", '"all"'),
        ("<!-- disclosure-checker: ignore AFF0021 -- x -->", "no_rule", '"AFF0021"'),
        ("<!-- disclosure-checker: ignore AFF002 because -->", "no_rule", '"because"'),
        ('<p data-disclosure-checker-ignore="">', "no_rules", None),
        ('<p data-disclosure-checker-ignore="ignore AFF002: x">', "no_rule", '"ignore"'),
        (f"<!-- disclosure-checker: ignore AFF002 -- {'x' * LONGEST} -->", "long", str(LONGEST)),
        (f'<p data-disclosure-checker-ignore="AFF002: {"x" * LONGEST}">', "long", str(LONGEST)),
    ],
)
def test_what_is_malformed_says_why(html: str, fault: str, hint: str | None) -> None:
    found = one(html)
    assert (found.fault, found.hint) == (fault, hint)


@pytest.mark.parametrize(
    "html",
    [
        "<p><b id=1></b><i><b id=2></b>{}<b id=3></b><u><b id=4></b></u></i><b id=5></b></p>",
        "<p><b id=1></b><i>text<b id=2></b>text{}text<b id=3></b><b id=4></b></i>text<b id=5></b></p>",
    ],
)
def test_ignore_reaches_from_the_comment_to_the_end_of_its_element(html: str) -> None:
    assert held(html.format("<!-- disclosure-checker: ignore AFF002 -- x -->")) == ["3", "4"]


def test_at_the_beginning_of_an_element_its_own_tag_is_in_reach() -> None:
    comment = "<!-- disclosure-checker: ignore AFF002 -- x -->"
    assert held(f"<p><b id=1> {comment}<b id=2></b></b><b id=3></b></p>") == ["1", "2"]
    assert held(f"<p><b id=1>text{comment}<b id=2></b></b><b id=3></b></p>") == ["2"]
    assert held(f"<p><b id=1><i></i>{comment}<b id=2></b></b><b id=3></b></p>") == ["2"]


@pytest.mark.parametrize(
    "html",
    [
        "{}<html><head></head><body><b id=1></b></body></html>",
        "<!doctype html>{}<b id=1></b>",
        "<html><head>{}<title>x</title></head><body><b id=1></b></body></html>",
        "<html><head></head>{}<body><b id=1></b></body></html>",
        "<html><body><b id=1></b>{}</body></html>",
        "<html><body><b id=1></b></body></html>{}",
    ],
)
def test_directly_in_head_or_body_or_outside_it_is_the_page(html: str) -> None:
    found = html.format("<!-- disclosure-checker: ignore AFF002 -- x -->")
    assert held(found) == ["1"]
    assert one(found).begin == (-1, -1)


def test_ignore_file_is_the_page_wherever_it_stands() -> None:
    html = "<body><b id=1></b><p><i><!-- disclosure-checker: ignore-file AFF002 -- x --></i></p><b id=2></b></body>"
    assert held(html) == ["1", "2"]
    assert one(html).begin == (-1, -1)


@pytest.mark.parametrize(
    ("html", "ids"),
    [
        ("<p><b id=1></b>{}<b id=2><b id=3></b></b><b id=4></b></p>", ["2", "3"]),
        ("<p>{} text <b id=2></b><b id=4></b></p>", ["2"]),
        ("<p>{}</p><b id=2></b><b id=3></b>", ["2"]),
        ("{}<p></p><b id=2></b>", []),
        ("<p><b id=1></b>{}</p>", []),
        # A fragment: its html and body stand in no source.
        ("{}<b id=1></b><b id=2></b>", ["1"]),
        ("{}<html><head><title>x</title></head><body><b id=1></b></body></html>", []),
        ("<html><head></head>{}<body><b id=1></b><b id=2></b></body></html>", ["1"]),
    ],
)
def test_ignore_next_is_the_next_element(html: str, ids: list[str]) -> None:
    assert held(html.format("<!-- disclosure-checker: ignore-next AFF002 -- x -->")) == ids


def test_the_attribute_is_its_element() -> None:
    assert held('<p><b id=1></b><b id=2 data-disclosure-checker-ignore="AFF002: x"><b id=3></b></b><b id=4></b></p>') == ["2", "3"]
    assert held('<img data-disclosure-checker-ignore="AFF002: x"><b id=1></b>') == []


@pytest.mark.parametrize("tag", ["html", "body"])
def test_the_attribute_of_the_whole_is_the_page(tag: str) -> None:
    found = "<html><head></head><body><b id=1></b></body></html>".replace(f"<{tag}", f'<{tag} data-disclosure-checker-ignore="AFF002: x"', 1)
    assert one(found).begin == (-1, -1)


def test_bare_text_is_told_by_its_characters() -> None:
    reach = '<div><p data-disclosure-checker-ignore="AFF002: x">inner <i>deep</i> end</p> behind</div>'
    assert [holds_text(reach, text) for text in ("inner", "deep", "end", "behind")] == [True, True, True, False]
    begun = "<div><p>first</p> before <!-- disclosure-checker: ignore AFF002 -- x --> after <p>last</p></div> outside"
    assert [holds_text(begun, text) for text in ("first", "before", "after", "last", "outside")] == [False, False, True, True, False]


def test_a_directive_in_a_template_reaches_as_far_as_the_template() -> None:
    for tag in ("template", "noscript"):
        html = f"<b id=1></b><{tag}><b id=2></b><!-- disclosure-checker: ignore AFF002 -- x --><b id=3></b></{tag}><b id=4></b>"
        assert held(html) == ["3"]


def test_they_come_in_the_order_of_the_page() -> None:
    html = (
        '<p data-disclosure-checker-ignore="AFF001: x"><!-- disclosure-checker: ignore AFF002 -- x --><i data-disclosure-checker-ignore="AFF003: x">'
        "</i><!-- disclosure-checker: ignore AFF004 -- x --></p>"
    )
    assert [rule for each in directives(html) for rule in each.rules] == ["AFF001", "AFF002", "AFF003", "AFF004"]


def places(html: str) -> list[tuple[int | None, int | None]]:
    tree = document(html)
    return [(each.spot.line, each.spot.column) for each in located(read_directives(tree), Places(html.lstrip("\ufeff"), tree.tags))]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<!-- disclosure-checker: ignore AFF001 -- x -->", [(1, 1)]),
        ("<p>\n  <!-- disclosure-checker: ignore AFF001 -- x -->\n<!-- disclosure-checker: ignore AFF001 -- x --></p>", [(2, 3), (3, 1)]),
        ("<p>\r\n<!--\r\ndisclosure-checker: ignore AFF001 -- x --></p>", [(2, 1)]),
        ("<p>\n<i\ndata-disclosure-checker-ignore='AFF001: x'>", [(2, 1)]),
        (
            "<!-- other -->\n<!-- disclosure-checker: x -->\n<p>\n<!-- disclosure-checker: y --><i></i></p>\n<!-- disclosure-checker: z -->",
            [(2, 1), (4, 1), (5, 1)],
        ),
        ("<script>\nlet x = '<!-- disclosure-checker: a -->'\n</script>\n<!-- disclosure-checker: b -->", [(4, 1)]),
        ("<body>\u8a18\u4e8b <!-- disclosure-checker: b --></body></html>\n\n <!-- disclosure-checker: c -->", [(1, 10), (3, 2)]),
    ],
)
def test_a_comment_is_found_where_it_stands(html: str, found: list[tuple[int, int]]) -> None:
    assert places(html) == found


def test_more_than_any_page_needs_are_not_read() -> None:
    html = "<p><!-- disclosure-checker: ignore-next AFF002 -- x --></p>" * (MOST + 5)
    found = directives(html)
    assert len(found) == MOST + 1
    assert [each.fault for each in found[-2:]] == [None, "many"]
    assert found[-1].begin == found[-1].end
    assert len(directives("<p><!-- disclosure-checker: ignore-next AFF002 -- x --></p>" * MOST)) == MOST


@pytest.mark.parametrize(
    "make",
    [
        lambda n: "<p>" + "<!-- disclosure-checker: ignore AFF002 -- x -->" * n,
        lambda n: "<!-- disclosure-checker: ignore AFF002 -- x --> text " * n,
        lambda n: "<div><!-- disclosure-checker: ignore AFF002 -- x -->" * n,
        lambda n: f"<!-- disclosure-checker: ignore {'AFF002 ' * n * 7}-->",
        lambda n: f"<!-- disclosure-checker: {'-' * n * 50}-->",
        lambda n: f"<!--{' ' * n * 50}disclosure-checker: ignore AFF002 -->",
        lambda n: '<i data-disclosure-checker-ignore="AFF002: x">' * n,
    ],
    ids=["in one gap", "in text", "nested", "many rules", "dashes", "spaces", "attributes"],
)
def test_the_time_grows_no_faster_than_the_page(make: Callable[[int], str]) -> None:
    def reading(n: int) -> Callable[[], object]:
        html = make(n)
        tree = document(html)
        return lambda: located(read_directives(tree), Places(html, tree.tags))

    assert in_proportion(reading, 5_000)


PIECES = ("<p>", "</p>", "<b>", "</b>", "x", " ", "<img>", "<body>", "<!-- disclosure-checker: ignore AFF001 -- r -->", "<!-- c -->",
    "<!-- disclosure-checker: ignore-next IMG401 -- r -->", '<i data-disclosure-checker-ignore="AUT501: r">', "</i>", "</html>")  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_reaches_hold_one_another_or_nothing_of_one_another(parts: list[str]) -> None:
    found = [(each.begin, each.end) for each in directives("".join(parts)) if each.begin < each.end]
    for one_begin, one_end in found:
        for begin, end in found:
            assert not one_begin < begin < one_end < end


@given(st.text(max_size=60), st.sampled_from(["<!--{}-->", "<!-- disclosure-checker:{}-->", '<p data-disclosure-checker-ignore="{}">']))
def test_whatever_it_says_is_read(text: str, around: str) -> None:
    for each in directives(around.replace("{}", text)):
        assert each.fault is not None or each.rules


def test_the_page_carries_them(lexicon: Lexicon) -> None:
    html = "<html><body>\n<p>x</p><!-- disclosure-checker: ignore-file AUT501 -- x --></body></html>"
    reading = read(Source("a.html", html.encode()), lexicon)
    assert reading.page.directives[0].spot.line is None
    assert reading.with_directives().directives[0].spot == Spot(
        2, None, "disclosure-checker: ignore-file AUT501 -- x", html.index("<!--"), 2, 9, html.split("\n")[1], 8
    )
