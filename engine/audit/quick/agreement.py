"""What agreement.agrees asks of one plan, asked of all plans of a row group at once.

tests/engine/audit/quick/test_agreement.py holds the two together.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ...base.cards import read_card, significant
from ...base.look_alikes import is_plain, skeleton
from ...model.description import Description, Field, Order, RecordType
from .columns import PeopleColumns, bounds, coded, decoded, numbers, text_bytes

_Owners = NDArray[Any]
"""For each item the number of the plan, or of the list, that it is in."""


def agreeing(known: Description, rows: pa.StructArray, people: PeopleColumns) -> list[bool]:
    """Whether in each plan ids refer to what is there, nothing stands twice that must be unique, and sessions end in time."""
    good = np.ones(len(rows), bool)
    for plans in _Asked(known, rows, people).at_fault():
        good[plans] = False
    result: list[bool] = good.tolist()
    return result


class _Ids:
    """The ids that plans give; `plans` tells which plan each is in."""

    def __init__(self, plans: _Owners, codes: NDArray[Any], different: pa.StringArray) -> None:
        self.repeated = _repeated(plans, _by_look(codes, different))
        self._different = different
        self._given = _together(plans, codes, len(different))

    def unknown(self, plans: _Owners, references: pa.Array) -> _Owners:
        """The plans with references to what they give no id."""
        where, different = coded(references)
        codes = numbers(pc.index_in(different, value_set=self._different).fill_null(-1))[where].astype(np.int64)
        known = (codes >= 0) & np.isin(_together(plans, codes, len(self._different)), self._given)
        missing: _Owners = plans[~known]
        return missing


@dataclass(frozen=True, slots=True)
class _Table:
    """All rows at one place of the plans: the plan and the list that each is in."""

    rows: pa.Array
    plans: _Owners
    lists: _Owners


class _Asked:
    """The plans of a row group, asked field by field as their description says."""

    def __init__(self, known: Description, rows: pa.StructArray, people: PeopleColumns) -> None:
        self._known, self._people = known, people
        everything = np.arange(len(rows))
        self._tables: dict[tuple[str, ...], _Table] = {(): _Table(rows, everything, everything)}
        self._ids: dict[str, _Ids] = {}

    def at_fault(self) -> Iterator[_Owners]:
        """The plans in which something is amiss, by their numbers, as often as something is."""
        for steps, record, field in self._known.fields:
            if field.type == "identifier":
                yield self._given("/" + "/".join(steps[:-1])).repeated
            elif field.unique is not None or field.nature == "secret":
                yield from self._unique(steps, field)
            if field.to is not None:
                yield from self._references(steps, record, field)
        for steps, record in self._known.record_places:
            for order in record.order:
                yield self._disordered(self._table(steps), order)

    def _table(self, steps: tuple[str, ...]) -> _Table:
        """The records, or the items of lists, at these steps; where a record is not given there is none."""
        if steps not in self._tables:
            above = self._table(steps[:-1])
            inside = self._people.array if steps == self._known.people else above.rows.field(steps[-1])
            field = self._known.at("/" + "/".join(steps))
            if field is not None and field.type == "record":
                there = numbers(inside.is_valid())
                self._tables[steps] = _Table(inside.filter(inside.is_valid()), above.plans[there], above.lists[there])
            elif steps == self._known.people:
                whose = np.repeat(np.arange(len(self._people.bounds) - 1), np.diff(self._people.bounds))
                self._tables[steps] = _Table(inside, whose, whose)
            else:
                items, lists = _items(inside)
                self._tables[steps] = _Table(items, above.plans[lists], lists)
        return self._tables[steps]

    def _values(self, steps: tuple[str, ...], field: Field) -> tuple[_Table, pa.Array]:
        """The values of a field that are given, and where each is."""
        if field.type == "list":
            table = self._table(steps)
            return table, table.rows
        table = self._table(steps[:-1])
        found = table.rows.field(steps[-1])
        if field.required:
            return table, found
        there = numbers(found.is_valid())
        return _Table(table.rows, table.plans[there], table.lists[there]), found.drop_null()

    def _coded(self, steps: tuple[str, ...], found: pa.Array) -> tuple[NDArray[Any], pa.Array]:
        """Which of the different values stands where, and these; of people that is known."""
        if steps[:-1] != self._known.people:
            return coded(found)
        column = self._people.columns[steps[-1]]
        return column.codes[column.codes >= 0], column.different

    def _given(self, rows: str) -> "_Ids":
        """The identifiers of the rows at a path."""
        if rows not in self._ids:
            steps = (*self._known.steps(rows), self._known.identifier(rows))
            table = self._table(steps[:-1])
            self._ids[rows] = _Ids(table.plans, *self._coded(steps, table.rows.field(steps[-1])))
        return self._ids[rows]

    def _unique(self, steps: tuple[str, ...], field: Field) -> Iterator[_Owners]:
        table, found = self._values(steps, field)
        codes, different = self._coded(steps, found)
        if field.nature == "secret":
            yield from _cards_amiss(table.plans, codes, different)
        elif field.unique is not None and field.unique.repeats:
            yield (
                table.plans[:0] if not len(codes) else self._of_lists(table, _look_alike(table.lists, codes, different))
            )
        elif field.unique is not None:
            same = _by_look(codes, different) if field.unique.compared == "look" else codes
            yield self._of_lists(table, _repeated(table.lists, same))

    @staticmethod
    def _of_lists(table: _Table, lists: _Owners) -> _Owners:
        """The plans that these lists are in."""
        plans: _Owners = table.plans[np.isin(table.lists, lists)]
        return plans

    def _references(self, steps: tuple[str, ...], record: RecordType, field: Field) -> Iterator[_Owners]:
        table, found = self._values(steps, field)
        yield self._given(field.to or "").unknown(table.plans, found)
        if field.not_itself is not None:
            rows = self._table(steps[:-1])
            same = pc.equal(decoded(rows.rows.field(record.identifier)), decoded(rows.rows.field(steps[-1])))
            yield rows.plans[numbers(same.fill_null(False))]

    @staticmethod
    def _disordered(table: _Table, order: Order) -> _Owners:
        both = [table.rows.field(name) for name in (order.earlier, order.later)]
        there = numbers(pc.and_(both[0].is_valid(), both[1].is_valid()))
        earlier, later = (numbers(one.cast(pa.int64()).fill_null(0)) for one in both)
        most = np.inf if order.days is None else timedelta(days=order.days) / timedelta(milliseconds=1)
        wrong = there & ((later <= earlier) | (later - earlier > most))
        plans: _Owners = table.plans[wrong]
        return plans


def _look_alike(plans: _Owners, codes: NDArray[Any], different: pa.StringArray) -> _Owners:
    """The plans in which two different texts look the same."""
    looks = _by_look(codes, different)
    if looks is codes:
        return plans[:0]
    _, once = np.unique(_together(plans, codes, len(different)), return_index=True)
    return _repeated(plans[once], looks[once])


def _by_look(codes: NDArray[Any], different: pa.StringArray) -> NDArray[Any]:
    """The codes of texts, the same for those that look the same."""
    texts = different.to_pylist()
    return codes if all(map(is_plain, texts)) else _merged(codes, map(skeleton, texts))


def _cards_amiss(plans: _Owners, codes: NDArray[Any], different: pa.StringArray) -> Iterator[_Owners]:
    """The plans with a party card twice, however it is grouped, and those with one of which something is to be said."""
    bare = pc.replace_substring(different, ".", "")
    ends, written = text_bytes(bare)
    lengths, plain = np.diff(ends), not written[ends[0] : ends[-1]].tobytes().translate(None, b"0123456789")
    if plain and lengths.all() and lengths.max(initial=0) <= _MOST_DIGITS:  # as nearly all are
        yield _repeated(plans, coded(bare)[0][codes])
        return
    texts = different.to_pylist()
    odd = np.array([not (card.plain and card.clear) for card in map(read_card, texts)], bool)
    yield plans[odd[codes]]
    yield _repeated(plans, _merged(codes, significant(texts)))


_MOST_DIGITS: Final = 15
"""More may be two cards (base/cards.py)."""


def _merged(codes: NDArray[Any], counted: Iterable[str | bytes]) -> NDArray[Any]:
    """The codes of texts, the same for those of which the same counts."""
    first: dict[str | bytes, int] = {}
    numbers = [first.setdefault(item, number) for number, item in enumerate(counted)]
    merged: NDArray[Any] = np.array(numbers, np.int64)[codes]
    return merged


def _items(lists: pa.ListArray) -> tuple[pa.Array, _Owners]:
    """The items of all lists, and the number of the list that each is in."""
    return lists.flatten(), np.repeat(np.arange(len(lists)), np.diff(bounds(lists)))


def _repeated(owners: _Owners, codes: NDArray[Any]) -> _Owners:
    """The owners that have a code more than once."""
    width = int(codes.max(initial=-1)) + 1
    keys = _together(owners, codes, width)
    if (int(owners.max(initial=-1)) + 1) * width <= _SPARSE * len(keys):
        return np.flatnonzero(np.bincount(keys) > 1) // width
    if np.bincount(codes).max() == 1:
        return owners[:0]
    keys.sort()
    repeated: _Owners = keys[1:][keys[1:] == keys[:-1]] // width
    return repeated


_SPARSE: Final = 16
"""Where numbers are no more than so many times as great as many, counting each is quicker than sorting them."""


def _together(owners: _Owners, codes: NDArray[Any], width: int) -> NDArray[Any]:
    """One number for an owner and a code below `width`."""
    together: NDArray[Any] = owners * width + codes
    return together
