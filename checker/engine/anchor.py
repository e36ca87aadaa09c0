"""What a finding is about, so that it is known again after the page has changed around it: never a line, never a position."""

from __future__ import annotations

import re
from collections.abc import Hashable
from hashlib import sha256
from typing import Any
from urllib.parse import unquote, urlsplit

from checker.checks.twins import lacking
from checker.engine.rule import Rule
from checker.facts import Author, AuthorData, Image, Link, Notice, Page, WaiverUse
from checker.model import Twins
from checker.text import fold, tidy

# The families that speak of the page as a whole and say a thing once, whatever they judge.
_ONCE_A_PAGE = frozenset(("AFF", "PRG", "SPN", "AUT"))

# The same picture in another size: photo-1024x768, photo_400x, photo@2x, photo-scaled, photo=w640-h480, 640px-photo.
_SIZE = re.compile(r"(?:[-_](?:\d{2,5}x\d{2,5}|\d{3,5}x|x\d{3,5})|@\dx|-scaled|=[swh]\d+(?:-[a-z0-9]+)*)+$")
_WIDTH_BEFORE = re.compile(r"^\d{2,5}px-(?=.)")
# Converted pictures keep the old ending before the new one: photo.jpg.webp.
_EXTENSION = re.compile(r"(?:\.[A-Za-z]{3,4})?\.[A-Za-z0-9]{2,5}$")
# What makes pictures is no picture: /_next/image, /thumb.php.
_SERVICE = re.compile(r"(?:^|/)[^./]*(?:\.(?:php|aspx?|ashx|axd|jsp|cgi))?$")


def is_told_once(rule_id: str) -> bool:
    """Whether a rule has at most one finding a page, whatever it judges."""
    return rule_id[:3] in _ONCE_A_PAGE


def group_of(rule: Rule, subject: Any) -> Hashable:
    """Subjects with the same value share one finding: links with one target, uses of one picture, all there is on the page."""
    if is_told_once(rule.id) or isinstance(subject, Page):
        return "page"
    if isinstance(subject, Link):
        return target_of(subject)
    if isinstance(subject, Image):
        return subject.src
    return _text_of(subject)


def anchor_of(rule: Rule, subject: Any, page: Page) -> str:
    """The anchor of a finding: link host and path, image file stem, author name, folded notice text, the form that lacks something, or `page`."""
    del rule, page
    if isinstance(subject, Link):
        return target_of(subject)
    if isinstance(subject, Image):
        return stem_of(subject.src)
    return _text_of(subject)


def fingerprint(rule_id: str, anchor: str) -> str:
    """What waivers and baselines know a finding by, together with its page and rule."""
    return "v1:" + sha256(f"{rule_id}\0{anchor}".encode("utf-8", "surrogatepass")).hexdigest()


def target_of(link: Link) -> str:
    """Host and path of where the click ends, as far as the address tells; without query, so that no tracking id is in it.

    A redirect that names its target only to the network is known by its own host and path.
    """
    address = link.target or link.href
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname or ""
    except ValueError:  # what the browser makes of a broken address is not ours to guess here
        return tidy(address.split("?", 1)[0])
    path = parts.path if host or parts.scheme in ("", "http", "https") else f"{parts.scheme}:{parts.path}"
    return f"{host.removeprefix('www.')}{path.rstrip('/')}" or tidy(address)


def stem_of(src: str) -> str:
    """The name of a picture's file without folder, size and extension.

    >>> stem_of("https://cdn.example/w_400/Kettle-1024x768.jpg?v=3"), stem_of("/_next/image?url=%2Fpots%2FKettle.jpg&w=640")
    ('Kettle', 'Kettle')
    """
    if src[:5].lower() == "data:":
        return "data:" + sha256(src.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    path, _, query = src.partition("#")[0].partition("?")
    # Unquoted, because picture services carry the address of the original inside their own.
    path = unquote(path).rstrip("/")
    if query and _SERVICE.search(path):
        path = _original(query) or path
    name = _EXTENSION.sub("", path.rsplit("/", 1)[-1])
    return _WIDTH_BEFORE.sub("", _SIZE.sub("", name)) or tidy(src)


def _original(query: str) -> str | None:
    """The first part of a query that is the path of a file: what a picture service was given."""
    values = (unquote(part.partition("=")[2]).partition("?")[0] for part in query.replace("&amp;", "&").split("&"))
    return next((value for value in values if "/" in value and _EXTENSION.search(value.rsplit("/", 1)[-1])), None)


def _text_of(subject: Any) -> str:
    if isinstance(subject, Author):
        return tidy(subject.name)
    if isinstance(subject, AuthorData):
        return tidy(subject.written)
    if isinstance(subject, WaiverUse):
        return subject.anchor
    if isinstance(subject, Twins):
        return lacking(subject)
    return fold(tidy(subject.text)) if isinstance(subject, Notice) else "page"
