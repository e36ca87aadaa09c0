"""The sentences that a page lacks, and the paragraph that brings one into its source."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from checker.engine.rule import Rules
from checker.fix.edits import Edit
from checker.fix.markup import Markup
from checker.fix.targets import repairable
from checker.model import Finding, PageReport


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence to put in, its language, and the findings that ask for it."""

    text: str
    language: str | None
    findings: tuple[Finding, ...]


def wanted(report: PageReport, rules: Rules) -> list[Sentence]:
    """The sentences to put in, those of the heaviest findings first. A rule that wants something taken out is not helped by one more sentence."""
    curable = {rule.id for rule in rules.rules.values() if rule.paste and not rule.expect.none}
    asking: dict[tuple[str, str | None], list[Finding]] = {}
    for finding in sorted(report.findings, key=lambda each: -each.severity.weight):
        if finding.paste and finding.rule in curable and repairable(finding):
            asking.setdefault((finding.paste, finding.paste_language), []).append(finding)
    return [Sentence(text, language, tuple(findings)) for (text, language), findings in asking.items()]


def paragraph(sentence: Sentence, page_language: str | None, offset: int, markup: Markup) -> Edit:
    """The edit that puts the sentence before the start tag at this offset, on a line of its own where the tag has one."""
    same = page_language is None or sentence.language is None or page_language.split("-")[0].lower() == sentence.language.split("-")[0].lower()
    begin = "<p>" if same else f'<p lang="{escape(sentence.language or "")}">'
    text = markup.text
    line = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    indent = text[line:offset]
    behind = ""
    if line and not indent.strip(" \t"):
        behind = (text[line - 2 : line] if text[line - 2 : line] == "\r\n" else text[line - 1]) + indent
    return Edit(offset, 0, f"{begin}{escape(sentence.text, quote=False)}</p>{behind}")
