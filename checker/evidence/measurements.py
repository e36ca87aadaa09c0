"""What a page was judged by beside its bytes: where it came from, and what a browser made of it, whole. As JSON, and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from checker.errors import BadConfig
from checker.model import Http, PageReport, Source
from checker.render.proof import Proof
from checker.report.encode import dumps
from checker.report.rendering import rendering_entry, restored, view_entry
from checker.sight import Drawn
from checker.sources.secrets import masked

_VERSION = "1.0"


@dataclass(frozen=True, slots=True)
class Measured:
    """`source`: the page without its bytes; `path`: from the folder of the settings, if it has one; `drawn`: None where no browser drew it."""

    source: Source
    path: str | None
    drawn: Drawn | None


def text_of(report: PageReport, source: Source, path: str | None, proof: Proof) -> str:
    """As they are kept. Addresses are told without what may be a secret in them."""
    http = source.http
    told = {
        "format_version": _VERSION,
        "source": {
            "name": source.name,
            "path": path,
            "url": masked(source.url) if source.url is not None else None,
            "charset": source.charset,
            "fetched": source.fetched,
            "robots": source.robots,
            "http": _http(http) if http else None,
        },
        "address": masked(proof.address),
        "drawn": _drawn(report, proof.drawn) if proof.drawn else None,
    }
    return dumps(told) + "\n"


def measured(value: Any, name: str) -> Measured:
    """The way back. Raises BadConfig in one line for what is none; `name` is that of its file."""
    from checker.schemas import faults

    wrong = faults("evidence", value, _part("evidence", "measurements"))
    if not wrong and value["drawn"] is not None:
        wrong = faults("report", value["drawn"], _part("report", "rendering"))
    if wrong:
        raise BadConfig(f"{name} is not as measurements are: {wrong[0]}")
    told, http = value["source"], value["source"]["http"]
    source = Source(
        told["name"],
        url=told["url"],
        charset=told["charset"],
        fetched=told["fetched"],
        robots=told["robots"],
        http=Http(http["status"], http["content_type"], tuple(http["redirects"]), http["url"]) if http else None,
    )
    return Measured(source, told["path"], restored(value["drawn"])[0])


def _part(schema: str, name: str) -> dict[str, Any]:
    from checker.schemas import load

    return {"$ref": f"#/$defs/{name}", "$defs": load(schema)["$defs"]}


def _drawn(report: PageReport, drawn: Drawn) -> dict[str, Any]:
    """As the report tells it, and all of it: a report tells the first of many links alone."""
    told = rendering_entry(report) or {}
    return {**told, "unloaded": [masked(url) for url in drawn.unloaded], "views": [view_entry(view, most=None) for view in drawn.views]}


def _http(http: Http) -> dict[str, Any]:
    urls = [masked(url) for url in http.redirects]
    return {"status": http.status, "content_type": http.content_type, "redirects": urls, "url": masked(http.url)}
