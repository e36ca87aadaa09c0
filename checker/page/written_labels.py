"""Labels and signs that a style sheet writes beside paid links: no reader of the markup finds them, and every reader of the page sees them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from checker.facts import Link, Notice, Placement, Tier
from checker.lexicon.markup import Markup
from checker.lexicon.notices import NoticeWords
from checker.text import clip, tidy

_LONGEST = 40
_AROUND = " \u00a0()[]"
_SIGN = "symbol"


@dataclass(frozen=True, slots=True)
class Written:
    """What a text beside a link says: a label, as notices are read, or a `sign`."""

    text: str
    kind: str = "affiliate"
    clarity: str = "weak"
    signals: tuple[str, ...] = (_SIGN,)
    language: str = ""
    sign: str | None = None


LabelOf = Callable[[str], Written | None]


def label_reader(notices: NoticeWords, markup: Markup, language: str | None) -> LabelOf:
    """What reads the texts beside the links of a page in this language."""
    known: dict[str, Written | None] = {}

    def label_of(text: str) -> Written | None:
        if text not in known:
            known[text] = _read(tidy(text), notices, markup.link_signs, language)
        return known[text]

    return label_of


def _read(text: str, notices: NoticeWords, signs: Sequence[str], language: str | None) -> Written | None:
    if not text or len(text) > _LONGEST:
        return None
    for said in notices.judge(text, [language.split("-")[0]] if language else []):
        if said.kind == "ad_label" or (said.kind == "affiliate" and "denial" not in said.signals):
            return Written(text, said.kind, said.clarity, tuple(said.signals), said.language)
    bare = text.strip(_AROUND)
    return Written(text, language=language or "", sign=bare) if bare in signs else None


def with_written(links: Sequence[Link], notices: Sequence[Notice], label_of: LabelOf) -> tuple[list[Link], list[Notice]]:
    """The links with the signs that are written behind them, and the notices with one for each label, which speaks for the links that carry it."""
    found: dict[Written, list[Link]] = {}
    marked: list[Link] = []
    for link in links:
        written = _beside(link, label_of)
        if written is not None:
            found.setdefault(written, []).append(link)
        marked.append(replace(link, sign=link.sign or written.sign) if written is not None else link)
    due = [link for link in marked if _pays(link) and link.sets_order]
    # With a key to the sign the key is the notice.
    has_key = any(_SIGN in notice.signals for notice in notices)
    labels = [_notice(written, of, due) for written, of in found.items() if not (written.sign and has_key)]
    return marked, [*notices, *_weighed(labels, notices, due)]


def _beside(link: Link, label_of: LabelOf) -> Written | None:
    if link.sight is None or not link.sight.is_seen or not _pays(link):
        return None
    texts = (text for text in (link.sight.before, link.sight.after) if text)
    return next((written for text in texts if (written := label_of(text)) is not None), None)


def _pays(link: Link) -> bool:
    return link.affiliate is not Tier.POSSIBLE and not link.hidden


def _notice(written: Written, links: Sequence[Link], due: Sequence[Link]) -> Notice:
    first = links[0]
    covers = tuple(dict.fromkeys(link.href for link in links))
    return Notice(
        spot=first.spot,
        text=clip(f"{first.text} {written.text}" if written.sign else written.text, 220),
        kind=written.kind,
        clarity=written.clarity,
        placement=Placement.BEFORE if not written.sign and due and due[0].href in covers else Placement.AFTER,
        region=first.region,
        hidden=False,
        language=written.language,
        signals=written.signals,
        covers=covers,
        place=first.place,
        sight=first.sight,
    )


def _weighed(labels: Sequence[Notice], notices: Sequence[Notice], due: Sequence[Link]) -> list[Notice]:
    """Labels that leave paid links unmarked are no plain notice of the page."""
    covered = {href for label in (*labels, *notices) if label.covers != "page" and not label.hidden for href in label.covers}
    if all(link.href in covered for link in due):
        return list(labels)
    return [replace(label, clarity="weak") if label.kind == "ad_label" else label for label in labels]
