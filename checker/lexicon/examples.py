"""The examples of word files and network files, each tried: what a file promises is what is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.lexicon.credits import CreditText, CreditWords
from checker.lexicon.names import Name, NameWords
from checker.lexicon.network_examples import examples as network_examples
from checker.lexicon.network_examples import fault_of as network_fault
from checker.lexicon.networks import Networks
from checker.lexicon.notices import NoticeWords
from checker.packs import Table, tables

_CREDIT_PARTS = ("maker", "agency", "via", "licence", "placeholder")


@dataclass(frozen=True, slots=True)
class Tried:
    """An example, where it stands, and what is wrong with it. `kind`: notice, byline, credit or network; `of`: the language or the network."""

    kind: str
    of: str
    text: str
    table: Table
    place: tuple[str | int, ...]
    fault: str | None

    @property
    def id(self) -> str:
        """The example's name in test reports."""
        return f"{self.kind}.{self.of}::{self.text[:50]}"


def try_notices(packs: Sequence[Path], words: NoticeWords) -> Iterator[Tried]:
    """The sentences of these packs' notice words."""
    yield from _try_words(packs, "notice", lambda example, language: _notice_fault(example, language, words))


def try_bylines(packs: Sequence[Path], words: NameWords) -> Iterator[Tried]:
    """The bylines of these packs' words."""
    yield from _try_words(packs, "byline", lambda example, language: _byline_fault(example, language, words))


def try_credits(packs: Sequence[Path], words: CreditWords) -> Iterator[Tried]:
    """The credits of these packs' words."""
    yield from _try_words(packs, "credit", lambda example, language: _credit_fault(example, language, words))


def try_networks(packs: Sequence[Path], networks: Networks) -> Iterator[Tried]:
    """The addresses, scripts and start tags of these packs' network files."""
    for example in network_examples(packs):
        yield Tried("network", example.network, example.text, example.table, example.place, network_fault(example, networks))


def _try_words(packs: Sequence[Path], kind: str, fault: Callable[[Mapping[str, Any], str], str | None]) -> Iterator[Tried]:
    for pack in packs:
        for table in tables(pack, "words", f"{kind}.*toml"):
            language = table.path.name.split(".")[1]
            for number, example in enumerate(table.data.get("example", ())):
                yield Tried(kind, language, example["text"], table, ("example", number), fault(example, language))


def _notice_fault(example: Mapping[str, Any], language: str, words: NoticeWords) -> str | None:
    found = words.judge(example["text"], [language])
    clarities = {statement.clarity for statement in found}
    clarity = "clear" if "clear" in clarities else "weak" if clarities else "none"
    if clarity != example["expect"]:
        return f"expected {example['expect']}, got {clarity}"
    signals = {signal for statement in found for signal in statement.signals}
    missing = [signal for signal in example.get("signals", ()) if signal not in signals]
    if missing:
        return f"expected the signal {missing[0]}, got {', '.join(sorted(signals)) or 'none'}"
    kinds = sorted({statement.kind for statement in found})
    if "kind" in example and example["kind"] not in kinds:
        return f"expected the kind {example['kind']}, got {', '.join(kinds) or 'none'}"
    return None


def _byline_fault(example: Mapping[str, Any], language: str, words: NameWords) -> str | None:
    calls: Mapping[str, Callable[[str, str | None], list[Name]]] = {
        "names": words.names,
        "byline": words.byline,
        "sign_off": words.sign_off,
        "dated": words.dated,
        "about": words.about,
        "editors": words.editors,
        "reviewers": lambda text, language: [name for name, _ in words.reviewers(text, language)],
        "dateline": words.dateline,
        "farewell": words.farewell,
        "note": words.note,
    }
    for key in ("names", "byline"):
        if key not in example:
            continue
        call = example.get("call", "names") if key == "names" else key
        found = calls[call](example["text"], None if language == "any" else language)
        names = [name.name for name in found]
        if names != example[key]:
            return f"{key}: expected {_listed(example[key])}, got {_listed(names)}"
        if found and found[0].kind != example.get("kind", found[0].kind):
            return f"expected the kind {example['kind']}, got {found[0].kind}"
    return None


def _credit_fault(example: Mapping[str, Any], language: str, words: CreditWords) -> str | None:
    if example.get("call") == "page_level":
        found = [credit.maker or credit.text for credit in words.page_level(example["text"], language)]
        expected = example.get("credits", [])
        return None if found == expected else f"expected {_listed(expected)}, got {_listed(found)}"
    credit = words.parse(example["text"], language, labelled=example.get("labelled", False))
    if example.get("none"):
        return None if credit is None else f"expected no credit, got “{credit.text}”"
    return "expected a credit, got none" if credit is None else _part_fault(example, credit)


def _part_fault(example: Mapping[str, Any], credit: CreditText) -> str | None:
    for part in _CREDIT_PARTS:
        if part in example and getattr(credit, part) != example[part]:
            return f"expected the {part} {example[part]!r}, got {getattr(credit, part)!r}"
    if credit.text != example.get("credit", credit.text):
        return f"expected the credit “{example['credit']}”, got “{credit.text}”"
    return None


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(str, names)) or "nobody"
