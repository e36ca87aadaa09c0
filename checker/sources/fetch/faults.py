"""What goes wrong on the way to a server, in one sentence each."""

from __future__ import annotations

import ssl

import httpcore2
import httpx2

from checker.model import NotCheckedReason
from checker.sources.fetch.backend import Unresolved
from checker.sources.fetch.fault import Fault
from checker.sources.fetch.guard import Refused
from checker.sources.fetch.pace import Closed
from checker.sources.limits import Limits

_FAILED = NotCheckedReason.FETCH_FAILED


def of(error: Exception, limits: Limits, *, in_body: bool = False) -> Fault:
    """What an error means for the page. `in_body`: the answer had begun."""
    match error:
        case Fault():
            return error
        case Refused():
            return Fault(NotCheckedReason.FORBIDDEN_ADDRESS, f"its host may not be connected to: {error}")
        case Closed():
            return Fault(NotCheckedReason.BLOCKED, str(error))
        case Unresolved():
            return Fault(_FAILED, str(error), again=error.again)
        case httpcore2.ConnectTimeout():
            return Fault(_FAILED, f"there was no connection within {limits.connect:g} s", again=True)
        case httpcore2.TimeoutException():
            return Fault(_FAILED, f"nothing came for {limits.read:g} s", again=True)
        case httpcore2.ProxyError():
            return Fault(_FAILED, f"the proxy does not let it through ({_short(error)})")
        case httpcore2.ConnectError():
            return _unconnected(error)
        case httpcore2.RemoteProtocolError() if in_body and _is_cut(error):
            return Fault(NotCheckedReason.DAMAGED, "the connection ended before the page did", again=True)
        case httpcore2.NetworkError() | httpcore2.ProtocolError() | httpcore2.ConnectionNotAvailable():
            again = not isinstance(error, httpcore2.LocalProtocolError)
            return Fault(_FAILED, f"the connection broke ({_short(error)})" if str(error) else "the connection broke", again=again)
    if type(error).__module__.startswith("h2."):
        return Fault(_FAILED, f"the server broke the rules of HTTP/2 ({type(error).__name__})", again=True)
    if isinstance(error, httpx2.InvalidURL):
        return Fault(_FAILED, "its address cannot be asked for")
    return Fault(NotCheckedReason.CRASHED, f"fetching it failed ({type(error).__name__})")


def _unconnected(error: Exception) -> Fault:
    """No connection: what the machine, or the certificate, said of it."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Fault(_FAILED, f"the host's certificate cannot be trusted: {cause.verify_message}")
        if isinstance(cause, ssl.SSLError):
            return Fault(_FAILED, f"no secure connection ({cause.reason or 'TLS'})", again=True)
        cause = cause.__cause__ or cause.__context__
    return Fault(_FAILED, f"there is no connection ({_short(error)})", again=True)


def _is_cut(error: Exception) -> bool:
    return any(sign in str(error) for sign in ("peer closed connection", "Server disconnected", "without sending complete"))


def _short(error: Exception) -> str:
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in str(error)).split())
    return text if len(text) <= 120 else text[:119] + "…"
