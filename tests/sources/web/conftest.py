"""A web without a network: answers by address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

import pytest

from checker.model import Http, NotCheckedReason, Source

PAGE = "<!doctype html><title>Tea</title><p>Tea."


class FakeWeb:
    """Each address answers a text, bytes, another address that it leads to ("-> …"), or a reason."""

    def __init__(self, answers: dict[str, str | bytes | NotCheckedReason], kinds: dict[str, str] | None = None) -> None:
        self.answers = answers
        self.kinds = kinds or {}
        self.asked: list[str] = []
        self.busy = False

    def fetch(self, url: str, accept: Literal["page", "xml", "text"] = "page") -> Source:
        assert not self.busy, "a fetcher at work is asked in between"
        assert accept in ("xml", "text")
        return self._fetch(url)

    def fetch_all(self, urls: Iterable[str]) -> Iterator[Source]:
        for url in urls:
            self.busy = True
            source = self._fetch(url)
            self.busy = False
            yield source

    def _fetch(self, url: str) -> Source:
        self.asked.append(url)
        answer = self.answers.get(url, NotCheckedReason.NOT_FOUND)
        way: list[str] = []
        final = url
        while isinstance(answer, str) and answer.startswith("-> "):
            way.append(final)
            final = answer[3:]
            answer = self.answers.get(final, NotCheckedReason.NOT_FOUND)
        kind = self.kinds.get(final, "text/html")
        if isinstance(answer, NotCheckedReason):
            status = 404 if answer is NotCheckedReason.NOT_FOUND else 200
            return Source(
                url, url=final, reason=answer, detail=f"the server answers {status}", fetched=True, http=Http(status, kind, tuple(way), final)
            )
        body = answer.encode() if isinstance(answer, str) else answer
        return Source(url, body, url=final, fetched=True, http=Http(200, kind, tuple(way), final))


@pytest.fixture
def web() -> type[FakeWeb]:
    return FakeWeb


@pytest.fixture
def strip() -> Callable[[str], str]:
    """What a rule pack's tracking list does, for one parameter."""

    def stripped(url: str) -> str:
        path, sign, query = url.partition("#")[0].partition("?")
        kept = [part for part in query.split("&") if part and not part.startswith("utm_")] if sign else []
        return f"{path}?{'&'.join(kept)}" if kept else path

    return stripped
