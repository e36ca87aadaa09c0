"""A bundle that is written: pages come in from whatever process judges them, the report and the manifest last. Without a manifest it is of a run
that was cut.
"""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from checker.errors import BadOutput
from checker.evidence.chosen import Chosen
from checker.evidence.keeper import PageKeeper
from checker.evidence.manifest import KeptPage, Manifest, Summed
from checker.evidence.names import MANIFEST, PAGES, REPORT, TOKEN, TOKEN_SUM, folder_of
from checker.evidence.zipped import zipped
from checker.model import PageReport
from checker.site import Site

# From the bytes of the manifest to those of the reply of who stamps them.
Stamp = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Made:
    """What is told of the run. `times`: its beginning and its end, None where no times are told."""

    version: str
    rules_digest: str
    chosen: Chosen
    packs: tuple[tuple[str, str], ...] = ()
    times: tuple[str | None, str | None] = (None, None)
    timestamp_url: str | None = None


class Bundle:
    """One bundle. `path` is that of a folder, or of a zip archive where it ends with .zip."""

    def __init__(self, path: Path) -> None:
        """Begin it. Raises BadOutput where something is there already, or nothing can be written."""
        self.path = path
        self._is_zip = path.name.lower().endswith(".zip")
        self._folder = path.with_name(f".{path.name}.{os.getpid()}.part") if self._is_zip else path
        self._pages: dict[str, KeptPage] = {}
        self._browsers: set[str] = set()
        self._whole = False
        _ask_free(path, is_zip=self._is_zip)
        try:
            self._made = not self._folder.exists()
            (self._folder / PAGES).mkdir(parents=True)
        except OSError as fault:
            raise self._fault(fault) from None

    @property
    def report(self) -> Path:
        """Where the report is written."""
        return self._folder / REPORT

    def keeper(self, site: Site, version: str, *, dated: bool) -> PageKeeper:
        """Whoever keeps pages for it, in any process."""
        return PageKeeper(str(self._folder.absolute()), site, version, dated)

    def note(self, report: PageReport) -> None:
        """A page of the run, once it is reported."""
        if report.status != "checked":
            return
        folder = folder_of(report.page_key, report.source, report.sha256)
        self._pages[folder] = KeptPage(report.source, report.page_key, folder)
        if report.drawn is not None:
            self._browsers.add(report.drawn.browser)

    def finish(self, made: Made, stamp: Stamp | None = None) -> None:
        """Write the manifest, have it stamped, and put the bundle into place. Raises BadOutput.

        Where it cannot be stamped the bundle is whole without that, and what `stamp` raises is raised in the end.
        """
        failed: Exception | None = None
        try:
            self._sweep()
            body = self._manifest(made).body()
            if stamp is not None:
                try:
                    token = stamp(body)
                except BadOutput as fault:
                    failed = fault
                else:
                    (self._folder / TOKEN).write_bytes(token)
                    (self._folder / TOKEN_SUM).write_bytes(sum_line(token))
            # Last of all: only with it is the bundle whole.
            aside = self._folder / f".{MANIFEST}.part"
            aside.write_bytes(body)
            aside.replace(self._folder / MANIFEST)
            if self._is_zip:
                zipped(self._folder, self.path)
                shutil.rmtree(self._folder, ignore_errors=True)
            self._whole = True
        except OSError as fault:
            raise self._fault(fault) from None
        if failed is not None:
            raise failed

    def drop(self) -> None:
        """Where the run has not come to its end an archive does not appear, and a folder with pages in it stays without a manifest."""
        if self._whole:
            return
        if self._is_zip:
            shutil.rmtree(self._folder, ignore_errors=True)
            return
        with suppress(OSError):
            (self._folder / PAGES).rmdir()
            if self._made:
                self._folder.rmdir()

    def _sweep(self) -> None:
        """Take away what is of no page that was judged: what a process left behind that was ended in the middle."""
        for entry in (self._folder / PAGES).iterdir():
            if f"{PAGES}/{entry.name}" not in self._pages:
                shutil.rmtree(entry)

    def _manifest(self, made: Made) -> Manifest:
        there = {folder: page for folder, page in self._pages.items() if (self._folder / folder).is_dir()}
        return Manifest(
            made.version,
            made.rules_digest,
            made.chosen,
            tuple(there.values()),
            tuple(sorted(_summed(self._folder), key=lambda each: each.path)),
            made.packs,
            {"python": platform.python_version(), "platform": platform.platform(), "browsers": sorted(self._browsers)},
            made.times,
            made.timestamp_url,
        )

    def _fault(self, fault: OSError) -> BadOutput:
        return BadOutput(f"the evidence {self.path} cannot be written: {fault.strerror or type(fault).__name__}")


def sum_line(token: bytes) -> bytes:
    """The sum of a timestamp, as `sha256sum` writes it: nothing else in the bundle can hold it."""
    from hashlib import sha256

    return f"{sha256(token).hexdigest()}  {TOKEN}\n".encode()


def spare(path: Path, outputs: Iterable[Path], searched: Iterable[Path]) -> None:
    """Refuse reports inside of the bundle, and a folder where the next run would take what is kept for pages. Raises BadOutput."""
    place = path.resolve()
    for output in outputs:
        there = output.resolve()
        if there == place or there.is_relative_to(place):
            raise BadOutput(f"cannot write {output}: the evidence is kept there")
    for folder in searched:
        above = folder.resolve()
        inside = place.is_relative_to(above) and not any(part.startswith(".") for part in place.relative_to(above).parts)
        if inside and not path.name.lower().endswith(".zip"):
            told = f"{folder} is searched for pages, and evidence holds some; name a folder elsewhere, or {path.name}.zip"
            raise BadOutput(f"no evidence is kept in {path}: {told}")


def _ask_free(path: Path, *, is_zip: bool) -> None:
    there = os.path.lexists(path)
    if there and (is_zip or not path.is_dir()):
        raise BadOutput(f"{path} is there already; evidence is never written over anything")
    if there and any(path.iterdir()):
        raise BadOutput(f"the folder {path} is not empty; evidence is never written over anything")
    if is_zip and not path.parent.is_dir():
        raise BadOutput(f"cannot write {path}: there is no folder {path.parent}")


def _summed(folder: Path) -> Iterator[Summed]:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                total = file_digest(file, "sha256").hexdigest()
            yield Summed(path.relative_to(folder).as_posix(), path.stat().st_size, total)
