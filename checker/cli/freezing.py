"""`--output html=DIR/`: what a run keeps beside an HTML report, and with what that does not go together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.errors import BadConfig, BadOutput
from checker.report.folder import PICTURES
from checker.report.outputs import Outputs, target

if TYPE_CHECKING:
    from checker.config.settings import Settings
    from checker.scale.task import CheckJob


def folder_in(settings: Settings) -> Path | None:
    """The folder that the run writes its HTML report to, if it has one."""
    return next((each.path for text in settings.outputs if (each := target(text)).folder), None)


def without_pictures(settings: Settings, given: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """What a command brings, without its folder for pictures where an HTML report has one. Raises BadOutput where somebody names one in there."""
    folder, pictures = folder_in(settings), settings.values["pictures"]
    if folder is None or pictures is None:
        return given
    if given and pictures == given.get("pictures"):
        return {key: value for key, value in given.items() if key != "pictures"}
    if settings.place("pictures", pictures).resolve().is_relative_to(folder.resolve()):
        where = settings.origin("pictures")
        raise BadOutput(f"pictures cannot be put into {pictures}: the HTML report has {folder} for itself; without {where} they lie in it")
    return given


def ask(settings: Settings, *, fix: bool, journal: Path | None) -> None:
    """Raises BadConfig for what does not go together with copies of pages, and where the extra that makes them is not installed."""
    folder = folder_in(settings)
    if folder is None:
        return
    instead = "leave one of them out, or write --output html=FILE.html"
    if fix:
        raise BadConfig(f"--output html={folder}/ keeps copies of pages as they were judged, and --fix changes them; {instead}")
    if journal is not None:
        raise BadConfig(
            f"--output html={folder}/ keeps copies of pages as they are judged, and --journal has pages that another run judged; {instead}"
        )
    ask_for_copies()


def ask_for_copies() -> None:
    """Raises BadConfig where the extra that makes copies of pages is not installed."""
    from checker.page.cleaned import ask_for_nh3

    ask_for_nh3()


def beside(job: CheckJob, outputs: Outputs, settings: Settings) -> CheckJob:
    """The job, which puts copies of pages and pictures beside the report that has a folder."""
    folder, built = folder_in(settings), outputs.folder
    if folder is None or built is None:
        return job
    wish = job.choice.render
    if wish is not None and wish.pictures is None:
        drawn = replace(wish, pictures=str(built / PICTURES), pictures_as=(folder / PICTURES).as_posix())
        job = replace(job, choice=replace(job.choice, render=drawn))
    return replace(job, copies=str(built), cache=None)
