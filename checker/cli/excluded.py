"""Pages that are named and that the settings leave out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

from checker.config.settings import Settings
from checker.site import Site
from checker.sources.inputs import Inputs, Item


def without_excluded(named: Inputs, settings: Settings, included: Sequence[str]) -> Inputs:
    """The inputs without those that the settings leave out; of archives and feeds only the pages that are included."""
    scope = settings.exclude
    if named.streams and (scope is not None or included):
        from checker.sources.narrowed import Narrowed
        from checker.sources.wanted import Wanted

        wanted = Wanted(include=Wanted.scope(included), exclude=scope)
        named = replace(named, streams=tuple(Narrowed(stream, wanted) for stream in named.streams))
    if scope is None:
        return named
    site = settings.site
    # What is named and is not there is told, not left out.
    kept = tuple(item for item in named.items if not scope.holds(site.path(item.name), _address(item, site)) or _is_absent(item))
    return replace(named, items=kept, excluded=named.excluded + len(named.items) - len(kept))


def _address(item: Item, site: Site) -> str | None:
    return item.given.url if item.given is not None and item.given.url else site.url(item.name)


def _is_absent(item: Item) -> bool:
    return item.named and item.path is not None and not os.path.lexists(item.path)
