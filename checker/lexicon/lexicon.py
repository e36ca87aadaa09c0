"""All word lists and the network registry of the loaded packs in one frozen value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.errors import BadRule
from checker.lexicon import wordlists
from checker.lexicon.credits import CreditWords
from checker.lexicon.furniture import Furniture
from checker.lexicon.images import ImageWords
from checker.lexicon.languages import Languages
from checker.lexicon.markup import Markup
from checker.lexicon.meta import MetaNames
from checker.lexicon.names import NameWords
from checker.lexicon.networks import Networks
from checker.lexicon.notices import NoticeWords
from checker.lexicon.page_types import PageTypes
from checker.packs import Gathering, built_in


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists and the network registry of the loaded packs."""

    networks: Networks
    notices: NoticeWords
    names: NameWords
    credits: CreditWords
    markup: Markup
    languages: Languages
    meta: MetaNames
    page_types: PageTypes
    images: ImageWords
    furniture: Furniture


def load(packs: Sequence[Path]) -> Lexicon:
    """The lexicon of these packs, the built-in one first. Raises BadRule with every fault of every file."""
    gathering = Gathering()
    own = [pack for pack in packs if pack.resolve() != built_in().resolve()]
    if own:  # the files of the built-in pack are held by the tests
        with gathering:
            _ask_word_files(own)
        with gathering:
            wordlists.agencies(own)
    with gathering:
        networks = Networks.load(packs)
    with gathering:
        notices = NoticeWords.load(packs)
    with gathering:
        names = NameWords.load(packs)
    with gathering:
        credit_words = CreditWords.load(packs)
    gathering.end()
    return Lexicon(
        networks=networks,
        notices=notices,
        names=names,
        credits=credit_words,
        markup=Markup.load(packs),
        languages=Languages.load(packs),
        meta=MetaNames.load(packs),
        page_types=PageTypes.load(packs),
        images=ImageWords.load(packs),
        furniture=Furniture.load(packs),
    )


def _ask_word_files(packs: Sequence[Path]) -> None:
    from checker.lexicon.word_files import faults

    wrong = faults(packs)
    if wrong:
        raise BadRule(wrong)
