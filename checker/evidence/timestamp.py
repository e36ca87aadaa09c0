"""A timestamp of the manifest by an authority (RFC 3161): asked for, and looked at later. Who sends the question is not decided here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from checker.errors import BadConfig, BadOutput

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

_SHA256 = "2.16.840.1.101.3.4.2.1"
_GRANTED = 0
_MOST_CERTIFICATE = 1 << 20


class BadToken(Exception):
    """The token is none, or is one of something else; the text says so."""


@dataclass(frozen=True, slots=True)
class Stamped:
    """`at`: the time that the authority gives. `trusted`: its signature was checked against a certificate of the user's."""

    at: datetime
    trusted: bool


def ask_for_client() -> None:
    """Raises BadConfig where the extra is not installed."""
    try:
        import rfc3161_client  # noqa: F401 - only whether it is there
    except ImportError as fault:
        raise BadConfig("timestamps need the extra evidence: pip install 'disclosure-checker[evidence]'") from fault


def stamp(data: bytes, send: Callable[[bytes], bytes], authority: str) -> bytes:
    """The authority's reply for these bytes, of which it sees the sum alone. Raises BadOutput where it gives none that fits."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    request = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).cert_request(cert_request=True).nonce(nonce=True).build()
    reply = send(request.as_bytes())
    try:
        token = _decoded(reply)
        _ask_imprint(token, data)
    except BadToken as fault:
        raise BadOutput(f"{authority} gave none: {fault}") from None
    if token.tst_info.nonce != request.nonce:
        raise BadOutput(f"{authority} gave none: what came answers another question")
    return reply


def certificates(path: Path) -> list[bytes]:
    """The certificates in a PEM file, as they are. Raises BadConfig."""
    ask_for_client()
    from cryptography.x509 import load_pem_x509_certificates

    try:
        with path.open("rb") as file:
            body = file.read(_MOST_CERTIFICATE)
    except OSError as fault:
        raise BadConfig(f"the certificate {path} cannot be read: {fault.strerror or type(fault).__name__}") from None
    try:
        load_pem_x509_certificates(body)
    except ValueError:
        raise BadConfig(f"{path} holds no certificate in the format PEM") from None
    return [body]


def look(reply: bytes, data: bytes, trusted: list[bytes] | None) -> Stamped:
    """What a token says of these bytes. `trusted`: PEM files of certificates. Raises BadToken."""
    token = _decoded(reply)
    _ask_imprint(token, data)
    if trusted:
        _ask_signature(token, data, trusted)
    return Stamped(token.tst_info.gen_time, bool(trusted))


def _decoded(reply: bytes) -> TimeStampResponse:
    from rfc3161_client import decode_timestamp_response

    try:
        token = decode_timestamp_response(reply)
        status = token.status
        words = ", ".join(token.status_string)
    except ValueError:
        raise BadToken("what came is no timestamp") from None
    if status != _GRANTED:
        raise BadToken(f"it was refused (status {status}{f': {words[:200]}' if words else ''})")
    return token


def _ask_imprint(token: TimeStampResponse, data: bytes) -> None:
    try:
        imprint = token.tst_info.message_imprint
        fits = imprint.hash_algorithm.dotted_string == _SHA256 and imprint.message == sha256(data).digest()
    except ValueError:
        raise BadToken("it cannot be read") from None
    if not fits:
        raise BadToken("it is one of other bytes")


def _ask_signature(token: TimeStampResponse, data: bytes, trusted: list[bytes]) -> None:
    from cryptography.x509 import load_pem_x509_certificates
    from rfc3161_client import VerificationError, VerifierBuilder

    roots = [certificate for body in trusted for certificate in load_pem_x509_certificates(body)]
    try:
        VerifierBuilder(roots=roots).build().verify(token, sha256(data).digest())
    except (VerificationError, ValueError) as fault:
        raise BadToken(f"its signature does not hold by this certificate ({' '.join(str(fault).split())[:120]})") from None
