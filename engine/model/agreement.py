"""Whether the parts of a document agree, asked quickly: what integrity.py asks, as one compiled function.

tests/engine/model/test_integrity.py holds the two together.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from typing import Any

from ..base.cards import are_clear, significant
from ..base.look_alikes import skeleton
from .description import Description, Field, RecordType
from .gathering import gathered, loops
from .records import DocumentRecord


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
        "different": look_different,
        "clear": are_clear,
        "significant": significant,
        "none": timedelta(),
        "days": {order.days: timedelta(order.days or 0) for record in known.records for order in record.order},
    }
    exec(compile("\n".join(lines), "<agreement>", "exec"), namespace)  # noqa: S102
    asked: Callable[[DocumentRecord], bool] = namespace["agrees"]
    return asked


def _given(known: Description) -> Iterator[str]:
    """What must be unique in the whole document: `ids_…` are the identifiers that references name, by the steps of their rows."""
    for steps, _, field in known.fields:
        if field.type == "identifier":
            name = "_".join(("ids", *steps[:-1]))
            yield f"{name} = {gathered(known, steps)}"
            yield f"listed, {name} = {name}, {{*{name}}}"
            yield f"if len({name}) != len(listed) or not different({name}): return False"


def _within(known: Description) -> Iterator[str]:
    """What is asked of the fields of each record, list by list."""
    for steps, record in known.record_places:
        lead, item = loops(known, steps[:-1])
        rows = known.at("/" + "/".join(steps))
        if rows is None or rows.type == "record":
            lead, item = loops(known, steps)
            yield from _looped(
                lead, [line for field in record.fields for line in _one(known, field, f"{item}.{field.name}")]
            )
            yield from _looped(lead, [*_ordered(record, item)])
            continue
        items = f"{item}.{steps[-1]}"
        asked = [line for field in record.fields for line in _column(known, record, field, items)]
        yield from _looped(lead, [*asked, *_looped([f"for row in {items}"], [*_ordered(record, "row")])])


def _looped(lead: list[str], asked: list[str]) -> Iterator[str]:
    if asked:
        yield from (f"{'    ' * depth}{loop}:" for depth, loop in enumerate(lead))
        indent = "    " * len(lead)
        yield from (indent + line for line in asked)


def _column(known: Description, record: RecordType, field: Field, items: str) -> Iterator[str]:
    """What is asked of one field of all rows of a list."""
    if field.type == "list":
        yield from _looped([f"for row in {items}"], [*_one(known, field, f"row.{field.name}")])
        return
    unique = field.unique
    if field.nature != "secret" and field.to is None and (unique is None or field.type == "identifier"):
        return
    given = "" if field.required else f" if row.{field.name}{' is not None' * (field.nature != 'secret')}"
    yield f"listed = [row.{field.name} for row in {items}{given}]"
    if field.nature == "secret":
        yield "if not clear(listed): return False"
    else:
        yield from _known(known, field)
    if field.to is not None and field.not_itself is not None:
        test = f"row.{field.name} == row.{record.identifier}"
        yield f"if listed and any([{test} for row in {items}]): return False"


def _one(known: Description, field: Field, value: str) -> Iterator[str]:
    """What is asked of a field of one record: of a reference, or of a list of them."""
    if field.to is None:
        return
    if field.type != "list":
        yield f"if {f'{value} is not None and ' * field.optional}{value} not in {_ids(known, field.to)}: return False"
        return
    yield f"listed = {f'() if {value} is None else ' * field.optional}{value}"
    yield from _known(known, field)


def _known(known: Description, field: Field) -> Iterator[str]:
    """What is asked of `listed`, some values of a field: that each stands there once, and where it must be known."""
    unique, to = field.unique, field.to
    if unique is not None and unique.compared == "digits":
        yield "if len({*significant(listed)}) != len(listed): return False"
    elif unique is not None:
        if not unique.repeats:
            yield "if len({*listed}) != len(listed): return False"
        if unique.compared == "look":
            yield "if len(listed) > 1 and not different({*listed}): return False"
    if to is not None:
        yield f"if not {_ids(known, to)}.issuperset(listed): return False"


def _ordered(record: RecordType, item: str) -> Iterator[str]:
    for order in record.order:
        both = {name: f"{item}.{name}" for name in (order.earlier, order.later)}
        given = [
            f"{at} is not None and " for name, at in both.items() if (field := record.field(name)) and field.optional
        ]
        most = "" if order.days is None else f" <= days[{order.days}]"
        yield f"if {''.join(given)}not none < {both[order.later]} - {both[order.earlier]}{most}: return False"


def _ids(known: Description, rows: str) -> str:
    return "_".join(("ids", *known.steps(rows)))
