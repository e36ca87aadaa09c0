"""A byline taken apart: which stretches of it may be names of authors. Offsets are those of the text as it was given."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from checker.expressions import late
from checker.lexicon.word_finder import WordFinder
from checker.lexicon.wordlists import Lists, alternation, union
from checker.text import fold

CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3々"
_CJK_RANGES = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uf900", "\ufaff"), ("\uac00", "\ud7a3"), ("々", "々"))
_EDGES = " \t\r\n.,:;|/()[]!?…→←›»"
_HAN = late(r"[\u3400-\u9fff\uf900-\ufaff々]")
_KATAKANA = late(r"[\u30a0-\u30ff]")

_STEM = 5
_WORD = late(r"\S+")
_MAIL = late(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_ADDRESS = late(r"(?:https?://|www\.)[^\s<>\"')]{1,300}", re.IGNORECASE)
_HANDLE = late(r"@\w{1,60}")
_OPENING = late(r"[@(\[（【〔<]")
_BRACKETS = late(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]|（[^（）]{0,80}）|【[^【】]{0,80}】|〔[^〔〕]{0,80}〕|<[^<>]{0,80}>")
_PAIRS = {"(": ")", "[": "]", "（": "）", "【": "】", "〔": "〕"}
_SEPARATOR = late(
    r"(?P<comma>[,，、،](?!\d))|(?P<slash>\s?[/／]\s?)|(?P<line>\s?[\n\r]\s?)|(?P<break>\s?[\t|•∙‧;；▪●◆■│┃¦»›…＝]\s?|\s[-–—−~:：]+\s)|(?P<dot>\s?[·・･]\s?)"
)
_COLON = late(r"\s{0,3}[:：|]")
_LINE_END = late(r"[ :：]{0,3}\n\s?(?=\S)")
_CJK_COLON = late(r"\s{0,3}[:：/／=＝|｜]")
_CJK_START = late(r"\s{0,3}[:：/／=＝|｜]|\s{1,3}(?=\S)")
NUMERIC = late(
    r"[(]?\d[\d.,:/\-–+年月日時分秒号년월일시분초点點]*"
    rf"(?:st|nd|rd|th|am|pm|a\.m\.|p\.m\.|h\d*|uhr|er|ος|º|°|k|z|min|m|(?-i:[{CJK}]{{1,4}})|\.[^\W\d_]{{3,9}}\.\d{{4}}|t\d[\d:.+z-]*)?[.,:;)º]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch that may be a name, and what stands before it: start, comma, slash, line, break, dot or and."""

    start: int
    end: int
    before: str


class Vocabulary:
    """The byline words that count on a page: those of its language, of English and of every language; all of them if it is unknown."""

    def __init__(self, lists: Mapping[str, Lists], language: str | None) -> None:
        chosen = (language, "en", "any") if language in lists else tuple(lists)

        def words(name: str) -> frozenset[str]:
            return frozenset(union(lists, name, [code for code in chosen if code]))

        self.particles = words("particles")
        self.markers = words("markers") if language in lists else words("markers") - self.particles
        # What is written before a colon is safe in any language, and so is what names nobody.
        self.labels = frozenset(union(lists, "labels"))
        own = self.labels if language not in lists else words("labels")
        self.review_labels, self.check_labels = (frozenset(union(lists, name)) - own for name in ("review_labels", "check_labels"))
        self.review_markers, self.check_markers = words("review_markers"), words("check_markers")
        self.editor_labels = words("editor_labels")
        others = frozenset((*union(lists, "other_labels"), *union(lists, "editor_labels")))
        self.other_labels = (others - own) | self.review_labels | self.check_labels
        self.other_markers = words("other_markers") | self.review_markers | self.check_markers
        self.other_suffixes = frozenset(union(lists, "other_suffixes"))
        self.suffixes = words("suffixes") | frozenset(word for word in union(lists, "suffixes") if has_cjk(word))
        self.joiners, self.weak_joiners, self.more = words("joiners"), words("weak_joiners"), words("more")
        self.months, self.days, self.stops = frozenset(union(lists, "months")), words("days"), words("stops") - self.particles
        self.asides, self.common, self.portraits = words("asides"), words("common"), words("portraits")
        self.dates = self.months | self.days | self.stops
        self.linking = self.stops | self.particles
        self.roles = words("roles") | frozenset(word for word in union(lists, "roles") if has_cjk(word))
        self.role_words, self.honorifics, self.titles = words("role_words"), words("honorifics"), words("titles")
        self.copulas = words("copulas")
        self.abouts, self.farewells = _longest_first(words("abouts")), _longest_first(words("farewells"))
        self.places, self.software = frozenset(union(lists, "places")), words("software")
        self.generic, self.teams = frozenset(union(lists, "generic")), frozenset(union(lists, "teams"))
        self.nobody = frozenset(union(lists, "nobody"))
        self._template_pairs = [(pair[0], pair[-1]) for signs in union(lists, "template_signs") if (pair := signs.split())]
        self._template_starts = tuple([left for left, _ in self._template_pairs])
        self.organisations = words("organisations") | self.teams | frozenset(word for word in union(lists, "organisations") if has_cjk(word))
        self.organisation_ends = tuple(words("organisation_ends"))
        self.employers, self.articles, self.not_names = words("employers"), words("articles"), words("not_names")
        self.credentials, self.generations, self.companies = words("credentials"), words("generations"), words("companies")
        self.sign_offs = _longest_first(union(lists, "sign_offs"))
        self._join_words()
        reviewing = self.review_markers | self.review_labels | self.check_markers | self.check_labels
        # Who has "reviewed by" in it need not be asked for "medically reviewed by".
        self._review = _by_stem([word for word in reviewing if not any(other in word for other in reviewing if other != word)])
        self._aside = WordFinder(self.asides)
        self._marker = WordFinder(self.markers | self.labels | self.other_labels | self.other_markers)
        every = alternation((*union(lists, "joiners"), *union(lists, "weak_joiners")))
        self.sign_split = late(rf"\s*[/,;&+]\s*|\s+(?:{every})\s+")
        self._combined = late(rf"\s?[/&+·・]\s?|\s(?:{alternation((*self.joiners, *self.weak_joiners))})\s")
        self._leading_joiner = late(rf"\s*(?:{alternation(self.joiners)}|[&＆])\s")
        self._joiner = late(rf"\s(?:(?P<firm>{alternation(self.joiners)}|\+)|(?P<weak>{alternation(self.weak_joiners)}))\s|\s?(?P<sign>[&＆])\s?")

    def _join_words(self) -> None:
        """Words that are asked for together at every name."""
        # What a name runs together with, and what it runs together with behind its first word: "LakeRoyal" is a brand.
        self.glued = self.roles | self.stops | self.articles | self.months | self.days
        self.glued_behind = self.glued | self.role_words
        self.no_names = self.joiners | self.weak_joiners | self.stops | self.roles | (self.particles - {"al", "ben"})
        self.no_last_names = (
            self.organisations | self.credentials | self.generations | self.roles | self.days | self.months | self.generic | self.nobody
        )
        self.no_initials = self.credentials | self.generations | self.places | self.days | self.months
        self.portrait_leads = tuple(word + " " for word in self.portraits)
        self.small = self.particles | self.joiners | self.weak_joiners
        self.all_titles = self.titles | self.honorifics | self.credentials
        self.inner = self.particles | self.articles
        # Scripts without spaces: what stands at a name's edge is looked for at the ends of words, the longest first.
        self.cjk_ends = _longest_first(filter(has_cjk, self.suffixes | self.honorifics | self.roles))
        self.cjk_roles = _longest_first(filter(has_cjk, self.roles))
        self.cjk_organisations = tuple(filter(has_cjk, self.organisations))

    def marks(self, text: str, folded: str, *, strict: bool = False) -> Iterator[tuple[int, int, bool]]:
        """(start, end, whether authors follow) of every marker in the text; `strict` wants the colon behind labels."""
        position = 0
        bare = False
        for start, word in self._marker.scan(text, folded):
            found = self._mark(text, folded, start, word, strict=strict) if start >= position else None
            end = start + len(word)
            if found is None and bare and word in self.other_labels and start >= position and _stands_alone(text, start, end):
                found = end, False  # "Text Ada Quill Photos Ben Marsh": one colon is as good as none
            if found is not None:
                yield start, *found
                position = max(found[0], end)
                bare = bare or (found[1] and word in self.labels - self.markers and text[position - 1].isalnum())

    def first_mark(self, text: str, folded: str) -> tuple[int, bool] | None:
        """(end, whether authors follow) of the marker that the text begins with."""
        start = len(text) - len(text.lstrip())
        word = self._marker.at(folded, start)
        return self._mark(text, folded, start, word, strict=False) if word else None

    def may_mark(self, text: str, folded: str, end: int) -> bool:
        """Whether a marker may start before this offset."""
        return next(self._marker.scan(text[:end], folded), None) is not None

    def _mark(self, text: str, folded: str, start: int, word: str, *, strict: bool) -> tuple[int, bool] | None:
        end = start + len(word)
        if start and text[start - 1].isalnum() and not (_glued(text, start) and (text[end : end + 1] in (" ", ":") or _glued(text, end))):
            return None
        lead = folded[:start].rstrip()
        own_line = not lead or "\n" in text[len(lead) : start]
        first = own_line or not lead[-1].isalpha() or lead[lead.rfind(" ") + 1 :] in self.dates
        cjk = has_cjk(word)
        pattern = (_CJK_START if first else _CJK_COLON) if cjk else _COLON
        colon = pattern.match(folded, end)
        if colon is None and own_line:
            colon = _LINE_END.match(text, end)
        if colon is None and (joined := self._combined.match(folded, end)) and (second := self._marker.at(folded, joined.end())):
            behind = joined.end() + len(second)
            plain = second in self.labels or second in self.other_labels or second in self.particles
            if not plain and text[behind : behind + 1].isspace():
                return behind, word in self.labels or second in self.markers  # "Story and photos by Ada Quill"
            if not strict and own_line and text[behind : behind + 1].isspace() and text[behind:].lstrip()[:1].isupper():
                return behind, bool({word, second} & self.labels)  # "Text och foto Maja Holm"
            colon = pattern.match(folded, behind) or (_LINE_END.match(text, behind) if own_line else None)
        if colon and word in self.other_labels and not (word in self.labels and word in self.markers):
            return colon.end(), False
        if colon and (word in self.labels or word in self.markers):
            return colon.end(), True
        if folded.startswith(word + " ", end):  # "Byby Jane Doe": the marker was written twice
            end += len(word)
        following = folded[end : end + 1]
        if following.isalnum() and not _glued(text, end):
            return None
        if word in self.other_markers:
            return end, False
        rest = text[end:].lstrip()[:1]
        if word in self.markers:
            if word in self.particles or (len(word) < 3 and not first):
                return (end, True) if first or _glued(text, start) else None
            return (end, True) if first or not rest.islower() else None
        if not strict and word in self.labels and not folded[:start].strip() and following.isspace() and rest.isupper():
            return end, True
        return None

    def aside(self, text: str, start: int, end: int) -> int:
        """Where a button or a note begins behind the name that starts at the offset: "Ada Quill View all posts"; the end if none does."""
        for at, word in self._aside.scan(text[start:end], fold(text[start:end])):
            behind = start + at + len(word)
            if text[start : start + at].strip() and _stands_alone(text, start + at, behind):
                return start + at
        return end

    def is_unfilled(self, text: str) -> bool:
        """Whether it is a field that nobody filled in: "null", "{{ author.name }}"."""
        if text.startswith(self._template_starts):
            return any(text.startswith(left) and text.endswith(right) for left, right in self._template_pairs)
        return fold(text).strip("()") in self.nobody

    def says_nothing(self, folded: str) -> bool:
        """Whether it is made of everyday words of pages alone: "Read more", "Sign up", "Politics"."""
        found = [word for part in folded.replace("：", " ").split() if (word := part.strip(_EDGES))]
        named = [word for word in found if word in self.common]
        return bool(named) and all(word in self.common or word in self.stops or NUMERIC.fullmatch(word) for word in found)

    def runs(self, text: str, folded: str) -> list[tuple[int, int]]:
        """The stretches in which authors stand."""
        marks = list(self.marks(text, folded))
        bounds = [start for start, _, _ in marks[1:]] + [len(text)]
        named = [(end, bound) for (_, end, authors), bound in zip(marks, bounds, strict=False) if authors]
        if named:
            return named
        return [(0, marks[0][0])] if marks else [(0, len(text))]

    def may_review(self, folded: str) -> bool:
        """Whether a marker or label of those who check a piece may stand in the text."""
        return any(stem in folded and any(word in folded for word in words) for stem, words in self._review.items())

    def stretches(self, text: str, folded: str, marks: frozenset[str]) -> list[tuple[int, int]]:
        """The stretches behind these of the markers and labels, each up to the next mark."""
        every = list(self.marks(text, folded))
        bounds = [start for start, _, _ in every[1:]] + [len(text)]
        return [(end, bound) for (start, end, _), bound in zip(every, bounds, strict=False) if self._marker.at(folded, start) in marks]

    def parts(self, text: str, folded: str, start: int, end: int) -> list[Part]:
        """The stretches between separators and joiners."""
        found: list[Part] = []
        before = "start"
        at = start
        for match in _SEPARATOR.finditer(text, start, end):
            if match.lastgroup == "dot" and not _dot_separates(text, match):
                continue
            blank = before == "comma" and not text[at : match.start()].strip()
            found += self._joined(folded, at, match.start(), before)
            # A line that ends with a comma goes on in the next.
            before = before if blank else "break" if match.lastgroup == "dot" else str(match.lastgroup)
            at = match.end()
        return found + self._joined(folded, at, end, before)

    def _joined(self, folded: str, start: int, end: int, before: str) -> list[Part]:
        found: list[Part] = []
        at = start
        for match in self._joiner.finditer(folded, start, end):
            left, right = folded[at : match.start()].split(), folded[match.end() : end].split()
            if not self._splits(str(match.lastgroup), left, right, alone=before == "start"):
                continue
            found.append(Part(at, match.start(), before))
            at, before = match.end(), "and"
            if right and (right[0] in self.more or (right[0].isdigit() and len(right) > 1)):
                return found
        if not folded[at:end].strip() or (before == "and" and folded[at:end].strip() in self.more):
            return found
        if not found and before != "start":
            # "X, and Y": the joiner stands right behind the separator.
            lead = self._leading_joiner.match(folded, at, end)
            if lead:
                return [Part(lead.end(), end, "and")]
        return [*found, Part(at, end, before)]

    def _splits(self, how: str, left: list[str], right: list[str], *, alone: bool) -> bool:
        if not left or not right:
            return False
        if how == "weak":
            return (len(left) > 1) == (len(right) > 1)
        if how == "firm" and len(right) == 1 and len(left) > 2 and any(word in self.organisations for word in left):
            return False  # "Ministry of Trade and Industry"
        if how == "firm" and alone and len(left) == len(right) == 1 and not has_cjk(left[0]):
            return False  # two single words are a brand rather than two people
        if how == "sign" or right[0] in self.companies:
            company = left[-1] == right[0] or right[0] in self.companies or any(word in self.organisations for word in (*left, *right))
            return not company and not (how == "sign" and len(left) == len(right) == 1 and not has_cjk(left[0]))
        return True


def _by_stem(words: Iterable[str]) -> dict[str, list[str]]:
    """The words by a few letters that each shares with as many others as can be: one look for the letters stands for all of them."""
    letters = {word: {word[at : at + _STEM] for at in range(max(1, len(word) - _STEM + 1))} for word in sorted(words)}
    shared = Counter(stem for stems in letters.values() for stem in stems)
    found: dict[str, list[str]] = {}
    for word, stems in letters.items():
        found.setdefault(max(stems, key=lambda stem: (shared[stem], stem)), []).append(word)
    return found


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))


def _stands_alone(text: str, start: int, end: int) -> bool:
    return not text[end : end + 1].isalnum() and (not start or not text[start - 1].isalnum() or _glued(text, start))


def has_address(text: str) -> bool:
    """Whether an e-mail address, a web address or a handle stands in it."""
    return any(pattern.search(text) for pattern in (_MAIL, _ADDRESS, _HANDLE))


def blanked(text: str) -> str:
    """The text with addresses, handles and remarks in brackets replaced by separators; as long as before."""
    if not _OPENING.search(text) and "://" not in text and "www." not in text.lower():
        return text
    bare = text.strip()
    inner = len(bare) > 2 and _PAIRS.get(bare[0]) == bare[-1] and bare.count(bare[0]) == 1
    if inner:
        lead = len(text) - len(text.lstrip())
        text = text[:lead] + "\t" + bare[1:-1] + "\t" * (len(text) - lead - len(bare) + 1)
    for pattern in (_MAIL, _ADDRESS, _HANDLE):
        text = pattern.sub(lambda match: "\t" * len(match.group()), text)
    return _BRACKETS.sub(_remark, text)


def _remark(match: re.Match[str]) -> str:
    text, (start, end) = match.string, match.span()
    inside_name = text[start - 1 : start] == " " and text[end : end + 1] == " " and text[end + 1 : end + 2].isupper() and text[start + 1].isupper()
    glued = start > 0 and text[start - 1].islower() and match.group()[0] == "("
    return match.group() if inside_name or glued else "\t" * len(match.group())


def _glued(text: str, at: int) -> bool:
    """Whether two words meet here without a space: "vonElisa", "17:59Von"."""
    return 0 < at < len(text) and text[at].isupper() and (text[at - 1].islower() or text[at - 1].isdigit())


def _dot_separates(text: str, match: re.Match[str]) -> bool:
    """A middle dot separates names, but stands inside of Catalan words and of foreign names in Japanese and Chinese."""
    if match.group() != match.group().strip():
        return True
    left, right = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if match.group() == "·":
        return not (left.islower() and right.islower()) and not (_HAN.match(left) and _HAN.match(right))
    return not (_KATAKANA.match(left) or _KATAKANA.match(right))


def words_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the words between two offsets."""
    return [match.span() for match in _WORD.finditer(text, start, end)]


def has_cjk(text: str) -> bool:
    """Whether Chinese, Japanese or Korean characters stand in it."""
    # Not an expression: to compile one takes longer than all the texts of a page, and the greatest character settles nearly all of these.
    return not text.isascii() and max(text) >= "々" and any(low <= char <= high for char in text for low, high in _CJK_RANGES)
