"""Checks of notices: whether readers are told in words that links earn money, visibly, in the article, and before they click."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from checker.checks.base import Label, Value, Verdict, check, failed, passed, see, unsure
from checker.checks.links import first_link, link_values, paid_links, see_link, sureness
from checker.facts import Link, Notice, Page, Placement, Region
from checker.link_order import is_of_site
from checker.model import Confidence, Evidence, ReviewReason
from checker.text import clip

Kind = Literal["affiliate", "sponsored", "ad_label", "policy_link"]
Hiding = Literal[
    "attribute", "style", "details", "noscript", "template", "comment", "script", "title", "alt", "content",
    "display", "hover", "control", "visibility", "opacity", "zero_size", "clip", "cut", "scrolled", "off_screen", "covered", "transparent", "no_ink",
]  # fmt: skip

# A comment's or another story's notice says nothing about this page.
_NOT_OURS = frozenset((Region.COMMENTS, Region.RELATED))

# These speak of the page's links even in words that are not plain; a sponsor's name does so only where it is plain.
_SPEAKS = frozenset(("affiliate", "policy_link", "ad_label"))

# Mean length of an English word with its punctuation; where words are not spaced, two characters make about one.
_CHARACTERS_A_WORD = 5
_UNSPACED = {"ja": 2, "zh": 2, "th": 4}


@check("has-injected-notice", over="page", values=("notice",))
def has_injected_notice(_subject: Page, page: Page) -> Verdict:
    """The page holds an empty box, or data, from which a script makes a notice."""
    brought = [notice for notice in ours(page) if notice.hidden_by == "script"]
    if not brought:
        return failed()
    return passed(see("primary", Label.PLUGIN_BOX, brought[0].spot), {"notice": clip(brought[0].text, 100)}, Confidence.MEDIUM)


@check("has-notice", over="page", values=("host", "network", "count", "notice", "how", "words"))
def has_notice(
    _subject: Page,
    page: Page,
    *,
    kinds: tuple[Kind, ...] = ("affiliate", "sponsored", "ad_label", "policy_link"),
    not_hidden_by: tuple[Hiding, ...] = (),
    visible: bool = False,
    revealable: Literal["no", "review"] = "no",
    in_words: bool = False,
    explained: bool = False,
    plain: bool = False,
    not_in: tuple[Region, ...] = (),
    only_in: tuple[Region, ...] = (),
    opening: bool = False,
    above_headline: bool = False,
    in_page_language: bool = False,
    before_links: bool = False,
    behind_site_links: Literal["no", "review"] = "no",
    firm: bool = False,
    accept: tuple[str, ...] = (),
    refuse: tuple[str, ...] = (),
    doubt: tuple[str, ...] = (),
    unsigned: bool = False,
) -> Verdict:
    """A notice stands on the page that has all these properties.

    kinds: the kinds of notice that count.
    not_hidden_by: ways of hiding that make it as good as absent.
    visible: readers see it without doing anything.
    revealable: what a hidden notice counts for that a script or a control may show: nothing, or a question.
    in_words: it says something itself and is not only a link or a button that leads to a notice.
    explained: it says something in words, and is not only a sign beside a link.
    plain: it says in plain words that links or purchases earn money.
    not_in: regions of the page in which it does not count.
    only_in: regions of the page in which alone it counts; none named: everywhere.
    opening: it stands in the title area or in the first block of the text.
    above_headline: it stands before the headline, or in it.
    in_page_language: it is in the language of the page, where that is known.
    before_links: it comes before the first paid link of the article, or where none is known to pay, before the first that may.
    behind_site_links: what a notice counts for that only comes after links which stand, as on every page, in the site's menus or sidebar:
        nothing, or a question.
    firm: it says that money is earned, not that it may be.
    accept: signals, one of which makes a notice plain; none named: its clarity decides.
    refuse: signals that keep a notice from being plain.
    doubt: signals that leave it open whether a notice is plain, which is a question.
    unsigned: it does not only explain a sign beside the links.
    """

    def is_plain(notice: Notice) -> bool:
        return clear(notice, accept, (*refuse, *doubt))

    def in_order(notice: Notice) -> bool:
        return precedes(notice, link)

    link = first_link(page)
    steps: list[tuple[bool, Label, Callable[[Notice], bool]]] = [
        (bool(not_hidden_by), Label.NOTICE_HIDDEN, lambda n: n.hidden_by not in not_hidden_by),
        (visible, Label.NOTICE_HIDDEN, is_seen),
        (in_words, Label.NOTICE_POINTS, lambda n: n.kind != "policy_link" and (not n.link_only or is_plain(n))),
        (explained, Label.NOTICE_SIGN, lambda n: set(n.signals) != {"symbol"}),
        (unsigned, Label.NOTICE_SIGN, lambda n: "symbol" not in n.signals),
        (plain, Label.NOTICE_UNCLEAR, is_plain),
        # The label of a link stands where the link stands.
        (bool(not_in), Label.NOTICE_ASIDE, lambda n: n.region not in not_in or n.covers != "page"),
        (bool(only_in), Label.NOTICE_ASIDE, lambda n: n.region in only_in),
        (opening, Label.NOTICE_LATE, lambda n: n.opening),
        (above_headline, Label.NOTICE_LATE, lambda n: n.above_headline or page.headline is None),
        (in_page_language, Label.NOTICE_FOREIGN, lambda n: page.language is None or _language(n.language) == _language(page.language)),
        (before_links, Label.NOTICE_LATE, in_order),
        (firm, Label.NOTICE_HEDGED, lambda n: "hedge" not in n.signals),
    ]
    # A rule that asks for labels of paid content alone means weak ones too.
    speaks = _SPEAKS if _SPEAKS.intersection(kinds) - {"ad_label"} else frozenset(kinds)
    left = [notice for notice in ours(page) if notice.kind in kinds and (notice.kind in speaks or is_plain(notice))]
    if not left:
        return failed(_link_first(link, None, None, page), link_values(link, page), sureness(link))
    for wanted, label, holds in steps:
        if not wanted:
            continue
        kept = [notice for notice in left if holds(notice)] or (_beside_all_links(left, page) if label is Label.NOTICE_ASIDE else [])
        if not kept:
            revealed = [notice for notice in left if notice.revealable or notice.hidden_by == "script"]
            if label is Label.NOTICE_HIDDEN and revealable == "review" and revealed:
                return unsure(ReviewReason.SCRIPT_REVEALED, _notice_first(revealed[0], label, link, page), _values(revealed[0], link, page))
            doubtful = [notice for notice in left if label is Label.NOTICE_UNCLEAR and doubt and clear(notice, accept, refuse)]
            if doubtful:
                return unsure(ReviewReason.HEDGED_WORDING, _notice_first(doubtful[0], label, link, page), _values(doubtful[0], link, page))
            if holds is in_order and behind_site_links == "review" and link is not None and _is_of_site(link, left):
                return unsure(ReviewReason.UNCERTAIN_CONTENT, _link_first(link, left[0], label, page), _values(left[0], link, page))
            return _falls_short(left[0], label, link, page)
        left = kept
    return passed(see("notice", Label.NOTICE_HERE, left[0].spot), _values(left[0], link, page))


def _is_of_site(link: Link, notices: list[Notice]) -> bool:
    """Whether the link is the site's, and each notice stands elsewhere: no link of the article has come before one."""
    return is_of_site(link) and all(notice.region is not link.region for notice in notices)


def _language(code: str) -> str:
    return code.lower().split("-")[0]


def _beside_all_links(notices: list[Notice], page: Page) -> list[Notice]:
    """Where the only paid links stand in a box of the sidebar, their notice belongs there too."""
    if any(link.region is not Region.SIDEBAR for link in paid_links(page)):
        return []
    return [notice for notice in notices if notice.region is Region.SIDEBAR]


def ours(page: Page) -> list[Notice]:
    """The notices of this page and of nobody else. "We are not paid" is none."""
    return [notice for notice in page.notices if (notice.region not in _NOT_OURS or notice.covers != "page") and "denial" not in notice.signals]


def precedes(notice: Notice, link: Link | None) -> bool:
    """Whether a reader meets the notice before the link."""
    if notice.placement is Placement.NO_LINK and link is not None:
        return notice.place <= link.place
    return notice.placement is not Placement.AFTER


def is_seen(notice: Notice) -> bool:
    """Whether readers see it without doing anything; a closed box is not hidden, but has to be opened."""
    return not notice.hidden and notice.hidden_by is None


def clear(notice: Notice, accept: tuple[str, ...], refuse: tuple[str, ...]) -> bool:
    """Whether the wording is plain: by the signals that a profile accepts, or by the summary where it names none."""
    if "denial" in notice.signals or any(_signal(notice, wanted) for wanted in refuse):
        return False
    return any(_signal(notice, wanted) for wanted in accept) if accept else notice.clarity == "clear"


def _signal(notice: Notice, wanted: str) -> bool:
    # "label" stands for every "label:<id>".
    return any(signal == wanted or signal.startswith(f"{wanted}:") for signal in notice.signals)


def _falls_short(best: Notice, label: Label, link: Link | None, page: Page) -> Verdict:
    """The failure of the best notice that there is: which it is, and what it lacks."""
    values = _values(best, link, page)
    if label is Label.NOTICE_LATE:
        return failed(_link_first(link, best, label, page), values, sureness(link))
    confidence = min(
        sureness(link), Confidence.MEDIUM if label in (Label.NOTICE_UNCLEAR, Label.NOTICE_HEDGED) else Confidence.HIGH, key=_CERTAINTY.index
    )
    return failed(_notice_first(best, label, link, page), values, confidence)


_CERTAINTY = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)


def _link_first(link: Link | None, notice: Notice | None, label: Label | None, page: Page) -> tuple[Evidence, ...]:
    found = see_link("primary", link)
    if notice is not None and label is not None:
        found += see("notice", label, notice.spot)
    return found + see("insertion", Label.NOTICE_BELONGS, page.first_text)


def _notice_first(notice: Notice, label: Label, link: Link | None, page: Page) -> tuple[Evidence, ...]:
    found = see("primary", label, notice.spot) + see_link("first_affiliate_link", link)
    return found + see("insertion", Label.NOTICE_BELONGS, page.first_text)


def _values(notice: Notice, link: Link | None, page: Page) -> dict[str, Value]:
    return link_values(link, page) | {"notice": clip(notice.text, 100), "how": _how(notice), "words": _words_between(link, notice, page)}


def _how(notice: Notice) -> Label | None:
    if is_seen(notice):
        return None
    key = f"hidden-{notice.hidden_by}".replace("_", "-")
    return Label(key) if key in set(Label) else Label.HIDDEN_SOMEHOW


def _words_between(link: Link | None, notice: Notice, page: Page) -> int | None:
    """About how many words a reader passes between the link and the notice, to two figures; None where it is not worth saying."""
    if link is None:
        return None
    language = notice.language.split("-")[0] if page.language is None else page.language.split("-")[0]
    words = (notice.place - link.place) // _UNSPACED.get(language, _CHARACTERS_A_WORD)
    if words < 10:
        return None
    return round(words, -1) if words < 1000 else round(words, -2)
