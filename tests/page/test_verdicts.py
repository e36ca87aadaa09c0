from __future__ import annotations

from dataclasses import replace

import pytest

from checker.facts import Author, Credit, Image, Link, Notice, Placement, Region, Spot, Tier
from checker.page.verdicts import affiliate_notice, author, image_credits

LINK = Link(Spot(10), "https://shop.example/?tag=a", Tier.CERTAIN, "shop", "its tag", Region.ARTICLE)
NOTICE = Notice(Spot(5), "We earn a commission from links here.", "affiliate", "clear", Placement.BEFORE, Region.ARTICLE, hidden=False, language="en")


@pytest.mark.parametrize(
    ("links", "notices", "expected"),
    [
        ([], [], "not_needed"),
        ([], [NOTICE], "notice_without_links"),
        ([], [replace(NOTICE, kind="policy_link", clarity="weak")], "not_needed"),
        ([LINK], [], "missing"),
        ([replace(LINK, affiliate=Tier.POSSIBLE)], [], "not_needed"),
        ([replace(LINK, region=Region.COMMENTS)], [], "not_needed"),
        ([LINK], [NOTICE], "clear_before"),
        ([LINK], [replace(NOTICE, region=Region.PAGE_HEADER)], "clear_before"),
        ([LINK], [replace(NOTICE, placement=Placement.AFTER)], "clear_after"),
        ([LINK], [replace(NOTICE, placement=Placement.AFTER, region=Region.PAGE_FOOTER)], "footer_only"),
        ([LINK], [replace(NOTICE, region=Region.SIDEBAR)], "footer_only"),
        ([LINK], [replace(NOTICE, clarity="weak")], "weak_or_link_only"),
        ([LINK], [replace(NOTICE, kind="policy_link", clarity="weak")], "weak_or_link_only"),
        ([LINK], [replace(NOTICE, hidden=True, hidden_by="style")], "missing"),
        ([LINK], [replace(NOTICE, hidden_by="details")], "weak_or_link_only"),
        ([LINK], [replace(NOTICE, kind="ad_label", region=Region.SIDEBAR, covers=(LINK.href,))], "clear_before"),
        ([LINK], [replace(NOTICE, signals=("denial",))], "missing"),
        ([LINK], [replace(NOTICE, clarity="weak"), replace(NOTICE, placement=Placement.AFTER)], "clear_after"),
    ],
)
def test_affiliate_notice(links: list[Link], notices: list[Notice], expected: str) -> None:
    assert affiliate_notice(links, notices) == expected


@pytest.mark.parametrize(
    ("page_type", "kinds", "expected"),
    [
        ("article", [("person", True)], "person"),
        ("article", [("generic", True), ("person", True)], "person"),
        ("article", [("organisation", True)], "organisation"),
        ("article", [("generic", True)], "generic"),
        ("article", [("person", False)], "none"),
        ("article", [], "none"),
        ("listing", [("person", True)], "not_applicable"),
    ],
)
def test_author(page_type: str, kinds: list[tuple[str, bool]], expected: str) -> None:
    assert author(page_type, [Author("A B", kind, visible, ("byline",)) for kind, visible in kinds]) == expected


IMAGE = Image(Spot(1), "a.jpg", content=True, why="")
CREDIT = Credit("Jo Doe", "caption")


@pytest.mark.parametrize(
    ("images", "expected"),
    [
        ([], "no_content_images"),
        ([replace(IMAGE, content=False)], "no_content_images"),
        ([IMAGE], "none"),
        ([replace(IMAGE, credit=CREDIT)], "all"),
        ([replace(IMAGE, credit=CREDIT), IMAGE], "some"),
        ([replace(IMAGE, credit=replace(CREDIT, place="structured"))], "none"),
        ([replace(IMAGE, credit=replace(CREDIT, place="alt_or_title"))], "all"),
        ([replace(IMAGE, credit=replace(CREDIT, placeholder=True))], "none"),
        ([replace(IMAGE, credit=CREDIT), replace(IMAGE, content=False)], "all"),
    ],
)
def test_image_credits(images: list[Image], expected: str) -> None:
    assert image_credits(images) == expected
