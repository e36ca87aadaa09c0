"""How often the program is right about the labelled pages, against floors that may only rise.

`python -m pytest tests/test_accuracy.py -s` prints the figures and what is behind each miss.
"""

from __future__ import annotations

import math
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from checker.facts import Link, Notice, Region, Tier
from checker.text import fold
from fixtures.labelled import FOLDERS, Case, fits, holds, labelled

FLOORS: dict[str, dict[str, float]] = tomllib.loads((Path(__file__).parent.parent / "fixtures" / "floors.toml").read_text("utf-8"))
# A floor lies no further than this below what is reached: less than one label weighs in any measure.
STEP = 0.005
PAYS = frozenset((Tier.CERTAIN, Tier.LIKELY))
DEFECTS = frozenset(("clear_after", "footer_only", "weak_or_link_only", "missing"))
OWN = frozenset(("affiliate", "sponsored"))


@dataclass(slots=True)
class Score:
    """What was found and right, found and wrong, and not found; `misses` says where."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        self.misses += other.misses

    @property
    def figures(self) -> dict[str, float]:
        return {"precision": share(self.right, self.wrong), "recall": share(self.right, self.missed)}


def share(right: int, rest: int) -> float:
    return right / (right + rest) if right + rest else 1.0


def sets(wanted: set[str], found: set[str], allowed: frozenset[str] = frozenset()) -> Score:
    """Both as names; what is `allowed` is neither asked for nor counted as wrong."""
    more, absent = found - wanted - allowed, wanted - found
    return Score(
        len(wanted & found), len(more), len(absent), [f"more: {name}" for name in sorted(more)] + [f"absent: {name}" for name in sorted(absent)]
    )


def answer(wanted: str, found: str) -> Score:
    """One question with one answer; a wrong one is found and wrong, and the right one missed."""
    return Score(right=1) if wanted == found else Score(wrong=1, missed=1, misses=[f"{found}, not {wanted}"])


# The measures -----------------------------------------------------------------------------------------------------------------------------


def affiliate_page(case: Case) -> Score:
    wanted = {"pays"} if must_pay(case) else set[str]()
    maybe = {"pays"} if may_pay(case) else set[str]()
    return sets(wanted, {"pays"} if paying(case) else set(), frozenset(maybe))


def affiliate_links(case: Case) -> Score:
    return sets(must_pay(case), {name_at(case, link, may_pay(case)) for link in paying(case)}, frozenset(may_pay(case)))


def notice_pages(case: Case) -> Score:
    if "notices" not in case.facts:
        return Score()
    wanted, maybe = own_notices(case, optional=False), own_notices(case, optional=True)
    found = {"notice"} if any(notice.kind in OWN for notice in case.page.notices) else set[str]()
    return sets({"notice"} if wanted else set(), found, frozenset({"notice"} if maybe else ()))


def notice_texts(case: Case) -> Score:
    if "notices" not in case.facts:
        return Score()
    listed = case.facts["notices"]
    found = {spoken(case, notice, listed) for notice in case.page.notices if notice.kind in OWN or is_listed(case, notice, listed)}
    return sets({each["id"] for each in own_notices(case, optional=False)}, found, frozenset(each["id"] for each in listed))


def notice_verdict(case: Case) -> Score:
    return answer(case.expect["verdicts"]["affiliate_notice"], case.page.verdicts.affiliate_notice)


def notice_defect(case: Case) -> Score:
    wanted, found = case.expect["verdicts"]["affiliate_notice"], case.page.verdicts.affiliate_notice
    return sets({"defect"} if wanted in DEFECTS else set(), {"defect"} if found in DEFECTS else set())


def byline_names(case: Case) -> Score:
    wanted = {fold(each["name"]) for each in case.facts["authors"] if each.get("visible", True)}
    return sets(wanted, {fold(author.name) for author in case.page.authors if author.visible})


def byline_kind(case: Case) -> Score:
    wanted = case.expect["verdicts"]["author"]
    return Score() if wanted == "not_applicable" else answer(wanted, case.page.verdicts.author)


def content_images(case: Case) -> Score:
    wanted = [each["id"] for each in case.facts["images"] if each.get("content", True)]
    found = [image.spot for image in case.page.images if image.content]
    return sets(set(wanted), {next((name for name in wanted if case.at(spot, name)), case.mark_of(spot)) for spot in found})


def image_credits(case: Case) -> Score:
    score = Score()
    for each in case.facts["images"]:
        for image in case.page.images:
            if "credit" in each and case.at(image.spot, each["id"]):
                text, wanted = image.credit.text if image.credit else "", each["credit"]
                right = bool(wanted and text) and holds(text, wanted)
                miss = [] if right or not (wanted or text) else [f"{each['id']}: {text!r}, not {wanted!r}"]
                score.add(Score(int(right), int(bool(text) and not right), int(bool(wanted) and not right), miss))
    return score


MEASURES: dict[str, Callable[[Case], Score]] = {
    measure.__name__: measure
    for measure in (
        *(affiliate_page, affiliate_links, notice_pages, notice_texts, notice_verdict, notice_defect),
        *(byline_names, byline_kind, content_images, image_credits),
    )
}


# What they are made of --------------------------------------------------------------------------------------------------------------------


def tiers(each: dict[str, Any]) -> set[str]:
    """What the label lets a link be; any tier, if it does not say."""
    value = each.get("affiliate", list(Tier))
    return {str(tier) for tier in (value if isinstance(value, list) else [value])}


def must_pay(case: Case) -> set[str]:
    links = case.facts["links"]
    return {each["id"] for each in links if not each.get("optional") and tiers(each) <= PAYS and not fits("comments", each.get("region"))}


def may_pay(case: Case) -> set[str]:
    return {each["id"] for each in case.facts["links"] if tiers(each) & PAYS}


def paying(case: Case) -> list[Link]:
    """The links that count in the verdict: a reader's own, in the comments, do not."""
    return [link for link in case.page.links if link.affiliate in PAYS and link.region is not Region.COMMENTS]


def name_at(case: Case, link: Link, names: set[str]) -> str:
    return next((name for name in sorted(names) if case.at(link.spot, name)), case.mark_of(link.spot))


def own_notices(case: Case, *, optional: bool) -> list[dict[str, Any]]:
    """Those that the page must have; or, with `optional`, also those that it may have."""
    kinds = [(each, set(kind if isinstance(kind := each.get("kind", "affiliate"), list) else [kind])) for each in case.facts["notices"]]
    return [each for each, kind in kinds if (kind & OWN if optional else kind <= OWN and not each.get("optional"))]


def is_listed(case: Case, notice: Notice, listed: list[dict[str, Any]]) -> bool:
    return any(case.at(notice.spot, each["id"]) for each in listed)


def spoken(case: Case, notice: Notice, listed: list[dict[str, Any]]) -> str:
    """The label of which the notice says a piece, or the place and words of the notice."""
    here = [each["id"] for each in listed if case.at(notice.spot, each["id"]) and ("text" not in each or holds(notice.text, each["text"]))]
    return here[0] if here else f"{case.mark_of(notice.spot)}: {notice.text[:60]}"


# The floors -------------------------------------------------------------------------------------------------------------------------------


@cache
def scores() -> dict[str, Score]:
    return {name: total(measure) for name, measure in MEASURES.items()}


def total(measure: Callable[[Case], Score]) -> Score:
    score = Score()
    for folder in FOLDERS:
        one = measure(labelled(folder))
        one.misses = [f"{folder.name}: {miss}" for miss in one.misses]
        score.add(one)
    return score


def rows() -> Iterator[str]:
    yield f"{'':16} {'precision':>9} {'floor':>6} {'recall':>9} {'floor':>6}   right wrong missed"
    for name, score in scores().items():
        shown = "".join(f" {score.figures[figure]:9.3f} {FLOORS[name][figure]:6.3f}" for figure in ("precision", "recall"))
        yield f"{name:16}{shown}   {score.right:5} {score.wrong:5} {score.missed:6}"
    for name, score in scores().items():
        yield from (f"{name}: {miss}" for miss in score.misses)


def test_the_figures_are_printed() -> None:
    sys.stdout.write("\n" + "\n".join(rows()) + "\n")


def test_every_measure_has_floors_and_no_other() -> None:
    assert {name: set(floor) for name, floor in FLOORS.items()} == {name: {"precision", "recall"} for name in MEASURES}


@pytest.mark.parametrize("name", MEASURES)
def test_there_is_enough_to_measure(name: str) -> None:
    score = scores()[name]
    assert score.right + score.missed >= 30


@pytest.mark.parametrize("figure", ["precision", "recall"])
@pytest.mark.parametrize("name", MEASURES)
def test_the_floor_holds_and_is_near(name: str, figure: str) -> None:
    reached, floor = scores()[name].figures[figure], FLOORS[name][figure]
    assert reached >= floor, "\n".join([f"{name}: {figure} fell to {reached:.4f}", *scores()[name].misses])
    assert reached - floor < STEP, f"raise the floor of {name}.{figure} in fixtures/floors.toml to {math.floor(reached * 1000) / 1000}"


# The measuring itself ---------------------------------------------------------------------------------------------------------------------


def test_counts() -> None:
    score = sets({"a", "b"}, {"b", "c", "d"}, frozenset("d"))
    assert (score.right, score.wrong, score.missed) == (1, 1, 1)
    assert score.misses == ["more: c", "absent: a"]
    assert score.figures == {"precision": 0.5, "recall": 0.5}
    assert Score().figures == {"precision": 1.0, "recall": 1.0}
    assert answer("none", "person").figures == {"precision": 0.0, "recall": 0.0}


def test_every_measure_sees_a_wrong_answer() -> None:
    page = labelled(next(folder for folder in FOLDERS if folder.name == "founding-story"))
    assert not any(measure(page).misses for measure in MEASURES.values())
    bare = {**page.facts, "links": [], "notices": [], "authors": [], "images": []}
    verdicts = {"affiliate_notice": "not_needed", "author": "generic", "image_credits": "none"}
    unlike = replace(page, expect={**page.expect, "facts": bare, "verdicts": verdicts})
    uncredited = replace(page, expect={**page.expect, "facts": {**page.facts, "images": [{**each, "credit": ""} for each in page.facts["images"]]}})
    silent = [name for name, measure in MEASURES.items() if not measure(unlike).misses]
    assert silent == ["image_credits"], "without images there are no credits to compare"
    assert image_credits(uncredited).misses
