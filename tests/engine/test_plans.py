"""The profile "auto": which plan holds for which page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checker import engine
from checker.engine.inherit import inherited
from checker.engine.overrides import Selection
from checker.engine.plans import Plans, chosen
from checker.engine.rule import Holding, Profile, Rules
from checker.errors import BadConfig
from checker.facts import Page, Verdicts
from checker.model import Outcome, ReviewReason, Severity

PAGE = Page("a.html", None, None, "article", None, None, None, (), (), (), (), (), Verdicts("not_needed", "none", "no_content_images"))


def profile(id_: str, *rules: str, inherits: str | None = None, off: tuple[str, ...] = (), **auto: object) -> Profile:
    held = {rule: Holding(Severity.WARNING) for rule in rules}
    return Profile(id_, id_, "x", held, {}, {}, Path(f"{id_}.toml"), inherits=inherits, off=frozenset(off), **auto)  # type: ignore[arg-type]


PROFILES = {
    each.id: each
    for each in (
        profile("us", "AUT501", languages=("en",), otherwise=True),
        profile("uk", "AUT502", domains=("uk", "co.uk")),
        profile("de", "AUT501", "AUT502", languages=("de",), domains=("de",)),
        profile("at", "AUT501", domains=("at",)),
        profile("amazon", "PRG101"),
    )
}


@pytest.mark.parametrize(
    ("host", "language", "wanted"),
    [
        ("www.tee.example.de", "en", "de"),
        ("tee.co.uk", "en", "uk"),
        ("tee.uk.", "en", "uk"),
        ("tee.at", "de", "at"),
        ("tee.com", "de", "de"),
        ("tee.com", "en", "us"),
        (None, "de", "de"),
        (None, None, "us"),
        ("tee.com", "xx", "us"),
        ("truck", None, "us"),
        ("notde", "xx", "us"),
    ],
)
def test_the_host_chooses_then_the_language(host: str | None, language: str | None, wanted: str) -> None:
    assert chosen(replace(PAGE, own_host=host, language=language), PROFILES) == wanted


@pytest.fixture
def rules() -> Rules:
    from checker.packs import built_in

    return replace(engine.load([built_in()]), profiles=PROFILES)


def test_each_page_has_its_plan_and_the_header_all_rules(rules: Rules) -> None:
    plans = Plans(rules, Selection(("auto", "amazon")))
    german, other = replace(PAGE, language="de"), PAGE
    assert plans.chooses
    assert plans.profiles == ("auto", "amazon")
    assert plans.of(german).profiles == ("de", "amazon")
    assert plans.of(german) is plans.of(replace(german, title="another"))
    assert plans.of(other).profiles == ("us", "amazon")
    assert {task.rule.id for task in plans.every.tasks} == {"AUT501", "AUT502", "PRG101"}
    fixed = Plans(rules, Selection(("uk", "uk")))
    assert (fixed.chooses, fixed.of(german).profiles) == (False, ("uk",))


def test_nothing_to_choose_from(rules: Rules) -> None:
    with pytest.raises(BadConfig, match=r"table \[auto\]"):
        Plans(replace(rules, profiles={"amazon": PROFILES["amazon"]}), Selection(("auto",)))


def test_a_profile_takes_over_leaves_out_and_changes() -> None:
    eu = replace(profile("eu", "AFF001", "AFF002", "LNK201"), wordings={"accept": ("pays",)}, paste={"notice": {"en": "EU.", "de": "Eu."}})
    de = replace(profile("de", "AFF007", inherits="eu", off=("LNK201",)), paste={"notice": {"de": "De."}})
    at = replace(profile("at", inherits="de"), rules={"AFF001": Holding(Severity.INFO, verified=False)})
    whole = inherited({each.id: each for each in (at, eu, de)})["at"]
    assert {rule: (holding.severity, holding.verified) for rule, holding in whole.rules.items()} == {
        "AFF001": (Severity.INFO, False),
        "AFF002": (Severity.WARNING, True),
        "AFF007": (Severity.WARNING, True),
    }
    assert whole.wordings == {"accept": ("pays",)}
    assert whole.paste == {"notice": {"en": "EU.", "de": "De."}}


@pytest.mark.parametrize(("section", "fires"), [("opinion", False), ("Opinion", False), ("News", True), (None, True)])
def test_a_profile_holds_nothing_for_the_sections_that_it_leaves_out(rules: Rules, section: str | None, fires: bool) -> None:
    house = replace(PROFILES["us"], unless=(("section", ("opinion", "Letters")),))
    page = replace(PAGE, language="en", section=section)
    alone = engine.plan(replace(rules, profiles={"us": house}), ["us"])
    assert bool(engine.judge(page, alone, "a").findings) is fires
    judged = engine.judge(page, engine.plan(replace(rules, profiles={"us": house, "de": PROFILES["de"]}), ["us", "de"]), "a")
    assert [finding.profiles for finding in judged.findings if finding.rule == "AUT501"] == [("us", "de") if fires else ("de",)]


def test_profiles_that_build_on_themselves_or_on_nothing_stay_as_they_are() -> None:
    ring = {each.id: each for each in (profile("a", "AFF001", inherits="b"), profile("b", inherits="a"), profile("c", inherits="zz"))}
    assert inherited(ring) == ring


def test_what_nobody_has_read_is_a_question(rules: Rules) -> None:
    unread = replace(PROFILES["us"], rules={"AUT501": Holding(Severity.ERROR, verified=False)})
    plan = engine.plan(replace(rules, profiles={"us": unread, "uk": replace(PROFILES["uk"], rules={"AUT501": Holding(Severity.INFO)})}), ["us"])
    page = replace(PAGE, language="en")
    (finding,) = engine.judge(page, plan, "a").findings
    assert (finding.outcome, finding.review and finding.review.reason) == (Outcome.NEEDS_REVIEW, ReviewReason.UNVERIFIED)
    assert finding.message == "No author is named on this page. No text that we have read settles whether this is asked for here."
    both = engine.plan(replace(rules, profiles={"us": unread, "uk": replace(PROFILES["uk"], rules={"AUT501": Holding(Severity.INFO)})}), ["us", "uk"])
    (worst,) = engine.judge(page, both, "a").findings
    assert (worst.outcome, worst.profiles, worst.severity) == (Outcome.VIOLATION, ("uk",), Severity.INFO)
