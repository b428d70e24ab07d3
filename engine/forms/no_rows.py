"""Rows of a table that say nothing it is to hold: totals, numbers of columns, titles of groups, and what is below a table.

Whoever writes them means no row. What could be one as well stays one, and is told where it stands.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from ..documents.document import Unclear
from .cells import REMEMBERED, Written, cell_text, tidy
from .faults import merged_sideways
from .headings import Heading
from .layout import Steps
from .names import CodedNames
from .recognition import TELLING, understands
from .remarks import REMARKS, Remark


class FilledRow(NamedTuple):
    """A row of a table: the heading that it stands under, its number in the grid, and the column with the only cell of it that is
    filled in, of those that the table takes; None where there are more.
    """

    heading: Heading
    number: int
    alone: int | None

    @property
    def cells(self) -> dict[int, Written]:
        return self.heading.grid.rows[self.number]


_TOTAL: Final = REMARKS["total"]
_NUMBERED: Final = REMARKS["numbered"]
_GROUP: Final = REMARKS["group"]
_BELOW: Final = REMARKS["below"]

# Few tables have any of these, so that no pattern is compiled before a text may be one.
_TOTAL_OF: Final = r"(?i:(?:tổng (?:cộng|số)|tong (?:cong|so))\b[\s:]*(.*)|(?:tổng|cộng)[\s:]*(\d*))"
_TOTALS: Final = ("tổng", "tong", "cộng")
_NUMBER_OF_COLUMN: Final = r"(?i:[(\[]?(\d{1,2}|[A-H])[)\]]?)"
_LONGEST_NUMBER_OF_COLUMN: Final = 4
_FEW: Final = 3
"""So few numbers may be anything."""
_COUNTED: Final = r"(?:\d+ ?)?(?:[^\W\d_]+ ?){0,3}:? ?\d*"

_NUMBER_OF_GROUP: Final = r"(?i:(?:[IVX]{1,5}|[A-HĐ]|\d{1,2}(?:\.\d{1,2})*)\s*[.:)/–-]*\s*)"
_GROUP_OF: Final = (
    rf"(?i:(?:{_NUMBER_OF_GROUP})?(?<![^\W\d_])[*+–•-]?\s*(?:các |những |khối |nhóm )?(?:đồng chí |đ/c )?(?:"
    "đại biểu|khách mời|thành phần|cán bộ|đảng viên|cấp ủy|ủy viên|đảng ủy|chi ủy|huyện ủy|thành ủy|tỉnh ủy|đảng bộ|chi bộ"
    "|ban (?:thường vụ|chấp hành|chỉ đạo|tổ chức|kiểm phiếu)|bch|btv|ủy ban|ubnd|hđnd|hội đồng|thường trực|mặt trận|ubmttq"
    "|đoàn thể|đoàn thanh niên|hội (?:nông dân|phụ nữ|cựu chiến binh)|lãnh đạo|trưởng (?:ban|ngành|ấp)"
    r"|cơ quan|đơn vị|văn phòng|ban, ngành|ngành)(?![^\W\d_]).*)"
)
"""Words that begin the title of a group, and no name."""
_FAMILIES: Final = (
    r"(?i:\b(?:nguyễn|trần|lê|phạm|huỳnh|hoàng|phan|vũ(?! trang)|võ|đặng|bùi|đỗ|hồ|ngô|dương|trương|đinh)\b)"
)
"""Names of families, after which somebody may be named: then it is no title."""

_SIGNED: Final = (
    r"(?i:nơi nhận\b.*"
    r"|(?:t[/.]? ?m|k[/.]? ?t|t[/.]? ?l|t[/.]? ?u[/.]? ?q|thay mặt)[\s./:]+(?:ban|bch|btv|đảng|huyện|tỉnh|thành|chi|cấp|bí|phó"
    r"|thường|chủ|đoàn|tổ|ubnd|ủy)\b.*"
    r"|\(?(?:đã )?ký(?:(?:,| và|;)? ?(?:tên|(?:và )?(?:ghi )?rõ họ(?: và)?,? tên|họ(?: và)? tên|chức vụ|đóng dấu))*\)?"
    r"|(?:người|cán bộ) (?:lập|ghi|tổng hợp|duyệt|soát)(?: (?:biểu|bảng|danh sách|kế hoạch|biên bản))?"
    r"|[^\d,]{2,60}, ngày .{1,10} tháng .{1,10} năm .{1,10})"
)
"""Words of recipients and signatures, and of nothing else."""
_BESIDE: Final = (
    r"(?i:[-–+].*|(?:như trên|lưu)\b.*"
    r"|(?:q\. ?|quyền |phó )?(?:bí thư|chủ tịch|trưởng ban|chánh văn phòng|thủ trưởng|chỉ huy trưởng|chính trị viên|thư ký)\b.*)"
)
"""What else stands beside and between those words."""
_DATED: Final = ", ngày "
_BEGINNINGS: Final = (
    "nơi", "t/", "t.", "t ", "tm", "tl", "tu", "thay", "k/", "k.", "k ", "kt", "(đã", "(ký", "đã ký", "ký", "người",
    "cán bộ", "-", "–", "+", "như trên", "lưu", "q.", "quyền", "phó", "bí thư", "chủ tịch", "trưởng ban", "chánh",
    "thủ", "chỉ", "chính", "thư",
)  # fmt: skip
"""How these words begin, but for places with a date."""


def no_rows(rows: Sequence[FilledRow], names: Mapping[Steps, CodedNames]) -> dict[int, Remark]:
    """Which rows of a table are none, by their place in the sequence, and what is to be said of that.

    `names` are those that are known before the table is read.
    """
    end = _end(rows)
    found = dict.fromkeys(range(end, len(rows)), _BELOW)
    part, totals = None, frozenset[str]()
    for number, row in enumerate(rows[:end]):
        if row.heading is not part:
            part = row.heading
            totals = frozenset(filter(_begins_total, part.grid.texts))
            if _numbers_columns(row):
                found[number] = _NUMBERED
        if totals and not totals.isdisjoint(row.cells.values()) and _is_total(row):
            found[number] = _TOTAL
        elif row.alone is not None and _is_title(row, row.alone, names):
            found[number] = _GROUP
    return found


def _end(rows: Sequence[FilledRow]) -> int:
    """Where the table is at its end: from there on rows name recipients and who signs, and none says what its columns take."""
    end = len(rows)
    signed = False
    for number in range(len(rows) - 1, -1, -1):
        heading, row, _ = rows[number]
        said = {at: value for at, value in heading.grid.filled(row) if at in heading.columns}
        texts = {at: _words(value) for at, value in said.items()}
        beside = all(text is not None and is_below(text) for text in texts.values())
        if not beside and any(text is None or _is_told(heading, at, text) for at, text in texts.items()):
            return end
        signed = signed or any(_is_signed(cell_text(value)) for _, value in heading.grid.filled(row))
        if beside and signed:
            end = number
    return end


def _words(value: Written) -> str | None:
    """The words in a cell, also where it is merged with others; None where they are not all there is."""
    text = cell_text(value)
    merged = isinstance(value, Unclear) and value.message == merged_sideways(text).message
    return text if merged or isinstance(value, str) else None


def is_below(text: str) -> bool:
    """Whether a text is one of those that stand below tables."""
    return _is_signed(text) or (_may_be_below(text) and re.fullmatch(_BESIDE, text) is not None)


def _is_signed(text: str) -> bool:
    return _may_be_below(text) and re.fullmatch(_SIGNED, text) is not None


def _may_be_below(text: str) -> bool:
    lowered = text.lower()
    return lowered.startswith(_BEGINNINGS) or _DATED in lowered


def _is_told(heading: Heading, number: int, text: str) -> bool:
    """Whether a text is of a row: a number stands in it, or what its column takes where not every text is that."""
    if is_below(text):
        return False
    column = heading.columns[number]
    return any(map(str.isdigit, text)) or (column.holds in TELLING and understands(column, text))


def _is_title(row: FilledRow, number: int, names: Mapping[Steps, CodedNames]) -> bool:
    """Whether a row has the title of a group in the place of a name or a code of people, and nothing else."""
    heading, cells = row.heading, row.cells
    columns = heading.table.columns
    if not any(column.person for column in columns) or (text := _words(cells[number])) is None:
        return False
    column = heading.columns[number]
    of_people = column.person or (column.is_code and any(other.named for other in columns))
    if not of_people or (column.to in names and names[column.to].find(text)):
        return False
    serials = (cell_text(cells[number]) for number in heading.serials if number in cells)
    return _begins_group(text) and all(re.fullmatch(_NUMBER_OF_GROUP, serial) for serial in serials if serial)


@lru_cache(REMEMBERED)
def _begins_group(text: str) -> bool:
    return len(text) <= 200 and re.fullmatch(_GROUP_OF, text) is not None and re.search(_FAMILIES, text) is None


@lru_cache(REMEMBERED)
def _begins_total(value: str) -> bool:
    text = tidy(value)
    return text.lower().startswith(_TOTALS) and re.fullmatch(_TOTAL_OF, text) is not None


def _said(row: FilledRow) -> Iterator[Written]:
    """What a row says in the columns of the table, and before them."""
    cells = row.cells
    return (cells[number] for number in (*row.heading.columns, *row.heading.serials) if number in cells)


def _numbers_columns(row: FilledRow) -> bool:
    """Whether a row counts the columns, 1, 2, 3 …, (1), (2), (3) … or A, B, 1, 2 …, as the first below a heading may."""
    said = [cell_text(value) for _, value in sorted(row.cells.items()) if cell_text(value)]
    if len(said) <= _FEW or max(map(len, said)) > _LONGEST_NUMBER_OF_COLUMN:
        return False
    marks = (re.fullmatch(_NUMBER_OF_COLUMN, text) for text in said)
    found = [mark[1].upper() for mark in marks if mark is not None]
    if len(found) < len(said):
        return False
    lettered = sum(map(str.isalpha, found))
    first = 1 if lettered or not found[0].isdecimal() else int(found[0])
    return found == [*"ABCDEFGH"[:lettered], *map(str, range(first, first + len(found) - lettered))]


def _is_total(row: FilledRow) -> bool:
    """Whether a row says nothing but how many rows there are: all its words are those of a total."""
    if not any(isinstance(value, str) and _begins_total(value) for value in _said(row)):
        return False
    return all(_is_count(text) for text in map(cell_text, _said(row)) if any(map(str.isalpha, text)))


def _is_count(text: str) -> bool:
    """Whether a text is a total or a number of something: in small letters, as no name is."""
    total = re.fullmatch(_TOTAL_OF, text)
    counted = text if total is None else total[1] or ""
    small = counted == counted.casefold() or (counted.isupper() and " " not in counted)
    return small and (total is not None or text[0].isdigit()) and re.fullmatch(_COUNTED, counted) is not None
