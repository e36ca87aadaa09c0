"""No spelling of, and no way to, a private address connects; a server that listens on loopback is the witness."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence

import anyio
import httpcore2
import pytest

from checker.model import NotCheckedReason
from checker.sources.fetch import guard
from checker.sources.fetch.backend import GuardedBackend, Resolving
from checker.sources.fetch.client import Client
from tests.sources.fetch.conftest import Loopback, Site, names, reply

Make = Callable[..., Client]
PUBLIC = "93.184.216.34"

# Hosts as they may stand in an address; {port} is that of a server that listens.
SPELLINGS = (
    "127.0.0.1", "127.0.0.1.", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0x7F.0x0.0x0.0x1", "0177.0.0.1", "017700000001",
    "0177.0x0.1", "127.000.000.001", "0", "0.0.0.0", "00000000177.1", "127.255.255.254", "①②⑦.0.0.1", "１２７.０.０.１", "127。0。0。1", "127．0｡0.1",  # noqa: S104
    "%31%32%37.0.0.1", "127%2e0%2e0%2e1", "12\u00ad7.0.0.1", "ⓛocalhost", "localhost", "localhost.", "LOCALHOST", "a.localhost",
    "a.b.localhost.", "localhost.localdomain", "[::1]", "[0:0:0:0:0:0:0:1]", "[::]", "[::127.0.0.1]", "[::7f00:1]", "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:0001]", "[::ffff:0:127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::a9fe:a9fe]",
    "[64:ff9b:1::7f00:1]", "[64:ff9b:1:7f00:0:100::]", "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]", "[2001:0:7f00:1::80ff:fffe]",
    "[2001:db8::5efe:7f00:1]", "[2600::5efe:127.0.0.1]", "[2600::200:5efe:10.0.0.1]", "[fe80::1]", "[fe80::1%25lo]", "[fec0::1]", "[fc00::1]",
    "[fd12:3456::1]", "[fd00:ec2::254]", "[ff02::1]", "169.254.169.254", "0xa9fea9fe", "2852039166", "169.254.0.1", "10.0.0.1", "012.0.0.1",
    "172.16.0.1", "172.31.255.255", "192.168.1.1", "192.168.257", "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "192.0.2.1",
    "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.88.99.1",
)  # fmt: skip


@pytest.mark.parametrize("host", SPELLINGS)
def test_no_spelling_connects(host: str, site: Site, client: Make) -> None:
    dialler = Loopback()
    found = client(dialler=dialler, allow_private=False).fetch(f"http://{host}:{site.port}/")
    assert found.reason is NotCheckedReason.FORBIDDEN_ADDRESS, found
    assert dialler.dialled == []
    assert site.connections == 0


def test_there_are_enough_spellings() -> None:
    assert len(set(SPELLINGS)) >= 40


@pytest.mark.parametrize(
    "url",
    [
        "http://{public}@127.0.0.1:{port}/",
        "http://{public}:80@127.0.0.1:{port}/",
        "http://{public}%2f@127.0.0.1:{port}/",
        "http://127.0.0.1:{port}\\@{public}/",
        "http:\\\\127.0.0.1:{port}\\",
        "http:/127.0.0.1:{port}/",
        "http:127.0.0.1:{port}/",
        "  http://127.0.0.1:{port}/ ",
        "ht\ttp://127.0.\n0.1:{port}/",
        "http://127.0.0.1:{port}#@{public}/",
        "http://127.0.0.1:{port}?@{public}/",
        "HTTP://127.0.0.1:{port}/",
    ],
)
def test_no_trick_with_the_address_connects(url: str, site: Site, client: Make) -> None:
    dialler = Loopback()
    found = client(dialler=dialler, allow_private=False).fetch(url.format(public=PUBLIC, port=site.port))
    assert found.reason is NotCheckedReason.FORBIDDEN_ADDRESS
    assert dialler.dialled == []
    assert site.connections == 0


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hosts",
        "ftp://{public}/",
        "gopher://127.0.0.1:{port}/_GET",
        "dict://127.0.0.1:{port}/",
        "ldap://127.0.0.1:{port}/",
        "data:text/html,<p>x",
        "javascript:alert(1)",
        "unix:///run/docker.sock",
        "http+unix://%2Frun%2Fdocker.sock/",
        "view-source:http://127.0.0.1:{port}/",
        "jar:http://127.0.0.1:{port}/!/",
        "//127.0.0.1:{port}/",
        "127.0.0.1:{port}",
        "",
        "http://",
        "http://[::1",
    ],
)
def test_only_addresses_of_the_web_are_asked(url: str, site: Site, client: Make) -> None:
    dialler = Loopback()
    found = client(dialler=dialler).fetch(url.format(public=PUBLIC, port=site.port))
    assert found.reason is NotCheckedReason.FORBIDDEN_ADDRESS
    assert dialler.dialled == []
    assert site.connections == 0


@pytest.mark.parametrize("port", [22, 25, 6379, 6000])
@pytest.mark.parametrize("allow", [True, False])
def test_ports_of_other_services_are_never_dialled(port: int, allow: bool, client: Make) -> None:
    dialler = Loopback()
    found = client(names(public_example=[PUBLIC]), dialler, allow_private=allow).fetch(f"http://public.example:{port}/")
    assert found.reason is NotCheckedReason.FORBIDDEN_ADDRESS
    assert dialler.dialled == []


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.1.2.3"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::7f00:1"],
        ["169.254.169.254"],
        ["fd00:ec2::254"],
        ["fe80::1%eth0"],
        [PUBLIC, "127.0.0.1"],
        ["127.0.0.1", PUBLIC],
        [PUBLIC, "2606:4700::1111", "::1"],
        ["not an address"],
        ["0x7f.1"],
    ],
)
def test_a_name_is_refused_for_any_of_its_addresses(addresses: Sequence[str], site: Site, client: Make) -> None:
    dialler = Loopback({PUBLIC: "127.0.0.1"})
    found = client(names(shop_example=addresses), dialler, allow_private=False).fetch(f"http://shop.example:{site.port}/")
    assert found.reason is NotCheckedReason.FORBIDDEN_ADDRESS
    assert dialler.dialled == []
    assert site.connections == 0


def test_a_resolver_that_changes_its_answer_gains_nothing(site: Site, client: Make) -> None:
    """First public, then private: the address that was checked is the one that is dialled, and a new connection is checked anew."""
    answers = [[PUBLIC], ["127.0.0.1"]]
    asked: list[str] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return answers[min(len(asked), len(answers)) - 1]

    dialler = Loopback({PUBLIC: "127.0.0.1"})
    site.says("/a", reply(Connection="close"))
    one = client(resolve, dialler, allow_private=False)
    first = one.fetch(f"http://shop.example:{site.port}/a")
    assert first.body is not None
    assert dialler.dialled == [PUBLIC]  # as an address, never as the name
    assert len(asked) == 1
    second = one.fetch(f"http://shop.example:{site.port}/a")
    assert second.reason is NotCheckedReason.FORBIDDEN_ADDRESS
    assert dialler.dialled == [PUBLIC]
    assert site.connections == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:{port}/secret",
        "//127.0.0.1:{port}/secret",
        "http://[::ffff:127.0.0.1]:{port}/secret",
        "http://0x7f.1:{port}/secret",
        "http://inside.example:{port}/secret",
        "\\\\127.0.0.1:{port}\\secret",
        "file:///etc/hosts",
        "http://169.254.169.254/latest/meta-data/",
    ],
)
def test_a_redirect_is_checked_like_any_address(status: int, location: str, site: Site, client: Make) -> None:
    site.says("/a", reply(b"", f"{status} Moved", Location=location.format(port=site.port)))
    site.says("/secret", reply())
    dialler = Loopback({PUBLIC: "127.0.0.1"})
    found = client(names(shop_example=[PUBLIC], inside_example=["127.0.0.1"]), dialler, allow_private=False).fetch(
        f"http://shop.example:{site.port}/a"
    )
    assert found.reason is NotCheckedReason.FORBIDDEN_ADDRESS
    assert set(dialler.dialled) == {PUBLIC}
    assert site.paths() == ["/a"]


def test_a_relative_redirect_stays_with_the_checked_host(site: Site, client: Make) -> None:
    site.says("/a/b", reply(b"", "302 Found", Location="../c"))
    site.says("/c", reply())
    dialler = Loopback({PUBLIC: "127.0.0.1"})
    found = client(names(shop_example=[PUBLIC]), dialler, allow_private=False).fetch(f"http://shop.example:{site.port}/a/b")
    assert found.body is not None
    assert found.http is not None
    assert found.http.url.endswith("/c")
    assert set(dialler.dialled) == {PUBLIC}


def test_a_refresh_header_leads_nowhere(site: Site, client: Make) -> None:
    site.says("/a", reply(Refresh="0; url=/secret"))
    found = client().fetch(site.url + "/a")
    assert found.body is not None
    assert site.paths() == ["/a"]


def test_robots_of_a_private_host_are_not_asked_for(site: Site, client: Make) -> None:
    found = client(allow_private=False, robots=True).fetch(site.url + "/a")
    assert found.reason is NotCheckedReason.FORBIDDEN_ADDRESS
    assert site.connections == 0


def test_what_stays_refused_where_private_addresses_are_allowed() -> None:
    for address in (
        "169.254.169.254",
        "fd00:ec2::254",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "fe80::1",
        "224.0.0.1",
        "0.0.0.0",  # noqa: S104
        "100.100.100.200",
    ):
        assert guard.why_refused(address, allow_private=True), address
    for address in ("127.0.0.1", "::1", "10.0.0.1", "192.168.0.1", "172.20.0.1", "100.64.1.1", "fd12::1", "::ffff:10.0.0.1"):
        assert guard.why_refused(address, allow_private=True) is None, address
        assert guard.why_refused(address), address


def test_public_addresses_pass() -> None:
    for address in (
        "93.184.216.34",
        "9.9.9.9",
        "172.32.0.1",
        "172.15.255.255",
        "100.128.0.1",
        "11.0.0.1",
        "2606:4700::1111",
        "64:ff9b::808:808",
        "2002:808:808::1",
        "::ffff:8.8.8.8",
    ):
        assert guard.why_refused(address) is None, address


def test_a_unix_socket_is_no_way_in() -> None:
    backend = GuardedBackend(Resolving(names(), allow_private=True), Loopback())
    with pytest.raises(guard.Refused):
        anyio.run(backend.connect_unix_socket, "/run/docker.sock")


@pytest.mark.parametrize("host", ["0x7f.1", "2130706433", "127.1", "①②⑦.0.0.1", "[::1]", "localhost.", "127.0.0.1"])
def test_the_backend_alone_refuses_what_the_machine_would_resolve(host: str) -> None:
    """Whoever would hand a host over as it was typed: the machine's own resolver reads such numbers as addresses."""
    dialler = Loopback()

    def numeric(name: str, port: int) -> Sequence[str]:
        return [str(entry[4][0]) for entry in socket.getaddrinfo(name, port, flags=socket.AI_NUMERICHOST)]

    backend = GuardedBackend(Resolving(numeric, allow_private=False), dialler)
    with pytest.raises((guard.Refused, httpcore2.ConnectError)):
        anyio.run(backend.connect_tcp, host, 80, 1.0)
    assert dialler.dialled == []
