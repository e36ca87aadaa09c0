from __future__ import annotations

from checker.page.blocks import Blocks
from checker.page.walk import walk


def read(html: str) -> Blocks:
    document, _, _ = walk(html.encode())
    return Blocks(document)


def test_inline_markup_does_not_split_a_block() -> None:
    blocks = read("<p>We earn a <b>com<i>mis</i>sion</b>&nbsp;here</p><p>next</p>")
    assert [block.text for block in blocks.items] == ["We earn a commission\xa0here", "next"]
    assert blocks.text == "We earn a commission\xa0here\nnext"


def test_a_place_leads_back_to_its_block() -> None:
    blocks = read("<h1>Title</h1><p>alpha beta</p><div>gamma</div>")
    at = blocks.text.index("beta")
    block = blocks.items[blocks.index_at(at)]
    assert block.text == "alpha beta"
    assert blocks.text[block.place :].startswith("alpha")


def test_ink_counts_visible_characters_and_no_space() -> None:
    html = "<p>one  two <a href=x>three</a> four</p>\n\n<p><a href=y>five</a></p>"
    document, _, _ = walk(html.encode())
    blocks = Blocks(document)
    assert [blocks.ink_before(node) for node in document.all("a")] == [len("onetwo"), len("onetwothreefour")]
    assert blocks.ink_at(1, 2) == len("onetwothreefourfi")


def test_a_spot_begins_at_the_first_visible_character() -> None:
    document, _, _ = walk(b"<p>Read <b>this</b>\n  We earn money</p>")
    blocks = Blocks(document)
    block = blocks.items[0]
    spot = blocks.spot(block, block.text.index("this") + 4)
    assert (document.tags[spot.node], spot.skip, spot.quote) == ("b", 4, "We earn money")


def test_an_empty_page_has_no_blocks() -> None:
    blocks = read("<div> \n </div>")
    assert blocks.items == []
    assert blocks.text == ""
