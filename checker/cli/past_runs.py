"""`--history`: earlier runs, which an HTML report holds itself against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.errors import BadConfig
from checker.report.outputs import Target, spare
from checker.report.past import Past

if TYPE_CHECKING:
    from checker.config.settings import Settings
    from checker.report.saved import Saved

HELP = "Show in html how it went from run to run: an earlier report (json or jsonl), or a folder of them. May be repeated."


def past_of_settings(settings: Settings, wanted: Sequence[Target]) -> tuple[Past, ...]:
    """Those that the settings name. Raises BadConfig and BadOutput; that nothing shows them is a fault only where they were typed."""
    places = [settings.place("history", name) for name in settings.values["history"]]
    if places and not _shown(wanted) and settings.origin("history") != "--history":
        return ()
    return past(places, wanted)


def past(places: Sequence[Path], wanted: Sequence[Target], saved: Sequence[Saved] = ()) -> tuple[Past, ...]:
    """The runs at these places. `saved`: the reports that are shown, which are no earlier runs. Raises BadConfig and BadOutput."""
    if not places:
        return ()
    if not _shown(wanted):
        raise BadConfig("--history is shown in html alone, and nothing is written as html: --output html=report.html")
    from checker.report.history import history, past_of

    spare(wanted, "it is one of the earlier reports", places)
    besides: Iterable[Path] = (*(each.path for each in wanted if each.path is not None), *(Path(each.name) for each in saved))
    return history(places, besides, [past_of(each.name, each.head) for each in saved], lambda line: click.echo(line, err=True))


def _shown(wanted: Sequence[Target]) -> bool:
    return any(each.format == "html" for each in wanted)
