"""Is it HTML at all? Told from the bytes, because a name proves nothing."""

from __future__ import annotations

import re

PAGE_SUFFIXES = (".html", ".htm", ".xhtml")

# What a file of the kind begins with (offset 0), as its format's specification fixes it.
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"BM", "a BMP image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"%PDF-", "a PDF document"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"BZh", "bzip2-compressed data"),
    (b"\xfd7zXZ\x00", "xz-compressed data"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"PK\x03\x04", "a zip archive (or an office document)"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"WARC/", "a web archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"OTTO", "a font"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"{\\rtf", "an RTF document"),
)
_MARK_OF_ORDER = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_TAG = re.compile(rb"<(?:[A-Za-z]|/[A-Za-z]|!doctype\b)", re.IGNORECASE)
_PAGE_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_PAGE_START = re.compile(rb"(?:\s++|<\?(?:[^?]|\?(?!>))*+\?>|<!--(?:[^-]|-(?!->))*+-->)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\b", re.IGNORECASE)
# The first element after the prolog. Possessive, so that a hostile prolog costs one pass.
_ROOT = re.compile(rb"(?:\s++|<\?(?:[^?]|\?(?!>))*+\?>|<!--(?:[^-]|-(?!->))*+-->|<![^>\[]*+(?:\[[^\]]*+\])?+[^>]*+>)*+<([A-Za-z_][\w.:-]*+)")
_OTHER_ROOTS = frozenset((b"svg", b"rss", b"feed", b"urlset", b"sitemapindex", b"math", b"opml", b"plist"))
# No text encoding uses these for letters (escape sequences, shifts and line ends left out).
_CONTROL = bytes((*range(1, 8), 11, *range(16, 27), *range(28, 32), 127))
# A prolog longer than this is no prolog.
_PROLOG = 65_536


def why_not_html(body: bytes, name: str | None = None) -> str | None:
    """What the bytes are instead of a page, or None where they may be one.

    >>> why_not_html(b"%PDF-1.7 ...")
    'it is a PDF document'
    >>> why_not_html(b"<p>Hello")
    """
    for signature, kind in _SIGNATURES:
        # Text may begin with "BM" too.
        if body.startswith(signature) and not (signature == b"BM" and _TAG.search(body[:_PROLOG])):
            return f"it is {kind}"
    if (body[4:8] == b"ftyp" and body[:3] == b"\x00\x00\x00") or (body[:4] == b"RIFF" and body[8:12] in {b"WEBP", b"WAVE", b"AVI "}):
        return "it is an image, a video or a recording"
    # Two and four bytes a character (UTF-16, UTF-32): without the zeros the tags are those of ASCII.
    plain = body.replace(b"\x00", b"") if b"\x00" in body[:_PROLOG] else body
    for mark in _MARK_OF_ORDER:
        plain = plain.removeprefix(mark)
    if not _TAG.search(plain):
        # An encoding that does not keep ASCII apart (a rare EBCDIC export) has no tags for us either.
        return "it has no HTML tag"
    if _is_binary(plain):
        return "it is binary data"
    return _other_markup(plain) or _other_text(plain, name)


def begins_a_page(head: bytes) -> bool:
    """Whether the first thing in a file is what a whole page begins with; a text that only quotes markup begins otherwise.

    >>> begins_a_page(b"<!-- saved --><html>"), begins_a_page(b"a.html:1:1 <html>")
    (True, False)
    """
    plain = head.replace(b"\x00", b"")
    for mark in _MARK_OF_ORDER:
        plain = plain.removeprefix(mark)
    return bool(_PAGE_START.match(plain))


def _is_binary(plain: bytes) -> bool:
    """Any long run of bytes holds "<a" somewhere. Text has next to no control characters; a page full of them still says that it is a page."""
    head = plain[:_PROLOG]
    return len(head) - len(head.translate(None, _CONTROL)) > len(head) // 20 and not _PAGE_TAG.search(plain)


def _other_markup(plain: bytes) -> str | None:
    found = _ROOT.match(plain[:_PROLOG])
    if found is None:
        return None
    root = found[1].lower().rpartition(b":")[2]
    if root in _OTHER_ROOTS or (_XML.match(plain) and root not in {b"html", b"body", b"div", b"article"}):
        return f"it is XML with the root element {found[1][:40].decode('ascii', 'replace')}, not a page"
    return None


def _other_text(plain: bytes, name: str | None) -> str | None:
    """Data and program text that only quote markup: JSON by its syntax, the rest by the name, where no tag of a whole page speaks against it."""
    head = plain[:_PROLOG].lstrip()[:1]
    if head in {b"{", b"["} and plain.rstrip()[-1:] in {b"}", b"]"} and _is_json(plain):
        return "it is JSON"
    if name is None or name.lower().endswith(PAGE_SUFFIXES) or _PAGE_TAG.search(plain):
        return None
    import mimetypes

    kind, packed = mimetypes.guess_type(name, strict=False)
    if packed or (kind and not kind.endswith(("html", "xhtml+xml", "/xml", "x-php", "x-httpd-php"))):
        return f"it is named like {packed or kind} and holds no whole page"
    return None


def _is_json(plain: bytes) -> bool:
    import json

    try:
        json.loads(plain)
    except (ValueError, RecursionError):
        return False
    return True
