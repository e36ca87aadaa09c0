"""XML from strangers, piece by piece: no entity is declared, none is fetched, nothing grows with the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol
from xml.parsers import expat

# A tag, comment or the like that is longer than this is not read: until it ends, the parser keeps it and reads it again with every piece.
_LONGEST_TOKEN = 1 << 20
_DEEPEST = 200
# White space before the XML declaration is against the standard, and frequent: a template that begins with an empty line.
_BLANK = b" \t\r\n"
_MARK = b"\xef\xbb\xbf"


class BrokenXml(ValueError):
    """What is wrong, and in which line."""

    def __init__(self, why: str, line: int) -> None:
        super().__init__(why)
        self.why = why
        self.line = line


class Handler(Protocol):
    """Who is told what the document holds; names as they are written, with their prefix."""

    def start(self, name: str, attributes: dict[str, str], line: int, /) -> None:
        """A start tag."""

    def end(self, name: str, /) -> None:
        """An end tag."""

    def text(self, text: str) -> None:
        """A piece of text."""


def parse(pieces: Iterable[bytes], handler: Handler) -> Iterator[None]:
    """Read the document; after each piece the caller may take what the handler has. Raises BrokenXml."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    before = 0
    depth = 0

    def line() -> int:
        return before + parser.CurrentLineNumber

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise BrokenXml(f"it is nested more than {_DEEPEST} deep", line())
        handler.start(name, attributes, line())

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(name)

    def doctype(_name: str, _system: str | None, _public: str | None, inner: int) -> None:
        if inner:
            raise BrokenXml("it declares a document type of its own, which is refused", line())

    def entity(*_told: object) -> int:
        raise BrokenXml("it declares or uses an entity of its own, which is refused", line())

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = entity
    parser.ExternalEntityRefHandler = entity
    fed = 0
    begun = False
    for whole in pieces:
        piece = whole
        if not begun:
            piece = whole.removeprefix(_MARK)
            rest = piece.lstrip(_BLANK)
            before += piece[: len(piece) - len(rest)].count(b"\n")
            if not rest:
                continue
            piece, begun = rest, True
        fed += len(piece)
        _feed(parser, piece, False, before)
        if fed - max(parser.CurrentByteIndex, 0) > _LONGEST_TOKEN + len(piece):
            raise BrokenXml("a tag or a comment in it is longer than 1 MB", line())
        yield
    _feed(parser, b"", True, before)
    yield


def _feed(parser: expat.XMLParserType, piece: bytes, last: bool, before: int) -> None:
    try:
        parser.Parse(piece, last)
    except expat.ExpatError as fault:
        raise BrokenXml(expat.ErrorString(fault.code), before + fault.lineno) from None
    except (ValueError, LookupError) as fault:
        if isinstance(fault, BrokenXml):
            raise
        # An encoding that is unknown, or has more than one byte a character.
        raise BrokenXml("its encoding is unknown", before + parser.CurrentLineNumber) from None
