"""Who asks: the headers of a request, with what is secret sent to nobody but whom it is meant for."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from hashlib import sha256
from http.cookiejar import Cookie as JarCookie
from http.cookiejar import CookieJar, DefaultCookiePolicy

from checker.sources.fetch import inflate
from checker.sources.fetch.settings import Fetching, is_meant_for

_ACCEPTS = {
    "page": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
    "xml": "application/xml,text/xml,application/rss+xml,application/atom+xml,*/*;q=0.1",
    "text": "text/plain,*/*;q=0.1",
    "part": "*/*",
}


def headers_for(settings: Fetching, origin: str, accept: str) -> dict[str, str]:
    """The headers of a request to an origin, but for cookies."""
    told = {"User-Agent": settings.user_agent, "Accept": _ACCEPTS[accept], "Accept-Encoding": inflate.ACCEPTED}
    told.update(secrets_for(settings, origin))
    return told


def secrets_for(settings: Fetching, origin: str) -> dict[str, str]:
    """What is sent to this origin alone."""
    told: dict[str, str] = {}
    named = is_meant_for(settings.named, origin)
    for login in settings.logins:
        if is_meant_for((login.origin,), origin) if login.origin is not None else named:
            token = base64.b64encode(f"{login.user}:{login.password}".encode()).decode("ascii")
            told["Authorization"] = f"Basic {token}"
    if named:
        for name, value in settings.headers:
            told = {known: kept for known, kept in told.items() if known.lower() != name.lower()}
            told[name] = value
    return told


def jar(settings: Fetching) -> CookieJar:
    """The user's cookies, for one page and its redirects: what a host sets on the way ends with the page, so that no page changes another."""
    cookies = CookieJar(DefaultCookiePolicy(strict_ns_domain=DefaultCookiePolicy.DomainStrictNonDomain))
    for cookie in settings.cookies:
        plain = cookie.domain.lstrip(".")
        cookies.set_cookie(
            JarCookie(
                version=0,
                name=cookie.name,
                value=cookie.value,
                port=None,
                port_specified=False,
                domain=f".{plain}" if cookie.subdomains else plain,
                domain_specified=cookie.subdomains,
                domain_initial_dot=cookie.subdomains,
                path=cookie.path,
                path_specified=True,
                secure=cookie.secure,
                expires=cookie.expires,
                discard=cookie.expires is None,
                comment=None,
                comment_url=None,
                rest={},
            )
        )
    return cookies


def key(url: str, accept: str, sent: Mapping[str, str]) -> str:
    """What an answer is kept under: an address, and who asked for it."""
    secret = repr(sorted((name.lower(), value) for name, value in sent.items() if name.lower() not in {"user-agent", "accept", "accept-encoding"}))
    return f"{accept} {url} {sha256(secret.encode('utf-8', 'backslashreplace')).hexdigest()}"
