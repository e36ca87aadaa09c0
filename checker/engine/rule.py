"""What a pack holds once it is loaded: rules, the authorities they rest on, the profiles that choose among them, and shared texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from checker.checks import Check
from checker.facts import FileMetadata
from checker.model import Outcome, Severity

# Texts are looked up in the language asked for, then in this one, which every rule has.
FALLBACK = "en"
# In place of a profile: the one that each page's host and language choose.
AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Authority:
    """A text that asks for something, in our own words. `kind`: law, guidance, contract, self-regulation, search.

    `verified` is False where nobody has yet checked the text itself; such an authority carries no error.
    """

    id: str
    name: str
    section: str | None
    asks: str
    kind: str
    url: str
    checked: date
    verified: bool

    @property
    def binds(self) -> bool:
        """Whether a rule that rests on it may say *must*."""
        return self.kind in ("law", "contract") and self.verified


@dataclass(frozen=True, slots=True)
class Call:
    """One check with the options that a rule gives it, sorted by name; `given` are the same for the calling."""

    check: Check
    options: tuple[tuple[str, Any], ...] = ()
    given: Mapping[str, Any] = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "given", dict(self.options))
        object.__setattr__(self, "_hash", hash((self.check.name, self.options)))

    def __hash__(self) -> int:
        return self._hash

    def with_options(self, more: Mapping[str, Any]) -> Call:
        """The same call with those of the options that its check knows."""
        known = {name: value for name, value in more.items() if name in self.check.options}
        return Call(self.check, tuple(sorted((dict(self.options) | known).items()))) if known else self


@dataclass(frozen=True, slots=True)
class Expect:
    """What must hold: one of `any`, every one of `all`, and `none` of the rest."""

    any: tuple[Call, ...] = ()
    all: tuple[Call, ...] = ()
    none: tuple[Call, ...] = ()

    @property
    def calls(self) -> tuple[Call, ...]:
        """All of its calls."""
        return self.any + self.all + self.none

    def with_options(self, more: Mapping[str, Any]) -> Expect:
        """The same expectation, each call with those of the options that its check knows."""
        if not more:
            return self
        return Expect(*(tuple(call.with_options(more) for call in calls) for calls in (self.any, self.all, self.none)))


@dataclass(frozen=True, slots=True)
class Select:
    """Which subjects a rule judges: facts of one kind whose fields have (`where`) and do not have (`unless`) these values.

    A field of the page is written `page.<field>`.
    """

    over: str
    where: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    unless: tuple[tuple[str, tuple[Any, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A small page and what the rule says of it. `files`: what the files of its pictures say, by their src.

    `settings`: what a rule over waivers is told beside the page: mandatory, today, waive. `twin`: for a rule over twins the AMP page that is
    read in the same run; `twin_url`: where it is found, if not where the page says. `sight`: how a browser drew the page, as far as it is not usual.
    """

    title: str
    expect: Outcome
    html: str
    url: str | None = None
    findings: int | None = None
    reason: str | None = None
    files: Mapping[str, FileMetadata] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    twin: str | None = None
    twin_url: str | None = None
    sight: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule file. `absence`: the fault is that something is not there, so that a page read in doubt leaves it to a person.

    `texts` maps language to key to text; the keys are asks, violation, needs_review, why, question, fix, and those of one reason only, such as
    `needs_review:possible_links` and `question:possible_links`.
    `yes`: what that answer to the rule's question means, fine or fault; to the question of one reason it always means fine.
    `needs` other than "static": the facts it judges come from elsewhere (`files`: the files of pictures) or do not exist yet; where they
    are not there the rule is listed as not evaluated.
    """

    id: str
    name: str
    severity: Severity
    authorities: tuple[str, ...]
    ours: str | None
    select: Select
    when: Expect
    expect: Expect
    absence: bool
    needs: str
    since: str
    texts: Mapping[str, Mapping[str, str]] = field(repr=False)
    paste: str | None
    examples: tuple[Example, ...] = field(repr=False)
    path: Path
    yes: str = "fine"

    @property
    def family(self) -> str:
        """AFF, PRG, LNK, SPN, IMG, AUT, or a house pack's own."""
        return self.id[:3]

    def text(self, key: str, language: str = FALLBACK) -> str | None:
        """The text in that language, else in English, else None."""
        return self.texts.get(language, {}).get(key) or self.texts[FALLBACK].get(key)


@dataclass(frozen=True, slots=True)
class Holding:
    """How one profile holds one rule: how severely, and with which options in place of the rule's own.

    `verified` is False where no text that somebody has read says so there; a violation is then only a question. `authorities` are those who ask for
    it there; none named: those of the rule.
    """

    severity: Severity
    options: Mapping[str, Any] = field(default_factory=dict)
    verified: bool = True
    authorities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """Which rules hold somewhere, how severely, which wordings count there, and what to paste.

    `inherits` names the profile that it builds on (`rules`, `wordings` and `paste` hold what comes of both), `off` the rules that it leaves out of
    that one. `domains` (ends of hosts) and `languages` say for which pages the profile "auto" chooses it, `otherwise` that it does
    where none other is named. `unless` names facts of the page
    with the values for which it holds nothing, such as sections.
    """

    id: str
    name: str
    about: str
    rules: Mapping[str, Holding]
    wordings: Mapping[str, tuple[str, ...]]
    paste: Mapping[str, Mapping[str, str]]
    path: Path
    inherits: str | None = None
    off: frozenset[str] = frozenset()
    domains: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    otherwise: bool = False
    unless: tuple[tuple[str, tuple[Any, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """Words that rules share, by key and then by language: labels of evidence, sentences to paste, reasons, regions of pages.

    `faults`: the reasons to whose questions yes means that there is a fault.
    """

    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    paste: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    reasons: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    regions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    faults: frozenset[str] = frozenset()

    def label(self, key: str, language: str) -> str:
        """What to tell a reader about a place."""
        found = self.labels.get(key, {})
        return found.get(language) or found.get(FALLBACK) or key

    def region(self, key: str, language: str) -> str:
        """Where something stands, as part of a sentence."""
        found = self.regions.get(key, {})
        return found.get(language) or found.get(FALLBACK) or key.replace("_", " ")

    def reason(self, key: str, part: str, language: str) -> str | None:
        """A part (means, message, question) of what is said about a reason."""
        found = self.reasons.get(key, {})
        return found.get(language, {}).get(part) or found.get(FALLBACK, {}).get(part)


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that the packs say, by id; frozen, so that one can be handed to every worker."""

    rules: Mapping[str, Rule] = field(repr=False)
    authorities: Mapping[str, Authority] = field(repr=False)
    profiles: Mapping[str, Profile] = field(repr=False)
    texts: Texts = field(repr=False)
