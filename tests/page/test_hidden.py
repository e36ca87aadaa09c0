from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.page import hidden
from checker.page.hidden import Hidden, hides
from checker.page.walk import walk


def how(html: str) -> str | None:
    document, _, _ = walk(html.encode())
    node = next(node for node, attrs in enumerate(document.attrs) if attrs.get("id") == "x")
    return Hidden(document).how(node)


@pytest.mark.parametrize(
    "declarations",
    [
        "display:none", "display : NONE !important", "visibility: hidden", "opacity:0", "opacity: 0.00", "font-size:0px",
        "position:absolute;left:-9999px", "text-indent:-5000px", "overflow:hidden;height:0", "overflow:hidden; max-height: 0px",
        "position:absolute;clip:rect(0,0,0,0)", "clip-path: inset(50%)", "color:#fff;background-color:#fff",
    ],
)  # fmt: skip
def test_declarations_that_hide(declarations: str) -> None:
    assert hides(declarations)


@pytest.mark.parametrize(
    "declarations",
    ["", "display:block", "opacity:.5", "font-size:10px", "left:-9px", "height:0", "color:#fff;background:#000", "max-height:0", "nonsense"],
)
def test_declarations_that_do_not(declarations: str) -> None:
    assert not hides(declarations)


PROPERTIES = st.sampled_from(
    ["display", "Visibility", "opacity", "font-size", "left", "text-indent", "overflow", "height", "position", "clip", "color", "background", "x-y"]
)
VALUES = st.sampled_from(["none", "HIDDEN", "0", "0.0em", ".5", "-999px", "-99px", "absolute", "rect(0,0)", "#fff", "white", "collapse", "1px", ""])


@given(st.lists(st.tuples(PROPERTIES, VALUES).map(" : ".join), max_size=4).map(";".join), st.booleans())
def test_what_evidently_does_not_hide_is_not_read(declarations: str, picture: bool) -> None:
    style = {name: value.strip() for name, value in re.findall(r"([a-z-]+)\s*:\s*([^;]+)", declarations.lower())}
    assert hides(declarations, picture=picture) == hidden._hides(style, picture=picture)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p id=x>a</p>", None),
        ("<p id=x hidden>a</p>", "attribute"),
        ("<div hidden><p id=x>a</p></div>", "attribute"),
        ("<p id=x aria-hidden=true>a</p>", "attribute"),
        ("<p id=x style='display:none'>a</p>", "style"),
        ("<style>.gone{display:none}</style><div class='box gone'><p id=x>a</p></div>", "style"),
        ("<style>#x{visibility:hidden}</style><p id=x>a</p>", "style"),
        ("<style>p.gone, div.gone { display: none }</style><p class=gone id=x>a</p>", "style"),
        ("<style>@media print{.gone{display:none}}</style><p class=gone id=x>a</p>", None),
        ("<style>/* .gone{display:none} */ .gone{color:red}</style><p class=gone id=x>a</p>", None),
        ("<style>.gone{display:none} .gone{display:block}</style><p class=gone id=x>a</p>", None),
        ("<style>.other .gone{display:none}</style><p class=gone id=x>a</p>", None),
        ("<noscript><style>.gone{display:none}</style></noscript><p class=gone id=x>a</p>", None),
        ("<details><summary>More</summary><p id=x>a</p></details>", "details"),
        ("<details open><p id=x>a</p></details>", None),
        ("<details><summary id=x>More</summary></details>", None),
        ("<noscript><p id=x>a</p></noscript>", "noscript"),
        ("<template><p id=x>a</p></template>", "template"),
        ("<dialog><p id=x>a</p></dialog>", "attribute"),
    ],
)
def test_how_an_element_is_hidden(html: str, expected: str | None) -> None:
    assert how(html) == expected


def test_a_picture_that_fades_in_is_seen() -> None:
    document, _, _ = walk(b"<img id=x style='opacity:0'><img id=y style='display:none'>")
    hidden = Hidden(document)
    first, second = document.all("img")
    assert hidden.how(first, picture=True) is None
    assert hidden.how(second, picture=True) == "style"


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ("<button aria-controls=notice>Disclosure</button>", True),
        ("<a href='#notice'>Disclosure</a>", True),
        ("<script>document.getElementById('notice').hidden=false</script>", True),
        ("<button>Menu</button><script>var other=1</script>", False),
    ],
)
def test_what_a_control_or_script_may_reveal(extra: str, *, expected: bool) -> None:
    document, _, _ = walk(f"<div id=notice hidden><p id=x>a</p></div>{extra}".encode())
    assert Hidden(document).revealable(document.all("p")[0]) is expected


def test_unclosed_style_rules_end() -> None:
    assert how("<style>.a{display:none" + "{" * 5000 + "</style><p id=x class=b>a</p>") is None


MARKUP = st.sampled_from(
    ("<p>", "</p>", "<div hidden>", "</div>", '<span style="display:none">', "</span>", "<details>", "</details>", "tea", " ", "<br>")
)


@given(st.lists(MARKUP, max_size=24))
def test_text_is_hidden_by_stretches_as_it_is_by_elements(parts: list[str]) -> None:
    document, _, _ = walk("".join(parts).encode())
    hidden = Hidden(document)
    pieces = [hidden.how(document.owner(piece)) is not None for piece in range(len(document.pieces))]
    for first in range(len(pieces)):
        for last in range(first + 1, len(pieces) + 1):
            assert hidden.is_in(first, last) is any(pieces[first:last])
