"""Copies of pages beside an HTML report, written by whatever process judged them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from checker.facts import Page, Spot
from checker.model import PageReport, Source
from checker.render.gallery import folder_name
from checker.render.renderer import address_of
from checker.report.folder import PAGES
from checker.sources.shelf.fetched import Network
from checker.sources.shelf.held import Held, ShelfLimits
from checker.sources.shelf.open import shelf_for

# A copy holds no more of one thing than this: see `checker.page.frozen`.
_LIMITS = ShelfLimits(thing_bytes=1 << 20)

Find = Callable[[str], tuple[bytes, str | None] | None]
# From the facts, where findings point, the page's address, and what lies beside it, to its copy.
Freeze = Callable[[Page, Sequence[Spot | None], str, Find], str]


@dataclass(frozen=True, slots=True)
class Freezer:
    """`folder`: where the report is built. `network`: gives what is asked for what is not here, where that is wished for."""

    folder: str
    network: Callable[[], Network | None] = lambda: None

    def kept(self, report: PageReport, source: Source, page: Page, freeze: Freeze) -> PageReport:
        """The report with its page's copy. What goes wrong is a problem of the page, and the rest is told."""
        try:
            address = address_of(source.url or page.url, source.name)
            shelf = shelf_for(source, address, limits=_LIMITS, network=self.network())
            pointed = [finding.primary for finding in report.findings]
            return self.written(report, pointed, page, freeze, address, shelf.find)
        except Exception as fault:  # noqa: BLE001 - findings must not be lost because of how they are shown
            return without(report, fault)

    def written(
        self, report: PageReport, pointed: Sequence[Spot | None], page: Page, freeze: Freeze, address: str, find: Callable[[str], Held | None]
    ) -> PageReport:
        """The same, with where its findings point and what lies beside the page. Raises whatever goes wrong."""

        def found(url: str) -> tuple[bytes, str | None] | None:
            held = find(url)
            return (held.body, held.content_type) if held is not None and held.status == 200 else None

        name = f"{PAGES}/{name_of(report)}"
        path = Path(self.folder, name)
        try:
            text = freeze(page, pointed, address, found)
        except BaseException as fault:
            # What the cleaner raises where it fails itself is no Exception.
            if type(fault).__name__ == "PanicException":
                raise RuntimeError(str(fault)) from None
            raise
        path.parent.mkdir(exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_text(text, "utf-8", newline="")
        part.replace(path)
        return replace(report, frozen=name)


def name_of(report: PageReport) -> str:
    """The file of a page: pages that share a key, such as the forms of one story, have one each."""
    plain = folder_name(report.page_key).rpartition("-")[0]
    whole = "\0".join((report.page_key, report.source, report.sha256 or "")).encode("utf-8", "backslashreplace")
    return f"{plain}-{hashlib.sha256(whole).hexdigest()[:12]}.html"


def without(report: PageReport, fault: Exception) -> PageReport:
    """The report, with why its page has no copy."""
    from checker.page.frozen import CannotFreeze

    why = " ".join((str(fault) if isinstance(fault, CannotFreeze) else f"{type(fault).__name__}: {fault}").split())[:200]
    return replace(report, problems=(*report.problems, f"there is no copy of it beside the report: {why}"))
