"""The file around the data: template, style, script, and the policy that lets nothing else run."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from typing import Any

from checker.report.run import Look

# In this order the parts of the script stand in the file, as one.
SCRIPTS = (
    "dom", "data", "address", "words", "sift", "bars", "trend", "overview", "causes", "list", "outline", "map", "finding", "page", "questions",
    "record", "export", "main",
)  # fmt: skip
# By this an earlier report is known, so that it may be written over.
GENERATOR = "disclosure-checker"


@dataclass(frozen=True, slots=True)
class Data:
    """JSON that is safe in a page: of the run, of the rows of all pages, and of their details, chunk by chunk."""

    run: str
    pages: Iterable[str]
    details: Iterable[Iterable[str]]


def written(look: Look, told: Mapping[str, Any], data: Data) -> Iterator[str]:
    """The file, piece by piece. `told`: what stands in it for those whose browser runs no script."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    here = files("checker.report.html")
    style = here.joinpath("style.css").read_text(encoding="utf-8")
    parts = (here.joinpath("script", f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    script = '(() => {\n"use strict";\n' + "\n".join(parts) + "\n})();\n"
    environment = Environment(
        loader=PackageLoader("checker.report.html", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    template = environment.get_template("report.html.jinja")
    yield from template.generate(
        **told,
        generator=GENERATOR,
        in_folder=look.folder is not None,
        policy=_policy(look, style, script),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704
        # Every `<` in these is an escape.
        run=Markup(data.run),  # noqa: S704
        pages=map(Markup, data.pages),
        details=(map(Markup, chunk) for chunk in data.details),
    )


def _policy(look: Look, style: str, script: str) -> str:
    """Nothing but what stands in the file; of a folder its pictures and the frozen pages, in frames that run nothing; of `watch` its events."""
    beside = look.folder is not None
    parts = [
        "default-src 'none'",
        f"script-src '{_hash(script)}'",
        f"style-src '{_hash(style)}'",
        f"img-src data:{' file: ' + chr(39) + 'self' + chr(39) if beside else ''}",
        *(["frame-src file: 'self'"] if beside else []),
        *(["connect-src 'self'"] if look.refresh else []),
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "; ".join(parts)


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}"
