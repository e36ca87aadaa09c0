"""Which pages a setting speaks of: globs for paths and for addresses.

`*` and `?` stand for characters within a part between slashes, `**` for any parts, `[ab]` and `[!ab]` for one character. A pattern that ends with a
slash stands for all that lies below it. Patterns without any of these signs name one page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_SIGNS = re.compile(r"[*?\[]")
# "https://site.example/" without a scheme of its own: any scheme.
_ADDRESS = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*|\*)://")


@dataclass(frozen=True, slots=True)
class Scope:
    """Globs for paths (from the folder of the settings, with slashes) and for addresses; none at all means every page."""

    paths: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()

    @classmethod
    def of(cls, patterns: Iterable[str]) -> Scope:
        """Patterns of both kinds, told apart by `://`.

        >>> Scope.of(["public/**", "https://tea.example/*"])
        Scope(paths=('public/**',), urls=('https://tea.example/*',))
        """
        found = tuple(patterns)
        return cls(tuple(each for each in found if not is_address(each)), tuple(each for each in found if is_address(each)))

    def holds(self, path: str | None, url: str | None) -> bool:
        """Whether a page with this path and this address (either may be unknown) is one of these."""
        if not self.paths and not self.urls:
            return True
        if path is not None and any(matches(pattern, path) for pattern in self.paths):
            return True
        # What stands behind the path of an address seldom makes another page, so a pattern need not speak of it.
        if url is None or not self.urls:
            return False
        url = _plain(url)
        return any(matches(_plain(pattern), url) or matches(_plain(pattern), _bare(url)) for pattern in self.urls)

    @property
    def names_pages(self) -> bool:
        """Whether each pattern names one page."""
        return bool(self.paths or self.urls) and not any(_SIGNS.search(each) or each.endswith("/") for each in (*self.paths, *self.urls))

    def lies_in(self, folders: Iterable[str]) -> bool:
        """Whether all pages of the scope lie in these folders ("": that of the settings), as far as its patterns tell.

        >>> Scope(("public/old/**",)).lies_in(["public"]), Scope(("**/old/**",)).lies_in(["public"]), Scope().lies_in([""])
        (True, False, True)
        """
        known = tuple(folders)
        if "" in known:
            return True
        begins = [_SIGNS.split(each.removeprefix("./"), maxsplit=1)[0] for each in self.paths]
        return bool(begins) and not self.urls and all(any(begin.startswith(f"{folder}/") for folder in known) for begin in begins)

    def __str__(self) -> str:
        return ", ".join((*self.paths, *self.urls)) or "every page"


def is_address(pattern: str) -> bool:
    """Whether a pattern or a name is an address rather than a path."""
    return _ADDRESS.match(pattern) is not None


def matches(pattern: str, name: str) -> bool:
    """Whether a glob matches the whole name.

    >>> matches("public/**/index.html", "public/index.html"), matches("public/*", "public/a/b.html"), matches("public/", "public/a/b.html")
    (True, False, True)
    """
    return _compiled(pattern).fullmatch(name) is not None


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    pattern = pattern.removeprefix("./")
    if pattern.endswith("/"):
        pattern += "**"
    parts: list[str] = []
    at = 0
    while at < len(pattern):
        if pattern.startswith("**/", at):
            parts.append("(?:.*/)?")
            at += 3
        elif pattern.startswith("**", at):
            parts.append(".*")
            at += 2
        elif pattern[at] in "*?":
            parts.append("[^/]*" if pattern[at] == "*" else "[^/]")
            at += 1
        elif pattern[at] == "[" and (end := pattern.find("]", at + 2)) > 0:
            inner = pattern[at + 1 : end]
            sign, inner = ("^/", inner[1:]) if inner.startswith("!") else ("", inner)
            parts.append(f"[{sign}{_class(inner)}]")
            at = end + 1
        else:
            parts.append(re.escape(pattern[at]))
            at += 1
    return re.compile("".join(parts), re.DOTALL)


def _class(inner: str) -> str:
    escaped = re.sub(r"([\\\[\]^&~|])", r"\\\1", inner)
    try:
        re.compile(f"[{escaped}]")
    except re.error:  # a range that runs backwards means its characters
        return re.escape(inner)
    return escaped


def _plain(url: str) -> str:
    """The address with scheme and host in small letters: in these it makes no difference."""
    scheme, sign, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme.lower()}{sign}{host.lower()}{slash}{path}"


def _bare(url: str) -> str:
    return url.partition("#")[0].partition("?")[0]
