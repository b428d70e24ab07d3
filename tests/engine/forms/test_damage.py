"""Damaged and hostile files: whatever is done to a package, it is a plan, or it is refused in words."""

from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.forms import base_book, base_document, cell
from tests.packages import parts_of
from tests.plans import problems
from tests.properties import examples
from thamdinh.engine.base.archives import packed
from thamdinh.engine.base.problem import Place, Unreadable
from thamdinh.engine.documents import read
from thamdinh.engine.forms.package import open_package
from thamdinh.engine.model.integrity import read_plan
from thamdinh.engine.model.types import MOST_ROWS
from thamdinh.engine.reporters.annotation.annotate import annotate
from thamdinh.engine.reporters.annotation.marks import Mark

ODD = (
    "",
    "0",
    "-1",
    "9" * 5000,
    "A1",
    "XFD1048576",
    "ZZZZZ9999999999",
    "\u0663",
    "1e999",
    "nan",
    "s",
    "e",
    "n",
    "&#x41;",
)


@cache
def _parts(suffix: str) -> dict[str, bytes]:
    content = base_book() if suffix == ".xlsx" else base_document()
    return parts_of(content)


def _survives(content: bytes, suffix: str) -> None:
    """Reading and annotating either work or are refused; nothing else is ever raised."""
    problems(lambda: read_plan(read(f"plan{suffix}", content)))
    place = Place("plan", sheet="Thành phần", cell="C4") if suffix == ".xlsx" else Place("plan", table=6, row=2, cell=3)
    problems(lambda: annotate("plan", content, suffix, [Mark("error", "TD301", "a", "b", place)], "vi"))


def _attributes(part: bytes) -> list[tuple[int, int]]:
    """Where the values of attributes stand."""
    found, quoted = [], part.split(b'"')
    position = 0
    for number, piece in enumerate(quoted):
        if number % 2:
            found.append((position, position + len(piece)))
        position += len(piece) + 1
    return found


@pytest.mark.long
@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
@examples(0.8)
@given(data=st.data())
def test_an_odd_value_anywhere_is_no_crash(suffix: str, data: st.DataObject) -> None:
    parts = dict(_parts(suffix))
    name = data.draw(
        st.sampled_from(sorted(part for part in parts if part.endswith((".xml", ".rels")) and "theme" not in part))
    )
    spots = _attributes(parts[name])
    for _ in range(data.draw(st.integers(1, 3))):
        start, end = data.draw(st.sampled_from(spots))
        parts[name] = parts[name][:start] + data.draw(st.sampled_from(ODD)).encode() + parts[name][end:]
    _survives(packed(parts), suffix)


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
@examples(0.4)
@given(data=st.data())
def test_a_part_that_is_gone_or_cut_or_another_is_no_crash(suffix: str, data: st.DataObject) -> None:
    parts = dict(_parts(suffix))
    name = data.draw(st.sampled_from(sorted(parts)))
    change: Callable[[bytes], bytes | None] = data.draw(
        st.sampled_from(
            [
                lambda part: None,
                lambda part: part[: len(part) // 2],
                lambda part: b"",
                lambda part: part.replace(b"<", b"< ", 1),
                lambda part: parts[data.draw(st.sampled_from(sorted(parts)))],
            ]
        )
    )
    changed = change(parts[name])
    parts = {key: part for key, part in (parts | {name: changed}).items() if part is not None}
    _survives(packed(parts), suffix)


@examples(0.4)
@given(st.integers(0, 3000), st.binary(min_size=1, max_size=8))
def test_bytes_overwritten_anywhere_are_no_crash(position: int, overwritten: bytes) -> None:
    content = base_book()
    _survives(content[:position] + overwritten + content[position + len(overwritten) :], ".xlsx")


_MAIN = {".xlsx": "xl/workbook.xml", ".docx": "word/document.xml"}
_EVIL = b'<Relationship Id="evil" Type="%s/officeDocument" Target="evil.xml"/><Relationship '


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_a_relation_that_office_programs_pass_over_is_passed_over(suffix: str) -> None:
    """A copy of the main part with another plan in it can't be put before the one that people see."""
    parts = dict(_parts(suffix))
    relations = parts["_rels/.rels"]
    assert b"<Relationship " in relations
    parts["evil.xml"] = b"<evil/>"
    parts["_rels/.rels"] = relations.replace(b"<Relationship ", _EVIL % b"urn:evil", 1)
    assert read_plan(read(f"plan{suffix}", packed(parts)))


def test_a_sheet_is_the_part_that_excel_opens() -> None:
    parts = dict(_parts(".xlsx"))
    book = parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = book.replace(b"<sheet ", b'<sheet xmlns:z="urn:z" z:id="rId1" ')
    assert book.count(b"<sheet ") > 1
    assert read_plan(read("plan.xlsx", packed(parts))) == read_plan(read("plan.xlsx", packed(_parts(".xlsx"))))


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_two_parts_for_one_thing_are_refused(suffix: str) -> None:
    """Which of them people see would be a guess."""
    parts = dict(_parts(suffix))
    known = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    twice = parts | {
        "_rels/.rels": parts["_rels/.rels"].replace(b"<Relationship ", _EVIL % known, 1),
        "evil.xml": b"<evil/>",
    }
    cased = parts | {_MAIN[suffix].title(): parts[_MAIN[suffix]]}
    for content in (packed(twice), packed(cased), b"before" + packed(parts)):
        (problem,) = problems(lambda content=content: read(f"plan{suffix}", content))
        assert problem.code == "PL006"


@pytest.mark.long
def test_a_table_of_more_rows_than_a_plan_may_have_is_told_once_and_read_no_further() -> None:
    def add(book: Workbook) -> None:
        sheet = book["Thành phần"]
        for row in range(10, MOST_ROWS + 20):
            sheet.cell(row, 3, f"người {row}")

    (problem,) = problems(lambda: read_plan(read("plan.xlsx", base_book(add))))
    assert problem.code == "PL002"
    assert "20.000 dòng" in problem.message.vi


@pytest.mark.parametrize(("length", "said"), [(32_767, "dài quá 2.000 ký tự"), (32_768, "Ô dài quá 32.767 ký tự")])
def test_a_cell_that_no_program_can_make_is_told(length: int, said: str) -> None:
    venue = "Hoi truong"  # in ASCII, as the library writes all else in escapes
    content = base_book(lambda book: setattr(cell(book["Kế hoạch"], "Địa điểm"), "value", venue))
    parts = {name: part.replace(venue.encode(), b"x" * length) for name, part in parts_of(content).items()}
    assert any(said in problem.message.vi for problem in problems(lambda: read_plan(read("plan.xlsx", packed(parts)))))


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_every_part_is_unpacked_as_zipfile_does(suffix: str) -> None:
    content = base_book() if suffix == ".xlsx" else base_document()
    package = open_package("plan", content, suffix)
    assert {name: package.bytes(name) for name in package.members} == parts_of(content)


_LOCAL, _CENTRAL = b"PK\x03\x04", b"PK\x01\x02"


@pytest.mark.parametrize(
    ("header", "at", "value"),
    [(_CENTRAL, 16, b"1234"), (_CENTRAL, 24, b"\x07\0\0\0"), (_CENTRAL, 20, b"\x07\0\0\0"), (_LOCAL, 30, b"Z"), (_CENTRAL, 10, b"\x0c")],
)  # fmt: skip
def test_a_part_that_is_not_what_its_archive_says_is_refused(header: bytes, at: int, value: bytes) -> None:
    content = bytearray(base_book())
    begin = content.find(header) + at
    content[begin : begin + len(value)] = value
    with pytest.raises(Unreadable):
        _every_part(bytes(content))


def _every_part(content: bytes) -> list[bytes]:
    package = open_package("plan.xlsx", content, ".xlsx")
    return [package.bytes(name) for name in package.members]
