"""Credits that a marker proves: "Photo: X", "© X", "Courtesy of X", "写真：X"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice

from checker.expressions import late
from checker.lexicon.credit_parts import TRIM, CreditParts, CreditText
from checker.lexicon.name_parts import NUMERIC, has_cjk
from checker.lexicon.word_finder import WordFinder
from checker.lexicon.wordlists import Lists, alternation, union
from checker.text import fold

# The longest credits on the labelled pages, with styling and assistants named, have 180 characters.
LONGEST = 220
# No caption has so many markers; each costs a look at what follows.
_MARKERS = 40
# Without a mark at its end a credit longer than this has run into the description.
_UNMARKED = 100
# Words of a name, and how many of them may stand in a credit that no colon introduces.
_NAME_WORD = r"(?:[^\W\d_a-zà-öø-ÿ][\w.'’-]*|d[aeiou]s?|v[ao]n|bin|del|della|der|den|la)"
PERSON = late(rf"{_NAME_WORD}(?:\s{_NAME_WORD}){{1,3}}")
# Each branch looks back from its stop, so that only stops are tried.
SENTENCE_END = late(
    r"[.!?。](?:(?<=。)|(?<=[^\W\d_]{3}[.!?])(?:\s+(?=[A-ZÀ-ÞА-Яء-ي가-힣\"„“«])|(?=[A-ZÀ-Þ][a-zà-ÿ]))"
    r"|(?<=\d{4}\.)(?:\s+(?=[A-ZÀ-Þ])|(?=[A-ZÀ-Þ])))"
)


def is_person(text: str) -> bool:
    """Whether the text can be a person's name and nothing else: two to four words with capitals."""
    return PERSON.fullmatch(text) is not None and not text[0].islower()


_OPEN, _CLOSE = "([（【〔{", ")]）】〕}"
_COLON = late(r"\s{0,2}(?:[:：=＝]|\.{2,3}|…)\s{0,2}")
_START_COLON = late(r"\s{0,2}(?:[:：=＝|•]|\.{2,3}|…|[-–—]\s)\s{0,2}")
CJK_COLON = late(r"\s{0,2}[:：=＝/／|│┃ㅣ丨]\s{0,2}")
_INITIAL = late(r"(?:^|[\s.])[^\W\d_]\.\Z")


def joiner(lists: Mapping[str, Lists]) -> re.Pattern[str]:
    """What may stand between two labels: a sign, or a word for "and"."""
    words = union(lists, "joiners")
    spaced = alternation(word for word in words if not has_cjk(word))
    return late(rf"\s?[/&+,・·･、]\s?|\s(?:{spaced})\s|\s?(?:{alternation(word for word in words if has_cjk(word))})\s?")


class CreditMarks:
    """Finds markers of credits and how far the credit behind them goes."""

    def __init__(self, lists: Mapping[str, Lists], parts: CreditParts) -> None:
        self._parts = parts
        self._weak_labels = frozenset(union(lists, "weak_labels")) - frozenset(union(lists, "labels"))
        self._headed = self._weak_labels.union(union(lists, "caption_labels"))
        self.labels = self._headed.union(union(lists, "labels"))
        self._signs, self._short = frozenset(union(lists, "signs")), frozenset(union(lists, "abbreviations"))
        self._phrases, self._weak = frozenset(union(lists, "phrases")), frozenset(union(lists, "weak_phrases"))
        self.combined = joiner(lists)
        self._marker = WordFinder((*self.labels, *self._signs, *self._phrases, *self._weak))
        self.false_friends = WordFinder(union(lists, "not_credits"))

    def find(self, text: str) -> CreditText | None:
        """The first marked credit that names somebody; one that reads like a description only if there is no other."""
        folded = fold(text)
        if next(self._marker.scan(text, folded), None) is None:
            return None
        for at, phrase in list(self.false_friends.scan(text, folded)):
            folded = folded[:at] + "\n" * len(phrase) + folded[at + len(phrase) :]
        vague: CreditText | None = None
        for at, word in islice(self._marker.scan(text, folded), _MARKERS):
            credit = self._at(text, folded, at, word)
            if credit is None or (vague is not None and credit.start < vague.end):
                continue
            if self._parts.lower_words(credit.text)[1] == 0 or credit.placeholder:
                return credit
            vague = vague or credit
        return vague

    def _at(self, text: str, folded: str, start: int, word: str) -> CreditText | None:
        if self._parts.agencies.starts(text, folded, start):
            return None  # "picture alliance": the word belongs to a name
        before = text[start - 1 : start]
        sign = word in self._signs and not word.isalpha()
        if before.isalnum() and not sign and not (before.islower() and text[start].isupper()):
            return None
        body, how = self._body(text, folded, start, word)
        if body is None:
            return None
        lead = text[:start].rstrip()[-1:]
        bracketed = bool(lead) and lead in _OPEN
        stop = self._end(text, folded, body, bracketed=bracketed)
        inner = text[body:stop].strip(TRIM)
        if inner and not lead and not self.names_somebody(inner, how, bracketed=bracketed):
            stop = self._before_sentence(text, body, stop)
            inner = text[body:stop].strip(TRIM)
        if not inner or not self.names_somebody(inner, how, bracketed=bracketed):
            return None
        while stop > body and (text[stop - 1] in " \t\n\r,;:|-–—" or (text[stop - 1] == "." and not _INITIAL.search(text[body:stop]))):
            stop -= 1
        return self._parts.read(text, start, body, stop)

    def _body(self, text: str, folded: str, start: int, word: str) -> tuple[int | None, str]:
        """Where the credit begins behind a marker, and how it was marked: label, sign, phrase, weak or bare."""
        end = start + len(word)
        lead = folded[:start].strip(TRIM)
        if word in self.labels or word in self._phrases:
            pattern = CJK_COLON if has_cjk(word) else _START_COLON if not lead else _COLON
            colon = pattern.match(folded, end)
            if colon is None and (joined := self.combined.match(folded, end)) and (second := self._marker.at(folded, joined.end())):
                colon = pattern.match(folded, joined.end() + len(second))
            if colon:
                return colon.end(), "named" if word in self._weak_labels else "label"
        if folded[end : end + 1].isalnum() and word[-1].isalpha() and not (word in self._phrases and has_cjk(word)):
            return None, ""
        if word in self._signs:
            plain = word.isalpha() and folded[end:].lstrip()[:1] not in ("©", ":") and lead
            return end, "phrase" if plain else "sign"
        if word in self._phrases:
            return end, "phrase"
        if word in self._weak:
            # "Foto di Maria Rossi" may say what is shown; behind a full stop it says who took it.
            return end, "bare" if text[:start].rstrip()[-1:] in (".", "!", "?", "…") else "weak"
        ended = not lead or text[:start].rstrip()[-1:] in '.!?…"”»)' + _OPEN
        if not ended or word in self._headed:
            return None, ""
        # "Image source, X": a comma alone follows labels of one word in lists.
        comma = " " in word and folded[end : end + 2] == ", "
        return (end + comma, "bare") if comma or folded[end : end + 1].isspace() else (None, "")

    def _before_sentence(self, text: str, body: int, stop: int) -> int:
        """ "© Jane Doe The bridge at dawn.": before the word that begins a description behind a name."""
        for match in islice(re.finditer(r"\S+", text[body:stop]), 2, 6):
            word = match.group()
            if word[0].isupper() and fold(word) in self._parts.openers and PERSON.fullmatch(text[body : body + match.start()].strip(TRIM)):
                return body + match.start()
        return stop

    def _sentence_end(self, text: str, body: int, stop: int) -> int:
        """The end of the sentence, over the full stop of an abbreviation and of a licence that follows."""
        for match in islice(SENTENCE_END.finditer(text, body, stop), _MARKERS):
            before = text[body : match.start()].split()
            if before and fold(before[-1]).strip(TRIM) in self._short:
                continue
            licence = self._parts.licence_at(fold(text[match.end() : stop]))
            return match.end() + licence[1] if licence and licence[0] == 0 else match.start()
        return stop

    def _end(self, text: str, folded: str, body: int, *, bracketed: bool) -> int:
        if bracketed:
            depth = 0
            for at in range(body, min(len(text), body + LONGEST)):
                depth += (text[at] in _OPEN) - (text[at] in _CLOSE)
                if depth < 0:
                    return at
        stop = min(len(text), body + 2 * LONGEST)
        stop = self._sentence_end(text, body, stop)
        # What is no credit was blanked: a control behind it ("… Enlarge image").
        if (newline := folded.find("\n", body, stop)) >= 0 and text[body:newline].strip(TRIM):
            stop = newline
        while stop > body and text[stop - 1] in _CLOSE and not any(opening in text[body:stop] for opening in _OPEN):
            stop -= 1
        words, small = self._parts.lower_words(text[body:stop])
        if stop - body > _UNMARKED or (words > 8 and small * 3 > words):
            stop = self.names_end(text, body, stop)
        return stop

    def names_end(self, text: str, body: int, stop: int) -> int:
        """Where the names end and prose begins, where nothing else parts them."""
        last = body
        for match in re.finditer(r"\S+", text[body:stop]):
            word = match.group()
            # Names are mostly plain words with a capital, and these need no closer look.
            if not (word.isalpha() and word[0].isupper()) and self._parts.lower_words(word)[1]:
                break
            if fold(word).strip(TRIM) not in self._parts.connectors:
                last = body + match.end()
        return last

    def names_somebody(self, inner: str, how: str, *, bracketed: bool) -> bool:
        """Whether what stands behind a marker can be a credit, and is no description."""
        parts = self._parts
        if parts.is_placeholder(inner):
            return True
        if len(inner) > LONGEST or not any(c.isalpha() for c in inner) or inner.endswith(("?", "!")):
            return False
        inner = parts.without_rights(inner) or inner
        words, small = parts.lower_words(inner)
        first = fold(inner.split(maxsplit=1)[0])
        known = parts.agencies.inside(inner) or parts.through(fold(inner))
        if how in ("bare", "named"):
            listed = small == 0 and ((known and words <= 8) or ("/" in inner and words <= 6))
            return is_person(inner) or parts.agencies.is_agency(inner) or listed or self._with_publisher(inner)
        if how == "weak":
            return (known and small * 3 <= words) or (bracketed and is_person(inner))
        if NUMERIC.fullmatch(first) and not known and how != "sign":
            return False
        if how != "sign" and not known and parts.describes(inner):
            return False
        if how == "phrase" and not known:
            if first in parts.connectors and inner[0].islower() and first != "the":
                return False
            if inner[0].islower() and small and "." not in first and "_" not in first:
                return False
        if bracketed:
            return small * 2 <= words or words <= 2
        return small <= 2 and (words <= 4 or small * 3 <= words)

    def _with_publisher(self, inner: str) -> bool:
        """ "JANE DOE, THE VALLEY HERALD", "archives Jane Doe"."""
        parts = self._parts
        if len(inner) > _UNMARKED:
            return False
        head, _, rest = inner.partition(" ")
        if fold(head) in parts.collectives and is_person(rest):
            return True
        maker, *others = re.split(r"\s?[,|/–—•]\s", inner)
        return is_person(maker) and bool(others) and all(parts.is_publisher(name) or parts.agencies.is_agency(name) for name in others)
