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
    "other_markers": "names of other people follow directly (photographers, translators)",
    "other_labels": "names of other people follow after a colon",
    "other_suffixes": "stand behind the name of another person",
    "review_markers": "names of people follow directly who checked the piece as experts",
    "review_labels": "the same after a colon",
    "check_markers": "names of people follow directly who checked the facts",
    "check_labels": "the same after a colon",
    "editor_labels": "names of editors follow after a colon; they count where no author is named",
    "abouts": "stand before the author's name in a box about the author",
    "copulas": "follow the name in a note about the author",
    "farewells": "stand before the author's first name in the last line",
    "joiners": "join two names",
    "weak_joiners": "join two names, but may also stand inside one",
    "more": "what follows a joiner where more people are not named",
    "months": "names of months",
    "days": "names of days",
    "stops": "no name goes on from here",
    "asides": "the same, also of several words: buttons and notes behind a name",
    "common": "everyday words of pages: a text of nothing but these names nobody",
    "portraits": "stand before the name in an author's element: the text of a portrait, of a link to other pieces",
    "roles": "what an author is",
    "role_words": "words that belong to a role",
    "honorifics": "courtesy titles, which are not part of a name",
    "titles": "titles that do not belong into an author's entry of the data",
    "places": "countries, states and cities: no names, nor is what they follow behind a comma",
    "generic": "whole bylines that name nobody",
    "nobody": "whole bylines that are as good as empty",
    "template_signs": "two signs between which a template names what was never filled in",
    "software": "whole bylines that name a program",
    "organisations": "words that make a name an organisation's",
    "organisation_ends": "ends of compound words that make a name an organisation's",
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
    "page_pictures": "the pictures, in a sentence about all of them, beside those of many",
    "page_alls": "stand before the pictures in such a sentence and say that it is about all",
    "page_articles": "stand before the pictures in such a sentence and say nothing",
    "page_places": "stand behind the pictures in such a sentence: in this article",
    "page_by": "lead over to who made the pictures, where the sentence says that it is about all, or where they are",
    "page_verbs": "lead over to who made the pictures or owns them",
    "page_exceptions": "begin a clause about other pictures: unless",
    "connectors": "small words inside of credits",
    "rights": "formulas about rights behind a credit",
    "owned": "expressions that say who owns all pictures of the page",
    "joiners": "join two labels, two makers, or text and pictures",
    "texts": "may stand with a label that credits the pictures of the page: text and …",
    "many": "start a line that credits more than one picture",
    "collectives": "say why a credit names no single maker",
    "generated": "say that software made the picture",
    "sources": "labels that may as well say where a text or its figures come from",
    "page_heads": "head a list of credits at the end of the page",
    "feeds": "say that pictures of products come from a shop's feed",
    "through": "lead over to where the picture was found, whoever that is",
    "licence_words": "words inside of a licence's name, behind its beginning",
    "licence_leads": "stand before a licence's name",
    "licence_addresses": "how the address of a licence's text goes on behind its scheme, and its name; * is what the rest of the address says",
    "painters": "makers of works of art who sign a caption behind a word of making: The Milkmaid by …",
    "made_by": "words of making between the title of a work of art and its maker",
    "weak_labels": "labels that may as well head a description: after a colon a name and nothing else",
    "caption_labels": "labels of a credit in captions and credit elements; elsewhere they name who wrote the text",
    "openers": "no name of a person begins with one, but descriptions do",
    "placing": "behind one of the openers they say where something is",
    "origins": "platforms and bodies that stand before a slash and the maker",
    "outlets": "words that make a name a publisher's or a studio's",
    "abbreviations": "a full stop behind one ends no sentence",
    "controls": "whole texts of buttons that stand where credits do",
}
AGENCY_KINDS = ("news", "pictures", "stock", "free")
# What an example of each kind may say: a type, or the words that are allowed.
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "byline": {
        "text": str,
        "names": list,
        "byline": list,
        "kind": ("person", "organisation", "generic"),
        "call": ("names", "byline", "sign_off", "dated", "about", "editors", "reviewers", "dateline", "farewell", "note"),
    },
    "credit": {
        "text": str,
        "maker": str,
        "agency": str,
        "via": str,
        "licence": str,
        "credit": str,
        "placeholder": bool,
        "none": bool,
        "labelled": bool,
        "call": ("page_level",),
        "credits": list,
    },
}
_KINDS = {str: "a text in quotes", list: "a list", bool: "true or false"}

Lists = dict[str, tuple[str, ...]]


def read(folders: Sequence[Path], kind: str, allowed: Mapping[str, str]) -> dict[str, Lists]:
    """Language to its lists, folded and joined over all packs. Raises BadRule with all faults."""
    found = packs.worked_out(f"{kind} words", folders, lambda: _read(folders, kind, allowed))
    return {language: {name: tuple(words) for name, words in lists.items()} for language, lists in found.items()}


def _read(folders: Sequence[Path], kind: str, allowed: Mapping[str, str]) -> dict[str, Lists]:
    found: dict[str, dict[str, list[str]]] = {}
    tables, faults = packs.read_all(folders, "words", f"{kind}.*toml")
    for table in tables:
        language = table.data.get("language")
        if not isinstance(language, str):
            faults.append(table.fault(("language",), 'language is missing; write language = "en" with the code of the language, or "any"'))
            language = "any"
        elif table.path.name.split(".")[1] != language:
            faults.append(table.fault(("language",), f'language = "{language}" but the file is named for "{table.path.name.split(".")[1]}"'))
        lists = found.setdefault(language, {})
        for name, value in table.data.items():
            if name == "example":
                faults += _wrong_examples(table, kind, value)
            elif name != "language":
                faults += _wrong_list(table, kind, name, value, allowed) or _kept(lists, name, value)
    if faults:
        raise BadRule(faults)
    return {language: {name: tuple(dict.fromkeys(words)) for name, words in lists.items()} for language, lists in found.items()}


def _kept(lists: dict[str, list[str]], name: str, words: Sequence[str]) -> list[str]:
    lists.setdefault(name, []).extend(fold(word).strip() for word in words)
    return []


def _wrong_list(table: packs.Table, kind: str, name: str, value: object, allowed: Mapping[str, str]) -> list[str]:
    if name not in allowed:
        guess = nearest(name, list(allowed))
        hint = f'; did you mean "{guess}"?' if guess else ""
        return [table.fault((name,), f'"{name}" is not a list of {kind} words; allowed: {", ".join((*allowed, "language", "example"))}{hint}')]
    if not isinstance(value, list):
        return [table.fault((name,), f"{name} must be a list of words in quotes")]
    wrong = [number for number, word in enumerate(value) if not isinstance(word, str) or not word.strip()]
    return [table.fault((name, number), f"{name} must be a list of words in quotes, and {value[number]!r} is none") for number in wrong]


def _wrong_examples(table: packs.Table, kind: str, value: object) -> list[str]:
    """What is wrong with the examples of a file: each is a table with its text and what is read in it."""
    if not isinstance(value, list) or not all(isinstance(example, dict) for example in value):
        return [table.fault(("example",), "write [[example]]")]
    allowed = EXAMPLES[kind]
    faults: list[str] = []
    for number, example in enumerate(value):
        if not isinstance(example.get("text"), str) or len(example) < 2:
            faults.append(table.fault(("example", number), f'an example needs text = "…" and one of {", ".join(list(allowed)[1:])}'))
        for key, given in example.items():
            if key not in allowed:
                guess = nearest(key, list(allowed))
                hint = f'; did you mean "{guess}"?' if guess else ""
                faults.append(table.fault(("example", number, key), f'unknown key "{key}"; allowed: {", ".join(allowed)}{hint}'))
            elif isinstance(allowed[key], tuple) and given not in allowed[key]:
                faults.append(table.fault(("example", number, key), f"{key} must be one of {', '.join(allowed[key])}, not {given!r}"))
            elif isinstance(allowed[key], type) and not isinstance(given, allowed[key]):
                faults.append(table.fault(("example", number, key), f"{key} must be {_KINDS[allowed[key]]}, not {given!r}"))
    return faults


def agencies(folders: Sequence[Path]) -> list[dict[str, Any]]:
    """The agencies of all packs. Raises BadRule with all faults."""
    rows: list[dict[str, Any]] = packs.worked_out("agencies", folders, lambda: _agencies(folders))
    return rows


def _agencies(folders: Sequence[Path]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    tables, faults = packs.read_all(folders, "words", "agencies.*toml")
    for table in tables:
        listed = table.data.get("agency")
        if not isinstance(listed, list) or not all(isinstance(agency, dict) for agency in listed):
            faults.append(table.fault(("agency",), "write [[agency]]"))
            continue
        for number, agency in enumerate(listed):
            written = agency.get("written")
            if not isinstance(written, list) or not written or not all(isinstance(form, str) for form in written):
                faults.append(table.fault(("agency", number, "written"), "written must be a list of words in quotes"))
            if agency.get("kind") not in AGENCY_KINDS:
                guess = nearest(str(agency.get("kind")), list(AGENCY_KINDS))
                hint = f'; did you mean "{guess}"?' if guess else ""
                faults.append(table.fault(("agency", number, "kind"), f"kind must be one of {', '.join(AGENCY_KINDS)}{hint}"))
        found += listed
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
