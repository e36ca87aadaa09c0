"""The cleaned markup of a page with its marks made visible, its pictures put in, and its links leading nowhere.

The markup is as the cleaner writes it: attributes in double quotes, signs escaped, no element whose text is read by other rules.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from itertools import pairwise

from checker.page.cleaned import LAZY, OURS, is_picture
from checker.page.frozen_marks import Mark, Marked
from checker.text import INVISIBLE, clip, fold

_TOKEN = re.compile(r"<!--(?P<comment>.*?)-->|<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*)(?P<rest>(?:\"[^\"]*\"|[^\">])*)>|(?P<text>[^<]+|<)", re.DOTALL)
_ATTRIBUTE = re.compile(r"\s([^\s=\">]+)(?:=\"([^\"]*)\")?")
_UNIT = re.compile(r"&#?\w{1,32};|.", re.DOTALL)
_NAMES = {
    "notice": "Notice",
    "hint": "Unclear notice",
    "link": "Paid link",
    "possible": "Link that may pay",
    "author": "Byline",
    "image": "Picture",
    "credit": "Credit",
}
# What a label cannot stand in.
_HOLDS_NO_LABEL = frozenset((
    "br", "col", "colgroup", "details", "dir", "dl", "figure", "hr", "img", "menu", "ol", "picture", "ruby", "search", "table", "tbody", "tfoot",
    "thead", "tr", "ul", "wbr",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th",
    "tr", "ul",
))  # fmt: skip
_CHANGED = frozenset(("a", "button", "img"))
# How much further than its length a text is looked for behind its mark, and how much of it must agree where it does not as a whole.
_FURTHER, _BEGINNING = 400, 20
_LONGEST_TITLE = 200
_SPOT = 3  # pixels: what is not larger is no picture to readers

Pictured = Callable[[Sequence[str]], str | None]


@dataclass(slots=True)
class _Piece:
    """One piece of markup: `text`, a tag (`name`, `rest`, `close`), or the numbers of marks that begin here (`marks`)."""

    text: str = ""
    name: str = ""
    rest: str = ""
    close: bool = False
    marks: tuple[int, ...] = ()
    # Where marks cover the text: first unit, the one behind the last, mark.
    covers: list[tuple[int, int, int]] = field(default_factory=list)

    @property
    def units(self) -> list[str]:
        """Its characters, each as it is written."""
        return _UNIT.findall(self.text) if "&" in self.text else list(self.text)


def shown(markup: str, marked: Marked, pictured: Pictured) -> str:
    """The markup with its marks. `pictured`: from the addresses that a picture may have to one that holds it."""
    work = _Work(list(_pieces(markup, marked)), marked, pictured)
    return "".join((*work.above(), *work.written()))


def _pieces(markup: str, marked: Marked) -> Iterator[_Piece]:
    sign = f"{marked.token}:"
    for found in _TOKEN.finditer(markup):
        if found["text"] is not None:
            yield _Piece(text=found["text"] if found["text"] != "<" else "&lt;")
        elif found["name"] is not None:
            yield _Piece(name=found["name"].lower(), rest=found["rest"], close=bool(found["close"]))
        elif found["comment"].startswith(sign) and found["comment"][len(sign) :].isdigit():
            yield _Piece(marks=(int(found["comment"][len(sign) :]),))


class _Work:
    def __init__(self, pieces: list[_Piece], marked: Marked, pictured: Pictured) -> None:
        self._pieces, self._marked, self._pictured = pieces, marked, pictured
        self._named: set[int] = set()  # marks whose id is given already
        self._boxed: set[int] = set(marked.homeless)
        for at, piece in enumerate(pieces):
            for number in piece.marks:
                if not marked.marks[number].box and marked.marks[number].text and not self._cover(at, number):
                    self._boxed.add(number)

    def above(self) -> Iterator[str]:
        """What stands nowhere in the page."""
        if self._marked.homeless:
            yield f'<div class="{OURS}-above">'
            yield from (self._box(number) for number in self._marked.homeless)
            yield "</div>"

    def written(self) -> Iterator[str]:
        """The page."""
        for piece in self._pieces:
            if piece.marks:
                yield from (told for number in piece.marks if (told := self._begun(number)))
            elif piece.text:
                yield from self._text(piece)
            elif piece.close:
                yield f"</{piece.name}>"
            else:
                yield self._tag(piece)

    # Texts ------------------------------------------------------------------------------------------------------------------------------
    def _cover(self, at: int, number: int) -> bool:
        """Find the text of a mark behind its place; whether there is any."""
        said = "".join(c for c in fold(self._marked.marks[number].text) if not c.isspace() and c not in INVISIBLE)
        most = len(said) + _FURTHER
        signs: list[str] = []
        where: list[tuple[int, int]] = []
        ends: list[int] = []  # where a block ends, in signs
        for index in range(at + 1, len(self._pieces)):
            piece = self._pieces[index]
            if piece.name in _BLOCKS:
                ends.append(len(signs))
            if piece.text:
                for unit, written in enumerate(piece.units):
                    sign = fold(unescape(written)) if len(written) > 1 else fold(written)
                    if len(sign) == 1 and not sign.isspace() and sign not in INVISIBLE:
                        signs.append(sign)
                        where.append((index, unit))
                        if len(signs) > most:
                            break
            if len(signs) > most:
                break
        text = "".join(signs)
        first, length = text.find(said), len(said)
        if first < 0:
            first = max(0, text.find(said[:_BEGINNING]))
            length = min(length, next((end for end in ends if end > first), len(text)) - first)
        covered: dict[int, list[int]] = defaultdict(list)
        for index, unit in where[first : first + length]:
            covered[index].append(unit)
        for index, units in covered.items():
            self._pieces[index].covers.append((units[0], units[-1] + 1, number))
        return bool(covered)

    def _text(self, piece: _Piece) -> Iterator[str]:
        if not piece.covers:
            yield piece.text
            return
        units = piece.units
        cuts = sorted({0, len(units), *(cut for begin, end, _ in piece.covers for cut in (begin, end))})
        for begin, end in pairwise(cuts):
            numbers = [number for first, last, number in piece.covers if first <= begin and end <= last]
            text = "".join(units[begin:end])
            yield self._wrapped(numbers, text) if numbers else text

    def _wrapped(self, numbers: Sequence[int], text: str) -> str:
        name, labels = self._labels(numbers, has_id=False)
        return f'<span class="{_classes(self._kinds(numbers))}"{name}>{labels}{text}</span>'

    # Elements ---------------------------------------------------------------------------------------------------------------------------
    def _tag(self, piece: _Piece) -> str:
        if piece.name not in _CHANGED and self._marked.token not in piece.rest:
            return f"<{piece.name}{piece.rest}>"  # as it was cleaned
        attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(piece.rest)}
        numbers = [int(word) for word in attributes.pop(f"data-{self._marked.token}", "").split() if word.isdigit()]
        name, labels = self._labels(numbers, has_id="id" in attributes)
        if numbers:
            attributes["class"] = " ".join(filter(None, (attributes.get("class", ""), _classes(self._kinds(numbers)))))
        if piece.name == "img":
            return labels + self._picture(attributes, name, is_marked=bool(numbers))
        if piece.name == "a" and (href := attributes.pop("href", "").strip()):
            attributes.setdefault("title", clip(href, _LONGEST_TITLE))
        if piece.name == "button":
            attributes["type"] = "button"
        tag = f"<{piece.name}{_written(attributes)}{name}>"
        return labels + tag if piece.name in _HOLDS_NO_LABEL else tag + labels

    def _picture(self, attributes: dict[str, str], name: str, *, is_marked: bool) -> str:
        """A picture, or a box of its size where it is not here."""
        addresses = [address for each in ("src", *LAZY) if (address := attributes.pop(each, "").strip())]
        found = self._pictured(addresses)
        if found is not None and is_picture(found):
            return f"<img{_written({**attributes, 'src': found})}{name}>"
        alt, width, height = attributes.pop("alt", "").strip(), attributes.pop("width", ""), attributes.pop("height", "")
        if not is_marked and any(side.isdigit() and int(side) <= _SPOT for side in (width, height)):
            return ""
        attributes["class"] = " ".join(filter(None, (attributes.get("class", ""), f"{OURS}-absent")))
        if width.isdigit() and height.isdigit() and int(width) and int(height):
            size = f"width:{int(width)}px;aspect-ratio:{int(width)}/{int(height)}"
            attributes["style"] = ";".join(filter(None, (size, attributes.get("style", ""))))
        return f"<span{_written(attributes)}{name}>{escape(alt or 'picture', quote=False)}</span>"

    # Marks ------------------------------------------------------------------------------------------------------------------------------
    def _begun(self, number: int) -> str:
        """What stands where a mark begins that is not on an element."""
        mark = self._marked.marks[number]
        if mark.box or number in self._boxed:
            return self._box(number)
        return "" if mark.text else self._labels([number], has_id=True)[1]

    def _box(self, number: int) -> str:
        mark = self._marked.marks[number]
        name, labels = self._labels([number], has_id=False)
        if mark.why:
            told = f"not seen ({mark.why.removeprefix('hidden: ')})"
        else:
            told = "about the page as a whole" if mark.kind == "finding" else "stands nowhere in the text"
        told = f" {told}" + (f": “{mark.quote}”" if mark.quote else "")
        kinds = [mark.kind] if mark.kind != "finding" else []
        return f'<span class="{_classes(kinds)} {OURS}-box"{name}>{labels}{escape(told, quote=False)}</span>'

    def _labels(self, numbers: Sequence[int], *, has_id: bool) -> tuple[str, str]:
        """The attribute with the id of the first fact, where the element may have it, and the labels of all; findings first."""
        name, labels = "", []
        for number in sorted(numbers, key=lambda each: self._marked.marks[each].kind != "finding"):
            mark = self._marked.marks[number]
            if number in self._named:
                continue
            self._named.add(number)
            own = f' id="{OURS}-{mark.kind}-{mark.number}"'
            if mark.kind != "finding" and not has_id:
                name, own, has_id = own, "", True
            labels.append(f'<span class="{_label_classes(mark)}"{own}>{_label(mark)}</span>')
        return name, "".join(labels)

    def _kinds(self, numbers: Iterable[int]) -> list[str]:
        kinds = [self._marked.marks[number].kind for number in numbers]
        return [kind for kind in dict.fromkeys(kinds) if kind != "finding"]


def _classes(kinds: Sequence[str]) -> str:
    return " ".join((f"{OURS}-mark", *(f"{OURS}-{kind}" for kind in kinds)))


def _label_classes(mark: Mark) -> str:
    return f"{OURS}-finding" if mark.kind == "finding" else f"{OURS}-label {OURS}-label-{mark.kind}"


def _label(mark: Mark) -> str:
    return str(mark.number) if mark.kind == "finding" else f"{_NAMES[mark.kind]} {mark.number}"


def _written(attributes: dict[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if name not in LAZY)
