"""What is wrong with a form as a whole, or with one of its tables, in words for whoever filled it in."""

from typing import Final

from ..base.problem import SCHEMA, Place, Problem
from ..base.suggest import plain, shown, suggestion
from ..base.text import Text
from ..documents.document import Nowhere, Unclear
from ..model.description import Description
from ..model.document_types import DEFAULT
from .grid import Spot
from .headings import Heading
from .layout import FormColumn, Table
from .remarks import DOCUMENT
from .unclear import FAULTS


def _anew(known: Description | None = None) -> str:
    """The command that makes a form, of a type where that is known."""
    called_so = known.one.vi if known else "mẫu"
    of = "" if known is None or known.id == DEFAULT else f" --document {known.id}"
    return f"thamdinh new {plain(called_so).replace(' ', '-')}-moi.xlsx{of} --kind …"


def no_form(file: str) -> Problem:
    """The file holds nothing of the form."""
    return Problem(
        SCHEMA,
        Text(
            "Tệp không theo mẫu nào: không thấy bảng nào của mẫu",
            "The file is no form: it has no table of one",
        ),
        Text(
            f"Tạo mẫu bằng “{_anew()}” rồi chép nội dung vào, giữ nguyên dòng tiêu đề của các bảng",
            f"Make a form with “{_anew()}” and copy the content into it; keep the headings of the tables",
        ),
        Place(file),
    )


def version(found: object, known: Description) -> Unclear:
    """The form is of another version of its type than the one that this program reads."""
    expected = known.version
    written = found.written if isinstance(found, Unclear) else str(found)
    if isinstance(found, int) and found > expected:
        return Unclear(
            written,
            Text(
                f"Mẫu thuộc phiên bản {found}, mới hơn phiên bản {expected} của chương trình này",
                f"The form has version {found}, newer than version {expected} of this program",
            ),
            Text("Cập nhật thamdinh, rồi chạy lại", "Update thamdinh and run again"),
        )
    return Unclear(
        written,
        Text(
            f"Mẫu thuộc phiên bản “{shown(written)}”; chương trình này đọc phiên bản {expected}",
            f"The form has version “{shown(written)}”; this program reads version {expected}",
        ),
        Text(
            f"Tạo mẫu mới bằng “{_anew(known)}”, rồi chép nội dung từng bảng sang các cột cùng tên",
            f"Make a new form with “{_anew(known)}” and copy each table into the columns of the same names",
        ),
    )


def too_many_rows(table: Table, most: int) -> Unclear:
    """A table of the form has more rows than a plan may have."""
    number = f"{most:,}"
    return Unclear(
        table.name,
        Text(
            f"Bảng “{table.name}” có hơn {number.replace(',', '.')} dòng",
            f"The table “{table.name}” has more than {number} rows",
        ),
        Text(
            "Xóa các dòng thừa, hoặc chia thành nhiều {document}",
            "Delete rows that are too much, or split the {document}",
        ),
    )


def no_table(table: Table) -> Unclear:
    """A table of the form is not there."""
    labels = "”, “".join(column.label for column in table.columns if not column.optional)
    return Unclear(
        table.name,
        Text(
            f"Không tìm thấy bảng “{table.name}” (trang “{table.sheet}” của mẫu)",
            f"The table “{table.name}” (sheet “{table.sheet}” of the form) is not there",
        ),
        Text(
            f"Thêm bảng có dòng tiêu đề “{labels}”; không có nội dung thì để trống dưới dòng tiêu đề",
            f"Add a table with the headings “{labels}”; leave it empty below them if there is nothing to write",
        ),
    )


def two_tables(first: Heading) -> Unclear:
    """A table of the form is there twice."""
    where = first.grid.place(first.spot)
    return FAULTS["two_tables"](first.table.name, first.table.name, Text(where.describe("vi"), where.describe("en")))


def missing_columns(heading: Heading) -> tuple[Unclear, Spot] | None:
    """A table lacks a column that it needs, or has a column in its place whose name the form doesn't know."""
    present = list(heading.columns.values())
    missing = [column for column in heading.table.columns if column not in present]
    missing = [column for column in missing if not _can_do_without(column, present)]
    for column in missing:
        near = suggestion(column.label, heading.others.values())
        for number, label in heading.others.items():
            if label == near or (near is None and column.optional):
                return _unknown(label, column), (heading.row, number)
    for column in missing:
        if not column.optional:
            return _lacking(heading.table, column), heading.spot
    return None


def _can_do_without(column: FormColumn, present: list[FormColumn]) -> bool:
    """Names stand for codes, and codes for names."""
    return (
        column.optional
        and column.holds in ("reference", "name")
        and any(other is not column and other.path == column.path for other in present)
    )


def _unknown(label: str, column: FormColumn) -> Unclear:
    return FAULTS["unknown_column"](label, column.label)


def _lacking(table: Table, column: FormColumn) -> Unclear:
    return FAULTS["lacking_column"](column.label, table.name, column.label)


def twice(written: str, where: Place) -> Unclear:
    """A field is filled in twice, and not alike."""
    return FAULTS["twice"](written, Text(where.describe("vi"), where.describe("en")))


def no_row(table: Table, called: object) -> Nowhere:
    """A row says nowhere in which row of another table it stands, or in one that is not there."""
    if isinstance(called, Unclear):
        return Nowhere(called.written, called.message, called.fix)
    told = table.nowhere if called is None else table.elsewhere
    assert told is not None, table.name
    written = "" if called is None else str(called)

    def filled(text: Text) -> Text:
        return Text(text.vi.format(value=shown(written)), text.en.format(value=shown(written)))

    return Nowhere(written, filled(told.message), filled(told.fix))


code_needed: Final = FAULTS["code_needed"]
"""Several rows have the same name and no code, so that nothing tells them apart."""


merged_sideways: Final = FAULTS["merged_sideways"]
"""Cells of several columns are merged into one."""


def rows_unread(table: Table) -> Unclear:
    """Rows that look like those of a table, but stand under none of its headings."""
    return Unclear(
        table.name,
        Text(
            f"Nội dung ở đây giống dòng của bảng “{table.name}” nhưng không thuộc bảng nào của mẫu nên không được đọc",
            f"This looks like a row of the table “{table.name}”, but belongs to no table of the form, and was not read",
        ),
        Text(
            f"Chuyển vào bảng “{table.name}”, hoặc ghi dòng tiêu đề của bảng ở trên; không thuộc {DOCUMENT} thì xóa",
            f"Move it into the table “{table.name}” or put the table's headings above it; delete it if it is no part",
        ),
    )


column_unread: Final = FAULTS["column_unread"]
"""A cell in one of several columns that one heading is merged over: only the first of them is read."""


field_unread: Final = FAULTS["field_unread"]
"""The label of a field stands where fields are not looked for."""


in_page_heads: Final = FAULTS["in_page_heads"]
"""What looks like a part of the document stands above or below the pages of a sheet, where nothing is read."""


no_serial_number: Final = FAULTS["no_serial_number"]
"""The column of serial numbers holds something else: the row may have slipped by a column."""


field_in_one_cell: Final = FAULTS["field_in_one_cell"]
"""A field whose value stands in the cell of its label."""


no_heading: Final = FAULTS["no_heading"]
"""A cell inside a table stands in a column without a heading: the heading may be lost."""
