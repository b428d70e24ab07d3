"""Columns of Parquet: asked as a whole what plan.py asks of values, and made into values when somebody asks for them.

Participants are nearly all of a plan, and hardly one of them is ever looked at singly. `Participants` stands for the list
of them: it makes the struct of one when it is asked for, and tells of all at once which of them a rule may find at fault.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from math import inf, isfinite
from typing import Any, Final, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ...base.instant import FIRST_YEAR, LAST_YEAR
from ...base.nothing_said import WHOLE, says_nothing
from ...model.instants import EPOCH
from ...model.records import DocumentRecord
from ...model.types import MOST_ROWS, AtMost, Reference, Said
from .decode import PLAIN, are_proper
from .structs import fields, is_card, item_of, limits, present, shape, struct

TIME: Final = pa.timestamp("ms")
DAY: Final = pa.date32()

_MOST_LISTS: Final = 2**31
"""So many lists can be told apart by one number."""

_TRUTHS: Final = pa.array([False, True])


class Doubtful(Exception):
    """Some value of a column may not be one that a plan has."""


class Column:
    """The values of a field: which of the different ones stands where. -1 stands for none. Of party cards each is one by itself.

    `numbers` tell values too, but in every row group the same; texts have none.
    """

    def __init__(
        self,
        codes: NDArray[Any],
        different: pa.Array,
        made: Callable[[], list[Any]] | None = None,
        numbers: NDArray[Any] | None = None,
    ) -> None:
        self.codes, self.different, self.numbers = codes, different, numbers
        self._made = made or different.to_pylist

    @cached_property
    def _values(self) -> list[Any]:
        return [*self._made(), None]  # None is where -1 leads

    @property
    def each(self) -> list[Any]:
        """The different values."""
        return self._values[:-1]

    def __getitem__(self, position: int) -> Any:
        return self._values[self.codes[position]]

    def values(self, start: int = 0, end: int | None = None) -> list[Any]:
        """The values from one position to another."""
        values = self._values
        return [values[code] for code in self.codes[start:end].tolist()]

    def pieces(self, made: Callable[[Sequence[Any]], bytes], width: int) -> bytes:
        """What `made` makes of the values, so many bytes of each."""
        found = made(_Texts(self.different) if self.different.type == pa.string() else self._values[:-1])
        if self.codes.min(initial=0) < 0:
            found += made([None])
        spread: bytes = np.frombuffer(found, f"V{width}")[self.codes].tobytes()
        return spread


class _Texts(Sequence[str]):
    """Texts of which none need be made where all are wanted together."""

    def __init__(self, texts: pa.StringArray) -> None:
        self._texts = texts

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> Any:
        return self._texts[index].as_py() if isinstance(index, int) else self._texts[index].to_pylist()

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts.to_pylist())

    def lines(self) -> str:
        """All of them, a line each."""
        return (
            ""
            if not self._texts
            else pc.binary_join(pa.ListArray.from_arrays([0, len(self)], self._texts), "\n")[0].as_py()
        )


def column(annotation: Any, array: pa.Array) -> Column:
    """The column of texts, truths, numbers, times, members of an enumeration, or lists of these. Raises Doubtful, UnicodeError."""
    kind: Any = present(annotation)
    if isinstance(shape(kind), AtMost):
        return _lists(kind, array)
    if kind is annotation and array.null_count:
        raise Doubtful
    if array.type == pa.bool_():
        truths = numbers(array.cast(pa.int8()).fill_null(-1))
        return Column(truths, _TRUTHS, numbers=truths)
    codes, different = _apart(array) if is_card(kind) else coded(array)
    if array.type in _TOLD_BY:
        values = scalars(kind, different)
        told_by = array.cast(_TOLD_BY[array.type]).cast(pa.float64() if array.type == pa.float64() else pa.int64())
        return Column(codes, different, lambda: values, numbers(told_by.fill_null(_NEVER)))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        members = different.to_pylist()
        order = {member.value: place for place, member in enumerate(kind)}
        if not order.keys() >= set(members):
            raise Doubtful
        places = np.array([order[member] for member in members], np.uint8)
        return Column(codes, different, lambda: [*map(kind, members)], places[codes])
    if different.type == pa.string():
        _texts(kind, different)
    return Column(codes, different)


def coded(array: pa.Array) -> tuple[NDArray[Any], pa.Array]:
    """Which of the different values stands where (-1 for none), and these: each stands somewhere. Raises Doubtful."""
    if not isinstance(array, pa.DictionaryArray):
        array = array.dictionary_encode()
        return _codes(array), array.dictionary
    codes, given = _codes(array), array.dictionary
    if codes.max(initial=-1) >= len(given):
        raise Doubtful
    used = np.zeros(len(given) + 1, bool)
    used[codes] = True
    if not used[:-1].all():
        given = given.filter(pa.array(used[:-1]))
        codes = np.append(np.cumsum(used[:-1]) - 1, -1)[codes]
    # The file gave the dictionary, and may have given it wrong.
    return (codes, given) if len(given.drop_null().unique()) == len(given) else coded(decoded(array))


def _apart(array: pa.Array) -> tuple[NDArray[Any], pa.Array]:
    """As `coded`, of values of which hardly any two are equal, so that it does not pay to look for these."""
    given = numbers(array.is_valid())
    return np.where(given, np.cumsum(given) - 1, -1), decoded(array).drop_null()


def _codes(array: pa.DictionaryArray) -> NDArray[Any]:
    return numbers(array.indices.fill_null(-1) if array.null_count else array.indices)


def decoded(array: pa.Array) -> pa.Array:
    """The array as one of values."""
    return array.dictionary_decode() if isinstance(array, pa.DictionaryArray) else array


def numbers(array: pa.Array) -> NDArray[Any]:
    """The values of an array of numbers or truths that has no nulls."""
    made: NDArray[Any] = array.to_numpy(zero_copy_only=False)
    return made


def times(array: pa.TimestampArray) -> list[datetime | None]:
    """The times of a column. Raises Doubtful."""
    given = numbers(array.drop_null().cast(pa.int64()))
    if (given % _MINUTE).any() or not (_FIRST <= given.min(initial=_FIRST) <= given.max(initial=_FIRST) < _END):
        raise Doubtful
    return [None if time is None else _time(time) for time in array.cast(pa.int64()).to_pylist()]


def days(array: pa.Date32Array) -> list[date | None]:
    """The days of a column. Raises Doubtful."""
    found: list[date | None] = array.to_pylist()
    if any(day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR for day in found):
        raise Doubtful
    return found


_NEVER: Final = -(2**60)
"""Stands for a number or a time that is not given: no document has it."""
_TOLD_BY: Final = {TIME: pa.int64(), DAY: pa.int32(), pa.int32(): pa.int32(), pa.float64(): pa.float64()}
"""The types of numbers and times, and the numbers that tell them."""


def scalars(kind: Any, array: pa.Array) -> list[Any]:
    """Numbers or times as a document has them. Raises Doubtful."""
    if array.type == TIME:
        return times(array)
    return days(array) if array.type == DAY else measured(kind, array)


def measured(kind: Any, array: pa.Array) -> list[Any]:
    """Numbers within what their type allows. Raises Doubtful."""
    values: list[Any] = array.to_pylist()
    free = (1, 1) if array.type == pa.int32() else (-inf, inf)  # a whole number without limits is a version
    least, most = limits(kind).get("ge", free[0]), limits(kind).get("le", free[1])
    if any(value is not None and not (isfinite(value) and least <= value <= most) for value in values):
        raise Doubtful
    return values


@lru_cache(maxsize=65_536)
def _time(milliseconds: int) -> datetime:
    return EPOCH + timedelta(milliseconds=milliseconds)


_MINUTE: Final = 60_000
_FIRST: Final = (datetime(FIRST_YEAR, 1, 1) - EPOCH) // timedelta(milliseconds=1)
_END: Final = (datetime(LAST_YEAR + 1, 1, 1) - EPOCH) // timedelta(milliseconds=1)


def _texts(kind: Any, different: pa.StringArray) -> None:
    if shape(kind) is shape(Reference):
        different.to_pylist()  # it equals what is looked at elsewhere, if it is text at all
        return
    if shape(kind) is shape(Said) and _says_nothing(different):
        raise Doubtful
    longest = limits(kind)["max_length"]
    ends, written = text_bytes(different)
    lengths = np.diff(ends)
    if not lengths.all():
        raise Doubtful
    texts: list[str] = []
    if written[ends[0] : ends[-1]].tobytes().translate(None, PLAIN):
        texts = different.to_pylist()
    if lengths.max(initial=0) > longest and (not texts or max(map(len, texts)) > longest):
        raise Doubtful
    if texts and not are_proper(texts):
        raise Doubtful


def _says_nothing(texts: pa.StringArray) -> bool:
    """Whether any of the texts says nothing. Arrow prepares its look anew each time, for as long as few texts take otherwise."""
    if len(texts) < _FEW:
        return any(map(says_nothing, texts.to_pylist()))
    found: bool = pc.any(pc.match_substring_regex(texts, WHOLE)).as_py()
    return found


_FEW: Final = 1000


def text_bytes(texts: pa.StringArray) -> tuple[NDArray[Any], memoryview]:
    """Where texts begin and end among the bytes, and the bytes."""
    _, ends, written = texts.buffers()
    if not len(texts):
        return np.zeros(1, np.int32), memoryview(b"")
    return np.frombuffer(ends, np.int32)[texts.offset : texts.offset + len(texts) + 1], memoryview(written or b"")


def _lists(kind: Any, array: pa.ListArray) -> Column:
    """Lists of members, of which few differ: each is told by a number that has the members for digits."""
    if array.null_count:
        raise Doubtful
    item = item_of(kind)
    members = column(item, array.flatten())
    lengths, base = numbers(array.value_lengths()), len(item) + 1
    longest = int(lengths.max(initial=0))
    if longest > shape(kind).rows or base**longest > _MOST_LISTS:  # type: ignore[attr-defined]
        raise Doubtful
    ends = np.cumsum(lengths)
    starts, told_by = ends - lengths, np.zeros(len(array), np.int32)
    assert members.numbers is not None
    for place in range(longest):
        there = lengths > place
        told_by[there] = told_by[there] * base + members.numbers[starts[there] + place] + 1
    codes, different = coded(pa.array(told_by))
    found = [tuple(members.values(starts[one], ends[one])) for one in one_of_each(codes, len(different))]
    return Column(codes, different, lambda: found, told_by)


def one_of_each(codes: NDArray[Any], different: int) -> list[int]:
    """For each of the different values a position where it stands."""
    positions = np.zeros(different, np.int64)
    positions[codes] = np.arange(len(codes))
    found: list[int] = positions.tolist()
    return found


class PeopleColumns:
    """The participants of the plans of a row group."""

    def __init__(self, record: Any, array: pa.ListArray) -> None:
        """Raises Doubtful, UnicodeError."""
        self._person = struct(record, "row")
        self.array: pa.StructArray = array.flatten()
        ends = bounds(array)
        if array.null_count or self.array.null_count or np.diff(ends).max(initial=0) > MOST_ROWS:
            raise Doubtful
        self.columns = {name: column(kind, self.array.field(name)) for name, kind, _ in fields(record)}
        self.bounds: list[int] = ends.tolist()
        """Where those of each plan begin, and where the last end."""
        self._suspects: dict[Callable[[Any], bool], tuple[list[int], list[int]]] = {}
        self._answers: dict[tuple[str, Callable[[list[Any]], bool]], bool] = {}
        self._pieces: dict[Callable[[Sequence[Any]], bytes], bytes] = {}

    def one(self, position: int) -> Any:
        """The struct of a participant."""
        return self._person(*[column[position] for column in self.columns.values()])

    def some(self, start: int, end: int) -> list[Any]:
        """The structs of participants."""
        return [*map(self._person, *[column.values(start, end) for column in self.columns.values()])]

    def suspects(self, suspect: Callable[[Any], bool], names: tuple[str, ...]) -> tuple[list[int], list[int]]:
        """The positions of all whom `suspect` is true of, which reads the named fields; and where those of each plan begin.

        It is asked once of each combination of values.
        """
        known = self._suspects.get(suspect)
        if known is None:
            codes, different = np.zeros(len(self.array), np.int64), 1
            for name in names:
                column = self.columns[name]
                both = codes * (len(column.different) + 1) + column.codes + 1
                codes, kinds = coded(pa.array(both))
                different = len(kinds)
            at_fault: NDArray[np.bool] = np.array(
                [suspect(self.one(position)) for position in one_of_each(codes, different)], np.bool
            )
            found = np.flatnonzero(at_fault[codes])
            known = self._suspects[suspect] = found.tolist(), np.searchsorted(found, self.bounds).tolist()
        return known

    def pieces(self, made: Callable[[Sequence[Any]], bytes], width: int, name: str) -> bytes:
        """What `made` makes of the values of a field, so many bytes of each."""
        if made not in self._pieces:
            self._pieces[made] = self.columns[name].pieces(made, width)
        return self._pieces[made]

    def every(self, name: str, question: Callable[[list[Any]], bool]) -> bool:
        """Whether the answer to a question is yes for all values of a field."""
        if (name, question) not in self._answers:
            self._answers[name, question] = question(self.columns[name].each)
        return self._answers[name, question]

    @cached_property
    def content(self) -> list[tuple[memoryview, list[int]]]:
        """All that the columns hold as bytes, and where those of each plan begin."""
        return [
            piece
            for name, column in self.columns.items()
            for piece in _pieces(self.array.field(name) if column.numbers is None else column.numbers, self.bounds)
        ]


class Participants(Sequence[Any]):
    """The participants of one plan, by its number among the plans of a row group."""

    __slots__ = ("_end", "_number", "_people", "_start")

    def __init__(self, people: PeopleColumns, number: int) -> None:
        self._people, self._number = people, number
        self._start, self._end = people.bounds[number : number + 2]

    def __len__(self) -> int:
        return self._end - self._start

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return [*self][index]
        return self._people.one(range(self._start, self._end)[index])

    def __iter__(self) -> Iterator[Any]:
        return iter(self._people.some(self._start, self._end))

    def column(self, name: str) -> list[Any]:
        """The values of one field."""
        return self._people.columns[name].values(self._start, self._end)

    def suspects(self, suspect: Callable[[Any], bool], names: tuple[str, ...]) -> list[tuple[int, Any]]:
        """All whom `suspect` is true of, which reads the named fields, with their numbers."""
        found, ends = self._people.suspects(suspect, names)
        mine = found[ends[self._number] : ends[self._number + 1]]
        return [(position - self._start, self._people.one(position)) for position in mine]

    def pieces(self, made: Callable[[Sequence[Any]], bytes], width: int, name: str) -> bytes:
        """What `made` makes of the values of a field, so many bytes a participant."""
        return self._people.pieces(made, width, name)[self._start * width : self._end * width]

    def every(self, name: str, question: Callable[[list[Any]], bool]) -> bool:
        """Whether the answer is yes for the values of one field that are given."""
        return self._people.every(name, question) or question([one for one in self.column(name) if one is not None])

    def whole(self) -> tuple[DocumentRecord, ...]:
        """The participants as records."""
        return tuple(person.whole() for person in self)

    def content(self) -> list[memoryview]:
        """All that is given of them, so that it differs wherever they differ."""
        number = self._number
        return [piece[bounds[number] : bounds[number + 1]] for piece, bounds in self._people.content]


def bounds(array: pa.ListArray) -> NDArray[Any]:
    """Where the items of each list begin among all of them, and where the last end. Null lists are empty."""
    lengths = numbers(array.value_lengths().fill_null(0))
    return np.concatenate([[0], np.cumsum(lengths)])


def _pieces(values: pa.Array | NDArray[Any], bounds: list[int]) -> Iterator[tuple[memoryview, list[int]]]:
    """The bytes that tell texts, or numbers, and where those of each plan begin."""
    if isinstance(values, pa.Array):
        ends, written = text_bytes(decoded(values))
        yield from _pieces(np.diff(ends), bounds)  # 0 where there is none: no text is empty
        yield written, ends[bounds].tolist()
    else:
        yield memoryview(values.tobytes()), [end * values.itemsize for end in bounds]
