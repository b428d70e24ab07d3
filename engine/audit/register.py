"""The register of a running audit: who is in which plan, kept on disk, so that plans can be looked at together.

Rows go into Parquet files as outcomes come in; DuckDB then groups them, on disk where they don't fit into memory. Only
what is found more than once ever becomes Python objects. Nothing here depends on the order that plans came in.
"""

from array import array
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from .identity import BYTES, NOBODY
from .outcome import Outcome

MOST_NAMED: Final = 5
"""How many other plans a finding names."""

_ROWS_IN_A_FILE: Final = 200_000
_MEMORY: Final = ("128MB", "1GB", "8GB")
"""What DuckDB may use before it spills to disk; more only where that is not enough to go on."""
_KEY: Final = f"blob[{BYTES}]"
_TABLES: Final[dict[str, dict[str, str]]] = {
    "plans": {
        "number": "uint64",
        "organization": _KEY,
        "suspended": "uint8",
        "digest": "string",
        "place": "string",
    },
    "half_days": {"number": "uint64", "part": "uint8", "half_day": "int64"},
    "people": {"number": "uint64", "position": "uint32", "card": _KEY, "parts": "uint8"},
    "committees": {"number": "uint64", "name": _KEY},
    "ballots": {"committee": _KEY, "person": _KEY},
    "elsewhere": {"number": "uint64", "position": "uint32", "committee": _KEY, "person": _KEY, "name": _KEY},
}


@dataclass(frozen=True, slots=True)
class Group:
    """Plans of one organisation: the number, the digest and the place of each, by digest and place."""

    plans: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A seat elsewhere (by position, in the plan of this number), and what is known of the committee it is on.

    How many `organizations` have a committee of that name, the number of the first of their plans by place (None where
    there is none), whether all of these plans are `suspended` from rules across plans, and how many ballots such
    committees take on this person, and on `namesakes` whose party card is not given.
    """

    number: int
    position: int
    organizations: int
    first: int | None
    suspended: bool
    ballots: int
    namesakes: int


@dataclass(frozen=True, slots=True)
class Booked:
    """A participant (by position) in the plan of this number who is in plans of other organisations at the same time.

    `half_day` is the first such half day, `organizations` how many have the person then, this one included, and `others`
    the numbers of some of the other plans, in the order of their places.
    """

    number: int
    position: int
    half_day: int
    organizations: int
    others: tuple[int, ...]


class Register:
    """Takes plans in, and tells which belong together. It writes into a folder that its maker deletes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting = {name: _Columns(columns) for name, columns in _TABLES.items()}
        self._files = 0
        self._connection: Any = None

    def add(self, number: int, outcome: Outcome) -> None:
        """Take in what rules across plans need of the plan of this number."""
        across = outcome.across
        if across is None:
            return
        waiting = self._waiting
        suspended = 1 if across.suspended else 0
        waiting["plans"].add(number, across.organization, suspended, outcome.digest, outcome.place)
        for part, half_days in enumerate(across.half_days):
            for half_day in half_days:
                waiting["half_days"].add(number, 1 << part, half_day)
        for ballots in across.ballots:
            waiting["committees"].add(number, ballots.committee)
            people = ballots.people + ballots.names
            waiting["ballots"].extend(len(people) // BYTES, ballots.committee * (len(people) // BYTES), people)
        for position, seat in enumerate(across.elsewhere):
            waiting["elsewhere"].add(number, position, seat.committee, seat.person, seat.name)
        if any(across.half_days):
            count = len(across.parts)
            numbers = array("Q", (number,)) * count
            waiting["people"].extend(count, numbers, array("I", range(count)), across.people, across.parts)
        if len(waiting["people"]) + len(waiting["ballots"]) >= _ROWS_IN_A_FILE:
            self._write()

    def organizations(self) -> Iterator[Group]:
        """The organisations of which there is more than one plan."""
        rows = self._ask(
            "WITH repeated AS (SELECT organization FROM plans GROUP BY organization HAVING count(*) > 1) "
            "SELECT list({'number': number, 'digest': digest, 'place': place} ORDER BY digest, place) "
            "FROM plans JOIN repeated USING (organization) GROUP BY organization"
        )
        for (plans,) in rows:
            yield Group(tuple((plan["number"], plan["digest"], plan["place"]) for plan in plans))

    def seats_elsewhere(self) -> Iterator[Named]:
        """Every seat that some plan says a person has elsewhere."""
        rows = self._ask(
            """
            WITH named AS (
                SELECT e.number, e.position, count(DISTINCT p.organization) AS organizations,
                    arg_min(p.number, p.place) AS first, coalesce(min(p.suspended), 0) AS suspended
                FROM elsewhere e LEFT JOIN committees c ON c.name = e.committee LEFT JOIN plans p ON p.number = c.number
                GROUP BY e.number, e.position
            ), voted AS (
                SELECT e.number, e.position, count(*) FILTER (b.person = e.person) AS ballots,
                    count(*) FILTER (b.person = e.name) AS namesakes
                FROM elsewhere e JOIN ballots b ON b.committee = e.committee AND b.person IN (e.person, e.name)
                GROUP BY e.number, e.position
            )
            SELECT number, position, organizations, first, suspended, coalesce(ballots, 0), coalesce(namesakes, 0)
            FROM named LEFT JOIN voted USING (number, position) ORDER BY number, position
            """
        )
        for number, position, organizations, first, suspended, ballots, namesakes in rows:
            yield Named(number, position, organizations, first, bool(suspended), ballots, namesakes)

    def bookings(self) -> Iterator[Booked]:
        """Everybody who is in plans of several organisations at the same half day."""
        rows = self._ask(
            f"""
            WITH repeated AS (
                SELECT card FROM people WHERE card <> ?::BLOB GROUP BY card HAVING min(number) <> max(number)
            ), booked AS (
                SELECT DISTINCT card, half_day, number, position, organization, place
                FROM people JOIN repeated USING (card) JOIN half_days USING (number) JOIN plans USING (number)
                WHERE people.parts & half_days.part <> 0
            ), firsts AS (
                SELECT card, half_day, organization, arg_min(number, place) AS number, min(place) AS place
                FROM booked GROUP BY card, half_day, organization
            ), clashes AS (
                SELECT card, half_day, count(*) AS organizations,
                    min({{'place': place, 'number': number, 'organization': organization}}, {MOST_NAMED + 1}) AS named
                FROM firsts GROUP BY card, half_day HAVING count(*) > 1
            )
            SELECT number, position, min(half_day), arg_min(organizations, half_day),
                arg_min(list_filter(named, lambda one: one.organization <> booked.organization), half_day)
            FROM booked JOIN clashes USING (card, half_day)
            GROUP BY number, position ORDER BY number, position
            """,  # noqa: S608 (of our own constants)
            [NOBODY],
        )
        for number, position, half_day, organizations, others in rows:
            yield Booked(number, position, half_day, organizations, tuple(one["number"] for one in others[:MOST_NAMED]))

    def _ask(self, query: str, values: list[Any] | None = None) -> Iterator[tuple[Any, ...]]:
        self._write()
        if self._connection is None:
            self._connection = self._opened()
        found = self._executed(query, values or [])
        while rows := found.fetchmany(1000):
            yield from rows

    def _executed(self, query: str, values: list[Any]) -> Any:
        import duckdb

        for limit in _MEMORY:
            self._connection.execute(f"SET memory_limit = '{limit}'")
            with suppress(duckdb.OutOfMemoryException):
                return self._connection.cursor().execute(query, values)
        raise MemoryError(query)

    def _opened(self) -> Any:
        import duckdb

        connection = duckdb.connect()
        connection.execute("SET threads = 2")
        connection.execute("SET preserve_insertion_order = false")
        connection.execute("SET temp_directory = ?", [str(self._folder / "spilled")])
        for table in _TABLES:
            connection.execute(f"CREATE VIEW {table} AS FROM read_parquet('{_quoted(self._folder)}/{table}-*.parquet')")
        return connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def _write(self) -> None:
        """Write what waits; at least one file a table."""
        if self._files and not any(map(len, self._waiting.values())):
            return
        import pyarrow.parquet

        for name, columns in self._waiting.items():
            if len(columns) or not self._files:
                path = self._folder / f"{name}-{self._files}.parquet"
                pyarrow.parquet.write_table(columns.table(), path, compression="zstd", use_dictionary=False)
                columns.clear()
        self._files += 1


def _quoted(folder: Path) -> str:
    return str(folder).replace("'", "''")


class _Columns:
    """Rows that wait to be written, by column: numbers in arrays, hashes one after the other."""

    def __init__(self, columns: dict[str, str]) -> None:
        self._kinds = columns
        self.clear()

    def __len__(self) -> int:
        return self._count

    def clear(self) -> None:
        codes = {"uint64": "Q", "uint32": "I", "uint8": "B", "int64": "q"}
        self._count = 0
        self._values: list[Any] = [
            array(codes[kind]) if kind in codes else [] if kind == "string" else bytearray()
            for kind in self._kinds.values()
        ]

    def add(self, *row: Any) -> None:
        self._count += 1
        for values, value in zip(self._values, row, strict=True):
            if isinstance(values, bytearray):
                values += value
            else:
                values.append(value)

    def extend(self, count: int, *columns: Any) -> None:
        """Take in many rows, given as columns."""
        self._count += count
        for values, more in zip(self._values, columns, strict=True):
            values.extend(more)

    def table(self) -> Any:
        import pyarrow

        def made(kind: str, values: Any) -> Any:
            if kind == "string":
                return pyarrow.array(values, pyarrow.string())
            of = pyarrow.binary(BYTES) if kind == _KEY else getattr(pyarrow, kind)()
            return pyarrow.Array.from_buffers(of, self._count, [None, pyarrow.py_buffer(bytes(values))])

        return pyarrow.table(
            {name: made(kind, values) for (name, kind), values in zip(self._kinds.items(), self._values, strict=True)}
        )
