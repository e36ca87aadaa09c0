"""The program's own words, each with what it means to somebody who has not read its documentation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from checker.engine.fill import bare_names_in, fill
from checker.engine.rule import FALLBACK, Rule

# What a rule judges.
JUDGES = {
    "page": "each page as a whole",
    "links": "each paid link",
    "images": "each picture",
    "authors": "each author",
    "author_data": "each author entry of the page's data",
    "notices": "each notice",
    "twins": "each page beside its AMP twin, where both are read in one run",
    "waivers": "each waiver, in a page or in the settings, after it was heeded",
}
# Where the facts come from that reading a saved page alone does not give.
NEEDS = {
    "files": "It needs the files of pictures: without --read-image-files it is listed as not evaluated.",
    "rendered": "It needs the page as a browser draws it: without --render it is listed as not evaluated.",
    "site": "It needs other pages of the site: it is judged where they are read in the same run, or else listed as not evaluated.",
}
# Who asks, from the strongest to the weakest.
KINDS = {
    "law": "law",
    "guidance": "a regulator's guidance",
    "contract": "a programme's contract",
    "self-regulation": "self-regulation",
    "search": "a search engine's advice",
}
FAMILIES = {
    "AFF": "Notices of paid links",
    "PRG": "Contracts of affiliate programmes",
    "LNK": "Marks on links",
    "SPN": "Paid content",
    "IMG": "Picture credits",
    "AUT": "Authors and dates",
    "WVR": "Waivers",
}
ALWAYS = "Every profile holds it, as severely as its file says; --ignore leaves it out, and the settings can give it another severity."
UNVERIFIED = "not verified: written down without reading the text itself"
QUESTION = "only as a question (no text that has been read says so there)"
_SIGNALS = {
    "pays": "it says that somebody earns money",
    "trigger": "it says for what: a link or a purchase",
    "jargon": "it uses words of the trade that say little to a reader",
    "hedge": "it says that money may be earned, not that it is",
    "denial": "it says that nothing is earned",
    "symbol": "it is a sign that stands for a notice",
    "incentive": "it asks readers to buy in support of the site",
    "ad_free": "it says that the site carries no advertising",
    "tested": "it says that the publisher's own people tried the products",
}
_SIGNAL_FAMILIES = {"label": "it is the label “{}”", "prescribed": "it is the sentence that {} asks for"}


def signal(name: str) -> str | None:
    """What a signal of a notice says, or None for one that is not known.

    >>> signal("label:anzeige")
    'it is the label “anzeige”'
    """
    family, colon, rest = name.partition(":")
    return _SIGNAL_FAMILIES[family].format(rest) if colon and family in _SIGNAL_FAMILIES else _SIGNALS.get(name)


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "page"), counted(0, "page")
    ('1 page', '0 pages')
    """
    return f"{number} {noun}{'s' * (number != 1)}"


def listed(words: list[str], last: str = "and") -> str:
    """Words as a sentence lists them.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return f" {last} ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def as_written(value: object) -> str:
    """A value as a rule file writes it.

    >>> as_written(("a", "b")), as_written(True)
    ('["a", "b"]', 'true')
    """
    if isinstance(value, tuple | list):
        return f"[{', '.join(as_written(each) for each in value)}]"
    return json.dumps(value, ensure_ascii=False, default=str)


def unfilled(sentence: str) -> str:
    """A sentence of a rule before a page has filled it.

    >>> unfilled("Show {name}[ (line {line})].")
    'Show ….'
    """
    return fill(sentence, dict.fromkeys(bare_names_in(sentence), "…"))


def questions(rule: Rule) -> list[str]:
    """The questions that a rule may ask."""
    return sorted({unfilled(said) for key, said in rule.texts[FALLBACK].items() if key.startswith("question")})


def options(given: Mapping[str, Any]) -> str:
    """Options as a rule file writes them: `visible = true, not_in = ["sidebar"]`."""
    return ", ".join(f"{name} = {as_written(value)}" for name, value in given.items())
