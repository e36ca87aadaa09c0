"""Bytes to text: byte order mark, valid UTF-8, the server's charset, the page's own declaration, and only then a guess.

Almost every page is valid UTF-8 and leaves after one decode. `certain` is False wherever the text may not be what readers see: after a
guess, where U+FFFD stands in the text, where the bytes allow two readings. A wrong reading that calls itself certain is the one fault here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checker.page.labels import codecs_of, name_of, name_of_codec
from checker.page.tokens import attributes, start_tags

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le", "utf-32le"),  # before UTF-16, whose mark it begins with
    (b"\x00\x00\xfe\xff", "utf-32-be", "utf-32be"),
    (b"\xff\xfe", "utf-16-le", "utf-16le"),
    (b"\xfe\xff", "utf-16-be", "utf-16be"),
)
_HIGH = bytes(range(0x80, 0x100))
_XML = re.compile(rb"\s*<\?xml[^>]{1,200}?encoding\s*=\s*[\"']([^\"'>]{1,40})")
_CHARSET = re.compile(r"charset[\t\n\f\r ]*=[\t\n\f\r ]*[\"']?([^\"';\t\n\f\r ]+)", re.IGNORECASE)
# One page in eight declares its charset behind the first 1,024 bytes, where the standard stops to look; browsers find it later all the same.
_DECLARED_WITHIN = 1_000_000
# What is guessed from: enough for a language's letters to show, little enough to stay cheap.
_SAMPLE = 16_384
# bs4 searches for mentions in time that grows with the square of the length.
_MENTIONED_WITHIN = 16_384
# So few bytes beyond ASCII may be valid UTF-8 by chance.
_FEW = 12
# What undeclared pages are written in, most frequent first.
_GUESSES = (
    *("cp1252", "cp1251", "cp1250", "cp932", "euc_jp", "gb18030", "big5hkscs", "cp949", "koi8_r", "koi8_u"),
    *("iso8859_2", "iso8859_7", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874"),
)
# How much more chaotic, and how much less like a language, than the best reading counts as equally good.
_CHAOS, _COHERENCE = 0.01, 0.05


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text without byte order mark, the same text as UTF-8, and how it was read (`encoding`: the name in the WHATWG standard)."""

    text: str
    utf8: bytes
    encoding: str
    certain: bool


def decode(body: bytes, http_charset: str | None) -> Decoded:
    """The page as text; `http_charset` is what the server said in its Content-Type, if anything."""
    for mark, codec, name in _BOMS:
        if body.startswith(mark):
            if name == "utf-8":
                return _as_utf8(body[len(mark) :])
            text = body[len(mark) :].decode(codec, "replace").removeprefix("\ufeff")
            return Decoded(text, text.encode(), name, "\ufffd" not in text)
    served = name_of(http_charset) if http_charset else None
    special = _wide(body, served) or _seven_bit(body, served)
    if special:
        return special
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return _not_utf8(body, served)
    certain = "\ufffd" not in text
    if certain and 0 < len(body) - len(text) <= _FEW:
        certain = not any(_reads_otherwise(body, name) for name in _declared(body, served))
    return Decoded(text, body, "utf-8", certain)


def _as_utf8(body: bytes) -> Decoded:
    """The body as UTF-8, with U+FFFD for what is not."""
    try:
        text, utf8 = body.decode(), body
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
        utf8 = text.encode()
    return Decoded(text, utf8, "utf-8", "\ufffd" not in text)


def _wide(body: bytes, served: str | None) -> Decoded | None:
    """UTF-16 without a mark: its markup has a NUL in every other byte, and so it is valid UTF-8 too."""
    head = body[:1024]
    if b"\0" not in head:
        return None
    pairs = max(len(head) // 2, 1)
    first, second = head[0::2].count(0), head[1::2].count(0)
    # Japanese text leaves a third of them; a page in UTF-8 with some stray NULs has them on both sides.
    if max(first, second) * 5 < pairs or min(first, second) * 4 > max(first, second):
        return None
    name = "utf-16le" if second > first else "utf-16be"
    text = body.decode(name, "replace")
    return Decoded(text, text.encode(), name, served == name and "\ufffd" not in text)


def _seven_bit(body: bytes, served: str | None) -> Decoded | None:
    """Encodings that hide in ASCII behind escapes, and so are valid UTF-8 too."""
    # One byte first: looking for two of them costs as much as the whole decode.
    if b"\x1b" not in body or b"\x1b$" not in body or not body.isascii():
        return None
    read = _strictly(body, "iso-2022-jp")
    if read is None:
        text = body.decode("iso2022_jp_ext", "replace")
        return Decoded(text, text.encode(), "iso-2022-jp", certain=False)
    return Decoded(read, read.encode(), "iso-2022-jp", next(_declared(body, served), None) == "iso-2022-jp")


def _reads_otherwise(body: bytes, name: str) -> bool:
    """Whether a page that is valid UTF-8 may as well be what it declares; mojibake of the one-byte western kind is no second reading."""
    return name not in ("utf-8", "windows-1252", "iso-8859-15") and _strictly(body, name) is not None


def _not_utf8(body: bytes, served: str | None) -> Decoded:
    declared = list(_declared(body, served))
    as_utf8 = _as_utf8(body)
    broken = as_utf8.text.count("\ufffd") - body.count(b"\xef\xbf\xbd")
    whole = len(as_utf8.text) - len(body.translate(None, _HIGH)) - broken
    cut = broken == 1 and as_utf8.text.endswith("\ufffd")
    # A few foreign bytes (an advertisement, a cut) do not make a page anything but UTF-8; letters of other encodings hardly ever look like it.
    if broken * 10 <= whole or ("utf-8" in declared and (broken <= whole or cut)):
        return as_utf8
    for name in declared:
        read = _strictly(body, name) if name != "utf-8" else None
        if read is not None:
            return Decoded(read, read.encode(), name, "\ufffd" not in read)
    for name in declared:
        if name != "utf-8":
            text = body.decode(codecs_of(name)[0], "replace")
            if text.count("\ufffd") * 5 <= len(body) - len(body.translate(None, _HIGH)):
                return Decoded(text, text.encode("utf-8", "replace"), name, certain=False)
    name = _guess(body)
    text = _strictly(body, name) or body.decode(codecs_of(name)[0], "replace")
    return Decoded(text, text.encode("utf-8", "replace"), name, certain=False)


def _strictly(body: bytes, name: str) -> str | None:
    """The body in this encoding, or None if a single byte of it is not."""
    for codec in codecs_of(name):
        try:
            return body.decode(codec)
        except UnicodeDecodeError:
            continue
    return None


def _declared(body: bytes, served: str | None) -> Iterator[str]:
    """The encodings that the server and the page name, in the order in which they count."""
    if served is not None:
        yield "windows-1252" if served == "x-user-defined" else served
    xml = _XML.match(body)
    for label in (xml[1].decode("latin-1") if xml else None, *_meta_labels(body)):
        name = name_of(label) if label else None
        if name is not None:
            # The bytes that were just read as ASCII cannot be UTF-16, says the standard.
            yield {"utf-16le": "utf-8", "utf-16be": "utf-8", "x-user-defined": "windows-1252"}.get(name, name)
            return


def _meta_labels(body: bytes) -> Iterator[str]:
    text = body[:_DECLARED_WITHIN].decode("latin-1")
    tags = start_tags(text)
    for name, begin, end in zip(tags.names, tags.begins, tags.ends, strict=True):
        if name == "meta":
            said = attributes(text[begin:end])
            if "charset" in said:
                yield said["charset"]
            elif said.get("http-equiv", "").strip().lower() == "content-type" and (found := _CHARSET.search(said.get("content", ""))):
                yield found[1]


def _guess(body: bytes) -> str:
    """The likeliest encoding of a page that names none, or a false one."""
    from bs4.dammit import EncodingDetector
    from charset_normalizer import from_bytes

    # Text between tags only, and only where it says something; neither sign is ever half of a character.
    telling = [piece for piece in re.split(rb"[<>]+", body) if not piece.isascii()]
    sample = b"\n".join(telling)[:_SAMPLE]
    matches = list(from_bytes(sample, cp_isolation=list(_GUESSES)))
    if not matches:
        return "windows-1252"
    # Among readings that are as good as the best one, the more frequent; a page's own mention, wherever it stands, decides before that.
    best = matches[0]
    near = [match for match in matches if match.chaos <= best.chaos + _CHAOS and match.coherence >= best.coherence - _COHERENCE]
    codecs = {codec for match in near for codec in match.could_be_from_charset}
    names = [name_of_codec(codec) for codec in _GUESSES if codec in codecs]
    mentioned = EncodingDetector.find_declared_encoding(body[:_MENTIONED_WITHIN], is_html=True, search_entire_document=True)
    hint = name_of(mentioned) if mentioned else None
    return hint if hint in names and hint is not None else names[0]
