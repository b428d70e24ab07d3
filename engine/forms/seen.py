"""What a person does not see in a sheet as it is read: notices of it, and what can't be read where it may hold a value."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from ..base.problem import HIDDEN_READ, NOT_UNDERSTOOD, SHOWN_OTHERWISE
from ..base.text import Text
from ..documents.document import Unclear
from . import formulas
from .cells import is_blank
from .grid import Floating, Grid, Spot
from .headings import VERSION, Field, Heading
from .remarks import Remark, Remarks

_UNHIDE: Final = Text(
    "Bỏ ẩn (Unhide) rồi kiểm tra; nội dung không dùng thì xóa hẳn", "Unhide it and check; delete what is not meant"
)
_SHEET: Final = Remark(HIDDEN_READ, Text("Trang bị ẩn vẫn được đọc", "A hidden sheet was read"), _UNHIDE)
_ROWS: Final = Remark(
    HIDDEN_READ, Text("Dòng bị ẩn (hoặc bị lọc) vẫn được đọc", "Hidden or filtered rows were read"), _UNHIDE
)
_COLUMNS: Final = Remark(HIDDEN_READ, Text("Cột bị ẩn vẫn được đọc", "Hidden columns were read"), _UNHIDE)

_SHOW: Final = Text(
    "Trả lại chữ thường, màu đen; nội dung không dùng thì xóa hẳn",
    "Make it common black letters; delete what is not meant",
)
_VALUE: Final = Text(
    "Kiểm tra lại giá trị đã đọc; để chắc chắn thì ghi thẳng giá trị vào ô",
    "Check the value that was read; to be sure, write the value itself into the cell",
)
_CELLS: Final[dict[str, Remark]] = {
    "struck": Remark(HIDDEN_READ, Text("Chữ bị gạch ngang vẫn được đọc", "Struck text was read"), _SHOW),
    "tiny": Remark(HIDDEN_READ, Text("Chữ quá nhỏ vẫn được đọc", "Tiny text was read"), _SHOW),
    "faint": Remark(
        HIDDEN_READ, Text("Chữ cùng màu với nền vẫn được đọc", "Text in the colour of its ground was read"), _SHOW
    ),
    "format": Remark(
        HIDDEN_READ, Text("Định dạng số làm ẩn nội dung, vẫn được đọc", "What a number format hides was read"), _SHOW
    ),
    "otherwise": Remark(
        SHOWN_OTHERWISE,
        Text(
            "Ô hiện khác với giá trị lưu trong tệp, là giá trị được đọc",
            "Cells show another value than is stored, and was read",
        ),
        _VALUE,
    ),
    "formula": Remark(
        SHOWN_OTHERWISE,
        Text(
            "Ô lấy giá trị từ công thức; kết quả đã lưu được đọc",
            "Formulas decide cells; their stored results were read",
        ),
        _VALUE,
    ),
    "1904": Remark(
        SHOWN_OTHERWISE,
        Text("Ngày được tính theo lịch từ năm 1904", "Days are counted from 1904"),
        Text(
            "Kiểm tra lại ngày, nhất là khi đã chép từ tệp khác (lệch 4 năm 1 ngày)",
            "Check the dates, above all those copied from another file (4 years and a day apart)",
        ),
    ),
}
_REDRAWN: Final = Remark(
    SHOWN_OTHERWISE,
    Text(
        "Định dạng có điều kiện làm ô hiện khác với giá trị được đọc",
        "Conditional formatting shows other values than were read",
    ),
    _VALUE,
)
_NOTED: Final = Remark(
    NOT_UNDERSTOOD,
    Text("Ghi chú (comment) không được đọc", "Comments were not read"),
    Text(
        "Nếu ghi chú có nội dung của kế hoạch thì ghi vào ô",
        "If one holds something of the plan, write it into the cell",
    ),
)


@dataclass(slots=True)
class Read:
    """The cells of one grid that were read: those below headings, and those of fields."""

    areas: list[Heading] = field(default_factory=list)
    spots: dict[Spot, Field] = field(default_factory=dict)

    def holds(self, spot: Spot) -> bool:
        row, column = spot
        return spot in self.spots or any(part.row < row < part.end and column in part.columns for part in self.areas)

    def times_and_counts(self, spot: Spot) -> bool:
        """Whether a cell is one of a time or a number."""
        row, column = spot
        holds = [
            part.columns[column].holds for part in self.areas if part.row < row < part.end and column in part.columns
        ]
        return any(kind in ("instant", "instants", "count") for kind in holds)

    def under(self, floating: Floating, grid: Grid) -> Spot | None:
        """The first cell that was read, or could have been, below something that lies over cells; None if there is none."""
        (top, left), (bottom, right) = floating.first, floating.last
        for spot in self.spots:
            if top <= spot[0] <= bottom and left <= spot[1] <= right:
                return spot
        last = max(grid.rows, default=0)
        for part in self.areas:
            columns = [number for number in part.columns if left <= number <= right]
            first = max(top, part.row + 1)
            # One row more than there are: a mark below the last row may be meant as a row of its own.
            if columns and first <= min(bottom, part.end - 1, last + 1):
                return first, min(columns)
        return None


def reads(tables: Iterable[Heading], entries: Iterable[Field]) -> dict[int, Read]:
    """What was read of each grid, by the grid's id."""
    found: dict[int, Read] = {}
    for part in tables:
        found.setdefault(id(part.grid), Read()).areas.append(part)
    for entry in entries:
        found.setdefault(id(entry.grid), Read()).spots[entry.spot] = entry
    return found


def unseen(grid: Grid, read: Read, remarks: Remarks) -> Iterator[tuple[Spot, Unclear]]:
    """Remark what was read of a sheet and shows otherwise or not at all; gives what could not be read, by its cell."""
    look = grid.look
    _remark_hidden(grid, read, remarks)
    for kind, spots in look.cells.items():
        for spot in filter(read.holds, spots):
            remarks.add(_CELLS[kind], grid.place(spot))
            if kind == "formula" and look.unstable and read.times_and_counts(spot):
                value = grid.value(*spot)
                if not isinstance(value, Unclear):
                    yield spot, formulas.rests_on_unstable()
    for redrawn in look.redrawn:
        if (below := read.under(redrawn, grid)) is not None:
            remarks.add(_REDRAWN, grid.place(below))
    for spot in look.noted:
        if not any(spot[0] == part.row for part in read.areas):
            remarks.add(_NOTED, grid.place(spot))
    for floating in look.floating:
        if (below := read.under(floating, grid)) is not None:
            yield below, _over(floating)
        else:
            remarks.add(_beside(floating), grid.place(floating.first))


def _remark_hidden(grid: Grid, read: Read, remarks: Remarks) -> None:
    """Remark hidden sheets, rows and columns that hold something which was read."""
    look = grid.look
    if not (look.hidden or look.rows or look.columns):
        return
    for row, cells in grid.rows.items():
        columns = [number for number, value in cells.items() if not is_blank(value) and read.holds((row, number))]
        if not columns:
            continue
        # The version of the form stands in a hidden sheet of its own.
        if look.hidden and any(entry.column is not VERSION for entry in read.spots.values()) | bool(read.areas):
            remarks.add(_SHEET, grid.place_of(row, columns[0]))
            return
        if row in look.rows:
            remarks.add(_ROWS, grid.place_of(row, columns[0]))
        for number in look.columns.intersection(columns):
            remarks.add(_COLUMNS, grid.place_of(row, number))
            look.columns.discard(number)


def _over(floating: Floating) -> Unclear:
    what = floating.what
    return Unclear(
        what.vi,
        Text(
            f"Có {what.vi} nằm trên bảng ở ô này; chương trình không đọc được nội dung của nó",
            f"There is {what.en} over the table at this cell, and what it says can't be read",
        ),
        Text(
            "Ghi nội dung vào ô (đánh dấu thì ghi x) rồi xóa hình; nếu hình không có nội dung thì kéo ra ngoài bảng",
            "Write it into the cell (for a tick write x) and delete the object; if it says nothing, move it off the table",
        ),
    )


def _beside(floating: Floating) -> Remark:
    what = floating.what
    return Remark(
        NOT_UNDERSTOOD,
        Text(
            f"Ngoài các bảng có {what.vi}, không được đọc", f"Beside the tables there is {what.en}, which was not read"
        ),
        Text(
            "Nếu hình có nội dung của kế hoạch thì ghi vào bảng",
            "If it holds something of the plan, write it in a table",
        ),
    )
