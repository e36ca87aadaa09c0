"""A rule that is still to be written: a file with every field, in which each place that waits for its author is marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.packs import FAMILIES
from checker.report.paint import one_line

# What stands at each place that is still to be filled in; the words after it say with what.
MARK = "FILL IN:"
NAME = "name-of-the-fault"
_LAST = 999
_FILE = re.compile(r"(?P<family>[A-Z]{3})(?P<number>[0-9]{3})\b.*\.toml", re.DOTALL).fullmatch


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a new rule begins with: what it judges, and a small page for each outcome."""

    over: str
    where: str
    when: str
    expect: str
    wrong: str
    right: str
    other: str


_PAGE = Sketch(
    over="page",
    where="",
    when='{ check = "has-paid-links" }',
    expect='{ check = "has-notice", visible = true }',
    wrong='<p>Get <a href="https://www.amazon.com/dp/B000000001?tag=teablog-20">the kettle</a>.</p>',
    right="<p>We earn a commission when you buy through our links.</p>\n"
    '<p>Get <a href="https://www.amazon.com/dp/B000000001?tag=teablog-20">the kettle</a>.</p>',
    other="<p>Boil the water and wait.</p>",
)
_LINKS = Sketch(
    over="links",
    where='affiliate = ["certain", "likely"]',
    when="",
    expect='{ check = "rel-has", any_of = ["sponsored"] }',
    wrong='<p>Get <a rel="nofollow" href="https://www.amazon.com/dp/B000000001?tag=teablog-20">the kettle</a>.</p>',
    right='<p>Get <a rel="sponsored" href="https://www.amazon.com/dp/B000000001?tag=teablog-20">the kettle</a>.</p>',
    other='<p>Get <a rel="nofollow" href="https://www.amazon.com/dp/B000000001">the kettle</a>.</p>',
)
_IMAGES = Sketch(
    over="images",
    where="content = true",
    when="",
    expect='{ check = "has-credit" }',
    wrong='<article><h1>Tea</h1><figure><img src="/kettle.jpg" width="800" height="600"><figcaption>A kettle.</figcaption></figure></article>',
    right='<article><h1>Tea</h1><figure><img src="/kettle.jpg" width="800" height="600"><figcaption>A kettle. Photo: Ben Oduya</figcaption></figure>'
    "</article>",
    other="<article><h1>Tea</h1><p>Boil the water and wait.</p></article>",
)
_AUTHORS = Sketch(
    over="page",
    where='page_type = ["article"]',
    when="",
    expect='{ check = "has-author" }',
    wrong='<meta property="og:type" content="article"><article><h1>Tea</h1>\n<p>Boil the water and wait.</p></article>',
    right='<meta property="og:type" content="article"><article><h1>Tea</h1>\n<p>By Ada Quill</p>\n<p>Boil the water and wait.</p></article>',
    other="<h1>Our tea</h1><p>Boil the water and wait.</p>",
)
_SKETCHES = {"lnk": _LINKS, "img": _IMAGES, "aut": _AUTHORS}

_HEAD = """\
# {id}. Every place that is marked waits for you; `disclosure-checker test {pack}` lists those that are left. What each check asks, and its
# options: `disclosure-checker schema rule`. The rule is judged once a profile holds it: {id} = "{severity}" under [rules] in profiles/<name>.toml.
id = "{id}"
# {mark} name the fault, here and in the name of this file ({id}-<name>.toml): it says what is wrong; then delete this line
name = "{name}"
# error, warning or info, where no profile says otherwise.
severity = "{severity}"
# {mark} ids of texts that ask for it, from authorities/*.toml, or leave it empty and say why in "ours"; then delete this line
authorities = []
ours = "{mark} why you ask for it"
# What is judged, one by one: page, links, images, authors, author_data or notices.
over = "{over}"
# static: the page alone; files: what the files of pictures say.
needs = "static"
since = "{since}"
# true where the fault is that something is missing: a page that could be read only in part then leaves it to a person, and needs a question.
absence = false
# Where its question (below) is answered with yes and that is a fault: yes = "fault".

# Which of them: facts that have these values; "page." before a fact of the page, as in "page.language". [unless] is the opposite.
{where}

# Where it applies at all: any, all or none of these checks. Elsewhere it is inapplicable.
{when}

# {mark} what must hold, as any, all or none of these checks; then delete this line
[expect]
all = [{expect}]

[message.en]
asks = "{mark} what the rule asks, as one sentence about a good page."
# {{host}} and the like stand for what the checks found; what stands in [ ] is left out where it is not known.
violation = "{mark} what is wrong, as an editor would say it."
why = "{mark} what it means for readers."
# Only where the rule can be in doubt: what is then said, and a question that is answered with yes or no.
# needs_review = "…"
# question = "Is …?"

# The id of a sentence to paste, from texts/paste.toml, where there is one.
# [fix]
# paste = "affiliate-notice"

[fix.en]
text = "{mark} what to do."
"""
_EXAMPLE = """
[[example]]
title = "{mark} {title}"
expect = "{expect}"
# Where the address of the page, the number of findings or the reason of a question matters: url = "https://…", findings = 1, reason = "…".
# {mark} {html}; then delete this line
html = '''
{body}'''
"""


def next_id(folder: Path, family: str) -> str | None:
    """The id after the last one of the family in this folder, None where there is none left. Ids are never used again, so that gaps stay."""
    found = [_FILE(path.name) for path in folder.glob("*.toml")] if folder.is_dir() else []
    taken = [int(each["number"]) for each in found if each and each["family"] == family.upper()]
    number = max(taken, default=_first(family) - 1) + 1
    return f"{family.upper()}{number:03}" if number <= _LAST else None


def body(rule_id: str, pack: str, version: str) -> str:
    """The file of a new rule: it can be loaded as it is, and says what is still to fill in."""
    sketch = _SKETCHES.get(rule_id[:3].lower(), _PAGE)
    head = _HEAD.format(
        id=rule_id,
        pack=one_line(pack),
        mark=MARK,
        name=NAME,
        severity="warning",
        over=sketch.over,
        since=".".join(version.split(".")[:2]),
        where=f"[where]\n{sketch.where}" if sketch.where else '# [where]\n# page_type = ["article"]',
        when=f"[when]\nall = [{sketch.when}]" if sketch.when else '# [when]\n# all = [{ check = "has-paid-links" }]',
        expect=sketch.expect,
    )
    examples = (
        ("a page that is wrong, in a few words", "violation", "the smallest page on which the rule fires", sketch.wrong),
        ("the same page, mended", "pass", "the same page with the smallest change that mends it", sketch.right),
        (
            "a page that it does not concern",
            "inapplicable",
            "a page to which the rule does not apply, best one that looks as if it did",
            sketch.other,
        ),
    )
    return head + "".join(_EXAMPLE.format(mark=MARK, title=title, expect=expect, html=html, body=page) for title, expect, html, page in examples)


def unfilled(packs: Sequence[Path]) -> Iterator[tuple[Path, int, str]]:
    """Each place of these packs' rules that is still to be filled in: file, line and with what."""
    for pack in packs:
        for path in sorted(path for path in pack.glob("[a-z][a-z][a-z]/*.toml") if path.is_file()):
            for number, line in enumerate(_lines(path), start=1):
                _, mark, words = line.partition(MARK)
                if mark:
                    yield path, number, words.strip().rstrip("\"'").removesuffix("; then delete this line")


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8-sig", "replace").splitlines()
    except OSError:  # whoever loads the rules is told
        return []


def _first(family: str) -> int:
    """The first number of a family: the built-in ones follow each other by the hundred."""
    return FAMILIES.index(family.lower()) * 100 + 1 if family.lower() in FAMILIES else 1
