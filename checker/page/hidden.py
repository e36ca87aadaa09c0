"""What a reader does not see although it stands in the markup, as far as the page's own markup and style rules tell.

A style sheet that was not read hides nothing here (design, decision 3). Rules inside `@media` are left out, because they hold on some screens only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property, lru_cache
from itertools import chain

from checker.page.document import Document
from checker.page.spans import Spans

_DECLARATION = re.compile(r"([a-z-]+)\s*:\s*([^;]+)")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
# A selector that is one class, one id, or a tag with one of them: the only ones whose elements can be told without a style engine.
_SIMPLE = re.compile(r"[{},]\s*+(?:[a-z][a-z0-9]*+)?([.#][A-Za-z_-][\w-]*+)(?=\s*+[,{])")
_LIST_END = re.compile(r"[{}]")
_SHOWS = re.compile(r"(?:display\s*:\s*(?!none)|visibility\s*:\s*visible|opacity\s*:\s*1)\w*", re.IGNORECASE)
# Declarations that hide have one of these, or a length far below zero; most have none.
_HIDING = ("none", "hidden", "collapse", "opacity", "font-size", "clip", "background")
_NEGATIVE = re.compile(r"-\d{3}")
_ZERO = re.compile(r"0(?:\.0+)?(?:px|em|rem|%|pt)?")
_FAR = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|em|rem|%|pt|vw)")
_RGB = re.compile(r"rgb\((\d{1,3}),(\d{1,3}),(\d{1,3})\)")
_MOST_CSS = 2_000_000

# A page that hides itself whole shows itself by script; small drawings are hidden from screen readers only.
_PAGE = ("html", "body")
_NEVER_ARIA = ("html", "body", "i", "svg")
# The same few declarations are written over and over.
_MOST_KNOWN = 4096


@lru_cache(_MOST_KNOWN)
def hides(declarations: str, *, picture: bool = False) -> bool:
    """Whether these style declarations take an element from sight. A `picture` at opacity 0 is one that fades in when it has loaded.

    >>> hides("display : none !important"), hides("opacity:.5")
    (True, False)
    """
    lower = declarations.lower()
    if ":" not in lower or not (any(map(lower.__contains__, _HIDING)) or _NEGATIVE.search(lower)):
        return False
    return _hides({name: value.replace("!important", "").strip() for name, value in _DECLARATION.findall(lower)}, picture=picture)


def _hides(style: dict[str, str], *, picture: bool = False) -> bool:
    """The same, of properties and their values."""
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse") or style.get("content-visibility") == "hidden":
        return True
    if picture:
        return False
    if _is_zero(style.get("opacity")) or _is_zero(style.get("font-size")):
        return True
    if any(_FAR.fullmatch(style.get(side, "")) for side in ("left", "top", "text-indent", "margin-left", "right")):
        return True
    clipped = style.get("overflow") == "hidden"
    if clipped and (_is_zero(style.get("height")) or _is_zero(style.get("max-height")) or _is_zero(style.get("width"))):
        return True
    if style.get("position") == "absolute" and ("clip" in style and style["clip"].replace(" ", "").startswith(("rect(0", "rect(1px"))):
        return True
    if style.get("clip-path", "").replace(" ", "") in ("inset(50%)", "inset(100%)", "circle(0)"):
        return True
    color, ground = style.get("color"), style.get("background-color") or style.get("background")
    return (
        color is not None and ground is not None and _color(color) == _color(ground) and color not in ("inherit", "initial", "unset", "currentcolor")
    )


def _color(value: str) -> str:
    """One way of writing for the ways of writing a colour that people hide text with."""
    value = value.replace(" ", "")
    if match := _RGB.fullmatch(value):
        return "#" + "".join(f"{min(int(part), 255):02x}" for part in match.groups())
    if len(value) == 4 and value.startswith("#"):
        return "#" + "".join(digit * 2 for digit in value[1:])
    return {"white": "#ffffff", "black": "#000000"}.get(value, value)


def _is_zero(value: str | None) -> bool:
    return value is not None and _ZERO.fullmatch(value) is not None


class Hidden:
    """Answers for one page which elements are hidden, and how."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._scripted: dict[str, bool] = {}

    def how(self, node: int, *, picture: bool = False) -> str | None:
        """What hides the element: attribute, style, details, noscript, template; None if nothing does.

        For a `picture`, `aria-hidden`, opacity and style rules for classes say nothing: it is seen all the same, fades in, or is shown by a gallery.
        """
        hiding, spans = self._hiding_pictures if picture else self._hiding
        return hiding.get(spans.around(node))

    def is_in(self, first: int, last: int) -> bool:
        """Whether anything hidden stands in these pieces of text."""
        begins, ends = self._pieces
        at = bisect_right(ends, first)
        return at < len(begins) and begins[at] < last

    @cached_property
    def _pieces(self) -> tuple[list[int], list[int]]:
        """The stretches of text that are hidden: before which pieces they begin and end."""
        document, outermost = self._document, self._hiding[1]
        found = [(document.first_piece[node], document.last_piece[node]) for node in outermost]
        found = [(first, last) for first, last in found if first < last]
        return [first for first, _ in found], [last for _, last in found]

    @cached_property
    def _hiding(self) -> tuple[dict[int, str], Spans]:
        return self._hiding_elements(picture=False)

    @cached_property
    def _hiding_pictures(self) -> tuple[dict[int, str], Spans]:
        return self._hiding_elements(picture=True)

    def _hiding_elements(self, *, picture: bool) -> tuple[dict[int, str], Spans]:
        """The elements that hide what is in them, and how each does."""
        document, styled = self._document, frozenset[str]() if picture else self._by_style
        attrs_of, tags = document.attrs, document.tags
        hiding = {node: tags[node] for node in document.all("noscript", "template", "script")}
        for details in document.all("details"):
            if "open" not in attrs_of[details]:
                hiding.update((node, "details") for node in document.children(details) if tags[node] != "summary" and node not in hiding)
        for dialog in document.all("dialog"):
            if "open" not in attrs_of[dialog]:
                hiding.setdefault(dialog, "attribute")
        for node in document.having("hidden"):
            if tags[node] not in _PAGE:
                hiding.setdefault(node, "attribute")
        for node in document.having("aria-hidden") if not picture else ():
            if attrs_of[node]["aria-hidden"].strip().lower() == "true" and tags[node] not in _NEVER_ARIA:
                hiding.setdefault(node, "attribute")
        for node in document.having("style"):
            if hides(attrs_of[node]["style"], picture=picture) and tags[node] not in _PAGE:
                hiding.setdefault(node, "style")
        if styled:
            classes = {name[1:] for name in styled if name[0] == "."}
            named = [nodes for names, nodes in document.by_class.items() if not classes.isdisjoint(names.split())] if classes else []
            named.append([node for node in document.having("id") if "#" + attrs_of[node]["id"] in styled])
            for node in chain.from_iterable(named):
                hiding.setdefault(node, "style")
        return hiding, Spans(document, sorted(hiding))

    @cached_property
    def _by_style(self) -> frozenset[str]:
        """The classes (".x") and ids ("#x") of the page that its own style rules hide."""
        hidden: set[str] = set()
        shown: set[str] = set()
        for node in self._document.all("style"):
            media = (self._document.get(node, "media") or "all").lower()
            # Rules inside noscript hold for readers without scripts only ("hide the lazy image").
            if media in ("all", "screen", "") and not any(self._document.tags[outer] == "noscript" for outer in self._document.ancestors(node)):
                self._read_rules(self._document.raw_text(node)[:_MOST_CSS], hidden, shown)
        return frozenset(hidden - shown)

    def _read_rules(self, css: str, hidden: set[str], shown: set[str]) -> None:
        """Names that the rules hide, in the order of the rules; names that a rule shows on some screens count as shown."""
        css = "}" + (_COMMENT.sub(" ", css) if "/*" in css else css)
        depth, counted, at, declarations, names = 0, 1, 0, "", {".": self._classes, "#": self._ids}
        for selector in _SIMPLE.finditer(css):
            name = selector[1]
            if name[1:] not in names[name[0]]:
                continue
            begin = selector.end()
            if begin > at:  # the first of a list
                list_end = _LIST_END.search(css, begin)
                at = list_end.start() if list_end else len(css)
                end = css.find("}", at)
                declarations = css[at + 1 : end if end >= 0 else len(css)] if css.startswith("{", at) else ""
                depth = max(0, depth + css.count("{", counted, begin) - css.count("}", counted, begin))
                counted = begin
            if depth:  # inside @media and its like
                if _SHOWS.search(declarations):
                    shown.add(name)
            elif hides(declarations):
                hidden.add(name)
            elif name in hidden and _SHOWS.search(declarations):
                hidden.discard(name)

    @cached_property
    def _classes(self) -> frozenset[str]:
        """The classes that the page's elements have."""
        return frozenset(" ".join(self._document.by_class).split())

    @cached_property
    def _ids(self) -> frozenset[str]:
        """The ids that they have."""
        return frozenset([self._document.attrs[node]["id"] for node in self._document.having("id")])

    def revealable(self, node: int) -> bool:
        """Whether the page shows a control or an inline script that names the id or a class of the hidden element (or of the one that hides it)."""
        names: set[str] = set()
        outer: int = node
        while outer >= 0 and self.how(outer) is not None:
            attrs = self._document.attrs[outer]
            names.update(name for name in (attrs.get("id", ""), *attrs.get("class", "").split()) if len(name) > 3)
            outer = self._document.parents[outer]
        return bool(self._pointed_at & names) or any(map(self._in_scripts, names))

    def _in_scripts(self, name: str) -> bool:
        """Whether an inline script of the page holds the name."""
        found = self._scripted.get(name)
        if found is None:
            found = self._scripted[name] = name in self._scripts
        return found

    @cached_property
    def _pointed_at(self) -> frozenset[str]:
        """The ids and classes that the page's controls name."""
        pointed: set[str] = set()
        for control in self._document.all("button", "a", "input", "label"):
            attrs = self._document.attrs[control]
            for name in ("aria-controls", "data-target", "data-bs-target", "for", "href"):
                if value := attrs.get(name):
                    pointed.add(value.removeprefix("#").removeprefix("."))
        return frozenset(pointed)

    @cached_property
    def _scripts(self) -> str:
        """The page's inline scripts."""
        document = self._document
        return "\n".join(document.raw_text(script) for script in document.all("script") if "src" not in document.attrs[script])
