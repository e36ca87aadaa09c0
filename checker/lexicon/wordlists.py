"""Word lists of bylines and credits: one TOML file a language, plain words only, read from all packs and joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from checker import packs
from checker.errors import BadRule
from checker.text import fold, nearest

# What a file of one kind may hold, and what each list does.
BYLINE_LISTS = {
    "markers": "names of authors follow directly",
    "labels": "names of authors follow after a colon",
    "suffixes": "stand behind an author's name",
    "other_markers": "names of other people follow directly (photographers, reviewers, translators)",
    "other_labels": "names of other people follow after a colon",
    "joiners": "join two names",
    "weak_joiners": "join two names, but may also stand inside one",
    "more": "what follows a joiner where more people are not named",
    "months": "names of months",
    "days": "names of days",
    "stops": "no name goes on from here",
    "roles": "what an author is",
    "role_words": "words that belong to a role",
    "honorifics": "courtesy titles, which are not part of a name",
    "generic": "whole bylines that name nobody",
    "organisations": "words that make a name an organisation's",
    "teams": "words that make it a group of authors",
    "employers": "lead over to whom an author works for",
    "articles": "a name that starts with one is an organisation's",
    "not_names": "after a marker, these words start no name",
    "particles": "small words inside of names",
    "credentials": "degrees behind a name",
    "generations": "junior, senior and the like",
    "sign_offs": "stand before an agency at the end of an article",
    "companies": "make a company of two names with & between",
}
CREDIT_LISTS = {
    "signs": "signs of copyright, which a credit follows",
    "labels": "a credit follows after a colon",
    "phrases": "a credit follows directly",
    "weak_phrases": "a credit follows directly, but only one with a known agency; else it is a description",
    "suffixes": "stand behind a maker's name",
    "vias": "lead over to where the picture was found",
    "makers_end": "lead over to for whom the maker worked",
    "licences": "how a licence is written",
    "placeholders": "credits that name nobody",
    "not_credits": "whole expressions that look like a credit and are none",
    "page_labels": "start a line that credits the pictures of the page, with a colon",
    "page_phrases": "the same without a colon",
    "connectors": "small words inside of credits",
    "rights": "formulas about rights behind a credit",
    "owned": "expressions that say who owns all pictures of the page",
}
AGENCY_KINDS = ("news", "pictures", "stock", "free")

Lists = dict[str, tuple[str, ...]]


def read(folders: Sequence[Path], kind: str, allowed: Mapping[str, str]) -> dict[str, Lists]:
    """Language to its lists, folded and joined over all packs. Raises BadRule with all faults."""
    found: dict[str, dict[str, list[str]]] = {}
    faults: list[str] = []
    for path, data in _files(folders, f"{kind}."):
        language = data.get("language")
        if not isinstance(language, str):
            faults.append(f'{path}: language is missing; write language = "en" with the code of the language, or "any"')
            continue
        lists = found.setdefault(language, {})
        for name, value in data.items():
            if name in ("language", "example"):
                continue
            if name not in allowed:
                guess = nearest(name, list(allowed))
                faults.append(
                    f"{path}: {name} is not a list of {kind} words" + (f"; did you mean {guess}?" if guess else f"; allowed are {', '.join(allowed)}")
                )
            elif not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
                faults.append(f"{path}: {name} must be a list of words in quotes")
            else:
                lists.setdefault(name, []).extend(fold(word).strip() for word in value)
    if faults:
        raise BadRule(faults)
    return {language: {name: tuple(dict.fromkeys(words)) for name, words in lists.items()} for language, lists in found.items()}


def examples(folders: Sequence[Path], kind: str) -> list[tuple[str, str, dict[str, Any]]]:
    """(file name, language, example) of every example in the word files of a kind."""
    return [(path.name, str(data.get("language")), example) for path, data in _files(folders, f"{kind}.") for example in data.get("example", [])]


def agencies(folders: Sequence[Path]) -> list[dict[str, Any]]:
    """The agencies of all packs. Raises BadRule with all faults."""
    found: list[dict[str, Any]] = []
    faults: list[str] = []
    for path, data in _files(folders, "agencies."):
        for number, agency in enumerate(data.get("agency", []), start=1):
            name = agency.get("name", f"number {number}")
            written = agency.get("written")
            if not isinstance(written, list) or not written or not all(isinstance(form, str) for form in written):
                faults.append(f"{path}: agency {name}: written must be a list of words in quotes")
            elif agency.get("kind") not in AGENCY_KINDS:
                faults.append(f"{path}: agency {name}: kind must be one of {', '.join(AGENCY_KINDS)}")
            else:
                found.append(agency)
    if faults:
        raise BadRule(faults)
    return found


def union(lists: Mapping[str, Lists], name: str, languages: Iterable[str] | None = None) -> tuple[str, ...]:
    """One list over several languages (all of them by default)."""
    chosen = lists if languages is None else [language for language in languages if language in lists]
    return tuple(dict.fromkeys(word for language in chosen for word in lists[language].get(name, ())))


def alternation(words: Iterable[str]) -> str:
    """A pattern that matches any of the words, the longest first, with any space between their parts; matches nothing if there are none."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(r"\s{1,3}".join(map(re.escape, word.split())) for word in ordered) or r"(?!)"


def _files(folders: Sequence[Path], start: str) -> list[tuple[Path, dict[str, Any]]]:
    return [(table.path, table.data) for folder in folders for table in packs.tables(folder, "words", f"{start}*toml")]
