"""The ways in which pages say, or fail to say, how they are encoded. Three outcomes, and never a silent wrong one:

`SURE`: the right text, certain. `GUESSED`: the right text, not certain. `UNDECIDED`: known to come out wrong or damaged, and says so.
"""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.page.decode import decode
from checker.page.labels import _TABLE, codecs_of, name_of
from tests.pace import ends

SURE, GUESSED, UNDECIDED = "sure", "guessed", "undecided"

GERMAN = "Größere Bäume stehen häufig näher am Fluß, überall blühen schöne Blumen; für Wanderer gibt es täglich frisches Gemüse und süße Früchte. "
FRENCH = "L’été dernier, la rédaction a testé dix cafetières à moins de 80 € : voilà nos préférées, « les plus sûres ». "
POLISH = "Zażółć gęślą jaźń, mówił ogrodnik, gdy święta się skończyły i śnieg znów przykrył łąkę oraz źródło pod dębami. "
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy, zatímco věž nad řekou už dávno spala. "
TURKISH = "İstanbul'da bugün hava güneşli, çocuklar şarkı söylüyor ve ağaçların altında çay içiliyor. "
RUSSIAN = "Сегодня в редакции проверили десять чайников, и только три из них понравились всем. "
UKRAINIAN = "Сьогодні їжаки з’їли всі яблука, і господиня ґречно подякувала їм за гостину. ".replace("’", "'")
GREEK = "Σήμερα ο καιρός είναι καλός και τα παιδιά παίζουν στην αυλή του σχολείου. "
HEBREW = "היום בדקנו עשרה קומקומים ורק שלושה מהם מצאו חן בעיני כולם. "
ARABIC = "اختبرنا اليوم عشر غلايات ولم يعجبنا منها سوى ثلاث فقط. "
THAI = "วันนี้เราทดสอบกาต้มน้ำสิบใบและชอบเพียงสามใบเท่านั้น "
JAPANESE = "今日は編集部で十個のやかんを試しました。気に入ったのは三つだけです。東京の天気は晴れ、気温は高め。"
JAPANESE_VENDOR = JAPANESE + "①②③の髙橋さんと㈱やかん"
CHINESE = "今天我们测试了十个水壶，只有三个让大家都满意。天气很好，孩子们在院子里玩。"
CHINESE_GBK = CHINESE + "朱镕基、囍、喆"
CHINESE_FOUR_BYTES = CHINESE_GBK + "𠀀㐀"
TAIWANESE = "今天我們測試了十個水壺，只有三個讓大家都滿意。天氣很好，孩子們在院子裡玩。"
HONG_KONG = TAIWANESE + "佢哋喺度瞓覺，啲嘢冇咗嘅"
KOREAN = "오늘 편집부에서 주전자 열 개를 시험했고 세 개만 마음에 들었습니다. 날씨가 맑고 아이들이 마당에서 놉니다. "
KOREAN_CP949 = KOREAN + "똠방각하 펲시 쏀 "


def page(text: str, head: str = "") -> str:
    body = "".join(f"<p>{text}</p>\n" for _ in range(4))
    return f"<!DOCTYPE html><html><head>{head}<title>Test</title></head><body>{body}</body></html>"


def meta(charset: str) -> str:
    return f'<meta charset="{charset}">'


def http_equiv(charset: str) -> str:
    return f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'


def coded(text: str, codec: str, head: str = "") -> tuple[str, bytes]:
    whole = page(text, head)
    return whole, whole.encode(codec)


def broken(text: str, head: str) -> tuple[str, bytes]:
    """One byte of an advertisement in another encoding in a page that is UTF-8 everywhere else."""
    whole = page(text, head).replace("</body>", "<div>caf\ufffd</div></body>")
    return whole, whole.encode().replace("\ufffd".encode(), b"\xe9")


VENDOR_ESCAPES = ("", page(JAPANESE, meta("iso-2022-jp")).encode("iso2022_jp").replace(b"\x1b$B", b"\x1b$B\x2d\x21"))
MEANINGLESS = ("", page(FRENCH, meta("latin1")).encode("cp1252").replace(b"80", b"8\x81"))

# What it is, (text, bytes), the server's charset, the encoding, the outcome.
CASES: list[tuple[str, tuple[str, bytes], str | None, str, str]] = [
    ("utf-8 without a declaration", coded(FRENCH, "utf-8"), None, "utf-8", SURE),
    ("utf-8 declared", coded(RUSSIAN, "utf-8", meta("UTF-8")), None, "utf-8", SURE),
    ("utf-8 with a mark", (page(FRENCH), b"\xef\xbb\xbf" + page(FRENCH).encode()), None, "utf-8", SURE),
    ("mark against a lying meta", (page(FRENCH, meta("latin1")), b"\xef\xbb\xbf" + page(FRENCH, meta("latin1")).encode()), None, "utf-8", SURE),
    ("mark against the server", (page(FRENCH), b"\xef\xbb\xbf" + page(FRENCH).encode()), "iso-8859-1", "utf-8", SURE),
    ("meta latin-1, bytes utf-8", coded(FRENCH, "utf-8", meta("iso-8859-1")), None, "utf-8", SURE),
    ("server latin-1, bytes utf-8", coded(GERMAN, "utf-8"), "ISO-8859-1", "utf-8", SURE),
    ("meta iso-8859-1, typographic quotes and euro", coded(FRENCH, "cp1252", meta("iso-8859-1")), None, "windows-1252", SURE),
    ("http-equiv iso-8859-1, cp1252 bytes", coded(FRENCH, "cp1252", http_equiv("ISO-8859-1")), None, "windows-1252", SURE),
    ("meta us-ascii, cp1252 bytes", coded(FRENCH, "cp1252", meta("us-ascii")), None, "windows-1252", SURE),
    ("meta x-user-defined, cp1252 bytes", coded(FRENCH, "cp1252", meta("x-user-defined")), None, "windows-1252", SURE),
    ("meta iso-8859-15 with its euro", coded("Für 80 € gibt es süße Äpfel. ", "iso8859_15", meta("ISO-8859-15")), None, "iso-8859-15", SURE),
    ("server's charset alone", coded(RUSSIAN, "cp1251"), "windows-1251", "windows-1251", SURE),
    ("server before meta", coded(RUSSIAN, "cp1251", meta("koi8-r")), "cp1251", "windows-1251", SURE),
    ("server says nonsense, meta is right", coded(RUSSIAN, "koi8_r", meta("koi8-r")), "utf-99", "koi8-r", SURE),
    ("server says utf-8, meta is right", coded(RUSSIAN, "koi8_r", meta("koi8-r")), "utf-8", "koi8-r", SURE),
    ("xml declaration", ((x := '<?xml version="1.0" encoding="windows-1250"?>' + page(CZECH)), x.encode("cp1250")), None, "windows-1250", SURE),
    ("meta windows-1251", coded(RUSSIAN, "cp1251", meta("windows-1251")), None, "windows-1251", SURE),
    ("meta koi8-u", coded(UKRAINIAN, "koi8_u", meta("koi8-u")), None, "koi8-u", SURE),
    ("meta iso-8859-2", coded(POLISH, "iso8859_2", meta("iso-8859-2")), None, "iso-8859-2", SURE),
    ("meta iso-8859-9, Turkish", coded(TURKISH, "cp1254", meta("iso-8859-9")), None, "windows-1254", SURE),
    ("meta iso-8859-7", coded(GREEK, "iso8859_7", meta("iso-8859-7")), None, "iso-8859-7", SURE),
    ("meta windows-1255", coded(HEBREW, "cp1255", meta("windows-1255")), None, "windows-1255", SURE),
    ("meta windows-1256", coded(ARABIC, "cp1256", meta("windows-1256")), None, "windows-1256", SURE),
    ("meta tis-620", coded(THAI, "cp874", meta("TIS-620")), None, "windows-874", SURE),
    ("meta macintosh", coded(FRENCH, "mac_roman", meta("macintosh")), None, "macintosh", SURE),
    ("meta shift_jis, Microsoft's characters", coded(JAPANESE_VENDOR, "cp932", meta("Shift_JIS")), None, "shift_jis", SURE),
    ("meta euc-jp", coded(JAPANESE, "euc_jp", meta("EUC-JP")), None, "euc-jp", SURE),
    ("meta euc-jp, vendor's characters", coded(JAPANESE + "①②③", "euc_jis_2004", meta("EUC-JP")), None, "euc-jp", SURE),
    ("meta iso-2022-jp", coded(JAPANESE, "iso2022_jp", meta("iso-2022-jp")), None, "iso-2022-jp", SURE),
    ("meta gb2312, GBK characters", coded(CHINESE_GBK, "gbk", meta("gb2312")), None, "gbk", SURE),
    ("meta gb18030, four bytes", coded(CHINESE_FOUR_BYTES, "gb18030", meta("gb18030")), None, "gb18030", SURE),
    ("meta big5 with Hong Kong characters", coded(HONG_KONG, "big5hkscs", meta("big5")), None, "big5", SURE),
    ("meta euc-kr with cp949 syllables", coded(KOREAN_CP949, "cp949", meta("euc-kr")), None, "euc-kr", SURE),
    ("meta ks_c_5601-1987", coded(KOREAN_CP949, "cp949", http_equiv("ks_c_5601-1987")), None, "euc-kr", SURE),
    ("utf-16le with a mark", (page(JAPANESE), b"\xff\xfe" + page(JAPANESE).encode("utf-16-le")), None, "utf-16le", SURE),
    ("utf-16be with a mark", (page(JAPANESE), b"\xfe\xff" + page(JAPANESE).encode("utf-16-be")), None, "utf-16be", SURE),
    ("utf-16le, the server says so", coded(JAPANESE, "utf-16-le"), "utf-16", "utf-16le", SURE),
    ("meta utf-16 means utf-8", coded(FRENCH, "utf-8", meta("utf-16")), None, "utf-8", SURE),
    ("meta behind byte 1,024", coded(RUSSIAN, "koi8_r", f"<style>{'p{}' * 2000}</style>{meta('koi8-r')}"), None, "koi8-r", SURE),
    ("meta in a comment, the real one behind", coded(RUSSIAN, "cp1251", f"<!-- {meta('koi8-r')} -->{meta('cp1251')}"), None, "windows-1251", SURE),
    ("meta in an attribute, the real one behind", coded(RUSSIAN, "cp1251", f"<i a='{meta('koi8-r')}'>{meta('cp1251')}"), None, "windows-1251", SURE),
    ("an unknown label, then a known one", coded(RUSSIAN, "cp1251", meta("cyr") + meta("cp1251")), None, "windows-1251", SURE),
    ("a codec no page may choose", coded(FRENCH, "utf-8", meta("unicode_escape")), "utf-7", "utf-8", SURE),
    ("ascii alone", coded("Plain words only. ", "ascii"), None, "utf-8", SURE),
    ("ascii alone, declared koi8-r", coded("Plain words only. ", "ascii", meta("koi8-r")), None, "utf-8", SURE),
    ("meta utf-8, bytes cp1252", coded(FRENCH, "cp1252", meta("utf-8")), None, "windows-1252", GUESSED),
    ("cp1252 undeclared", coded(FRENCH, "cp1252"), None, "windows-1252", GUESSED),
    ("windows-1251 undeclared", coded(RUSSIAN, "cp1251"), None, "windows-1251", GUESSED),
    ("koi8-r undeclared", coded(RUSSIAN, "koi8_r"), None, "koi8-r", GUESSED),
    ("shift_jis undeclared", coded(JAPANESE, "cp932"), None, "shift_jis", GUESSED),
    ("euc-jp undeclared", coded(JAPANESE, "euc_jp"), None, "euc-jp", GUESSED),
    ("iso-2022-jp undeclared", coded(JAPANESE, "iso2022_jp"), None, "iso-2022-jp", GUESSED),
    ("gbk undeclared", coded(CHINESE, "gbk"), None, "gbk", GUESSED),
    ("big5 undeclared", coded(TAIWANESE, "big5"), None, "big5", GUESSED),
    ("euc-kr undeclared", coded(KOREAN, "cp949"), None, "euc-kr", GUESSED),
    ("Greek undeclared", coded(GREEK, "iso8859_7"), None, "", GUESSED),
    ("utf-16le without a mark", coded(JAPANESE, "utf-16-le"), None, "utf-16le", GUESSED),
    ("utf-16be without a mark", coded(FRENCH, "utf-16-be"), None, "utf-16be", GUESSED),
    ("meta koi8-r in a comment, windows-1251", coded(RUSSIAN, "cp1251", f"<!-- {meta('koi8-r')} -->"), None, "windows-1251", GUESSED),
    ("charset in a script", coded(RUSSIAN, "cp1251", f"<script>var a = '{meta('koi8-r')}';</script>"), None, "windows-1251", GUESSED),
    ("100 KB of ascii, then one cp1252 letter", ((y := page("x " * 12_500) + "é"), y.encode("cp1252")), None, "windows-1252", GUESSED),
    ("one broken byte, utf-8 declared", broken(FRENCH, meta("utf-8")), None, "utf-8", GUESSED),
    ("one broken byte, nothing declared", broken(RUSSIAN, ""), None, "utf-8", GUESSED),
    ("one broken byte, latin-1 declared", broken(RUSSIAN, meta("latin1")), None, "utf-8", GUESSED),
    ("one broken byte, few other letters", broken("café ", meta("utf-8")), None, "utf-8", GUESSED),
    ("iso-8859-2 undeclared, Polish", coded(POLISH, "iso8859_2"), None, "iso-8859-2", GUESSED),
    ("windows-1250 undeclared, Czech", coded(CZECH, "cp1250"), None, "windows-1250", GUESSED),
    ("windows-1254 undeclared, Turkish", coded(TURKISH, "cp1254"), None, "windows-1254", GUESSED),
    ("windows-1255 undeclared", coded(HEBREW, "cp1255"), None, "windows-1255", GUESSED),
    ("windows-1256 undeclared", coded(ARABIC, "cp1256"), None, "windows-1256", GUESSED),
    ("windows-874 undeclared", coded(THAI, "cp874"), None, "windows-874", GUESSED),
    # Known to be undecided, each for its own reason.
    # Python's codec lacks the vendors' characters under this encoding.
    ("iso-2022-jp with vendor's characters", VENDOR_ESCAPES, None, "iso-2022-jp", UNDECIDED),
    # Browsers show such bytes as control characters; more likely the declaration is wrong.
    ("meta iso-8859-1, a byte without meaning", MEANINGLESS, None, "windows-1252", UNDECIDED),
    # Eight bytes that are valid UTF-8 as well as what is declared.
    ("few bytes, valid either way", coded("Ж", "utf-8", meta("gbk")), None, "utf-8", UNDECIDED),
]  # fmt: skip


@pytest.mark.parametrize(("case", "served", "encoding", "outcome"), [pytest.param(c[1], *c[2:], id=c[0]) for c in CASES])
def test_the_traps(case: tuple[str, bytes], served: str | None, encoding: str, outcome: str) -> None:
    text, body = case
    read = decode(body, served)
    assert read.utf8.decode() == read.text
    assert read.certain is (outcome == SURE)
    if encoding:
        assert read.encoding == encoding
    if outcome != UNDECIDED:
        assert read.text == text


def test_each_case_is_its_own() -> None:
    assert len({case[0] for case in CASES}) == len(CASES) >= 48


def test_a_page_cut_inside_a_letter_stays_utf8() -> None:
    read = decode(page("plain", meta("utf-8")).encode() + "é".encode()[:1], None)
    assert (read.encoding, read.certain, read.text[-1]) == ("utf-8", False, "\ufffd")


def test_a_replacement_character_in_the_page_itself_is_not_certain() -> None:
    assert not decode("<p>caf\ufffd</p>".encode(), None).certain


@pytest.mark.parametrize("wide", [b"\xff\xfe\x00\xd8<\x00", b"\xfe\xff\xd8\x00\x00<\x00", b"\xff\xfe<\x00p", b"\xff\xfe\x00\x00<\x00\x00\x00\xff"])
def test_wide_text_with_faults_is_read_and_not_certain(wide: bytes) -> None:
    read = decode(wide, None)
    assert "<" in read.text
    assert not read.certain


def test_valid_utf8_is_not_copied() -> None:
    body = page(RUSSIAN).encode()
    assert decode(body, None).utf8 is body


def test_labels_name_codecs_that_exist() -> None:
    for line in _TABLE.strip().split("\n"):
        name, _, labels = line.split("|")
        assert all(name_of(f" {label.upper()}\n") == name for label in labels.split())
        for codec in codecs_of(name):
            assert b"a\0".decode(codec).startswith(("a", "\u6100"))


@pytest.mark.parametrize("label", ["utf-7", "unicode_escape", "idna", "rot13", "cp037", "", "utf-8\0", "a" * 10_000, "../x"])
def test_labels_that_browsers_do_not_know(label: str) -> None:
    assert name_of(label) is None


@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "shift_jis", "utf-16", "iso-2022-jp", "x", "koi8-r"]))
def test_any_bytes_are_read(body: bytes, served: str | None) -> None:
    read = decode(body, served)
    assert read.utf8.decode() == read.text
    assert not (read.certain and "\ufffd" in read.text)


@given(st.text(alphabet=st.characters(exclude_characters="\0\x1b\ufeff\ufffd", exclude_categories=["Cs"]), min_size=20))
def test_utf8_without_a_declaration_is_certain(text: str) -> None:
    read = decode(text.encode(), None)
    assert (read.text, read.encoding, read.certain) == (text, "utf-8", True)


@pytest.mark.parametrize(
    "body",
    [b"\xff" * 2_000_000, b"<meta " * 300_000 + b"\xff", b"<meta charset=x>" * 100_000 + b"\xff", b"\x1b$B" * 500_000, b"<!--" * 400_000 + b"\xe9"],
    ids=["not utf-8", "unclosed metas", "metas", "escapes", "comments"],
)
def test_hostile_bytes_take_no_time(body: bytes) -> None:
    assert ends(lambda: decode(body, None), within=10)


def test_the_usual_page_imports_no_detector() -> None:
    program = (
        "import sys; from checker.page.decode import decode; decode('<p>é</p>'.encode(), None);"
        "sys.exit(any(name in sys.modules for name in ('bs4', 'charset_normalizer', 'lxml')))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
