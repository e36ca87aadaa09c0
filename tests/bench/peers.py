"""What else people would run for a part of the job, and the obvious way to write all of it; each as a function of a page's bytes."""

from __future__ import annotations

import importlib
import importlib.util
import re
import tomllib
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from checker.packs import built_in
from tests.bench.rounds import Do

_PACKAGES = {"newspaper": "newspaper4k", "bs4": "beautifulsoup4"}


def peers() -> tuple[dict[str, Do], dict[str, str]]:
    """Those that are installed, and their versions."""
    found: dict[str, Do] = {}
    versions: dict[str, str] = {}
    for title, name, make in _MAKERS:
        if importlib.util.find_spec(name):
            found[title] = make(importlib.import_module(name))
            package = _PACKAGES.get(name, name)
            versions[package] = version(package)
    return found, versions


def missing() -> list[str]:
    """Those that are not installed."""
    return [title for title, name, _ in _MAKERS if not importlib.util.find_spec(name)]


def _extruct(extruct: Any) -> Do:
    return lambda page: extruct.extract(page.decode("utf-8", "replace"), syntaxes=["json-ld", "microdata", "opengraph"], errors="ignore")


def _newspaper(newspaper: Any) -> Do:
    def article(page: bytes) -> object:
        one = newspaper.Article("https://ledger.example/story", fetch_images=False)
        one.download(input_html=page.decode("utf-8", "replace"))
        return one.parse()

    return article


class Plain:
    """Links and whose they are, pictures with captions, authors, and phrases of notices, as one would write it down first.

    Its phrases are those of the English word list, its hosts those of the networks, both without what they hold beside plain words.
    """

    def __init__(self, bs4: Any) -> None:
        self._bs4 = bs4
        words = tomllib.loads((built_in() / "words/notice.en.toml").read_text("utf-8"))
        phrases = {word.strip("*") for name in ("pays", "earns", "alone", "jargon", "ad_link", "sponsored") for word in words.get(name, ())}
        self._phrase = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(phrases)))})\b", re.IGNORECASE)
        hosts = {host for path in (built_in() / "networks").glob("*.toml") for host in _hosts(tomllib.loads(path.read_text("utf-8")))}
        self._host = re.compile(rf"^(?:https?:)?//(?:[\w-]+\.)*(?:{'|'.join(map(re.escape, sorted(hosts)))})(?:[/?#]|$)")

    def __call__(self, page: bytes) -> object:
        soup = self._bs4.BeautifulSoup(page, "lxml")
        links = [(link["href"], link.get_text(" ", strip=True), link.get("rel")) for link in soup.find_all("a", href=True)]
        paid = [link for link in links if self._host.match(link[0])]
        pictures = []
        for image in soup.find_all("img"):
            figure = image.find_parent("figure")
            pictures.append((image.get("src"), image.get("alt"), figure.get_text(" ", strip=True) if figure else None))
        authors = [
            one.get_text(" ", strip=True) for one in soup.select('[rel~="author"], [itemprop~="author"], [class*="byline"], [class*="author"]')
        ]
        data = [script.string for script in soup.find_all("script", type="application/ld+json")]
        for hidden in soup(["script", "style", "template"]):
            hidden.decompose()
        return paid, pictures, authors, data, self._phrase.findall(soup.get_text(" "))


def _hosts(registry: dict[str, Any]) -> list[str]:
    """All plain host names that stand in a file of networks."""
    found: list[str] = []
    for name, value in registry.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                found += _hosts(one)
            elif name == "hosts" and isinstance(one, str) and re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", one):
                found.append(one)
    return found


# What it is called in tables, what must be installed for it, and how it is made.
_MAKERS: list[tuple[str, str, Callable[[Any], Do]]] = [
    ("extruct: JSON-LD, microdata, Open Graph", "extruct", _extruct),
    ("trafilatura: metadata", "trafilatura", lambda trafilatura: trafilatura.extract_metadata),
    ("trafilatura: text and metadata", "trafilatura", lambda trafilatura: lambda page: trafilatura.bare_extraction(page, with_metadata=True)),
    ("newspaper4k: article", "newspaper", _newspaper),
    ("the same facts, plainly with BeautifulSoup", "bs4", Plain),
]
