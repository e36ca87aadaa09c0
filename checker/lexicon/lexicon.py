"""All word lists and the network registry of the loaded packs in one frozen value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.lexicon.credits import CreditWords
from checker.lexicon.images import ImageWords
from checker.lexicon.languages import Languages
from checker.lexicon.markup import Markup
from checker.lexicon.meta import MetaNames
from checker.lexicon.names import NameWords
from checker.lexicon.networks import Networks
from checker.lexicon.notices import NoticeWords
from checker.lexicon.page_types import PageTypes


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


def load(packs: Sequence[Path]) -> Lexicon:
    """The lexicon of these packs, the built-in one first. Raises BadRule with every fault of every file."""
    return Lexicon(
        networks=Networks.load(packs),
        notices=NoticeWords.load(packs),
        names=NameWords.load(packs),
        credits=CreditWords.load(packs),
        markup=Markup.load(packs),
        languages=Languages.load(packs),
        meta=MetaNames.load(packs),
        page_types=PageTypes.load(packs),
        images=ImageWords.load(packs),
    )
