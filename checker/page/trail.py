"""Where in the markup a spot stands, told so that it is told alike on all pages of one template: the tags and classes around it.

Left out is what differs from page to page of a template: ids, digits, places among siblings, names that build tools make up, and inline
markup without a name (a link in bold is a link).
"""

from __future__ import annotations

import re
from functools import lru_cache

from checker.facts import Spot
from checker.page.document import Document

# What is said of a spot that stands nowhere in the page.
WHOLE_PAGE = "page"
# The nearest steps; most templates differ in these, and what stands further out is the same on the whole site.
_STEPS = 6
_CLASSES = 2
_MOST = 150
# A class attribute may be as long as the page.
_MOST_READ = 400
_LANDMARKS = ("article", "main")
_PLAIN = frozenset(("b", "strong", "em", "i", "u", "span", "font", "small", "big", "mark", "sup", "sub", "center", "tt", "bdi", "bdo"))
# Their classes say how large a picture is and on which side it stands, which editors choose for each.
_PICTURES = frozenset(("img", "picture", "svg"))
# Classes whose words somebody wrote: no colons or brackets, by which tools that build pages of them say sizes and states.
_NAME = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)
_TAG = re.compile(r"[a-z][a-z0-9]*")
_PART = re.compile(r"[A-Za-z0-9]+")
_DIGITS = re.compile(r"[0-9]+")
# What styled-components, emotion, JSS, styled-jsx, Svelte, Astro and Vue put before the names that they make up.
_MADE_UP = re.compile(r"(?:css|sc|jss|jsx|svelte|astro|emotion|data-v)-?[A-Za-z0-9]*[0-9A-Z][A-Za-z0-9]*|(?:css|sc|svelte|astro)-[a-z0-9]{5,8}")
# The second name that styled-components give, and the five characters that CSS modules end with.
_MIXED = re.compile(r"(?=[A-Za-z]*[a-z])(?=[A-Za-z]*[A-Z])[A-Za-z]{5,7}")


def trail(document: Document, spot: Spot | None) -> str:
    """The path to the spot from the article or main part around it, else from the body.

    >>> from checker.page.walk import walk
    >>> page = walk(b'<body><article class="post post-17"><p><b><a href="/">x</a></b></p></article>')[0]
    >>> trail(page, Spot(5))
    'article.post>p>a'
    """
    if spot is None or not 0 <= spot.node < len(document):
        return WHOLE_PAGE
    outer, cut, path = _climbed(document, spot.node)
    while sum(map(len, outer)) + 3 + sum(map(len, path)) + len(path) > _MOST and path:
        path, cut = path[1:], True
    return ">".join((*outer, *(("…",) if cut and outer else ()), *path))


def _climbed(document: Document, node: int) -> tuple[list[str], bool, list[str]]:
    """The landmark, if there is one; whether there are more steps between than are told; the nearest steps, from the outside in."""
    tags, attrs = document.tags, document.attrs
    cut = False
    path: list[str] = []
    for each in document.near(node):
        tag, about = tags[each], attrs[each]
        if tag == "html":
            break
        if tag == "body":
            # What a body is called differs from page to page.
            return ["body"], cut, path[::-1]
        step = _step(tag, about.get("class", "")[:_MOST_READ]) if about else _tag(tag)
        if each != node:
            if tag in _LANDMARKS or (about and about.get("role") in _LANDMARKS):
                return [step], cut, path[::-1]
            if step == tag and tag in _PLAIN:
                continue
        if len(path) < _STEPS:
            path.append(step)
        else:
            cut = True
    return [], cut, path[::-1]


@lru_cache(maxsize=4096)
def _step(tag: str, written: str) -> str:
    """The tag with the first classes that say something."""
    names = _names(written) if written and tag not in _PICTURES else ()
    return ".".join((_tag(tag), *names[: 1 if tag == "figure" else _CLASSES]))


@lru_cache(maxsize=512)
def _tag(tag: str) -> str:
    return tag if _TAG.fullmatch(tag) else _DIGITS.sub("", tag) if _NAME.fullmatch(tag) and len(tag) < 40 else "other"


def _names(written: str) -> tuple[str, ...]:
    words = [word for word in written.split() if _NAME.fullmatch(word)]
    styled = any(word.startswith("sc-") or "-sc-" in word for word in words)
    found: dict[str, None] = {}
    for word in words:
        if _MADE_UP.fullmatch(word) or (styled and _MIXED.fullmatch(word)):
            continue
        name = _without_hashes(word)
        if len(name) > 2:  # "p", "mt", "w": sizes without their numbers
            found.setdefault(name[:40])
    return tuple(found)


def _without_hashes(word: str) -> str:
    """The class without digits and without parts that only tell one build from another.

    >>> _without_hashes("Article-module__body___2kXyZ"), _without_hashes("_title_x8f2_1"), _without_hashes("col-md-6")
    ('Article-module-body', 'title', 'col-md')
    """
    module = "__" in word
    kept = []
    parts = _PART.findall(word)
    for at, part in enumerate(parts):
        digits = bool(_DIGITS.search(part))
        is_last = module and 0 < at == len(parts) - 1
        made_up = (digits and len(part) > 3 and not part.isdigit()) or (is_last and len(part) == 5 and _MIXED.fullmatch(part))
        left = "" if made_up or (part == "sc" and at) else _DIGITS.sub("", part)
        if left:
            kept.append(left)
    return "-".join(kept)
