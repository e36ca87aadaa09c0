"""Cookie files in the format of Netscape, as browsers' extensions and curl write them."""

from __future__ import annotations

import re
from pathlib import Path

from checker.errors import BadConfig
from checker.sources.fetch.settings import Cookie

_HTTP_ONLY = "#HttpOnly_"
_MOST_BYTES = 4 * 1024 * 1024
_FIELDS = 7
_DOMAIN = re.compile(r"\.?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*|\[[0-9A-Fa-f:.]+\]").fullmatch
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z\[\]()/:<>?@{}-]+").fullmatch
_VALUE = re.compile(r"[\x20-\x3a\x3c-\x7e]*").fullmatch
_TRUE = {"TRUE": True, "FALSE": False}


def read(path: Path) -> tuple[Cookie, ...]:
    """The cookies in a file. Raises BadConfig with the line that is no cookie; values are never repeated."""
    try:
        with path.open("rb") as stream:
            body = stream.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as fault:
        raise BadConfig(f"{path}: the cookie file cannot be read: {getattr(fault, 'strerror', None) or fault}") from None
    if len(body) > _MOST_BYTES:
        raise BadConfig(f"{path}: it is larger than {_MOST_BYTES // (1024 * 1024)} MiB; a cookie file holds one cookie a line")
    try:
        lines = body.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as fault:
        line = body[: fault.start].count(b"\n") + 1
        raise BadConfig(f"{path}:{line}: it is no text; a cookie file has the format of Netscape, one cookie a line") from None
    return tuple(_cookie(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if _says_something(line))


def _says_something(line: str) -> bool:
    return bool(line.strip()) and (not line.startswith("#") or line.startswith(_HTTP_ONLY))


def _cookie(line: str, where: str) -> Cookie:
    fields = line.removeprefix(_HTTP_ONLY).split("\t")
    if len(fields) != _FIELDS:
        raise BadConfig(
            f"{where}: {len(fields)} fields; a cookie has {_FIELDS}, with tabs between: domain, subdomains, path, secure, expires, name, value"
        )
    domain, subdomains, path, secure, expires, name, value = fields
    if not _DOMAIN(domain):
        raise BadConfig(f"{where}: the first field is no domain")
    if subdomains.upper() not in _TRUE or secure.upper() not in _TRUE:
        raise BadConfig(f"{where}: the second and the fourth field are TRUE or FALSE")
    if not path.startswith("/"):
        raise BadConfig(f"{where}: the third field is a path, which begins with /")
    whole = expires.partition(".")[0]
    if not (whole.isascii() and whole.isdecimal() and len(whole) <= 18):
        raise BadConfig(f"{where}: the fifth field is the time of expiry in seconds since 1970, or 0")
    if not _NAME(name) or not _VALUE(value):
        raise BadConfig(f"{where}: its name or value has a character that no cookie can have")
    return Cookie(
        domain=domain.lower(),
        subdomains=_TRUE[subdomains.upper()] or domain.startswith("."),
        path=path,
        secure=_TRUE[secure.upper()],
        expires=int(whole) or None,
        name=name,
        value=value,
    )
