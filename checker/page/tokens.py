"""Where the start tags of a page's source begin and end: the HTML standard's tokenizer, reduced to what positions need.

No tree and no repair: names and offsets, in the order of the source. Every repetition is possessive and every failed match ends the search,
so that the time grows with the length of the page, whatever it holds.
"""

from __future__ import annotations

import re
from html import entities
from typing import NamedTuple

_SPACE = r"[\t\n\f\r ]"
_NAME_ENDS = r"(?=[\t\n\f\r />])"
_ATTRIBUTE = (
    r"[^\t\n\f\r />][^\t\n\f\r />=]*+"
    rf"(?:{_SPACE}*+={_SPACE}*+(?:\"[^\"]*+\"|'[^']*+'|[^\t\n\f\r >\"'][^\t\n\f\r >]*+|(?=>))|(?!{_SPACE}*+=))"
)
_ATTRIBUTES = rf"(?:[\t\n\f\r /]++|{_ATTRIBUTE})*+>"
# Elements whose content is text up to their own end tag; in `_ESCAPABLE` character references count.
RAW_NAMES = "title|textarea|script|style|xmp|iframe|noembed|noframes|plaintext"
_ESCAPABLE = frozenset(("title", "textarea"))

# Comments, and what the standard turns into comments: declarations, processing instructions, end tags without a name.
_COMMENT = r"!--(?:-?>|[^-]*+(?:-(?!-!?>)[^-]*+)*+(?:--!?>)?)|[!?][^>]*+>?|/(?:>|[^a-zA-Z>][^>]*+>?)"
_START_TAGS = re.compile(
    rf"<(?:(?ai:({RAW_NAMES})){_NAME_ENDS}{_ATTRIBUTES}"  # group 1: raw text follows
    rf"|([a-zA-Z][^\t\n\f\r />]*+){_ATTRIBUTES}"  # group 2
    rf"|{_COMMENT}"
    # A plain end tag holds nothing that looks like a start tag: the search passes over it without the cost of a match.
    rf"|/[a-zA-Z](?![^<>\"'=]*+>){_ATTRIBUTES}"
    # A tag that the page's end cuts off is no tag, and nothing follows it.
    rf"|/?[a-zA-Z](?![^<>\"'=]*+>)[\s\S]*+)"
)
_SELF_CLOSED = re.compile(rf"<[a-zA-Z]++(?:{_SPACE}++|/(?!>)|{_ATTRIBUTE})*+/>")
_TAG = re.compile(rf"<[a-zA-Z][^\t\n\f\r />]*+{_ATTRIBUTES}")
_TAG_NAME = re.compile(r"<[^\t\n\f\r />]*+")
_ATTRIBUTE_PARTS = re.compile(rf"([^\t\n\f\r />][^\t\n\f\r />=]*)(?:{_SPACE}*={_SPACE}*(\"[^\"]*\"|'[^']*'|[^\t\n\f\r >\"'][^\t\n\f\r >]*)?)?")
_REFERENCE = re.compile(r"&(?:#[0-9]++;?|#[xX][0-9a-fA-F]++;?|[a-zA-Z][a-zA-Z0-9]{1,40};?)")
_PROSE = re.compile(
    rf"(?P<run>[^<&]++)"
    rf"|(?P<reference>{_REFERENCE.pattern})"
    rf"|<(?:{_COMMENT}|/?[a-zA-Z](?:[^\t\n\f\r />]*+{_ATTRIBUTES}|[\s\S]*+))"
    rf"|(?P<sign>[<&])"
)
_HTML_ENDS = re.compile(rf"<(?:(/)(?ai:html){_NAME_ENDS}{_ATTRIBUTES}|{_COMMENT})")
_RAW_ENDS = {name: re.compile(rf"</(?ai:{name}){_NAME_ENDS}") for name in RAW_NAMES.split("|") if name not in ("script", "plaintext")}
_SCRIPT_ENDS = re.compile(rf"<(?:(/)(?ai:script){_NAME_ENDS}|!--)")
_ESCAPED_SCRIPT = re.compile(rf"-->|<(/?)(?ai:script){_NAME_ENDS}")
_ASCII_LOWER = {**{upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}, 0: 0xFFFD}


class StartTags(NamedTuple):
    """Columns: the lower-cased name of each start tag of the source, the offset of its `<`, the offset behind its `>`.

    `raw`: the number of a start tag that raw text follows, and where that text ends.
    """

    names: list[str]
    begins: list[int]
    ends: list[int]
    raw: dict[int, int]


def start_tags(text: str) -> StartTags:
    """The start tags of the source in order; those inside comments, scripts and other raw text are none."""
    names: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    raw: dict[int, int] = {}
    at: int | None = 0
    while at is not None:
        begin, at = at, None
        for match in _START_TAGS.finditer(text, begin):
            name = match[2] or match[1]
            if name is None:
                continue
            names.append(name.lower() if name.isascii() and "\0" not in name else name.translate(_ASCII_LOWER))
            begins.append(match.start())
            ends.append(end := match.end())
            # The parser takes `<script />` for a whole element; a slash inside an unquoted value does not count.
            if match[1] is not None and not (text[end - 2] == "/" and _SELF_CLOSED.match(text, begins[-1])):
                raw[len(names) - 1] = at = _raw_end(text, end, names[-1])
                break
    return StartTags(names, begins, ends, raw)


def tag_end(text: str, begin: int) -> int | None:
    """The offset behind the `>` of the tag that begins there."""
    found = _TAG.match(text, begin)
    return found.end() if found else None


def _raw_end(text: str, at: int, name: str) -> int:
    """Where the raw text that starts at `at` ends: at its own end tag, or with the page."""
    if name == "script":
        return _script_end(text, at)
    found = _RAW_ENDS[name].search(text, at) if name in _RAW_ENDS else None
    return found.start() if found else len(text)


def _script_end(text: str, at: int) -> int:
    """As `_raw_end`; inside `<!--` in a script, an inner script element hides the first end tag."""
    while found := _SCRIPT_ENDS.search(text, at):
        if found[1]:
            return found.start()
        at, inner = found.start() + 2, False
        while escaped := _ESCAPED_SCRIPT.search(text, at):
            at = escaped.end()
            if escaped[1] is None:
                break
            if escaped[1] and not inner:
                return escaped.start()
            inner = not escaped[1]
        else:
            return len(text)
    return len(text)


def html_ends(text: str, begin: int, limit: int) -> list[int]:
    """The offsets behind the `</html>` tags between `begin` and `limit`."""
    return [match.end() for match in _HTML_ENDS.finditer(text, begin, limit) if match[1]]


def text_in(text: str, begin: int, limit: int, skip: int) -> int | None:
    """The offset of the character of text before which `skip` non-space characters stand, counted from `begin`; None beyond `limit`.

    A character that is written as a reference is found at its `&`.
    """
    return _in_prose(text, begin, limit, skip, markup=True)[0]


def text_behind(text: str, tags: StartTags, at: int, limit: int, skip: int) -> int | None:
    """As `text_in`, from behind the start tag number `at`, through its raw text if it has any."""
    begin = tags.ends[at]
    if at in tags.raw:
        end = min(tags.raw[at], limit)
        if tags.names[at] in _ESCAPABLE:
            found, skip = _in_prose(text, begin, end, skip, markup=False)
            if found is not None:
                return found
        else:
            size = _solid(text[begin:end])
            if skip < size:
                return begin + _nth_solid(text[begin:end], skip)
            skip -= size
        begin = end
    return text_in(text, begin, limit, skip)


def _in_prose(text: str, at: int, limit: int, skip: int, *, markup: bool) -> tuple[int | None, int]:
    """The offset, or None and what is left of `skip` at the limit."""
    while at < limit:
        match = _PROSE.match(text, at, limit)
        if match is None:
            break
        kind, stop = match.lastgroup, match.end()
        if kind is None and not markup:
            kind, stop = "sign", at + 1
        if kind == "run":
            size = _solid(match[0])
            if skip < size:
                return at + _nth_solid(match[0], skip), 0
            skip -= size
        elif kind == "reference":
            meaning, length = reference(match[0])
            size, stop = _solid(meaning), at + length
            if skip < size:
                return at, 0
            skip -= size
        elif kind == "sign":
            if not skip:
                return at, 0
            skip -= 1
        at = stop
    return None, skip


def reference(text: str) -> tuple[str, int]:
    """What the character reference at the beginning means and how many characters belong to it; an `&` that begins none means itself.

    >>> reference("&copyright;")
    ('©', 5)
    """
    found = _REFERENCE.match(text)
    written = found[0] if found else "&"
    if written.startswith("&#"):
        digits = written[2:].rstrip(";")
        # Nine digits are beyond Unicode, and so are more.
        number = int(digits[1:].lstrip("0")[:9] or "0", 16) if digits[0] in "xX" else int(digits.lstrip("0")[:9] or "0")
        if number == 0 or number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
            return "\ufffd", len(written)
        if 0x80 <= number <= 0x9F:
            # What pages in windows-1252 meant by them; five of these bytes have no meaning there.
            return (bytes((number,)).decode("cp1252", "ignore") or chr(number)), len(written)
        return chr(number), len(written)
    for length in range(len(written), 2, -1):
        meaning = entities.html5.get(written[1:length])
        if meaning is not None:
            return meaning, length
    return "&", 1


def _solid(text: str) -> int:
    return len("".join(text.split()))


def _nth_solid(text: str, skip: int) -> int:
    for place, character in enumerate(text):
        if not character.isspace():
            if not skip:
                return place
            skip -= 1
    raise AssertionError("the caller counted at least skip + 1 such characters")


def attributes(tag: str) -> dict[str, str]:
    """The attributes of one start tag as written (references undecoded), names in lower case; of two with one name the first counts."""
    found: dict[str, str] = {}
    name = _TAG_NAME.match(tag)
    for match in _ATTRIBUTE_PARTS.finditer(tag, name.end() if name else 0):
        value = match[2] or ""
        found.setdefault(match[1].lower(), value[1:-1] if value[:1] in ("'", '"') else value)
    return found
