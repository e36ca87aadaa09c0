"""What a notice is worth by its place and its words, in each profile: a page for each cell.

"pass": the profile's texts accept it; "violation": a text that was read says that it is not enough; "needs_review": everything else, because no text
settles it or its word is weaker than a no. Size and colour need a browser and are not judged here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pytest

from checker import check
from checker.model import Outcome, PageReport
from checker.scale.rulebook import Rulebook, load

LINK = '<a rel="sponsored" href="https://www.amazon.{tld}/dp/B000000001?tag=teablog-20">{name}</a>'


@dataclass(frozen=True)
class Tongue:
    """What a page in one language says. `label`: advertising, plainly; `jargon`: the trade's own word at a link; `key`: of an asterisk."""

    code: str
    tld: str
    headline: str
    text: str
    name: str
    plain: str
    hedged: str
    label: str
    at_link: str
    jargon: str
    key: str
    policy: str


EN = Tongue(
    "en", "com", "The kettle that we would buy again", "We boiled water every morning for a month and wrote down how long it took.", "the kettle",
    "We earn a commission when you buy through links on this page.", "We may earn a commission when you buy through links on this page.",
    "Ad", "(paid link)", "(affiliate link)", "We earn a commission on purchases through links marked with *.", "Advertiser disclosure",
)  # fmt: skip
DE = Tongue(
    "de", "de", "Der Kessel, den wir wieder kaufen würden", "Wir haben einen Monat lang jeden Morgen Wasser gekocht und die Zeit notiert.",
    "der Kessel",
    "Wir erhalten eine Provision, wenn Sie über Links auf dieser Seite kaufen.",
    "Wir erhalten möglicherweise eine Provision, wenn Sie über Links auf dieser Seite kaufen.",
    "Anzeige", "(Anzeige)", "(Affiliate-Link)", "Für Käufe über Links mit * erhalten wir eine Provision.", "Hinweis zu Affiliate-Links",
)  # fmt: skip
SV = Tongue(
    "sv", "se", "Vattenkokaren som vi skulle köpa igen", "Vi kokade vatten varje morgon i en månad och skrev upp hur lång tid det tog.",
    "vattenkokaren",
    "Vi får provision när du köper via länkar på den här sidan.", "Vi kan få provision när du köper via länkar på den här sidan.",
    "Reklam", "(reklam)", "(affiliatelänk)", "Vi får provision när du köper via länkar märkta med *.", "Om affiliatelänkar",
)  # fmt: skip
DA = Tongue(
    "da", "de", "Elkedlen som vi ville købe igen", "Vi kogte vand hver morgen i en måned og skrev ned, hvor lang tid det tog.", "elkedlen",
    "Vi får provision, når du køber via links på denne side.", "Vi kan få provision, når du køber via links på denne side.",
    "Reklame", "(reklame)", "(affiliate link)", "Vi får provision, når du køber via links mærket med *.", "Om affiliate links",
)  # fmt: skip
KO = Tongue(
    "ko", "com", "다시 살 만한 전기 주전자", "한 달 동안 매일 아침 물을 끓이고 걸린 시간을 적어 두었습니다. 가장 조용한 제품이 가장 빨랐습니다.",
    "전기 주전자",
    "이 페이지의 링크로 구매하시면 저희는 수수료를 받습니다.",
    "이 페이지의 링크로 구매하시면 저희는 수수료를 받을 수 있습니다.",
    "광고", "(광고)", "(제휴 링크)", "* 표시가 있는 링크로 구매하시면 저희는 수수료를 받습니다.", "제휴 링크 안내",
)  # fmt: skip
JA = Tongue(
    "ja", "co.jp", "また買いたい電気ケトル",
    "一か月のあいだ毎朝お湯を沸かして、かかった時間を書きとめました。いちばん静かな製品がいちばん速く沸きました。",
    "電気ケトル",
    "このページのリンクから購入されると、当サイトは紹介料を受け取ります。",
    "このページのリンクから購入されると、当サイトは紹介料を受け取る場合があります。",
    "広告", "（広告）", "（アフィリエイト広告）", "※の付いたリンクから購入されると、当サイトは紹介料を受け取ります。", "アフィリエイトについて",
)  # fmt: skip
TONGUES = {"us": EN, "uk": EN, "rakuten": EN, "de": DE, "se": SV, "dk": DA, "kr": KO, "jp": JA}


def page(tongue: Tongue, place: str) -> str:
    link = LINK.format(tld=tongue.tld, name=tongue.name)
    behind = {"at the link": f" {tongue.at_link}", "jargon at the link": f" {tongue.jargon}", "sign with key": "※" if tongue is JA else "*"}.get(
        place, ""
    )
    first = {"first block": tongue.plain, "first block, hedged": tongue.hedged, "sign with key": tongue.key}.get(place)
    parts = [
        '<article><p class="kicker">' + tongue.label + "</p>" if place == "above the headline" else "<article>",
        f"<h1>{tongue.headline}</h1>",
        f"<p>{first}</p>" if first else "",
        f"<p>{tongue.text}</p>",
        f"<p>{link}{behind}</p>",
        f"<p>{tongue.text}</p>",
        f"<p>{tongue.plain}</p>" if place == "foot of the article" else "",
        "</article>",
        f"<footer><p>{tongue.plain}</p></footer>" if place == "footer of the site" else "<footer><p>2026</p></footer>",
    ]
    if place == "only a link":
        parts.insert(2, f'<p><a href="/about-links">{tongue.policy}</a></p>')
    return f'<!doctype html><html lang="{tongue.code}"><head><title>{tongue.headline}</title></head><body>' + "\n".join(parts) + "</body></html>"


PASS, ASK, FAIL = "pass", "needs_review", "violation"
PROFILES = ("us", "uk", "de", "se", "dk", "kr", "jp", "rakuten")
# Where the research notes say "ok" the cell is a pass, where they mark a "fail" as found it is a violation.
PLACES = {
    "above the headline": (PASS, PASS, PASS, PASS, PASS, PASS, PASS, PASS),
    "first block": (PASS, PASS, PASS, PASS, PASS, PASS, PASS, PASS),
    # "May earn" is the house style of the United States. How small and pale it is, which Denmark, Japan and Rakuten name, needs a browser.
    "first block, hedged": (PASS, FAIL, ASK, ASK, ASK, FAIL, ASK, PASS),
    # Korea wants the title or the first part, wherever else a label stands.
    "at the link": (PASS, PASS, PASS, PASS, PASS, FAIL, PASS, PASS),
    # The design holds jargon alone as a warning in the default profile.
    "jargon at the link": (FAIL, ASK, ASK, ASK, ASK, ASK, PASS, FAIL),
    # In the United States and the Kingdom the key in the first block is a sentence like any other; in Germany it is the practice.
    "sign with key": (PASS, PASS, PASS, ASK, ASK, ASK, ASK, ASK),
    "foot of the article": (FAIL, FAIL, ASK, FAIL, FAIL, FAIL, ASK, ASK),
    "footer of the site": (FAIL, ASK, ASK, ASK, ASK, ASK, ASK, FAIL),
    "only a link": (FAIL, FAIL, ASK, ASK, ASK, FAIL, ASK, FAIL),
    "nowhere": (FAIL, FAIL, FAIL, FAIL, FAIL, FAIL, FAIL, FAIL),
}
# The rules that say where a notice stands and how plain it is. Labels at each link, and in the title of guides, are a further wish.
ABOUT_NOTICES = frozenset(f"AFF{number:03}" for number in (1, 2, 3, 4, 5, 7, 8, 10, 13, 15, 18, 23))
_WORSE = (Outcome.INAPPLICABLE, Outcome.PASS, Outcome.NEEDS_REVIEW, Outcome.VIOLATION, Outcome.NOT_CHECKED)


@cache
def rulebook() -> Rulebook:
    return load()


def worst(report: PageReport, rules: frozenset[str]) -> str:
    outcomes = [outcome for rule, outcome in report.outcomes.items() if rule in rules]
    found = max(outcomes, key=_WORSE.index)
    return str(Outcome.PASS if found is Outcome.INAPPLICABLE else found)


@pytest.mark.parametrize(
    ("place", "profile", "expected"),
    [(place, profile, cell) for place, row in PLACES.items() for profile, cell in zip(PROFILES, row, strict=True)],
)
def test_what_a_place_is_worth(place: str, profile: str, expected: str) -> None:
    report = check(page(TONGUES[profile], place), rules=rulebook(), profiles=[profile])
    told = [f"{finding.rule} {finding.outcome}: {finding.message}" for finding in report.findings if finding.rule in ABOUT_NOTICES]
    assert worst(report, ABOUT_NOTICES) == expected, told
    assert bool(told) == (expected != PASS)


@pytest.mark.parametrize("place", ["first block", "foot of the article", "footer of the site"])
def test_amazon_is_content_with_its_sentence_anywhere(place: str) -> None:
    said = page(EN, place).replace(EN.plain, "As an Amazon Associate we earn from qualifying purchases.")
    assert worst(check(said, rules=rulebook(), profiles=["amazon"]), frozenset(("PRG101", "PRG102"))) == PASS
    both = check(said, rules=rulebook(), profiles=["us", "amazon"])
    assert (worst(both, frozenset(("AFF002", "AFF003"))) == PASS) == (place == "first block")


def test_three_profiles_say_three_things_of_one_page() -> None:
    said = page(EN, "first block, hedged").replace(
        EN.hedged,
        "All products featured here are independently selected by our editors. When you buy something through our links, we may earn a commission.",
    )
    assert [worst(check(said, rules=rulebook(), profiles=[profile]), ABOUT_NOTICES) for profile in ("us", "uk", "eu")] == [PASS, FAIL, ASK]


PAID = '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "AdvertiserContentArticle"}</script>'
LABELS = {
    ("us", "Advertisement"): PASS,
    ("uk", "Advertisement"): PASS,
    ("ca", "Advertisement"): PASS,
    ("au", "Advertisement"): PASS,
    ("de", "Advertisement"): FAIL,
    ("de", "Anzeige"): PASS,
    ("de", "Werbung"): PASS,
    ("us", "Sponsored"): PASS,
    ("uk", "Sponsored"): ASK,
    ("de", "Sponsored"): FAIL,
    ("in", "Sponsored"): PASS,
    ("us", "Paid partnership with Harbour Works"): PASS,
    ("uk", "Paid partnership with Harbour Works"): PASS,
    ("au", "Paid partnership with Harbour Works"): PASS,
    ("us", "Partner content"): ASK,
    ("uk", "Partner content"): ASK,
    ("de", "Promotion"): FAIL,
    ("in", "Collaboration"): PASS,
    ("au", "Collaboration"): ASK,
    ("us", "Our picks"): FAIL,
    ("kr", "컬래버레이션"): FAIL,
    ("kr", "협찬"): PASS,
}


@pytest.mark.parametrize(("profile", "label", "expected"), [(*cell, expected) for cell, expected in LABELS.items()])
def test_what_a_label_of_paid_content_is_worth(profile: str, label: str, expected: str) -> None:
    tongue = TONGUES.get(profile, EN)
    html = page(tongue, "above the headline").replace(LINK.format(tld=tongue.tld, name=tongue.name), tongue.name)
    html = html.replace(f">{tongue.label}<", f">{label}<").replace("<head>", f"<head>{PAID}")
    report = check(html, rules=rulebook(), profiles=[profile])
    told = [f"{finding.rule} {finding.outcome}: {finding.message}" for finding in report.findings]
    assert worst(report, frozenset(("SPN301", "SPN302", "SPN304"))) == expected, told


@pytest.mark.parametrize(("profile", "outcome"), [("uk", PASS), ("de", FAIL)])
def test_the_sign_ad(profile: str, outcome: str) -> None:
    tongue = TONGUES[profile]
    html = page(tongue, "above the headline").replace(f">{tongue.label}<", ">#ad<")
    assert worst(check(html, rules=rulebook(), profiles=[profile]), ABOUT_NOTICES | {"SPN302", "SPN304"}) == outcome
