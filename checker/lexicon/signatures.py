"""Authors who are named at the edges of a text: in its dateline, in its last line, under a greeting, in a note about the author."""

from __future__ import annotations

from checker.expressions import late
from checker.lexicon.agencies import Agencies
from checker.lexicon.name_frames import TRIM
from checker.lexicon.name_parts import CJK, Vocabulary, has_cjk, words_of
from checker.lexicon.name_runs import Name, Run
from checker.text import fold, tidy

_SIGN_OFF = 60
# A dateline and its agency stand in so many characters; the names of its reporters follow soon.
_DATELINE = 90
# Notes about an author name what he is within so many words.
_NOTE_WORDS = 16
_NOTE_NAME = 5

_IN_BRACKETS = late(r"[(\[（][ ]?([^()\[\]（）]{2,60})[ ]?[)\]）][\s.]{0,3}\Z")
_PLACE_AND_AGENCY = late(r"\s{0,9}[^\W\d_][^()\n.?!:;]{1,50}\(([^()]{2,30})\)\s{0,3}[-–—:]")
_PLACE_EQUALS = late(r"\s{0,9}[【\[(（]\s?[^【】\[\]()（）=＝]{1,14}[=＝]\s?([^【】\[\]()（）=＝]{2,40})[】\])）]\s?")
_PLACE_BESIDE = late(r"\s{0,9}[【\[［]([^【】\[\]［］=＝]{3,40})[】\]］]")
_REPORTERS = late(r"[(（]([^()（）]{3,30})[)）]")
_UNSPACED_NAME = late(f"[{CJK}]{{2,6}}")


def sign_off(text: str, words: Vocabulary, agencies: Agencies) -> list[Name]:
    """The agencies that sign a text at its end: "(dpa)", "ats/nxp"; bare initials name nobody to a reader."""
    base = max(0, len(text) - 200)
    tail = text[base:]
    if match := _IN_BRACKETS.search(tail):
        start, end = match.span(1)
    elif len(text) <= _SIGN_OFF:
        start, end = 0, len(tail)
    else:
        return []
    while start < end and tail[start] in TRIM + "([":
        start += 1
    while start < end and tail[end - 1] in TRIM + ")]":
        end -= 1
    folded = fold(tail[start:end])
    if lead := next((lead for lead in words.sign_offs if folded.startswith(lead) and folded[len(lead) : len(lead) + 1] in (" ", ":")), None):
        start = end - len(folded[len(lead) :].lstrip(" :"))
    return _signed(tail[start:end], base + start, words, agencies)


def _signed(inner: str, offset: int, words: Vocabulary, agencies: Agencies) -> list[Name]:
    pieces: list[tuple[int, int]] = []
    at = 0
    for match in words.sign_split.finditer(inner):
        pieces.append((at, match.start()))
        at = match.end()
    pieces.append((at, len(inner)))
    signed = [(a, b) for a, b in pieces if agencies.signs_texts(inner[a:b])]
    others = [inner[a:b] for a, b in pieces if (a, b) not in signed]
    if not signed or any(len(word) > 5 or not word.isalnum() for word in others):
        return []
    if others and len(signed) == 1:
        signed = [(pieces[0][0], pieces[-1][1])]
    return [Name(tidy(inner[a:b]), "organisation", offset + a, offset + b) for a, b in signed]


def dateline(text: str, words: Vocabulary, agencies: Agencies) -> list[Name]:
    """Who is named before the first sentence: "BERLIN (dpa) – …", "【ソウル＝山田太郎】…", "(서울=연합뉴스) 홍길동 기자 = …", "（记者张三）"."""
    head = text[:_DATELINE]
    if match := _PLACE_AND_AGENCY.match(head):
        return _signed(match[1], match.start(1), words, agencies)
    if not has_cjk(head):
        return []
    if match := _PLACE_EQUALS.match(head):
        behind = head[match.end() :]
        stop = min((at for sign in "=＝" if (at := behind.find(sign)) > 0), default=0)
        return _reporters(behind[:stop], match.end(), words, agencies) or _listed(match[1], match.start(1), words, agencies)
    if match := _PLACE_BESIDE.match(head):
        start = agencies.at_end(match[1])
        start = next((at for at in range(1, len(match[1]) - 1) if agencies.is_agency(match[1][at:])), None) if start is None else start
        return [Name(tidy(match[1][start:]), "organisation", match.start(1) + start, match.end(1))] if start else []
    match = _REPORTERS.search(head)
    return _reporters(match[1], match.start(1), words, agencies) if match else []


def _reporters(text: str, offset: int, words: Vocabulary, agencies: Agencies) -> list[Name]:
    """The names beside a reporter's role: "홍길동 기자", "记者张三、李四"."""
    lead = next((role for role in words.cjk_roles if text.strip().startswith(role)), "")
    behind = not lead and any(word.endswith(tuple(words.suffixes)) for word in text.split()) if words.suffixes else False
    if not lead and not behind:
        return []
    start = text.index(lead) + len(lead)
    return _listed(text[start:], offset + start, words, agencies)


def _listed(text: str, offset: int, words: Vocabulary, agencies: Agencies) -> list[Name]:
    if not text.strip():
        return []
    if agencies.is_agency(tidy(text)):
        return [Name(tidy(text), "organisation", offset, offset + len(text))]
    found = Run(text, words, agencies, True).names(words.parts(text, fold(text), 0, len(text)))
    return [
        Name(name.name, name.kind, offset + name.start, offset + name.end)
        for name in found
        if name.kind == "organisation" or _UNSPACED_NAME.fullmatch(name.name)
    ]


def farewell(text: str, words: Vocabulary, agencies: Agencies) -> list[Name]:
    """The first name under a greeting in the last line: "Love, Jane", "Eure Steffi"."""
    folded = fold(text)
    if len(text) > _SIGN_OFF:
        return []
    for entry in words.farewells:
        lead = entry.rstrip(",")
        if folded.startswith(lead) and text[len(lead) : len(lead) + 1] in (",", "!", "\n", "" if lead != entry else " "):
            start = len(lead) + 1
            rest = text[start:]
            found = Run(rest, words, agencies, True).names(words.parts(rest, fold(rest), 0, len(rest)))
            whole = [name for name in found if name.kind == "person" and name.name == tidy(rest).strip(TRIM + "!♥❤xX") and len(name.name.split()) < 4]
            return [Name(name.name, name.kind, start + name.start, start + name.end) for name in whole]
    return []


def note(text: str, words: Vocabulary, agencies: Agencies) -> list[Name]:
    """Whom a note behind the text speaks of: "Jane Doe is a freelance writer in London.": a name, a verb and soon a role."""
    spans = words_of(text, 0, min(len(text), 400))[: _NOTE_NAME + _NOTE_WORDS]
    folded = fold(text[: spans[-1][1]]) if spans else ""
    plain = [folded[start:end].strip(TRIM) for start, end in spans]
    verbs = (i for i in range(2, min(len(plain), _NOTE_NAME + 1)) if {plain[i], " ".join(plain[i : i + 2])} & words.copulas)
    verb = next(verbs, None)
    if verb is None or not any(word in words.roles for word in plain[verb + 1 :]):
        return []
    end = spans[verb - 1][1]
    if any(not text[a].isupper() and text[a:b] not in words.particles for a, b in spans[:verb]) or "," in text[:end]:
        return []
    found = Run(text, words, agencies, True).names(words.parts(text, fold(text), 0, end))
    if len(found) != 1 or fold(found[0].name) in words.places:
        return []
    return found if found[0].kind == "person" and " " in found[0].name else []
