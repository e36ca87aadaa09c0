"""How often rules are wrong, as counted on pages that people have labelled: `rules/accuracy.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from checker.docs.terms import counted, listed
from checker.packs import built_in


@dataclass(frozen=True, slots=True)
class Measured:
    """The counts of one rule.

    `unit`: what is counted, page or picture, and `labelled` how many of them have a label that decides. `wrong` of the `violations` and
    `needless` of the `questions` were not due. `silent`: so often was it silent where it was `due`; both are None where the labels
    do not tell. `beside`: rules that answer the same labels, so that nothing is missed where one of them spoke.
    """

    unit: str
    labelled: int
    violations: int
    wrong: int
    questions: int
    needless: int
    due: int | None = None
    silent: int | None = None
    beside: tuple[str, ...] = ()

    def sentences(self) -> list[str]:
        """What the counts say."""
        fired = [f"{counted(self.violations, 'violation')}, {self.wrong or 'none'} of them wrong" if self.violations else "no violation"]
        if self.questions:
            fired.append(f"{counted(self.questions, 'question')}, {self.needless or 'none'} of them needless")
        told = [f"On {counted(self.labelled, f'labelled {self.unit}')}: {'; '.join(fired)}."]
        if self.due is not None and self.silent is not None:
            told.append(self._recall(self.due, self.silent))
        return told

    def _recall(self, due: int, silent: int) -> str:
        who = listed(["It", *self.beside], "or")
        if not due:
            return f"{who} was never due."
        kept = "and none of them spoke" if self.beside else "and it stayed silent"
        return f"{who} was due {_times(due)}, {kept} {_times(silent)}." if silent else f"{who} was due {_times(due)} and never missed."


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The counts of all rules that labels decide; `pages` labelled pages were read on the day `measured`, by the rules of `profile`."""

    measured: date | None = None
    pages: int = 0
    profile: str = ""
    rules: Mapping[str, Measured] = field(default_factory=dict)

    def told(self, rule_id: str) -> list[str]:
        """What is known of a rule, in sentences."""
        found = self.rules.get(rule_id)
        if found is None:
            return ["Not measured: no label decides it." if self.rules else "Not measured."]
        return [*found.sentences(), f"Counted on {self.measured} by the rules of the profile {self.profile}."]


def load(path: Path | None = None) -> Accuracy:
    """The counts that ship with the rules; none where nobody has counted."""
    path = path or built_in() / "accuracy.toml"
    if not path.is_file():
        return Accuracy()
    data = tomllib.loads(path.read_text("utf-8"))
    return Accuracy(data["measured"], data["pages"], data["profile"], {key: _measured(counts) for key, counts in data.get("rule", {}).items()})


def _measured(counts: Mapping[str, Any]) -> Measured:
    return Measured(**{**counts, "beside": tuple(counts.get("beside", ()))})


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"
