"""Facts of a symbolic document: the rows of facts.py, field by field, over what the solver chooses.

What a function means is said beside its Python (model/functions.py). tests/engine/assurance/verify/test_encoding.py holds the
two together: pinned to a plan, every field has the value that facts gives.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

import z3

from ...model.description import EntityType
from ...model.facts import entities
from ...model.functions import FUNCTIONS
from ...model.instants import Readings
from .logic import NO, YES, Truth, Whole, both, every, no, some
from .tree import (
    ITEM,
    MINUTES_A_DAY,
    BesideNode,
    Built,
    ChoiceNode,
    MembersNode,
    NumberNode,
    OptionalNode,
    Owner,
    RecordNode,
    ReferenceNode,
    Slot,
    SplitInstantNode,
    Steps,
    WordNode,
    beyond,
    list_of,
)


@dataclass(frozen=True, slots=True, eq=False)
class Symbol:
    """A field of a symbolic row: its number or truth, or a truth for each of its `members`; and whether it is given.

    A number stands for itself divided by `scale`, which is more than nothing. `owner` is the slot whose id it is: two slots never share one.
    """

    term: Whole | Truth = None
    given: Truth = YES
    members: dict[str, Truth] | None = None
    scale: int | Whole = 1
    owner: Owner | None = None


def same(one: Symbol, other: Symbol) -> Truth:
    """Whether two fields are given and equal."""
    if one.owner is not None and other.owner is not None and one.owner[0] == other.owner[0]:
        return YES if one.owner == other.owner else NO
    given = both(one.given, other.given)
    if one.members is not None and other.members is not None:
        theirs = other.members
        return both(given, some(both(truth, theirs[name]) for name, truth in one.members.items() if name in theirs))
    if z3.is_bool(one.term):
        return both(given, one.term == other.term)
    return both(given, one.term * other.scale == other.term * one.scale)


@dataclass(slots=True, eq=False)
class SymbolicRow:
    """A row that may be there. A field's symbol is made when it is first read.

    `source` is the slot, or optional record, that it is made of; a row for a member of what many rows have has the
    `member`, and whether each of those rows has it.
    """

    present: Truth
    fields: dict[str, Callable[[], Symbol]]
    source: Any = None
    member: str | None = None
    had: tuple[Truth, ...] = ()
    _known: dict[str, Symbol] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Symbol:
        if name not in self._known:
            self._known[name] = self.fields[name]()
        return self._known[name]


@dataclass(frozen=True, slots=True)
class _Here:
    """Where a row stands: each record and row on the way there with its steps, the outermost first."""

    items: tuple[tuple[Steps, Any], ...]
    present: Truth = YES
    source: Any = None
    member: str | None = None
    had: tuple[Truth, ...] = ()


class SymbolicFacts(dict[str, list[SymbolicRow]]):
    """The rows of a symbolic document, by entity; those of an entity are made when first asked for."""

    def __init__(self, built: Built, readings: Readings) -> None:
        self.built, self.texts, self.readings = built, built.texts, readings
        self.known = built.known

    def __missing__(self, entity: str) -> list[SymbolicRow]:
        type_ = self.known.entities[entity]
        rows = self[entity] = [self._row(type_, here) for here in self._places(type_)]
        return rows

    def _row(self, entity: EntityType, here: _Here) -> SymbolicRow:
        at = _Terms(self, entity, here)
        made: dict[str, Callable[[], Symbol]] = {fact.name: partial(at.field, fact.name) for fact in entity.fields}
        return SymbolicRow(here.present, made, here.source, here.member, here.had)

    def _places(self, entity: EntityType) -> Iterator[_Here]:
        rows = self.known.steps(entity.rows)
        if entity.distinct is None:
            yield from self.walk(rows)
            return
        steps = (*rows, entity.distinct)
        found = [(here, *node_at(here, steps)) for here in self.walk(rows)]
        members = dict.fromkeys(name for _, node, _ in found for name in node.members)
        for member in members:
            had = tuple(node.members[member] for _, node, _ in found)
            present = some(every((here.present, given, node.members[member])) for here, node, given in found)
            choice = ChoiceNode({member: YES})
            yield _Here((((), self.built.plan), (steps, choice)), present, None, member, had)

    def walk(self, steps: Steps) -> Iterator[_Here]:
        """All rows that steps lead to."""
        yield from self._walk(_Here((((), self.built.plan),)), steps)

    def _walk(self, here: _Here, steps: Steps) -> Iterator[_Here]:
        above, node = here.items[-1]
        for length in range(len(above) + 1, len(steps) + 1):
            node = node.fields[steps[length - 1]] if isinstance(node, RecordNode) else None
            if isinstance(node, list):
                for slot in node:
                    yield from self._walk(_Here((*here.items, (steps[:length], slot)), slot.present, slot), steps)
                return
            if isinstance(node, OptionalNode) and isinstance(node.node, RecordNode):
                there = both(here.present, node.given)
                yield from self._walk(_Here((*here.items, (steps[:length], node.node)), there, node), steps)
                return
        yield here


def node_at(here: _Here, steps: Steps) -> tuple[Any, Truth]:
    """What stands at steps from a row, and whether it is there."""
    above: Steps
    node: Any
    above, node = next(known for known in reversed(here.items) if steps[: len(known[0])] == known[0])
    given = YES
    for step in steps[len(above) :]:
        node = node.fields[step]
        if isinstance(node, OptionalNode):
            node, given = node.node, both(given, node.given)
    return (node.fields[ITEM] if isinstance(node, Slot) and ITEM in node.fields else node), given


class _Terms:
    """Terms from one row of an entity (functions.Terms)."""

    def __init__(self, facts: SymbolicFacts, entity: EntityType, here: _Here) -> None:
        self.facts, self.known, self.entity, self.here = facts, facts.known, entity, here
        self.whole = _Here((((), facts.built.plan),))

    def field(self, name: str) -> Symbol:
        """A field of the row."""
        fact = self.entity.field(name)
        assert fact is not None, name
        symbol: Symbol = FUNCTIONS[fact.function].term(self, fact)
        return symbol

    def constant(self, text: str) -> Symbol:
        """A text."""
        return Symbol(z3.IntVal(self.facts.texts.number(text)))

    def position(self) -> Symbol:
        """The number of the row in its list, from 1."""
        (steps, slot), (above, node) = self.here.items[-1], self.here.items[-2]
        for step in steps[len(above) :]:
            node = node.fields[step]
        number = next(number for number, other in enumerate(node) if other is slot)
        if not any(isinstance(inner, BesideNode) for inner in slot.fields.values()):
            return Symbol(z3.IntVal(number + 1))  # those that are there come first
        return Symbol(z3.Sum([z3.If(other.present, 1, 0) for other in node[: number + 1]]))

    def value(self, path: str) -> Symbol:
        """What stands at a path from the row."""
        head, dot, name = path.partition(".")
        if dot and head in self.known.entities:
            return _Terms(self.facts, self.known.entities[head], self.whole).field(name)
        return self._symbol(*node_at(self.here, self.known.steps(path, self.entity.rows)), path)

    def _symbol(self, node: Any, given: Truth, path: str) -> Symbol:
        match node:
            case ChoiceNode() | MembersNode():
                return Symbol(given=given, members=node.members)
            case BesideNode():
                return replace(self._identifier(node.rows, node.number), given=given)
            case ReferenceNode():
                chosen = z3.IntVal(0)
                for slot in reversed(self.facts.built.slots[node.rows]):
                    chosen = z3.If(node.index == slot.number, self._identifier(node.rows, slot.number).term, chosen)
                return Symbol(chosen, given)
            case NumberNode():
                return Symbol(node.term, given, scale=node.scale)
            case WordNode():
                return Symbol(node.term, given, owner=node.owner)
            case RecordNode() | list():
                raise beyond(path)
        return Symbol(node.term, given)

    def _identifier(self, rows: str, number: int) -> Symbol:
        word = self.facts.built.slots[rows][number].fields[self.known.identifier(rows)]
        return Symbol(word.term, owner=word.owner)

    def _through(self, path: str, where: Mapping[str, str] | None) -> Iterator[tuple[Truth, _Here, Steps]]:
        """Every row that a path leads through and that has the members, with whether it counts."""
        steps = self.known.steps(path, self.entity.rows)
        inside = self._inside(steps)
        for here in self.facts.walk(inside):
            tests = [node_at(here, (*inside, name))[0].members[member] for name, member in (where or {}).items()]
            yield every((here.present, *tests)), here, steps

    def _inside(self, steps: Steps) -> Steps:
        """The steps of the innermost list or optional record on the way."""
        lengths = range(len(steps), len(list_of(self.known, steps)), -1)
        fields = ((steps[:length], self.known.at("/" + "/".join(steps[:length]))) for length in lengths)
        found = (at for at, known in fields if known is not None and known.type == "record" and known.optional)
        return next(found, list_of(self.known, steps))

    def _gathered(self, path: str, where: Mapping[str, str] | None) -> Iterator[tuple[Truth, Symbol]]:
        for counts, here, steps in self._through(path, where):
            value = self._symbol(*node_at(here, steps), path)
            yield both(counts, value.given), value

    def count(self, path: str, where: Mapping[str, str] | None, match: Mapping[str, str] | None) -> Symbol:
        """How many rows count: of those that match the row, where that is asked."""
        found = []
        for counts, here, steps in self._through(path, where):
            matched = every(self._matching(path, here, match or {}))
            found.append(every((counts, node_at(here, steps)[1], matched)))
        return Symbol(z3.Sum([z3.If(counts, 1, 0) for counts in found]) if found else z3.IntVal(0))

    def sum(self, path: str, where: Mapping[str, str] | None) -> Symbol:
        """The sum of the values that count."""
        found = [*self._gathered(path, where)]
        terms = [z3.If(counts, value.term, 0) for counts, value in found]
        return Symbol(z3.Sum(terms) if terms else z3.IntVal(0), scale=found[0][1].scale if found else 1)

    def total(self, paths: tuple[str, ...]) -> Symbol:
        """The values at several paths put together, where all are given: counts, or numbers of one scale."""
        values = [self.value(path) for path in paths]
        scale = max((value.scale for value in values if isinstance(value.scale, int)), default=1)
        term = z3.Sum([value.term * (scale // value.scale) for value in values])
        return Symbol(term, every(value.given for value in values), scale=scale)

    def extreme(self, path: str, where: Mapping[str, str] | None, *, greatest: bool) -> Symbol:
        """The least or the greatest of the values that count."""
        given, best, scale = some(()), z3.IntVal(0), 1
        for counts, value in self._gathered(path, where):
            beats = value.term > best if greatest else value.term < best
            best = z3.If(both(counts, some((no(given), beats))), value.term, best)
            given, scale = some((given, counts)), value.scale
        return Symbol(best, given, scale=scale)

    def minutes(self, start: str, end: str) -> Symbol:
        """The minutes from one instant to the other."""
        first, last = self.value(start), self.value(end)
        return Symbol(last.term - first.term, both(last.given, first.given))

    def days(self, start: str, end: str) -> Symbol:
        """The days from that of one instant to that of the other."""
        first, last = self.value(start), self.value(end)
        return Symbol(last.term / MINUTES_A_DAY - first.term / MINUTES_A_DAY, both(last.given, first.given))

    def year(self, path: str) -> Symbol:
        """The year of a day or an instant: one of those that the days of the bound lie in."""
        moment, setting = self.value(path), self.facts.built.setting
        last = setting.base + timedelta(days=setting.bound.days)
        term = z3.IntVal(setting.base.year)
        for year in range(setting.base.year + 1, last.year + 1):
            begins = (datetime(year, 1, 1) - setting.base) // timedelta(minutes=1)
            term = z3.If(moment.term >= begins, year, term)
        return Symbol(term, moment.given)

    def share(self, path: str, whole: str) -> Symbol:
        """One number divided by another, which is more than nothing."""
        part, of = self.value(path), self.value(whole)
        given = every((part.given, of.given, of.term > 0))
        return Symbol(part.term * of.scale, given, scale=of.term * part.scale)

    def rounds_to(self, path: str, whole: str, written: str) -> Symbol:
        """Whether a percentage is no further from that of a part in a whole than half of its last place."""
        part, of, percentage = self.value(path), self.value(whole), self.value(written)
        given = every((part.given, of.given, percentage.given, of.term > 0))
        scale, places = percentage.scale, z3.IntVal(1)
        for unit in (10, 100):  # in hundredths, the last of two places is 1, that of one place 10, that of none 100
            places = z3.If(percentage.term % unit == 0, unit, places)
        exact = 100 * scale * part.term * of.scale
        off, most = percentage.term * of.term * part.scale - exact, places * of.term * part.scale
        return Symbol(both(2 * off <= most, -2 * off <= most), given)

    def half_days(self, start: str, end: str) -> Symbol:
        """How many half days are touched, in halves."""
        spans = []
        for counts, here, steps in self._through(start, None):
            (first, given), (last, also) = node_at(here, steps), node_at(here, self.known.steps(end, self.entity.rows))
            spans.append((every((counts, given, also)), first, last))
        touched = (
            some(both(counts, touches(first, last, half, self.facts.readings)) for counts, first, last in spans)
            for half in range(2 * self.facts.built.setting.bound.days)
        )
        return Symbol(z3.Sum([z3.If(truth, 1, 0) for truth in touched]), scale=2)

    def equals(self, path: str, other: str) -> Symbol:
        """Whether two values are the same."""
        one, two = self.value(path), self.value(other)
        return Symbol(same(replace(one, given=YES), replace(two, given=YES)), both(one.given, two.given))

    def contains(self, path: str, other: str) -> Symbol:
        """Whether a set has a member."""
        one, two = self.value(path), self.value(other)
        if one.members is None or two.members is None:
            raise beyond(path)
        return Symbol(same(replace(one, given=YES), replace(two, given=YES)), both(one.given, two.given))

    def looked_up(self, path: str, match: Mapping[str, str], name: str) -> Symbol:
        """The value at a path in the row whose fields equal what stands at these paths."""
        found: list[tuple[Truth, Symbol]] = []
        for counts, here, steps in self._through(path, None):
            matched = every((*self._matching(path, here, match), counts))
            if matched is not NO:
                value = self._symbol(*node_at(here, steps), path)
                first = no(some(known for known, _ in found)) if value.given is not YES else YES
                found.append((matched, value) if first is YES else (both(matched, first), value))
        found = [(both(matched, value.given), value) for matched, value in found]
        always = not entities(self.known)[self.entity.name].fields[name].optional
        of = self.known.at(path, self.entity.rows)
        if of is not None and of.type in ("member", "set"):
            names = [member.name for member in self.known.enumerations[of.of or ""].members]
            members = {
                name: some(both(counts, (value.members or {})[name]) for counts, value in found) for name in names
            }
            return Symbol(given=YES if always else some(counts for counts, _ in found), members=members)
        given = YES if always else some(counts for counts, _ in found)
        if len(found) == 1:
            return replace(found[0][1], given=given)
        chosen = NO if of is not None and of.type == "boolean" else z3.IntVal(0)
        for counts, value in reversed(found):
            chosen = z3.If(counts, value.term, chosen)
        return Symbol(chosen, given, scale=found[0][1].scale if found else 1)

    def _matching(self, path: str, here: _Here, match: Mapping[str, str]) -> list[Truth]:
        """Whether the fields of a row equal what stands at these paths from the row that facts are worked out for."""
        rows = "/" + "/".join(self._inside(self.known.steps(path, self.entity.rows)))
        conditions: list[Truth] = []
        for key, ours in match.items():
            theirs = node_at(here, self.known.steps(key, rows))
            mine = node_at(self.here, self.known.steps(ours, self.entity.rows))
            conditions.append(self._equal(mine, theirs, path))
            if conditions[-1] is NO:  # most rows are about others
                break
        return conditions

    def _equal(self, mine: tuple[Any, Truth], theirs: tuple[Any, Truth], path: str) -> Truth:
        """Whether two nodes are given and equal."""
        one, two = _named(mine[0]), _named(theirs[0])
        if one is None or two is None or one[0] != two[0]:
            return same(self._symbol(*mine, path), self._symbol(*theirs, path))
        given = both(mine[1], theirs[1])
        if isinstance(one[1], int) and isinstance(two[1], int):
            return given if one[1] == two[1] else NO
        return both(given, one[1] == two[1])


def _named(node: Any) -> tuple[str, Whole] | None:
    """The row that a node names: its list and its number."""
    match node:
        case ReferenceNode():
            return node.rows, node.index
        case BesideNode():
            return node.rows, node.number
        case WordNode():
            return node.owner
    return None


def touches(start: SplitInstantNode, end: SplitInstantNode, half: int, readings: Readings) -> Truth:
    """Whether a span from `start` to `end` touches a half day (0: the first morning from the base on)."""
    late = z3.If(start.minute >= _minutes_from(readings.morning_ends), 1, 0)
    first = start.day * 2 + late
    last = end.day * 2 + z3.If(end.minute > _minutes_to(readings.afternoon_begins), 1, 0) - z3.If(end.minute == 0, 1, 0)
    return some((first == half, both(first <= half, half <= last)))


def _minutes_from(clock: time) -> int:
    """The first whole minute that is not before the time."""
    return clock.hour * 60 + clock.minute + bool(clock.second or clock.microsecond)


def _minutes_to(clock: time) -> int:
    """The last whole minute that is not after the time."""
    return clock.hour * 60 + clock.minute
