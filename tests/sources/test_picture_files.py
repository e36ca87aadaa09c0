"""What picture files say of their makers: by whom it is believed, in which encodings, and that no file can do harm."""

from __future__ import annotations

import importlib.util
import io
import os
import struct
import subprocess
import sys
import warnings
import zlib
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow
from PIL import features

from checker.errors import BadConfig
from checker.facts import FileMetadata, Image, Page, Spot, Verdicts
from checker.packs import built_in
from checker.sources import picture_files
from checker.sources.picture_files import MakerWords, PictureFault, PictureFile, read_picture_file, with_files
from checker.sources.picture_xmp import MOST_XMP
from tests.pace import ends

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "fixtures/pictures"
WORDS = MakerWords.load([built_in()])
NOTHING = FileMetadata()


def _maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("picture_maker", FOLDER / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MAKER = _maker()
SAID = {
    "iptc.jpg": FileMetadata(("Ben Oduya",), "Ben Oduya/Lakepost", "(c) 2024 Lakepost Media", "Lakepost"),
    "xmp.jpg": FileMetadata(("Ada Quill",), "Ada Quill/Lakepost", "© 2024 Ada Quill", "Lakepost Archive", "https://lakepost.example/rights"),
    "exif.jpg": FileMetadata(("Inès Łuba",), None, "Inès Bellamy; Lakepost"),
    "contradicting.jpg": FileMetadata(("Ada Quill",), "Lakepost", "© Ada Quill"),
    "iptc-latin1.jpg": FileMetadata(("Søren Ångström",), "Søren Ångström – Lakepost"),
    "iptc-utf8.jpg": FileMetadata(("Søren Ångström",), "Søren Ångström, 湖畔通信"),
    "iptc-cut-name.jpg": FileMetadata(("Wilhelmina Åkesson-Brøndum Wi",)),
    "several.jpg": FileMetadata(("Ada Quill", "Ben Oduya", "Cleo Marsh")),
    "made-by-software.jpg": FileMetadata(("Ada Quill",), digital_source_type=MAKER.MADE_BY_SOFTWARE),
    "nobody.jpg": NOTHING,
    "stripped.jpg": NOTHING,
    "licensed.png": FileMetadata(("Ada Quill",), licence="https://creativecommons.org/licenses/by/4.0/"),
    "profile.png": FileMetadata(("Ben Oduya",)),
    "xmp.webp": FileMetadata(("Ada Quill",), "Ada Quill/Lakepost", source="Lakepost Archive"),
    "xmp.gif": FileMetadata(("Ada Quill",), "Ada Quill/Lakepost", source="Lakepost Archive"),
    "three.tif": FileMetadata(("Ada Quill",), "Lakepost"),
}
FAULTS = {
    "truncated.jpg": (None, PictureFault.BROKEN),
    "laughs.jpg": (None, PictureFault.BROKEN),
    "laughs-and-iptc.jpg": (FileMetadata(("Ben Oduya",)), PictureFault.BROKEN),
    "not-a-picture.jpg": (None, PictureFault.UNKNOWN_FORMAT),
}


def result(body: bytes, folder: Path, name: str = "a.jpg") -> PictureFile:
    (folder / name).write_bytes(body)
    return read_picture_file(folder / name, WORDS)


def said(body: bytes, folder: Path) -> FileMetadata:
    found = result(body, folder)
    assert found.fault is None, found
    assert found.says is not None
    return found.says


@pytest.mark.parametrize("name", SAID)
def test_what_a_file_says(name: str) -> None:
    assert read_picture_file(FOLDER / name, WORDS) == PictureFile(SAID[name])


@pytest.mark.parametrize("name", FAULTS)
def test_what_cannot_be_read(name: str) -> None:
    found = read_picture_file(FOLDER / name, WORDS)
    assert (found.says, found.fault) == FAULTS[name]
    assert found.detail


def test_the_files_are_those_of_their_maker(tmp_path: Path) -> None:
    made = MAKER.pictures()
    kept = {path.name: path for path in FOLDER.iterdir() if path.suffix != ".py" and path.is_file()}
    assert set(kept) == set(made) == SAID.keys() | FAULTS.keys(), "stale: run python fixtures/pictures/make.py"
    # Byte for byte only where Pillow encodes nothing: what it writes differs from version to version.
    plain = ("three.tif", "not-a-picture.jpg")
    assert [name for name in plain if kept[name].read_bytes() != made[name]] == [], "stale: run python fixtures/pictures/make.py"
    assert [name for name in made if result(made[name], tmp_path) != read_picture_file(kept[name], WORDS)] == []
    assert max(path.stat().st_size for path in kept.values()) < 4000


def test_xmp_as_elements_as_attributes_and_in_any_list(tmp_path: Path) -> None:
    for packet in (
        MAKER.xmp("<photoshop:Credit>Lakepost</photoshop:Credit>", MAKER.creators("Ada Quill", "Ben Oduya")),
        MAKER.xmp(
            "<dc:creator><rdf:Bag><rdf:li> Ada\n Quill</rdf:li><rdf:li>Ben Oduya</rdf:li></rdf:Bag></dc:creator>", photoshop__Credit="Lakepost"
        ),
        MAKER.xmp("<dc:creator>Ada Quill; Ben Oduya</dc:creator>", photoshop__Credit=" Lakepost "),
        MAKER.xmp("</rdf:Description><rdf:Description photoshop:Credit='Lakepost' dc:creator='Ada Quill;Ben Oduya' " + MAKER._NAMESPACES + ">"),
        MAKER.xmp(MAKER.creators("Ada Quill", "Ben Oduya"), photoshop__Credit="Lakepost")
        .split(b"<x:xmpmeta", 1)[1]
        .split(b">", 1)[1]
        .split(b"</x:")[0],
        MAKER.xmp(MAKER.creators("Ada Quill", "Ben Oduya"), photoshop__Credit="Lakepost") + b"\0 \n" * 30,
    ):
        assert said(MAKER.webp(packet), tmp_path) == FileMetadata(("Ada Quill", "Ben Oduya"), "Lakepost"), packet


def test_addresses_in_xmp(tmp_path: Path) -> None:
    licensor = "<plus:Licensor><rdf:Seq><rdf:li plus:LicensorName='X' plus:LicensorURL='https://lakepost.example/buy'/></rdf:Seq></plus:Licensor>"
    resource = '<xmpRights:WebStatement rdf:resource="https://lakepost.example/rights"/>'
    assert said(MAKER.webp(MAKER.xmp(licensor)), tmp_path).licence == "https://lakepost.example/buy"
    assert said(MAKER.webp(MAKER.xmp(licensor, resource)), tmp_path).licence == "https://lakepost.example/rights"
    for value in ("trainedAlgorithmicMedia", MAKER.MADE_BY_SOFTWARE):
        element = f"<Iptc4xmpExt:DigitalSourceType>{value}</Iptc4xmpExt:DigitalSourceType>"
        assert said(MAKER.webp(MAKER.xmp(element)), tmp_path).digital_source_type == MAKER.MADE_BY_SOFTWARE


def test_what_a_picture_was_made_from_is_not_its_own(tmp_path: Path) -> None:
    inner = (
        "<photoshop:History><rdf:Bag><rdf:li><rdf:Description>"
        + MAKER.creators("Cleo Marsh")
        + "</rdf:Description></rdf:li></rdf:Bag></photoshop:History>"
    )
    assert said(MAKER.webp(MAKER.xmp(inner)), tmp_path) == NOTHING


def test_each_field_comes_from_the_most_trusted_block_that_has_it(tmp_path: Path) -> None:
    blocks = {
        "xmp": MAKER.xmp(photoshop__Credit="Lakepost"),
        "iptc": MAKER.iptc((2, 80, b"Unknown"), (2, 110, b"Other"), (2, 115, b"Archive"), (2, 116, b"\xa9 2024")),
        "exif": MAKER.exif(artist=b"Ben Oduya", copyright=b"\xa9 Ben Oduya"),
    }
    assert said(MAKER.jpeg(**blocks), tmp_path) == FileMetadata(("Ben Oduya",), "Lakepost", "© Ben Oduya", "Archive")


@pytest.mark.parametrize(
    "text", ["Unknown", " unknown. ", "N/A", "OLYMPUS DIGITAL CAMERA         ", "© 2024", "-", "(C) All rights reserved", "Неизвестно", "不明", ";;"]
)
def test_who_is_nobody(tmp_path: Path, text: str) -> None:
    assert said(MAKER.webp(MAKER.xmp(MAKER.creators(text), MAKER.rights(x_default=text), photoshop__Credit=text)), tmp_path) == NOTHING


@pytest.mark.parametrize("text", ["Ada", "Unknown Pleasures Studio", "Canon Marsh", "C. Quill", "張三", "Copyright 2024 Lakepost"])
def test_who_is_somebody(tmp_path: Path, text: str) -> None:
    found = said(MAKER.webp(MAKER.xmp(MAKER.creators(text), MAKER.rights(x_default=text))), tmp_path)
    assert (found.creators, found.copyright_notice) == ((text,), text)


def test_the_words_of_a_pack_join_the_built_in_ones(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words/picture_files.toml").write_text('[nobody]\nwords = ["Desk Seven"]\n', "utf-8")
    words = MakerWords.load([built_in(), tmp_path])
    (tmp_path / "a.jpg").write_bytes(MAKER.jpeg(iptc=MAKER.iptc((2, 80, b"DESK SEVEN"), (2, 80, b"unknown"), (2, 110, b"Desk Seven, Lakepost"))))
    assert read_picture_file(tmp_path / "a.jpg", words).says == FileMetadata(credit_line="Desk Seven, Lakepost")


def test_the_owner_of_a_camera_made_nothing_with_it(tmp_path: Path) -> None:
    artist = b"Camera owner, Ben Oduya; Photographer, Ada Quill; Image creator, Cleo Marsh; Marsh, Cleo"
    assert said(MAKER.jpeg(exif=MAKER.exif(artist=artist)), tmp_path).creators == ("Ada Quill", "Cleo Marsh", "Marsh, Cleo")


def test_an_editors_notice_alone_is_a_notice(tmp_path: Path) -> None:
    assert said(MAKER.jpeg(exif=MAKER.exif(copyright=b" \0Lakepost")), tmp_path).copyright_notice == "Lakepost"


def test_fields_are_tidied_and_cut(tmp_path: Path) -> None:
    block = MAKER.iptc((2, 80, b"Ada\x00\x07  Quill\r\n"), (2, 110, "A\u202eda \u200bQuill".encode()), (2, 115, b"   "), (2, 116, b"word " * 3000))
    found = said(MAKER.jpeg(iptc=block), tmp_path)
    assert (found.creators, found.credit_line, found.source) == (("Ada Quill",), "A da Quill", None)
    assert found.copyright_notice is not None
    assert len(found.copyright_notice) <= 1000
    many = MAKER.webp(MAKER.xmp(MAKER.creators(*(f"Ada Quill {chr(65 + n % 26)}{n}x" for n in range(3000)))))
    assert len(said(many, tmp_path).creators) == 50


def test_long_fields_and_broken_ends_of_iptc(tmp_path: Path) -> None:
    long = b"\x1c\x02\x50\x80\x04" + struct.pack(">I", 9) + b"Ada Quill"
    for tail in (b"", b"\0\0", b"\x1c\x02", b"\x1c\x02\x50\xff\xff", b"\x1c\x02\x50\x00\x90short", b"\x1c\x02\x50\x80\x04\xff\xff\xff\xff"):
        assert said(MAKER.jpeg(iptc=long + tail), tmp_path).creators == ("Ada Quill",)


def test_exif_of_version_3_is_utf8(tmp_path: Path) -> None:
    tags = MAKER.exif(artist="湖畔 通信".encode()).replace(struct.pack(">HH", 315, 2), struct.pack(">HH", 315, 129))
    assert said(MAKER.jpeg(exif=tags), tmp_path).creators == ("湖畔 通信",)
    assert said(MAKER.png(b"eXIf", tags), tmp_path).creators == ("湖畔 通信",)


@pytest.mark.parametrize("tags", [b"nonsense", b"MM\0*\xff\xff\xff\xff", b"II*\0", b"MM\0*\0\0\0\x08"])
def test_broken_exif_does_not_silence_the_rest(tmp_path: Path, tags: bytes) -> None:
    found = result(MAKER.jpeg(exif=tags, iptc=MAKER.iptc((2, 80, b"Ada Quill"))), tmp_path)
    assert (found.says, found.fault, found.detail) == (FileMetadata(("Ada Quill",)), PictureFault.BROKEN, "its EXIF is broken")
    assert result(MAKER.jpeg(exif=tags), tmp_path).says is None


@pytest.mark.skipif(not features.check("avif"), reason="this Pillow has no AVIF")
def test_avif(tmp_path: Path) -> None:
    stream = io.BytesIO()
    Pillow.new("RGB", (8, 8)).save(stream, "AVIF", xmp=MAKER.xmp(MAKER.creators("Ada Quill")), exif=b"Exif\0\0" + MAKER.exif(copyright=b"\xa9 Ada"))
    assert said(stream.getvalue(), tmp_path) == FileMetadata(("Ada Quill",), copyright_notice="© Ada")
    assert result(stream.getvalue()[:100], tmp_path).fault is PictureFault.BROKEN


def test_the_size_of_the_picture_does_not_matter(tmp_path: Path) -> None:
    """More pixels than Pillow would open: only the numbers in the header say so."""
    body = MAKER.pictures()["licensed.png"]
    header = b"IHDR" + struct.pack(">II", 60_000, 60_000) + body[24:29]
    huge = body[:12] + header + struct.pack(">I", zlib.crc32(header)) + body[33:]
    assert said(huge, tmp_path).creators == ("Ada Quill",)
    webp = MAKER.pictures()["xmp.webp"]
    assert said(webp[:24] + b"\xfe\x3f\0\xfe\x3f\0" + webp[30:], tmp_path).creators == ("Ada Quill",)


def test_no_pixel_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(self: object) -> None:
        raise AssertionError("pixels were decoded")

    monkeypatch.setattr("PIL.Image.Image.load", load)
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", load)
    assert {name: read_picture_file(FOLDER / name, WORDS).says for name in SAID} == SAID


def hostile() -> dict[str, bytes]:
    """Files that are small enough to make here and cost much where a reader does not look out."""
    empty = struct.pack(">I", 0) + b"aaAa" + struct.pack(">I", zlib.crc32(b"aaAa"))
    plain = MAKER.square("PNG")
    large = [(33723, 4, 2**20, 8), (315, 2, 2**32 - 1, 8), (700, 1, 2**22, 8)]
    entries = b"".join(struct.pack("<HHII", *each) for each in large)
    return {
        "deep xmp": MAKER.webp(b"<a>" * (MOST_XMP // 8) + b"</a>" * (MOST_XMP // 8)),
        "wide xmp": MAKER.webp(MAKER.xmp("<a/>" * (MOST_XMP // 5))),
        "many parts": MAKER.webp(MAKER.xmp("<dc:creator>" + "a;" * (MOST_XMP // 3) + "</dc:creator>")),
        "large xmp": MAKER.webp(b"<a>" + b"x" * MOST_XMP + b"</a>"),
        "external xmp": MAKER.webp(b'<!DOCTYPE a SYSTEM "file:///etc/hostname"><a/>'),
        "junk between markers": b"\xff\xd8\xff" + bytes(5_000_000),
        "endless markers": b"\xff\xd8" + b"\xff\xe1\x00\x02" * 1_000_000,
        "endless chunks": plain[:33] + empty * 400_000 + plain[33:],
        "compressed text": MAKER.png(b"zTXt", b"x\0\0" + zlib.compress(bytes(60_000_000))),
        "endless webp": b"RIFF\0\0\0\0WEBP" + b"abcd\0\0\0\0" * 500_000,
        "large tags": b"II*\0" + struct.pack("<IH", 8, len(large)) + entries + bytes(5_000_000),
        "many tags": b"II*\0" + struct.pack("<IH", 8, 65_535) + struct.pack("<HHII", 315, 2, 2**22, 8) * 65_535 + bytes(4_000_000),
    }


@pytest.mark.parametrize("name", hostile())
def test_hostile_files_end_soon(tmp_path: Path, name: str) -> None:
    body = hostile()[name]
    assert isinstance(result(body, tmp_path), PictureFile)
    assert ends(lambda: result(body, tmp_path), within=15)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(SAID)), st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=12), st.integers(0, 2000))
def test_broken_files_end_in_a_result(tmp_path_factory: pytest.TempPathFactory, name: str, changes: list[tuple[int, int]], end: int) -> None:
    body = bytearray((FOLDER / name).read_bytes())
    for place, value in changes:
        body[place % len(body)] = value
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        path = tmp_path_factory.getbasetemp() / "broken"
        path.write_bytes(body[:end] if end < len(body) else body)
        found = read_picture_file(path, WORDS)
    assert (found.fault is None) == (found.says is not None and not found.detail) or found.fault is PictureFault.BROKEN


def test_what_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(path: Path) -> PictureFault | None:
        return read_picture_file(path, WORDS).fault

    assert fault(tmp_path) is PictureFault.MISSING
    assert fault(tmp_path / "none.jpg") is PictureFault.MISSING
    assert fault(FOLDER / "iptc.jpg/x") is PictureFault.MISSING
    assert fault(tmp_path / "a\0.jpg") is PictureFault.MISSING
    assert fault(tmp_path / ("x" * 5000)) is PictureFault.UNREADABLE
    assert result(b"", tmp_path).fault is PictureFault.UNKNOWN_FORMAT
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.jpg")
        assert fault(tmp_path / "pipe.jpg") is PictureFault.MISSING
    monkeypatch.setattr(picture_files, "MOST_BYTES", 100)
    assert fault(FOLDER / "iptc.jpg") is PictureFault.TOO_LARGE


def page(*images: Image) -> Page:
    verdicts = Verdicts("not_needed", "none", "none")
    return Page("story.html", None, "en", "article", None, None, None, (), (), (), (), images, verdicts, own_host="lakepost.example")


def image(src: str, *sources: str, content: bool = True) -> Image:
    return Image(Spot(0), src, content, "in the main piece", sources)


def test_the_images_of_a_page_get_their_files(tmp_path: Path) -> None:
    for name in SAID.keys() | FAULTS.keys():
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    read = page(
        image("xmp.jpg"),
        image("data:image/gif;base64,R0lGOD", "https://lakepost.example/iptc.jpg?w=300"),
        image("stripped.jpg", "/several.jpg"),
        image("stripped.jpg", "gone.jpg", "truncated.jpg"),
        image("iptc.jpg", content=False),
        image("gone.jpg"),
        image("gone.jpg", "truncated.jpg"),
        image("laughs-and-iptc.jpg"),
        image("not-a-picture.jpg"),
        image("https://cdn.example/xmp.jpg"),
        image("../xmp.jpg"),
    )
    found, counts = with_files(read, tmp_path / "story.html", WORDS, tmp_path)
    ben = FileMetadata(("Ben Oduya",))
    assert [each.file for each in found.images] == [
        SAID["xmp.jpg"], SAID["iptc.jpg"], SAID["several.jpg"], NOTHING, None, None, None, ben, None, None, None
    ]  # fmt: skip
    assert counts == {"read": 4, "missing": 1, "broken": 2, "unknown_format": 1, "elsewhere": 2}
    assert replace(found, images=read.images) == read
    assert [replace(each, file=None) for each in found.images] == list(read.images)


def test_a_file_is_read_once_for_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jpg").write_bytes((FOLDER / "iptc.jpg").read_bytes())
    calls: list[Path] = []

    def reading(path: Path, words: MakerWords) -> PictureFile:
        calls.append(path)
        return read_picture_file(path, words)

    monkeypatch.setattr(picture_files, "read_picture_file", reading)
    _, counts = with_files(page(image("a.jpg"), image("./a.jpg?x"), image("/a.jpg")), tmp_path / "story.html", WORDS, tmp_path)
    assert counts == {"read": 3}
    assert len(calls) == 1


def test_a_page_cannot_ask_for_any_number_of_files(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes((FOLDER / "iptc.jpg").read_bytes())
    images = [image(f"/img/{number}.jpg", *(f"/{size}/{number}.jpg" for size in range(30))) for number in range(3000)]
    found, counts = with_files(page(image("a.jpg"), *images, image("a.jpg")), tmp_path / "story.html", WORDS, tmp_path)
    assert (found.images[0].file, found.images[-1].file) == (SAID["iptc.jpg"], SAID["iptc.jpg"])
    assert counts == {"read": 2, "missing": 1999 // 21, "too_many": 3000 - 1999 // 21}


def test_without_the_extra_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PIL", "PIL.Image", "defusedxml", "defusedxml.ElementTree"):
        monkeypatch.setitem(sys.modules, name, None)
    for read in (lambda: with_files(page(), Path("story.html"), WORDS), lambda: read_picture_file(FOLDER / "iptc.jpg", WORDS)):
        with pytest.raises(BadConfig) as told:
            read()
        assert str(told.value) == "reading image files needs the extra meta: pip install 'disclosure-checker[meta]'"


def test_what_the_extra_brings_is_imported_when_a_picture_is_read() -> None:
    program = (
        "import sys, pathlib; from checker.sources.picture_files import MakerWords, read_picture_file\n"
        "assert not {'PIL', 'defusedxml', 'xml'} & set(sys.modules)\n"
        f"assert read_picture_file(pathlib.Path({str(FOLDER / 'xmp.jpg')!r}), MakerWords()).says.creators == ('Ada Quill',)\n"
        "assert {'PIL', 'defusedxml'} <= set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
