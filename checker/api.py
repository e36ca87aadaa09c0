"""The public API, behind `from checker import check, read, load_rules`. It changes only with a new major version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from checker.engine.rule import Rules
from checker.errors import CheckerError
from checker.facts import Page
from checker.model import PageReport, Source
from checker.scale.rulebook import Rulebook, load

__all__ = ["Rulebook", "check", "load_rule_files", "load_rules", "read"]


def load_rules(packs: Iterable[str | Path] = ()) -> Rulebook:
    """The built-in rules, words and networks, and those of these folders.

    Raises BadRule with every fault of every file.
    """
    return load(tuple(Path(pack) for pack in packs))


def load_rule_files(packs: Iterable[str | Path] = ()) -> Rules:
    """The rules alone, without the words and networks that reading a page needs."""
    from checker.scale.rulebook import load_rules as load_files

    return load_files(tuple(Path(pack) for pack in packs))


def read(page: str | bytes | Path, *, url: str | None = None, rules: Rulebook | None = None) -> Page:
    """The facts of a page. `page` is its HTML, as text or as bytes, or the Path of a file; `url` is where it was found.

    Raises CheckerError for what is no page.
    """
    from checker.scale.page import read_page

    report = read_page(_source(page, url), (rules or _built_in()).lexicon)
    if report.page is None:
        raise CheckerError(f"{report.source}: {report.reason}: {report.detail}")
    return report.page


def check(page: str | bytes | Path, *, url: str | None = None, rules: Rulebook | None = None, profiles: Sequence[str] = ("us",)) -> PageReport:
    """Judge a page (see `read`) by the rules of these profiles.

    What is no page comes back with the status `not_checked` and the reason.
    """
    from checker.engine.overrides import Selection
    from checker.scale.page import check_page
    from checker.scale.task import Choice

    rulebook = rules or _built_in()
    return check_page(_source(page, url), rulebook, Choice(Selection(tuple(profiles))).plans(rulebook.rules))


@lru_cache(maxsize=1)
def _built_in() -> Rulebook:
    return load()


def _source(page: str | bytes | Path, url: str | None) -> Source:
    from checker.sources.files import judged, load
    from checker.sources.inputs import Item

    if isinstance(page, Path):
        return load(Item(str(page), str(page)))
    body, charset = (page.encode("utf-8", "replace"), "utf-8") if isinstance(page, str) else (page, None)
    return judged(Source(url or "-", body, url=url, charset=charset, fetched=url is not None))
