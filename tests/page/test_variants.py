"""The other forms of itself that a page names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.facts import Page, Variants
from checker.page.variants import is_next_part

Read = Callable[..., Page]
AT = "https://tea.example/pots"


def page(head: str, attributes: str = "") -> str:
    return f"<!doctype html><html{attributes}><head><title>Pots</title>{head}</head><body><p>A pot for four, and a lid.</p></body></html>"


@pytest.mark.parametrize(
    ("head", "attributes", "told"),
    [
        ("", "", Variants()),
        ('<link rel="canonical" href="/pots">', "", Variants(canonical=AT)),
        ('<link rel="amphtml" href="/amp/pots#top"><link rel="amphtml" href="/other">', "", Variants(amphtml="https://tea.example/amp/pots")),
        ('<link rel="alternate amphtml" href=" pots/amp ">', "", Variants(amphtml="https://tea.example/pots/amp")),
        (f'<link rel="canonical" href="{AT}">', " amp", Variants(amp=True, canonical=AT)),
        (f'<link rel="canonical" href="{AT}">', " ⚡", Variants(amp=True, canonical=AT)),
        ("", ' class="amp"', Variants()),
        ('<link rel="alternate" media="print" href="/print/pots">', "", Variants(print="https://tea.example/print/pots")),
        ('<link rel="stylesheet" media="print" href="/print.css">', "", Variants()),
        ('<link rel="alternate" media="only screen" href="/m/pots">', "", Variants()),
        ('<link rel="next" href="/pots/2">', "", Variants(next=f"{AT}/2")),
        ('<link rel="next" href="/pans"><link rel="prev" href="/cups">', "", Variants()),
        ('<link rel="amphtml" href="javascript:x"><link rel="canonical" href=""><link rel="next">', "", Variants()),
        ('<link rel="amphtml" href="//[">', "", Variants()),
        (f'<link rel="amphtml" href="/{"a" * 3000}">', "", Variants()),
    ],
)
def test_what_a_page_names(read_page: Read, head: str, attributes: str, told: Variants) -> None:
    assert read_page(page(head, attributes), AT).variants == told


@pytest.mark.parametrize(
    ("at", "head", "previous"),
    [
        (f"{AT}/2", f'<link rel="prev" href="{AT}">', AT),
        (f"{AT}/2", f'<link rel="previous" href="{AT}/">', f"{AT}/"),
        # The second page calls the first one canonical.
        (f"{AT}?p=2", f'<link rel="canonical" href="{AT}"><link rel="prev" href="{AT}">', AT),
        # Where the page was found is not known, and what it calls itself is.
        (None, f'<link rel="canonical" href="{AT}-2"><link rel="prev" href="{AT}">', AT),
        (None, f'<link rel="prev" href="{AT}">', AT),
        (AT, '<link rel="prev" href="https://tea.example/cups">', None),
        (f"{AT}/3", f'<link rel="prev" href="{AT}">', None),
    ],
)
def test_a_part_of_a_piece_is_no_neighbour(read_page: Read, at: str | None, head: str, previous: str | None) -> None:
    assert read_page(page(head), at).variants.previous == previous


def test_relative_addresses_lead_nowhere_where_no_address_is_known(read_page: Read) -> None:
    assert read_page(page('<link rel="amphtml" href="/amp/pots">')).variants == Variants()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/p", "/p/2"),
        ("/p/", "/p/page/2/"),
        ("/p/page/2", "/p/page/3"),
        ("/p.html", "/p-2.html"),
        ("/p2.html", "/p3.html"),
        ("/p", "/p?page=2"),
        ("/p?id=7", "/p?id=7&page=2"),
        ("/p/9", "/p/10"),
        ("/p/19", "/p/20"),
        ("/p/11", "/p/12"),
    ],
)
def test_next_parts(one: str, other: str) -> None:
    assert is_next_part(f"https://a.example{one}", f"https://a.example{other}")
    assert not is_next_part(f"https://a.example{other}", f"https://a.example{one}")


@pytest.mark.parametrize(
    ("one", "other"),
    [("/p", "/p"), ("/p", "/q"), ("/p", "/p/3"), ("/p7", "/p72"), ("/p/12", "/p/22"), ("/?p=123", "/?p=124"), ("/2026/05/a", "/2026/05/b"), ("", "")],
)
def test_no_parts(one: str, other: str) -> None:
    assert not is_next_part(f"https://a.example{one}", f"https://a.example{other}")
