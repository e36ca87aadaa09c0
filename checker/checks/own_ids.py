"""The check of the ids by which networks know a publisher, in the addresses of its links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

from checker.checks.base import Value, Verdict, check, failed, passed, unsure
from checker.checks.links import see_link, shown_host, sureness
from checker.facts import Link, Page
from checker.model import ReviewReason
from checker.text import clip

# No tracking address of a network is longer; a longer one is data.
_LONGEST = 4_000
_MOST_FIELDS = 200


@check("carries-own-id", over="links", values=("host", "network", "parameter", "id", "wanted"))
def carries_own_id(link: Link, page: Page, *, ids: tuple[str, ...], parameters: tuple[str, ...] = (), networks: tuple[str, ...] = ()) -> Verdict:
    """The address of the link carries an id of the publisher's own; one that shows no id, such as a short link, is a question.

    ids: the ids, one of which is enough.
    parameters: names of the parameters that hold the id, such as "tag"; none named: it stands anywhere in the address.
    networks: ids of the networks whose links are asked, all others pass; none named: every link.
    """
    if networks and link.network not in networks:
        return passed()
    carried = _carried(link, {name.lower() for name in parameters})
    others = [pair for pair in carried if pair[1] not in ids]
    values: dict[str, Value] = {"host": shown_host(link, page), "network": link.network, "wanted": clip(" / ".join(ids), 80)}
    shown = others or carried
    values["parameter"], values["id"] = shown[0] if shown else (parameters[0] if parameters else None, None)
    if others:
        return failed(see_link("primary", link), values, sureness(link))
    if carried or any(_stands_alone(own, address) for own in ids for address in _addresses(link)):
        return passed(values=values)
    return unsure(ReviewReason.LINKED_ELSEWHERE, see_link("primary", link), values)


def _addresses(link: Link) -> Iterator[str]:
    """Where the link leads, as it is written and where it ends; as publishing systems escape addresses twice, they are unescaped once more."""
    for address in dict.fromkeys((link.href, link.target or "")):
        yield address[:_LONGEST].replace("&amp;", "&")


def _carried(link: Link, names: set[str]) -> list[tuple[str, str]]:
    """What these parameters hold: those of the address itself, else those of the addresses that it holds."""
    found: dict[tuple[str, str], None] = {}
    inner: list[str] = []
    for address in _addresses(link):
        for name, value in _fields(address):
            if name.lower() in names and value.strip():
                found.setdefault((name, clip(value.strip(), 80)))
            elif value.startswith(("http://", "https://")):
                inner.append(value)
    if not found:
        found = {
            (name, clip(value.strip(), 80)): None for address in inner for name, value in _fields(address) if name.lower() in names and value.strip()
        }
    return list(found)


def _fields(address: str) -> list[tuple[str, str]]:
    try:
        query = urlsplit(address.strip()).query
        return parse_qsl(query, max_num_fields=_MOST_FIELDS)
    except ValueError:  # no address at all, or one with more fields than any
        return []


def _stands_alone(own: str, address: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(own)}(?![\w-])", unquote(address)) is not None
