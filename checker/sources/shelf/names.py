"""Which files an address may mean, beside a page that is shown at another address. Told from the names alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from checker.sources.shelf.held import kind_of

# No browser asks for more.
LONGEST = 8_192
Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """An address taken apart. `site`: host and port, without `www.`; `hosts`: as savers name a folder after it. `names`: the path, decoded."""

    site: str
    hosts: Names
    names: Names
    query: str


class Hostile(Exception):
    """An address whose path would mean another file to us than to a server; the text says why."""


def asked(url: str) -> Asked | None:
    """The address as browsers read it; None for what is not of the web. Raises Hostile."""
    import ada_url

    try:
        found = ada_url.URL(url) if len(url) <= LONGEST else None
    except ValueError:
        return None
    if found is None or found.protocol not in {"http:", "https:"} or not found.hostname:
        return None
    path = found.pathname if not found.pathname.endswith("/") else f"{found.pathname}index.html"
    host, port = str(found.hostname), str(found.port)
    hosts = (f"{host}:{port}", f"{host}+{port}", host) if port else (host,)
    if not host.strip("."):  # `https://../` has a host, to browsers
        return None
    names = tuple(_name(part) for part in path.split("/") if part)
    return Asked(str(found.host).removeprefix("www."), hosts, names, str(found.search)[1:])


def _name(part: str) -> str:
    name = unquote(part, errors="surrogateescape")
    if name in {".", ".."} or "/" in name or "\\" in name:
        raise Hostile("its name leads elsewhere")
    if "\0" in name:
        raise Hostile("its name has a NUL in it")
    return name


def files(wanted: Asked, shown: Asked, folder: Names, *, rooted: bool) -> Iterator[Names]:
    """The files that may be meant, the likeliest first, below a folder that all lie in.

    `folder`: where the page lies in there, which is shown at the address `shown`. `rooted`: that folder is what the host's own address stands for.
    """
    for at in _places(wanted, shown, folder, rooted):
        yield from ((*at[:-1], name) for name in _spellings(at[-1], wanted.query))


def _places(wanted: Asked, shown: Asked, folder: Names, rooted: bool) -> Iterator[Names]:
    above = [folder[:depth] for depth in range(len(folder), -1, -1)]
    names = wanted.names
    if wanted.site != shown.site:
        # As wget -H saves what a page needs of other hosts: in a folder for each host.
        yield from ((*base, host, *names) for host in wanted.hosts for base in above)
        return
    own = shown.names[:-1]
    shared = next((at for at, (one, other) in enumerate(zip(own, names[:-1], strict=False)) if one != other), min(len(own), len(names) - 1))
    up = len(own) - shared
    if not up:
        yield (*folder, *names[shared:])
    yield from [names] if rooted else [(*base, *names) for base in above]
    if 0 < up <= len(folder):
        yield (*folder[: len(folder) - up], *names[shared:])


def _spellings(name: str, query: str) -> Iterator[str]:
    """The file's name as savers write it: wget with the query (`?`, on Windows `@`), and with the suffix of a style sheet behind it.

    Without its query where that only tells versions apart: a file is what it is, but for a program (`load.php`) and what has no suffix.
    """
    if query:
        for told in dict.fromkeys((query, unquote(query, errors="surrogateescape"))):
            plain = told.replace("/", "%2F")
            if "\0" not in plain:
                yield from (f"{name}{sign}{plain}{ending}" for sign in "?@" for ending in ("", ".css"))
    if not query or kind_of(name):
        yield name
