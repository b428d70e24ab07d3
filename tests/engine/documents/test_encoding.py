"""Only UTF-8 is read; every other encoding and format is named, with the way to convert it (PL006)."""

import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plans import PLAN, problems
from tests.properties import examples
from thamdinh.engine.documents import legacy, read
from thamdinh.engine.documents.encoding import decode

_COMPOSED_VNI = {letter: code for code, letter in legacy._VNI_LETTERS.items()}
_VNI_MARKS = {
    unicodedata.normalize("NFD", unicodedata.normalize("NFC", "a" + mark))[1:]: code
    for code, mark in legacy._VNI_MARKS.items()
}


def to_tcvn3(text: str) -> str:
    return text.translate({ord(letter): code for code, letter in legacy._TCVN3.items()})


def to_vni(text: str) -> str:
    def letter(character: str) -> str:
        lower = character.lower()
        if lower in "íì":
            return character
        if lower in _COMPOSED_VNI:
            written = _COMPOSED_VNI[lower]
        else:
            base, marks = _split(lower)
            written = _COMPOSED_VNI.get(base, base) + (_VNI_MARKS[marks] if marks else "")
        return written.upper() if character != lower else written

    return "".join(map(letter, text))


def _split(letter: str) -> tuple[str, str]:
    """The letter that VNI starts from (ơ and ư have codes of their own) and the marks it adds."""
    base, *marks = unicodedata.normalize("NFD", letter)
    if "\u031b" in marks:
        marks.remove("\u031b")
        base = unicodedata.normalize("NFC", base + "\u031b")
    return base, "".join(marks)


def to_windows_1258(text: str) -> bytes:
    def letter(character: str) -> bytes:
        try:
            return character.encode("cp1258")
        except UnicodeEncodeError:
            marks = unicodedata.normalize("NFD", character)
            tone = next(mark for mark in marks if legacy._TONES.match(mark))
            return unicodedata.normalize("NFC", marks.replace(tone, "")).encode("cp1258") + tone.encode("cp1258")

    return b"".join(map(letter, text))


VIETNAMESE = PLAN.replace("# Kế hoạch 😀", "#").replace("😀", "")
LEGACY: dict[str, tuple[bytes, str]] = {
    "TCVN3 bytes": (to_tcvn3(VIETNAMESE).encode("latin-1"), "TCVN3"),
    "TCVN3 pasted into UTF-8": (to_tcvn3(VIETNAMESE).encode(), "TCVN3"),
    "VNI bytes": (to_vni(VIETNAMESE).encode("latin-1"), "VNI"),
    "VNI pasted into UTF-8": (to_vni(VIETNAMESE).encode(), "VNI"),
    "Windows-1258 bytes": (to_windows_1258(VIETNAMESE), "Windows-1258"),
}


@pytest.mark.parametrize("case", LEGACY)
@pytest.mark.parametrize("name", ["plan.yaml", "plan.json"])
def test_a_legacy_encoding_is_named_and_its_text_shown_as_meant(case: str, name: str) -> None:
    content, encoding = LEGACY[case]
    (problem,) = problems(lambda: read(name, content))
    assert problem.code == "PL006"
    assert encoding in problem.message.vi
    assert "Đảng bộ xã Bình Khánh" in problem.message.vi
    assert "UniKey" in problem.fix.vi
    assert (problem.place.line, problem.place.column) == (4, 9)


@pytest.mark.parametrize("convert", [to_tcvn3, to_vni])
def test_the_conversion_tables_are_sound(convert: object) -> None:
    words = "Nghị quyết cấp ủy thể hiện rõ ưu, khuyết điểm; ở xã Mỹ Thạnh, nữ Ơn Ước"
    back = {to_tcvn3: legacy._from_tcvn3, to_vni: legacy._from_vni}[convert]  # type: ignore[index]
    lower = words.lower() if convert is to_tcvn3 else words
    assert back(convert(lower)) == lower  # type: ignore[operator]


@pytest.mark.parametrize(
    "text",
    [
        VIETNAMESE,
        unicodedata.normalize("NFD", VIETNAMESE),
        VIETNAMESE.upper(),
        "a: Café Müller à la carte, señor naïve façade Ångström déjà vu crème brûlée\n",
        "a: các cán bộ xã\n",
        "a: xã cán sá bá cá\n",
        "a: §¶\n",
        "a: São João não é só isso, à toa, avó, três\n",
        "a: ÀÁÂÃ ÈÉÊ ÌÍ ÒÓÔÕ ÙÚ Ý\n",
    ],
)
def test_text_in_unicode_is_not_suspected(text: str) -> None:
    assert decode("a.yaml", text.encode()) == text


OTHERS: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "Tệp trống", "is empty"),
    "blank": (b" \r\n\t", "Tệp trống", "is empty"),
    "a mark alone": (codecs.BOM_UTF8, "Tệp trống", "is empty"),
    "UTF-16 with a mark": (PLAN.encode("utf-16"), "UTF-16", "UTF-16"),
    "UTF-16, big end first": (codecs.BOM_UTF16_BE + PLAN.encode("utf-16-be"), "UTF-16", "UTF-16"),
    "UTF-16 without a mark": (PLAN.encode("utf-16-le"), "UTF-16", "UTF-16"),
    "UTF-16, big end first, without a mark": (PLAN.encode("utf-16-be"), "UTF-16", "UTF-16"),
    "UTF-32": (PLAN.encode("utf-32"), "UTF-32", "UTF-32"),
    "Word or Excel": (b"PK\x03\x04\x14\x00", "Word, Excel", "Word or Excel"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "đời cũ", "old Word"),
    "PDF": (b"%PDF-1.4\n", "PDF", "PDF"),
    "RTF": (b"{\\rtf1\\ansi}", "RTF", "RTF"),
}


@pytest.mark.parametrize("case", OTHERS)
def test_what_is_no_text_in_utf_8_is_named(case: str) -> None:
    content, vi, en = OTHERS[case]
    (problem,) = problems(lambda: decode("a.yaml", content))
    assert problem.code == "PL006"
    assert vi in problem.message.vi
    assert en in problem.message.en
    assert problem.place.line is None


@pytest.mark.parametrize(
    ("content", "line", "column", "vi"),
    [
        (b"a: 1\nb: \xff\n", 2, 4, "byte 0xFF"),
        ("ấ: 😀".encode() + b"\xe1\x28", 1, 5, "byte 0xE1"),
        (codecs.BOM_UTF8 + b"a: \x80", 1, 4, "byte 0x80"),
        ("a: 1\nb: xã".encode()[:-1], 2, 5, "cắt cụt"),
        ("a: 😀".encode()[:-2], 1, 4, "cắt cụt"),
        (b"a: \x00\n", 1, 4, "U+0000"),
        ("ấ: 😀\x07".encode(), 1, 5, "U+0007"),
        (b"a: 1\n\x1b[31m", 2, 1, "U+001B"),
        ("a: \x9b".encode(), 1, 4, "U+009B"),
        ("a: \ufffe".encode(), 1, 4, "U+FFFE"),
    ],
)
def test_what_spoils_a_text_is_shown_at_its_place(content: bytes, line: int, column: int, vi: str) -> None:
    (problem,) = problems(lambda: decode("a.yaml", content))
    assert (problem.code, problem.place.line, problem.place.column) == ("PL006", line, column)
    assert vi in problem.message.vi


def test_a_mark_is_no_text_and_counts_no_column() -> None:
    assert decode("a.yaml", codecs.BOM_UTF8 + b"a: 1") == "a: 1"


@examples(3)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    if not problems(lambda: decode("a.yaml", content)):
        assert decode("a.yaml", content) == content.decode("utf-8-sig")


@examples(2)
@given(st.text(st.sampled_from("xãbộồ µ¶·§éÐaûáôoäñ:\n"), max_size=60))
def test_the_search_for_legacy_text_ends_well_on_any_text(text: str) -> None:
    for pasted in (True, False):
        found = legacy.detect(text, pasted=pasted)
        assert found is None or text[found.offset :].startswith(found.written)
