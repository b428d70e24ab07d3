"""Rows that are marked up alike are read once: which rows those are, and that the others are there as they were written."""

from collections.abc import Callable

import pytest
from lxml import etree

from tests.appraisal import base_plan, plan_of
from tests.engine.forms.word_habits import W
from tests.packages import packed, parts_of
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.forms import read_document, word
from thamdinh.engine.forms.package import Package, open_package
from thamdinh.engine.forms.rows_alike import RowsAlike, put_itself, rows_alike

DOCUMENT = "word/document.xml"
WRITTEN = word.write(plan_of(base_plan()))


def _package(change: Callable[[bytes], bytes]) -> Package:
    parts = {name: change(part) if name == DOCUMENT else part for name, part in parts_of(WRITTEN).items()}
    return open_package("plan.docx", packed(parts), ".docx")


def _table(*rows: str, around: str = "{}") -> Package:
    inside = around.format("".join(f"<w:tr>{row}</w:tr>" for row in rows))
    part = f'<w:document xmlns:w="{W}"><w:body><w:tbl>{inside}</w:tbl></w:body></w:document>'
    return _package(lambda _: part.encode())


def _cell(text: str, before: str = "") -> str:
    return f"<w:tc>{before}<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def _stood_for(found: RowsAlike) -> int:
    return sum(not len(row) for row in found.rows)


def test_the_first_row_of_a_markup_is_there_and_stands_for_others() -> None:
    found = rows_alike(_table(_cell("một"), _cell("hai"), _cell("ba") * 2, _cell("bốn")), DOCUMENT)
    assert [b"".join(words).decode() for _, words in found.rows.values()] == ["một", "hai", "bốn"]
    assert [len(row) for row in found.rows] == [1, 0, 0]
    assert [*found.first.values()] == [next(iter(found.rows))]


def test_a_row_that_is_put_in_its_place_is_as_it_was_written() -> None:
    as_written = etree.tostring(rows_alike(_package(bytes), DOCUMENT, each=True).root, method="c14n")
    package = _package(bytes)
    found = rows_alike(package, DOCUMENT)
    assert _stood_for(found) > 3
    for row in [row for row in found.rows if not len(row)]:
        put_itself(found, row, package, DOCUMENT)
    kept = b' xml:space="preserve"'
    assert etree.tostring(found.root, method="c14n").replace(kept, b"") == as_written.replace(kept, b"")


@pytest.mark.parametrize(
    "second",
    [
        _cell("a &lt; b"),
        _cell("a", "<w:tcPr><w:vMerge/></w:tcPr>"),
        _cell("a").replace("<w:p>", "<w:p><w:bookmarkStart/>"),
        "<w:tc><w:tbl></w:tbl><w:p/></w:tc>",
        _cell("a", "<w:sdt/>"),
    ],
)
def test_rows_of_their_own_are_read_by_themselves(second: str) -> None:
    first = second.replace("a &lt; b", "a") if "&lt;" in second else _cell("a")
    repeated = (second,) * 2 if "bookmark" not in second else (second,)
    assert not _stood_for(rows_alike(_table(first, *repeated), DOCUMENT))


ODD = {
    "a comment": ("</w:tr>", "</w:tr><!-- <w:tr></w:tr> -->"),
    "data as they are": ("<w:t>hai", "<w:t><![CDATA[</w:tr>]]>hai"),
    "an instruction": ("</w:tr>", "</w:tr><?x </w:tr>?>"),
    "another space": ("<w:tr>", '<w:tr xmlns:x="other">'),
    "a row with attributes": ("<w:tr>", '<w:tr w:x="1">'),
    "an empty row": ("</w:tr>", "</w:tr><w:tr/>"),
    "no XML": ("hai", "h]]>ai"),
    "no character": ("hai", "h\x01ai"),
    "another end of lines": ("hai", "h\rai"),
    "a control around": ("</w:tbl>", "<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent/></w:sdt></w:tbl>"),
    "an alternative": ("</w:tbl>", "<mc:AlternateContent/></w:tbl>"),
}


@pytest.mark.parametrize("name", ODD)
def test_where_bytes_may_mislead_every_row_is_there(name: str) -> None:
    old, new = ODD[name]
    part = f'<w:document xmlns:w="{W}" xmlns:mc="mc"><w:body><w:tbl>{"".join(f"<w:tr>{_cell(word)}</w:tr>" for word in ("một", "hai"))}'
    content = f"{part}</w:tbl></w:body></w:document>"
    assert _stood_for(rows_alike(_package(lambda _: content.encode()), DOCUMENT)) == 1
    changed = content.replace(old, new).encode()
    try:
        assert not _stood_for(rows_alike(_package(lambda _: changed), DOCUMENT))
    except Unreadable:
        with pytest.raises(etree.XMLSyntaxError):
            etree.fromstring(changed)


def test_a_document_that_is_no_text_is_refused_as_a_whole() -> None:
    broken = _package(lambda part: part.replace(b"</w:tr>", b"\xff</w:tr>", 30))
    with pytest.raises(Unreadable):
        read_document.grids(broken)
