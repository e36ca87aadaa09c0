"""Pages of an invented publisher, judged and repaired in memory as a run would do it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.engine.judge import judge
from checker.engine.plan import Plan, plan
from checker.fix.repair import Repair, Workshop, repair
from checker.model import PageReport, Source
from checker.page.reader import CannotRead, read
from checker.scale.rulebook import Rulebook, load

_FIRST = (
    "The kettle boiled while the four of them argued about whether the lake would still be frozen enough to cross in March. "
    "Nobody had brought the map, and the only light came from the stove."
)
_SECOND = "By morning the wind had turned and the boards of the jetty were wet, so they packed the sledge again and waited for the sun to come."
_POLISH = (
    "Czajnik zagotował wodę, a oni we czworo spierali się o to, czy jezioro w marcu będzie jeszcze zamarznięte i czy da się przez nie przejść. "
    "Nikt nie zabrał mapy, a jedyne światło dawał piec, przy którym suszyli buty."
)
PAID = "https://www.amazon.com/dp/B000000001?tag=lakepost-20"


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load()


@pytest.fixture(scope="session")
def judged(rulebook: Rulebook) -> Callable[..., PageReport]:
    """The report of a page, facts and all."""
    plans: dict[tuple[str, ...], Plan] = {}

    def judge_it(body: bytes, profiles: tuple[str, ...] = ("us",)) -> PageReport:
        chosen = plans.get(profiles) or plans.setdefault(profiles, plan(rulebook.rules, profiles))
        try:
            reading = read(Source("page.html", body, path="page.html"), rulebook.lexicon)
        except CannotRead as fault:
            return PageReport("page.html", "not_checked", "page.html", detail=fault.detail)
        found = judge(reading.page, chosen, "page.html", reading.places.locate)
        return PageReport(
            "page.html", "checked", "page.html", page=reading.page, findings=found.findings, outcomes=found.outcomes, problems=found.problems
        )

    return judge_it


@pytest.fixture(scope="session")
def repaired(rulebook: Rulebook, judged: Callable[..., PageReport]) -> Callable[..., Repair]:
    """The page after its repair; `change` may say of its findings what a run knows of them."""

    def repair_it(
        page: bytes | str, *, unsafe: bool = False, profiles: tuple[str, ...] = ("us",), change: Callable[[PageReport], PageReport] | None = None
    ) -> Repair:
        body = page.encode() if isinstance(page, str) else page
        report = judged(body, profiles)
        workshop = Workshop(rulebook.rules, rulebook.lexicon, lambda other: judged(other, profiles))
        return repair(body, change(report) if change else report, workshop, unsafe=unsafe)

    return repair_it


@pytest.fixture(scope="session")
def story() -> Callable[..., str]:
    """A story, in English or Polish, with markup before, in and behind its text."""

    def write(text: str = "", *, start: str = "", end: str = "", head: str = "", lang: str = "en") -> str:
        first, second = (_POLISH, _POLISH) if lang == "pl" else (_FIRST, _SECOND)
        return f"""<!doctype html>
<html lang="{lang}">
<head><title>A kettle at the lake</title>{head}</head>
<body>
<article>
  <h1>A kettle at the lake</h1>
  <p class="byline">By Ada Quill</p>
  <div class="entry-content">
    {start}<p>{first}</p>
    {text}
    <p>{second}</p>
    <p>{first} {second}</p>
    <p>{second} {second}</p>{end}
  </div>
</article>
</body>
</html>
"""

    return write


@pytest.fixture(scope="session")
def paid() -> Callable[..., str]:
    """A paid link whose start tag begins so."""
    return lambda begin="<a", more="", text="the kettle": f'{begin} href="{PAID}"{more}>{text}</a>'
