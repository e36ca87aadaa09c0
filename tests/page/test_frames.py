from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.facts import Page

Read = Callable[..., Page]


def captions(page: Page) -> list[str | None]:
    return [image.caption for image in page.images]


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ('<div><img src="/lake.jpg"><p class="caption">The lake.</p></div>', ["The lake."]),
        # A second picture ends the frame of the first.
        ('<div><div><img src="/lake.jpg"></div><div><img src="/hill.jpg"><p class="caption">The hill.</p></div></div>', [None, "The hill."]),
        # Text before and behind the picture counts together.
        (f'<div>{"x" * 260}<img src="/lake.jpg">{"y" * 260}<p class="caption">The lake.</p></div>', [None]),
        (f'<div>{"x" * 230}<img src="/lake.jpg">{"y" * 230}<p class="caption">The lake.</p></div>', ["The lake."]),
        ('<div><img src="/lake.jpg"><footer>© Jane Doe</footer><p class="caption">The lake.</p></div>', [None]),
        ('<figure><img src="/lake.jpg"><img src="/hill.jpg"><figcaption>Both.</figcaption></figure>', ["Both.", "Both."]),
    ],
)
def test_a_caption_is_that_of_the_picture_in_its_frame(read_story: Read, markup: str, found: list[str | None]) -> None:
    assert captions(read_story(f"<div>{markup}</div>")) == found


@pytest.mark.parametrize(
    ("srcset", "sources"),
    [
        ("/a.jpg 1x, /b.jpg 2x", ("/a.jpg", "/b.jpg")),
        ("/a.jpg 1x,/b.jpg 2x", ("/a.jpg", "/b.jpg")),
        ("/f,w_1/a.jpg 1x, /f,w_2/b.jpg 2x", ("/f,w_1/a.jpg", "/f,w_2/b.jpg")),
        ("/a.jpg 1x,\n\t/b.jpg 2x", ("/a.jpg", "/b.jpg")),
        ("/a.jpg 1x,  /b.jpg 2x, ", ("/a.jpg", "/b.jpg")),
    ],
)
def test_the_candidates_of_a_srcset(read_story: Read, srcset: str, sources: tuple[str, ...]) -> None:
    (image,) = read_story(f'<div><img src="/lake.jpg" srcset="{srcset}"></div>').images
    assert image.sources == sources
