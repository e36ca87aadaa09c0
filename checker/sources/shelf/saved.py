"""What a browser saved with a page in one file: MHTML."""

from __future__ import annotations

from email.message import Message
from urllib.parse import unquote

from checker.sources.addresses import resolved
from checker.sources.archives.codings import BadBody
from checker.sources.archives.mhtml import content_of, parts_of
from checker.sources.files import whole_file
from checker.sources.limits import Limits
from checker.sources.shelf.held import Held, Refused, ShelfLimits, too_large

# Pages in MHTML name their parts `cid:…`, which browsers do not ask for; who shows the page writes `https://cid.invalid/…` instead.
CID = "https://cid.invalid/"


class Saved:
    """The parts of an MHTML file, by their location and by their id."""

    def __init__(self, path: str, address: str, limits: ShelfLimits) -> None:
        self._path, self._address, self._limits = path, address, limits
        self._data = b""
        self._parts: dict[str, tuple[Message, int, int]] | None = None

    def look(self, url: str) -> Held | Refused | None:
        """The part that an address means."""
        if self._parts is None:
            self._parts = self._read()
        found = next((self._parts[name] for name in self._meant(url) if name in self._parts), None)
        if found is None:
            return None
        head, begin, end = found
        try:
            body = content_of(head, self._data[begin:end])
        except BadBody as fault:
            return Refused(str(fault))
        return Held(body, _kind(head)) if len(body) <= self._limits.thing_bytes else too_large(self._limits.thing_bytes)

    def _meant(self, url: str) -> list[str]:
        if not url.startswith(CID):
            return [url]
        told = url[len(CID) :]
        # A style sheet that stood in the page itself is a part too, and what it names is named from the page.
        from_page = (resolved(told, self._address), resolved(f"/{told}", self._address))
        return [f"cid:{unquote(told)}", *filter(None, from_page)]

    def _read(self) -> dict[str, tuple[Message, int, int]]:
        self._data = whole_file(self._path, Limits().body_bytes) or b""
        parts: dict[str, tuple[Message, int, int]] = {}
        try:
            for part in parts_of(self._data):
                for name in self._names(part[0]):
                    parts.setdefault(name, part)
        except Exception:  # noqa: BLE001 - the email package raises whatever broken headers do; what came before them counts
            return parts
        return parts

    def _names(self, head: Message) -> list[str]:
        location = "".join(str(head["Content-Location"] or "").split())
        told = str(head["Content-ID"] or "").strip().removeprefix("<").removesuffix(">")
        # As it stands for `cid:`, else as the page's own base makes it.
        found = [location if location.lower().startswith("cid:") else resolved(location, self._address)] if location else []
        return [name for name in (*found, f"cid:{told}" if told else None) if name]


def _kind(head: Message) -> str | None:
    if not head["Content-Type"]:
        return None
    charset = head.get_param("charset")
    return (
        f"{head.get_content_type()}; charset={charset}"
        if isinstance(charset, str) and charset.isascii() and charset.isprintable()
        else head.get_content_type()
    )
