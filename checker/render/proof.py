"""What a page was drawn from, and what came of it: enough to judge it again without a browser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from checker.render.portray import Picture
from checker.render.served import Held
from checker.sight import Drawn


@dataclass(frozen=True, slots=True)
class Proof:
    """`address`: where the page was shown to the browser; `parts`: by their address, the style sheets and other things that it was given.

    `doms`: the page as the browser had it, by size of window; `ran`: as its scripts left it there, where they ran. `drawn`: None where nobody
    drew it.
    """

    address: str
    drawn: Drawn | None
    parts: Mapping[str, Held] = field(default_factory=dict)
    doms: Mapping[str, str] = field(default_factory=dict)
    pictures: tuple[Picture, ...] = ()
    ran: Mapping[str, str] = field(default_factory=dict)
