"""What the environment says of fetching: passwords, which do not belong on a command line, and proxies."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote

from checker.errors import BadConfig
from checker.sources.fetch.settings import Login, Proxies, origin

BASIC_AUTH = "DISCLOSURE_CHECKER_BASIC_AUTH"
_SCHEMES = ("http://", "https://")


def logins(environment: Mapping[str, str]) -> tuple[Login, ...]:
    """Names and passwords: `user:password` for every host that is named, or addresses `https://user:password@host`, with spaces between several.

    Raises BadConfig; nothing of the value is repeated.
    """
    text = environment.get(BASIC_AUTH, "")
    if not text:
        return ()
    if not text.startswith(_SCHEMES):
        user, colon, password = text.partition(":")
        return (_login(None, user, password, colon),)
    return tuple(_of_address(address) for address in text.split())


def proxies(environment: Mapping[str, str]) -> Proxies:
    """HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, in small letters too, which win. Raises BadConfig for what is no proxy's address."""
    # In a CGI script HTTP_PROXY is a header of whoever asks.
    names = ("http_proxy",) if "REQUEST_METHOD" in environment else ("http_proxy", "HTTP_PROXY")
    every = ("all_proxy", "ALL_PROXY")
    return Proxies(
        http=_proxy(environment, (*names, *every)),
        https=_proxy(environment, ("https_proxy", "HTTPS_PROXY", *every)),
        but_not=environment.get("no_proxy") or environment.get("NO_PROXY") or "",
    )


def goes_through(proxy: Proxies, scheme: str, host: str) -> str | None:
    """The proxy for a host, or None."""
    chosen = proxy.https if scheme == "https" else proxy.http
    if chosen is None:
        return None
    plain = host.strip("[]").rstrip(".").lower()
    for entry in proxy.but_not.lower().split(","):
        name = entry.strip().lstrip("*").lstrip(".").strip("[]")
        if entry.strip() == "*" or (name and (plain == name or plain.endswith(f".{name}") or _in_network(plain, name))):
            return None
    return chosen


def _in_network(host: str, network: str) -> bool:
    if "/" not in network:
        return False
    import ipaddress

    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(network, strict=False)
    except ValueError:
        return False


def _proxy(environment: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    name = next((name for name in names if environment.get(name)), None)
    if name is None:
        return None
    address = environment[name].strip()
    address = address if "://" in address else f"http://{address}"
    if address.lower().startswith("socks"):
        raise BadConfig(f"{name}: SOCKS proxies are not supported; name one with http://host:port or https://host:port")
    if origin(address) is None:
        raise BadConfig(f"{name}: a proxy is named by its address, http://host:port or https://host:port")
    return address


def _of_address(address: str) -> Login:
    before, at, _ = address.partition("://")[2].rpartition("@")
    place = origin(address)
    if not address.startswith(_SCHEMES) or not at or place is None:
        raise BadConfig(f"{BASIC_AUTH}: it is written user:password, or https://user:password@host, with spaces between several")
    user, colon, password = before.partition(":")
    return _login(place, unquote(user), unquote(password), colon)


def _login(place: str | None, user: str, password: str, colon: str) -> Login:
    if not colon or not user or not (user + password).isprintable():
        raise BadConfig(f"{BASIC_AUTH}: it is written user:password, or https://user:password@host, with spaces between several")
    return Login(place, user, password)
