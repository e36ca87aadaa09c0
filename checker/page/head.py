"""What a page is: language, type, title, address, dates, section, whose site it is. And who its structured data name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlsplit

from checker.facts import PaidSign, Variants
from checker.lexicon import Lexicon
from checker.page.author_data import told_authors, told_reviewers
from checker.page.document import Document
from checker.page.layout import Layout
from checker.page.paid_signs import paid_signs
from checker.page.structured import Graph, Named, Picture, as_list, as_text, json_ld, types_of
from checker.page.variants import read_variants
from checker.text import fold, tidy

_BOXES = ("div", "article", "section")
_PIECES = ("article", "review_or_guide", "recipe", "forum_or_ugc")


@dataclass(frozen=True, slots=True)
class Head:
    """The page's own account of itself; `own_names` are folded. `languages`: the page's first, then what else its text may be in."""

    language: str | None
    languages: tuple[str, ...]
    page_type: str
    title: str | None
    url: str | None
    published: str | None
    modified: str | None
    section: str | None
    own_host: str | None
    own_names: frozenset[str]
    authors: tuple[Named, ...]
    reviewers: tuple[Named, ...]
    pictures: tuple[Picture, ...]
    base: str | None
    paid_signs: tuple[PaidSign, ...]
    variants: Variants


def read_head(document: Document, layout: Layout, lexicon: Lexicon, source_url: str | None) -> Head:
    """The head facts; `source_url` is the address the page was fetched from, or the one given for it."""
    metas = _metas(document, lexicon)
    objects, _ = json_ld(document)
    graph = Graph(objects)
    canonical = _canonical(document)
    url = canonical or next(iter(metas.get("url", ())), None)
    url = url if url and url.startswith(("http://", "https://")) and urlsplit_safe(url)[1] else source_url
    title = _title(document, layout, metas)
    pieces = _main_pieces(graph, lexicon, title, url)
    language, languages = _language(document, layout, lexicon, metas, pieces)
    main = [piece for piece, _ in pieces]
    page_type = _page_type(document, layout, lexicon, metas, pieces, objects, url, title, language)
    publisher = next((named.name for piece in main for named in graph.names(piece.get("publisher"))), None)
    names = {*metas.get("site_name", ()), publisher or ""}
    own_host = _own_host(document, source_url, canonical, metas)
    if own_host:
        names.add(own_host.removeprefix("www."))
        names.add(own_host.removeprefix("www.").split(".")[0])
    section = next((as_text(piece.get("articleSection")) for piece in main if piece.get("articleSection")), None) or next(
        iter(metas.get("section", ())), None
    )
    if section is None and url:
        segments = [part for part in urlsplit_safe(url)[2].split("/") if part]
        section = segments[0] if len(segments) > 1 else None
    base = _base(document, source_url, url)
    return Head(
        language=language,
        languages=languages,
        page_type=page_type,
        title=title,
        url=url,
        published=_first_text(main, "datePublished") or next(iter(metas.get("published", ())), None) or _time(document, layout, "published"),
        modified=_first_text(main, "dateModified") or next(iter(metas.get("modified", ())), None) or _time(document, layout, "modified"),
        section=section,
        own_host=own_host,
        own_names=frozenset(fold(name) for name in names if len(name) > 2),
        authors=tuple(told_authors(document, layout, graph, main, metas, lexicon)),
        reviewers=tuple(told_reviewers(graph, main, lexicon)),
        pictures=tuple(_pictures(graph, main, objects)),
        base=base,
        paid_signs=paid_signs(layout, lexicon, urlsplit_safe(url or "")[2], main),
        variants=read_variants(document, base, source_url),
    )


def _metas(document: Document, lexicon: Lexicon) -> dict[str, list[str]]:
    """What the meta tags tell, by what they tell: title, author, published …"""
    told: dict[str, list[str]] = {}
    for node in document.all("meta"):
        attrs = document.attrs[node]
        content = attrs.get("content")
        if not content:
            continue
        for key in ("name", "property", "itemprop", "http-equiv"):
            what = lexicon.meta.tells.get(attrs.get(key, "").lower()) if key in attrs else None
            if what:
                values = told.setdefault(what, [])
                value = tidy(content)
                if value and value not in values:
                    values.append(value[:1000])
                break
    return told


def _canonical(document: Document) -> str | None:
    for node in document.all("link"):
        attrs = document.attrs[node]
        if "canonical" in attrs.get("rel", "").lower().split() and attrs.get("href"):
            return attrs["href"].strip()
    return None


def _base(document: Document, source_url: str | None, url: str | None) -> str | None:
    for node in document.all("base"):
        href = document.attrs[node].get("href", "").strip()
        if href.startswith(("http://", "https://")):
            return href
    return source_url or url


def _title(document: Document, layout: Layout, metas: dict[str, list[str]]) -> str | None:
    titles = [tidy(document.raw_text(node)) for node in document.all("title") if not _in_picture(document, node)]
    first = next((title for title in titles if title), None)
    if first:
        return first[:500]
    if metas.get("title"):
        return metas["title"][0][:500]
    return document.text(layout.headline)[:500] if layout.headline is not None else None


def _in_picture(document: Document, node: int) -> bool:
    return any(document.tags[outer] == "svg" for outer in document.ancestors(node))


def _main_pieces(graph: Graph, lexicon: Lexicon, title: str | None, url: str | None) -> list[tuple[dict[str, object], str]]:
    """The JSON-LD objects that are the page's main piece, each with the page type it speaks for; vague types only where nothing better is there."""
    found: list[tuple[dict[str, object], str]] = []
    vague: list[tuple[dict[str, object], str]] = []
    items = list(graph.objects)
    for item in graph.objects:
        for key in ("mainEntity", "mainEntityOfPage", "itemReviewed"):
            inner = item.get(key)
            if key != "itemReviewed" and isinstance(inner, dict) and "@type" in inner and len(inner) > 3:
                items.append(inner)
    for item in items:
        kinds = types_of(item)
        page_type = next((lexicon.meta.page_types[kind] for kind in kinds if lexicon.meta.page_types.get(kind) in _PIECES), None)
        if page_type:
            (vague if all(kind in lexicon.meta.vague for kind in kinds) else found).append((item, page_type))
    pieces = found or vague
    if len(pieces) > 1:
        # Several pieces: teasers of other stories may be among them. The page's own shares its title or its address.
        own = [pair for pair in pieces if _is_own(pair[0], title, url)]
        pieces = own or pieces[:1]
    return pieces


def _is_own(item: dict[str, object], title: str | None, url: str | None) -> bool:
    addresses = [
        item.get("url"),
        item.get("@id"),
        *(inner.get("@id") if isinstance(inner, dict) else inner for inner in as_list(item.get("mainEntityOfPage"))),
    ]
    if url and any(isinstance(address, str) and _same_address(address, url) for address in addresses):
        return True
    headline = as_text(item.get("headline")) or as_text(item.get("name"))
    if not headline or not title:
        return False
    words = set(fold(headline).split())
    return bool(words) and len(words & set(fold(title).split())) / len(words) >= 0.6


def _same_address(left: str, right: str) -> bool:
    a, b = urlsplit_safe(left), urlsplit_safe(right)
    return bool(a[1]) and a[1].removeprefix("www.") == b[1].removeprefix("www.") and a[2].rstrip("/") == b[2].rstrip("/")


def urlsplit_safe(url: str) -> tuple[str, str, str]:
    """Scheme, host and path; empty strings where the address is not one."""
    try:
        parts = urlsplit(url.strip())
        return parts.scheme, (parts.hostname or "").lower(), parts.path
    except ValueError:
        return "", "", ""


def _language(
    document: Document, layout: Layout, lexicon: Lexicon, metas: dict[str, list[str]], pieces: list[tuple[dict[str, object], str]]
) -> tuple[str | None, tuple[str, ...]]:
    """The page's language (ISO 639-1) and all that its text may be in. The text outvotes a declaration that it clearly contradicts."""
    declared = [document.attrs[node].get("lang") or document.attrs[node].get("xml:lang") or "" for node in document.all("html")[:1]]
    declared += metas.get("language", [])
    declared += [text for piece, _ in pieces if (text := as_text(piece.get("inLanguage")))]
    codes = [code for value in declared if (code := value.strip().replace("_", "-").split("-")[0].lower()) and code.isalpha() and len(code) == 2]
    text = " ".join([block.text for block in layout.blocks.items if len(block.text) > 60])[:6000] or layout.blocks.text[:6000]
    guessed = lexicon.languages.guess(text)
    language = guessed or (codes[0] if codes else None)
    if language == "nb" or language == "nn":
        language = "no"
    return language, tuple(dict.fromkeys(code for code in (language, *codes, "en") if code))


def _page_type(
    document: Document,
    layout: Layout,
    lexicon: Lexicon,
    metas: dict[str, list[str]],
    pieces: list[tuple[dict[str, object], str]],
    objects: list[dict[str, object]],
    url: str | None,
    title: str | None,
    language: str | None,
) -> str:
    kinds = {page_type for _, page_type in pieces}
    every = [lexicon.meta.page_types.get(kind) for item in objects for kind in types_of(item)]
    if (
        "recipe" in kinds
        or "recipe" in every
        or any(document.attrs[node]["itemtype"].endswith("/Recipe") for node in document.having("itemtype") if document.tags[node] in _BOXES)
    ):
        return "recipe"
    strong = [page_type for item, page_type in pieces if not all(kind in lexicon.meta.vague for kind in types_of(item))]
    path = urlsplit_safe(url or "")[2]
    if "forum_or_ugc" in strong:
        return "forum_or_ugc"
    told_article = "article" in strong or next(iter(metas.get("type", ())), "").lower() in ("article", "post", "blog", "news")
    if "review_or_guide" in strong:
        return "review_or_guide"
    if told_article:
        news = any(kind.endswith("NewsArticle") for item, _ in pieces for kind in types_of(item))
        return "review_or_guide" if not news and _sounds_like_review(document, layout, lexicon, title, language) else "article"
    first = path.strip("/").split("/")[0].lower() if path else ""
    for page_type, segments in lexicon.page_types.paths.items():
        if first in segments:
            return page_type
    if "product" in every or next(iter(metas.get("type", ())), "").lower() in ("product", "og:product"):
        return "product"
    if path in ("", "/") and url:
        return "listing" if len(layout.paragraphs) < 5 else "other"
    if "listing" in every and len(layout.paragraphs) < 3:
        return "listing"
    if len(layout.paragraphs) >= (2 if layout.headline is not None else 4):
        return "review_or_guide" if _sounds_like_review(document, layout, lexicon, title, language) else "article"
    return "other"


def _sounds_like_review(document: Document, layout: Layout, lexicon: Lexicon, title: str | None, language: str | None) -> bool:
    """Whether the headline has a word of reviews and buying guides."""
    heading = fold(f"{title or ''} {document.text(layout.headline) if layout.headline is not None else ''}")
    words = {*lexicon.page_types.review_words.get(language or "en", ()), *lexicon.page_types.review_words.get("en", ())}
    spaced = f" {' '.join(_words(heading))} "
    return any(f" {word} " in spaced or (not word.isascii() and word in heading) for word in words)


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() or c in "-'" else " " for c in text).split()


def _own_host(document: Document, source_url: str | None, canonical: str | None, metas: dict[str, list[str]]) -> str | None:
    """Design, decision 9: fetched address, canonical, og:url, else the host of at least half of the absolute links, else unknown."""
    for address in (source_url, canonical, *metas.get("url", ())):
        host = urlsplit_safe(address or "")[1]
        if host:
            return host
    hosts = Counter(
        host for node in document.all("a") if (href := document.attrs[node].get("href", "")).startswith("http") and (host := urlsplit_safe(href)[1])
    )
    if hosts:
        host, count = min(hosts.items(), key=lambda pair: (-pair[1], pair[0]))
        if count * 2 >= hosts.total():
            return host
    return None


def _first_text(pieces: list[dict[str, object]], key: str) -> str | None:
    return next((text for piece in pieces if (text := as_text(piece.get(key)))), None)


def _time(document: Document, layout: Layout, what: str) -> str | None:
    """The first `time` element of the article that says when."""
    for node in document.inside(layout.article, "time") if len(document) else ():
        attrs = document.attrs[node]
        itemprop = attrs.get("itemprop", "").lower()
        modified = "modified" in itemprop or "updated" in attrs.get("class", "").lower()
        if attrs.get("datetime") and (modified if what == "modified" else not modified):
            return attrs["datetime"].strip()[:40]
    return None


def _pictures(graph: Graph, pieces: list[dict[str, object]], objects: list[dict[str, object]]) -> list[Picture]:
    pictures = [graph.picture(image) for piece in pieces for image in as_list(piece.get("image"))[:100]]
    pictures += [graph.picture(item) for item in objects if "ImageObject" in types_of(item)]
    return [picture for picture in pictures if picture is not None and picture.urls]
