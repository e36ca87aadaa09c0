"""What an example of a rule says of how a browser drew its page, as the measurements of one size of window. Nothing is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checker.facts import Page
from checker.page.seen import seen
from checker.sight import Box, Doubt, Drawn, Sight, Unseen, View

# What an example does not speak of is seen, in the size and colour of the text, on the first screen, the links below the notices.
_WIDTH, _HEIGHT = 390, 844
_TEXT, _STRONG = 18.0, 16.0
_FIRST = {"notices": 0.2, "links": 0.4, "images": 0.5, "credits": 0.6, "authors": 0.1}
_COLUMN = Box(16, 0, 358, 20 * _HEIGHT)


@dataclass(frozen=True, slots=True)
class ExampleSight:
    """`told`: for notices, links, credits and authors, in the order of the page, what is not as usual. `doubt`: why nothing could be measured."""

    told: Mapping[str, Sequence[Mapping[str, Any]]]
    doubt: str | None = None
    scripted: bool = False
    text_size: float = _TEXT
    text_contrast: float = _STRONG

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> ExampleSight:
        """That of a rule file."""
        rest = {name: data[name] for name in ("doubt", "scripted", "text_size", "text_contrast") if name in data}
        return cls({name: data.get(name, ()) for name in _FIRST}, **rest)

    def on(self, page: Page) -> Page:
        """The page as its readers see it then."""
        view = View(
            _WIDTH,
            _HEIGHT,
            doubts=(Doubt(self.doubt),) if self.doubt else (),
            notices=self._sights("notices", page.notices),
            links=self._sights("links", page.links),
            images=self._sights("images", page.images),
            credits=self._sights("credits", [image.credit and image.credit.spot for image in page.images]),
            authors=self._sights("authors", [author.spot for author in page.authors]),
            text_size=self.text_size,
            text_contrast=self.text_contrast,
            column=_COLUMN,
            page_height=_COLUMN.height,
        )
        return seen(page, view, Drawn("an example", (view,), scripted=self.scripted)) if view.measurable else page

    def _sights(self, kind: str, things: Sequence[object]) -> tuple[Sight | None, ...]:
        """How things look; what is None has no place on the page."""
        told = [*self.told[kind], *({} for _ in things)]
        first = _FIRST[kind]
        return tuple(self._sight(told[at], first + 0.05 * at) if thing is not None else None for at, thing in enumerate(things))

    def _sight(self, told: Mapping[str, Any], screens: float) -> Sight:
        down, size = told.get("screens", screens), told.get("size", self.text_size)
        return Sight(
            unseen=Unseen(told["unseen"]) if "unseen" in told else None,
            seen_share=0.0 if "unseen" in told else 1.0,
            boxes=(Box(_COLUMN.x, down * _HEIGHT, _COLUMN.width, 1.4 * size),),
            size=size,
            ratio=size / self.text_size,
            contrast=told.get("contrast", self.text_contrast),
            screens=down,
            stuck=told.get("stuck"),
        )
