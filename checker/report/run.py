"""What every report is given: the run before its first page, each page, and the closing with counts and exit code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from checker.model import PageReport, Severity, WaiverEntry
from checker.report.past import Past
from checker.report.summary import Summary
from checker.site import Site


@dataclass(frozen=True, slots=True)
class AuthorityEntry:
    """A law, regulation, contract or guide that rules refer to. `checked` is the day on which somebody last read it."""

    id: str
    title: str
    section: str | None
    asks: str
    kind: str
    url: str
    checked: str


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A rule of the run: how severe the chosen profiles hold it, and what it asks (`about`). `doc` is an address that explains it."""

    id: str
    name: str
    severity: Severity
    about: str
    authorities: tuple[str, ...]
    doc: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A run before its first page. `volatile` holds all that may differ between equal runs.

    `regions`: what the regions of a page are called in the language of the messages.
    """

    version: str
    rules_digest: str
    profiles: tuple[str, ...]
    fail_on: str
    rules: tuple[RuleEntry, ...] = ()
    authorities: Mapping[str, AuthorityEntry] = field(default_factory=dict)
    not_evaluated: Mapping[str, str] = field(default_factory=dict)
    volatile: Mapping[str, Any] = field(default_factory=dict)
    strict_baseline: bool = False
    regions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of a run. `exit_message` is the sentence that standard error ends with; `volatile` as in `Run`, with durations.

    `waivers`: those of the settings, and what became of each.
    """

    summary: Summary
    exit_code: int
    exit_name: str
    exit_message: str
    volatile: Mapping[str, Any] = field(default_factory=dict)
    waivers: tuple[WaiverEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """How text may look where it goes: colours and links only where the terminal shows them. `sarif_target`: any, or whose limits SARIF keeps.

    `site`: where the files behind addresses lie. Of an HTML report: `past` are earlier runs, the oldest first; `folder` is the one that it is written
    to with what belongs to it, None for a single file; `refresh` is the address of the events that tell when it is to be loaded again.
    """

    colour: bool = False
    links: bool = False
    width: int = 100
    quiet: bool = False
    statistics: bool = False
    sarif_target: str = "any"
    site: Site = field(default_factory=Site)
    past: tuple[Past, ...] = ()
    folder: Path | None = None
    refresh: str | None = None


class Report(Protocol):
    """One format. Each method returns the text to write now; "" where nothing can be written yet."""

    def start(self, run: Run) -> str:
        """What stands before the first page."""
        ...

    def page(self, report: PageReport) -> str:
        """One input, in input order."""
        ...

    def end(self, closing: Closing) -> str:
        """What stands after the last one."""
        ...
