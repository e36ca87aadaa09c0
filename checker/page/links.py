"""Links that earn or may earn the publisher money: anchors, areas, forms, buttons with a link in `data-*`, iframes; and monetiser scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from urllib.parse import urlencode

from checker.facts import Link, Monetiser, Notice, Region, Spot, Tier
from checker.lexicon import Lexicon
from checker.lexicon.networks import Match, Networks
from checker.lexicon.urls import host_of, registrable
from checker.page.document import Document
from checker.page.head import Head
from checker.page.hidden import Hidden
from checker.page.layout import Layout
from checker.page.link_labels import sign_at
from checker.text import clip, tidy

# Regions whose links set the order against notices (accuracy README, settled cases).
_SETS_ORDER = (Region.ARTICLE, Region.TITLE_AREA, Region.ARTICLE_END, Region.PRODUCT_BOX)
_MOST_FIELDS = 50
# So far up from its link a table reaches.
_TABLE = 20
# A notice here speaks of the site, not of the links of this page.
_FURNITURE = (Region.PAGE_FOOTER, Region.SIDEBAR, Region.NAVIGATION)
# Roles of links whose address does not tell where they lead.
_HIDING = frozenset(("cloak", "shortener"))
# Attributes that hold an address, and the elements that lead to it; of several the first counts.
_ADDRESS = {
    "href": ("a", "area"), "action": ("form",), "src": ("iframe", "amp-iframe", "embed"), "data-src": ("iframe",),
    "data-href": ("button", "div", "span"), "data-url": ("button",), "data-link": ("button",), "formaction": ("button",),
}  # fmt: skip


def read_links(document: Document, layout: Layout, hidden: Hidden, head: Head, lexicon: Lexicon) -> tuple[list[Link], list[Monetiser]]:
    """The paying links in document order, and the scripts that make plain links pay."""
    found = [
        _link(document, layout, hidden, node, href, match)
        for node, href, match in _told(document, head, lexicon)
        if not (match.role == "sponsored" and match.tier is Tier.POSSIBLE and _is_banner(layout, node))
    ]
    known = {link.spot.node: index for index, link in enumerate(found)}
    for link in _marked_up(document, layout, hidden, lexicon):
        index = known.get(link.spot.node)
        if index is None:
            found.append(link)
        elif found[index].affiliate is Tier.POSSIBLE and link.affiliate is not Tier.POSSIBLE:
            # The address alone says little; what stands beside it in the markup says where it leads.
            found[index] = replace(link, href=found[index].href, why=f"{found[index].why}; {link.why}")
    monetisers = _monetisers(document, lexicon)
    if monetisers:
        taken = {link.spot.node for link in found}
        found += _clean_shop_links(document, layout, hidden, lexicon, head, taken, monetisers[0])
    found.sort(key=lambda link: link.spot.node)
    signs = lexicon.markup.link_signs
    return [replace(link, sign=sign) if (sign := sign_at(document, link.spot.node, signs)) else link for link in found], monetisers


def _told(document: Document, head: Head, lexicon: Lexicon) -> Iterator[tuple[int, str, Match]]:
    """The elements whose address or `rel` tells something, with the address and what it tells."""
    own = frozenset({head.own_host} if head.own_host else ())
    addresses = _addresses(document)
    whole = {node: addresses[node] + _fields(document, node) for node in document.all("form") if node in addresses}
    matches = lexicon.networks.matches({*addresses.values(), *whole.values()}, head.base, own)
    attrs = document.attrs
    for node, href in addresses.items():
        match = matches.get(whole.get(node, href))
        rel = attrs[node].get("rel")
        if rel and (match is not None or "sponsored" in rel.lower()):
            match = _match(match, href, rel.lower(), own, lexicon.networks)
        if match is not None:
            yield node, href, match


def _addresses(document: Document) -> dict[int, str]:
    """The elements that lead somewhere, and where."""
    found: dict[int, str] = {}
    tags, attrs = document.tags, document.attrs
    for name, holders in _ADDRESS.items():
        for node in document.having(name):
            if tags[node] in holders and (href := attrs[node][name]):
                found.setdefault(node, href)
    return found


def _is_banner(layout: Layout, node: int) -> bool:
    """Whether it is a link of an advertising slot; where nothing but `rel` speaks of pay, that is what it speaks of."""
    return layout.is_in(node, "advert") and not layout.is_in(node, "product_box")


def _fields(document: Document, form: int) -> str:
    """What the hidden fields of a form add to the address that it opens."""
    if document.attrs[form].get("method", "get").lower() != "get":
        return ""
    fields = islice((document.attrs[node] for node in document.inside(form, "input")), _MOST_FIELDS)
    pairs = [(attrs["name"], attrs.get("value", "")) for attrs in fields if attrs.get("type", "").lower() == "hidden" and attrs.get("name")]
    return ("&" if "?" in document.attrs[form].get("action", "") else "?") + urlencode(pairs, errors="replace") if pairs else ""


def second_signs(links: list[Link], notices: Sequence[Notice]) -> list[Link]:
    """The links with those raised to likely that hide where they lead, on a page whose own notice says that its links earn money.

    Beside a surer link they do not set the order: a redirect that may lead anywhere is no ground for calling a notice late.
    """
    if not any(
        notice.kind == "affiliate" and not notice.hidden and notice.region not in _FURNITURE and not {"denial", "symbol"} & set(notice.signals)
        for notice in notices
    ):
        return links
    return [
        replace(link, affiliate=Tier.LIKELY, sets_order=False, why=f"{link.why}; and a notice on the page says that its links earn money")
        if link.affiliate is Tier.POSSIBLE and link.role in _HIDING and link.sets_order and not link.hidden
        else link
        for link in links
    ]


def _match(match: Match | None, href: str, rel: str, own: frozenset[str], networks: Networks) -> Match | None:
    """What the address says, raised or made by what `rel` admits."""
    if "sponsored" not in rel:
        if match is not None and match.role == "cloak" and "nofollow" in rel:
            # Nobody asks search engines not to follow a link within the own site, unless it leads out of it.
            return replace(match, tier=Tier.LIKELY, why=f"{match.why}; and it is marked rel=nofollow")
        return match
    if match is not None:
        if match.tier is Tier.POSSIBLE:
            return replace(match, tier=Tier.LIKELY, why=f"{match.why}; marked rel=sponsored")
        return match
    host = host_of(href)
    if host is None or host in own:
        return None
    label, _, rest = host.partition(".")
    if any(rest == registrable(known) for known in own):
        # "go.site.example/kettle" hides where it leads as "site.example/go/kettle" does; another part of the site is the site's own.
        why = "a redirect of the site itself that is marked rel=sponsored"
        return Match(None, None, Tier.LIKELY, why, "cloak", host, None) if networks.own_cloak(f"/{label}/redirect") else None
    shop = networks.is_shop(host)
    why = f"{host} is a shop and the link is marked rel=sponsored" if shop else f"marked rel=sponsored, but {host} is not a shop that we know"
    return Match(network=None, name=None, tier=Tier.LIKELY if shop else Tier.POSSIBLE, why=why, role="sponsored", host=host, target=href)


def _link(document: Document, layout: Layout, hidden: Hidden, node: int, href: str, match: Match) -> Link:
    attrs = document.attrs[node]
    region = layout.region(node)
    tier, why = match.tier, match.why
    if match.role == "sponsored" and region is Region.PRODUCT_BOX:
        tier, why = Tier.LIKELY, f"{why}; it stands in a product box"
    how = hidden.how(node)
    if how == "template":
        tier, why = Tier.POSSIBLE, f"{why}; but it stands in a template, which is on the page only if a script puts it there"
    elif region is Region.COMMENTS and tier is not Tier.POSSIBLE:
        tier, why = Tier.POSSIBLE, f"{why}; but it stands in a reader's comment"
    elif tier is not Tier.POSSIBLE and layout.is_in(node, "ad_network"):
        tier, why = Tier.POSSIBLE, f"{why}; but it stands in a box that an advertising network fills"
    text = document.text(node)
    return Link(
        spot=Spot(node, None, clip(text or href, 80)),
        href=href,
        affiliate=tier,
        network=match.network,
        why=why,
        region=region,
        rel=tuple(attrs.get("rel", "").lower().split()),
        hidden=how is not None,
        text=clip(text or _picture_text(document, node), 120),
        host=match.host,
        target=match.target,
        sets_order=region in _SETS_ORDER and not _is_banner(layout, node),
        place=layout.blocks.ink_before(node),
        tag=document.tags[node],
        role=match.role,
        in_table=region in _SETS_ORDER and any(document.tags[outer] == "table" for outer in document.ancestors(node, _TABLE)),
    )


def _picture_text(document: Document, node: int) -> str:
    return next((alt for image in document.inside(node, "img", "amp-img") if (alt := tidy(document.attrs[image].get("alt", "")))), "")


def _marked_up(document: Document, layout: Layout, hidden: Hidden, lexicon: Lexicon) -> list[Link]:
    """Elements whose attributes hold a paid link for a script to follow."""
    found: list[Link] = []
    for node, match in lexicon.networks.marked(document.attrs, document.by_attribute, document.by_class):
        if match.role == "link" and document.tags[node] not in ("html", "body", "script", "link", "meta"):
            attrs = document.attrs[node]
            href = match.target or attrs.get("href") or attrs.get("data-href") or attrs.get("data-url") or attrs.get("src") or ""
            found.append(_link(document, layout, hidden, node, href, match))
    return found


def _monetisers(document: Document, lexicon: Lexicon) -> list[Monetiser]:
    found: dict[str, Monetiser] = {}
    for node in document.all("script", "amp-skimlinks", "amp-script"):
        src = document.attrs[node].get("src")
        name = lexicon.networks.script(src) if src else lexicon.networks.inline_script(document.raw_text(node))
        if name and name not in found:
            found[name] = Monetiser(name, src, Spot(node))
    return list(found.values())


def _clean_shop_links(
    document: Document, layout: Layout, hidden: Hidden, lexicon: Lexicon, head: Head, known: set[int], monetiser: Monetiser
) -> list[Link]:
    """Plain links to shops on a page whose script turns such links into paid ones: possible, never more."""
    found: list[Link] = []
    networks = lexicon.networks
    for node in document.all("a"):
        href = document.attrs[node].get("href", "")
        if node in known or not href.startswith(("http", "//")):
            continue
        host = host_of(href)
        if host is None or host == head.own_host or not networks.is_shop(host):
            continue
        rel = document.attrs[node].get("rel", "").lower()
        if "noskim" in rel or "norewrite" in rel or layout.region(node) not in _SETS_ORDER:
            continue
        why = f"{host} is a shop, and the {monetiser.id} script on this page turns plain shop links into paid ones"
        match = Match(network=monetiser.id, name=None, tier=Tier.POSSIBLE, why=why, role="monetised", host=host, target=href)
        found.append(_link(document, layout, hidden, node, href, match))
    return found
