"""Why there is no page; raised where it is found out, and told once as the reason of a source."""

from __future__ import annotations

from checker.model import Http, NotCheckedReason


class Fault(Exception):
    """`again`: another attempt may go better; `after`: not before so many seconds, as the server says. `http`: how it was answered."""

    def __init__(self, reason: NotCheckedReason, detail: str, *, again: bool = False, after: float | None = None, http: Http | None = None) -> None:
        self.reason = reason
        self.detail = detail
        self.again = again
        self.after = after
        self.http = http
        super().__init__(detail)
