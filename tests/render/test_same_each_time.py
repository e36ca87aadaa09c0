"""The same page is drawn the same in every run, down to the last tenth of a pixel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from checker.model import Source
from checker.page.reader import read
from checker.render.renderer import Markup, Renderer, address_of
from checker.render.wish import DESKTOP, PHONE, Size
from checker.scale.rulebook import Rulebook
from checker.sight import Drawn
from checker.sources.shelf.open import shelf_for

FOLDER = Path(__file__).resolve().parent.parent.parent / "fixtures" / "rendered"
PAGES = sorted(FOLDER.glob("*.html"))
# One of each kind: style sheets beside the page, pictures, gradients, order, lists that are cut, and what sticks.
SOME = (
    "plain", "display-phone-only", "sheet-hides", "sheet-missing", "colour-picture", "colour-gradient", "order-grid", "cut-lines",
    "bar-fixed-bottom", "covered-by-banner", "weak-faded", "label-after",
)  # fmt: skip


def drawn(renderer: Renderer, rules: Rulebook, path: Path) -> Drawn:
    source = Source(path.name, path.read_bytes(), path=str(path))
    reading = read(source, rules.lexicon)
    address = address_of(None, path.name)
    return renderer.draw(Markup(reading.page, reading.places.text, reading.places.locate), address, shelf_for(source, address)).drawn


def compared(own: Callable[..., Renderer], rules: Rulebook, paths: list[Path], runs: int, sizes: tuple[Size, ...] = (PHONE, DESKTOP)) -> None:
    renderer = own(sizes=sizes)
    first = {path: drawn(renderer, rules, path) for path in paths}
    assert all(view.links for each in first.values() for view in each.views if view.measurable)
    for number in range(1, runs):
        # Another browser, and another page before it.
        if number == runs // 2:
            renderer.close()
            renderer = own(sizes=sizes)
        order = paths[number % len(paths) :] + paths[: number % len(paths)]
        assert [path.name for path in order if drawn(renderer, rules, path) != first[path]] == []


def test_a_dozen_pages_are_the_same_in_two_runs(own: Callable[..., Renderer], rules: Rulebook) -> None:
    compared(own, rules, [FOLDER / f"{name}.html" for name in SOME], 2)


@pytest.mark.long
def test_a_dozen_pages_are_the_same_in_ten_runs(own: Callable[..., Renderer], rules: Rulebook) -> None:
    compared(own, rules, [FOLDER / f"{name}.html" for name in SOME], 10)


@pytest.mark.long
def test_all_pages_are_the_same_in_ten_runs_on_a_phone(own: Callable[..., Renderer], rules: Rulebook) -> None:
    compared(own, rules, PAGES, 10, (PHONE,))
