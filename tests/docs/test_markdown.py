"""Whatever stands in a rule is shown character for character: nothing of it becomes markup."""

from __future__ import annotations

import html as html_module
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.docs import markdown as md

markdown_it = pytest.importorskip("markdown_it")
RENDER = markdown_it.MarkdownIt("commonmark").enable("table").render
# Marks of both languages far more often than letters.
WORDS = st.text(st.one_of(st.sampled_from("`*_[]()<>#|~\\!&;-+=1.) \t\"'$:/ab"), st.characters(codec="utf-8")), min_size=1, max_size=40)


def shown(page: str) -> str:
    return html_module.unescape(re.sub(r"<[^>]*>", "", page)).strip()


def plain(words: str) -> str:
    from checker.text import printable

    return " ".join(printable(words.replace("\n", " ").replace("\r", " ").replace("\t", " ")).split())


@given(WORDS)
def test_text_is_shown_as_it_is(words: str) -> None:
    page = RENDER(md.text(words))
    assert shown(page) == plain(words)
    assert set(re.findall(r"</?([a-z0-9]+)", page)) <= {"p"}


@given(WORDS)
def test_a_cell_is_one_cell(words: str) -> None:
    page = RENDER("\n".join(md.table(["one", "two"], [[md.text(words), md.code(words)]])))
    cells = re.findall(r"<td>(.*?)</td>", page, re.DOTALL)
    assert [shown(cell) for cell in cells] == [plain(words), plain(words)]


@given(WORDS)
def test_code_in_a_line_is_shown_as_it_is(words: str) -> None:
    page = RENDER(f"see {md.code(words)} there")
    assert shown(page) == f"see {plain(words)} there"
    assert set(re.findall(r"</?([a-z0-9]+)", page)) <= {"p", "code"}


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_no_line_ends_a_block(lines: list[str]) -> None:
    body = "\n".join(plain(line) or "x" for line in lines)
    page = RENDER("\n".join(["before", "", *md.block(body, "html"), "", "after"]))
    assert shown(re.findall(r"<code[^>]*>(.*)</code>", page, re.DOTALL)[0]) == shown(html_module.escape(body))
    assert page.endswith("<p>after</p>\n")


@pytest.mark.parametrize("url", ["https://a.example/x_(y)", "https://a.example/a b>c", "https://a.example/?q=[1]|2&c=3", "../aff/x.toml"])
def test_an_address_stays_whole(url: str) -> None:
    page = RENDER("\n".join(md.table(["one"], [[md.link("shown", url)]])))
    (href,) = re.findall(r'<a href="([^"]*)">shown</a>', page)
    assert html_module.unescape(href).replace("%20", " ").replace("%3E", ">").replace("%7C", "|").replace("%5B", "[").replace("%5D", "]") == url
