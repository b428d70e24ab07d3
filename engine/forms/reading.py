"""From the grids of a form to a document: the plan's data, and the cell of every value."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain, groupby, islice
from typing import Any, Final

from ..base.canonical import canonical
from ..base.problem import Path, Unreadable
from ..base.suggest import letters, plain
from ..documents.document import Unclear
from ..model.description import TYPE
from ..model.document_types import DEFAULT, worded_types
from ..model.types import MOST_ROWS
from . import faults
from .cells import Days, Meaning, Written, cell_day, cell_text, is_blank, understand, understood
from .content import value_or_none
from .form_document import FormDocument, Spots
from .grid import Grid, Spot
from .habits import SAME_DAY, TERM, term_of, written_out
from .headings import FoundField, Heading, form_fields, headings, which
from .layout import EXAMPLE, LISTED, FormColumn, Layout, Steps, Table, layout
from .leftovers import leftovers
from .names import CodedNames, name_key
from .naming import name_places
from .no_rows import FilledRow
from .parts import Parts, parts_of, settle_spans
from .remarks import Remarks, said_of
from .seen import ReadCells, reads, unseen

Data = dict[str, Any]

_MARKED: Final = letters(EXAMPLE)
_EXAMPLE: Final = "(ví dụ)"
_MOMENTS: Final = ("instant", "instants")
"""What goes by the days that were spoken of before."""


def read_form(
    file: str, grids_for: Callable[[Layout], Iterable[Grid]], content: bytes, only: Layout | None = None
) -> FormDocument:
    """The document in the grids of one file, whose bytes are `content`; its labels tell which type of document it is.

    Where it can be of one type `only`, it is read as that.

    `grids_for` reads what stands between tables as the labels of a layout part it. Raises Unreadable where the file holds
    nothing of a form.
    """
    layouts = (only,) if only else tuple(layout(known) for known in worded_types() if known.form)
    form, everything = layouts[0], list(grids_for(layouts[0]))
    if (meant := which(everything, layouts)) is not form:
        form, everything = meant, list(grids_for(meant))
    return _read(file, form, everything, content)


def _read(file: str, layout: Layout, everything: list[Grid], content: bytes) -> FormDocument:
    grids = [grid for grid in everything if grid.rows]
    found = headings(grids, layout)
    known = [heading for headings in found.values() for heading in headings]
    entries = list(form_fields(grids, known, layout))
    if not known and not entries:
        raise Unreadable(faults.no_form(file))
    first = entries[0].grid if entries else known[0].grid
    row = min(first.rows)
    remarks = Remarks()
    form = _Form(layout, Spots(first.place((row, min(first.rows[row])))), remarks)
    form.read_fields(entries)
    tables = parts_of(grids, found, entries)
    name_places(layout, tables.values(), entries)
    for table in layout.tables:
        settle_spans(tables[table.name].parts)
        form.read_table(table, tables[table.name])
    for left in leftovers(layout, everything, tables, entries, form.names):
        if isinstance(left.what, Unclear):
            form.tell(left.grid, left.spot, left.what)
        else:
            remarks.add(left.what, left.grid.place(left.spot))
    read = reads([part for table in tables.values() for part in table.parts], entries)
    for grid in everything:
        for spot, unread in unseen(grid, read.get(id(grid), ReadCells()), remarks):
            form.tell(grid, spot, unread)
    told = [*chain.from_iterable(grid.notices for grid in everything), *remarks.notices()]
    notices = [
        replace(one, message=said_of(one.message, form.called), fix=said_of(one.fix, form.called)) for one in told
    ]
    return FormDocument(file, form.data, form.spots, layout, content, tuple(notices))


class _Form:
    """Gathers the data of one form, table by table, and where all of it stands."""

    def __init__(self, layout: Layout, spots: Spots, remarks: Remarks) -> None:
        self.spots, self.remarks, self._layout = spots, remarks, layout
        self.called = layout.known.one
        known, root = layout.known, layout.known.root.fields
        self.data: Data = {} if known.id == DEFAULT else {TYPE: known.id}
        self.data |= {field.name: known.version for field in root if field.type == "version"}
        self.data |= {field.name: {} for field in root if field.type == "record"}
        self.names: defaultdict[Steps, CodedNames] = defaultdict(CodedNames)

    def read_fields(self, entries: Iterable[FoundField]) -> None:
        """The labels with a value beside them. What is filled in twice must say the same."""
        known: dict[Path, FoundField] = {}
        for entry in entries:
            path, value = entry.column.path, entry.grid.value(*entry.spot)
            earlier = known.get(path)
            if earlier is not None and not is_blank(written := earlier.grid.value(*earlier.spot)):
                if value is None or is_blank(value) or cell_text(value) == cell_text(written or ""):
                    continue
                meaning: Meaning = faults.twice(cell_text(value), earlier.grid.place(earlier.spot))
            else:
                meaning = self._term(entry, understand(entry.column, value))
            if entry.column is self._layout.version and meaning is not None and meaning != self._layout.known.version:
                meaning = faults.version(meaning, self._layout.known)
            known[path] = entry
            self.spots.single[path] = (entry.grid, entry.spot)
            if meaning is not None:
                self._put(path, meaning)

    def _term(self, entry: FoundField, meaning: Meaning) -> Meaning:
        """What a field says; of a term its two years, where it is written with more words."""
        if not isinstance(meaning, str) or entry.column.path not in self._layout.known.by_nature.get("term", ()):
            return meaning
        if plain(canonical(made := term_of(meaning))) == plain(
            canonical(meaning)
        ):  # another dash alone is no other term
            return meaning
        self.remarks.add(TERM, entry.grid.place(entry.spot))
        return made

    def read_table(self, table: Table, found: Parts) -> None:
        """The rows of one table, or what is wrong with the table."""
        # A list inside the rows of another can't be missing by itself: the whole list is unclear then.
        path = table.whole
        if not found.parts:
            self._put(path, faults.no_table(table))
            return
        parts = self.spots.headings[table.name] = found.parts
        self.spots.single.setdefault(path, (parts[0].grid, parts[0].spot))
        fault = found.fault()
        self._days = Days()
        written = [*islice(_rows(parts), MOST_ROWS + 1)]
        rows = [*written_out(written, self.names, self.remarks, self.spots.follows)]
        if fault is not None:
            unclear, self.spots.single[path] = fault
            self._put(path, unclear)
        elif len(rows) > MOST_ROWS:
            self._put(path, faults.too_many_rows(table, MOST_ROWS))
        elif table.makes_outer:
            self._put(path, self._read_both(table, path, rows))
        elif table.outer is not None:
            self._read_inner(table, path, rows)
        else:
            self._put(path, self._read_rows(table, path, rows))

    def tell(self, grid: Grid, spot: Spot, unread: Unclear) -> None:
        """Tell what was not read, and so may be missing: the plan is not valid with it."""
        path = (f"?{len(self.data)}",)  # no key of a plan
        self._put(path, unread)
        self.spots.single[path] = (grid, spot)

    def _put(self, path: Path, value: object) -> None:
        if isinstance(value, Unclear):
            value = replace(value, message=said_of(value.message, self.called), fix=said_of(value.remedy, self.called))
        target: Any = self.data
        for step in path[:-1]:
            target = target[step]
        target[path[-1]] = value

    def _read_rows(self, table: Table, path: Steps, found: list[FilledRow]) -> list[Data]:
        self.spots.rows |= {(*path, number): (row.heading, row.number) for number, row in enumerate(found)}
        timed = any(column.holds in _MOMENTS for column in table.columns)
        rows: list[Data] = []
        for _, alike in groupby(
            found, key=id if timed else lambda row: id(row.heading)
        ):  # times go by those before them
            heading, numbers = (together := [*alike])[0].heading, [row.number for row in together]
            ats: list[Path] = [(*path, at) for at in range(len(rows), len(rows) + len(numbers))]
            rows += self._read_alike(heading, numbers, ats)
        if table.code is not None and table.title is not None and table.code.optional:
            _give_codes(rows, table.code.path[-1], table.title.path[-1])
        for data in rows:
            self._name(table, data)
        within = [column.path[-1] for column in table.columns if column.holds == "reference" and column.to == path]
        for data in rows if within else ():
            data |= {step: self.names[path].resolve(data[step]) for step in within if isinstance(data.get(step), str)}
        return rows

    def _name(self, table: Table, data: Data) -> None:
        """Keep the code and the title of a row, by which others may name it."""
        if table.code is not None and isinstance(code := data.get(table.code.path[-1]), str):
            title = None if table.title is None else data.get(table.title.path[-1])
            self.names[table.whole].add(code, _string(title))

    def _read_row(self, heading: Heading, row: int, at: Path) -> Data:
        """One row by itself as the document has it; what is blank and may be left out is left out."""
        return self._read_alike(heading, [row], [at])[0]

    def _read_alike(self, heading: Heading, rows: list[int], ats: list[Path]) -> list[Data]:
        """Rows under a heading, column by column: each by itself as the document has it, at its path."""
        made: list[Data] = [{} for _ in rows]
        for column in heading.table.own:
            steps, number, listed = column.path, heading.number(column), column.holds in LISTED
            for data in made if listed and len(steps) == 1 else ():
                data.setdefault(steps[0], [])
            if column in heading.table.names:
                both = [self._meant(heading, row, column) for row in rows]
                self.spots.single |= {
                    (*at, *steps): _spot(heading, row, said) for at, row, (_, said) in zip(ats, rows, both, strict=True)
                }
                meanings = [meaning for meaning, _ in both]
            else:
                meanings = [] if number is None else self._said_in(heading, rows, column, number, made)
            last = steps[-1]
            for place, meaning in enumerate(meanings):
                if meaning is None:
                    continue
                target = made[place]
                for length, step in enumerate(steps[:-1], 1):
                    target = target.setdefault(step, _empty_lists(heading.table, steps[:length]))
                if not listed:
                    target[last] = meaning
                    continue
                items = target.setdefault(last, [])
                for item in _items(column, meaning):
                    self.spots.single[(*ats[place], *steps, len(items))] = heading.grid, (rows[place], number or 0)
                    items.append(item)
        return made

    def _said_in(
        self, heading: Heading, rows: list[int], column: FormColumn, number: int, made: list[Data]
    ) -> list[Meaning]:
        """What the cells of a column say in some rows; of a time in one, as it may go by what is `made` of the row before it."""
        grid = heading.grid
        values = [grid.rows[row].get(number) for row in rows]
        if column.holds not in _MOMENTS:
            meanings = understood(column, values)
            return [self._referred(column, meaning) for meaning in meanings] if column.to else meanings
        (row,), (value,), (data,) = rows, values, made
        if value is None:
            return []
        self._days.alone = None if column.after is None else cell_day(value_or_none(data, column.after))
        return [self._moment(column, value, grid, (row, number))]

    def _meant(self, heading: Heading, row: int, column: FormColumn) -> tuple[Meaning, FormColumn]:
        """What a cell says, and the column that says so: of a code with a name beside it, which must agree, either."""
        said = self._meaning(heading, row, column)
        name_column = heading.table.names.get(column)
        if name_column is None:
            return self._referred(column, said), column
        names, name = self.names[column.to], self._meaning(heading, row, name_column)
        if said is None:
            found = names.resolve(name) if isinstance(name, str) else name
            return found, name_column if name is not None else column
        if not isinstance(said, str):
            return said, column
        found = names.resolve(said, _string(name))
        contradicted = isinstance(found, Unclear) and name is not None and found.written == name
        return found, name_column if contradicted else column

    def _moment(self, column: FormColumn, value: Written, grid: Grid, spot: Spot) -> Meaning:
        """When something is by what a cell says, after the days read before it."""
        days = self._days
        days.meant = False
        meaning = understand(column, value, days)
        days.read(meaning[-1] if isinstance(meaning, list) and meaning else meaning)
        if days.meant:
            self.remarks.add(SAME_DAY, grid.place(spot))
        return meaning

    def _referred(self, column: FormColumn, meaning: Meaning) -> Meaning:
        """The code that something is referred to by. What stands in the same table is looked up again when all are known."""
        return self.names[column.to].resolve(meaning) if isinstance(meaning, str) and column.to else meaning

    def _read_both(self, table: Table, outer: Steps, found: list[FilledRow]) -> list[Data]:
        """The rows of a list and of the lists in them. A row with neither code nor title goes with the row above."""
        rows: list[Data] = []
        numbers: dict[Meaning, int] = {}
        assert table.code is not None
        code_column, inner = table.code, table.path[-1]
        current: Meaning = None
        for heading, row, _ in found:
            code = self._meaning(heading, row, code_column)
            title = None if table.title is None else self._meaning(heading, row, table.title)
            if code is None and isinstance(title, str):
                code = self.names[outer].resolve(title)
            current = current if code is None else code
            number = numbers.setdefault(current, len(rows))
            at: Path = (*outer, number)
            if number == len(rows):
                rows.append({inner: []} if current is None else {code_column.path[-1]: current, inner: []})
                self.spots.single[at] = (heading.grid, (row, self._number(heading, row, code_column)))
                self.spots.rows[at] = (heading, row)
            self._read_outer(heading, row, at, rows[number])
            self._read_into(heading, row, (*at, inner), rows[number][inner])
        return rows

    def _read_outer(self, heading: Heading, row: int, at: Path, data: Data) -> None:
        """What a row says of what it stands in: the same as the rows before it."""
        table = heading.table
        for column in table.columns:
            meaning = self._meaning(heading, row, column) if column.is_outer and column is not table.code else None
            step = column.path[-1] if column.path else ""
            if meaning is None or isinstance(data.get(step), Unclear):  # what is told already
                continue
            if data.setdefault(step, meaning) != meaning:
                data[step] = faults.twice(str(meaning), self.spots.place((*at, step)))
                self.spots.single[(*at, step)] = _spot(heading, row, column)
        self._name(table, data)

    def _read_inner(self, table: Table, outer: Steps, found: list[FilledRow]) -> None:
        """The lists in rows that are known; a row that does not say in which it stands goes with the row above."""
        rows = value_or_none(self.data, table.whole)
        if not isinstance(rows, list):
            return
        assert table.code is not None
        code_column, code, inner = table.code, table.code.path[-1], table.path[-1]
        for data in rows:
            data[inner] = []
        numbers = {data[code]: number for number, data in reversed(list(enumerate(rows))) if code in data}
        current: Meaning = None
        for heading, row, _ in found:
            said = self._meant(heading, row, code_column)[0]
            current = current if said is None else said
            if current not in numbers:
                numbers[current] = len(rows)
                at: Path = (*outer, len(rows))
                self.spots.single[at] = self.spots.single[(*at, code)] = _spot(heading, row, code_column)
                rows.append({code: faults.no_row(table, current), inner: []})
            number = numbers[current]
            self._read_into(heading, row, (*outer, number, inner), rows[number][inner])

    def _read_into(self, heading: Heading, row: int, path: Path, rows: list[Any]) -> None:
        """A row of a list in a row; none where nothing but the outer row is spoken of."""
        table, at = heading.table, (*path, len(rows))
        own = next((column for column in table.columns if not column.path and column.holds != "name"), None)
        data: Any
        if own is None:
            data = self._read_row(heading, row, at)
            empty = not data
        else:
            data, said = self._meant(heading, row, own)
            self.spots.single[at] = _spot(heading, row, said)
            empty = data is None
        if not (empty and table.makes_outer):
            if own is None:
                self.spots.rows[at] = (heading, row)
            rows.append(data)

    def _value(self, heading: Heading, row: int, column: FormColumn) -> Written | None:
        number = heading.number(column)
        return None if number is None else heading.grid.value(row, number)

    def _meaning(self, heading: Heading, row: int, column: FormColumn) -> Meaning:
        return understand(column, self._value(heading, row, column))

    def _number(self, heading: Heading, row: int, column: FormColumn) -> int:
        """Where a column stands, if it is filled in this row; or the first one of the table that is."""
        filled = [number for number, _ in heading.grid.filled(row) if number in heading.columns]
        wanted = heading.number(column)
        return wanted if wanted in filled and wanted is not None else filled[0]


def _spot(heading: Heading, row: int, column: FormColumn) -> tuple[Grid, Spot]:
    """The cell of a column in a row; of the table's first column where the table has no such column."""
    return heading.grid, (row, heading.number(column) or min(heading.columns))


def _rows(parts: list[Heading]) -> Iterator[FilledRow]:
    """The rows of a table that hold something: neither headings that are repeated nor the example."""
    for heading in parts:
        grid = heading.grid
        titles = {number: letters(column.label) for number, column in heading.columns.items()}
        examples = frozenset(text for text in grid.texts if _EXAMPLE in text)
        blank = any(map(is_blank, grid.texts))
        for row in sorted(filter(heading.is_over, grid.rows)):
            cells = grid.rows[row]
            filled = [number for number in titles if number in cells and not (blank and is_blank(cells[number]))]
            if not filled or (grid.origins and all((row, number) in grid.origins for number in filled)):
                continue
            # Most rows are told from a heading by their first cell.
            if letters(cell_text(cells[filled[0]])) == titles[filled[0]] and all(
                letters(cell_text(cells[number])) == titles[number] for number in filled
            ):
                continue
            if not (_is_marked(heading, cells, examples) and _is_example(heading, cells)):
                yield FilledRow(heading, row, filled[0] if len(filled) == 1 else None)


def _is_marked(heading: Heading, cells: dict[int, Written], examples: frozenset[str]) -> bool:
    """Whether a row is called an example, by one of the texts that are `examples` or in the place of its number."""
    if examples and not examples.isdisjoint(cells.values()):
        return True
    for number in heading.serials:
        said = cells.get(number)
        if isinstance(said, str) and not said.isdigit() and letters(said) == _MARKED:
            return True
    return False


def _is_example(heading: Heading, cells: dict[int, Written]) -> bool:
    """Whether a row that is marked as the example of an empty form is unchanged in every cell."""
    # Else by what they mean: spreadsheet programs save a date as a number, as text or in the manner of ISO.
    return all(
        cell_text(cells.get(number, "")) == column.example
        or understand(column, cells.get(number)) == understand(column, column.example)
        for number, column in heading.columns.items()
    )


def _items(column: FormColumn, meaning: Meaning) -> list[Any]:
    """What a cell puts into a list: the member of the column, or a row for each instant."""
    if column.holds == "mark":
        return [meaning]
    moments = meaning if isinstance(meaning, list) else [meaning]
    return [{column.each: column.member, column.takes: moment} for moment in moments]


def _empty_lists(table: Table, steps: Steps) -> Data:
    """A record in a row, before anything is said of its lists."""
    inside = [column.path for column in table.columns if column.holds in LISTED and column.path[:-1] == steps]
    return {path[-1]: [] for path in inside}


def _give_codes(rows: list[Data], code: str, title: str) -> None:
    """Rows without a code take their title for one, unless another row has it too."""
    if all(code in row for row in rows):
        return
    names = Counter(name_key(name) for row in rows if isinstance(name := row.get(title), str))
    codes = {name_key(known) for row in rows if isinstance(known := row.get(code), str)}
    for number, row in enumerate(rows, 1):
        name = row.get(title)
        if code in row:
            continue
        if not isinstance(name, str):
            row[code] = f"#{number}"  # What is wrong is that the name is missing: that alone is reported.
        elif names[name_key(name)] > 1 or name_key(name) in codes:
            row[code] = faults.code_needed(name)
        else:
            row[code] = name


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None
