"""The cells of one sheet of a workbook: what each holds, and what is to be known of how it shows."""

import re
from collections.abc import Iterator, Mapping, Set
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from ..base.unseen import UNSEEN
from ..documents.document import Unclear
from . import formulas
from .cell_styles import PLAIN, CellStyle, CellStyles
from .cell_texts import LONGEST, SharedTexts, Stored, put_together, stored_text
from .cells import REMEMBERED, Hundredfold, Written, is_blank, tidy
from .escapes import unescaped
from .grid import Look, Spot
from .package import decimal, whole
from .plain_cells import INLINE, MARK, PlainCell
from .references import LAST_COLUMN, LAST_ROW, area, split_reference
from .unclear import FAULTS

if TYPE_CHECKING:
    from lxml.etree import _Element

_NUMBER: Final = re.compile(r"\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[Ee][-+]?\d{1,4})?\s*", re.ASCII)
LOWEST: Final = 6.0
"""Points of the lowest row that a person sees."""
_FAR_BLANKS, _FAR_LINES = 12, 3
_MOST_ARRAYS: Final = 50
"""Ranges of array formulas that cells are looked for in; where a sheet has more, every cell counts as in one."""
_FAR: Final = re.compile(
    rf"(?<!\s)(?:[^\S\n]|[{UNSEEN}]){{{_FAR_BLANKS},}}|\n(?:(?:[^\S\n]|[{UNSEEN}])*\n){{{_FAR_LINES},}}"
)
"""So many blanks or empty lines as show what stands behind them in another cell, or nowhere."""
_WIDEST: Final = 50
"""Columns beside a cell that its text is followed over."""
_TRUE, _FALSE = ("1", "true"), ("0", "false")


class Cells:
    """Reads the cells of one sheet. What is to be known of them goes into `look`."""

    def __init__(
        self,
        space: str,
        styles: CellStyles,
        texts: SharedTexts,
        epoch: datetime,
        look: Look,
        unstable_names: Set[str],
        of_columns: Mapping[int, CellStyle],
    ) -> None:
        self._space = space
        self._styles = styles
        self._texts = texts
        self._epoch = epoch
        self._look = look
        self._unstable_names = unstable_names
        self._of_columns = of_columns
        """The styles that draw something in those cells of a column which are not there."""
        self._widest = 0
        self._row, self._cell, self._stored_value = f"{space}row", f"{space}c", f"{space}v"
        self._formula, self._inline, self._more = f"{space}f", f"{space}is", f"{space}extLst"
        self._columns: dict[str, int] = {}
        self._shared: dict[str, str] = {}
        self._arrays: list[tuple[Spot, Spot]] = []
        self.unstable = False
        """Whether a formula's result changes by itself."""

    def rows(self, data: "_Element", plain: Iterator[PlainCell]) -> Iterator[tuple[int, dict[int, Written]]]:
        """The rows that hold something, with their cells by column; `plain` are the cells that their texts stand for.

        Raises ValueError where they can't be rows of a sheet.
        """
        number, seen = 0, set()
        self._plain = plain
        for row in data:
            number = whole(row.get("r"), number + 1)
            if row.tag != self._row or number in seen or not 0 < number <= LAST_ROW:
                raise ValueError(row.tag)
            seen.add(number)
            if row.get("hidden") in _TRUE or (row.get("ht") is not None and is_below(row.get("ht", ""), LOWEST)):
                self._look.rows.add(number)
            if cells := self._cells_of(row, number):
                yield number, cells

    def _cells_of(self, row: "_Element", number: int) -> dict[int, Written]:
        cells: dict[int, Written] = {}
        looks: dict[int, CellStyle] = {}
        last, there = 0, set[int]()
        passed = None  # the empty cell before, which most rows have many of
        own = None if row.get("s") is None else self._styles.style(row.get("s"))
        beside = self._of_columns if own is None else own.drawn
        for column, (style, kind), stored in self._stored(row) if len(row) else self._plain_of(row.text):
            if column is not None:
                if beside:
                    there.add(column)
                if stored is None:
                    passed = column
                    if style.drawn:
                        looks[column] = style
                    continue
            else:
                column = 1 + (last if passed is None else passed)
            if not last < column <= LAST_COLUMN:
                raise ValueError(column)
            last, passed = column, None
            if style.drawn:
                looks[column] = style
            if kind == INLINE and style.plain and isinstance(stored, str) and _is_itself(stored) and not self._arrays:
                cells[column] = stored
            elif stored is not None and (value := self._read(kind, stored, style, (number, column))) is not None:
                cells[column] = value
        self._widest = max(self._widest, last)
        if cells and beside:
            for absent in {*range(1, self._widest + 1)} - there - cells.keys():
                if (style := own or self._of_columns.get(absent, PLAIN)).drawn:
                    looks[absent] = style
        if looks and cells:
            self._look_at(number, cells, looks, own)
        return cells

    def _stored(self, row: "_Element") -> "Iterator[tuple[int | None, tuple[CellStyle, str], str | _Element | None]]":
        """The cells of a row: of each the column, where it says so, its style and kind, and what it has stored."""
        yield from self._plain_of(row.text)
        for cell in row:
            if cell.tag == self._cell:
                reference = cell.get("r")
                column = self._column(reference) if reference else None
                look = self._styles.style(cell.get("s")), cell.get("t", "n")
                yield column, look, cell if len(cell) else None
            elif cell.tag != self._more:
                raise ValueError(cell.tag)
            yield from self._plain_of(cell.tail)

    def _plain_of(self, text: str | None) -> Iterator[PlainCell]:
        """The plain cells that a text of a row stands for."""
        return islice(self._plain, (text or "").count(MARK) // 2)

    def _look_at(self, row: int, cells: dict[int, Written], looks: dict[int, CellStyle], own: CellStyle | None) -> None:
        """What is drawn in the cells of a row, and over which empty ones their text is shown; cells that are not there look as
        the row does, or else the column.
        """
        for column, style in looks.items():
            if style.crossed:
                self._seen("crossed", (row, column))
            if style.filled:
                self._look.fills[row, column] = style.grounds, style.dark
            if style.spread and not is_blank(cells.get(column)):
                reached = column
                while reached < column + _WIDEST and is_blank(cells.get(reached + 1)):
                    beside = looks.get(reached + 1) or own or self._of_columns.get(reached + 1, PLAIN)
                    if beside.spread != style.spread:
                        break
                    reached += 1
                if reached > column or style.spread == "fill":
                    self._look.spread[row, column] = reached

    def _column(self, reference: str) -> int:
        """The column of a cell, whose letters most rows have in common."""
        letters = reference.rstrip("0123456789")
        if letters not in self._columns:
            self._columns[letters] = split_reference(f"{letters}1")[0]
        return self._columns[letters]

    def _read(self, kind: str, stored: "str | _Element", style: CellStyle, spot: Spot) -> Written | None:
        """What a cell of this kind holds; None where it holds nothing."""
        if isinstance(stored, str):
            if self._arrays:
                self._by_formula(None, stored=True, spot=spot)
            return self._value(kind, stored, style, spot)
        value = formula = inline = None
        for child in stored:
            if child.tag == self._stored_value:
                value = child.text or ""
            elif child.tag == self._formula:
                formula = child
            elif child.tag == self._inline:
                inline = child
        if formula is not None or self._arrays:
            # A text may be empty, a number may not.
            result = bool(value) or inline is not None or (kind == "str" and value is not None)
            fault = self._by_formula(formula, stored=result, spot=spot)
            if fault is not None:
                return fault
        if inline is not None and (kind == "inlineStr" or not value):
            return self._text(stored_text(inline, self._space, self._styles), style, spot)
        if kind == "e" and value and stored.get("vm") is not None:
            return formulas.picture(value)
        return None if value is None else self._value(kind, value, style, spot)

    def _value(self, kind: str, stored: str, style: CellStyle, spot: Spot) -> Written | None:
        """What a text that a cell of this kind has stored means; None where it means nothing."""
        if kind == INLINE:
            return self._text(unescaped(stored), style, spot)
        if kind == "s":
            number = whole(stored, -1)
            return self._text(self._texts[number], style, spot) if 0 <= number < len(self._texts) else _broken(stored)
        if not stored:
            return None
        if kind in ("str", "inlineStr"):
            return self._text(unescaped(stored), style, spot)
        if kind == "e":
            return formulas.error(stored)
        if not style.plain and style.concealed:
            self._seen(style.concealed, spot)
        if style.moved:
            self._seen("moved", spot)
        if kind == "b":
            return self._truth(stored.strip())
        return self._moment_of(_iso(stored), style, spot) if kind == "d" else self._numeric(stored, style, spot)

    def _seen(self, kind: str, spot: Spot) -> None:
        self._look.cells.setdefault(kind, []).append(spot)

    def _by_formula(self, element: "_Element | None", *, stored: bool, spot: Spot) -> Unclear | None:
        """What is wrong with the cell by its formula, its own or one for a range that it lies in."""
        if element is None:
            if len(self._arrays) > _MOST_ARRAYS or any(_within(spot, area) for area in self._arrays):
                self._seen("formula", spot)
            return None
        formula, shared = element.text or "", element.get("si")
        if element.get("t") == "shared" and shared is not None:
            formula = self._shared.setdefault(shared, formula)
        elif element.get("t") in ("array", "dataTable") and (reached := area(element.get("ref", ""))) is not None:
            self._arrays.append(reached)
        self._seen("formula", spot)
        changing = formulas.changes_by_itself(formula)
        self.unstable |= changing
        if (
            not changing
            and self._unstable_names
            and not self._unstable_names.isdisjoint(formulas.names_in_formula(formula))
        ):
            return formulas.unstable(f"={formula}")
        return formulas.fault(formula, stored=stored)

    def _text(self, stored: Stored, style: CellStyle, spot: Spot) -> Written:
        if (
            style.plain
            and isinstance(stored, str)
            and (_is_itself(stored) or (len(stored) <= LONGEST and not _FAR.search(stored)))
        ):
            return stored
        text, overlooked = put_together(stored, style)
        if style.moved or (isinstance(text, str) and _is_moved(text, style.aligned)):
            self._seen("moved", spot)
        elif isinstance(text, str) and _FAR.search(text.strip()):
            self._seen("far", spot)
        if overlooked is not None:
            self._seen(overlooked, spot)
        self._shown(style.format.words(), spot)
        return text

    def _shown(self, how: str, spot: Spot) -> None:
        if how != "as stored":
            self._seen("format" if how == "not at all" else "otherwise", spot)

    def _truth(self, stored: str) -> Written:
        return stored in _TRUE if stored in _TRUE + _FALSE else _broken(stored)

    def _numeric(self, stored: str, style: CellStyle, spot: Spot) -> Written:
        if not _NUMBER.fullmatch(stored):
            return stored
        number, shows = float(stored), style.format
        if shows.shows:
            return self._moment(number, style, spot)
        if shows.zeros and number >= 0 and number.is_integer():
            return f"{int(number):0{shows.zeros}d}"
        if not shows.plain:
            self._shown(shows.number(number), spot)
        return Hundredfold(number) if shows.percent else number

    def _moment(self, number: float, style: CellStyle, spot: Spot) -> Written:
        """The day, the time of day or both that a count of days since the epoch is."""
        try:
            if number < 0:
                raise OverflowError
            moment = self._epoch + timedelta(seconds=round(number * 86_400))
        except OverflowError:
            return FAULTS["no_day"](str(number))
        return self._moment_of(moment.time() if number < 1 else moment, style, spot)

    def _moment_of(self, moment: Written, style: CellStyle, spot: Spot) -> Written:
        """The moment as a cell of the style means it; what is no date or time comes back as it is."""
        shows = style.format
        if not isinstance(moment, datetime | time):
            return moment
        if isinstance(moment, datetime):
            number = (moment - self._epoch) / timedelta(days=1)
            if self._epoch.year != 1899:
                self._seen("1904", spot)
        else:
            number = timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second) / timedelta(days=1)
        if shows.shows and not shows.plain:
            self._shown(shows.number(number), spot)
        if isinstance(moment, time):
            return number if shows.shows == "d" else moment
        return moment.date() if "h" not in shows.shows and moment.time() == time() else moment


@lru_cache(REMEMBERED)
def _is_itself(text: str) -> bool:
    """Whether a text is short, has single blanks alone, and stands for nothing else."""
    return len(text) <= LONGEST and tidy(text) == text and "_x" not in text


def _is_moved(text: str, aligned: str) -> bool:
    """Whether the blanks before a text, or behind it where they count, show it in another cell."""
    far = _FAR.match(text) or (_FAR.match(text[::-1]) if aligned in ("right", "center", "distributed") else None)
    return far is not None and not is_blank(text)


def _within(spot: Spot, area: tuple[Spot, Spot]) -> bool:
    (top, left), (bottom, right) = area
    return top <= spot[0] <= bottom and left <= spot[1] <= right


def is_below(written: str, limit: float) -> bool:
    """Whether a number, as a file has it, is below a limit."""
    return decimal(written, limit) < limit


def _iso(stored: str) -> Written:
    """A date and time written as ISO has it; what is none, or is bound to another time zone, comes back as text."""
    written = stored.strip()
    try:
        if ":" in written and "-" not in written:
            return clock if (clock := time.fromisoformat(written)).tzinfo is None else written
        moment = datetime.fromisoformat(written)
    except ValueError:
        return written
    if moment.tzinfo is not None:
        return written
    return moment.time() if moment.date() == date(1899, 12, 30) else moment


_broken: Final = FAULTS["broken"]
