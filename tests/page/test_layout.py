from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.lexicon.markup import Markup
from checker.packs import built_in
from checker.page.blocks import Blocks
from checker.page.layout import Layout
from checker.page.walk import walk

MARKUP = Markup.load([built_in()])
PARAGRAPH = "The kettle boiled while the four of them argued about whether the lake would still be frozen enough to cross in March. "
PAGE = f"""<html><head><title>A kettle at the lake</title></head><body>
<div class="top-bar" id="bar">News from the lake</div>
<header><nav><a id="menu" href="/">Home</a></nav></header>
<div class="wrap has-sidebar">
<article class="post"><header class="entry-header"><h1 id="headline">A kettle at the lake</h1><p id="meta">By Ada Quill</p></header>
<div class="entry-content"><p id="first">{PARAGRAPH}</p><p>{PARAGRAPH}</p>
<div class="product-box"><a id="product" href="/x">Buy it</a></div>
<aside><a id="inline" href="/y">Inside</a></aside>
<p>{PARAGRAPH}</p><p id="last">{PARAGRAPH}</p><p id="sign">ab</p></div>
<footer class="entry-footer"><a id="tags" href="/tag">lakes</a></footer></article>
<section class="related-posts"><a id="teaser" href="/z">Ten more kettles</a></section>
<section id="comments"><p>{PARAGRAPH}</p><a id="comment" href="/q">me too</a></section>
<aside class="widget-area"><a id="side" href="/s">Side</a></aside></div>
<footer><a id="foot" href="/f">Imprint</a></footer></body></html>"""


def layout(html: str) -> tuple[Layout, dict[str, int]]:
    document, _, _ = walk(html.encode())
    return Layout(document, Blocks(document), MARKUP), {attrs["id"]: node for node, attrs in enumerate(document.attrs) if "id" in attrs}


@pytest.mark.parametrize(
    ("spot", "region"),
    [
        ("bar", "page_header"), ("menu", "navigation"), ("headline", "title_area"), ("meta", "title_area"), ("first", "article"),
        ("product", "product_box"),
        ("inline", "article"), ("last", "article"), ("sign", "article_end"), ("tags", "article_end"), ("teaser", "related"), ("comment", "comments"),
        ("side", "sidebar"), ("foot", "page_footer"),
    ],
)  # fmt: skip
def test_regions(spot: str, region: str) -> None:
    page, ids = layout(PAGE)
    assert page.region(ids[spot]).value == region


def test_the_main_piece() -> None:
    page, ids = layout(PAGE)
    assert page.document.get(page.body, "class") == "entry-content"
    assert page.document.tags[page.article] == "article"
    assert (page.headline, page.first_paragraph, page.last_paragraph) == (ids["headline"], ids["first"], ids["last"])


def test_state_words_do_not_make_a_box() -> None:
    assert MARKUP.kinds("content comments-enabled with-sidebar", "") == frozenset()
    assert "comments" in MARKUP.kinds("commentList", "")
    assert "sidebar" in MARKUP.kinds("left-sidebar", "")


def test_a_page_without_running_text() -> None:
    page, _ = layout("<main><h1>Shop</h1><a href=/a>a</a></main>")
    assert page.document.tags[page.body] == "main"
    assert page.paragraphs == []


def test_the_headline_is_the_one_of_the_title() -> None:
    article = f"<article><h1 id=own>Frozen lakes</h1><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p></article>"
    page, _ = layout(f"<title>Frozen lakes - The Site</title><h1>The Site</h1>{article}")
    assert page.headline is not None
    assert page.document.get(page.headline, "id") == "own"


def test_markup_words_are_lower_case() -> None:
    lines = (built_in() / "words" / "markup.toml").read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#") and line != line.lower()] == []


TREES = st.recursive(
    st.sampled_from([f"<p>{PARAGRAPH}</p>", PARAGRAPH, "<p>short</p>", f"<span>{PARAGRAPH}</span>", "<br>", f"<ul><li>{PARAGRAPH * 3}</li></ul>"]),
    lambda inner: st.lists(inner, max_size=4).map(lambda parts: f"<div>{''.join(parts)}</div>"),
    max_leaves=12,
)


def heaviest(page: Layout) -> int:
    """The body, found by weighing every child of every element on the way."""
    _, totals = page._running_text
    node = 0
    while True:
        inner = max(page.document.children(node), key=page._weight, default=-1)
        if inner < 0 or page._weight(inner) < totals[-1] * 0.7 or page.document.tags[inner] in ("p", "span"):
            return node
        node = inner


@given(st.lists(TREES, max_size=4).map("".join))
def test_the_body_is_the_deepest_element_that_holds_most_text(html: str) -> None:
    page, _ = layout(f"<body>{html}</body>")
    if len(page._running_text[0]) >= 3:
        assert page.body == heaviest(page)
