"""Network files (`networks/*.toml` of a pack): read, checked, and turned into plain tables that can also be kept as JSON.

Every fault of every file is reported at once, with file, line, what is allowed and the nearest right word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from checker.errors import BadRule
from checker.lexicon import patterns
from checker.packs import Table, read
from checker.text import nearest

TIERS = ("certain", "likely", "possible")
KINDS = ("network", "shop", "software", "monetiser", "plugin")
ROLES = ("click", "embed", "landing", "short")
ANY_HOST = "*"
_LEAST_EXAMPLES = 2
HOST_LISTS = ("shops", "share", "wrapper", "shortener")
_KNOWLEDGE = "knowledge"
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+").fullmatch
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*").fullmatch
_EVIDENCE_SITE = re.compile(r"(?:docs|pages):[a-z0-9.-]+").fullmatch
_HOLE = re.compile(r"\{([^{}]*)\}")

Plain = dict[str, Any]


def compile_packs(packs: Sequence[Path]) -> Plain:
    """The network files of all packs as one plain table (only dicts, lists, strings, booleans). Raises BadRule with all faults.

    A network of a later pack replaces an earlier one with the same id; with `off = true` it only removes it.
    """
    read_files = [read(pack, "networks") for pack in packs]
    files = [(number, table) for number, (found, _) in enumerate(read_files) for table in found]
    reading = _Reading({label for _, table in files for label in _mapping(table.data.get("source"))})
    reading.faults += [fault for _, wrong in read_files for fault in wrong]
    for number, table in files:
        reading.file(number, table)
    if reading.faults:
        raise BadRule(reading.faults)
    return reading.plain()


@dataclass(frozen=True, slots=True)
class _Place:
    """A table in a file, found again by its header's running number; only looked up when there is a fault."""

    path: Path
    header: str = ""
    nth: int = 0

    def fault(self, key: str, says: str) -> str:
        line, inside, seen = 1, not self.header, 0
        for number, text in enumerate(map(str.strip, self.path.read_text("utf-8-sig").splitlines()), 1):
            if text.startswith("[") and text.endswith("]") and self.header:
                if inside and seen:
                    break
                seen += text in (f"[[{self.header}]]", f"[{self.header}]")
                inside = seen == self.nth
                line = number if inside else line
            elif inside and key and re.match(rf"[\"']?{re.escape(key)}[\"']?\s*[.=]", text):
                line = number
                break
        return f"{self.path}:{line}: {says}"


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


class _Reading:
    """One pass over all files: what is right is kept, what is wrong is noted."""

    def __init__(self, sources: set[str]) -> None:
        self.sources = sources
        self.faults: list[str] = []
        self.networks: dict[str, tuple[int, Plain]] = {}
        self.lists: dict[str, list[str]] = {kind: [] for kind in (*HOST_LISTS, "not_shops", "cloak", "not_cloak", "cloak_script")}

    def plain(self) -> Plain:
        kept = [network for _, network in self.networks.values() if not network["off"]]
        rules = {kind: [rule for network in kept for rule in network[kind]] for kind in ("link", "script", "markup")}
        names = {network["id"]: network["name"] for network in kept}
        return {"format": 1, "names": names, **rules, **{kind: sorted(set(found)) for kind, found in self.lists.items()}}

    def file(self, pack: int, table: Table) -> None:
        top = _Place(table.path)
        self.known(top, table.data, _TOP)
        groups = {name: self.hosts(top, "host_group", hosts, {}) for name, hosts in _mapping(table.data.get("host_group")).items()}
        counts = dict.fromkeys(("link", "script", "markup"), 0)
        for nth, network in enumerate(self.array(top, table.data, "network"), 1):
            self.network(pack, _Place(table.path, "network", nth), network, groups, counts)
        for kind in HOST_LISTS:
            for nth, entry in enumerate(self.array(top, table.data, kind), 1):
                place = _Place(table.path, kind, nth)
                self.known(place, entry, _HOST_LIST)
                self.dated(place, entry)
                self.lists[kind] += self.hosts(place, "hosts", entry.get("hosts"), groups)
                self.lists["not_shops"] += self.hosts(place, "not_hosts", entry.get("not_hosts", []), groups)
        for nth, entry in enumerate(self.array(top, table.data, "cloak"), 1):
            place = _Place(table.path, "cloak", nth)
            self.known(place, entry, _CLOAK)
            self.dated(place, entry)
            self.proof(place, entry)
            for key, kind in (("words", "cloak"), ("not_paths", "not_cloak"), ("scripts", "cloak_script")):
                self.lists[kind] += [word.lower() for word in self.texts(place, key, entry.get(key, []))]

    # One network -----------------------------------------------------------------------------------------------------------------------
    def network(self, pack: int, place: _Place, data: Plain, groups: Mapping[str, list[str]], counts: dict[str, int]) -> None:
        self.known(place, data, _NETWORK)
        name, off = data.get("id"), data.get("off", False)
        if not isinstance(name, str) or not _ID(name):
            self.note(place, "id", f"id must be small letters, digits and hyphens, not {name!r}")
            name = ""
        elif name in self.networks and self.networks[name][0] == pack:
            self.note(place, "id", f"the id {name!r} is used twice")
        kept: Plain = {"id": name, "name": data.get("name", name), "off": off is True, "link": [], "script": [], "markup": []}
        if off is not True:
            if not isinstance(data.get("name"), str):
                self.note(place, "name", "name is needed: how an editor calls the network")
            self.one_of(place, "kind", data.get("kind"), KINDS)
            self.dated(place, data)
        for kind in ("link", "script", "markup"):
            for rule in self.array(place, data, kind):
                counts[kind] += 1
                kept[kind].append(self.rule(kind, _Place(place.path, f"network.{kind}", counts[kind]), rule, data, groups))
        if off is not True and not any(data.get(kind) for kind in ("link", "script", "markup")):
            self.note(place, "id", "a network needs at least one [[network.link]], [[network.script]] or [[network.markup]]")
        self.networks[name] = (pack, kept)

    def rule(self, kind: str, place: _Place, data: Plain, network: Plain, groups: Mapping[str, list[str]]) -> Plain:
        self.known(place, data, _RULES[kind])
        self.proof(place, data)
        self.one_of(place, "tier", data.get("tier"), TIERS)
        evidence = self.texts(place, "evidence", data.get("evidence", []))
        if not evidence:
            self.note(place, "evidence", "evidence is needed: one or more labels of [source], docs:<host> or pages:<host>")
        for label in evidence:
            if label not in self.sources and not _EVIDENCE_SITE(label):
                self.note(place, "evidence", f"{label!r} is no label of a [source] table" + _hint(label, sorted(self.sources)))
        if set(evidence) == {_KNOWLEDGE} and data.get("tier") != "possible":
            self.note(place, "tier", "what rests on knowledge alone is at most possible")
        rule: Plain = {"network": network.get("id"), "tier": data.get("tier")}
        if kind == "markup":
            return rule | self.markup(place, data)
        hosts = self.hosts(place, "hosts", data.get("hosts"), groups)
        rule |= {"hosts": hosts, "not_hosts": self.hosts(place, "not_hosts", data.get("not_hosts", []), groups)}
        for key in ("paths", "address"):
            rule[key] = [self.pattern(place, key, text) for text in self.texts(place, key, data.get(key, []))]
        for key in ("params", "any_params", "no_params", "fragment"):
            rule[key] = self.params(place, key, data.get(key, {}))
        rule["target"] = [name.lower() for name in self.texts(place, "target", data.get("target", []))]
        rule["role"] = self.one_of(place, "role", data.get("role", "click"), ROLES)
        rule["own"] = data.get("own", False) is True
        if ANY_HOST in hosts and not any(rule[key] for key in ("paths", "params", "any_params", "fragment")):
            self.note(place, "hosts", 'hosts = ["*"] needs paths, params, any_params or fragment beside it')
        if rule["role"] == "landing" and data.get("tier") != "possible":
            self.note(place, "tier", "an id that a redirect left behind is at most possible: somebody copied the address")
        rule["why"] = self.why(place, data, rule, network)
        return rule

    def markup(self, place: _Place, data: Plain) -> Plain:
        found: Plain = {"role": self.one_of(place, "on", data.get("on"), ("link", "box"))}
        for key in ("attributes", "classes", "ids"):
            found[key] = [text.lower() for text in self.texts(place, key, data.get(key, []))]
            for text in found[key]:
                if "*" in text[:-1] or len(text) < 4:
                    self.note(place, key, f"{text!r}: at least four characters, and * only at the end")
        if not any(found[key] for key in ("attributes", "classes", "ids")):
            self.note(place, "on", "markup needs attributes, classes or ids")
        found["value"] = self.pattern(place, "value", data["value"]) if isinstance(data.get("value"), str) else ""
        found["shop"] = data.get("shop", False) is True
        found["why"] = data.get("why", "")
        return found

    def why(self, place: _Place, data: Plain, rule: Plain, network: Plain) -> str:
        names = ("host", "name", "*", *rule["params"], *rule["any_params"], *rule["fragment"])
        text = data.get("why")
        if isinstance(text, str):
            for hole in _HOLE.findall(text):
                if hole not in names:
                    self.note(place, "why", f"{{{hole}}} is not known here; allowed: {', '.join(names)}")
            return text.replace("{name}", str(network.get("name")))
        name = str(network.get("name"))
        carries = rule["params"] or rule["any_params"] or rule["fragment"]
        if rule["role"] == "short":
            return f"{{host}} makes short links for {name}"
        if rule["role"] == "embed":
            return f"an image or frame of {name} ({{host}})"
        if rule["role"] == "landing":
            return f"{{host}} with a click id that {name} leaves behind ({{*}})"
        if carries and (ANY_HOST in rule["hosts"] or network.get("kind") == "shop"):
            return f"{{host}} with a partner id of {name} ({{*}})"
        if ANY_HOST in rule["hosts"]:
            return f"{{host}} with a path that {name} uses for paid clicks"
        return f"{{host}} is a partner address of {name}" if network.get("kind") == "shop" else f"{{host}} is a click address of {name}"

    # Values ----------------------------------------------------------------------------------------------------------------------------
    def note(self, place: _Place, key: str, says: str) -> None:
        self.faults.append(place.fault(key, says))

    def known(self, place: _Place, data: Plain, allowed: Sequence[str]) -> None:
        for key in data:
            if key not in allowed:
                self.note(place, key, f"{key!r} is not known here; allowed: {', '.join(allowed)}" + _hint(key, list(allowed)))

    def array(self, place: _Place, data: Plain, key: str) -> list[Plain]:
        value = data.get(key, [])
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return value
        whole = f"{place.header}.{key}" if place.header else key
        single = isinstance(value, dict)
        self.note(_Place(place.path, whole, 1) if single else place, "" if single else key, f"write [[{whole}]], in double brackets")
        return []

    def texts(self, place: _Place, key: str, value: object) -> list[str]:
        if isinstance(value, list) and all(isinstance(item, str) and item for item in value):
            return value
        self.note(place, key, f"{key} must be a list of texts in quotes")
        return []

    def one_of(self, place: _Place, key: str, value: object, allowed: Sequence[str]) -> str:
        if isinstance(value, str) and value in allowed:
            return value
        if value is None:
            self.note(place, key, f"{key} is missing; allowed: {', '.join(allowed)}")
        else:
            self.note(place, key, f"{key} must be one of {', '.join(allowed)}, not {value!r}" + _hint(str(value), list(allowed)))
        return allowed[0]

    def dated(self, place: _Place, data: Plain) -> None:
        if not isinstance(data.get("checked"), date):
            self.note(place, "checked", "checked is needed: the day when somebody last looked, as 2026-11-22")

    def proof(self, place: _Place, data: Plain) -> None:
        for key, says in (("yes", "that match"), ("no", "that look alike and must not match")):
            if len(self.texts(place, key, data.get(key, []))) < _LEAST_EXAMPLES:
                self.note(place, key, f"{key} needs at least {_LEAST_EXAMPLES} examples {says}")

    def hosts(self, place: _Place, key: str, value: object, groups: Mapping[str, list[str]]) -> list[str]:
        found: list[str] = []
        for host in self.texts(place, key, value):
            if host.startswith("@"):
                if host[1:] not in groups:
                    self.note(place, key, f"{host!r} is no name in [host_group]" + _hint(host[1:], list(groups)))
                found += groups.get(host[1:], [])
            elif host == ANY_HOST or _HOST(host):
                found.append(host)
            else:
                self.note(place, key, f"{host!r} is no host: small letters, without https:// or a path (IDN as xn--)")
        return found

    def pattern(self, place: _Place, key: str, text: str) -> str:
        if wrong := patterns.fault(text):
            self.note(place, key, f"pattern {text!r}: {wrong}")
        return text

    def params(self, place: _Place, key: str, value: object) -> dict[str, str]:
        if not isinstance(value, dict) or not all(isinstance(pattern, str) for pattern in value.values()):
            self.note(place, key, f'{key} must be a table: name = "^pattern$", or "" for any value')
            return {}
        return {name.lower(): self.pattern(place, key, pattern) if pattern else "" for name, pattern in value.items()}


def _hint(word: str, allowed: list[str]) -> str:
    close = nearest(word, allowed)
    return f"; did you mean {close!r}?" if close and close != word else ""


_TOP = ("network", "source", "host_group", "shops", "share", "wrapper", "shortener", "cloak")
_NETWORK = ("id", "name", "kind", "countries", "checked", "note", "off", "link", "script", "markup")
_ADDRESS = ("tier", "hosts", "not_hosts", "paths", "address", "params", "any_params", "no_params", "evidence", "note", "yes", "no")
_RULES: Mapping[str, Sequence[str]] = {
    "link": (*_ADDRESS, "fragment", "target", "role", "own", "why"),
    "script": _ADDRESS,
    "markup": ("tier", "on", "attributes", "classes", "ids", "value", "shop", "why", "evidence", "note", "yes", "no"),
}
_HOST_LIST = ("hosts", "not_hosts", "checked", "evidence", "note", "country", "yes", "no")
_CLOAK = ("words", "not_paths", "scripts", "checked", "evidence", "note", "yes", "no")
