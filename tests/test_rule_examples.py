"""Every example of every built-in rule, read from its HTML and judged."""

from __future__ import annotations

from functools import cache

import pytest

from checker import engine
from checker.engine import Example, Rule, Rules
from checker.engine.examples import all_examples, try_example
from checker.facts import Page
from checker.lexicon import Lexicon
from checker.lexicon import load as load_lexicon
from checker.model import Source
from checker.packs import built_in
from checker.page.reader import read


@cache
def _rules() -> Rules:
    return engine.load([built_in()])


@cache
def _lexicon() -> Lexicon:
    return load_lexicon([built_in()])


def _read(source: Source) -> Page:
    return read(source, _lexicon()).with_passages()


@pytest.mark.parametrize(
    ("rule", "example"), [pytest.param(rule, example, id=f"{rule.id}::{example.title}") for rule, example in all_examples(_rules())]
)
def test_example(rule: Rule, example: Example) -> None:
    assert try_example(rule, example, _rules(), _read).fault is None


# A sentence in a language that has no word list cannot be judged.
@pytest.mark.parametrize("language", sorted(_lexicon().notices.languages.intersection(_rules().texts.paste["affiliate-notice"])))
def test_the_sentence_to_paste_is_itself_a_plain_notice(language: str) -> None:
    sentence = _rules().texts.paste["affiliate-notice"][language]
    assert "clear" in {statement.clarity for statement in _lexicon().notices.judge(sentence, [language])}
