"""Keeps what one page was judged by, in whatever process judged it: a folder that appears when it is whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from checker.errors import BadOutput
from checker.evidence.measurements import text_of
from checker.evidence.names import MEASUREMENTS, WARC, folder_of, ran_name
from checker.model import PageReport, Source
from checker.render.proof import Proof
from checker.site import Site
from checker.sources.archives.written import Stored, write
from checker.sources.secrets import masked

# What stands for a date where none may be told, because equal runs are to give equal bytes.
NO_DATE = "1970-01-01T00:00:00Z"
_ABOUT = {
    "format": "WARC File Format 1.1",
    "description": "A page that was judged, and what a browser was given with it. Bodies are stored without content codings; of the headers of an "
    "answer those are stored that the judgement rests on. Dates are those of storing.",
}


@dataclass(frozen=True, slots=True)
class PageKeeper:
    """`folder`: that of the bundle. `site` knows the paths of pages. `version`: that of the program. `dated`: times are told."""

    folder: str
    site: Site
    version: str
    dated: bool = True

    def keep(self, report: PageReport, source: Source, proof: Proof) -> None:
        """Keep what a page was judged by. Raises BadOutput where it cannot be written."""
        place = Path(self.folder, folder_of(report.page_key, report.source, report.sha256))
        aside = place.with_name(f".{place.name}.{os.getpid()}.part")
        try:
            aside.mkdir(parents=True)
            for name, body in self._files(report, source, proof):
                (aside / name).write_bytes(body)
            with (aside / WARC).open("wb") as file:
                write(file, self._now(), {"software": f"disclosure-checker/{self.version}", **_ABOUT}, tuple(_things(source, proof)))
            try:
                aside.rename(place)
            except OSError:
                # The same bytes of the same page were kept already, where a run meets them twice.
                if not place.is_dir():
                    raise
        except OSError as fault:
            raise BadOutput(f"the evidence {place} cannot be written: {fault.strerror or type(fault).__name__}") from None
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def _files(self, report: PageReport, source: Source, proof: Proof) -> Iterator[tuple[str, bytes]]:
        yield MEASUREMENTS, text_of(report, source, self.site.path(source.name), proof).encode("utf-8")
        for view, dom in proof.doms.items():
            yield f"{view}.html", dom.encode("utf-8", "replace")
        for view, text in proof.ran.items():
            yield ran_name(view), text.encode("utf-8", "replace")
        for picture in proof.pictures:
            yield picture.name, picture.png

    def _now(self) -> str:
        return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if self.dated else NO_DATE


def _things(source: Source, proof: Proof) -> Iterator[Stored]:
    """The page, then its parts by their addresses."""
    http = source.http
    kind = (http.content_type if http else None) or ("text/html" if source.charset is None else f"text/html; charset={source.charset}")
    headers = {"X-Robots-Tag": source.robots} if source.robots else {}
    yield Stored(masked(proof.address), source.body or b"", kind, http.status if http else None, headers)
    for address, held in sorted(proof.parts.items()):
        yield Stored(masked(address), held.body, held.content_type, None if held.status == 200 else held.status)
