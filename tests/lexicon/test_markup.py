from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.lexicon.markup import Markup, name_words
from checker.packs import built_in

MARKUP = Markup.load([built_in()])


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("relatedPosts__item-2 wide", ["related posts item 2", "wide"]),
        ("XMLHttpBox", ["xml http box"]),
        ("col2right", ["col 2 right"]),
        ("a-b_c:d/e", ["a b c d e"]),
        ("article:body", ["article body"]),
        ("---", [""]),
        ("  \n\t ", []),
        ("", []),
    ],
)
def test_names_become_words(names: str, words: list[str]) -> None:
    assert [name.strip() for name in name_words(names).split(".")[1:]] == words


@pytest.mark.parametrize(
    ("names", "role", "kind"),
    [
        ("comment-list", "", "comments"), ("commentList", "", "comments"), ("disqus_thread", "", "comments"),
        ("kommentare", "", "comments"), ("", "feed", "comments"),
        ("related-posts", "", "related"), ("more-from-us", "", "related"), ("jp-relatedposts", "", "related"),
        ("mostRead", "", "related"), ("weiterlesen", "", "related"),
        ("sidebar-left", "", "sidebar"), ("rightRail", "", "sidebar"), ("widget-area", "", "sidebar"), ("", "complementary", "sidebar"),
        ("main-nav", "", "navigation"), ("breadcrumbs", "", "navigation"), ("toc", "", "navigation"),
        ("", "navigation", "navigation"), ("", "search", "navigation"),
        ("site-header", "", "page_header"), ("topBar", "", "page_header"), ("", "banner", "page_header"),
        ("site-footer", "", "page_footer"), ("colophon", "", "page_footer"), ("", "contentinfo", "page_footer"),
        ("product-box", "", "product_box"), ("buyButton", "", "product_box"), ("preisvergleich", "", "product_box"),
        ("ad-slot", "", "advert"), ("adsbygoogle", "", "advert"), ("werbung", "", "advert"), ("publicite", "", "advert"),
        ("newsletter-signup", "", "newsletter"), ("", "dialog", "newsletter"),
        ("entry-header", "", "title_area"), ("post-meta", "", "title_area"),
        ("entry-footer", "", "article_end"), ("post-tags", "", "article_end"),
        ("entry-content", "", "article"), ("articleBody", "", "article"),
        ("post-author", "", "byline"), ("ByLine", "", "byline"), ("forfatter", "", "byline"),
        ("author-box", "", "author_box"), ("aboutAuthor", "", "author_box"),
        ("fact-checker", "", "not_author"), ("comment-author", "", "not_author"),
        ("photo-credit", "", "credit"), ("imgCredit", "", "credit"), ("bildnachweis", "", "credit"),
        ("wp-caption-text", "", "caption"), ("bildunterschrift", "", "caption"),
        ("site-logo", "", "logo"), ("icon-star", "", "icon"), ("wp-smiley", "", "icon"), ("avatar", "", "portrait"), ("tracking-pixel", "", "pixel"),
        ("awin-disclosure-plugin", "", "revealed_by_script"),
    ],
)  # fmt: skip
def test_what_a_box_s_names_say(names: str, role: str, kind: str) -> None:
    assert kind in MARKUP.kinds(names, role)


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        ("shadow", "advert"), ("header-badge", "advert"), ("gradient", "advert"), ("load-more", "advert"), ("readable", "advert"),
        ("authority", "byline"), ("authorize", "byline"), ("accredited", "credit"), ("navy", "navigation"),
        ("productive", "product_box"), ("captions-free-text x", "comments"),
        ("unrelated", "related"), ("communal", "comments"), ("has-sidebar", "sidebar"), ("with-comments", "comments"),
        ("no-sidebar", "sidebar"), ("comments-enabled", "comments"),
        ("single-product", "product_box"), ("more-info", "related"), ("related", "comments"), ("icons8x", "logo"),
    ],
)  # fmt: skip
def test_what_they_do_not_say(names: str, kind: str) -> None:
    assert kind not in MARKUP.kinds(names, "")


def test_words_of_two_names_do_not_join() -> None:
    assert "related" not in MARKUP.kinds("read", "")
    assert "related" not in MARKUP.kinds("read more-space", "")
    assert "related" in MARKUP.kinds("read-more", "")


def test_a_state_word_silences_its_own_name_only() -> None:
    assert MARKUP.kinds("has-sidebar comment-list", "") == MARKUP.kinds("comment-list", "")


def test_a_pack_of_one_s_own_adds_words(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "markup.toml").write_text('[boxes]\nrelated = ["lake circle"]\n[roles]\nrelated = ["x-circle"]\n', "utf-8")
    markup = Markup.load([built_in(), tmp_path])
    assert "related" in markup.kinds("lakeCircle", "")
    assert "related" in markup.kinds("", "x-circle")
    assert "related" in markup.kinds("related-posts", "")
    assert "related" not in MARKUP.kinds("lakeCircle", "")


LISTS = tomllib.loads((built_in() / "words" / "markup.toml").read_text("utf-8"))
ENTRIES = [(f" {entry.replace('^', '. ')} ", kind) for kind, entries in LISTS["boxes"].items() for entry in entries]
PARTS = st.sampled_from(["read", "More", "footer", "site", "with", "Post", "list", "author", "box", "2", "-", "_", "x" * 210, "é", "AD", "legal"])
NAMES = st.lists(PARTS, min_size=1, max_size=5).map("".join)


def kinds_of_one(name: str) -> frozenset[str]:
    """What a single name says, entry by entry."""
    spaced = name_words(name)
    if not set(spaced.split()).isdisjoint(LISTS["states"]["words"]):
        return frozenset()
    return frozenset(kind for entry, kind in ENTRIES if entry in spaced)


@given(st.lists(st.lists(NAMES, max_size=50).map(" ".join), max_size=6))
def test_all_names_of_a_page_say_together_what_each_says_alone(written: list[str]) -> None:
    alone = {names: frozenset[str]().union(*map(kinds_of_one, names.split()[:40])) for names in written}
    assert Markup([LISTS]).kinds_of_each(written) == {names: kinds for names, kinds in alone.items() if kinds}
    assert MARKUP.kinds_of_each(written) == {names: kinds for names, kinds in alone.items() if kinds}


@given(st.text(max_size=300), st.text(max_size=20))
def test_any_names_are_read(names: str, role: str) -> None:
    kinds = MARKUP.kinds(names, role)
    assert kinds == MARKUP.kinds(names, role)
    assert name_words(names).startswith(" ")
    assert name_words(names).endswith(" ")


def test_endless_names_are_cut() -> None:
    assert len(name_words("a" * 100_000)) < 500
    assert len(name_words("x " * 100_000)) < 500
