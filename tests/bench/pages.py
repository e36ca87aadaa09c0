"""Pages for measuring, made from a seed: the same bytes on every machine and Python.

The make-up follows 830 real news and magazine pages (median 112 KB, mean 180 KB): a page of 180 KB has 650 to 900 elements with 1,200 attributes,
110 to 160 links, 20 to 25 pictures and 20 to 28 scripts; 7 to 12 % of its bytes are visible text, a quarter are attributes, a thirtieth white space.
"""

from __future__ import annotations

import json
import math
import random
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

SMALL, MEDIAN, LARGE, HUGE = 10_000, 112_000, 1_000_000, 5_000_000
# Bytes of a real page for each link, picture and script, and the share of its bytes that is prose of the story.
_PER_LINK, _PER_PICTURE, _PER_SCRIPT, _PROSE = 1_500, 8_000, 7_400, 0.05
# Bytes of a page for each rule of its style sheets.
_PER_RULE = 700
# Between a median of 112 KB and a ninetieth percentile of 366 KB lie 1.28 standard deviations of the logarithm.
_SPREAD = math.log(366 / 112) / 1.2816
_ICON = (
    '<svg class="icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><g fill="none">'
    '<path d="M2 8l4 4 8-9"/><path d="M1 1h14v14z"/></g></svg>'
)


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))


class Maker:
    """One page in the making. `random()` alone is promised to stay the same between versions of Python, so that nothing else is asked."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random  # noqa: S311 - nothing secret
        self._words = _words()
        # Drawn first of all, so that pages of the same seed are alike whatever their size.
        self._notice, self._notice_first = self.one("notices"), self.number(2) == 0

    def number(self, most: int) -> int:
        """From 0 to below `most`."""
        return int(self._random() * most)

    def one(self, name: str) -> str:
        """One entry of a list of words, its holes filled."""
        entries = self._words[name]
        text: str = entries[self.number(len(entries))]
        if "{" not in text:
            return text
        return text.format_map(
            {
                "thing": self.one("things") if "{thing}" in text else "",
                "place": self.one("places") if "{place}" in text else "",
                "person": self.one("people") if "{person}" in text else "",
                "month": self.one("months") if "{month}" in text else "",
                "slug": self.slug() if "{slug}" in text else "",
                "n": str(self.number(9_000) + 12),
            }
        )

    def slug(self) -> str:
        """A piece of an address."""
        return f"{self.one('things')}-{self.one('places')}-{self.number(90_000)}".lower().replace(" ", "-")

    def page(self, size: int) -> bytes:
        """A page of about so many bytes."""
        links, pictures, scripts = max(6, size // _PER_LINK), max(1, size // _PER_PICTURE), max(2, size // _PER_SCRIPT)
        story = "".join(self._story(int(size * _PROSE), pictures, links // 8))
        around = "".join(self._teasers(links - links // 8))
        top, foot = "".join(self._head(size // _PER_RULE)), "".join(self._foot())
        left = size - len(story) - len(around) - len(top) - len(foot)
        script = [self._script(max(60, left // scripts)) for _ in range(scripts)]
        first = scripts // 3
        return "".join((top, *script[:first], self._menu(), story, around, foot, *script[first:], "</body>\n</html>\n")).encode()

    def _head(self, rules: int) -> Iterator[str]:
        title, author, slug = self.one("titles"), self.one("people"), self.slug()
        site, host = self._words["site"], self._words["host"]
        url = f"https://{host}/kitchen/{slug}"
        data = {
            "@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "mainEntityOfPage": url,
            "datePublished": "2026-04-02T08:00:00Z",
            "author": [{"@type": "Person", "name": author, "url": f"https://{host}/people/{author.lower().replace(' ', '-')}"}],
            "publisher": {"@type": "Organization", "name": site}, "image": [f"https://img.{host}/{slug}.jpg"],
        }  # fmt: skip
        yield f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title} | {site}</title>\n'
        yield f'<link rel="canonical" href="{url}">\n'
        for name, value in (("og:title", title), ("og:type", "article"), ("og:url", url), ("og:site_name", site), ("article:section", "Kitchen")):
            yield f'<meta property="{name}" content="{value}">\n'
        yield f'<meta name="author" content="{author}">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        yield f'<script type="application/ld+json">{json.dumps(data)}</script>\n'
        yield (
            "<style>\n"
            + "".join(f".box-{n}, .menu .box-{n}:hover{{margin:{n}px;color:#{n:06d}}}\n" for n in range(rules))
            + ".off{display:none}\n</style>\n</head>\n"
        )
        yield f'<body class="article kitchen">\n<h1 class="headline">{title}</h1>\n'
        yield f'<p class="byline">By <a rel="author" href="/people/{slug}">{author}</a>'
        yield ' <time datetime="2026-04-02">April 2, 2026</time></p>\n'

    def _menu(self) -> str:
        entries = "".join(
            f'<li class="menu__item"><a class="menu__link" href="/{n}/">{name}</a></li>\n' for n, name in enumerate(self._words["menu"])
        )
        return f'<nav class="menu" aria-label="Main"><ul>{entries}</ul></nav>\n'

    def _story(self, size: int, pictures: int, links: int) -> Iterator[str]:
        """Paragraphs with links of every kind, headings and pictures; the notice, where there is one, stands first or last."""
        first, told = self._notice_first, f'<p class="note"><em>{self._notice}</em></p>\n' if self._notice else ""
        yield '<article class="story" itemprop="articleBody">\n' + (told if first else "")
        paragraphs = max(2, size // 350)
        for n in range(paragraphs):
            if n % 6 == 5:
                yield f"<h2>{self.one('headings')}</h2>\n"
            text = [self.one("sentences") for _ in range(3)]
            for _ in range((links * (n + 1)) // paragraphs - (links * n) // paragraphs):
                kind = self.number(3)
                href = self.one("paid") if kind == 0 else self.one("outward") if kind == 1 else f"/kitchen/{self.slug()}"
                text.insert(1, f'<a href="{href}" class="story__link" data-track="inline-{n}">{self.one("things")}</a>')
            yield '    <div class="story__row story__row--wide">\n'
            yield f'      <p class="story__text mt-4 text-lg leading-7" data-n="{n}">{" ".join(text)}</p>\n    </div>\n'
            for _ in range((pictures * (n + 1)) // (2 * paragraphs) - (pictures * n) // (2 * paragraphs)):
                yield self.figure()
        yield ("" if first else told) + "</article>\n"

    def figure(self) -> str:
        """A picture with a caption; two of three name its maker."""
        address, credited = f"https://img.ledger.example/{self.slug()}", self.number(3)
        credit = (
            "" if credited == 0 else f'<span class="credit">Photo: {self.one("people")}{" / " + self.one("agencies") if credited == 1 else ""}</span>'
        )
        sizes = ", ".join(f"{address}-{width}.jpg {width}w" for width in (320, 640, 960, 1280))
        return (
            f'<figure class="figure"><picture><source type="image/webp" srcset="{sizes}"><img src="{address}.jpg" srcset="{sizes}" '
            f'width="960" height="640" loading="lazy" alt="A {self.one("things")} in {self.one("places")}"></picture>'
            f"<figcaption>{self.one('sentences')} {credit}</figcaption></figure>\n"
        )

    def _teasers(self, links: int) -> Iterator[str]:
        """Boxes of other stories, half of them with a picture: most links of a page stand here."""
        yield '<aside class="related"><h3>Read on</h3><ul>\n'
        for n in range(links):
            slug, number = self.slug(), self.number(10**9)
            picture = (
                f'<img class="teaser__picture" src="https://img.ledger.example/{slug}-240.jpg" width="240" height="160" alt="">'
                if n % 12 == 0
                else ""
            )
            icon = _ICON if n % 6 == 0 else ""
            state = f"{{&quot;id&quot;:{number},&quot;list&quot;:&quot;read-on&quot;,&quot;place&quot;:{n},&quot;test&quot;:&quot;b&quot;}}"
            title = self.one("titles") if n % 2 else self.one("menu")
            yield (
                f'    <li class="teaser teaser--{n % 5} flex flex-col md:w-1/3 lg:w-1/4" data-id="{number}">\n'
                f'      <div class="teaser__box rounded border p-2" data-state="{state}">\n'
                f'        <a class="teaser__link" href="/kitchen/{slug}?from=read-on&amp;place={n}&amp;test=b" data-position="{n}">\n'
                f'          {picture}{icon}<span class="teaser__title text-base font-bold">{title}</span>\n'
                f"        </a>\n      </div>\n    </li>\n"
            )
        yield "</ul></aside>\n"

    def _foot(self) -> Iterator[str]:
        yield '<footer class="foot"><p>Letters to the editor are welcome. Some links on this site may earn us money.</p><ul>\n'
        for name in ("About", "Contact", "Privacy", "Imprint", "Terms"):
            yield f'<li><a href="/{name.lower()}">{name}</a></li>\n'
        yield f"</ul><p>© 2026 {self._words['site']}</p></footer>\n"

    def _script(self, size: int) -> str:
        """A state of an application, as most of a page's bytes are; its addresses look like links."""
        entries, length = [], 0
        while length < size:
            slug = self.slug()
            entry = f'{{"id":{self.number(10**9)},"path":"/kitchen/{slug}","img":"https://img.ledger.example/{slug}.jpg","flags":[1,0,{self.number(99)}],"t":"{self.one("titles")}"}}'
            entries.append(entry)
            length += len(entry) + 1
        return (
            f"<script>window.__state_{self.number(10**6)}=[{','.join(entries)}][0];</script>\n"[: max(size, 200)].rsplit("</script>", 1)[0]
            + "</script>\n"
        )


def page(size: int, seed: int = 1) -> bytes:
    """A page of about so many bytes."""
    return Maker(seed).page(size)


def mixed(count: int, seed: int = 20260101) -> list[bytes]:
    """So many pages whose sizes are spread as those of real ones, from 5 KB to 2 MB."""
    chance = random.Random(seed).random  # noqa: S311 - as above
    found = []
    for n in range(count):
        # Box and Muller: a normally distributed number of two evenly distributed ones.
        normal = math.sqrt(-2 * math.log(1 - chance())) * math.cos(2 * math.pi * chance())
        found.append(page(int(min(2_000_000, max(5_000, MEDIAN * math.exp(_SPREAD * normal)))), seed + n))
    return found
