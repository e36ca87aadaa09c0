"""HTTP/2 over TLS against a server on loopback."""

from __future__ import annotations

import contextlib
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from checker.model import NotCheckedReason as Reason
from checker.sources.fetch.client import Client
from checker.sources.fetch.settings import Proxies
from tests.sources.fetch.conftest import PAGE, names

h2_connection = pytest.importorskip("h2.connection", reason="httpx2 is not installed with http2")
Make = Callable[..., Client]
Trust = tuple[str, ssl.SSLContext, list[Any]]


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trust]:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    folder: Path = tmp_path_factory.mktemp("tls")
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=shop.example"
    subprocess.run([*command.split(), "-addext", "subjectAltName=DNS:shop.example"], cwd=folder, check=True, capture_output=True)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    server.set_alpn_protocols(["h2"])
    trusting = ssl.create_default_context(cafile=str(folder / "cert.pem"))
    listening = socket.create_server(("127.0.0.1", 0))
    connections: list[Any] = []

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                raw, _ = listening.accept()
                threading.Thread(target=_serve, args=(raw, server, connections), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield f"https://shop.example:{listening.getsockname()[1]}", trusting, connections
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()


def _serve(raw: socket.socket, context: ssl.SSLContext, connections: list[Any]) -> None:
    import h2.config
    import h2.events

    with contextlib.suppress(OSError), context.wrap_socket(raw, server_side=True) as stream:
        stream.settimeout(5)
        connections.append(stream)
        state = h2_connection.H2Connection(h2.config.H2Configuration(client_side=False))
        state.initiate_connection()
        stream.sendall(state.data_to_send())
        while data := stream.recv(65_536):
            for event in state.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    path = dict(event.headers)[b":path"].decode()
                    if path == "/reset":
                        state.reset_stream(event.stream_id)
                        continue
                    length = len(PAGE) + 9 * (path == "/short")
                    headers = [(":status", "200"), ("content-type", "text/html"), ("content-length", str(length))]
                    state.send_headers(event.stream_id, headers)
                    state.send_data(event.stream_id, PAGE, end_stream=True)
            stream.sendall(state.data_to_send())


def test_pages_share_a_connection(secure: Trust, client: Make) -> None:
    url, trusting, connections = secure
    one = client(names(shop_example=["127.0.0.1"]), secure=trusting)
    assert [source.body == PAGE for source in one.fetch_all(f"{url}/{number}" for number in range(20))] == [True] * 20
    assert 1 <= len(connections) <= 4
    assert connections[0].selected_alpn_protocol() == "h2"


@pytest.mark.parametrize("path", ["/reset", "/short"])
def test_faults_are_told(path: str, secure: Trust, client: Make) -> None:
    url, trusting, _ = secure
    found = client(names(shop_example=["127.0.0.1"]), secure=trusting).fetch(url + path)
    assert found.reason in {Reason.FETCH_FAILED, Reason.DAMAGED}
    assert found.body is None


def test_a_certificate_that_nobody_knows(secure: Trust, client: Make) -> None:
    url, _, _ = secure
    found = client(names(shop_example=["127.0.0.1"]), secure=ssl.create_default_context()).fetch(url + "/a")
    assert found.reason is Reason.FETCH_FAILED
    assert "certificate cannot be trusted" in str(found.detail)


@pytest.fixture
def tunnel() -> Iterator[tuple[int, list[str]]]:
    """A proxy that connects to loopback, whatever host it is asked for, and what it was asked."""
    listening = socket.create_server(("127.0.0.1", 0))
    asked: list[str] = []

    def hand_on(one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := one.recv(65_536):
                other.sendall(piece)
            other.shutdown(socket.SHUT_WR)

    def serve(inside: socket.socket) -> None:
        with contextlib.suppress(OSError), inside:
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                head += inside.recv(1)
            asked.append(head.partition(b"\r\n")[0].decode())
            port = int(head.split()[1].rpartition(b":")[2])
            with socket.create_connection(("127.0.0.1", port)) as outside:
                inside.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
                back = threading.Thread(target=hand_on, args=(outside, inside), daemon=True)
                back.start()
                hand_on(inside, outside)
                back.join(5)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=serve, args=(listening.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield listening.getsockname()[1], asked
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()


def test_https_goes_through_a_proxy_in_a_tunnel(secure: Trust, client: Make, tunnel: tuple[int, list[str]]) -> None:
    url, trusting, _ = secure
    port, asked = tunnel
    proxies = Proxies(https=f"http://proxy.example:{port}")
    resolver = names(proxy_example=["127.0.0.1"], shop_example=["93.184.216.34"], inside_example=["10.0.0.1"])
    one = client(resolver, secure=trusting, allow_private=False, proxies=proxies)
    assert one.fetch(f"{url}/a").body == PAGE
    assert asked == [f"CONNECT {url.removeprefix('https://')} HTTP/1.1"]
    assert one.fetch("https://inside.example/a").reason is Reason.FORBIDDEN_ADDRESS
    assert len(asked) == 1, "where it must not go the proxy is not asked to go"
    unknown = client(resolver, secure=ssl.create_default_context(), allow_private=False, proxies=proxies).fetch(f"{url}/a")
    assert "certificate cannot be trusted" in str(unknown.detail)
