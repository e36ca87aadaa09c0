"""What a picture's XMP says of its maker. Only what it says of the picture itself: it may describe others, from which this one was made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.facts import FileMetadata

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# Forty times what editing programs write for a press picture.
MOST_XMP = 1024 * 1024
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_RIGHTS = "{http://purl.org/dc/elements/1.1/}rights"
_CREDIT = "{http://ns.adobe.com/photoshop/1.0/}Credit"
_SOURCE = "{http://ns.adobe.com/photoshop/1.0/}Source"
_STATEMENT = "{http://ns.adobe.com/xap/1.0/rights/}WebStatement"
_LICENCES = ("{http://creativecommons.org/ns#}license", "{http://web.resource.org/cc/}license")
_LICENSOR = "{http://ns.useplus.org/ldf/xmp/1.0/}Licensor"
_LICENSOR_URL = "{http://ns.useplus.org/ldf/xmp/1.0/}LicensorURL"
_SOURCE_TYPE = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType"


def xmp_fields(packet: bytes) -> FileMetadata:
    """What the packet says, as written.

    Raises ValueError or SyntaxError for a packet that is too large, is no XML, or defines a document type or entities.
    """
    from defusedxml.ElementTree import fromstring

    packet = packet.strip(b"\0 \t\r\n")
    if len(packet) > MOST_XMP:
        raise ValueError("it is larger than 1 MB")
    root: Element = fromstring(packet, forbid_dtd=True)
    nodes = [node for rdf in ([root] if root.tag == _RDF + "RDF" else root.findall(_RDF + "RDF")) for node in rdf]
    return FileMetadata(
        creators=tuple(_texts(nodes, _CREATOR)),
        credit_line=_first(nodes, _CREDIT),
        copyright_notice=_first(nodes, _RIGHTS),
        source=_first(nodes, _SOURCE),
        # The page about the rights to this picture, else the licence by name, else where one is to be had.
        licence=_first(nodes, _STATEMENT, *_LICENCES) or _licensor(nodes),
        digital_source_type=_first(nodes, _SOURCE_TYPE),
    )


def _first(nodes: list[Element], *names: str) -> str | None:
    return next((text for name in names for text in _texts(nodes, name)), None)


def _texts(nodes: list[Element], name: str) -> Iterator[str]:
    """The values of a property: an attribute of the description or an element in it, a plain text, an address, or a list of them.

    Of the same text in several languages, the default comes first.
    """
    for node in nodes:
        if text := _told(node.get(name)):
            yield text
        for held in node.findall(name):
            items = [item for kind in ("Seq", "Bag", "Alt") for items in held.findall(_RDF + kind) for item in items.findall(_RDF + "li")]
            items.sort(key=lambda item: item.get(_LANGUAGE) != "x-default")
            for item in items or [held]:
                if text := _told(item.get(_RDF + "resource")) or _told(item.text):
                    yield text


def _licensor(nodes: list[Element]) -> str | None:
    """The address of the first licensor that has one; each is a structure in a list."""
    held = (inner for node in nodes for licensor in node.findall(_LICENSOR) for inner in licensor.iter())
    return next((text for inner in held for text in _texts([inner], _LICENSOR_URL)), None)


def _told(text: str | None) -> str | None:
    return (text or "").strip() or None
