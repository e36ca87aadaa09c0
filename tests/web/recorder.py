"""The answers of the paper as a crawler records them: as they came over the wire, redirects and errors too."""

from __future__ import annotations

import http.client
import io
from collections.abc import Iterable
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from fixtures.servers.paper import Paper


def recorded(paper: Paper, paths: Iterable[str], into: Path) -> list[str]:
    """Ask for each path, as long as redirects lead to another path of the paper, and write a WARC. Gives the addresses that it holds."""
    held: list[str] = []
    with into.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        waiting = list(paths)
        jar: dict[str, str] = {}
        while waiting:
            path = waiting.pop(0)
            status, headers, body = _asked(paper, path, jar)
            names = {name.lower(): value for name, value in headers}
            head = StatusAndHeaders(f"{status} So", headers, protocol="HTTP/1.1")
            record = writer.create_warc_record(paper.url + path, "response", payload=io.BytesIO(body), http_headers=head)
            writer.write_record(record)
            record.raw_stream.close()
            again = status == 429
            if "set-cookie" in names:
                jar[path] = names["set-cookie"].partition(";")[0]
                again = True
            if again:
                waiting.insert(0, path)
            else:
                held.append(paper.url + path)
    return held


def _asked(paper: Paper, path: str, jar: dict[str, str]) -> tuple[int, list[tuple[str, str]], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", paper.port, timeout=20)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip, br, zstd, deflate", **({"Cookie": jar[path]} if path in jar else {})})
        answer = connection.getresponse()
        try:
            body = answer.read()
        except http.client.IncompleteRead as cut:
            body = cut.partial
        return answer.status, answer.getheaders(), body
    finally:
        connection.close()
