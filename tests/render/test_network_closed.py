"""Whatever a page asks for, no request leaves the browser, and no file of the machine comes into it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from checker.render.wish import DESKTOP
from checker.sight import Doubt
from tests.render.conftest import ADDRESS, Easel, Laid, article


@dataclass
class Heard:
    """A server and a socket on loopback, and what reached them."""

    port: int
    datagrams: int
    told: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture
def heard() -> Iterator[Heard]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.told.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_POST = do_OPTIONS = do_HEAD = do_CONNECT = do_GET  # noqa: N815 - as the base class calls them

        def log_message(self, *told: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    datagrams.bind(("127.0.0.1", 0))
    datagrams.settimeout(0.2)
    found = Heard(server.server_port, datagrams.getsockname()[1])
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield found
    try:
        datagrams.recv(1)
        found.told.append("a datagram")
    except TimeoutError:
        pass
    server.shutdown()
    server.server_close()
    datagrams.close()
    assert found.told == []


def asking(url: str, host: str) -> str:
    """A page that asks for everything that markup can ask for."""
    head = (
        f'<link rel="stylesheet" href="{url}/a.css"><link rel="preload" as="font" crossorigin href="{url}/a.woff2">'
        f'<link rel="preconnect" href="{url}">'
        f'<link rel="dns-prefetch" href="//{host}"><link rel="prefetch" href="{url}/next"><link rel="prerender" href="{url}/next2">'
        f'<link rel="icon" href="{url}/icon.png">'
        f'<link rel="manifest" href="{url}/manifest"><link rel="modulepreload" href="{url}/m.js"><script src="{url}/a.js"></script>'
        f'<style>@import "{url}/b.css"; @font-face {{ font-family: x; src: url({url}/b.woff2) }} body {{ background: url({url}/bg.png); '
        f"font-family: x }}</style>"
        f'<meta http-equiv="Content-Security-Policy" content="img-src *; report-uri {url}/report">'
        f'<meta http-equiv="refresh" content="0;url={url}/refreshed">'
    )
    return article(
        head=head,
        after=f'<img src="{url}/a.png" srcset="{url}/b.png 2x"><iframe src="{url}/frame"></iframe><object data="{url}/object"></object>'
        f'<embed src="{url}/embed">'
        f'<video src="{url}/v.mp4" poster="{url}/poster.png" autoplay></video><audio src="{url}/a.mp3" autoplay></audio>'
        f'<form action="{url}/form"><input autofocus></form>'
        f'<a ping="{url}/ping" href="{url}/link">x</a><svg><image href="{url}/svg.png" width="9" height="9"/></svg>'
        f'<input type="image" src="{url}/input.png">',
    )


def test_what_a_page_asks_for_stays_in_the_browser(easel: Easel, heard: Heard) -> None:
    shelf = Laid()
    _, drawing = easel.draw(asking(heard.url, "tea.example"), shelf=shelf)
    assert drawing.drawn.views[0].doubts == (Doubt.STYLE_SHEET,)
    assert {f"{heard.url}/a.css", f"{heard.url}/a.png", f"{heard.url}/frame"} <= set(shelf.asked)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1.", "[::ffff:127.0.0.1]", "2130706433"])
def test_no_other_way_to_write_this_machine_leads_out(easel: Easel, heard: Heard, host: str) -> None:
    easel.draw(asking(f"http://{host}:{heard.port}", host))


def test_scripts_reach_nobody(easel: Easel, heard: Heard) -> None:
    script = f"""
    const url = "{heard.url}";
    const quietly = (work) => {{ try {{ Promise.resolve(work()).catch(() => 0); }} catch {{ }} }};
    quietly(() => fetch(url + "/fetch")); quietly(() => fetch(url + "/post", {{ method: "POST", mode: "no-cors", body: "x", keepalive: true }}));
    quietly(() => navigator.sendBeacon(url + "/beacon", "x")); quietly(() => new WebSocket(url.replace("http", "ws") + "/socket"));
    quietly(() => new EventSource(url + "/events")); quietly(() => {{ const x = new XMLHttpRequest(); x.open("GET", url + "/xhr"); x.send(); }});
    quietly(() => navigator.serviceWorker.register("/worker.js"));
    quietly(() => new Worker(URL.createObjectURL(new Blob([`fetch("${{url}}/worker")`]))));
    quietly(() => {{ new Image().src = url + "/image"; }}); quietly(() => window.open(url + "/popup")); quietly(() => import(url + "/module.js"));
    quietly(() => {{ const form = document.createElement("form"); form.action = url + "/form"; form.target = "frame";
    document.body.append(form); form.submit(); }});
    quietly(async () => {{
      const peer = new RTCPeerConnection({{ iceServers: [{{ urls: "stun:127.0.0.1:{heard.datagrams}" }},
      {{ urls: "turn:127.0.0.1:{heard.port}?transport=tcp", username: "a", credential: "b" }}] }});
      peer.createDataChannel("x"); await peer.setLocalDescription(await peer.createOffer());
    }});
    quietly(() => {{ const t = new WebTransport(url.replace("http:", "https:")); t.closed.catch(() => 0); }});
    """
    shelf = Laid({"worker.js": "fetch('/from-worker')"})
    _, drawing = easel.draw(article(after=f'<iframe name="frame"></iframe><script>{script}</script>'), shelf=shelf, scripts=True)
    assert drawing.drawn.views[0].doubts == ()
    assert f"{heard.url}/fetch" in shelf.asked


def test_no_file_of_the_machine_is_shown(easel: Easel, tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text(".note { display: none }")
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600"><rect width="600" height="600"/></svg>')
    (tmp_path / "a.html").write_text("<p style='height:900px'>secret</p>")
    url = tmp_path.as_uri()
    plain, page = (
        article(after='<img id="i">'),
        article(
            head=f'<link rel="stylesheet" href="{url}/a.css">',
            after=f'<img id="i" src="{url}/a.svg"><iframe src="{url}/a.html" width="9" height="9"></iframe>',
        ),
    )
    with_frame, without = easel.view(page), easel.view(plain)
    assert with_frame.doubts == (Doubt.STYLE_SHEET,)
    assert with_frame.notices[0] is not None
    assert with_frame.notices[0].is_seen
    assert with_frame.page_height is not None
    assert without.page_height is not None
    assert with_frame.page_height < without.page_height + 100


def test_no_file_of_the_machine_is_read_by_scripts(easel: Easel, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("SECRET")
    script = (
        f'fetch("{tmp_path.as_uri()}/a.txt").then((r) => r.text()).then((t) => document.querySelector("h1").append(t)); location '
        f'= "{tmp_path.as_uri()}/a.txt"'
    )
    easel.renderer.ran.clear()
    markup = easel.markup(article(after=f"<script>onload = () => {{ {script} }}</script>"))
    seen: list[str] = []

    def reread(text: str):  # type: ignore[no-untyped-def]
        seen.append(text)
        return easel.markup(text)

    from checker.render.wish import RenderWish

    easel.wish(RenderWish(sizes=(DESKTOP,), scripts=True, seconds=10))
    easel.renderer.draw(markup, ADDRESS, Laid(), reread)
    assert "SECRET" not in "".join(seen)


@pytest.mark.parametrize("where", ["/other.html", "/gone.html", ADDRESS, "about:blank", "data:text/html,x"])
def test_a_page_that_leads_elsewhere_is_measured_as_it_stands(easel: Easel, where: str) -> None:
    page = article(head=f'<meta http-equiv="refresh" content="0;url={where}">')
    report = easel.check(page, shelf=Laid({"other.html": article("", link="nothing")}))
    assert report.drawn is not None
    (view,) = report.drawn.views
    assert view.doubts in ((), (Doubt.CRASHED,))
    assert view.doubts or (view.notices[0] is not None and view.notices[0].is_seen)
