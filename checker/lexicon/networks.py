"""Which links pay the publisher, as far as an address or an element's markup tells: affiliate networks, shops and own redirects, all from data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple, Self

from checker.facts import Tier
from checker.lexicon import urls
from checker.lexicon.cloaks import Cloaks
from checker.lexicon.link_marks import LinkMarks
from checker.lexicon.link_rules import LinkRule, RuleIndex, shown_host
from checker.lexicon.urls import Address, host_of, is_under, registrable
from checker.packs import worked_out

__all__ = ["Match", "Networks", "host_of", "registrable"]

_DEEPEST = 3  # redirects inside redirects; longer chains were not seen on any page
_MOST_REMEMBERED = 20_000
_NO_LINK = ("mailto:", "tel:", "data:", "about:", "blob:", "sms:", "ftp:")
_RANK = {Tier.CERTAIN: 0, Tier.LIKELY: 1, Tier.POSSIBLE: 2}
_LONGEST_LOADER = 20_000  # what fetches another script is short; longer scripts are programs or data
_MOST_IN_LOADER = 40
_LONGEST_HOST = 253  # of any name in the DNS
_UNKNOWN_BASE = "https://own.invalid/"


@dataclass(frozen=True, slots=True)
class Match:
    """What gave a link away.

    `network` and `name` are None for links that no network is known for. `why` is one sentence for an editor. `role`: click, embed (an
    image or frame of a network), landing (an id that somebody else's click left behind), short (a network's short link), cloak (a redirect
    of the publisher's own), redirect (of somebody else, to a shop), shortener (opaque, anybody's), link or box (markup of an element).
    `target`: where the click ends, as far as the address tells.
    """

    network: str | None
    name: str | None
    tier: Tier
    why: str
    role: str
    host: str | None
    target: str | None


class _Host(NamedTuple):
    """What is known of a host, whoever links to it."""

    rules: tuple[LinkRule, ...]
    share: bool
    wrapper: bool
    shortener: bool


class _Page:
    """What links mean on one page, remembered while its links are judged."""

    __slots__ = ("base", "ordinary", "own", "relative_own")

    def __init__(self, base: str | None, own_hosts: Collection[str]) -> None:
        self.base = base
        self.own = frozenset(own_hosts) | {registrable(host) for host in own_hosts}
        home = host_of(base) if base else None
        self.relative_own = home is None or not self.own or is_under(home, self.own)
        # Hosts that tell nothing by themselves, and whether they are own.
        self.ordinary: dict[str, bool] = {}


def _compiled(packs: Sequence[Path]) -> dict[str, Any]:
    from checker.lexicon.network_files import compile_packs  # what checks the files is loaded only where there is something to check

    return compile_packs(packs)


class Networks:
    """The index over all network files; made once, asked for every link of every page."""

    def __init__(self, plain: Mapping[str, Any]) -> None:
        self.names: dict[str, str] = plain["names"]
        rules = [LinkRule(rule) for rule in plain["link"]]
        self._links = RuleIndex(rules)
        self._own_links = RuleIndex([rule for rule in rules if rule.own])
        self._scripts = RuleIndex([LinkRule(rule) for rule in plain["script"]])
        self._markup = LinkMarks(plain["markup"])
        self._shops, self._not_shops = frozenset(plain["shops"]), frozenset(plain["not_shops"])
        self._share, self._wrappers = frozenset(plain["share"]), frozenset(plain["wrapper"])
        self._shorteners = frozenset(plain["shortener"])
        self._cloaks = Cloaks(plain)
        self._hosts: dict[str, _Host] = {}
        # What stands between "//" and "/" in the addresses of scripts that are no monetiser's.
        self._no_monetisers: set[str] = set()

    @classmethod
    def load(cls, packs: Sequence[Path]) -> Self:
        """From the packs' network files. Raises BadRule with all faults."""
        return cls(worked_out("networks", packs, lambda: _compiled(packs)))

    # Questions -------------------------------------------------------------------------------------------------------------------------
    def match(self, href: str, base: str | None = None, own_hosts: Collection[str] = ()) -> Match | None:
        """What the link tells, or None for an ordinary one. `own_hosts` are the publisher's; their sub-domains and sites are own too."""
        return self._judge(href, _Page(base, own_hosts))

    def matches(self, hrefs: Iterable[str], base: str | None = None, own_hosts: Collection[str] = ()) -> dict[str, Match]:
        """What the links of a page tell, without the ordinary ones."""
        page = _Page(base, own_hosts)
        return {href: match for href in hrefs if (match := self._judge(href, page)) is not None}

    def script(self, src: str) -> str | None:
        """The id of the monetiser whose script this is: it turns plain links into paid ones."""
        server = src.split("/", 3)[2] if src.startswith(("https://", "http://", "//")) else ""
        if server in self._no_monetisers:
            return None
        host = host_of(src)
        rules = self._scripts.for_host(host) if host else ()
        if not rules:
            if server and "archive.org" not in server and len(server) <= _LONGEST_HOST:
                if len(self._no_monetisers) >= _MOST_REMEMBERED:
                    self._no_monetisers.clear()
                self._no_monetisers.add(server)
            return None
        address = urls.read(src)
        return next((rule.network for rule in rules if rule.hit(address)), None) if address is not None else None

    def inline_script(self, text: str) -> str | None:
        """The id of the monetiser that a script written into the page fetches: its address stands in the text."""
        if "//" not in text and "\\/\\/" not in text:
            return None
        addresses = urls.IN_CODE(text[:_LONGEST_LOADER].replace("\\/", "/"))
        return next((name for address in addresses[:_MOST_IN_LOADER] if (name := self.script("https:" + address))), None)

    def marked(
        self, elements: Sequence[Mapping[str, str]], having: Mapping[str, Sequence[int]], by_class: Mapping[str, Sequence[int]]
    ) -> Iterator[tuple[int, Match]]:
        """Which elements of a page have markup that tells something, and what. `having`: attribute name to the elements that have it.

        `by_class`: class attribute, as written, to those that have it.
        """
        for node in self._markup.carriers(elements, having, by_class):
            match = self.attribute_match(elements[node])
            if match is not None:
                yield node, match

    def attribute_match(self, attrs: Mapping[str, str]) -> Match | None:
        """What an element's own markup tells: `data-*` attributes, classes and ids of link plugins and product boxes."""
        for mark, carrier, value in self._markup.find(attrs):
            host = host_of(value) if carrier not in ("class", "id") else None
            address = value if host else attrs.get("href", "")
            if mark.shop and not self.is_shop(host or host_of(address) or ""):
                continue
            name = self.names[mark.network]
            why = mark.why or f"the {carrier if carrier in ('class', 'id') else f'attribute {carrier}'} is markup of {name}"
            return Match(mark.network, name, mark.tier, why, mark.role, host, value if host else None)
        return None

    def is_shop(self, host: str) -> bool:
        """Whether the host is a well-known web shop's."""
        return is_under(host, self._shops) and not is_under(host, self._not_shops)

    def is_share(self, host: str) -> bool:
        """Whether addresses inside this host's addresses are only being shared, so that nothing inside them is a click's target."""
        return self._know(host).share

    def own_cloak(self, path: str) -> bool:
        """Whether a path of the publisher's own site looks like a redirect: `/go/kettle/`, `/out.php?id=12`."""
        return self._cloaks.holds(path)

    # One link --------------------------------------------------------------------------------------------------------------------------
    def _judge(self, href: str, page: _Page) -> Match | None:
        """Sorts out, cheaply, what cannot be of interest: all but a few links of a page."""
        plain = urls.PLAIN(href)
        if plain is not None:
            host, rest = plain.groups()
            own = page.ordinary.get(host)
            if own is None:
                return self._judge_host(href, host, rest, page)
        elif href[:1] == "/" and href[1:2] != "/" and page.relative_own and "\\" not in href:
            rest, own = href, True
        else:
            return self._judge_odd(href, page) if self._worth_reading(href, page) else None
        if not self._promising(rest, own):
            return None
        if plain is None:
            return self._judge_odd(href, page)
        address = urls.read(href, page.base)
        return self._weigh(address, page, 0) if address is not None else None

    def _judge_host(self, href: str, host: str, rest: str, page: _Page) -> Match | None:
        """The same for a host that the page has not led to before, or one that tells something."""
        if len(host) > _LONGEST_HOST:
            return None
        known, own = self._know(host), is_under(host, page.own)
        telling = known.rules or known.shortener
        if not telling and not known.share and len(page.ordinary) < _MOST_REMEMBERED:
            page.ordinary[host] = own
        if known.share and (inner := urls.clean(href)) != href:  # the frame of a web archive
            return self._judge(inner, page)
        if telling or (not known.share and self._promising(rest, own)):
            address = urls.read(href, page.base)
            return self._weigh(address, page, 0) if address is not None else None
        return None

    def _worth_reading(self, href: str, page: _Page) -> bool:
        """Whether an address that is relative, or that only the URL standard can read, gives any reason to read it."""
        if href[:1] in ("#", "") or href[:12].lower().lstrip().startswith(_NO_LINK):
            return False
        bare = href.lstrip()
        if page.relative_own and ":" not in bare and "\\" not in bare and bare[:2] != "//":
            return self._promising("/" + bare, own=True)
        return True

    def _judge_odd(self, href: str, page: _Page) -> Match | None:
        own = page.relative_own and not page.base
        address = urls.read(href, page.base or _UNKNOWN_BASE)
        if address is None:
            return None
        found = self._weigh(address, page, 0)
        return replace(found, host=None) if found is not None and own and found.host == "own.invalid" else found

    def _promising(self, rest: str, own: bool) -> bool:
        """Whether the part of an address behind its host gives any reason to read it."""
        if len(rest) < 3:
            return False
        index = self._own_links if own else self._links
        if rest.startswith(index.path_starts) or ("?" in rest and index.may_ask(rest)):
            return True
        if ("http" in rest or "HTTP" in rest) and urls.ESCAPED_SCHEME.search(rest):
            return True
        return self._cloaks.may_hold(rest) if own else "#" in rest and index.may_end(rest)

    def _know(self, host: str) -> _Host:
        known = self._hosts.get(host)
        if known is None:
            bare = host.rstrip(".").lower()
            wrapper, share = self._wrapper_or_share(bare)
            known = _Host(self._links.for_host(bare), share, wrapper, bare.removeprefix("www.") in self._shorteners)
            if len(self._hosts) >= _MOST_REMEMBERED:
                self._hosts.clear()
            self._hosts[host] = known
        return known

    def _wrapper_or_share(self, host: str) -> tuple[bool, bool]:
        """The nearest parent decides: l.facebook.com passes links on, facebook.com shares them."""
        while host:
            if host in self._wrappers:
                return True, False
            if host in self._share:
                return False, True
            host = host.partition(".")[2]
        return False, False

    def _weigh(self, address: Address, page: _Page, depth: int) -> Match | None:
        """The surest reason: a rule of the host, a rule for any host, an address inside, the publisher's own redirect."""
        known = self._know(address.host)
        own = self._is_own(address.host, page)
        hits = [rule for rule in known.rules if rule.hit(address)]
        if not known.share:
            hits += [rule for rule in (self._own_links if own else self._links).for_any(address) if rule.hit(address)]
        best = min(hits, key=lambda rule: rule.rank) if hits else None
        tier = best.tier if best else Tier.POSSIBLE
        if best is not None and best.any_host:  # the host's own network names the link, the surer rule says how sure
            best = next((rule for rule in hits if not rule.any_host), best)
        inside = [] if known.share or depth >= _DEEPEST else urls.carried(address, best.target if best else ())
        within = [
            (inner, self._weigh(inner, page, depth + 1)) for text in inside if (inner := urls.read(text)) is not None and inner.host != address.host
        ]
        found = self._from_rule(best, tier, address, within) if best else None
        for inner, match in within:
            if match is not None and match.role != "shortener" and (found is None or _RANK[match.tier] < _RANK[found.tier]):
                why = f"{shown_host(address.host)} leads on: {match.why}" if address.host != "own.invalid" else f"own redirect: {match.why}"
                found = replace(match, why=why, host=address.host, target=match.target or inner.href)
        return found or self._without_rule(address, known, own, within, page)

    def _from_rule(self, rule: LinkRule, tier: Tier, address: Address, within: list[tuple[Address, Match | None]]) -> Match:
        target = (within[0][1].target if within[0][1] else None) or within[0][0].href if within else None
        return Match(rule.network, self.names[rule.network], tier, rule.says(address), rule.role, address.host, target)

    def _without_rule(self, address: Address, known: _Host, own: bool, within: list[tuple[Address, Match | None]], page: _Page) -> Match | None:
        shop = next((inner for inner, _ in within if self.is_shop(inner.host) and not self._is_own(inner.host, page)), None)
        if own:
            if shop is not None:
                return Match(
                    None,
                    None,
                    Tier.LIKELY,
                    f"the publisher's own redirect leads to a shop ({shown_host(shop.host)})",
                    "cloak",
                    address.host,
                    shop.href,
                )
            if self.own_cloak(address.path):
                target = within[0][0].href if within else None
                return Match(
                    None,
                    None,
                    Tier.POSSIBLE,
                    f"a redirect on the publisher's own site hides where the link leads ({address.path[:60]})",
                    "cloak",
                    address.host,
                    target,
                )
        elif shop is not None and not known.wrapper and not self.is_shop(address.host):
            return Match(
                None,
                None,
                Tier.POSSIBLE,
                f"{shown_host(address.host)} redirects to a shop ({shown_host(shop.host)})",
                "redirect",
                address.host,
                shop.href,
            )
        elif known.shortener and len(address.path) > 1:
            return Match(
                None, None, Tier.POSSIBLE, f"{shown_host(address.host)} is a short link that hides where it leads", "shortener", address.host, None
            )
        return None

    @staticmethod
    def _is_own(host: str, page: _Page) -> bool:
        return host == "own.invalid" or is_under(host, page.own)
