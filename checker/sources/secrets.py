"""Addresses as they may be printed: without what opens a door."""

from __future__ import annotations

import re

_HIDDEN = "***"
# "https://user:password@host/": what stands before the last "@" of the authority. Backslashes are slashes to a browser.
_USER = re.compile(r"^(\s*[A-Za-z][A-Za-z0-9+.-]*:[/\\]*)[^/\\?#]*@")
_PARAMETER = re.compile(r"([?&;#])([^=&;#?]{1,200})=([^&;#]*)")
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
# Words of parameter names that carry a secret: "access_token", "X-Amz-Signature", "sessionId" …
_SECRET = frozenset((
    "apikey", "assertion", "auth", "authorization", "bearer", "code", "credential", "credentials", "jwt", "key", "pass", "passphrase", "passwd",
    "password", "pin", "pwd", "secret", "session", "sessionid", "sid", "sig", "sign", "signature", "ticket", "token",
))  # fmt: skip
_SECRET_ENDS = ("token", "password", "passwd", "secret", "apikey", "signature", "sessid", "sessionid", "authkey", "accesskey")


def masked(url: str) -> str:
    """The address with what may be a secret replaced: user and password, and the values of parameters that are named like one.

    >>> masked("https://ada:s3cret@example.org/a?page=2&access_token=abc")
    'https://***@example.org/a?page=2&access_token=***'
    """
    shown = _USER.sub(rf"\1{_HIDDEN}@", url, count=1)
    return _PARAMETER.sub(lambda match: f"{match[1]}{match[2]}={_HIDDEN}" if match[3] and _is_secret(match[2]) else match[0], shown)


def _is_secret(name: str) -> bool:
    if "%" in name:
        from urllib.parse import unquote

        name = unquote(name)
    words = {word.lower() for word in _WORDS.findall(name)}
    return not words.isdisjoint(_SECRET) or name.lower().rstrip("[]0123456789").endswith(_SECRET_ENDS)
