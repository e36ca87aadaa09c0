"""What a page says of rules that are not to be told there: comments that are wholly a directive, and an attribute for those who cannot write any.

    <!-- disclosure-checker: ignore-next IMG401, IMG405 -- a drawing of our own -->
    <figure data-disclosure-checker-ignore="IMG401: a drawing of our own">

`ignore` reaches from the comment to the end of the element that it stands in, and takes in that element's tag where nothing stands before it;
directly in the head or the body, or outside, it is the page as a whole. `ignore-next` is the next element, `ignore-file` the page as a whole, the
attribute its element. What stands in a script, a style sheet, a text field or another comment is no comment of the page; in a template or in
`noscript` a directive reaches as far as its element, like everywhere. Rules are named by their ids, one by one: there is no way to name all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate

from checker.facts import Directive, Place, Spot
from checker.page.document import Document
from checker.page.positions import Places
from checker.text import clip, nearest, tidy

VERBS = ("ignore", "ignore-next", "ignore-file")
# Pages that mark each of their pictures have some hundred; what is left unread waives nothing.
MOST = 1_000
LONGEST = 2_000
_ATTRIBUTE = "data-disclosure-checker-ignore"
_NAME = r"disclosure-checker:"
_BEGIN = re.compile(rf"\s*+{_NAME}", re.IGNORECASE)
_IN_SOURCE = re.compile(rf"<!--\s*+{_NAME}", re.IGNORECASE)
# "--" is not allowed in comments of XHTML, and editors make a dash of it.
_BEFORE_REASON = re.compile(r"--+|(?<=\s)-(?=\s)|[\u2013\u2014:]")
_RULE = re.compile(r"[A-Za-z]{3}[0-9]{3}")
_APART = re.compile(r"[\s,;]+")
_WHOLE: Place = (-1, -1)
_PAGE = frozenset(("html", "head", "body"))


def read_directives(document: Document, of_readers: Callable[[int], bool] = lambda _: False) -> tuple[Directive, ...]:
    """The directives of a page in its order, malformed ones too; at most so many, then one that says that there are more.

    `of_readers`: whether an element stands among readers' comments; what stands there is theirs, and waives nothing.
    """
    found: list[tuple[int, int, str]] = [
        (node, number, text) for number, (node, text) in enumerate(document.comments) if _BEGIN.match(text) is not None
    ]
    found += [(node, -1, document.attrs[node][_ATTRIBUTE]) for node in document.having(_ATTRIBUTE)]
    if not found:
        return ()
    # An element's attribute comes before the comments behind its tag.
    found.sort(key=lambda each: each[:2])
    reaches = _Reaches(document)
    read = [_comment(text, node, number, reaches) if number >= 0 else _attribute(text, node, reaches) for node, number, text in found[:MOST]]
    read = [replace(each, fault="readers", hint=None, begin=_WHOLE, end=_WHOLE) if of_readers(max(each.spot.node, 0)) else each for each in read]
    if len(found) > MOST:
        node, number, _ = found[MOST]
        read.append(Directive("", (), None, "attribute" if number < 0 else "comment", Spot(node), _WHOLE, _WHOLE, "many", str(MOST)))
    return tuple(read)


def located(directives: Sequence[Directive], places: Places) -> tuple[Directive, ...]:
    """The directives with line and column: comments at their own, where they can be found in the source."""
    done: list[Directive] = []
    after = 0
    for each in directives:
        offset = places.behind(each.spot.node, _IN_SOURCE, after) if each.kind == "comment" else None
        if offset is None:
            done.append(replace(each, spot=places.locate(each.spot)))
        else:
            after = offset + 1
            done.append(replace(each, spot=places.located_at(each.spot, offset)))
    return tuple(done)


class _Reaches:
    """Where directives begin and end, in the order of reading."""

    def __init__(self, document: Document) -> None:
        self._document = document
        # Characters that are no space before each piece: text is told from text by how many of them stand behind a start tag.
        self._solid = [0, *accumulate(len("".join(piece.split())) for piece in document.pieces)]

    @property
    def page(self) -> tuple[Place, Place]:
        """The page as a whole."""
        return _WHOLE, (len(self._document), 0)

    def element(self, node: int) -> tuple[Place, Place]:
        """An element with its tag; the page's own are the page as a whole."""
        document = self._document
        return self.page if document.tags[node] in ("html", "body") else ((node, -1), self._end(node))

    def rest(self, number: int) -> tuple[Place, Place]:
        """What a comment stands in, from the comment on."""
        document = self._document
        node, (parent, piece) = document.comments[number][0], document.comment_places[number]
        if parent < 0 or document.tags[parent] in _PAGE:
            return self.page
        before = self._solid[piece] - self._solid[document.first_piece[node]]
        return (node, -1 if node == parent and not before else before), self._end(parent)

    def next(self, node: int) -> tuple[Place, Place]:
        """The element that starts next; nothing where none does. The page's own elements may stand in no source, so they are none."""
        tags = self._document.tags
        node += 1
        while node < len(tags) and tags[node] in _PAGE:
            node += 1
        return self.element(node) if node < len(tags) else (_WHOLE, _WHOLE)

    def _end(self, node: int) -> Place:
        document = self._document
        last = document.ends[node] - 1
        return last, self._solid[document.last_piece[node]] - self._solid[document.first_piece[last]]


def _comment(text: str, node: int, number: int, reaches: _Reaches) -> Directive:
    begin = _BEGIN.match(text)
    body = text[begin.end() if begin else 0 :].strip()
    spot = Spot(node, None, clip(tidy(text[: LONGEST * 2]), 120))
    if len(body) > LONGEST:
        return Directive("", (), None, "comment", spot, _WHOLE, _WHOLE, "long", str(LONGEST))
    first, *rest = body.split(None, 1) or [""]
    verb = first.rstrip(":,").lower()
    if verb not in VERBS:
        hint = _told(first, nearest(verb, list(VERBS))) if first else None
        return Directive(clip(first, 40), (), None, "comment", spot, _WHOLE, _WHOLE, "verb", hint)
    rules, reason, fault, hint = _named("".join(rest))
    begins, ends = reaches.page if verb == "ignore-file" else reaches.next(node) if verb == "ignore-next" else reaches.rest(number)
    return Directive(verb, rules, reason, "comment", spot, begins, ends, fault, hint)


def _attribute(text: str, node: int, reaches: _Reaches) -> Directive:
    spot = Spot(node, None, clip(tidy(f'{_ATTRIBUTE}="{text[: LONGEST * 2]}"'), 120))
    if len(text) > LONGEST:
        return Directive("ignore", (), None, "attribute", spot, _WHOLE, _WHOLE, "long", str(LONGEST))
    rules, reason, fault, hint = _named(text)
    return Directive("ignore", rules, reason, "attribute", spot, *reaches.element(node), fault, hint)


def _named(text: str) -> tuple[tuple[str, ...], str | None, str | None, str | None]:
    """Rules and reason as written, and what is wrong with them."""
    parts = _BEFORE_REASON.split(text, maxsplit=1)
    rules = tuple(each for each in _APART.split(parts[0]) if each)
    reason = tidy(parts[1]).strip("-\u2013\u2014 ") if parts[1:] else ""
    if not any(sign.isalnum() for sign in reason):
        reason = ""
    wrong = next((each for each in rules if not _RULE.fullmatch(each)), None)
    fault = "no_rules" if not rules else "no_rule" if wrong is not None else None
    return rules, reason or None, fault, _told(wrong, None) if wrong is not None else None


def _told(word: str, meant: str | None) -> str:
    """A word and what was meant by it, in any language.

    >>> _told("ignor", "ignore")
    '"ignor" → "ignore"'
    """
    return f'"{clip(word, 40)}"' + (f' → "{meant}"' if meant else "")
