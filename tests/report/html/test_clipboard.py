"""The copy button: the clipboard holds the sentence exactly, or the reader is told that it does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from checker.model import Finding, PageReport

Reads = Callable[..., Any]
LATE = "#page=fixtures%2Fpages%2Famp-late-notice%2Fpage.html"
# Where a browser has no clipboard for pages from files.
_WITHOUT = "() => Object.defineProperty(navigator, 'clipboard', { value: undefined })"
_REFUSED = "() => Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new DOMException('no')) } })"
GRANTED = ("clipboard-read", "clipboard-write")


def copied(reader: Any) -> str:
    reader.tab.get_by_role("button", name="Copy the sentence").first.click()
    reader.until("() => document.getElementById('told').textContent !== ''")
    return str(reader.tab.evaluate("navigator.clipboard.readText()"))


def test_the_clipboard_holds_the_sentence(reads: Reads, told: Any) -> None:
    (sentence, *_) = [finding["paste"] for finding in told.findings("fixtures/pages/amp-late-notice/page.html") if finding["paste"]]
    reader = reads(told.path, LATE, permissions=GRANTED)
    assert copied(reader) == sentence
    assert reader.tab.locator("#told").get_attribute("aria-live") == "polite"
    reader.at("#view=causes&rule=AFF002")
    assert copied(reader) == sentence


def test_any_sentence_is_copied_to_the_letter(
    reads: Reads, written: Callable[..., Path], finding: Callable[..., Finding], report: Callable[..., PageReport]
) -> None:
    sentence = "Wir „verdienen“ an <b>Käufen</b> &amp; Links, \\n 100 %. 記事 – תודה 👩‍💻"
    reader = reads(written(report(finding(paste=sentence))), "#page=a.html", permissions=GRANTED)
    assert copied(reader) == sentence


def test_without_a_clipboard_the_older_way_is_taken(reads: Reads, told: Any) -> None:
    (sentence, *_) = [finding["paste"] for finding in told.findings("fixtures/pages/amp-late-notice/page.html") if finding["paste"]]
    for without in (_WITHOUT, _REFUSED):
        reader = reads(told.path, LATE, permissions=GRANTED)
        reader.tab.evaluate("() => navigator.clipboard.writeText('what was there before')")
        reader.tab.evaluate(without)
        button = reader.tab.get_by_role("button", name="Copy the sentence").first
        button.click()
        reader.until("() => document.getElementById('told').textContent !== ''")
        # Pasted where a person would paste it.
        reader.tab.evaluate("() => document.body.append(Object.assign(document.createElement('textarea'), { id: 'there' }))")
        reader.tab.locator("#there").focus()
        reader.tab.keyboard.press("Control+V")
        assert reader.tab.locator("#there").input_value() == sentence
        assert reader.tab.locator("textarea").count() == 1


def test_the_focus_stays_on_the_button(reads: Reads, told: Any) -> None:
    reader = reads(told.path, LATE)
    reader.tab.evaluate(_WITHOUT)
    reader.tab.get_by_role("button", name="Copy the sentence").first.focus()
    reader.tab.keyboard.press("Enter")
    reader.until("() => document.getElementById('told').textContent !== ''")
    assert reader.focused.startswith("button#.copy")


def test_where_nothing_is_copied_it_is_said(reads: Reads, told: Any) -> None:
    reader = reads(told.path, LATE, permissions=GRANTED)
    done = reader.tab.get_by_role("button", name="Copy the sentence").first
    done.click()
    good = reader.until("() => document.getElementById('told').textContent !== ''").tab.inner_text("#told")
    reader.tab.evaluate(_REFUSED)
    reader.tab.evaluate("() => { document.execCommand = () => false; document.getElementById('told').textContent = ''; }")
    done.click()
    bad = reader.until("() => document.getElementById('told').textContent !== ''").tab.inner_text("#told")
    assert bad != good
    assert "select" in bad.lower()
