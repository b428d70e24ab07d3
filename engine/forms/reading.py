"""From the grids of a form to a document: the plan's data, and the cell of every value."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from ..base.problem import Path, Unreadable
from ..documents.document import Unclear
from ..model.types import MOST_ROWS
from . import faults
from .cells import Meaning, Written, as_text, day_of, instants, is_blank, understand
from .form_document import FormDocument, Spots
from .grid import Grid, Spot
from .headings import VERSION, Field, Heading, fields, headings
from .layout import EXAMPLE, FORM_VERSION, TABLES, Column, Table, key
from .leftovers import leftovers
from .names import Names, name_key
from .parts import Parts, parts_of, settle_spans
from .remarks import Remarks
from .seen import Read, reads, unseen

Data = dict[str, Any]
Row = tuple[Heading, int]
"""A row of a table: the heading that it stands under, and its number in the grid."""


def read_form(file: str, grids: Iterable[Grid], content: bytes) -> FormDocument:
    """The document in the grids of one file, whose bytes are `content`. Raises Unreadable where they hold nothing of the form."""
    everything = list(grids)
    grids = [grid for grid in everything if grid.rows]
    found = headings(grids)
    known = [heading for headings in found.values() for heading in headings]
    entries = list(fields(grids, known))
    if not known and not entries:
        raise Unreadable(faults.no_form(file))
    first = entries[0].grid if entries else known[0].grid
    row = min(first.rows)
    form = _Form(Spots(first.place((row, min(first.rows[row])))))
    form.read_fields(entries)
    tables = parts_of(grids, found, entries)
    for table in TABLES:
        settle_spans(tables[table.name].parts)
        form.read_table(table, tables[table.name])
    remarks = Remarks()
    for left in leftovers(everything, tables, entries, form.codes(), form.people):
        if isinstance(left.what, Unclear):
            form.tell(left.grid, left.spot, left.what)
        else:
            remarks.add(left.what, left.grid.place(left.spot))
    read = reads([part for table in tables.values() for part in table.parts], entries)
    for grid in everything:
        for spot, unread in unseen(grid, read.get(id(grid), Read()), remarks):
            form.tell(grid, spot, unread)
    notices = [notice for grid in everything for notice in grid.notices]
    return FormDocument(file, form.data, form.spots, content, (*notices, *remarks.notices()))


class _Form:
    """Gathers the data of one form, table by table, and where all of it stands."""

    def __init__(self, spots: Spots) -> None:
        self.spots = spots
        self.data: Data = {"schema": FORM_VERSION, "organization": {}, "conference": {}}
        self.people = Names()
        self._committees = Names()

    def read_fields(self, entries: Iterable[Field]) -> None:
        """The labels with a value beside them. What is filled in twice must say the same."""
        known: dict[Path, Field] = {}
        for entry in entries:
            path, value = entry.column.path, entry.grid.value(*entry.spot)
            earlier = known.get(path)
            if earlier is not None and not is_blank(written := earlier.grid.value(*earlier.spot)):
                if value is None or is_blank(value) or as_text(value) == as_text(written or ""):
                    continue
                meaning: Meaning = faults.twice(as_text(value), earlier.grid.place(earlier.spot))
            else:
                meaning = understand(entry.column, value)
            if entry.column is VERSION and meaning is not None and meaning != FORM_VERSION:
                meaning = faults.version(meaning)
            known[path] = entry
            self.spots.single[path] = (entry.grid, entry.spot)
            if meaning is not None:
                self._put(path, meaning)

    def read_table(self, table: Table, found: Parts) -> None:
        """The rows of one table, or what is wrong with the table."""
        # A list inside the rows of another (seats, ballots) can't be missing by itself: the whole list is unclear then.
        path = table.path if table.path[0] == "conference" else table.path[:1]
        if not found.parts:
            self._put(path, faults.no_table(table))
            return
        parts = self.spots.headings[table.name] = found.parts
        self.spots.single.setdefault(path, (parts[0].grid, parts[0].spot))
        fault = found.fault()
        rows = [*islice(_rows(parts), MOST_ROWS + 1)]
        if fault is not None:
            unclear, self.spots.single[path] = fault
            self._put(path, unclear)
        elif len(rows) > MOST_ROWS:
            self._put(path, faults.too_many_rows(table, MOST_ROWS))
        elif table.path == ("committees", "members"):
            self._read_members(table, rows)
        elif table.path == ("confidence_votes", "ballots"):
            self._read_ballots(table, rows)
        else:
            self._put(path, self._read_rows(table, rows))

    def codes(self) -> set[str]:
        """The codes of all people and committees."""
        return {*self.people.codes(), *self._committees.codes()}

    def tell(self, grid: Grid, spot: Spot, unread: Unclear) -> None:
        """Tell what was not read, and so may be missing: the plan is not valid with it."""
        path = (f"?{len(self.data)}",)  # no key of a plan
        self._put(path, unread)
        self.spots.single[path] = (grid, spot)

    def _put(self, path: Path, value: object) -> None:
        target: Any = self.data
        for step in path[:-1]:
            target = target[step]
        target[path[-1]] = value

    def _read_rows(self, table: Table, found: list[Row]) -> list[Data]:
        rows: list[Data] = []
        path: Path = table.path
        for heading, row in found:
            at: Path = (*path, len(rows))
            self.spots.rows[at] = (heading, row)
            rows.append(self._read_row(heading, row, at))
        if path in (("participants",), ("reports",)):
            title = "name" if path == ("participants",) else "title"
            _give_codes(rows, title)
        if path == ("participants",):
            for person in rows:
                if isinstance(code := person.get("id"), str):
                    self.people.add(code, _string(person.get("name")))
            for person in rows:
                if isinstance(replaced := person.get("replaces"), str):
                    person["replaces"] = self.people.resolve(replaced)
        return rows

    def _read_row(self, heading: Heading, row: int, at: Path) -> Data:
        """One row as the plan has it; what is blank and may be left out is left out."""
        data: Data = {}
        day: date | None = None
        for number, column in heading.columns.items():
            steps = column.path
            value = heading.grid.value(row, number)
            meaning = understand(column, value, day)
            if steps == ("start",):
                day = day_of(meaning)
            if column.holds in ("mark", "instants") and len(steps) == 1:
                data.setdefault(steps[0], [])
            if meaning is None:
                continue
            target = data
            for step in steps[:-1]:
                target = target.setdefault(step, {"covers": []})
            if column.holds == "mark":
                items = target.setdefault(steps[-1], [])
                self.spots.single[(*at, *steps, len(items))] = (heading.grid, (row, number))
                items.append(meaning)
            elif column.holds == "instants":
                moments = [meaning] if isinstance(meaning, str) else instants(value or "")
                for moment in moments:
                    items = target[steps[-1]]
                    self.spots.single[(*at, *steps, len(items))] = (heading.grid, (row, number))
                    items.append({"to": column.member and column.member.value, "at": moment})
            else:
                target[steps[-1]] = self._referred(column, meaning)
        return data

    def _referred(self, column: Column, meaning: Meaning) -> Meaning:
        """The code that a committee or person is referred to by. Who is replaced is looked up when all are known."""
        if isinstance(meaning, str) and column.holds == "committee":
            return self._committees.resolve(meaning)
        if isinstance(meaning, str) and column.holds == "person" and column.path != ("replaces",):
            return self.people.resolve(meaning)
        return meaning

    def _person(self, heading: Heading, row: int) -> tuple[Meaning, Column]:
        """Who a row is about, by the code, by the name, or by both, which must agree; and the column that says so."""
        columns = {column.holds: column for column in heading.table.columns if column.path == ("person",)}
        written = {holds: self._meaning(heading, row, column) for holds, column in columns.items()}
        code, name = written["person"], written["name"]
        if code is None:
            found = self.people.resolve(name) if isinstance(name, str) else name
            return found, columns["name" if name is not None else "person"]
        if not isinstance(code, str):
            return code, columns["person"]
        found = self.people.resolve(code, _string(name))
        contradicted = isinstance(found, Unclear) and name is not None and found.written == name
        return found, columns["name" if contradicted else "person"]

    def _read_members(self, table: Table, found: list[Row]) -> None:
        """One row is one seat. A row with neither code nor name of a committee goes with the row above."""
        rows: list[Data] = []
        numbers: dict[Meaning, int] = {}
        code_column, name_column = (column for column in table.columns if column.path[0] == "committee")
        current: Meaning = None
        for heading, row in found:
            code, name = self._meaning(heading, row, code_column), self._meaning(heading, row, name_column)
            if code is None and isinstance(name, str):
                code = self._committees.resolve(name)
            current = current if code is None else code
            if current not in numbers:
                number = numbers[current] = len(rows)
                rows.append({"members": []} if current is None else {"id": current, "members": []})
                self.spots.single["committees", number] = (heading.grid, (row, self._number(heading, row, code_column)))
                self.spots.rows["committees", number] = (heading, row)
            number = numbers[current]
            self._name_committee(heading, row, number, rows[number], name)
            self._read_seat(heading, row, number, rows[number]["members"])
        self.data["committees"] = rows

    def _name_committee(self, heading: Heading, row: int, number: int, committee: Data, name: Meaning) -> None:
        known = committee.setdefault("name", name) if name is not None else name
        if known != name:
            committee["name"] = faults.twice(str(name), self.spots.place(("committees", number, "name")))
            name_column = next(column for column in heading.table.columns if column.path == ("committee", "name"))
            self.spots.single["committees", number, "name"] = _spot(heading, row, name_column)
        if isinstance(code := committee.get("id"), str):
            self._committees.add(code, _string(committee.get("name")))

    def _read_seat(self, heading: Heading, row: int, number: int, seats: list[Data]) -> None:
        at = ("committees", number, "members", len(seats))
        person, column = self._person(heading, row)
        seat: Data = {} if person is None else {"person": person}
        for other in heading.table.columns:
            if other.path in (("role",), ("also_on",)) and (meaning := self._meaning(heading, row, other)) is not None:
                seat[other.path[0]] = meaning
        if seat:
            self.spots.rows[at] = (heading, row)
            self.spots.single[(*at, "person")] = _spot(heading, row, column)
            seats.append(seat)

    def _read_ballots(self, table: Table, found: list[Row]) -> None:
        """One row is one ballot; a row that names no committee goes with the row above."""
        votes = self.data["confidence_votes"]
        if not isinstance(votes, list):
            return
        for vote in votes:
            vote["ballots"] = []
        (committee_column,) = (column for column in table.columns if column.path == ("committee",))
        numbers = {
            vote["committee"]: number for number, vote in reversed(list(enumerate(votes))) if "committee" in vote
        }
        current: Meaning = None
        for heading, row in found:
            committee = self._referred(committee_column, self._meaning(heading, row, committee_column))
            current = current if committee is None else committee
            if current not in numbers:
                numbers[current] = len(votes)
                self.spots.single["confidence_votes", len(votes)] = _spot(heading, row, committee_column)
                votes.append(current if isinstance(current, Unclear) else faults.no_vote(current))
            number = numbers[current]
            if isinstance(votes[number], Unclear):
                continue
            ballots = votes[number]["ballots"]
            person, column = self._person(heading, row)
            self.spots.single["confidence_votes", number, "ballots", len(ballots)] = _spot(heading, row, column)
            ballots.append(person)

    def _meaning(self, heading: Heading, row: int, column: Column) -> Meaning:
        number = heading.number(column)
        return None if number is None else understand(column, heading.grid.value(row, number))

    def _number(self, heading: Heading, row: int, column: Column) -> int:
        """Where a column stands, if it is filled in this row; or the first one of the table that is."""
        filled = [number for number, _ in heading.grid.filled(row) if number in heading.columns]
        wanted = heading.number(column)
        return wanted if wanted in filled and wanted is not None else filled[0]


def _spot(heading: Heading, row: int, column: Column) -> tuple[Grid, Spot]:
    """The cell of a column in a row; of the table's first column where the table has no such column."""
    return heading.grid, (row, heading.number(column) or min(heading.columns))


def _rows(parts: list[Heading]) -> Iterator[Row]:
    """The rows of a table that hold something: neither headings that are repeated nor the example."""
    for heading in parts:
        grid = heading.grid
        titles = {number: key(column.label) for number, column in heading.columns.items()}
        for row in sorted(grid.rows):
            if not heading.row < row < heading.end:
                continue
            cells = grid.rows[row]
            filled = [number for number in heading.columns if not is_blank(cells.get(number))]
            if all((row, number) in grid.origins for number in filled):
                continue
            repeated = all(key(as_text(cells[number])) == titles[number] for number in filled)
            if not repeated and not _is_example(heading, cells):
                yield heading, row


def _is_example(heading: Heading, cells: dict[int, Written]) -> bool:
    """Whether a row is the example of an empty form, marked as such and unchanged in every cell."""
    marked = any(key(as_text(cells[number])) == key(EXAMPLE) for number in heading.serials if number in cells)
    if not marked and not any(isinstance(value, str) and "(ví dụ)" in value for value in cells.values()):
        return False
    # Else by what they mean: spreadsheet programs save a date as a number, as text or in the manner of ISO.
    return all(
        as_text(cells.get(number, "")) == column.example
        or understand(column, cells.get(number)) == understand(column, column.example)
        for number, column in heading.columns.items()
    )


def _give_codes(rows: list[Data], title: str) -> None:
    """Rows without a code take their name for one, unless another row has it too."""
    names = Counter(name_key(name) for row in rows if isinstance(name := row.get(title), str))
    codes = {name_key(code) for row in rows if isinstance(code := row.get("id"), str)}
    for number, row in enumerate(rows, 1):
        name = row.get(title)
        if "id" in row:
            continue
        if not isinstance(name, str):
            row["id"] = f"#{number}"  # What is wrong is that the name is missing: that alone is reported.
        elif names[name_key(name)] > 1 or name_key(name) in codes:
            row["id"] = faults.code_needed(name)
        else:
            row["id"] = name


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None
