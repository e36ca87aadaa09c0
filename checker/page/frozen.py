"""A page as it stood, to be looked at beside a report: its source with facts and findings marked, in which nothing runs, asks or leads away.

It is cleaned twice: once before marks are made visible in it, and once as it is written, so that what is written is what the cleaner let through.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from importlib.resources import files
from urllib.parse import urljoin

from checker.facts import Page, Spot
from checker.page.cleaned import OURS, first_clean, foreign, is_picture, last_clean, style
from checker.page.document import Document
from checker.page.frozen_marks import marked
from checker.page.frozen_shown import shown
from checker.page.frozen_styles import Find, Sheet, sheets
from checker.page.hidden import Hidden
from checker.page.positions import Places

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"
# The parser that browsers agree on takes time that grows with the square of the depth. The deepest of 530 real pages has 60 levels, the largest 3 MB.
_DEEPEST, _LARGEST, _MOST_ELEMENTS = 500, 8_000_000, 100_000
_PICTURE_BYTES, _ALL_PICTURE_BYTES, _MOST_ASKED = 120_000, 300_000, 200
_DOCTYPE = re.compile(r"(?>\s+|<!--(?>.*?-->)|<\?[^>]*>)*+<!doctype", re.IGNORECASE | re.DOTALL).match
# Formatting elements that are left open are opened again in every block behind them, so that a small page may become any number of elements.
_FORMATTING = re.compile(r"<(/?)(?:b|big|code|em|font|i|s|small|strike|strong|tt|u)(?=[\s/>])", re.IGNORECASE).finditer
_MOST_REOPENED = 150_000
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF87a", "image/gif"), (b"GIF89a", "image/gif"),
)  # fmt: skip
# A page that waits for its scripts shows itself, and can be scrolled.
_SEEN = (
    "display:block!important;visibility:visible!important;opacity:1!important;overflow:visible!important;position:static!important;"
    "animation:none!important;height:auto!important;transform:none!important;filter:none!important"
)


class CannotFreeze(Exception):
    """There can be no copy of the page; the text says why."""


def frozen(document: Document, hidden: Hidden, places: Places, page: Page, pointed: Sequence[Spot | None], address: str, find: Find) -> str:
    """The copy, whole. `pointed`: where each finding points; `find`: what lies beside the page, which is shown at `address`. Raises CannotFreeze."""
    _ask_size(document, places.text)
    base = _base(document, address)

    def address_of(href: str) -> str:
        try:
            return urljoin(base, href.strip())
        except ValueError:
            return ""

    marks = marked(document, hidden, places, page, pointed)
    pictures = _Pictures(address_of, find)
    try:
        body = last_clean(shown(first_clean(_sound(marks.text), marks.token), marks, pictures.held))
    except (ValueError, TypeError) as fault:
        raise CannotFreeze(f"it cannot be cleaned: {fault}") from None
    found, missing = sheets(document, address_of, find)
    doctype = "<!doctype html>\n" if _DOCTYPE(places.text[:4000]) else ""
    head, html, own = _head(page, found), _frame(document, "html"), _frame(document, "body")
    return f"{doctype}<html{html}><head>{head}</head>\n<body{own}>{_told(missing)}{body}</body></html>\n"


def _ask_size(document: Document, text: str) -> None:
    """Raises CannotFreeze for a page that would take longer than it is worth."""
    if len(text) > _LARGEST or len(document) > _MOST_ELEMENTS:
        raise CannotFreeze("it is too large")
    depths = [0] * (len(document) + 1)
    for node, parent in enumerate(document.parents):
        depths[node] = depths[parent] + 1
    if max(depths) > _DEEPEST:
        raise CannotFreeze("its elements stand too deep in each other")
    left_open = most_open = 0
    for found in _FORMATTING(text):
        left_open = max(0, left_open - 1) if found[1] else left_open + 1
        most_open = max(most_open, left_open)
    if most_open * len(document) > _MOST_REOPENED:
        raise CannotFreeze("too many of its formatting elements are left open")


def _base(document: Document, address: str) -> str:
    href = next((document.attrs[node]["href"] for node in document.all("base") if "href" in document.attrs[node]), "")
    try:
        return urljoin(address, href)
    except ValueError:
        return address


def _frame(document: Document, tag: str) -> str:
    """The attributes of the page's own `html` or `body`, as far as they say how it looks."""
    attrs = next((document.attrs[node] for node in document.all(tag)), {})
    kept = {name: attrs[name] for name in ("lang", "dir") if attrs.get(name)}
    kept |= {name: names for name in ("id", "class") if (names := foreign(attrs.get(name, "")))}
    kept["style"] = "".join((f"{own.rstrip('; ')};" if (own := style(attrs.get("style", ""))) else "", _SEEN))
    return "".join(f' {name}="{escape(_sound(value))}"' for name, value in kept.items())


def _head(page: Page, found: Sequence[Sheet]) -> str:
    own, ours = _rules()
    # The first layer's important rules are above all that a page may say of our marks, however it says it.
    rules = [f"<style>@layer disclosure-checker{{{ours}}}</style>", f"<style>{own}</style>"]
    rules += [f"<style{f' media={chr(34)}{escape(sheet.media)}{chr(34)}' if sheet.media else ''}>{_sound(sheet.css)}</style>" for sheet in found]
    return "\n".join((
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">',
        f"<title>{escape(_sound(page.title or ''), quote=False)}</title>",
        *rules,
    ))  # fmt: skip


@lru_cache(1)
def _rules() -> tuple[str, str]:
    """What holds before the page's own rules, and what holds after them."""
    before, _, after = files("checker.page").joinpath("frozen.css").read_text("utf-8").partition("/* marks */")
    return before.strip(), after.strip()


def _told(missing: int) -> str:
    """That the copy does not look as the page does."""
    if not missing:
        return ""
    what = "1 style sheet is" if missing == 1 else f"{missing} style sheets are"
    return f'<p class="{OURS}-above">This copy is without what is not kept beside the page: {what} missing.</p>'


def _sound(text: str) -> str:
    """Text that can be written: half a pair of surrogates cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")


@dataclass(slots=True)
class _Pictures:
    """The pictures of one page, small ones that are here."""

    address_of: Callable[[str], str]
    find: Find
    _left: int = _ALL_PICTURE_BYTES
    _asked: int = 0
    _known: dict[str, str | None] = field(default_factory=dict)

    def held(self, addresses: Sequence[str]) -> str | None:
        """The first of the addresses as one that holds its picture."""
        # What a page with lazy pictures holds itself is a spot that stands for them.
        for address in [each for each in addresses if not each.startswith("data:")] or addresses:
            found = address if is_picture(address) else self._beside(address)
            if found is not None and len(found) <= self._left:
                self._left -= len(found)
                return found
        return None

    def _beside(self, address: str) -> str | None:
        whole = self.address_of(address)
        if whole not in self._known:
            if self._asked >= _MOST_ASKED or not self._left:
                return None
            self._asked += 1
            self._known[whole] = self._read(whole)
        return self._known[whole]

    def _read(self, address: str) -> str | None:
        held = self.find(address)
        if held is None or len(held[0]) > _PICTURE_BYTES:
            return None
        kind = _kind(*held)
        return f"data:{kind};base64,{base64.b64encode(held[0]).decode('ascii')}" if kind else None


def _kind(body: bytes, told: str | None) -> str | None:
    for signature, kind in _SIGNATURES:
        if body.startswith(signature):
            return kind
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    if body[4:12] in (b"ftypavif", b"ftypavis"):
        return "image/avif"
    # A drawing that stands in `img` neither runs nor asks.
    return "image/svg+xml" if (told or "").startswith("image/svg+xml") and b"<svg" in body[:4000] else None
