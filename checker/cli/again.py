"""The pages of a bundle, judged again from what is kept of them: no browser, no network, and no file but those of the bundle and the rules."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker import __version__
from checker.cli.keeping import choice_of
from checker.errors import BadConfig
from checker.evidence.agree import differences
from checker.evidence.manifest import Manifest
from checker.evidence.measurements import Measured, measured
from checker.evidence.names import MEASUREMENTS, REPORT, WARC, folder_of, ran_name
from checker.evidence.opened import Files, Unreadable, whole
from checker.evidence.records import body_in
from checker.model import PageReport, Source
from checker.report.saved import Saved, entries, of_text
from checker.site import Site

if TYPE_CHECKING:
    from checker.facts import Page
    from checker.render.renderer import Drawing, Markup

_Entry = Mapping[str, Any]


@dataclass(slots=True)
class Again:
    """What came of it: how many pages were `judged`, of how many nothing can be (`not_checked`, or their files were changed), what differs
    (`faults`), and what else there is to say (`notes`).
    """

    judged: int = 0
    not_checked: int = 0
    skipped: int = 0
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class KeptSite(Site):
    """What the settings say of one page, whose path is known without their folder."""

    kept_path: str | None = None

    def path(self, name: str) -> str | None:  # noqa: ARG002 - there is one page
        """Its path, as it was kept."""
        return self.kept_path


class _Replay:
    """Has a page drawn as it was drawn then. `ran`: the page as its scripts left it, by size of window."""

    def __init__(self, kept: Measured, ran: Mapping[str, bytes]) -> None:
        self._kept, self._ran = kept, ran

    def draw(self, source: Source, markup: Markup, reread: Callable[[Source], Markup | None]) -> Drawing | None:  # noqa: ARG002 - as `Draws` says
        """What the browser made of it."""
        from checker.render.renderer import Drawing

        drawn = self._kept.drawn
        if drawn is None or not drawn.scripts:
            return Drawing(drawn) if drawn is not None else None
        texts = (self._ran.get(view.name) for view in drawn.views)
        again = (reread(replace(source, body=text, charset="utf-8")) if text is not None else None for text in texts)
        return Drawing(drawn, tuple(each.page if each is not None else None for each in again))

    def kept(self, report: PageReport, source: Source, page: Page, text: str) -> PageReport:  # noqa: ARG002 - as above
        """The report as it is."""
        return report


def judged_again(files: Files, manifest: Manifest, changed: Collection[str], packs: Sequence[Path]) -> Again:
    """Judge every page again whose files are as they were written (those in `changed` are not). Raises BadConfig and BadRule."""
    found = Again()
    if REPORT in changed:
        found.skipped = len(manifest.pages)
        return found
    saved = _report(files)
    judge = _Judge(manifest, packs)
    found.notes += judge.notes(saved)
    folders = {page.folder: page for page in manifest.pages}
    for page, findings in entries(saved):
        if page["status"] != "checked":
            found.not_checked += page["status"] == "not_checked"
            continue
        kept = folders.pop(folder_of(page["page_key"], page["source"], page["sha256"]), None)
        if kept is None:
            found.faults.append(f"{page['source']}: the report says that it was checked, and no evidence of it is there")
        elif any(name.rpartition("/")[0] == kept.folder and name.endswith((WARC, MEASUREMENTS, ran_name(""))) for name in changed):
            found.skipped += 1
        else:
            found.judged += 1
            found.faults += [f"{page['source']}: {fault}" for fault in judge.differences(files, kept.folder, page, findings)]
    found.faults += [f"{page.source}: there is evidence of it, and the report does not speak of it" for page in folders.values()]
    return found


class _Judge:
    """Judges as the run did: with its settings, and the rules that are installed here."""

    def __init__(self, manifest: Manifest, packs: Sequence[Path]) -> None:
        """Raises BadRule, and BadConfig where these rules have no profile that the settings name."""
        from checker.engine.stories import Stories
        from checker.scale.page import Heed
        from checker.scale.rulebook import load

        self._manifest = manifest
        self._rulebook = load(tuple(packs))
        self._choice = choice_of(manifest.chosen)
        self._heed = Heed(self._choice.terms(self._rulebook.rules), self._choice.directives)
        self._paths: dict[str, str | None] = {}
        try:
            self._plans = self._choice.plans(self._rulebook.rules)
            self._stories = Stories(self._plans.every, self._plans.like, self._paths.get)
        except BadConfig as fault:
            names = ", ".join(name for name, _ in manifest.packs)
            hint = f"; it was made with the pack {names}: --pack FOLDER" if names and not packs else ""
            raise BadConfig(f"it cannot be judged again with the rules that are here: {fault}{hint}") from None
        self._exact = manifest.version == __version__ and manifest.rules_digest == self._rulebook.digest

    def notes(self, saved: Saved) -> list[str]:
        """What is other than it was when the bundle was made."""
        told = []
        if self._manifest.version != __version__:
            told.append(f"it was made by version {self._manifest.version}, and is judged again by version {__version__}")
        if self._manifest.rules_digest != self._rulebook.digest:
            names = ", ".join(name for name, _ in self._manifest.packs)
            told.append(f"its rules were other ones than those that are here{f'; its packs were {names}' if names else ''}")
        if (saved.version, saved.rules_digest) != (self._manifest.version, self._manifest.rules_digest):
            raise BadConfig("its report and its manifest speak of different runs")
        return told

    def differences(self, files: Files, folder: str, page: _Entry, findings: Sequence[_Entry]) -> list[str]:
        """Where a page that is judged again is not as the report says."""
        from checker.scale.page import check_page

        try:
            kept = measured_in(files, f"{folder}/{MEASUREMENTS}")
            body = body_in(files, f"{folder}/{WARC}")
            ran = _ran(files, folder, kept)
        except Unreadable as fault:
            return [f"it cannot be judged again: {fault}"]
        if kept.source.name != page["source"]:
            return [f"its evidence is that of {kept.source.name}"]
        self._paths[kept.source.name] = kept.path
        site = self._manifest.chosen.site
        own = KeptSite("", site.source_map, site.page_types, site.sections, site.remap, kept.path)
        source = replace(kept.source, body=body)
        outlined, replay = page["outline"] is not None, _Replay(kept, ran)
        found = check_page(source, self._rulebook, self._plans, None, None, own, self._heed, replay, outline=outlined).without_facts()
        found = self._stories.apply(_known_as(found, page["page_key"]))
        return list(differences(page, findings, found, exact=self._exact))


def _known_as(report: PageReport, key: str) -> PageReport:
    """The report under the key that the page had: a path is told from the folder of the settings, which may be another one here."""
    story = report.story
    if story is not None and story.key == report.page_key:
        story = replace(story, key=key)
    findings = tuple(replace(finding, page_key=key) for finding in report.findings)
    return replace(report, page_key=key, findings=findings, story=story)


def _report(files: Files) -> Saved:
    try:
        return of_text(Path(REPORT), whole(files, REPORT).decode("utf-8"))
    except UnicodeDecodeError:
        raise BadConfig(f"{REPORT} is no report: it is not UTF-8 text") from None
    except Unreadable as fault:
        raise BadConfig(f"{REPORT} cannot be read: {fault}") from None


def _ran(files: Files, folder: str, kept: Measured) -> dict[str, bytes]:
    names = {view.name: f"{folder}/{ran_name(view.name)}" for view in (kept.drawn.views if kept.drawn is not None else ())}
    return {view: whole(files, name) for view, name in names.items() if name in files.sizes}


def measured_in(files: Files, name: str) -> Measured:
    """What a page was judged by beside its bytes. Raises Unreadable."""
    try:
        return measured(json.loads(whole(files, name).decode("utf-8")), name)
    except (ValueError, RecursionError):
        raise Unreadable(f"{name} is no JSON that can be read") from None
    except BadConfig as fault:
        raise Unreadable(str(fault)) from None
