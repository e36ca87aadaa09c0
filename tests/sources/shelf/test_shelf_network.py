"""What a page is drawn with, from the network: what is asked for, how often, and up to what."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from checker.model import Http, NotCheckedReason, Source
from checker.sources.limits import Limits
from checker.sources.shelf import fetched
from checker.sources.shelf.fetched import Network
from checker.sources.shelf.held import Held, ShelfLimits
from checker.sources.shelf.open import PageShelf, shelf_for

HOST = "https://kettle.example"
PAGE = Source("a", b"<p>", url=f"{HOST}/", fetched=True)


class Told:
    """Gives what it was told to, and writes down who asked."""

    def __init__(self, *, seconds: float = 0.0, sleep: Callable[[float], None] = time.sleep, **answers: bytes | int) -> None:
        self.asked: list[str] = []
        self.within: list[float] = []
        self.answers = {f"{HOST}/{name}": answer for name, answer in answers.items()}
        self._seconds = seconds
        self._sleep = sleep

    def part(self, url: str, within: float) -> Source:
        self.asked.append(url)
        self.within.append(within)
        self._sleep(min(self._seconds, within))
        answer = self.answers.get(url, b"style")
        if self._seconds > within:
            return Source(url, reason=NotCheckedReason.FETCH_FAILED, detail=f"it took longer than {within:.3g} s", fetched=True)
        if isinstance(answer, int):
            reason = NotCheckedReason.NOT_FOUND if answer == 404 else NotCheckedReason.BLOCKED
            return Source(url, reason=reason, detail=f"told ({answer})", fetched=True, http=Http(answer, None, (), url))
        return Source(url, answer, fetched=True, http=Http(200, "text/css", (), url))


def test_the_network_comes_last_and_is_asked_once_a_run(tmp_path: Path) -> None:
    fetcher = Told(gone=404, closed=403)
    network = Network(fetcher)
    (tmp_path / "a.css").write_bytes(b"local")
    for _ in range(3):
        shelf = shelf_for(Source("p", b"", path=str(tmp_path / "p.html")), f"{HOST}/p.html", network=network)
        assert shelf.find(f"{HOST}/a.css") == Held(b"local", "text/css")
        assert shelf.find(f"{HOST}/b.css#a") == shelf.find(f"{HOST}/b.css") == Held(b"style", "text/css")
        assert shelf.find(f"{HOST}/gone") is None
        assert shelf.find(f"{HOST}/closed") is None
        assert shelf.find("cid:a") is None
        assert shelf.find("file:///etc/hostname") is None
        assert list(shelf.asked.values()) == ["held", "held", "held", "absent", "refused: told (403)", "absent", "absent"]
    assert fetcher.asked == [f"{HOST}/b.css", f"{HOST}/gone", f"{HOST}/closed"]


def test_a_page_without_a_network_asks_nobody() -> None:
    assert shelf_for(PAGE, HOST).find(f"{HOST}/a.css") is None


def shelf_of(fetcher: Told, limits: ShelfLimits, network: Network | None = None) -> PageShelf:
    return shelf_for(PAGE, HOST, network=network or Network(fetcher, limits))


def test_so_many_things_for_a_page_and_no_more_whoever_came_before() -> None:
    fetcher = Told()
    limits = ShelfLimits(requests=3)
    network = Network(fetcher, limits)
    for _ in range(2):
        shelf = shelf_of(fetcher, limits, network)
        # A page is drawn at two sizes.
        for _ in range(2):
            assert [shelf.find(f"{HOST}/{number}.css") is not None for number in range(5)] == [True, True, True, False, False]
        assert shelf.asked[f"{HOST}/4.css"] == "refused: the page asks for more than 3 things"
    assert len(fetcher.asked) == 3


def test_so_many_bytes_for_a_page() -> None:
    fetcher = Told(a=bytes(600), b=bytes(600), c=bytes(600))
    shelf = shelf_of(fetcher, ShelfLimits(bytes=1_000))
    assert [shelf.find(f"{HOST}/{name}") is not None for name in "abcab"] == [True, True, False, True, True]
    assert shelf.asked[f"{HOST}/c"].startswith("refused: what the page asks for is larger than ")


class Clock:
    """Passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_so_much_time_for_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(fetched, "time", clock)
    fetcher = Told(seconds=0.15, sleep=clock.sleep)
    limits = ShelfLimits(seconds=0.4)
    network = Network(fetcher, limits)
    shelf = shelf_of(fetcher, limits, network)
    found = [shelf.find(f"{HOST}/{number}.css") is not None for number in range(6)]
    assert clock.now == pytest.approx(0.4)
    assert found == [True, True, False, False, False, False]
    assert shelf.asked[f"{HOST}/2.css"].startswith("refused: it took longer than ")
    assert shelf.asked[f"{HOST}/5.css"] == "refused: what the page asks for took longer than 0.4 s"
    # What was fetched is there still; what only this page had no time for, the next one asks for again.
    assert shelf.find(f"{HOST}/0.css") is not None
    assert shelf_of(fetcher, limits, network).find(f"{HOST}/2.css") is not None


def test_answers_are_kept_up_to_so_many_bytes() -> None:
    fetcher = Told(a=bytes(1_000), b=bytes(1_000), c=bytes(1_000))
    network = Network(fetcher, ShelfLimits(kept_bytes=3_200))
    for name in ("a", "b", "a", "c", "a", "b"):
        shelf_of(fetcher, network.limits, network).find(f"{HOST}/{name}")
    assert [url[-1] for url in fetcher.asked] == ["a", "b", "c", "b"]
    assert network.has(f"{HOST}/a")


def test_a_fetcher_that_fails_is_no_fault_of_the_page() -> None:
    class Broken(Told):
        def part(self, url: str, within: float) -> Source:
            raise RuntimeError(f"the client is closed: {url} {within}")

    shelf = shelf_of(Broken(), ShelfLimits())
    assert shelf.find(f"{HOST}/a.css") is None
    assert shelf.asked == {f"{HOST}/a.css": "refused: it cannot be looked up (RuntimeError)"}


def test_threads_may_ask() -> None:
    fetcher = Told(seconds=0.01)
    shelf = shelf_of(fetcher, ShelfLimits())
    found: list[Held | None] = []
    threads = [threading.Thread(target=lambda: found.append(shelf.find(f"{HOST}/a.css"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [Held(b"style", "text/css")] * 8
    assert len(fetcher.asked) == 1


class Server(ThreadingHTTPServer):
    paths: list[str]

    def handle_error(self, *args: object) -> None:
        """Who was asked too slowly has gone."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        assert isinstance(self.server, Server)
        self.server.paths.append(self.path)
        if self.path == "/slow.css":
            time.sleep(1.0)
        bodies = {"/a.css": b"p {}", "/robots.txt": b"User-agent: *\nDisallow: /\n", "/big.css": bytes(9_000), "/empty.css": b"", "/slow.css": b""}
        leads = {"/led.css": "/a.css", "/inside.css": "http://169.254.169.254/latest", "/file.css": "file:///etc/hostname"}
        body = bodies.get(self.path, b"")
        if self.path in leads:
            self.send_response(302)
            self.send_header("Location", leads[self.path])
        elif self.path in bodies:
            self.send_response(200)
            self.send_header("Content-Type", "text/css")
        else:
            self.send_response(404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server(("127.0.0.1", 0), Handler)
    made.paths = []
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join(5)


Opened = Callable[..., Network]


@pytest.fixture
def opened() -> Iterator[Opened]:
    """Makes networks over the real client."""
    pytest.importorskip("httpcore2", reason="httpx2 is not installed")
    from checker.sources.fetch.client import Client
    from checker.sources.fetch.settings import Fetching

    clients: list[Client] = []

    def make(*, allow_private: bool = True) -> Network:
        settings = Fetching(allow_private=allow_private, attempts=2, wait=0.01, limits=Limits(connect=20.0, read=20.0, page=20.0, part_bytes=8_000))
        clients.append(Client(settings, secure=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)))
        return Network(clients[-1], ShelfLimits(seconds=4.0))

    yield make
    for client in clients:
        client.close()


def test_the_real_client_fetches_what_is_no_page(server: Server, opened: Opened) -> None:
    url = f"http://127.0.0.1:{server.server_port}"
    shelf = shelf_for(PAGE, HOST, network=opened())
    assert shelf.find(f"{url}/a.css") == Held(b"p {}", "text/css")
    assert shelf.find(f"{url}/led.css") == Held(b"p {}", "text/css")
    assert shelf.find(f"{url}/empty.css") == Held(b"", "text/css")
    assert shelf.find(f"{url}/none.css") is None
    for name in ("inside", "file", "big"):
        assert shelf.find(f"{url}/{name}.css") is None
    told = {address.rpartition("/")[2]: what for address, what in shelf.asked.items()}
    assert told["none.css"] == "absent"
    assert "169.254.169.254 is not a public address (metadata)" in told["inside.css"]
    assert "it leads to an address that is not of the web" in told["file.css"]
    assert "more than 8,000 are not fetched" in told["big.css"].replace(" bytes", "")
    # Its page was allowed; a browser does not ask further.
    assert "/robots.txt" not in server.paths


def test_private_addresses_are_refused(server: Server, opened: Opened) -> None:
    shelf = shelf_for(PAGE, HOST, network=opened(allow_private=False))
    assert shelf.find(f"http://127.0.0.1:{server.server_port}/a.css") is None
    assert shelf.find(f"http://localhost:{server.server_port}/a.css") is None
    assert server.paths == []
    assert all(what.startswith("refused: ") for what in shelf.asked.values())


def test_a_server_that_is_slow_is_not_waited_for(server: Server, opened: Opened) -> None:
    network = opened()
    found = network.ask(f"http://127.0.0.1:{server.server_port}/slow.css", 0.2)
    assert getattr(found, "why", "") == "it took longer than 0.2 s"
    assert network.ask(f"http://127.0.0.1:{server.server_port}/slow.css", 20.0) == Held(b"", "text/css")
