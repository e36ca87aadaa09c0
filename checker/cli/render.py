"""`disclosure-checker render`: draw pages, and say how what readers should see looks."""

from __future__ import annotations

from typing import Any

import click

from checker.cli.options import gathered, input_options
from checker.cli.settings_options import judging_options, report_options
from checker.cli.signals import Signals
from checker.cli.web_options import web_options

# What holds for this command unless somebody says otherwise on the command line.
_GIVEN = {"render": True, "fail-on": "never", "output": ["sights"], "pictures": "rendered"}


@click.command()
@input_options
@web_options
@report_options
@judging_options
def render(inputs: tuple[str, ...], files_from: str | None, stdin_url: str | None, **_settings: Any) -> int:
    """Draw pages in a browser, and say how their notices, links, credits and bylines look.

    At each size of window: whether readers see them, how large and how strong beside the text, how far down. Pictures with frames around them are
    put into the folder `rendered`, or where --pictures says: each page from its top to its first paid link, and what each finding points at.

    \b
    Examples:
      disclosure-checker render story.html
      disclosure-checker render public/ --viewport 360x740 --pictures out/
      disclosure-checker render https://example.com/story --render-network

    Exit codes: 0 ok, 2 error, 3 something was not checked, 4 no inputs.
    """
    with Signals().caught() as signals:
        named = gathered(inputs, files_from, stdin_url)
        from checker.cli.audit import carried_out, prepared  # the engine is loaded only when there is something to draw

        _, code = carried_out(prepared(named, files_from, given=_GIVEN), signals)
    return code
