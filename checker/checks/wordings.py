"""Checks of what a house style prescribes: the very words of a sentence, and the place where it or a notice stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from unicodedata import normalize

from checker.checks.base import Label, Value, Verdict, check, failed, passed, see, unsure
from checker.checks.notices import clear, is_seen, ours
from checker.checks.places import Place, belongs, label_of, stands_in
from checker.checks.spellings import Freedom, first_difference, nearness, plain, standing_at
from checker.facts import Notice, Page, Passage
from checker.model import Confidence, Evidence, ReviewReason
from checker.text import clip

Kind = Literal["affiliate", "sponsored", "ad_label", "policy_link"]

_SPACES = re.compile(r"[ \t\n\r\f]+")
# A passage with fewer of the sentence's words says something else.
_NEAR = 0.6
# A passage so many times as long as the sentence holds other things too, so that where they part says nothing.
_LONGER = 2


@dataclass(frozen=True, slots=True)
class _Hit:
    """A sentence found in a passage."""

    sentence: str
    index: int
    offset: int


@check("has-wording", over="page", values=("wording", "notice", "lacks", "surplus", "place", "fault", "how"), reads=("passages",))
def has_wording(_subject: Page, page: Page, *, sentences: tuple[str, ...], free: tuple[Freedom, ...] = (), places: tuple[Place, ...] = ()) -> Verdict:
    """One of these sentences stands on the page as it is written, and readers see it.

    sentences: the sentences, one of which is enough; line breaks in them count as spaces.
    free: differences that do not matter: typographic or plain quotes and dashes, other or more spaces, capital or small letters; none named: none.
    places: where it stands: under_headline (before the standfirst), under_standfirst, before_text, end, footer; none named: anywhere.
    """
    wanted = [_SPACES.sub(" ", normalize("NFC", sentence)).strip() for sentence in sentences]
    hits = _hits(page.passages, wanted, free)
    seen = [hit for hit in hits if page.passages[hit.index].hidden_by is None]
    values: dict[str, Value] = {"wording": clip((seen[0].sentence if seen else wanted[0]) if wanted else "", 160)}
    if places:
        values["place"] = label_of(places[0])
    if not hits:
        return _absent(page, wanted, free, places, values)
    if not seen:
        passage = page.passages[hits[0].index]
        values |= {"fault": Label.SENTENCE_UNSEEN, "how": _how(passage)}
        return failed(see("primary", Label.WORDING_HIDDEN, passage.spot), values)
    return _placed(page, seen, places, values)


@check("notice-stands", over="page", values=("notice", "place"), reads=("passages",))
def notice_stands(_subject: Page, page: Page, *, places: tuple[Place, ...], kinds: tuple[Kind, ...] = ("affiliate",), plain: bool = True) -> Verdict:
    """A notice that readers see stands in one of these places.

    places: under_headline (before the standfirst), under_standfirst, before_text, end, footer.
    kinds: the kinds of notice that count.
    plain: it says in plain words that links or purchases earn money.
    """
    mine = [notice for notice in ours(page) if notice.kind in kinds and is_seen(notice) and (not plain or clear(notice, (), ()))]
    values: dict[str, Value] = {"place": label_of(places[0]) if places else None}
    if not mine:
        return failed(_at_place(page, places, "primary"), values, Confidence.MEDIUM)
    values["notice"] = clip(mine[0].text, 100)
    return _placed(page, [_hit_of(notice, page.passages) for notice in mine], places, values, Confidence.MEDIUM)


def _hit_of(notice: Notice, passages: Sequence[Passage]) -> _Hit:
    index = max((at for at, passage in enumerate(passages) if passage.place <= notice.place), default=0)
    return _Hit(notice.text, index, notice.place - passages[index].place if passages else 0)


def _hits(passages: Sequence[Passage], wanted: Sequence[str], free: tuple[Freedom, ...]) -> list[_Hit]:
    sentences = [(sentence, plain(sentence, free)) for sentence in wanted]
    found: list[_Hit] = []
    for index, passage in enumerate(passages):
        text = plain(passage.text, free)
        found += [_Hit(sentence, index, at) for sentence, form in sentences if (at := standing_at(form, text)) is not None]
    return found


def _placed(
    page: Page, hits: Sequence[_Hit], places: tuple[Place, ...], values: dict[str, Value], confidence: Confidence = Confidence.HIGH
) -> Verdict:
    """Whether one of the sentences, all of which readers see, stands where it belongs."""
    answers = {hit: [stands_in(page.passages, hit.index, hit.offset, place) for place in places] for hit in hits} if page.passages else {}
    right = next((hit for hit, answer in answers.items() if not places or True in answer), None)
    if right is not None:
        return passed(see("notice", Label.WORDING_HERE, page.passages[right.index].spot), values, confidence)
    first = page.passages[hits[0].index] if page.passages else None
    evidence = see("primary", Label.WORDING_ASIDE, first.spot if first else None) + _at_place(page, places, "related")
    values["fault"] = Label.WORDING_ELSEWHERE
    if any(None in answer for answer in answers.values()):
        return unsure(ReviewReason.UNCERTAIN_CONTENT, evidence, values)
    return failed(evidence, values, Confidence.MEDIUM)


def _absent(page: Page, wanted: Sequence[str], free: tuple[Freedom, ...], places: tuple[Place, ...], values: dict[str, Value]) -> Verdict:
    """The sentence is nowhere; what comes nearest to it is shown, and where the two part."""
    values["fault"] = Label.SENTENCE_ABSENT
    seen = [passage for passage in page.passages if passage.hidden_by is None]
    near, sentence, passage = max(
        ((nearness(sentence, passage.text), sentence, passage) for sentence in wanted for passage in seen),
        key=lambda each: each[0],
        default=(0.0, "", None),
    )
    if passage is None or near < _NEAR:
        return failed(_at_place(page, places, "primary"), values)
    values |= {"wording": clip(sentence, 160), "notice": clip(passage.text, 160), "fault": Label.WORDING_ALTERED}
    if len(passage.text) <= _LONGER * len(sentence):
        values["lacks"], values["surplus"] = first_difference(plain(passage.text, free), plain(sentence, free))
    return failed(see("primary", Label.WORDING_NEAR, passage.spot), values)


def _at_place(page: Page, places: tuple[Place, ...], role: str) -> tuple[Evidence, ...]:
    there = belongs(page.passages, places[0]) if places else None
    return see(role, Label.WORDING_BELONGS, there.spot if there else page.headline or page.first_text)


def _how(passage: Passage) -> Label:
    key = f"hidden-{passage.hidden_by}"
    return Label(key) if key in set(Label) else Label.HIDDEN_SOMEHOW
