"""Bundles of evidence among saved reports: shown as the report in them, and beside an HTML report in a folder the pages that were kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click

from checker.errors import BadConfig, BadOutput
from checker.model import PagePicture, PageReport

if TYPE_CHECKING:
    from checker.evidence.manifest import Manifest
    from checker.evidence.opened import Files
    from checker.report.outputs import Target
    from checker.report.saved import Saved
    from checker.scale.freeze import Freezer

_PNG = b"\x89PNG\r\n\x1a\n"
_MOST_PICTURE = 32 << 20


@dataclass(frozen=True, slots=True)
class _Bundle:
    """`changed`: the files that are not as they were written."""

    files: Files
    manifest: Manifest
    changed: frozenset[str]


class Bundles:
    """Those that are open. Use as a context."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._folders: dict[str, tuple[_Bundle, str]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def spare(self, saved: Sequence[Path], targets: Sequence[Target]) -> None:
        """Refuse to write into a bundle. Raises BadOutput."""
        from checker.evidence.bundle import spare

        for path in saved:
            if path.is_dir():
                spare(path, [each.path for each in targets if each.path is not None], ())

    def load(self, path: Path) -> Saved:
        """A saved report, which may lie in a bundle. Raises BadConfig."""
        if path.is_dir() or path.name.lower().endswith(".zip"):
            return self._in_bundle(path)
        from checker.report.saved import load

        return load(path)

    def beside(self, built: Path | None, folder: Path | None) -> Callable[[PageReport], PageReport]:
        """What becomes of each report where it is told of in a folder (`folder`, which is still being built): its page and its pictures go there."""
        if built is None or folder is None or not self._folders:
            return lambda report: report
        from checker.cli.freezing import ask_for_copies
        from checker.scale.freeze import Freezer

        ask_for_copies()
        freezer = Freezer(str(built))
        return lambda report: self._with_kept(report, freezer, built, folder)

    def _in_bundle(self, path: Path) -> Saved:
        from checker.evidence.manifest import Changed, read
        from checker.evidence.names import MANIFEST, REPORT, folder_of
        from checker.evidence.opened import Unreadable, opened, whole
        from checker.evidence.sums import faults
        from checker.report.paint import one_line
        from checker.report.saved import entries, of_text
        from checker.sources.archives.records import ask_for_warcio

        ask_for_warcio()
        files = self._open.enter_context(opened(path))
        if MANIFEST not in files.sizes:
            raise BadConfig(f"{path} is no saved report, and no whole bundle of evidence: it has no {MANIFEST}")
        try:
            manifest = read(whole(files, MANIFEST))
            text = whole(files, REPORT).decode("utf-8")
        except Changed:
            raise BadConfig(f"{path} is not as it was written: its {MANIFEST} was changed") from None
        except (Unreadable, KeyError, UnicodeDecodeError) as fault:
            raise BadConfig(f"the bundle {path} cannot be read: {fault}") from None
        saved = of_text(path / REPORT, text)
        bundle = _Bundle(files, manifest, frozenset(fault.path for fault in faults(files, manifest)))
        if bundle.changed:
            what = f"{len(bundle.changed)} of its files are not as they were written; disclosure-checker evidence verify names them"
            click.echo(one_line(f"disclosure-checker: {path}: {what}"), err=True)
        kept = {page.folder for page in manifest.pages}
        for page, _ in entries(saved):
            if page["status"] == "checked" and (place := folder_of(page["page_key"], page["source"], page["sha256"])) in kept:
                self._folders[f"{page['source']}\0{page['sha256']}"] = (bundle, place)
        return saved

    def _with_kept(self, report: PageReport, freezer: Freezer, built: Path, folder: Path) -> PageReport:
        bundle, place = self._folders.get(f"{report.source}\0{report.sha256}", (None, ""))
        if bundle is None or report.status != "checked":
            return report
        report = replace(report, pictures=tuple(_pictures(bundle, place, report, built, folder)) or report.pictures)
        if any(name.rpartition("/")[0] == place for name in bundle.changed):
            return replace(report, problems=(*report.problems, "there is no copy of it beside the report: its evidence is not as it was written"))
        try:
            return _frozen(bundle, place, report, freezer)
        except BadOutput:
            raise
        except Exception as fault:  # noqa: BLE001 - a bundle may be anybody's; the report of the page is told all the same
            from checker.scale.freeze import without

            return without(report, fault)


def _frozen(bundle: _Bundle, place: str, report: PageReport, freezer: Freezer) -> PageReport:
    from checker.cli.again import KeptSite, measured_in
    from checker.evidence.names import MEASUREMENTS, WARC
    from checker.evidence.records import body_in, parts_in
    from checker.page.frozen_marks import BY_OFFSET
    from checker.page.reader import read
    from checker.render.renderer import address_of
    from checker.scale.rulebook import lexicon
    from checker.sources.secrets import masked

    kept = measured_in(bundle.files, f"{place}/{MEASUREMENTS}")
    site = bundle.manifest.chosen.site
    own = KeptSite("", site.source_map, site.page_types, site.sections, site.remap, kept.path)
    source = replace(kept.source, body=body_in(bundle.files, f"{place}/{WARC}"))
    url = source.url or own.url(source.name)
    reading = read(replace(source, url=url), lexicon(()), own)
    parts = parts_in(bundle.files, f"{place}/{WARC}")
    # A saved report tells of places in the source alone.
    pointed = [replace(spot, node=BY_OFFSET, skip=None) if (spot := finding.primary) is not None else None for finding in report.findings]
    address = address_of(url or reading.page.url, source.name)
    return freezer.written(report, pointed, reading.page, reading.freeze, address, lambda asked: parts.get(masked(asked.partition("#")[0])))


def _pictures(bundle: _Bundle, place: str, report: PageReport, built: Path, folder: Path) -> Iterator[PagePicture]:
    """The pictures of a page, each put beside the report. Raises BadOutput."""
    from checker.evidence.opened import Unreadable, whole
    from checker.render.gallery import told
    from checker.render.portray import Picture
    from checker.report.folder import PICTURES

    inside = Path(PICTURES, place.rpartition("/")[2])
    for name in sorted(bundle.files.sizes):
        if name.rpartition("/")[0] != place or not name.endswith(".png") or name in bundle.changed:
            continue
        view, finding = _about(name.rpartition("/")[2].removesuffix(".png"), report)
        try:
            body = whole(bundle.files, name, _MOST_PICTURE)
        except Unreadable:
            continue
        if body.startswith(_PNG):
            picture = Picture(name.rpartition("/")[2], view, body, *(finding or (None, None)))
            yield told(built / inside, picture, folder / inside)


def _about(stem: str, report: PageReport) -> tuple[str, tuple[str, str] | None]:
    """The size of window that a picture is of, and the rule and fingerprint of its finding, if it is of one."""
    view, _, rest = stem.partition("-")
    rule, _, begins = rest.partition("-")
    found: Sequence[tuple[str, str]] = [
        (finding.rule, finding.fingerprint)
        for finding in report.findings
        if rule and finding.rule == rule and finding.fingerprint.removeprefix("v1:").startswith(begins)
    ]
    return view, found[0] if found else None
