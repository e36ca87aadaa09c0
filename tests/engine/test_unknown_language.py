from __future__ import annotations

import pytest

from checker import check
from checker.report.kinds import in_words

PAGE = """<!doctype html><html lang="{language}"><body><article><h1>{text}</h1>
<p>{text} <a href="https://www.amazon.com/dp/B000000001?tag=teablog-20">Amazon</a></p></article></body></html>"""
GREEK = "Αυτός ο βραστήρας είναι ο καλύτερος από όσους δοκιμάσαμε φέτος στην κουζίνα μας."
ENGLISH = "This kettle is the best of all that we have tried in our kitchen this year."


@pytest.mark.parametrize(("language", "text", "outcome"), [("el", GREEK, "needs_review"), ("en", ENGLISH, "violation")])
def test_without_words_for_the_language_an_absence_is_a_question(language: str, text: str, outcome: str) -> None:
    findings = {finding.rule: finding for finding in check(PAGE.format(language=language, text=text)).findings}
    assert findings["AFF001"].outcome == outcome
    if outcome == "needs_review":
        assert findings["AFF001"].review is not None
        assert findings["AFF001"].review.reason == "unknown_language"
        # It asks for what it could not read, not for what it knows: that the link pays.
        review = findings["AFF001"].review
        assert (review.question, review.yes) == ("Does the page say, in its own language, that its links earn money?", "fine")
        assert findings["AFF001"].message.endswith("cannot be told, because no word list exists for its language.")


def test_readers_of_the_page_are_told_no_lines_of_its_source() -> None:
    (finding,) = (each for each in check(PAGE.format(language="en", text=ENGLISH)).findings if each.rule == "AFF001")
    assert finding.message == "www.amazon.com pays for this link (line 2), and the page says nowhere that its links earn money."
    assert finding.sentence == in_words(finding) == "www.amazon.com pays for this link, and the page says nowhere that its links earn money."
