"""How long the program waits, as the user says."""

from __future__ import annotations

from fixtures.servers.paper import Answer, Paper, story
from tests.web.conftest import Program


def test_a_server_is_waited_for_as_long_as_the_user_says(program: Program, paper: Paper) -> None:
    paper.routes["/silent"] = lambda _: Answer((3.0, story(1)))
    paper.routes["/drips"] = lambda _: Answer(
        tuple(part for n in range(60) for part in (story(2)[n : n + 1], 0.1)), length=len(story(2)), closes=True
    )
    addresses = (f"{paper.url}/silent", f"{paper.url}/drips", f"{paper.url}/stories/001")
    done = program.check(*addresses, "--timeout", "read=0.4,page=1.5")
    told = {path: (page["reason"], page["detail"]) for path, page in done.pages().items()}
    assert told["/silent"] == ("fetch_failed", "nothing came for 0.4 s")
    assert told["/drips"] == ("fetch_failed", "it took longer than 1.5 s")
    assert told["/stories/001"] == (None, None)
    assert program.check(f"{paper.url}/silent", "--timeout", "read=6,page=20").pages()["/silent"]["status"] == "checked"


def test_what_is_wrong_with_it_is_one_line(program: Program, paper: Paper) -> None:
    done = program.check(f"{paper.url}/stories/001", "--timeout", "30")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "timeout: '30' is not understood; write connect=5,read=20,page=60,judge=60" in done.err
    assert paper.requests == []
