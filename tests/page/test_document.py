from __future__ import annotations

from checker.page.walk import walk


def test_columns_hold_the_whole_page() -> None:
    document, reader, cut = walk(b"<html><body><div id=a><p>One <b>two</b> three<br>four</p></div><p>five</p></body></html>")
    assert (reader, cut) == ("lxml", None)
    div = document.all("div")[0]
    assert document.get(div, "id") == "a"
    assert document.text(div) == "One two three four"
    assert [document.tags[node] for node in document.inside(div, "p", "b", "br")] == ["p", "b", "br"]
    bold = document.all("b")[0]
    assert [document.tags[node] for node in document.ancestors(bold)] == ["p", "div", "body", "html"]
    assert [document.tags[node] for node in document.children(document.all("body")[0])] == ["div", "p"]
    assert document.within(bold, div)
    assert not document.within(document.all("p")[1], div)


def test_text_leaves_out_what_no_reader_sees() -> None:
    document, _, _ = walk(b"<p>seen <script>var hidden</script><style>b{}</style><noscript>without scripts</noscript>too</p>")
    assert document.text(document.all("p")[0]) == "seen too"
    assert document.raw_text(document.all("script")[0]) == "var hidden"


def test_blocks_do_not_run_together() -> None:
    document, _, _ = walk(b"<div><p>first</p><p>second</p><span>in</span><span>line</span></div>")
    assert document.text(document.all("div")[0]) == "first second inline"


def test_deep_nesting_loses_nothing() -> None:
    depth = 20_000
    document, reader, cut = walk(b"<div>" * depth + b"<a href=x>bottom</a>" + b"</div>" * depth + b"<p>after</p>")
    assert (reader, cut) == ("lxml", None)
    assert len(document.all("div")) == depth
    assert document.text(document.all("a")[0]) == "bottom"
    assert document.text(document.all("p")[0]) == "after"


def test_a_nul_does_not_end_the_page() -> None:
    document, _, _ = walk(b"<p>one\0two</p><p>three</p>")
    assert document.text(document.all("p")[1]) == "three"


def test_text_after_the_end_of_html_is_kept() -> None:
    document, _, _ = walk(b"<html><body><p>in</p></body></html><p>after</p>")
    assert [document.text(node) for node in document.all("p")] == ["in", "after"]


def test_skip_counts_characters_that_are_not_space() -> None:
    document, _, _ = walk(b"<p>a b <i>c</i> d</p>")
    piece = document.pieces.index(" d")
    assert document.skip_of(piece, 1) == (document.all("i")[0], 1)


def test_void_elements_hold_nothing() -> None:
    document, _, _ = walk(b"<picture><source srcset=a><source srcset=b><img src=c></picture><p>a<wbr>b</p>")
    picture = document.all("picture")[0]
    assert [document.tags[node] for node in document.children(picture)] == ["source", "source", "img"]
    assert document.text(document.all("p")[0]) == "ab"
