"""A run, told in a format. A report is fed page by page and never runs a rule.

`FORMATS` names each format and where it is made; only the chosen ones are imported.
"""

from __future__ import annotations

from typing import cast

from checker.errors import BadConfig
from checker.report.run import Look, Report

FORMATS: dict[str, str] = {
    "text": "checker.report.text:Text",
    "json": "checker.report.json_v1:Json",
    "jsonl": "checker.report.jsonl:JsonLines",
    "sarif": "checker.report.sarif:Sarif",
    "junit": "checker.report.junit:JUnit",
    "github": "checker.report.github:GitHub",
    "gitlab": "checker.report.gitlab:GitLab",
    "csv": "checker.report.csv_rows:Csv",
    "markdown": "checker.report.markdown:Markdown",
    "summary": "checker.report.brief:Brief",
    "editor-json": "checker.report.editor:Editor",
    "html": "checker.report.html.report:Html",
}
# What `render` prints besides: measures, and no finding.
DRAWN: dict[str, str] = {**FORMATS, "sights": "checker.report.sights:Sights"}
# Those that tell what stands where on a page.
OUTLINED = frozenset(("json", "jsonl", "editor-json", "html"))
# Those that can have a folder for themselves, with copies of pages and pictures beside them.
FOLDERS = frozenset(("html",))
# What `facts` prints.
FACTS: dict[str, str] = {
    "jsonl": "checker.report.facts:FactLines",
    "json": "checker.report.facts:FactList",
}
# Written where it stands, line by line; all others are built aside and renamed into place.
IN_PLACE = frozenset(("jsonl",))


def make(name: str, formats: dict[str, str], look: Look) -> Report:
    """The report of that name: our own, else the one that another package brings.

    Raises BadConfig, with the nearest name, and BadOutput where that of another package fails.
    """
    if name not in formats:
        from checker.text import nearest

        more: list[str] = []
        if formats is not FACTS:
            from checker import plugins
            from checker.report.foreign import foreign

            if (report := foreign(name, look)) is not None:
                return report
            more = plugins.names(plugins.REPORTS)
        close = nearest(name, [*formats, *more])
        raise BadConfig(f"unknown output format {name!r}; {f'did you mean {close}?' if close else 'there are ' + ', '.join([*formats, *more])}")
    import importlib

    module, _, factory = formats[name].partition(":")
    return cast("Report", getattr(importlib.import_module(module), factory)(look))
