"""Which file a page of the site is made as, and which address a file is published at.

A map is a list of pairs, the first that fits counts: `https://tea.example/*` and `public/*`. One `*` on each side stands for the same text, slashes
included. An address that ends with a slash is that of `index.html` in the folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

_INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Pairs of an address and a path from the folder of the settings, each with at most one `*`."""

    pairs: tuple[tuple[str, str], ...] = ()

    def url(self, path: str) -> str | None:
        """The address of a file; None where no pair speaks of it.

        >>> SourceMap((("https://tea.example/*", "public/*"),)).url("public/pots/index.html")
        'https://tea.example/pots/'
        """
        for address, file in self.pairs:
            found = _between(file, path)
            if found is not None:
                url = _filled(address, quote(found, safe="/:@!$&'()*+,;=~"))
                whole = url.endswith(_INDEX) and not address.endswith(_INDEX)
                return url.removesuffix(_INDEX) if whole else url
        return None

    def path(self, url: str) -> str | None:
        """The file behind an address, which need not exist; None where no pair speaks of it.

        >>> SourceMap((("https://tea.example/*", "public/*"),)).path("https://tea.example/pots/?from=feed")
        'public/pots/index.html'
        """
        bare = url.partition("#")[0].partition("?")[0]
        for address, file in self.pairs:
            found = _between(address, bare)
            if found is not None:
                path = _filled(file, unquote(found))
                # A path that leads out of its folder is nobody's.
                if ".." in path.split("/"):
                    return None
                return f"{path}{_INDEX}" if path.endswith("/") or not path else path
        return None


def _between(pattern: str, text: str) -> str | None:
    """What the star of the pattern stands for in the text; "" where the pattern has none and is the text."""
    before, star, after = pattern.partition("*")
    if not star:
        return "" if pattern == text else None
    fits = len(text) >= len(before) + len(after) and text.startswith(before) and text.endswith(after)
    return text[len(before) : len(text) - len(after)] if fits else None


def _filled(pattern: str, text: str) -> str:
    return pattern.replace("*", text, 1)
