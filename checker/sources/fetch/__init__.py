"""Pages from the web. Everything a server does becomes a source with bytes or with a reason; no address that is not public is connected to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.errors import BadConfig
from checker.sources.fetch.settings import Fetching

if TYPE_CHECKING:
    from checker.sources.fetch.client import Client

_NEEDED = ("httpx2", "httpcore2", "anyio", "h2", "brotli", "stamina", "protego")


def opened(settings: Fetching) -> Client:
    """Whoever fetches, to be closed in the end. Raises BadConfig where the packages for it are not installed."""
    import sys
    from importlib.util import find_spec

    zstd = "compression" if sys.version_info >= (3, 14) else "backports.zstd"
    try:
        absent = next((name for name in (*_NEEDED, zstd) if find_spec(name) is None), None)
    except ModuleNotFoundError as fault:  # the package of a package
        absent = fault.name
    if absent is not None:
        raise BadConfig(f"to fetch pages {absent} is needed: pip install 'disclosure-checker[fetch]'")
    from checker.sources.fetch.client import Client

    return Client(settings)
