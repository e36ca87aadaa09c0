"""What stands around a name in its own stretch of a byline: dates, titles, roles, the same name once more."""

from __future__ import annotations

import re

from checker.expressions import late
from checker.lexicon.name_parts import NUMERIC, Vocabulary, has_cjk, words_of
from checker.text import fold

Spans = list[tuple[int, int]]

HOST = late(r"(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12}", re.IGNORECASE)
TRIM = " \t\n\r.,:;|/\\-–—−~*•·\"'“”„‘’«»<>=+＝…→←›▸►▶"
_GLUED_WORD = late(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[^\W\d_])(?=\d{1,2}[./]\d)")


def is_date(word: str, words: Vocabulary) -> bool:
    """Whether a folded word is a number, a time, a month or a day."""
    plain = word.strip(TRIM)
    return bool(NUMERIC.fullmatch(word)) or plain in words.months or plain in words.days


def may_lead(text: str, folded: str, words: Vocabulary) -> bool:
    """Whether a marker may stand in the first word or behind what may stand before one, dates and words that link: quick, to ask every line."""
    first = next((span for span in words_of(folded, 0, len(folded)) if folded[slice(*span)].strip(TRIM)), None)
    if first is None:
        return False
    word = folded[slice(*first)]
    return word.strip(TRIM) in words.linking or is_date(word, words) or words.may_mark(text, folded, first[1])


def unglued(text: str, words: Vocabulary, spans: Spans) -> Spans:
    """Only what stands before a role, an article, a date or a word that ends a name and that ran together with it: "MusterRedakteur"."""
    if not spans or _GLUED_WORD.search(text, spans[0][0], spans[-1][1]) is None:
        return spans
    for i, (start, end) in enumerate(spans):
        known = words.glued_behind if i else words.glued
        for match in _GLUED_WORD.finditer(text, start, end):
            if not text[match.start() - 1].islower():
                continue
            if text[match.start()].isdigit() or fold(text[match.start() : end]).strip(TRIM) in known:
                return [*spans[:i], (start, match.start())]
    return spans


def cut(text: str, words: Vocabulary, spans: Spans, *, after_number: bool) -> Spans:
    """Without the date before, and without all from the first word that ends a name."""
    plain = [fold(text[start:end]).strip(TRIM) for start, end in spans]
    numeric = [bool(NUMERIC.fullmatch(fold(text[start:end]))) for start, end in spans]

    def is_number(i: int) -> bool:
        return 0 <= i < len(spans) and numeric[i]

    def dated(i: int) -> bool:
        beside = is_number(i - 1) or is_number(i + 1)
        linked = {plain[k] for k in (i - 1, i + 1) if 0 <= k < len(spans)}
        if plain[i] in words.particles:  # "3 de mayo de 2023"
            return bool(linked & words.months) and beside
        if plain[i] in words.months:
            return beside or (bool(linked & words.particles) and (is_number(i - 2) or is_number(i + 2)))
        return plain[i] in words.days and (beside or (len(plain[i]) > 3 and (i > 0 or len(spans) == 1)))

    first = 0
    while first < len(spans) and (
        numeric[first] or dated(first) or not plain[first] or (plain[first] in words.stops and (numeric[first - 1] if first else after_number))
    ):
        first += 1
    for i in range(first, len(spans)):
        written = text[spans[i][0] : spans[i][1]]
        ends = numeric[i] or dated(i)
        if plain[i] in words.stops and plain[first] not in words.organisations:
            beside = i + 1 < len(spans) and (numeric[i + 1] or plain[i + 1] in words.months or plain[i + 1] in words.days)
            ends = ends or written[0].islower() or len(plain[i]) > 3 or beside or has_cjk(written) or (written.isupper() and len(spans) == 1)
        if i > first + 1 and plain[i] in words.employers:
            follows = i + 1 < len(spans) and (plain[i + 1] in words.articles or written.islower() or (len(plain[i]) > 2 and written.istitle()))
            ends = ends or follows
        if i > first and not plain[i] and i + 1 < len(spans) and written not in ("+", "&"):
            ends = True
        if ends:
            return spans[first:i]
    return spans[first:]


def without_frame(text: str, words: Vocabulary, spans: Spans) -> Spans:
    """Without courtesy titles and roles around the name."""
    plain = [fold(text[start:end]).strip(",:;()") for start, end in spans]
    bare = [word.rstrip(".") for word in plain]
    while len(spans) > 1 and plain[0] in words.honorifics:
        spans, plain, bare = spans[1:], plain[1:], bare[1:]
    whole = " ".join(plain)
    if whole in words.generic:
        return spans
    # A role in front: "Senior Editor Jane Doe".
    lead = 0
    while lead < len(spans) and (_is_role(bare[lead], words) or (bare[lead] in words.role_words and bare[lead] not in words.organisations)):
        lead += 1
    if lead and len(spans) - lead >= (1 if has_cjk(whole) else 2) and any(_is_role(word, words) for word in bare[:lead]):
        spans, plain, bare = spans[lead:], plain[lead:], bare[lead:]
    if (
        len(spans) > 2
        and has_cjk(bare[0])
        and bare[-1] in words.suffixes
        and any(has_cjk(end) and bare[0].endswith(end) for end in words.organisations)
    ):
        spans, plain, bare = spans[1:], plain[1:], bare[1:]  # the outlet before its reporter
    # A role behind: all from the first role or role word, if roles and role words are all that follows.
    for i in range(1, len(spans)):
        rest = bare[i:]
        if (rest[0] in words.roles or (rest[0] in words.role_words and i > 1)) and any(word in words.roles for word in rest):
            if set(bare[:i]) & words.organisations or HOST.fullmatch(plain[0]):
                break
            follows = next(k for k, word in enumerate(rest) if word in words.roles)
            if all(word in words.role_words for word in rest[:follows]) and (
                len(rest) == follows + 1
                or all(w in words.role_words | words.roles or not text[a].isupper() for w, (a, _) in zip(rest, spans[i:], strict=True))
                or i > 1
            ):
                return spans[:i]
    while len(spans) > 1 and (bare[-1] in words.suffixes or bare[-1] in words.honorifics or (has_cjk(bare[-1]) and bare[-1] in words.roles)):
        spans, bare = spans[:-1], bare[:-1]
    if spans and has_cjk(bare[-1]):
        start, end = spans[-1]
        for suffix in words.cjk_ends:
            if bare[-1].endswith(suffix) and len(bare[-1]) >= len(suffix) + 2:
                return [*spans[:-1], (start, end - len(suffix))]
    return spans


def _is_role(word: str, words: Vocabulary) -> bool:
    """Also the compound of an outlet or a field and a role: "Radio-Korrespondentin"."""
    return word in words.roles or ("-" in word and word.rsplit("-", 1)[-1] in words.roles)


def halved(text: str, start: int, end: int) -> tuple[int, int]:
    """A name that was written twice, once."""
    length = end - start
    for gap in (0, 1):
        half = (length - gap) // 2
        if (
            half > 3
            and (length - gap) % 2 == 0
            and text[start : start + half] == text[end - half : end]
            and not text[start + half : end - half].strip()
        ):
            return start, start + half
    # A footnote number behind a surname.
    digits = end
    while digits > start and text[digits - 1].isdigit():
        digits -= 1
    if end - digits in (1, 2) and digits - start > 3 and text[digits - 1].islower() and " " in text[start:digits] and "_" not in text[start:end]:
        return start, digits
    return start, end


def abbreviated(name: str, words: Vocabulary) -> bool:
    """Whether the mark at the end belongs to the name: "Jr.", "Inc.", "Sabrina K.", a brand's asterisk."""
    last = name.rsplit(None, 1)[-1]
    if last.endswith("."):
        return len(name) > len(last) and (len(last) == 2 or fold(last) in words.generations or fold(last) in words.organisations)
    return name[-1] == "*" and name[-2:-1].isalpha()
