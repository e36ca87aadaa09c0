"""Line and column of spots: the source is read a second time, and only when a spot is asked for.

The parser tells neither columns nor lines above 65,535, so the start tags of the source are found by our own tokenizer and joined with the
parser's in order. The parser invents `html`, `head` and `body`, and drops them when they are repeated; all other tags come one for one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice, pairwise

from checker.facts import Spot
from checker.page.line_ends import Lines
from checker.page.plain_tags import PlainTags, plain_tags
from checker.page.tokens import RAW_NAMES, StartTags, html_ends, start_tags, tag_end, text_behind, text_in
from checker.text import printable

# The order in which the parser opens what the source leaves out.
_FRAME = {"html": 0, "head": 1, "body": 2}
# In a head, these hold no text: what follows them is already the body's.
_EMPTY = frozenset(("html", "head", "meta", "link", "base", "basefont", "bgsound", "frameset", "frame"))
_RAW = frozenset(RAW_NAMES.split("|"))
_EXCERPT = 120
# Where the sequences part for another reason than the three tags above: how far to look for the next agreement, how many tags must
# agree there, and how much comparing a page may cost in all (a page of tags made to disagree would otherwise take minutes).
_REACH, _AGREE, _EFFORT = 40, 4, 50_000
# The one element of a head that holds others, and so may end behind the last start tag in it.
_NOSCRIPT_END = re.compile("</(?ai:noscript)[^<>]*+>")
_END_TAG = re.compile("</[a-zA-Z][^<>]*+>")
_SPACES = str.maketrans(dict.fromkeys("\t\f\v\u0085\u2028\u2029", " "))


class Places:
    """Finds spots in the decoded source (`text`, without BOM); `tags` are the start tags as the parser reported them."""

    def __init__(self, text: str, tags: Sequence[str]) -> None:
        self._text = text
        self._tags = tags

    @property
    def text(self) -> str:
        """The decoded source, without BOM: what offsets count in."""
        return self._text

    def locate(self, spot: Spot) -> Spot:
        """The spot with offset, line, column, excerpt and caret; the same spot if it cannot be joined with the source."""
        offset = self.offset(spot.node, spot.skip)
        if offset is None:
            return spot
        return self.located_at(spot, offset)

    def offset(self, node: int, skip: int | None) -> int | None:
        """The offset of the start tag, or of the character of text `skip` non-space characters behind it."""
        plain = self._plain
        begin = plain.begin(node) if plain is not None and -1 < node < len(self._tags) else None
        if plain is not None and begin is not None:
            if skip is None:
                return begin
            end, limit = tag_end(self._text, begin), plain.begin(node + 1)
            if end is not None and limit is not None and self._tags[node] not in _RAW:
                return text_in(self._text, end, limit, skip)
        return self._tokenized_offset(node, skip)

    @cached_property
    def _plain(self) -> PlainTags | None:
        return plain_tags(self._text, self._tags)

    @cached_property
    def _source(self) -> StartTags:
        return start_tags(self._text)

    @cached_property
    def _joined(self) -> list[int]:
        return _join(self._text, self._source, self._tags)

    def _tokenized_offset(self, node: int, skip: int | None) -> int | None:
        if not -1 <= node < len(self._joined):
            return None
        at = self._joined[node] if node >= 0 else -1
        if skip is None:
            return self._source.begins[at] if at >= 0 else None
        limit = next((self._source.begins[other] for other in islice(self._joined, node + 1, None) if other >= 0), len(self._text))
        if at >= 0:
            return text_behind(self._text, self._source, at, limit, skip)
        return text_in(self._text, self._begin_of_invented(self._source, node, limit), limit, skip)

    def _begin_of_invented(self, source: StartTags, node: int, limit: int) -> int:
        """Where the text of an element begins that the parser invented."""
        first, last = node, node + 1
        while first > 0 and self._joined[first - 1] < 0:
            first -= 1
        while last < len(self._joined) and self._joined[last] < 0:
            last += 1
        before = self._joined[first - 1] if first > 0 else -1
        # Text behind `</html>` makes the parser begin another one.
        again = [other for other in range(max(first, 1), last) if self._tags[other] == "html"]
        nth = sum(other <= node for other in again)
        if not nth:
            return _after(self._text, source, before, limit)
        begin = source.raw.get(before, source.ends[before]) if before >= 0 else 0
        closed = [one for one, other in pairwise([*html_ends(self._text, begin, limit), limit]) if text_in(self._text, one, other, 0) is not None]
        # An end tag that answers a repeated start tag closes nothing: the last ones count.
        closed = closed[max(0, len(closed) - len(again)) :]
        return closed[min(nth, len(closed)) - 1] if closed else begin

    def located_at(self, spot: Spot, offset: int) -> Spot:
        """The spot at an offset that is known."""
        line, column = self.line_column(offset)
        excerpt, caret = self.excerpt(offset)
        return replace(spot, offset=offset, line=line, column=column, excerpt=excerpt, caret=caret)

    def behind(self, node: int, wanted: re.Pattern[str], after: int) -> int | None:
        """The offset of what stands in the source between the start tag of an element and the next one, and not before `after`."""
        begin = self.offset(node, None) or 0
        source = self._source
        at = self._joined[node] if 0 <= node < len(self._joined) else -1
        limit = next((source.begins[other] for other in islice(self._joined, node + 1, None) if other >= 0), len(self._text))
        found = wanted.search(self._text, max(source.raw.get(at, begin), after), limit)
        return found.start() if found else None

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column of any offset, both from 1, in code points; CRLF, CR and LF each end one line."""
        line, begin = self._lines.at(offset)
        return line, offset - begin + 1

    def excerpt(self, offset: int) -> tuple[str, int]:
        """The source line around the offset, fit to print, and the place of the offset in it."""
        text = self._text
        _, begin = self._lines.at(offset)
        # Where the line ends matters only as far as it can be shown.
        end = self._lines.end(offset, offset + _EXCERPT + 1)
        if end - begin > _EXCERPT:
            # A third of the room before the spot, the rest behind it; whatever the line cannot use on one side goes to the other.
            first = max(begin, min(offset - _EXCERPT // 3, end - _EXCERPT))
            last = min(end, first + _EXCERPT)
        else:
            first, last = begin, end
        shown = text[first:last].rstrip("\r\n").translate(_SPACES)
        indent = min(len(shown) - len(shown.lstrip(" ")), offset - first) if first == begin else 0
        shown = ("…" if first > begin else "") + printable(shown[indent:]).rstrip() + ("…" if last < end else "")
        return shown, offset - first - indent + (first > begin)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self._text)


def _join(text: str, source: StartTags, tags: Sequence[str]) -> list[int]:
    """For each of the parser's tags the index of its start tag in the source, or -1."""
    names = source.names
    joined = [-1] * len(tags)
    mine = theirs = effort = 0
    before, opened = -1, set()
    while theirs < len(tags) and mine < len(names):
        tag, name = tags[theirs], names[mine]
        rank = _FRAME.get(tag)
        if tag == name:
            if tag == "html" and tag in opened and not html_ends(text, source.ends[before] if before >= 0 else 0, source.begins[mine]):
                mine += 1  # a repeated tag in an open page: the parser drops it
                continue
            if rank is None or not _invented(text, source, before, mine, again=tag in opened):
                joined[theirs] = before = mine
                mine += 1
            opened.add(tag)
            theirs += 1
        elif name in _FRAME and (rank is None or rank > _FRAME[name]):
            mine += 1
        elif rank is not None:
            opened.add(tag)
            theirs += 1
        else:
            found, cost = _agreement(tags, theirs, names, mine)
            effort += cost
            if found is None or effort > _EFFORT:
                break
            theirs, mine = found
    return joined


def _agreement(tags: Sequence[str], theirs: int, names: list[str], mine: int) -> tuple[tuple[int, int] | None, int]:
    """The nearest pair of places from which the sequences agree again, and how many comparisons that took."""
    cost = 0
    for distance in range(1, _REACH):
        for ahead in range(distance + 1):
            one, other = theirs + ahead, mine + distance - ahead
            if one >= len(tags) or other >= len(names):
                continue
            cost += 1
            if tags[one] == names[other] and list(tags[one : one + _AGREE]) == names[other : other + _AGREE]:
                return (one, other), cost
    return None, cost


def _invented(text: str, source: StartTags, before: int, at: int, *, again: bool) -> bool:
    """Whether text behind the start tag `before` had made the parser open the element of the `html`, `head` or `body` tag `at` without it."""
    limit = source.begins[at]
    begin = _after(text, source, before, limit)
    if again and source.names[at] != "html":
        return False
    if again:
        return any(text_in(text, end, limit, 0) is not None for end in html_ends(text, begin, limit)[:1])
    if before >= 0 and begin == source.ends[before] and before not in source.raw and not _holds_nothing(text, source, before):
        return False  # still inside an element of the head
    return text_in(text, begin, limit, 0) is not None


def _after(text: str, source: StartTags, before: int, limit: int) -> int:
    """Where text can begin that does not belong to the element of this start tag (-1: the page's beginning)."""
    if before < 0:
        # The parser takes U+FEFF at the very beginning for a byte order mark.
        return 1 if text.startswith("\ufeff") and len(text) > 1 else 0
    if before in source.raw:
        return min(source.raw[before], limit)
    end = source.ends[before]
    if _holds_nothing(text, source, before):
        return end
    closed = _NOSCRIPT_END.search(text, end, limit) or _END_TAG.search(text, end, limit)
    return closed.start() if closed else end


def _holds_nothing(text: str, source: StartTags, at: int) -> bool:
    return source.names[at] in _EMPTY or text.endswith("/>", 0, source.ends[at])
