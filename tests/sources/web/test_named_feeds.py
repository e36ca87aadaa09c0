"""Feeds that are named by their address, and streams of which only some pages are wanted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from checker.model import NotCheckedReason, Source
from checker.page.reader import read
from checker.scale.rulebook import lexicon
from checker.sources.archives.open import opened
from checker.sources.feeds import items, open_feed
from checker.sources.narrowed import Narrowed
from checker.sources.wanted import Wanted
from checker.sources.web import Seeds, Web

Strip = Callable[[str], str]
A = "https://a.example"
ARCHIVES = Path(__file__).parents[3] / "fixtures" / "archives"
RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="c"><channel><title>Tea</title>
<item><title>One</title><link>{A}/stories/1</link><content:encoded>&lt;p&gt;The first one.&lt;/p&gt;</content:encoded></item>
<item><title>Two</title><link>{A}/notes/2</link><description>&lt;p&gt;The second one.&lt;/p&gt;</description></item>
<item><title>Three</title><link>{A}/3</link></item></channel></rss>"""


def adds_up(stream: Web | Narrowed, count: int) -> bool:
    return stream.discovered == count + stream.passed_over + stream.duplicates


@pytest.mark.parametrize("kind", ["application/rss+xml", "text/xml; charset=utf-8", "text/html"])
def test_a_feed_is_read_by_its_address(web: type, strip: Strip, kind: str) -> None:
    site = web({f"{A}/feed": RSS, f"{A}/": "<!doctype html><title>Tea</title><p>Home"}, {f"{A}/feed": kind})
    stream = Web(Seeds((f"{A}/feed", f"{A}/")), site, strip)
    found = list(stream)
    assert [item.name for item in found] == [f"{A}/", f"{A}/feed#1 {A}/stories/1", f"{A}/feed#2 {A}/notes/2"]
    assert [item.given.url for item in found if item.given] == [f"{A}/", f"{A}/stories/1", f"{A}/notes/2"]
    assert stream.skipped == [(f"{A}/feed#3 {A}/3", "the feed carries no text of it")]
    assert adds_up(stream, 3)


def test_other_xml_is_no_page_as_before(web: type, strip: Strip) -> None:
    stream = Web(Seeds((f"{A}/data",)), web({f"{A}/data": '<?xml version="1.0"?><data><a/></data>'}, {f"{A}/data": "text/xml"}), strip)
    (item,) = stream
    assert item.given is not None
    assert item.given.reason is NotCheckedReason.NOT_HTML
    assert adds_up(stream, 1)


def test_the_failures_of_a_sitemap_come_after_the_pages_that_are_named_before(web: type, strip: Strip) -> None:
    site = web({f"{A}/1": "<!doctype html><title>Tea</title><p>One"})
    assert [item.name for item in Web(Seeds((f"{A}/1",), (f"{A}/gone.xml",)), site, strip)] == [f"{A}/1", f"{A}/gone.xml"]


def test_an_item_is_an_article() -> None:
    for item in items(RSS.encode(), A):
        if item.html:
            assert read(Source("item", item.page(), url=item.link), lexicon()).page.page_type == "article"


def test_patterns_reach_what_is_in_archives(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(RSS, "utf-8")
    feed = open_feed(str(tmp_path / "feed.xml"))
    assert feed is not None
    narrow = Narrowed(feed, Wanted(include=Wanted.scope(["/stories/**"])))
    assert [item.given.url for item in narrow if item.given] == [f"{A}/stories/1"]
    assert narrow.left_out == {"not in --include": 1}
    assert adds_up(narrow, 1)
    archive = opened(str(ARCHIVES / "site.zip"))
    assert archive is not None
    whole = [item.name for item in archive]
    again = opened(str(ARCHIVES / "site.zip"))
    assert again is not None
    one = next(name.partition("#")[2] for name in whole if "#" in name)
    narrow = Narrowed(again, Wanted(exclude=Wanted.scope([one])))
    kept = [item.name for item in narrow]
    assert [name for name in whole if name not in kept] == [name for name in whole if name.endswith(f"#{one}")]
    assert narrow.left_out["--exclude"] == 1
    assert adds_up(narrow, len(kept))


def test_that_an_archive_is_damaged_is_never_left_out() -> None:
    pytest.importorskip("warcio", reason="warcio is not installed")
    damaged = opened(str(ARCHIVES / "cut.warc"))
    assert damaged is not None
    told = [item for item in Narrowed(damaged, Wanted(include=Wanted.scope(["/nothing"]))) if item.given and item.given.reason]
    assert [item.given.reason for item in told if item.given] == [NotCheckedReason.DAMAGED]
