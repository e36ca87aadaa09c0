"""TOML tables whose shape is known to be right, as rules, authorities, profiles and texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from checker.checks import named
from checker.engine.rule import Authority, Call, Example, Expect, Holding, Profile, Rule, Select, Texts
from checker.facts import FileMetadata
from checker.model import Outcome, Severity
from checker.packs import Table

_PARTS = ("asks", "violation", "needs_review", "why", "question")


def rule_of(table: Table) -> Rule:
    """A rule file as a rule."""
    data = table.data
    texts: dict[str, dict[str, str]] = {}
    for language, message in data["message"].items():
        texts[language] = {part: message[part] for part in _PARTS if part in message}
        for reason, said in message.get("reasons", {}).items():
            texts[language] |= {f"{part}:{reason}": text for part, text in said.items()}
    for language, fix in data["fix"].items():
        if language != "paste":
            texts.setdefault(language, {})["fix"] = fix["text"]
    return Rule(
        id=data["id"],
        name=data["name"],
        severity=Severity(data["severity"]),
        authorities=tuple(data["authorities"]),
        ours=data.get("ours"),
        select=Select(data["over"], _fields(data.get("where", {})), _fields(data.get("unless", {}))),
        when=_expect(data.get("when", {})),
        expect=_expect(data.get("expect", {})),
        absence=data.get("absence", False),
        needs=data["needs"],
        since=data["since"],
        texts=texts,
        paste=data["fix"].get("paste"),
        examples=tuple(_example(example) for example in data.get("example", ())),
        path=table.path,
        yes=data.get("yes", "fine"),
    )


def _fields(fields: Mapping[str, Any]) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    return tuple((name, tuple(value) if isinstance(value, list) else (value,)) for name, value in sorted(fields.items()))


def _expect(data: Mapping[str, Any]) -> Expect:
    return Expect(*(tuple(_call(call) for call in data.get(kind, ())) for kind in ("any", "all", "none")))


def _call(data: Mapping[str, Any]) -> Call:
    options = ((name, _frozen(value)) for name, value in data.items() if name != "check")
    return Call(named(data["check"]), tuple(sorted(options)))


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _example(data: Mapping[str, Any]) -> Example:
    files = {src: FileMetadata(**{name: _frozen(value) for name, value in said.items()}) for src, said in data.get("files", {}).items()}
    told = (data["title"], Outcome(data["expect"]), data["html"], data.get("url"), data.get("findings"), data.get("reason"))
    return Example(*told, files, data.get("settings", {}), data.get("twin"), data.get("twin_url"), data.get("sight"))


def authorities_of(table: Table) -> list[Authority]:
    """The authorities of a file."""
    return [
        Authority(entry["id"], entry["name"], entry.get("section"), entry["asks"], entry["kind"], entry["url"], entry["checked"], entry["verified"])
        for entry in table.data["authority"]
    ]


def profile_of(table: Table) -> Profile:
    """A profile file as a profile."""
    data = table.data
    rules: dict[str, Holding] = {}
    off: set[str] = set()
    for rule, held in data["rules"].items():
        if held == "off":
            off.add(rule)
            continue
        asked: dict[str, Any] = {"severity": held} if isinstance(held, str) else held
        options = {name: _frozen(value) for name, value in asked.get("options", {}).items()}
        rules[rule] = Holding(Severity(asked["severity"]), options, asked.get("verified", True), tuple(asked.get("authorities", ())))
    return Profile(
        id=data["id"],
        name=data["name"],
        about=data["about"],
        rules=rules,
        wordings={name: tuple(value) for name, value in data.get("wordings", {}).items()},
        paste=data.get("paste", {}),
        path=table.path,
        inherits=data.get("inherits"),
        off=frozenset(off),
        domains=tuple(data.get("auto", {}).get("domains", ())),
        languages=tuple(data.get("auto", {}).get("languages", ())),
        otherwise=data.get("auto", {}).get("otherwise", False),
        unless=_fields(data.get("unless", {})),
    )


def texts_of(found: Iterable[Table]) -> Texts:
    """The shared texts of all packs; a later pack's words stand before an earlier one's."""
    kinds: dict[str, dict[str, Any]] = {"labels": {}, "paste": {}, "reasons": {}, "regions": {}}
    for table in found:
        for kind, entries in table.data.items():
            for key, by_language in entries.items():
                kinds[kind][key] = {**kinds[kind].get(key, {}), **by_language}
    faults = [reason for reason, said in kinds["reasons"].items() if said.pop("yes", "fine") == "fault"]
    return Texts(**kinds, faults=frozenset(faults))
