"""Cells that the bytes of a sheet tell are read as their elements would be."""

from typing import Any

import pytest
from lxml import etree

from tests.appraisal import base_plan, plan_of
from tests.workbooks import parts_changed
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.forms import read_workbook, workbook
from thamdinh.engine.forms.cell_styles import CellStyles
from thamdinh.engine.forms.package import Package, open_package
from thamdinh.engine.forms.plain_cells import MARK, plain_sheet

WRITTEN = workbook.write(plan_of(base_plan()))
SHEET = "xl/worksheets/sheet4.xml"
CELL = b'<c r="C4"'


def _found(content: bytes) -> Any:
    """All that is read of a workbook."""
    try:
        grids = read_workbook.grids(open_package("plan.xlsx", content, ".xlsx"))
    except Unreadable as refused:
        return str(refused)
    return [(grid.rows, grid.origins, grid.spans, grid.look, grid.notices) for grid in grids]


def _by_elements(package: Package, part: str, *_: object) -> Any:
    return package.xml(part), iter(())


def _plainly(content: bytes) -> int:
    """How many cells of the sheet are told by bytes."""
    package = open_package("plan.xlsx", content, ".xlsx")
    space = package.space(package.xml(package.main()), "workbook")
    return len([*plain_sheet(package, SHEET, space, CellStyles(package, None, None, space))[1]])


OLD = {
    "blanks between": (b"</c><c", b"</c>\n  <c"),
    "a formula": (CELL + b' s="3" t="inlineStr"><is><t>', CELL + b' s="3" t="str"><f>"x"</f><v>'),
    "a text in runs": (CELL + b' s="3" t="inlineStr"><is><t>', CELL + b' s="3" t="inlineStr"><is><r><t>A</t></r><t>'),
    "attributes in another order": (CELL + b' s="3" t="inlineStr"', b'<c t="inlineStr" s="3" r="C4"'),
    "one without a place": (CELL, b"<c"),
    "one out of order": (CELL, b'<c r="A4"'),
    "one far away": (CELL, b'<c r="XFE4"'),
    "a truth value": (CELL + b' s="3" t="inlineStr"><is><t>', CELL + b' s="3" t="b"><v>1</v></c><c><is><t>'),
    "a picture": (CELL + b' s="3" t="inlineStr"><is><t>', CELL + b' vm="1" t="e"><v>#VALUE!</v></c><c><is><t>'),
    "more of a row": (b"</row>", b"<extLst><ext/></extLst></row>"),
    "a cell elsewhere in a row": (b"</row>", b'<extLst><ext><c r="Z9"><v>1</v></c></ext></extLst></row>'),
    "words between cells": (CELL, b"5" + CELL),
    "the mark as an entity": (b"<is><t>p", b"<is><t>&#xE000;&#xE000;p"),
    "the mark itself": (b"<is><t>p", f"<is><t>{MARK}p".encode()),
    "an entity between cells": (CELL, b"&#57344;" + CELL),
    "a comment": (CELL, b'<!-- <c r="B9"><v>1</v></c> -->' + CELL),
    "data as they are": (CELL, b'<![CDATA[<c r="B9"><v>1</v></c>]]>' + CELL),
    "an instruction": (CELL, b'<?x <c r="B9"><v>1</v></c>?>' + CELL),
    "another space": (b"<row r=", b'<row xmlns="other" r='),
    "a comment before": (b"<sheetData>", b"<!-- <sheetData> --><sheetData>"),
    "a stranger's cells": (CELL, b'<other xmlns="other"><c r="B9"><v>1</v></c></other>' + CELL),
    "no XML": (b"</row>", b"</rows>"),
    "no entity": (b"<is><t>p", b"<is><t>&none;p"),
    "no text of XML": (b"<is><t>p", b"<is><t>]]>p"),
    "a row twice": (b'<row r="5"', b'<row r="4"'),
    "a low row": (b'<row r="5"', b'<row ht="1" r="5"'),
    "lines of its own kind": (b"<is><t>p", b"<is><t>\r\np"),
    "no number of a shared text": (CELL + b' s="3" t="inlineStr"><is><t>', CELL + b' t="s"><v></v></c><c><is><t>'),
}


@pytest.mark.parametrize("name", OLD)
def test_it_is_as_if_every_cell_were_read_as_an_element(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = OLD[name]
    content = parts_changed(WRITTEN, lambda part, text: text.replace(old, new, 3) if part == SHEET else text)
    assert content != WRITTEN
    plainly = _found(content)
    monkeypatch.setattr(read_workbook, "plain_sheet", _by_elements)
    assert plainly == _found(content)


@pytest.mark.parametrize("name", ["xlsx", "with a prefix", "of another default"])
def test_every_name_of_the_space_is_read_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def change(part: str, text: bytes) -> bytes:
        if part != SHEET or name == "xlsx":
            return text
        root = etree.fromstring(text)
        space = etree.QName(root).namespace
        spaces = {"x": space, None: "other"} if name == "of another default" else {"x": space}
        made = etree.Element(root.tag, nsmap=spaces)
        made.extend(list(root))
        return etree.tostring(made).replace(b"<x:c", b"<c").replace(b"</x:c>", b"</c>")

    content = parts_changed(WRITTEN, change)
    plainly = _found(content)
    monkeypatch.setattr(read_workbook, "plain_sheet", _by_elements)
    assert plainly == _found(content)


def test_all_cells_that_programs_write_are_told_by_their_bytes() -> None:
    package = open_package("plan.xlsx", WRITTEN, ".xlsx")
    assert _plainly(WRITTEN) == len([*package.xml(SHEET).iter("{*}c")]) > 10


@pytest.mark.parametrize(
    "name", ["the mark as an entity", "a cell elsewhere in a row", "a comment", "another space", "a stranger's cells"]
)
def test_where_bytes_may_mislead_no_cell_is_told_by_them(name: str) -> None:
    old, new = OLD[name]
    assert not _plainly(parts_changed(WRITTEN, lambda part, text: text.replace(old, new, 3) if part == SHEET else text))
