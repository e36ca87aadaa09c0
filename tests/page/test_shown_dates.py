from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.facts import Page

Read = Callable[..., Page]


@pytest.mark.parametrize(
    "slots",
    [
        {"under": "<p>March 3, 2024</p>"},
        {"under": "<p>By Ada Quill | 3 March 2024, 5 pm</p>"},
        {"under": "<p>2024-03-03</p>"},
        {"under": "<p>03.03.2024</p>"},
        {"under": "<p>3/3/24</p>"},
        {"under": "<p>3 de marzo de 2024</p>"},
        {"under": "<p>3. März 2024</p>"},
        {"under": "<p>2024年3月3日</p>"},
        {"under": "<p>2024. 3월 3일</p>"},
        {"under": "<p>3 марта 2024</p>"},
        {"under": '<time datetime="2024-03-03">two days ago</time>'},
        {"end": "<p>Updated March 3, 2024</p>"},
        {
            "end": "<p>They came home at dusk, and nobody spoke of the map again for a long time, for it lay in the stove. " * 2
            + "(Ada Quill, 3.3.2024)</p>"
        },
        {"outside": '<aside class="sidebar"><p>Posted July 11, 2019</p></aside>'},
        {"after": '<footer><time datetime="2024-03-03">Sunday</time></footer>'},
    ],
)
def test_a_date_that_readers_see(read_story: Read, slots: dict[str, str]) -> None:
    assert read_story(**slots).shows_date is True


@pytest.mark.parametrize(
    "slots",
    [
        {},
        {"under": "<p>By Ada Quill</p>"},
        {"under": "<p>4 min read, 12 comments</p>"},
        {"under": "<p>They may come</p>"},
        {"under": "<p>Version 1.2.3</p>"},
        {"under": "<p hidden>March 3, 2024</p>"},
        {"under": '<time datetime="2024-03-03"></time>'},
        {"text": "<p>On March 3, 2024 they crossed the lake, and the sledge was heavy, and all of them were silent until they saw it.</p>"},
        {"foot": "<p>© 2024, last change on March 3, 2024</p>"},
        {"outside": '<section class="related"><h3>Pots</h3><time datetime="2024-03-03">March 3, 2024</time></section>'},
        {"head": '<meta property="article:published_time" content="2024-03-03">'},
    ],
)
def test_no_date_that_readers_see(read_story: Read, slots: dict[str, str]) -> None:
    assert read_story(**slots).shows_date is False
