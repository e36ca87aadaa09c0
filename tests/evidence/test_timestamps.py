"""Timestamps by an authority on loopback that `openssl ts` plays."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.evidence.conftest import Call, flip, manifest_of

pytest.importorskip("rfc3161_client", reason="rfc3161-client is not installed")
pytest.importorskip("httpx2", reason="httpx2 is not installed")
pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")

CONFIG = """[req]
distinguished_name = name
prompt = no
[name]
CN = Example Time
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[stamps]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = own
[own]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
"""


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


def certified(folder: Path) -> Path:
    """An authority with its key, and one that it lets stamp."""
    folder.mkdir()
    (folder / "own.cnf").write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    key = ("-newkey", "rsa:2048", "-nodes", "-config", "own.cnf")
    openssl(folder, "req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-extensions", "authority")
    openssl(folder, "req", *key, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Example Stamps")
    signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "own.cnf", "-extensions", "stamps")
    openssl(folder, "x509", "-req", "-in", "tsa.csr", "-out", "tsa.pem", *signed)
    return folder


@dataclass
class Authority:
    """`says`: what it answers instead of a stamp, given the stamp. `asked`: the headers of every question."""

    url: str
    folder: Path
    says: Callable[[bytes], tuple[int, bytes]] = lambda stamp: (200, stamp)
    asked: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certified(tmp_path_factory.mktemp("time") / "own")


@pytest.fixture
def authority(keys: Path, tmp_path: Path) -> Iterator[Authority]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = self.rfile.read(int(self.headers["Content-Length"]))
            found.asked.append({name.lower(): value for name, value in self.headers.items()})
            (tmp_path / "q.tsq").write_bytes(question)
            reply = ("ts", "-reply", "-queryfile", str(tmp_path / "q.tsq"), "-out", str(tmp_path / "r.tsr"), "-config", "own.cnf", "-section", "own")
            openssl(keys, *reply)
            status, body = found.says((tmp_path / "r.tsr").read_bytes())
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with contextlib.suppress(OSError):  # whoever asked may have read enough
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Authority(f"http://127.0.0.1:{server.server_port}/stamp?key=hush", keys)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


def keep(call: Call, authority: Authority, place: str = "ev", *more: str) -> tuple[int, str]:
    done = call("check", "public", "--evidence", place, "--timestamp-url", authority.url, "--allow-private", *more)
    return done.exit_code, done.stderr


@pytest.fixture
def stamped(site: Path, call: Call, authority: Authority) -> Path:
    assert keep(call, authority)[0] == 1
    return site / "ev"


def test_a_stamp_holds_for_us_and_for_openssl(stamped: Path, call: Call, authority: Authority) -> None:
    (asked,) = authority.asked
    assert asked["content-type"] == "application/timestamp-query"
    assert asked["accept"] == "application/timestamp-reply"
    assert not {"cookie", "authorization"} & asked.keys()
    assert manifest_of(stamped)["timestamp_url"] == authority.url.replace("hush", "***")
    done = call("evidence", "verify", stamped, "--tsa-certificate", authority.folder / "ca.pem")
    assert (done.exit_code, done.stdout) == (0, ""), done.output
    assert "judged again as the report says; stamped 20" in done.stderr
    done = call("evidence", "verify", stamped)
    assert done.exit_code == 0
    assert done.stderr.endswith("Z, by whom is not checked without --tsa-certificate\n")
    openssl(stamped, "ts", "-verify", "-in", "manifest.json.tsr", "-data", "manifest.json", "-CAfile", str(authority.folder / "ca.pem"))


def test_a_stamp_in_an_archive(site: Path, call: Call, authority: Authority) -> None:
    assert keep(call, authority, "ev.zip")[0] == 1
    assert call("evidence", "verify", "ev.zip", "--tsa-certificate", authority.folder / "ca.pem").exit_code == 0


def test_the_certificate_of_somebody_else(stamped: Path, call: Call, authority: Authority, tmp_path: Path) -> None:
    other = certified(tmp_path / "other")
    done = call("evidence", "verify", stamped, "--tsa-certificate", other / "ca.pem")
    assert done.exit_code == 1
    assert done.stdout.startswith("manifest.json.tsr: changed, or of another bundle: its signature does not hold by this certificate (")
    (tmp_path / "text.pem").write_text("no certificate")
    for name, told in (("text.pem", "holds no certificate in the format PEM"), ("none.pem", "cannot be read: No such file or directory")):
        done = call("evidence", "verify", stamped, "--tsa-certificate", tmp_path / name)
        assert (done.exit_code, done.stdout) == (2, "")
        assert told in done.stderr


def test_any_changed_byte_of_the_stamp_is_named(stamped: Path, call: Call, authority: Authority) -> None:
    from checker.cli.evidence import _time
    from checker.evidence.manifest import read
    from checker.evidence.opened import opened

    body = (stamped / "manifest.json").read_bytes()
    manifest = read(body)
    for name in ("manifest.json.tsr", "manifest.json.tsr.sha256"):
        path = stamped / name
        good = path.read_bytes()
        for at in range(len(good)):
            flip(path, at)
            with opened(stamped) as files:
                (fault,), _ = _time(files, manifest, body, None)
            assert fault.path.startswith("manifest.json.tsr")
            path.write_bytes(good)


def test_a_stamp_that_is_taken_away_or_of_another_bundle(stamped: Path, call: Call, authority: Authority) -> None:
    token = stamped / "manifest.json.tsr"
    other = token.read_bytes()
    token.unlink()
    done = call("evidence", "verify", stamped)
    told = authority.url.replace("hush", "***")
    assert (done.exit_code, done.stdout) == (1, f"manifest.json.tsr: missing ({told} was asked for one)\n")
    keep(call, authority, "ev2")
    Path("ev2/manifest.json.tsr").write_bytes(other)
    done = call("evidence", "verify", "ev2")
    assert (done.exit_code, done.stdout) == (1, "manifest.json.tsr: changed, or of another bundle: it is one of other bytes\n")
    call("check", "public", "--evidence", "ev3")
    done = call("evidence", "verify", "ev3", "--tsa-certificate", authority.folder / "ca.pem")
    assert (done.exit_code, done.stdout) == (1, "manifest.json.tsr: missing\n")


REFUSAL = bytes.fromhex("3003020102")


@pytest.mark.parametrize(
    ("says", "told"),
    [
        (lambda _: (500, b""), "gave none: it answered with status 500"),
        (lambda _: (302, b""), "gave none: it answered with status 302"),
        (lambda _: (200, b"no stamp"), "gave none: what came is no timestamp"),
        (lambda _: (200, REFUSAL), "gave none: "),
        (lambda _: (200, bytes(2 << 20)), "gave none: "),
    ],
)
@pytest.mark.parametrize("place", ["ev", "ev.zip"])
def test_without_a_stamp_the_bundle_is_whole_and_the_run_says_so(
    site: Path, call: Call, authority: Authority, says: Callable[[bytes], tuple[int, bytes]], told: str, place: str
) -> None:
    authority.says = says
    code, line = keep(call, authority, place, "--output", "json=report.json")
    assert code == 2
    assert line.startswith(f"disclosure-checker: exit 2 (error): the evidence {place} is whole, and has no timestamp: http://127.0.0.1:")
    assert told in line
    assert "hush" not in line
    assert Path("report.json").exists()
    done = call("evidence", "verify", place)
    assert done.exit_code == 1
    assert done.stdout.startswith("manifest.json.tsr: missing (http://127.0.0.1:")
    assert "3 pages judged again as the report says" in done.stderr


def test_the_stamp_of_another_question_is_refused(site: Path, call: Call, authority: Authority) -> None:
    kept: list[bytes] = []
    authority.says = lambda stamp: (kept.append(stamp), (200, kept[0]))[1]  # type: ignore[func-returns-value]
    assert keep(call, authority, "one.zip", "--reproducible")[0] == 1
    code, line = keep(call, authority, "two.zip", "--reproducible")
    assert code == 2
    assert "what came answers another question" in line


def test_nobody_there_and_nobody_who_may_be_asked(site: Path, call: Call, authority: Authority) -> None:
    done = call("check", "public", "--evidence", "ev", "--timestamp-url", authority.url)
    assert done.exit_code == 2
    assert "is not a public address (loopback)" in done.stderr
    assert not authority.asked
    done = call("check", "public", "--evidence", "ev2", "--timestamp-url", "http://127.0.0.1:9/", "--allow-private", "--timeout", "connect=1")
    assert done.exit_code == 2
    assert "port 9 belongs to another service than the web" in done.stderr
