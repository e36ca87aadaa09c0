"""Notices that no reader meets in the text: in comments, attributes, style rules, and in boxes that a script fills."""

from __future__ import annotations

from checker.facts import Notice, Spot
from checker.lexicon.notices import Statement
from checker.page.brought import empty_boxes, generated_texts
from checker.page.notice_context import NoticeContext, placement_of
from checker.text import clip, fold, tidy


def unseen_notices(page: NoticeContext) -> list[Notice]:
    """Statements outside the page's text, in comments, `noscript`, `template`, `title`, `alt`, style rules; looked for only where something pays."""
    if not page.paying:
        return []
    document = page.document
    texts: list[tuple[str, str, int]] = [(text, "comment", node) for node, text in document.comments if len(text) > 20]
    for tag in ("noscript", "template"):
        texts += [(document.raw_text(node), tag, node) for node in document.all(tag)]
    for node in document.all("img", "a", "abbr", "span"):
        attrs = document.attrs[node]
        for name in ("title", "alt"):
            value = attrs.get(name)
            if value and len(value) > 20:
                texts.append((value, name, node))
    texts += [(text, "content", node) for text, node in generated_texts(document)]
    found = [_from_box(page, node, name) for node, name in empty_boxes(document, page.layout)]
    for text, hidden_by, node in texts:
        if page.lexicon.notices.scan(fold(text), page.head.languages):
            statements = page.lexicon.notices.judge(text, page.head.languages, page.head.own_names)
            found += [_from_statement(page, statement, hidden_by, node) for statement in statements if statement.kind == "affiliate"]
    return found


def _from_box(page: NoticeContext, node: int, name: str) -> Notice:
    """An empty box that a plugin fills: a notice of which nothing is known but its place."""
    return Notice(
        spot=Spot(node, None, clip(name, 160)),
        text=clip(name, 220),
        kind="affiliate",
        clarity="weak",
        placement=placement_of(page, node),
        region=page.layout.region(node),
        hidden=True,
        language=page.head.language or "",
        hidden_by="script",
        revealable=True,
    )


def _from_statement(page: NoticeContext, statement: Statement, hidden_by: str, node: int) -> Notice:
    return Notice(
        spot=Spot(node, None, clip(tidy(statement.text), 160)),
        text=clip(statement.text, 220),
        kind=statement.kind,
        clarity=statement.clarity,
        placement=placement_of(page, node),
        region=page.layout.region(max(node, 0)),
        hidden=True,
        language=statement.language,
        signals=tuple(statement.signals),
        hidden_by=hidden_by,
    )
