"""The options of runs that ask servers, and what comes of them: a stream of pages, or none where no address is named."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from checker.config.settings import Settings
    from checker.sources.fetch.client import Client
    from checker.sources.fetch.settings import Fetching
    from checker.sources.inputs import Inputs
    from checker.sources.stream import Fetcher
    from checker.sources.web import Web

# Fewer pages than this are judged in half a second, and nobody wants a new folder with results for that.
FEW_PAGES = 50
F = TypeVar("F", bound=Callable[..., Any])


def web_options(command: F) -> F:
    """What to find on the web, which of it, and with what proof of who asks."""
    options = (
        click.option(
            "--sitemap",
            "sitemaps",
            multiple=True,
            metavar="PLACE",
            help="Check what a sitemap names: its address, a file, a folder, or a site that has one. May be repeated.",
        ),
        click.option("--crawl", "crawls", multiple=True, metavar="URL", help="Check this page and what it leads to. May be repeated."),
        click.option(
            "--depth", type=click.IntRange(0, 100), default=5, show_default=True, metavar="N", help="How many links away from its start a crawl goes."
        ),
        click.option(
            "--max-pages", type=click.IntRange(1, 10_000_000), default=1000, show_default=True, metavar="N", help="How many pages a crawl fetches."
        ),
        click.option(
            "--include",
            "included",
            multiple=True,
            metavar="GLOB",
            help="Of sitemaps, crawls, archives and feeds only pages like this. May be repeated.",
        ),
        click.option("--since", metavar="DATE", help="Of sitemaps only pages that were changed since, such as 2026-11-01."),
        click.option(
            "--sample",
            type=click.IntRange(1),
            metavar="N",
            help="Check N pages of sitemaps, drawn by chance, and say what that tells of all.",
        ),
        click.option("--seed", type=int, default=0, show_default=True, metavar="N", help="Which sample is drawn."),
        click.option("--header", "headers", multiple=True, metavar="NAME:VALUE", help="Send a header to the hosts that are named. May be repeated."),
        click.option("--cookie-file", type=click.Path(path_type=Path), metavar="FILE", help="Send the cookies of a file in Netscape's format."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def is_web(name: str) -> bool:
    """Whether an input is the address of a page."""
    return name.lower().startswith(("http://", "https://"))


class Errand:
    """What is wanted of the web by one command: addresses, sitemaps, crawls."""

    def __init__(self, arguments: Sequence[str]) -> None:
        given = click.get_current_context().params
        self.pages = tuple(name for name in arguments if is_web(name))
        self.sitemaps: tuple[str, ...] = given.get("sitemaps", ())
        self.crawls: tuple[str, ...] = given.get("crawls", ())
        self._given = given

    @property
    def included(self) -> tuple[str, ...]:
        """Patterns of the pages that are wanted; none means all."""
        found: tuple[str, ...] = self._given.get("included", ())
        return found

    def __bool__(self) -> bool:
        return bool(self.pages or self.sitemaps or self.crawls)

    @property
    def seed(self) -> int:
        """The number that decides which sample is drawn."""
        return int(self._given.get("seed", 0))

    def __repr__(self) -> str:
        """All that decides which pages there are, for the journal."""
        names = ("depth", "max_pages", "included", "since", "sample", "seed")
        return repr((self.pages, self.sitemaps, self.crawls, [self._given.get(name) for name in names]))

    def fetcher(self, settings: Settings) -> Client:
        """Whoever asks servers, to be closed in the end. Raises BadConfig."""
        from checker.sources.fetch import opened

        return opened(self.fetching(settings))

    def fetching(self, settings: Settings) -> Fetching:
        """How servers are asked. Raises BadConfig."""
        from checker import __version__
        from checker.sources.fetch import settings as told
        from checker.sources.fetch.cookies import read
        from checker.sources.fetch.environment import logins, proxies
        from checker.sources.limits import Limits, Times

        values, given = settings.values, self._given
        times = Times.of(values["timeout"])
        cookies = given.get("cookie_file")
        return told.Fetching(
            version=__version__,
            contact=told.contact(values["contact"]) if values["contact"] else None,
            headers=tuple(told.header(text) for text in given.get("headers", ())),
            cookies=read(cookies) if cookies else (),
            logins=logins(os.environ),
            named=told.origins((*self.pages, *self.sitemaps, *self.crawls)),
            concurrency=values["per-host"],
            delay=values["delay"],
            limits=Limits(connect=times.connect, read=times.read, page=times.page),
            allow_private=values["allow-private"],
            robots=values["robots"],
            cache=self._cache(settings),
            proxies=proxies(os.environ),
        )

    def _cache(self, settings: Settings) -> Path | None:
        """Where pages are kept. Nobody wants a new folder for a page or two; where there is one already, or somebody asks for it, it is used."""
        if not settings.values["cache"]:
            return None
        place = settings.place("cache-dir", settings.values["cache-dir"])
        many = self.sitemaps or self.crawls or len(self.pages) >= FEW_PAGES or {"cache", "cache-dir"} & settings.layers.keys()
        return place if many or place.is_dir() else None

    def stream(self, fetcher: Fetcher, settings: Settings, strip: Callable[[str], str]) -> Web:
        """The pages. Raises BadConfig."""
        from checker.sources.crawl import Reach
        from checker.sources.lastmod import since
        from checker.sources.wanted import Wanted
        from checker.sources.web import Sample, Seeds, Web

        given = self._given
        wanted = Wanted(
            include=Wanted.scope(given.get("included", ())),
            exclude=settings.exclude,
            since=since(given["since"]) if given.get("since") else None,
        )
        return Web(
            Seeds(self.pages, self.sitemaps, self.crawls),
            fetcher,
            strip,
            wanted=wanted,
            reach=Reach(depth=given.get("depth", 5), pages=given.get("max_pages", 1000)),
            sample=Sample(given["sample"], given["seed"]) if given.get("sample") else None,
        )


@contextmanager
def streamed(named: Inputs, errand: Errand, settings: Settings) -> Iterator[Inputs]:
    """The inputs with what the errand finds on the web, as long as this lasts. Raises BadConfig and BadRule."""
    if not errand:
        yield named
        return
    from checker.packs import built_in
    from checker.scale.key import Tracking

    strip = Tracking.load((built_in(), *settings.packs)).strip
    with errand.fetcher(settings) as fetcher:
        yield replace(named, streams=(*named.streams, errand.stream(fetcher, settings, strip)))
