"""Which sentences say that a page earns: the examples of every word list, and what no list can promise by itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import BadRule
from checker.lexicon.examples import Tried, try_notices
from checker.lexicon.notice_lists import LISTS, TABLES, Example, Phrase, WordLists, load_lists
from checker.lexicon.notice_stems import Stems
from checker.lexicon.notice_text import Plain, plain_words, without_accents
from checker.lexicon.notices import NoticeWords, Statement
from checker.packs import built_in
from checker.text import fold
from tests.pace import in_proportion

WORDS = NoticeWords.load([built_in()])
EXAMPLES = [(language, example) for language in sorted(WORDS.languages) for example in WORDS.examples(language)]
MANY = {"en", "de", "fr", "it", "es", "ja", "ko"}
PLAIN = "We get a commission when you buy something through the links on this page."
JARGON = "This page contains affiliate links."
STORY = "The town council met on Monday to talk about the new kettle works, and nothing was decided before the winter."


def one(text: str, *languages: str, own: str | None = None) -> Statement:
    found = WORDS.judge(text, languages or ("en",), frozenset((own,)) if own else frozenset())
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("tried", list(try_notices([built_in()], WORDS)), ids=lambda tried: tried.id)
def test_an_example_is_read_as_its_list_promises(tried: Tried) -> None:
    assert tried.fault is None


@pytest.mark.parametrize(("language", "example"), [(lang, ex) for lang, ex in EXAMPLES if ex.expect != "none"], ids=str)
def test_the_scan_of_a_page_finds_what_judging_would(language: str, example: Example) -> None:
    assert WORDS.scan(fold(example.text))


def test_a_page_in_its_own_language_is_searched_for_that_language() -> None:
    for language, example in EXAMPLES:
        if example.expect == "none":
            continue
        texts = " \n".join(other.text for lang, other in EXAMPLES if lang == language)
        page = f"{texts}\n" * 8 + example.text
        assert any(at >= len(page) - len(example.text) - 1 for at in WORDS.scan(fold(page))), (language, example.text)


@pytest.mark.parametrize("language", sorted(WORDS.languages))
def test_every_phrase_of_a_list_can_be_found_in_a_page(language: str) -> None:
    assert WORDS.unsearched(language) == []


def test_the_languages_and_their_examples() -> None:
    assert {"en", "de", "fr", "it", "es", "pt", "nl", "sv", "da", "no", "fi", "pl", "cs", "tr", "ja", "ko", "zh", "id"} <= WORDS.languages
    for language in WORDS.languages:
        examples = WORDS.examples(language)
        assert len(examples) >= (15 if language in MANY else 6), language
        assert {example.expect for example in examples} == {"clear", "weak", "none"}, language


def test_two_adjoining_sentences_make_one_statement() -> None:
    text = f"{STORY} Links with a star are affiliate links. If you order, the shop pays us a commission. {STORY}"
    found = one(text)
    assert (found.clarity, found.kind) == ("clear", "affiliate")
    assert {"pays", "trigger", "jargon"} <= set(found.signals)
    assert text[found.start : found.end] == "Links with a star are affiliate links. If you order, the shop pays us a commission."


def test_two_sentences_far_apart_do_not() -> None:
    found = WORDS.judge(f"{JARGON} {STORY} {STORY} The agent took a commission.", ["en"])
    assert [statement.clarity for statement in found] == ["weak"]


def test_the_publishers_own_name_stands_for_we() -> None:
    text = f"Kettle Post earns a commission on sales. {STORY} {STORY} {STORY}"
    assert WORDS.judge(text, ["en"]) == []
    assert one(text, own="kettle post").clarity == "clear"


def test_a_hedge_is_recorded_and_does_not_weaken() -> None:
    assert "hedge" not in one(PLAIN).signals
    found = one(PLAIN.replace("get", "may get"))
    assert found.clarity == "clear"
    assert "hedge" in found.signals


def test_jargon_that_may_be_there_beside_a_definite_statement_is_no_hedge() -> None:
    found = one("This post may contain affiliate links. We earn a commission when you buy through them.")
    assert found.clarity == "clear"
    assert "hedge" not in found.signals


def test_a_denial_is_not_a_notice() -> None:
    found = one("This review has no affiliate links.")
    assert (found.clarity, found.signals) == ("weak", ("denial",))


def test_not_sponsored_but_affiliate_is_no_denial() -> None:
    found = one("This post is not sponsored but contains affiliate links.")
    assert found.kind == "affiliate"
    assert "denial" not in found.signals


def test_a_notice_quoted_in_a_story_is_not_the_pages_own() -> None:
    assert WORDS.judge(f'The shop had written: "{PLAIN[:-1]}", and the court found that nobody could read it. {STORY}', ["en"]) == []
    assert one(f'"{PLAIN}"').clarity == "clear"


def test_an_institution_with_a_capital_is_not_a_payment() -> None:
    text = "In this article we follow how the town pays a Commission that decides who may buy the links to the old works."
    assert WORDS.judge(text, ["en"]) == []
    assert one("We Earn A Commission When You Buy Through Links On This Page").clarity == "clear"


@pytest.mark.parametrize(
    "text",
    [
        PLAIN.replace("commission", "com\u00admis\u00adsion").replace("links", "li\u200bnks"),
        PLAIN.replace(" ", "\u00a0"),
        PLAIN.replace(" ", "\n      "),
        PLAIN.upper(),
        "".join(chr(ord(c) + 0xFEE0) if c.isalpha() else c for c in PLAIN),
    ],
    ids=["soft hyphens and zero-width spaces", "no-break spaces", "line breaks", "capitals", "full width"],
)
def test_how_it_is_written_does_not_matter(text: str) -> None:
    block = f"\n  {STORY}  {text}\n"
    found = one(block)
    assert found.clarity == "clear"
    assert block[found.start : found.end] == text
    assert any(found.start <= at < found.end for at in WORDS.scan(fold(block)))


def test_decomposed_accents_are_the_same_letters() -> None:
    text = unicodedata.normalize("NFD", "Cette page contient de la publicité et des liens affiliés.")
    assert one(text, "fr").clarity == "clear" or "jargon" in one(text, "fr").signals
    assert one(unicodedata.normalize("NFD", "PUBLICITÉ"), "fr").kind == "ad_label"


def test_another_language_than_the_pages_own_is_understood() -> None:
    german = "Wir bekommen eine Provision, wenn Sie über einen der Links auf dieser Seite einkaufen."
    found = one(german, "en")
    assert (found.language, found.clarity) == ("de", "clear")
    assert one(PLAIN, "fi").language == "en"
    assert one(german).start == 0


def test_labels_of_other_languages_need_the_pages_word_for_it() -> None:
    assert WORDS.judge("Anzeige", ["en"]) == []
    assert one("Anzeige", "de").kind == "ad_label"
    assert WORDS.judge("PR", ["en"]) == []
    assert one("PR", "ja").signals == ("label:pr",)


def test_a_page_whose_language_is_unknown_is_read_in_all() -> None:
    assert WORDS.judge("Reklama", [])[0].kind == "ad_label"
    assert WORDS.judge("数据 本文含有联盟链接。", [])[0].clarity == "weak"


def test_a_statement_is_shown_tidily_and_not_at_length() -> None:
    long = one(f"{'Kettles and more kettles are what we like best of all, ' * 4}and we earn a commission\n if you buy through links on this page")
    assert len(long.text) <= 220
    assert "earn a commission if you buy" in long.text


def test_a_label_that_opens_a_sentence_is_a_signal() -> None:
    assert "label:ad" in one("Ad: this article was paid for by Northern Kettles.").signals


def test_compounds_are_taken_apart() -> None:
    for word in ("Affiliatelinks", "Provisionslinks", "Partnerlinks"):
        assert one(f"Dieser Beitrag enthält {word}.", "de").signals[:2] == ("trigger", "jargon")
    assert "label:ad_link" in one("Dieser Beitrag enthält Werbelinks.", "de").signals


@pytest.mark.parametrize(
    "text",
    [
        "The agents were told that they would get a commission on each policy that a customer buys.",
        "Learn how to earn a commission from home with our courses.",
        "We earn the trust of our readers with every purchase that we review.",
        "The team, sponsored by an airline, bought a new striker and links up again on Monday.",
        "Comments that contain affiliate links are removed.",
        "We and our partners use cookies to measure ads and to show you offers that you may buy.",
        "Become an affiliate: earn a commission on every sale that you refer.",
        "The hospital and its affiliates buy kettles together.",
    ],
)
def test_news_text_about_money_is_no_notice(text: str) -> None:
    assert WORDS.judge(text, ["en"]) == []
    assert WORDS.judge(f"{text} {STORY}", ["en"]) == []


@pytest.mark.parametrize(
    "unit",
    [
        "commission ",
        "We earn a commission if you buy through links. ",
        '"',
        "\u300c",
        ". ",
        "a\u00ad",
        "amazon associate earn ",
        "(affiliate link) ",
        "*",
        "commission\n\n",
    ],
)
def test_a_hostile_block_takes_time_in_proportion(unit: str) -> None:
    def judging(size: int) -> Callable[[], object]:
        block = (unit * (size // len(unit) + 1))[:size]
        return lambda: (WORDS.judge(block, ["en"]), WORDS.scan(fold(block)))

    assert in_proportion(judging, 8_000)


PIECES = st.sampled_from(
    [
        *"aZ .!?\n\"'|*()[]\u00ad\u200b\u00a0\u0301\u300c\u300d\u3002",
        PLAIN,
        JARGON,
        STORY,
        "Anzeige",
        "Provision",
        "リンク",
        "수수료를 받습니다",
        "no affiliate links",
        "İ",
        "ß",
    ]
)


WRITTEN = load_lists([built_in()])


@pytest.mark.parametrize("language", sorted(WRITTEN))
def test_looking_for_likely_entries_only_finds_all_of_them(language: str) -> None:
    lists = WRITTEN[language]
    for text in [example.text for example in lists.examples] + [entry for name in (*LISTS, *TABLES) for _, entry in lists.written[name]]:
        plain = Plain(text, packed=not lists.spaces).text
        for name in (*LISTS, *TABLES):
            if name in {"search", "usual"}:
                continue
            every = sorted((span, key) for key, entry in lists.written[name] for span in phrase(lists, entry).find(plain, 0, len(plain)))
            found = lists.find(name, plain, 0, len(plain))
            # Letters of a script without spaces may stand around a word and hide it.
            assert found == every or (set(found) < set(every) and any(char >= "\u0e00" for char in plain)), (name, plain)


SEARCHED = [entry for lists in WRITTEN.values() for _, entry in lists.written["search"]]
PARTS = st.sampled_from(SEARCHED) | st.sampled_from(
    [" ", "  ", "a", "1", "-", " ad", "ad ", "x", "commission", "affiliate revenue", "広告", "広告収入が"]
)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(PARTS, max_size=12).map("".join),
    st.sampled_from([frozenset(("en",)), frozenset(("en", "de")), frozenset(("ja", "ko")), frozenset(WRITTEN)]),
)
def test_expressions_find_what_is_found_stem_by_stem(text: str, languages: frozenset[str]) -> None:
    stems = _stems(languages)
    folded = fold(text)
    slowly = stems.places_without_compiling(folded)
    stems.places("x" * 100_000)  # so much that they are compiled
    assert stems.places(folded) == slowly


@cache
def _stems(languages: frozenset[str]) -> Stems:
    return Stems(entry for language in languages for _, entry in WRITTEN[language].written["search"])


@cache
def _phrases(language: str) -> dict[str, Phrase]:
    return {}


def phrase(lists: WordLists, entry: str) -> Phrase:
    known = _phrases(lists.language)
    return known.get(entry) or known.setdefault(entry, lists.phrase(entry))


@pytest.mark.parametrize("language", sorted(WRITTEN))
def test_words_are_made_plain_as_texts_are(language: str) -> None:
    packed = not WRITTEN[language].spaces
    for name in (*LISTS, *TABLES):
        for _, entry in WRITTEN[language].written[name]:
            assert plain_words(entry, packed) == Plain(entry, packed).text.strip()


@given(st.text(st.sampled_from("aZ-_ éßłøıạ\u0301リ\ud800"), max_size=12))
def test_letters_lose_their_accents_one_by_one(text: str) -> None:
    assert without_accents(text) == "".join(without_accents(char) for char in text)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join), st.lists(st.sampled_from(["en", "de", "ja", "ko", "xx"]), max_size=3))
def test_statements_lie_in_order_inside_the_block(block: str, languages: list[str]) -> None:
    at = 0
    for statement in WORDS.judge(block, languages, frozenset(("anzeige",))):
        assert at <= statement.start < statement.end <= len(block)
        assert statement.text
        assert len(statement.text) <= 220
        assert statement.clarity in {"clear", "weak"}
        at = statement.end
    places = WORDS.scan(fold(block))
    assert places == sorted(places)
    assert all(0 <= place < len(block) for place in places)


def pack(folder: Path, name: str, text: str) -> Path:
    (folder / "words").mkdir(exist_ok=True)
    (folder / "words" / name).write_text(text, "utf-8")
    return folder


def test_a_house_pack_adds_words(tmp_path: Path) -> None:
    house = pack(tmp_path, "notice.en.toml", 'language = "en"\npays = ["thank-you coin*"]\n')
    text = "We get a thank-you coin when you buy through links on this page."
    assert WORDS.judge(text, ["en"]) == []
    both = NoticeWords.load([built_in(), house])
    assert both.judge(text, ["en"])[0].clarity == "clear"
    assert both.scan(fold(text))
    assert both.judge(PLAIN, ["en"])


def test_all_faults_of_a_pack_are_told_at_once(tmp_path: Path) -> None:
    pack(
        tmp_path, "notice.en.toml", 'language = "de"\npay = ["x"]\nlink = "link"\nself = ["…", "we … "]\n[[example]]\ntext = "x"\nexpect = "maybe"\n'
    )
    with pytest.raises(BadRule) as caught:
        NoticeWords.load([tmp_path])
    path = tmp_path / "words" / "notice.en.toml"
    told = [fault.removeprefix(f"{path}:") for fault in caught.value.faults]
    assert told[0] == '1: language = "de" but the file is named for "en"'
    assert told[1].startswith('2: unknown key "pay"; allowed: ')
    assert told[1].endswith('; did you mean "pays"?')
    assert told[2:] == [
        "3: link must be a list of texts in quotes",
        "4: self: '…' has no letter in it",
        "4: self: 'we … ': words must stand on both sides of …",
        '7: expect = "maybe" is not right; allowed: clear, weak, none',
    ]


def test_words_of_no_language_at_all() -> None:
    empty = NoticeWords({})
    assert empty.scan("we earn a commission") == []
    assert empty.judge(PLAIN, ["en"]) == []
