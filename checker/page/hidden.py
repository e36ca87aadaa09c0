"""What a reader does not see although it stands in the markup, as far as the page's own markup and style rules tell.

A style sheet that was not read hides nothing here (design, decision 3). Rules inside `@media` are left out, because they hold on some screens only.
"""

from __future__ import annotations

import re
from functools import cached_property

from checker.page.document import Document

_DECLARATION = re.compile(r"([a-z-]+)\s*:\s*([^;]+)")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
# A selector that is one class, one id, or a tag with one of them: the only ones whose elements can be told without a style engine.
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?([.#][A-Za-z_-][\w-]*)")
_SHOWS = re.compile(r"(?:display\s*:\s*(?!none)|visibility\s*:\s*visible|opacity\s*:\s*1)\w*", re.IGNORECASE)
_ZERO = re.compile(r"0(?:\.0+)?(?:px|em|rem|%|pt)?")
_FAR = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|em|rem|%|pt|vw)")
_RGB = re.compile(r"rgb\((\d{1,3}),(\d{1,3}),(\d{1,3})\)")
_MOST_CSS = 2_000_000


def hides(declarations: str, *, picture: bool = False) -> bool:
    """Whether these style declarations take an element from sight. A `picture` at opacity 0 is one that fades in when it has loaded.

    >>> hides("display : none !important"), hides("opacity:.5")
    (True, False)
    """
    if ":" not in declarations:
        return False
    style = {name: value.replace("!important", "").strip() for name, value in _DECLARATION.findall(declarations.lower())}
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
        self._known: dict[int, str | None] = {}
        self._known_pictures: dict[int, str | None] = {}

    @cached_property
    def _by_style(self) -> frozenset[str]:
        """The classes (".x") and ids ("#x") that the page's own style rules hide."""
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
        css = _COMMENT.sub(" ", css)
        selector_from = 0
        at_rules: list[bool] = []
        for brace in re.finditer(r"[{}]", css):
            at = brace.start()
            if brace.group() == "{":
                selector = css[selector_from:at].strip()
                nested = selector.startswith("@")
                at_rules.append(nested)
                if not nested:
                    end = css.find("}", at)
                    declarations = css[at + 1 : end if end >= 0 else len(css)]
                    names = [simple[1] for one in selector.split(",") if (simple := _SIMPLE.fullmatch(one.strip()))]
                    if names and any(at_rules):
                        if _SHOWS.search(declarations):
                            shown.update(names)
                    elif names and hides(declarations):
                        hidden.update(names)
                    elif names and _SHOWS.search(declarations):
                        hidden.difference_update(names)
            elif at_rules:
                at_rules.pop()
            selector_from = at + 1

    def how(self, node: int, *, picture: bool = False) -> str | None:
        """What hides the element: attribute, style, details, noscript, template; None if nothing does.

        For a `picture`, `aria-hidden`, opacity and style rules for classes say nothing: it is seen all the same, fades in, or is shown by a gallery.
        """
        chain: list[int] = []
        document, known = self._document, self._known_pictures if picture else self._known
        found: str | None = None
        while node >= 0:
            if node in known:
                found = known[node]
                break
            chain.append(node)
            node = document.parents[node]
        for inner in reversed(chain):
            if found is None:
                found = self._own(inner, picture=picture)
            known[inner] = found
        return found

    def _own(self, node: int, *, picture: bool) -> str | None:
        tag, attrs = self._document.tags[node], self._document.attrs[node]
        if tag in ("noscript", "template", "script"):
            return tag
        parent = self._document.parents[node]
        if parent >= 0 and self._document.tags[parent] == "details" and tag != "summary" and "open" not in self._document.attrs[parent]:
            return "details"
        if tag == "dialog" and "open" not in attrs:
            return "attribute"
        if not attrs:
            return None
        if "hidden" in attrs and tag not in ("html", "body"):
            return "attribute"
        if not picture and attrs.get("aria-hidden", "").strip().lower() == "true" and tag not in ("html", "body", "i", "svg"):
            return "attribute"
        style = attrs.get("style")
        if style and hides(style, picture=picture) and tag not in ("html", "body"):
            return "style"
        if not picture and self._by_style:
            names = attrs.get("class")
            if names and any("." + name in self._by_style for name in names.split()):
                return "style"
            if "id" in attrs and "#" + attrs["id"] in self._by_style:
                return "style"
        return None

    def revealable(self, node: int) -> bool:
        """Whether the page shows a control or an inline script that names the id or a class of the hidden element (or of the one that hides it)."""
        names: set[str] = set()
        outer: int = node
        while outer >= 0 and self.how(outer) is not None:
            attrs = self._document.attrs[outer]
            names.update(name for name in (attrs.get("id", ""), *attrs.get("class", "").split()) if len(name) > 3)
            outer = self._document.parents[outer]
        return bool(self._pointed_at & names) or any(name in self._scripts for name in names)

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
