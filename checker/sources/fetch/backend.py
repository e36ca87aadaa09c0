"""Connections that go to the very addresses that were checked: a name is resolved once, and nobody resolves it again."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Sequence
from functools import partial

import anyio
import anyio.to_thread
import httpcore2

from checker.sources.fetch import guard

# The addresses of a name, for a port; raises OSError.
Resolver = Callable[[str, int], Sequence[str]]
_Option = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


def system_resolver(host: str, port: int) -> Sequence[str]:
    """What the machine's resolver says."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Unresolved(Exception):
    """A name without an address. `again`: it may have one in a moment."""

    def __init__(self, *, again: bool) -> None:
        self.again = again
        super().__init__("its name cannot be resolved")


class Resolving:
    """Turns names into addresses that may be connected to. `guarded` is False for what the user runs himself."""

    def __init__(self, resolver: Resolver, *, allow_private: bool, guarded: bool = True) -> None:
        self._resolver = resolver
        self._allow_private = allow_private
        self._guarded = guarded

    def unguarded(self) -> Resolving:
        """The same without the guard, for the proxy that the user chose."""
        return Resolving(self._resolver, allow_private=True, guarded=False)

    async def addresses(self, host: str, port: int, timeout: float | None) -> Sequence[str]:
        """All addresses of a host, each of them checked. Raises Refused, Unresolved, and httpcore2.ConnectTimeout."""
        host = host.removeprefix("[").removesuffix("]")
        if self._guarded:
            guard.check_port(port)
            guard.check_name(host, allow_private=self._allow_private)
        try:
            with anyio.fail_after(timeout):
                # A resolver that hangs is left behind; its thread ends with the program.
                found = await anyio.to_thread.run_sync(partial(self._resolver, host, port), abandon_on_cancel=True)
        except TimeoutError:
            raise httpcore2.ConnectTimeout("the name was not resolved in time") from None
        except (OSError, UnicodeError) as fault:
            raise Unresolved(again=isinstance(fault, socket.gaierror) and fault.errno == socket.EAI_AGAIN) from fault
        if not found:
            raise Unresolved(again=False)
        if self._guarded:
            guard.check_addresses(found, allow_private=self._allow_private)
        return found


class GuardedBackend(httpcore2.AsyncNetworkBackend):
    """Resolves, checks, and dials the address itself; `dialler` never sees a name."""

    def __init__(self, resolving: Resolving, dialler: httpcore2.AsyncNetworkBackend) -> None:
        self._resolving = resolving
        self._dialler = dialler

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[_Option] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """A connection to the first address that takes it. Raises Refused before anything is sent."""
        addresses = await self._resolving.addresses(host, port, timeout)
        for address in addresses[:-1]:
            try:
                return await self._dialler.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        return await self._dialler.connect_tcp(addresses[-1], port, timeout, local_address, socket_options)

    async def connect_unix_socket(
        self,
        path: str,  # noqa: ARG002 - as the protocol has it
        timeout: float | None = None,  # noqa: ARG002
        socket_options: Iterable[_Option] | None = None,  # noqa: ARG002
    ) -> httpcore2.AsyncNetworkStream:
        """Never. Raises Refused."""
        raise guard.Refused("a socket of this machine is no web address")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await anyio.sleep(seconds)
