"""Where each field of the facts stands in a document, as Python expressions: what facts and compiled rules are made of.

Enumerations are their members here, a set is a tuple of members, and a field that is absent is None.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

from ..base.canonical import canonical
from ..base.record import Record
from .description import Description, EntityType, Field
from .enumerations import enumerations
from .functions import FUNCTIONS
from .instants import day_minutes, half_days, minutes, year
from .rows import column
from .shares import rounds_to

Walk = tuple[tuple[str, str], ...]
"""Nested loops: the name each item gets, and the expression for what is looped over."""


class Level(Record):
    """One loop: the item, what is looped over, and the steps to there from the level above.

    `numbered`: whether it is over a list; `distinct`: whether each different item comes but once.
    """

    item: str
    items: str
    steps: tuple[str, ...]
    numbered: bool = True
    distinct: bool = False


class RowSource(Record):
    """The rows of one entity: the loops that reach each of them, and the expression of each field."""

    levels: tuple[Level, ...]
    fields: dict[str, str]

    @property
    def walk(self) -> Walk:
        """The loops; `position` is the number of an item from 1, where a field asks for it."""
        loops = [
            (level.item, f"dict.fromkeys({level.items})" if level.distinct else level.items) for level in self.levels
        ]
        if "position" in self.fields.values():
            item, items = loops[-1]
            loops[-1] = f"(position, {item})", f"enumerate({items}, 1)"
        return tuple(loops)


class Sources(Record):
    """The sources of a type of document.

    `shared`: names that expressions may use, and what they stand for: worked out once a document, where some expression
    does. `names`: what else the expressions name; `readings` is to be added.
    """

    entities: dict[str, RowSource]
    shared: dict[str, str]
    names: dict[str, Any]


def asked(shared: dict[str, str], lines: Iterable[str]) -> list[tuple[str, str]]:
    """What is shared and named in the lines, or in what else is asked for: in the order of working out."""
    made: list[tuple[str, str]] = []
    texts = [*lines]
    for name, expression in reversed(shared.items()):
        if any(re.search(rf"\b{name}\b", text) for text in texts):
            texts.append(expression)
            made.insert(0, (name, expression))
    return made


@cache
def sources(known: Description) -> Sources:
    """The sources of every entity of a type of document."""
    made = Sources({}, {}, dict(_CALLED))
    for entity in (*known.facts, *(across.within for across in known.across)):
        at = _Expressions(known, entity, made)
        fields = {fact.name: FUNCTIONS[fact.function].written(at, fact) for fact in entity.fields}
        made.entities[entity.name] = RowSource(at.levels, fields)
    return made


_CALLED: Final[dict[str, Any]] = {
    "Counter": Counter,
    "column": column,
    "day_minutes": day_minutes,
    "half_days": half_days,
    "minutes": minutes,
    "canonical": canonical,
    "rounds_to": rounds_to,
    "year": year,
}
"""What expressions call."""

_MEASURED: Final = {"instant": "minutes", "date": "day_minutes"}
"""What makes minutes of a value, by the type of its field."""


class _Expressions:
    """Expressions from one row of an entity (functions.Expressions)."""

    def __init__(self, known: Description, entity: EntityType, made: Sources) -> None:
        self.known, self.entity, self.made = known, entity, made
        self._items: list[tuple[tuple[str, ...], str]] = [((), "plan")]
        self.levels: tuple[Level, ...]
        steps = self.known.steps(self.entity.rows)
        if self.entity.distinct is not None:
            values = self.gathered(f"{self.entity.rows}/{self.entity.distinct}", None)
            self.levels = (Level("row0", values, steps, distinct=True),)
            self._items.append(((*steps, self.entity.distinct), "row0"))
        else:
            self.levels = tuple(self._levels(steps))

    def _levels(self, steps: tuple[str, ...]) -> list[Level]:
        levels: list[Level] = []
        since: tuple[str, ...] = ()
        for number in range(1, len(steps) + 1):
            since = (*since, steps[number - 1])
            here = self._field(steps[:number])
            if here.type == "record" and not here.optional:
                continue
            item, items = f"row{len(levels)}", f"{self._items[-1][1]}.{'.'.join(since)}"
            if here.optional:
                items = _given(items, here)
            levels.append(Level(item, items, since, here.type != "record"))
            self._items.append((steps[:number], item))
            since = ()
        return levels

    def _field(self, steps: tuple[str, ...]) -> Field:
        found = self.known.at("/" + "/".join(steps))
        assert found is not None, steps
        return found

    def value(self, path: str) -> str:
        """What stands at a path from the row; None where it is absent. Instants are minutes."""
        head, dot, name = path.partition(".")
        if dot and head in self.known.entities:
            return self._of_document(head, name)
        steps = self.known.steps(path, self.entity.rows)
        above, item = next(known for known in reversed(self._items) if steps[: len(known[0])] == known[0])
        expression, optional = item, False
        for number in range(len(above) + 1, len(steps) + 1):
            here = self._field(steps[:number])
            step = f"{expression}.{steps[number - 1]}"
            expression = f"(None if {expression} is None else {step})" if optional else step
            optional = optional or here.optional
        measure = _MEASURED.get(self._field(steps).type) if len(above) < len(steps) else None
        if measure is not None:
            return (
                f"(None if {expression} is None else {measure}({expression}))"
                if optional
                else f"{measure}({expression})"
            )
        return expression

    def _of_document(self, entity: str, name: str) -> str:
        """A field of the facts of the whole document: shared, as it is the same for every row."""
        shared = f"the_{name}"
        fact = self.known.entities[entity].field(name)
        assert fact is not None, name
        self.made.shared.setdefault(shared, FUNCTIONS[fact.function].written(self, fact))
        return shared

    def gathered(self, path: str, where: Mapping[str, str] | None) -> str:
        """The values at a path in all rows that it leads through, as a list; of those with the members in `where`."""
        through = self._through(path)
        if through.value == through.item and len(through.loops) == 1 and not where:
            return through.loops[0][1]  # the list itself
        return f"[{through.value}{through.written}{_if(self._tests(through, path, where))}]"

    def counted(self, path: str, where: Mapping[str, str] | None, match: Mapping[str, str]) -> str:
        """How many values at a path stand in rows whose fields equal what stands at these paths."""
        through = self._through(path)
        theirs, given = self._keys(through, match)
        tests = _if([*self._tests(through, path, where), *given])
        counts = self._shared(f"Counter([{_tuple(theirs)}{through.written}{tests}])")
        return f"{counts}[{_tuple(self._ours(through, match))}]"

    def spans(self, start: str, end: str) -> str:
        """The pairs of two instants in all rows that their paths lead through, as a list."""
        through = self._through(start)
        pair = [through.reach(self.known.steps(path, self.entity.rows)) for path in (start, end)]
        return f"[{_tuple(pair)}{through.written}]"

    def looked_up(self, path: str, match: Mapping[str, str]) -> str:
        """The value at a path in the row whose fields equal what stands at these paths; None where there is none."""
        through, steps = self._through(path), self.known.steps(path, self.entity.rows)
        value = through.value
        if (bare := through.reach(steps)) != value and self._field(steps).optional:
            value = f"(None if {bare} is None else {value})"
        theirs, given = self._keys(through, match)
        keys = [self._field(self.known.steps(key, "/" + "/".join(through.inside))) for key in match]
        made = f"{{{_tuple(theirs)}: {value}{through.written}{_if(given)}}}"
        simple = [expression.removeprefix(f"{through.item}.") for expression in (*theirs, value)]
        if not any(key.unique is not None and not key.unique.repeats for key in keys):
            # Of several such rows it is the first.
            made = f"dict([({_tuple(theirs)}, {value}){through.written}{_if(given)}][::-1])"
        elif len(through.loops) == 1 and len(simple) == 2 and not given and all(map(str.isidentifier, simple)):
            items = through.loops[0][1]  # some lists know a column without making their rows
            made = f"dict(zip(column({items}, {simple[0]!r}), column({items}, {simple[1]!r})))"
        return f"{self._shared(made)}.get({_tuple(self._ours(through, match))})"

    def _keys(self, through: "_Through", match: Mapping[str, str]) -> tuple[list[str], list[str]]:
        """The expressions of the fields that rows are found by, and what asks whether those that may be absent are there."""
        rows = "/" + "/".join(through.inside)
        steps = [self.known.steps(key, rows) for key in match]
        theirs = [through.reach(one) for one in steps]
        given = [f"{theirs[n]} is not None" for n, one in enumerate(steps) if self._field(one).optional]
        return [self._compared(match[key], key, rows, theirs[n]) for n, key in enumerate(match)], given

    def _ours(self, through: "_Through", match: Mapping[str, str]) -> list[str]:
        """The expressions of what the fields of the rows that are found equal."""
        rows = "/" + "/".join(through.inside)
        return [self._compared(path, key, rows, self.value(path)) for key, path in match.items()]

    def _compared(self, path: str, key: str, rows: str, expression: str) -> str:
        """What is compared of a value: of the names of people, what their spellings have in common."""
        known = self.known.at(path, self.entity.rows), self.known.at(key, rows)
        named = all(one is not None and one.nature == "person_name" for one in known)
        return f"canonical({expression})" if named else expression

    def _tests(self, through: "_Through", path: str, where: Mapping[str, str] | None) -> list[str]:
        """What is asked of each value at a path: that it is there, and that its row has the members."""
        tests = [self._test(through, name, member) for name, member in (where or {}).items()]
        steps = self.known.steps(path, self.entity.rows)
        if steps != through.inside and self._field(steps).optional:
            tests.append(f"{through.reach(steps)} is not None")
        return tests

    def _shared(self, made: str) -> str:
        """The name of what is worked out once a document."""
        for name, expression in self.made.shared.items():
            if expression == made:
                return name
        name = f"known{len(self.made.shared)}"
        self.made.shared[name] = made
        return name

    def _test(self, through: "_Through", name: str, member: str) -> str:
        """Whether a field of the innermost item is the member, or has it."""
        here = self._field((*through.inside, name))
        constant = f"{here.of}_{member}"
        self.made.names[constant] = enumerations(self.known)[here.of or ""](member)
        value = f"{through.item}.{name}"
        return f"{value} is {constant}" if here.type == "member" else f"{constant} in {value}"

    def _through(self, path: str) -> "_Through":
        """What leads from the whole document to the values at a path."""
        items: list[tuple[tuple[str, ...], str]] = [((), "plan")]
        loops: list[tuple[str, str]] = []
        steps, expression = self.known.steps(path, self.entity.rows), "plan"
        for number, step in enumerate(steps, 1):
            here, expression = self._field(steps[:number]), f"{expression}.{step}"
            if here.type in ("rows", "list") or (here.type == "record" and here.optional):
                item = f"each{number}"
                loops.append((item, _given(expression, here) if here.optional else expression))
                items.append((steps[:number], item))
                expression = item
        measure = _MEASURED.get(self._field(steps).type) if steps else None
        return _Through(expression if measure is None else f"{measure}({expression})", tuple(loops), tuple(items))


class _Through(Record):
    """The value at a path, the loops that lead to it, and the steps and name of each item on the way, the outermost first."""

    value: str
    loops: tuple[tuple[str, str], ...]
    items: tuple[tuple[tuple[str, ...], str], ...]

    @property
    def item(self) -> str:
        return self.items[-1][1]

    @property
    def inside(self) -> tuple[str, ...]:
        return self.items[-1][0]

    @property
    def written(self) -> str:
        """The loops of a comprehension."""
        return "".join(f" for {item} in {items}" for item, items in self.loops)

    def reach(self, steps: tuple[str, ...]) -> str:
        """What stands at these steps, from the innermost item that is on the way there."""
        above, item = next(known for known in reversed(self.items) if steps[: len(known[0])] == known[0])
        return ".".join((item, *steps[len(above) :]))


def _given(expression: str, field: Field) -> str:
    """The items of an optional list, or of an optional record: itself; none where it is not given."""
    return f"(() if {expression} is None else {f'({expression},)' if field.type == 'record' else expression})"


def _if(tests: list[str]) -> str:
    """The condition of a comprehension."""
    return f" if {' and '.join(tests)}" if tests else ""


def _tuple(expressions: list[str]) -> str:
    return expressions[0] if len(expressions) == 1 else f"({', '.join(expressions)})"
