"""Whether the parts of a document agree, asked quickly: what integrity.py asks, as one compiled function.

tests/engine/model/test_integrity.py holds the two together.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from typing import Any

from ..base.cards import are_plain, significant
from ..base.look_alikes import skeleton
from .description import Description, Field, RecordType
from .records import DocumentRecord
from .rows import column


def agrees(plan: DocumentRecord) -> bool:
    """Whether no fault of reference, duplicate or time is in the document, and nothing is to be said of cards."""
    return _asked(plan.known)(plan)


def look_different(texts: set[str]) -> bool:
    """Whether no two of the texts look the same."""
    return "".join(texts).isascii() or len({*map(skeleton, texts)}) == len(texts)


@cache
def _asked(known: Description) -> Callable[[DocumentRecord], bool]:
    lines = ["def agrees(plan):", *(f"    {line}" for line in (*_given(known), *_within(known))), "    return True"]
    namespace: dict[str, Any] = {
        "column": column,
        "different": look_different,
        "plain": are_plain,
        "significant": significant,
        "none": timedelta(),
        "timedelta": timedelta,
    }
    exec(compile("\n".join(lines), "<agreement>", "exec"), namespace)  # noqa: S102
    asked: Callable[[DocumentRecord], bool] = namespace["agrees"]
    return asked


def _given(known: Description) -> Iterator[str]:
    """What must be unique in the whole document: `ids_…` are the identifiers that references name, by the steps of their rows."""
    for steps, _, field in known.fields:
        if field.type == "identifier":
            name = "_".join(("ids", *steps[:-1]))
            yield f"{name} = {_gathered(known, steps)}"
            yield f"listed, {name} = {name}, {{*{name}}}"
            yield f"if len({name}) != len(listed) or not different({name}): return False"


def _within(known: Description) -> Iterator[str]:
    """What is asked of the fields of each record, list by list."""
    for steps, record in known.record_places:
        loops, item = _loops(known, steps[:-1])
        rows = known.at("/" + "/".join(steps))
        if rows is None or rows.type == "record":
            loops, item = _loops(known, steps)
            yield from _looped(
                loops, [line for field in record.fields for line in _one(known, field, f"{item}.{field.name}")]
            )
            yield from _looped(loops, [*_ordered(record, item)])
            continue
        items = f"{item}.{steps[-1]}"
        asked = [line for field in record.fields for line in _column(known, record, field, items)]
        yield from _looped(loops, [*asked, *_looped([f"for row in {items}:"], [*_ordered(record, "row")])])


def _looped(loops: list[str], asked: list[str]) -> Iterator[str]:
    if asked:
        yield from ("    " * depth + loop for depth, loop in enumerate(loops))
        indent = "    " * len(loops)
        yield from (indent + line for line in asked)


def _column(known: Description, record: RecordType, field: Field, items: str) -> Iterator[str]:
    """What is asked of one field of all rows of a list."""
    if field.type == "list":
        yield from _looped([f"for row in {items}:"], [*_one(known, field, f"row.{field.name}")])
        return
    unique = field.unique
    if field.nature != "secret" and field.to is None and (unique is None or field.type == "identifier"):
        return
    given = f"[value for value in column({items}, {field.name!r}) if value is not None]"
    yield f"listed = {given if not field.required else f'column({items}, {field.name!r})'}"
    if field.nature == "secret":
        yield "listed = [card for card in listed if card]"
        yield "if not plain(listed): return False"
    if unique is not None:
        yield from _unique(unique.compared, unique.repeats)
    if field.to is not None:
        yield f"if not {{*listed}} <= {_ids(known, field.to)}: return False"
        if field.not_itself is not None:
            test = f"row.{field.name} == row.{record.identifier}"
            yield f"if listed and any({test} for row in {items}): return False"


def _one(known: Description, field: Field, value: str) -> Iterator[str]:
    """What is asked of a field of one record: of a reference, or of a list of them."""
    if field.to is None:
        return
    many = field.type == "list"
    yield f"listed = {value if many else f'[{value}]'}"
    if field.optional:
        yield f"listed = [] if {value} is None else listed"
    if many and field.unique is not None:
        yield from _unique(field.unique.compared, field.unique.repeats)
    yield f"if not {{*listed}} <= {_ids(known, field.to)}: return False"


def _unique(compared: str, repeats: bool) -> Iterator[str]:
    if compared == "digits":
        yield "if len({*significant(listed)}) != len(listed): return False"
        return
    if not repeats:
        yield "if len({*listed}) != len(listed): return False"
    if compared == "look":
        yield "if len(listed) > 1 and not different({*listed}): return False"


def _ordered(record: RecordType, item: str) -> Iterator[str]:
    for order in record.order:
        earlier, later = f"{item}.{order.earlier}", f"{item}.{order.later}"
        most = "" if order.days is None else f" <= timedelta({order.days})"
        given = f"{earlier} is not None and {later} is not None and "
        yield f"if {given}not none < {later} - {earlier}{most}: return False"


def _ids(known: Description, rows: str) -> str:
    return "_".join(("ids", *known.steps(rows)))


def _loops(known: Description, steps: tuple[str, ...]) -> tuple[list[str], str]:
    """The loops that lead to each record at these steps, and its name."""
    loops: list[str] = []
    item = "plan"
    for number, step in enumerate(steps, 1):
        here = known.at("/" + "/".join(steps[:number]))
        assert here is not None, steps
        value = f"{item}.{step}"
        if here.type == "rows" or here.optional:
            item = f"row{number}"
            loops.append(
                f"for {item} in {value if here.type == 'rows' else f'(() if {value} is None else ({value},))'}:"
            )
        else:
            item = value
    return loops, item


def _gathered(known: Description, steps: tuple[str, ...]) -> str:
    """The values of a field of rows in the whole document, as a list."""
    loops, item = _loops(known, steps[:-2])
    if not loops:
        return f"column({item}.{steps[-2]}, {steps[-1]!r})"
    return f"[row.{steps[-1]} {' '.join(loop[:-1] for loop in loops)} for row in {item}.{steps[-2]}]"
