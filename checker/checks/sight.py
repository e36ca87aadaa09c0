"""What checks ask of how a browser drew a page."""

from __future__ import annotations

from checker.facts import Page
from checker.sight import Sight, Unseen, View

# What readers bring to sight themselves: they point, tap, open, or read on.
_BY_READERS = frozenset((Unseen.HOVER, Unseen.CONTROL, Unseen.DETAILS, Unseen.CUT))


def measured(page: Page) -> View | None:
    """The size of window at which the page is judged, where what was measured there can be trusted."""
    return page.view if page.view is not None and page.view.measurable else None


def may_be_shown(sight: Sight | None, page: Page) -> bool:
    """Whether readers may see it all the same: once they do something, or once a script has run that was not run here."""
    if sight is None:
        return False
    return sight.unseen in _BY_READERS or (page.drawn is not None and page.drawn.scripted and not page.drawn.all_ran)
