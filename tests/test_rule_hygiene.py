"""What every built-in rule keeps to, beyond its schema."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from functools import cache
from itertools import chain

import pytest

from checker import engine
from checker.checks import Check, Label
from checker.engine import Authority, Rule, Rules
from checker.engine.fill import bare_names_in, fill, names_in
from checker.model import NotCheckedReason, Outcome, ReviewReason, Severity
from checker.packs import built_in
from checker.text import LANGUAGES


@cache
def _rules() -> Rules:
    return engine.load([built_in()])


RULES = list(_rules().rules.values())
AUTHORITIES = list(_rules().authorities.values())

# A name states the fault, so that "ignore paid-link-without-notice" reads right.
NOT_A_FAULT = re.compile(r"^(no|not|require|ensure|check|validate|must|should|missing|avoid|use|has|valid)-|-(required|check|rule|validation)$")
# Strong verbs belong to texts that bind.
OBLIGATION = re.compile(r"\b(must|have to|has to|obliged|required|requires|shall|mandatory)\b", re.IGNORECASE)
# We report what a page shows; nobody is judged.
VERDICT = re.compile(
    r"\b(illegal|unlawful|compliant|non-compliant|compliance|violates?|breach(es)?|break(s)? the law|guilty|offen[cs]e)\b", re.IGNORECASE
)

per_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


def words_of(rule: Rule) -> dict[str, str]:
    return {f"{language}.{key}": text for language, texts in rule.texts.items() for key, text in texts.items()}


def authorities_of(rule: Rule) -> list[Authority]:
    return [_rules().authorities[authority] for authority in rule.authorities]


@per_rule
def test_the_name_states_the_fault(rule: Rule) -> None:
    assert not NOT_A_FAULT.search(rule.name)


@per_rule
def test_the_verb_is_as_strong_as_the_authority(rule: Rule) -> None:
    if not any(authority.binds for authority in authorities_of(rule)):
        assert {key: text for key, text in words_of(rule).items() if OBLIGATION.search(text)} == {}


@per_rule
def test_no_text_is_a_legal_verdict(rule: Rule) -> None:
    assert {key: text for key, text in words_of(rule).items() if VERDICT.search(text)} == {}


@per_rule
def test_an_error_rests_on_a_text_that_somebody_has_read(rule: Rule) -> None:
    held = [profile.rules[rule.id].severity for profile in _rules().profiles.values() if rule.id in profile.rules]
    if Severity.ERROR in (rule.severity, *held):
        assert any(authority.verified for authority in authorities_of(rule))


def asks_by_itself(check: Check) -> bool:
    """Whether a check may be unsure whatever its options are."""
    return "unsure(" in inspect.getsource(check.function) and not any("review" in str(hint) for hint in check.function.__annotations__.values())


ERRORS = [
    (profile, rule)
    for profile, held in sorted(_rules().profiles.items())
    for rule, holding in held.rules.items()
    if holding.severity is Severity.ERROR
]


@pytest.mark.parametrize(("profile", "rule"), ERRORS)
def test_an_error_of_a_profile_rests_on_a_text_of_that_profile_that_somebody_has_read(profile: str, rule: str) -> None:
    holding = _rules().profiles[profile].rules[rule]
    asking = holding.authorities or _rules().rules[rule].authorities
    assert holding.verified
    assert any(_rules().authorities[authority].verified for authority in asking)


@per_rule
def test_a_question_can_be_asked(rule: Rule) -> None:
    """A rule that can end in a question has one, answered by yes or no, and a sentence to go with it."""
    calls = (*rule.when.calls, *rule.expect.calls)
    options = dict(chain.from_iterable(call.options for call in calls))
    may_ask = rule.absence or "review" in options.values() or any(asks_by_itself(call.check) for call in calls)
    assert (rule.text("question") is not None) == may_ask
    for key, text in words_of(rule).items():
        if ".question" in key:
            assert text.endswith(("?", "？"))
            assert not key.startswith("en.") or re.match(r"(Is|Are|Do|Does|Did|Can|Would|Will|Has|Have)\b", text), text
    if "review" in options.values():
        assert rule.text("needs_review") is not None


@per_rule
def test_sentences_are_sentences_whatever_is_known(rule: Rule) -> None:
    """With every value unknown that may be, nothing is left of the brackets, and the sentence still ends as one."""
    for key, text in words_of(rule).items():
        bare = fill(text, dict.fromkeys(bare_names_in(text), "X"))
        # French parts a semicolon from the word before it.
        wrong = r"[\[\]{}]|  |\(\)| [.,]" if key.startswith("fr.") else r"[\[\]{}]|  |\(\)| [.,;]"
        assert not re.search(wrong, bare), (key, bare)
        assert bare.endswith((".", "?", "。", "？")), (key, bare)


@per_rule
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_missing_in_any_language(rule: Rule, language: str) -> None:
    english, texts = rule.texts["en"], rule.texts.get(language, {})
    assert texts.keys() == english.keys()
    for key, text in texts.items():
        assert sorted(names_in(text)) == sorted(names_in(english[key])), f"{key}: a translation speaks of the same values"
        assert language == "en" or text != english[key], f"{key} is not translated"


@pytest.mark.parametrize("language", LANGUAGES)
def test_shared_words_exist_in_every_language(language: str) -> None:
    texts = _rules().texts
    assert [key for key, words in texts.labels.items() if not words.get(language)] == []
    assert [key for key, said in texts.reasons.items() if said.get(language, {}).keys() != said["en"].keys()] == []


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.examples], ids=lambda rule: rule.id)
def test_the_pass_differs_from_the_violation_by_a_small_edit(rule: Rule) -> None:
    # By lines, whatever their order: a line changed, moved or added.
    # What is measured may only ask.
    wrong = next(each for each in (Outcome.VIOLATION, Outcome.NEEDS_REVIEW) if any(example.expect is each for example in rule.examples))
    violations = [Counter(example.html.split("\n")) for example in rule.examples if example.expect is wrong]
    passes = [Counter(example.html.split("\n")) for example in rule.examples if example.expect is Outcome.PASS]
    assert min(max((a - b).total(), (b - a).total()) for a in violations for b in passes) <= 2


@per_rule
def test_examples_have_titles_of_their_own(rule: Rule) -> None:
    titles = [example.title for example in rule.examples]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("authority", AUTHORITIES, ids=lambda authority: authority.id)
def test_an_authority_speaks_in_our_words_and_can_be_looked_up(authority: Authority) -> None:
    assert authority.url.startswith("https://")
    assert authority.asks.endswith(".")
    if not authority.binds:
        assert not OBLIGATION.search(authority.asks)


def test_every_authority_is_used() -> None:
    held = [holding for profile in _rules().profiles.values() for holding in profile.rules.values()]
    used = {authority for rule in RULES for authority in rule.authorities} | {authority for holding in held for authority in holding.authorities}
    assert sorted(set(_rules().authorities) - used) == []


def test_every_rule_is_in_a_profile() -> None:
    held = {rule for profile in _rules().profiles.values() for rule in profile.rules}
    # Every profile holds what is over waivers.
    held |= {rule.id for rule in RULES if rule.select.over == "waivers"}
    # The licences of free libraries ask for no credit: only a house may want it.
    assert sorted({rule.id for rule in RULES} - held) == ["IMG409"]


def test_the_default_profile_is_as_severe_as_the_design_says() -> None:
    us = {rule: holding.severity for rule, holding in _rules().profiles["us"].rules.items()}
    errors = {rule for rule, severity in us.items() if severity is Severity.ERROR}
    warnings = {rule for rule, severity in us.items() if severity is Severity.WARNING}
    assert {"AFF001", "AFF002", "AFF003", "AFF004", "AFF005"} <= errors
    assert {"AFF007", "IMG401", "IMG405", "AUT501", "AUT502", "LNK201"} <= warnings
    assert us["AFF017"] is Severity.INFO


@pytest.mark.parametrize("label", Label)
def test_every_label_has_words(label: Label) -> None:
    assert _rules().texts.labels[label]["en"]


def test_no_label_is_left_over() -> None:
    assert sorted(set(_rules().texts.labels) - set(Label)) == []


def test_every_reason_is_explained() -> None:
    assert set(_rules().texts.reasons) == {*ReviewReason, *NotCheckedReason}
    for reason in ReviewReason:
        question = _rules().texts.reason(reason, "question", "en")
        assert question is not None
        assert question.endswith("?")
    for reason in (ReviewReason.UNCERTAIN_ENCODING, ReviewReason.PARTLY_READ):
        assert _rules().texts.reason(reason, "message", "en"), "the engine itself gives this reason; every rule needs words for it"
