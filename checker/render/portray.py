"""Pictures of a page after it was judged: from its top to the first paid link at each size, and what each finding points at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.facts import Page, Spot, Tier
from checker.model import Finding
from checker.render.browser import Browser
from checker.render.picture import Mark, annotated, cropped, worth_framing
from checker.render.served import Served
from checker.render.shots import Shot, around, masks, png, top_of
from checker.render.wish import RenderWish
from checker.sight import Box, Drawn, Sight, View

# Of one page at one size, so that a page with a thousand links without labels has no thousand pictures.
_MOST_CROPS = 20


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page. `name`: of its file; `view`: the size of window; `rule` and `fingerprint` of the finding that it is about, if any."""

    name: str
    view: str
    png: bytes
    rule: str | None = None
    fingerprint: str | None = None


async def portray(
    browser: Browser, served: Served, page: Page, view: View, drawn: Drawn, findings: Sequence[Finding], wish: RenderWish
) -> list[Picture]:
    """The pictures at one size."""
    marks = _marks(page, view)
    first = next((mark.boxes[0] for mark in marks if mark.kind == "links"), None)
    async with browser.tab((view.width, view.height), served.answer) as tab:
        await tab.load(served.url)
        masked = tuple(Box(*box) for box in await tab.ask(masks(wish.masked))) if wish.masked else ()
        whole = await top_of(tab, first.bottom + view.height / 3 if first else view.height, masked)
        title = f"{view.name} | {drawn.browser}, scripts {'on' if drawn.scripts else 'off'} | {page.source}"
        found = [Picture(f"{view.name}.png", view.name, png(annotated(whole, marks, title)))]
        for finding in findings[:_MOST_CROPS]:
            boxes = _boxes(page, view, finding)
            if boxes and (not finding.views or view.name in finding.views):
                shot: Shot = whole if whole.holds(boxes[0]) else await around(tab, boxes[0], masked)
                within = [box for box in boxes if shot.holds(box)] or boxes[:1]
                name = f"{view.name}-{finding.rule}-{finding.fingerprint.removeprefix('v1:')[:8]}.png"
                found.append(Picture(name, view.name, png(cropped(shot, within, marks)), finding.rule, finding.fingerprint))
        return found


def _marks(page: Page, view: View) -> list[Mark]:
    """What is framed: all notices, the first paid links by their place, credits and authors."""
    found = [_mark("notices", number, sight) for number, sight in enumerate(view.notices, 1)]
    paid = [sight for link, sight in zip(page.links, view.links, strict=False) if link.affiliate is not Tier.POSSIBLE and sight and sight.boxes]
    paid.sort(key=lambda sight: (sight.boxes[0].y, sight.boxes[0].x))
    found += [_mark("links", number, sight) for number, sight in enumerate(paid, 1) if worth_framing(number, "links")]
    found += [_mark("credits", number, sight) for number, sight in enumerate((sight for sight in view.credits if sight), 1)]
    found += [_mark("authors", number, sight) for number, sight in enumerate((sight for sight in view.authors if sight), 1)]
    return [mark for mark in found if mark is not None and (mark.boxes or mark.note)]


def _mark(kind: str, number: int, sight: Sight | None) -> Mark | None:
    if sight is None:
        return None
    note = f"not seen ({sight.unseen.value.replace('_', ' ')})" if sight.unseen else ""
    return Mark(kind, number, sight.boxes if not sight.unseen else (), note)


def _boxes(page: Page, view: View, finding: Finding) -> tuple[Box, ...]:
    """Where what the finding points at stands at this size; () where it stands nowhere."""
    places: dict[tuple[int, int | None], Sight | None] = {}

    def add(spots: Sequence[Spot | None], sights: Sequence[Sight | None]) -> None:
        places.update({(spot.node, spot.skip): sight for spot, sight in zip(spots, sights, strict=False) if spot is not None})

    add([image.spot for image in page.images], view.images)
    add([image.credit.spot if image.credit else None for image in page.images], view.credits)
    add([author.spot for author in page.authors], view.authors)
    add([link.spot for link in page.links], view.links)
    add([notice.spot for notice in page.notices], view.notices)
    for evidence in finding.evidence:
        sight = places.get((evidence.spot.node, evidence.spot.skip))
        if sight is not None and sight.boxes:
            return sight.boxes
    return ()
