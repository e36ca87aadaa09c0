"""One way in which a network's link is written, as conditions on a read address; and the index that finds the rules worth trying."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from checker.facts import Tier
from checker.lexicon.urls import LONGEST_VALUE, Address, is_under
from checker.text import clip, printable

_ANY_HOST = "*"
_LONGEST_SHOWN = 40
_MOST_PARTS = 200
_RANK = {Tier.CERTAIN: 0, Tier.LIKELY: 1, Tier.POSSIBLE: 2}
_META = re.compile(r"[][\\.^$*+?{}|()]")


@cache
def _matcher(pattern: str, flags: int) -> re.Pattern[str]:
    """Compiled when first needed: most patterns never are."""
    return re.compile(pattern, flags)


class LinkRule:
    """Hosts are looked up by the index; `hit` judges the rest."""

    __slots__ = (
        "address",
        "any_host",
        "any_params",
        "fragment",
        "hosts",
        "network",
        "no_params",
        "not_hosts",
        "own",
        "params",
        "paths",
        "rank",
        "role",
        "target",
        "tier",
        "why",
    )

    def __init__(self, plain: Mapping[str, Any]) -> None:
        self.network: str = plain["network"]
        self.tier = Tier(plain["tier"])
        self.role: str = plain["role"]
        self.why: str = plain["why"]
        self.hosts: list[str] = plain["hosts"]
        self.not_hosts = frozenset(plain["not_hosts"])
        self.paths: list[str] = plain["paths"]
        self.address: list[str] = plain["address"]
        self.params: dict[str, str] = plain["params"]
        self.any_params: dict[str, str] = plain["any_params"]
        self.no_params: dict[str, str] = plain["no_params"]
        self.fragment: dict[str, str] = plain["fragment"]
        self.target: list[str] = plain["target"]
        self.own: bool = plain["own"]
        self.any_host = _ANY_HOST in self.hosts
        self.rank = (_RANK[self.tier], self.any_host)

    def hit(self, address: Address) -> bool:
        """Whether the address fulfils every condition but that on its host."""
        if self.not_hosts and is_under(address.host, self.not_hosts):
            return False
        if self.paths and not _one(self.paths, address.path):
            return False
        if self.address and not _one(self.address, address.path + address.search):
            return False
        given = address.params if self.params or self.any_params or self.no_params else {}
        return (
            all(_has(given, name, pattern) for name, pattern in self.params.items())
            and (not self.any_params or any(_has(given, name, pattern) for name, pattern in self.any_params.items()))
            and not any(_has(given, name, pattern) for name, pattern in self.no_params.items())
            and (not self.fragment or all(_has(address.fragment, name, pattern) for name, pattern in self.fragment.items()))
        )

    def says(self, address: Address) -> str:
        """The reason in words, for an editor."""
        given = {**address.fragment, **address.params} if address.hash else address.params
        shown = {name: _shown(given[name], {**self.params, **self.any_params, **self.fragment}[name]) for name in self.named() if name in given}
        decisive = next(((name, value) for name, value in shown.items() if value), ("", ""))
        text = self.why.replace("{host}", shown_host(address.host)).replace("{*}", "=".join(decisive))
        for name, value in shown.items():
            text = text.replace("{" + name + "}", value)
        return printable(text)

    def named(self) -> Iterator[str]:
        """The parameters that the rule asks for."""
        yield from self.params
        yield from self.any_params
        yield from self.fragment

    def prefixes(self) -> list[str]:
        """What the rest of the address starts with, for rules that only know the path."""
        return [_META.split(pattern[1:], maxsplit=1)[0] for pattern in self.paths]


class RuleIndex:
    """Rules by host suffix; rules for any host by a parameter that they ask for, else by the start of the path."""

    def __init__(self, rules: Sequence[LinkRule]) -> None:
        self.by_host: dict[str, list[LinkRule]] = {}
        self.by_param: dict[str, list[LinkRule]] = {}
        self.by_fragment: dict[str, list[LinkRule]] = {}
        self.by_path: list[tuple[str, LinkRule]] = []
        for rule in rules:
            if not rule.any_host:
                for host in rule.hosts:
                    self.by_host.setdefault(host, []).append(rule)
            elif rule.params:
                # Long names are rarer than short ones, so fewer links are read in vain.
                self.by_param.setdefault(max(rule.params, key=len), []).append(rule)
            elif rule.any_params:
                for name in rule.any_params:
                    self.by_param.setdefault(name, []).append(rule)
            elif rule.fragment:
                self.by_fragment.setdefault(next(iter(rule.fragment)), []).append(rule)
            else:
                self.by_path += [(prefix, rule) for prefix in rule.prefixes()]
        self.path_starts = tuple(dict.fromkeys(prefix for prefix, _ in self.by_path))

    def for_host(self, host: str) -> tuple[LinkRule, ...]:
        """The rules of the host and of its parents."""
        found: list[LinkRule] = []
        while host:
            if host in self.by_host:
                found += self.by_host[host]
            host = host.partition(".")[2]
        return tuple(found)

    def may_ask(self, rest: str) -> bool:
        """Whether the query, as it stands in the address, gives any rule for any host a chance."""
        by_param = self.by_param
        for part in rest.partition("?")[2].partition("#")[0].split("&", _MOST_PARTS):
            name, _, value = part.partition("=")
            name = name.lower()
            if (name in by_param and self.may(name, value)) or name[:4] == "amp;" or "%" in name:
                return True
        return False

    def may_end(self, rest: str) -> bool:
        """The same for the fragment."""
        return any(part.partition("=")[0].lower() in self.by_fragment for part in rest.partition("#")[2].split("&", _MOST_PARTS))

    def may(self, name: str, value: str) -> bool:
        """Whether a parameter, as it stands in the address, gives any rule for any host a chance."""
        rules = self.by_param.get(name)
        if rules is None:
            return False
        if "%" in value or "+" in value:
            return True
        for rule in rules:
            pattern = rule.params.get(name) or rule.any_params.get(name)
            if value and (not pattern or _matcher(pattern, re.IGNORECASE).match(value)):
                return True
        return False

    def for_any(self, address: Address) -> Iterator[LinkRule]:
        """The rules for any host that the address may fulfil."""
        for name in address.params if address.search else ():
            yield from self.by_param.get(name, ())
        for name in address.fragment if address.hash else ():
            yield from self.by_fragment.get(name, ())
        for prefix, rule in self.by_path:
            if address.path.startswith(prefix):
                yield rule


def _one(patterns: Sequence[str], text: str) -> bool:
    text = text[: 4 * LONGEST_VALUE]
    return any(_matcher(pattern, re.NOFLAG).match(text) for pattern in patterns)


def _has(given: Mapping[str, list[str]], name: str, pattern: str) -> bool:
    values = given.get(name)
    return values is not None and (any(values) if not pattern else any(_matcher(pattern, re.IGNORECASE).match(v[:LONGEST_VALUE]) for v in values))


def _shown(values: Sequence[str], pattern: str) -> str:
    """The value that fulfilled the pattern, short enough for a sentence."""
    value = next((v for v in values if not pattern or _matcher(pattern, re.IGNORECASE).match(v[:LONGEST_VALUE])), "")
    return clip(value, _LONGEST_SHOWN)


def shown_host(host: str) -> str:
    """The host as an editor knows it."""
    return host.removeprefix("www.")
