"""Rules in SARIF: what each asks, how severe it is held, and who asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checker.report.paint import one_line
from checker.report.run import AuthorityEntry, RuleEntry
from checker.report.sarif_places import message

LEVELS = {"error": "error", "warning": "warning", "info": "note"}
# The words that GitHub has for the severity of what is no matter of security.
_PROBLEMS = {"error": "error", "warning": "warning", "info": "recommendation"}


def rule(entry: RuleEntry, authorities: Mapping[str, AuthorityEntry], most_tags: int | None) -> dict[str, Any]:
    """A rule of the run."""
    asking = [authorities[key] for key in entry.authorities if key in authorities]
    tags = [entry.id.rstrip("0123456789"), *entry.authorities][:most_tags]
    about = message(entry.about or entry.name)
    told: dict[str, Any] = {
        "id": entry.id,
        "name": entry.name,
        "shortDescription": {"text": about},
        "fullDescription": {"text": about},
        "help": {"text": "\n".join([about, *map(_asks, asking)])},
        "defaultConfiguration": {"level": LEVELS[str(entry.severity)]},
        "properties": {"tags": list(dict.fromkeys(tags)), "problem.severity": _PROBLEMS[str(entry.severity)]},
    }
    # The rule's own file is a path of this machine, which nobody else can open.
    addresses = [
        address for address in (entry.doc, *(authority.url for authority in asking)) if address and address.startswith(("https://", "http://"))
    ]
    return told | ({"helpUri": addresses[0]} if addresses else {})


def _asks(authority: AuthorityEntry) -> str:
    title = ", ".join(part for part in (authority.title, authority.section) if part)
    return message(f"{title}: {authority.asks} <{one_line(authority.url)}>")
