"""One plan in workbooks as people and programs change them: the same plan, or a problem, never another plan."""

from collections.abc import Callable, Iterator
from datetime import datetime, time
from io import BytesIO
from random import Random
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from tests.appraisal import checker, plan_of
from tests.forms import changed_book, without_order
from tests.layout import SHEETS, TABLES
from tests.plan_classes import Plan
from tests.properties import examples
from tests.strategies import plans
from tests.workbooks import SHAPE, anchor, controlled, drawn, parts_changed
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.documents import read
from thamdinh.engine.documents.document import Document
from thamdinh.engine.forms import workbook
from thamdinh.engine.forms.layout import MARK, FormColumn, Table
from thamdinh.engine.forms.recognition import TELLING
from thamdinh.engine.forms.saving import saved
from thamdinh.engine.model.integrity import read_plan

Book = openpyxl.Workbook
Change = Callable[[Book, Random], None]
HEADINGS = 3


# Where things are in a form


def _columns(sheet: Worksheet, table: Table) -> dict[int, FormColumn]:
    labels = {column.label: column for column in table.columns}
    return {found.column: labels[found.value] for found in sheet[HEADINGS] if found.value in labels}


def _filled(sheet: Worksheet, table: Table) -> list[int]:
    """The rows of a table that hold something."""
    numbers = _columns(sheet, table)
    rows = range(HEADINGS + 1, sheet.max_row + 1)
    return [row for row in rows if any(sheet.cell(row, number).value is not None for number in numbers)]


def _cells(book: Book, *holds: str) -> Iterator[Any]:
    """The cells that hold something under columns of these kinds (all, if none is named)."""
    for table in TABLES:
        sheet = book[table.sheet]
        for row in _filled(sheet, table):
            for number, column in _columns(sheet, table).items():
                found = sheet.cell(row, number)
                if found.value is not None and (not holds or column.holds in holds):
                    yield found


def _some(items: Iterator[Any], random: Random) -> list[Any]:
    known = list(items)
    return random.sample(known, random.randint(1, len(known))) if known else []


def _move(found: Any, to: Any) -> None:
    """Move a cell with its kind: text that looks like a formula stays text."""
    to.value, to.data_type, to.number_format = found._value, found.data_type, found.number_format
    found.value = None


# What changes nothing


def _ticks(book: Book, random: Random) -> None:
    for found in _some(_cells(book, "mark"), random):
        mark, font = random.choice([("X", None), ("✓", None), ("☒", None), ("Có", None), (True, None), *_SYMBOLS])
        found.value = mark
        if font is not None:
            found.font = Font(name=font)


_SYMBOLS: list[tuple[Any, str | None]] = [
    ("ü", "Wingdings"),
    ("\uf0fe", "Wingdings"),
    ("R", "Wingdings 2"),
    ("a", "Webdings"),
]
_FORMS = (
    "{0:%d/%m/%Y %H:%M}",
    "{0:%Hh%M}, ngày {0:%d-%m-%Y}",
    "{0.hour} giờ {0:%M} phút, ngày {0.day} tháng {0.month} năm {0.year}",
    "ngày {0.day} tháng {0.month} năm {0.year} lúc {0.hour} giờ {0.minute}",
    "{0:%d.%m.%y} {0.hour}g{0:%M}",
    "{0:%Y-%m-%dT%H:%M}",
)


def _dates(book: Book, random: Random) -> None:
    for found in _some(_cells(book, "instant", "instants"), random):
        if isinstance(found.value, datetime):
            if random.random() < 0.6:
                found.value = random.choice(_FORMS).format(found.value)
            else:
                found.number_format = random.choice(
                    ["hh:mm", "d/m/yyyy", "mmm-yy", "yyyy-mm-dd hh:mm:ss", '"lúc "hh:mm']
                )


def _short_ends(book: Book, random: Random) -> None:
    """Ends on the day of their start, without the day."""
    sheet = book["Chương trình"]
    for row in _filled(sheet, TABLES[0]):
        start, end = sheet.cell(row, 2), sheet.cell(row, 3)
        if (
            isinstance(start.value, datetime)
            and isinstance(end.value, datetime)
            and start.value.date() == end.value.date()
        ):
            end.value = random.choice([f"{end.value:%H:%M}", time(end.value.hour, end.value.minute)])


def _iso(book: Book, _: Random) -> None:
    book.iso_dates = True


def _since_1904(book: Book, _: Random) -> None:
    book.epoch = CALENDAR_MAC_1904


def _hide(book: Book, random: Random) -> None:
    sheet = random.choice(book.worksheets)
    sheet.row_dimensions[random.randint(1, 9)].hidden = True
    sheet.column_dimensions[random.choice("BCDEFG")].hidden = True
    sheet.print_area = f"A1:{random.choice('BDZ')}{random.choice([5, 99])}"
    sheet.oddHeader.center.text = "&P/&N, Đảng bộ xã"
    white = DifferentialStyle(font=Font(color="FFFFFFFF"))
    sheet.conditional_formatting.add("B4:H9", Rule("expression", formula=["TRUE"], dxf=white))
    random.choice(book.worksheets[1:]).sheet_state = random.choice(["hidden", "veryHidden"])


def _overlook(book: Book, random: Random) -> None:
    for found in _some(_cells(book), random):
        manner = random.choice([{"strike": True}, {"color": "FFFFFFFF"}, {"size": 1}, {"name": "Arial"}])
        if not (manner.get("name") and "ings" in found.font.name):
            found.font = Font(**({"name": found.font.name} | manner))
    for found in _some(_cells(book, "text", "choice", "person"), random)[:3]:
        found.number_format = random.choice([";;;", "0", "General"])


def _dressed(book: Book, random: Random) -> None:
    """Colours over whole rows, blanks around and within what is written, indents, and text over empty cells beside it."""
    sheet = book["Thành phần"]
    for found in sheet[random.randint(4, 9)]:
        found.fill = PatternFill("solid", start_color=random.choice(["FFFFFF00", "FFDDEEFF"]))
    for found in _some(_cells(book, "text", "choice"), random)[:3]:
        if found.data_type == "s" and " " in found.value and not found.value.startswith("="):
            far = random.choice(["  ", " " * 50, "\n\n\n\n"])
            found.value = random.choice(
                [found.value.replace(" ", far, 1), f"{far}{found.value}", f"{found.value}{far}"]
            )
        found.alignment = Alignment(horizontal=random.choice([None, "right", "fill"]), indent=random.choice([0, 1, 9]))


def _gaps(book: Book, random: Random) -> None:
    sheet = book[random.choice(list(SHEETS)[1:])]
    sheet.insert_rows(random.randint(HEADINGS + 1, HEADINGS + 4), random.randint(1, 40))


def _columns_apart(book: Book, random: Random) -> None:
    for sheet in book.worksheets[1:-1]:
        sheet.insert_cols(random.randint(1, 6), random.randint(1, 2))


def _heading_again(book: Book, random: Random) -> None:
    sheet = book[random.choice(list(SHEETS)[1:])]
    row = random.randint(HEADINGS + 1, HEADINGS + 4)
    sheet.insert_rows(row)
    for found in sheet[HEADINGS]:
        sheet.cell(row, found.column).value = found.value


def _sheets_moved(book: Book, random: Random) -> None:
    random.shuffle(book._sheets)
    book.worksheets[0].title = "Trang đầu"


def _of_ones_own(book: Book, random: Random) -> None:
    people = book["Thành phần"] if "Thành phần" in book.sheetnames else book.worksheets[0]
    people.cell(HEADINGS, people.max_column + 1).value = "Ghi chú"
    people.cell(HEADINGS + 1, people.max_column).value = random.choice(["đi công tác", "x", 12])
    book.create_sheet("Nháp", random.randint(0, 3))["B2"] = "tính toán"
    for found in _some(_cells(book), random)[:2]:
        found.comment = Comment("Hỏi lại", "Văn phòng")


def _drawn_beside(book: Book, random: Random) -> None:
    book["Thành phần"].cell(1, 20).value = "Nơi nhận: Huyện ủy"


ALIKE: tuple[Change, ...] = (
    _ticks,
    _dates,
    _short_ends,
    _iso,
    _since_1904,
    _hide,
    _overlook,
    _dressed,
    _gaps,
    _columns_apart,
    _heading_again,
    _of_ones_own,
    _drawn_beside,
    _sheets_moved,
)
"""In this order: what comes later finds what the earlier ones leave."""


# What may be understood or not


def _has_members(book: Book, table: Table) -> bool:
    sheet = book[table.sheet]
    roles = [number for number, column in _columns(sheet, table).items() if column.path == ("role",)]
    return all(sheet.cell(row, number).value is not None for row in _filled(sheet, table) for number in roles)


def _last_rows(book: Book, random: Random) -> tuple[Worksheet, Table, list[int]]:
    # A committee without members is a code and a name: such words may be anything.
    tables = [table for table in TABLES if _filled(book[table.sheet], table) and _has_members(book, table)]
    table = random.choice(tables or [TABLES[0]])
    rows = _filled(book[table.sheet], table)
    return book[table.sheet], table, rows[-random.randint(1, 3) :]


def _to_another_sheet(book: Book, random: Random) -> None:
    """The last rows of a table go on in a sheet of their own, with headings or without."""
    sheet, table, rows = _last_rows(book, random)
    telling = all(
        any(
            sheet.cell(row, number).value is not None and column.holds in TELLING
            for number, column in _columns(sheet, table).items()
        )
        for row in rows
    )
    # Words alone in a sheet of another name may be anything.
    title = random.choice([f"{sheet.title} (2)", "Tiếp theo"]) if telling else f"{sheet.title} (2)"
    to = book.create_sheet(title, random.choice([None, book.index(sheet) + 1, 0]))
    left, top = random.choice([0, 0, 1, 1 - min(_columns(sheet, table))]), random.choice([1, 1, 4])
    for number in _columns(sheet, table):
        if random.random() < 0.1 or (top == 4 and left >= 0):
            to.cell(3, number + left).value = sheet.cell(HEADINGS, number).value
        for offset, row in enumerate(rows):
            _move(sheet.cell(row, number), to.cell(top + offset, number + left))


def _aside(book: Book, random: Random) -> None:
    """The last rows of a table stand elsewhere in its sheet: beside it, below it, above its headings."""
    sheet, table, rows = _last_rows(book, random)
    right, down = random.choice([(1, 0), (2, 0), (15, 0), (0, 30), (7, 60), (-1, 0)]), 0
    for number in sorted(_columns(sheet, table), reverse=right[0] > 0):
        for row in rows:
            _move(sheet.cell(row, number), sheet.cell(row + right[1] + down, max(1, number + right[0])))


def _column_astray(book: Book, random: Random) -> None:
    """One column of a table stands under another label, under none, or twice."""
    table = random.choice(TABLES)
    sheet = book[table.sheet]
    number = random.choice(list(_columns(sheet, table)))
    last = sheet.max_column + 1
    kind = random.choice(["renamed", "unnamed", "moved", "twice"])
    if kind in ("renamed", "unnamed"):
        sheet.cell(HEADINGS, number).value = None if kind == "unnamed" else f"{sheet.cell(HEADINGS, number).value} khác"
        return
    for row in range(HEADINGS, sheet.max_row + 1):
        value = sheet.cell(row, number).value
        if kind == "moved":
            _move(sheet.cell(row, number), sheet.cell(row, last))
        elif not isinstance(value, str) or not value.startswith("="):
            sheet.cell(row, last).value = value


def _merged(book: Book, random: Random) -> None:
    """Cells are merged, sideways or downwards; what they covered is gone."""
    found = random.choice(list(_cells(book)) or [book.worksheets[0]["B3"]])
    sheet = found.parent
    # What is merged downwards says the same of every row: so it must have been the same.
    down = int(sheet.cell(found.row + 1, found.column).value == found.value)
    # A mark over two columns is one in both.
    right = 0 if found.value == MARK else random.randint(0, 2)
    sheet.merge_cells(
        start_row=found.row, end_row=found.row + down, start_column=found.column, end_column=found.column + right
    )


def _fields_astray(book: Book, random: Random) -> None:
    """A field stands elsewhere: below, beside, in another sheet."""
    sheet = book["Kế hoạch"]
    row = random.randint(3, 9)
    to = random.choice(
        [sheet.cell(30, 1), sheet.cell(row, 4), book["Thành phần"].cell(90, 2), book["Kết quả"].cell(1, 12)]
    )
    _move(sheet.cell(row, 2), to.offset(0, 1))
    _move(sheet.cell(row, 1), to)


def _formulas(book: Book, random: Random) -> None:
    for found in _some(_cells(book, "count", "instant"), random)[:2]:
        found.value = random.choice(["=TODAY()", "=1+1", "=[1]A!B2"])


def _errors(book: Book, random: Random) -> None:
    for found in _some(_cells(book), random)[:1]:
        found.value, found.data_type = random.choice(["#N/A", "#REF!"]), "e"


def _drawn_marks(book: Book, random: Random) -> None:
    """Marks that are no letters, or that show over the cells beside them."""
    for found in _some(_cells(book, "mark"), random)[:2]:
        kind, beside = (
            random.choice(["crossed", "dark", "spread", "moved"]),
            found.parent.cell(found.row, found.column + 1),
        )
        if kind == "crossed":
            found.value, found.border = None, Border(diagonalUp=True, diagonal=Side("medium"))
        elif kind == "dark":
            found.value, found.fill = None, PatternFill("solid", start_color="FF000000")
        elif kind == "spread" and beside.value is None:
            found.alignment = beside.alignment = Alignment(horizontal=random.choice(["fill", "centerContinuous"]))
        elif kind == "moved":
            found.alignment = Alignment(indent=8)


DOUBTFUL: tuple[Change, ...] = (
    _drawn_marks,
    _to_another_sheet,
    _aside,
    _column_astray,
    _merged,
    _fields_astray,
    _formulas,
    _errors,
)


# What programs write, and what lies over cells


def _escaped(content: bytes, random: Random) -> bytes:
    """Some letters of the shared texts as their escapes, some texts in runs, with comments of XML in between."""

    def change(name: str, old: bytes) -> bytes:
        if name != "xl/sharedStrings.xml":
            return old
        text = old.decode()
        for letter in random.sample("aeiouđư", 2):
            text = "".join(
                f"_x{ord(mark):04X}_" if mark == letter and inside and random.random() < 0.3 else mark
                for mark, inside in _inside(text)
            )
        return text.replace("ng</t>", "n<!-- -->g</t>").encode()

    return parts_changed(content, change)


def _inside(text: str) -> Iterator[tuple[str, bool]]:
    """Every character of an XML part, and whether it stands between tags, outside of entities."""
    tag = entity = False
    for mark in text:
        tag = mark == "<" or (tag and mark != ">")
        entity = mark == "&" or (entity and mark != ";")
        yield mark, not tag and not entity and mark != ">"


def _covered(content: bytes, random: Random) -> bytes:
    """A mark is taken away, and a picture of it put over its cell, or a check box."""
    book = openpyxl.load_workbook(BytesIO(content))
    marks = [found for found in _cells(book, "mark") if found.parent.title in ("Thành phần", "Báo cáo")]
    if not marks:
        return content
    found = random.choice(marks)
    number = book.index(found.parent) + 1
    spot = (found.row - 1, found.column - 1)
    found.value = None
    made = saved(book)
    if random.random() < 0.5:
        return drawn(made, number, anchor(spot, (spot[0] + 1, spot[1] + 1), random.choice(["<xdr:pic/>", SHAPE])))
    return controlled(made, number, "Checkbox", spot, "<x:Checked>1</x:Checked>")


# The properties


def _saved(data: dict[str, Any], changes: list[Change], random: Random) -> tuple[Plan, bytes]:
    plan = plan_of(data)
    content = changed_book(workbook.write(plan), lambda book: [change(book, random) for change in changes])
    return without_order(plan), content


def _rules(plan: Plan, document: Document) -> list[tuple[str, str]]:
    found = checker().check(plan, document).findings
    return sorted((finding.rule, finding.subject.id) for finding in found)


@pytest.mark.long
@examples(0.5)
@given(
    data=plans(),
    changes=st.lists(st.sampled_from(ALIKE), max_size=4, unique=True),
    random=st.randoms(use_true_random=False),
)
def test_what_people_and_programs_do_to_a_form_leaves_the_plan_as_it_is(
    data: dict[str, Any], changes: list[Change], random: Random
) -> None:
    plan, content = _saved(data, sorted(changes, key=ALIKE.index), random)
    document = read("plan.xlsx", _escaped(content, random))
    made = without_order(read_plan(document))
    assert made == plan
    assert _rules(made, document) == _rules(plan, document)


@pytest.mark.long
@examples(1)
@given(
    data=plans(),
    changes=st.lists(st.sampled_from(ALIKE[:-1]), max_size=2, unique=True),
    doubtful=st.lists(st.sampled_from(DOUBTFUL), min_size=1, max_size=2, unique=True),
    random=st.randoms(use_true_random=False),
)
def test_whatever_is_done_to_a_form_it_holds_the_same_plan_or_a_problem(
    data: dict[str, Any], changes: list[Change], doubtful: list[Change], random: Random
) -> None:
    # What moves rows and columns comes last: it knows where the form has them.
    order = sorted(changes, key=ALIKE.index)
    early = [change for change in order if change not in (_gaps, _columns_apart, _heading_again)]
    plan, content = _saved(data, [*early, *sorted(doubtful, key=lambda change: change is _merged)], random)
    try:
        document = read("plan.xlsx", content)
        made = without_order(read_plan(document))
    except Unreadable:
        return
    assert made == plan
    assert _rules(made, document) == _rules(plan, document)


@pytest.mark.long
@examples(0.3)
@given(data=plans(), random=st.randoms(use_true_random=False))
def test_a_mark_that_only_lies_over_its_cell_is_told(data: dict[str, Any], random: Random) -> None:
    content = workbook.write(plan_of(data))
    covered = _covered(content, random)
    if covered != content:
        with pytest.raises(Unreadable):
            read_plan(read("plan.xlsx", covered))
