"""Which addresses may be connected to. What is not known to be public is refused; an address in disguise is unwrapped first.

The tables are those of the IANA registries of special-purpose addresses (RFC 6890), as of 2025-10; `ipaddress.is_global` of Python 3.11 lets
NAT64, 6to4, and multicast addresses pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_V4 = tuple(
    (IPv4Network(network), kind)
    for network, kind in (
        # Services that machines in a data centre ask about themselves; also where private addresses are allowed.
        ("169.254.169.254/32", "metadata"),
        ("100.100.100.200/32", "metadata"),
        ("168.63.129.16/32", "metadata"),
        ("192.0.0.192/32", "metadata"),
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "private"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "documentation"),
        ("192.88.99.0/24", "reserved"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "reserved"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_V6 = tuple(
    (IPv6Network(network), kind)
    for network, kind in (
        ("fd00:ec2::254/128", "metadata"),
        ("fd20:ce::254/128", "metadata"),
        ("::1/128", "loopback"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "reserved"),
        ("ff00::/8", "multicast"),
        ("64:ff9b:1::/48", "local NAT64"),
        ("2001::/32", "Teredo"),
        ("2001::/23", "reserved"),
        ("2001:db8::/32", "documentation"),
        ("3fff::/20", "documentation"),
    )
)
_GLOBAL = IPv6Network("2000::/3")
_SIX_TO_FOUR = IPv6Network("2002::/16")
# IPv4-compatible, IPv4-mapped (RFC 4291), IPv4-translated (RFC 2765), and NAT64 (RFC 6052): the last 32 bits are an IPv4 address.
_WRAPPERS = tuple(IPv6Network(network) for network in ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96"))
_ISATAP = (0x00005EFE, 0x02005EFE)
_LOCAL = frozenset(("private", "loopback"))
# Ports of other services, which a page's address never has: the list of the Fetch standard, "port blocking".
_BAD_PORTS = frozenset((
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119,
    123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993,
    995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
))  # fmt: skip


class Refused(Exception):
    """An address that must not be connected to; the text says why."""


def check_name(host: str, *, allow_private: bool = False) -> None:
    """Names that mean this very machine, however they resolve (RFC 6761). Raises Refused."""
    plain = host.rstrip(".").lower()
    if not allow_private and (plain in {"localhost", "localhost.localdomain"} or plain.endswith(".localhost")):
        raise Refused("the name means this machine")


def check_port(port: int) -> None:
    """Raises Refused for the port of another service."""
    if port in _BAD_PORTS:
        raise Refused(f"port {port} belongs to another service than the web")


def check_addresses(addresses: Sequence[str], *, allow_private: bool = False) -> None:
    """All addresses of a name: one that is not public is enough. Raises Refused."""
    for address in addresses:
        kind = why_refused(address, allow_private=allow_private)
        if kind is not None:
            raise Refused(f"{address[:60]} is not a public address ({kind})")


def why_refused(address: str, *, allow_private: bool = False) -> str | None:
    """What kind of address it is, where it may not be connected to.

    >>> why_refused("::ffff:127.0.0.1"), why_refused("9.9.9.9"), why_refused("10.1.2.3", allow_private=True)
    ('loopback', None, None)
    """
    try:
        known = ip_address(address)
    except ValueError:
        return "no address"
    kind = _kind6(known) if isinstance(known, IPv6Address) else _kind4(known)
    return None if allow_private and kind in _LOCAL else kind


def _kind4(address: IPv4Address) -> str | None:
    return next((kind for network, kind in _V4 if address in network), None)


def _kind6(address: IPv6Address) -> str | None:
    if address.scope_id is not None:
        return "an address with a zone"
    kind = next((kind for network, kind in _V6 if address in network), None)
    if kind is not None:
        return kind
    number = int(address)
    last = IPv4Address(number & 0xFFFFFFFF)
    if any(address in network for network in _WRAPPERS):
        return _kind4(last)
    if address in _SIX_TO_FOUR:
        return _kind4(IPv4Address(number >> 80 & 0xFFFFFFFF))
    if address not in _GLOBAL:
        return "reserved"
    return _kind4(last) if number >> 32 & 0xFFFFFFFF in _ISATAP else None
