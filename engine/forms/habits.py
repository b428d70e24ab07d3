"""What people write for short in the rows of a table, written out before it is read: ditto marks, titles, totals.

What could mean only one thing is written out and said (NT011); what could mean more is told where it stands.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from ..base.problem import READ_AS, Place
from ..base.suggest import letters, shown
from ..base.text import Text
from ..documents.document import Unclear
from .cells import REMEMBERED, Written, cell_text, tidy
from .headings import Heading
from .layout import FormColumn, Steps
from .names import CodedNames
from .remarks import Remark, Remarks

Row = tuple[Heading, int]
"""A row of a table: the heading that it stands under, and its number in the grid."""

_CHECK: Final = Text("Kiểm tra lại; ghi rõ ra nếu không phải vậy", "Check it, and write it out if it is not so")
_DITTO: Final = Remark(
    READ_AS,
    Text("“Như trên” (nt, ″) được đọc là nội dung của dòng ngay trên", "Ditto marks were read as what stands above"),
    _CHECK,
)
_TITLE: Final = Remark(
    READ_AS,
    Text("Danh xưng, cấp bậc đứng trước họ tên không được tính vào tên", "Titles before names are no part of them"),
    _CHECK,
)
_TOTAL: Final = Remark(
    READ_AS,
    Text("Dòng tổng cộng không được đọc là một dòng của bảng", "Rows with totals were not read as rows of the table"),
    _CHECK,
)
_NUMBERED: Final = Remark(
    READ_AS,
    Text("Dòng đánh số cột không được đọc là một dòng của bảng", "Rows that number the columns were not read as rows"),
    _CHECK,
)
SAME_DAY: Final = Remark(
    READ_AS,
    Text("“Cùng ngày” được đọc là ngày ghi ngay trước đó trong bảng", "“Cùng ngày” was read as the last day before it"),
    _CHECK,
)

TERM: Final = Remark(
    READ_AS,
    Text("Nhiệm kỳ được đọc theo hai năm ghi trong ô", "The term was read by the two years in its cell"),
    _CHECK,
)

_TERM: Final = re.compile(
    r"(?:(?:nhiệm kỳ|nhiem ky|nk|(?:khóa|khoá) [ivxlcdm]+)\W*)*((?:19|20)\d\d)(?:\W|đến|tới)+((?:19|20)\d\d)\W*",
    re.IGNORECASE,
)
_DITTO_WORDS: Final = frozenset(("nt", "nhutren"))
_TWO_OR_SEVEN: Final = re.compile(r"(?:[\W_]*[^\W_]){2}(?:(?:[\W_]*[^\W_]){5})?[\W_]*")
"""As many letters as those words have: no others need be spelt."""
_DITTO_MARKS: Final = re.compile(r"""[\s-]*(?:["″”“〃]|''|’’|//|,,)[\s-]*""")
_TITLES: Final = (
    r"ths|ts|gs|pgs|bs|ks|ls|cn|đc|đ[.]c|đồng chí|dong chi"
    r"|(?:thiếu|trung|thượng|đại) (?:úy|uý|tá)|(?:thiếu|trung|thượng) tướng"
)
_CALLS: Final = "ông|bà|anh|chị|cô|chú"
"""What may also begin a name: no title where few words follow."""
_TITLED: Final = re.compile(
    rf"(?:đ/ch?[.:]?\s*|(?:{_TITLES})(?:\s*[.:]\s*|\s+))(?=\S+\s+\S)|(?:{_CALLS})[.:]?\s+(?=\S+\s+\S+\s+\S)",
    re.IGNORECASE,
)
_TOTAL_OF: Final = re.compile(
    r"(?:(?:tổng (?:cộng|số)|tong (?:cong|so))\b[\s:]*(.*)|(?:tổng|cộng)[\s:]*(\d*))", re.IGNORECASE
)
_NUMBER_OF_COLUMN: Final = re.compile(r"[(\[]?(\d{1,2}|[A-H])[)\]]?", re.IGNORECASE)
_FEW: Final = 3
"""So few numbers may be anything."""
_COUNTED: Final = re.compile(r"(?:\d+ ?)?(?:[^\W\d_]+ ?){0,3}:? ?\d*")


def term_of(written: str) -> str:
    """A term as documents write it, “2015-2020”, where a text says two years and no more than that they are a term."""
    found = _TERM.fullmatch(tidy(written))
    return f"{found[1]}-{found[2]}" if found else written


def written_out(
    rows: Iterable[Row], names: Mapping[Steps, CodedNames], remarks: Remarks, follows: dict[Place, Place]
) -> Iterator[Row]:
    """The rows of a table without totals, what they have for short written out in their grids.

    `names` are those that are known before the table is read. The form's own words are remarked on where they guess.
    `follows` is told of each cell with a ditto mark the cell that holds what it stands for.
    """
    above: dict[int, Written] = {}
    part: Heading | None = None
    last, all_short = 0, frozenset[str]()
    for heading, row in rows:
        if heading is not part:
            part, above, last = heading, {}, 0
            all_short = frozenset(filter(_is_short, heading.grid.texts()))
        cells = heading.grid.rows[row]
        short = not all_short.isdisjoint(cells.values())
        numbered = last == 0 and _numbers_columns(heading, row)
        if numbered or (short and _is_total(heading, row)):
            remarks.add(_NUMBERED if numbered else _TOTAL, heading.grid.place((row, min(cells))))
            for number in (*heading.columns, *heading.serials):
                cells.pop(number, None)
            continue
        for number in heading.columns if short else ():
            if (value := cells.get(number)) not in all_short or not isinstance(value, str):
                continue
            made, remark = _written(heading.columns[number], value, above.get(number), names)
            if remark is not None:
                place = heading.grid.place((row, number))
                remarks.add(remark, place)
                if remark is _DITTO:
                    held = heading.grid.place((last, number))
                    follows[place] = follows.get(held, held)
            if made is not value:
                cells[number] = made
        above, last = cells, row
        yield heading, row


@lru_cache(REMEMBERED)
def _is_short(value: str) -> bool:
    """Whether a text may be written for short: most say what they say."""
    text = tidy(value)
    return _is_ditto(value) or _begins_total(value) or text.isupper() or _TITLED.match(text) is not None


def _written(
    column: FormColumn, value: str, above: Written | None, names: Mapping[Steps, CodedNames]
) -> tuple[Written, Remark | None]:
    """What a text stands for, and what is to be said of that."""
    text = tidy(value)
    if _is_ditto(value):
        is_code = column.holds == "text" and column.is_code
        if is_code or (column.to in names and names[column.to].find(text)):
            return value, None
        if column.unique or above is None or isinstance(above, Unclear) or not cell_text(above):
            return _no_ditto(text, column), None
        return above, _DITTO
    if not column.person:
        return value, None
    name, remark = text, None
    while (title := _TITLED.match(name)) is not None:
        name, remark = name[title.end() :], _TITLE
    if column.named and " " in name and name.isupper():
        name = name.title()
    return (value, None) if name == text else (name, remark)


@lru_cache(REMEMBERED)
def _is_ditto(value: str) -> bool:
    """Whether a text may stand for what is above it."""
    text = tidy(value)
    spelt = _TWO_OR_SEVEN.fullmatch(text) is not None and letters(text) in _DITTO_WORDS
    return spelt or _DITTO_MARKS.fullmatch(text) is not None


@lru_cache(REMEMBERED)
def _begins_total(value: str) -> bool:
    return _TOTAL_OF.fullmatch(tidy(value)) is not None


def _no_ditto(text: str, column: FormColumn) -> Unclear:
    return Unclear(
        text,
        Text(
            f"“{shown(text)}” ở cột “{column.label}” không rõ thay cho nội dung nào",
            f"It is not clear what “{shown(text)}” in “{column.label}” stands for",
        ),
        Text("Ghi rõ nội dung, không ghi “nt”, “như trên”", "Write it out, not “nt” or “như trên”"),
    )


def _numbers_columns(heading: Heading, row: int) -> bool:
    """Whether a row counts the columns, 1, 2, 3 …, (1), (2), (3) … or A, B, 1, 2 …, as the first below a heading may."""
    said = [cell_text(value) for _, value in sorted(heading.grid.rows[row].items()) if cell_text(value)]
    found = [mark[1].upper() for mark in map(_NUMBER_OF_COLUMN.fullmatch, said) if mark is not None]
    if len(found) < len(said) or len(said) <= _FEW:
        return False
    lettered = sum(map(str.isalpha, found))
    first = 1 if lettered or not found[0].isdecimal() else int(found[0])
    return found == [*"ABCDEFGH"[:lettered], *map(str, range(first, first + len(found) - lettered))]


def _is_total(heading: Heading, row: int) -> bool:
    """Whether a row says nothing but how many rows there are: all its words are those of a total."""
    cells = heading.grid.rows[row]
    written = [cells[number] for number in (*heading.columns, *heading.serials) if number in cells]
    if not any(isinstance(value, str) and _begins_total(value) for value in written):
        return False
    return all(_is_count(text) for text in map(cell_text, written) if any(mark.isalpha() for mark in text))


def _is_count(text: str) -> bool:
    """Whether a text is a total or a number of something: in small letters, as no name is."""
    total = _TOTAL_OF.fullmatch(text)
    counted = text if total is None else total[1] or ""
    small = counted == counted.casefold() or (counted.isupper() and " " not in counted)
    return small and (total is not None or text[0].isdigit()) and _COUNTED.fullmatch(counted) is not None
